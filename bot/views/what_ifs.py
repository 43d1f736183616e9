"""What if: a level of another track to choose, what it looks like from here, and those that are kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from bot.rules.readiness import Progress, line
from bot.rules.what_ifs import MOST_KEPT, Asked, Comparison, Looked, Page, WhatIf
from bot.views import forms, inputs, mentors, parts, surface
from bot.views.inputs import Option
from bot.views.words import escape, listing, plural

FORM = "what_ifs.v1"
SHOWN = "what_ifs.shown.v1"
OPEN = "what_ifs.open"
LOOK = "what_ifs.look"
KEEP = "what_ifs.keep"
LET_GO = "what_ifs.let_go"
BRING, LEAVE_OUT = "what_ifs.bring", "what_ifs.leave_out"
ASK = "what_ifs.ask"
TITLE = "What if"
MOST_LEVELS = 100
YOURS = f"Only you see this. Up to {MOST_KEPT} can be kept, and come into the brief of a career talk if you wish."
NO_OTHER = "This framework has one track, so there is no other to look at."
NO_PROMISE = "A look and nothing more: it asks for nothing, and is no promise of a move."
SAME_BAND = "*Same band as yours now: same standing and reward.*"


def growth_row(kept: Sequence[WhatIf]) -> dict[str, Any]:
    """Where it stands in *My growth*."""
    named = listing([_named(one) for one in kept])
    said = f"You keep {named}." if kept else "See what another track would ask of you, and what you would bring."
    return parts.section(f"*What if*\n{said}", id="what-if", accessory=parts.button("Look", id=OPEN, says=TITLE))


def page(shown: Page) -> dict[str, Any]:
    levels = [Option(_value(track.key, level.key), f"{track.name} · {level.name} ({level.key})")
              for track, level in shown.levels[:MOST_LEVELS]]  # fmt: skip
    first = _value(*shown.first) if shown.first else None
    kept = [block for number, one in enumerate(shown.kept) for block in _kept(one, number)]
    yours = parts.context(YOURS, id="yours")
    if not levels:
        return parts.modal(TITLE, [yours, parts.section(NO_OTHER, id="no-other"), *kept], id=SHOWN)
    choose = inputs.select(
        "Which level of another track?", levels, id="place", initial=first, hint="No track is worth more than another."
    )
    return parts.modal(TITLE, [yours, choose, *kept], id=FORM, submit="Look")


def _kept(one: WhatIf, number: int) -> list[dict[str, Any]]:
    brief = " · comes into the brief" if one.in_brief else ""
    gone = "" if one.is_there else " · not in the framework any more"
    look = parts.button("Look", id=LOOK, value=one.id.hex, says=f"Look at {one.level_name}")
    let_go = parts.button("Let it go", id=LET_GO, value=one.id.hex, says=f"Let go of {one.level_name}")
    return [
        parts.section(f"*{_named(one)}*{brief}{gone}", id=f"kept-{number}"),
        parts.actions(*([look] if one.is_there else []), let_go, id=f"kept-do-{number}"),
    ]


def read(view: Mapping[str, Any]) -> tuple[str, str]:
    """(track, level) that somebody chose; empty for none."""
    return pressed(forms.answers(view).get("place"))


def pressed(value: object) -> tuple[str, str]:
    """(track, level) of a button."""
    track, _, level = (value if isinstance(value, str) else "").partition(":")
    return track, level


def comparison(looked: Looked, *, today: date, features: Collection[str]) -> dict[str, Any]:
    shown = looked.comparison
    where = (
        f"*{escape(shown.track.name)} · {escape(shown.level.name)} ({shown.level.key})*\n{escape(shown.track.purpose)}"
    )
    blocks = [
        parts.section(where, id="where"),
        parts.section(_standing(shown), id="band"),
        *_asked("carries", "*What carries over*", shown.carries, otherwise=_nothing_carries(shown)),
        *_asked("new", "*What would be new*", shown.new),
        *_milestones("met", "*Milestones you have met already*", shown.met),
        *_milestones("missing", "*Milestones still to show*", shown.missing),
        *(_mentors(looked, today) if "mentorship" in features else []),
        parts.actions(*_buttons(looked, features), id="do"),
        parts.context(_readers(looked), NO_PROMISE, id="yours"),
    ]
    return dict(surface.guard(parts.modal(TITLE, blocks, id=SHOWN), "modal"))


def _standing(shown: Comparison) -> str:
    """In words: no track is worth more, and a band says what it means."""
    if shown.is_same_band:
        return SAME_BAND
    if shown.band is None:
        return "Its band is not described in this framework."
    return f"Band {shown.band.number}, {escape(shown.band.name)}: {escape(shown.band.standing)}"


def _nothing_carries(shown: Comparison) -> str:
    return (
        f"No competency of {escape(shown.track.name)} goes by the name of one of yours. What you can do comes along "
        "all the same: a mentor there can tell you what it is called."
    )


def _asked(name: str, title: str, asked: Sequence[Asked], *, otherwise: str = "") -> list[dict[str, Any]]:
    if not asked and not otherwise:
        return []
    lines = [_competency(one) for one in asked] or [otherwise]
    return [parts.section("\n".join([title, *lines]), id=name)]


def _competency(one: Asked) -> str:
    shown = f" ({plural(one.pieces, 'piece', 'pieces')} of accepted evidence)" if one.pieces else ""
    expected = f": {escape(one.expectation)}" if one.expectation else ""
    return f"• *{escape(one.competency.name)}*{shown}{expected}"


def _milestones(name: str, title: str, progress: Sequence[Progress]) -> list[dict[str, Any]]:
    if not progress:
        return []
    lines = [f"• {escape(one.milestone.title)}\n   {escape(line(one))}" for one in progress]
    return [parts.section("\n".join([title, *lines]), id=name)]


def _mentors(looked: Looked, today: date) -> list[dict[str, Any]]:
    title = "*Who mentors there, of those who agreed to be listed*"
    lines = [f"• {escape(one.mentor.name)}: {mentors.places(one, today)}" for one in looked.mentors]
    if not lines:
        lines = ["Nobody is listed. The best match looks among all mentors, listed or not."]
    if looked.has_more_mentors:
        lines.append("… and more in `/mentor find`.")
    return [parts.section("\n".join([title, *lines]), id="mentors")]


def _buttons(looked: Looked, features: Collection[str]) -> list[dict[str, Any]]:
    shown, kept = looked.comparison, looked.kept
    ask = parts.button("Ask for a mentor there", id=ASK, value=shown.track.key, style="primary")
    if kept is None:
        keep = parts.button("Keep it", id=KEEP, value=_value(shown.track.key, shown.level.key))
        mine = [keep] if looked.has_room else []
    else:
        bring = ("Leave it out of the brief", LEAVE_OUT) if kept.in_brief else ("Bring it into the brief", BRING)
        mine = [
            parts.button(bring[0], id=bring[1], value=kept.id.hex),
            parts.button("Let it go", id=LET_GO, value=kept.id.hex),
        ]
    return [*([ask] if "mentorship" in features else []), *mine]


def _readers(looked: Looked) -> str:
    if looked.kept is not None and looked.kept.in_brief:
        return "It comes into the brief of your career talk, which your manager reads, too."
    full = "" if looked.kept or looked.has_room else f" {MOST_KEPT} are kept already: let one go to keep this one."
    return f"Only you see this.{full}"


def _named(one: WhatIf) -> str:
    return f"{escape(one.track_name)} · {escape(one.level_name)}"


def _value(track: str, level: str) -> str:
    return f"{track}:{level}"

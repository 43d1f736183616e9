"""A round of matching as owners see it: how far it is, its pairs page by page, and choosing somebody else.

Names, tracks, levels and reasons; never a word of a request, and never who avoids whom.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal
from uuid import UUID

from bot.rules import csv_cells, fit_words
from bot.rules.fit_words import Reader
from bot.rules.match_rounds import Candidate, Choice, Page, Pair, Round, Side, State, Waiting
from bot.views import forms, inputs, match_figures, mentoring_figures, parts, surface
from bot.views.inputs import Option
from bot.views.words import escape, plural

PAGE = "match_round.page.v1"
CHOICE = "match_round.choice.v1"
START = "match_round.start"
LOOK = "match_round.look"
EARLIER = "match_round.earlier"
LATER = "match_round.later"
EDIT = "match_round.edit"
PUBLISH = "match_round.publish"
DROP = "match_round.drop"
FILE = "match_round.file"
OUT, OTHER = "out", "other"
TITLE = "Matching round"
FILE_NAME = "matching-round.csv"
YOURS = "The pairs of the matching round, as a table. Slack keeps it here until you delete it."
HEADER = (
    "mentee", "mentee's track", "mentee's level", "mentor", "mentor's track", "mentor's level", "fit in %", "reasons",
    "why nobody", "changed by hand",
)  # fmt: skip
TAKEN_OUT = "Taken out by an owner"
WHY = "You get this because you are an owner of the program."

Named = Callable[[str], str]  # the name of a competency or of a track, by its key


def home_blocks(shown: Waiting) -> list[dict[str, Any]]:
    """What owners find about mentoring in Home."""
    label = "Look at the round" if shown.is_open else "Match everybody who waits"
    style: Literal["primary"] | None = "primary" if shown.requests and not shown.is_open else None
    going = parts.button("How mentoring is going", id=mentoring_figures.OPEN)
    start = [parts.button(label, id=START, style=style)] if shown.requests or shown.is_open else []
    return [parts.section(_where(shown), id="matching"), parts.actions(*start, going, id="matching-do")]


def _where(shown: Waiting) -> str:
    waiting = plural(shown.requests, "person waits", "people wait") if shown.requests else "Nobody waits"
    said = f"*Mentoring*\n{waiting} for a mentor."
    if shown.latest is None:
        return f"{said} A round matches all of them at once; you see every pair before anybody hears of it."
    return f"{said} {_state(shown.latest)}"


def _state(shown: Round) -> str:
    pairs = plural(int(shown.figures.get("matched", 0)), "pair", "pairs")
    return {
        State.WAITING: "A round of matching is about to begin.",
        State.RUNNING: f"A round is being matched: {shown.done:,} of {shown.whole:,} requests are looked at.",
        State.READY: f"A round is ready, with {pairs}. Nobody has heard of them yet.",
        State.PUBLISHING: "The newest round is published; the mentors of its pairs are being asked.",
        State.PUBLISHED: "The newest round is published; the mentors of its pairs have been asked.",
        State.DROPPED: "The newest round was dropped; everybody in it goes on waiting.",
        State.FAILED: "The newest round could not be matched. Start it again; the log of the app says what went wrong.",
    }[shown.state]


def message(shown: Round) -> dict[str, Any]:
    """What owners hear of a round, drawn anew as it goes on."""
    said = _state(shown)
    can_look = shown.state in (State.WAITING, State.RUNNING, State.READY)
    label = "Look at the pairs" if shown.state is State.READY else "See how far it is"
    buttons = [parts.button(label, id=LOOK, value=shown.id.hex, style="primary")] if can_look else []
    if shown.state is State.FAILED:
        buttons = [parts.button("Start again", id=START)]
    return parts.message(
        said,
        [
            parts.section(said, id="said"),
            *([parts.actions(*buttons, id="do")] if buttons else []),
            parts.context(WHY, id="why"),
        ],
    )


def nothing_open(shown: Waiting) -> dict[str, Any]:
    """The way to start a round, for whoever comes by a command."""
    return parts.modal(TITLE, home_blocks(shown), id=PAGE)


def page(shown: Page, *, tracks: Named, competencies: Named) -> dict[str, Any]:
    """One page of the pairs; the first has the figures."""
    if shown.round.state is not State.READY:
        return _not_ready(shown.round)
    head = [_summary(shown), *match_figures.blocks(shown.round.figures, tracks=tracks)] if shown.number == 0 else []
    pairs = [
        _pair_block(one, shown.round.id, number, tracks=tracks, competencies=competencies)
        for number, one in enumerate(shown.pairs)
    ]
    blocks = [*head, _buttons(shown), parts.divider(id="line"), *pairs, *_turning(shown)]
    drawn = parts.modal(TITLE, blocks, id=PAGE, about=place(shown.round.id, shown.number))
    return dict(surface.guard(drawn, "modal"))


def _not_ready(shown: Round) -> dict[str, Any]:
    is_coming = shown.state in (State.WAITING, State.RUNNING)
    again = parts.actions(parts.button("Look again", id=LOOK, value=shown.id.hex), id="again")
    drop = parts.actions(_drop(shown.id), id="do")
    blocks = [parts.section(_state(shown), id="said"), *([again, drop] if is_coming else [])]
    return parts.modal(TITLE, blocks, id=PAGE, about=place(shown.id, 0))


def _summary(shown: Page) -> dict[str, Any]:
    said = f"*{plural(shown.matched, 'pair', 'pairs')}*, and {plural(shown.unmatched, 'person', 'people')} without one."
    then = "Nobody has heard of these pairs. Change what you know better; then publish."
    return parts.section(f"{said}\n{then}", id="sum")


def _buttons(shown: Page) -> dict[str, Any]:
    value = shown.round.id.hex
    asked = plural(shown.matched, "mentor is", "mentors are")
    then = f"{asked} asked, each with the reasons. A mentor may decline."
    if closely := int(shown.round.figures.get("look_closely", 0)):
        then = f"{plural(closely, 'pair fits', 'pairs fit')} less than half: have you looked at them? {then}"
    sure = parts.confirm("Publish this round?", then, yes="Publish", no="Not yet")
    publish = [parts.button("Publish", id=PUBLISH, value=value, style="primary", confirm=sure)] if shown.matched else []
    return parts.actions(
        *publish, parts.button("Get it as a file", id=FILE, value=value), _drop(shown.round.id), id="do"
    )


def _drop(round_id: UUID) -> dict[str, Any]:
    sure = parts.confirm(
        "Drop this round?", "Nobody hears of these pairs, and every request goes on waiting.", yes="Drop", no="Keep it"
    )
    return parts.button("Drop it", id=DROP, value=round_id.hex, confirm=sure)


def _pair_block(one: Pair, round_id: UUID, number: int, *, tracks: Named, competencies: Named) -> dict[str, Any]:
    menu = [Option(f"{OTHER}:{round_id.hex}:{one.request.hex}", "Choose another mentor")]
    if one.mentor is not None:
        menu.append(Option(f"{OUT}:{round_id.hex}:{one.request.hex}", "Take this pair out"))
    said = _told(one, tracks=tracks, competencies=competencies)
    return parts.section(said, id=f"pair-{number}", accessory=inputs.overflow(menu, id=EDIT))


def _told(one: Pair, *, tracks: Named, competencies: Named) -> str:
    mentee = _side(one.mentee, tracks)
    if one.mentor is None:
        return f"{mentee}\n_{escape(why_not(one.why_not))}_"
    notes = [f"fits {_percent(one.score)}"] if one.score is not None else []
    notes += ["please look closely"] if one.is_to_look_at and not one.is_edited else []
    notes += ["changed by hand"] if one.is_edited else []
    reasons = [escape(reason) for reason in said(one.reasons, competencies)]
    return f"{mentee} → {_side(one.mentor, tracks)}\n{' · '.join([*notes, *reasons])}"


def _side(one: Side, tracks: Named) -> str:
    where = f" ({escape(tracks(one.track))}, {escape(one.level)})" if one.track else ""
    return f"*{escape(one.name)}*{where}"


def said(reasons: Sequence[str], competencies: Named) -> list[str]:
    return [fit_words.sentence(reason, Reader.OWNER, named=competencies) for reason in reasons]


def why_not(key: str | None) -> str:
    """Nothing that would tell who avoids whom."""
    return fit_words.WHY_NOT.get(key or "", TAKEN_OUT if key == "taken out" else "Nobody was found")


def _percent(score: float | None) -> str:
    return "" if score is None else f"{score:.0%}"


def _turning(shown: Page) -> list[dict[str, Any]]:
    if not shown.last:
        return []
    earlier = parts.button("Earlier", id=EARLIER, value=place(shown.round.id, shown.number - 1))
    later = parts.button("Later", id=LATER, value=place(shown.round.id, shown.number + 1))
    turning = [*([earlier] if shown.number else []), *([later] if shown.number < shown.last else [])]
    return [
        parts.context(f"Page {shown.number + 1} of {shown.last + 1}", id="page"),
        parts.actions(*turning, id="turn"),
    ]


def place(round_id: UUID, number: int) -> str:
    return f"{round_id.hex}:{number}"


def read_place(value: object) -> tuple[UUID | None, int]:
    """Which round and which page of it."""
    round_id, _, number = str(value or "").partition(":")
    return forms.thing(round_id), int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0


def read_edit(value: object) -> tuple[str, UUID | None, UUID | None]:
    """What is to be done with which pair of which round."""
    what, _, rest = str(value or "").partition(":")
    round_id, _, request = rest.partition(":")
    return what, forms.thing(round_id), forms.thing(request)


# Choosing somebody else


def choice(shown: Choice, number: int, *, tracks: Named, competencies: Named) -> dict[str, Any]:
    """The next best mentors who may be asked, instead of the one found."""
    about = f"{place(shown.round, number)}:{shown.pair.request.hex}"
    back = parts.button("Back to the pairs", id=LOOK, value=place(shown.round, number))
    mentee = parts.section(f"A mentor for {_side(shown.pair.mentee, tracks)}", id="mentee")
    if not shown.candidates:
        none = "No other mentor fits and has a place left in this round."
        return parts.modal(
            TITLE, [mentee, parts.section(none, id="none"), parts.actions(back, id="back")], id=CHOICE, about=about
        )
    details = [
        parts.section(_candidate(one, tracks, competencies), id=f"candidate-{n}")
        for n, one in enumerate(shown.candidates)
    ]
    options = [Option(one.mentor.id.hex, one.mentor.name) for one in shown.candidates]
    chosen = inputs.radio("Who is it to be?", options, id="mentor")
    blocks = [mentee, *details, chosen, parts.actions(back, id="back")]
    return parts.modal(TITLE, blocks, id=CHOICE, submit="Choose", about=about)


def _candidate(one: Candidate, tracks: Named, competencies: Named) -> str:
    reasons = [escape(reason) for reason in said(one.reasons, competencies)]
    return f"{_side(one.mentor, tracks)}\n{' · '.join([f'fits {_percent(one.score)}', *reasons])}"


def read_choice(view: Mapping[str, Any]) -> tuple[UUID | None, int, UUID | None, UUID | None]:
    """Round, page, request and the mentor chosen."""
    where, _, request = forms.about(view).rpartition(":")
    round_id, number = read_place(where)
    return round_id, number, forms.thing(request), forms.thing(forms.answers(view).get("mentor"))


# Afterwards


def done(shown: Round) -> dict[str, Any]:
    return parts.modal(TITLE, [parts.section(_state(shown), id="said")], id=PAGE)


def exported() -> dict[str, Any]:
    text = "*It is in our conversation*, as a table. It names people, so delete it when you have used it."
    return parts.modal(TITLE, [parts.section(text, id="said")], id=PAGE, close="Back")


def table(pairs: Sequence[Pair], *, tracks: Named, competencies: Named) -> bytes:
    """All pairs, and who has nobody, for a spreadsheet."""
    rows = [_row(one, tracks, competencies) for one in pairs]
    return csv_cells.write(rows, HEADER)


def _row(one: Pair, tracks: Named, competencies: Named) -> Sequence[object]:
    mentor = one.mentor or Side(one.request, "")
    return (
        one.mentee.name, tracks(one.mentee.track), one.mentee.level, mentor.name, tracks(mentor.track), mentor.level,
        None if one.score is None else round(one.score * 100), "; ".join(said(one.reasons, competencies)),
        "" if one.mentor else why_not(one.why_not), one.is_edited,
    )  # fmt: skip

"""The brief of a career talk on one page, and the form in which its member chooses what stands in it."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from bot.rules import cadence
from bot.rules.career_briefs import Brief, Heading, Line, at_once
from bot.views import career_talks, forms, inputs, parts, surface
from bot.views.inputs import Option
from bot.views.words import clip, day, escape

PAGE = "career_talk.brief.v1"
FORM = "career_talk.choose.v1"
CHOOSE = "career_talk.choose"
TITLE = "The brief"
LABEL = 75  # characters of an option
LONGEST = 280  # of people's words on one page; the whole is where the line is from
NOTHING = {
    Heading.MILESTONES: "No milestone is begun. What would be a good first one?",
    Heading.QUALITY: "No evidence was accepted in this time. What went well that nobody wrote down?",
    Heading.COLLABORATION: "No feedback stands here. Whose would help?",
    Heading.IMPACT: "Nothing here yet. What is different because of the last months?",
}
NOTHING_AHEAD = "No plan and no wishes stand here so far: a good thing to begin with."
FIRST = "It is your first talk here. An empty part is a question, not a gap."


def page(brief: Brief, *, today: date) -> dict[str, Any]:
    """The same for both. Whoever it is about finds a button to change what stands in it."""
    own = brief.own
    with_whom = f"*{escape(own.talk.member.name)} and {escape(own.talk.manager.name)}*"
    since = f"It looks back to {day(brief.since, today)}."
    blocks = [
        parts.section(f"{with_whom}\n{career_talks.stands(own, today)}\n{since}", id="when"),
        *([parts.context(FIRST, id="first")] if brief.is_first else []),
        *(_for_the_member(brief, today) if own.is_member else []),
        *_ahead(brief),
        *(block for heading in Heading for block in _part(brief, heading)),
        parts.context(
            "Both of you see this same page, and nobody else does. Each line says where it is from.", id="who"
        ),
    ]
    return dict(surface.guard(parts.modal(TITLE, blocks, id=PAGE), "modal"))


def _for_the_member(brief: Brief, today: date) -> list[dict[str, Any]]:
    """Before the manager sees it, and after."""
    own, opens_at = brief.own, brief.own.talk.opens_at
    on = (
        day(cadence.local_day(opens_at, own.schedule.zone), today) if opens_at else "three working days before the talk"
    )
    said = f"This is what {escape(own.talk.manager.name)} sees, no more, from {on} on."
    blocks = [parts.context(said, id="preview")]
    if brief.lines:
        choose = parts.button("Choose what stands here", id=CHOOSE, value=own.talk.id.hex)
        blocks.append(parts.actions(choose, id="choose"))
    return blocks


def _ahead(brief: Brief) -> list[dict[str, Any]]:
    """Where it is to go comes first, and needs no heading."""
    return _lines(brief.under(None), "ahead") or [parts.context(NOTHING_AHEAD, id="ahead-empty")]


def _part(brief: Brief, heading: Heading) -> list[dict[str, Any]]:
    name = heading.name.lower()
    lines = _lines(brief.under(heading), name) or [parts.context(NOTHING[heading], id=f"{name}-empty")]
    return [parts.header(heading.value, id=name), *lines]


def _lines(lines: Sequence[Line], name: str) -> list[dict[str, Any]]:
    """Those without words stand close together; the page is to be read at one go."""
    shown, blocks = at_once(lines), list[dict[str, Any]]()
    for number, (is_quoted, group) in enumerate(groupby(shown, key=lambda one: bool(one.words))):
        if not is_quoted:
            blocks.append(parts.section("\n".join(map(_said, group)), id=f"{name}-{number}"))
            continue
        for n, line in enumerate(group):
            blocks.append(parts.section(_said(line), id=f"{name}-{number}-{n}"))
            blocks.append(parts.words(clip(line.words, LONGEST), id=f"{name}-{number}-{n}-words"))
    if len(lines) > len(shown):
        blocks.append(parts.context(f"… and {len(lines) - len(shown)} more, where these are from", id=f"{name}-more"))
    return blocks


def _said(line: Line) -> str:
    return f"*{escape(line.title)}*  _{escape(line.source)}_"


def choose_modal(brief: Brief) -> dict[str, Any]:
    """What is left out, and what is brought in: the member alone sees this form."""
    manager = escape(brief.own.talk.manager.name)
    blocks = [parts.section("*The page is yours.* Nobody is told what you leave out.", id="said")]
    out, into = brief.offered(is_brought=False), brief.offered(is_brought=True)
    if out:
        blocks.append(
            inputs.multi_select(
                "Leave out", [_option(one) for one in out], id="left_out", initial=sorted(brief.chosen.left_out),
                is_optional=True,
            )
        )  # fmt: skip
    if into:
        hint = f"Feedback that only you can read. What you bring in, {brief.own.talk.manager.name} reads, too."
        blocks.append(
            inputs.multi_select(
                "Bring in", [_option(one) for one in into], id="brought", initial=sorted(brief.chosen.brought),
                hint=hint, is_optional=True,
            )
        )  # fmt: skip
    blocks.append(parts.context(f"It can be changed until you have talked; {manager} sees it as it is then.", id="who"))
    return parts.modal(TITLE, blocks, id=FORM, submit="Keep", about=brief.own.talk.id.hex)


def _option(line: Line) -> Option:
    return Option(line.key, clip(f"{line.title}, {line.source}", LABEL))


def read_chosen(view: Mapping[str, Any]) -> tuple[UUID | None, list[str], list[str]]:
    """(the talk, keys of lines left out, keys of those brought in)."""
    typed = forms.answers(view)
    return forms.thing(forms.about(view)), _many(typed.get("left_out")), _many(typed.get("brought"))


def _many(found: object) -> list[str]:
    return [str(one) for one in found] if isinstance(found, list) else []

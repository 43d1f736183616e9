"""What a closed round brought: figures beside one's own, then the words, one question at a time."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from bot.rules.less import spelled
from bot.rules.round_report import Figure, Gap, Line, Opened, Report
from bot.rules.rounds import HIGHEST, QUESTIONS, Perspective, Round, Text
from bot.views import forms, parts, surface
from bot.views.words import clip, escape, listing

FIGURES = "rounds.report.figures"
WORDS: Mapping[Text, str] = {text: f"rounds.report.{text}" for text in Text}
PAGE = "rounds.report.v1"
TITLE = "What the round brought"
WIDTH = 10  # of a bar
LABEL = 9
ALL_TOGETHER = "All"
KINDS = {Perspective.PEER: "Peers", Perspective.REPORT: "Reports"}
ASKED = {Text.KEEP: "What to continue", Text.MORE: "What would help", Text.ELSE: "Anything else"}
HOW = (
    "Figures of peers and of people one leads are rounded, and stand there only where enough of them have answered. "
    "Words are shuffled. Nobody can look up who said what: single answers are gone."
)
SPREAD = "`2: 1x`: a 2 was given once."
TRY_AGAIN = (
    "This says nothing about your work, only that few found the time. A round with a few more names may help, and so "
    "may one question to one colleague: `/feedback ask`."
)
NOTHING_SAID = "Nobody wrote anything here."


def figures(opened: Opened, *, is_mine: bool) -> dict[str, Any]:
    """The first page: strengths, where to grow, and each competency seen from every side."""
    found, report = opened.round, opened.report
    blocks = [
        parts.section(_head(found, report, is_mine=is_mine), id="head"),
        *_missing(report, is_mine=is_mine),
        *_in_short(report),
        *([_turn(found, report, None)] if _has_words(report) else []),
        *_lines(found, report, is_mine=is_mine),
    ]
    return _page(found, blocks)


def words(opened: Opened, question: Text, *, is_mine: bool) -> dict[str, Any]:
    """All that was written to one question: colleagues' without a name, the manager's and one's own signed."""
    found, report = opened.round, opened.report
    blocks = [
        parts.section(f"*{QUESTIONS[question]}*", id="asked"),
        _turn(found, report, question),
        *[block for one in report.words if one.question is question for block in _said(one.perspective, one.said)],
        *_own(report.signed, question, escape(opened.signed_by or "The manager"), "signed"),
        *_own(report.mine, question, "You" if is_mine else escape(found.subject.name), "mine"),
    ]
    if len(blocks) == 2:
        blocks.append(parts.section(NOTHING_SAID, id="nothing"))
    return _page(found, blocks)


def _page(found: Round, blocks: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return dict(surface.guard(parts.modal(TITLE, blocks, id=PAGE, about=found.id.hex), "modal"))


def pressed(action: Mapping[str, Any]) -> tuple[UUID | None, Text | None]:
    """(which round, which question); no question for the figures."""
    asked = {action_id: text for text, action_id in WORDS.items()}
    return forms.thing(action.get("value")), asked.get(str(action.get("action_id")))


def _turn(found: Round, report: Report, here: Text | None) -> dict[str, Any]:
    """The way to the other pages. They are drawn in the same window, for Slack holds three at most."""
    pages = [text for text in Text if text is here or _answers(report, text)]
    buttons = [parts.button(ASKED[one], id=WORDS[one], value=found.id.hex) for one in pages if one is not here]
    back = [parts.button("Figures", id=FIGURES, value=found.id.hex)] if here else []
    return parts.actions(*back, *buttons, id="turn")


def _has_words(report: Report) -> bool:
    return any(_answers(report, text) for text in Text)


def _answers(report: Report, question: Text) -> bool:
    written = [*(one.question for one in report.words), *(asked for asked, _ in (*report.signed, *report.mine))]
    return question in written


# The first page


def _head(found: Round, report: Report, *, is_mine: bool) -> str:
    whose = "Your round" if is_mine else f"The round of {escape(found.subject.name)}"
    closed = f", closed on {spelled(found.closed_at.date())}" if found.closed_at else ""
    after = (
        "Read it in your own time. Your manager can read it, too, now that you have opened it."
        if is_mine
        else "They read it first. It is for their growth, so ask what they make of it before you say what you do."
    )
    nothing = "\n*Nothing of what colleagues said can be shown.*" if report.is_withheld else ""
    return f"*{whose} at {found.terms.level}*{closed}\n{after}{nothing}"


def _missing(report: Report, *, is_mine: bool) -> list[dict[str, Any]]:
    """Why something is not there."""
    if not report.missing:
        return []
    led = "of the people you lead" if is_mine else "of the people they lead"
    who = {Perspective.PEER: "peers", Perspective.REPORT: led}
    kinds = listing([f"fewer than {report.least} {who[one]}" for one in report.missing])
    gone = "What they wrote is gone unread, so that nobody can be made out."
    again = f"\n{TRY_AGAIN}" if is_mine and report.is_withheld else ""
    return [parts.section(f"*{kinds[:1].upper()}{kinds[1:]} have answered.* {gone}{again}", id="missing")]


def _in_short(report: Report) -> list[dict[str, Any]]:
    strengths, to_grow = _names(report.strengths), _names(report.to_grow)
    told = (("Strengths that all agree on", strengths), ("Where others see most room", to_grow))
    lines = [f"*{what}:* {names}" for what, names in told if names]
    return [parts.section("\n".join(lines), id="short")] if lines else []


def _names(lines: Sequence[Line]) -> str:
    return listing([escape(one.name) for one in lines])


def _lines(found: Round, report: Report, *, is_mine: bool) -> list[dict[str, Any]]:
    """Each competency. Where colleagues were too few, those that the person or the manager have rated."""
    lines = [one for one in report.lines if not report.is_withheld or one.mine or one.signed]
    if not lines:
        return []
    spread = [SPREAD] if any(figure.spread for one in lines for figure in one.others) else []
    how = [] if report.is_withheld else [" ".join([HOW, *spread])]
    return [
        parts.divider(id="line"),
        *[_line(one, n, found, is_mine=is_mine) for n, one in enumerate(lines)],
        parts.context(_scale(found), *how, id="how"),
    ]


def _line(one: Line, number: int, found: Round, *, is_mine: bool) -> dict[str, Any]:
    """One competency: a bar for each side, and how the own view compares."""
    mine = "You" if is_mine else "Own view"
    rows = [
        *([_bar(mine, one.mine, str(one.mine))] if one.mine else []),
        *[_bar(_who(figure), figure.mean, _figure(figure)) for figure in one.others],
        *([_bar("Manager", one.signed, f"{one.signed} (signed)")] if one.signed else []),
    ]
    bars = "```\n" + "\n".join(rows) + "\n```" if rows else "_There is nothing to show here._"
    gap = _gap(one, found, is_mine=is_mine)
    return parts.section(f"*{escape(one.name)}*{gap}\n{bars}", id=f"line-{number}")


def _bar(who: str, value: float, said: str) -> str:
    filled = _places(value)
    return f"{who:<{LABEL}}{'█' * filled}{'░' * (WIDTH - filled)} {said}"


def _places(value: float) -> int:
    """How many of the bar's places: two for each step of the scale."""
    return min(max(int(value * WIDTH / HIGHEST + 0.5), 0), WIDTH)


def _who(figure: Figure) -> str:
    return KINDS[figure.who[0]] if len(figure.who) == 1 else ALL_TOGETHER


def _figure(figure: Figure) -> str:
    if not figure.spread:
        return figure.said
    spread = ", ".join(f"{n}: {many}x" for n, many in enumerate(figure.spread, start=1) if many)
    return f"{figure.said} ({spread})"


def _gap(one: Line, found: Round, *, is_mine: bool) -> str:
    who = "you see yourself" if is_mine else f"{escape(clip(found.subject.name, 60))} sees themself"
    return {
        Gap.LOWER: f" · {who} lower than others do",
        Gap.HIGHER: f" · {who} higher than others do",
    }.get(one.gap or Gap.CLOSE, "")


def _scale(found: Round) -> str:
    return f"From 1 (not seen yet) over 3 (as expected at {found.terms.level}) to 5 (others learn from it)."


# Words


def _said(perspective: Perspective, said: Sequence[str]) -> list[dict[str, Any]]:
    name = f"{perspective}-words"
    lines = [parts.words(text, id=f"{name}-{number}") for number, text in enumerate(said)]
    return [parts.context(f"*{KINDS[perspective]}*, shuffled", id=name), *lines]


def _own(written: Sequence[tuple[Text, str]], question: Text, who: str, name: str) -> list[dict[str, Any]]:
    """Words with a name under them."""
    texts = [text for asked, text in written if asked is question]
    if not texts:
        return []
    lines = [parts.words(text, id=f"{name}-{number}") for number, text in enumerate(texts)]
    return [parts.context(f"*{who}*, signed", id=name), *lines]

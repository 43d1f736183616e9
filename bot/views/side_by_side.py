"""Two views of the same competencies, side by side: where they differ first, and in both directions kindly."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.rules import side_by_side as rules
from bot.rules.assessments import Assessment, Piece, Rating, Said
from bot.rules.side_by_side import Pair, Together
from bot.views import evidence as evidence_views
from bot.views import parts
from bot.views.words import clip, escape

LOOK = "assessments.look"
SAID: Mapping[Rating, str] = {
    Rating.NOT_YET: "not yet",
    Rating.SOMETIMES: "sometimes",
    Rating.MOSTLY: "mostly",
    Rating.ALWAYS: "as described",
    Rating.CANNOT_SAY: "can't say",
}
HEADINGS = {
    Together.APART: "*Where you see it differently*\nWorth a talk: what did each of you see?",
    Together.CLOSE: "*Close to each other*",
    Together.OPEN: "*Where one of you can't say*\nWhat would let both of you see it?",
    Together.SAME: "*Where you see it alike*",
}


def blocks(found: Assessment, *, is_mine: bool) -> list[dict[str, Any]]:
    """`is_mine`: its author reads it."""
    drawn: list[dict[str, Any]] = []
    pairs, heading = rules.side_by_side(found).pairs, None
    for number, pair in enumerate(pairs):
        if pair.together is not heading:
            heading = pair.together
            drawn.append(parts.section(HEADINGS[heading], id=f"heading-{number}"))
        drawn += _pair(pair, number, found, is_mine)
    return drawn


def _pair(pair: Pair, number: int, found: Assessment, is_mine: bool) -> list[dict[str, Any]]:
    told = direction(pair, found.author, is_mine=is_mine)
    name = f"*{escape(pair.expected.name)}*{f': {told}' if told else ''}\n{escape(pair.expected.text)}"
    return [
        parts.section(name, id=f"pair-{number}"),
        *view_of(found.author, pair.own, id=f"own-{number}"),
        *view_of(found.rater, pair.theirs, id=f"theirs-{number}"),
        *evidence(pair.pieces, id=f"pair-{number}"),
    ]


def direction(pair: Pair, author: str, *, is_mine: bool) -> str:
    """Which way the two differ; nothing where they do not."""
    if not pair.steps:
        return ""
    who = "you see yourself" if is_mine else f"{escape(clip(author, 100))} sees it"
    return f"{who} {'higher' if pair.steps > 0 else 'lower'}"


def view_of(name: str, said: Said, *, id: str) -> list[dict[str, Any]]:  # noqa: A002
    """One person's view: their choice, and their own words as typed."""
    chosen = SAID[said.rating] if said.rating is not None else "left open"
    drawn = [parts.context(f"{escape(clip(name, 100))}: *{chosen}*", id=id)]
    return [*drawn, parts.words(said.note, id=f"{id}-note")] if said.note else drawn


def evidence(pieces: Sequence[Piece], *, id: str) -> list[dict[str, Any]]:  # noqa: A002
    """By title; the words are behind the button."""
    return [
        parts.section(
            f"Evidence: _{escape(one.title)}_", id=f"{id}-piece-{number}",
            accessory=parts.button(
                "Read it", id=evidence_views.OPEN, value=one.id.hex, says=f"Read it: {one.title}"
            ),
        )
        for number, one in enumerate(pieces)
    ]  # fmt: skip

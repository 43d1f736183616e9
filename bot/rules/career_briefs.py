"""The brief of a career talk: one page, the same for both, made of what both may see.

Whoever it is about sees it first, leaves out what they like, and may bring in feedback that only they can read.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate, islice

from bot.rules import readiness
from bot.rules.career_talks import Own
from bot.rules.directions import Direction, Managing, Wants
from bot.rules.framework import Framework
from bot.rules.readiness import Progress
from bot.rules.side_by_side import Pair, Together

MOST = 10  # lines under one heading
MOST_QUOTED = 4  # of them with somebody's words: one page
SOON = timedelta(days=61)  # from now on; what leaves a window in it is worth a word
MOST_OFFERED = 100  # to leave out or bring in: what one menu holds

WANTS = {
    Wants.NEXT_LEVEL: "The next level",
    Wants.DEEPEN: "To deepen what is here now",
    Wants.OTHER_TRACK: "To try another track",
    Wants.NOT_SURE: "Not sure yet, which is an answer, too",
}
MANAGING = {
    Managing.YES: "managing people: yes",
    Managing.MAYBE: "managing people: maybe",
    Managing.NO: "managing people: no thanks",
}


class Heading(StrEnum):
    """The four that look back. Before them stands where somebody wants to go, which no heading is needed for."""

    MILESTONES = "Milestones"
    QUALITY = "Quality of work"
    COLLABORATION = "Collaboration"
    IMPACT = "Impact"


@dataclass(frozen=True)
class Line:
    """One line. `key` tells it from the others, for whoever leaves it out; `source`: where it is from.

    `heading`: None where it looks ahead. `words`: what somebody wrote, word for word. `is_brought`: only the member can
    read it, unless they bring it in.
    """

    key: str
    heading: Heading | None
    title: str
    source: str
    words: str = ""
    is_brought: bool = False


@dataclass(frozen=True)
class Chosen:
    """What the member has chosen: keys of lines left out, and of those brought in."""

    left_out: frozenset[str] = frozenset()
    brought: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Brief:
    """`since`: what is newer stands in it; `is_first`: there was no talk before."""

    own: Own
    since: date
    is_first: bool
    lines: tuple[Line, ...]
    chosen: Chosen = Chosen()

    @property
    def shown(self) -> tuple[Line, ...]:
        """What both see."""
        return tuple(one for one in self.lines if self.is_shown(one))

    def is_shown(self, line: Line) -> bool:
        return line.key in self.chosen.brought if line.is_brought else line.key not in self.chosen.left_out

    def under(self, heading: Heading | None) -> tuple[Line, ...]:
        """None: what is ahead, which the page begins with."""
        return tuple(one for one in self.shown if one.heading is heading)

    def offered(self, *, is_brought: bool) -> tuple[Line, ...]:
        """Each line once, to leave out or to bring in; one piece of evidence may stand under two headings."""
        found = {one.key: one for one in reversed(self.lines) if one.is_brought is is_brought}
        return tuple(reversed(found.values()))[:MOST_OFFERED]


def at_once(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Those that one page has room for, in their order; what quotes somebody takes more of it."""
    quotes = accumulate(bool(one.words) for one in lines)
    room = (one for one, quoted in zip(lines, quotes, strict=True) if not one.words or quoted <= MOST_QUOTED)
    return tuple(islice(room, MOST))


def chosen(brief: Brief, *, left_out: Collection[str], brought: Collection[str]) -> Chosen:
    """What somebody picked, of what was offered to them; anything else is no line of theirs."""
    out = {one.key for one in brief.offered(is_brought=False)} & set(left_out)
    into = {one.key for one in brief.offered(is_brought=True)} & set(brought)
    return Chosen(frozenset(out), frozenset(into))


def wished(direction: Direction) -> str:
    """A direction in one line."""
    return f"{WANTS[direction.wants]}; {MANAGING[direction.managing]}"


def not_begun(framework: Framework, track: str, found: Sequence[Progress]) -> str:
    """The names of what nothing was saved for yet, of competencies that these milestones show; empty if there is none.

    For whoever wants the next level, and says so. Anybody else is left in peace.
    """
    of = framework.track(track)
    begun = {one.milestone.competency for one in found if one.is_met or one.reached or one.waiting}
    wanted = {one.milestone.competency for one in found} - begun
    return ", ".join(one.name for one in of.competencies if one.key in wanted) if of else ""


def leaving(now: Progress, soon: Progress) -> str:
    """What the window that ends soon has less of than the one that ends now, in words; empty where it keeps it all."""
    if now.is_met or soon.reached >= now.reached:
        return ""
    return f"{readiness.figures(now)} today, {readiness.figures(soon)} in two months, as the oldest leave the window"


def seen(pair: Pair) -> str:
    """A competency that two have looked at; where they see it apart, it says so."""
    return (
        f"{pair.expected.name}: you two see it differently" if pair.together is Together.APART else pair.expected.name
    )


def compared(pair: Pair, level: str) -> str:
    """Both views in one line."""
    own = pair.own.rating.value if pair.own.rating else "nothing said"
    theirs = pair.theirs.rating.value if pair.theirs.rating else "nothing said"
    return f"self-assessment for {level}: {own}; the manager: {theirs}"

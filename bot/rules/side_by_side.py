"""Two views of the same competencies side by side: where they differ first, and what is worth a thought."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.rules.assessments import STEPS, Assessment, Expected, Line, Piece, Rating, Said, Wording

WIDE = 2  # steps between two views from which they are worth a talk


class Together(StrEnum):
    """How two views of one competency stand to each other, in the order in which they are worth reading."""

    APART = "worth a talk"
    CLOSE = "close"
    OPEN = "not to compare"
    SAME = "the same"


@dataclass(frozen=True)
class Pair:
    """Both views of one competency."""

    expected: Expected
    own: Said
    theirs: Said
    pieces: tuple[Piece, ...] = ()

    @property
    def steps(self) -> int | None:
        """By how many steps the author sees it higher than the manager, or lower where it is below zero."""
        own, theirs = _step(self.own), _step(self.theirs)
        return None if own is None or theirs is None else own - theirs

    @property
    def together(self) -> Together:
        if self.steps is None:
            return Together.OPEN
        if self.steps == 0:
            return Together.SAME
        return Together.APART if abs(self.steps) >= WIDE else Together.CLOSE

    @property
    def least(self) -> int:
        """The lower of the two views; above all steps where neither can say."""
        return min((step for step in (_step(self.own), _step(self.theirs)) if step is not None), default=len(STEPS))


@dataclass(frozen=True)
class SideBySide:
    """Both views, where they differ most first."""

    id: UUID
    author_id: UUID
    author: str
    rater_id: UUID | None
    rater: str
    wording: Wording
    rated_at: datetime | None
    pairs: tuple[Pair, ...]


def side_by_side(assessment: Assessment) -> SideBySide:
    """Both views of what was picked: where they are furthest apart first, then in the order of the framework."""
    pairs = [_pair(line) for line in assessment.picked]
    order = list(Together)
    pairs.sort(key=lambda pair: (order.index(pair.together), -abs(pair.steps or 0)))
    return SideBySide(
        assessment.id, assessment.author_id, assessment.author, assessment.rater_id, assessment.rater,
        assessment.wording, assessment.rated_at, tuple(pairs),
    )  # fmt: skip


def gaps(found: Iterable[Assessment]) -> tuple[tuple[str, str], ...]:
    """(level, competency) where growth is worth a thought: what either sees as less than *mostly*, and what both see
    far apart, the lowest first.

    `found`: one person's, the newest first; of each level the newest counts that says anything.
    """
    newest: dict[str, Assessment] = {}
    for one in found:
        if one.seen:
            newest.setdefault(one.wording.level, one)
    pairs = [(one.wording.level, _pair(line)) for one in newest.values() for line in one.lines]
    wanted = [
        (level, pair) for level, pair in pairs if pair.least < STEPS[Rating.MOSTLY] or pair.together is Together.APART
    ]
    return tuple((level, pair.expected.key) for level, pair in sorted(wanted, key=lambda one: one[1].least))


def _pair(line: Line) -> Pair:
    return Pair(line.expected, line.own, line.theirs, line.pieces)


def _step(said: Said) -> int | None:
    return None if said.rating is None else STEPS.get(said.rating)

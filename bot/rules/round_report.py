"""What a closed round shows: what it may say of each perspective, and nothing that tells who said it.

The report is written once. Whoever reads it may know everybody who was asked, who answered, the person's own answer and
the manager's; what is said by colleagues is the same whoever of at least three of them had written which of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor

from pydantic import TypeAdapter

from bot.rules import small_cells
from bot.rules.rounds import COLLEAGUES, HIGHEST, LOWEST, Perspective, Round, State, Terms, Text

APART = 1.0  # steps between one's own view and the others' that are worth a word
STRONG = 4.0
TO_GROW, MOST_TO_GROW = 3.5, 3
HIGH_EDGE, LOW_EDGE = 4.5, 1.5

Counts = Mapping[int, int]
"""Rating → how many gave it."""


class Gap(StrEnum):
    """How one sees oneself beside how others do."""

    LOWER = "lower"
    CLOSE = "close"
    HIGHER = "higher"


@dataclass(frozen=True)
class Figure:
    """What several colleagues rated. `who`: whose ratings are in it, together if there is more than one kind.

    `mean`: to a half; 1.5 stands for "1.5 or less" and 4.5 for "4.5 or more", since an end of the scale would tell what
    each of them chose. With a `spread` (how many gave 1, 2, 3, 4, 5) it is to a tenth.
    """

    who: tuple[Perspective, ...]
    mean: float
    spread: tuple[int, ...] = ()

    @property
    def said(self) -> str:
        if self.spread or LOW_EDGE < self.mean < HIGH_EDGE:
            return f"{self.mean:.1f}"
        return f"{HIGH_EDGE} or more" if self.mean >= HIGH_EDGE else f"{LOW_EDGE} or less"


@dataclass(frozen=True)
class Line:
    """One competency: the person's own rating, the manager's, which is signed, and the colleagues'."""

    key: str
    name: str
    mine: int | None
    signed: int | None
    others: tuple[Figure, ...]

    @property
    def seen(self) -> float | None:
        """How colleagues see it, from nothing but what is shown; None where nothing is."""
        return sum(figure.mean for figure in self.others) / len(self.others) if self.others else None

    @property
    def gap(self) -> Gap | None:
        if self.mine is None or self.seen is None:
            return None
        apart = self.mine - self.seen
        if abs(apart) < APART:
            return Gap.CLOSE
        return Gap.HIGHER if apart > 0 else Gap.LOWER


@dataclass(frozen=True)
class Words:
    """What was written to one question from one perspective, shuffled."""

    question: Text
    perspective: Perspective
    said: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """`words`: the colleagues'; `signed` and `mine`: what the manager and the person wrote, by question.

    `missing`: perspectives that were asked and of which too few answered. Their words are gone unread; their ratings
    count only where they stand together with others'.
    """

    least: int
    lines: tuple[Line, ...]
    words: tuple[Words, ...] = ()
    signed: tuple[tuple[Text, str], ...] = ()
    mine: tuple[tuple[Text, str], ...] = ()
    missing: tuple[Perspective, ...] = ()

    @property
    def is_withheld(self) -> bool:
        """Whether nothing of what colleagues said may be shown."""
        return not self.words and not any(line.others for line in self.lines)

    @property
    def strengths(self) -> tuple[Line, ...]:
        """What the person and the others agree on."""
        return tuple(one for one in self.lines if (one.mine or 0) >= STRONG and (one.seen or 0) >= STRONG)

    @property
    def to_grow(self) -> tuple[Line, ...]:
        """Where others see most room, at most three; those that are furthest come first."""
        found = [(one.seen, one) for one in self.lines if one.seen is not None and one.seen < TO_GROW]
        return tuple(one for _, one in sorted(found, key=lambda pair: pair[0])[:MOST_TO_GROW])


@dataclass(frozen=True)
class Opened:
    """A report as somebody reads it, and the name of the manager who signed their part, if anybody did."""

    round: Round
    report: Report
    signed_by: str | None


@dataclass(frozen=True)
class Said:
    """What has been answered, with nobody's name. `ratings`: (perspective, competency) → counts.

    `texts`: (perspective, question) → what was written, in any order. `answered`: perspective → how many.
    """

    ratings: Mapping[tuple[Perspective, str], Counts]
    texts: Mapping[tuple[Perspective, Text], Sequence[str]]
    answered: Mapping[Perspective, int]
    asked: frozenset[Perspective]


def report(said: Said, terms: Terms) -> Report:
    """All that is ever shown of this round. `texts` come shuffled; a name is never in it."""
    heard = [one for one in COLLEAGUES if said.answered.get(one, 0) >= terms.least]
    return Report(
        least=terms.least,
        lines=tuple(_line(said, terms, one.key, one.name) for one in terms.competencies),
        words=tuple(
            Words(question, one, tuple(said.texts[one, question]))
            for question in Text
            for one in heard
            if said.texts.get((one, question))
        ),
        signed=_own(said, Perspective.MANAGER),
        mine=_own(said, Perspective.SELF),
        missing=tuple(one for one in COLLEAGUES if one in said.asked and one not in heard),
    )


def _own(said: Said, perspective: Perspective) -> tuple[tuple[Text, str], ...]:
    return tuple((question, text) for question in Text for text in said.texts.get((perspective, question), ()))


def _line(said: Said, terms: Terms, key: str, name: str) -> Line:
    counts = {one: said.ratings.get((one, key), {}) for one in Perspective}
    sizes = {one: sum(counts[one].values()) for one in COLLEAGUES}
    return Line(
        key, name, _only(counts[Perspective.SELF]), _only(counts[Perspective.MANAGER]),
        tuple(
            figure(who, _together(counts[one] for one in who), spread_from=terms.spread_from)
            for who in groups(sizes, least=terms.least)
        ),
    )  # fmt: skip


def groups(sizes: Mapping[Perspective, int], *, least: int) -> tuple[tuple[Perspective, ...], ...]:
    """Which perspectives have a figure of their own, or one together; nobody is in two of them.

    Where hiding a small perspective would leave one or two people who could be told from the whole, all are shown as
    one; where no perspective reaches `least` by itself, nothing is.
    """
    alone = small_cells.shown(sizes, least=least)
    if alone:
        return tuple((one,) for one in COLLEAGUES if one in alone)
    if any(size >= least for size in sizes.values()):
        return (tuple(one for one in COLLEAGUES if sizes.get(one)),)
    return ()


def figure(who: tuple[Perspective, ...], counts: Counts, *, spread_from: int) -> Figure:
    many = sum(counts.values())
    mean = Fraction(sum(rating * count for rating, count in counts.items()), many)
    if many >= spread_from and max(counts.values()) <= many - 2:
        return Figure(who, round(float(mean), 1), tuple(counts.get(one, 0) for one in range(LOWEST, HIGHEST + 1)))
    return Figure(who, min(max(_to_a_half(mean), LOW_EDGE), HIGH_EDGE))


def _to_a_half(mean: Fraction) -> float:
    return floor(mean * 2 + Fraction(1, 2)) / 2


def _together(counts: Iterable[Counts]) -> Counts:
    found: dict[int, int] = {}
    for one in counts:
        for rating, count in one.items():
            found[rating] = found.get(rating, 0) + count
    return found


def _only(counts: Counts) -> int | None:
    return next(iter(counts), None)


def state(report: Report) -> State:
    """What becomes of the round."""
    return State.WITHHELD if report.is_withheld else State.RELEASED


# The payload that is kept


_KEPT = TypeAdapter(Report)


def write(report: Report) -> str:
    return _KEPT.dump_json(report).decode()


def read(payload: str) -> Report:
    return _KEPT.validate_json(payload)

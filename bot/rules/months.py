"""An owner's month: what is counted of which people, and what of it may be shown.

Every figure is cut along one line: everybody, their track, its bands; and each of these, for owners of a part of the
company, by part. So whoever owns a part sees it track by track, and never as a whole: a whole that overlaps with the
tracks of everybody could be subtracted from them.
"""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.rules import cadence, scopes, small_cells
from bot.rules.cadence import Away, Schedule
from bot.rules.small_cells import LEAST, Path

STEP = 0.05  # shares are rounded to this
BAND = 5  # and counts of people to this, downwards
LOOKS_BACK = timedelta(days=365)  # for what is said of milestones, and for self-assessments
OFTEN = 0.5  # a milestone is often sent back when so many of its verdicts ask for more
TOLD_FOR = 10  # days of a month in which owners hear of the last one
FIRST, LAST = "first", "last"  # fields of the form that asks for a table

Answers = Mapping[float, int]
"""What was found of people → of how many: 1 and 0 for yes and no, a share, or days."""

Cells = Mapping[Path, Answers]
"""For each of the smallest groups; the part of the company comes last in its path."""


class Name(StrEnum):
    PARTICIPATION = "participation"
    COMPLETION = "completion"
    REVIEWS = "reviews"
    READINGS = "readings"
    REQUESTS = "mentor requests"
    READINESS = "readiness"
    COVERAGE = "mentoring"
    THANKED = "thanked"
    ASSESSED = "self-assessment"
    CHANCES = "chances taken"
    NO_CHANCE = "no chance"
    WANTS = "what people want"
    LEFT = "left"
    PROMOTED = "moved up"
    MOVED = "changed track"


DAYS = frozenset({Name.REVIEWS, Name.READINGS, Name.REQUESTS})
COUNTS = frozenset({Name.NO_CHANCE, Name.WANTS, Name.MOVED})
STANDING = frozenset({Name.READINESS, Name.COVERAGE, Name.ASSESSED})
"""What stands, and is looked at again each month; of the others each month has its own."""


@dataclass(frozen=True)
class Window:
    """From a day until the day after the last."""

    from_on: date
    until_on: date

    @property
    def before(self) -> "Window":
        """The window of the same kind that ends where this one begins: the month before a month, else as many days."""
        if self == month_of(self.from_on):
            return month_of(self.from_on - timedelta(days=1))
        return Window(self.from_on - (self.until_on - self.from_on), self.from_on)

    @property
    def last(self) -> date:
        return self.until_on - timedelta(days=1)


def month_of(day: date) -> Window:
    first = day.replace(day=1)
    return Window(first, first + timedelta(days=monthrange(day.year, day.month)[1]))


@dataclass(frozen=True)
class Shown:
    """One group that may be shown. `people`: at least so many, up to four more; `spread`: the middle half, in days."""

    path: Path
    people: int
    now: float | None = None
    before: float | None = None
    spread: tuple[float, float] | None = None


@dataclass(frozen=True)
class Figure:
    """`hidden`: how many groups are too small, too much alike, or have changed by too few people, to be shown."""

    rows: tuple[Shown, ...] = ()
    hidden: int = 0

    def of(self, *path: str) -> Shown | None:
        return next((one for one in self.rows if one.path == path), None)


@dataclass(frozen=True)
class Month:
    """What an owner sees of a month. `quiet`: milestones nobody evidences; `sent_back`: those that often come back."""

    id: UUID
    scope: str
    window: Window
    made_at: datetime
    figures: Mapping[Name, Figure] = field(default_factory=dict)
    quiet: tuple[str, ...] = ()
    sent_back: tuple[str, ...] = ()

    def figure(self, name: Name) -> Figure:
        return self.figures.get(name, Figure())

    @property
    def is_empty(self) -> bool:
        return not any(one.rows for one in self.figures.values())

    @property
    def hidden(self) -> int:
        return sum(one.hidden for one in self.figures.values())

    @property
    def has_before(self) -> bool:
        return any(row.before is not None for one in self.figures.values() for row in one.rows)


@dataclass(frozen=True)
class Told:
    """A month for one owner, with when they may be written to."""

    month: Month
    schedule: Schedule
    away: tuple[Away, ...] = ()


@dataclass(frozen=True)
class Compared:
    """What a figure is held against. `cells`: of the window before; `shown`: what was shown of it, by group.

    `changed`: how many people joined or left a group since then; `since`: since it was shown last. One to four people
    would be known by the difference, so then nothing is compared, and what stands is not shown again.
    """

    cells: Cells = field(default_factory=dict)
    shown: Mapping[Path, float | None] = field(default_factory=dict)
    changed: Mapping[Path, int] = field(default_factory=dict)
    since: Mapping[Path, int] = field(default_factory=dict)


def figure(name: Name, cells: Cells, *, scope: str, compared: Compared) -> Figure:
    """What may be shown of these cells to whoever owns this part of the company."""
    now, before = _released(name, cells, scope), _released(name, compared.cells, scope)
    rows, wanted = [], sorted(_wanted(name, cells, scope))
    for path in wanted:
        seen = path[:-1] if scope else path
        if path not in now or (name in STANDING and _is_few(compared.since.get(seen, 0))):
            continue
        is_comparable = name not in COUNTS and not _is_few(compared.changed.get(seen, 0))
        then = compared.shown.get(seen) if name in STANDING else _now(name, before.get(path))
        rows.append(replace(_shown(name, seen, now[path]), before=then if is_comparable else None))
    return Figure(tuple(rows), len(wanted) - len(rows))


def _is_few(people: int) -> bool:
    return 0 < people < LEAST


def _wanted(name: Name, cells: Cells, scope: str) -> set[Path]:
    """The groups that this figure is about, shown or not. Of what people say of many things there is no whole."""
    leaves = _leaves(cells, scope)
    if scope:
        return {path for path in leaves if path[-1] == scopes.split(scope)[1]}
    whole: set[Path] = {path[:depth] for path in leaves for depth in range(len(path) + 1)}
    return whole - {()} if name in COUNTS else whole


def _leaves(cells: Cells, scope: str) -> dict[Path, Counter[float]]:
    """The smallest groups of a figure: by part for whoever owns one, else all parts together."""
    leaves: dict[Path, Counter[float]] = defaultdict(Counter)
    for path, answers in cells.items():
        leaves[path if scope else path[:-1]].update(answers)
    return leaves


def _released(name: Name, cells: Cells, scope: str) -> dict[Path, Answers]:
    """The groups that may be shown."""
    leaves = _leaves(cells, scope)
    groups: dict[Path, Counter[float]] = defaultdict(Counter)
    for path, answers in leaves.items():
        for depth in range(len(path) + 1):
            groups[path[:depth]].update(answers)
    shown = small_cells.nested({path: answers.total() for path, answers in leaves.items()})
    if name not in COUNTS:
        shown -= _too_alike(groups, shown)
    return {path: groups[path] for path in shown}


def _too_alike(groups: Mapping[Path, Answers], shown: set[Path]) -> set[Path]:
    """Groups in which all, or all but one, are the same; and the whole of a family in which just one group is missing
    for that, because it could be reckoned from the whole and the others."""
    alike = {path for path in shown if is_alike(groups[path])}
    families: dict[Path, list[Path]] = defaultdict(list)
    for path in groups:
        if path:
            families[path[:-1]].append(path)
    for whole in sorted(families, key=len, reverse=True):
        missing = [path for path in families[whole] if path not in shown or path in alike]
        if len(missing) == 1 and missing[0] in alike:
            alike.add(whole)
    return alike


def is_alike(answers: Answers) -> bool:
    return max(answers.values(), default=0) >= sum(answers.values()) - 1


def _shown(name: Name, path: Path, answers: Answers) -> Shown:
    people = sum(answers.values())
    least = people // BAND * BAND
    if name in COUNTS:
        return Shown(path, least)
    if name in DAYS:
        return Shown(path, least, quantile(answers, 0.5), None, (quantile(answers, 0.25), quantile(answers, 0.75)))
    return Shown(path, least, rounded(sum(value * count for value, count in answers.items()) / people))


def _now(name: Name, answers: Answers | None) -> float | None:
    return None if answers is None else _shown(name, (), answers).now


def rounded(share: float) -> float:
    """To the nearest twentieth."""
    return round(round(share / STEP) * STEP, 2)


def quantile(answers: Answers, share: float) -> float:
    """The least value that so large a share of people do not exceed."""
    wanted, reached = share * sum(answers.values()), 0
    for value in sorted(answers):
        reached += answers[value]
        if reached >= wanted:
            return value
    raise ValueError("nobody was counted")


def quiet(could: Mapping[str, int], evidenced: Mapping[str, int]) -> tuple[str, ...]:
    """Milestones that five or more could have shown, and nobody has. `could`, `evidenced`: milestone → people."""
    return tuple(key for key in sorted(could) if could[key] >= LEAST and not evidenced.get(key))


def sent_back(verdicts: Mapping[str, tuple[int, int, int]]) -> tuple[str, ...]:
    """Milestones whose evidence often comes back. `verdicts`: milestone → authors, verdicts, those that asked for more
    or declined. Only by name, and only where five or more have tried."""
    often = [key for key, (people, given, back) in verdicts.items() if people >= LEAST and back >= given * OFTEN]
    return tuple(sorted(often))


def last_shown(earlier: Sequence[Month], name: Name) -> dict[Path, Month]:
    """Group → the newest month that has shown it. `earlier`: the newest first."""
    found: dict[Path, Month] = {}
    for month in earlier:
        for row in month.figure(name).rows:
            found.setdefault(row.path, month)
    return found


def told_at(window: Window, schedule: Schedule, away: Iterable[Away] = ()) -> datetime | None:
    """The first day after the window on which the owner works, at their hour; None for whoever is away for long."""
    day = cadence.prompt_day(window.until_on, window.until_on + timedelta(days=TOLD_FOR), schedule, away)
    return None if day is None else cadence.resolve(day, schedule.hour, schedule.zone)


def told_until(window: Window, schedule: Schedule) -> datetime:
    return cadence.resolve(window.until_on + timedelta(days=TOLD_FOR), schedule.hour, schedule.zone)


def is_told_on(day: date) -> bool:
    """Whether owners may still hear of the month that is over."""
    return day.day <= TOLD_FOR

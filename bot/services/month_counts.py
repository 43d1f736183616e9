"""What is counted for an owner's month: a statement for each figure, however many people there are.

Each comes as cells by track and by part of the company (all departments, or all countries), for the month and for the
one before. What may be shown of them is for `rules.months` to say.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.check_ins import CheckIn, Reading
from bot.models.evidence import Evidence, Review
from bot.models.mentors import MentorRequest
from bot.models.mentorships import Mentorship
from bot.models.messages import Occurrence
from bot.models.milestones import NoChance
from bot.models.people import Person, Placement
from bot.rules import cadence, months
from bot.rules.check_ins import Answer
from bot.rules.evidence import Verdict
from bot.rules.mentors import RequestState
from bot.rules.months import Cells, Window
from bot.rules.scopes import Kind
from bot.rules.small_cells import Path
from bot.services import check_in_rounds

HALF_A_DAY = 43_200  # seconds
GIVEN = (Verdict.ACCEPTED.value, Verdict.CHANGES.value, Verdict.DECLINED.value)
BACK = (Verdict.CHANGES.value, Verdict.DECLINED.value)


@dataclass(frozen=True)
class Span:
    """The days that are counted, where they begin and end, and along which line the company is cut into parts."""

    window: Window
    zone: str
    kind: Kind

    @property
    def part(self) -> Any:
        return Person.country if self.kind is Kind.COUNTRY else Person.department

    def moments(self, window: Window) -> tuple[datetime, datetime]:
        return cadence.resolve(window.from_on, 0, self.zone), cadence.resolve(window.until_on, 0, self.zone)


@dataclass(frozen=True)
class Pair:
    """The cells of a month and of the one before."""

    now: Cells
    before: Cells


One = Callable[[Span, Window, int], Any]
"""What is looked at of each person in one window: a statement with `person_id`, `is_now` and the values."""


def standing(table: Any, on: date) -> ColumnElement[bool]:
    """Whoever is a member on a day, where `table` is Placement or an alias of it, joined with Person."""
    holds = and_(table.from_on <= on, or_(table.until_on.is_(None), table.until_on > on))
    return and_(holds, is_here(on))


def is_here(on: date) -> ColumnElement[bool]:
    return and_(~Person.is_guest, or_(Person.is_active, Person.left_on > on))


def by_path(found: Iterable[tuple[Path, float, int]]) -> dict[Path, Counter[float]]:
    cells: dict[Path, Counter[float]] = defaultdict(Counter)
    for path, value, people in found:
        cells[path][value] += people
    return cells


async def check_ins(session: AsyncSession, span: Span) -> tuple[Pair, Pair]:
    """Who answered anything of those who were asked, and which share of their prompts each of them answered.

    Whoever was away, had left or has switched prompts off was not asked, and counts nowhere.
    """
    rows = (await session.execute(_by_person(span, _asked, "asked", "answered"))).all()
    return _pair(rows, lambda row: float(row.answered > 0)), _pair(rows, lambda row: row.answered / row.asked)


def _asked(span: Span, window: Window, is_now: int) -> Select[*tuple[Any, ...]]:
    begins, ends = span.moments(window)
    answered = and_(
        CheckIn.person_id == Occurrence.person_id, CheckIn.round_on == Occurrence.on_date,
        CheckIn.answer != Answer.SKIPPED.value,
    )  # fmt: skip
    was_asked = or_(Occurrence.state == "told", Occurrence.reason == check_in_rounds.ANSWERED)
    return (
        select(
            Occurrence.person_id, literal(is_now).label("is_now"), func.count().label("asked"),
            func.count(CheckIn.id).label("answered"),
        )
        .outerjoin(CheckIn, answered)
        .where(
            Occurrence.state.in_(["told", "skipped"]), was_asked, Occurrence.due_at >= begins, Occurrence.due_at < ends,
            Occurrence.kind.concat("") == check_in_rounds.KIND,  # so that it is the moment by which they are found
            Occurrence.slot == 0,
        )
        .group_by(Occurrence.person_id)
    )  # fmt: skip


def _by_person(span: Span, one: One, *values: str) -> Select[Any]:
    """How many people, by track and part at the end of each window, have these values. `one`: person → values."""
    each = union_all(one(span, span.window, 1), one(span, span.window.before, 0)).subquery()
    last = case((each.c.is_now == 1, span.window.last), else_=span.window.before.last)
    columns = (each.c.is_now, Placement.track, span.part.label("part"), *(each.c[value] for value in values))
    holds = and_(Placement.from_on <= last, or_(Placement.until_on.is_(None), Placement.until_on > last))
    return (
        select(*columns, func.count().label("people"))
        .join(Placement, and_(Placement.person_id == each.c.person_id, holds))
        .join(Person, Person.id == each.c.person_id)
        .group_by(*columns)
    )


def _pair(rows: Iterable[Any], value: Callable[[Any], float]) -> Pair:
    found: tuple[list[Any], list[Any]] = ([], [])
    for row in rows:
        found[row.is_now].append(((row.track, row.part or ""), value(row), row.people))
    return Pair(by_path(found[1]), by_path(found[0]))


# Waiting


async def reviews(session: AsyncSession, span: Span) -> Pair:
    """Days from evidence sent to a verdict: of each author the mean, in halves."""
    return await _waits(session, span, _reviewed)


async def readings(session: AsyncSession, span: Span) -> Pair:
    """Days from a check-in given to read."""
    return await _waits(session, span, _read)


async def requests(session: AsyncSession, span: Span) -> Pair:
    """Days from a mentor asked for to found."""
    return await _waits(session, span, _found)


async def _waits(session: AsyncSession, span: Span, one: One) -> Pair:
    rows = (await session.execute(_by_person(span, one, "halves"))).all()
    return _pair(rows, lambda row: row.halves / 2)


def _reviewed(span: Span, window: Window, is_now: int) -> Select[Any]:
    waited = _waited(Review.author_id, Evidence.submitted_at, Review.decided_at, is_now)
    begins, ends = span.moments(window)
    return waited.join(Evidence, Evidence.id == Review.evidence_id).where(
        Review.verdict.in_(GIVEN), Review.decided_at >= begins, Review.decided_at < ends,
        Review.decided_at >= Evidence.submitted_at,  # not of an earlier take
    )  # fmt: skip


def _read(span: Span, window: Window, is_now: int) -> Select[Any]:
    waited = _waited(Reading.person_id, CheckIn.submitted_at, Reading.read_at, is_now)
    begins, ends = span.moments(window)
    return waited.join(CheckIn, CheckIn.id == Reading.check_in_id).where(
        Reading.read_at >= begins, Reading.read_at < ends
    )


def _found(span: Span, window: Window, is_now: int) -> Select[Any]:
    waited = _waited(MentorRequest.mentee_id, MentorRequest.asked_at, MentorRequest.closed_at, is_now)
    begins, ends = span.moments(window)
    return waited.where(
        MentorRequest.state == RequestState.MATCHED.value, MentorRequest.closed_at >= begins,
        MentorRequest.closed_at < ends,
    )  # fmt: skip


def _waited(person: Any, since: Any, until: Any, is_now: int) -> Select[Any]:
    seconds = func.avg(extract("epoch", until) - extract("epoch", since))
    halves = cast(func.round(seconds / HALF_A_DAY), Integer)
    columns = (person.label("person_id"), literal(is_now).label("is_now"), halves.label("halves"))
    return select(*columns).group_by(person)


async def share(session: AsyncSession, span: Span, named: Callable[[datetime, datetime], Any]) -> Pair:
    """Of the members on the last day, who is among those named between two moments; nothing at all where nobody is."""

    def one(span: Span, window: Window, is_now: int) -> Select[Any]:
        is_named = case((Placement.person_id.in_(named(*span.moments(window))), 1), else_=0)
        return (
            select(Placement.person_id, literal(is_now).label("is_now"), is_named.label("is_named"))
            .join(Person, Person.id == Placement.person_id)
            .where(standing(Placement, window.last))
        )

    rows = (await session.execute(_by_person(span, one, "is_named"))).all()
    is_used = any(row.is_named and row.is_now for row in rows)
    return _pair(rows, lambda row: float(row.is_named)) if is_used else Pair({}, {})


# What stands


async def mentoring(session: AsyncSession, span: Span) -> Cells:
    """Who has a mentor or is one, at the end of the window."""
    _, ends = span.moments(span.window)
    lasting = and_(Mentorship.began_at < ends, or_(Mentorship.ended_at.is_(None), Mentorship.ended_at >= ends))
    paired = union_all(
        *(select(side.label("person_id")).where(lasting) for side in (Mentorship.mentor_id, Mentorship.mentee_id))
    ).subquery()
    return await members(session, span, Placement.person_id.in_(select(paired.c.person_id)))


async def members(session: AsyncSession, span: Span, is_so: ColumnElement[bool]) -> Cells:
    """Of which members this holds at the end of the window. `is_so`: over Placement."""
    each = (
        select(Placement.track, span.part.label("part"), case((is_so, 1), else_=0).label("is_so"))
        .join(Person, Person.id == Placement.person_id)
        .where(standing(Placement, span.window.last))
        .subquery()
    )
    rows = await session.execute(select(*each.c, func.count().label("people")).group_by(*each.c))
    return by_path(((row.track, row.part or ""), float(row.is_so), row.people) for row in rows)


async def no_chance(session: AsyncSession, span: Span) -> Cells:
    """Milestone → who has said that their team gives them no chance to show it."""
    _, ends = span.moments(span.window)
    columns = (NoChance.milestone, span.part.label("part"))
    rows = await session.execute(
        select(*columns, func.count().label("people"))
        .join(Person, Person.id == NoChance.person_id)
        .where(NoChance.said_at < ends, is_here(span.window.last))
        .group_by(*columns)
    )
    return by_path(((row.milestone, row.part or ""), 1.0, row.people) for row in rows)


async def evidenced(session: AsyncSession, span: Span) -> dict[str, int]:
    """Milestone → how many people have sent evidence for it in the year before the window ended."""
    _, ends = span.moments(span.window)
    rows = await session.execute(
        select(Evidence.milestone, func.count(Evidence.author_id.distinct()).label("people"))
        .where(Evidence.submitted_at >= ends - months.LOOKS_BACK, Evidence.submitted_at < ends)
        .group_by(Evidence.milestone)
    )
    return {row.milestone: row.people for row in rows}


async def verdicts(session: AsyncSession, span: Span) -> Mapping[str, tuple[int, int, int]]:
    """Milestone → authors, verdicts, and those that asked for changes or declined, in that year."""
    _, ends = span.moments(span.window)
    is_back = case((Review.verdict.in_(BACK), 1), else_=0)
    rows = await session.execute(
        select(
            Evidence.milestone, func.count(Review.author_id.distinct()).label("people"), func.count().label("given"),
            func.sum(is_back).label("back"),
        )
        .join(Evidence, Evidence.id == Review.evidence_id)
        .where(Review.verdict.in_(GIVEN), Review.decided_at >= ends - months.LOOKS_BACK, Review.decided_at < ends)
        .group_by(Evidence.milestone)
    )  # fmt: skip
    return {row.milestone: (row.people, row.given, row.back) for row in rows}

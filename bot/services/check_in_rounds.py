"""Rounds of check-ins: plan prompts ahead, hand over those that are due, plan again when wishes change.

Set-based: each call handles one page of at most `limit` people in a few statements, so that a person who presses a
button never waits behind a round.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, Update, and_, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new, ordered_id
from bot.models.check_ins import CheckIn
from bot.models.messages import Occurrence
from bot.models.people import Person, Placement
from bot.rules import cadence as rules
from bot.rules import check_ins
from bot.rules.cadence import Away, Cadence, Schedule
from bot.rules.framework import Framework
from bot.rules.less import Topic
from bot.services import framework as frameworks
from bot.services import less_rows, messages, people

KIND = "check-in"
PROMPT = "check_in.prompt"
AHEAD = timedelta(hours=48)
BEHIND = timedelta(days=7)
LONGEST_ROUND = timedelta(weeks=14)
PAGE = 500  # rows at a time: what one page takes, everybody else waits
AWAY = "away"
NO_ROUND = "another rhythm"
ANSWERED = "answered already"
SWITCHED_OFF = "switched off"


async def plan_some(
    session: AsyncSession, *, after: UUID | None, since: datetime, until: datetime, limit: int = PAGE
) -> UUID | None:
    """Plan the prompts due in (since, until] for one page of members. Returns where to go on, None at the end.

    Planning twice plans once: an occurrence is unique by kind, person, date and slot.
    """
    framework = await frameworks.current_or_none(session)
    if framework is None:
        return None
    page = _members(until.date()).order_by(Person.id).limit(limit)
    rows = (await session.execute(page.where(Person.id > after) if after else page)).all()
    if not rows:
        return None
    await insert_new(session, Occurrence, await _occurrences(session, rows, framework, since=since, until=until))
    return rows[-1].id if len(rows) == limit else None


async def replan(
    session: AsyncSession, ids: Sequence[UUID], *, now: datetime, earliest: datetime | None = None
) -> None:
    """Wishes or zones have changed: what is planned moves to its new moment, and what had no moment may get one.

    `earliest`: before it no prompt was wanted, so none of an earlier moment comes late.
    """
    framework = await frameworks.current_or_none(session)
    if framework is None:
        return
    await _leave_out_unwanted(session, ids, now)
    rows = (await session.execute(_members(now.date()).where(Person.id.in_(ids)))).all()
    wishes = {row.id: (_rhythm(row, framework), _schedule(row)) for row in rows}
    away = await people.absences(session, ids, on=(now - LONGEST_ROUND).date())
    waiting = (await session.execute(_waiting(ids, now))).all()
    moved = [
        {"key": row.id, **_again(row, *wishes[row.person_id], tuple(away.get(row.person_id, ())))}
        for row in waiting
        if row.person_id in wishes
    ]
    if moved:
        values: dict[str, Any] = {
            name: bindparam(f"new_{name}") for name in ("due_at", "expires_at", "state", "reason")
        }
        by_key = update(Occurrence).where(Occurrence.id == bindparam("key")).values(**values)
        await (await session.connection()).execute(by_key, moved)
    await insert_new(
        session, Occurrence, await _occurrences(session, rows, framework, since=now - BEHIND, until=now + AHEAD)
    )
    if earliest is not None:
        early = _planned(ids).where(Occurrence.due_at < earliest)
        await session.execute(early.values(due_at=earliest))


async def _leave_out_unwanted(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> None:
    """What is planned for those who have switched prompts off does not come, and Home announces none."""
    unwanted = less_rows.is_off(Occurrence.person_id, Topic.CHECK_INS, now.date())
    await session.execute(_planned(ids).where(unwanted).values(state="skipped", reason=SWITCHED_OFF))


def _planned(ids: Sequence[UUID]) -> Update:
    """What is planned for these people, to be changed."""
    return update(Occurrence).where(
        Occurrence.kind == KIND, Occurrence.person_id.in_(ids), Occurrence.state == "planned"
    )


def _waiting(ids: Sequence[UUID], now: datetime) -> Select[*tuple[Any, ...]]:
    """Prompts that have not been sent, and those of running rounds that were skipped for a reason that may be gone."""
    may_be_gone = Occurrence.reason.in_((AWAY, NO_ROUND, SWITCHED_OFF))
    may_come_back = and_(Occurrence.state == "skipped", may_be_gone, Occurrence.expires_at > now)
    return select(Occurrence.id, Occurrence.person_id, Occurrence.on_date, Occurrence.due_at).where(
        Occurrence.kind == KIND, Occurrence.person_id.in_(ids), Occurrence.slot == 0,
        or_(Occurrence.state == "planned", may_come_back),
    )  # fmt: skip


def _again(row: Any, rhythm: Cadence, schedule: Schedule, away: tuple[Away, ...]) -> dict[str, Any]:
    """What becomes of a prompt under the wishes of now. Away for the whole round: handing over will find that out."""
    due_at, expires_at = _moments(rhythm, schedule, away, row.on_date)
    is_round = rules.is_round(rhythm, row.on_date)
    return {
        "new_due_at": due_at or row.due_at, "new_expires_at": expires_at,
        "new_state": "planned" if is_round else "skipped", "new_reason": None if is_round else NO_ROUND,
    }  # fmt: skip


def _moments(
    rhythm: Cadence, schedule: Schedule, away: tuple[Away, ...], round_on: date
) -> tuple[datetime | None, datetime]:
    """When the prompt of a round is due, None for somebody away for all of it; and when the next round begins."""
    next_on = rules.next_round(rhythm, round_on)
    day = rules.prompt_day(round_on, next_on, schedule, away)
    due_at = None if day is None else rules.resolve(day, schedule.hour, schedule.zone)
    return due_at, rules.resolve(next_on, 0, schedule.zone)


def _members(on: date) -> Select[*tuple[Any, ...]]:
    """Those whom prompts reach, and who want them."""
    return (
        select(
            Person.id, Person.zone, Person.preferred_hour, Person.working_days, Person.country, Person.cadence,
            Placement.track,
        )
        .join(Placement, and_(Placement.person_id == Person.id, people.holds(Placement, on)))
        .where(Person.is_active, Person.slack_id.is_not(None), ~less_rows.is_off(Person.id, Topic.CHECK_INS, on))
    )  # fmt: skip


async def _occurrences(
    session: AsyncSession, rows: Sequence[Any], framework: Framework, *, since: datetime, until: datetime
) -> list[dict[str, Any]]:
    away = await people.absences(session, [row.id for row in rows], on=(since - LONGEST_ROUND).date())
    planned = []
    for row in rows:
        rhythm, schedule = _rhythm(row, framework), _schedule(row)
        for due_at, expires_at, round_on in _prompts(rhythm, schedule, tuple(away.get(row.id, ())), since, until):
            planned.append(
                {
                    "id": ordered_id(), "kind": KIND, "person_id": row.id, "on_date": round_on, "slot": 0,
                    "due_at": due_at, "expires_at": expires_at, "state": "planned",
                }
            )  # fmt: skip
    return planned


def _rhythm(row: Any, framework: Framework) -> Cadence:
    return Cadence(row.cadence) if row.cadence else frameworks.rhythm_of(framework, row.track)


def _schedule(row: Any) -> Schedule:
    return _schedule_of(row.zone, row.preferred_hour, row.working_days, row.country)


@lru_cache(maxsize=4096)
def _schedule_of(zone: str, hour: int, working_days: str, country: str | None) -> Schedule:
    return Schedule(zone, hour, working_days, country)


@lru_cache(maxsize=4096)
def _prompts(
    rhythm: Cadence, schedule: Schedule, away: tuple[Away, ...], since: datetime, until: datetime
) -> tuple[tuple[datetime, datetime, date], ...]:
    """(due, expires, round) of the prompts due in (since, until]; a round may have begun up to a quarter before."""
    first, last = check_ins.current_round(rhythm, since.date() - rules.DAY), until.date() + rules.DAY
    found = []
    for round_on in rules.rounds(rhythm, first, last):
        due_at, expires_at = _moments(rhythm, schedule, away, round_on)
        if due_at is not None and since < due_at <= until:
            found.append((due_at, expires_at, round_on))
    return tuple(found)


async def hand_over_some(session: AsyncSession, *, now: datetime, limit: int = PAGE) -> int:
    """Turn up to `limit` due occurrences into messages owed. Returns how many were looked at.

    Decided again at this moment: away, quiet hours and holidays move a prompt to the person's next open hour; a prompt
    overtaken by the next round, or answered already, is skipped with its reason.
    """
    due = (await session.execute(_due(now, limit))).all()
    away = await people.absences(session, [row.person_id for row in due], on=now.date() - rules.DAY)
    owed, told, skipped, later = [], [], [], []
    for row in due:
        verdict = _decide(row, away.get(row.person_id, ()), now)
        if isinstance(verdict, str):
            skipped.append({"key": row.occurrence_id, "why": verdict})
        elif verdict > now:
            later.append({"key": row.occurrence_id, "moment": verdict})
        else:
            told.append(row.occurrence_id)
            owed.append(messages.owed(PROMPT, to=row.person_id, about=row.occurrence_id, at=now, until=row.expires_at))
    await messages.tell_many(session, owed)
    connection = await session.connection()
    if told:
        await connection.execute(update(Occurrence).where(Occurrence.id.in_(told)).values(state="told"))
    by_key = update(Occurrence).where(Occurrence.id == bindparam("key"))
    if skipped:
        await connection.execute(by_key.values(state="skipped", reason=bindparam("why")), skipped)
    if later:
        await connection.execute(by_key.values(due_at=bindparam("moment")), later)
    return len(due)


def _due(now: datetime, limit: int) -> Select[*tuple[Any, ...]]:
    # The page is cut first, in any order: else everybody who is due is joined and sorted anew for each page.
    page = (
        select(Occurrence.id)
        .where(Occurrence.state == "planned", Occurrence.due_at <= now, Occurrence.kind == KIND)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .subquery()
    )
    return (
        select(
            Occurrence.id.label("occurrence_id"), Occurrence.person_id, Occurrence.expires_at, Person.zone,
            Person.preferred_hour, Person.working_days, Person.country, Person.is_active, CheckIn.id.label("answered"),
            less_rows.is_off(Person.id, Topic.CHECK_INS, now.date()).label("is_off"),
        )
        .join(page, page.c.id == Occurrence.id)
        .join(Person, Person.id == Occurrence.person_id)
        .outerjoin(CheckIn, and_(CheckIn.person_id == Occurrence.person_id, CheckIn.round_on == Occurrence.on_date))
    )  # fmt: skip


def _decide(row: Any, away: Sequence[Away], now: datetime) -> str | datetime:
    """The reason to skip, or the moment from which the prompt may go out."""
    if not row.is_active:
        return "left"
    if row.answered is not None:
        return ANSWERED
    if row.expires_at <= now:
        return "overtaken"
    if row.is_off:
        return SWITCHED_OFF
    moment = now if not away and _is_open(_schedule(row), now) else rules.next_open(now, _schedule(row), away)
    return AWAY if moment is None or moment >= row.expires_at else moment


def _is_open(schedule: Schedule, now: datetime) -> bool:
    return _is_open_in(schedule, now.astimezone(ZoneInfo(schedule.zone)).replace(minute=0, second=0, microsecond=0))


@lru_cache(maxsize=4096)
def _is_open_in(schedule: Schedule, hour: datetime) -> bool:
    return rules.is_working_day(hour.date(), schedule) and schedule.opens <= hour.hour < schedule.closes

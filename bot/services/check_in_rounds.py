"""Rounds of check-ins: plan prompts ahead, hand over those that are due, plan again when wishes change.

Set-based: each call handles one page of at most `limit` people in a few statements, so that a person who presses a
button never waits behind a round.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.check_ins import CheckIn
from bot.models.messages import Occurrence
from bot.models.people import Person, Placement
from bot.rules import cadence as rules
from bot.rules.cadence import Away, Cadence, Schedule
from bot.rules.framework import Framework
from bot.services import framework as frameworks
from bot.services import messages, people

KIND = "check-in"
PROMPT = "check_in.prompt"
AHEAD = timedelta(hours=48)
BEHIND = timedelta(days=7)
PAGE = 1000


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


async def replan(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> None:
    """Wishes or zones have changed: what is planned moves to its new moment, and what had no moment may get one."""
    framework = await frameworks.current_or_none(session)
    if framework is None:
        return
    rows = (await session.execute(_members(now.date()).where(Person.id.in_(ids)))).all()
    today_began = now - timedelta(hours=24)
    fresh = await _occurrences(session, rows, framework, since=today_began, until=now + AHEAD)
    moments = {(row["person_id"], row["on_date"]): row for row in fresh}
    planned = await session.execute(
        select(Occurrence.id, Occurrence.person_id, Occurrence.on_date).where(
            Occurrence.kind == KIND, Occurrence.person_id.in_(ids), Occurrence.state == "planned", Occurrence.slot == 0
        )
    )
    away = await people.absences(session, ids, on=now.date() - rules.DAY)
    schedules = {row.id: _schedule(row) for row in rows}
    for row in planned.all():
        moment = moments.get((row.person_id, row.on_date))
        if moment is None and row.person_id in schedules:
            moment = _moved(row.on_date, schedules[row.person_id], away.get(row.person_id, ()), now)
        if moment is not None:
            values = {"due_at": moment["due_at"], "expires_at": moment["expires_at"]}
            await session.execute(update(Occurrence).where(Occurrence.id == row.id).values(**values))
    await insert_new(session, Occurrence, fresh)


def _moved(round_on: date, schedule: Schedule, away: Sequence[Away], now: datetime) -> dict[str, Any] | None:
    """Where a planned prompt goes whose new moment lies outside the window: as soon as the person may be written to."""
    moment = rules.next_open(max(now, rules.resolve(round_on, schedule.hour, schedule.zone)), schedule, away)
    return None if moment is None else {"due_at": moment, "expires_at": moment + timedelta(days=7)}


def _members(on: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Person.id, Person.zone, Person.preferred_hour, Person.working_days, Person.country, Person.cadence,
            Placement.track,
        )
        .join(Placement, and_(Placement.person_id == Person.id, people.holds(Placement, on)))
        .where(Person.is_active)
    )  # fmt: skip


async def _occurrences(
    session: AsyncSession, rows: Sequence[Any], framework: Framework, *, since: datetime, until: datetime
) -> list[dict[str, Any]]:
    away = await people.absences(session, [row.id for row in rows], on=since.date() - timedelta(days=21))
    rhythms = {track.key: frameworks.rhythm_of(framework, track.key) for track in framework.tracks}
    usual = Cadence(framework.cadence)
    planned = []
    for row in rows:
        rhythm = Cadence(row.cadence) if row.cadence else rhythms.get(row.track, usual)
        schedule = _schedule(row)
        for due_at, expires_at, round_on in _prompts(rhythm, schedule, tuple(away.get(row.id, ())), since, until):
            planned.append(
                {
                    "id": uuid4(), "kind": KIND, "person_id": row.id, "on_date": round_on, "slot": 0,
                    "due_at": due_at, "expires_at": expires_at, "state": "planned",
                }
            )  # fmt: skip
    return planned


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
    first, last = since.date() - timedelta(days=14), until.date() + rules.DAY
    found = []
    for round_on in rules.rounds(rhythm, first, last):
        next_on = rules.next_round(rhythm, round_on)
        day = rules.prompt_day(round_on, next_on, schedule, away)
        if day is None:
            continue
        due_at = rules.resolve(day, schedule.hour, schedule.zone)
        if since < due_at <= until:
            found.append((due_at, rules.resolve(next_on, schedule.hour, schedule.zone), round_on))
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
    return (
        select(
            Occurrence.id.label("occurrence_id"), Occurrence.person_id, Occurrence.expires_at, Person.zone,
            Person.preferred_hour, Person.working_days, Person.country, Person.is_active, CheckIn.id.label("answered"),
        )
        .join(Person, Person.id == Occurrence.person_id)
        .outerjoin(CheckIn, and_(CheckIn.person_id == Occurrence.person_id, CheckIn.round_on == Occurrence.on_date))
        .where(Occurrence.state == "planned", Occurrence.due_at <= now, Occurrence.kind == KIND)
        .order_by(Occurrence.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Occurrence)
    )  # fmt: skip


def _decide(row: Any, away: Sequence[Away], now: datetime) -> str | datetime:
    """The reason to skip, or the moment from which the prompt may go out."""
    if not row.is_active:
        return "left"
    if row.answered is not None:
        return "answered already"
    if row.expires_at <= now:
        return "overtaken"
    moment = now if not away and _is_open(_schedule(row), now) else rules.next_open(now, _schedule(row), away)
    return "away" if moment is None or moment >= row.expires_at else moment


def _is_open(schedule: Schedule, now: datetime) -> bool:
    return _is_open_in(schedule, now.astimezone(ZoneInfo(schedule.zone)).replace(minute=0, second=0, microsecond=0))


@lru_cache(maxsize=4096)
def _is_open_in(schedule: Schedule, hour: datetime) -> bool:
    return rules.is_working_day(hour.date(), schedule) and schedule.opens <= hour.hour < schedule.closes

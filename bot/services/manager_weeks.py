"""A manager's week: planned for the third day they work, filled with what waits when it is sent."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.evidence import Evidence
from bot.models.messages import Outbox
from bot.models.milestones import NoChance
from bot.models.people import Person, ReportingLine
from bot.rules import cadence
from bot.rules import weeks as rules
from bot.rules.cadence import DAY, Away, Schedule
from bot.rules.deputies import Named
from bot.rules.evidence import State
from bot.rules.features import ALL
from bot.rules.people import Person as Manager
from bot.rules.weeks import Ask, Pair, Praise, Week, Wish
from bot.services import (
    career_talks,
    help_wanted,
    messages,
    milestones,
    people,
    plan_counts,
    praise,
    returns,
    talks,
    team_pairs,
    week_asks,
)

WEEK = "reading.week"
AHEAD = timedelta(hours=24)
BEHIND = timedelta(days=7)
PAGE = 1000

Report = aliased(Person)


async def plan_some(
    session: AsyncSession, *, after: UUID | None, since: datetime, now: datetime, limit: int = PAGE
) -> UUID | None:
    """Owe one page of managers their week, where its moment lies between `since` and 24 hours from now.

    Returns where to go on, None at the end. Planning twice plans once: the key is the manager and the week.
    """
    page = _managers(now.date()).order_by(Person.id).limit(limit)
    rows = (await session.execute(page.where(Person.id > after) if after else page)).all()
    away = await people.absences(session, [row.id for row in rows], on=since.date() - DAY)
    owed = []
    for row in rows:
        schedule = Schedule(row.zone, row.preferred_hour, row.working_days, row.country)
        for monday, at in rules.due(schedule, away.get(row.id, ()), since=since, until=now + AHEAD):
            ends, key = rules.ends(monday, schedule), f"{WEEK}:{row.id.hex}:{rules.key(monday)}"
            if ends > now:
                owed.append(messages.owed(WEEK, to=row.id, about=row.id, at=at, key=key, until=ends))
    await messages.tell_many(session, owed)
    return rows[-1].id if len(rows) == limit else None


def _managers(on: date) -> Select[*tuple[Any, ...]]:
    """Everybody to whom somebody in the directory reports."""
    managing = (
        select(ReportingLine.manager_id)
        .join(Report, Report.id == ReportingLine.person_id)
        .where(people.holds(ReportingLine, on), Report.is_active)
    )
    return select(Person.id, Person.zone, Person.preferred_hour, Person.working_days, Person.country).where(
        Person.id.in_(managing), Person.is_active, ~Person.is_guest, Person.slack_id.is_not(None)
    )


async def load(
    session: AsyncSession,
    managers: Sequence[UUID],
    *,
    now: datetime,
    read_by: Mapping[UUID, Named] | None = None,
    features: Collection[str] = ALL,
) -> list[Week]:
    """What waits for each of these managers now, of the features that are on. `read_by`: see `help_wanted.unread`."""
    found = await people.by_id(session, managers, on=now.date())
    away = await people.absences(session, managers, on=now.date() - DAY)
    answers = await help_wanted.unread(session, managers, read_by=read_by)
    pieces = await _in_review(session, managers, now.date())
    praised = await praise.worth(session, managers, now=now)
    wishes = await _wishes(session, managers, now.date())
    weeks = [
        _week(
            manager, tuple(away.get(manager.id, ())), answers.get(manager.id, []), pieces.get(manager.id, []),
            praised.get(manager.id, []), wishes.get(manager.id, []), now,
        )
        for manager in found.values()
    ]  # fmt: skip
    return weeks if read_by is not None else await _with_their_own(session, weeks, now=now, features=features)


async def _with_their_own(
    session: AsyncSession, weeks: Sequence[Week], *, now: datetime, features: Collection[str]
) -> list[Week]:
    """And what is for the manager alone, not for a deputy: talks, mentoring, who is back, their own verdicts."""
    managers = [week.manager_id for week in weeks]
    listed = await talks.counts(session, managers)
    due = await talks.due(session, managers, on=now.date())
    back = await returns.lately(session, managers, now=now)
    pairs: Mapping[UUID, list[tuple[Pair, datetime]]] = {}
    requests: Mapping[UUID, tuple[Ask, ...]] = {}
    if "mentorship" in features:
        pairs = await team_pairs.needing_room(session, managers, now=now)
        requests = await week_asks.requests(session, managers, now=now)
    reviews = await week_asks.reviews(session, managers) if "evidence" in features else {}
    hours = await plan_counts.hours(session, managers, now=now) if "growth" in features else {}
    career = await career_talks.undated(session, managers, now=now) if "growth" in features else {}
    whole = []
    for week in weeks:
        key, zone = week.manager_id, week.schedule.zone
        moments = [
            *(cadence.resolve(one.since, 0, zone) for one in due.get(key, ())),
            *(one.proposed_at for one in career.get(key, ())), *(at for _, at in back.get(key, ())),
            *(at for _, at in hours.get(key, ())),
            *(at for _, at in pairs.get(key, ())),
            *([week.newest] if week.newest else []),
        ]  # fmt: skip
        whole.append(
            replace(
                week,
                talks=listed.get(key, 0),
                due=tuple(one.name for one in due.get(key, ())),
                career=tuple(one.name for one in career.get(key, ())),
                pairs=tuple(one for one, _ in pairs.get(key, ())),
                back=tuple(one for one, _ in back.get(key, ())),
                hours=tuple(one for one, _ in hours.get(key, ())),
                reviews=reviews.get(key, ()),
                requests=requests.get(key, ()),
                newest=max(moments, default=None),
            )
        )
    return whole


def _week(
    manager: Manager,
    away: tuple[Away, ...],
    unread: list[Any],
    pieces: list[Any],
    praised: list[tuple[Praise, datetime]],
    wishes: list[tuple[Wish, datetime]],
    now: datetime,
) -> Week:
    zone = manager.schedule.zone
    today = cadence.local_day(now, zone)
    oldest = min((cadence.local_day(row.since, zone) for row in pieces), default=today)
    moments = [
        *(row.edited_at or row.submitted_at for row in unread), *(row.newest for row in pieces),
        *(at for _, at in praised), *(at for _, at in wishes),
    ]  # fmt: skip
    return Week(
        manager.id, manager.name, manager.schedule, away,
        answers=len(unread),
        help_wanted=tuple(dict.fromkeys(row.name for row in help_wanted.asking(unread))),
        pieces=sum(row.pieces for row in pieces),
        authors=tuple(row.name for row in pieces),
        oldest_days=(today - oldest).days,
        praise=tuple(one for one, _ in praised),
        wishes=tuple(one for one, _ in wishes),
        newest=max(moments, default=None),
    )  # fmt: skip


def _reports(managers: Collection[UUID], on: date) -> ColumnElement[bool]:
    """Whoever is here and reports to one of these, where `ReportingLine` and `Person` are joined."""
    return and_(ReportingLine.manager_id.in_(managers), people.holds(ReportingLine, on), Person.is_active)


async def _in_review(session: AsyncSession, managers: Collection[UUID], on: date) -> dict[UUID, list[Any]]:
    """Manager → a row for each of their people whose evidence waits for a verdict.

    `name`, `pieces`, and since when the first and the last of them wait: `since`, `newest`.
    """
    rows = await session.execute(
        select(
            ReportingLine.manager_id, Person.name, func.count().label("pieces"),
            func.min(Evidence.submitted_at).label("since"), func.max(Evidence.submitted_at).label("newest"),
        )
        .join(Person, Person.id == ReportingLine.person_id)
        .join(Evidence, Evidence.author_id == Person.id)
        .where(_reports(managers, on), Evidence.state == State.IN_REVIEW.value)
        .group_by(ReportingLine.manager_id, Person.id, Person.name)
        .order_by(Person.name)
    )  # fmt: skip
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.manager_id].append(row)
    return found


async def _wishes(
    session: AsyncSession, managers: Collection[UUID], on: date
) -> dict[UUID, list[tuple[Wish, datetime]]]:
    """Manager → who of their people has no chance to show which milestones, and when they last said so."""
    rows = await session.execute(
        select(ReportingLine.manager_id, Person.id, Person.name, func.max(NoChance.said_at).label("newest"))
        .join(Person, Person.id == ReportingLine.person_id)
        .join(NoChance, NoChance.person_id == Person.id)
        .where(_reports(managers, on))
        .group_by(ReportingLine.manager_id, Person.id, Person.name)
        .order_by(Person.name)
    )
    said = rows.all()
    wished = await milestones.no_chance(session, [row.id for row in said]) if said else {}
    found: dict[UUID, list[tuple[Wish, datetime]]] = defaultdict(list)
    for row in said:
        if row.id in wished:
            titles = tuple(milestone.title for milestone in wished[row.id])
            found[row.manager_id].append((Wish(row.name, titles), row.newest))
    return found


async def being_told(session: AsyncSession, managers: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Those whose week is due, or on its way to them, at this very moment."""
    found = await session.scalars(
        select(Outbox.recipient).where(
            Outbox.kind == WEEK, Outbox.recipient.in_(managers), Outbox.not_before <= now,
            Outbox.state.in_(["pending", "sending", "unknown"]),
        )
    )  # fmt: skip
    return set(found)


async def heard_at(session: AsyncSession, managers: Collection[UUID]) -> dict[UUID, datetime]:
    """Manager → when a message last told them who would welcome help."""
    rows = await session.execute(
        select(Outbox.recipient, func.max(Outbox.not_before).label("at"))
        .where(
            Outbox.kind.in_([WEEK, help_wanted.HELP]), Outbox.recipient.in_(managers), Outbox.state == "sent"
        )
        .group_by(Outbox.recipient)
    )  # fmt: skip
    return {row.recipient: row.at for row in rows}

"""How a mentorship rests, goes on, and ends: at its term, by choice, or because somebody has left. Nobody is blamed."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.mentorships import ClosingSurvey
from bot.models.mentorships import Mentorship as MentorshipRow
from bot.rules import access, cadence
from bot.rules import mentorships as rules
from bot.rules.mentorships import LONGER, NOTICE, EndedFor, Mentorship, Survey
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import mentor_requests, mentorships, messages
from bot.services import mentorship_rows as rows

TERM_MENTEE = "mentorship.term_mentee"
TERM_MENTOR = "mentorship.term_mentor"
ENDED_MENTEE = "mentorship.ended_mentee"
ENDED_MENTOR = "mentorship.ended_mentor"
PAGE = 200
NOT_SHARED = {column.key: False for column in rows.COLUMNS.values()}


# By one of the two


async def pause(
    session: AsyncSession, *, by: Person, mentorship: UUID, until: date | None, now: datetime
) -> Mentorship:
    """No questions and no reminders until this day."""
    found = await rows.going_on(session, by=by, mentorship=mentorship, on=now.date())
    today = cadence.local_day(now, by.schedule.zone)
    return await _rest(session, found, until=rules.check_rest(until, ends_on=found.ends_on, today=today), now=now)


async def wake(session: AsyncSession, *, by: Person, mentorship: UUID, now: datetime) -> Mentorship:
    """It rests no longer."""
    found = await rows.going_on(session, by=by, mentorship=mentorship, on=now.date())
    return await _rest(session, found, until=None, now=now)


async def _rest(session: AsyncSession, found: Mentorship, *, until: date | None, now: datetime) -> Mentorship:
    if found.paused_until == until:
        return found
    await mentorships.write(session, found, {"paused_until": until}, take=found.take, now=now)
    return replace(found, paused_until=until)


async def prolong(session: AsyncSession, *, by: Person, mentorship: UUID, now: datetime) -> Mentorship:
    """It goes on for a quarter of a year. Whoever says so second, or twice, changes nothing."""
    found = await rows.going_on(session, by=by, mentorship=mentorship, on=now.date())
    if found.term_asked_on is None:
        return found
    until_on = max(found.until_on, cadence.local_day(now, by.schedule.zone)) + LONGER
    values = {"until_on": until_on, "term_asked_on": None}
    await mentorships.write(session, found, values, take=found.take, now=now)
    return replace(found, until_on=until_on, term_asked_on=None)


async def end(session: AsyncSession, *, by: Person, mentorship: UUID, now: datetime) -> Mentorship:
    """Over, without a reason; both hear it, and nobody who did it. Where the other was faster, nothing more happens."""
    await rows.one(session, by=by, mentorship=mentorship, on=now.date())
    await _end(session, [mentorship], why=EndedFor.CHOICE, now=now)
    return await rows.one(session, by=by, mentorship=mentorship, on=now.date())


async def give_survey(
    session: AsyncSession, *, by: Person, mentorship: UUID, said: Survey, now: datetime
) -> Mentorship:
    """What one of the two says once it is over; given again, it replaces what was said."""
    found = await open_survey(session, by=by, mentorship=mentorship, now=now)
    values = {"worth": said.worth, "fit": said.fit, "wants_again": said.wants_again, "given_at": now}
    key = {"mentorship_id": mentorship, "person_id": by.id}
    if not await insert_new(session, ClosingSurvey, [{**key, **values}]):
        await session.execute(update(ClosingSurvey).filter_by(**key).values(**values))
    return found


async def open_survey(session: AsyncSession, *, by: Person, mentorship: UUID, now: datetime) -> Mentorship:
    """A mentorship of one's own that is over."""
    found = await rows.one(session, by=by, mentorship=mentorship, on=now.date())
    if found.ended_at is None:
        raise Refusal("This mentorship goes on. The questions come when it is over.")
    return found


async def find_new(session: AsyncSession, *, by: Person, mentorship: UUID, now: datetime) -> Mentorship:
    """The mentee of one that is over would like somebody new, with the wishes they had. Once, however often pressed."""
    found = await open_survey(session, by=by, mentorship=mentorship, now=now)
    if by.id != found.mentee.id:
        access.refuse()
    await mentor_requests.reopen(session, mentee=by.id, from_mentorship=found.id, comes_first=False, now=now)
    return found


# By itself


async def end_of_leavers(session: AsyncSession, ids: Collection[UUID], *, now: datetime) -> None:
    """These people are not here any more: a mentor has a free place, and a mentee comes first for somebody new."""
    either = or_(MentorshipRow.mentor_id.in_(ids), MentorshipRow.mentee_id.in_(ids))
    theirs = await session.scalars(select(MentorshipRow.id).where(either, MentorshipRow.ended_at.is_(None)))
    for one in await _end(session, theirs.all(), why=EndedFor.LEFT, now=now):
        if one.mentee_id not in ids:
            await mentor_requests.reopen(session, mentee=one.mentee_id, from_mentorship=one.id, now=now)


async def ask_some(session: AsyncSession, *, after: UUID | None, now: datetime) -> UUID | None:
    """Ask the pairs of one page whether they go on, a week before their term is over. Where to go on, or None.

    Whoever rests or is away is asked when they are back.
    """
    soon = MentorshipRow.until_on <= now.date() + NOTICE + cadence.DAY
    found = await _page(session, soon, MentorshipRow.term_asked_on.is_(None), after=after, now=now)
    for one, today in await _at_work(session, found, now=now):
        if today >= one.until_on - NOTICE:
            await _ask(session, one, today=today, now=now)
    return found[-1].id if len(found) == PAGE else None


async def _ask(session: AsyncSession, one: Mentorship, *, today: date, now: datetime) -> None:
    asked = await session.execute(
        update(MentorshipRow)
        .where(MentorshipRow.id == one.id, MentorshipRow.take == one.take, MentorshipRow.ended_at.is_(None))
        .values(term_asked_on=today)
        .returning(MentorshipRow.id)
    )
    if asked.first() is None:
        return
    ends_on = max(one.until_on, today + NOTICE)
    for kind, person in ((TERM_MENTEE, one.mentee), (TERM_MENTOR, one.mentor)):
        until = cadence.resolve(ends_on, 0, person.schedule.zone)
        key = f"{kind}:{one.id.hex}:{today}"
        await messages.tell(session, kind, to=person.id, about=one.id, at=now, key=key, until=until)


async def end_some(session: AsyncSession, *, after: UUID | None, now: datetime) -> UUID | None:
    """End the pairs of one page whose term is over, a week after they were asked at the earliest."""
    is_over = MentorshipRow.until_on <= now.date() + cadence.DAY
    is_told = MentorshipRow.term_asked_on <= now.date() - NOTICE + cadence.DAY
    found = await _page(session, is_over, is_told, after=after, now=now)
    over = [one.id for one, today in await _at_work(session, found, now=now) if today >= one.ends_on]
    await _end(session, over, why=EndedFor.TERM, now=now)
    return found[-1].id if len(found) == PAGE else None


async def _page(session: AsyncSession, *which: Any, after: UUID | None, now: datetime) -> list[Mentorship]:
    wanted = [*which, MentorshipRow.ended_at.is_(None), *([MentorshipRow.id > after] if after else [])]
    ids = select(MentorshipRow.id).where(*wanted).order_by(MentorshipRow.id).limit(PAGE)
    found = await rows.load(session, MentorshipRow.id.in_((await session.scalars(ids)).all()), on=now.date())
    return sorted(found, key=lambda one: one.id)


async def _at_work(
    session: AsyncSession, found: Sequence[Mentorship], *, now: datetime
) -> list[tuple[Mentorship, date]]:
    """Those that do not rest and of which nobody is away, with the day where the mentee is."""
    away = await rows.absences(session, [person for one in found for person in (one.mentor, one.mentee)], now=now)
    at_work = []
    for one in found:
        days = {person.id: cadence.local_day(now, person.schedule.zone) for person in (one.mentor, one.mentee)}
        is_away = any(absence.covers(day) for person, day in days.items() for absence in away.get(person, ()))
        if not is_away and not one.rests(days[one.mentee.id]):
            at_work.append((one, days[one.mentee.id]))
    return at_work


async def _end(session: AsyncSession, ids: Sequence[UUID], *, why: EndedFor, now: datetime) -> Sequence[Any]:
    """What still goes on of these is over now: nothing is shared any more, and both hear it."""
    if not ids:
        return []
    found = await session.execute(
        update(MentorshipRow)
        .where(MentorshipRow.id.in_(ids), MentorshipRow.ended_at.is_(None))
        .values(ended_at=now, ended_for=why.value, **NOT_SHARED)
        .returning(MentorshipRow.id, MentorshipRow.mentor_id, MentorshipRow.mentee_id)
    )
    ended, owed = found.all(), []
    for row in ended:
        owed.append(messages.owed(ENDED_MENTEE, to=row.mentee_id, about=row.id, at=now))
        owed.append(messages.owed(ENDED_MENTOR, to=row.mentor_id, about=row.id, at=now))
    await messages.tell_many(session, owed)
    await messages.redraw_home(session, [row["recipient"] for row in owed], at=now)
    return ended

"""Feedback in one place: one page, a few statements however much there is."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.rules import cadence
from bot.rules.feedback_hub import Hub, Waits
from bot.rules.people import Person
from bot.services import feedback, feedback_asks, feedback_requests, feedback_rows, rounds


async def load(session: AsyncSession, *, by: Person, now: datetime, today: date) -> Hub:
    """One's own, whether enrolled or not: any colleague gives, and any colleague may receive."""
    return Hub(
        person=by,
        received=await feedback.received(session, by=by),
        given=await feedback.given(session, by=by),
        asks=await feedback_asks.mine(session, by=by, now=now),
        to_answer=await feedback_requests.to_answer(session, by=by, now=now),
        of_my_people=await feedback.of_my_people(session, by=by),
        rounds=await rounds.mine(session, by=by, now=now, today=today),
    )


async def waits(session: AsyncSession, *, by: Person, now: datetime) -> Waits:
    """What waits for one person, for the one line in Home."""
    unread = await feedback_rows.unread(session, [by.id])
    asked = await feedback_requests.counts(session, [by.id], now=now)
    return Waits(
        unread.get(by.id, 0),
        asked.get(by.id, 0),
        await rounds.mine(session, by=by, now=now, today=cadence.local_day(now, by.schedule.zone)),
    )

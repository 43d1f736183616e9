"""What people see of program feedback before they send any, and what everybody hears of a cycle, alike."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import sealing
from bot.models.messages import Outbox
from bot.rules import cadence
from bot.rules import feedback_forms as rules
from bot.rules import program_feedback as cycles
from bot.rules.feedback_forms import REMINDS, Announced, Form, Notice
from bot.rules.less import Topic
from bot.rules.people import Person
from bot.rules.program_feedback import Cycle, CycleState, Feedback
from bot.services import feedback_cycles, feedback_threads, less_rows, messages, people, program_feedback

REMINDER = "program_feedback.reminder"
NEWS = timedelta(days=3)  # after a cycle has opened it is still one, should a morning have been missed
PAGE = 1000  # people told in one transaction
IN_THE_LIST = timedelta(days=3)  # then it is not named again: nobody can say who has answered meanwhile


async def form(session: AsyncSession, *, by: Person, feedback: Feedback, today: date) -> Form:
    """What the form says before anybody writes. `today`: where the program is. Refusal when there is none now."""
    cycle = await program_feedback.current(session)
    if cycle is None or not cycle.takes(today):
        rules.refuse(cycle, await feedback_cycles.why_none(session, feedback=feedback, today=today), today)
    me = cycles.check_author(await program_feedback.author(session, by.slack_id or "", on=today), today)
    return Form(
        cycle_id=cycle.id, closes=cycle.closes, k=cycle.k, is_steward=cycle.is_steward,
        group=await program_feedback.group(session, today),
        readers=tuple(one.name for one in await program_feedback.readers(session, today)),
        contact=feedback.contact, receipt=sealing.new_receipt(), is_reader=me.is_viewer,
    )  # fmt: skip


async def notice(session: AsyncSession, *, today: date) -> Notice:
    """The same for everybody, whatever they have sent."""
    found = await program_feedback.cycles(session)
    closes = found[0].closes if found and found[0].takes(today) else None
    over = [one for one in found if one.state != CycleState.OPEN]
    is_destroyed = bool(over) and over[0].state == CycleState.DESTROYED
    return Notice(closes, is_destroyed, await feedback_threads.has_replies(session))


# What everybody hears


async def tell_opened(session: AsyncSession, *, after: UUID | None, now: datetime, today: date) -> UUID | None:
    """Owe the whole roster the news that a cycle is open, or open for another window. Returns where to go on."""
    cycle = await program_feedback.current(session)
    if cycle is None or not cycle.takes(today) or today >= (over := cycle.closes - cycle.length + NEWS):
        return None
    # Whoever is away for longer than it is news hears of it from the reminder.
    return await _announce(session, feedback_cycles.OPENED, cycle, over=over, after=after, now=now, today=today)


async def remind(session: AsyncSession, *, after: UUID | None, now: datetime, today: date) -> UUID | None:
    """Owe the whole roster one reminder, a week before a cycle closes. It cannot and does not ask who has answered.

    Returns where to go on; None at the end.
    """
    cycle = await program_feedback.current(session)
    if cycle is None or not cycle.takes(today) or today < cycle.closes - REMINDS:
        return None
    return await _announce(session, REMINDER, cycle, over=cycle.closes, after=after, now=now, today=today)


async def _announce(
    session: AsyncSession, kind: str, cycle: Cycle, *, over: date, after: UUID | None, now: datetime, today: date
) -> UUID | None:
    """One message of this kind to everybody on the roster alike, but for those who want none. Once for each window.

    `over`: the day from which it is of no use any more.
    """
    page = await program_feedback.roster(session, today, after=after, most=PAGE)
    off = await less_rows.switched_off(session, page, Topic.PROGRAM_FEEDBACK, on=today)
    until = now + (over - today)
    await messages.tell_many(
        session,
        [
            messages.owed(
                kind, to=one, about=one, at=now, key=f"{kind}:{cycle.id}:{cycle.window}:{one.hex}", until=until
            )
            for one in page
            if one not in off
        ],
    )
    return page[-1] if len(page) == PAGE else None


async def announced(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> dict[UUID, Announced]:
    """Person → what they hear of the cycle that is open; nothing once it is not."""
    cycle = await program_feedback.current(session)
    if cycle is None or not cycle.takes(now.date()):
        return {}
    found = await people.by_id(session, who, on=now.date())
    away = await people.absences(session, list(found), on=now.date())
    return {
        one.id: Announced(
            one.name, cycle.closes, cadence.local_day(now, one.schedule.zone), one.schedule, tuple(away.get(one.id, ()))
        )
        for one in found.values()
        if one.is_member
    }


async def waiting(session: AsyncSession, who: Collection[UUID], *, now: datetime, why: str) -> dict[UUID, date]:
    """Person → until when the cycle is open that they were to hear of, had their day not been full (`why`)."""
    rows = await session.scalars(
        select(Outbox.recipient).where(
            Outbox.recipient.in_(who), Outbox.kind.in_([feedback_cycles.OPENED, REMINDER]), Outbox.state == "skipped",
            Outbox.reason == why, Outbox.expires_at > now, Outbox.not_before > now - IN_THE_LIST,
        )
    )  # fmt: skip
    cycle = await program_feedback.current(session)
    return dict.fromkeys(rows, cycle.closes) if cycle is not None else {}

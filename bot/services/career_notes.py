"""After a career talk: its notes, written by either of the two, and what they agreed on."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.career_talks import CareerAction
from bot.models.career_talks import CareerTalk as Row
from bot.rules import access
from bot.rules import career_talks as rules
from bot.rules.career_talks import Action, Own
from bot.rules.people import Person
from bot.rules.plans import LONGEST_TITLE, WITHOUT_A_DAY, Kind, Typed
from bot.rules.refusal import Refusal
from bot.services import career_talk_rows as rows
from bot.services import looks, messages, plans
from bot.services.career_talks import AROUND, NOTED, PROPOSED, kind, redraw, withdraw

AHEAD = "The day of this talk is still ahead. The notes open once it has come; until then you can move it."
IN_THE_TALK = "Agreed in your career talk."


async def look(session: AsyncSession, *, by: Person, talk: UUID, now: datetime) -> Own:
    """One talk with its notes; that the manager opened it is noted for the member."""
    own = await rows.own(session, by=by, talk=talk, verb="read", now=now)
    saw(session, own)
    return own


def saw(session: AsyncSession, own: Own) -> None:
    if own.talk.notes or own.talk.actions:
        looks.saw(session, by=own.me, thing=rows.THING, about=own.talk.id, of=own.talk.member.id, because="manager")


async def save_notes(
    session: AsyncSession, *, by: Person, talk: UUID, notes: str, take: int, now: datetime, today: date
) -> tuple[Own, bool]:
    """(how it stands, whether these notes are kept): not where the other one has saved some since `take`.

    Saving notes says that the two have talked. Nothing is lost: what was typed goes back to whoever typed it.
    """
    own = await rows.own(session, by=by, talk=talk, verb="write", now=now)
    rules.check_notes(notes)
    check_may_note(own, today)
    values: dict[str, Any] = {"notes": notes, "take": take + 1, "noted_by": by.id, "noted_at": now}
    if own.talk.is_open:
        values |= {"held_on": min(own.talk.on or today, today), "closed_at": now}
    same = (Row.id == talk, Row.take == take, or_(Row.closed_at.is_(None), Row.held_on.is_not(None)))
    kept = (await session.execute(update(Row).where(*same).values(**values).returning(Row.id))).first() is not None
    if kept and own.talk.is_open:
        await _held(session, own, now)
    return await rows.own(session, by=by, talk=talk, verb="read", now=now), kept


def check_may_note(own: Own, today: date) -> None:
    """Once the day has come; a talk that was called off has no notes."""
    if own.talk.is_open and own.talk.on is not None and own.talk.on > today:
        raise Refusal(AHEAD)
    if not own.talk.is_open and not own.talk.is_held:
        raise Refusal(rules.CLOSED)


async def _held(session: AsyncSession, own: Own, now: datetime) -> None:
    """Nobody is asked any more whether they have talked; the other one hears that there are notes."""
    await withdraw(session, own.talk.id, (PROPOSED, *AROUND))
    noted = kind(NOTED, is_member=not own.is_member)
    await messages.tell(session, noted, to=own.other.id, about=own.talk.id, at=now)
    await redraw(session, own.talk, now)


async def add_action(
    session: AsyncSession,
    *,
    by: Person,
    talk: UUID,
    words: str,
    is_managers: bool,
    due_on: date | None,
    now: datetime,
    today: date,
) -> Own:
    """Something the two agreed on, by either of them."""
    own = await rows.own(session, by=by, talk=talk, verb="write", now=now)
    if not own.talk.is_held:
        raise Refusal("Note first that you have talked: *Notes* does that.")
    rules.check_action(words, due_on, today=today, actions=own.talk.actions)
    session.add(
        CareerAction(talk_id=talk, member_id=own.talk.member.id, words=words, is_managers=is_managers, due_on=due_on,
                     made_at=now)
    )  # fmt: skip
    await session.flush()
    return await rows.own(session, by=by, talk=talk, verb="read", now=now)


async def finish_action(session: AsyncSession, *, by: Person, action: UUID, now: datetime, today: date) -> Own:
    """It is done, says either of the two; once is enough."""
    own = await of_action(session, by=by, action=action, now=now)
    row = CareerAction
    await session.execute(update(row).where(row.id == action, row.done_on.is_(None)).values(done_on=today))
    return await rows.own(session, by=by, talk=own.talk.id, verb="read", now=now)


async def of_action(session: AsyncSession, *, by: Person, action: UUID, now: datetime) -> Own:
    """The talk in which this was agreed."""
    talk = await session.scalar(select(CareerAction.talk_id).where(CareerAction.id == action))
    if talk is None:
        access.refuse()
    return await rows.own(session, by=by, talk=talk, verb="write", now=now)


async def into_plan(session: AsyncSession, *, by: Person, action: UUID, now: datetime, today: date) -> Own:
    """The member takes something that was agreed into their growth plan, once."""
    own = await of_action(session, by=by, action=action, now=now)
    if not own.is_member:
        raise Refusal("Only whoever the plan belongs to can add to it.")
    agreed = next(one for one in own.talk.actions if one.id == action)
    is_new = (CareerAction.id == action, CareerAction.planned_at.is_(None))
    taken = update(CareerAction).where(*is_new).values(planned_at=now).returning(CareerAction.id)
    if (await session.execute(taken)).first() is not None:
        await plans.add(session, by=by, typed=_planned(agreed, today), now=now, today=today)
    return await rows.own(session, by=by, talk=own.talk.id, verb="read", now=now)


def _planned(agreed: Action, today: date) -> Typed:
    """As an action of the plan; what is missing can be filled in there."""
    due_on = max(agreed.due_on or today + WITHOUT_A_DAY, today)
    return Typed(agreed.words[:LONGEST_TITLE], Kind.PROJECT.value, IN_THE_TALK, due_on)

"""What a pair can do about its sessions: plan and move one, say whether they met, note one thing."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.mentorships import MentorSession as Row
from bot.models.mentorships import Mentorship
from bot.rules import access
from bot.rules import mentor_sessions as rules
from bot.rules.cadence import DAY
from bot.rules.mentor_sessions import Choices, Hours, MentorSession, Own
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import mentor_session_rows as rows
from bot.services import messages, people

PLANNED = "mentor_session.planned"
AGENDA = "mentor_session.agenda"
MET_MENTOR = "mentor_session.met_mentor"
MET_MENTEE = "mentor_session.met_mentee"
MET_MENTOR_AGAIN = "mentor_session.met_mentor_again"
MET_MENTEE_AGAIN = "mentor_session.met_mentee_again"
BEFORE = (PLANNED, AGENDA)
AFTER = (MET_MENTOR, MET_MENTEE)
ASKED_FOR = timedelta(days=14)  # then "did you meet?" is of no use any more
TAKEN = "Your session has been planned or moved in another window just now. Close this and open it again to see when."
ANSWERED = "This session is over and has been answered, so it stays where it was. Plan the next one instead."
AHEAD = "This session is still ahead. I ask both of you once its time has passed; until then you can move it."
COUNTED = "This session has been counted as evidence since, so its answer stays."


# Plan and move


async def choices(session: AsyncSession, *, by: Person, mentorship: UUID, now: datetime) -> Choices:
    """What one of the two can choose from: times in the hours both work, or moving what is planned."""
    pair = await _pair(session, by, mentorship)
    coming = await _coming(session, mentorship, now)
    return await _choices(session, by, pair, coming, now)


async def choices_to_move(session: AsyncSession, *, by: Person, mentor_session: UUID, now: datetime) -> Choices:
    """The same for one session, also when its time has passed and they did not meet."""
    own = await rows.own(session, by=by, mentor_session=mentor_session, verb="write", now=now)
    if own.session.mentor_met or own.session.mentee_met:
        raise Refusal(ANSWERED)
    pair = await _pair(session, by, own.session.mentorship_id)
    coming = await _coming(session, own.session.mentorship_id, now)
    return await _choices(session, by, pair, coming or own.session, now)


async def _pair(session: AsyncSession, by: Person, mentorship: UUID, *, is_held: bool = False) -> Mentorship:
    """The mentorship of one of the two. `is_held`: until the transaction ends nobody else plans for it."""
    query = select(Mentorship).where(Mentorship.id == mentorship)
    row = await session.scalar(query.with_for_update() if is_held else query)
    if row is None:
        access.refuse()
    rows.require(by, mentor=row.mentor_id, mentee=row.mentee_id, verb="write", is_over=row.ended_at is not None)
    return row


async def _coming(session: AsyncSession, mentorship: UUID, now: datetime) -> MentorSession | None:
    found = await rows.load(session, Row.mentorship_id == mentorship, Row.starts_at > now, now=now)
    return found[0] if found else None


async def _choices(
    session: AsyncSession, by: Person, pair: Mentorship, coming: MentorSession | None, now: datetime
) -> Choices:
    both = await people.by_id(session, [pair.mentor_id, pair.mentee_id], on=now.date())
    me, other = both[by.id], both[pair.mentee_id if by.id == pair.mentor_id else pair.mentor_id]
    hours = await _hours(session, (me, other), now)
    taken = await _taken(session, list(both), now)
    after, longest = now + rules.NOTICE, max(rules.LENGTHS)
    slots = rules.shared_slots(hours, after=after, minutes=longest, taken=taken)
    short = slots or rules.shared_slots(hours, after=after, minutes=min(rules.LENGTHS), taken=taken)
    return Choices(pair.id, me, other, short, coming)


async def _hours(session: AsyncSession, both: Sequence[Person], now: datetime) -> list[Hours]:
    away = await people.absences(session, [one.id for one in both], on=now.date() - DAY)
    return [(one.schedule, away.get(one.id, ())) for one in both]


async def _taken(session: AsyncSession, who: Collection[UUID], now: datetime) -> list[tuple[datetime, datetime]]:
    """When these people have sessions ahead of them, with anybody."""
    theirs = or_(Row.mentor_id.in_(who), Row.mentee_id.in_(who))
    going_on = Mentorship.ended_at.is_(None)
    query = select(Row.starts_at, Row.minutes).join(Mentorship, Mentorship.id == Row.mentorship_id)
    found = await session.execute(query.where(theirs, going_on, Row.starts_at > now))
    return [(row.starts_at, row.starts_at + timedelta(minutes=row.minutes)) for row in found]


async def plan(
    session: AsyncSession, *, by: Person, mentorship: UUID, typed: dict[str, Any], minutes: str, now: datetime
) -> Own:
    """Agree on the next session, for both. `typed`: the fields of `rules.read_start`. One is ahead at a time."""
    pair = await _pair(session, by, mentorship, is_held=True)
    starts_at = rules.read_start(**typed, zone=by.schedule.zone, now=now)
    if await _coming(session, mentorship, now) is not None:
        raise Refusal(TAKEN)
    row = Row(
        mentorship_id=pair.id, mentor_id=pair.mentor_id, mentee_id=pair.mentee_id, starts_at=starts_at,
        minutes=rules.read_minutes(minutes), moves=0, mentor_took="", mentee_took="",
    )  # fmt: skip
    session.add(row)
    await session.flush()
    return await _announced(session, by, row.id, now)


async def move(
    session: AsyncSession,
    *,
    by: Person,
    mentor_session: UUID,
    moves: int,
    typed: dict[str, Any],
    minutes: str,
    now: datetime,
) -> Own:
    """Another time for a session that nobody has confirmed. `moves`: as it was when the form was opened."""
    own = await rows.own(session, by=by, mentor_session=mentor_session, verb="write", now=now)
    await _pair(session, by, own.session.mentorship_id, is_held=True)
    starts_at = rules.read_start(**typed, zone=by.schedule.zone, now=now)
    coming = await _coming(session, own.session.mentorship_id, now)
    if coming is not None and coming.id != mentor_session:
        raise Refusal(TAKEN)
    moved = await session.execute(
        update(Row)
        .where(Row.id == mentor_session, Row.moves == moves)
        .where(Row.mentor_met.is_not(True), Row.mentee_met.is_not(True))
        .values(
            starts_at=starts_at, minutes=rules.read_minutes(minutes), moves=moves + 1, mentor_met=None, mentee_met=None
        )
        .returning(Row.id)
    )
    if moved.first() is None:
        raise Refusal(TAKEN)
    return await _announced(session, by, mentor_session, now)


async def _announced(session: AsyncSession, by: Person, mentor_session: UUID, now: datetime) -> Own:
    """The two hear of it together; what was owed for its former time is not owed any more."""
    own = await rows.own(session, by=by, mentor_session=mentor_session, verb="write", now=now)
    for kind in (*BEFORE, *AFTER):
        await messages.withdraw(session, kind, about=mentor_session)
    await messages.tell_many(session, await _owed(session, own.session, now))
    await messages.redraw_home(session, [own.session.mentor.id, own.session.mentee.id], at=now)
    return own


async def _owed(session: AsyncSession, found: MentorSession, now: datetime) -> list[dict[str, Any]]:
    """What the two hear of a session, from its planning to the question whether they met."""
    to, agenda_at = found.mentee.id, rules.agenda_at(found.starts_at, await _hours(session, _both(found), now))
    told = [_once(PLANNED, found, to=to, at=now, until=found.starts_at)]
    if agenda_at > now:  # else what they hear now has its button
        told.append(_once(AGENDA, found, to=to, at=agenda_at, until=found.starts_at))
    until = found.ends_at + ASKED_FOR
    for kind, person in zip(AFTER, _both(found), strict=True):
        told.append(_once(kind, found, to=person.id, at=found.ends_at, until=until))
    return told


def _both(found: MentorSession) -> tuple[Person, Person]:
    return found.mentor, found.mentee


def _once(kind: str, found: MentorSession, *, to: UUID, at: datetime, until: datetime) -> dict[str, Any]:
    """Once for each time that it is moved to."""
    key = f"{kind}:{found.id.hex}:{found.moves}"
    return messages.owed(kind, to=to, about=found.id, at=at, key=key, until=until)


# Before and after


async def look(session: AsyncSession, *, by: Person, mentor_session: UUID, now: datetime) -> Own:
    """A session for one of the two: for its calendar file, and for what they note."""
    return await rows.own(session, by=by, mentor_session=mentor_session, verb="read", now=now)


async def say_met(session: AsyncSession, *, by: Person, mentor_session: UUID, met: bool, now: datetime) -> Own:
    """One's own answer, which may change until the session counts as evidence. Each sees only their own."""
    own = await rows.own(session, by=by, mentor_session=mentor_session, verb="write", now=now)
    if own.session.ends_at > now:
        raise Refusal(AHEAD)
    said = {"mentor_met" if own.is_mentor else "mentee_met": met}
    unchanged = (Row.id == mentor_session, Row.moves == own.session.moves, Row.credited_on.is_(None))
    kept = await session.execute(update(Row).where(*unchanged).values(**said).returning(Row.id))
    if kept.first() is None:
        raise Refusal(COUNTED)
    await _redraw(session, own, now)
    await messages.redraw_home(session, [own.session.mentor.id, own.session.mentee.id], at=now)
    return await rows.own(session, by=by, mentor_session=mentor_session, verb="write", now=now)


async def take_away(session: AsyncSession, *, by: Person, mentor_session: UUID, took: str, now: datetime) -> None:
    """Keep one thing that somebody takes away; the two read it before the next session, nobody else does."""
    own = await rows.own(session, by=by, mentor_session=mentor_session, verb="write", now=now)
    rules.check_took(took)
    said = {"mentor_took" if own.is_mentor else "mentee_took": took}
    await session.execute(update(Row).where(Row.id == mentor_session).values(**said))
    await _redraw(session, own, now)


async def _redraw(session: AsyncSession, own: Own, now: datetime) -> None:
    """The question to this person shows how it stands."""
    kind = MET_MENTOR_AGAIN if own.is_mentor else MET_MENTEE_AGAIN
    await messages.refresh(session, kind, to=own.me.id, about=own.session.id, at=now)


# What waits


async def waiting_for(session: AsyncSession, *, by: Person, now: datetime) -> tuple[Own, ...]:
    """The next session of each of somebody's mentorships that has one planned, the nearest first."""
    mine = or_(Row.mentor_id == by.id, Row.mentee_id == by.id)
    found = await rows.load(session, mine, Row.starts_at > now, Mentorship.ended_at.is_(None), now=now)
    return tuple(Own(one, is_mentor=one.mentor.id == by.id) for one in found)


async def unanswered(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> dict[UUID, list[Own]]:
    """Person → their sessions of the last two weeks of which they have not said whether they met."""
    recent = (Row.starts_at <= now, Row.starts_at > now - ASKED_FOR, Mentorship.ended_at.is_(None))
    found: dict[UUID, list[Own]] = defaultdict(list)
    for one in await rows.load(session, *recent, _waits_for(who), now=now):
        for own in (Own(one, is_mentor=True), Own(one, is_mentor=False)):
            if own.me.id in who and own.met is None and one.ends_at <= now:
                found[own.me.id].append(own)
    return dict(found)


def _waits_for(who: Collection[UUID]) -> ColumnElement[bool]:
    return or_(
        Row.mentor_id.in_(who) & Row.mentor_met.is_(None),
        Row.mentee_id.in_(who) & Row.mentee_met.is_(None),
    )


async def last_days(session: AsyncSession, mentorships: Collection[UUID]) -> dict[UUID, date]:
    """Mentorship → the day of its last session, to come or not, of which nobody says that they did not meet."""
    held = (Row.mentor_met.is_not(False), Row.mentee_met.is_not(False))
    query = select(Row.mentorship_id, func.max(Row.starts_at).label("at")).where(Row.mentorship_id.in_(mentorships))
    found = await session.execute(query.where(*held).group_by(Row.mentorship_id))
    return {row.mentorship_id: row.at.date() for row in found}

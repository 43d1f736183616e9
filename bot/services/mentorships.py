"""What a pair can do: begin, agree and change what was agreed, share, look at it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.mentors import Proposal as ProposalRow
from bot.models.mentorships import MentorSession
from bot.models.mentorships import Mentorship as MentorshipRow
from bot.rules import first_hour, fit_words
from bot.rules.first_hour import FirstHour
from bot.rules.mentor_forms import competencies
from bot.rules.mentors import TERM_DAYS, ProposalState, Request, Way
from bot.rules.mentorships import Agreement, Mentorship, Share
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import framework as frameworks
from bot.services import mentorship_rows as rows
from bot.services import messages

OPEN = "mentorship.open"
HELLO = "mentorship.hello"
HELLO_AGAIN = "mentorship.hello_again"
CHANGED = "mentorship.changed"
NEWS = timedelta(days=7)  # what has changed is no news after that, if their conversation still is not there
CHANGED_ELSEWHERE = "The agreement was changed in another window just now. Open it again to see how it stands."


async def begin(
    session: AsyncSession, *, request: Request, mentor: Person, way: Way, now: datetime, today: date
) -> Mentorship:
    """The two are a pair from now on; their conversation is opened, and greets them once it is there."""
    made = Mentorship(
        uuid4(), request.id, mentor, request.mentee, request.goal, request.competencies, request.rhythm_days, now,
        today + timedelta(days=TERM_DAYS),
    )  # fmt: skip
    row = {
        "id": made.id, "request_id": made.request_id, "mentor_id": mentor.id, "mentee_id": request.mentee.id,
        "goal": made.goal, "competencies": " ".join(made.competencies), "rhythm_days": made.rhythm_days,
        "began_at": now, "until_on": made.until_on,
    }  # fmt: skip
    if not await insert_new(session, MentorshipRow, [row]):
        raise Refusal("The two of you are a pair already. `/mentor` shows it.")
    await messages.tell(session, OPEN, to=request.mentee.id, about=made.id, at=now)
    await messages.redraw_home(session, [mentor.id, request.mentee.id], at=now)
    return made


async def opened(session: AsyncSession, channels: Mapping[UUID, str], now: datetime) -> None:
    """Their conversation is there: it is kept, and begins with what the two start from."""
    for mentorship, channel in channels.items():
        kept = await session.execute(
            update(MentorshipRow)
            .where(MentorshipRow.id == mentorship, MentorshipRow.ended_at.is_(None))
            .values(channel=channel)
            .returning(MentorshipRow.mentee_id)
        )
        mentee = kept.scalar_one_or_none()
        if mentee is not None:
            await messages.tell(session, HELLO, to=mentee, about=mentorship, at=now)


async def load_going_on(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, Mentorship]:
    """Those of these that go on, and whose two people are both here."""
    going_on = (MentorshipRow.id.in_(ids), MentorshipRow.ended_at.is_(None))
    found = await rows.load(session, *going_on, on=now.date())
    return {one.id: one for one in found if one.mentor.is_active and one.mentee.is_active}


async def load_first_hours(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, FirstHour]:
    """What the conversation of each of these begins with."""
    found = await load_going_on(session, ids, now=now)
    framework = await frameworks.current(session)
    accepted = await _proposals(session, ids)
    names = competencies(framework)
    hours = {}
    for one in found.values():
        mentor, mentee = first_hour.standing(framework, one.mentor), first_hour.standing(framework, one.mentee)
        way, reasons = accepted.get(one.id, (None, ()))
        hours[one.id] = FirstHour(
            one, way, tuple(_sentence(reason, names) for reason in reasons), mentor, mentee,
            first_hour.lens(framework, one.competencies, seen_by=mentor),
            first_hour.questions(one.id, mentee=mentee, mentor=mentor),
        )  # fmt: skip
    return hours


def _sentence(reason: str, names: Mapping[str, str]) -> str:
    return fit_words.sentence(reason, fit_words.Reader.OWNER, named=lambda key: names.get(key, key))


async def _proposals(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, tuple[Way, tuple[str, ...]]]:
    """Mentorship → how the mentor came to be asked, and the keys of the reasons given."""
    of = and_(ProposalRow.request_id == MentorshipRow.request_id, ProposalRow.mentor_id == MentorshipRow.mentor_id)
    found = await session.execute(
        select(MentorshipRow.id, ProposalRow.way, ProposalRow.reasons)
        .join(ProposalRow, of)
        .where(MentorshipRow.id.in_(ids), ProposalRow.state == ProposalState.ACCEPTED.value)
    )
    return {row.id: (Way(row.way), tuple(row.reasons.split())) for row in found}


# What the two can do


async def mine(session: AsyncSession, *, by: Person, now: datetime) -> list[Mentorship]:
    """One's mentorships that go on, on either side, the longest first."""
    return await rows.mine(session, by=by, on=now.date())


async def look(
    session: AsyncSession, *, by: Person, mentorship: UUID, now: datetime
) -> tuple[Mentorship, datetime | None]:
    """One of one's own that goes on, and when its next session begins."""
    found = await rows.going_on(session, by=by, mentorship=mentorship, on=now.date())
    ahead = select(MentorSession.starts_at).where(
        MentorSession.mentorship_id == found.id, MentorSession.starts_at > now
    )
    return found, await session.scalar(ahead.order_by(MentorSession.starts_at).limit(1))


async def change(
    session: AsyncSession, *, by: Person, mentorship: UUID, agreed: Agreement, take: int, now: datetime
) -> Mentorship:
    """Either of the two changes the agreement they had before them (`take`); both read it in their conversation."""
    found = await rows.going_on(session, by=by, mentorship=mentorship, on=now.date())
    is_later = agreed.until_on != found.until_on
    values = {
        "goal": agreed.goal, "rhythm_days": agreed.rhythm_days, "until_on": agreed.until_on,
        "term_asked_on": None if is_later else found.term_asked_on,
    }  # fmt: skip
    await write(session, found, values, take=take, now=now)
    return await rows.one(session, by=by, mentorship=mentorship, on=now.date())


async def write(session: AsyncSession, found: Mentorship, values: dict[str, Any], *, take: int, now: datetime) -> None:
    """Change what is agreed, while nobody else has: the first message shows it, and a new one says so."""
    changed = await session.execute(
        update(MentorshipRow)
        .where(MentorshipRow.id == found.id, MentorshipRow.take == take, MentorshipRow.ended_at.is_(None))
        .values(**values, take=take + 1)
        .returning(MentorshipRow.id)
    )
    if changed.first() is None:
        raise Refusal(CHANGED_ELSEWHERE)
    await messages.refresh(session, HELLO_AGAIN, to=found.mentee.id, about=found.id, at=now)
    key = f"{CHANGED}:{found.id.hex}:{take + 1}"
    until = now + NEWS
    await messages.tell(session, CHANGED, to=found.mentee.id, about=found.id, at=now, key=key, until=until)
    await messages.redraw_home(session, [found.mentor.id, found.mentee.id], at=now)


async def open_sharing(session: AsyncSession, *, by: Person, mentorship: UUID, now: datetime) -> Mentorship:
    """What the mentee shares, for them to change. Refusal for the mentor: it is not theirs to open."""
    found = await rows.going_on(session, by=by, mentorship=mentorship, on=now.date())
    if by.id != found.mentee.id:
        raise Refusal(f"What is shared is {found.mentee.name}'s to decide. You find it in the mentorship once it is.")
    return found


async def share(
    session: AsyncSession, *, by: Person, mentorship: UUID, shares: Collection[Share], now: datetime
) -> Mentorship:
    """The mentee opens these to the mentor, and nothing else; until it is changed, or the pair ends."""
    found = await open_sharing(session, by=by, mentorship=mentorship, now=now)
    await session.execute(
        update(MentorshipRow)
        .where(MentorshipRow.id == found.id, MentorshipRow.ended_at.is_(None))
        .values({column.key: share in shares for share, column in rows.COLUMNS.items()})
    )
    await messages.redraw_home(session, [found.mentor.id, found.mentee.id], at=now)
    return await rows.one(session, by=by, mentorship=mentorship, on=now.date())

"""What one person has been asked today, what waits for them, and the list of it that comes in the morning."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import UTCDateTime
from bot.models.check_ins import CheckIn
from bot.models.evidence import Evidence as EvidenceRow
from bot.models.evidence import Review as ReviewRow
from bot.models.messages import Occurrence, Outbox
from bot.models.people import Person as PersonRow
from bot.rules import attention as rules
from bot.rules import cadence
from bot.rules.attention import Waiting
from bot.rules.evidence import OPEN_FOR_REVIEW, State, Verdict
from bot.services import check_in_rounds, evidence, help_wanted, messages, people

BUNDLE = "attention.bundle"
BUNDLED = "in the morning's list"
A_DAY_ANYWHERE = timedelta(hours=50)  # today began at most this long ago in every zone


# What each batch asks is put together once.
_SPENT = (
    select(Outbox.recipient, Outbox.not_before, PersonRow.zone)
    .join(PersonRow, PersonRow.id == Outbox.recipient)
    .where(
        Outbox.recipient.in_(bindparam("who", expanding=True)), Outbox.kind.in_(bindparam("kinds", expanding=True)),
        Outbox.state.in_(["sent", "unknown", "sending"]), Outbox.not_before > bindparam("since", type_=UTCDateTime),
        Outbox.id.not_in(bindparam("but", expanding=True)),
    )
)  # fmt: skip


async def spent(
    session: AsyncSession, who: Collection[UUID], kinds: Collection[str], *, now: datetime, but: Collection[UUID]
) -> dict[UUID, int]:
    """Person → messages of these kinds that reached them today, where they are; `but` those with these ids."""
    given = {"who": list(who), "kinds": list(kinds), "since": now - A_DAY_ANYWHERE, "but": list(but)}
    rows = await session.execute(_SPENT, given)
    asked: dict[UUID, list[datetime]] = defaultdict(list)
    zones: dict[UUID, str] = {}
    for row in rows:
        asked[row.recipient].append(row.not_before)
        zones[row.recipient] = row.zone
    return {person: rules.spent_today(asked[person], zone=zones[person], now=now) for person in asked}


async def bundle(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> None:
    """Owe these people one list of all that waits, at their next local morning; one a morning, however often asked."""
    if not who:
        return
    found = await people.by_id(session, who, on=now.date())
    away = await people.absences(session, list(found), on=now.date())
    owed = []
    for person in found.values():
        morning = cadence.next_morning(now, person.schedule, away.get(person.id, ()))
        if morning is not None:
            day = cadence.local_day(morning, person.schedule.zone)
            key = f"{BUNDLE}:{person.id.hex}:{day}"
            owed.append(messages.owed(BUNDLE, to=person.id, about=person.id, at=morning, key=key))
    await messages.tell_many(session, owed)


async def waiting(session: AsyncSession, who: Sequence[UUID], *, now: datetime) -> list[Waiting]:
    """What waits for each of these people, who are few."""
    found = await people.by_id(session, who, on=now.date())
    unread = await help_wanted.unread(session, list(found))
    return [
        Waiting(
            person_id=person.id,
            name=person.name,
            prompt=await session.scalar(_open_prompt(person.id, now)),
            to_review=tuple(await evidence.waiting_for(session, by=person)),
            to_change=tuple(
                one for one in await evidence.mine(session, by=person) if one.state in (State.CHANGES, State.SHORT)
            ),
            unread=len(unread.get(person.id, ())),
        )
        for person in found.values()
    ]


def _open_prompt(person: UUID, now: datetime) -> Select[UUID]:
    answered = and_(CheckIn.person_id == Occurrence.person_id, CheckIn.round_on == Occurrence.on_date)
    return (
        select(Occurrence.id)
        .outerjoin(CheckIn, answered)
        .where(
            Occurrence.person_id == person, Occurrence.kind == check_in_rounds.KIND, Occurrence.state == "told",
            Occurrence.expires_at > now, CheckIn.id.is_(None),
        )
        .order_by(Occurrence.due_at.desc())
        .limit(1)
    )  # fmt: skip


async def reviews_open(session: AsyncSession, who: Collection[UUID]) -> dict[UUID, int]:
    """Person → pieces of evidence that wait for their verdict: what somebody about to ask them should know."""
    rows = await session.execute(
        select(ReviewRow.reviewer_id, func.count().label("waiting"))
        .join(EvidenceRow, EvidenceRow.id == ReviewRow.evidence_id)
        .where(
            ReviewRow.reviewer_id.in_(who), ReviewRow.verdict == Verdict.ASKED.value,
            EvidenceRow.state.in_([state.value for state in OPEN_FOR_REVIEW]),
        )
        .group_by(ReviewRow.reviewer_id)
    )  # fmt: skip
    return {row.reviewer_id: row.waiting for row in rows}

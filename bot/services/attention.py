"""What one person has been asked today, what waits for them, and the list of it that comes in the morning."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import UTCDateTime
from bot.models.check_ins import CheckIn
from bot.models.evidence import Evidence as EvidenceRow
from bot.models.evidence import Review as ReviewRow
from bot.models.messages import Occurrence, Outbox
from bot.models.people import Person as PersonRow
from bot.rules import attention as rules
from bot.rules import cadence
from bot.rules.attention import MOST_LINES, MOST_PAIRS, Waiting
from bot.rules.cadence import DAY, Schedule
from bot.rules.career_talks import Own as CareerTalk
from bot.rules.evidence import OPEN_FOR_REVIEW, Evidence, Review, State, Verdict
from bot.rules.features import ALL
from bot.rules.feedback_asks import Request
from bot.rules.less import Topic
from bot.rules.mentor_sessions import Own
from bot.rules.mentors import Proposal
from bot.rules.mentorships import Side
from bot.rules.opportunities import Ask, Opportunity
from bot.rules.rounds import Round, Seat
from bot.services import (
    assessment_ratings,
    career_talks,
    check_in_rounds,
    evidence,
    evidence_rows,
    feedback_forms,
    feedback_requests,
    feedback_rows,
    help_wanted,
    interests,
    less_rows,
    mentor_requests,
    mentor_sessions,
    messages,
    opportunities,
    people,
    promises,
    quiet_pairs,
    round_answers,
    rounds,
    stories,
    welcomes,
)

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
            owed.append(listed(person.id, person.schedule, at=morning))
    await messages.tell_many(session, owed)
    # A list that was only to remind carries an ask now, and outlives its day.
    keys = [row["dedupe_key"] for row in owed]
    await session.execute(
        update(Outbox).where(Outbox.dedupe_key.in_(keys), Outbox.state == "pending").values(expires_at=None)
    )


def listed(person: UUID, schedule: Schedule, *, at: datetime, until: datetime | None = None) -> dict[str, Any]:
    """The row of one morning's list. `until`: for a list that only reminds, and is of no use on another day."""
    key = f"{BUNDLE}:{person.hex}:{cadence.local_day(at, schedule.zone)}"
    return messages.owed(BUNDLE, to=person, about=person, at=at, key=key, until=until)


async def waiting(
    session: AsyncSession, who: Sequence[UUID], *, now: datetime, features: Collection[str] = ALL
) -> list[Waiting]:
    """What waits for each of these people, of the features that are on, less what they have switched off."""
    found = await people.by_id(session, who, on=now.date())
    away = await people.absences(session, list(found), on=now.date() - DAY)
    off = await less_rows.off(session, list(found), on=now.date())
    wrong = await welcomes.wrong_told(session, list(found), why=BUNDLED)
    prompts, unread, reviews, changes = {}, {}, {}, {}
    if "check_ins" in features:
        prompts = await _open_prompts(session, _less(found, off, Topic.CHECK_INS), now=now)
        unread = await help_wanted.unread(session, _less(found, off, Topic.WEEK))
    if "evidence" in features:
        reviews, changes = await _to_review(session, list(found)), await _to_change(session, list(found))
    met: dict[UUID, list[Own]] = {}
    quiet: dict[UUID, list[Side]] = {}
    mentoring: dict[UUID, list[Proposal]] = {}
    if "mentorship" in features:
        pairing = _less(found, off, Topic.SESSIONS)
        met = await mentor_sessions.unanswered(session, pairing, now=now)
        quiet = await quiet_pairs.asked(session, pairing, now=now)
        mentoring = await mentor_requests.to_answer(session, list(found), now=now)
    due: dict[UUID, list[Any]] = {}
    closes: dict[UUID, date] = {}
    if "program_feedback" in features:
        due = await promises.waiting_for(session, list(found), now=now)
        unsaid = _less(found, off, Topic.PROGRAM_FEEDBACK)
        closes = await feedback_forms.waiting(session, unsaid, now=now, why=BUNDLED)
    asked_for: dict[UUID, list[Ask]] = {}
    kept: dict[UUID, list[Opportunity]] = {}
    career: dict[UUID, list[CareerTalk]] = {}
    if "growth" in features:
        asked_for = await interests.open_asks(session, list(found), today=now.date())
        kept = await opportunities.to_keep(session, list(found), now=now)
        willing = _less(found, off, Topic.REMINDERS)
        career = await career_talks.moved(session, willing, now=now, why=BUNDLED)
    rated = await assessment_ratings.waiting(session, list(found)) if "growth" in features else {}
    asked_in: dict[UUID, list[tuple[Round, Seat]]] = {}
    named: dict[UUID, list[Round]] = {}
    if "feedback" in features:
        asked_in = await round_answers.waiting(session, _less(found, off, Topic.FEEDBACK), now=now)
        named = await rounds.to_approve(session, list(found), now=now)
    words: dict[UUID, list[Request]] = {}
    unread_words: dict[UUID, int] = {}
    if "feedback" in features:
        willing = _less(found, off, Topic.FEEDBACK)
        words = await feedback_requests.open_for(session, willing, now=now)
        unread_words = await feedback_rows.unread(session, willing)
    told = await stories.moved(session, list(found), why=BUNDLED) if "stories" in features else {}
    return [
        Waiting(
            person_id=person.id,
            name=person.name,
            prompt=prompts.get(person.id),
            to_review=tuple(reviews.get(person.id, ())[:MOST_LINES]),
            to_change=tuple(changes.get(person.id, ())[:MOST_LINES]),
            unread=len(unread.get(person.id, ())),
            schedule=person.schedule,
            away=tuple(away.get(person.id, ())),
            wrong=tuple(wrong.get(person.id, ())),
            met=tuple(met.get(person.id, ())[:MOST_PAIRS]),
            quiet=tuple(quiet.get(person.id, ())[:MOST_PAIRS]),
            mentoring=tuple(mentoring.get(person.id, ())[:MOST_LINES]),
            promises=len(due.get(person.id, ())),
            feedback_closes=closes.get(person.id),
            stories=tuple(told.get(person.id, ())[:MOST_LINES]),
            feedback=tuple(words.get(person.id, ())[:MOST_LINES]),
            unread_feedback=unread_words.get(person.id, 0),
            interested=tuple(asked_for.get(person.id, ())[:MOST_LINES]),
            to_keep=tuple(kept.get(person.id, ())[:MOST_LINES]),
            assessments=rated.get(person.id, ())[:MOST_LINES],
            rounds=tuple(asked_in.get(person.id, ())[:MOST_LINES]),
            round_names=tuple(named.get(person.id, ())[:MOST_LINES]),
            career=tuple(career.get(person.id, ())[:MOST_LINES]),
        )
        for person in found.values()
    ]


def _less(who: Iterable[UUID], off: dict[UUID, dict[Topic, Any]], topic: Topic) -> list[UUID]:
    return [person for person in who if topic not in off.get(person, ())]


async def _open_prompts(session: AsyncSession, who: Sequence[UUID], *, now: datetime) -> dict[UUID, UUID]:
    """Person → the latest prompt that was sent and can still be answered."""
    answered = and_(CheckIn.person_id == Occurrence.person_id, CheckIn.round_on == Occurrence.on_date)
    rows = await session.execute(
        select(Occurrence.person_id, Occurrence.id)
        .outerjoin(CheckIn, answered)
        .where(
            Occurrence.person_id.in_(who), Occurrence.kind == check_in_rounds.KIND, Occurrence.state == "told",
            Occurrence.expires_at > now, CheckIn.id.is_(None),
        )
        .order_by(Occurrence.due_at)
    )  # fmt: skip
    return {row.person_id: row.id for row in rows}


async def _to_review(session: AsyncSession, who: Sequence[UUID]) -> dict[UUID, list[tuple[Evidence, Review]]]:
    """Person → what waits for their verdict, the longest waiting first."""
    asked = await session.scalars(_asked(select(ReviewRow.id), who))
    found: dict[UUID, list[tuple[Evidence, Review]]] = defaultdict(list)
    pairs = (await evidence.by_review(session, asked.all())).values()
    for piece, review in sorted(pairs, key=lambda pair: pair[0].submitted_at):
        found[review.reviewer_id].append((piece, review))
    return found


async def _to_change(session: AsyncSession, who: Sequence[UUID]) -> dict[UUID, list[Evidence]]:
    """Person → their own evidence that waits for them, the newest first."""
    theirs = and_(EvidenceRow.author_id.in_(who), EvidenceRow.state.in_([State.CHANGES.value, State.SHORT.value]))
    found: dict[UUID, list[Evidence]] = defaultdict(list)
    pieces = await evidence_rows.load(session, theirs)
    for piece in sorted(pieces, key=lambda one: one.submitted_at, reverse=True):
        found[piece.author_id].append(piece)
    return found


def _asked(columns: Select[*tuple[Any, ...]], who: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    """The reviews that these people are asked for and that still matter."""
    return columns.join(EvidenceRow, EvidenceRow.id == ReviewRow.evidence_id).where(
        ReviewRow.reviewer_id.in_(who), ReviewRow.verdict == Verdict.ASKED.value,
        EvidenceRow.state.in_([state.value for state in OPEN_FOR_REVIEW]),
    )  # fmt: skip


async def listed_today(session: AsyncSession, found: Iterable[Waiting], *, now: datetime) -> set[UUID]:
    """Those who have had a list today already, where they are."""
    zones = {one.person_id: one.schedule.zone for one in found}
    rows = await session.execute(
        select(Outbox.recipient, Outbox.not_before).where(
            Outbox.kind == BUNDLE, Outbox.recipient.in_(zones), Outbox.state == "sent",
            Outbox.not_before > now - A_DAY_ANYWHERE,
        )
    )  # fmt: skip
    return {row.recipient for row in rows if rules.spent_today([row.not_before], zone=zones[row.recipient], now=now)}


async def reviews_open(session: AsyncSession, who: Collection[UUID]) -> dict[UUID, int]:
    """Person → pieces of evidence that wait for their verdict: what somebody about to ask them should know."""
    counted = _asked(select(ReviewRow.reviewer_id, func.count().label("waiting")), who)
    rows = await session.execute(counted.group_by(ReviewRow.reviewer_id))
    return {row.reviewer_id: row.waiting for row in rows}


async def asks_open(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> dict[UUID, int]:
    """Person → evidence, feedback and rounds that wait for a word of theirs, for whoever is about to ask for more."""
    reviews, words = await reviews_open(session, who), await feedback_requests.counts(session, who, now=now)
    asked = await round_answers.counts(session, who)
    return {person: reviews.get(person, 0) + words.get(person, 0) + asked.get(person, 0) for person in who}

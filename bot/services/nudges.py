"""Nudges: what nobody has answered becomes a list of the person's own morning, rarely, and within a weekly limit."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.assessments import SelfAssessment
from bot.models.check_ins import CheckIn
from bot.models.evidence import Evidence, Review
from bot.models.feedback import FeedbackAsk, FeedbackRequest
from bot.models.mentors import Proposal
from bot.models.messages import Occurrence, Outbox
from bot.models.opportunities import Opportunity, OpportunityInterest
from bot.models.people import Person
from bot.models.rounds import Round, RoundAnswer, RoundSeat
from bot.rules import assessments as assessment_rules
from bot.rules import feedback_asks
from bot.rules import nudges as rules
from bot.rules import opportunities as chances
from bot.rules import rounds as round_rules
from bot.rules.attention import OVER
from bot.rules.cadence import DAY, Schedule
from bot.rules.evidence import OPEN_FOR_REVIEW, Verdict
from bot.rules.features import ALL
from bot.rules.less import Topic
from bot.rules.mentors import NAMED_AFTER_DAYS, ProposalState, Way
from bot.services import attention, check_in_rounds, feedback_requests, less_rows, messages, people

AHEAD = timedelta(hours=24)
BEHIND = timedelta(days=7)
ROUND_BEFORE = timedelta(days=5)
PAGE = 1000


@dataclass(frozen=True)
class Asked:
    """Something one person has not answered yet. `on`: the working days after, on which it is named again."""

    at: datetime
    expires_at: datetime | None = None
    on: tuple[int, ...] = rules.NAMED_ON


async def plan_some(
    session: AsyncSession,
    *,
    after: UUID | None,
    since: datetime,
    now: datetime,
    most: int,
    features: Collection[str] = ALL,
    limit: int = PAGE,
) -> UUID | None:
    """Owe one page of people the lists that remind them, from `since` to 24 hours from now, `most` in seven days.

    Returns where to go on, None at the end. Planning twice plans once: a morning has one list.
    """
    page = _people(now, features).order_by(Person.id).limit(limit)
    rows = (await session.execute(page.where(Person.id > after) if after else page)).all()
    if not rows:
        return None
    ids = [row.id for row in rows]
    asked = await _asked(session, ids, now=now, features=features)
    first = min((one.at for many in asked.values() for one in many), default=now)
    away = await people.absences(session, ids, on=first.date() - DAY)
    told = await _reminded(session, ids, since=since - rules.WEEK)
    owed, over = [], []
    for row in rows:
        schedule = Schedule(row.zone, row.preferred_hour, row.working_days, row.country)
        own = told[row.id]
        for at in _mornings(asked[row.id], schedule, away.get(row.id, ()), since=since, now=now):
            one = attention.listed(row.id, schedule, at=at, until=rules.ends(at, schedule))
            if rules.within(at, own, most=most):
                own.append(at)
                owed.append(one)
            else:
                over.append(one)
    await messages.tell_many(session, owed)
    await _note_dropped(session, over)
    return rows[-1].id if len(rows) == limit else None


async def _note_dropped(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Lists beyond the week's limit, kept to be counted. Not where a list comes that morning anyway: it names all."""
    keys = [row["dedupe_key"] for row in rows]
    coming = set(await session.scalars(select(Outbox.dedupe_key).where(Outbox.dedupe_key.in_(keys)))) if keys else set()
    dropped = [row for row in rows if row["dedupe_key"] not in coming]
    marks = [{**row, "dedupe_key": f"over:{row['dedupe_key']}", "state": "skipped", "reason": OVER} for row in dropped]
    await insert_new(session, Outbox, marks)


def _mornings(
    asked: Iterable[Asked], schedule: Schedule, away: Sequence[Any], *, since: datetime, now: datetime
) -> list[datetime]:
    """The mornings on which at least one thing is to be named, whose day is not over."""
    found = {
        at
        for one in asked
        for at in rules.due(
            one.at, schedule, away, since=since, until=now + AHEAD, expires_at=one.expires_at, on=one.on
        )
    }
    return sorted(at for at in found if rules.ends(at, schedule) > now)


def _people(now: datetime, features: Collection[str]) -> Select[*tuple[Any, ...]]:
    """Those with something unanswered who want to be reminded."""
    open_prompt = exists().where(Occurrence.person_id == Person.id, Occurrence.state == "told", _open_prompts(now))
    open_review = exists().where(Review.reviewer_id == Person.id, Evidence.id == Review.evidence_id, _open_reviews())
    open_request = exists().where(Proposal.mentor_id == Person.id, _open_requests(now))
    open_view = exists().where(SelfAssessment.rater_id == Person.id, _open_views())
    causes = [
        ("check_ins", open_prompt), ("evidence", open_review), ("mentorship", open_request), ("growth", open_view),
    ]  # fmt: skip
    of_theirs = and_(Opportunity.offered_by == Person.id, Opportunity.id == OpportunityInterest.opportunity_id)
    causes += [
        ("growth", exists().where(of_theirs, _open_interests(now))),
        ("growth", exists().where(Opportunity.offered_by == Person.id, _ending(now))),
        ("feedback", exists().where(RoundSeat.giver_id == Person.id, _closing_rounds(now))),
    ]
    asked_for = and_(FeedbackRequest.asked_id == Person.id, FeedbackRequest.ask_id == FeedbackAsk.id)
    causes.append(("feedback", exists().where(asked_for, _open_words(now))))
    return select(Person.id, Person.zone, Person.preferred_hour, Person.working_days, Person.country).where(
        Person.is_active, ~Person.is_guest, Person.slack_id.is_not(None),
        ~less_rows.is_off(Person.id, Topic.REMINDERS, now.date()),
        or_(False, *(cause for feature, cause in causes if feature in features)),
    )  # fmt: skip


def _open_prompts(now: datetime) -> ColumnElement[bool]:
    """Prompts of rounds that go on and are not answered, of those who want prompts."""
    answered = exists().where(CheckIn.person_id == Occurrence.person_id, CheckIn.round_on == Occurrence.on_date)
    unwanted = less_rows.is_off(Occurrence.person_id, Topic.CHECK_INS, now.date())
    return and_(Occurrence.kind == check_in_rounds.KIND, Occurrence.expires_at > now, ~answered, ~unwanted)


def _open_reviews() -> ColumnElement[bool]:
    return and_(Review.verdict == Verdict.ASKED.value, Evidence.state.in_([state.value for state in OPEN_FOR_REVIEW]))


def _open_requests(now: datetime) -> ColumnElement[bool]:
    """Requests before a mentor. A mentor's own offer is not named again: silence answers it."""
    is_offer = Proposal.way == Way.OFFER.value
    return and_(Proposal.state == ProposalState.PROPOSED.value, Proposal.expires_at > now, ~is_offer)


def _open_interests(now: datetime) -> ColumnElement[bool]:
    """Those who ask for a chance that still goes on."""
    is_open = and_(Opportunity.state == chances.State.OPEN.value, Opportunity.ends_on >= now.date())
    return and_(OpportunityInterest.state == chances.Interest.ASKED.value, is_open)


def _ending(now: datetime) -> ColumnElement[bool]:
    """Chances without a day that end soon, because nobody said that they go on."""
    last = now.date() + chances.ASKED_BEFORE
    soon = and_(Opportunity.ends_on >= now.date(), Opportunity.ends_on <= last)
    undated = and_(Opportunity.begins_on.is_(None), Opportunity.until_on.is_(None))
    return and_(Opportunity.state == chances.State.OPEN.value, undated, soon)


def _closing_rounds(now: datetime) -> ColumnElement[bool]:
    """Rounds that close soon, of which somebody has said nothing yet."""
    last = now.date() + ROUND_BEFORE
    is_soon = and_(Round.state == round_rules.State.OPEN.value, Round.due_on >= now.date(), Round.due_on <= last)
    written = exists().where(RoundAnswer.round_id == Round.id, RoundAnswer.giver_id == RoundSeat.giver_id)
    asked = RoundSeat.state.in_([state.value for state in round_rules.ASKED])
    unwanted = less_rows.is_off(RoundSeat.giver_id, Topic.FEEDBACK, now.date())
    return and_(Round.id == RoundSeat.round_id, asked, is_soon, ~written, ~unwanted)


def _open_views() -> ColumnElement[bool]:
    """What managers are asked about somebody's work."""
    return SelfAssessment.state == assessment_rules.State.ASKED.value


def _open_words(now: datetime) -> ColumnElement[bool]:
    """Requests for feedback, before people who want to hear of them."""
    unwanted = less_rows.is_off(FeedbackRequest.asked_id, Topic.FEEDBACK, now.date())
    return and_(feedback_requests.waits(now), ~unwanted)


async def _asked(
    session: AsyncSession, who: Collection[UUID], *, now: datetime, features: Collection[str]
) -> dict[UUID, list[Asked]]:
    """Person → what they have not answered."""
    found: dict[UUID, list[Asked]] = defaultdict(list)
    for feature, unanswered in _UNANSWERED:
        if feature in features:
            for person, asked in await unanswered(session, who, now=now):
                found[person].append(asked)
    return found


Unanswered = list[tuple[UUID, Asked]]


async def _prompts(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> Unanswered:
    """A prompt that was put off counts from when it is asked again."""
    prompts = (
        select(Occurrence.person_id, Occurrence.expires_at, func.max(Occurrence.due_at).label("at"))
        .where(Occurrence.person_id.in_(who), Occurrence.state.in_(["told", "planned"]), _open_prompts(now))
        .group_by(Occurrence.person_id, Occurrence.on_date, Occurrence.expires_at)
    )
    return [(row.person_id, Asked(row.at, row.expires_at)) for row in await session.execute(prompts)]


async def _reviews(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> Unanswered:
    reviews = (
        select(Review.reviewer_id, Evidence.submitted_at)
        .join(Evidence, Evidence.id == Review.evidence_id)
        .where(Review.reviewer_id.in_(who), _open_reviews())
    )
    return [(row.reviewer_id, Asked(row.submitted_at)) for row in await session.execute(reviews)]


async def _requests(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> Unanswered:
    """Requests before a mentor."""
    requests = select(Proposal.mentor_id, Proposal.asked_at, Proposal.expires_at)
    rows = await session.execute(requests.where(Proposal.mentor_id.in_(who), _open_requests(now)))
    return [(row.mentor_id, Asked(row.asked_at, row.expires_at, on=(NAMED_AFTER_DAYS,))) for row in rows]


async def _words(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> Unanswered:
    """Requests for feedback."""
    words = select(FeedbackRequest.asked_id, FeedbackAsk.asked_at, FeedbackAsk.ends_at).join(FeedbackAsk)
    rows = await session.execute(words.where(FeedbackRequest.asked_id.in_(who), _open_words(now)))
    return [(row.asked_id, Asked(row.asked_at, row.ends_at, on=feedback_asks.NAMED_ON)) for row in rows]


async def _rounds(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> Unanswered:
    """Each round is named once, some days before it closes."""
    closing = select(RoundSeat.giver_id, Round.due_on).where(RoundSeat.giver_id.in_(who), _closing_rounds(now))
    found = []
    for row in await session.execute(closing):
        first = datetime.combine(row.due_on - ROUND_BEFORE, time(), UTC)
        found.append((row.giver_id, Asked(first, first + ROUND_BEFORE, on=(1,))))
    return found


async def _views_asked(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> Unanswered:
    """Managers whose view of somebody's work is asked for."""
    views = select(SelfAssessment.rater_id, SelfAssessment.asked_at).where(SelfAssessment.rater_id.in_(who))
    rows = await session.execute(views.where(_open_views()))
    return [(row.rater_id, Asked(row.asked_at, on=assessment_rules.NAMED_ON)) for row in rows]


async def _chances(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> Unanswered:
    """Who asks for what they offer, named again once; and what of theirs ends soon, asked once."""
    of_theirs = (Opportunity.offered_by.in_(who), Opportunity.id == OpportunityInterest.opportunity_id)
    interested = select(Opportunity.offered_by, OpportunityInterest.asked_at).where(*of_theirs, _open_interests(now))
    waiting = [(row.offered_by, Asked(row.asked_at, on=(3,))) for row in await session.execute(interested)]
    ending = select(Opportunity.offered_by, Opportunity.ends_on).where(Opportunity.offered_by.in_(who), _ending(now))
    for row in await session.execute(ending):
        first = datetime.combine(row.ends_on - chances.ASKED_BEFORE, time(), UTC)
        waiting.append((row.offered_by, Asked(first, first + chances.ASKED_BEFORE, on=(1,))))
    return waiting


_UNANSWERED: tuple[tuple[str, Callable[..., Awaitable[Unanswered]]], ...] = (
    ("check_ins", _prompts), ("evidence", _reviews), ("mentorship", _requests), ("feedback", _words),
    ("feedback", _rounds), ("growth", _views_asked), ("growth", _chances),
)  # fmt: skip


def _reminders() -> ColumnElement[bool]:
    """Lists that came only to remind: those that carry an ask do not end with their day."""
    return and_(Outbox.kind == attention.BUNDLE, Outbox.expires_at.is_not(None))


async def _reminded(session: AsyncSession, who: Collection[UUID], *, since: datetime) -> dict[UUID, list[datetime]]:
    """Person → when lists reminded them, or will."""
    rows = await session.execute(
        select(Outbox.recipient, Outbox.not_before).where(
            _reminders(), Outbox.recipient.in_(who), Outbox.state.not_in(["skipped", "failed"]),
            Outbox.not_before > since,
        )
    )  # fmt: skip
    found: dict[UUID, list[datetime]] = defaultdict(list)
    for row in rows:
        found[row.recipient].append(row.not_before)
    return found


async def withdraw(session: AsyncSession, who: Collection[UUID]) -> None:
    """Lists that would only remind these people do not come."""
    await session.execute(delete(Outbox).where(_reminders(), Outbox.recipient.in_(who), Outbox.state == "pending"))

"""Nudges: what nobody has answered becomes a list of the person's own morning, rarely, and within a weekly limit."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.check_ins import CheckIn
from bot.models.evidence import Evidence, Review
from bot.models.mentors import Proposal
from bot.models.messages import Occurrence, Outbox
from bot.models.people import Person
from bot.rules import nudges as rules
from bot.rules.attention import OVER
from bot.rules.cadence import DAY, Schedule
from bot.rules.evidence import OPEN_FOR_REVIEW, Verdict
from bot.rules.features import ALL
from bot.rules.less import Topic
from bot.rules.mentors import NAMED_AFTER_DAYS, ProposalState, Way
from bot.services import attention, check_in_rounds, less_rows, messages, people

AHEAD = timedelta(hours=24)
BEHIND = timedelta(days=7)
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
    causes = [("check_ins", open_prompt), ("evidence", open_review), ("mentorship", open_request)]
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


async def _asked(
    session: AsyncSession, who: Collection[UUID], *, now: datetime, features: Collection[str]
) -> dict[UUID, list[Asked]]:
    """Person → what they have not answered. A prompt that was put off counts from when it is asked again."""
    found: dict[UUID, list[Asked]] = defaultdict(list)
    if "check_ins" in features:
        prompts = (
            select(Occurrence.person_id, Occurrence.expires_at, func.max(Occurrence.due_at).label("at"))
            .where(Occurrence.person_id.in_(who), Occurrence.state.in_(["told", "planned"]), _open_prompts(now))
            .group_by(Occurrence.person_id, Occurrence.on_date, Occurrence.expires_at)
        )
        for row in await session.execute(prompts):
            found[row.person_id].append(Asked(row.at, row.expires_at))
    if "evidence" in features:
        reviews = (
            select(Review.reviewer_id, Evidence.submitted_at)
            .join(Evidence, Evidence.id == Review.evidence_id)
            .where(Review.reviewer_id.in_(who), _open_reviews())
        )
        for review in await session.execute(reviews):
            found[review.reviewer_id].append(Asked(review.submitted_at))
    if "mentorship" in features:
        requests = select(Proposal.mentor_id, Proposal.asked_at, Proposal.expires_at)
        for request in await session.execute(requests.where(Proposal.mentor_id.in_(who), _open_requests(now))):
            found[request.mentor_id].append(Asked(request.asked_at, request.expires_at, on=(NAMED_AFTER_DAYS,)))
    return found


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

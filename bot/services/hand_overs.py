"""Reviews go on to somebody else when whoever was asked has left, or is away for long and has a deputy."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, Uuid, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.database import insert_new
from bot.models.evidence import Evidence, Review
from bot.models.messages import Timer
from bot.models.people import Absence, Deputy, ReportingLine
from bot.models.people import Person as PersonRow
from bot.rules import cadence
from bot.rules import evidence as evidence_rules
from bot.rules import hand_overs as rules
from bot.rules.cadence import DAY, Schedule
from bot.rules.evidence import OPEN_FOR_REVIEW, Verdict
from bot.rules.hand_overs import HandedOn
from bot.rules.less import Topic
from bot.services import evidence as pieces
from bot.services import evidence_rows, less_rows, messages, people

HANDED = "evidence.handed_on"
PLANNING = "hand reviews on"
PAGE = 50  # for each the reporting line of its author is asked

Author, Reviewer = aliased(PersonRow), aliased(PersonRow)


async def look_soon(session: AsyncSession, *, now: datetime) -> None:
    """Somebody has left: their reviews are handed on at the next tick."""
    await session.execute(update(Timer).where(Timer.name == PLANNING).values(next_at=now))


@dataclass(frozen=True)
class _Step:
    """One review that is not asked for any more; who is asked instead, if there is anybody, and when."""

    row: Any
    cover: UUID | None
    at: datetime


async def hand_on_some(session: AsyncSession, *, after: UUID | None, now: datetime, limit: int = PAGE) -> UUID | None:
    """Hand on one page of open reviews. Returns where to go on, None at the end.

    To the reviewer's deputy, else to the manager of somebody who has left; where neither can, the author is told to
    name somebody else. Whoever is away keeps theirs unless they have a deputy.
    """
    page = _stuck(now).limit(limit)
    rows = (await session.execute(page.where(Review.id > after) if after else page)).all()
    if stuck := await _really_stuck(session, rows, now):
        await _hand_on(session, stuck, now)
    return rows[-1].id if len(rows) == limit else None


async def _hand_on(session: AsyncSession, stuck: Sequence[Any], now: datetime) -> None:
    covers, opens = await _covers(session, stuck, now)
    taken = await _reviewers_of(session, {row.evidence_id for row in stuck})
    steps = []
    for row in stuck:
        cover = next((one for one in covers[row.reviewer_id] if one not in taken[row.evidence_id]), None)
        if cover is not None:
            taken[row.evidence_id].add(cover)
        if cover is not None or not row.is_active:
            steps.append(_Step(row, cover, opens[cover] if cover else now))
    await _write(session, steps, now)


def open_reviews() -> Select[*tuple[Any, ...]]:
    """Reviews that are asked for and still matter, of authors who are here."""
    return (
        select(
            Review.id, Review.evidence_id, Review.author_id, Review.reviewer_id, Evidence.take, Evidence.submitted_at,
            Reviewer.is_active, Reviewer.zone, Reviewer.preferred_hour, Reviewer.working_days, Reviewer.country,
            Reviewer.name,
        )
        .join(Evidence, Evidence.id == Review.evidence_id)
        .join(Author, Author.id == Review.author_id)
        .join(Reviewer, Reviewer.id == Review.reviewer_id)
        .where(
            Review.verdict == Verdict.ASKED.value, Author.is_active,
            Evidence.state.in_([state.value for state in OPEN_FOR_REVIEW]),
        )
    )  # fmt: skip


def _stuck(now: datetime) -> Select[*tuple[Any, ...]]:
    """Of those who have left, or may be away while they have a deputy; held, so that no verdict comes between."""
    near = (Absence.from_on <= now.date() + DAY, or_(Absence.until_on.is_(None), Absence.until_on > now.date()))
    is_away = exists().where(Absence.person_id == Review.reviewer_id, *near)
    has_deputy = exists().where(Deputy.person_id == Review.reviewer_id, people.holds(Deputy, now.date()))
    stuck = open_reviews().where(or_(~Reviewer.is_active, is_away & has_deputy)).order_by(Review.id)
    return stuck.with_for_update(of=Evidence, skip_locked=True)


def schedule(row: Any) -> Schedule:
    return Schedule(row.zone, row.preferred_hour, row.working_days, row.country)


async def _really_stuck(session: AsyncSession, rows: Sequence[Any], now: datetime) -> list[Any]:
    away = await people.absences(session, [row.reviewer_id for row in rows], on=now.date() - DAY)
    return [
        row for row in rows if not row.is_active or rules.is_away(schedule(row), away.get(row.reviewer_id, ()), now=now)
    ]


async def _covers(
    session: AsyncSession, rows: Collection[Any], now: datetime
) -> tuple[dict[UUID, list[UUID]], dict[UUID, datetime]]:
    """Reviewer → who may be asked instead, their deputy first; the manager only of those who have left. And when."""
    reviewers, today = {row.reviewer_id for row in rows}, now.date()
    left = {row.reviewer_id for row in rows if not row.is_active}
    named = select(Deputy.person_id, Deputy.deputy_id).where(
        Deputy.person_id.in_(reviewers), people.holds(Deputy, today)
    )
    lines = select(ReportingLine.person_id, ReportingLine.manager_id).where(
        ReportingLine.person_id.in_(left), people.holds(ReportingLine, today)
    )
    pairs = [*(await session.execute(named)).all(), *(await session.execute(lines)).all()]
    able = await _able(session, {cover for _, cover in pairs}, now)
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for reviewer, cover in pairs:
        if cover in able:
            found[reviewer].append(cover)
    return found, able


async def _able(session: AsyncSession, who: Collection[UUID], now: datetime) -> dict[UUID, datetime]:
    """Those who are here, take new reviews, and are not away for long themselves, with when they may be written to."""
    found = await people.by_id(session, who, on=now.date())
    away = await people.absences(session, list(found), on=now.date() - DAY)
    off = await less_rows.switched_off(session, list(found), Topic.REVIEWS, on=now.date())
    return {
        one.id: cadence.next_open(now, one.schedule, away.get(one.id, ())) or now
        for one in found.values()
        if one.is_active and not one.is_guest and one.slack_id and one.id not in off
        and not rules.is_away(one.schedule, away.get(one.id, ()), now=now)
    }  # fmt: skip


async def _reviewers_of(session: AsyncSession, evidence: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Evidence → who cannot be asked again: its author, and whoever was asked ever."""
    rows = await session.execute(
        select(Review.evidence_id, Review.author_id, Review.reviewer_id).where(Review.evidence_id.in_(evidence))
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for row in rows:
        found[row.evidence_id] |= {row.author_id, row.reviewer_id}
    return found


async def _write(session: AsyncSession, steps: Sequence[_Step], now: datetime) -> None:
    if not steps:
        return
    released = {
        "verdict": Verdict.RELEASED.value,
        "decided_at": now,
        "handed_to": bindparam("to", type_=Uuid),
    }
    by_key = update(Review).where(Review.id == bindparam("key"), Review.verdict == Verdict.ASKED.value)
    connection = await session.connection()
    await connection.execute(by_key.values(**released), [{"key": one.row.id, "to": one.cover} for one in steps])
    inside = await _inside(session, {one.row.author_id for one in steps if one.cover}, now)
    owed = []
    asked = []
    for one in steps:
        row = one.row
        if one.cover is not None:
            review = uuid4()
            asked.append({
                "id": review, "evidence_id": row.evidence_id, "author_id": row.author_id, "reviewer_id": one.cover,
                "is_outside": one.cover not in inside[row.author_id], "verdict": Verdict.ASKED.value, "reason": "",
            })  # fmt: skip
            key = f"{pieces.ASKED}:{review.hex}"
            owed.append(messages.owed(pieces.ASKED, to=one.cover, about=review, at=one.at, key=key))
        owed.append(
            messages.owed(HANDED, to=row.author_id, about=row.id, at=now, key=f"{HANDED}:{row.id.hex}:{row.take}")
        )
    await insert_new(session, Review, asked)
    await _settle(session, [one.row for one in steps if one.cover is None], now)
    await messages.tell_many(session, owed)
    for one in steps:
        await messages.withdraw(session, pieces.ASKED, about=one.row.id)
        if one.row.is_active:
            await messages.refresh(session, pieces.ASKED_AGAIN, to=one.row.reviewer_id, about=one.row.id, at=now)
    shown = {one for step in steps for one in (step.row.author_id, step.row.reviewer_id, step.cover) if one}
    await messages.redraw_home(session, shown, at=now)


async def _inside(session: AsyncSession, authors: Iterable[UUID], now: datetime) -> dict[UUID, set[UUID]]:
    """Author → everybody of their reporting line."""
    on = now.date()
    return {
        author: {
            *await people.managers_above(session, author, on=on), *await people.reports_below(session, author, on=on)
        }
        for author in authors
    }  # fmt: skip


async def _settle(session: AsyncSession, rows: Sequence[Any], now: datetime) -> None:
    """What the verdicts of the others mean, where nobody takes the place."""
    ids = {row.evidence_id for row in rows}
    for found in await evidence_rows.load(session, Evidence.id.in_(ids)):
        state = evidence_rules.without_reviewer(found.reviews, found.level.band)
        decided_at = now if state in evidence_rules.DECIDED else None
        settled = update(Evidence).where(Evidence.id == found.id)
        await session.execute(settled.values(state=state.value, decided_at=decided_at))


async def load_handed(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> dict[UUID, HandedOn]:
    """What authors hear of these reviews, by the review that is not asked for any more."""
    found = await pieces.by_review(session, ids)
    authors = await people.by_id(session, {one.author_id for one, _ in found.values()}, on=now.date())
    away = await people.absences(session, list(authors), on=now.date() - DAY)
    return {
        key: HandedOn(one, review, authors[one.author_id].schedule, tuple(away.get(one.author_id, ())))
        for key, (one, review) in found.items()
        if review.verdict is Verdict.RELEASED
    }

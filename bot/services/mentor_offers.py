"""Mentors who offer themselves to somebody, who decides; silence is an answer, too."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.mentors import MentorRequest as RequestRow
from bot.models.mentors import Proposal as ProposalRow
from bot.rules import cadence
from bot.rules.less import Topic
from bot.rules.mentors import OFFER_AGAIN_DAYS, OFFER_WAITS_DAYS, Match, Proposal, RequestState, Way
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import less_rows, mentor_pool, mentors, messages, people, proposals
from bot.services import proposal_rows as rows


async def offer_to(session: AsyncSession, *, by: Person, to: str, now: datetime, today: date) -> Proposal:
    """Offer to mentor one person, by their Slack id."""
    mentee = (await people.by_slack_id(session, [to], on=today)).get(to)
    if mentee is None or not mentee.is_active or mentee.is_guest:
        raise Refusal("This is not a colleague in the directory: an app, a guest or a leaver.", field="mentee")
    await _check_offer(session, by, mentee, now=now, today=today)
    away = (await people.absences(session, [mentee.id], on=today - cadence.DAY)).get(mentee.id, ())
    request = RequestRow(id=uuid4(), mentee_id=mentee.id, state=RequestState.OFFERED.value, asked_at=now)
    session.add(request)
    await session.flush()
    expires_at = proposals.expires(now, mentee, away, OFFER_WAITS_DAYS)
    session.add(ProposalRow(**proposals.row(Match(request.id, by.id), Way.OFFER, now=now, expires_at=expires_at)))
    await session.flush()
    (made,) = await rows.load(session, ProposalRow.request_id == request.id, on=today)
    await messages.tell(session, proposals.OFFERED, to=mentee.id, about=made.id, at=now)
    await messages.redraw_home(session, [mentee.id], at=now)
    return made


async def _check_offer(session: AsyncSession, by: Person, mentee: Person, *, now: datetime, today: date) -> None:
    """Refusal unless this mentor may offer themself to this person. It never says who avoids whom."""
    if mentee.id == by.id:
        raise Refusal("That is you. Choose a colleague you would like to help.", field="mentee")
    mine = (await mentors.offers(session, [by.id], on=today)).get(by.id)
    if mine is None:
        raise Refusal(mentors.NOTHING_OFFERED)
    if not mine.is_open(today):
        raise Refusal("You take nobody new at the moment. `/mentor offer` changes that.")
    if await less_rows.switched_off(session, [mentee.id], Topic.MENTOR_REQUESTS, on=today):
        raise Refusal(f"{mentee.name} takes no offers at the moment. They can ask you any time.", field="mentee")
    if await _has_offered(session, by, mentee, since=now - timedelta(days=OFFER_AGAIN_DAYS)):
        said = f"You have offered this to {mentee.name} already. They can ask you any time; let it rest."
        raise Refusal(said, field="mentee")
    barred = await mentor_pool.bars(session, [mentee.id], today=today, asks_anew=False)
    if by.id in barred[mentee.id]:
        raise Refusal(proposals.NOT_THESE_TWO, field="mentee")


async def _has_offered(session: AsyncSession, by: Person, mentee: Person, *, since: datetime) -> bool:
    offered = select(ProposalRow.id).join(RequestRow, RequestRow.id == ProposalRow.request_id)
    earlier = offered.where(
        RequestRow.mentee_id == mentee.id, ProposalRow.mentor_id == by.id, ProposalRow.way == Way.OFFER.value,
        ProposalRow.asked_at > since,
    )  # fmt: skip
    return await session.scalar(earlier.limit(1)) is not None

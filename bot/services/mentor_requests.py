"""What a mentee can do: ask for a mentor, take it back, and see where it stands."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.mentors import MentorRequest as RequestRow
from bot.models.mentors import Proposal as ProposalRow
from bot.models.mentorships import Mentorship as MentorshipRow
from bot.rules import access, fit
from bot.rules import mentor_forms as forms
from bot.rules.framework import Framework
from bot.rules.mentor_forms import TypedWish, choice_field
from bot.rules.mentors import Offer, Proposal, ProposalState, Request, RequestState, Standing, decides
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import framework as frameworks
from bot.services import mentors, messages, people, proposals
from bot.services import proposal_rows as rows

WAITS = "mentor_request.waits"
NOT_A_MEMBER = (
    "A mentor is found by your track and level, and you are not enrolled yet. Whoever runs this can enrol you; "
    "you can offer to mentor today."
)


async def ask(session: AsyncSession, *, by: Person, typed: TypedWish, now: datetime, today: date) -> Request:
    """Ask for a mentor. A request that is open already gives way to this one, and keeps its turn."""
    if not by.is_member:
        raise Refusal(NOT_A_MEMBER)
    framework = await frameworks.current(session)
    wish = forms.read_wish(typed, by=by, framework=framework)
    choices = await _choices(session, by, typed, wish, framework, today)
    await mentors.keep_avoided(session, by=by, slack_ids=typed.avoid, today=today, choices=choices)
    before = await mine(session, by=by, today=today)
    if before is not None:
        await withdraw(session, by=by, request=before.id, now=now, today=today)
    named = " ".join(one.hex for one in choices)
    row = _row(by.id, comes_first=bool(before and before.comes_first), now=now) | wish | {"choices": named}
    return await _open(session, row, today)


def _row(mentee: UUID, *, comes_first: bool, now: datetime) -> dict[str, Any]:
    return {
        "id": uuid4(), "mentee_id": mentee, "state": RequestState.OPEN.value, "comes_first": comes_first,
        "asked_at": now,
    }  # fmt: skip


async def _open(session: AsyncSession, row: dict[str, Any], today: date) -> Request:
    if not await insert_new(session, RequestRow, [row]):
        raise Refusal("You have sent a request in another window just now. `/mentor` shows it.")
    (made,) = await rows.requests(session, RequestRow.id == row["id"], on=today)
    return made


async def _choices(
    session: AsyncSession, by: Person, typed: TypedWish, wish: dict[str, Any], framework: Framework, today: date
) -> tuple[UUID, ...]:
    """Those named, in order; a Refusal beside whoever cannot be asked says why, unless that is nobody's business."""
    found = await people.by_slack_id(session, [one for one in typed.choices if one], on=today)
    named = [found.get(one) for one in typed.choices]
    offers = await mentors.offers(session, [one.id for one in named if one], on=today)
    line = {
        *await people.managers_above(session, by.id, on=today),
        *await people.reports_below(session, by.id, on=today),
    }
    for place, (typed_id, person) in enumerate(zip(typed.choices, named, strict=True)):
        if not typed_id:
            continue
        why = _why_not(person, by, offers.get(person.id) if person else None, line, today)
        why = why or _why_not_them(person, by, wish, framework)
        if why:
            raise Refusal(why, field=choice_field(place))
    return forms.check_choices([person.id if person else None for person in named])


def _why_not(person: Person | None, by: Person, offer: Offer | None, line: set[UUID], today: date) -> str:
    if person is None or not person.is_active or person.is_guest:
        return "This is not a colleague in the directory: an app, a guest or a leaver. Name somebody else."
    if person.id == by.id:
        return "That is you. Name somebody else, or leave it empty for the best match."
    if person.id in line:
        return f"{person.name} is in your own line of managers. A mentor looks from outside; name somebody else."
    if offer is None:
        return f"{person.name} does not mentor at the moment. Find a mentor in `/mentor`, or leave it empty."
    if not offer.is_open(today):
        return f"{person.name} has no place at the moment. Name somebody else, or leave it empty for the best match."
    return ""


def _why_not_them(person: Person | None, by: Person, wish: dict[str, Any], framework: Framework) -> str:
    """What the ladder says against a mentor somebody names."""
    assert person is not None  # noqa: S101  (refused before)
    own = framework.band_of(by.track, by.level)
    wanted = fit.Wish(by.track, own, wish["track"], wish["is_same_track"], framework.is_at_top(own))
    standing = fit.Standing(person.track, framework.band_of(person.track, person.level))
    if not fit.is_track_right(wanted, standing):
        return f"{person.name} is not on a track you ask for. Change the track below, or name somebody else."
    if not fit.is_band_right(wanted, standing):
        return f"{person.name} is not one to three bands above you, which is what a mentor needs. Name somebody else."
    return ""


async def mine(session: AsyncSession, *, by: Person, today: date) -> Request | None:
    """One's own open request."""
    found = await rows.requests(
        session, RequestRow.mentee_id == by.id, RequestRow.state == RequestState.OPEN.value, on=today
    )
    return found[0] if found else None


async def withdraw(session: AsyncSession, *, by: Person, request: UUID, now: datetime, today: date) -> None:
    """Take it back, at any time; whoever has it before them sees that it is not needed any more."""
    theirs = (RequestRow.id == request, RequestRow.mentee_id == by.id)
    state = await session.scalar(select(RequestRow.state).where(*theirs))
    if state is None:
        access.refuse()
    access.require({"author"}, "write", "mentor request")
    if not await close(session, [request], now=now):
        raise Refusal("This request is closed already. `/mentor` shows how it stands.")


async def close(session: AsyncSession, requests: Sequence[UUID], *, now: datetime) -> set[UUID]:
    """Those of these requests that were open are withdrawn now, and asked of nobody."""
    is_open = RequestRow.state.in_([RequestState.OPEN.value, RequestState.OFFERED.value])
    closed = await session.scalars(
        update(RequestRow)
        .where(RequestRow.id.in_(requests), is_open)
        .values(state=RequestState.WITHDRAWN.value, closed_at=now)
        .returning(RequestRow.id)
    )
    ids = set(closed)
    asked = (ProposalRow.request_id.in_(ids), ProposalRow.state == ProposalState.PROPOSED.value)
    over = await rows.load(session, *asked, on=now.date())
    await session.execute(update(ProposalRow).where(*asked).values(state=ProposalState.WITHDRAWN.value, decided_at=now))
    await proposals.draw_anew(session, over, now=now)
    mentees = await session.scalars(select(RequestRow.mentee_id).where(RequestRow.id.in_(ids)))
    await messages.redraw_home(session, mentees, at=now)
    return ids


async def reopen(
    session: AsyncSession, *, mentee: UUID, from_mentorship: UUID, comes_first: bool = True, now: datetime
) -> UUID | None:
    """Look for somebody new with the wishes that led to this mentorship; an open request only moves to the front.

    Returns the request; None where the mentee was none of this pair.
    """
    own = update(RequestRow).where(RequestRow.mentee_id == mentee, RequestRow.state == RequestState.OPEN.value)
    there: UUID | None = await session.scalar(
        own.values(comes_first=comes_first or RequestRow.comes_first, waits_since=None).returning(RequestRow.id)
    )
    if there is not None:
        return there
    found = await session.execute(
        select(MentorshipRow, RequestRow)
        .outerjoin(RequestRow, RequestRow.id == MentorshipRow.request_id)
        .where(MentorshipRow.id == from_mentorship, MentorshipRow.mentee_id == mentee)
    )
    row = found.first()
    if row is None:
        return None
    pair, asked = row.Mentorship, row.MentorRequest
    wish = {"goal": pair.goal, "competencies": pair.competencies, "rhythm_days": pair.rhythm_days}
    if asked is not None:
        wish |= {"track": asked.track, "is_same_track": asked.is_same_track, "languages": asked.languages}
    new = _row(mentee, comes_first=comes_first, now=now) | wish
    await insert_new(session, RequestRow, [new])
    await messages.redraw_home(session, [mentee], at=now)
    request: UUID = new["id"]
    return request


async def standing(session: AsyncSession, *, by: Person, now: datetime, today: date) -> Standing:
    """Where somebody stands with mentoring, as mentee and as mentor."""
    offer = (await mentors.offers(session, [by.id], on=today)).get(by.id)
    request = await mine(session, by=by, today=today)
    waiting = (await to_answer(session, [by.id], now=now)).get(by.id, [])
    asked: list[Proposal] = []
    if request is not None:
        now_with = (ProposalRow.request_id == request.id, ProposalRow.state == ProposalState.PROPOSED.value)
        asked = await rows.load(session, *now_with, on=today)
    return Standing(by, offer, request, asked[0] if asked else None, tuple(waiting))


async def to_answer(session: AsyncSession, who: Sequence[UUID], *, now: datetime) -> dict[UUID, list[Proposal]]:
    """Person → what was put before them and waits for their answer: as mentor, or as whom a mentor offers time."""
    is_open = (ProposalRow.state == ProposalState.PROPOSED.value, ProposalRow.expires_at > now)
    found: dict[UUID, list[Proposal]] = {}
    for one in await rows.load(session, proposals.put_before(who), *is_open, on=now.date()):
        found.setdefault(decides(one).id, []).append(one)
    return found

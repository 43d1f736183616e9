"""360 rounds: begin one, extend it, stop it, see how it stands. Names, answers and reports have files of their own."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.people import Person as PersonRow
from bot.models.people import ReportingLine
from bot.models.rounds import Round as RoundRow
from bot.models.rounds import RoundAnswer as AnswerRow
from bot.models.rounds import RoundSeat as SeatRow
from bot.rules import access
from bot.rules import round_checks as checks
from bot.rules import rounds as rules
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.rules.rounds import LIVE, MOVED_ON, Mine, Perspective, Round, Seat, SeatState, State, Terms
from bot.services import framework as frameworks
from bot.services import looks, messages, people, relations, round_deputies
from bot.services import round_rows as rows

NOMINATE = "round.nominate"
APPROVE = "round.approve"
INVITED = "round.invited"
INVITED_AGAIN = "round.invited_again"
EXTENDED = "round.extended"
STOPPED = "round.stopped"

by_id, seats_by_id = rows.by_id, rows.seats_by_id


async def begin(
    session: AsyncSession, *, by: Person, of: UUID | None = None, due_on: date | None = None, now: datetime, today: date
) -> Round:
    """Begin a round about oneself, or about somebody one manages, who is asked to name people."""
    subject = by if of in (None, by.id) else await _report(session, by, of, today)
    due_on = due_on or checks.first_due(today)
    checks.check_due(due_on, today=today)
    round_id, frozen = uuid4(), await terms_of(session, subject)
    row = {
        "id": round_id, "person_id": subject.id, "is_from_manager": subject.id != by.id,
        "state": State.NOMINATING.value, "due_on": due_on, "terms": rules.write_terms(frozen), "begun_at": now,
    }  # fmt: skip
    if not await insert_new(session, RoundRow, [row]):
        raise Refusal(checks.OPEN_ALREADY.format(name=subject.name))
    if subject.id != by.id:
        await messages.tell(session, NOMINATE, to=subject.id, about=round_id, at=now)
    await messages.redraw_home(session, [subject.id, by.id], at=now)
    return await seen(session, round_id, by, today)


async def _report(session: AsyncSession, by: Person, of: UUID | None, today: date) -> Person:
    found = await people.by_id(session, [of] if of else [], on=today)
    subject = next(iter(found.values()), None)
    if subject is None or subject.manager_id != by.id:
        access.refuse()
    return subject


async def terms_of(session: AsyncSession, subject: Person) -> Terms:
    framework = await frameworks.current(session)
    track = framework.track(subject.track or "")
    level = framework.level(subject.track or "", subject.level or "")
    if not subject.is_member or track is None or level is None:
        raise Refusal(checks.NOT_A_MEMBER.format(name=subject.name))
    return rules.terms(track, level, framework.version)


async def seen(session: AsyncSession, round_id: UUID, by: Person, today: date) -> Round:
    return rules.veiled(await rows.load_one(session, round_id, on=today), by=by.id)


# Longer, or not at all


async def extend(
    session: AsyncSession, *, by: Person, round_id: UUID, due_on: date, now: datetime, today: date
) -> Round:
    """Give more time, once. Everybody who is asked hears of it, for nobody knows who has answered."""
    found = await _theirs(session, by, round_id, today)
    checks.check_extension(found, due_on)
    await session.execute(update(RoundRow).where(RoundRow.id == found.id).values(due_on=due_on, is_extended=True))
    reached = [seat for seat in await _reached(session, _asked(found)) if seat.person.id != by.id]
    await messages.tell_many(
        session, [messages.owed(EXTENDED, to=seat.person.id, about=seat.id, at=now) for seat in reached]
    )
    return await seen(session, round_id, by, today)


async def _theirs(session: AsyncSession, by: Person, round_id: UUID, today: date) -> Round:
    """A round as its member or their manager decides about it."""
    found = await rows.hold(session, round_id, on=today)
    if by.id not in (found.subject.id, found.subject.manager_id):
        access.refuse()
    return found


async def stop(session: AsyncSession, *, by: Person, round_id: UUID, now: datetime, today: date) -> None:
    """End it without a report; what was written is gone. A manager may until colleagues are asked."""
    found = await _theirs(session, by, round_id, today)
    if by.id != found.subject.id and found.state is State.OPEN:
        raise Refusal(f"Colleagues have been asked, so {found.subject.name} alone can stop it now. Talk it over.")
    if found.state not in LIVE:
        raise Refusal(MOVED_ON)
    await stop_all(session, [found], now=now)


async def stop_all(session: AsyncSession, rounds: Sequence[Round], *, now: datetime) -> None:
    """Also for those whose member is not here any more. Whoever has not heard that they are asked hears nothing."""
    ids = [one.id for one in rounds]
    live = update(RoundRow).where(RoundRow.id.in_(ids), RoundRow.state.in_([one.value for one in LIVE]))
    stopped = set(await session.scalars(live.values(state=State.STOPPED.value, closed_at=now).returning(RoundRow.id)))
    await session.execute(delete(AnswerRow).where(AnswerRow.round_id.in_(stopped)))
    over = [one for one in rounds if one.id in stopped]
    asked = [seat for one in over for seat in _asked(one)]
    owed = [
        messages.owed(STOPPED, to=seat.person.id, about=seat.id, at=now)
        for seat in await _reached(session, asked)
        if seat.perspective is not Perspective.SELF
    ]
    await messages.tell_many(session, owed)
    for one in over:
        await messages.withdraw(session, APPROVE, about=one.id)
    await draw_anew(session, asked, now=now)
    await messages.redraw_home(session, [one.subject.id for one in over], at=now)


def _asked(found: Round) -> list[Seat]:
    return [seat for seat in found.seats if seat.state in rules.ASKED]


async def _reached(session: AsyncSession, asked: Collection[Seat]) -> list[Seat]:
    """Those who know that they are asked: from their invitation, or they have said yes in *My rounds*."""
    unheard = await messages.unheard(session, INVITED, about=[seat.id for seat in asked])
    return [seat for seat in asked if seat.state is SeatState.ACCEPTED or seat.id not in unheard]


async def draw_anew(session: AsyncSession, seats: Iterable[Seat], *, now: datetime) -> None:
    """Their invitations again, as things stand now; one that has not been sent yet is drawn when it is."""
    seats = list(seats)
    await messages.tell_many(
        session,
        [
            messages.owed(INVITED_AGAIN, to=seat.person.id, about=seat.id, at=now, key=f"{INVITED_AGAIN}:{uuid4().hex}")
            for seat in seats
        ],
    )
    await messages.redraw_home(session, [seat.person.id for seat in seats], at=now)


def reports_of(managers: Collection[UUID], today: date) -> Any:
    return (
        select(ReportingLine.person_id)
        .join(PersonRow, PersonRow.id == ReportingLine.person_id)
        .where(ReportingLine.manager_id.in_(managers), people.holds(ReportingLine, today), PersonRow.is_active)
    )


# Looking at it


async def read(session: AsyncSession, *, by: Person, round_id: UUID, today: date) -> Round:
    """How a round stands: for its member and their manager, with nothing about who accepted or answered."""
    found = await rows.load_one(session, round_id, on=today)
    standing = await relations.to_person(session, by=by, of=found.subject.id, thing="round", on=today)
    because = access.require(standing & {"author", "manager"}, "read", "round", "combined")
    looks.saw(session, by=by, thing="round", about=found.id, of=found.subject.id, because=because)
    return rules.veiled(found, by=by.id)


async def mine(session: AsyncSession, *, by: Person, now: datetime, today: date) -> Mine:
    """Where somebody stands with rounds: their own, what they are asked for, and their people's."""
    asked = select(SeatRow.round_id).where(
        SeatRow.giver_id == by.id, SeatRow.state.in_([one.value for one in rules.ASKED])
    )
    own = RoundRow.person_id == by.id
    team = RoundRow.person_id.in_(reports_of([by.id], today))
    is_asked = RoundRow.id.in_(asked) & (RoundRow.state == State.OPEN.value)
    found = await rows.load(session, or_(own, team, is_asked), on=today)
    theirs = [one for one in found if one.subject.manager_id == by.id]
    in_place = await round_deputies.to_approve(session, [by.id], now=now)
    return Mine(
        own=tuple(
            [
                await round_deputies.standing(session, rules.veiled(one, by=by.id), now=now)
                for one in found
                if one.subject.id == by.id
            ]
        ),
        asked=tuple(
            (rules.for_giver(one), seat)
            for one in found
            if one.state is State.OPEN
            for seat in one.seats
            if seat.person.id == by.id and seat.state in rules.ASKED
        ),
        to_approve=(*(rules.veiled(one, by=by.id) for one in theirs if _waits(one)), *in_place.get(by.id, ())),
        team=tuple(rules.veiled(one, by=by.id) for one in theirs),
    )


async def to_approve(session: AsyncSession, who: Collection[UUID], *, now: datetime) -> dict[UUID, list[Round]]:
    """Manager or deputy → rounds in which names wait for them, the longest waiting first."""
    on = now.date()
    live = (RoundRow.state.in_([State.WAITING.value, State.OPEN.value]), RoundRow.person_id.in_(reports_of(who, on)))
    found = defaultdict(list, await round_deputies.to_approve(session, who, now=now))
    for one in reversed(await rows.load(session, *live, on=on, most=None)):
        if one.subject.manager_id is not None and _waits(one):
            found[one.subject.manager_id].append(rules.veiled(one, by=one.subject.manager_id))
    return found


def _waits(found: Round) -> bool:
    return found.state in (State.WAITING, State.OPEN) and any(seat.is_new for seat in found.seats)

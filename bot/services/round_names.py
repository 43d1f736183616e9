"""360 rounds: who is asked. The member names them, the manager agrees, and the round opens under fixed terms."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.rounds import Round as RoundRow
from bot.models.rounds import RoundSeat as SeatRow
from bot.rules import access
from bot.rules import round_checks as checks
from bot.rules import rounds as rules
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.rules.rounds import COLLEAGUES, LIVE, MOVED_ON, Perspective, Round, Seat, SeatState, State
from bot.services import looks, messages, people, round_deputies, rounds
from bot.services import round_rows as rows

CHANGED = "round.changed"


async def nominate(
    session: AsyncSession, *, by: Person, round_id: UUID, peers: Sequence[str], reports: Sequence[str], now: datetime,
    today: date,
) -> Round:  # fmt: skip
    """The member's list, by Slack ids, for the manager to agree to; it may be sent again until then.

    Once the round is open: new names for places that are free. Without a manager nobody has to agree.
    """
    found = await rows.hold(session, round_id, on=today)
    if found.subject.id != by.id:
        access.refuse()
    if found.state not in LIVE:
        raise Refusal(MOVED_ON)
    if found.state is State.OPEN and not rules.places(found):
        raise Refusal(checks.NO_PLACE, field="peers")
    named, below = await _named(session, found, peers, reports, today)
    if found.state is State.OPEN:
        await _replace(session, found, named)
    else:
        checks.check_named(named, reports=below)
        await _change(session, found, state=State.WAITING.value)
        await session.execute(delete(SeatRow).where(SeatRow.round_id == found.id))
        await _seat(session, found.id, named)
    if found.manager is None:
        await _open(session, await rows.load_one(session, round_id, on=today), now=now, today=today)
    else:
        await _ask_to_agree(session, found, found.manager, now=now, today=today)
    return await round_deputies.standing(session, await rounds.seen(session, round_id, by, today), now=now)


async def _ask_to_agree(session: AsyncSession, found: Round, manager: Person, *, now: datetime, today: date) -> None:
    """Each list is asked about anew: the manager, and whoever stands in."""
    await messages.withdraw(session, rounds.APPROVE, about=found.id)
    key = f"{rounds.APPROVE}:{uuid4().hex}"
    await messages.tell(session, rounds.APPROVE, to=manager.id, about=found.id, at=now, key=key)
    await round_deputies.tell(session, RoundRow.id == found.id, now=now, today=today)
    await messages.redraw_home(session, [found.subject.id, manager.id], at=now)


async def _named(
    session: AsyncSession, found: Round, peers: Sequence[str], reports: Sequence[str], today: date
) -> tuple[dict[UUID, Perspective], set[UUID]]:
    """Person → perspective, and who reports to the member today."""
    who = await people.by_slack_id(session, [*peers, *reports], on=today)
    below = set(await session.scalars(rounds.reports_of([found.subject.id], today)))
    taken = {seat.person.id for seat in found.seats if found.state is State.OPEN and not seat.is_new}
    named: dict[UUID, Perspective] = {}
    for perspective, slack_ids in zip(COLLEAGUES, (peers, reports), strict=True):
        for slack_id in dict.fromkeys(slack_ids):
            one = checks.check_person(who.get(slack_id), perspective, subject=found.subject, reports=below)
            if one.id in taken or one.id in named:
                raise Refusal(checks.TWICE.format(name=one.name), field=checks.FIELDS[perspective])
            named[one.id] = perspective
    return named, below


async def _replace(session: AsyncSession, found: Round, named: Mapping[UUID, Perspective]) -> None:
    """Each new name takes a place that is free; those named before, and not agreed to yet, give way to this list."""
    waiting = [seat for seat in found.seats if seat.is_new]
    places = {one: [seat for seat in found.of(one) if seat.state in rules.FREE] for one in COLLEAGUES}
    checks.check_replacements(named, {one: len(places[one]) for one in COLLEAGUES})
    await session.execute(delete(SeatRow).where(SeatRow.id.in_([seat.id for seat in waiting])))
    await _seat(session, found.id, named)


async def _seat(session: AsyncSession, round_id: UUID, named: Mapping[UUID, Perspective], **given: Any) -> None:
    given = {"state": SeatState.NAMED.value, "is_from_manager": False, **given}
    seats = [
        {"id": uuid4(), "round_id": round_id, "giver_id": who, "perspective": one.value, **given}
        for who, one in named.items()
    ]
    await insert_new(session, SeatRow, seats)


async def _change(session: AsyncSession, found: Round, **values: Any) -> None:
    """Change a round that is held."""
    await session.execute(update(RoundRow).where(RoundRow.id == found.id).values(**values))


# The manager agrees, or whoever stands in


async def to_agree(session: AsyncSession, *, by: Person, round_id: UUID, now: datetime, today: date) -> Round:
    """The names that wait, for whoever agrees to them. It is noted that they were looked at."""
    found = await rows.load_one(session, round_id, on=today)
    because, seen = await _agrees(session, found, by, now)
    looks.saw(session, by=by, thing="round", about=found.id, of=found.subject.id, because=because)
    return seen


async def _agrees(session: AsyncSession, found: Round, by: Person, now: datetime) -> tuple[str, Round]:
    """As what somebody agrees to names that wait, and the round as they see it. Refusal for everybody else."""
    named = await round_deputies.in_place(session, found, now=now)
    is_manager = found.manager is not None and found.manager.id == by.id
    standing = {"manager"} if is_manager else {"deputy"} if named and named.deputy_id == by.id else set[str]()
    because = access.require(standing, "read", "round", "combined")
    if found.state not in LIVE or not any(seat.is_new for seat in found.seats):
        raise Refusal(MOVED_ON)
    return because, rules.veiled(found, by=by.id) if is_manager else round_deputies.for_deputy(found)


async def approve(
    session: AsyncSession, *, by: Person, round_id: UUID, seen: UUID, peers: Sequence[str], reports: Sequence[str],
    now: datetime, today: date,
) -> Round:  # fmt: skip
    """Agree to the names that wait, as they are or changed. With the first list the round opens, under fixed terms.

    `seen`: what tells the list that was looked at from one that the member has sent in the meantime.
    """
    found = await rows.hold(session, round_id, on=today)
    _, theirs = await _agrees(session, found, by, now)
    if theirs.list_of_names != seen:
        raise Refusal(checks.ANOTHER_LIST.format(name=found.subject.name))
    named, below = await _named(session, found, peers, reports, today)
    if by.id in named:
        raise Refusal(checks.NOT_ONESELF, field=checks.FIELDS[named[by.id]])
    if found.state is State.WAITING:
        checks.check_named(named, reports=below)
    else:
        checks.check_replacements(named, rules.places(found))
    await _agree(session, found, named)
    await _open(session, await rows.load_one(session, round_id, on=today), now=now, today=today)
    agreed = await rows.load_one(session, round_id, on=today)
    return round_deputies.for_deputy(agreed) if theirs.in_place_of else rules.veiled(agreed, by=by.id)


async def _agree(session: AsyncSession, found: Round, named: Mapping[UUID, Perspective]) -> None:
    """The list as the manager wants it: who is added is theirs, and who is not on it stays as left out."""
    there = {seat.person.id for seat in found.seats if seat.is_new}
    left_out = update(SeatRow).where(SeatRow.round_id == found.id, SeatRow.state == SeatState.NAMED.value)
    await session.execute(
        left_out.where(SeatRow.giver_id.in_(there - named.keys())).values(state=SeatState.LEFT_OUT.value)
    )
    added = {who: one for who, one in named.items() if who not in there}
    await _seat(session, found.id, added, is_from_manager=True)
    for perspective in COLLEAGUES:  # somebody may have been named as the other kind
        ids = [who for who, one in named.items() if one is perspective]
        theirs = (SeatRow.round_id == found.id, SeatRow.giver_id.in_(ids), SeatRow.state == SeatState.NAMED.value)
        await session.execute(update(SeatRow).where(*theirs).values(perspective=perspective.value))


async def _open(session: AsyncSession, found: Round, *, now: datetime, today: date) -> None:
    """Ask those who are named and agreed to. The first time, the terms are fixed, and both sign what they say."""
    if found.state is State.OPEN:
        await _take_places(session, found)
    else:
        terms = await rounds.terms_of(session, found.subject)
        await _change(
            session, found, state=State.OPEN.value, opened_at=now, terms=rules.write_terms(terms),
            due_on=checks.due_when_opened(found.due_on, today=today),
        )  # fmt: skip
        signing = {found.subject.id: Perspective.SELF}
        if found.manager is not None:
            signing[found.manager.id] = Perspective.MANAGER
        await _seat(session, found.id, signing)
    new = (SeatRow.round_id == found.id, SeatRow.state == SeatState.NAMED.value)
    asked = update(SeatRow).where(*new).values(state=SeatState.INVITED.value).returning(SeatRow.id, SeatRow.giver_id)
    seats = (await session.execute(asked)).all()
    await messages.tell_many(
        session, [messages.owed(rounds.INVITED, to=one.giver_id, about=one.id, at=now) for one in seats]
    )
    if found.manager is not None:
        key = f"{CHANGED}:{uuid4().hex}"
        await messages.tell(session, CHANGED, to=found.subject.id, about=found.id, at=now, key=key)
    await messages.redraw_home(session, [found.subject.id, *(one.giver_id for one in seats)], at=now)


async def _take_places(session: AsyncSession, found: Round) -> None:
    taken: list[Seat] = []
    for one in COLLEAGUES:
        new = [seat for seat in found.of(one) if seat.is_new]
        taken += [seat for seat in found.of(one) if seat.state in rules.FREE][: len(new)]
    replaced = update(SeatRow).where(SeatRow.id.in_([seat.id for seat in taken]))
    await session.execute(replaced.values(state=SeatState.REPLACED.value))

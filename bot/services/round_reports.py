"""360 rounds: closing them. What was written is reckoned together once, kept as one report, and gone."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.rounds import Round as RoundRow
from bot.models.rounds import RoundAnswer as AnswerRow
from bot.models.rounds import RoundRating as RatingRow
from bot.models.rounds import RoundReport as ReportRow
from bot.models.rounds import RoundSeat as SeatRow
from bot.rules import access, cadence, round_report
from bot.rules import rounds as rules
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.rules.round_report import Opened, Report, Said
from bot.rules.rounds import CLOSED_STATES, COLLEAGUES, Perspective, Round, State, Text
from bot.services import looks, messages, people, relations, rounds
from bot.services import round_rows as rows

CLOSED = "round.closed"
READABLE = "round.readable"
AT_ONCE = 20
EVERYWHERE = timedelta(hours=12)  # by then the day has ended in the last zone
NOT_YET = "The report is {name}'s first. You hear from me as soon as it is yours to read, too."
GAVE_ONE = "You were one of those who were asked, so the report stays with {name}, who may tell you of it."
NO_REPORT = "There is no report: the round is not closed, or it was stopped."


async def close_due(session: AsyncSession, *, now: datetime, limit: int = AT_ONCE) -> int:
    """Close rounds whose last day is over everywhere; how many. To be called again until none is left.

    A constant number of statements, however many rounds and givers.
    """
    over = (RoundRow.state == State.OPEN.value, RoundRow.due_on < (now - EVERYWHERE).date())
    due = await session.scalars(select(RoundRow.id).where(*over).order_by(RoundRow.due_on).limit(limit))
    if not (ids := due.all()):
        return 0
    claim = update(RoundRow).where(RoundRow.id.in_(ids), *over).values(closed_at=now).returning(RoundRow.id)
    claimed = (await session.scalars(claim)).all()
    if claimed:
        await _close(session, await rows.load(session, RoundRow.id.in_(claimed), on=now.date(), most=limit), now=now)
    return len(claimed)


async def _close(session: AsyncSession, closing: Sequence[Round], *, now: datetime) -> None:
    reports, signed = await reckon(session, closing)
    ids = [one.id for one in closing]
    from_when = await _manager_from(session, closing, now)
    await session.execute(
        insert(ReportRow),
        [
            {
                "round_id": one.id, "person_id": one.subject.id, "payload": round_report.write(reports[one.id]),
                "signed_by": signed.get(one.id), "manager_from": from_when[one.id],
            }
            for one in closing
        ],
    )  # fmt: skip
    await session.execute(delete(AnswerRow).where(AnswerRow.round_id.in_(ids)))
    for state in sorted(CLOSED_STATES):
        these = [one.id for one in closing if round_report.state(reports[one.id]) is state]
        await session.execute(update(RoundRow).where(RoundRow.id.in_(these)).values(state=state.value))
    owed = [messages.owed(CLOSED, to=one.subject.id, about=one.id, at=now) for one in closing]
    await messages.tell_many(session, owed)
    asked = [seat for one in closing for seat in one.seats if seat.state in rules.ASKED]
    await rounds.draw_anew(session, asked, now=now)
    await messages.redraw_home(session, [one.subject.id for one in closing], at=now)


async def _manager_from(session: AsyncSession, closing: Sequence[Round], now: datetime) -> dict[UUID, datetime]:
    """The person has some working days of their own first; leave does not count."""
    away = await people.absences(session, [one.subject.id for one in closing], on=now.date() - cadence.DAY)
    return {
        one.id: cadence.after_working_days(
            now, one.terms.manager_after, one.subject.schedule, away.get(one.subject.id, ())
        )
        for one in closing
    }


# Reckoning


async def reckon(session: AsyncSession, closing: Sequence[Round]) -> tuple[dict[UUID, Report], dict[UUID, UUID]]:
    """The report of each round, and the manager who signed their part: one statement for the ratings, one for words.

    Nobody's name but the manager's is read, and each question is shuffled by itself.
    """
    ids = [one.id for one in closing]
    ratings = defaultdict[UUID, dict[tuple[Perspective, str], dict[int, int]]](lambda: defaultdict(dict))
    for row in await session.execute(_ratings(ids)):
        ratings[row.round_id][Perspective(row.perspective), row.competency][row.rating] = row.many
    texts = defaultdict[UUID, dict[tuple[Perspective, Text], list[str]]](lambda: defaultdict(list))
    answered = defaultdict[UUID, dict[Perspective, int]](lambda: defaultdict(int))
    signed: dict[UUID, UUID] = {}
    for row in await session.execute(_words(ids)):
        perspective = Perspective(row.perspective)
        answered[row.round_id][perspective] += 1
        if row.signed_by is not None:
            signed[row.round_id] = row.signed_by
        for question in Text:
            if text := getattr(row, question.value):
                texts[row.round_id][perspective, question].append(text)
    for one in (said for of_round in texts.values() for said in of_round.values()):
        secrets.SystemRandom().shuffle(one)
    return {
        one.id: round_report.report(Said(ratings[one.id], texts[one.id], answered[one.id], _asked(one)), one.terms)
        for one in closing
    }, signed


def _ratings(ids: Sequence[UUID]) -> Select[*tuple[Any, ...]]:
    grouped = (AnswerRow.round_id, AnswerRow.perspective, RatingRow.competency, RatingRow.rating)
    return (
        select(*grouped, func.count().label("many"))
        .join(AnswerRow, AnswerRow.id == RatingRow.answer_id)
        .where(AnswerRow.round_id.in_(ids))
        .group_by(*grouped)
    )


def _words(ids: Sequence[UUID]) -> Select[*tuple[Any, ...]]:
    signed_by = case((AnswerRow.perspective == Perspective.MANAGER.value, AnswerRow.giver_id)).label("signed_by")
    texts = [getattr(AnswerRow, question.value) for question in Text]
    return select(AnswerRow.round_id, AnswerRow.perspective, signed_by, *texts).where(AnswerRow.round_id.in_(ids))


def _asked(one: Round) -> frozenset[Perspective]:
    return frozenset(seat.perspective for seat in one.seats if seat.state not in rules.KNOWN)


# Reading


async def read(session: AsyncSession, *, by: Person, round_id: UUID, now: datetime, today: date) -> Opened:
    """The report: for the person, whose first look opens it for their manager, too; for the manager after that."""
    found = await rows.load_one(session, round_id, on=today)
    standing = await relations.to_person(session, by=by, of=found.subject.id, thing="round report", on=today)
    if "manager" in standing:
        _check_manager(found, by)
        standing.add("manager after the person")
    because = access.require(standing, "read", "round report")
    row = await session.get(ReportRow, round_id, populate_existing=True)
    if row is None:
        raise Refusal(NO_REPORT)
    looks.saw(session, by=by, thing="round report", about=round_id, of=found.subject.id, because=because)
    if by.id == found.subject.id and row.opened_at is None:
        await session.execute(
            update(ReportRow).where(ReportRow.round_id == round_id).values(opened_at=now).returning(ReportRow.round_id)
        )
        await _tell(session, ReportRow.round_id == round_id, now=now)
    signer = await people.by_id(session, [row.signed_by] if row.signed_by else [], on=today)
    name = next((one.name for one in signer.values()), None)
    return Opened(rules.veiled(found, by=by.id), round_report.read(row.payload), name)


def _check_manager(found: Round, by: Person) -> None:
    name = found.subject.name
    if not found.closed_at:
        raise Refusal(NO_REPORT)
    if rules.was_asked(found, by.id):
        raise Refusal(GAVE_ONE.format(name=name))
    if not found.is_told:
        raise Refusal(NOT_YET.format(name=name))


async def tell_managers(session: AsyncSession, *, now: datetime) -> int:
    """Managers hear of reports that are theirs to read now; how many."""
    return await _tell(session, or_(ReportRow.opened_at.is_not(None), ReportRow.manager_from <= now), now=now)


async def _tell(session: AsyncSession, which: ColumnElement[bool], *, now: datetime) -> int:
    telling = update(ReportRow).where(which, ReportRow.told_at.is_(None)).values(told_at=now)
    told = {
        row.round_id: row.person_id
        for row in await session.execute(telling.returning(ReportRow.round_id, ReportRow.person_id))
    }
    if not told:
        return 0
    who: Mapping[UUID, Person] = await people.by_id(session, told.values(), on=now.date())
    asked = await _asked_among(session, list(told))
    owed = [
        messages.owed(READABLE, to=manager, about=round_id, at=now)
        for round_id, person in told.items()
        if (manager := who[person].manager_id) is not None and (round_id, manager) not in asked
    ]
    await messages.tell_many(session, owed)
    return len(told)


async def _asked_among(session: AsyncSession, ids: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    """Round and colleague, for those who may have written something that is not signed."""
    asked = select(SeatRow.round_id, SeatRow.giver_id).where(
        SeatRow.round_id.in_(ids), SeatRow.perspective.in_([one.value for one in COLLEAGUES])
    )
    return {(row.round_id, row.giver_id) for row in await session.execute(asked)}

"""The manager's view of a self-assessment: asked for by its author, given without having read theirs."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.assessments import RatingDraft, SelfAssessment, SelfRating
from bot.models.people import Person as PersonRow
from bot.rules import access
from bot.rules import assessment_ratings as rating_rules
from bot.rules import assessments as rules
from bot.rules.assessments import Assessment, Blind, Rating, Said, State
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import assessment_rows as rows
from bot.services import deputies, messages

ASKED = "assessment.asked"
ASKED_AGAIN = "assessment.asked_again"
BOTH = "assessment.both"
NO_LONGER = "You are not asked any more: it was taken back, or your view is in already. Thank you for looking."


async def open_ask(session: AsyncSession, *, by: Person, assessment: UUID) -> Assessment:
    """One's own, to pick from what the manager is asked about."""
    found = await rows.one(session, assessment)
    access.require(rules.relations(found, by.id, ()), "write", found.thing)
    rating_rules.check_can_ask(found, by)
    return found


async def is_manager_away(session: AsyncSession, *, by: Person, now: datetime) -> bool:
    """For whoever is about to ask: whether it will wait until their manager is back."""
    return by.manager_id is not None and bool(await deputies.away(session, [by.manager_id], now=now))


async def ask(
    session: AsyncSession, *, by: Person, assessment: UUID, picked: Sequence[str], now: datetime
) -> Assessment:
    """Ask whoever is the manager now. From here on one's own view stays as it is, so that neither follows the other."""
    found = await open_ask(session, by=by, assessment=assessment)
    rating_rules.check_picked(found, picked)
    asked = {"state": State.ASKED.value, "rater_id": by.manager_id, "asked_at": now, "changed_at": now}
    await rows.change(session, assessment, SelfAssessment.state == State.OPEN.value, **asked)
    of = update(SelfRating).where(SelfRating.assessment_id == assessment)
    await session.execute(of.values(is_picked=SelfRating.competency.in_(picked), rater_id=by.manager_id))
    if by.manager_id is not None:
        key = f"{ASKED}:{assessment.hex}:{now.isoformat()}"
        await messages.tell(session, ASKED, to=by.manager_id, about=assessment, at=now, key=key)
        await messages.redraw_home(session, [by.manager_id], at=now)
    return await rows.one(session, assessment)


async def take_back(session: AsyncSession, *, by: Person, assessment: UUID, now: datetime) -> Assessment:
    """Nobody is asked any more, and one's own view can be changed again. Not once the manager's is in."""
    found = await rows.one(session, assessment)
    access.require(rules.relations(found, by.id, ()), "write", found.thing)
    if found.state is State.RATED:
        rules.check_open(found.state)
    await messages.withdraw(session, ASKED, about=assessment)
    if found.rater_id is not None:
        await messages.refresh(session, ASKED_AGAIN, to=found.rater_id, about=assessment, at=now)
        await messages.redraw_home(session, [found.rater_id], at=now)
    nobody = {"state": State.OPEN.value, "rater_id": None, "asked_at": None, "changed_at": now}
    await rows.change(session, assessment, SelfAssessment.state == State.ASKED.value, **nobody)
    of = update(SelfRating).where(SelfRating.assessment_id == assessment)
    await session.execute(of.values(is_picked=False, rater_id=None))
    await _no_draft(session, assessment)
    return await rows.one(session, assessment)


async def open_rating(session: AsyncSession, *, by: Person, assessment: UUID) -> Blind:
    """What the manager who was asked sees: the words of the level and the evidence, nothing of the author's view; and
    what they have kept so far."""
    blind = rating_rules.blind(await _to_rate(session, by, assessment))
    return replace(blind, drafted=await _drafted(session, by, assessment))


async def _drafted(session: AsyncSession, by: Person, assessment: UUID) -> dict[str, Said]:
    kept = select(RatingDraft).where(RatingDraft.assessment_id == assessment, RatingDraft.rater_id == by.id)
    rows_of = await session.scalars(kept.execution_options(populate_existing=True))
    return {row.competency: Said(Rating(row.rating) if row.rating else None, row.note) for row in rows_of}


async def _no_draft(session: AsyncSession, assessment: UUID) -> None:
    await session.execute(delete(RatingDraft).where(RatingDraft.assessment_id == assessment))


async def _to_rate(session: AsyncSession, by: Person, assessment: UUID) -> Assessment:
    found = await rows.one(session, assessment)
    if found.rater_id == by.id and found.state is State.RATED:
        raise Refusal(NO_LONGER)
    access.require(rules.relations(found, by.id, ()), "review", found.thing)
    return found


async def keep(session: AsyncSession, *, by: Person, assessment: UUID, given: Mapping[str, Said]) -> Blind:
    """A manager's view so far, as much or as little of it as there is. Nobody else reads it, and nobody is told."""
    blind = rating_rules.blind(await _to_rate(session, by, assessment))
    rating_rules.check_draft(blind, given)
    await rows.change(session, assessment, *_asked_of(by), rater_id=by.id)
    await _no_draft(session, assessment)
    drafted = {one.key: given[one.key] for one, _ in blind.asked if given.get(one.key, Said()) != Said()}
    kept = [
        {"assessment_id": assessment, "competency": key, "rater_id": by.id, "rating": said.rating or "",
         "note": said.note}
        for key, said in drafted.items()
    ]  # fmt: skip
    if kept:
        await session.execute(insert(RatingDraft), kept)
    return replace(blind, drafted=drafted)


def _asked_of(by: Person) -> tuple[ColumnElement[bool], ...]:
    return SelfAssessment.state == State.ASKED.value, SelfAssessment.rater_id == by.id


async def rate(session: AsyncSession, *, by: Person, assessment: UUID, now: datetime) -> Assessment:
    """Send what was kept: a view of all that was picked, at once and for good. From now on both read both."""
    blind = await open_rating(session, by=by, assessment=assessment)
    rating_rules.check_whole(blind)
    await rows.change(session, assessment, *_asked_of(by), state=State.RATED.value, rated_at=now, changed_at=now)
    for expected, _ in blind.asked:
        said = blind.so_far(expected)
        of = (SelfRating.assessment_id == assessment, SelfRating.competency == expected.key)
        await session.execute(update(SelfRating).where(*of).values(theirs=said.rating or "", their_note=said.note))
    await _no_draft(session, assessment)
    await messages.tell(session, BOTH, to=blind.author_id, about=assessment, at=now)
    await messages.withdraw(session, ASKED, about=assessment)
    await messages.refresh(session, ASKED_AGAIN, to=by.id, about=assessment, at=now)
    await messages.redraw_home(session, [by.id], at=now)
    return await rows.one(session, assessment)


async def waiting(session: AsyncSession, managers: Collection[UUID]) -> dict[UUID, tuple[Blind, ...]]:
    """Manager → what they are asked about by people who are here, the longest waiting first."""
    here = SelfAssessment.person_id.in_(select(PersonRow.id).where(PersonRow.is_active))
    found = await rows.load(
        session, SelfAssessment.rater_id.in_(managers), SelfAssessment.state == State.ASKED.value, here
    )
    asked: dict[UUID, list[Blind]] = defaultdict(list)
    for one in reversed(found):
        if one.rater_id is not None:
            asked[one.rater_id].append(rating_rules.blind(one))
    return {manager: tuple(many) for manager, many in asked.items()}


async def in_state(session: AsyncSession, ids: Collection[UUID], states: Collection[State]) -> dict[UUID, Assessment]:
    """For messages: those that stand so."""
    return {key: one for key, one in (await rows.by_id(session, ids)).items() if one.state in states}

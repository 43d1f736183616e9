"""Self-assessments: begin one, say how one sees it, share it, read it; and what both views together show."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.assessments import SelfAssessment, SelfRating
from bot.models.evidence import Evidence
from bot.rules import access
from bot.rules import assessments as rules
from bot.rules import side_by_side as sides
from bot.rules.assessments import Answer, Assessment, Choice, Page, Piece, Said, State
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.rules.side_by_side import SideBySide
from bot.services import assessment_ratings, looks, messages, relations
from bot.services import assessment_rows as rows
from bot.services import framework as frameworks

SHARED = "assessment.shared"
MOST = 10  # on one page


# What its author does


async def page(session: AsyncSession, *, by: Person) -> Page:
    """One's own, and for a manager what waits for their view."""
    mine = await rows.load(session, SelfAssessment.person_id == by.id, limit=MOST)
    waiting = await assessment_ratings.waiting(session, [by.id])
    return Page(tuple(mine), waiting.get(by.id, ()), by.is_member)


async def choices(session: AsyncSession, *, by: Person) -> tuple[Choice, ...]:
    """The levels one can look at oneself against."""
    if not by.is_member:
        raise Refusal(rules.NOT_A_MEMBER)
    return rules.choices(await frameworks.current(session), by)


async def begin(session: AsyncSession, *, by: Person, level: str, now: datetime) -> Assessment:
    """A new one against this level in the words of today, or the one that is open already."""
    if not by.is_member:
        raise Refusal(rules.NOT_A_MEMBER)
    wording = rules.worded(await frameworks.current(session), level)
    still_open = (SelfAssessment.level == wording.level, SelfAssessment.state == State.OPEN.value)
    before = await rows.load(session, SelfAssessment.person_id == by.id, *still_open, limit=1)
    if before:
        return before[0]
    row = SelfAssessment(
        id=uuid4(), person_id=by.id, track=wording.track, level=wording.level, is_own_track=wording.track == by.track,
        wording=rows.written(wording), state=State.OPEN.value, changed_at=now,
    )  # fmt: skip
    session.add(row)
    await session.flush()
    return await rows.one(session, row.id)


async def open_mine(session: AsyncSession, *, by: Person, assessment: UUID) -> Assessment:
    """One's own, to be changed. Refusal while the manager has been asked, and once both views are in."""
    found = await mine(session, by=by, assessment=assessment)
    rules.check_open(found.state)
    return found


async def mine(session: AsyncSession, *, by: Person, assessment: UUID) -> Assessment:
    found = await rows.one(session, assessment)
    access.require(rules.relations(found, by.id, ()), "write", found.thing)
    return found


async def accepted_of(session: AsyncSession, *, by: Person) -> Sequence[Piece]:
    """One's own accepted evidence, to go with what one says."""
    return await rows.accepted(session, Evidence.author_id == by.id)


async def keep(
    session: AsyncSession, *, by: Person, assessment: UUID, answers: Mapping[str, Answer], now: datetime
) -> Assessment:
    """What one has said so far, as much or as little of it as one likes."""
    found = await open_mine(session, by=by, assessment=assessment)
    pieces = await accepted_of(session, by=by) if any(one.pieces for one in answers.values()) else ()
    rules.check_answers(found, answers, {one.id for one in pieces})
    await rows.change(session, assessment, SelfAssessment.state == State.OPEN.value, changed_at=now)
    await session.execute(delete(SelfRating).where(SelfRating.assessment_id == assessment))
    said = [
        {
            "assessment_id": assessment, "competency": line.expected.key, "person_id": by.id,
            "own": (given.said.rating or ""), "own_note": given.said.note,
            "pieces": " ".join(one.hex for one in given.pieces), "is_picked": False, "theirs": "", "their_note": "",
        }
        for line in found.lines
        if (given := answers.get(line.expected.key, Answer(Said()))) != Answer(Said())
    ]  # fmt: skip
    if said:
        await session.execute(insert(SelfRating), said)
    return await rows.one(session, assessment)


async def share(
    session: AsyncSession, *, by: Person, assessment: UUID, manager: bool, mentor: bool, now: datetime
) -> Assessment:
    """Let one's manager or mentors read it, or no longer. Only what is about another track needs it for the manager."""
    found = await mine(session, by=by, assessment=assessment)
    is_for_manager = manager and not found.is_own_track
    await rows.change(session, assessment, is_for_manager=is_for_manager, is_for_mentor=mentor)
    told = [by.manager_id] if is_for_manager and not found.is_for_manager and by.manager_id else []
    if mentor and not found.is_for_mentor:
        told += await relations.mentors_of(session, by.id)
    for reader in told:
        await messages.tell(session, SHARED, to=reader, about=assessment, at=now)
    return await rows.one(session, assessment)


async def drop(session: AsyncSession, *, by: Person, assessment: UUID) -> None:
    """Gone with all its words; not while the manager is asked, and not once both have read both."""
    await open_mine(session, by=by, assessment=assessment)
    await session.execute(delete(SelfAssessment).where(SelfAssessment.id == assessment))


# What is read of it


async def read(session: AsyncSession, *, by: Person, assessment: UUID, on: date) -> Assessment:
    """All of it for its author, for the manager once their own view is in, and for those it is shared with; somebody
    who was the manager then keeps reading what they themselves said. Refusal for everybody else."""
    found = await rows.one(session, assessment)
    standing = await relations.to_person(session, by=by, of=found.author_id, thing=found.thing, on=on)
    own = rules.relations(found, by.id, standing)
    because = access.allowing(own, "read", found.thing)
    if because is None:
        access.require(own, "read", found.thing, "own rating")
        return rules.only_theirs(found)
    looks.saw(session, by=by, thing=rules.THING, about=found.id, of=found.author_id, because=because)
    return found


async def latest(session: AsyncSession, *, by: Person, of: UUID, today: date) -> SideBySide | None:
    """The newest two views side by side that `by` may read: one's own, or as the manager who gave the other view."""
    rated = (SelfAssessment.person_id == of, SelfAssessment.state == State.RATED.value)
    mine = () if by.id == of else (SelfAssessment.rater_id == by.id,)
    found = await rows.load(session, *rated, *mine, limit=1)
    if not found:
        return None
    standing = await relations.to_person(session, by=by, of=of, thing=rules.THING, on=today)
    because = access.allowing(rules.relations(found[0], by.id, standing), "read", found[0].thing)
    if because is None:
        return None
    looks.saw(session, by=by, thing=rules.THING, about=found[0].id, of=of, because=because)
    return sides.side_by_side(found[0])


async def gaps(session: AsyncSession, *, by: Person) -> tuple[tuple[str, str], ...]:
    """(level, competency) where one's own latest views, or those of one's manager, leave room; the lowest first."""
    return sides.gaps(await rows.load(session, SelfAssessment.person_id == by.id, limit=MOST))


async def shared(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Assessment]:
    """For messages: those that are still shared with anybody."""
    found = await rows.by_id(session, ids)
    return {key: one for key, one in found.items() if one.is_for_manager or one.is_for_mentor}


async def newest(session: AsyncSession, *, by: Person) -> Assessment | None:
    """For the page *My growth*."""
    found = await rows.load(session, SelfAssessment.person_id == by.id, limit=1)
    return found[0] if found else None

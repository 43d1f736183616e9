"""What readers do with a cycle that was opened: look at its figures, read words, fold one away together.

Nothing is reckoned here. The figures are those that were written when it was opened.
"""

import json
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.feedback_digests import Fold
from bot.models.program_feedback import FeedbackCycle, FeedbackRelease, FeedbackTable
from bot.rules import access
from bot.rules import feedback_digests as rules
from bot.rules.feedback_digests import PAGE, Digest, Page, Public, Shown, Table
from bot.rules.people import Person
from bot.rules.program_feedback import TEXTS, Cycle, CycleState, Dimension
from bot.rules.refusal import Refusal
from bot.services import feedback_threads, program_feedback
from bot.services import framework as frameworks


async def load(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Digest]:
    """The digests of these cycles, for whoever is told of them."""
    found = await _released(session)
    return {one.subject: await _digest(session, one, found) for one in found if one.subject in set(ids)}


async def digest(
    session: AsyncSession, *, by: Person, cycle_id: str | None, on: date
) -> tuple[Digest | None, list[Cycle]]:
    """One cycle, the newest unless another is named, and all that can be looked at. None: nothing was opened yet."""
    await program_feedback.require_reader(session, by=by, on=on)
    found = await _released(session)
    if not found:
        return None, []
    chosen = _named(found, cycle_id) if cycle_id else found[0]
    return await _digest(session, chosen, found), found


async def newest(session: AsyncSession) -> Cycle | None:
    """The cycle that was opened last, if anything of it is still kept."""
    return next(iter(await _released(session)), None)


async def public(session: AsyncSession) -> Public | None:
    """What everybody sees; None where nothing was opened yet."""
    found = (await _released(session))[:2]
    if not found:
        return None
    tables = await _tables(session, found)
    before = tables.get(found[1].id) if len(found) > 1 else None
    return rules.public(tables[found[0].id], before, folded=await _folded(session, found[0]))


async def _digest(session: AsyncSession, cycle: Cycle, all_of_them: Sequence[Cycle]) -> Digest:
    place = all_of_them.index(cycle)
    before = all_of_them[place + 1] if place + 1 < len(all_of_them) else None
    tables = await _tables(session, [one for one in (cycle, before) if one is not None])
    texts = await _texts(session, cycle, me=None)
    return Digest(
        cycle, tables[cycle.id], tables.get(before.id) if before else None, await _names(session, cycle),
        len(texts), await _folded(session, cycle), sum(one.waits for one in texts),
    )  # fmt: skip


async def _released(session: AsyncSession) -> list[Cycle]:
    """The newest first; of those that were opened longer ago than figures are kept, nothing is left to show."""
    kept = select(FeedbackCycle).join(FeedbackTable, FeedbackTable.cycle_id == FeedbackCycle.id)
    found = kept.where(FeedbackCycle.state == CycleState.RELEASED.value)
    rows = await session.scalars(found.order_by(FeedbackCycle.closes.desc(), FeedbackCycle.id.desc()))
    return [program_feedback.cycle_of(row) for row in rows]


async def _tables(session: AsyncSession, cycles: Sequence[Cycle]) -> dict[str, Table]:
    rows = await session.scalars(select(FeedbackTable).where(FeedbackTable.cycle_id.in_([one.id for one in cycles])))
    return {row.cycle_id: rules.read(json.loads(row.payload)) for row in rows}


async def _names(session: AsyncSession, cycle: Cycle) -> dict[str, str]:
    """Groups by track have names; those by country are their codes."""
    framework = await frameworks.current_or_none(session)
    if cycle.dimension != Dimension.TRACK or framework is None:
        return {}
    return {track.key: track.name for track in framework.tracks}


# Words


async def page(session: AsyncSession, *, by: Person, cycle_id: str, number: int, on: date) -> Page:
    await program_feedback.require_reader(session, by=by, on=on)
    cycle = _named(await _released(session), cycle_id)
    texts = rules.in_order(await _texts(session, cycle, me=by.id))
    number = max(0, min(number, (len(texts) - 1) // PAGE))
    some = tuple(texts[number * PAGE : (number + 1) * PAGE])
    return Page(cycle, some, number, len(texts), await _folded(session, cycle))


async def text(session: AsyncSession, *, by: Person, cycle_id: str, slot: str, on: date) -> Shown:
    """One text that is not folded away, to be answered."""
    await program_feedback.require_reader(session, by=by, on=on)
    cycle = _named(await _released(session), cycle_id)
    texts = await _texts(session, cycle, me=by.id)
    return next((one for one in texts if one.slot == slot), None) or access.refuse()


async def _texts(session: AsyncSession, cycle: Cycle, *, me: UUID | None) -> list[Shown]:
    """All that can be read, in the order of their places, which were drawn by lot."""
    wanted = (FeedbackRelease.cycle_id == cycle.id, FeedbackRelease.field.in_(TEXTS))
    rows = (await session.scalars(select(FeedbackRelease).where(*wanted).order_by(FeedbackRelease.slot))).all()
    folds = {one.slot: one for one in await session.scalars(select(Fold).where(Fold.cycle_id == cycle.id))}
    written = {row.slot.hex(): json.loads(row.value) for row in rows}
    threads = {slot: feedback_threads.of_text(one["thread"]) for slot, one in written.items()}
    said = await feedback_threads.by_thread(session, list(threads.values()))
    return [
        Shown(slot, one["text"], said.get(threads[slot], ()), folds[slot].asked_by == me if slot in folds else None)
        for slot, one in written.items()
        if slot not in folds or folds[slot].agreed_by is None
    ]


async def _folded(session: AsyncSession, cycle: Cycle) -> int:
    agreed = select(func.count()).where(Fold.cycle_id == cycle.id, Fold.agreed_by.is_not(None))
    return await session.scalar(agreed) or 0


# Folding away


async def fold(session: AsyncSession, *, by: Person, cycle_id: str, slot: str, on: date) -> None:
    """Ask for it as the first reader, or agree as the second; then nobody can read it any more."""
    await text(session, by=by, cycle_id=cycle_id, slot=slot, on=on)
    asked = {"cycle_id": cycle_id, "slot": slot, "asked_by": by.id, "asked_on": on}
    if await insert_new(session, Fold, [asked]):
        return
    is_open = (Fold.cycle_id == cycle_id, Fold.slot == slot, Fold.agreed_by.is_(None))
    agreed = update(Fold).where(*is_open, Fold.asked_by != by.id).values(agreed_by=by.id).returning(Fold.slot)
    if not (await session.scalars(agreed)).all():
        raise Refusal(rules.FOLDED_ALONE)


async def leave_open(session: AsyncSession, *, by: Person, cycle_id: str, slot: str, on: date) -> None:
    """It stays where it is: whoever asked takes it back, or another reader sees it otherwise."""
    await text(session, by=by, cycle_id=cycle_id, slot=slot, on=on)
    await session.execute(
        delete(Fold).where(Fold.cycle_id == cycle_id, Fold.slot == slot, Fold.agreed_by.is_(None))
    )  # fmt: skip


def _named(cycles: Sequence[Cycle], cycle_id: str) -> Cycle:
    return next((one for one in cycles if one.id == cycle_id), None) or access.refuse()

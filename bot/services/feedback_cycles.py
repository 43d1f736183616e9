"""Cycles of program feedback: when one opens and why not, who hears of it, and what changes in its privacy."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import sealing
from bot.models.changes import Alias, Change
from bot.models.people import Person as PersonRow
from bot.models.program_feedback import FeedbackCycle, FeedbackRelease, FeedbackTable, FeedbackThread
from bot.rules import program_feedback as rules
from bot.rules.people import Role
from bot.rules.program_feedback import Changed, Cycle, CycleState, Feedback, Waiting
from bot.rules.refusal import Refusal
from bot.services import messages, program_feedback, roles

OPENED = "program_feedback.opened"
STEWARD = "program_feedback.steward"
CHANGED = "program_feedback.changed"


# Opening


async def why_none(session: AsyncSession, *, feedback: Feedback, today: date) -> str | None:
    """Why no cycle could open on this day; None when one could."""
    return rules.why_not(
        feedback,
        group=await program_feedback.group(session, today),
        readers=len(await program_feedback.readers(session, today)),
        has_key=not feedback.is_steward or await _offered(session, feedback) is not None,
    )


async def open_cycle(session: AsyncSession, *, feedback: Feedback, today: date) -> Cycle:
    """From today on. Refusal with the reason when none can open.

    The keys are on the disk before the cycle is in the database: one without its keys could never be opened.
    """
    if await program_feedback.current(session) is not None:
        raise Refusal("There is a cycle already that has not been opened yet.")
    why = await why_none(session, feedback=feedback, today=today)
    if why is not None:
        raise Refusal(why)
    cycle_id, public = await _keys(session, feedback)
    pepper = sealing.new_pepper()
    sealing.keep(feedback.folder, f"{cycle_id}{sealing.PEPPER}", pepper)
    row = FeedbackCycle(
        id=cycle_id, pepper_check=sealing.check_value(pepper), k=feedback.k, k_text=feedback.k,
        dimension=feedback.dimension, pubkey=public, opens=today, closes=today + rules.length(feedback), window=1,
        is_steward=feedback.is_steward, state=CycleState.OPEN.value,
    )  # fmt: skip
    session.add(row)
    await session.flush()
    return program_feedback.cycle_of(row)


async def _keys(session: AsyncSession, feedback: Feedback) -> tuple[str, bytes]:
    """(id of the new cycle, public key). A steward's key brings its id along, so that its file tells the cycle."""
    if feedback.is_steward:
        offered = await _offered(session, feedback)
        public = sealing.kept(feedback.folder / f"{offered}{sealing.PUBLIC}")
        assert offered is not None and public is not None  # noqa: S101, PT018  (asked for before)
        return offered, public
    cycle_id = secrets.token_hex(16)
    private, public = sealing.new_key()
    sealing.keep(feedback.folder, f"{cycle_id}{sealing.PRIVATE}", private)
    return cycle_id, public


async def _offered(session: AsyncSession, feedback: Feedback) -> str | None:
    """The id of a steward's public key that no cycle has used."""
    ids = sealing.offered(feedback.folder)
    used = set(await session.scalars(select(FeedbackCycle.id).where(FeedbackCycle.id.in_(ids))))
    return next((one for one in ids if one not in used), None)


# What goes


async def over(session: AsyncSession, *, feedback: Feedback) -> set[str]:
    """The cycles that are over and have a key left, which has to go. Only those: a key of a cycle that is not known
    here may be another database's."""
    held = sealing.held(feedback.folder)
    ended = select(FeedbackCycle.id).where(FeedbackCycle.id.in_(held), FeedbackCycle.state != CycleState.OPEN.value)
    return set(await session.scalars(ended)) if held else set()


async def retire(session: AsyncSession, *, today: date) -> None:
    """Let go of what was released a year ago, and of the conversations about it."""
    old = select(FeedbackCycle.id).where(
        FeedbackCycle.state == CycleState.RELEASED.value, FeedbackCycle.closes < today - rules.KEPT_FOR
    )
    with_words = select(FeedbackTable.cycle_id).where(FeedbackTable.cycle_id.in_(old))
    for cycle_id in (await session.scalars(with_words)).all():
        texts = (await program_feedback.released(session, cycle_id)).texts
        threads = [sealing.thread_id(sealing.read(one.thread)) for one in texts]
        await session.execute(delete(FeedbackThread).where(FeedbackThread.thread_id.in_(threads)))
        await session.execute(delete(FeedbackRelease).where(FeedbackRelease.cycle_id == cycle_id))
        await session.execute(delete(FeedbackTable).where(FeedbackTable.cycle_id == cycle_id))


async def pepper_problem(session: AsyncSession, *, feedback: Feedback) -> str | None:
    """Why nothing can be sent here, though a cycle is open: this replica looks into another folder than the others."""
    row = await session.scalar(select(FeedbackCycle).where(FeedbackCycle.state == CycleState.OPEN.value))
    if row is None or sealing.pepper(feedback.folder, row.id, row.pepper_check) is not None:
        return None
    return "FEEDBACK_KEY_DIR does not hold the pepper of the open cycle of program feedback"


# The steward


async def stewards(session: AsyncSession, *, feedback: Feedback, on: date) -> Sequence[UUID]:
    """Who hears of keys and of changes to privacy: whoever has the role, and whoever the setting names."""
    holders = await roles.holders(session, Role.STEWARD, on=on)
    named = or_(PersonRow.slack_id == feedback.steward, PersonRow.email == feedback.steward.lower())
    is_one = or_(PersonRow.id.in_(holders), named) if feedback.steward else PersonRow.id.in_(holders)
    return (await session.scalars(select(PersonRow.id).where(is_one, PersonRow.is_active))).all()


async def remind_steward(session: AsyncSession, *, feedback: Feedback, today: date, now: datetime) -> None:
    """A cycle that waits for its key: on the day it closed, after three days and after seven."""
    cycle = await program_feedback.current(session)
    if cycle is None or not cycle.is_steward or today < cycle.closes:
        return
    days = max(day for day in rules.STEWARD_HEARS if day <= (today - cycle.closes).days)
    for one in await stewards(session, feedback=feedback, on=today):
        key = f"{STEWARD}:{cycle.id}:{cycle.window}:{days}:{one.hex}"
        await messages.tell(session, STEWARD, to=one, about=cycle.subject, at=now, key=key)


async def load_waiting(session: AsyncSession, ids: Sequence[UUID], *, today: date) -> dict[UUID, Waiting]:
    """Those of these cycles that still wait for the steward's key."""
    found = select(FeedbackCycle).where(
        FeedbackCycle.id.in_([one.hex for one in ids]), FeedbackCycle.state == CycleState.OPEN.value,
        FeedbackCycle.is_steward, FeedbackCycle.closes <= today,
    )  # fmt: skip
    waiting = [program_feedback.cycle_of(row) for row in await session.scalars(found)]
    return {one.subject: Waiting(one, (today - one.closes).days) for one in waiting}


async def note_privacy(session: AsyncSession, *, feedback: Feedback, today: date, now: datetime) -> None:
    """A privacy setting that is not what it was is logged, and the steward hears of it."""
    readers = await program_feedback.readers(session, today)
    aliases = sorted([(await roles.alias(session, one.id)).hex for one in readers])
    values = rules.privacy(feedback, aliases)
    before = await _noted(session, values.keys())
    for what, value in values.items():
        if before.get(what) == value:
            continue
        line = await roles.note_change(session, what, before=before.get(what, ""), after=value, by=None, now=now)
        if what in before:
            for one in await stewards(session, feedback=feedback, on=today):
                await messages.tell(session, CHANGED, to=one, about=line, at=now)


async def _noted(session: AsyncSession, names: Iterable[str]) -> dict[str, str]:
    """Each setting as it was noted last."""
    lines = select(Change.what, Change.after).where(Change.what.in_(names)).order_by(Change.at, Change.id)
    return {row.what: row.after for row in await session.execute(lines)}


async def load_changed(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Changed]:
    lines = (await session.scalars(select(Change).where(Change.id.in_(ids)))).all()
    words = {
        word for line in lines for word in (*line.before.split(), *line.after.split()) if sealing.ID.fullmatch(word)
    }
    found = await session.execute(
        select(Alias.alias, PersonRow.name)
        .join(PersonRow, PersonRow.id == Alias.person_id)
        .where(Alias.alias.in_([UUID(hex=word) for word in words]))
    )
    names = {row.alias.hex: row.name for row in found}
    return {line.id: Changed(line.what, _named(line.before, names), _named(line.after, names)) for line in lines}


def _named(value: str, names: Mapping[str, str]) -> str:
    """A value of the log, with the names of those it stands for."""
    words = value.split()
    if not words or not all(sealing.ID.fullmatch(word) for word in words):
        return value
    return ", ".join(sorted(names.get(word, roles.ERASED) for word in words))

"""Opening a cycle of program feedback: all boxes at once, in one transaction, or none.

What was sent together comes apart here: every rating and every text gets a random place of its own. The
boxes go in the same transaction; the keys after it.
"""

import asyncio
import json
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot import sealing
from bot.models.program_feedback import FeedbackBox, FeedbackCycle, FeedbackRelease, FeedbackTable
from bot.rules import feedback_figures
from bot.rules import program_feedback as rules
from bot.rules.feedback_figures import Given
from bot.rules.program_feedback import Cycle, CycleState, Feedback
from bot.rules.refusal import Refusal
from bot.services import messages, program_feedback
from bot.services.program_feedback import PLACES

RELEASED = "program_feedback.released"
NOT_ITS_KEY = "This is not the key of the cycle that waits. Use the file that was made with its public key."
BOXES_AT_ONCE = 64
ROWS_AT_ONCE = 500


@dataclass
class Opened:
    """What was in the boxes so far. Somebody who reads the results is heard, and not counted."""

    given: list[Given] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


async def release_due(
    session: AsyncSession, *, feedback: Feedback, today: date, now: datetime, private: bytes | None = None
) -> Cycle | None:
    """Open the cycle whose last day is over: released, or open for another window, or destroyed unread.

    None when there is none, or its key is with the steward; `private` is that key. Refusal when it is another one.
    """
    row = await _due(session, today)
    if row is None:
        return None
    private = private or sealing.kept(feedback.folder / f"{row.id}{sealing.PRIVATE}")
    if private is not None and sealing.public_of(private) != row.pubkey:
        raise Refusal(NOT_ITS_KEY)
    opened = None if private is None else await _open(session, row, private)
    if opened is not None:
        row.state = CycleState.RELEASED.value
        await _publish(session, row, opened)
        await _tell_readers(session, row, today=today, now=now)
    elif private is not None and row.window < rules.WINDOWS:
        row.window, row.closes = row.window + 1, today + program_feedback.cycle_of(row).length
    elif private is not None or today >= program_feedback.cycle_of(row).given_up:
        row.state = CycleState.DESTROYED.value
        await _destroy(session, row.id)
    else:
        return None
    await session.flush()
    return program_feedback.cycle_of(row)


async def _due(session: AsyncSession, today: date) -> FeedbackCycle | None:
    """Locked, so that nothing is sent or taken back any more, and nobody else opens it."""
    closed = select(FeedbackCycle).where(FeedbackCycle.state == CycleState.OPEN.value, FeedbackCycle.closes <= today)
    return await session.scalar(closed.with_for_update())


async def _open(session: AsyncSession, row: FeedbackCycle, private: bytes) -> Opened | None:
    """Open all boxes and take them away. None when too few have answered: then all of them are still there.

    Where even all of them would be too few, nothing is opened at all.
    """
    enough = rules.enough(k=row.k, k_text=row.k_text)
    few = select(FeedbackBox.tag).where(FeedbackBox.cycle_id == row.id).limit(enough)
    if len((await session.scalars(few)).all()) < enough:
        return None
    opened, read, info = Opened(), sealing.opener(private), row.id.encode()
    async with _overwriting_less(session):
        async for page in _pages(session, row.id):
            for _, *boxes in page:
                _add(opened, [json.loads(read(box, info)) for box in boxes])
            if len(opened.given) >= enough:
                await _clear(session, row.id, up_to=page[-1].tag)  # now, while they are at hand
    return opened if len(opened.given) >= enough else None


async def _pages(session: AsyncSession, cycle_id: str) -> AsyncIterator[Sequence[Any]]:
    """The rows of a cycle, of a few people at a time: their words are in memory once."""
    query = select(FeedbackBox.tag, *(FeedbackBox.__table__.c[place] for place in PLACES))
    first = query.where(FeedbackBox.cycle_id == cycle_id).order_by(FeedbackBox.tag).limit(BOXES_AT_ONCE)
    rows = (await session.execute(first)).all()
    while rows:
        yield rows
        rows = (await session.execute(first.where(FeedbackBox.tag > rows[-1].tag))).all()


def _add(opened: Opened, places: Sequence[Mapping[str, Any]]) -> None:
    """What one person sent, the last thing first: each rating as last given, and every text."""
    if not any(place["viewer"] for place in places):
        ratings: dict[str, int] = {}
        for place in reversed(places):
            ratings.update(place["ratings"])
        opened.given.append(Given(ratings, places[0]["segment"]))
    said = {
        (name, words, thread): None
        for place in places
        for name, words, thread in zip(rules.TEXTS, place["texts"], place["threads"], strict=False)
        if words.strip()
    }
    for name, words, thread in said:
        opened.texts[name].append(json.dumps({"text": words, "thread": thread}, ensure_ascii=False))


async def _publish(session: AsyncSession, row: FeedbackCycle, opened: Opened) -> None:
    # Of ten thousand people all this is reckoned beside the loop, which would stand still meanwhile.
    table = await asyncio.to_thread(feedback_figures.table, opened.given, k=row.k, dimension=row.dimension)
    session.add(FeedbackTable(cycle_id=row.id, payload=json.dumps(table)))
    shown = [item for item, figure in table["items"].items() if "withheld" not in figure]
    fields = {
        **{item: [str(one.ratings[item]) for one in opened.given if item in one.ratings] for item in shown},
        **opened.texts,
    }
    statement, connection = insert(FeedbackRelease), await session.connection()
    placed = await asyncio.to_thread(in_random_places, fields)
    for start in range(0, len(placed), ROWS_AT_ONCE):
        some = placed[start : start + ROWS_AT_ONCE]
        rows = [{"cycle_id": row.id, "slot": slot, "field": name, "value": value} for slot, name, value in some]
        await connection.execute(statement, rows)


def in_random_places(fields: Mapping[str, Sequence[str]]) -> list[tuple[bytes, str, str]]:
    """(place, field, value) in the order of the places: those are random, so every rating and text comes anywhere."""
    return sorted((secrets.token_bytes(16), name, value) for name, values in fields.items() for value in values)


async def _clear(session: AsyncSession, cycle_id: str, *, up_to: bytes) -> None:
    """The boxes of a cycle are gone, as far as this one."""
    gone = delete(FeedbackBox).where(FeedbackBox.cycle_id == cycle_id, FeedbackBox.tag <= up_to)
    await session.execute(gone.execution_options(synchronize_session=False))


async def _destroy(session: AsyncSession, cycle_id: str) -> None:
    """All of them, unread; some at a time, since a statement on PostgreSQL has two seconds."""
    some = select(FeedbackBox.tag).where(FeedbackBox.cycle_id == cycle_id).order_by(FeedbackBox.tag).limit(ROWS_AT_ONCE)
    async with _overwriting_less(session):
        while (last := await session.scalar(select(func.max(some.subquery().c.tag)))) is not None:
            await _clear(session, cycle_id, up_to=last)


@asynccontextmanager
async def _overwriting_less(session: AsyncSession) -> AsyncIterator[None]:
    """SQLite need not write zeros over boxes that are taken away: their key goes, and then they are as good as that."""
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    await session.execute(text("PRAGMA secure_delete=FAST"))
    try:
        yield
    finally:
        await session.execute(text("PRAGMA secure_delete=ON"))


async def _tell_readers(session: AsyncSession, row: FeedbackCycle, *, today: date, now: datetime) -> None:
    subject = program_feedback.cycle_of(row).subject
    for one in await program_feedback.readers(session, today):
        await messages.tell(session, RELEASED, to=one.id, about=subject, at=now)

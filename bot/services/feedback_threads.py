"""The conversation about a released text: readers on one side, whoever holds its receipt on the other.

A reader's words are sealed to the key that came with the text, so only the receipt opens them there; the other readers
have them, too. An author's are kept without author or time, held until the next morning, and then moved all at once.
Place 0 of each thread says to which released text it belongs, so that a receipt finds it without opening all of them.
"""

import json
import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import sealing
from bot.database import insert_new
from bot.models.program_feedback import FeedbackRelease as Released
from bot.models.program_feedback import FeedbackThread as Row
from bot.rules import access
from bot.rules import feedback_threads as rules
from bot.rules.feedback_threads import FIELDS, Opened, Replies, Said, Side, Thread
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import program_feedback, promises

FIRST = 0
RANDOM = secrets.SystemRandom()
PAGE = 500  # texts looked at in one go

IS_SAID = and_(Row.seq > FIRST, Row.is_held.is_(False))


def of_text(thread: str) -> bytes:
    """The id of the thread of a released text, by the key that came with it."""
    return sealing.thread_id(sealing.read(thread))


# Readers


async def by_thread(session: AsyncSession, threads: Collection[bytes]) -> dict[bytes, tuple[Said, ...]]:
    """Thread → what was said, as readers see it: an author's words from the morning after on."""
    rows = await session.scalars(
        select(Row).where(Row.thread_id.in_(threads), IS_SAID).order_by(Row.thread_id, Row.seq)
    )
    found: dict[bytes, list[Said]] = defaultdict(list)
    for row in rows:
        found[row.thread_id].append(Said(Side(row.side), row.words or ""))
    return {thread: tuple(said) for thread, said in found.items()}


async def reply_as_reader(
    session: AsyncSession, *, by: Person, cycle_id: str, slot: bytes, words: str, today: date
) -> None:
    """A reader answers one released text. Refusal for whoever is no reader, and for what is not there."""
    await program_feedback.require_reader(session, by=by, on=today)
    text = await session.get(Released, (cycle_id, slot))
    if text is None or text.field not in FIELDS:
        access.refuse()
    rules.check_words(words)
    public = sealing.read(json.loads(text.value)["thread"])
    thread = sealing.thread_id(public)
    await insert_new(session, Row, [_first(thread, cycle_id, slot)])
    box = sealing.seal(public, words.encode(), thread)
    await _say(session, thread, side=Side.READER, words=words, box=box)


async def has_replies(session: AsyncSession) -> bool:
    """Whether readers have answered anything, for a line that everybody sees alike."""
    return bool(await session.scalar(select(exists().where(Row.side == Side.READER, Row.seq > FIRST))))


# Whoever holds a receipt


async def opened(session: AsyncSession, receipt: str) -> Opened:
    """All that this receipt opens. The same Refusal for a wrong one, and for one whose words are not released."""
    keys = {field: sealing.thread_key(receipt, field) for field in FIELDS}
    rows = await session.scalars(select(Row).where(Row.thread_id.in_(_ids(keys.values()))).order_by(Row.seq))
    turns: dict[bytes, list[Row]] = defaultdict(list)
    for row in rows:
        turns[row.thread_id].append(row)
    threads = [await _thread(session, field, *key, turns[sealing.thread_id(key[1])]) for field, key in keys.items()]
    found = tuple(one for one in threads if one is not None)
    if not found:
        rules.refuse()
    return Opened(receipt, found, tuple(await promises.kept_of(session, found[0].cycle_id)))


def _ids(keys: Iterable[tuple[bytes, bytes]]) -> list[bytes]:
    return [sealing.thread_id(public) for _, public in keys]


async def _thread(
    session: AsyncSession, field: str, private: bytes, public: bytes, turns: Sequence[Row]
) -> Thread | None:
    first = next((row for row in turns if row.seq == FIRST), None)
    if first is None:
        return None
    about = json.loads(first.words or "{}")
    text = await session.get(Released, (about["cycle_id"], bytes.fromhex(about["slot"])))
    if text is None:
        return None
    said = [_said(row, private) for row in turns if row.seq > FIRST]
    held = [Said(Side.AUTHOR, row.words or "", is_held=True) for row in reversed(turns) if row.seq < FIRST]
    return Thread(field, about["cycle_id"], json.loads(text.value)["text"], (*said, *held))


def _said(row: Row, private: bytes) -> Said:
    if row.side == Side.READER and row.box is not None:
        return Said(Side.READER, sealing.open(private, row.box, row.thread_id).decode())
    return Said(Side.AUTHOR, row.words or "")


async def reply(session: AsyncSession, receipt: str, replies: Replies) -> None:
    """What the author says back is held until the next morning: no moment tells who wrote it."""
    shown = await opened(session, receipt)
    rules.check(replies, [one.field for one in shown.threads])
    ids = {field: sealing.thread_id(sealing.thread_key(receipt, field)[1]) for field in FIELDS}
    for one in shown.threads:
        if words := replies.words.get(one.field):
            await _hold(session, ids[one.field], words)
    for promise in shown.kept:
        if promise.id in replies.verdicts:
            words = rules.verdict(promise, replies.verdicts[promise.id])
            await _hold(session, ids[shown.threads[0].field], words)


async def _hold(session: AsyncSession, thread: bytes, words: str) -> None:
    """Slack may bring the same form twice, and no key may tell: the same words wait once."""
    held = await session.scalars(select(Row).where(Row.thread_id == thread, Row.is_held))
    if words not in {row.words for row in held}:
        await _say(session, thread, side=Side.AUTHOR, words=words, is_held=True)


async def _say(
    session: AsyncSession, thread: bytes, *, side: Side, words: str, box: bytes | None = None, is_held: bool = False
) -> None:
    """At the end of a thread; what is held counts downwards from the beginning, and so has no place in it yet."""
    end = func.min(Row.seq) if is_held else func.max(Row.seq)
    last = await session.scalar(select(end).where(Row.thread_id == thread)) or FIRST
    seq = last - 1 if is_held else last + 1
    row = {"thread_id": thread, "seq": seq, "side": side.value, "box": box, "words": words, "is_held": is_held}
    if not await insert_new(session, Row, [row]):
        raise Refusal(rules.BUSY)


# The daily tick


async def release_held(session: AsyncSession) -> int:
    """What authors have said since yesterday, moved at once: thread by thread in an order drawn by lot."""
    rows = (await session.scalars(select(Row).where(Row.is_held).order_by(Row.seq.desc()))).all()
    waiting: dict[bytes, list[str]] = defaultdict(list)
    for row in rows:
        waiting[row.thread_id].append(row.words or "")
    await session.execute(delete(Row).where(Row.is_held))
    threads = list(waiting)
    RANDOM.shuffle(threads)
    for thread in threads:
        for words in waiting[thread]:
            await _say(session, thread, side=Side.AUTHOR, words=words)
    return len(rows)


async def is_up_to_date(session: AsyncSession) -> bool:
    """Whether there are as many threads as released texts."""
    texts = select(func.count()).select_from(Released).where(Released.field.in_(FIELDS)).scalar_subquery()
    begun = select(func.count()).select_from(Row).where(Row.seq == FIRST).scalar_subquery()
    return bool(await session.scalar(select(texts == begun)))


async def to_begin(
    session: AsyncSession, *, after: tuple[str, bytes] | None
) -> tuple[list[dict[str, Any]], tuple[str, bytes] | None]:
    """(first places of the threads of the next released texts, where to go on)."""
    query = select(Released).where(Released.field.in_(FIELDS)).order_by(Released.cycle_id, Released.slot).limit(PAGE)
    if after is not None:
        cycle_id, slot = after
        query = query.where((Released.cycle_id > cycle_id) | ((Released.cycle_id == cycle_id) & (Released.slot > slot)))
    rows = (await session.scalars(query)).all()
    firsts = [_first(of_text(json.loads(row.value)["thread"]), row.cycle_id, row.slot) for row in rows]
    return firsts, (rows[-1].cycle_id, rows[-1].slot) if len(rows) == PAGE else None


def _first(thread: bytes, cycle_id: str, slot: bytes) -> dict[str, Any]:
    words = json.dumps({"cycle_id": cycle_id, "slot": slot.hex()})
    return {"thread_id": thread, "seq": FIRST, "side": Side.AUTHOR.value, "box": None, "words": words, "is_held": False}


async def begin(session: AsyncSession, firsts: Sequence[dict[str, Any]]) -> None:
    await insert_new(session, Row, firsts)

"""Program feedback: what sealing costs whoever sends something, and what opening a whole cycle costs."""

import asyncio
import json
import secrets
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

from sqlalchemy import LargeBinary, column, insert, select, table

from benchmarks import measure, setup
from benchmarks.measure import Line
from benchmarks.rounds import Side
from benchmarks.setup import Workbench
from bot import sealing
from bot.database import Database
from bot.models.program_feedback import FeedbackBox, FeedbackCycle
from bot.rules.program_feedback import ITEMS, NOTHING, TEXTS, Answers, Author, Feedback
from bot.services import feedback_releases, program_feedback
from tests.support import engines

MOST_SUBMIT, MOST_RELEASE, MOST_MIB = 3.0, 1.5, 200
PEOPLE, MEMBERS = 10_000, 1_000
TURNS, SENDS = 5, 200
RELEASES = 3
CYCLE = "c" * 32
TODAY, CLOSES = setup.MONDAY.date(), setup.MONDAY.date() + timedelta(weeks=6)
PRIVATE = PEPPER = bytes(range(32))  # the same in every process
PUBLIC = sealing.public_of(PRIVATE)
AT_ONCE = 100
SAID = Answers(dict.fromkeys(ITEMS, 4), ("What helps me most is the time to learn. " * 8, "Fewer forms, please."))
PAGE = (
    select(FeedbackBox.tag, FeedbackBox.box1, FeedbackBox.box2, FeedbackBox.box3)
    .where(FeedbackBox.cycle_id == CYCLE)
    .order_by(FeedbackBox.tag)
    .limit(AT_ONCE)
)
RELEASED: Any = table(
    "fb_release", column("cycle_id"), column("slot", LargeBinary), column("field"), column("value", LargeBinary)
)


def submit(bench: Workbench, engine: str) -> list[Line]:
    """The slowest of a hundred, sealed and sent, against one upsert of the same bytes; they take turns."""
    template = bench.template(engine, setup.company, MEMBERS)
    with setup.copied(template) as mine, setup.copied(template) as theirs:
        ours, reference = measure.apart(_submits, mine, theirs)
    name = f"sealed.submit.{engine}"
    return [measure.ratio(name, ours, reference, measure.milliseconds, at_most=MOST_SUBMIT)]


def release(bench: Workbench, engine: str) -> list[Line]:
    """A cycle of ten thousand, opened, against reading, opening and inserting the same rows bare in one transaction."""
    template, name = bench.template(engine, sealed, PEOPLE), f"sealed.release.{engine}"
    ours, reference = zip(*(_both(template) for _ in range(RELEASES)), strict=True)
    memory = f"reference {max(side.mib for side in reference):.0f} MiB"
    return [
        measure.ratio(name, _middle(ours), _middle(reference), measure.in_seconds, at_most=MOST_RELEASE),
        Line(name, "peak", max(side.mib for side in ours), memory, " MiB", at_most=MOST_MIB),
    ]


def _middle(sides: Sequence[Side]) -> float:
    return measure.middle([side.seconds for side in sides])


# Sending


def _submits(mine: str, theirs: str) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_take_turns(mine, theirs, Feedback(Path(folder), contact="Ines")))


async def _take_turns(mine: str, theirs: str, feedback: Feedback) -> tuple[float, float]:
    """(ours, reference): the middle of the turns' 99th of a hundred."""
    sealing.keep(feedback.folder, f"{CYCLE}{sealing.PEPPER}", PEPPER)
    ours, reference = engines.database(mine), engines.database(theirs)
    for db in (ours, reference):
        async with db.writing() as session:
            session.add(cycle(PEPPER))
    slowest: dict[str, list[float]] = {"ours": [], "reference": []}
    for turn in range(TURNS):
        people = [f"U{number % MEMBERS:08d}" for number in range(turn * SENDS, (turn + 1) * SENDS)]
        slowest["ours"].append(await _timed(lambda who: _send(ours, feedback, who), people))
        slowest["reference"].append(await _timed(lambda who: _upsert(reference, who), people))
    await ours.close()
    await reference.close()
    return measure.middle(slowest["ours"][1:]), measure.middle(slowest["reference"][1:])


async def _timed(act: Callable[[str], Awaitable[None]], people: Sequence[str]) -> float:
    took = []
    for who in people:
        began = perf_counter()
        await act(who)
        took.append(perf_counter() - began)
    return quantiles(took, n=100)[-1]


async def _send(db: Database, feedback: Feedback, who: str) -> None:
    async with db.writing() as session:
        await program_feedback.submit(
            session, slack_id=who, answers=SAID, receipt=sealing.new_receipt(), cycle_id=CYCLE, feedback=feedback,
            today=TODAY,
        )  # fmt: skip


async def _upsert(db: Database, who: str) -> None:
    box = secrets.token_bytes(sealing.PLAIN_BYTES + 48)
    values = {"cycle_id": CYCLE, "tag": who.encode().ljust(32), "box1": box, "box2": box, "box3": box}
    async with db.writing() as session:
        await session.execute(program_feedback.UPSERT[session.get_bind().dialect.name], values)


def cycle(pepper: bytes) -> FeedbackCycle:
    return FeedbackCycle(
        id=CYCLE, pepper_check=sealing.check_value(pepper), k=5, k_text=5, dimension="track", pubkey=PUBLIC,
        opens=TODAY, closes=CLOSES, window=1, is_steward=False, state="open",
    )  # fmt: skip


# Opening


def sealed(url: str, people: int) -> None:
    """A cycle in which this many have answered, each with two texts."""
    asyncio.run(_sealed(url, people))


async def _sealed(url: str, people: int) -> None:
    db = engines.database(url)
    async with db.writing() as session:
        session.add(cycle(PEPPER))
    for start in range(0, people, AT_ONCE):
        async with db.writing() as session:
            await session.execute(insert(FeedbackBox), [_row(number) for number in range(start, start + AT_ONCE)])
    await setup.tidied(db)
    await db.close()


def _row(number: int) -> dict[str, Any]:
    track = setup.LEVELS[number % 5][0]
    me = Author(track, None, is_active=True, is_guest=False, since=None, first=None, is_viewer=False)
    said = Answers({item: (number + place) % 5 + 1 for place, item in enumerate(ITEMS)}, SAID.texts)
    contents = [program_feedback.written(one, sealing.new_receipt(), me, "track") for one in (said, NOTHING, NOTHING)]
    boxes = [sealing.seal(PUBLIC, content, CYCLE.encode()) for content in contents]
    tag = sealing.tag(PEPPER, CYCLE, str(number))
    return {"cycle_id": CYCLE, "tag": tag, **dict(zip(program_feedback.PLACES, boxes, strict=True))}


def _both(template: str) -> tuple[Side, Side]:
    with setup.copied(template) as mine, setup.copied(template) as theirs:
        return measure.apart(ours, mine), measure.apart(reference, theirs, mine)


def ours(url: str) -> Side:
    return asyncio.run(_ours(url))


async def _ours(url: str) -> Side:
    db = engines.database(url)
    began = perf_counter()
    async with db.writing() as session:
        done = await feedback_releases.release_due(
            session, feedback=Feedback(Path()), today=CLOSES, now=setup.MONDAY, private=PRIVATE
        )
    seconds = perf_counter() - began
    assert done is not None
    assert done.state == "released"
    await db.close()
    return Side(seconds, measure.peak_mib())


def reference(url: str, finished: str) -> Side:
    return asyncio.run(_reference(url, finished))


async def _reference(url: str, finished: str) -> Side:
    """Read every box, open it, and insert what `finished` holds at the end."""
    rows, engine = await _released(finished), setup.plain_engine(url)
    async with engine.connect() as connection:
        await connection.execute(select(1))
    began = perf_counter()
    async with engine.begin() as connection:
        after, read = b"", sealing.opener(PRIVATE)
        while boxes := (await connection.execute(PAGE.where(FeedbackBox.tag > after))).all():
            for row in boxes:
                for box in row[1:]:
                    json.loads(read(box, CYCLE.encode()))
            after = boxes[-1].tag
        await connection.execute(insert(RELEASED), rows)
    seconds = perf_counter() - began
    await engine.dispose()
    return Side(seconds, measure.peak_mib())


async def _released(url: str) -> list[dict[str, Any]]:
    engine = setup.plain_engine(url)
    async with engine.connect() as connection:
        found = [dict(row) for row in (await connection.execute(select(RELEASED))).mappings()]
        assert len(found) == PEOPLE * (len(ITEMS) + len(TEXTS))
    await engine.dispose()
    return found

"""Rounds of matching: whoever waits is matched in a process of its own, so that nobody else waits for it."""

import asyncio
import json
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.clock import monotonic
from bot.jobs import timers
from bot.jobs.timers import Done
from bot.jobs.tools import Tools
from bot.rules import cadence
from bot.rules.match_rounds import State
from bot.rules.refusal import Refusal
from bot.services import match_passing, match_results, match_rounds

log = logging.getLogger(__name__)

MATCHING = match_rounds.MATCHING
OPENING = "open matching rounds"
A_WEEK = timedelta(days=6)
PROGRAM = "bot.matcher"
LONGEST_LINE = 2**20
NOTE_SECONDS = 3.0  # between two notes of how far it is
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # the others belong to whoever waits

Answer = dict[str, Any]


class MatcherFailed(Exception):
    """The process has ended without an answer."""


async def open_scheduled(tools: Tools) -> None:
    """Once for each round of the calendar, if the company has chosen one and somebody waits; a late start is made up
    for within a week."""
    rounds, now = tools.matching.rounds, tools.clock.now()
    today = cadence.local_day(now, tools.zone)
    begun = cadence.rounds(rounds, today - A_WEEK, today) if rounds else ()
    if not begun:
        return
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        last = await match_rounds.latest(session)
        is_new = last is None or cadence.local_day(last.opened_at, tools.zone) < begun[-1]
        if is_new and await match_rounds.waiting(session):
            await match_rounds.open_one(session, by=None, now=now)


async def work(tools: Tools) -> None:
    """Match what is open, and pass on what is published. One replica at a time; one that dies is taken over from."""
    async with tools.db.reading() as session:
        if not await match_results.due(session):
            return
    claimed = await timers.claim(tools.db, tools.clock, [MATCHING])
    if not claimed:
        return
    try:
        async with tools.db.reading() as session:
            due = await match_results.due(session)
        for round_id, state in due:
            await (_pass_on if state is State.PUBLISHING else _match)(tools, round_id)
    except Refusal:
        log.info("a round of matching was dropped while it was being matched")
    finally:
        await timers.done(tools.db, {MATCHING: Done(claimed[MATCHING].due_at, tools.clock.now())})


async def _match(tools: Tools, round_id: UUID) -> None:
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        await match_results.begin(session, round_id)
    figures: Answer | None = None
    try:
        async with _matcher(tools) as answers:
            noted = monotonic()
            async for answer in answers:
                if "pairs" in answer:
                    await _keep(tools, round_id, answer["pairs"])
                elif "figures" in answer:
                    figures = answer["figures"]
                elif monotonic() - noted >= NOTE_SECONDS:
                    await _note(tools, round_id, answer)
                    noted = monotonic()
    except MatcherFailed as error:
        log.error("a round of matching failed: %s", error)
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        if figures is None:
            await match_results.fail(session, round_id, now=tools.clock.now())
        else:
            await match_results.finish(session, round_id, figures=figures, now=tools.clock.now())


async def _note(tools: Tools, round_id: UUID, answer: Answer) -> None:
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        done, whole = int(answer["done"]), int(answer["whole"])
        await match_results.note(session, round_id, done=done, whole=whole, now=tools.clock.now())
    await timers.go_on(tools.db, tools.clock, MATCHING)


async def _keep(tools: Tools, round_id: UUID, pairs: list[Answer]) -> None:
    ids = ("request_id", "mentor_id")
    rows = [{**one, **{name: UUID(one[name]) for name in ids if one[name]}} for one in pairs]
    async with tools.db.writing(patience=timers.PATIENCE) as session:
        await match_results.keep(session, round_id, rows)


async def _pass_on(tools: Tools, round_id: UUID) -> None:
    is_more = True
    while is_more:
        async with tools.db.writing(patience=timers.PATIENCE) as session:
            is_more = await match_passing.pass_on(session, round_id, now=tools.clock.now())
        await timers.go_on(tools.db, tools.clock, MATCHING)


@asynccontextmanager
async def _matcher(tools: Tools) -> AsyncIterator[AsyncIterator[Answer]]:
    """The answers of a process that reads the database and reckons by itself. It ends when we do."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", PROGRAM, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        limit=LONGEST_LINE, env={**os.environ, **ONE_THREAD},
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018  (asked for above)
    order = {
        "url": tools.db.engine.url.render_as_string(hide_password=False),
        "today": cadence.local_day(tools.clock.now(), tools.zone).isoformat(),
        "weights": dict(tools.matching.weights),
    }
    try:
        process.stdin.write(json.dumps(order).encode() + b"\n")
        await process.stdin.drain()
        yield _read(process.stdout)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _read(lines: asyncio.StreamReader) -> AsyncIterator[Answer]:
    """One answer a line, until it says that it has ended."""
    async for line in lines:
        answer: Answer = json.loads(line)
        if "ended" in answer:
            return
        yield answer
    raise MatcherFailed("the process ended too early")

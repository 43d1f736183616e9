"""Puts everything together: the only wiring there is."""

import asyncio
import gc
import logging
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Self

import aiohttp
from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import bindparam, func, select

from bot import delivery, door, handlers, jobs, opening
from bot.clock import Clock, StandingClock
from bot.database import UNREACHABLE, Database
from bot.delivery import slack
from bot.delivery.engine import Engine, Limits, rates
from bot.handlers import acting
from bot.handlers.acting import Act
from bot.handlers.tries import Tries
from bot.jobs.tools import Tools
from bot.models.messages import Occurrence, Outbox
from bot.rules import away, features
from bot.rules.cadence import Cadence
from bot.rules.match_rounds import Matching
from bot.services import feedback_cycles
from bot.settings import Settings

log = logging.getLogger(__name__)

FINISH_SECONDS = 6.0  # for what is on its way when we are asked to end; closing fits into the rest of ten seconds
STEP = timedelta(milliseconds=250)  # one message at the usual pace
LONGEST_STEP = timedelta(days=1)


class Ladderbot:
    """One process of the bot. `async with` connects it to Slack; `run_until` ticks until it is told to stop."""

    def __init__(self, settings: Settings, db: Database, clock: Clock, *, is_ticking: bool = True) -> None:
        self.settings, self.db, self.clock = settings, db, clock
        self.features = features.switched_on(settings.features)
        self._away_statuses = away.statuses(settings.away_statuses)
        rounds = None if settings.matching_rounds == "none" else Cadence(settings.matching_rounds)
        self._matching = Matching(rounds, settings.matching_weights)
        self._feedback = opening.feedback(settings)
        self._is_ticking = is_ticking
        self._stack = AsyncExitStack()
        self._working = asyncio.Lock()
        self._at_work: set[asyncio.Task[None]] = set()
        self._socket: AsyncSocketModeHandler | None = None
        self.port = settings.port

    async def __aenter__(self) -> Self:
        session = await self._stack.enter_async_context(slack.http_session(self.settings.http_seconds))
        self.client = self._client(session)
        self.engine = Engine(self.db, self.clock, self.client, delivery.messages(self.features), limits(self.settings))
        zone, nudges = self.settings.program_zone, self.settings.nudges_a_week
        self.tools = Tools(
            self.db, self.clock, self.client, zone, self.features, nudges, away_statuses=self._away_statuses,
            matching=self._matching, channel=self.settings.program_channel, feedback=self._feedback,
        )  # fmt: skip
        self.bolt = self._bolt()
        if self.settings.uses_sockets:
            await self._open_socket()
        if self.settings.slack_signing_secret is not None:
            await self._open_door()
        if self._is_ticking:
            self._start_ticking()
        _keep_what_is_loaded()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Take no new work, let what is on its way finish, close."""
        self.engine.stop()
        try:
            await asyncio.wait_for(self._working.acquire(), FINISH_SECONDS)
            self._working.release()
        except TimeoutError:
            log.warning("stopped in the middle of a batch; what it had not finished is looked at again after a restart")
        await self._stack.aclose()

    def _client(self, session: aiohttp.ClientSession) -> AsyncWebClient:
        return slack.sender(
            self.settings.slack_bot_token.get_secret_value(),
            api_url=self.settings.slack_api_url,
            seconds=self.settings.http_seconds,
            session=session,
        )

    def _bolt(self) -> AsyncApp:
        app = AsyncApp(
            client=self.client,
            process_before_response=True,
            request_verification_enabled=False,  # the door has done it, before anything was read
            name="ladderbot",
        )
        make = partial(
            Act, self.db, self.clock, self.settings.program_zone, wake=self.engine.wake.set, features=self.features,
            away_statuses=self._away_statuses, matching=self._matching, channel=self.settings.program_channel,
            feedback=self._feedback, tries=Tries(),
        )  # fmt: skip
        app.use(acting.middleware(make))
        handlers.register(app, without=self.settings.leave_out_commands, features=self.features)
        return app

    async def _open_socket(self) -> None:
        token = self.settings.slack_app_token
        assert token is not None  # noqa: S101  (uses_sockets)
        self._socket = AsyncSocketModeHandler(self.bolt, token.get_secret_value())
        await self._socket.connect_async()  # type: ignore[no-untyped-call]
        self._stack.push_async_callback(self._socket.close_async)

    async def _open_door(self) -> None:
        secret = self.settings.slack_signing_secret
        assert secret is not None  # noqa: S101  (asked by the caller)
        app = door.web_app(self.bolt, secret=secret.get_secret_value(), clock=self.clock, ready=self.problem)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, self.settings.host, self.settings.port)
        await site.start()
        self.port = runner.addresses[0][1]

    # The clock

    def _start_ticking(self) -> None:
        """APScheduler only ticks: what is due is found in the database."""
        scheduler = AsyncIOScheduler()
        seconds = self.settings.tick_seconds
        scheduler.add_job(
            self.tick, "interval", seconds=seconds, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        scheduler.add_job(
            self.work, "interval", seconds=seconds, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        scheduler.start()
        waking = asyncio.create_task(self._deliver_when_woken())

        async def stop() -> None:
            scheduler.shutdown(wait=False)
            waking.cancel()
            await asyncio.gather(waking, *self._at_work, return_exceptions=True)

        self._stack.push_async_callback(stop)

    async def _deliver_when_woken(self) -> None:
        while True:
            await self.engine.wake.wait()
            self.engine.wake.clear()
            async with self._working:
                await self._deliver()

    async def tick(self) -> None:
        """Everything that is due at this moment."""
        async with self._working:
            await jobs.run_due(self.tools, self.features)
            if not self._is_ticking:
                await self.work()
            await self._deliver()

    async def work(self) -> None:
        """What may take minutes, beside everything else; only where nothing ticks by itself is it waited for."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  (we are in one)
        self._at_work.add(task)
        try:
            await jobs.run_due(self.tools, self.features, is_long=True)
        finally:
            self._at_work.discard(task)

    async def _deliver(self) -> None:
        try:
            await self.engine.settle()
        except UNREACHABLE as error:
            log.error("delivery: the database did not answer (%s)", type(error).__name__)
        except Exception:
            log.exception("delivery failed and is tried again")

    async def next_due(self) -> datetime:
        """The next moment at which something may happen by itself: nothing does of a feature that is off.

        Jobs plan a day ahead or more, so a day without a message to send is a step small enough for them.
        """
        off = features.ALL - self.features
        given = {"messages": list(delivery.messages(off)), "prompts": list(features.prompts(off))}
        async with self.db.reading() as session:
            moments = (await session.execute(_NEXT_DUE, given)).one()
        return min(moment for moment in (*moments, self.clock.now() + LONGEST_STEP) if moment is not None)

    async def advance(self, to: datetime) -> None:
        """Move a standing clock to `to`, stopping wherever something is due on the way. For the story and tests."""
        assert isinstance(self.clock, StandingClock)  # noqa: S101  (time runs by itself otherwise)
        await self.tick()
        while (due := await self.next_due()) <= to:
            self.clock.set(max(due, self.clock.now() + STEP))
            await self.tick()
        self.clock.set(to)
        await self.tick()

    # For whoever watches over the process

    async def problem(self) -> str | None:
        """Why the process cannot do its work now, or None: for /readyz."""
        try:
            async with self.db.reading() as session:
                problem = await feedback_cycles.pepper_problem(session, feedback=self._feedback)
        except UNREACHABLE:
            return "the database does not answer"
        if problem and "program_feedback" in self.features:
            return problem
        if self._socket is not None and not await self._socket.client.is_connected():
            return "Socket Mode is not connected"
        return f"Slack refuses us: {self.engine.trouble}" if self.engine.trouble else None


# Asked at each step of a standing clock, so it is put together once.
_NEXT_DUE = select(
    select(func.min(Outbox.not_before))
    .where(Outbox.state.in_(["pending", "unknown"]), Outbox.kind.not_in(bindparam("messages", expanding=True)))
    .scalar_subquery(),
    select(func.min(Occurrence.due_at))
    .where(Occurrence.state == "planned", Occurrence.kind.not_in(bindparam("prompts", expanding=True)))
    .scalar_subquery(),
)


@cache
def _keep_what_is_loaded() -> None:
    """By now it stays for good: each walk over it would stop everybody for 0.1 s. Once in a process."""
    gc.freeze()


def limits(settings: Settings) -> Limits:
    return Limits(
        rates=rates(settings.posts_per_minute or None),
        batch=settings.batch,
        at_once=settings.at_once,
        batch_seconds=settings.batch_seconds,
        lease=timedelta(seconds=settings.lease_seconds),
        asks_a_day=settings.asks_a_day or None,
    )

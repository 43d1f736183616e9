"""The engine of the outbox: claim a batch, draw it, send it, record what became of it. Nothing else sends messages."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import uuid4

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.database import Database
from bot.delivery import arguments, claims, drawing, results, slack
from bot.delivery.claims import Address, Rate
from bot.delivery.message import OPEN, POST, PUBLISH, UPDATE, Message
from bot.delivery.outcomes import Class, Outcome
from bot.delivery.results import Draft
from bot.services import attention, delivery_log
from bot.views import charts

log = logging.getLogger(__name__)

PATIENCE = 30.0
BATCHES_A_LOOK = 10  # what is due is asked over everything owed, so not before each batch


def rates(posts_per_minute: int | None) -> dict[str, Rate]:
    """Slack's tiers for the methods we use, less a margin."""
    return {POST: Rate(posts_per_minute), UPDATE: Rate(50, 30), PUBLISH: Rate(100, 30), OPEN: Rate(50, 30)}


@dataclass(frozen=True)
class Limits:
    """How much at once and how fast; all settings."""

    rates: Mapping[str, Rate] = field(default_factory=lambda: rates(240))
    batch: int = 50
    at_once: int = 20
    batch_seconds: float = 20.0
    lease: timedelta = timedelta(seconds=30)
    asks_a_day: int | None = None  # messages that ask something, a person and day; None: no limit


class Engine:
    """One per process. `trouble` says why everything waits, for the log, /readyz and the operator."""

    def __init__(
        self, db: Database, clock: Clock, client: AsyncWebClient, kinds: Mapping[str, Message], limits: Limits
    ) -> None:
        self._db, self._clock, self._client, self._kinds, self._limits = db, clock, client, kinds, limits
        self._owner = uuid4()
        self._stopping = asyncio.Event()
        self.wake = asyncio.Event()
        self.trouble: str | None = None

    async def deliver(self) -> int:
        """One batch per method at most. Returns how many rows were handled; 0 when nothing is due or allowed."""
        return await self._batches(await self._due())

    async def settle(self) -> int:
        """Deliver until nothing is due or allowed at this moment."""
        total, is_more = 0, True
        while is_more:
            due, is_more = await self._due(), False
            for _ in range(BATCHES_A_LOOK):
                handled = await self._batches(due)
                total, is_more = total + handled, is_more or handled > 0
                if handled < self._limits.batch:
                    break
        return total

    async def _due(self) -> Mapping[str, Sequence[str]]:
        """Method → the kinds of which something is due."""
        async with self._db.reading() as session:
            due = await claims.due_kinds(session, now=self._clock.now(), real=self._clock.real())
        by_method: dict[str, list[str]] = defaultdict(list)
        for kind in due:
            if kind in self._kinds:  # a newer replica may owe kinds that this one does not know yet
                by_method[self._kinds[kind].method].append(kind)
        return by_method

    async def _batches(self, due: Mapping[str, Sequence[str]]) -> int:
        handled = 0
        for method in (OPEN, UPDATE, PUBLISH, POST):
            if method in due and not self._stopping.is_set():
                handled += await self._batch(method, due[method])
        return handled

    def stop(self) -> None:
        """Claim nothing more; what is on its way finishes within the batch's deadline, or is given back."""
        self._stopping.set()

    async def _batch(self, method: str, kinds: Sequence[str]) -> int:
        async with self._db.writing(patience=PATIENCE) as session:
            rows = await claims.claim(
                session, method, kinds, owner=self._owner, now=self._clock.now(), real=self._clock.real(),
                batch=self._limits.batch, lease=self._limits.lease, rate=self._limits.rates[method],
            )  # fmt: skip
        if not rows:
            return 0
        drafts = [Draft(row, self._kinds[row.kind]) for row in rows]
        await self._draw(drafts)
        await self._send(drafts)
        await self._record(method, drafts)
        return len(drafts)

    # Drawing

    async def _draw(self, drafts: list[Draft]) -> None:
        now = self._clock.now()
        async with self._db.reading() as session:
            addresses = await claims.addresses(session, {draft.row.recipient for draft in drafts})
            for kind, group in drawing.by_kind(drafts).items():
                message = self._kinds[kind]
                subjects = [draft.row.subject for draft in group]
                loaded = await drawing.loaded(message, session, group, now)
                places = await claims.sent_places(session, message.redraws, subjects) if message.redraws else {}
                for draft in group:
                    draft.address = addresses.get(draft.row.recipient)
                    if draft.outcome is None:
                        drawing.decide(draft, loaded.get(draft.row.subject), places.get(draft.row.subject), now)
            await self._keep_budget(session, drafts, now)
        drawing.one_per_channel(drafts, now)

    async def _keep_budget(self, session: AsyncSession, drafts: Sequence[Draft], now: datetime) -> None:
        """What asks too much of somebody's day waits for the list of their next morning."""
        most = self._limits.asks_a_day
        asking = [draft for draft in drafts if draft.message.asks and draft.is_to_be_sent and not draft.row.looks]
        if most is None or not asking:
            return
        kinds = [kind for kind, message in self._kinds.items() if message.asks]
        ids, who = [draft.row.id for draft in drafts], {draft.row.recipient for draft in asking}
        spent = await attention.spent(session, who, kinds, now=now, but=ids)
        for draft in asking:
            can_wait = draft.row.kind != attention.BUNDLE and draft.message.is_movable
            if can_wait and spent.get(draft.row.recipient, 0) >= most:
                draft.state, draft.why = "skipped", attention.BUNDLED
            else:
                spent[draft.row.recipient] = spent.get(draft.row.recipient, 0) + 1

    # Sending

    async def _send(self, drafts: list[Draft]) -> None:
        """A few at once. Those not begun when Slack says no, or when the time is over, are given back untouched."""
        wanted = [draft for draft in drafts if draft.is_to_be_sent]
        if not wanted:
            return
        waiting, enough = iter(wanted), asyncio.Event()
        few = min(self._limits.at_once, len(wanted))
        senders = [asyncio.create_task(self._send_in_turn(waiting, enough)) for _ in range(few)]
        _, late = await asyncio.wait(senders, timeout=self._limits.batch_seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*senders, return_exceptions=True)

    async def _send_in_turn(self, waiting: Iterator[Draft], enough: asyncio.Event) -> None:
        for draft in waiting:
            if enough.is_set() or self._stopping.is_set():
                return
            draft.outcome = Outcome(Class.UNKNOWN, "deadline")  # unless it ends before that
            draft.outcome = await self._send_one(draft)
            if draft.outcome.kind in (Class.RATE, Class.CREDENTIALS):
                enough.set()

    async def _send_one(self, draft: Draft) -> Outcome:
        row, address, method = draft.row, draft.address, draft.message.method
        assert address is not None  # noqa: S101  (decided before)
        if row.looks and method == POST:
            found = self._repeat_once(draft) if draft.group else await self._look(draft, address)
            if found is not None:
                return found
        outcome = await slack.call(self._client, method, arguments.of(draft, address))
        if method == POST and draft.group is None and _has_moved(outcome, address):
            moved = replace(address, channel=None)
            outcome = await slack.call(self._client, method, arguments.of(draft, moved))
        return await self._send_plainer(draft, address, outcome) if outcome.kind is Class.PAYLOAD else outcome

    async def _send_plainer(self, draft: Draft, address: Address, refused: Outcome) -> Outcome:
        """First without charts, which not every workspace draws; then, of a message, nothing but its text."""
        method, outcome = draft.message.method, refused
        if plain := charts.plainly(draft.drawn or {}):
            log.info("Slack drew no charts in %s (%s): they go as text", draft.row.kind, refused.reason)
            draft.drawn = plain
            outcome = await slack.call(self._client, method, arguments.of(draft, address))
        if outcome.kind is Class.PAYLOAD and method == POST:
            log.error("Slack refused the blocks of %s: %s", draft.row.kind, outcome.reason)
            bare = {**arguments.of(draft, address), "blocks": None}
            outcome = await slack.call(self._client, method, bare)
        return outcome

    async def _look(self, draft: Draft, address: Address) -> Outcome | None:
        """None when the message is not there and is to be sent (again)."""
        row = draft.row
        found = await slack.look(
            self._client, address.slack_id or "", address.channel, key=row.id.hex, since=row.first_tried_at
        )
        if found.kind is Class.NOT_SENT:
            is_over = row.expires_at is not None and row.expires_at <= self._clock.now()
            return Outcome(Class.PAYLOAD, "expired") if is_over else None
        return self._repeat_once(draft) if slack.is_unreadable(found) else found

    def _repeat_once(self, draft: Draft) -> Outcome | None:
        """None when it is to be sent again although nobody can look: somebody waits for an answer."""
        is_second = draft.row.attempts == 2
        return None if draft.message.owes_action and is_second else Outcome(Class.PAYLOAD, "outcome unknown")

    # Recording

    async def _record(self, method: str, drafts: list[Draft]) -> None:
        now = self._clock.now()
        outcomes = [draft.outcome for draft in drafts if draft.outcome is not None]
        closed = [(draft.row.id, draft.row.recipient) for draft in drafts if results.is_closed(draft)]
        async with self._db.writing(patience=PATIENCE) as session:
            await claims.record(session, self._owner, [results.of(draft, now) for draft in drafts])
            bundled = {draft.row.recipient for draft in drafts if draft.why == attention.BUNDLED}
            await attention.bundle(session, bundled, now=now)
            await claims.remember_channels(session, results.new_channels(drafts))
            await results.keep_opened(session, drafts, now)
            await results.keep_posted(session, drafts, now)
            await delivery_log.tell_closed(session, closed, now=now)
            waits = [outcome.retry_after for outcome in outcomes if outcome.kind is Class.RATE]
            if waits:
                await claims.pause(session, [method], until=now + max(waits))
            await claims.pause(session, results.locked(method, outcomes), until=now + results.TROUBLE_WAIT)
        self._note_trouble([draft.outcome for draft in drafts if draft.outcome and not results.is_closed(draft)])

    def _note_trouble(self, outcomes: Sequence[Outcome]) -> None:
        troubles = [one.reason for one in outcomes if one.kind in (Class.CREDENTIALS, Class.POLICY)]
        if troubles:
            self.trouble = troubles[0]
            log.error("Slack does not let us send (%s); everything owed waits. Check token and scopes.", self.trouble)
        elif any(one.kind is Class.SENT for one in outcomes):
            self.trouble = None


def _has_moved(outcome: Outcome, address: Address) -> bool:
    return outcome.reason == "channel_not_found" and address.channel is not None

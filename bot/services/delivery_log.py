"""Did it reach them? What became of the messages owed, for owners: counted, for one person, and sent once more."""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, literal, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.messages import Outbox, Pace
from bot.models.people import Person as PersonRow
from bot.rules import access
from bot.rules import delivery_log as rules
from bot.rules.attention import OVER
from bot.rules.delivery_log import Again, Closed, Count, Entry, Fate, Log, Sent
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import attention, looks, messages, people, roles

CLOSED = "channel.closed"
THING = "messages"
POST = "chat.postMessage"
STATES = ("pending", "sending", "unknown", "sent", "failed", "skipped")
FATES = {
    "pending": Fate.WAITING, "sending": Fate.WAITING, "unknown": Fate.WAITING, "sent": Fate.SENT, "failed": Fate.FAILED,
}  # fmt: skip
SKIPPED = {attention.BUNDLED: Fate.MOVED, OVER: Fate.DROPPED}
STRANGER = "I don't find this person in the directory. Slack's list comes once a day; try it again tomorrow."

Wanted = Callable[[AsyncSession, str, UUID], Awaitable[bool | None]]
"""Whether a message of this kind still has something to say about this thing; None: its feature is off."""


def _fate(state: str, reason: str | None) -> Fate:
    return FATES.get(state) or SKIPPED.get(reason or "", Fate.LEFT_OUT)


async def load(session: AsyncSession, *, by: Person, days: int, now: datetime) -> Log:
    """All kinds over the last `days`, and whether Slack lets anything through. Refusal for whoever is no owner."""
    await _require(session, by, now.date())
    rows = (await session.execute(_counted(now - timedelta(days=days)))).all()
    counts: Counter[tuple[str, Fate, str]] = Counter()
    for kind, state, reason, many in rows:
        counts[rules.name_of(kind), _fate(state, reason), reason or ""] += many
    waiting = Counter({reason: many for (_, fate, reason), many in counts.items() if fate is Fate.WAITING})
    paused = await session.scalar(select(Pace.paused_until).where(Pace.method == POST, Pace.paused_until > now))
    # Without one scope everything that does not need it goes on; only then are posts not paused.
    locks = rules.LOCKS if paused else rules.LOCKS - {"missing_scope"}
    locked = next((reason for reason, _ in waiting.most_common() if reason in locks), None)
    return Log(days, tuple(Count(*key, many) for key, many in counts.items()), locked, paused if locked else None)


def _counted(since: datetime) -> Any:
    """One state at a time: each is counted from the index alone, and the whole outbox is never read."""
    return union_all(
        *(
            select(Outbox.kind, literal(state).label("state"), Outbox.reason, func.count())
            .where(Outbox.state == state, Outbox.not_before >= since)
            .group_by(Outbox.kind, Outbox.reason)
            for state in STATES
        )
    )


async def failed(session: AsyncSession, *, by: Person, days: int, now: datetime) -> list[Entry]:
    """The latest that failed, one by one, each to be sent again. Whose it was to be is noted in who looked."""
    await _require(session, by, now.date())
    is_failed = (Outbox.state == "failed", Outbox.not_before >= now - timedelta(days=days))
    rows = (await session.execute(_entries().where(*is_failed).limit(rules.MOST_FAILED))).all()
    for person in {row.recipient for row in rows if not rules.is_private(row.kind)}:
        looks.saw(session, by=by, thing=THING, about=person, of=person, because="owner")
    return [_entry(row) for row in rows]


async def of_person(session: AsyncSession, *, by: Person, slack_id: str, now: datetime) -> Sent:
    """What one person was sent and when: no word of it, nothing about program feedback, and no reminder that did not
    come, which would tell what they left unanswered. They see in who looked that an owner did."""
    await _require(session, by, now.date())
    person = (await people.by_slack_id(session, [slack_id], on=now.date())).get(slack_id)
    if person is None:
        raise Refusal(STRANGER, field="who")
    ours = [Outbox.recipient == person.id, Outbox.reason.is_distinct_from(OVER)]
    ours += [~Outbox.kind.startswith(prefix, autoescape=True) for prefix in rules.PRIVATE]
    drawn_anew = [kind for kind, name in rules.NAMES.items() if name == rules.AGAIN]
    found = _entries().where(*ours, Outbox.kind.not_in(drawn_anew)).limit(rules.MOST_SENT)
    rows = (await session.execute(found)).all()
    looks.saw(session, by=by, thing=THING, about=person.id, of=person.id, because="owner")
    return Sent(person.name, tuple(_entry(row) for row in rows))


def _entries() -> Any:
    return (
        select(
            Outbox.id, Outbox.kind, Outbox.state, Outbox.reason, Outbox.not_before, Outbox.recipient,
            PersonRow.name,
        )
        .join(PersonRow, PersonRow.id == Outbox.recipient)
        .order_by(Outbox.not_before.desc(), Outbox.id)
    )  # fmt: skip


def _entry(row: Any) -> Entry:
    who = None if rules.is_private(row.kind) else row.name
    return Entry(row.id, rules.name_of(row.kind), _fate(row.state, row.reason), row.reason or "", row.not_before, who)


async def _require(session: AsyncSession, by: Person, on: date) -> None:
    await roles.require_owner(session, by=by, on=on, thing=THING)


# Sent once more


async def send_again(session: AsyncSession, *, by: Person, message: UUID, wanted: Wanted, now: datetime) -> None:
    """What has failed goes out once more, where it is still of use. Refusal with the reason where it is not.

    Where it may have arrived, its first try stays on record, so that it is looked for before it is posted again.
    """
    await _require(session, by, now.date())
    row = await session.get(Outbox, message)
    if row is None:
        access.refuse()
    rules.check_again(await _asked(session, row, wanted, now))
    again: dict[str, Any] = {"state": "pending", "reason": None, "not_before": now}
    if not rules.may_have_arrived(row.reason or ""):
        again |= {"attempts": 0, "first_tried_at": None}
    else:
        again |= {"attempts": 1}
    once_more = update(Outbox).where(Outbox.id == message, Outbox.state == "failed").values(**again)
    if (await session.execute(once_more.returning(Outbox.id))).first() is None:
        raise Refusal("It is on its way already. Look again in a minute.")
    session.info[messages.TOLD] = True


async def _asked(session: AsyncSession, row: Outbox, wanted: Wanted, now: datetime) -> Again:
    person = await session.get_one(PersonRow, row.recipient)
    twin = select(Outbox.id).where(
        Outbox.kind == row.kind, Outbox.subject == row.subject, Outbox.recipient == row.recipient,
        Outbox.state == "sent", Outbox.not_before > row.not_before,
    )  # fmt: skip
    is_sent = await session.scalar(twin.limit(1)) is not None
    still = await wanted(session, row.kind, row.subject) if row.state == "failed" else False
    return Again(
        state="sent" if is_sent else row.state,
        is_expired=row.expires_at is not None and row.expires_at <= now,
        is_there=person.is_active and person.slack_id is not None,
        is_wanted=bool(still),
        is_known=still is not None,
    )


# A channel that is closed to the app


async def tell_closed(session: AsyncSession, rows: Collection[tuple[UUID, UUID]], *, now: datetime) -> None:
    """Whoever caused what a channel did not take hears of it, each time. Rows: (the message, whoever caused it)."""
    owed = [messages.owed(CLOSED, to=who, about=one, at=now, key=f"{CLOSED}:{uuid4().hex}") for one, who in rows]
    await messages.tell_many(session, owed)


async def load_closed(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Closed]:
    """What did not get into its channel, and still is not there."""
    rows = await session.execute(
        select(Outbox.id, Outbox.kind, Outbox.reason).where(Outbox.id.in_(ids), Outbox.state == "failed")
    )
    return {row.id: Closed(row.id, rules.name_of(row.kind), row.reason or "") for row in rows}

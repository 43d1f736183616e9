"""Recognition: thank somebody, publish it where both agree, withdraw it at any time."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.people import Person as PersonRow
from bot.models.recognition import Recognition
from bot.rules import access, cadence
from bot.rules import recognition as rules
from bot.rules.framework import Framework
from bot.rules.people import Person
from bot.rules.recognition import Form, Page, State, Thanks
from bot.rules.refusal import Refusal
from bot.services import framework as frameworks
from bot.services import messages, people, roles

GIVEN = "recognition.given"
PUBLISHED = "recognition.published"
PUBLISHED_AGAIN = "recognition.published_again"

Giver, Receiver = aliased(PersonRow), aliased(PersonRow)


# What whoever thanks does


async def form(session: AsyncSession, *, by: Person, to: str, channel: str | None, now: datetime) -> Form:
    """`to`: a Slack id. Refusal for whoever cannot be thanked here."""
    found = (await people.by_slack_id(session, [to], on=now.date())).get(to)
    receiver = rules.check_receiver(found, by=by)
    track = (await frameworks.current(session)).track(receiver.track or "")
    return Form(receiver, track.competencies if track else (), channel)


async def give(
    session: AsyncSession,
    *,
    by: Person,
    to: str,
    competency: str,
    did: str,
    changed: str,
    is_for_all: bool,
    channel: str | None,
    now: datetime,
) -> Thanks:
    """Thank somebody. They alone read it; whether others do is theirs to say, if `by` agrees."""
    wanted = await form(session, by=by, to=to, channel=channel, now=now)
    if competency not in {one.key for one in wanted.competencies}:
        raise Refusal("Choose what it shows.", field="competency")
    rules.check_words(did, changed)
    row = Recognition(
        receiver_id=wanted.receiver.id, giver_id=by.id, track=wanted.receiver.track or "", competency=competency,
        did=did, changed=changed, is_for_all=is_for_all and channel is not None, state=State.GIVEN.value, given_at=now,
    )  # fmt: skip
    session.add(row)
    await session.flush()
    await messages.tell(session, GIVEN, to=wanted.receiver.id, about=row.id, at=now)
    return await _one(session, row.id)


# What whoever is thanked does


async def read(session: AsyncSession, *, by: Person, thanks: UUID) -> Thanks:
    """For the two of them; for everybody while it is published. Refusal for everybody else."""
    found = await _one(session, thanks)
    if found.state is State.WITHDRAWN:
        raise Refusal(rules.GONE)
    thing = rules.SHOWN if found.state is State.PUBLISHED else rules.THING
    access.require(rules.standing(found, by.id), "read", thing)
    return found


async def publish(session: AsyncSession, *, by: Person, thanks: UUID, channel: str | None, now: datetime) -> Thanks:
    """Named in the channel with the names of both, until either of them withdraws it. Whoever is thanked says so; where
    they do not, nobody hears of it."""
    found = await _theirs(session, by, thanks, "write")
    where = rules.check_to_publish(found, channel)
    given = Recognition.state == State.GIVEN.value
    await _change(session, thanks, given, state=State.PUBLISHED.value, published_at=now, channel=where)
    await messages.tell(session, PUBLISHED, to=by.id, about=thanks, at=now)
    return await _one(session, thanks)


async def _theirs(session: AsyncSession, by: Person, thanks: UUID, verb: str) -> Thanks:
    found = await _one(session, thanks)
    access.require(rules.standing(found, by.id), verb, rules.THING)
    return found


async def _change(session: AsyncSession, thanks: UUID, *only_if: ColumnElement[bool], **values: Any) -> None:
    """Of two who change it at once, the second hears so."""
    changed = update(Recognition).where(Recognition.id == thanks, *only_if).values(**values)
    quietly = changed.returning(Recognition.id).execution_options(synchronize_session=False)
    if (await session.execute(quietly)).first() is None:
        raise Refusal(rules.CHANGED)


# What either of them does


async def withdraw(session: AsyncSession, *, by: Person, thanks: UUID, now: datetime) -> Thanks:
    """At any time, without a reason: gone with its words; the channel says so."""
    await _theirs(session, by, thanks, "delete")
    await _withdraw(session, Recognition.id == thanks, tell=by.id, now=now)
    return await _one(session, thanks)


async def withdraw_all(session: AsyncSession, who: Sequence[UUID], *, now: datetime) -> None:
    """What names people who are erased. Their own messages go with them, so the channel is changed in an owner's
    name."""
    theirs = or_(Recognition.giver_id.in_(who), Recognition.receiver_id.in_(who))
    if await session.scalar(select(Recognition.id).where(theirs).limit(1)) is None:
        return
    owners = await roles.owners(session, on=now.date()) - set(who)
    await _withdraw(session, theirs, tell=min(owners, default=None), now=now)


async def _withdraw(session: AsyncSession, which: ColumnElement[bool], *, tell: UUID | None, now: datetime) -> None:
    rows = await session.execute(
        update(Recognition)
        .where(which, Recognition.state != State.WITHDRAWN.value)
        .values(state=State.WITHDRAWN.value, did="", changed="")
        .returning(Recognition.id, Recognition.channel)
        .execution_options(synchronize_session=False)
    )
    for row in rows.all():
        for kind in (GIVEN, PUBLISHED):
            await messages.withdraw(session, kind, about=row.id)
        if row.channel is not None and tell is not None:
            await messages.refresh(session, PUBLISHED_AGAIN, to=tell, about=row.id, at=now)


# Loading


async def page(session: AsyncSession, *, by: Person) -> Page:
    """Those that are not withdrawn."""
    stands = Recognition.state != State.WITHDRAWN.value
    received = await _load(session, Recognition.receiver_id == by.id, stands, limit=rules.AT_ONCE)
    given = await _load(session, Recognition.giver_id == by.id, stands, limit=rules.AT_ONCE)
    return Page(tuple(received), tuple(given))


async def published(session: AsyncSession, *, of: Person, since: date) -> list[Thanks]:
    """What somebody was thanked for since that day, of what everybody may read."""
    is_public = Recognition.receiver_id == of.id, Recognition.state == State.PUBLISHED.value
    return await _load(session, *is_public, Recognition.given_at >= cadence.resolve(since, 0, of.schedule.zone))


async def by_id(session: AsyncSession, ids: Collection[UUID], states: Collection[State]) -> dict[UUID, Thanks]:
    """For messages: those that stand so."""
    stand = Recognition.state.in_([state.value for state in states])
    return {one.id: one for one in await _load(session, Recognition.id.in_(ids), stand)}


async def keep_place(session: AsyncSession, thanks: UUID, *, channel: str, ts: str) -> None:
    """Where it is named, for as long as it may be withdrawn."""
    await session.execute(update(Recognition).where(Recognition.id == thanks).values(channel=channel, ts=ts))


async def _one(session: AsyncSession, thanks: UUID) -> Thanks:
    found = await _load(session, Recognition.id == thanks)
    return found[0] if found else access.refuse()


async def _load(session: AsyncSession, *which: ColumnElement[bool], limit: int | None = None) -> list[Thanks]:
    """The newest first."""
    rows = await session.execute(
        select(
            Recognition, Giver.name.label("giver"), Receiver.name.label("receiver"),
            Giver.is_active.label("gives"), Receiver.is_active.label("receives"),
        )
        .join(Giver, Giver.id == Recognition.giver_id)
        .join(Receiver, Receiver.id == Recognition.receiver_id)
        .where(*which)
        .order_by(Recognition.given_at.desc(), Recognition.id)
        .limit(limit)
        .execution_options(populate_existing=True)
    )  # fmt: skip
    found = rows.all()
    framework = await frameworks.current_or_none(session) if found else None
    return [_value(row, framework) for row in found]


def _value(row: Any, framework: Framework | None) -> Thanks:
    kept: Recognition = row.Recognition
    track = framework.track(kept.track) if framework else None
    named = {one.key: one.name for one in track.competencies} if track else {}
    return Thanks(
        kept.id, kept.giver_id, row.giver, kept.receiver_id, row.receiver, track.name if track else kept.track,
        named.get(kept.competency, kept.competency), kept.did, kept.changed, kept.is_for_all, State(kept.state),
        kept.given_at, kept.channel, kept.ts, row.gives and row.receives,
    )  # fmt: skip

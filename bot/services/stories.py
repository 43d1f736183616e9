"""Success stories: offer one, change it, withdraw it; read those of others; for owners, answer."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.messages import Outbox
from bot.models.people import Person as PersonRow
from bot.models.stories import SuccessStory
from bot.rules import access
from bot.rules import stories as rules
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.rules.stories import Form, Library, Shelf, State, Story, Verdict
from bot.services import framework as frameworks
from bot.services import looks, messages, people, relations, roles

OFFERED = "story.offered"
DECIDED = "story.decided"
PUBLISHED = "story.published"
PUBLISHED_AGAIN = "story.published_again"
THING, SHOWN = "story", "published story"
CHANGED = "This story was changed in another window just now. Open it again to see how it stands."


# What its author does


async def form(
    session: AsyncSession, *, by: Person, channel: str | None, now: datetime, story: UUID | None = None
) -> Form:
    """What its author sees before they write. Refusal for whoever is no member, and for a story that is decided."""
    if not by.is_member:
        raise Refusal(rules.NOT_A_MEMBER)
    before = await _to_change(session, by, story) if story is not None else None
    framework = await frameworks.current(session)
    owners = (await people.by_id(session, await roles.owners(session, on=now.date()), on=now.date())).values()
    tracks = tuple((one.key, one.name) for one in framework.tracks)
    return Form(tuple(sorted(one.name for one in owners)), channel, tracks, by.track or "", before)


async def offer(session: AsyncSession, *, by: Person, track: str, did: str, helped: str, now: datetime) -> Story:
    if not by.is_member:
        raise Refusal(rules.NOT_A_MEMBER)
    rules.check_words(did, helped)
    waiting = select(func.count()).where(SuccessStory.author_id == by.id, SuccessStory.state.in_(rules.CAN_BE_CHANGED))
    rules.check_open(await session.scalar(waiting) or 0)
    row = SuccessStory(
        author_id=by.id, track=await _track(session, track), level=by.level or "", did=did, helped=helped,
        state=State.OFFERED.value, offered_at=now,
    )  # fmt: skip
    session.add(row)
    await session.flush()
    await _tell_owners(session, row.id, by, take=1, now=now)
    return await _one(session, row.id)


async def _track(session: AsyncSession, key: str) -> str:
    if (await frameworks.current(session)).track(key) is None:
        raise Refusal("Choose the track it tells of.", field="track")
    return key


async def _to_change(session: AsyncSession, by: Person, story: UUID) -> Story:
    """One's own story. Refusal once it is decided."""
    found = await _mine(session, by, story, "write")
    rules.check_to_change(found)
    return found


async def change(
    session: AsyncSession, *, by: Person, story: UUID, take: int, track: str, did: str, helped: str, now: datetime
) -> Story:
    """New words, which the owners read anew: nothing is published that its author has not sent."""
    await _to_change(session, by, story)
    rules.check_words(did, helped)
    words = {"track": await _track(session, track), "did": did, "helped": helped, "level": by.level or ""}
    offered = {"state": State.OFFERED.value, "take": take + 1, "offered_at": now, "note": "", "decided_by": None}
    same = (SuccessStory.take == take, SuccessStory.state.in_(rules.CAN_BE_CHANGED))
    await _change(session, story, *same, **words, **offered)
    await _tell_owners(session, story, by, take=take + 1, now=now)
    return await _one(session, story)


async def withdraw(session: AsyncSession, *, by: Person, story: UUID, now: datetime) -> Story:
    """At any time, without a reason: gone from the list at once, its words too; the channel says so."""
    await _mine(session, by, story, "delete")
    await _withdraw(session, SuccessStory.id == story, tell=by.id, now=now)
    return await _one(session, story)


async def withdraw_all(session: AsyncSession, authors: Sequence[UUID], *, now: datetime) -> None:
    """Those of people who are erased. Their own messages go with them, so the channel is changed in an owner's name."""
    theirs = SuccessStory.author_id.in_(authors)
    if await session.scalar(select(SuccessStory.id).where(theirs).limit(1)) is None:
        return
    owners = await roles.owners(session, on=now.date()) - set(authors)
    await _withdraw(session, theirs, tell=min(owners, default=None), now=now)


async def _withdraw(session: AsyncSession, which: ColumnElement[bool], *, tell: UUID | None, now: datetime) -> None:
    gone = {"state": State.WITHDRAWN.value, "did": "", "helped": "", "note": "", "decided_at": now}
    rows = await session.execute(
        update(SuccessStory)
        .where(which, SuccessStory.state != State.WITHDRAWN.value)
        .values(**gone)
        .returning(SuccessStory.id, SuccessStory.channel)
        .execution_options(synchronize_session=False)
    )
    for row in rows.all():
        for kind in (OFFERED, PUBLISHED):
            await messages.withdraw(session, kind, about=row.id)
        if row.channel is not None and tell is not None:
            await messages.refresh(session, PUBLISHED_AGAIN, to=tell, about=row.id, at=now)


async def _mine(session: AsyncSession, by: Person, story: UUID, verb: str) -> Story:
    found = await _one(session, story)
    access.require({"author"} if found.author_id == by.id else set(), verb, THING)
    return found


# What everybody reads


async def library(session: AsyncSession, *, by: Person) -> Library:
    """Every track with how many are told of it, and one's own."""
    counted = select(SuccessStory.track, func.count()).where(SuccessStory.state == State.PUBLISHED.value)
    rows = await session.execute(counted.group_by(SuccessStory.track))
    many: dict[str, int] = {row[0]: row[1] for row in rows}
    framework = await frameworks.current_or_none(session)
    shelves = tuple(Shelf(one.key, one.name, many.get(one.key, 0)) for one in (framework.tracks if framework else ()))
    mine = _load().where(SuccessStory.author_id == by.id, SuccessStory.state != State.WITHDRAWN.value)
    own = await session.execute(mine.order_by(SuccessStory.offered_at.desc()).limit(rules.AT_ONCE))
    return Library(shelves, await _values(session, own), by.is_member and framework is not None)


async def of_track(session: AsyncSession, *, track: str, after: int = 0) -> tuple[Story, ...]:
    """What is told of one track, the newest first: one more than a page, where there are more."""
    of = _load().where(SuccessStory.state == State.PUBLISHED.value, SuccessStory.track == track)
    newest = of.order_by(SuccessStory.decided_at.desc(), SuccessStory.id)
    return await _values(session, await session.execute(newest.offset(after).limit(rules.AT_ONCE + 1)))


async def read(session: AsyncSession, *, by: Person, story: UUID, now: datetime) -> Story:
    """A published one for everybody; any other for its author and for owners, whose look is noted."""
    found = await _one(session, story)
    if found.state is State.PUBLISHED:
        access.require({"other"}, "read", SHOWN)
        return found
    if found.state is State.WITHDRAWN:
        raise Refusal(rules.GONE)
    standing = await relations.to_person(session, by=by, of=found.author_id, thing=THING, on=now.date())
    because = access.require(standing, "read", THING)
    looks.saw(session, by=by, thing=THING, about=found.id, of=found.author_id, because=because)
    return found


# What owners do


async def waiting(session: AsyncSession) -> tuple[Story, ...]:
    """Those that wait for an answer, the longest first; for owners, who are asked for before."""
    offered = _load().where(SuccessStory.state == State.OFFERED.value, PersonRow.is_active)
    longest = offered.order_by(SuccessStory.offered_at).limit(rules.MOST_WAITING)
    return await _values(session, await session.execute(longest))


async def open_offer(session: AsyncSession, *, by: Person, story: UUID, now: datetime) -> Story:
    """What an owner reads before answering."""
    await roles.require_owner(session, by=by, on=now.date(), thing=THING, verb="review")
    found = await read(session, by=by, story=story, now=now)
    rules.check_to_decide(found, found.take)
    return found


async def decide(
    session: AsyncSession,
    *,
    by: Person,
    story: UUID,
    take: int,
    verdict: Verdict | None,
    note: str,
    channel: str | None,
    now: datetime,
) -> Story:
    """Publish it as it was offered, ask for changes, or decline with thanks. Its author hears of it."""
    await roles.require_owner(session, by=by, on=now.date(), thing=THING, verb="review")
    answer = rules.check_verdict(verdict, note)
    found = await _one(session, story)
    rules.check_to_decide(found, take)
    is_public = answer is Verdict.PUBLISH
    decided = {
        "state": rules.BECOMES[answer].value, "note": note, "decided_by": by.id,
        "decided_at": None if answer is Verdict.CHANGES else now, "channel": channel if is_public else None,
    }  # fmt: skip
    await _change(session, story, SuccessStory.take == take, SuccessStory.state == State.OFFERED.value, **decided)
    await messages.withdraw(session, OFFERED, about=story)
    if found.author_id != by.id:
        key = f"{DECIDED}:{story.hex}:{take}"
        await messages.tell(session, DECIDED, to=found.author_id, about=story, at=now, key=key)
    if is_public and channel is not None:
        await messages.tell(session, PUBLISHED, to=by.id, about=story, at=now)
    await messages.redraw_program(session, by.id, at=now)
    return await _one(session, story)


async def _change(session: AsyncSession, story: UUID, *conditions: ColumnElement[bool], **values: Any) -> None:
    """Of two who change it at once, the second hears so."""
    changed = update(SuccessStory).where(SuccessStory.id == story, *conditions).values(**values)
    quietly = changed.returning(SuccessStory.id).execution_options(synchronize_session=False)
    if (await session.execute(quietly)).first() is None:
        raise Refusal(CHANGED)


async def _tell_owners(session: AsyncSession, story: UUID, by: Person, *, take: int, now: datetime) -> None:
    for owner in sorted(await roles.owners(session, on=now.date()) - {by.id}):
        key = f"{OFFERED}:{story.hex}:{owner.hex}:{take}"
        await messages.tell(session, OFFERED, to=owner, about=story, at=now, key=key)


async def keep_place(session: AsyncSession, story: UUID, *, channel: str, ts: str) -> None:
    """Where it is named, for as long as it may be withdrawn."""
    await session.execute(update(SuccessStory).where(SuccessStory.id == story).values(channel=channel, ts=ts))


# Loading


async def by_id(
    session: AsyncSession, ids: Collection[UUID], states: Collection[State] = frozenset(State)
) -> dict[UUID, Story]:
    """For messages: those in one of these states."""
    found = await session.execute(_load().where(SuccessStory.id.in_(ids), SuccessStory.state.in_(states)))
    return {one.id: one for one in await _values(session, found)}


async def moved(session: AsyncSession, owners: Sequence[UUID], *, why: str) -> dict[UUID, list[Story]]:
    """Owner → stories that wait for an answer, of which the message was skipped for this reason."""
    rows = await session.execute(
        select(Outbox.recipient, Outbox.subject)
        .join(SuccessStory, SuccessStory.id == Outbox.subject)
        .where(
            Outbox.kind == OFFERED, Outbox.recipient.in_(owners), Outbox.state == "skipped", Outbox.reason == why,
            SuccessStory.state == State.OFFERED.value,
        )
        .distinct()
    )  # fmt: skip
    pairs = rows.all()
    found: Mapping[UUID, Story] = await by_id(session, {row.subject for row in pairs}) if pairs else {}
    waits: dict[UUID, list[Story]] = {}
    for row in pairs:
        waits.setdefault(row.recipient, []).append(found[row.subject])
    return {owner: sorted(many, key=lambda one: one.offered_at) for owner, many in waits.items()}


async def _one(session: AsyncSession, story: UUID) -> Story:
    found = (await by_id(session, [story])).get(story)
    if found is None:
        access.refuse()
    return found


def _load() -> Any:
    return (
        select(SuccessStory, PersonRow.name, PersonRow.is_active)
        .join(PersonRow, PersonRow.id == SuccessStory.author_id)
        .execution_options(populate_existing=True)
    )


async def _values(session: AsyncSession, rows: Any) -> tuple[Story, ...]:
    found = rows.all()
    framework = await frameworks.current_or_none(session) if found else None
    named = framework.track_name if framework else str
    return tuple(_value(row.SuccessStory, row.name, row.is_active, named(row.SuccessStory.track)) for row in found)


def _value(row: SuccessStory, author: str, is_here: bool, track: str) -> Story:
    return Story(
        row.id, row.author_id, author, row.track, track, row.level, row.did, row.helped,
        State(row.state), row.take, row.offered_at, row.decided_at, row.note, row.channel, row.ts, is_here,
    )  # fmt: skip

"""What Slack tells us about people: who is new, who has changed, who has left."""

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.messages import Occurrence
from bot.models.people import Person, Placement
from bot.rules import directory as rules
from bot.rules import people_diff
from bot.rules.directory import Account, Differences, Entry
from bot.services import away, check_in_rounds, hand_overs, mentorship_ends, opportunities, welcomes
from bot.services.people import holds

log = logging.getLogger(__name__)

LEFT = "left"
LEFT_PROGRAM = "left the program"
STOPPED = (
    "Slack's list would end %d of %d members at once, so nobody's account was ended or begun. "
    "If that is meant: ladderbot people sync --allow-ending %d"
)

DOUBLED = (
    "%d people of the people file have the e-mail of somebody known by Slack id already, so they are there twice. "
    "Name them by slack_id in the file, and take the imported ones out of the program with track none."
)


@dataclass(frozen=True)
class SyncResult:
    """How many people were new, changed or ended. `stopped`: `ended` members would have ended, and nobody did."""

    new: int = 0
    changed: int = 0
    ended: int = 0
    stopped: bool = False


async def sync(
    session: AsyncSession,
    accounts: Iterable[Account],
    *,
    today: date,
    now: datetime,
    is_complete: bool,
    allow_ending: int = 0,
) -> SyncResult:
    """Bring the directory in line with Slack's accounts; with nothing to change, nothing is written.

    `is_complete`: these are all accounts, so whoever is not among them has left. `allow_ending`: how many members,
    exactly, may end although they are more than 5 % at once.
    """
    accounts = list(accounts)
    found = rules.compare(accounts, await _entries(session, None if is_complete else accounts), is_complete=is_complete)
    if found.doubled:
        log.warning(DOUBLED, len(found.doubled))
    would_end = await _too_many(session, found.ended, today=today, allowed=allow_ending)
    await _write(session, found)
    away_or_back = await away.follow_statuses(session, accounts, now=now, is_complete=is_complete)
    if found.moved or found.back:
        await welcomes.look_soon(session, now=now)
    if would_end:
        await replan(session, [*found.moved, *away_or_back], now=now)
        return SyncResult(len(found.new), len(found.changed), would_end, stopped=True)
    await _end(session, found.ended, today=today, now=now)
    await _begin_again(session, found.back, now=now)
    await replan(session, [*found.moved, *found.back, *away_or_back], now=now)
    changed = {one.id for one in found.changed} | set(found.back)
    return SyncResult(len(found.new), len(changed), len(found.ended))


async def changed(
    session: AsyncSession,
    user: dict[str, Any],
    *,
    zone: str,
    today: date,
    now: datetime,
    team: str | None = None,
    statuses: Collection[str] = (),
) -> SyncResult:
    """The user of a `user_change` or `team_join` event. Most of them say nothing that concerns us."""
    account = rules.account(user, zone=zone, team=team, statuses=statuses)
    if account is None:
        return SyncResult()
    return await sync(session, [account], today=today, now=now, is_complete=False)


async def _entries(session: AsyncSession, accounts: Sequence[Account] | None) -> list[Entry]:
    """Everybody, or those whom these few accounts may concern."""
    columns = (Person.id, Person.slack_id, Person.email, Person.name, Person.zone, Person.is_guest, Person.is_active)
    wanted = select(*columns)
    if accounts is not None:
        ids, emails = [one.slack_id for one in accounts], [one.email for one in accounts if one.email]
        wanted = wanted.where(or_(Person.slack_id.in_(ids), Person.email.in_(emails)))
    return [Entry(*row) for row in await session.execute(wanted)]


async def _too_many(session: AsyncSession, ended: Sequence[UUID], *, today: date, allowed: int) -> int:
    """How many members would end, where that stops a sync; else 0."""
    if len(ended) < 2:
        return 0
    enrolled = select(Placement.person_id).join(Person, Person.id == Placement.person_id)
    members = set(await session.scalars(enrolled.where(holds(Placement, today), Person.is_active)))
    ending = len(members.intersection(ended))
    if not people_diff.exceeds(ending, len(members)) or allowed == ending:
        return 0
    log.error(STOPPED, ending, len(members), ending)
    return ending


async def _write(session: AsyncSession, found: Differences) -> None:
    connection = await session.connection()
    if found.freed:
        by_key = update(Person).where(Person.id == bindparam("key"))
        await connection.execute(by_key.values(email=None), [{"key": one} for one in found.freed])
    if found.changed:
        await connection.execute(_update(), [_changed_row(one) for one in found.changed])
    await insert_new(session, Person, [_new_row(one) for one in found.new])


def _update() -> Any:
    return (
        update(Person)
        .where(Person.id == bindparam("key"))
        .values(
            slack_id=bindparam("new_slack_id"),
            email=bindparam("new_email"),
            name=bindparam("new_name"),
            zone=bindparam("new_zone"),
            is_guest=bindparam("new_is_guest"),
        )
    )


def _changed_row(one: Entry) -> dict[str, Any]:
    return {
        "key": one.id, "new_slack_id": one.slack_id, "new_email": one.email, "new_name": one.name,
        "new_zone": one.zone, "new_is_guest": one.is_guest,
    }  # fmt: skip


def _new_row(one: Account) -> dict[str, Any]:
    return {
        "id": uuid4(), "slack_id": one.slack_id, "email": one.email, "name": one.name, "zone": one.zone,
        "is_guest": one.is_guest, "is_active": True, "preferred_hour": 9, "working_days": "12345",
    }  # fmt: skip


async def _end(session: AsyncSession, ids: Sequence[UUID], *, today: date, now: datetime) -> None:
    """Leavers keep their track and level as history; nothing more is planned for them."""
    for page in pages(ids):
        await session.execute(update(Person).where(Person.id.in_(page)).values(is_active=False, left_on=today))
        await mentorship_ends.end_of_leavers(session, page, now=now)
        await opportunities.end_of_leavers(session, page, now=now)
    await skip_planned(session, ids, why=LEFT)
    if ids:
        await hand_overs.look_soon(session, now=now)


async def _begin_again(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> None:
    for page in pages(ids):
        await session.execute(update(Person).where(Person.id.in_(page)).values(is_active=True, left_on=None))
    await plan_skipped(session, ids, now=now)


async def skip_planned(session: AsyncSession, ids: Sequence[UUID], *, why: str) -> None:
    """Nothing that is planned for these people comes any more."""
    for page in pages(ids):
        planned = (Occurrence.person_id.in_(page), Occurrence.state == "planned")
        await session.execute(update(Occurrence).where(*planned).values(state="skipped", reason=why))


async def plan_skipped(session: AsyncSession, ids: Sequence[UUID], *, now: datetime) -> None:
    """What was skipped because these people had left, and is still of use, is planned again; replan it afterwards."""
    for page in pages(ids):
        skipped = (Occurrence.state == "skipped", Occurrence.reason.in_([LEFT, LEFT_PROGRAM]))
        in_time = (Occurrence.person_id.in_(page), Occurrence.expires_at > now)
        await session.execute(update(Occurrence).where(*in_time, *skipped).values(state="planned", reason=None))


async def replan(session: AsyncSession, ids: Iterable[UUID], *, now: datetime) -> None:
    """Plan again for any number of people, page by page."""
    unique = list(dict.fromkeys(ids))
    if len(unique) > check_in_rounds.PAGE and session.get_bind().dialect.name == "postgresql":
        # Rows of this very transaction have no statistics yet: a generic plan would read all of them for each page.
        await session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
    for page in pages(unique):
        await check_in_rounds.replan(session, page, now=now)


def pages(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), check_in_rounds.PAGE):
        yield ids[start : start + check_in_rounds.PAGE]

"""What members do with program feedback: send something, sealed, and take it back. Nothing else is kept about them."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, and_, bindparam, delete, exists, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot import sealing
from bot.models.people import Person as PersonRow
from bot.models.people import Placement, RoleGrant
from bot.models.program_feedback import FeedbackBox, FeedbackCycle, FeedbackRelease, FeedbackTable
from bot.rules import access
from bot.rules import program_feedback as rules
from bot.rules.people import Person, Role
from bot.rules.program_feedback import NOTHING, Answers, Author, Cycle, CycleState, Feedback, Release, Text
from bot.rules.refusal import Refusal
from bot.sealing import SealProblem
from bot.services import people, roles
from bot.services.people import holds

PLACES = ("box1", "box2", "box3")


# Who and when


async def current(session: AsyncSession) -> Cycle | None:
    """The cycle that is not opened yet. It may have closed already: `takes` tells."""
    row = await session.scalar(select(FeedbackCycle).where(FeedbackCycle.state == CycleState.OPEN.value))
    return None if row is None else cycle_of(row)


async def cycles(session: AsyncSession) -> list[Cycle]:
    """All of them, the newest first."""
    rows = await session.scalars(select(FeedbackCycle).order_by(FeedbackCycle.opens.desc(), FeedbackCycle.id))
    return [cycle_of(row) for row in rows]


def cycle_of(row: FeedbackCycle) -> Cycle:
    return Cycle(row.id, row.k, row.k_text, row.dimension, row.opens, row.closes, row.window, row.is_steward, row.state)


async def readers(session: AsyncSession, on: date) -> list[Person]:
    """Who reads what is released: the owners of the whole program, by name."""
    found = await people.by_id(session, await roles.owners(session, on=on), on=on)
    return sorted(found.values(), key=lambda one: (one.name, one.id))


async def require_reader(session: AsyncSession, *, by: Person, on: date) -> None:
    """Refusal for everybody but the readers, who were named to whoever wrote."""
    found = {one.id for one in await readers(session, on)}
    access.require(["owner"] if by.id in found else ["other"], "read", "program feedback", "released")


async def group(session: AsyncSession, on: date) -> int:
    """Among how many people somebody is anonymous."""
    return await session.scalar(select(func.count()).select_from((await _roster(session, on)).subquery())) or 0


async def roster(session: AsyncSession, on: date, *, after: UUID | None, most: int) -> Sequence[UUID]:
    """The next ids of those who can take part, in their order."""
    found = (await _roster(session, on)).order_by(PersonRow.id).limit(most)
    return (await session.scalars(found if after is None else found.where(PersonRow.id > after))).all()


async def _roster(session: AsyncSession, on: date) -> Select[UUID]:
    """The ids of all who can take part: members of the whole program, without anybody who has just come."""
    first = await session.scalar(select(func.min(FeedbackCycle.opens)))
    since = rules.known_since(on, first)
    known = exists().where(Placement.person_id == PersonRow.id, Placement.from_on <= since)
    member = exists().where(Placement.person_id == PersonRow.id, holds(Placement, on))
    reachable = (PersonRow.is_active, ~PersonRow.is_guest, PersonRow.slack_id.is_not(None))
    return select(PersonRow.id).where(*reachable, member, known)


async def author(session: AsyncSession, slack_id: str, *, on: date) -> Author | None:
    """Somebody who wants to send something; None for strangers."""
    row = (await session.execute(_AUTHOR, {"slack_id": slack_id, "on": on})).one_or_none()
    return None if row is None else Author(**row._mapping)


# Asked whenever something is sent, so they are put together once.
_ON = bindparam("on", type_=Date)
_READS = exists().where(
    RoleGrant.person_id == PersonRow.id, RoleGrant.role == Role.OWNER.value, RoleGrant.scope.is_(None),
    holds(RoleGrant, _ON),
)  # fmt: skip
_THEIRS = select(func.min(Placement.from_on)).where(Placement.person_id == PersonRow.id)
_SINCE = _THEIRS.correlate(PersonRow).scalar_subquery()
_AUTHOR = (
    select(
        Placement.track, PersonRow.country, PersonRow.is_active, PersonRow.is_guest, _SINCE.label("since"),
        select(func.min(FeedbackCycle.opens)).scalar_subquery().label("first"), _READS.label("is_viewer"),
    )
    .select_from(PersonRow)
    .outerjoin(Placement, and_(Placement.person_id == PersonRow.id, holds(Placement, _ON)))
    .where(PersonRow.slack_id == bindparam("slack_id"))
)  # fmt: skip
_SENT_INTO = (
    select(FeedbackCycle)
    .where(FeedbackCycle.id == bindparam("cycle_id"), FeedbackCycle.state == CycleState.OPEN.value)
    .with_for_update(read=True)
)


# Sending, and taking back


async def submit(
    session: AsyncSession, *, slack_id: str, answers: Answers, receipt: str, cycle_id: str, feedback: Feedback,
    today: date,
) -> None:  # fmt: skip
    """Seal it, and put it in front of what the person sent before; the oldest of three falls out.

    Refusal when the cycle has closed, the person is not on the roster, or the pepper here is not that of the cycle.
    """
    rules.check(answers)
    row = await _open_row(session, cycle_id)
    if row is None or not cycle_of(row).takes(today):
        raise Refusal(rules.CLOSED)
    me = rules.check_author(await author(session, slack_id, on=today), today)
    pepper = _pepper(row, feedback)
    said, nothing = (written(one, receipt, me, row.dimension) for one in (answers, NOTHING))
    try:
        boxes = [sealing.seal(row.pubkey, content, row.id.encode()) for content in (said, nothing, nothing)]
    except SealProblem:
        raise Refusal(rules.TOO_LONG, field=rules.TEXTS[0]) from None
    values = {"cycle_id": row.id, "tag": sealing.tag(pepper, row.id, slack_id), **dict(zip(PLACES, boxes, strict=True))}
    await session.execute(UPSERT[session.get_bind().dialect.name], values)


async def remove(session: AsyncSession, *, slack_id: str, cycle_id: str, feedback: Feedback) -> bool:
    """Take back everything the person sent in this cycle; whether there was anything. Refusal once it was opened."""
    row = await _open_row(session, cycle_id)
    if row is None:
        raise Refusal(rules.CLOSED)
    tag = sealing.tag(_pepper(row, feedback), row.id, slack_id)
    mine = delete(FeedbackBox).where(FeedbackBox.cycle_id == row.id, FeedbackBox.tag == tag)
    return bool((await session.execute(mine.execution_options(preserve_rowcount=True))).rowcount)  # type: ignore[attr-defined]


async def _open_row(session: AsyncSession, cycle_id: str) -> FeedbackCycle | None:
    """Locked as everybody who sends does, so that the release, which locks it alone, comes before or after."""
    return await session.scalar(_SENT_INTO, {"cycle_id": cycle_id})


def _pepper(row: FeedbackCycle, feedback: Feedback) -> bytes:
    """Another pepper would give one person two rows."""
    pepper = sealing.pepper(feedback.folder, row.id, row.pepper_check)
    if pepper is None:
        raise Refusal(rules.OTHER_KEY)
    return pepper


def written(answers: Answers, receipt: str, me: Author, dimension: str | None) -> bytes:
    """What goes into one place. An empty one has the same parts, and is of the same length once it is sealed."""
    threads = [sealing.thread_key(receipt, field)[1] for field in rules.TEXTS] if any(answers.texts) else []
    content = {
        "ratings": {item: rating for item, rating in answers.ratings.items() if rating is not None},
        "texts": list(answers.texts),
        "threads": [sealing.printed(one) for one in threads],
        "segment": me.segment(dimension),
        "viewer": me.is_viewer,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _upsert(dialect: Any) -> Any:
    insert = dialect.insert(FeedbackBox)
    before = FeedbackBox.__table__.c
    return insert.on_conflict_do_update(
        index_elements=["cycle_id", "tag"],
        set_={"box3": before.box2, "box2": before.box1, "box1": insert.excluded.box1},
    )


UPSERT = {"sqlite": _upsert(sqlite), "postgresql": _upsert(postgresql)}


# Reading what was released


async def released(session: AsyncSession, cycle_id: str) -> Release:
    """All of it, in no order; nothing of a cycle that was not released, or long ago."""
    rows = (await session.scalars(select(FeedbackRelease).where(FeedbackRelease.cycle_id == cycle_id))).all()
    payload = await session.scalar(select(FeedbackTable.payload).where(FeedbackTable.cycle_id == cycle_id))
    ratings: dict[str, list[int]] = {item: [] for item in rules.ITEMS}
    texts = []
    for row in rows:
        if row.field in rules.TEXTS:
            said = json.loads(row.value)
            texts.append(Text(row.slot, said["text"], said["thread"]))
        elif row.field in ratings:
            ratings[row.field].append(int(row.value))
    return Release(ratings, texts, json.loads(payload) if payload else {})

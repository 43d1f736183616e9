"""A manager's own figures, counted by hand, and who sees what of them; on both engines."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.database import Database
from bot.models.check_ins import Reading
from bot.models.framework import Release
from bot.models.people import Absence, Person, RoleGrant
from bot.rules.mirrors import Mirror, Praised, Quartiles, Spread, Times
from bot.rules.refusal import Refusal
from bot.services import mirrors, praise
from tests.support import rows
from tests.support.rows import LONG_AGO, NOW, TODAY, Cast

DAY = timedelta(days=1)
FIRST, NEXT = date(2026, 10, 1), date(2027, 1, 1)


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        return await rows.cast(session)


def at(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(f"2026-{day}").replace(hour=hour, tzinfo=UTC)


async def verdict(db: Database, by: Person, of: Person, asked: str, given: datetime, **more: Any) -> None:
    async with db.writing() as session:
        piece = await rows.evidence(session, of, submitted_at=at(asked), state="declined", decided_at=given)
        taken_from = more.pop("taken_from", None)
        if taken_from:
            released = {"verdict": "released", "decided_at": more.pop("taken_at"), "handed_to": by.id}
            await rows.review(session, piece, taken_from, **released)
        await rows.review(session, piece, by, **{"verdict": "accepted", "decided_at": given, **more})


async def read(db: Database, of: Person, by: Person, sent: datetime, seen: datetime, **more: Any) -> None:
    async with db.writing() as session:
        given = {"manager": by, "submitted_at": sent, "round_on": sent.date(), **more}
        one = await rows.check_in(session, of, **given)
        session.add(Reading(check_in_id=one.id, person_id=of.id, manager_id=by.id, read_at=seen))


async def looks(db: Database, who: Person) -> Mirror:
    async with db.reading() as session:
        return await mirrors.load(session, by=await rows.acting(session, who), today=TODAY)


async def spread(db: Database, who: Person) -> Spread:
    async with db.reading() as session:
        return await mirrors.spread(session, by=await rows.acting(session, who), since=FIRST, until=NEXT, on=TODAY)


async def test_own_waiting_times_in_working_days_beside_the_quarter_before(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        session.add(Absence(person_id=cast.mats.id, from_on=date(2026, 11, 4), until_on=date(2026, 11, 11)))
    await verdict(db, cast.mats, cast.noor, "10-30", at("11-02"))  # over a weekend: 1
    await verdict(db, cast.mats, cast.ana, "11-02", at("11-13"), verdict="changes asked")  # 3rd, then 11th to 13th: 4
    await verdict(db, cast.mats, cast.ana, "10-02", at("11-13"), taken_from=cast.noor, taken_at=at("11-11"))  # 2
    await verdict(db, cast.mats, cast.ana, "09-30", at("09-30", 23))  # past midnight in Stockholm: 1, in October
    await verdict(db, cast.mats, cast.ana, "09-07", at("09-09"))  # 2, in summer
    await verdict(db, cast.mats, cast.ana, "03-02", at("03-31"))  # long ago
    await verdict(db, cast.noor, cast.ana, "10-01", at("11-13"))  # somebody else's
    await read(db, cast.ana, cast.mats, at("11-12"), at("11-16", 7))  # Friday, Monday: 2
    await read(db, cast.ana, cast.mats, at("10-12"), at("10-15"), edited_at=at("10-15", 8))  # as it was changed: 0
    await read(db, cast.ana, cast.mats, at("10-19"), at("10-20"), edited_at=at("10-28"))  # changed after: 1
    await read(db, cast.noor, cast.lea, at("10-12"), at("10-28"))
    found = await looks(db, cast.mats)
    assert found.now.evidence == Times(4, 1.5, 4)
    assert found.before.evidence == Times(1, 2, 2)
    assert (found.now.check_ins, found.before.check_ins) == (Times(3, 1, 2), Times())


async def test_what_waits_now_and_praise_by_track(db: Database, cast: Cast) -> None:
    pieces = []
    async with db.writing() as session:
        for day in (3, 10, 50):
            accepted = {"state": "accepted", "decided_at": NOW - day * DAY}
            pieces.append(await rows.evidence(session, cast.ana, **accepted))
        pieces.append(await rows.evidence(session, cast.noor, state="accepted", decided_at=NOW - DAY))
        await rows.review(session, await rows.evidence(session, cast.noor), cast.mats)
        await rows.check_in(session, cast.ana, manager=cast.mats)
    ids = [piece.id for piece in pieces]
    for _ in range(2):  # a second press changes nothing
        async with db.writing() as session:
            mats = await rows.acting(session, cast.mats)
            await praise.pass_on(session, by=mats, evidence=[ids[0], ids[3]], now=NOW, today=TODAY)
            for others, piece in ((cast.lea, ids[0]), (cast.mats, ids[3])):  # not their manager
                by = await rows.acting(session, others)
                with pytest.raises(Refusal, match="not open to you"):
                    await praise.pass_on(session, by=by, evidence=[piece], now=NOW, today=TODAY)
    found = await looks(db, cast.mats)
    assert (found.reviews_open, found.unread) == (1, 1)
    assert [one.praise for one in (found.now, found.before)] == [
        (Praised("Technical", 2, 1),), (Praised("Technical", 1, 0),),
    ]  # fmt: skip


async def test_whoever_manages_nobody_has_no_figures(db: Database, cast: Cast) -> None:
    for who in (cast.ana, cast.lea):
        with pytest.raises(Refusal, match="Nobody reports to you"):
            await looks(db, who)


async def managers(db: Database, many: int) -> None:
    """So many, each of whom gave one verdict and took one day more than the one before, and two check-ins."""
    async with db.writing() as session:
        bosses = [await rows.person(session, f"Boss{n}") for n in range(many)]
        reports = [await rows.person(session, f"Report{n}", manager=bosses[n]) for n in range(many)]
    for n, (boss, report) in enumerate(zip(bosses, reports, strict=True)):
        await verdict(db, boss, report, "11-02", at("11-02") + (n + 1) * DAY)
        for hours in (1, 2):
            await read(db, report, boss, at("11-03", hours), at("11-04", hours), round_on=date(2026, 11, hours))


async def test_owners_see_the_spread_of_five_managers_or_more_and_nobody_else_does(db: Database, cast: Cast) -> None:
    await verdict(db, cast.noor, cast.ana, "10-05", at("11-13"))  # who manages nobody
    await managers(db, 4)
    assert await spread(db, cast.lea) == Spread(None, None)
    async with db.writing() as session:
        boss = await rows.person(session, "Last")
        report = await rows.person(session, "Late", manager=boss)
    await verdict(db, boss, report, "11-02", at("11-13"))  # nine days
    assert await spread(db, cast.lea) == Spread(Quartiles(5, 2, 3, 4), None)
    for stranger in (cast.mats, boss, cast.tom):
        with pytest.raises(Refusal, match="not open to you"):
            await spread(db, stranger)


async def test_the_owner_of_a_part_does_not_see_the_spread_of_the_whole(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        session.add(RoleGrant(person_id=cast.noor.id, role="owner", scope="country:IN", from_on=LONG_AGO))
    with pytest.raises(Refusal, match="not open to you"):
        await spread(db, cast.noor)

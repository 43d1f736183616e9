"""Who reads a direction, what may be kept of other tracks, and who is found: on both engines."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models.directions import WhatIf
from bot.models.framework import Release
from bot.models.mentorships import Mentorship
from bot.models.messages import Outbox
from bot.models.people import Person, ReportingLine
from bot.rules.directions import Share, Shared, Typed
from bot.rules.features import ALL
from bot.rules.refusal import Refusal
from bot.rules.what_ifs import MOST_KEPT
from bot.services import directions, looks, what_ifs, who_knows
from tests.support import rows
from tests.support.rows import LONG_AGO, NOW, TODAY, Cast

WORDS = "Two small children, and I like where I am."
LEVELS = ("P1", "P2", "P3", "P4")


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    """Noor is Ana's mentor."""
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        cast = await rows.cast(session)
        pair = {"request_id": uuid4(), "began_at": NOW, "until_on": TODAY.replace(year=2027)}
        session.add(Mentorship(mentor_id=cast.noor.id, mentee_id=cast.ana.id, **pair))
        return cast


async def says(session: AsyncSession, who: Person, *shares: Share, **more: Any) -> None:
    given = {"wants": "deepen here", "track": "", "managing": "no thanks", "words": WORDS, **more}
    typed = Typed(**given, shares=frozenset(shares))
    await directions.keep(session, by=await rows.acting(session, who), typed=typed, today=TODAY)


async def readers(session: AsyncSession, cast: Cast) -> set[str]:
    """Everybody who reads what Ana said, one by one or with their team."""
    found = set()
    for who in (cast.mats, cast.noor, cast.lea, cast.tom):
        me = await rows.acting(session, who)
        one: Shared | None = await directions.read(session, by=me, of=cast.ana.id, today=TODAY)
        team = await directions.of_team(session, by=me, today=TODAY)
        assert [shared.direction.words for shared in (one, *team) if shared] in ([], [WORDS], [WORDS] * 2)
        assert bool(team) == (one is not None and who is cast.mats)
        found |= {who.name} if one else set()
    return found


async def test_a_direction_is_read_by_those_with_whom_it_is_shared_and_by_nobody_else(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        assert await readers(session, cast) == set()
        for shares, who in (
            ((), set()),
            ((Share.MANAGER,), {"Mats Berg"}),
            ((Share.MENTOR,), {"Noor Rao"}),
            ((Share.MANAGER, Share.MENTOR), {"Mats Berg", "Noor Rao"}),
        ):
            await says(session, cast.ana, *shares)
            assert await readers(session, cast) == who
        await session.execute(update(ReportingLine).values(until_on=TODAY))
        await session.execute(update(Mentorship).values(ended_at=NOW))
        assert await readers(session, cast) == set()


async def test_whoever_reads_it_is_noted_and_nobody_is_told(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await says(session, cast.ana, Share.MANAGER)
        await directions.of_team(session, by=await rows.acting(session, cast.mats), today=TODAY)
        await looks.note(session, await looks.unnoted(session, on=TODAY))
        seen = await looks.mine(session, by=await rows.acting(session, cast.ana))
        assert [(look.viewer, look.thing, look.because) for look in seen] == [
            ("Mats Berg", "direction", "manager if shared")
        ]
        assert (await session.scalars(Outbox.__table__.select())).all() == []


async def test_up_to_three_what_ifs_are_kept_and_each_is_ones_own(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        ana, mats = [await rows.acting(session, who) for who in (cast.ana, cast.mats)]
        for level in (*LEVELS[:MOST_KEPT], LEVELS[0]):
            await what_ifs.keep(session, by=ana, track="process", level=level, now=NOW)
        with pytest.raises(Refusal, match="3 are kept already"):
            await what_ifs.keep(session, by=ana, track="process", level=LEVELS[3], now=NOW)
        fourth = await what_ifs.look(session, by=ana, track="process", level=LEVELS[3], today=TODAY, features=ALL)
        assert not fourth.has_room
        mine = await what_ifs.kept(session, by=ana)
        assert sorted(one.level for one in mine) == [*LEVELS[:MOST_KEPT]]
        assert not any(one.in_brief for one in mine)
        assert all(one.is_there for one in mine)
        with pytest.raises(Refusal, match="not open to you"):
            await what_ifs.bring(session, by=mats, what_if=mine[0].id, in_brief=True)
        await what_ifs.let_go(session, by=mats, what_if=mine[0].id)
        await what_ifs.bring(session, by=ana, what_if=mine[0].id, in_brief=True)
        await what_ifs.let_go(session, by=ana, what_if=mine[1].id)
        assert {one.id: one.in_brief for one in await what_ifs.kept(session, by=ana)} == {
            mine[0].id: True, mine[2].id: False,
        }  # fmt: skip


async def test_a_what_if_outlives_its_level_and_says_so(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        session.add(WhatIf(person_id=cast.ana.id, track="process", level="P9", kept_at=NOW))
        [kept] = await what_ifs.kept(session, by=await rows.acting(session, cast.ana))
    assert (kept.level_name, kept.is_there) == ("P9", False)


async def test_what_was_shown_on_a_track_before_is_met_there(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        shown = {"milestone": "p3-end-to-end-gains", "done_on": TODAY, "amount": 99}
        await rows.evidence(session, cast.ana, state="accepted", **shown)
        ana = await rows.acting(session, cast.ana)
        found = await what_ifs.look(session, by=ana, track="process", level="P3", today=TODAY, features=ALL)
    assert [one.milestone.key for one in found.comparison.met] == ["p3-end-to-end-gains"]
    assert found.kept is None


async def test_only_who_has_shown_it_and_agreed_is_found_by_name(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        for who, state in ((cast.ana, "accepted"), (cast.noor, "accepted"), (cast.lea, "in review")):
            for _ in range(3):
                await rows.evidence(session, who, milestone="t3-root-causes", state=state)
        ana, noor, lea = [await rows.acting(session, who) for who in (cast.ana, cast.noor, cast.lea)]

        async def found(by: Any = lea) -> list[tuple[str, str]]:
            shown = await who_knows.find(session, by=by, typed="problem solving", today=TODAY)
            return [(one.name, one.track) for one in shown.people]

        assert await found() == []
        for one in (noor, ana, lea):
            await who_knows.agree(session, by=one, today=TODAY)
        assert await found() == [("Ana Pérez", "Technical"), ("Noor Rao", "Technical")]
        assert await found(ana) == [("Noor Rao", "Technical")]
        await who_knows.take_back(session, by=noor)
        assert await found() == [("Ana Pérez", "Technical")]
        await session.execute(update(Person).where(Person.id == cast.ana.id).values(is_active=False, left_on=LONG_AGO))
        assert await found() == []

"""How people stand to each other, and what a mentor may read of what is shared with them, on both engines."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, update

from bot.database import Database
from bot.models.framework import Release
from bot.models.mentorships import Mentorship
from bot.models.people import Person, ReportingLine
from bot.rules.check_ins import Words
from bot.rules.refusal import Refusal
from bot.services import check_ins, evidence, relations, shared
from tests.support import rows
from tests.support.rows import LONG_AGO, NOW, TODAY, Cast

NOT_OPEN = "not open to you"
DAY = timedelta(days=1)


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        return await rows.cast(session)


async def pairs(db: Database, mentor: Person, mentee: Person, **more: Any) -> Mentorship:
    async with db.writing() as session:
        given = {"request_id": uuid4(), "began_at": NOW, "until_on": TODAY + 100 * DAY, **more}
        pair = Mentorship(mentor_id=mentor.id, mentee_id=mentee.id, **given)
        session.add(pair)
        return pair


async def changes(db: Database, pair: Mentorship, **values: Any) -> None:
    async with db.writing() as session:
        await session.execute(update(Mentorship).where(Mentorship.id == pair.id).values(**values))


async def stands(db: Database, who: Person, to: Person, thing: str = "person", on: date = TODAY) -> set[str]:
    async with db.reading() as session:
        me = await rows.acting(session, who)
        return await relations.to_person(session, by=me, of=to.id, thing=thing, on=on) - {"other"}


async def test_everybody_stands_somewhere(db: Database, cast: Cast) -> None:
    assert await stands(db, cast.ana, cast.ana) == {"author"}
    assert await stands(db, cast.mats, cast.ana) == {"manager"}
    assert await stands(db, cast.ana, cast.mats) == set()
    assert await stands(db, cast.lea, cast.ana) == {"owner"}
    assert await stands(db, cast.noor, cast.ana) == set()
    assert await stands(db, cast.mats, cast.ana, on=LONG_AGO - DAY) == set()


async def test_a_manager_of_before_is_a_former_one_from_the_day_of_the_change(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await session.execute(update(ReportingLine).values(until_on=TODAY))
        session.add(ReportingLine(person_id=cast.ana.id, manager_id=cast.noor.id, from_on=TODAY))
    assert await stands(db, cast.mats, cast.ana) == {"former manager"}
    assert await stands(db, cast.noor, cast.ana) == {"manager"}
    assert await stands(db, cast.mats, cast.ana, on=TODAY - DAY) == {"manager"}


async def test_a_mentor_has_what_each_switch_opens_while_the_pair_lasts(db: Database, cast: Cast) -> None:
    pair = await pairs(db, cast.noor, cast.ana, shares_check_ins=True)
    assert await stands(db, cast.noor, cast.ana, "check-in") == {"mentor", "mentor if shared"}
    assert await stands(db, cast.noor, cast.ana, "evidence") == {"mentor"}
    assert await stands(db, cast.ana, cast.noor, "check-in") == set()
    await changes(db, pair, shares_check_ins=False, shares_evidence=True)
    assert await stands(db, cast.noor, cast.ana, "check-in") == {"mentor"}
    assert await stands(db, cast.noor, cast.ana, "evidence") == {"mentor", "mentor if shared"}
    assert await stands(db, cast.noor, cast.ana, "no opportunity") == {"mentor"}
    await changes(db, pair, ended_at=NOW)
    for thing in ("check-in", "evidence"):
        assert await stands(db, cast.noor, cast.ana, thing) == set()


async def test_what_a_check_in_says_of_who_reads_it(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        given = await rows.check_in(session, cast.ana, manager=cast.mats)
        kept = await rows.check_in(session, cast.ana, manager=cast.mats, round_on=LONG_AGO, is_private=True)
        ana, mats, noor = [await rows.acting(session, who) for who in (cast.ana, cast.mats, cast.noor)]
    assert relations.to_check_in(mats, given) == {"other", "manager then"}
    assert relations.to_check_in(noor, given) == {"other"}
    assert relations.to_check_in(noor, given, is_deputy=True) == {"other", "deputy"}
    assert relations.to_check_in(ana, given, is_deputy=True) == {"other", "author"}
    assert check_ins.require_readable(noor, given, is_deputy=True) == "deputy"
    for who in (mats, noor):
        with pytest.raises(Refusal, match=NOT_OPEN):
            check_ins.require_readable(who, kept, is_deputy=True)


async def test_a_mentor_reads_shared_check_ins_and_no_private_or_empty_one(db: Database, cast: Cast) -> None:
    pair = await pairs(db, cast.noor, cast.ana, shares_check_ins=True)
    async with db.writing() as session:
        given: list[dict[str, Any]] = [
            {"win": "New."}, {"win": "Mine.", "is_private": True}, {"answer": "skipped"}, {"answer": "nothing new"},
            {"win": "Old."},
        ]  # fmt: skip
        for weeks, more in enumerate(given):
            on = TODAY - weeks * 14 * DAY
            await rows.check_in(session, cast.ana, manager=cast.mats, round_on=on, **more)
        await rows.check_in(session, cast.mats, win="Of somebody else.")
    async with db.reading() as session:
        noor = await rows.acting(session, cast.noor)
        found = await shared.check_ins_of(session, by=noor, of=cast.ana.id, on=TODAY)
        assert [one.words.win for one in found] == ["New.", "Old."]
        for who in (cast.mats, cast.lea, cast.tom):  # a manager reads what was given to them, one by one
            with pytest.raises(Refusal, match=NOT_OPEN):
                await shared.check_ins_of(session, by=await rows.acting(session, who), of=cast.ana.id, on=TODAY)
        for of in (cast.mats.id, uuid4()):
            with pytest.raises(Refusal, match=NOT_OPEN):
                await shared.check_ins_of(session, by=noor, of=of, on=TODAY)
    for ended in ({"shares_check_ins": False, "shares_evidence": True}, {"shares_check_ins": True, "ended_at": NOW}):
        await changes(db, pair, **ended)
        async with db.reading() as session:
            with pytest.raises(Refusal, match=NOT_OPEN):
                await shared.check_ins_of(session, by=noor, of=cast.ana.id, on=TODAY)


async def test_a_mentor_reads_shared_evidence_and_reviews_none(db: Database, cast: Cast) -> None:
    pair = await pairs(db, cast.lea, cast.ana, shares_evidence=True)
    async with db.writing() as session:
        piece = await rows.evidence(session, cast.ana)
        review = await rows.review(session, piece, cast.noor)
    async with db.reading() as session:
        lea = await rows.acting(session, cast.lea)
        [listed] = await shared.evidence_of(session, by=lea, of=cast.ana.id, on=TODAY)
        assert listed == await evidence.read(session, by=lea, evidence=piece.id, on=TODAY)
        with pytest.raises(Refusal, match=NOT_OPEN):
            await evidence.open_review(session, by=lea, review=review.id)
        with pytest.raises(Refusal, match=NOT_OPEN):
            await evidence.open_again(session, by=lea, evidence=piece.id)
    for ended in ({"shares_evidence": False}, {"shares_evidence": True, "ended_at": NOW}):
        await changes(db, pair, **ended)
        async with db.reading() as session:
            with pytest.raises(Refusal, match=NOT_OPEN):
                await evidence.read(session, by=lea, evidence=piece.id, on=TODAY)
            with pytest.raises(Refusal, match=NOT_OPEN):
                await shared.evidence_of(session, by=lea, of=cast.ana.id, on=TODAY)


async def test_whoever_writes_a_check_in_sees_that_a_mentor_reads_it(db: Database, cast: Cast) -> None:
    pair = await pairs(db, cast.noor, cast.ana, shares_check_ins=True)
    await pairs(db, cast.lea, cast.ana, shares_evidence=True)
    for readers, values in (("Mats Berg", "Noor Rao"), {}), (("Mats Berg",), {"ended_at": NOW}):
        await changes(db, pair, shares_check_ins=True, **values)
        async with db.writing() as session:
            ana = await rows.acting(session, cast.ana)
            form = await check_ins.open_form(session, by=ana, today=TODAY)
            assert form.readers == readers
            given = await check_ins.submit(session, by=ana, round_on=TODAY, words=Words(win="It runs."), now=NOW)
            assert given.readers == readers
            kept = Words(win="It runs.", is_private=True)
            assert (await check_ins.submit(session, by=ana, round_on=TODAY, words=kept, now=NOW)).readers == ()


async def test_to_oneself_and_to_others_in_one_statement_at_most(db: Database, cast: Cast) -> None:
    statements: list[str] = []
    async with db.reading() as session:
        ana, mats = await rows.acting(session, cast.ana), await rows.acting(session, cast.mats)
        event.listen(db.engine.sync_engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
        await relations.to_person(session, by=ana, of=ana.id, thing="check-in", on=TODAY)
        assert statements == []
        await relations.to_person(session, by=mats, of=ana.id, thing="check-in", on=TODAY)
        assert len(statements) == 1

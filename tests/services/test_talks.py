"""What two people want to talk about, on both engines."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.database import Database
from bot.models.check_ins import CheckIn
from bot.models.framework import Release
from bot.models.people import Person
from bot.rules.check_ins import Moved, Receipt, Talk, Words
from bot.rules.refusal import Refusal
from bot.services import check_ins, reading, talks
from tests.support import rows
from tests.support.rows import NOW, TODAY, Cast

NOT_OPEN = "not open to you"
LATER = NOW + timedelta(hours=1)
BEFORE = date(2026, 11, 2)


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        return await rows.cast(session)


async def anas(db: Database, cast: Cast, **more: Any) -> CheckIn:
    async with db.writing() as session:
        return await rows.check_in(session, cast.ana, **{"manager": cast.mats, "win": "It runs.", **more})


async def wishes(db: Database, who: Person, about: CheckIn) -> Receipt:
    async with db.writing() as session:
        return await talks.wish(session, by=await rows.acting(session, who), check_in=about.id, today=TODAY)


async def talked(db: Database, who: Person, about: CheckIn) -> None:
    async with db.writing() as session:
        await talks.note_talked(session, by=await rows.acting(session, who), check_in=about.id, now=LATER)


async def reads(db: Database, who: Person, about: CheckIn) -> None:
    """And wishes to talk about it."""
    async with db.writing() as session:
        me = await rows.acting(session, who)
        await reading.note_read(session, by=me, check_in=about.id, reply="", is_to_talk_about=True, now=NOW)


async def gives(db: Database, who: Person, words: Words) -> Receipt:
    async with db.writing() as session:
        me = await rows.acting(session, who)
        return await check_ins.submit(session, by=me, round_on=TODAY, words=words, now=LATER)


async def sees(db: Database, who: Person) -> list[Talk]:
    async with db.reading() as session:
        return await talks.open_talks(session, by=await rows.acting(session, who))


async def counted(db: Database, cast: Cast) -> int:
    async with db.reading() as session:
        return (await talks.counts(session, [cast.mats.id, cast.lea.id])).get(cast.mats.id, 0)


async def test_a_wish_is_on_the_list_of_both_until_they_have_talked(db: Database, cast: Cast) -> None:
    given = await anas(db, cast, learned=None)
    for _ in range(2):
        receipt = await wishes(db, cast.ana, given)
        assert (receipt.reader, receipt.check_in.is_to_talk_about) == ("Mats Berg", True)
        [hers], [his] = await sees(db, cast.ana), await sees(db, cast.mats)
    assert (hers.other, hers.is_mine, hers.is_my_wish, hers.is_others_wish) == ("Mats Berg", True, True, False)
    assert (his.other, his.is_mine, his.is_my_wish, his.is_others_wish) == ("Ana Pérez", False, False, True)
    assert his.check_in.words == Words(win="It runs.")
    assert await counted(db, cast) == 1
    for who in (cast.mats, cast.ana, cast.mats):
        await talked(db, who, given)
        assert await sees(db, cast.ana) == await sees(db, cast.mats) == []
    assert await counted(db, cast) == 0


async def test_a_manager_puts_it_on_the_list_while_reading(db: Database, cast: Cast) -> None:
    given = await anas(db, cast)
    await reads(db, cast.mats, given)
    [hers] = await sees(db, cast.ana)
    assert (hers.is_my_wish, hers.is_others_wish, await counted(db, cast)) == (False, True, 1)
    await wishes(db, cast.ana, given)
    [his] = await sees(db, cast.mats)
    assert (his.is_my_wish, his.is_others_wish, await counted(db, cast)) == (True, True, 1)


async def test_what_was_talked_about_can_come_back(db: Database, cast: Cast) -> None:
    given = await anas(db, cast, is_to_talk_about=True, talked_at=NOW)
    assert await sees(db, cast.ana) == []
    await reads(db, cast.mats, given)
    assert len(await sees(db, cast.ana)) == 1
    await talked(db, cast.mats, given)
    await wishes(db, cast.ana, given)
    assert len(await sees(db, cast.mats)) == 1


async def test_an_edit_keeps_the_wish_and_privacy_removes_it(db: Database, cast: Cast) -> None:
    given = await anas(db, cast)
    await wishes(db, cast.ana, given)
    assert (await gives(db, cast.ana, Words(win="It flies."))).check_in.is_to_talk_about
    [his] = await sees(db, cast.mats)
    assert his.check_in.words.win == "It flies."
    assert not (await gives(db, cast.ana, Words(win="Mine.", is_private=True))).check_in.is_to_talk_about
    assert await sees(db, cast.ana) == await sees(db, cast.mats) == []
    with pytest.raises(Refusal, match="only for you"):
        await wishes(db, cast.ana, given)
    assert not (await gives(db, cast.ana, Words(win="Open again."))).check_in.is_to_talk_about
    assert await sees(db, cast.mats) == []


async def test_a_managers_wish_ends_where_the_check_in_is_private(db: Database, cast: Cast) -> None:
    given = await anas(db, cast)
    await reads(db, cast.mats, given)
    await gives(db, cast.ana, Words(win="Mine.", is_private=True))
    assert await sees(db, cast.ana) == await sees(db, cast.mats) == []
    assert await counted(db, cast) == 0
    with pytest.raises(Refusal, match=NOT_OPEN):
        await talked(db, cast.mats, given)


async def test_without_a_manager_there_is_nobody_to_talk_with(db: Database, cast: Cast) -> None:
    nobodys = await anas(db, cast, manager=None, round_on=BEFORE)
    with pytest.raises(Refusal, match="nobody yet to talk"):
        await wishes(db, cast.ana, nobodys)
    given = await anas(db, cast)
    await wishes(db, cast.ana, given)
    async with db.writing() as session:
        (await session.get_one(Person, cast.mats.id)).is_active = False
    assert await sees(db, cast.ana) == []
    with pytest.raises(Refusal, match="nobody yet to talk"):
        await wishes(db, cast.ana, given)


async def test_nobody_else_wishes_sees_or_ends_it(db: Database, cast: Cast) -> None:
    given = await anas(db, cast, is_to_talk_about=True)
    for who in (cast.mats, cast.noor, cast.lea):
        with pytest.raises(Refusal, match=NOT_OPEN):
            await wishes(db, who, given)
    for who in (cast.noor, cast.lea):
        assert await sees(db, who) == []
        with pytest.raises(Refusal, match=NOT_OPEN):
            await talked(db, who, given)
    assert len(await sees(db, cast.ana)) == 1


async def test_ones_own_come_first_then_each_colleague_by_round(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        for who, manager, on in (
            (cast.noor, cast.mats, TODAY), (cast.ana, cast.mats, TODAY), (cast.ana, cast.mats, BEFORE),
            (cast.mats, cast.lea, TODAY),
        ):  # fmt: skip
            await rows.check_in(session, who, manager=manager, round_on=on, is_to_talk_about=True)
        await rows.check_in(session, cast.noor, manager=cast.mats, round_on=BEFORE)
    assert [(one.other, one.check_in.round_on) for one in await sees(db, cast.mats)] == [
        ("Lea Roux", TODAY), ("Ana Pérez", BEFORE), ("Ana Pérez", TODAY), ("Noor Rao", TODAY),
    ]  # fmt: skip


@pytest.mark.parametrize(("forward", "clear"), [(0, False), (1, True), (2, False)])
async def test_a_win_brings_its_milestone_where_that_is_clear(
    db: Database, cast: Cast, forward: int, clear: bool
) -> None:
    keys = ("t3-design-reviews", "t3-root-causes", "t3-mentoring-sessions")
    moved = {key: Moved.FORWARD if number < forward else Moved.STUCK for number, key in enumerate(keys)}
    receipt = await gives(db, cast.ana, Words(win="It runs.", moved=moved))
    assert receipt.can_save
    async with db.reading() as session:
        me = await rows.acting(session, cast.ana)
        win = await check_ins.win(session, by=me, check_in=receipt.check_in.id)
        assert (win.text, win.milestone) == ("It runs.", keys[0] if clear else None)
        with pytest.raises(Refusal, match=NOT_OPEN):
            await check_ins.win(session, by=await rows.acting(session, cast.mats), check_in=receipt.check_in.id)
    assert not (await gives(db, cast.ana, Words(obstacle="No win."))).can_save
    async with db.reading() as session:
        with pytest.raises(Refusal, match="no win any more"):
            await check_ins.win(session, by=me, check_in=receipt.check_in.id)


async def test_what_was_learned_is_kept_read_and_empty_before_it_was_asked(db: Database, cast: Cast) -> None:
    await anas(db, cast, round_on=BEFORE)  # as rows were before the question
    await gives(db, cast.ana, Words(learned="To ask sooner."))
    async with db.reading() as session:
        me, mats = await rows.acting(session, cast.ana), await rows.acting(session, cast.mats)
        assert [one.words.learned for one in await check_ins.history(session, by=me, of=me)] == ["To ask sooner.", ""]
        form = await check_ins.open_form(session, by=me, today=TODAY)
        before = await check_ins.open_form(session, by=me, today=TODAY - timedelta(days=1))
        assert (form.asks_learned, before.asks_learned) == (True, False)
        unread = await reading.next_unread(session, by=mats, now=LATER)
    assert unread is not None
    assert unread.left == 1

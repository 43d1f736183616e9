"""What people say about milestones besides evidence, on both engines."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.models.framework import Release
from bot.models.messages import Outbox
from bot.models.people import Person
from bot.rules.people import Person as Member
from bot.rules.refusal import Refusal
from bot.services import check_ins, messages, milestones
from tests.support import rows
from tests.support.rows import NOW, TODAY, Cast

SECOND = timedelta(seconds=1)


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        found = await rows.cast(session)
        for one in (found.ana, found.mats):
            one.has_home = True
        return found


async def acting(db: Database, person: Person) -> Member:
    async with db.reading() as session:
        return await rows.acting(session, person)


async def theirs(db: Database, person: Person) -> list[str]:
    async with db.reading() as session:
        return [one.key for one in await milestones.ahead(session, by=await rows.acting(session, person))]


async def choose(db: Database, person: Person, *keys: str) -> None:
    async with db.writing() as session:
        await milestones.choose_focus(session, by=await rows.acting(session, person), milestones=keys, now=NOW)


async def test_the_check_in_asks_about_the_chosen_focus(db: Database, cast: Cast) -> None:
    keys = await theirs(db, cast.ana)
    await choose(db, cast.ana, keys[-1])
    async with db.reading() as session:
        me = await rows.acting(session, cast.ana)
        form = await check_ins.open_form(session, by=me, today=TODAY)
        assert await milestones.focus(session, by=me) == (keys[-1],)
    assert [one.milestone.key for one in form.focus] == [keys[-1]]


async def test_a_new_choice_replaces_the_old_one(db: Database, cast: Cast) -> None:
    keys = await theirs(db, cast.ana)
    await choose(db, cast.ana, *keys[:3])
    await choose(db, cast.ana, keys[1], keys[1])
    async with db.reading() as session:
        assert await milestones.focus(session, by=await rows.acting(session, cast.ana)) == (keys[1],)
    await choose(db, cast.ana)
    async with db.reading() as session:
        form = await check_ins.open_form(session, by=await rows.acting(session, cast.ana), today=TODAY)
    assert len(form.focus) == 3


async def test_a_focus_has_three_at_most_and_they_are_of_the_next_level(db: Database, cast: Cast) -> None:
    keys = await theirs(db, cast.ana)
    with pytest.raises(Refusal, match="Choose 3 at most") as refused:
        await choose(db, cast.ana, *keys, "one-more")
    assert refused.value.field == "focus"
    with pytest.raises(Refusal, match="not one of your next level"):
        await choose(db, cast.ana, "no-such-milestone")


async def test_no_chance_is_said_once_and_can_be_taken_back(db: Database, cast: Cast) -> None:
    keys, me = await theirs(db, cast.ana), await acting(db, cast.ana)
    for number in range(2):
        async with db.writing() as session:
            await milestones.say_no_chance(session, by=me, milestone=keys[number // 2], now=NOW + number * SECOND)
    async with db.writing() as session:
        await milestones.say_no_chance(session, by=me, milestone=keys[2], now=NOW + 9 * SECOND)
        said = await milestones.no_chance(session, [cast.ana.id, cast.noor.id])
        assert {who: [one.key for one in found] for who, found in said.items()} == {cast.ana.id: [keys[0], keys[2]]}
    async with db.writing() as session:
        await milestones.take_back(session, by=me, milestone=keys[0], now=NOW)
        assert [one.key for one in (await milestones.no_chance(session, [cast.ana.id]))[cast.ana.id]] == [keys[2]]
        told = set(await session.scalars(select(Outbox.recipient).where(Outbox.kind == messages.HOME)))
    assert told == {cast.ana.id, cast.mats.id}, "the home of both is drawn anew"


async def test_no_chance_is_about_a_milestone_ahead(db: Database, cast: Cast) -> None:
    me = await acting(db, cast.ana)
    with pytest.raises(Refusal, match="not one of your next level"):
        async with db.writing() as session:
            await milestones.say_no_chance(session, by=me, milestone="no-such-milestone", now=NOW)


async def test_whoever_takes_no_part_has_no_milestones_ahead(db: Database, cast: Cast) -> None:
    async with db.reading() as session:
        assert await milestones.ahead(session, by=await rows.acting(session, cast.tom)) == ()

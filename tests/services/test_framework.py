"""The framework in force: loaded once, never changed, and never somebody else's."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.database import Database
from bot.models.changes import Change
from bot.models.framework import Release
from bot.rules.cadence import Cadence
from bot.rules.framework_file import FrameworkError
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import framework
from tests.support import engines, rows
from tests.support.engines import Servers
from tests.support.rows import NOW


def version(text: str, number: str, *, cadence: str = "every two weeks") -> str:
    return text.replace("version: 1.0.0", f"version: {number}").replace("every two weeks", cadence)


async def load(db: Database, text: str, *, days: int = 0) -> str:
    async with db.writing() as session:
        return (await framework.load(session, text, by=None, now=NOW + timedelta(days=days))).version


async def in_force(db: Database) -> str | None:
    async with db.reading() as session:
        found = await framework.current_or_none(session)
    return found.version if found else None


async def test_without_a_release_there_is_a_sentence(db: Database) -> None:
    assert await in_force(db) is None
    async with db.reading() as session:
        with pytest.raises(Refusal, match="in Home under Program"):
            await framework.current(session)


async def test_the_release_loaded_last_is_in_force_and_each_keeps_its_wording(
    db: Database, framework_text: str
) -> None:
    for days, number in enumerate(["1.0.0", "2.0.0", "1.10.0"]):
        text = (
            version(framework_text, number, cadence="weekly") if number == "2.0.0" else version(framework_text, number)
        )
        await load(db, text, days=days)
        assert await in_force(db) == number
    async with db.reading() as session:
        assert (await framework.version_of(session, "2.0.0")).cadence is Cadence.WEEKLY
        assert (await framework.version_of(session, "1.0.0")).cadence is Cadence.FORTNIGHTLY
        with pytest.raises(Refusal, match="not here any more"):
            await framework.version_of(session, "9.9.9")
        log = [
            (one.what, one.before, one.after, one.by)
            for one in await session.scalars(select(Change).order_by(Change.at))
        ]
    assert log == [
        ("framework", "", "1.0.0", None), ("framework", "1.0.0", "2.0.0", None), ("framework", "2.0.0", "1.10.0", None),
    ]  # fmt: skip


async def test_the_same_version_with_other_words_is_refused_and_with_the_same_is_nothing(
    db: Database, framework_text: str
) -> None:
    await load(db, framework_text)
    assert await load(db, framework_text, days=1) == "1.0.0"
    with pytest.raises(Refusal, match=r"Version 1\.0\.0 is loaded already, with other words"):
        await load(db, version(framework_text, "1.0.0", cadence="weekly"))
    async with db.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Release)) == 1
        assert await session.scalar(select(func.count()).select_from(Change)) == 1
        assert (await framework.current(session)).cadence is Cadence.FORTNIGHTLY


async def test_a_file_that_is_not_sound_is_refused_whole(db: Database, framework_text: str) -> None:
    with pytest.raises(FrameworkError):
        await load(db, framework_text.replace("target: 4", "target: none", 1))
    assert await in_force(db) is None


async def test_two_databases_in_one_process_do_not_mix(db: Database, servers: Servers, framework_text: str) -> None:
    other = engines.database(servers.url("sqlite"))
    try:
        await load(db, framework_text)
        assert (await in_force(db), await in_force(other)) == ("1.0.0", None)
        await load(other, version(framework_text, "1.0.0", cadence="weekly"))
        for database, cadence in ((db, Cadence.FORTNIGHTLY), (other, Cadence.WEEKLY), (db, Cadence.FORTNIGHTLY)):
            async with database.reading() as session:
                assert (await framework.current(session)).cadence is cadence
                assert (await framework.version_of(session, "1.0.0")).cadence is cadence
    finally:
        await other.close()


async def test_a_release_that_was_rolled_back_is_not_in_force(db: Database, framework_text: str) -> None:
    async def fail() -> None:
        async with db.writing() as session:
            await framework.load(session, framework_text, by=None, now=NOW)
            assert (await framework.current(session)).version == "1.0.0"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await in_force(db) is None


@pytest.mark.parametrize(
    ("own", "track", "expected"),
    [
        ("monthly", "technical", Cadence.MONTHLY), (None, "technical", Cadence.FORTNIGHTLY),
        (None, "no-such-track", Cadence.FORTNIGHTLY), (None, None, Cadence.FORTNIGHTLY),
    ],
)  # fmt: skip
async def test_ones_own_rhythm_goes_before_that_of_the_program(
    db: Database, framework_text: str, own: str | None, track: str | None, expected: Cadence
) -> None:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        row = await rows.person(session, "Ana Pérez", track=track, cadence=own)
        me: Person = await rows.acting(session, row)
        assert framework.cadence(await framework.current(session), me) is expected

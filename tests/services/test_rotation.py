"""Field keys: the wrong ones are refused with a sentence; new ones come in without a moment in which words are lost."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, insert, select, type_coerce

from bot import opening
from bot.database import Database, EncryptedText, UTCDateTime
from bot.keyring import KeyProblem, Keyring
from bot.models.check_ins import CheckIn
from bot.models.evidence import Evidence
from bot.models.keeping import Keeping
from bot.services import keeping
from bot.services.keeping import Kept
from tests.support import rows
from tests.support.rows import NOW, TODAY

OLD, NEW, OTHER = (bytes([number]) * 32 for number in (1, 2, 3))
ONLY_OLD, ONLY_NEW = Keyring({1: OLD}), Keyring({2: NEW})
BOTH = Keyring({2: NEW, 1: OLD})  # what FIELD_KEYS says while words are sealed anew: the new key in front
SEALED = 5 * 3 + 3 + 1  # values in `old`: of check-ins, of evidence, and the known text


@pytest.fixture
async def old(url: str) -> AsyncIterator[Database]:
    """A database whose words are sealed with the old key: five check-ins and a piece of evidence."""
    db = Database(url, ONLY_OLD)
    await opening.check_key(db)
    async with db.writing() as session:
        ana = await rows.person(session, "Ana Pérez")
        for number in range(5):
            await rows.check_in(session, ana, round_on=TODAY + timedelta(days=number), win=f"win {number}")
        await rows.evidence(session, ana, did="deed")
    yield db
    await db.close()


@pytest.fixture
async def both(old: Database, url: str) -> AsyncIterator[Database]:
    """The same with both keys."""
    db = Database(url, BOTH)
    yield db
    await db.close()


async def wins(db: Database) -> set[str]:
    async with db.reading() as session:
        return set(await session.scalars(select(CheckIn.win)))


async def keys_in_use(db: Database) -> set[int]:
    async with db.reading() as session:
        return {
            blob[0]
            for kept in keeping.tables()
            for column in kept.sealed
            for blob in await session.scalars(select(type_coerce(column, LargeBinary)))
            if blob is not None
        }


async def test_every_word_opens_at_every_step_from_the_old_key_to_the_new(both: Database) -> None:
    steps, done = [], 1
    while done:
        async with both.writing() as session:
            done = await keeping.rotate(session, limit=4)
        steps.append(done)
        assert await wins(both) == {f"win {number}" for number in range(5)}
    assert steps == [4, 4, 4, 4, 3, 0]
    assert await keys_in_use(both) == {2}


async def test_when_all_is_sealed_anew_the_old_key_can_go(both: Database, url: str) -> None:
    async with both.writing() as session:
        assert await keeping.rotate(session) == SEALED
        assert await keeping.rotate(session) == 0
    new = Database(url, ONLY_NEW)
    await opening.check_key(new)
    assert len(await wins(new)) == 5
    await new.close()


async def test_while_words_need_the_old_key_a_start_without_it_is_refused(both: Database, url: str) -> None:
    async with both.writing() as session:
        assert await keeping.rotate(session, limit=SEALED - 1) == SEALED - 1
    new = Database(url, ONLY_NEW)
    with pytest.raises(KeyProblem, match="sealed with field key 01, which FIELD_KEYS lacks"):
        await opening.check_key(new)
    await new.close()


async def test_a_wrong_key_is_refused_at_the_start(old: Database, url: str) -> None:
    wrong = Database(url, Keyring({1: OTHER}))
    with pytest.raises(KeyProblem, match=r"A stored value of key_check.sealed does not open: wrong key"):
        await opening.check_key(wrong)
    await wrong.close()


async def test_a_rotation_that_was_interrupted_goes_on(both: Database) -> None:
    async with both.writing() as session:
        await keeping.rotate(session, limit=10)
    with pytest.raises(InterruptedError):
        await _interrupted(both)
    assert await keys_in_use(both) == {1, 2}
    async with both.writing() as session:
        assert await keeping.rotate(session) == SEALED - 10
    assert await keys_in_use(both) == {2}


async def _interrupted(db: Database) -> None:
    async with db.writing() as session:
        await keeping.rotate(session, limit=5)
        raise InterruptedError


async def test_what_was_written_since_with_the_new_key_is_left_as_it_is(both: Database) -> None:
    async with both.writing() as session:
        (await session.scalars(select(Evidence))).one().did = "changed"
    async with both.writing() as session:
        assert await keeping.rotate(session) == SEALED - 1
    async with both.reading() as session:
        assert (await session.scalars(select(Evidence.did))).all() == ["changed"]


async def test_a_key_of_two_columns_is_as_good_as_one(
    old: Database, both: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = _with_two_keys()
    monkeypatch.setattr(keeping, "tables", lambda: [kept])
    async with old.writing() as session:
        await (await session.connection()).run_sync(kept.table.metadata.create_all)
        for two in (0, 1, 2):
            row = {"one": "a", "two": two, "words": f"words {two}", "at": NOW - timedelta(days=two)}
            await session.execute(insert(kept.table).values(row))
    async with both.writing() as session:
        assert await keeping.rotate(session) == 3
        assert set(await session.scalars(select(kept.table.c.words))) == {"words 0", "words 1", "words 2"}
        assert (await keeping.retire(session, now=NOW, today=TODAY))["two_keys"] == 1
        assert set(await session.scalars(select(kept.table.c.two))) == {0, 1}
    assert await keys_in_use(both) == {2}


def _with_two_keys() -> Kept:
    table = Table(
        "two_keys",
        MetaData(),
        Column("one", String(5), primary_key=True),
        Column("two", Integer, primary_key=True),
        Column("words", EncryptedText("two_keys.words")),
        Column("at", UTCDateTime),
    )
    return Kept(table, Keeping(of=(), why="", seen_by="", columns={}, until="", days=1, after="at"), "")

"""Opening the database: with the right keys and at the right version, or not at all. Keys themselves: see test_keys."""

import logging
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import keyring, opening, schema
from bot.keyring import KeyProblem
from bot.models.messages import KeyCheck
from bot.settings import SettingsProblem, Storage
from tests.support.engines import Servers


def storage(url: str, *, key: str) -> Storage:
    return Storage(database_url=url, field_keys=key)


async def opens(given: Storage) -> None:
    async with opening.opened(given) as db, db.reading() as session:
        assert await session.scalar(select(KeyCheck.sealed)) == opening.KNOWN


async def test_the_first_start_writes_what_a_wrong_key_is_found_by(url: str) -> None:
    first, second = f"1:{keyring.new_key()}", f"2:{keyring.new_key()}"
    await opens(storage(url, key=first))
    await opens(storage(url, key=first))
    await opens(storage(url, key=f"{second},{first}"))


@pytest.mark.parametrize(("number", "sentence"), [(1, "wrong key"), (2, "key 01, which FIELD_KEYS lacks")])
async def test_a_wrong_or_missing_key_is_found_at_the_start(url: str, number: int, sentence: str) -> None:
    await opens(storage(url, key=f"1:{keyring.new_key()}"))
    wrong = keyring.new_key()
    with pytest.raises(KeyProblem, match=sentence) as refused:
        await opens(storage(url, key=f"{number}:{wrong}"))
    assert wrong not in str(refused.value)


async def test_the_embedded_database_prepares_itself(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    url = f"sqlite:///{tmp_path}/data/ladderbot.db"
    given = Storage(database_url=url)
    key = tmp_path / "data" / "ladderbot.key"
    with caplog.at_level(logging.WARNING, logger="bot.opening"):
        await opens(given)
        await opens(given)
    assert [record.getMessage().split(". ")[0] for record in caplog.records] == [f"Made the key file {key}"]
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_text().strip() not in caplog.text
    assert schema.drift(url) == []


async def test_a_key_file_that_is_lost_is_found_at_the_start(tmp_path: Path) -> None:
    given = Storage(database_url=f"sqlite:///{tmp_path}/ladderbot.db")
    await opens(given)
    (tmp_path / "ladderbot.key").unlink()
    with pytest.raises(KeyProblem, match="wrong key"):
        await opens(given)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o606])
async def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    given = Storage(database_url=f"sqlite:///{tmp_path}/ladderbot.db")
    await opens(given)
    (tmp_path / "ladderbot.key").chmod(mode)
    with pytest.raises(KeyProblem, match=r"can be read by others\. Run: chmod 600"):
        await opens(given)


async def test_postgresql_is_migrated_by_the_operator_alone(servers: Servers) -> None:
    url = servers.empty_url("postgresql")
    key = f"1:{keyring.new_key()}"
    with pytest.raises(SettingsProblem, match="Run: ladderbot migrate"):
        await opens(storage(url, key=key))
    schema.upgrade(url)
    await opens(storage(url, key=key))


async def test_postgresql_without_keys_is_refused_before_anything_is_touched(servers: Servers) -> None:
    with pytest.raises(SettingsProblem, match="FIELD_KEYS is not set"):
        await opens(Storage(database_url=servers.url("postgresql")))


async def test_a_database_that_does_not_answer_is_named_without_its_password() -> None:
    url = "postgresql://ladderbot:hunter2@127.0.0.1:1/ladderbot"
    with pytest.raises(SettingsProblem, match="DATABASE_URL: the database does not answer") as refused:
        await opens(storage(url, key=f"1:{keyring.new_key()}"))
    assert "hunter2" not in str(refused.value)

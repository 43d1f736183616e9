"""FIELD_KEYS that cannot be used are refused with a sentence, and no key is ever shown."""

import base64
from pathlib import Path

import pytest

from bot import keyring, opening, settings
from bot.keyring import KeyProblem
from bot.settings import SettingsProblem, Storage

KEY = base64.b64encode(bytes(range(32))).decode()
SHORT = base64.b64encode(b"short").decode()
ON_POSTGRESQL = "postgresql://ladderbot:hunter2@db/ladderbot"


@pytest.mark.parametrize(
    ("field_keys", "sentence"),
    [
        (f"1:{SHORT}", "Field key 1 has 5 bytes; it needs exactly 32."),
        ("1:", "Field key 1 has 0 bytes; it needs exactly 32."),
        (f"1:{KEY},1:{KEY}", "FIELD_KEYS names key 1 twice."),
        (f"1:{KEY},01:{KEY}", "FIELD_KEYS names key 1 twice."),
        (f"0:{KEY}", "Field key id 0 is outside 1–255."),
        (f"256:{KEY}", "Field key id 256 is outside 1–255."),
        (KEY, "FIELD_KEYS looks like 1:<base64>,2:<base64>; one part has no number before the colon."),
        (f"-1:{KEY}", "FIELD_KEYS looks like 1:<base64>,2:<base64>; one part has no number before the colon."),
        ("1:not base64!", "FIELD_KEYS: key 1 is not base64."),
        (f"1:{KEY[:-1]}", "FIELD_KEYS: key 1 is not base64."),
        (" , ", "There is no field key. Set FIELD_KEYS=1:<base64 of 32 random bytes>."),
    ],
)
def test_keys_that_cannot_be_used_are_refused_with_a_sentence(field_keys: str, sentence: str) -> None:
    with pytest.raises(KeyProblem) as refused:
        opening.keys(Storage(field_keys=field_keys))
    assert str(refused.value) == sentence


def test_a_key_that_was_removed_is_named_when_a_value_needs_it() -> None:
    sealed = keyring.parse(f"2:{KEY}").seal("check_in.win", "a win")
    with pytest.raises(KeyProblem, match="sealed with field key 02, which FIELD_KEYS lacks"):
        keyring.parse(f"1:{KEY}").open("check_in.win", sealed)


def test_a_value_moved_to_another_column_does_not_open() -> None:
    ring = keyring.parse(f"1:{KEY}")
    with pytest.raises(KeyProblem, match="wrong key, or moved from elsewhere"):
        ring.open("check_in.obstacle", ring.seal("check_in.win", "a win"))


def test_nothing_shows_a_key_or_a_password() -> None:
    read = settings.read_storage(field_keys=f"7:{KEY}", database_url=ON_POSTGRESQL)
    ring = opening.keys(read)
    for shown in (repr(read), str(read), read.model_dump_json(), repr(ring), str(ring)):
        assert KEY[:10] not in shown
        assert "hunter2" not in shown
    assert repr(ring) == "Keyring(ids=[7])"


def test_settings_that_are_wrong_are_named_without_their_value() -> None:
    with pytest.raises(SettingsProblem) as refused:
        settings.read(field_keys=[KEY], slack_bot_token="xoxb-1-realtoken", slack_signing_secret="")
    assert KEY not in str(refused.value)
    assert "realtoken" not in str(refused.value)


def test_postgresql_without_keys_is_refused() -> None:
    with pytest.raises(SettingsProblem, match="FIELD_KEYS is not set"):
        opening.keys(Storage(database_url=ON_POSTGRESQL))


def test_the_embedded_database_makes_a_key_file_of_its_own_and_reads_it_again(tmp_path: Path) -> None:
    read = Storage(database_url=f"sqlite:///{tmp_path}/data/ladderbot.db")
    sealed = opening.keys(read).seal("check_in.win", "a win")
    file = tmp_path / "data" / "ladderbot.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert opening.keys(read).open("check_in.win", sealed) == "a win"


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "ladderbot.key"
    file.write_text(f"1:{KEY}")
    file.chmod(0o640)
    with pytest.raises(KeyProblem, match=f"chmod 600 {file}"):
        keyring.from_file(file)

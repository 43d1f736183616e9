"""What the environment decides: wrong values are refused with a sentence that names the variable, never its value."""

from pathlib import Path

import pytest

from bot import settings
from bot.settings import SettingsProblem

BOT, SIGNING, APP = "xoxb-1-2-AbCdEf", "8f742231b10e8888abcd99yyyzzz85a5", "xapp-1-A1-2-cafe"
NAMES = ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL", "FIELD_KEYS", "PROGRAM_ZONE"]
NAMES += ["LOG_LEVEL", "ALLOW_UNSAFE_DEBUG", "LEAVE_OUT_COMMANDS", "PORT", "POSTS_PER_MINUTE", "BATCH"]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment in which Slack is set and nothing else."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SLACK_BOT_TOKEN", BOT)
    monkeypatch.setenv("SLACK_SIGNING_SECRET", SIGNING)
    return monkeypatch


def refusal() -> str:
    with pytest.raises(SettingsProblem) as refused:
        settings.read()
    assert refused.value.__cause__ is None
    return str(refused.value)


def test_conventional_names_are_enough() -> None:
    read = settings.read()
    assert (read.slack_bot_token.get_secret_value(), read.uses_sockets, read.log_level) == (BOT, False, "INFO")
    assert read.database_file == Path("ladderbot.db")


def test_an_app_token_means_socket_mode(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_APP_TOKEN", APP)
    environment.setenv("SLACK_SIGNING_SECRET", "")
    assert settings.read().uses_sockets


def test_a_file_named_env_is_read_and_the_environment_goes_before_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-other\nPORT=4000\nSOMETHING_ELSE=1\n")
    read = settings.read()
    assert (read.port, read.slack_bot_token.get_secret_value()) == (4000, BOT)


PLACEHOLDERS = ["xoxb-your-token", "xoxb-...", "...", "<your-token>", "changeme", "CHANGE-ME", "change me", "example"]
PLACEHOLDERS += [
    "placeholder",
    "xxx",
    "xoxb-xxxxxxxx",
    "your_secret_here",
    " ",
    "\t",
    "xoxb-",
    "xapp-",
    "xapp-your-token",
]


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"])
@pytest.mark.parametrize("value", PLACEHOLDERS)
def test_a_placeholder_is_refused(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    environment.setenv(name, value)
    assert refusal() == f"{name} is empty or a placeholder. Copy the real value from api.slack.com/apps."


@pytest.mark.parametrize("value", [None, ""])
def test_without_a_bot_token_nothing_runs(environment: pytest.MonkeyPatch, value: str | None) -> None:
    environment.delenv("SLACK_BOT_TOKEN")
    if value is not None:
        environment.setenv("SLACK_BOT_TOKEN", value)
    assert refusal().startswith("SLACK_BOT_TOKEN is empty")


def test_one_way_to_slack_is_needed(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_SIGNING_SECRET", "")
    assert refusal().startswith("Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)")


@pytest.mark.parametrize("level", ["DEBUG", "debug", "Debug"])
def test_debug_is_refused_unless_somebody_insists(environment: pytest.MonkeyPatch, level: str) -> None:
    environment.setenv("LOG_LEVEL", level)
    assert refusal() == "LOG_LEVEL=DEBUG would write what people typed into the log. Use INFO."
    environment.setenv("ALLOW_UNSAFE_DEBUG", "1")
    assert settings.read().log_level == level


@pytest.mark.parametrize("level", ["NOTSET", "0", "10", "loud", ""])
def test_a_level_that_says_everything_by_another_name_is_refused(environment: pytest.MonkeyPatch, level: str) -> None:
    environment.setenv("LOG_LEVEL", level)
    assert refusal() == "LOG_LEVEL is one of INFO, WARNING, ERROR, CRITICAL."


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Etc/GMT+14", "", "../../etc/passwd"])
def test_a_zone_that_does_not_exist_is_refused(environment: pytest.MonkeyPatch, zone: str) -> None:
    environment.setenv("PROGRAM_ZONE", zone)
    assert refusal() == "PROGRAM_ZONE: this is no IANA time zone. Use one such as Europe/Berlin, or UTC."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("/checkin", ("/checkin",)),
        ("/checkin, /evidence", ("/checkin", "/evidence")),
        ("/checkin /evidence,/ladder", ("/checkin", "/evidence", "/ladder")),
    ],
)
def test_commands_can_be_left_out(environment: pytest.MonkeyPatch, text: str, names: tuple[str, ...]) -> None:
    environment.setenv("LEAVE_OUT_COMMANDS", text)
    assert settings.read().leave_out_commands == names


def test_a_command_that_is_not_ours_cannot_be_left_out(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LEAVE_OUT_COMMANDS", "/checkin /remind checkin")
    ours = "/ladder, /checkin, /evidence, /feedback, /mentor, /program-feedback"
    assert refusal() == f"LEAVE_OUT_COMMANDS names /remind, checkin; ours are {ours}."


@pytest.mark.parametrize(("name", "value"), [("PORT", "xoxb-secret"), ("PORT", "99999"), ("BATCH", "0")])
def test_a_number_that_does_not_fit_is_named_without_its_value(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(name, value)
    assert refusal().startswith(f"{name}: ")
    assert "secret" not in refusal()


def test_weights_that_are_not_named_stay_as_they_are(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("MATCHING_WEIGHTS", "strength=50, path=0")
    assert settings.read().matching_weights == {**settings.WEIGHTS, "strength": 50, "path": 0}


@pytest.mark.parametrize("value", ["strength", "strength=-1", "looks=5", "strength=1e9", "strength=5 rest"])
def test_weights_of_another_kind_are_refused(environment: pytest.MonkeyPatch, value: str) -> None:
    environment.setenv("MATCHING_WEIGHTS", value)
    assert refusal().startswith("MATCHING_WEIGHTS: write it as strength=30")


def test_something_has_to_weigh(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("MATCHING_WEIGHTS", " ".join(f"{name}=0" for name in settings.WEIGHTS))
    assert refusal() == "MATCHING_WEIGHTS: one part at least has to weigh something."


def test_every_problem_is_named_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PORT", "no")
    environment.setenv("PROGRAM_ZONE", "no")
    assert [line.split(":")[0] for line in refusal().splitlines()] == ["PROGRAM_ZONE", "PORT"]


def test_nothing_shows_a_secret(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_APP_TOKEN", APP)
    environment.setenv("DATABASE_URL", "postgresql://ladderbot:hunter2@db/ladderbot")
    environment.setenv("FIELD_KEYS", "1:c2VjcmV0")
    read = settings.read()
    for shown in (repr(read), str(read), read.model_dump_json(), f"{read.model_dump()}"):
        assert not any(secret in shown for secret in (BOT, SIGNING, APP, "hunter2", "c2VjcmV0"))
    assert read.database_file is None


def test_commands_that_need_no_slack_read_without_it(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("SLACK_BOT_TOKEN")
    environment.setenv("FIELD_KEYS", "")
    assert settings.read_storage().field_keys is None

"""What the environment decides: names as Slack's and everybody's docs use them. Read once, in `app` and `cli`."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PLACEHOLDER = re.compile(
    r"^(xox[a-z]-|xapp-)?[\W_]*($|your|change.?me|example|placeholder|xxx)|^(xox[a-z]-|xapp-)?\.\.\.", re.IGNORECASE
)
ADDRESS = re.compile(r"https?://[^\s/@?#]+(/[^\s@?#]*)?")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
Kind = TypeVar("Kind", bound=BaseSettings)
COMMANDS = ("/ladder", "/checkin", "/evidence", "/feedback", "/mentor", "/program-feedback")
FEATURES = (  # those one can do without
    "check_ins", "evidence", "feedback", "growth", "mentorship", "program_feedback", "stories", "digests",
)  # fmt: skip
AWAY_STATUSES = (":palm_tree:", ":beach_with_umbrella:", ":face_with_thermometer:", ":baby:")
WEIGHTS = {"strength": 30, "track": 10, "path": 15, "band": 15, "hours": 15, "language": 5, "load": 10}
WEIGHT = re.compile(r"([a-z]+)=([0-9]{1,3})")
NONE = "none"
LEAST_WEEKS = 4
CHOOSE = f"Name some of {', '.join(FEATURES)}, or {NONE}. Without the line, all are on."


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


class SettingsProblem(Exception):
    """The environment cannot be used; the text says which name and what to do."""


class Storage(BaseSettings):
    """What every command needs: where the data is and what opens it."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True)

    database_url: SecretStr = Field(SecretStr("sqlite:///ladderbot.db"), description="sqlite:///FILE or postgresql://…")
    field_keys: SecretStr | None = Field(None, description="1:base64,2:base64; the first one encrypts")
    program_zone: str = Field("UTC", description="IANA zone of nightly jobs, and of people whose zone is unknown")
    feedback_key_dir: Path | None = Field(None, description="folder of the keys of program feedback; never in a backup")
    feedback_contact: str = Field("", max_length=200, description="who answers within a day; without one, no feedback")
    feedback_steward: str = Field("", max_length=320, description="Slack id or e-mail of who holds the key, if not we")
    feedback_people: int = Field(5, ge=5, le=50, description="how many people at least before anything is opened")
    pulse_weeks: int = Field(6, ge=0, le=13, description="how long a cycle of program feedback is open; 0: none opens")
    pulse_dimension: Literal["none", "track", "country"] = Field("track", description="by what its one breakdown is")

    @field_validator("field_keys", mode="before")
    @classmethod
    def _no_keys_when_empty(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("program_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in _zones():
            raise ValueError("this is no IANA time zone. Use one such as Europe/Berlin, or UTC.")
        return value

    @field_validator("feedback_key_dir", mode="before")
    @classmethod
    def _usual_folder_when_empty(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("feedback_contact", "feedback_steward")
    @classmethod
    def _stripped(cls, value: str) -> str:
        return value.strip()

    @field_validator("pulse_weeks")
    @classmethod
    def _long_enough(cls, value: int) -> int:
        if 0 < value < LEAST_WEEKS:
            raise ValueError(f"a cycle is open for {LEAST_WEEKS} to 13 weeks; 0 opens none.")
        return value

    @property
    def feedback_folder(self) -> Path:
        """Beside the embedded database, or where the program runs."""
        beside = self.database_file.parent if self.database_file else Path()
        return self.feedback_key_dir or beside / "feedback-keys"

    @property
    def database_file(self) -> Path | None:
        """The file of the embedded database, or None on PostgreSQL."""
        url = self.database_url.get_secret_value()
        return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:") else None


class Offer(BaseSettings):
    """What members find in Slack: the manifest is made of it, before there is any token."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True)

    features: Annotated[tuple[str, ...], NoDecode] = Field(FEATURES, description="those that are on; none: no other")
    leave_out_commands: Annotated[tuple[str, ...], NoDecode] = Field((), description="command names taken elsewhere")

    @field_validator("features", "leave_out_commands", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(re.findall(r"\S+", value.replace(",", " "))) if isinstance(value, str) else value

    @field_validator("features", mode="before")
    @classmethod
    def _chosen(cls, value: object) -> object:
        """An empty line is a slip more often than a wish, so nothing at all has a word of its own."""
        if isinstance(value, str) and not value.strip(" ,"):
            raise ValueError(f"it is empty. {CHOOSE}")
        return () if isinstance(value, str) and value.strip() == NONE else value

    @model_validator(mode="after")
    def _ours(self) -> Self:
        unknown = sorted(set(self.leave_out_commands) - set(COMMANDS))
        if unknown:
            raise ValueError(f"LEAVE_OUT_COMMANDS names {', '.join(unknown)}; ours are {', '.join(COMMANDS)}.")
        strange = sorted(set(self.features) - set(FEATURES))
        if strange:
            raise ValueError(f"FEATURES names {', '.join(strange)}. {CHOOSE}")
        return self


class Settings(Storage, Offer):
    """What running the bot needs besides."""

    slack_bot_token: SecretStr = Field(SecretStr(""), description="Bot User OAuth Token, xoxb-…")
    slack_app_token: SecretStr | None = Field(None, description="App-level token, xapp-…: Socket Mode is used when set")
    slack_signing_secret: SecretStr | None = Field(None, description="Signing secret: HTTP is used when set")
    slack_api_url: str = Field("https://slack.com/api/", description="Another Slack: GovSlack, a proxy, the sandbox")
    host: str = "127.0.0.1"
    port: int = Field(3000, ge=0, le=65535)
    log_level: str = "INFO"
    allow_unsafe_debug: bool = Field(False, description="DEBUG logs carry what people typed; never in production")
    public_url: str | None = Field(None, description="https://… under which Slack reaches HTTP; the doctor tries it")

    posts_per_minute: int = Field(240, ge=0, le=600, description="pace of posts in the workspace; 0: no limit")
    asks_a_day: int = Field(2, ge=0, le=50, description="messages a day that ask a person something; 0: no limit")
    nudges_a_week: int = Field(2, ge=0, le=7, description="lists a week that only remind a person; 0: none")
    away_statuses: Annotated[tuple[str, ...], NoDecode] = Field(
        AWAY_STATUSES, description="emoji of a Slack status that say that somebody is away; none: no status does"
    )
    matching_rounds: Literal["none", "monthly", "quarterly"] = Field(
        "none", description="when everybody who waits for a mentor is matched by itself; none: when an owner starts it"
    )
    matching_weights: Annotated[dict[str, int], NoDecode] = Field(
        WEIGHTS, description="how much each part of how well two fit weighs, such as: strength=30 path=15"
    )
    program_channel: str | None = Field(
        None, pattern="^[CG][A-Z0-9]{2,}$", description="Slack id of the channel where the program tells everybody"
    )
    batch: int = Field(50, ge=1, le=100, description="messages claimed and recorded together")
    at_once: int = Field(20, ge=1, le=100, description="messages of a batch sent at once")
    batch_seconds: float = Field(20, gt=0, description="deadline of one batch")
    lease_seconds: float = Field(30, gt=0, description="how long a claimed batch is ours")
    http_seconds: float = Field(10, gt=0, description="time-out of one call to Slack")
    tick_seconds: float = Field(2, gt=0)

    @field_validator("slack_app_token", "slack_signing_secret", "public_url", "program_channel", mode="before")
    @classmethod
    def _unset_when_empty(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("away_statuses", mode="before")
    @classmethod
    def _emoji(cls, value: object) -> object:
        found = tuple(re.findall(r"[^\s,]+", value)) if isinstance(value, str) else value
        return () if found == (NONE,) else found

    @field_validator("matching_weights", mode="before")
    @classmethod
    def _weighed(cls, value: object) -> object:
        """Those that are named; the others stay as they are."""
        if not isinstance(value, str):
            return value
        words = value.replace(",", " ").split()
        found = [match.groups() for word in words if (match := WEIGHT.fullmatch(word))]
        if len(found) < len(words) or not {name for name, _ in found} <= WEIGHTS.keys():
            raise ValueError(f"write it as strength=30 path=15; the parts are {', '.join(WEIGHTS)}.")
        weights = {**WEIGHTS, **{name: int(weight) for name, weight in found}}
        if not sum(weights.values()):
            raise ValueError("one part at least has to weigh something.")
        return weights

    @field_validator("public_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not ADDRESS.fullmatch(value):
            raise ValueError(
                "this is no web address. Use one such as https://ladderbot.example.com, without a password."
            )
        return value.rstrip("/") if value else None

    @model_validator(mode="after")
    def _usable(self) -> Self:
        for name in ("slack_bot_token", "slack_app_token", "slack_signing_secret"):
            secret: SecretStr | None = getattr(self, name)
            if secret is not None and PLACEHOLDER.search(secret.get_secret_value()):
                raise ValueError(
                    f"{name.upper()} is empty or a placeholder. Copy the real value from api.slack.com/apps."
                )
        if self.slack_app_token is None and self.slack_signing_secret is None:
            raise ValueError("Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP): one of them is needed.")
        if self.log_level.upper() not in LEVELS:
            raise ValueError(f"LOG_LEVEL is one of {', '.join(LEVELS[1:])}.")
        if self.log_level.upper() == "DEBUG" and not self.allow_unsafe_debug:
            raise ValueError("LOG_LEVEL=DEBUG would write what people typed into the log. Use INFO.")
        return self

    @property
    def uses_sockets(self) -> bool:
        return self.slack_app_token is not None


def read(**given: object) -> Settings:
    """Settings from the environment, with `given` on top. SettingsProblem names what is wrong, never its value."""
    return _read(Settings, given)


def read_storage(**given: object) -> Storage:
    """The same for commands that need no Slack."""
    return _read(Storage, given)


def read_offer(**given: object) -> Offer:
    """The same for the manifest, which comes before any token."""
    return _read(Offer, given)


def _read(kind: type[Kind], given: dict[str, object]) -> Kind:
    try:
        return kind(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsProblem("\n".join(_sentence(found["loc"], found["msg"]) for found in error.errors())) from None


def _sentence(where: tuple[int | str, ...], message: str) -> str:
    name = "_".join(str(part) for part in where).upper()
    said = message.removeprefix("Value error, ")
    return f"{name}: {said}" if name else said

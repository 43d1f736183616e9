"""What happened in the workspace, in order: the judge of a run reads only this."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.people import Json


@dataclass(frozen=True)
class Call:
    """A Web API call. `answer` None: it had no effect and was answered with a page or not at all.

    `status` is that of the HTTP answer, 0 when the connection broke instead; `at` is program time.
    """

    method: str
    args: Json
    answer: Json | None
    at: datetime
    status: int = 200


@dataclass(frozen=True)
class Delivered:
    """A payload sent to the app. `ack` is its answer ({} for an empty one), None when none came in time.

    `kind` is slash_commands, interactive or events_api; `attempt` counts retries from 0; `seconds` of real time until
    the ack; `error` names why none came (timeout, http_error, not_connected); `retriable` False when the app asked for
    no retry.
    """

    kind: str
    payload: Json
    ack: Json | None
    at: datetime
    attempt: int = 0
    seconds: float = 0.0
    error: str = ""
    retriable: bool = True


@dataclass(frozen=True)
class Posted:
    """A message that became visible. `message` is as it was posted and is not changed by later updates.

    `user` is whom it reached alone (partner of the DM, reader of an ephemeral message; None in channels and groups),
    `author` who wrote it, `key` its metadata.event_payload.key, `mentions` what in it notifies people.
    """

    channel: str
    ts: str
    message: Json
    user: str | None
    key: str | None
    author: str
    mentions: tuple[str, ...] = ()
    ephemeral: bool = False


Entry = Call | Delivered | Posted

"""How payloads reach the app: what the two transports share."""

from dataclasses import dataclass
from typing import Literal, Protocol

from sandbox.people import Json

Kind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True)
class Retry:
    """A repeated delivery: `number` from 1, `reason` as Slack names it (timeout, http_error)."""

    number: int
    reason: str


@dataclass(frozen=True)
class Outcome:
    """What came back: `ack` None with the `error` that explains it, or the app's answer ({} when empty)."""

    ack: Json | None
    error: str = ""
    retriable: bool = True


class Transport(Protocol):
    async def deliver(self, kind: Kind, payload: Json, retry: Retry | None) -> Outcome:
        """Send one payload and wait for its ack, for as long as Slack would."""

    async def close(self) -> None:
        """Let go of everything."""

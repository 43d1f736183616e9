"""What a kind of message is made of."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

POST: Final = "chat.postMessage"
UPDATE: Final = "chat.update"
PUBLISH: Final = "views.publish"


@dataclass(frozen=True)
class Later:
    """Loaded, but not to be sent before this moment: the person is away or it is late there."""

    moment: datetime


Load = Callable[[AsyncSession, Sequence[UUID], datetime], Awaitable[Mapping[UUID, Any]]]


@dataclass(frozen=True)
class Message:
    """`load` gives what the view draws for a list of subjects, in one go; a subject it leaves out is skipped.

    `redraws`: the kind whose sent message this one draws anew. `owes_action`: somebody waits for an answer, so it is
    worth repeating where nobody can look whether it has arrived. `asks`: it wants something of the person, so it counts
    against the attention budget of their day. `shows_words`: named exceptions that may carry another person's words.
    """

    load: Load
    draw: Callable[[Any], Mapping[str, Any]]
    method: Literal["chat.postMessage", "chat.update", "views.publish"] = POST
    redraws: str | None = None
    owes_action: bool = False
    asks: bool = False
    shows_words: bool = False

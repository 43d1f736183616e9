"""What a kind of message is made of."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, Literal, Protocol, TypeVar
from uuid import UUID

from bot.rules import cadence
from bot.rules.cadence import Away, Schedule
from bot.rules.features import ALL

POST: Final = "chat.postMessage"
UPDATE: Final = "chat.update"
PUBLISH: Final = "views.publish"
OPEN: Final = "conversations.open"


@dataclass(frozen=True)
class Later:
    """Loaded, but not to be sent before this moment: the person is away or it is late there."""

    moment: datetime


A_MOMENT = timedelta(minutes=1)  # for what goes first to arrive


class Reached(Protocol):
    """Something for one person, with when they may be written to."""

    @property
    def schedule(self) -> Schedule: ...

    @property
    def away(self) -> tuple[Away, ...]: ...


Waits = TypeVar("Waits", bound=Reached)


def at_an_open_hour(found: Mapping[UUID, Waits], now: datetime) -> dict[UUID, Waits | Later]:
    """Whoever may not be written to at this hour hears it at the next open one; without one, not at all."""
    wanted: dict[UUID, Waits | Later] = {}
    for subject, one in found.items():
        moment = cadence.next_open(now, one.schedule, one.away)
        if moment is not None:
            wanted[subject] = one if moment <= now else Later(moment)
    return wanted


Load = Callable[..., Awaitable[Mapping[UUID, Any]]]  # session, subjects, now
Opened = Callable[..., Awaitable[None]]  # session, {subject: channel}, now
Stands = tuple[str, str]  # the channel and Slack's id of a message in it
Posted = Callable[..., Awaitable[None]]  # session, {subject: where it stands}, now


@dataclass(frozen=True)
class Message:
    """`load` gives what the view draws for a list of subjects, in one go; a subject it leaves out is skipped.

    `redraws`: the kind whose sent message this one draws anew. `owes_action`: somebody waits for an answer, so it is
    worth repeating where nobody can look whether it has arrived. `asks`: it wants something of the person, so it counts
    against the attention budget of their day. `shows_words`: named exceptions that may carry another person's words.
    `answers`: it follows from what the person did themselves, changes only what they have, or comes once; any other
    offers *Less of this*. `draws_features`: `draw` takes the features that are on, and leaves out the buttons of the
    others; `loads_features`: `load` does, and leaves out what is theirs. `is_movable`: where a day's budget is spent it
    waits in the list of the next morning; what comes before all else does not.

    `place`: the channel of a conversation of several, of what was loaded; None while it is not there yet. Nobody can
    look into it, so what `owes_action` is repeated once. `opened`: what opens such a conversation keeps its channel, in
    the transaction that records the message; `draw` names the people (`{"users": "U1,U2"}`).

    `is_public`: it goes to the channel of the program; where that does not take it, whoever caused it hears so.
    `posted`: what keeps where a message stands, in the transaction that records it, for as long as it may have to be
    drawn anew; `stands`: where that is, of what was loaded, when the outbox has forgotten it.
    """

    load: Load
    draw: Callable[..., Mapping[str, Any]]
    method: Literal["chat.postMessage", "chat.update", "views.publish", "conversations.open"] = POST
    redraws: str | None = None
    place: Callable[[Any], str | None] | None = None
    opened: Opened | None = None
    is_public: bool = False
    posted: Posted | None = None
    stands: Callable[[Any], Stands | None] | None = None
    owes_action: bool = False
    asks: bool = False
    is_movable: bool = True
    shows_words: bool = False
    answers: bool = False
    draws_features: bool = False
    loads_features: bool = False

    def where(self, features: Collection[str]) -> "Message":
        """This message where only these features are on."""
        if set(features) >= ALL:
            return self
        on = frozenset(features)
        return replace(
            self,
            load=partial(self.load, features=on) if self.loads_features else self.load,
            draw=partial(self.draw, features=on) if self.draws_features else self.draw,
        )

"""Direction: what somebody wants for now, in their own words, and who may know of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from bot.rules.framework import Framework, Track
from bot.rules.people import Person
from bot.rules.refusal import Refusal

LONGEST = 1000
NOT_A_MEMBER = (
    "A direction starts from a place on the ladder, and you are not enrolled yet. Whoever runs this can enrol you."
)


class Wants(StrEnum):
    NEXT_LEVEL = "next level"
    DEEPEN = "deepen here"
    OTHER_TRACK = "another track"
    NOT_SURE = "not sure"


class Managing(StrEnum):
    """Whether somebody would like to manage people."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no thanks"


class Share(StrEnum):
    """With whom. Whoever is the manager, or a mentor, on the day they look."""

    MANAGER = "manager"
    MENTOR = "mentor"


@dataclass(frozen=True)
class Direction:
    """What somebody said on `said_on`. `track`: the one they would like to try, if they named one."""

    person_id: UUID
    wants: Wants
    managing: Managing
    words: str
    said_on: date
    track: str | None = None
    shares: frozenset[Share] = frozenset()

    @property
    def is_shared(self) -> bool:
        """Whether the manager may know of it."""
        return Share.MANAGER in self.shares


@dataclass(frozen=True)
class Shared:
    """A direction for somebody it is shared with. `name`: whose; `track_name`: of the track they would like to try."""

    name: str
    direction: Direction
    track_name: str | None = None


@dataclass(frozen=True)
class Typed:
    """The form as it was sent."""

    wants: str
    track: str
    managing: str
    words: str
    shares: frozenset[Share] = frozenset()


def read(typed: Typed, *, by: Person, today: date, framework: Framework) -> Direction:
    """What somebody wants, from what was typed. A track belongs to trying another one, and to nothing else."""
    if typed.wants not in set(Wants):
        raise Refusal("Choose what comes nearest; *Not sure yet* is an answer, too.", field="wants")
    if typed.managing not in set(Managing):
        raise Refusal("Choose one of the three; you can change it any time.", field="managing")
    if len(typed.words) > LONGEST:
        raise Refusal(f"This is longer than {LONGEST:,} characters. Shorten it a little.", field="words")
    wants = Wants(typed.wants)
    track = typed.track if wants is Wants.OTHER_TRACK and typed.track else None
    if track is not None and (track == by.track or framework.track(track) is None):
        raise Refusal("Choose one of the other tracks, or leave it empty while you look around.", field="track")
    return Direction(by.id, wants, Managing(typed.managing), typed.words, today, track, typed.shares)


def is_content(direction: Direction | None) -> bool:
    """Whether they want to deepen where they are: nobody is shown, then, for how long they have been there."""
    return direction is not None and direction.wants is Wants.DEEPEN


def suggested(direction: Direction | None, *, own: str | None, framework: Framework) -> tuple[Track, ...]:
    """The other tracks, the one they would like to try first. Nobody is led to managing people: it comes last unless
    they said yes to it, and not at all where they said no."""
    manages = framework.manages_people
    wanted, managing = (direction.track, direction.managing) if direction else (None, None)
    others = [one for one in framework.tracks if one.key != own]
    if managing is Managing.NO:
        others = [one for one in others if not manages(one) or one.key == wanted]
    return tuple(sorted(others, key=lambda one: (one.key != wanted, manages(one) and managing is not Managing.YES)))

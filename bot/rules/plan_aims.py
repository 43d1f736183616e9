"""Where somebody can choose to grow, what they are likely to be looking for first."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.rules.directions import Direction, Wants
from bot.rules.framework import Framework
from bot.rules.people import Person
from bot.rules.plans import Aim
from bot.rules.refusal import Refusal

MOST_AIMS = 3

Place = tuple[str, str]
"""A level: the key of its track, and its own."""


def aims_of(framework: Framework, track: str, level: str) -> tuple[Aim, ...]:
    """What can be aimed at on one level: its competencies, then the milestones that show readiness for it."""
    found, on = framework.level(track, level), framework.track(track)
    if found is None or on is None:
        return ()
    competencies = [Aim(f"{level}/{one.key}", one.name, level, track, one.key) for one in on.competencies]
    milestones = [Aim(one.key, one.title, level, track, one.competency, is_milestone=True) for one in found.milestones]
    return (*competencies, *milestones)


def every_aim(framework: Framework) -> tuple[Aim, ...]:
    places = ((track.key, level.key) for track in framework.tracks for level in track.levels)
    return tuple(aim for place in places for aim in aims_of(framework, *place))


def check_aims(chosen: Sequence[str], offered: Collection[str]) -> tuple[str, ...]:
    """The aims as chosen, each once."""
    keys = tuple(dict.fromkeys(chosen))
    if len(keys) > MOST_AIMS:
        raise Refusal(f"Up to {MOST_AIMS} at a time: what you leave out now can come next.", field="aims")
    if not set(keys) <= set(offered):
        raise Refusal("The framework has changed since you opened this form. Close it and open it again.", field="aims")
    return keys


def places(framework: Framework, direction: Direction | None, *, by: Person) -> tuple[Place, ...]:
    """The levels whose aims are offered, as they follow from what somebody wants for now.

    The next level and their own, the other way round for whoever wants to deepen here. Before both, for whoever wants
    to try another track, its level of the same standing.
    """
    own = (by.track or "", by.level or "")
    upward = framework.next_level(*own)
    found = [(own[0], upward.key), own] if upward else [own]
    if direction is not None and direction.wants is Wants.DEEPEN:
        found.reverse()
    tried = framework.track(direction.track or "") if direction else None
    beside = [(tried.key, one.key) for one in tried.levels if one.band == framework.band_of(*own)] if tried else []
    return (*beside, *found)


def in_order(aims: Sequence[Aim], *, gaps: Sequence[tuple[str, str]], met: Collection[str]) -> tuple[Aim, ...]:
    """The same aims without the milestones that are met: those with room first, then level by level what is missing.

    `gaps`: (level, competency) in which a self-assessment leaves room, where there is most of it first.
    """
    room = {f"{level}/{competency}": place for place, (level, competency) in enumerate(gaps)}
    levels = list(dict.fromkeys(one.level for one in aims))
    missing = {(one.level, one.competency) for one in aims if one.is_milestone and one.key not in met}

    def rank(one: Aim) -> tuple[int, int, bool]:
        return room.get(one.key, len(room)), levels.index(one.level), (one.level, one.competency) not in missing

    left = (replace(one, has_room=one.key in room) for one in aims if one.key not in met)
    return tuple(sorted(left, key=rank))


def serving(aims: Sequence[Aim], competencies: Collection[str]) -> str:
    """The key of the first aim that a chance with these competencies helps with, or nothing."""
    return next((one.key for one in aims if one.competency in competencies), "")

"""The cells of a people file as values: track and level, country, department, working days, cadence."""

from functools import lru_cache

from bot.rules.cadence import Cadence, is_country
from bot.rules.framework import Framework
from bot.rules.people_csv import shown

NONE = "none"
LONGEST_DEPARTMENT = 80
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CADENCES = {name: one.value for one in Cadence for name in (one.value, one.name.casefold())}

Placement = tuple[str | None, str | None]


class CellError(Exception):
    """What is wrong with a cell, and what to write instead."""

    def __init__(self, sentence: str, suggestion: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.suggestion = suggestion


def country(text: str) -> str:
    """A country's two letters. CellError for others."""
    code = text.upper()
    if not _is_country(code):
        raise CellError(f"The country {shown(text)} is not known.", "Use two letters, such as DE, IN or US.")
    return code


@lru_cache(maxsize=1024)
def _is_country(code: str) -> bool:
    return len(code) == 2 and is_country(code)


def department(text: str) -> str:
    """A department as it is called. CellError for names that are too long to be one."""
    name = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    if not 0 < len(name) <= LONGEST_DEPARTMENT:
        raise CellError(
            f"The department {shown(text)} cannot be read.", f"Use a name of up to {LONGEST_DEPARTMENT} letters."
        )
    return name


def cadence(text: str) -> str:
    """A cadence by its words or its name. CellError for others."""
    found = CADENCES.get(" ".join(text.casefold().split()))
    if found is None:
        raise CellError(f"The cadence {shown(text)} is not known.", f"Use one of {', '.join(Cadence)}.")
    return found


@lru_cache(maxsize=1024)
def working_days(text: str) -> str:
    """ISO digits of `mon-fri`, `12345`, `sun-thu` or `mon, wed`. CellError for others."""
    words = text.casefold().replace("–", "-").replace(",", " ").replace(";", " ").replace("/", " ").split()
    days = [_digits(word) or _range(word) for word in words]
    if not days or not all(days):
        raise CellError(f"The working days {shown(text)} cannot be read.", "Write mon-fri, or 12345 for the same.")
    return "".join(str(day + 1) for day in sorted(set().union(*days)))


def _digits(word: str) -> set[int]:
    return {int(digit) - 1 for digit in word} if set(word) <= set("1234567") else set()


def _range(word: str) -> set[int]:
    """The days of `mon`, `mon-fri` or `sun-thu`, counted from Monday as 0; empty for no day."""
    first, dash, last = word.partition("-")
    ends = [
        n
        for end in (first, last if dash else first)
        for n, day in enumerate(DAYS)
        if len(end) >= 3 and day.startswith(end)
    ]
    if len(ends) != 2:
        return set()
    return {(ends[0] + n) % 7 for n in range((ends[1] - ends[0]) % 7 + 1)}


def placement(framework: Framework | None, track: str, level: str, before: Placement) -> Placement:
    """Track and level after two cells, of which a blank one stays as it is today; (None, None) ends a placement.

    CellError for a track or level that the framework does not have, or for one without the other.
    """
    if not track and not level:
        return before
    if track.casefold() == NONE:
        if level.casefold() not in ("", NONE):
            raise CellError(f"The level {shown(level)} has no track.", "Leave the level blank to end a placement.")
        return None, None
    if framework is None:
        raise CellError("The framework has not been loaded yet.", "Load it first: in Home, under Program.")
    return _on_a_track(framework, track, level, before)


def _on_a_track(framework: Framework, named: str, level: str, before: Placement) -> Placement:
    key = before[0] if not named else _tracks(framework).get(named.casefold(), named)
    if key is None:
        raise CellError(f"The level {shown(level)} has no track.", "Fill in the track.")
    track = framework.track(key)
    if track is None:
        keys = ", ".join(one.key for one in framework.tracks)
        raise CellError(f"The track {shown(key)} is not known.", f"Tracks are {keys}.")
    levels = f"Levels are {', '.join(one.key for one in track.levels)}."
    wanted = level.upper() or before[1]
    if wanted is None:
        raise CellError(f"The track {track.key} has no level.", levels)
    if framework.level(track.key, wanted) is None:
        raise CellError(f"The level {shown(level or wanted)} is not on the track {track.key}.", levels)
    return track.key, wanted


def _tracks(framework: Framework) -> dict[str, str]:
    return {name.casefold(): track.key for track in framework.tracks for name in (track.name, track.key)}

"""Who knows this: colleagues who agreed to be found, by a competency they have shown. Names and tracks, no ranking."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from bot.rules.framework import Framework

MOST_NAMED = 4  # names of competencies offered where a word fits several, or none
LONGEST = 100
SHORTEST = 3  # letters of a word that may be the beginning of another


@dataclass(frozen=True)
class Competence:
    """Something tracks value, by its name; `keys`: on each track that calls it so, (track, competency)."""

    name: str
    about: str
    keys: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Meant:
    """What somebody meant: one thing, or several to choose from. `is_close`: none fits, these are spelled alike."""

    fits: tuple[Competence, ...] = ()
    is_close: bool = False


@dataclass(frozen=True)
class Colleague:
    """Somebody who has shown it. `track`: by its name; none for whoever is on none."""

    name: str
    track: str = ""


@dataclass(frozen=True)
class Found:
    """What `/ladder who` shows. `typed`: the words that were looked for, if any; `names`: all there is to look for.

    `own`: what whoever looks has shown themself, and is found for if they agree. `people`: one page of them; `skipped`:
    how many came before.
    """

    is_findable: bool
    names: tuple[str, ...]
    own: tuple[str, ...] = ()
    typed: str = ""
    meant: Meant | None = None
    people: tuple[Colleague, ...] = ()
    skipped: int = 0
    is_more: bool = False


def all_of(framework: Framework) -> tuple[Competence, ...]:
    """Each name once, although several tracks may value the same."""
    keys: dict[str, set[tuple[str, str]]] = {}
    said: dict[str, tuple[str, str]] = {}
    for track in framework.tracks:
        for one in track.competencies:
            plain = " ".join(_words(one.name))
            keys.setdefault(plain, set()).add((track.key, one.key))
            said.setdefault(plain, (one.name, one.about))
    found = (Competence(*said[plain], frozenset(of)) for plain, of in keys.items())
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def meant(typed: str, framework: Framework) -> Meant:
    """The exact name before names that have all these words, before those that say them in what they are about."""
    wanted, known = _words(typed[:LONGEST]), all_of(framework)
    if not wanted:
        return Meant()
    for is_in in (_is_named, _is_in_name, _is_in_about):
        fits = tuple(one for one in known if is_in(wanted, one))
        if fits:
            return Meant(fits[:MOST_NAMED])
    return Meant(_close(wanted, {" ".join(_words(one.name)): one for one in known}), is_close=True)


def milestones(framework: Framework, competence: Competence) -> tuple[str, ...]:
    """The keys of the milestones that show it, on every track and level."""
    return tuple(
        milestone.key
        for track in framework.tracks
        for level in track.levels
        for milestone in level.milestones
        if (track.key, milestone.competency) in competence.keys
    )


def shown_by(framework: Framework, accepted: Collection[str]) -> tuple[str, ...]:
    """The names of what these milestones show."""
    return tuple(one.name for one in all_of(framework) if not set(milestones(framework, one)).isdisjoint(accepted))


def _is_named(wanted: tuple[str, ...], one: Competence) -> bool:
    return wanted == _words(one.name) or any(wanted == _words(key) for _, key in one.keys)


def _is_in_name(wanted: tuple[str, ...], one: Competence) -> bool:
    return _has_all(wanted, _words(one.name))


def _is_in_about(wanted: tuple[str, ...], one: Competence) -> bool:
    return _has_all(wanted, _words(f"{one.name} {one.about}"))


def _has_all(wanted: Iterable[str], words: tuple[str, ...]) -> bool:
    return all(any(_fits(one, word) for word in words) for one in wanted)


def _fits(one: str, word: str) -> bool:
    """ "mentor" fits "mentoring", and the other way round."""
    shorter = min(len(one), len(word))
    return one == word or (
        shorter >= SHORTEST and (word.startswith(one) or (shorter > SHORTEST and one.startswith(word)))
    )


def _close(wanted: tuple[str, ...], known: Mapping[str, Competence]) -> tuple[Competence, ...]:
    """Names that are spelled alike, or one word of which is."""
    by_word: dict[str, list[Competence]] = {}
    for name, one in known.items():
        for word in (name, *name.split()):
            by_word.setdefault(word, []).append(one)
    alike = [hit for typed in (" ".join(wanted), *wanted) for hit in get_close_matches(typed, list(by_word), n=3)]
    return tuple(dict.fromkeys(one for hit in alike for one in by_word[hit]))[:MOST_NAMED]


def _words(text: str) -> tuple[str, ...]:
    """Small letters without accents, split where there is anything else."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return tuple("".join(one if one.isalnum() else " " for one in plain).split())

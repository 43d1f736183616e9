"""Everybody who is matched in one round, as arrays: small to send to another process, quick to reckon with.

Rows are in an order of their own, the same whatever order people come in.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Generic, Self, TypeVar
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from bot.rules import fit
from bot.rules.fit import Mentee, Mentor, Skills, Standing, Wish

T = TypeVar("T", bound=Hashable)
U = TypeVar("U", bound=Hashable)
Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
NEVER = -np.inf


@dataclass(frozen=True)
class Coded(Generic[T]):
    """A column in which few values come again and again: row n has `values[at[n]]`."""

    values: tuple[T, ...]
    at: Ints

    @classmethod
    def of(cls, column: Iterable[T]) -> Self:
        numbers: dict[T, int] = {}
        at = np.fromiter((numbers.setdefault(value, len(numbers)) for value in column), np.int32)
        return cls(tuple(numbers), at)

    def __getitem__(self, row: int) -> T:
        return self.values[int(self.at[row])]

    def table(self, judge: Callable[[T, U], float], other: "Coded[U]") -> Floats:
        """[one of these values, one of the others]: what `judge` says of the two."""
        said = [[judge(mine, theirs) for theirs in other.values] for mine in self.values]
        return np.array(said, np.float32).reshape(len(self.values), len(other.values))


@dataclass(frozen=True)
class Links:
    """For each row some numbers, in an order that counts."""

    starts: Ints
    numbers: Ints

    @classmethod
    def of(cls, each: Sequence[Sequence[int]]) -> Self:
        starts = np.cumsum([0, *map(len, each)], dtype=np.int32)
        return cls(starts, np.fromiter(chain.from_iterable(each), np.int32))

    def __getitem__(self, row: int) -> Ints:
        return self.numbers[self.starts[row] : self.starts[row + 1]]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def counts(self, rows: Ints) -> Ints:
        found: Ints = self.starts[rows + 1] - self.starts[rows]
        return found

    def flat(self, rows: Ints) -> tuple[Ints, Ints, Ints]:
        """(place among `rows`, which of its numbers, the number) for all of them."""
        counts = self.counts(rows)
        places = np.repeat(np.arange(len(rows), dtype=np.int32), counts)
        nth = np.arange(len(places), dtype=np.int32) - np.repeat(np.cumsum(counts, dtype=np.int32) - counts, counts)
        return places, nth, self.numbers[self.starts[rows][places] + nth]

    def and_these(self, rows: Ints, numbers: Ints) -> Self:
        """With one number more for each of these rows."""
        each: list[list[int]] = [self[row].tolist() for row in range(len(self))]
        for row, number in zip(rows.tolist(), numbers.tolist(), strict=True):
            each[row].append(number)
        return self.of(each)


@dataclass(frozen=True)
class Requests:
    """One row for each mentee; those who want alike stand together. `choices`, `barred`: rows of mentors."""

    ids: bytes
    wishes: Coded[Wish]
    hours: Coded[int]
    languages: Coded[frozenset[str]]
    wanted: Links
    asked: Ints  # who asked first, second, …
    comes_first: NDArray[np.bool_]
    choices: Links
    barred: Links

    def __len__(self) -> int:
        return len(self.asked)

    def id(self, row: int) -> UUID:
        return UUID(bytes=self.ids[16 * row : 16 * row + 16])


@dataclass(frozen=True)
class Offers:
    """One row for each mentor. `help[competency, mentor]`: see `fit.help_with`."""

    ids: bytes
    standings: Coded[Standing]
    hours: Coded[int]
    languages: Coded[frozenset[str]]
    help: Floats
    capacity: Ints
    taken: Ints

    def __len__(self) -> int:
        return len(self.capacity)

    def id(self, row: int) -> UUID:
        return UUID(bytes=self.ids[16 * row : 16 * row + 16])

    @property
    def free(self) -> Ints:
        places: Ints = np.maximum(self.capacity - self.taken, 0)
        return places


@dataclass(frozen=True)
class Pool:
    """Requests, offers, the share of each part in the score, and what two distinct values are worth to each other.

    `standings[wish, standing]`, `hours[…]`, `languages[…]`: weighted; NEVER where they forbid the pair.
    """

    requests: Requests
    offers: Offers
    shares: Mapping[str, float]
    standings: Floats
    hours: Floats
    languages: Floats

    @classmethod
    def of(cls, mentees: Iterable[Mentee], mentors: Iterable[Mentor], *, weights: Mapping[str, int]) -> Self:
        offered = sorted(mentors, key=lambda mentor: mentor.person.int)
        asking = sorted(mentees, key=lambda mentee: mentee.request.int)
        wanted = sorted({key for mentee in asking for key in mentee.wanted})
        numbers = {key: number for number, key in enumerate(wanted)}
        shares = {name: weight / sum(weights.values()) for name, weight in weights.items()}
        requests, offers = _requests(asking, offered, numbers), _offers(offered, numbers)
        return cls(
            requests,
            offers,
            shares,
            standings=_standings(shares, requests.wishes, offers.standings),
            hours=requests.hours.table(partial(_hours, shares["hours"]), offers.hours),
            languages=requests.languages.table(partial(_languages, shares["language"]), offers.languages),
        )


def _standings(shares: Mapping[str, float], wishes: Coded[Wish], standings: Coded[Standing]) -> Floats:
    """What their places on the ladder are worth to each other. Track, band and the way there are each reckoned once for
    every distinct one, which are far fewer than all that come together."""
    tracks = Coded.of(Standing(one.track, None) for one in standings.values)
    bands = Coded.of(Standing(None, one.band) for one in standings.values)
    paths = Coded.of(Standing(one.track, None, one.past_tracks) for one in standings.values)
    homes = Coded.of(Wish(one.track, None) for one in wishes.values)
    found = wishes.table(partial(_track, shares["track"]), tracks)[:, tracks.at]
    found += wishes.table(partial(_band, shares["band"]), bands)[:, bands.at]
    found += homes.table(partial(_path, shares["path"]), paths)[homes.at][:, paths.at]
    return found


def _track(share: float, wish: Wish, standing: Standing) -> float:
    return share * fit.track(wish, standing) if fit.is_track_right(wish, standing) else NEVER


def _band(share: float, wish: Wish, standing: Standing) -> float:
    return share * fit.band(wish, standing) if fit.is_band_right(wish, standing) else NEVER


def _path(share: float, wish: Wish, standing: Standing) -> float:
    return share * fit.path(wish, standing)


def _hours(share: float, mine: int, theirs: int) -> float:
    return share * fit.hours(mine, theirs) if fit.can_meet(mine, theirs) else NEVER


def _languages(share: float, spoken: frozenset[str], offered: frozenset[str]) -> float:
    return share * fit.language(spoken, offered) if fit.can_talk(spoken, offered) else NEVER


def _requests(asking: Sequence[Mentee], offered: Sequence[Mentor], numbers: Mapping[str, int]) -> Requests:
    wishes = Coded.of(mentee.wish for mentee in asking)
    hours = Coded.of(mentee.hours for mentee in asking)
    languages = Coded.of(mentee.languages for mentee in asking)
    order = np.lexsort((languages.at, hours.at, _likeness(wishes)))
    asking = [asking[place] for place in order.tolist()]
    rows = {mentor.person: row for row, mentor in enumerate(offered)}
    return Requests(
        ids=b"".join(mentee.request.bytes for mentee in asking),
        wishes=Coded(wishes.values, wishes.at[order]),
        hours=Coded(hours.values, hours.at[order]),
        languages=Coded(languages.values, languages.at[order]),
        wanted=Links.of([[numbers[key] for key in mentee.wanted] for mentee in asking]),
        asked=_ranks([mentee.asked_at for mentee in asking]),
        comes_first=np.array([mentee.comes_first for mentee in asking], np.bool_),
        choices=Links.of([[rows[one] for one in mentee.choices if one in rows] for mentee in asking]),
        barred=Links.of([[rows[one] for one in {*mentee.barred, mentee.person} if one in rows] for mentee in asking]),
    )


def _likeness(wishes: Coded[Wish]) -> Ints:
    """A rank for each row: those who wish for the same mentors stand together, so that the others are not looked at."""

    def track_and_band(number: int) -> tuple[str, str, int, bool]:
        wish = wishes.values[number]
        return wish.wanted_track or "", wish.track or "", wish.band or 0, wish.is_same_track_welcome

    ranks = np.empty(len(wishes.values), np.int32)
    ranks[sorted(range(len(ranks)), key=track_and_band)] = np.arange(len(ranks))
    found: Ints = ranks[wishes.at]
    return found


def _offers(offered: Sequence[Mentor], numbers: Mapping[str, int]) -> Offers:
    return Offers(
        ids=b"".join(mentor.person.bytes for mentor in offered),
        standings=Coded.of(mentor.standing for mentor in offered),
        hours=Coded.of(mentor.hours for mentor in offered),
        languages=Coded.of(mentor.languages for mentor in offered),
        help=_help([mentor.skills for mentor in offered], numbers),
        capacity=np.array([mentor.capacity for mentor in offered], np.int32),
        taken=np.array([mentor.taken for mentor in offered], np.int32),
    )


def _ranks(moments: Sequence[datetime]) -> Ints:
    order = sorted(range(len(moments)), key=lambda row: moments[row])
    ranks = np.empty(len(moments), np.int32)
    ranks[order] = np.arange(len(moments), dtype=np.int32)
    return ranks


def _help(skills: Sequence[Skills], numbers: Mapping[str, int]) -> Floats:
    """Whatever nobody wants is left out."""
    table = np.zeros((len(numbers), len(skills)), np.float32)
    for row, of_one in enumerate(skills):
        for key in of_one.helps | of_one.valued:
            if key in numbers:
                table[numbers[key], row] = fit.help_with(key, of_one)
    return table

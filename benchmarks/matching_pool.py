"""People who ask for a mentor and people who offer to be one: four tracks, levels, 24 competencies, eight zones."""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from bot.rules import work_hours
from bot.rules.cadence import Schedule
from bot.rules.fit import Mentee, Mentor, Skills, Standing, Wish

TRACKS = ("technical", "management", "process", "customer")
COMPETENCIES = tuple(f"competency-{number}" for number in range(24))
VALUED = {track: frozenset(COMPETENCIES[number::4]) for number, track in enumerate(TRACKS)}
LANGUAGES = ("en", "de", "es", "fr", "hi", "pt")
ZONES = ("America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "Europe/Lisbon", "Europe/Berlin",
         "Europe/Helsinki", "Asia/Kolkata", "Asia/Singapore")  # fmt: skip
PLACES, SPARE = 3, 1.2  # of each mentor, and of all together for each request
TOP_BANDS = (4, 5)
DAY = date(2026, 11, 16)
SINCE = datetime(2026, 9, 1, tzinfo=UTC)

Sides = tuple[list[Mentee], list[Mentor]]


def people(mentees: int, seed: int = 5) -> Sides:
    chance = random.Random(seed)
    mentors = int(mentees * SPARE / PLACES)
    return [_mentee(chance) for _ in range(mentees)], [_mentor(chance) for _ in range(mentors)]


def _mentee(chance: random.Random) -> Mentee:
    track, band = chance.choice(TRACKS), chance.choices((1, 2, 3, 4), (4, 4, 2, 1))[0]
    wanted = _other(chance, track) if chance.random() < 0.15 else None
    return Mentee(
        request=_id(chance),
        person=_id(chance),
        wish=Wish(track, band, wanted, is_same_track_welcome=chance.random() < 0.1, is_at_top=band in TOP_BANDS),
        wanted=tuple(chance.sample(COMPETENCIES, chance.choice((1, 2, 3)))),
        languages=_languages(chance),
        hours=_hours(chance),
        asked_at=SINCE + timedelta(minutes=chance.randrange(100_000)),
    )


def _mentor(chance: random.Random) -> Mentor:
    track, band = chance.choice(TRACKS), chance.choices((2, 3, 4, 5), (1, 3, 3, 2))[0]
    past = frozenset({_other(chance, track)} if chance.random() < 1 / 3 else ())
    helps = frozenset(chance.sample(COMPETENCIES, chance.choice((2, 3, 4, 6, 8))))
    return Mentor(
        person=_id(chance),
        standing=Standing(track, band, past),
        skills=Skills(helps, VALUED[track]),
        languages=_languages(chance),
        hours=_hours(chance),
        capacity=PLACES,
    )


def _id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128))


def _other(chance: random.Random, track: str) -> str:
    return chance.choice([other for other in TRACKS if other != track])


def _languages(chance: random.Random) -> frozenset[str]:
    return frozenset({"en", *chance.sample(LANGUAGES[1:], chance.choice((0, 0, 1)))})


def _hours(chance: random.Random) -> int:
    return work_hours.week_of(Schedule(chance.choice(ZONES)), DAY)

"""What a mentor may offer and a mentee may ask for, read from their forms; each Refusal names its field."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from bot.rules.framework import Framework
from bot.rules.mentors import (
    LONGEST,
    MOST_CAPACITY,
    MOST_CHOICES,
    MOST_COMPETENCIES,
    RHYTHMS,
    Offer,
)
from bot.rules.people import Person
from bot.rules.refusal import Refusal

MOST_HOURS = 40
MOST_HELPS = 9
MOST_TRACKS = 4
MOST_LANGUAGES = 8
MOST_AVOIDED = 20
FURTHEST = timedelta(days=366)
ANY_OTHER, ANY = "any-other", "any"

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "Arabic", "bn": "Bengali", "bg": "Bulgarian", "ca": "Catalan", "zh": "Chinese", "hr": "Croatian",
        "cs": "Czech", "da": "Danish", "nl": "Dutch", "en": "English", "et": "Estonian", "fi": "Finnish",
        "fr": "French", "de": "German", "el": "Greek", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi",
        "hu": "Hungarian", "id": "Indonesian", "ga": "Irish", "it": "Italian", "ja": "Japanese", "kn": "Kannada",
        "ko": "Korean", "lv": "Latvian", "lt": "Lithuanian", "ms": "Malay", "mr": "Marathi", "no": "Norwegian",
        "fa": "Persian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sr": "Serbian",
        "sk": "Slovak", "sl": "Slovenian", "es": "Spanish", "sw": "Swahili", "sv": "Swedish", "ta": "Tamil",
        "te": "Telugu", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
        "yo": "Yoruba", "zu": "Zulu",
    }
)  # fmt: skip
"""ISO 639-1 codes and their names; sign languages have no code there and belong into the words."""


def competencies(framework: Framework) -> dict[str, str]:
    """Key → name of everything that any track values."""
    return {one.key: one.name for track in framework.tracks for one in track.competencies}


@dataclass(frozen=True)
class TypedOffer:
    """The form of an offer as it was sent. `avoid`: Slack ids."""

    capacity: str
    hours: str
    tracks: Sequence[str]
    competencies: Sequence[str]
    languages: Sequence[str]
    about: str
    is_listed: bool
    full_until: date | None
    avoid: Sequence[str] = ()


@dataclass(frozen=True)
class TypedWish:
    """The form of a request as it was sent. `choices`: a Slack id for each place, "" for none; `avoid`: Slack ids."""

    goal: str
    competencies: Sequence[str]
    rhythm: str
    track: str
    languages: Sequence[str]
    choices: Sequence[str] = ()
    avoid: Sequence[str] = ()


def read_offer(typed: TypedOffer, *, by: Person, today: date, framework: Framework) -> Offer:
    """What somebody offers, from what was typed."""
    places = _whole(typed.capacity, most=MOST_CAPACITY, field="capacity", ask="How many mentees at the same time?")
    hours = _whole(typed.hours, most=MOST_HOURS, field="hours", ask="How many hours a month?")
    if not typed.competencies:
        raise Refusal("Choose at least one thing you help with, so that a request can find you.", field="competencies")
    if len(typed.about) > LONGEST:
        raise Refusal(f"This is longer than {LONGEST:,} characters. Shorten it a little.", field="about")
    if typed.full_until is not None and not today < typed.full_until <= today + FURTHEST:
        raise Refusal("Choose a day ahead, within a year. Leave it empty to take somebody now.", field="full_until")
    others = {one.key for one in framework.tracks} - {by.track}
    return Offer(
        by, places, hours, _known(typed.tracks, others, most=MOST_TRACKS, field="tracks"),
        _known(typed.competencies, competencies(framework), most=MOST_HELPS, field="competencies"),
        _known(typed.languages, LANGUAGES, most=MOST_LANGUAGES, field="languages"),
        typed.about, typed.is_listed, typed.full_until,
    )  # fmt: skip


def read_wish(typed: TypedWish, *, by: Person, framework: Framework) -> dict[str, Any]:
    """What somebody asks for, from what was typed, as the columns of a request."""
    if not typed.goal:
        raise Refusal("One sentence is enough, but it cannot be empty.", field="goal")
    if len(typed.goal) > LONGEST:
        raise Refusal(f"This is longer than {LONGEST:,} characters. Shorten it a little.", field="goal")
    if typed.rhythm not in {str(days) for days in RHYTHMS}:
        raise Refusal("Choose how often you would like to meet.", field="rhythm")
    wanted = None if typed.track in (ANY_OTHER, ANY) else typed.track
    if wanted is not None and framework.track(wanted) is None:
        raise Refusal("Choose one of the tracks listed, or any.", field="track")
    helps = _known(typed.competencies, competencies(framework), most=MOST_COMPETENCIES, field="competencies")
    return {
        "goal": typed.goal,
        "competencies": " ".join(helps),
        "track": wanted,
        "is_same_track": typed.track == ANY or wanted == by.track,
        "languages": " ".join(_known(typed.languages, LANGUAGES, most=MOST_LANGUAGES, field="languages")),
        "rhythm_days": int(typed.rhythm),
    }


def check_choices(chosen: Sequence[UUID | None]) -> tuple[UUID, ...]:
    """Up to three mentors, in order; Refusal beside the one who is named twice."""
    for place, one in enumerate(chosen):
        if one is not None and one in chosen[:place]:
            raise Refusal("You have named this person above already.", field=choice_field(place))
    return tuple(one for one in chosen[:MOST_CHOICES] if one is not None)


def choice_field(place: int) -> str:
    """The field of the first, second or third wish."""
    return f"choice_{place + 1}"


def check_avoided(avoided: Collection[UUID], choices: Collection[UUID], *, by: Person) -> None:
    if by.id in avoided:
        raise Refusal("That is you. Leave it empty if there is nobody.", field="avoid")
    if set(avoided) & set(choices):
        raise Refusal("Somebody here is also among those you ask for. Take them out of one of the two.", field="avoid")
    if len(avoided) > MOST_AVOIDED:
        raise Refusal(
            f"Up to {MOST_AVOIDED} people. Somebody who runs the program can help beyond that.", field="avoid"
        )


def _whole(typed: str, *, most: int, field: str, ask: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 4 and 1 <= int(typed) <= most):
        raise Refusal(f"{ask} A whole number from 1 to {most}.", field=field)
    return int(typed)


def _known(chosen: Sequence[str], among: Collection[str], *, most: int, field: str) -> tuple[str, ...]:
    """Those that exist, in the order chosen; what is not there any more is left out."""
    found = tuple(dict.fromkeys(one for one in chosen if one in among))
    if len(found) > most:
        raise Refusal(f"Up to {most} of these, please.", field=field)
    return found

"""What somebody fills in to offer a chance to grow, checked before it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.rules.evidence import is_web_link
from bot.rules.framework import Framework
from bot.rules.opportunities import Kind, Offer, Tags
from bot.rules.refusal import Refusal

LONGEST_TITLE = 100
LONGEST = 1000
LONGEST_LINK = 500
MOST_HOURS = 40
MOST_PLACES = 1000
MOST_TAGS = 10
FURTHEST = timedelta(days=3 * 365)


@dataclass(frozen=True)
class Typed:
    """What somebody filled in."""

    kind: str
    title: str
    learn: str
    hours: str
    places: str
    begins_on: date | None
    until_on: date | None
    link: str
    tracks: Sequence[str]
    competencies: Sequence[str]
    bands: Sequence[str]


def check(typed: Typed, framework: Framework | None, *, today: date) -> Offer:
    """The offer, or Refusal beside the field that has to change."""
    if typed.kind not in set(Kind):
        raise Refusal("Choose what kind of chance it is.", field="kind")
    _text(typed.title, "title", LONGEST_TITLE, "Give it a name, so that people know what to ask for.")
    _text(typed.learn, "learn", LONGEST, "Say what one learns: it is why people come.")
    begins_on, until_on = check_dates(typed.begins_on, typed.until_on, today=today)
    return Offer(
        Kind(typed.kind), typed.title, typed.learn, _number(typed.hours, "hours", MOST_HOURS),
        _number(typed.places, "places", MOST_PLACES), begins_on, until_on, check_link(typed.link),
        check_tags(typed.tracks, typed.competencies, typed.bands, framework),
    )  # fmt: skip


def check_dates(begins_on: date | None, until_on: date | None, *, today: date) -> tuple[date | None, date | None]:
    """Both may be missing. What has begun can still be joined, what is over cannot."""
    for field, on in (("begins_on", begins_on), ("until_on", until_on)):
        if on is not None and on > today + FURTHEST:
            raise Refusal("That is more than three years ahead. Offer it again when it is nearer.", field=field)
    if (until_on or begins_on or today) < today:
        raise Refusal("That day is past. Choose today or a day ahead.", field="until_on" if until_on else "begins_on")
    if begins_on is not None and until_on is not None and until_on < begins_on:
        raise Refusal("It would be over before it begins. Choose a later last day.", field="until_on")
    return begins_on, until_on


def check_link(link: str) -> str:
    link = link.strip()
    if link and (len(link) > LONGEST_LINK or not is_web_link(link) or any(map(str.isspace, link))):
        raise Refusal("A link starts with https:// and names a site. One link is enough.", field="link")
    return link


def check_tags(
    tracks: Sequence[str], competencies: Sequence[str], bands: Sequence[str], framework: Framework | None
) -> Tags:
    """Only what the framework knows, so that nothing typed becomes a pattern of a search."""
    found = Tags(tuple(tracks), tuple(competencies), tuple(int(one) for one in bands if one.isdecimal()))
    if framework is None and found != Tags():
        raise Refusal("The framework has not been loaded yet, so there is nothing to choose from.", field="tracks")
    if framework is not None and not set(found.tracks) <= {one.key for one in framework.tracks}:
        raise Refusal("One of these tracks is not there any more. Choose again.", field="tracks")
    if framework is not None and not set(found.competencies) <= {
        one.key for track in framework.tracks for one in track.competencies
    }:
        raise Refusal("One of these is not in the framework any more. Choose again.", field="competencies")
    if framework is not None and not set(found.bands) <= {one.number for one in framework.bands}:
        raise Refusal("One of these levels is not there any more. Choose again.", field="bands")
    return found


def check_reason(reason: str) -> None:
    """What an owner writes to whoever offered it."""
    _text(reason, "reason", LONGEST, "Say why, so that they know what to change.")


def _text(text: str, field: str, most: int, empty: str) -> None:
    if not text.strip():
        raise Refusal(empty, field=field)
    if len(text) > most:
        raise Refusal(f"This is longer than {most:,} characters. Shorten it a little.", field=field)


def _number(text: str, field: str, most: int) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or len(text) > 6 or not 0 < int(text) <= most:
        raise Refusal(f"Write a whole number from 1 to {most:,}, or leave it empty.", field=field)
    return int(text)

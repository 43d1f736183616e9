"""What people read of a match: its reasons, and what stands in the way when there is none."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from bot.rules.fit import Bar, Nearest

SEVERAL = "several"  # no single thing stands in the way


class Reader(StrEnum):
    """Who reads a reason."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    OWNER = "owner"


REASONS: Mapping[str, Mapping[Reader, str]] = {
    "path": {
        Reader.MENTEE: "Has walked from your track to theirs",
        Reader.MENTOR: "You have walked from their track to yours",
        Reader.OWNER: "Has walked from the mentee's track to their own",
    },
    "helps": {
        Reader.MENTEE: "Helps with {value}",
        Reader.MENTOR: "They want to grow in {value}, which you help with",
        Reader.OWNER: "Helps with {value}, as the mentee wishes",
    },
    "wanted": {
        Reader.MENTEE: "Is on the track you asked for",
        Reader.MENTOR: "They asked for somebody on your track",
        Reader.OWNER: "Is on the track the mentee asked for",
    },
    "valued": {
        Reader.MENTEE: "On their track, {value} counts",
        Reader.MENTOR: "They want to grow in {value}, which counts on your track",
        Reader.OWNER: "On the mentor's track, {value} counts",
    },
    "near": {
        Reader.MENTEE: "Has taken the next steps not long before you",
        Reader.MENTOR: "You have taken their next steps not long before them",
        Reader.OWNER: "Has taken the mentee's next steps not long before them",
    },
    "hours": {
        Reader.MENTEE: "Shares {value} working hours a week with you",
        Reader.MENTOR: "You share {value} working hours a week",
        Reader.OWNER: "{value} working hours a week in common",
    },
    "language": {
        Reader.MENTEE: "Speaks a language you named",
        Reader.MENTOR: "They named a language you mentor in",
        Reader.OWNER: "They have a language in common",
    },
    "other": {
        Reader.MENTEE: "Sees your work from another track",
        Reader.MENTOR: "You see their work from another track",
        Reader.OWNER: "Brings the view of another track",
    },
    "time": {
        Reader.MENTEE: "Has time for somebody new",
        Reader.MENTOR: "You have a place free",
        Reader.OWNER: "Has a place free",
    },
}
"""Why two people were put together, most telling first. What is kept is the key, with a value after a colon."""


def sentence(reason: str, reader: Reader, *, named: Callable[[str], str] = str) -> str:
    """A kept reason in words. `named`: the name of a competency, by its key."""
    key, _, value = reason.partition(":")
    return REASONS[key][reader].format(value=value if key == "hours" else named(value))


WHY_NOT: Mapping[str, str] = {
    Bar.TRACK: "No mentor free on a track they asked for",
    Bar.BAND: "No mentor one to three bands above",
    Bar.HOURS: "No mentor with working hours in common",
    Bar.LANGUAGE: "No mentor who speaks a language they named",
    Bar.FULL: "Every mentor who fits has no place left",
    SEVERAL: "No mentor fits, for more than one reason",
}
"""Why nobody was found, for owners."""

OPENS: Mapping[Bar, str] = {
    Bar.TRACK: "Being open to more tracks would help most: {mentors} would fit then.",
    Bar.BAND: "{mentors} would fit but for their level. Somebody one to three bands above you may join any day.",
    Bar.HOURS: "{mentors} would fit, but your working hours hardly meet. An hour early or late may be worth a word.",
    Bar.LANGUAGE: "Naming another language you speak would help most: {mentors} would fit then.",
    Bar.FULL: "{mentors} would fit, and each has their hands full right now.",
}


def hint(found: Nearest) -> str:
    """For the mentee: what would open most."""
    mentors = "1 mentor" if found.opens == 1 else f"{found.opens} mentors"
    return OPENS[found.bar].format(mentors=mentors)

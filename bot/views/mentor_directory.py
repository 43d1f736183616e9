"""The directory of mentors who agreed to be listed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.rules.framework import Framework
from bot.rules.mentors import Offer
from bot.rules.people import Person
from bot.views import forms, inputs, mentors, parts
from bot.views.inputs import Option
from bot.views.words import escape

FORM = "mentor_directory.v1"
OPEN = mentors.DIRECTORY
MORE = "mentor_directory.more"
EVERYTHING = "-"
NOBODY = "Nobody is listed for this yet. Ask for the best match, and I look among all mentors."


def modal(
    found: Sequence[Offer],
    framework: Framework,
    *,
    me: Person,
    today: date,
    track: str | None = None,
    competency: str | None = None,
    next_page: int | None = None,
) -> dict[str, Any]:
    """Mentors who agreed to be listed, whoever has a place first. `next_page`: how many to leave out for the next."""
    tracks = [Option(EVERYTHING, "Every track"), *(Option(one.key, one.name) for one in framework.tracks)]
    helps = [Option(EVERYTHING, "Anything"), *mentors.helps(framework)[:99]]
    blocks = [
        inputs.select("Track", tracks, id="track", initial=track or EVERYTHING),
        inputs.select("Helps with", helps, id="competency", initial=competency or EVERYTHING),
        parts.divider(id="line"),
        *(block for number, one in enumerate(found) for block in _entry(one, number, framework, me, today)),
        *([] if found else [parts.section(NOBODY, id="nobody")]),
    ]
    if next_page is not None:
        value = f"{next_page}:{track or ''}:{competency or ''}"
        blocks.append(parts.actions(parts.button("Show more", id=MORE, value=value), id="more"))
    note = "Only mentors who agreed to be listed; asking for the best match finds others, too."
    return parts.modal("Find a mentor", [*blocks, parts.context(note, id="note")], id=FORM, submit="Show")


def _entry(offer: Offer, number: int, framework: Framework, me: Person, today: date) -> list[dict[str, Any]]:
    """Who it is, what they help with, and how they say it themselves."""
    lines = [
        f"*{escape(offer.mentor.name)}* · {mentors.level_of(offer.mentor, framework)}",
        f"Helps with {mentors.named(offer.competencies, framework) or 'anything'}",
        *([f"Speaks {mentors.spoken(offer.languages)}"] if offer.languages else []),
        f"Now: {mentors.places(offer, today)}",
    ]
    ask = parts.button("Ask", id=mentors.ASK, value=offer.mentor.id.hex, says=f"Ask {offer.mentor.name}")
    can_be_asked = me.is_member and offer.is_open(today)
    shown = parts.section("\n".join(lines), id=f"mentor-{number}", accessory=ask if can_be_asked else None)
    return [shown, *([parts.words(offer.about, id=f"about-{number}")] if offer.about else [])]


def read(view: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """(track, competency); None for all of them."""
    typed = forms.answers(view)
    return _chosen(typed.get("track")), _chosen(typed.get("competency"))


def read_more(value: str) -> tuple[int, str | None, str | None]:
    """(how many to leave out, track, competency) of the button for more."""
    skip, _, rest = value.partition(":")
    track, _, competency = rest.partition(":")
    return int(skip) if skip.isascii() and skip.isdigit() and len(skip) < 6 else 0, track or None, competency or None


def _chosen(value: object) -> str | None:
    return value if isinstance(value, str) and value not in ("", EVERYTHING) else None

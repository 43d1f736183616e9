"""Direction: the form for what somebody wants for now, and what those read with whom it is shared."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.rules.directions import LONGEST, Direction, Managing, Share, Shared, Typed, Wants
from bot.rules.framework import Track
from bot.rules.people import Person
from bot.views import forms, inputs, parts, surface
from bot.views.inputs import Option
from bot.views.words import day, escape, listing

FORM = "directions.v1"
KEPT = "directions.kept.v1"
TEAM = "directions.team.v1"
OPEN = "directions.open"
OPEN_TEAM = "directions.open_team"
ANY = "-"
TITLE = "My direction"
YOURS = (
    "Only you read this, unless you share it below. It brings you no message and no reminder, and it holds for as long "
    "as you like. Owners see how many want what, from five people on, and never who."
)
WANTS = (
    Option(Wants.NEXT_LEVEL, "The next level", "I would like to take on what it asks."),
    Option(Wants.DEEPEN, "Deepen here", "I am where I want to be. Nothing counts for how long."),
    Option(Wants.OTHER_TRACK, "Try another track", "It has the same standing as mine."),
    Option(Wants.NOT_SURE, "Not sure yet", "As good an answer as the others."),
)
MANAGING = (Option(Managing.YES, "Yes"), Option(Managing.MAYBE, "Maybe"), Option(Managing.NO, "No, thanks"))
SAID = {
    Wants.NEXT_LEVEL: "the next level",
    Wants.DEEPEN: "to deepen where you are",
    Wants.OTHER_TRACK: "to try another track",
    Wants.NOT_SURE: "not sure yet",
}
OF_OTHERS = {
    Wants.NEXT_LEVEL: "the next level",
    Wants.DEEPEN: "to deepen where they are",
    Wants.OTHER_TRACK: "to try another track",
    Wants.NOT_SURE: "not sure yet",
}
NONE_SHARED = (
    "*Nobody has shared a direction with you.* Each decides for themselves, and silence says nothing. A talk is a good "
    "place to ask."
)
CHANGES = "Theirs to change at any time. They can see that you looked."


def growth_row(direction: Direction | None, *, today: date) -> dict[str, Any]:
    """Where it stands in *My growth*."""
    if direction is None:
        said = "*Direction*\nWhat would you like for now? It is yours alone until you share it."
    else:
        when = _on(direction.said_on, today)
        said = f"*Direction*\nFor now: {SAID[direction.wants]}, said {when}. {_readers(direction)}"
    label = "Change it" if direction else "Say it"
    return parts.section(said, id="direction", accessory=parts.button(label, id=OPEN, says=f"{label}: {TITLE}"))


def form(direction: Direction | None, tracks: Sequence[Track], *, me: Person) -> dict[str, Any]:
    """`tracks`: the others."""
    manager = f"My manager, {me.manager_name}" if me.manager_name else "My manager"
    wants, managing = (direction.wants, direction.managing) if direction else (None, None)
    shares = [Option(Share.MANAGER, manager), Option(Share.MENTOR, "My mentors", "Those you have while a pair lasts.")]
    return parts.modal(
        TITLE,
        [
            parts.context(YOURS, id="yours"),
            inputs.radio("What would you like for now?", WANTS, id="wants", initial=wants),
            *_track(direction, tracks),
            inputs.radio(
                "Would you like to manage people?", MANAGING, id="managing", initial=managing,
                hint="Nobody has to, on any track.",
            ),
            inputs.text_input(
                "What matters to you in this phase of life?", id="words", initial=direction.words if direction else "",
                is_long=True, at_most=LONGEST, is_optional=True,
            ),
            inputs.checkboxes(
                "Who else may read it?", shares, id="shares", is_optional=True,
                initial=sorted(direction.shares) if direction else (),
                hint="Nobody, unless you tick it. Whoever it is on the day they look; untick it at any time.",
            ),
        ],
        id=FORM, submit="Keep",
    )  # fmt: skip


def _track(direction: Direction | None, tracks: Sequence[Track]) -> list[dict[str, Any]]:
    if not tracks:
        return []
    options = [Option(ANY, "I am still looking around"), *(Option(one.key, one.name) for one in tracks[:99])]
    chosen = direction.track if direction else None
    is_there = any(one.value == chosen for one in options)
    return [inputs.select("If another track: which one?", options, id="track", initial=chosen if is_there else ANY)]


def read(view: Mapping[str, Any]) -> Typed:
    typed = forms.answers(view)
    track, ticked = str(typed.get("track") or ""), typed.get("shares")
    return Typed(
        wants=str(typed.get("wants") or ""), track="" if track == ANY else track,
        managing=str(typed.get("managing") or ""), words=str(typed.get("words") or ""),
        shares=frozenset(share for share in Share if isinstance(ticked, list) and share in ticked),
    )  # fmt: skip


def kept(direction: Direction) -> dict[str, Any]:
    said = f"*Kept.* For now: {SAID[direction.wants]}. {_readers(direction)}"
    quiet = "Your own pages count no time at your level." if direction.wants is Wants.DEEPEN else ""
    then = " ".join(filter(None, [quiet, "`/ladder direction` changes it."]))
    return parts.modal(TITLE, [parts.section(said, id="said"), parts.context(then, id="then")], id=KEPT)


def _readers(direction: Direction) -> str:
    who = {Share.MANAGER: "your manager", Share.MENTOR: "your mentors"}
    named = [who[share] for share in Share if share in direction.shares]
    return f"Shared with {listing(named)}." if named else "Only you read it."


# For those with whom it is shared


def team(found: Sequence[Shared], *, today: date) -> dict[str, Any]:
    """What the people of a manager share with them."""
    if not found:
        return parts.modal("What they want for now", [parts.section(NONE_SHARED, id="none")], id=TEAM)
    blocks = [block for number, one in enumerate(found) for block in of_somebody(one, today=today, number=number)]
    note = f"Who shared it with you, and nobody else. {CHANGES}"
    drawn = parts.modal("What they want for now", [parts.context(note, id="note"), *blocks], id=TEAM)
    return dict(surface.guard(drawn, "modal"))


def of_somebody(shared: Shared, *, today: date, number: int = 0) -> list[dict[str, Any]]:
    """One of them, with their own words."""
    one = shared.direction
    which = f": {escape(shared.track_name)}" if shared.track_name else ""
    said = (
        f"*{escape(shared.name)}*, said {_on(one.said_on, today)}\nFor now: {OF_OTHERS[one.wants]}{which}. "
        f"Managing people: {one.managing}."
    )
    words = [parts.words(one.words, id=f"direction-words-{number}")] if one.words else []
    return [parts.section(said, id=f"direction-{number}"), *words]


def team_row() -> dict[str, Any]:
    """For a manager, below their team."""
    button = parts.button("Look", id=OPEN_TEAM, says="What your people want for now")
    return parts.section("*What they want for now*, as far as they share it with you", id="wants", accessory=button)


def _on(said_on: date, today: date) -> str:
    said = day(said_on, today)
    return said if said in ("today", "yesterday", "tomorrow") else f"on {said}"

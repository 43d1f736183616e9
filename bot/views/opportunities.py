"""The catalogue of opportunities: a page of it, one entry, the form of an offer, and the lines elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.rules.framework import Framework
from bot.rules.less import spelled
from bot.rules.opportunities import (
    NEEDS_TIME,
    Ask,
    Entry,
    Filter,
    Interest,
    Kind,
    Offer,
    Opportunity,
    Page,
    State,
)
from bot.rules.people import Person
from bot.views import forms, inputs, parts, surface
from bot.views.inputs import Option
from bot.views.words import day, escape, listing, plural

OPEN = "chances.open"
MORE = "chances.more"
LOOK = "chances.look"
OFFER = "chances.offer"
CHANGE = "chances.change"
KEEP = "chances.keep"
WITHDRAW = "chances.withdraw"
REASON = "chances.reason"
ASK = "chances.ask"
BACK = "chances.back"
PLAN = "chances.plan"
WELCOME = "chances.welcome"
TAKEN = "chances.taken"
CATALOGUE = "chances.catalogue.v1"
ENTRY = "chances.entry.v1"
SAID = "chances.said.v1"
EVERYTHING = "-"
TITLE = "Chances to grow"
NONE = "Nothing is offered here at the moment. Is there something you could offer yourself? An hour is enough."
AS_OTHERS_SEE_IT = "It is in the catalogue. You hear from me when somebody is interested, and only you see who."
OPEN_TO_ALL = "Everything is open to everybody: what names a track or a level suits it best, and is no wall."
STANDS = {
    Interest.ASKED: "*You are interested.* Whoever offers it knows, and nobody else.",
    Interest.ACCEPTED: "*You take part.* If plans change, step back any time; it needs no reason.",
    Interest.TAKEN: "The place went to somebody else this time. Thank you for asking!",
}


# The catalogue


def catalogue(page: Page, framework: Framework | None, *, today: date) -> dict[str, Any]:
    """What is offered, what suits whoever looks first."""
    chosen = page.chosen
    tracks = [Option(EVERYTHING, "Every track"), *(Option(one.key, one.name) for one in _tracks(framework))]
    kinds = [Option(EVERYTHING, "Every kind"), *(Option(one.value, one.capitalize()) for one in Kind)]
    blocks = [
        parts.actions(parts.button("Offer a chance", id=OFFER), id="do"),
        inputs.select("Track", tracks, id="track", initial=chosen.track or EVERYTHING),
        inputs.select("Kind", kinds, id="kind", initial=chosen.kind or EVERYTHING),
        *_listed("for-you", "*What suits you*", [one for one in page.found if one.suits], today),
        *_listed("others", "*Open to you as well*", [one for one in page.found if not one.suits], today),
        *([] if page.found else [parts.section(NONE, id="none")]),
    ]
    if page.is_more:
        value = f"{chosen.skip + len(page.found)}:{chosen.track or ''}:{chosen.kind or ''}"
        blocks.append(parts.actions(parts.button("Show more", id=MORE, value=value), id="more"))
    blocks += _listed("asked", "*What you asked for*", page.asked, today)
    blocks += _listed("own", "*What you offer*", page.own, today)
    blocks.append(parts.context(OPEN_TO_ALL, id="note"))
    return dict(surface.guard(parts.modal(TITLE, blocks, id=CATALOGUE, submit="Show"), "modal"))


def _listed(name: str, head: str, found: Sequence[Opportunity], today: date) -> list[dict[str, Any]]:
    if not found:
        return []
    lines = [
        parts.section(_line(one, today), id=f"{name}-{number}", accessory=look(one)) for number, one in enumerate(found)
    ]
    return [parts.divider(id=f"{name}-line"), parts.section(head, id=name), *lines]


def look(one: Opportunity) -> dict[str, Any]:
    return parts.button("Look", id=LOOK, value=one.id.hex, says=f"Look at: {one.offer.title}")


def _line(one: Opportunity, today: date) -> str:
    """`Name`, then its kind, who offers it, when, and how many places are left."""
    about = [one.offer.kind.capitalize(), escape(one.by_name), when(one.offer, today), places(one)]
    return f"*{escape(one.offer.title)}*\n{' · '.join(filter(None, about))}"


def when(offer: Offer, today: date) -> str:
    """`from Monday 7 December until Friday 18 December`; nothing without a date."""
    first = f"from {day(offer.begins_on, today)}" if offer.begins_on else ""
    last = f"until {day(offer.until_on, today)}" if offer.until_on else ""
    if offer.begins_on and offer.begins_on == offer.until_on:
        return day(offer.begins_on, today)
    return " ".join(filter(None, [first, last]))


def places(one: Opportunity) -> str:
    left = one.places_left
    if left is None:
        return ""
    return f"{plural(left, 'place', 'places')} left" if left else "all places taken"


def read_filter(view: Mapping[str, Any]) -> Filter:
    typed = forms.answers(view)
    return _filter(str(typed.get("track") or ""), str(typed.get("kind") or ""))


def read_more(value: object) -> Filter:
    """How many to leave out, and the filter, of the button for more."""
    skip, _, rest = str(value).partition(":")
    track, _, kind = rest.partition(":")
    many = int(skip) if skip.isascii() and skip.isdigit() and len(skip) < 6 else 0
    return _filter(track, kind, many)


def _filter(track: str, kind: str, skip: int = 0) -> Filter:
    return Filter(track if track not in ("", EVERYTHING) else None, Kind(kind) if kind in set(Kind) else None, skip)


# One entry


def entry(shown: Entry, framework: Framework | None, *, me: Person, today: date) -> dict[str, Any]:
    """Everything about one opportunity, and what can be done with it now."""
    one = shown.opportunity
    link = [parts.section(f"<{escape(one.offer.link)}>", id="link")] if one.offer.link else []
    blocks = [
        parts.header(one.offer.title, id="title"),
        parts.section(_about(one, today), id="about"),
        parts.words(one.offer.learn, id="learn"),
        *link,
        *_tags(one.offer, framework),
        *_standing(one, today),
        *_asks(shown.asks, today),
        *_do(shown, me, today),
    ]
    return dict(surface.guard(parts.modal(TITLE, blocks, id=ENTRY, about=one.id.hex), "modal"))


def _about(one: Opportunity, today: date) -> str:
    offer = one.offer
    credit = f" Written first by {escape(one.credited)}." if one.credited else ""
    hours = f"{plural(offer.hours, 'hour', 'hours')} a week" if offer.hours else ""
    facts = " · ".join(filter(None, [when(offer, today), hours, places(one)]))
    who = f"*{offer.kind.capitalize()}*, offered by {escape(one.by_name)}.{credit}"
    return f"{who}\n{facts[:1].upper()}{facts[1:]}".rstrip()


def _tags(offer: Offer, framework: Framework | None) -> list[dict[str, Any]]:
    if framework is None:
        return []
    known = {one.key: one.name for track in framework.tracks for one in track.competencies}
    tracks = [framework.track_name(key) for key in offer.tags.tracks]
    bands = [band.name for number in offer.tags.bands if (band := framework.band(number))]
    helps = [known.get(key, key) for key in offer.tags.competencies]
    named = {"Suits best": tracks, "At the level": bands, "Helps with": helps}
    lines = [f"{what}: {escape(listing(names))}" for what, names in named.items() if names]
    if not (tracks or bands):
        lines.insert(0, "Suits every track and level.")
    return [parts.context("\n".join(lines), id="tags")]


def _standing(one: Opportunity, today: date) -> list[dict[str, Any]]:
    """Whether it is over, and how whoever looks stands to it."""
    if one.state is State.WITHDRAWN:
        why = [parts.words(one.reason, id="reason")] if one.reason else []
        said = "*It is withdrawn.*" + (" The owner who did it writes:" if why else "")
        return [parts.section(said, id="over"), *why]
    if not one.is_open(today):
        return [parts.section("*It has ended.* Thank you to everybody who took part.", id="over")]
    return [parts.section(STANDS[one.mine], id="mine")] if one.mine in STANDS else []


def _asks(asks: Sequence[Ask], today: date) -> list[dict[str, Any]]:
    """For whoever offers it: who would like to come, and who does."""
    waiting = [one for one in asks if one.state is Interest.ASKED]
    coming = [escape(one.name) for one in asks if one.state is Interest.ACCEPTED]
    blocks = [parts.section(f"*Takes part:* {listing(coming)}", id="coming")] if coming else []
    for number, one in enumerate(waiting):
        said = f"*{escape(one.name)}* is interested, since {day(one.asked_at.date(), today)}."
        yes = parts.button("Welcome", id=WELCOME, value=one.id.hex, style="primary", says=f"Welcome {one.name}")
        no = parts.button("It is taken", id=TAKEN, value=one.id.hex, says=f"Tell {one.name} that it is taken")
        blocks += [parts.section(said, id=f"ask-{number}"), parts.actions(yes, no, id=f"ask-do-{number}")]
    return blocks


def _do(shown: Entry, me: Person, today: date) -> list[dict[str, Any]]:
    """The buttons that will work."""
    one = shown.opportunity
    if not one.is_open(today):
        return []
    buttons = _own(one, today) if shown.is_own else _others(one, me)
    if shown.can_withdraw:
        buttons.append(parts.button("Withdraw as an owner", id=REASON, value=one.id.hex))
    blocks = [parts.actions(*buttons, id="do")] if buttons else []
    if shown.is_own:
        return [*blocks, parts.context(AS_OTHERS_SEE_IT, id="own")]
    return [*blocks, *_before_asking(one)] if ASK in {button["action_id"] for button in buttons} else blocks


def _before_asking(one: Opportunity) -> list[dict[str, Any]]:
    """Who hears of it, before somebody presses."""
    said = f"Only {escape(one.by_name)} hears that you are interested."
    if one.offer.kind in NEEDS_TIME:
        said += " If you take part, your manager hears it once, since it needs working time."
    return [parts.context(said, id="hears")]


def _own(one: Opportunity, today: date) -> list[dict[str, Any]]:
    sure = parts.confirm(
        "Withdraw it?", "It leaves the catalogue, and whoever asked for it hears that it is not offered any more.",
        yes="Withdraw", no="Leave it",
    )  # fmt: skip
    still = [parts.button("Still open", id=KEEP, value=one.id.hex, style="primary")]
    return [
        *(still if one.is_asked_about(today) else []),
        parts.button("Change", id=CHANGE, value=one.id.hex),
        parts.button("Withdraw", id=WITHDRAW, value=one.id.hex, confirm=sure),
    ]


def _others(one: Opportunity, me: Person) -> list[dict[str, Any]]:
    buttons = []
    if one.mine in (Interest.ASKED, Interest.ACCEPTED):
        buttons.append(parts.button("Step back", id=BACK, value=one.id.hex))
    elif one.mine is not Interest.TAKEN and one.places_left != 0:
        buttons.append(parts.button("I am interested", id=ASK, value=one.id.hex, style="primary"))
    if me.is_member:
        buttons.append(parts.button("Take it into my plan", id=PLAN, value=one.id.hex))
    return buttons


def in_plan(one: Opportunity) -> dict[str, Any]:
    """After taking it into the plan."""
    said = f"*{escape(one.offer.title)}* is in your growth plan now; `/ladder plan` opens it."
    if one.mine is None:
        said += " If it needs a place, say that you are interested, too."
    return parts.modal(TITLE, [parts.section(said, id="said")], id=SAID)


def _tracks(framework: Framework | None) -> Sequence[Any]:
    return framework.tracks if framework else ()


# Elsewhere


def home_blocks(found: Sequence[Opportunity], *, today: date) -> list[dict[str, Any]]:
    """The next ones, one line each; nothing where there is none."""
    if not found:
        return []
    lines = [f"• {escape(one.offer.title)} ({_short(one.offer, today)})" for one in found]
    every = parts.button("All chances", id=OPEN)
    said = "\n".join([f"*{TITLE}*", *lines])
    return [parts.divider(id="chances-line"), parts.section(said, id="chances", accessory=every)]


def _short(offer: Offer, today: date) -> str:
    """Its kind, and the day it begins or else its last one."""
    first = day(offer.begins_on, today) if offer.begins_on else when(offer, today)
    return ", ".join(filter(None, [offer.kind.value, first]))


def growth_row(found: Sequence[Opportunity] | None, *, today: date) -> dict[str, Any]:
    """The line in *My growth*."""
    said = (
        f"Next: {escape(found[0].offer.title)} ({_short(found[0].offer, today)})"
        if found
        else "Nothing that suits you yet."
    )
    return parts.section(f"*{TITLE}*\n{said}", id="chances", accessory=parts.button("All chances", id=OPEN))


def keep_line(one: Opportunity, number: int) -> dict[str, Any]:
    """In the morning's list: an offer that ends soon because nobody said that it goes on."""
    said = f"Still open? The {one.offer.kind} you offer leaves the catalogue on {spelled(one.ends_on)} by itself."
    return parts.section(said, id=f"chance-{number}", accessory=parts.button("Look", id=LOOK, value=one.id.hex))

"""The form of an offer, to begin or to change it, and that of an owner who takes one out of the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.rules.framework import Framework
from bot.rules.opportunities import Kind, Offer, Opportunity, Tags
from bot.rules.opportunity_forms import (
    LONGEST,
    LONGEST_LINK,
    LONGEST_TITLE,
    MOST_HOURS,
    MOST_PLACES,
    MOST_TAGS,
    Typed,
)
from bot.views import forms, inputs, mentors, parts
from bot.views.inputs import Option
from bot.views.words import escape

FORM = "chances.form.v1"
CHANGE_FORM = "chances.change.v1"
REASON_FORM = "chances.reason.v1"
TITLE = "Chances to grow"


@dataclass(frozen=True)
class Filled:
    """What the form starts with. `credited`: (Slack id, name) of who wrote the message it is made from.

    `is_private`: the message is from a conversation that not everybody can read.
    """

    title: str = ""
    learn: str = ""
    link: str = ""
    credited: tuple[str, str] | None = None
    is_private: bool = False


def form(framework: Framework | None, *, filled: Filled = Filled(), found: Opportunity | None = None) -> dict[str, Any]:
    """What somebody offers. `found`: what is changed."""
    offer = found.offer if found else Offer(Kind.COURSE, filled.title, filled.learn, link=filled.link)
    kinds = [Option(one.value, one.capitalize()) for one in Kind]
    blocks = [
        parts.context("Everybody with an account here can read this, with your name.", id="reader"),
        *_origin(filled),
        inputs.select("What kind of chance is it?", kinds, id="kind", initial=offer.kind if found else None),
        inputs.text_input("What is it called?", id="title", initial=offer.title, at_most=LONGEST_TITLE),
        inputs.text_input("What does one learn?", id="learn", initial=offer.learn, is_long=True, at_most=LONGEST),
        *_facts(offer),
        *(_tags(framework, offer.tags) if framework else []),
    ]
    return parts.modal(
        "Offer a chance", blocks, id=CHANGE_FORM if found else FORM, submit="Keep" if found else "Offer",
        about=found.id.hex if found else "",
    )  # fmt: skip


def _facts(offer: Offer) -> list[dict[str, Any]]:
    """When, how much, how many, where to read more; none of it is needed."""
    ends = "It leaves the catalogue by itself afterwards. Without a day I ask you before 90 days are over."
    many = "Leave it empty for as many as come."
    return [
        inputs.date_input("First day", id="begins_on", initial=offer.begins_on, is_optional=True),
        inputs.date_input("Last day", id="until_on", initial=offer.until_on, is_optional=True, hint=ends),
        inputs.number_input(
            "Hours a week", id="hours", initial=offer.hours, least=1, most=MOST_HOURS, is_optional=True
        ),
        inputs.number_input(
            "How many can take part?", id="places", initial=offer.places, least=1, most=MOST_PLACES, is_optional=True,
            hint=many,
        ),
        inputs.text_input("Link", id="link", initial=offer.link, at_most=LONGEST_LINK, is_optional=True),
    ]  # fmt: skip


def _origin(filled: Filled) -> list[dict[str, Any]]:
    """Where the words come from, and whom to thank for them."""
    blocks = []
    if filled.is_private:
        said = "*These words are from a private conversation.* Leave in only what everybody may read."
        blocks.append(parts.section(said, id="private"))
    if filled.credited:
        slack_id, name = filled.credited
        option = Option(slack_id, f"Say that {name} wrote it first")
        blocks.append(inputs.checkboxes("Credit", [option], id="credited", initial=[slack_id], is_optional=True))
    return blocks


def _tags(framework: Framework, tags: Tags) -> list[dict[str, Any]]:
    held: dict[int, list[str]] = {}
    for track in framework.tracks:
        for level in track.levels:
            held.setdefault(level.band, []).append(level.key)
    levels = [Option(str(band.number), band.name, ", ".join(held.get(band.number, ()))) for band in framework.bands]
    tracks = [Option(one.key, one.name) for one in framework.tracks]
    return [
        inputs.multi_select(
            "Which tracks does it suit best?", tracks, id="tracks", initial=tags.tracks, at_most=MOST_TAGS,
            is_optional=True, hint="Leave it empty for every track.",
        ),
        inputs.multi_select(
            "What does it help with?", mentors.helps(framework), id="competencies", initial=tags.competencies,
            at_most=MOST_TAGS, is_optional=True,
        ),
        inputs.multi_select(
            "Which levels does it suit best?", levels, id="bands", initial=[str(one) for one in tags.bands],
            at_most=MOST_TAGS, is_optional=True, hint="Leave it empty for every level.",
        ),
    ]  # fmt: skip


def read(view: Mapping[str, Any]) -> Typed:
    typed = forms.answers(view)
    begins_on, until_on = typed.get("begins_on"), typed.get("until_on")
    return Typed(
        kind=str(typed.get("kind") or ""), title=" ".join(str(typed.get("title") or "").split()),
        learn=str(typed.get("learn") or ""), hours=str(typed.get("hours") or ""),
        places=str(typed.get("places") or ""),
        begins_on=begins_on if isinstance(begins_on, date) else None,
        until_on=until_on if isinstance(until_on, date) else None, link=str(typed.get("link") or ""),
        tracks=mentors.many(typed.get("tracks")), competencies=mentors.many(typed.get("competencies")),
        bands=mentors.many(typed.get("bands")),
    )  # fmt: skip


def read_credited(view: Mapping[str, Any]) -> str:
    """Slack id of whoever is named as its author; nothing for nobody."""
    return next(iter(mentors.many(forms.answers(view).get("credited"))), "")


def reason_form(one: Opportunity) -> dict[str, Any]:
    """An owner says why; whoever offered it reads that."""
    said = f"*{escape(one.offer.title)}* leaves the catalogue. {escape(one.by_name)} reads what you write."
    why = inputs.text_input("Why?", id="reason", is_long=True, at_most=LONGEST)
    return parts.modal(
        TITLE, [parts.section(said, id="said"), why], id=REASON_FORM, submit="Withdraw", about=one.id.hex
    )


def read_reason(view: Mapping[str, Any]) -> str:
    return str(forms.answers(view).get("reason") or "")

"""Feedback in one place: give it, ask for it, and read what came."""

from datetime import date
from typing import Any

from bot.rules.feedback_hub import Hub, Waits
from bot.views import feedback, feedback_asks, feedback_words, parts, recognition, rounds, surface
from bot.views.words import plural

TITLE = "Feedback"
YOURS = "Each part says who reads it. Only what colleagues say in a round carries no name. Nothing is compared."


def view(hub: Hub, *, today: date) -> dict[str, Any]:
    """Every part draws its own rows: `hub_rows` of its view."""
    rows = [
        *feedback_asks.answer_rows(hub.to_answer),
        *feedback_words.received_rows(hub.received, today=today),
        *feedback_asks.hub_rows(hub.asks, today=today),
        *feedback_words.given_rows(hub.given, today=today),
        *feedback_words.manager_rows(hub.of_my_people, today=today),
        recognition.hub_row(),
        rounds.hub_row(hub.rounds),
    ]
    first = parts.actions(
        parts.button("Give feedback", id=feedback.GIVE, style="primary"),
        parts.button("Ask for feedback", id=feedback_asks.ASK),
        id="do",
    )
    page = parts.modal(TITLE, [first, parts.context(YOURS, id="yours"), *rows], id=feedback.HUB_PAGE)
    return dict(surface.guard(page, "modal"))


def button() -> dict[str, Any]:
    """The way here, from Home."""
    return parts.button(TITLE, id=feedback.HUB)


def home_rows(waits: Waits) -> list[dict[str, Any]]:
    """The one line in Home, where anything waits."""
    said = waiting(waits)
    look = parts.button("Look", id=feedback.HUB, says="Look at feedback")
    words = [parts.section(said, id="feedback-waits", accessory=look)] if said else []
    return [*words, *rounds.home_rows(waits.rounds)]


def waiting(waits: Waits) -> str:
    """`2 colleagues wrote to you. 1 colleague asks for a word of yours.`"""
    wrote = f"{plural(waits.unread, 'colleague', 'colleagues')} wrote to you."
    asks = f"{plural(waits.asked, 'colleague asks', 'colleagues ask')} you for feedback."
    return " ".join([*([wrote] if waits.unread else []), *([asks] if waits.asked else [])])

"""Less of this: the button under every message that comes by itself, and what one can switch off."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from bot.rules.less import Choice, Topic, spelled
from bot.views import forms, inputs, notices, parts
from bot.views.inputs import Option
from bot.views.words import listing

FORM = "less.v1"
KEPT = "less.kept.v1"
OPEN_LESS = "less.open"
TITLE = "Less of this"

LABELS = {
    Topic.CHECK_INS: "Check-in prompts",
    Topic.REVIEWS: "Requests to review evidence",
    Topic.REMINDERS: "Reminders",
    Topic.WEEK: "My team's week and help wanted",
    Topic.MENTOR_REQUESTS: "Requests to mentor, and offers of mentors",
    Topic.SESSIONS: "My mentorships: did we meet, is it quiet",
    Topic.PROGRAM_FEEDBACK: "When program feedback opens or closes",
    Topic.FEEDBACK: "Requests for feedback, and 360 rounds",
    Topic.MONTH: "The program's month, for owners",
}
THEN = {
    Topic.CHECK_INS: "No prompt comes. /checkin goes on working whenever you like.",
    Topic.REVIEWS: "Not until {until}; whoever names you reads that. Open ones stay.",
    Topic.REMINDERS: "What waits for days is not named again. Home still shows it.",
    Topic.WEEK: "Neither message comes. The answers stay in Home → My team.",
    Topic.MENTOR_REQUESTS: "Not until {until}; they go to others. Open ones stay.",
    Topic.SESSIONS: "Neither is asked. What you plan and its agenda come as usual.",
    Topic.PROGRAM_FEEDBACK: "Neither is told. /program-feedback goes on working as it does.",
    Topic.FEEDBACK: "No message until {until}. What you are asked stands in Home.",
    Topic.MONTH: "It does not come. Home → Program shows it all the same.",
}
ELSE = "`/ladder pause until Monday` leaves you in peace for a while; `/ladder back` ends it."


@lru_cache
def row(topic: Topic) -> dict[str, Any]:
    """The last line of a message: a way to get less of its kind."""
    return parts.actions(parts.button(TITLE, id=OPEN_LESS, value=topic.value), id="less")


def pressed(body: Mapping[str, Any]) -> Topic | None:
    """What the message was about whose button was pressed; None where it was none."""
    value = (body.get("actions") or [{}])[0].get("value")
    return Topic(value) if isinstance(value, str) and value in set(Topic) else None


def modal(choices: Sequence[Choice], *, first: Topic | None = None) -> dict[str, Any]:
    """All that can be switched off; what the message was about stands first."""
    ordered = sorted(choices, key=lambda one: one.topic is not first)
    often = parts.button("Ask me less often", id=notices.OPEN_WISHES)
    return parts.modal(
        TITLE,
        [
            parts.section("You can switch it on again here at any time. Nothing counts against you.", id="said"),
            *_topics(ordered),
            parts.actions(often, id="often"),
            parts.context(ELSE, id="else"),
        ],
        id=FORM, submit="Keep" if choices else "",
    )  # fmt: skip


def _topics(choices: Sequence[Choice]) -> list[dict[str, Any]]:
    if not choices:
        return []
    options = [Option(one.topic, LABELS[one.topic], _then(one)) for one in choices]
    off = [one.topic for one in choices if one.is_off]
    return [inputs.checkboxes("What may stay away?", options, id="topics", initial=off, is_optional=True)]


def _then(choice: Choice) -> str:
    """What happens when it is switched off."""
    return THEN[choice.topic].format(until=spelled(choice.until_on) if choice.until_on else "you switch it on")


def read(view: Mapping[str, Any]) -> set[Topic]:
    """What is to stay away."""
    ticked = forms.answers(view).get("topics")
    return {Topic(value) for value in ticked if value in set(Topic)} if isinstance(ticked, list) else set()


def kept(choices: Sequence[Choice]) -> dict[str, Any]:
    """What the form turns into: how it stands now."""
    off = [LABELS[one.topic].lower() for one in choices if one.is_off]
    said = f"What stays away: {listing(off)}." if off else "Everything comes as usual."
    blocks = [
        parts.section(f"*Kept.* {said}", id="said"),
        parts.context("`/ladder less` changes it again.", id="again"),
    ]
    return parts.modal(TITLE, blocks, id=KEPT)

"""Setting somebody away, what they hear of it, and what whoever comes back from a longer leave finds."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.rules.away import SetAway
from bot.rules.less import Topic
from bot.rules.returns import Back
from bot.views import bundles, forms, inputs, less, parts
from bot.views.words import day, escape, plural

FORM = "away.v1"
SAID = "away.said.v1"
HERE = "away.here"
TITLE = "Set somebody away"
WHY = "Nobody is asked for a reason, and none is kept. Being away counts against nobody."


def modal(people: Sequence[str], *, today: date) -> dict[str, Any]:
    """`people`: the Slack id of the person it starts with, if there is one."""
    return parts.modal(
        TITLE,
        [
            parts.section("I leave them in peace until then, and tell them that you said so.", id="what"),
            inputs.people_select("Who is away?", id="person", initial=people, at_most=1),
            inputs.date_input("Which day are they back?", id="until", initial=today + timedelta(days=7)),
            parts.context(WHY, id="why"),
        ],
        id=FORM, submit="Set away",
    )  # fmt: skip


def read(view: Mapping[str, Any]) -> tuple[str, date | None]:
    """(the Slack id of who is away, the day they are back)."""
    typed = forms.answers(view)
    people, until = typed.get("person"), typed.get("until")
    return (people[0] if isinstance(people, list) and people else ""), (until if isinstance(until, date) else None)


def said(name: str, until: date, today: date) -> str:
    back = day(until, today)
    return f"I leave {escape(name)} in peace until {back}, and tell them that you said so. No reason is kept."


def kept(sentence: str) -> dict[str, Any]:
    return parts.modal(TITLE, [parts.section(sentence, id="said")], id=SAID)


def told(found: SetAway) -> Mapping[str, Any]:
    """What the person hears: who did it, until when, and how to change it."""
    said = f"*{escape(found.by)}* has set you as away until {day(found.until_on, found.today)}."
    more = "I leave you in peace until then. Nothing counts against you, and no reason is asked or kept."
    whose = "your manager" if found.as_manager else "an owner of the program"
    why = f"You get this because {escape(found.by)} is {whose} and can do that for you."
    how = "`/ladder pause until Monday` sets another day, `/ladder back` ends it."
    blocks = [
        parts.section(f"{said} {more}", id="said"),
        parts.actions(parts.button("I am not away", id=HERE), id="here"),
        parts.context(why, how, id="why"),
    ]
    return parts.message(said, blocks)


def here(sentence: str) -> dict[str, Any]:
    return parts.modal("Welcome back", [parts.section(sentence, id="said")], id=SAID)


def back(found: Back) -> Mapping[str, Any]:
    """One card: what happened meanwhile, and what waits; nothing of it counts against anybody."""
    said = f"Welcome back, {escape(found.waiting.name)}! While you were away, every clock stood still for you."
    happened = "\n".join(f"• {line}" for line in _happened(found))
    waits = found.waiting.load
    ahead = f"*{plural(waits, 'thing waits', 'things wait')} for you.* There is no hurry." if waits else QUIET
    blocks = [
        parts.section(said, id="said"),
        *([parts.section(f"*What happened*\n{happened}", id="happened")] if happened else []),
        parts.section(ahead, id="waits"),
        *bundles.lines(found.waiting),
        parts.context(BACK_WHY, "Nothing counted against you.", id="why"),
        less.row(Topic.REMINDERS),
    ]
    return parts.message(said, blocks)


QUIET = "*Nothing waits for you.* Enjoy the quiet."
BACK_WHY = "You get this once, on your first day back, because you were away for a week or more."


def _happened(found: Back) -> list[str]:
    reviews = plural(found.handed_on, "review", "reviews")
    answers = plural(found.read, "answer", "answers")
    return [
        *([f"Your manager is now *{escape(found.manager)}*."] if found.manager else []),
        *([f"Your level on record is now *{escape(found.level)}*."] if found.level else []),
        *([f"The career framework has a new release, {escape(found.release)}."] if found.release else []),
        *([f"*{escape(found.read_by)}* read {answers} of your people for you."] if found.read_by else []),
        *([f"{reviews} that you were asked for went to somebody else."] if found.handed_on else []),
    ]

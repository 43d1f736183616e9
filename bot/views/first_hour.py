"""What the conversation of a mentor and a mentee begins with, and what it hears when the agreement changes."""

from typing import Any

from bot.rules.first_hour import FirstHour, Lens, Standing
from bot.rules.framework import Competency
from bot.rules.mentors import Way
from bot.rules.mentorships import Mentorship
from bot.rules.people import Person
from bot.views import mentorships, parts
from bot.views.words import escape, listing

WAYS = {
    Way.CHOICE: "*{mentee}* asked for *{mentor}*.",
    Way.OFFER: "*{mentor}* offered, and *{mentee}* said yes.",
}
WHY = (
    "You get this because the two of you said yes to each other. I write here when something is planned; "
    "I cannot read what you write."
)


def hello(drawn: FirstHour) -> dict[str, Any]:
    """The goal is not in here: it is the mentee's words, and stands behind *Change the agreement*."""
    one = drawn.mentorship
    mentor, mentee = escape(one.mentor.name), escape(one.mentee.name)
    said = f"*{mentee}*, this is your mentor *{mentor}*. *{mentor}*, this is your mentee *{mentee}*."
    two = [
        (f"{mentee}, mentee", _where(one.mentee, drawn.mentee)),
        (f"{mentor}, mentor", _where(one.mentor, drawn.mentor)),
    ]
    asked = "\n".join(f"{number}. {escape(one)}" for number, one in enumerate(drawn.questions, start=1))
    blocks = [
        parts.section(said, id="said"),
        parts.field_list(two, id="two"),
        *_reasons(drawn),
        *(_lens(drawn.lens) if drawn.lens else []),
        parts.section(f"*Three questions to begin with*\n{asked}", id="questions"),
        parts.section(f"*A light agreement*\n{mentorships.agreed(one)}", id="agreed"),
        mentorships.buttons(one),
        parts.context(WHY, id="why"),
    ]
    return parts.message(said, blocks)


def _where(person: Person, standing: Standing | None) -> str:
    where = (
        f"{escape(standing[0].name)} · {escape(standing[1].name)} ({standing[1].key})" if standing else "A colleague"
    )
    return f"{where}\n{escape(person.schedule.zone)}"


def _reasons(drawn: FirstHour) -> list[dict[str, Any]]:
    one = drawn.mentorship
    names = {"mentor": escape(one.mentor.name), "mentee": escape(one.mentee.name)}
    said = [WAYS[drawn.way].format(**names)] if drawn.way in WAYS else []
    if drawn.reasons:
        said.append(f"What speaks for *{names['mentor']}*:")
        said += [f"• {escape(reason)}" for reason in drawn.reasons]
    return [parts.section("\n".join(["*Why the two of you*", *said]), id="reasons")] if said else []


def _lens(lens: Lens) -> list[dict[str, Any]]:
    """What the mentee wants to grow in, as the mentor's track sees it."""
    track, level = escape(lens.track.name), escape(lens.level.name)
    said = [f"*Seen from {track}*"]
    said += [f"• *{escape(one.name)}* counts there. Of a {level}: {escape(asked)}" for one, asked in lens.shared]
    if lens.own:
        said.append(f"{track} has no word for {_names(lens.own)}. What it asks of a {level} instead:")
        said += [f"• *{escape(one.name)}*: {escape(asked)}" for one, asked in lens.there]
    return [parts.section("\n".join(said), id="lens")]


def _names(competencies: tuple[Competency, ...]) -> str:
    return listing([f"*{escape(one.name)}*" for one in competencies])


def changed(one: Mentorship) -> dict[str, Any]:
    """The agreement as it stands now, to both."""
    said = f"*The agreement has changed.*\n{mentorships.agreed(one)}"
    look = parts.button("Look at it", id=mentorships.OPEN, value=one.id.hex)
    why = "You get this because one of you changed it. What it is for stands behind the button."
    return parts.message(
        said, [parts.section(said, id="said"), parts.actions(look, id="do"), parts.context(why, id="why")]
    )

"""What two people want to talk about: a list for both of them, with the words that belong to it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from bot.rules.check_ins import Talk
from bot.rules.features import ALL
from bot.views import career_talks, parts, reading, surface
from bot.views.words import day, escape, plural

LIST = "talks.list.v1"
OPEN = "talks.open"
TALKED = "talks.talked"
MOST = 10  # of up to nine blocks each: more does not fit into one dialog
EMPTY = (
    "*Nothing is on the list.* After a check-in, *Talk about it next time* puts it here; a manager can do the same "
    "while reading."
)


def modal(talks: Sequence[Talk], *, today: date, features: Collection[str] = ALL) -> dict[str, Any]:
    """Everything open: with one's manager first, then with one's people. The way to career talks stands above."""
    career = [career_talks.way()] if "growth" in features else []
    if not talks:
        return parts.modal("To talk about", [parts.section(EMPTY, id="empty"), *career], id=LIST)
    blocks = [parts.context("Both of you see what you share here. *We talked* takes it off, for both.", id="why")]
    blocks += career
    for number, one in enumerate(talks[:MOST]):
        blocks += _row(one, number, today)
    if len(talks) > MOST:
        more = plural(len(talks) - MOST, "more follows", "more follow")
        blocks.append(parts.context(f"{more} once some of these are done.", id="more"))
    return dict(surface.guard(parts.modal("To talk about", blocks, id=LIST), "modal"))


def _row(talk: Talk, number: int, today: date) -> list[dict[str, Any]]:
    whose = "your check-in" if talk.is_mine else "their check-in"
    said = f"*{escape(talk.other)}* · {whose} of the round of {day(talk.check_in.round_on, today)}\n{_wished(talk)}"
    done = parts.button("We talked", id=TALKED, value=talk.check_in.id.hex, says=f"We talked, {talk.other}")
    words = reading.words_of(talk.check_in)
    return [
        parts.section(said, id=f"talk-{number}", accessory=done),
        *({**block, "block_id": f"{block['block_id']}-{number}"} for block in words),
    ]


def _wished(talk: Talk) -> str:
    if talk.is_my_wish and talk.is_others_wish:
        return "Both of you put it on the list."
    return f"{'You' if talk.is_my_wish else escape(talk.other)} put it on the list."

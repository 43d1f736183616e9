"""What a manager hears: their week in one message, and who would welcome help."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.rules.less import Topic
from bot.rules.weeks import HelpWanted, Praise, Week, Wish
from bot.views import less, parts, reading, talks
from bot.views.words import escape, listing, plural

MOST_NAMES = 5


def week(waiting: Week, *, in_place_of: str | None = None) -> Mapping[str, Any]:
    """Counts and names; what people wrote is behind the button. `in_place_of`: the manager whose deputy hears it."""
    things = plural(waiting.load, "thing", "things")
    said = f"{escape(waiting.name)}, {things} of your people this week."
    if in_place_of:
        said = f"While {escape(in_place_of)} is away: {things} of their people this week."
    blocks = [parts.section(said, id="said")]
    if waiting.answers:
        lines = [f"*{plural(waiting.answers, 'new check-in', 'new check-ins')}* to read."]
        lines += [would_welcome(waiting.help_wanted)] if waiting.help_wanted else []
        blocks.append(parts.section(" ".join(lines), id="answers", accessory=_read()))
    if waiting.pieces:
        blocks.append(parts.section(_evidence(waiting), id="evidence"))
    if waiting.praise:
        blocks.append(parts.section(_praise(waiting.praise), id="praise"))
    if waiting.wishes:
        blocks.append(parts.section(_wishes(waiting.wishes), id="wishes"))
    if waiting.talks:
        listed = f"*{plural(waiting.talks, 'thing is', 'things are')}* on the list to talk about."
        show = parts.button("Open the list", id=talks.OPEN)
        blocks.append(parts.section(listed, id="talks", accessory=show))
    why = "You get this because people report to you: once a week, on the third day you work, when something waits."
    if in_place_of:
        why = f"You get this because you stand in for {escape(in_place_of)}: once a week, when something waits."
    return parts.message(said, [*blocks, parts.context(why, _CHANGE, id="why"), less.row(Topic.WEEK)])


_CHANGE = "`/ladder settings` changes the hour and your days."


def _evidence(waiting: Week) -> str:
    pieces = plural(waiting.pieces, "piece of evidence", "pieces of evidence")
    is_one, days = waiting.pieces == 1, plural(waiting.oldest_days, "day", "days")
    said = f"*{pieces}* by {names(waiting.authors)} {'is' if is_one else 'are'} with reviewers"
    if not waiting.oldest_days:
        return f"{said} since today."
    return f"{said} and has waited {days}." if is_one else f"{said}; the oldest has waited {days}."


def _praise(praise: Sequence[Praise]) -> str:
    said = [f"by {escape(one.name)} for _{escape(one.title)}_" for one in praise[:MOST_NAMES]]
    others = len(praise) - len(said)
    more = [f"{plural(others, 'more piece', 'more pieces')}"] if others else []
    return f"*Worth a word of praise*: evidence {listing([*said, *more])} was accepted."


def _wishes(wishes: Sequence[Wish]) -> str:
    said = [
        f"{escape(one.name)} would like a chance to show {listing([f'_{escape(title)}_' for title in one.titles])}."
        for one in wishes[:MOST_NAMES]
    ]
    others = len(wishes) - len(said)
    more = [f"So would {plural(others, 'other', 'others')}."] if others else []
    return f"*Wishes for work*: {' '.join([*said, *more])}"


def help_wanted(waiting: HelpWanted, *, in_place_of: str | None = None) -> Mapping[str, Any]:
    """Who, not what: the words are behind the button. `in_place_of`: the manager whose deputy hears it."""
    said = would_welcome(waiting.names)
    why = "You get this because a check-in to you says so: once, on the morning after."
    if in_place_of:
        said = f"While {escape(in_place_of)} is away: {said}"
        why = f"You get this because you stand in for {escape(in_place_of)}, and a check-in says so: once."
    blocks = [parts.section(said, id="said", accessory=_read()), parts.context(why, _CHANGE, id="why")]
    return parts.message(said, [*blocks, less.row(Topic.WEEK)])


def would_welcome(who: Sequence[str]) -> str:
    return f"{names(who)} would welcome help."


def names(who: Sequence[str]) -> str:
    """The first few by name, the others as a number."""
    shown = [escape(name) for name in who[:MOST_NAMES]]
    others = len(who) - len(shown)
    return listing([*shown, plural(others, "other", "others")] if others else shown)


def _read() -> dict[str, Any]:
    return parts.button("Read new check-ins", id=reading.OPEN, style="primary")

"""What a manager hears: their week in one message, and who would welcome help."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from bot.rules.less import Topic, spelled
from bot.rules.weeks import Ask, HelpWanted, Hours, Pair, Praise, Return, Week, Wish
from bot.views import career_talks, evidence_reviews, forms, less, mirrors, parts, proposals, reading, talks
from bot.views.words import clip, escape, listing, plural

TEAM = "team.open"
PASSED_ON = "praise.passed_on"
SAID = "praise.said.v1"
LONGEST_NAME = 80
MOST_NAMES = 5
MOST_PIECES = 40


def week(waiting: Week, *, in_place_of: str | None = None) -> Mapping[str, Any]:
    """Counts and names; what people wrote is behind the button. `in_place_of`: the manager whose deputy hears it."""
    things = plural(waiting.load, "thing", "things")
    said = f"{escape(waiting.name)}, {things} of your people this week."
    why = "You get this because people report to you: once a week, on the third day you work, when something waits."
    if in_place_of:
        said = f"While {escape(in_place_of)} is away: {things} of their people this week."
        why = f"You get this because you stand in for {escape(in_place_of)}: once a week, when something waits."
    lines = [line for draw in _LINES for line in draw(waiting)]
    if in_place_of is None:
        lines += [*_passed_on(waiting.praise), *_for_them_alone(waiting), mirrors.row()]
    elif waiting.praise:
        lines.append(parts.section(_praise(waiting.praise), id="praise"))
    return parts.message(
        said, [parts.section(said, id="said"), *lines, parts.context(why, _CHANGE, id="why"), less.row(Topic.WEEK)]
    )


def _answers(waiting: Week) -> list[dict[str, Any]]:
    if not waiting.answers:
        return []
    lines = [f"*{plural(waiting.answers, 'new check-in', 'new check-ins')}* to read."]
    lines += [would_welcome(waiting.help_wanted)] if waiting.help_wanted else []
    return [parts.section(" ".join(lines), id="answers", accessory=_read())]


def _pieces(waiting: Week) -> list[dict[str, Any]]:
    return [parts.section(_evidence(waiting), id="evidence", accessory=_team("evidence"))] if waiting.pieces else []


def _wished(waiting: Week) -> list[dict[str, Any]]:
    if not waiting.wishes:
        return []
    return [parts.section(_wishes(waiting.wishes), id="wishes", accessory=_team("wishes for work"))]


# What a deputy hears as well; the rest is the manager's own.
_LINES = (_answers, _pieces, _wished)


def _for_them_alone(waiting: Week) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    if waiting.due or waiting.talks:
        show = parts.button("Open the list", id=talks.OPEN)
        lines.append(parts.section(_talks(waiting), id="talks", accessory=show))
    if waiting.career:
        lines.append(career_talks.in_week(names(waiting.career), len(waiting.career)))
    if waiting.pairs:
        lines.append(parts.section(_pairs(waiting.pairs), id="pairs", accessory=_team("mentoring")))
    if waiting.hours:
        lines.append(parts.section(_hours(waiting.hours), id="hours", accessory=_team("time for growth")))
    if waiting.back:
        lines.append(parts.section(_back(waiting.back), id="back", accessory=_team("who is back")))
    if waiting.reviews:
        oldest = waiting.reviews[0]
        says = f"Read evidence of {oldest.name}"
        read = parts.button("Read", id=evidence_reviews.ACCEPT, value=oldest.id.hex, says=says)
        many = plural(len(waiting.reviews), "piece of evidence", "pieces of evidence")
        said = f"*{many}* for your own verdict, by {_asking(waiting.reviews)}."
        lines.append(parts.section(said, id="reviews", accessory=read))
    if waiting.requests:
        oldest = waiting.requests[0]
        read = parts.button("Read", id=proposals.READ, value=oldest.id.hex, says=f"Read the request of {oldest.name}")
        asked = (
            f"*A mentor is wanted*: {_asking(waiting.requests)} {'asks' if len(waiting.requests) == 1 else 'ask'} you."
        )
        lines.append(parts.section(asked, id="requests", accessory=read))
    return lines


def _asking(asks: Sequence[Ask]) -> str:
    return names(list(dict.fromkeys(one.name for one in asks)))


def _talks(waiting: Week) -> str:
    listed = f"*{plural(waiting.talks, 'thing is', 'things are')}* on the list to talk about."
    if not waiting.due:
        return listed
    return f"*A talk is due* with {names(waiting.due)}: it has been on the list for more than a round. {listed}"


def _pairs(pairs: Sequence[Pair]) -> str:
    shown = [f"{_named(one.mentee)} (with {_named(one.mentor)})" for one in pairs[:MOST_NAMES]]
    others = len(pairs) - len(shown)
    more = [plural(others, "other", "others")] if others else []
    return f"*Room for mentoring*: an hour of the week, now and then, helps {listing([*shown, *more])}."


def _hours(hours: Sequence[Hours]) -> str:
    said = [_free(one) for one in hours[:MOST_NAMES]]
    others = len(hours) - len(said)
    more = [f"And so for {plural(others, 'other', 'others')}."] if others else []
    return f"*Time for growth*: {' '.join([*said, *more])}"


def _free(one: Hours) -> str:
    time = f"the {plural(one.hours, 'hour', 'hours')} a week kept free for the plan"
    if one.giver is None:
        return f"{_named(one.name)} wishes for {time}: what could make room?"
    return f"{_named(one.name)} has {time} until {spelled(one.until)}, given by {_named(one.giver)} before you."


def _back(back: Sequence[Return]) -> str:
    who = names([one.name for one in back])
    return f"*Back from leave*: {who}. Say welcome before anything else; nothing counted against anybody."


def _passed_on(praise: Sequence[Praise]) -> list[dict[str, Any]]:
    if not praise:
        return []
    pieces = [piece.hex for one in praise[:MOST_NAMES] for piece in one.pieces][:MOST_PIECES]
    done = parts.button("I passed it on", id=PASSED_ON, value=" ".join(pieces), says="I passed the praise on")
    return [parts.section(_praise(praise), id="praise", accessory=done)]


def praised(value: object) -> list[UUID]:
    """The evidence that a button is about."""
    found = [forms.thing(one) for one in str(value).split()[:MOST_PIECES]]
    return [one for one in found if one is not None]


def passed_on() -> dict[str, Any]:
    said = "*Thank you.* A word from you is what people remember. It counts in your own figures, which only you see."
    return parts.modal("Praise", [parts.section(said, id="said"), mirrors.row()], id=SAID)


def _team(about: str) -> dict[str, Any]:
    return parts.button("See my team", id=TEAM, says=f"See my team: {about}")


_CHANGE = "`/ladder settings` changes the hour and your days."


def _evidence(waiting: Week) -> str:
    pieces = plural(waiting.pieces, "piece of evidence", "pieces of evidence")
    is_one, days = waiting.pieces == 1, plural(waiting.oldest_days, "day", "days")
    said = f"*{pieces}* by {names(waiting.authors)} {'is' if is_one else 'are'} with reviewers"
    if not waiting.oldest_days:
        return f"{said} since today."
    return f"{said} and has waited {days}." if is_one else f"{said}; the oldest has waited {days}."


def _praise(praise: Sequence[Praise]) -> str:
    said = [f"by {_named(one.name)} for _{escape(one.title)}_" for one in praise[:MOST_NAMES]]
    others = len(praise) - len(said)
    more = [f"{plural(others, 'more piece', 'more pieces')}"] if others else []
    return f"*Worth a word of praise*: evidence {listing([*said, *more])} was accepted."


def _wishes(wishes: Sequence[Wish]) -> str:
    said = [
        f"{_named(one.name)} would like a chance to show {listing([f'_{escape(title)}_' for title in one.titles])}."
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
    shown = [_named(name) for name in who[:MOST_NAMES]]
    others = len(who) - len(shown)
    return listing([*shown, plural(others, "other", "others")] if others else shown)


def _read() -> dict[str, Any]:
    return parts.button("Read new check-ins", id=reading.OPEN, style="primary")


def _named(name: str) -> str:
    """Many names stand in one message, and all of them have to fit."""
    return escape(clip(name, LONGEST_NAME))

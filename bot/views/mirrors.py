"""A manager's own figures, which nobody else sees; and for owners, how waiting times differ."""

from typing import Any

from bot.rules import mirrors as rules
from bot.rules.mirrors import Help, Mirror, Praised, Quarter, Quartiles, Spread, Times
from bot.views import parts
from bot.views.words import escape, plural

SHOWN = "mirror.v1"
SPREAD = "mirror.spread.v1"
OPEN = "mirror.open"
OPEN_SPREAD = "mirror.open_spread"
TITLE = "Only for you"
ALONE = (
    "*Only you see this*: not your own manager, not your deputy, not the owners. Owners see how such times are spread "
    f"over {rules.LEAST} managers or more, and nobody's own."
)
COUNTED = "In working days of yours; leave, weekends and holidays do not count. The quarter before stands beside it."
HELPS = {
    Help.AN_HOUR: "An hour a week, always the same one, clears evidence. Whoever has too much of it can hand it on: "
    "*Less of this* under a request pauses new ones.",
    Help.A_MORNING: "The third morning of your week brings all new check-ins at once: read them there and then. A word "
    "is enough for a reply. A deputy reads while you are away.",
    Help.A_WORD: "Somebody did good work and has not heard so from you: one sentence in your next talk. "
    "*I passed it on* in your week notes it.",
    Help.KEEP_ON: "Nobody waits long for you. Keep what you do.",
}


def row() -> dict[str, Any]:
    """The line under the team."""
    look = parts.button("Look", id=OPEN, says="Look at my own figures")
    return parts.section("*How long people wait for you*. Only you see this.", id="mirror", accessory=look)


def modal(mirror: Mirror) -> dict[str, Any]:
    now, before = mirror.now, mirror.before
    blocks = [
        parts.section(ALONE, id="alone"),
        parts.header("Evidence, from asked to your verdict", id="evidence-title"),
        parts.section(_beside(now.evidence, before.evidence, "verdict", "verdicts"), id="evidence"),
        *_open(mirror.reviews_open, "piece waits", "pieces wait", id="reviews-open"),
        parts.header("Check-ins, from sent to read", id="check-ins-title"),
        parts.section(_beside(now.check_ins, before.check_ins, "check-in", "check-ins"), id="check-ins"),
        *_open(mirror.unread, "answer waits", "answers wait", id="unread"),
        parts.header("Praise you passed on", id="praise-title"),
        parts.section(_praise(now), id="praise"),
        *([parts.context(f"The quarter before: {_praise(before)}", id="praise-before")] if before.praise else []),
        parts.divider(id="line"),
        parts.section("*What helps*\n" + "\n".join(f"• {HELPS[one]}" for one in rules.helps(mirror)), id="helps"),
        parts.context(COUNTED, id="counted"),
    ]
    return parts.modal(TITLE, blocks, id=SHOWN)


def _beside(now: Times, before: Times, one: str, many: str) -> str:
    return f"*This quarter*: {_times(now, one, many)}\nThe quarter before: {_times(before, one, many)}"


def _times(times: Times, one: str, many: str) -> str:
    if times.middle is None or times.longest is None:
        return f"no {many}"
    if times.count == 1:
        return f"1 {one}, {_within(times.longest)}"
    return f"{times.count:,} {many}, half of them {_within(times.middle)}, the longest {_within(times.longest)}"


def _within(days: float) -> str:
    return f"within {_days(days)}" if days else "on the same day"


def _days(days: float) -> str:
    """Half days come from the middle of an even number."""
    return f"{days:g} working {'day' if days == 1 else 'days'}"


def _open(count: int, one: str, many: str, *, id: str) -> list[dict[str, Any]]:  # noqa: A002 - Slack's word
    return [parts.context(f"{plural(count, one, many)} for you now.", id=id)] if count else []


def _praise(quarter: Quarter) -> str:
    if not quarter.praise:
        return "no evidence of your people was accepted."
    return "; ".join(_track(one) for one in quarter.praise)


def _track(one: Praised) -> str:
    return f"{escape(one.track)}: {one.passed_on} of {plural(one.accepted, 'accepted piece', 'accepted pieces')}"


# For owners


def home_row() -> list[dict[str, Any]]:
    said = "*How long people wait for their managers*\nThe spread over all managers; nobody's own figures."
    look = parts.button("Look", id=OPEN_SPREAD, says="Look at waiting times")
    return [parts.divider(id="waiting-line"), parts.section(said, id="waiting", accessory=look)]


def spread_modal(found: Spread) -> dict[str, Any]:
    blocks = [
        parts.section(
            "Of this quarter, in working days; leave does not count. A manager's own figures are theirs alone.",
            id="about",
        ),
        parts.section(f"*Evidence, from asked to a verdict*\n{_quartiles(found.evidence)}", id="evidence"),
        parts.section(f"*Check-ins, from sent to read*\n{_quartiles(found.check_ins)}", id="check-ins"),
    ]
    return parts.modal("Waiting times", blocks, id=SPREAD)


def _quartiles(found: Quartiles | None) -> str:
    if found is None:
        return f"Fewer than {rules.LEAST} managers have answered any, so nothing is shown."
    return (
        f"A quarter of {found.managers:,} managers answer {_within(found.low)}, half {_within(found.middle)}, "
        f"three quarters {_within(found.high)}."
    )

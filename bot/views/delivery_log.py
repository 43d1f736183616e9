"""Did it reach them? For owners: what was sent, waits or failed, and why, with what to do about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.rules import delivery_log as rules
from bot.rules.delivery_log import MOST_FAILED, SPANS, Closed, Entry, Fate, Log, Sent
from bot.views import forms, inputs, parts, surface
from bot.views.check_ins import moment
from bot.views.words import clip, escape, plural

OPEN = "delivery_log.open"
SPAN = {7: "delivery_log.week", 30: "delivery_log.month"}
FAILED = "delivery_log.failed"
AGAIN = "delivery_log.again"
ONE = "delivery_log.one"
PAGE = "delivery_log.v1"
FAILED_PAGE = "delivery_log.failed.v1"
WHO_FORM = "delivery_log.who.v1"
SENT_PAGE = "delivery_log.sent.v1"
TITLE = "Did it reach them?"
FATES = {
    Fate.SENT: "sent",
    Fate.WAITING: "waiting",
    Fate.FAILED: "did not arrive",
    Fate.MOVED: "came in the next morning's list instead",
    Fate.DROPPED: "left out, as the week had reminded enough",
    Fate.LEFT_OUT: "left out, as it was of no use any more",
}
FIGURES = {
    Fate.SENT: "sent",
    Fate.WAITING: "waiting",
    Fate.FAILED: "failed",
    Fate.MOVED: "moved",
    Fate.DROPPED: "dropped",
    Fate.LEFT_OUT: "left out",
}
LEGEND = (
    "*moved*: the day had asked enough, so it came in the next morning's list. *dropped*: a list that would only have "
    "reminded, beyond the week's limit. *left out*: it was of no use any more when its time came."
)
NOTE = "Counted by kind, never by words. What is older than 30 days is no longer kept."
PERSON_NOTE = (
    "Which messages and when, never a word of them, and nothing about program feedback or rounds. They see in "
    "*Who looked* that an owner opened this."
)
MOST_REASONS = 12
LINES_AT_ONCE = 10


def home_blocks() -> list[dict[str, Any]]:
    """The way in, in the owners' part of Home."""
    said = "*Did it reach them?*\nWhat was sent, what waits, what failed and why."
    return [parts.section(said, id="reach", accessory=parts.button("Look", id=OPEN, says="Did it reach them?"))]


def page(log: Log, *, zone: str, now: datetime) -> dict[str, Any]:
    spans = [
        parts.button(f"Last {days} days", id=SPAN[days], style="primary" if days == log.days else None)
        for days in SPANS
    ]
    who = parts.button("One person", id=ONE)
    blocks = [
        *_locked(log, zone, now),
        parts.section(_summary(log), id="summary"),
        parts.actions(*spans, who, id="do"),
        *_failed(log),
        *_waiting(log),
        *_in_lines([_kind(log, name) for name in log.names], id="kinds"),
        parts.context(LEGEND, id="legend"),
        parts.context(NOTE, id="note"),
    ]
    return dict(surface.guard(parts.modal(TITLE, blocks, id=PAGE, about=str(log.days)), "modal"))


def _locked(log: Log, zone: str, now: datetime) -> list[dict[str, Any]]:
    """Above all else, while Slack lets nothing through."""
    if log.locked is None:
        return []
    again = f" I try again {moment(log.paused_until, zone, now)}." if log.paused_until else ""
    said = (
        f"*Nothing leaves at the moment.* {_why(log.locked)}\n"
        f"{plural(log.many(Fate.WAITING), 'message waits', 'messages wait')}; none is lost.{again}"
    )
    return [parts.section(said, id="locked"), parts.divider(id="locked-line")]


def _why(reason: str) -> str:
    """What it means and what to do, in mrkdwn."""
    meaning, advice = rules.why(reason)
    return escape(f"{meaning} {advice}".strip())


def _summary(log: Log) -> str:
    """One sentence for all kinds together."""
    figures = {fate: log.many(fate) for fate in Fate}
    if not any(figures.values()):
        return "Nothing was sent in these days."
    said = f"*{figures[Fate.SENT]:,} sent*, {figures[Fate.WAITING]:,} waiting, *{figures[Fate.FAILED]:,} failed*."
    moved, dropped = figures[Fate.MOVED], figures[Fate.DROPPED]
    if moved:
        said += f" {moved:,} came in a morning's list instead."
    if dropped:
        said += f" {plural(dropped, 'reminder', 'reminders')} did not come, beyond the week's limit."
    return said


def _failed(log: Log) -> list[dict[str, Any]]:
    reasons = log.reasons(Fate.FAILED)
    if not reasons:
        return []
    lines = [f"• {escape(name)}, {many:,}: {_why(reason)}" for (name, reason), many in reasons.items()]
    said = "\n".join(["*What failed, and why*", *_few(lines)])
    look = parts.button("One by one", id=FAILED, value=str(log.days), says="What failed, one by one")
    return [parts.section(said, id="failed", accessory=look)]


def _waiting(log: Log) -> list[dict[str, Any]]:
    """What waits for a reason; most of what waits is only not due yet."""
    held = {pair: many for pair, many in log.reasons(Fate.WAITING).items() if pair[1] and pair[1] != log.locked}
    if not held:
        return []
    lines = [f"• {escape(name)}, {many:,}: {_why(reason)}" for (name, reason), many in held.items()]
    return [parts.section("\n".join(["*What waits, and why*", *_few(lines)]), id="waiting")]


def _few(lines: list[str]) -> list[str]:
    more = len(lines) - MOST_REASONS
    return [*lines[:MOST_REASONS], f"… and {more} more."] if more > 0 else lines


def _kind(log: Log, name: str) -> str:
    """One kind of message in a line, without what did not happen."""
    figures = {said: log.many(fate, name) for fate, said in FIGURES.items()}
    return f"*{escape(name)}*: {', '.join(f'{many:,} {said}' for said, many in figures.items() if many)}"


def _in_lines(lines: Sequence[str], *, id: str) -> list[dict[str, Any]]:  # noqa: A002  (as Slack's block_id is called)
    """As many sections as it takes, so that none is cut."""
    return [
        parts.section("\n".join(lines[first : first + LINES_AT_ONCE]), id=f"{id}-{first}")
        for first in range(0, len(lines), LINES_AT_ONCE)
    ]


def failed(entries: Sequence[Entry], *, days: int, zone: str, now: datetime) -> dict[str, Any]:
    """What failed, one by one."""
    lines = [_failure(one, number, zone, now) for number, one in enumerate(entries)]
    if not lines:
        lines = [parts.section("*Nothing failed that has not been sent again.*", id="none")]
    rest = f"The latest {MOST_FAILED}. When one has been sent again, the next comes up." if len(entries) > 9 else ""
    more = [parts.context(rest, id="rest")] if rest else []
    drawn = parts.modal("What failed", [*lines, *more], id=FAILED_PAGE, close="Back", about=str(days))
    return dict(surface.guard(drawn, "modal"))


def _failure(one: Entry, number: int, zone: str, now: datetime) -> dict[str, Any]:
    whom = f" for {escape(clip(one.who, 100))}" if one.who else ""
    said = f"*{escape(one.name)}*{whom}, {moment(one.at, zone, now)}\n{_why(one.reason)}"
    again = parts.button("Send again", id=AGAIN, value=one.id.hex, says=f"Send again: {one.name}")
    return parts.section(said, id=f"one-{number}", accessory=again)


def who_form() -> dict[str, Any]:
    asked = inputs.people_select("Who?", id="who", at_most=1)
    blocks = [asked, parts.context(PERSON_NOTE, id="note")]
    return parts.modal("One person", blocks, id=WHO_FORM, submit="Look", close="Back")


def read_who(view: Mapping[str, Any]) -> str | None:
    chosen = forms.answers(view).get("who")
    return chosen[0] if isinstance(chosen, list) and chosen else None


def sent(found: Sent, *, zone: str, now: datetime) -> dict[str, Any]:
    """What one person was sent and when, the newest first."""
    lines = [f"• {moment(one.at, zone, now)}: {_entry(one)}" for one in found.entries]
    said = f"*{escape(clip(found.name, 100))}*" + ("" if lines else "\nNothing was sent in the last 30 days.")
    blocks = [parts.section(said, id="sent"), *_in_lines(lines, id="line"), parts.context(PERSON_NOTE, id="note")]
    return dict(surface.guard(parts.modal("One person", blocks, id=SENT_PAGE, close="Back"), "modal"))


def _entry(one: Entry) -> str:
    said = f"{escape(one.name)}, {FATES[one.fate]}"
    if one.fate is Fate.FAILED or (one.fate is Fate.WAITING and one.reason):
        return f"{said}. {_why(one.reason)}"
    return said


def spoken(log: Log) -> str:
    """The same in a few lines, as an answer to a command: it arrives also while nothing else leaves."""
    locked = f"*Nothing leaves at the moment.* {_why(log.locked)}\n" if log.locked else ""
    reasons = [
        f"• {escape(name)}, {many:,}: {_why(reason)}" for (name, reason), many in log.reasons(Fate.FAILED).items()
    ]
    return "\n".join([f"{locked}The last {log.days} days: {_summary(log)}", *_few(reasons)])


def closed(one: Closed) -> dict[str, Any]:
    """What somebody hears whose words did not get into the channel."""
    said = f"*{escape(one.name)}*: something did not get into its channel. {_why(one.reason)}"
    again = parts.button("Send again", id=AGAIN, value=one.id.hex, style="primary")
    why = "You get this because you had it sent there."
    blocks = [parts.section(said, id="said"), parts.actions(again, id="do"), parts.context(why, id="why")]
    return parts.message(said, blocks)


def on_its_way() -> dict[str, Any]:
    said = "*On its way.* Look again in a minute whether it has arrived."
    return parts.modal(TITLE, [parts.section(said, id="said")], id=SENT_PAGE)

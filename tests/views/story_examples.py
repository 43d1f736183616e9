"""One of each view and message of success stories, and of what owners see of messages: did it reach them?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.rules.attention import OVER
from bot.rules.delivery_log import NAMES, WHY, Closed, Count, Entry, Fate, Log, Sent
from bot.rules.framework import Framework
from bot.rules.stories import Form, Library, Shelf, State, Story
from bot.views import delivery_log, stories

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
CHANNEL = "C0GENERAL"
ZONE = "America/New_York"


def story(text: str, name: str, state: State = State.PUBLISHED, *, number: int = 0, **more: Any) -> Story:
    given: Drawn = {"note": text, "channel": CHANNEL, "ts": "1789999999.000100", "decided_at": NOW, **more}
    return Story(
        UUID(int=300 + number), UUID(int=1), name, "technical", "Technical", "T3", text, text, state, 2, NOW, **given
    )


def form(framework: Framework, name: str, told: Story | None = None, *, many: int = 9) -> Drawn:
    tracks = tuple((track.key, track.name) for track in framework.tracks)
    return stories.form(Form((name,) * many, CHANNEL if many else None, tracks, "technical", told))


def library(framework: Framework, text: str, name: str, *, is_empty: bool = False) -> Drawn:
    shelves = tuple(Shelf(one.key, one.name, n) for n, one in enumerate(framework.tracks))
    mine = () if is_empty else tuple(story(text, name, state, number=n) for n, state in enumerate(State))
    return stories.library(Library(shelves, mine, can_offer=not is_empty), today=TODAY)


def track(text: str, name: str, *, many: int = 11) -> Drawn:
    found = [story(text, name, number=n) for n in range(many)]
    return stories.track(found, key="technical", passed=0, today=TODAY)


def log(days: int = 7, **more: Any) -> Log:
    """Every kind with every fate and every reason there is, or that Slack may make up."""
    reasons = [*WHY, "a_new_answer_of_slacks", "drawing failed: KeyError", "status 502", "restricted_action_thread"]
    names = list(dict.fromkeys(NAMES.values()))
    counts = [Count(name, fate, "", 12_000) for name in names for fate in Fate]
    counts += [Count(names[n % len(names)], Fate.FAILED, reason, n + 1) for n, reason in enumerate(reasons)]
    counts += [Count(names[n % len(names)], Fate.WAITING, reason, n + 1) for n, reason in enumerate(reasons)]
    return Log(days, tuple(counts), **more)


def entries(name: str, many: int = 20) -> list[Entry]:
    names, fates, reasons = list(dict.fromkeys(NAMES.values())), list(Fate), ["", *WHY, OVER]
    return [
        Entry(
            UUID(int=400 + n), names[n % len(names)], fates[n % len(fates)], reasons[n % len(reasons)],
            NOW - timedelta(hours=9 * n), name if n % 5 else None,
        )
        for n in range(many)
    ]  # fmt: skip


def views(framework: Framework, text: str, name: str) -> dict[str, Drawn]:
    locked = log(30, locked="invalid_auth", paused_until=NOW + timedelta(minutes=1))
    return {
        "story": form(framework, name),
        "story, changed": form(framework, name, story(text, name, State.CHANGES)),
        "story, offered": stories.offered(),
        "story, withdrawn": stories.withdrawn(story(text, name, State.WITHDRAWN)),
        "stories": library(framework, text, name),
        "stories of a track": track(text, name),
        "story, read": stories.shown(story(text, name), is_mine=False),
        "story, mine": stories.shown(story(text, name, State.CHANGES), is_mine=True),
        "story, to answer": stories.answer(story(text, name, State.OFFERED), channel=CHANNEL),
        **{f"story, {state}": stories.answered(story(text, name, state)) for state in State},
        "did it reach them": delivery_log.page(log(), zone=ZONE, now=NOW),
        "did it reach them, locked out": delivery_log.page(locked, zone=ZONE, now=NOW),
        "what failed": delivery_log.failed(entries(name), days=7, zone=ZONE, now=NOW),
        "one person": delivery_log.who_form(),
        "what one person was sent": delivery_log.sent(Sent(name, tuple(entries(name, 40))), zone=ZONE, now=NOW),
        "sent again": delivery_log.on_its_way(),
    }


def empty_views(framework: Framework) -> dict[str, Drawn]:
    bare = story("x", "Ana", note="", channel=None, ts=None)
    return {
        "story": form(framework, "-", many=0),
        "stories": library(framework, "x", "Ana", is_empty=True),
        "stories of a track": track("x", "Ana", many=0),
        "story, mine": stories.shown(bare, is_mine=True),
        "story, to answer": stories.answer(bare, channel=None),
        "did it reach them": delivery_log.page(Log(7, ()), zone=ZONE, now=NOW),
        "what failed": delivery_log.failed([], days=7, zone=ZONE, now=NOW),
        "what one person was sent": delivery_log.sent(Sent("Ana", ()), zone=ZONE, now=NOW),
    }


def messages(text: str, name: str) -> dict[str, list[Drawn]]:
    told = [story(text, name, state, channel=channel) for state in State for channel in (CHANNEL, None)]
    return {
        "story.offered": [stories.offered_to_you(one) for one in told],
        "story.decided": [stories.decided(one) for one in told],
        "story.published": [stories.published(one) for one in told],
        "story.published_again": [stories.published(one) for one in told],
        "channel.closed": [delivery_log.closed(Closed(UUID(int=9), "Stories", reason)) for reason in (*WHY, "new")],
    }

"""What the tests of handlers say in a word: a morning, a press by somebody else, what is kept, what was said."""

import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from bot.clock import StandingClock
from bot.database import Base
from sandbox import User
from sandbox.history import Delivered, Posted
from sandbox.triggers import new_response_url, new_trigger
from story import stage as stages
from story.stage import Stage

Json = dict[str, Any]
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
IN_KOLKATA = timedelta(hours=3, minutes=30)  # nine o'clock there, in UTC
PROMPT = "time for your check-in"
GONE = "That prompt is from a while ago"
NOT_OPEN = "This is not open to you"
JUNK = ("", "junk", "0" * 32, "🦄", "1" * 5000, "{" + "a" * 32 + "}", "'; DROP TABLE person;--", "<!channel>", "../..")
UNTOUCHED = {"inbox", "pace", "timer"}  # what every act may write


async def jump(stage: Stage, to: datetime) -> None:
    """Let time pass at once, as if the bot had slept: what is due by then comes now."""
    assert isinstance(stage.clock, StandingClock)
    stage.clock.set(to)
    await stage.bot.tick()
    await stages.settle(stage.bot)


async def monday(stage: Stage, *, at: timedelta = IN_KOLKATA) -> None:
    """Monday morning: Kiran, Ravi, Sam and Yuki have their prompts; with a later hour others, too."""
    await jump(stage, MONDAY + at)


async def kept(stage: Stage) -> dict[str, list[Row[Any]]]:
    """Every row that somebody's act could change."""
    async with stage.db.reading() as session:
        return {
            table.name: sorted((await session.execute(select(table))).all(), key=str)
            for table in Base.metadata.sorted_tables
            if table.name not in UNTOUCHED
        }


async def rows(stage: Stage, table: str) -> list[Row[Any]]:
    return (await kept(stage))[table]


async def sends(stage: Stage, payload: Json, kind: Any = "interactive") -> Json:
    """Deliver a payload as it is; the ack must come."""
    delivered = await stage.slack.deliver(kind, payload)
    assert delivered.ack is not None, delivered.error
    await stages.settle(stage.bot)
    return delivered.ack


def presses(stage: Stage) -> int:
    """How often anybody pressed a button or sent a form."""
    acts = [one for one in stage.slack.history if isinstance(one, Delivered)]
    return sum(one.payload.get("type") in ("block_actions", "view_submission") for one in acts)


def by(stage: Stage, name: str, payload: Json) -> Json:
    """The same payload, as if somebody else had sent it: a message forwarded, a screen shared, a hand in the wires."""
    user = stage.slack.state.user(name)
    other = copy.deepcopy(payload)
    state = stage.slack.state
    other["user"] = {**other["user"], "id": user.id, "username": user.name, "name": user.name}
    other["trigger_id"] = new_trigger(state, user.id)
    if "response_url" in other:
        other["response_url"] = new_response_url(state, user.id, state.dm(user.id).id)
    for action in other.get("actions", []):
        action["action_ts"] = state.stamp()
    return other


def with_value(payload: Json, value: str) -> Json:
    """A press whose button carries another value."""
    other = copy.deepcopy(payload)
    other["actions"][0]["value"] = value
    return other


def typed(payload: Json, **words: Any) -> Json:
    """A form with words that Slack's client would not have let through, by action id."""
    other = copy.deepcopy(payload)
    for elements in other["view"]["state"]["values"].values():
        for action_id in elements.keys() & words.keys():
            elements[action_id]["value"] = words[action_id]
    return other


def told(stage: Stage, name: str) -> str:
    """The last thing that only this person was told, outside the conversation with the bot or in it."""
    said: list[Json] = stage.person(name).ephemerals
    return str(said[-1]["text"]) if said else ""


def posts(stage: Stage) -> list[Posted]:
    """What the bot wrote, not people."""
    return [one for one in stage.slack.posted() if one.author not in stage.slack.state.users or _is_bot(stage, one)]


def _is_bot(stage: Stage, posted: Posted) -> bool:
    return stage.slack.state.users[posted.author].is_bot


def heard(stage: Stage, name: str) -> str:
    """Everything that the bot has ever written to this person, as it stands now."""
    return "\n".join(str(one.message) for one in stage.slack.posted(name))


def prompts(stage: Stage, name: str) -> list[Posted]:
    return [one for one in stage.slack.posted(name) if PROMPT in str(one.message.get("text"))]


STRANGER, GUEST = "I don't find you in the directory", "Ladderbot is for colleagues with a full account"
SENTENCES = {"stranger": STRANGER, "leaver": STRANGER, "bot": STRANGER, "elsewhere": STRANGER, "guest": GUEST}


async def newcomer(stage: Stage, name: str) -> None:
    """Somebody the company did not have on Friday: newcomer, stranger, guest, leaver, bot, or from elsewhere."""
    user = User(id=f"U0{name.upper()}", name=name, real_name=f"A {name}", email=f"{name}@manyways.example")
    stage.slack.state.conversations["C0GENERAL"].members.append(user.id)
    match name:
        case "stranger":
            stage.slack.state.users[user.id] = user
        case "guest":
            await stage.slack.join(replace(user, is_restricted=True))
        case "bot":
            await stage.slack.join(replace(user, is_bot=True))
        case "elsewhere":
            await stage.slack.join(replace(user, is_stranger=True))
        case "leaver":
            await stage.slack.join(user)
            await stage.slack.change_user(name, deleted=True)
        case _:
            await stage.slack.join(user)

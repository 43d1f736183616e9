"""How the story is told: each act in a readable line, what the person then sees, and checks that are counted."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from sandbox import Posted
from story import company
from story.stage import ACTS, Actor, Stage

ZONES = {one.name: one.zone for one in company.COMPANY}
NAMES = {one.slack_id: one.name for one in company.COMPANY} | {company.NEWCOMER.id: company.NEWCOMER.name}
SHOWN_LINES = 6
QUIET = ("message", "everything")  # what says where, and nothing about what
DOES = {
    "types": "types", "presses": "presses", "submits": "submits", "closes": "closes the window", "uses": "uses",
    "chooses": "chooses", "says": "says", "opens_home": "opens Home",
}  # fmt: skip


class Telling:
    """Plays on a stage and prints. `failed` collects the sentences that turned out not to hold; `noted` is what people
    keep outside Slack, by name."""

    def __init__(self, stage: Stage, write: Callable[[str], None] = print) -> None:
        self.stage, self._write = stage, write
        self.steps = 0
        self.failed: list[str] = []
        self.noted: dict[str, str] = {}

    def chapter(self, title: str) -> None:
        self._write(f"\n━━ {title} ━━")

    def person(self, name: str) -> "Teller":
        return Teller(self, self.stage.person(name), name)

    def expect(self, sentence: str, holds: object) -> None:
        """A sentence about the program that has to hold now."""
        self.steps += 1
        self._write(f"   {'✓' if holds else '✗'} {sentence}")
        if not holds:
            self.failed.append(sentence)

    def did(self, line: str) -> None:
        self.steps += 1
        self._write(f" • {line}")

    def shows(self, text: str) -> None:
        lines = [line for line in text.splitlines() if line.strip()]
        for line in lines[:SHOWN_LINES]:
            self._write(f"     │ {line[:140]}")
        if len(lines) > SHOWN_LINES:
            self._write(f"     │ … {len(lines) - SHOWN_LINES} more lines")

    async def until(self, day: str, hour: int = 9, *, where: str, minute: int = 0) -> None:
        """Let time pass until a wall-clock time where somebody is; what arrived for whom on the way is printed."""
        local = datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}").replace(tzinfo=ZoneInfo(ZONES[where]))
        arrived = await self._advance(local + timedelta(minutes=1))
        self._write(f"\n ⏱  {local:%A %-d %B %H:%M} where {where} is")
        self._tells(arrived)

    async def in_a_moment(self) -> None:
        """What the clock does by itself within two minutes."""
        self._tells(await self._advance(self.stage.clock.now() + timedelta(minutes=2)))

    async def _advance(self, to: datetime) -> list[Posted]:
        before = len(self.stage.slack.posted())
        await self.stage.advance(to)
        return self.stage.slack.posted()[before:]

    def _tells(self, arrived: list[Posted]) -> None:
        for posted in arrived:
            self.did(f"{self._arrival(posted)}")

    def _arrival(self, posted: Posted) -> str:
        conversation = self.stage.slack.state.conversations[posted.channel]
        names = [NAMES[one] for one in conversation.members if one in NAMES]
        at = datetime.fromtimestamp(float(posted.ts), ZoneInfo(self.stage.slack.persona(names[0]).user.tz))
        return f"{at:%a %H:%M} at {' and '.join(names)}'s: {str(posted.message.get('text', ''))[:110]}"


class Teller:
    """Somebody whose acts are told."""

    def __init__(self, telling: Telling, actor: Actor, name: str) -> None:
        self._telling, self._actor, self._name = telling, actor, name

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._actor, name)
        return self._told(name, found) if name in ACTS else found

    def _told(self, name: str, act: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        @wraps(act)
        async def told(*args: Any, **kwargs: Any) -> Any:
            answer = await act(*args, **kwargs)
            said = " ".join(
                [
                    *(f"“{arg}”" for arg in args if isinstance(arg, str)),
                    *(f"{k}={v!r}" for k, v in kwargs.items() if k not in QUIET),
                ]
            )
            self._telling.did(f"{self._name} {DOES[name]} {said[:160]}".rstrip())
            self._telling.shows(self._actor.sees())
            return answer

        return told

    def texts(self) -> list[str]:
        """What stands in the person's conversation with the bot now."""
        return [str(message.get("text", "")) for message in self._actor.messages]

"""Another manager: who hears of it, and what they hear."""

from dataclasses import dataclass

from bot.rules.cadence import Away, Schedule


@dataclass(frozen=True)
class NewManager:
    """Somebody whose manager is another one. `now`, `before`: names; `now` None: nobody."""

    now: str | None
    before: str
    schedule: Schedule
    away: tuple[Away, ...]

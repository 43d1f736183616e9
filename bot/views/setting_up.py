"""What an owner does next, until the program runs by itself."""

from typing import Any

from bot.rules.home import SettingUp
from bot.views import parts
from bot.views.words import plural

DONE, OPEN = "●", "○"


def blocks(shown: SettingUp) -> list[dict[str, Any]]:
    """The steps of setting up while one is missing; one quiet line once all is there."""
    if shown.is_done:
        said = f"You are an owner. {_members(shown)} take part, and the framework is {shown.version}."
        return [parts.context(said, id="setting-up")]
    lines = [
        "*Setting up Ladderbot*",
        _step(shown.version is not None, "Load the framework", "ladderbot framework load framework.yml"),
        _step(shown.directory > 1, "Get the directory from Slack", "ladderbot people sync"),
        _step(shown.members > 0, "Say who takes part", "ladderbot people import people.csv --apply"),
    ]
    if shown.members:
        alone = f"Name the managers: {shown.without_manager} of {_members(shown)} have none"
        lines.append(_step(shown.without_manager <= 1, alone, "ladderbot people import people.csv --apply"))
    note = "Only owners see this. The commands are for whoever runs Ladderbot; `ladderbot doctor` checks all the rest."
    return [parts.section("\n".join(lines), id="setting-up"), parts.context(note, id="setting-up-note")]


def _step(is_done: bool, what: str, command: str) -> str:
    return f"{DONE} {what}" if is_done else f"{OPEN} *{what}*: `{command}`"


def _members(shown: SettingUp) -> str:
    return plural(shown.members, "person", "people")

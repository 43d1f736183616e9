"""What an owner does, step by step, until the program runs by itself; and what is good to know before it starts."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from bot.rules.features import ALL
from bot.rules.setting_up import EXAMPLES, SettingUp
from bot.views import parts
from bot.views.words import day, listing, plural

DROP_FRAMEWORK = "setting_up.drop_framework"
DROP_PEOPLE = "setting_up.drop_people"
EXAMPLE = {name: f"setting_up.example_{name}" for name in EXAMPLES}
DONE, OPEN = "●", "○"
DOCTOR = "Whoever runs Ladderbot can let `ladderbot doctor` check all the rest."


def blocks(shown: SettingUp, today: date, features: Collection[str]) -> list[dict[str, Any]]:
    """The steps of setting up while one is missing, one line and its buttons once all is there."""
    steps = _running(shown) if shown.is_done else _steps(shown)
    notes = [*_round(shown, today, features), *_before(shown, features)]
    told = [parts.section("\n".join(notes), id="before")] if notes else []
    return [*steps, *told, parts.context(f"Only owners see this. {DOCTOR}", id="setting-up-note")]


def _running(shown: SettingUp) -> list[dict[str, Any]]:
    said = f"*The program runs.* {_members(shown)} take part, and the framework is {shown.version}."
    files = [_drop("New framework file", DROP_FRAMEWORK), _drop("New people file", DROP_PEOPLE)]
    return [parts.section(said, id="setting-up"), parts.actions(*files, id="files")]


def _steps(shown: SettingUp) -> list[dict[str, Any]]:
    head = "*Setting up Ladderbot*\nTwo files, and it runs. Nothing is sent to anybody before both are there."
    return [
        parts.section(head, id="setting-up"),
        *_framework(shown),
        _directory(shown),
        _people(shown),
        *([_managers(shown)] if shown.members else []),
    ]


def _framework(shown: SettingUp) -> list[dict[str, Any]]:
    if shown.version is not None:
        return [parts.section(f"{DONE} The career framework {shown.version} is in force.", id="framework")]
    said = f"{OPEN} *The career framework*: which tracks and levels there are, and what each asks. One YAML file."
    examples = [parts.button(label, id=EXAMPLE[name]) for name, (label, _) in EXAMPLES.items()]
    return [
        parts.section(said, id="framework"),
        parts.actions(_drop("Drop the framework file", DROP_FRAMEWORK, is_next=True), *examples, id="framework-do"),
    ]


def _directory(shown: SettingUp) -> dict[str, Any]:
    if shown.directory > 1:
        people = plural(shown.directory, "person", "people")
        return parts.section(f"{DONE} The directory: {people}, from Slack. It is brought up to date daily.", id="slack")
    return parts.section(f"{OPEN} *The directory* comes from Slack by itself, within some minutes.", id="slack")


def _people(shown: SettingUp) -> dict[str, Any]:
    if shown.members:
        return parts.section(f"{DONE} {_members(shown)} take part.", id="people")
    said = f"{OPEN} *Who takes part*: e-mail, manager, track and level of each, as a CSV file."
    if shown.version is None:
        return parts.section(f"{said} It comes after the framework, which it is held against.", id="people")
    return parts.section(said, id="people", accessory=_drop("Drop the people file", DROP_PEOPLE, is_next=True))


def _managers(shown: SettingUp) -> dict[str, Any]:
    alone = f"{shown.without_manager} of {_members(shown)} have no manager"
    if shown.without_manager <= 1:
        return parts.section(f"{DONE} Everybody has a manager, but for one at most.", id="managers")
    said = f"{OPEN} *Managers*: {alone}, so nobody reads their check-ins. A file with two columns is enough."
    return parts.section(said, id="managers", accessory=_drop("Drop the people file", DROP_PEOPLE, is_next=True))


def _drop(label: str, action: str, *, is_next: bool = False) -> dict[str, Any]:
    return parts.button(label, id=action, style="primary" if is_next else None)


def _round(shown: SettingUp, today: date, features: Collection[str]) -> Iterator[str]:
    """When people hear from it, and how many of them."""
    if "check_ins" in features and shown.members and shown.next_round_on is not None:
        when = f"The next round begins {day(shown.next_round_on, today)}, then {shown.rhythm}"
        reached = plural(shown.members - shown.not_met, "person gets", "people get")
        yield f"*{when}.* {reached} one check-in prompt, in the morning where they are, and a welcome before it."


def _before(shown: SettingUp, features: Collection[str]) -> Iterator[str]:
    """What nobody has to mend, but what is good to know."""
    if shown.members and shown.not_enrolled:
        others = plural(shown.not_enrolled, "person", "people")
        yield f"• {others} in Slack without track and level: they take no part, and can still be asked to review."
    if shown.is_done and shown.without_manager:
        yield f"• {plural(shown.without_manager, 'person', 'people')} without a manager."
    if shown.without_country:
        yield f"• {plural(shown.without_country, 'person', 'people')} without a country: I know no holidays of theirs."
    if shown.not_met:
        yield f"• {plural(shown.not_met, 'person', 'people')} of the file not found in Slack, who get nothing so far."
    if off := sorted(ALL - set(features)):
        yield f"• Switched off: {listing([name.replace('_', ' ') for name in off])}."


def _members(shown: SettingUp) -> str:
    return plural(shown.members, "person", "people")

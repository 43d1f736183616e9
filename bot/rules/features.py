"""The features one can do without, and what each brings into Slack. Off, none of it is there."""

from collections.abc import Collection
from dataclasses import dataclass

Names = Collection[str]
ALWAYS = frozenset({"people", "home"})
DIRECT = ("chat:write", "im:write", "im:history")  # send a direct message; look before sending it again


@dataclass(frozen=True)
class Feature:
    """`shortcuts`: their callback ids. `jobs`: names in the timetable. `prompts`: kinds of planned occurrences.

    `scopes` of the bot; the one called `commands` follows from commands and shortcuts. `needs`: what it brings along.
    """

    name: str
    commands: tuple[str, ...] = ()
    shortcuts: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


TABLE = (
    Feature(
        "people",
        commands=("/ladder",),
        events=("team_join", "user_change", "app_uninstalled", "tokens_revoked"),
        jobs=("sync the directory", "welcome people back", "let go of what is old"),
        scopes=("users:read", "users:read.email"),
    ),
    Feature(
        "home",
        events=("app_home_opened",),
        jobs=("welcome newcomers", "name again what waits"),
        scopes=(*DIRECT, "files:write", "files:read"),  # messages, the export of one's own data, files to set up with
    ),
    Feature(
        "check_ins",
        commands=("/checkin",),
        jobs=("plan check-ins", "hand over check-ins", "tell managers of their week"),
        prompts=("check-in",),
        scopes=DIRECT,
    ),
    Feature(
        "evidence",
        commands=("/evidence",),
        shortcuts=("save_as_evidence",),
        jobs=("hand reviews on",),
        scopes=DIRECT,
    ),
    Feature(
        "feedback",
        commands=("/feedback",),
        shortcuts=("give_feedback",),
        jobs=("end requests for feedback", "look after rounds"),
        scopes=DIRECT,
    ),
    Feature("growth", shortcuts=("offer_as_chance",), jobs=("propose career talks",), scopes=DIRECT),
    Feature(
        "mentorship",
        commands=("/mentor",),
        jobs=("pass requests on", "look after mentorships", "ask quiet pairs", "open matching rounds", "match mentors"),
        scopes=(*DIRECT, "mpim:write", "files:write"),
    ),
    Feature(
        "program_feedback",
        commands=("/program-feedback",),
        jobs=("program feedback", "bring promises back"),
        scopes=DIRECT,
    ),
    Feature("stories", scopes=DIRECT),
    Feature("digests", jobs=("tell owners of their month",), scopes=(*DIRECT, "files:write")),
)
ALL = frozenset(feature.name for feature in TABLE)


def switched_on(chosen: Names, table: Collection[Feature] = TABLE) -> frozenset[str]:
    """What is on when these are chosen: themselves, what they need, and what is always on."""
    on = {*chosen, *ALWAYS}
    while missing := {need for feature in table if feature.name in on for need in feature.needs} - on:
        on |= missing
    return frozenset(on)


def commands(on: Names, *, without: Names = ()) -> frozenset[str]:
    """`without`: names that belong to another app in this workspace."""
    return frozenset(name for feature in _of(on) for name in feature.commands) - set(without)


def shortcuts(on: Names) -> frozenset[str]:
    return frozenset(callback for feature in _of(on) for callback in feature.shortcuts)


def events(on: Names) -> frozenset[str]:
    return frozenset(event for feature in _of(on) for event in feature.events)


def jobs(on: Names) -> frozenset[str]:
    return frozenset(job for feature in _of(on) for job in feature.jobs)


def prompts(on: Names) -> frozenset[str]:
    return frozenset(kind for feature in _of(on) for kind in feature.prompts)


def scopes(on: Names, *, without: Names = ()) -> frozenset[str]:
    """The bot scopes that are used, and no other."""
    used = frozenset(scope for feature in _of(on) for scope in feature.scopes)
    return used | {"commands"} if commands(on, without=without) or shortcuts(on) else used


def _of(on: Names) -> list[Feature]:
    return [feature for feature in TABLE if feature.name in on]

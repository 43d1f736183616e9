"""The program as its owners see it: roles, who holds them and since when, and the days on which all is closed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.rules.cadence import Away, Schedule
from bot.rules.career_talks import Share
from bot.rules.match_rounds import Waiting
from bot.rules.months import Month
from bot.rules.opportunities import Offered
from bot.rules.people import Role
from bot.rules.plan_counts import Counts
from bot.rules.program_feedback import Cycle
from bot.rules.refusal import Refusal
from bot.rules.scopes import WHOLE
from bot.rules.setting_up import SettingUp
from bot.rules.stories import Story

HOLDERS = "holders"  # the field of the form that changes a role
MOST_HOLDERS = 50
OWNED = "This program has an owner by now. Whoever owns it can give you the role, too."
NOT_ADMIN = (
    "To begin, it takes somebody who administers this Slack workspace. Ask one of them to open this page, or ask "
    "whoever runs Ladderbot."
)


@dataclass(frozen=True)
class Holder:
    """Somebody with a role. `slack_id` is missing for people whom Slack has not told us about.

    `scope`: the part of the company it is for, as in `rules.scopes`.
    """

    name: str
    slack_id: str | None
    is_active: bool = True
    scope: str = WHOLE


@dataclass(frozen=True)
class RoleChange:
    """One line of a role's history. `by`: None for the operator; `who`: None for somebody erased since."""

    at: datetime
    who: str | None
    by: str | None
    is_given: bool
    scope: str = WHOLE


@dataclass(frozen=True)
class RoleForm:
    """What the form that changes a role is drawn from."""

    role: Role
    holders: tuple[Holder, ...]
    history: tuple[RoleChange, ...]


@dataclass(frozen=True)
class RoleTold:
    """What somebody hears whose role has changed. `by`: None for the operator."""

    role: Role
    is_given: bool
    by: str | None
    name: str
    schedule: Schedule
    away: tuple[Away, ...]
    scope: str = WHOLE


@dataclass(frozen=True)
class Program:
    """Everything the owners' part of Home is drawn from. `opened`: the newest cycle of program feedback to be read;
    `month`: the newest that was reckoned. `career`: how many had a career talk of late; `plans`: how many have a
    growth plan; `chances`: what is open in the catalogue.
    """

    setting_up: SettingUp
    holders: Mapping[Role, tuple[Holder, ...]]
    closed: tuple[tuple[date, date], ...] = ()
    matching: Waiting = field(default_factory=Waiting)
    stories: tuple[Story, ...] = ()
    opened: Cycle | None = None
    month: Month | None = None
    career: Share | None = None
    plans: Counts | None = None
    chances: Offered = field(default_factory=Offered)


def check_beginning(*, is_admin: bool, is_owned: bool) -> None:
    """Whoever administers the workspace may begin, while nobody owns the program."""
    if is_owned:
        raise Refusal(OWNED)
    if not is_admin:
        raise Refusal(NOT_ADMIN)


def check_may_hold(name: str, *, is_active: bool, is_guest: bool) -> None:
    if not is_active:
        raise Refusal(f"{name} has left, so there is no role to give.", field=HOLDERS)
    if is_guest:
        raise Refusal(f"{name} is a guest here, and roles are for full accounts.", field=HOLDERS)

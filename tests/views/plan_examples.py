"""One of each view and message of growth plans; all words have `CANARY` in them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.rules.framework import Framework
from bot.rules.growth import Growth
from bot.rules.people import Person
from bot.rules.plan_aims import every_aim
from bot.rules.plan_counts import Counts
from bot.rules.plans import (
    Action,
    Aim,
    Asked,
    Comment,
    Had,
    Help,
    InCheckIn,
    Kind,
    Plan,
    Protected,
    Reflection,
    State,
)
from bot.views import check_ins, growth, parts, plan_forms, plan_messages, plan_ticks, plans
from tests.views.chances_examples import offer, opportunity

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


def action(text: str, name: str, number: int = 0, **more: Any) -> Action:
    given = {"due_on": TODAY + timedelta(days=7 * number - 14), "shows": text, "helper": name, "help": Help.ASKED}
    return Action(
        UUID(int=100 + number), text, list(Kind)[number % len(Kind)], **{"state": State.OPEN, **given, **more}
    )


def plan(framework: Framework, text: str, name: str) -> Plan:
    """As full as it gets, with an aim that the framework does not know any more."""
    aims = (*every_aim(framework)[:2], Aim("gone", "gone"))
    thoughts = Reflection(text, text, text)
    done = [action(text, name, 20 + n, state=State.DONE, done_on=TODAY, reflection=thoughts) for n in range(20)]
    open_ones = [action(text, name, n, aim=aims[0].key, help=list(Help)[n % 2]) for n in range(10)]
    comments = tuple(Comment(UUID(int=200 + n), name, text, NOW) for n in range(10))
    offered = [opportunity(offer(text), name, number=n) for n in range(6)]
    chances = tuple((aims[n % 3], one) for n, one in enumerate(offered))
    return Plan(UUID(int=1), name, aims, (*open_ones, *done), comments, protected(name), chances)


def protected(name: str) -> Protected:
    return Protected(3, TODAY + timedelta(days=60), name, Had.NO, NOW)


def views(framework: Framework, who: Person, text: str, name: str) -> dict[str, Drawn]:
    """Every modal, as full as it gets."""
    whole, one = plan(framework, text, name), action(text, name)
    asked = InCheckIn(whole.open_actions, protected(name))
    offered = every_aim(framework)[:40]
    return {
        "my growth": growth.view(Growth(who, plan=whole), today=TODAY),
        "my plan": plans.page(whole, is_mine=True, today=TODAY, manager=name),
        "the plan of a report": plans.page(whole, is_mine=False, today=TODAY),
        "where to grow": plan_forms.aims(offered, whole.aims, framework, elsewhere=("leadership", "L3")),
        "an action": plan_forms.action(whole, None, helper=None, today=TODAY),
        "an action changed": plan_forms.action(whole, one, helper="U0NOOR", today=TODAY),
        "what I learned": plan_forms.reflection(whole.done_actions[0]),
        "comment on a plan": plan_forms.comment(whole),
        "keep time free": plan_forms.protect(whole, today=TODAY),
        "help with an action": plan_messages.asked_page(Asked(one, name, UUID(int=1)), today=TODAY),
        "no thanks": plan_messages.declined(),
        "the plan in a check-in": parts.modal(
            "Check-in", plan_ticks.inputs_of(asked, today=TODAY), id=check_ins.FORM, submit="Send"
        ),
    }


def empty_views(framework: Framework, who: Person) -> dict[str, Drawn]:
    """Every modal with nothing yet, and what Home shows of it."""
    empty = Plan(who.id, who.name)
    lines = [*plans.home_blocks(protected("Mats"), today=TODAY), plans.owners_row(Counts(40, 12, 5))]
    return {
        "my growth": growth.view(Growth(who), today=TODAY),
        "my plan": plans.page(empty, is_mine=True, today=TODAY),
        "the plan of a report": plans.page(empty, is_mine=False, today=TODAY),
        "where to grow": plan_forms.aims(every_aim(framework)[:1], (), framework),
        "an action": plan_forms.action(empty, None, helper=None, today=TODAY),
        "what I learned": plan_forms.reflection(action("x", "", state=State.DONE)),
        "keep time free": plan_forms.protect(empty, today=TODAY),
        "time and counts": {"type": "home", "blocks": lines},
        "too few": {"type": "home", "blocks": [plans.owners_row(Counts(4, None, None))]},
    }


def messages(text: str, name: str) -> dict[str, list[Drawn]]:
    return {
        "plans.help_asked": [plan_messages.help_asked(Asked(action(text, name), name, UUID(int=1)))],
        "plans.commented": [plan_messages.commented(Comment(UUID(int=200), name, text, NOW))],
        "plans.protected": [plan_messages.protected(protected(name))],
    }

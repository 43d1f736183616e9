"""The forms of a growth plan: where to grow, an action, what was learned; and those of a manager."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from bot.rules.framework import Framework
from bot.rules.plan_aims import MOST_AIMS, Place
from bot.rules.plans import (
    LEAST_HOURS,
    LONGEST,
    LONGEST_TITLE,
    MOST_HOURS,
    Action,
    Aim,
    Kind,
    Plan,
    Protected,
    Reflection,
    Typed,
)
from bot.views import forms, inputs, parts
from bot.views.inputs import Option
from bot.views.words import clip, escape

AIMS = "plans.aims.v1"
ACTION = "plans.action.v1"
CHANGED = "plans.changed.v1"
REFLECTION = "plans.reflection.v1"
COMMENT = "plans.comment.v1"
PROTECT = "plans.protect.v1"
ELSEWHERE = "plans.elsewhere"
MOST_OPTIONS, MOST_LABEL = 100, 75  # of a menu, and of each option in it
IN_A_MONTH = timedelta(days=30)
IN_A_QUARTER = timedelta(days=91)
FIRST = "Up to three. What your direction and self-assessments point to comes first; what you have met is left out."
ENOUGH = "A line in any of these is plenty. You and your manager see it."
KINDS = [Option(kind, kind.capitalize()) for kind in Kind]


def aims(
    offered: Sequence[Aim], chosen: Sequence[Aim], framework: Framework, *, elsewhere: Place = ("", "")
) -> dict[str, Any]:
    """Where to grow. `elsewhere`: a level of another track whose own are offered as well."""
    listed = {one.key for one in offered}
    others = [one for one in chosen if one.key not in listed]
    options = [_option(one) for one in (*offered[: MOST_OPTIONS - len(others)], *others)]
    levels = [
        Option(f"{track.key}/{level.key}", f"{track.name}: {level.name} ({level.key})")
        for track in framework.tracks
        for level in track.levels
    ]
    at_first = "/".join(elsewhere)
    return parts.modal(
        "Where to grow",
        [
            inputs.multi_select(
                "Where do you want to grow now?", options, id="aims", at_most=MOST_AIMS,
                initial=[one.key for one in chosen], is_optional=True, hint=FIRST,
            ),
            parts.section("Curious about another track? Choose a level, and its own are in the list, too.", id="else"),
            parts.actions(inputs.choice(levels[:MOST_OPTIONS], id=ELSEWHERE, initial=at_first), id="elsewhere"),
        ],
        id=AIMS, submit="Save",
    )  # fmt: skip


def _option(one: Aim) -> Option:
    level = f" ({one.level})" if one.level else ""
    kind = "Milestone" if one.is_milestone else "Competency"
    kind += ": your self-assessment leaves room here" if one.has_room else ""
    return Option(one.key, clip(one.title, MOST_LABEL - len(level)) + level, kind if one.level else "")


def read_elsewhere(body: Mapping[str, Any]) -> Place:
    """The level that was chosen."""
    value = str((body["actions"][0].get("selected_option") or {}).get("value") or "")
    track, _, level = value.rpartition("/")
    return track, level


def read_aims(view: Mapping[str, Any]) -> list[str]:
    typed = forms.answers(view).get("aims")
    return list(typed) if isinstance(typed, list) else []


def action(plan: Plan, filled: Action | None, *, helper: str | None, today: date) -> dict[str, Any]:
    """An action, new or to be changed. `helper`: the Slack id of whoever is asked to help."""
    goals = [_option(one) for one in plan.aims]
    about = [
        inputs.select(
            "What does it help with?", goals, id="aim", initial=filled.aim if filled else "", is_optional=True,
            placeholder="Choose, or leave empty",
        )
    ] if goals else []  # fmt: skip
    return parts.modal(
        "Change an action" if filled else "Add an action",
        [
            inputs.text_input(
                "What do you want to do?", id="title", initial=filled.title if filled else "", at_most=LONGEST_TITLE
            ),
            inputs.select("What is it?", KINDS, id="kind", initial=filled.kind if filled else None),
            *about,
            inputs.date_input("By when?", id="due_on", initial=filled.due_on if filled else today + IN_A_MONTH),
            inputs.text_input(
                "What shows that it is done?", id="shows", initial=filled.shows if filled else "", is_long=True,
                at_most=LONGEST, hint="Something you or somebody else can see.",
            ),
            inputs.people_select(
                "Who helps?", id="helper", initial=[helper] if helper else [], at_most=1, is_optional=True,
                hint="They are told once, see this one action, and can say no thanks.",
            ),
        ],
        id=CHANGED if filled else ACTION, submit="Save", about=filled.id.hex if filled else "",
    )  # fmt: skip


def read_action(view: Mapping[str, Any]) -> tuple[UUID | None, Typed]:
    """(the action that is changed, what was typed)."""
    typed = forms.answers(view)
    due_on, helper = typed.get("due_on"), typed.get("helper")
    title, kind, shows, aim = (str(typed.get(name) or "") for name in ("title", "kind", "shows", "aim"))
    return forms.thing(forms.about(view)), Typed(
        title=title, kind=kind, shows=shows, aim=aim, due_on=due_on if isinstance(due_on, date) else None,
        helper=helper[0] if isinstance(helper, list) and helper else None,
    )  # fmt: skip


def reflection(one: Action) -> dict[str, Any]:
    kept = one.reflection
    return parts.modal(
        "What I learned",
        [
            parts.section(f"*Done: {escape(one.title)}*\n{ENOUGH}", id="what"),
            _thought("What did you learn?", "learned", kept.learned),
            _thought("What would you do differently?", "differently", kept.differently),
            _thought("Who has something from it?", "for_whom", kept.for_whom),
        ],
        id=REFLECTION, submit="Save", about=one.id.hex,
    )  # fmt: skip


def _thought(label: str, id: str, initial: str) -> dict[str, Any]:  # noqa: A002
    return inputs.text_input(label, id=id, initial=initial, is_long=True, at_most=LONGEST, is_optional=True)


def read_reflection(view: Mapping[str, Any]) -> tuple[UUID | None, Reflection]:
    typed = forms.answers(view)
    learned, differently, for_whom = (str(typed.get(name) or "") for name in ("learned", "differently", "for_whom"))
    return forms.thing(forms.about(view)), Reflection(learned, differently, for_whom)


def comment(plan: Plan) -> dict[str, Any]:
    """For a manager; the member reads it with their name."""
    said = f"Signed with your name. {plan.person} reads it in the plan, and is told once that it is there."
    return parts.modal(
        "Comment",
        [
            parts.context(escape(said), id="reader"),
            inputs.text_input("What would you like to say?", id="words", is_long=True, at_most=LONGEST),
        ],
        id=COMMENT, submit="Send", about=plan.person_id.hex,
    )  # fmt: skip


def read_comment(view: Mapping[str, Any]) -> tuple[UUID | None, str]:
    return forms.thing(forms.about(view)), str(forms.answers(view).get("words") or "")


def protect(plan: Plan, *, today: date) -> dict[str, Any]:
    """For a manager: hours a week, until when."""
    now: Protected | None = plan.protected
    hours = [Option(str(n), f"{n} hour a week" if n == 1 else f"{n} hours a week") for n in _HOURS]
    said = f"Both of you see this in Home, and check-ins ask {plan.person} whether the time was there."
    return parts.modal(
        "Keep time free",
        [
            parts.section(escape(said), id="what"),
            inputs.select("How much?", hours, id="hours", initial=str(now.hours) if now else "2"),
            inputs.date_input(
                "Until when?", id="until", initial=now.until if now else today + IN_A_QUARTER,
                hint="Its last day. Today ends it.",
            ),
        ],
        id=PROTECT, submit="Keep it free", about=plan.person_id.hex,
    )  # fmt: skip


_HOURS = range(LEAST_HOURS, MOST_HOURS + 1)


def read_protect(view: Mapping[str, Any]) -> tuple[UUID | None, int | None, date | None]:
    typed = forms.answers(view)
    hours, until = str(typed.get("hours") or ""), typed.get("until")
    is_number = hours.isascii() and hours.isdigit() and len(hours) < 4
    return (
        forms.thing(forms.about(view)),
        int(hours) if is_number else None,
        until if isinstance(until, date) else None,
    )

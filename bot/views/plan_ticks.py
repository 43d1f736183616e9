"""What a check-in asks about the growth plan: what got done, what is still wanted, and whether the time was there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.rules.plans import Action, Had, InCheckIn, Ticks, Wanted
from bot.views import forms, inputs
from bot.views.inputs import Option
from bot.views.words import clip, day, plural

DONE, HAD, WANTED = "plan_done", "plan_had", "plan_wanted:"
MOST_LABEL = 75
WANTS = (
    Option(Wanted.IN_TWO_WEEKS, "Yes, in two weeks"),
    Option(Wanted.IN_A_MONTH, "Yes, in a month"),
    Option(Wanted.IN_A_QUARTER, "Yes, in three months"),
    Option(Wanted.DROP, "Not any more"),
)
LEAVE = "Choose, or leave it as it is"
ANSWERS = (Option(Had.YES, "Yes"), Option(Had.PARTLY, "Partly"), Option(Had.NO, "No"))


def inputs_of(plan: InCheckIn, *, today: date) -> list[dict[str, Any]]:
    """Nothing for whoever has no open action and no time kept free."""
    blocks = []
    if plan.actions:
        options = [Option(one.id.hex, clip(one.title, MOST_LABEL), _by(one, today)) for one in plan.actions]
        blocks.append(inputs.checkboxes("Done from my plan", options, id=DONE, is_optional=True))
    for one in plan.overdue(today):
        label = f"Still wanted? {clip(one.title, MOST_LABEL)}"
        hint = f"It was meant for {day(one.due_on, today)}. Plans change, and that is fine."
        blocks.append(
            inputs.select(label, WANTS, id=WANTED + one.id.hex, hint=hint, placeholder=LEAVE, is_optional=True)
        )
    if plan.protected:
        label = f"Did you have the {plural(plan.protected.hours, 'hour', 'hours')} a week for your plan?"
        hint = "Nobody is blamed. Your manager hears a no as a wish, and nothing where you keep this to yourself."
        blocks.append(inputs.radio(label, ANSWERS, id=HAD, hint=hint, is_optional=True))
    return blocks


def _by(one: Action, today: date) -> str:
    return f"{'by' if one.due_on >= today else 'was for'} {day(one.due_on, today)}"


def read(view: Mapping[str, Any]) -> Ticks:
    typed = forms.answers(view)
    done, had = typed.get(DONE), typed.get(HAD)
    wanted = [
        (action, Wanted(value))
        for name, value in typed.items()
        if name.startswith(WANTED) and isinstance(value, str) and value in set(Wanted)
        if (action := forms.thing(name.removeprefix(WANTED))) is not None
    ]
    ticked = [forms.thing(one) for one in done] if isinstance(done, list) else []
    return Ticks(
        done=tuple(one for one in ticked if one is not None),
        wanted=tuple(wanted),
        had=Had(had) if isinstance(had, str) and had in set(Had) else None,
    )

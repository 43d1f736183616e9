"""The growth plan: its page, and its row on the page *My growth*."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from bot.rules.features import ALL
from bot.rules.plan_counts import Counts
from bot.rules.plans import FULL, MOST_OPEN, Action, Aim, Comment, Had, Help, Plan, Protected, Reflection
from bot.views import inputs, opportunities, parts, surface
from bot.views.inputs import Option
from bot.views.words import day, escape, plural

OPEN = "plans.open"
CHOOSE = "plans.choose"
ADD = "plans.add"
MENU = "plans.menu"
COMMENT = "plans.comment"
PROTECT = "plans.protect"
PAGE = "plans.page.v1"
TITLE = "Growth plan"
DONE, EDIT, DROP, REFLECT, EVIDENCE = "done", "edit", "drop", "reflect", "evidence"
WHILE_OPEN = ((DONE, "Done"), (EDIT, "Change or move it"), (DROP, "Drop it"))

NO_AIM = (
    "*Where do you want to grow?* Up to three competencies or milestones: of your level, the next, or another track."
)
NO_ACTION = "No action so far. A small one with a day is a good start."
HAD = {Had.YES: "had", Had.PARTLY: "had in part", Had.NO: "not had the last time"}


def growth_row(plan: Plan | None, *, today: date) -> dict[str, Any]:
    """Where the plan stands, in one line."""
    is_begun = plan is not None and not plan.is_empty
    label = "Open" if is_begun else "Begin"
    button = parts.button(label, id=OPEN, says=f"{label} my growth plan")
    said = _stands(plan, today) if plan is not None and is_begun else "Where you want to grow, and what you do for it."
    return parts.section(f"*{TITLE}*\n{said}", id="plan", accessory=button)


def _stands(plan: Plan, today: date) -> str:
    actions = plan.open_actions
    said = plural(len(actions), "open action", "open actions") if actions else "No open action"
    if actions:
        said += f", the next by {day(actions[0].due_on, today)}" if actions[0].due_on >= today else ""
    hours = [kept_free(plan.protected, today)] if plan.protected else []
    return ". ".join([said, *hours])


def home_blocks(time: Protected | None, *, today: date) -> list[dict[str, Any]]:
    """In the member's Home, while there is some."""
    return [parts.context(f"{kept_free(time, today)}, by {escape(time.manager)}.", id="time")] if time else []


def owners_row(counts: Counts) -> dict[str, Any]:
    """For owners: how many, and never who."""
    if counts.planned is None:
        said = "Too few on one side to show a number."
    else:
        said = f"{counts.planned} of {plural(counts.members, 'member', 'members')} have one."
    if counts.protected is not None:
        said += f" For {counts.protected}, time is kept free."
    return parts.section(f"*Growth plans*\n{said}", id="growth-plans")


def kept_free(time: Protected, today: date) -> str:
    """What both see in their Home of the time that is kept free."""
    return f"{plural(time.hours, 'hour', 'hours')} a week kept free for the plan until {day(time.until, today)}"


def page(
    plan: Plan, *, is_mine: bool, today: date, manager: str | None = None, features: Collection[str] = ALL
) -> dict[str, Any]:
    """The whole plan, as its member or their manager sees it. `manager`: the member's, by name."""
    ends = [(REFLECT, "What I learned"), *([(EVIDENCE, "Save it as evidence")] if "evidence" in features else [])]
    blocks = [
        parts.context(_readers(plan, manager, is_mine=is_mine), id="reader"),
        *_time(plan, today, is_mine=is_mine),
        *_aims(plan.aims, is_mine=is_mine),
        *_chances(plan),
        parts.divider(id="actions-line"),
        *_open(plan, today, is_mine=is_mine),
        *_done(plan, today, ends if is_mine else []),
        *_comments(plan.comments, today),
    ]
    if not is_mine:
        blocks.append(_for_manager(plan))
    return dict(surface.guard(parts.modal(TITLE, blocks, id=PAGE, about=plan.person_id.hex), "modal"))


def _readers(plan: Plan, manager: str | None, *, is_mine: bool) -> str:
    if not is_mine:
        return f"The plan of *{escape(plan.person)}*: theirs to write, yours to read, comment on and make room for."
    if manager is None:
        return "Only you see this plan: no manager is set for you."
    return f"You and your manager, *{escape(manager)}*, see this plan. Whoever you ask for help sees that one action."


def _time(plan: Plan, today: date, *, is_mine: bool) -> list[dict[str, Any]]:
    time = plan.protected
    if time is None:
        return []
    who = f" by {escape(time.manager)}" if is_mine else ""
    had = f" Last answer: {HAD[time.had]}." if time.had else ""
    return [parts.section(f"*{kept_free(time, today)}*{who}.{had}", id="time")]


def _aims(aims: Sequence[Aim], *, is_mine: bool) -> list[dict[str, Any]]:
    choose = parts.button("Change" if aims else "Choose", id=CHOOSE, says="Choose where to grow") if is_mine else None
    if not aims:
        said = NO_AIM if is_mine else "*Where to grow* is not chosen yet."
        return [parts.section(said, id="aims", accessory=choose)]
    lines = "\n".join(f"• {named(one)}" for one in aims)
    return [parts.section(f"*Where to grow*\n{lines}", id="aims", accessory=choose)]


def _chances(plan: Plan) -> list[dict[str, Any]]:
    """Beside what they help with."""
    return [
        parts.section(
            f"For {named(aim)}: _{escape(one.offer.title)}_ ({one.offer.kind})", id=f"chance-{one.id.hex}",
            accessory=parts.button("Look", id=opportunities.LOOK, value=one.id.hex, says=f"Look at {one.offer.title}"),
        )
        for aim, one in plan.chances
    ]  # fmt: skip


def named(aim: Aim) -> str:
    return f"{escape(aim.title)} ({aim.level})" if aim.level else escape(aim.title)


def _open(plan: Plan, today: date, *, is_mine: bool) -> list[dict[str, Any]]:
    add = [_add(len(plan.open_actions))] if is_mine else []
    aims = {one.key: one for one in plan.aims}
    rows = [_action(one, aims, today, menu=_menu(one, WHILE_OPEN) if is_mine else None) for one in plan.open_actions]
    return [*(rows or [parts.section(NO_ACTION if is_mine else "No open action.", id="none")]), *add]


def _add(count: int) -> dict[str, Any]:
    if count >= MOST_OPEN:
        return parts.context(FULL, id="full")
    return parts.actions(parts.button("Add an action", id=ADD, style="primary"), id="add")


def _action(one: Action, aims: dict[str, Aim], today: date, *, menu: dict[str, Any] | None) -> dict[str, Any]:
    due = f"by {day(one.due_on, today)}" if one.due_on >= today else f"was for {day(one.due_on, today)}: still wanted?"
    said = [f"*{escape(one.title)}*\n{one.kind} · {due}"]
    if one.aim in aims:
        said.append(f"Helps with {named(aims[one.aim])}")
    if one.shows:
        said.append(f"Done when: {escape(one.shows)}")
    if one.help is Help.ASKED:
        said.append(f"{escape(one.helper)} is asked to help")
    elif one.help is Help.DECLINED and menu is not None:  # for whoever asked, and nobody else
        said.append(f"{escape(one.helper)} cannot help this time")
    return parts.section("\n".join(said), id=f"action-{one.id.hex}", accessory=menu)


def _menu(one: Action, choices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return inputs.overflow([Option(f"{what}:{one.id.hex}", label) for what, label in choices], id=MENU)


def _done(plan: Plan, today: date, choices: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    if not plan.done_actions:
        return []
    rows = [_finished(one, today, menu=_menu(one, choices) if choices else None) for one in plan.done_actions]
    return [parts.divider(id="done-line"), parts.section("*Done*", id="done"), *rows]


def _finished(one: Action, today: date, *, menu: dict[str, Any] | None) -> dict[str, Any]:
    done = f" · done {day(one.done_on, today)}" if one.done_on else ""
    said = [f"{escape(one.title)}\n{one.kind}{done}"]
    said += [f"{label}: {escape(text)}" for label, text in _thoughts(one.reflection) if text]
    return parts.section("\n".join(said), id=f"done-{one.id.hex}", accessory=menu)


def _thoughts(kept: Reflection) -> list[tuple[str, str]]:
    return [
        ("Learned", kept.learned), ("Differently next time", kept.differently),
        ("Who has something from it", kept.for_whom),
    ]  # fmt: skip


def _comments(comments: Sequence[Comment], today: date) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    for one in comments:
        said = f"*{escape(one.manager)}* · {day(one.written_at.date(), today)}"
        blocks += [parts.context(said, id=f"by-{one.id.hex}"), parts.words(one.words, id=f"words-{one.id.hex}")]
    return [parts.divider(id="comments-line"), *blocks] if blocks else []


def _for_manager(plan: Plan) -> dict[str, Any]:
    value = plan.person_id.hex
    label = "Change the time kept free" if plan.protected else "Keep time free for it"
    return parts.actions(
        parts.button("Comment", id=COMMENT, value=value),
        parts.button(label, id=PROTECT, value=value),
        id="do",
    )

"""The owners' part of Home: setting up, roles, closing days; and the forms behind its buttons."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.rules import scopes
from bot.rules.people import Role
from bot.rules.program import HOLDERS, MOST_HOLDERS, Holder, Program, RoleChange, RoleForm, RoleTold
from bot.views import (
    career_talks,
    delivery_log,
    feedback_digests,
    forms,
    inputs,
    match_rounds,
    mirrors,
    months,
    my_data,
    opportunities_file,
    parts,
    plans,
    setting_up,
    stories,
)
from bot.views.words import day, escape, listing

BEGIN = "program.begin"
CHANGE_ROLE = "program.change_role"
ADD_CLOSING = "program.add_closing"
OPEN_AGAIN = "program.open_again"
ROLE_FORM = "program.role.v1"
CLOSING_FORM = "program.closing.v1"
SAID = "program.said.v1"
MOST_CLOSINGS = 6
TITLES = {
    Role.OWNER: "Owners",
    Role.READER: "Readers",
    Role.STEWARD: "Stewards",
    Role.COUNCIL: "Council members",
    Role.CHAIR: "Chairs",
}
ABOUT = {
    Role.OWNER: "set up the program and give roles",
    Role.READER: "read what people say about the program, without names",
    Role.STEWARD: "hold the keys, and hear of changes to privacy",
    Role.COUNCIL: "decide about promotions",
    Role.CHAIR: "see that the council keeps its dates",
}
ABOUT_PART = "see how the program is going for their people, in figures that name nobody"
WHERE_PARTS = "Whoever runs Ladderbot gives and takes such a part, with `ladderbot role give`."
NOBODY = "nobody yet"
OPERATOR = "whoever runs Ladderbot"
ERASED = "somebody erased"


@dataclass(frozen=True)
class Shown:
    """What the blocks of this part are drawn from."""

    program: Program
    today: date
    features: Collection[str]


def blocks(program: Program, *, today: date, features: Collection[str]) -> list[dict[str, Any]]:
    shown = Shown(program, today, features)
    return [block for draw in SECTIONS for block in draw(shown)]


def _setting_up(shown: Shown) -> list[dict[str, Any]]:
    return setting_up.blocks(shown.program.setting_up, shown.today, shown.features)


def _roles(shown: Shown) -> list[dict[str, Any]]:
    lines = [_role(role, held) for role, held in shown.program.holders.items()]
    return [parts.divider(id="roles-line"), parts.section("*Roles*", id="roles"), *lines]


def _role(role: Role, held: Collection[Holder]) -> dict[str, Any]:
    who = listing([_holder(one) for one in held]) or NOBODY
    change = parts.button("Change", id=CHANGE_ROLE, value=role.value, says=f"Change roles: {TITLES[role]}")
    return parts.section(f"*{TITLES[role]}* {ABOUT[role]}\n{who}", id=f"role-{role.name.lower()}", accessory=change)


def _holder(one: Holder) -> str:
    of = f" ({escape(scopes.said(one.scope))})" if one.scope else ""
    return escape(one.name) + of if one.is_active else f"{escape(one.name)} (has left)"


def _closings(shown: Shown) -> list[dict[str, Any]]:
    """Days on which nobody is asked for anything."""
    said = "*Days on which the company is closed*\nNobody is asked for anything, and they count against nobody."
    add = parts.button("Add closing days", id=ADD_CLOSING)
    lines = [_closing(*one, shown.today) for one in shown.program.closed[:MOST_CLOSINGS]]
    return [parts.divider(id="closed-line"), parts.section(said, id="closed", accessory=add), *lines]


def _closing(first: date, last: date, today: date) -> dict[str, Any]:
    days = day(first, today) if first == last else f"{day(first, today)} to {day(last, today)}"
    button = parts.button("Open again", id=OPEN_AGAIN, value=first.isoformat(), says=f"Open again: {days}")
    return parts.section(days, id=f"closed-{first}", accessory=button)


def _month(shown: Shown) -> list[dict[str, Any]]:
    if "digests" not in shown.features:
        return []
    return [parts.divider(id="month-line"), *months.home_blocks(shown.program.month)]


def _mentoring(shown: Shown) -> list[dict[str, Any]]:
    if "mentorship" not in shown.features:
        return []
    return [parts.divider(id="mentoring-line"), *match_rounds.home_blocks(shown.program.matching)]


def _career(shown: Shown) -> list[dict[str, Any]]:
    share = shown.program.career
    return [career_talks.owners_row(share)] if share is not None and "growth" in shown.features else []


def _plans(shown: Shown) -> list[dict[str, Any]]:
    counts = shown.program.plans
    return [plans.owners_row(counts)] if counts is not None and "growth" in shown.features else []


def _feedback(shown: Shown) -> list[dict[str, Any]]:
    if "program_feedback" not in shown.features:
        return []
    return [parts.divider(id="feedback-line"), *feedback_digests.owner_blocks(shown.program.opened)]


def _stories(shown: Shown) -> list[dict[str, Any]]:
    if "stories" not in shown.features:
        return []
    return [parts.divider(id="stories-line"), *stories.home_blocks(shown.program.stories)]


def _chances(shown: Shown) -> list[dict[str, Any]]:
    if "growth" not in shown.features:
        return []
    return [parts.divider(id="chances-line"), *opportunities_file.home_row(shown.program.chances)]


def _reach(_: Shown) -> list[dict[str, Any]]:
    return [parts.divider(id="reach-line"), *delivery_log.home_blocks()]


def _waiting(shown: Shown) -> list[dict[str, Any]]:
    return mirrors.home_row() if "check_ins" in shown.features else []


# What owners see, from top to bottom. A feature with something for owners adds its blocks here.
SECTIONS: tuple[Callable[[Shown], list[dict[str, Any]]], ...] = (
    _setting_up, _month, _mentoring, _career, _plans, _feedback, _waiting, _stories, _chances, _reach, _roles,
    _closings,
)  # fmt: skip


def begin() -> list[dict[str, Any]]:
    """For whoever may become the first owner, above all else in their Home."""
    said = (
        "*Nobody owns this program yet.* You administer this Slack workspace, so you can begin: an owner loads the "
        "career framework, says who takes part, and gives roles to others."
    )
    button = parts.button("Become the owner", id=BEGIN, style="primary")
    return [parts.section(said, id="begin", accessory=button), parts.divider(id="begin-line")]


def role_form(form: RoleForm, today: date) -> dict[str, Any]:
    """Who holds a role, to be changed, and who has changed it so far."""
    known = [one for one in form.holders if one.slack_id and not one.scope]
    left = [one for one in form.holders if not one.is_active and not one.scope]
    of_parts = [_holder(one) for one in form.holders if one.scope]
    held = [one.slack_id for one in known if one.slack_id and one.is_active]
    blocks = [
        parts.section(f"*{TITLES[form.role]}* {ABOUT[form.role]}.", id="role"),
        inputs.people_select(
            "Who holds this role?", id=HOLDERS, initial=held, at_most=MOST_HOLDERS, is_optional=True,
            hint="Whoever gets it or loses it hears so, and that it was you.",
        ),
    ]  # fmt: skip
    if left:
        gone = f"{listing([escape(one.name) for one in left])} left the company, and loses the role when you save."
        blocks.append(parts.context(gone, id="left"))
    if of_parts:
        said = f"{listing(of_parts)}: they see the figures of that part and change nothing. {WHERE_PARTS}"
        blocks.append(parts.context(said, id="of-parts"))
    lines = [_line(one, today) for one in form.history]
    if lines:
        blocks.append(parts.context("*So far*\n" + "\n".join(lines), id="history"))
    about = " ".join([form.role.name, *(str(one.slack_id) for one in known)])
    return parts.modal("Change roles", blocks, id=ROLE_FORM, submit="Save", about=about)


def _line(one: RoleChange, today: date) -> str:
    by, who = escape(one.by or OPERATOR), escape(one.who or ERASED)
    of = f", for {escape(scopes.said(one.scope))}" if one.scope else ""
    return f"{day(one.at.date(), today)}: {by} {'gave it to' if one.is_given else 'took it from'} {who}{of}"


def pressed_role(value: object) -> Role | None:
    """The role whose button was pressed; None for what is none."""
    return Role(value) if isinstance(value, str) and value in set(Role) else None


def read_role(view: Mapping[str, Any]) -> tuple[Role | None, list[str], list[str]]:
    """(role, Slack ids to give it to, to take it from): what was changed in the form, and nothing else."""
    name, *seen = forms.about(view).split(" ")
    chosen = forms.answers(view).get(HOLDERS)
    wanted = chosen if isinstance(chosen, list) else []
    role = Role[name] if name in Role.__members__ else None
    return role, [one for one in wanted if one not in seen], [one for one in seen if one not in wanted]


def role_kept() -> dict[str, Any]:
    said = "*Kept.* Whoever got or lost the role hears of it; Home shows how it stands now."
    return parts.modal("Change roles", [parts.section(said, id="said")], id=SAID)


def closing_form(today: date) -> dict[str, Any]:
    first = today + timedelta(days=1)
    return parts.modal(
        "Closing days",
        [
            inputs.date_input("First day closed", id="first", initial=first),
            inputs.date_input("Last day closed", id="last", initial=first),
        ],
        id=CLOSING_FORM, submit="Keep",
    )  # fmt: skip


def read_closing(view: Mapping[str, Any]) -> tuple[date | None, date | None]:
    typed = forms.answers(view)
    first, last = typed.get("first"), typed.get("last")
    return first if isinstance(first, date) else None, last if isinstance(last, date) else None


def closing_kept() -> dict[str, Any]:
    said = "*Kept.* I ask nobody for anything on these days."
    return parts.modal("Closing days", [parts.section(said, id="said")], id=SAID)


def pressed_day(value: object) -> date | None:
    """The first day of the closing days whose button was pressed."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def role_told(told: RoleTold) -> dict[str, Any]:
    """What somebody hears who got or lost a role."""
    by, role = escape(told.by or OPERATOR), TITLES[told.role].lower()
    if told.scope:
        role = f"{role} for {escape(scopes.said(told.scope))}"
    if told.is_given:
        about = ABOUT_PART if told.scope else ABOUT[told.role]
        said = f"{escape(told.name)}, you are among the *{role}* of the career program now: they {about}."
    else:
        said = f"{escape(told.name)}, you are no longer among the *{role}* of the career program. Thank you for it!"
    more = f"This was changed by {by}; ask there if it surprises you."
    why = "You get this once, because a role of yours has changed."
    look = parts.button("See my roles", id=my_data.SEE, value="role_grant")
    blocks = [parts.section(f"{said}\n{more}", id="said"), parts.actions(look, id="do"), parts.context(why, id="why")]
    return parts.message(said, blocks)

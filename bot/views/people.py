"""What a person sees of themselves: where they stand, and when they want to be asked."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from bot.rules import readiness
from bot.rules.cadence import Cadence, Schedule
from bot.rules.evidence import Evidence
from bot.rules.features import ALL
from bot.rules.framework import Level, Track
from bot.rules.people import Person
from bot.rules.readiness import Progress
from bot.views import forms, inputs, notices, parts
from bot.views.evidence import OPEN, STATES
from bot.views.inputs import Option
from bot.views.words import day, escape, plural

ME = "people.me.v1"
WISHES = "people.wishes.v1"
OPEN_WISHES = notices.OPEN_WISHES
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

LINES = (  # the feature of each
    ("people", "`/ladder` · where you stand, and what the next level asks"),
    ("check_ins", "`/checkin` · answer or change your check-in; `/checkin history` to look back"),
    ("evidence", "`/evidence` · save something that shows a milestone; or *Save as evidence* on any message"),
    ("feedback", "`/feedback @name` · write to a colleague what you saw; `/feedback ask` to hear what others saw"),
    ("feedback", "`/ladder thanks @name` · thank somebody; others read it only if you both agree"),
    ("feedback", "`/ladder 360` · a round: what peers and people you lead see in your work, beside your own view"),
    ("mentorship", "`/mentor` · ask for a mentor, or offer to be one; `/mentor find` shows who mentors"),
    ("program_feedback", "`/program-feedback` · say what you think of the program, sealed; `receipt` opens replies"),
    ("program_feedback", "`/ladder promises` · you said, we did: what is done because of what people said"),
    ("check_ins", "`/ladder read` · for managers: new check-ins of your people, one after the other"),
    ("check_ins", "`/ladder talk` · what you and your manager, or your people, want to talk about"),
    ("stories", "`/ladder stories` · what people did and what helped them; `/ladder story` to offer yours"),
    (
        "growth",
        "`/ladder growth` · what you want to become, and what helps with it; `/ladder plan` for your growth plan",
    ),
    ("growth", "`/ladder direction` · what you want for now; `/ladder what-if` to look at another track"),
    ("growth", "`/ladder assess` · look at your work against a level; ask your manager for a view, read both at once"),
    ("growth", "`/ladder chances` · courses, projects and more that somebody offers; offer one, too"),
    ("growth", "`/ladder who COMPETENCY` · colleagues who have shown it and like to be found"),
    ("growth", "`/ladder career` · career talks: propose one, choose a day, read its brief"),
    ("people", "`/ladder settings` · when and how often I ask you"),
    ("home", "`/ladder data` · what is kept of you, who sees it, and what you can do about it"),
    ("people", "`/ladder less` · switch off what you want less of, and on again"),
    ("people", "`/ladder pause until Monday` · I leave you in peace; `/ladder back` ends it"),
    ("people", "`/ladder away @name until Monday` · for managers and owners: somebody of yours is away"),
    ("check_ins", "`/ladder deputy @name` · for managers: who reads for you while you are away"),
    ("home", "`/ladder sent` · for owners: whether messages arrived, and why not"),
    ("mentorship", "`/ladder round` · for owners: everybody who waits for a mentor is matched at once"),
    ("check_ins", "`/checkin` works as `/ladder checkin`, too."),
    ("evidence", "`/evidence` works as `/ladder evidence`, too."),
    ("feedback", "`/feedback` works as `/ladder feedback`, too."),
    ("mentorship", "`/mentor` works as `/ladder mentor`, too."),
    ("program_feedback", "`/program-feedback` works as `/ladder program-feedback`, too."),
)


def help_on(features: Collection[str]) -> str:
    """What one can do, where these features are on."""
    return "\n".join(["*What I can do for you*", *(line for feature, line in LINES if feature in features)])


HELP = help_on(ALL)


def me(
    person: Person,
    *,
    track: Track | None,
    level: Level | None,
    upward: Level | None,
    progress: Sequence[Progress],
    evidence: Sequence[Evidence],
    today: date,
    months: int | None = 0,
    features: Collection[str] = ALL,
) -> dict[str, Any]:
    """Track, level, what the next level asks, progress for each milestone, and one's own evidence.

    `months`: for how long the level has been held, leave not counted; for the person alone, and None for whoever would
    like to deepen where they are.
    """
    if track is None or level is None:
        said = "You are not enrolled in the program yet. You can still review evidence when a colleague asks you."
        return parts.modal("My ladder", [parts.section(said, id="not-yet")], id=ME)
    where = f"*{escape(track.name)} · {escape(level.name)} ({level.key})*\n{escape(track.purpose)}"
    buttons = [
        ("check_ins", parts.button("Check in", id=notices.OPEN_CHECK_IN, style="primary")),
        ("evidence", parts.button("Save evidence", id=notices.NEW_EVIDENCE)),
        ("people", parts.button("When to ask me", id=OPEN_WISHES)),
    ]
    blocks = [
        parts.section(where, id="where"),
        *([parts.context(_held(level, months), id="held")] if months else []),
        parts.actions(*(button for feature, button in buttons if feature in features), id="do"),
        *upward_blocks(upward, is_content=months is None),
        *(milestone_blocks(progress) if upward is not None else []),
        *(_evidence(evidence, today) if "evidence" in features else []),
    ]
    return parts.modal("My ladder", blocks[:100], id=ME)


def _held(level: Level, months: int) -> str:
    held = plural(months, "month", "months")
    return f"On record at {level.key} for {held}, leave not counted. Only you see this, and there is no pace to keep."


def upward_blocks(upward: Level | None, *, is_content: bool = False) -> list[dict[str, Any]]:
    """What the next level asks, in one line each. `is_content`: they would like to deepen where they are."""
    if upward is None:
        said = "You hold the widest level of this track. Growing deeper and helping others grow both count here."
        return [parts.divider(id="line"), parts.section(said, id="next")]
    wanted = "You deepen where you are, and that is whole. Should you ever want to look:\n" if is_content else ""
    asks = "\n".join(
        [
            f"{wanted}*What {escape(upward.name)} ({upward.key}) asks*",
            f"Impact: {escape(upward.impact)}",
            f"Autonomy: {escape(upward.autonomy)}",
            f"Influence: {escape(upward.influence)}",
        ]
    )
    return [parts.divider(id="line"), parts.section(asks, id="next")]


def milestone_blocks(progress: Sequence[Progress]) -> list[dict[str, Any]]:
    """How far each milestone is, and that it is no promise."""
    lines = [parts.section(milestone_line(one), id=f"milestone-{number}") for number, one in enumerate(progress)]
    return [*lines, no_promise()]


def milestone_line(one: Progress) -> str:
    return f"{_mark(one)} *{escape(one.milestone.title)}*\n{readiness.line(one)}"


def no_promise() -> dict[str, Any]:
    return parts.context("Milestones show readiness; they are no promise, and no clock is running.", id="note")


def _mark(one: Progress) -> str:
    if one.is_met:
        return "●"
    return "◐" if one.reached or one.waiting else "○"


def _evidence(evidence: Sequence[Evidence], today: date) -> list[dict[str, Any]]:
    if not evidence:
        return []
    blocks = [parts.divider(id="evidence-line"), parts.section("*My evidence*", id="evidence")]
    for number, one in enumerate(evidence):
        said = f"{escape(one.milestone.title)}\n{day(one.claim.done_on, today)} · {STATES[one.state]}"
        read = parts.button("Read", id=OPEN, value=one.id.hex, says=f"Read evidence {number + 1}")
        blocks.append(parts.section(said, id=f"evidence-{number}", accessory=read))
    return blocks


def wishes(schedule: Schedule, cadence: Cadence | None, usual: Cadence) -> dict[str, Any]:
    """When and how often somebody wants to be asked."""
    hours = [Option(str(hour), f"{hour:02}:00") for hour in range(5, 22)]
    days = [Option(str(number), name) for number, name in enumerate(WEEKDAYS, start=1)]
    rhythms = [Option("usual", f"As everybody: {usual}"), *(Option(one, one.capitalize()) for one in Cadence)]
    return parts.modal(
        "When to ask me",
        [
            parts.context(f"All times are yours: {escape(schedule.zone)}, as in your Slack profile.", id="zone"),
            inputs.select("At what time?", hours, id="hour", initial=str(schedule.hour)),
            inputs.checkboxes("Which days do you work?", days, id="working_days", initial=list(schedule.working_days)),
            inputs.select("How often?", rhythms, id="cadence", initial=cadence or "usual"),
            inputs.text_input(
                "Whose public holidays?", id="country", initial=schedule.country or "", at_most=2, is_optional=True,
                hint="A country's two letters, such as DE, IN or US. On its holidays I don't ask.",
            ),
        ],
        id=WISHES, submit="Keep",
    )  # fmt: skip


def read_wishes(view: Mapping[str, Any]) -> dict[str, Any]:
    typed = forms.answers(view)
    cadence = str(typed.get("cadence") or "")
    days = typed.get("working_days")
    return {
        "hour": str(typed.get("hour") or ""),
        "working_days": days if isinstance(days, list) else [],
        "country": str(typed.get("country") or ""),
        "cadence": "" if cadence == "usual" else cadence,
    }


def kept() -> dict[str, Any]:
    said = "*Kept.* What is planned for you has moved along."
    return parts.modal("When to ask me", [parts.section(said, id="said")], id=WISHES)


def paused(until: date, today: date) -> str:
    return (
        f"I'll leave you in peace until {day(until, today)}. Nothing counts against you. `/ladder back` ends it sooner."
    )


def back() -> str:
    return "Welcome back! Prompts come as usual again."

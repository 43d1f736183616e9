"""Home: the one place to see and change everything one may, one part at a time."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from bot.rules.features import ALL
from bot.rules.home import Home, Me, Part
from bot.rules.readiness import Progress
from bot.views import (
    assessment_ratings,
    bundles,
    career_talks,
    feedback_digests,
    feedback_hub,
    growth,
    inputs,
    mentor_sessions,
    mentors,
    mentorships,
    months,
    my_data,
    notices,
    opportunities,
    parts,
    people,
    plans,
    program,
    program_feedback,
    promises,
    proposals,
    stories,
    team,
)
from bot.views.check_ins import moment
from bot.views.inputs import Option
from bot.views.words import day, escape

SAY = "home.milestone"
FOCUS, UNFOCUS, NO_CHANCE, CHANCE = "focus", "unfocus", "no-chance", "chance"
SHOW = {Part.ME: "home.me", Part.TEAM: "home.team", Part.PROGRAM: "home.program"}
NAMES = {Part.ME: "Me", Part.TEAM: "My team", Part.PROGRAM: "Program"}
MOST_MILESTONES = 12


def home(shown: Home, *, now: datetime, today: date, features: Collection[str] = ALL) -> dict[str, Any]:
    """`features`: those that are on; nothing of the others is offered."""
    if shown.program is not None:
        body = program.blocks(shown.program, today=today, features=features)
    elif shown.owns and shown.part is Part.PROGRAM:
        body = months.home_blocks(shown.month, scope=shown.owns) if "digests" in features else []
    else:
        is_team = shown.part is Part.TEAM
        body = team.blocks(shown, today=today, features=features) if is_team else _me(shown, now, today, features)
    begin = program.begin() if shown.can_begin else []
    return parts.home([*_tabs(shown, features), *begin, *body])


def _tabs(shown: Home, features: Collection[str]) -> list[dict[str, Any]]:
    sees_program = shown.is_owner or bool(shown.owns and "digests" in features)
    mine = {Part.ME: True, Part.TEAM: shown.has_team, Part.PROGRAM: sees_program}
    buttons = [
        parts.button(NAMES[part], id=SHOW[part], style="primary" if part is shown.part else None)
        for part, is_mine in mine.items()
        if is_mine
    ]
    return [parts.actions(*buttons, id="parts")] if len(buttons) > 1 else []


def _me(shown: Home, now: datetime, today: date, features: Collection[str]) -> list[dict[str, Any]]:
    me = shown.me
    if me is None or me.track is None or me.level is None:
        said = (
            "*Welcome!* You are not enrolled in the program yet. When a colleague asks you to review, it shows up here."
        )
        told = [parts.button("Stories", id=stories.LIBRARY)] if "stories" in features else []
        words = [feedback_hub.button()] if "feedback" in features else []
        mine = parts.actions(parts.button("My data", id=my_data.OPEN), *words, *told, id="do")
        return [
            parts.section(said, id="welcome"), mine, *_asks(shown, features), *_mentoring(shown, today, features),
            *_said(shown, today, features),
        ]  # fmt: skip
    where = f"*{escape(shown.person.name)}*\n{escape(me.track.name)} · {escape(me.level.name)} ({me.level.key})"
    asked = [parts.context(_next_prompt(me, shown.person.schedule.zone, now, today), id="next-prompt")]
    return [
        parts.section(where, id="where"),
        *(asked if "check_ins" in features else []),
        *(plans.home_blocks(me.protected, today=today) if "growth" in features else []),
        parts.actions(*_buttons(me, features), id="do"),
        *_asks(shown, features),
        *_mentoring(shown, today, features),
        *_career(shown, today, features),
        *people.upward_blocks(me.upward, is_content=me.is_content),
        *(_milestones(me) if me.progress else []),
        *(opportunities.home_blocks(shown.chances, today=today) if "growth" in features else []),
        *_said(shown, today, features),
    ]


def _buttons(me: Me, features: Collection[str]) -> list[dict[str, Any]]:
    buttons = [
        ("check_ins", parts.button(
            "Change my check-in" if me.is_answered else "Check in", id=notices.OPEN_CHECK_IN,
            style=None if me.is_answered else "primary",
        )),
        ("evidence", parts.button("Save evidence", id=notices.NEW_EVIDENCE)),
        ("feedback", feedback_hub.button()),
        ("growth", growth.button()),
        ("stories", parts.button("Stories", id=stories.LIBRARY)),
        ("people", parts.button("When to ask me", id=people.OPEN_WISHES)),
        ("people", parts.button("My data", id=my_data.OPEN)),
    ]  # fmt: skip
    return [button for feature, button in buttons if feature in features]


def _milestones(me: Me) -> list[dict[str, Any]]:
    """Each milestone with what can be said about it."""
    shown = enumerate(me.progress[:MOST_MILESTONES])
    lines = [parts.section(_milestone(me, one), id=f"milestone-{n}", accessory=_menu(me, one)) for n, one in shown]
    return [*lines, people.no_promise()]


def _milestone(me: Me, one: Progress) -> str:
    line = people.milestone_line(one)
    if one.milestone.key in me.focus:
        line += "\nIn your focus: your check-in asks about it."
    if one.milestone.key in me.no_chance:
        line += "\nYour team gives you no chance to show this: your manager sees it as a wish for work."
    return line


def _menu(me: Me, one: Progress) -> dict[str, Any]:
    key = one.milestone.key
    focus, closed = key in me.focus, key in me.no_chance
    return inputs.overflow(
        [
            Option(f"{UNFOCUS}:{key}", "Take it out of my focus") if focus else Option(f"{FOCUS}:{key}", "My focus"),
            Option(f"{CHANCE}:{key}", "There is a chance now")
            if closed
            else Option(f"{NO_CHANCE}:{key}", "My team gives me no chance to show this"),
        ],
        id=SAY,
    )


def said(value: str) -> tuple[str, str]:
    """(what was said, the key of the milestone) of a choice in its menu."""
    what, _, key = value.partition(":")
    return what, key


def _next_prompt(me: Me, zone: str, now: datetime, today: date) -> str:
    if not me.is_asked:
        return "You have switched prompts off; you can check in whenever you like. `/ladder less` switches them on."
    if me.next_prompt_at is not None:
        when = moment(me.next_prompt_at, zone, now)
    else:
        when = day(me.next_round_on, today) if me.next_round_on else "when the next round begins"
    return f"{'This round is answered. ' if me.is_answered else ''}I ask next: {when}."


def _mentoring(shown: Home, today: date, features: Collection[str]) -> list[dict[str, Any]]:
    if shown.mentoring is None or "mentorship" not in features:
        return []
    pairs = [*mentorships.lines(shown.pairs, me=shown.person), *mentor_sessions.lines(shown.sessions)]
    return [*mentors.home_blocks(shown.mentoring, today=today, has_pair=bool(shown.pairs)), *pairs]


def _career(shown: Home, today: date, features: Collection[str]) -> list[dict[str, Any]]:
    """The career talk that is ahead, in one line."""
    if shown.career is None or "growth" not in features:
        return []
    return [career_talks.talk_row(shown.career, today=today)]


def _said(shown: Home, today: date, features: Collection[str]) -> list[dict[str, Any]]:
    """Program feedback: what can be sent now, what people said, and what is done about it."""
    if "program_feedback" not in features:
        return []
    blocks = [
        *program_feedback.home_blocks(shown.feedback, today=today),
        *feedback_digests.home_blocks(shown.feedback_said),
        *promises.home_blocks(shown.promises, today=today),
    ]
    return [parts.divider(id="said-line"), *blocks] if blocks else []


def _asks(shown: Home, features: Collection[str]) -> list[dict[str, Any]]:
    """What waits for this person."""
    me, line = shown.me, parts.divider(id="asks-line")
    if me is None:
        return []
    is_open = "check_ins" in features and me.level is not None and not me.is_answered
    shows_evidence = "evidence" in features and bool(me.to_review or me.to_change)
    asked = shown.mentoring.to_answer if shown.mentoring and "mentorship" in features else ()
    rated = me.to_rate if "growth" in features else ()
    words = feedback_hub.home_rows(shown.words) if "feedback" in features else []
    if not (is_open or shows_evidence or asked or rated or words):
        return [line, parts.section("*Nothing waits for you.* Enjoy the quiet.", id="asks")]
    mine = [parts.section("Your check-in of this round is open; one press or one sentence is enough.", id="open")]
    reviews = [bundles.review_line(one, number) for number, one in enumerate(me.to_review)]
    changes = [bundles.change_line(one, number) for number, one in enumerate(me.to_change)]
    pieces = [*reviews, *changes] if shows_evidence else []
    pieces += [proposals.line(one, number) for number, one in enumerate(asked)]
    pieces += [assessment_ratings.line(one, number) for number, one in enumerate(rated)]
    return [line, parts.section("*Waiting for you*", id="asks"), *(mine if is_open else []), *pieces, *words]

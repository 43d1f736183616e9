"""Self-assessment: the page, the levels to choose from, the form, what the manager is asked, and who else reads it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from bot.rules.assessments import (
    LONGEST,
    MOST_PICKED,
    MOST_PIECES,
    Answer,
    Assessment,
    Choice,
    Line,
    Page,
    Piece,
    Said,
    State,
    Wording,
)
from bot.rules.people import Person
from bot.views import assessment_ratings, forms, inputs, parts, side_by_side, surface
from bot.views.inputs import Option
from bot.views.words import clip, day, escape, plural

OPEN = "assessments.open"
START = "assessments.start"
LOOK = side_by_side.LOOK
GO_ON = "assessments.go_on"
ASK = "assessments.ask"
TAKE_BACK = "assessments.take_back"
SHARE = "assessments.share"
DROP = "assessments.drop"
LEVEL_FORM = "assessments.level.v1"
FORM = "assessments.form.v1"
PICK_FORM = "assessments.pick.v1"
SHARE_FORM = "assessments.share.v1"
PAGE = "assessments.page.v1"
TITLE = "Self-assessment"
MOST_OPTIONS = 25  # pieces of evidence offered beside one competency
ABOUT = (
    "*How often do the words of a level describe your work?* Look for yourself, against any level of any track. On "
    "your own track you can ask your manager for a view; neither of you reads the other's before both are in."
)
SHORT = "How often do the words of a level describe your work? You look first, your manager only if you ask."
NONE_YET = "You have none yet. It takes ten minutes, and you can stop in between."
IT_IS_YOURS = "*Who reads it:* you alone, unless you share it."
YOURS_FIRST = "*Who reads it:* you. Your manager only if you ask for a view, and only once theirs is in."
HOW = "Leave open what you like. *Keep* keeps it as it is, and you can go on later."
MANAGER, MENTOR = "manager", "mentor"


# Where things stand


def page(found: Page, *, today: date) -> dict[str, Any]:
    """One's own, the newest first; above them what somebody asks of oneself."""
    asked = [assessment_ratings.line(one, number) for number, one in enumerate(found.to_rate)]
    mine = [_own(one, number, today) for number, one in enumerate(found.mine)]
    start = [parts.actions(parts.button("Start one", id=START, style="primary"), id="do")] if found.can_begin else []
    none = [parts.section(NONE_YET, id="none")] if found.can_begin and not mine else []
    blocks = [
        *([parts.section("*Asked of you*", id="asked"), *asked, parts.divider(id="line")] if asked else []),
        parts.section(ABOUT, id="about"), *start, *mine, *none,
    ]  # fmt: skip
    return dict(surface.guard(parts.modal(TITLE, blocks, id=PAGE), "modal"))


def _own(one: Assessment, number: int, today: date) -> dict[str, Any]:
    look = parts.button("Look", id=LOOK, value=one.id.hex, says=f"Look at {one.wording.level_name}")
    when = day(one.changed_at.date(), today)
    return parts.section(f"{_level(one.wording)}, {when}\n{standing(one)}", id=f"mine-{number}", accessory=look)


def _level(wording: Wording) -> str:
    return f"*{escape(wording.level_name)} ({escape(wording.level)})*, {escape(wording.track_name)}"


def standing(one: Assessment) -> str:
    """How it stands, in a line for its author."""
    rater = escape(clip(one.rater, 100))
    if one.state is State.ASKED and one.has_rater_left:
        return f"{rater} is not here any more. Take the question back, and you can ask whoever is your manager now."
    if one.state is State.ASKED:
        return f"{rater} is asked for a view. Neither of you reads the other's before both are in."
    if one.state is State.RATED:
        return f"Both views are in, yours and that of {rater}."
    if not one.said:
        return "Nothing said yet."
    return f"You have said something of {one.said} of {plural(len(one.lines), 'competency', 'competencies')}."


def growth_row(newest: Assessment | None, *, today: date) -> dict[str, Any]:
    """In *My growth*."""
    said = f"{_level(newest.wording)}, {day(newest.changed_at.date(), today)}\n{standing(newest)}" if newest else SHORT
    button = parts.button("Open", id=OPEN, says="Open my self-assessments")
    return parts.section(f"*{TITLE}*\n{said}", id="assessments", accessory=button)


# Beginning, and saying how one sees it


def level_form(choices: Sequence[Choice]) -> dict[str, Any]:
    options = [Option(one.level, f"{one.name} ({one.level})", _which(one)) for one in choices]
    own = next((one.level for one in choices if one.is_own), None)
    hint = "Your own level and the next one stand first."
    blocks = [
        parts.section(ABOUT, id="about"),
        inputs.select("Which level?", options, id="level", initial=own, hint=hint),
    ]
    return parts.modal(TITLE, blocks, id=LEVEL_FORM, submit="Go on")


def _which(choice: Choice) -> str:
    mine = "your level" if choice.is_own else "your next level" if choice.is_next else ""
    return " · ".join(filter(None, [choice.track_name, mine]))


def read_level(view: Mapping[str, Any]) -> str:
    return str(forms.answers(view).get("level") or "")


def form(assessment: Assessment, pieces: Sequence[Piece]) -> dict[str, Any]:
    """Each competency with the words of the level. `pieces`: accepted evidence of the author's."""
    who = YOURS_FIRST if assessment.is_own_track else IT_IS_YOURS
    blocks = [parts.section(_level(assessment.wording), id="level"), parts.context(who, HOW, id="who")]
    for line in assessment.lines:
        blocks += _inputs(line, pieces)
    return parts.modal(TITLE, blocks, id=FORM, submit="Keep", about=assessment.id.hex)


def _inputs(line: Line, pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    key = line.expected.key
    rating = assessment_ratings.rating_input(line.expected, initial=line.own.rating, is_optional=True)
    note = inputs.text_input(
        "What shows it, or what is missing?", id=f"note-{key}", initial=line.own.note, is_long=True, at_most=LONGEST,
        is_optional=True,
    )  # fmt: skip
    return [*assessment_ratings.expected(line.expected), rating, note, *_evidence(line, pieces)]


def _evidence(line: Line, pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """Nothing for whoever has none that is accepted. What is attached stands first, then what fits."""
    if not pieces:
        return []
    fits = sorted(pieces, key=lambda one: (one not in line.pieces, one.competency != line.expected.key))[:MOST_OPTIONS]
    chosen = inputs.multi_select(
        "Evidence that goes with it", [Option(one.id.hex, one.title) for one in fits],
        id=f"pieces-{line.expected.key}", initial=[one.id.hex for one in line.pieces], at_most=MOST_PIECES,
        is_optional=True,
    )  # fmt: skip
    return [chosen]


def read(view: Mapping[str, Any]) -> dict[str, Answer]:
    """Competency → what was said of it."""
    typed = forms.answers(view)
    found = {}
    for key, said in assessment_ratings.read(view).items():
        chosen = typed.get(f"pieces-{key}")
        things = [forms.thing(one) for one in chosen] if isinstance(chosen, list) else []
        found[key] = Answer(said, tuple(one for one in things if one is not None))
    return found


def about(view: Mapping[str, Any]) -> UUID | None:
    """The self-assessment that a form is about."""
    return forms.thing(forms.about(view))


# Looking at it


def shown(found: Assessment, *, reader: Person) -> dict[str, Any]:
    """As it stands, for its author and for everybody who may read it."""
    is_mine = found.author_id == reader.id
    blocks = [parts.section(f"*{escape(clip(found.author, 100))}*\n{_level(found.wording)}", id="who")]
    if found.state is State.RATED and found.picked and found.picked[0].own.rating is not None:
        blocks += side_by_side.blocks(found, is_mine=is_mine)
        rest = [line for line in found.lines if not line.is_picked and line.own != Said()]
    else:
        rest = [line for line in found.lines if line.own != Said() or line.theirs != Said()]
    if is_mine:
        blocks.append(parts.section(standing(found), id="state"))
    for number, line in enumerate(rest):
        blocks += _line(line, number, found)
    if is_mine:
        blocks.append(parts.actions(*_buttons(found, reader), parts.button("All of mine", id=OPEN), id="do"))
    return dict(surface.guard(parts.modal(TITLE, blocks, id=PAGE), "modal"))


def _line(line: Line, number: int, of: Assessment) -> list[dict[str, Any]]:
    """A competency of which one of the two has said something that is open to this reader."""
    own, name = line.own != Said(), of.author if line.own != Said() else of.rater
    said = line.own if own else line.theirs
    return [
        *assessment_ratings.expected(line.expected),
        *side_by_side.view_of(name, said, id=f"said-{number}"),
        *side_by_side.evidence(line.pieces, id=f"line-{number}"),
    ]


def _buttons(found: Assessment, author: Person) -> list[dict[str, Any]]:
    value = found.id.hex
    sure = parts.confirm("Remove it?", "What you said in it is gone then, for good.", yes="Remove it", no="Keep it")
    ask = parts.button("Ask my manager for a view", id=ASK, value=value, style="primary")
    by_state = {
        State.OPEN: [
            parts.button("Go on", id=GO_ON, value=value),
            *([ask] if found.is_own_track and found.seen and author.manager_id else []),
            parts.button("Who else reads it", id=SHARE, value=value),
            parts.button("Remove it", id=DROP, value=value, style="danger", confirm=sure),
        ],
        State.ASKED: [
            parts.button("Take the question back", id=TAKE_BACK, value=value),
            parts.button("Who else reads it", id=SHARE, value=value),
        ],
        State.RATED: [parts.button("Who else reads it", id=SHARE, value=value)],
    }
    return by_state[found.state]


# Asking the manager, and sharing it


def pick_form(found: Assessment, *, manager: str, is_away: bool = False) -> dict[str, Any]:
    name = escape(clip(manager, 100))
    said = (
        f"*{name}* reads the words of the level and your evidence, and not what you said yourself. Once both views "
        "are in, you both read both, side by side."
    )
    then = f"What you said stays as it is from now on. You can take the question back until {name} has answered it."
    options = [Option(one.key, one.name) for one in found.seen]
    pick = inputs.multi_select(
        "Which ones?", options, id="picked", initial=[one.value for one in options[:MOST_PICKED]], at_most=MOST_PICKED,
        hint=f"Up to {MOST_PICKED}: those you would most like to talk about.",
    )  # fmt: skip
    blocks = [parts.section(_level(found.wording), id="level"), parts.section(said, id="said"), pick]
    waits = [f"{name} is away just now, and hears of it when they are back."] if is_away else []
    last = parts.context(*waits, then, id="then")
    return parts.modal("Ask for a view", [*blocks, last], id=PICK_FORM, submit="Ask", about=found.id.hex)


def read_picked(view: Mapping[str, Any]) -> list[str]:
    chosen = forms.answers(view).get("picked")
    return chosen if isinstance(chosen, list) else []


def share_form(found: Assessment) -> dict[str, Any]:
    manager = Option(MANAGER, "My manager", "Whoever it is at the time")
    options = [*([] if found.is_own_track else [manager]), Option(MENTOR, "My mentors", "While we are a pair")]
    chosen = [*([MANAGER] if found.is_for_manager else []), *([MENTOR] if found.is_for_mentor else [])]
    hint = "They hear of it once, and you can see that they looked. You can take it back here at any time."
    blocks = [
        parts.section(_level(found.wording), id="level"),
        inputs.checkboxes("Who else reads it?", options, id="readers", initial=chosen, is_optional=True, hint=hint),
    ]
    return parts.modal("Who else reads it", blocks, id=SHARE_FORM, submit="Keep", about=found.id.hex)


def read_share(view: Mapping[str, Any]) -> dict[str, bool]:
    """{manager, mentor}: whether they may read it."""
    chosen = forms.answers(view).get("readers")
    ticked = chosen if isinstance(chosen, list) else []
    return {MANAGER: MANAGER in ticked, MENTOR: MENTOR in ticked}

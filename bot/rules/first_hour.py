"""What a mentor and a mentee start with: how wishes read on the mentor's track, and questions of an outsider."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.rules.framework import Competency, Framework, Level, Track
from bot.rules.mentors import Way
from bot.rules.mentorships import Mentorship
from bot.rules.people import Person

MOST_THERE = 4

QUESTIONS: tuple[tuple[str, ...], ...] = (
    (  # what goes without saying
        "What does everybody in {here} take for granted that somebody from {there} would have to ask about?",
        "Which word do people in {here} use every day that you would have to explain in {there}?",
        "What would look strange to somebody who spends a day beside you for the first time?",
    ),
    (  # what is worth doing
        "Who notices when your work is done well, and who would notice only if it were missing?",
        "What did you decide last month that nobody had asked you to decide?",
        "Which part of your week would you keep if you could keep only one?",
    ),
    (  # what could be otherwise
        "If somebody from {there} did your work for a week, what would they change first?",
        "What have you stopped doing because it did not seem to be your job?",
        "What would you try if nobody expected you to be good at it?",
    ),
)
"""Three kinds of questions that only an outsider asks; each pair gets one of each."""


Standing = tuple[Track, Level]


@dataclass(frozen=True)
class Lens:
    """What a mentee wants to grow in, seen from the mentor's track.

    `shared`: what both words mean there, with what the mentor's level asks of it. `own`: what the mentor's track has no
    word for; `there`: what it asks of that level instead.
    """

    track: Track
    level: Level
    shared: tuple[tuple[Competency, str], ...]
    own: tuple[Competency, ...]
    there: tuple[tuple[Competency, str], ...]


@dataclass(frozen=True)
class FirstHour:
    """What the conversation of the two begins with. `reasons`: in words; `lens`: None where there is nothing to read.

    `mentor`, `mentee`: where they stand on the ladder; None for a colleague who is not in the program.
    """

    mentorship: Mentorship
    way: Way | None
    reasons: tuple[str, ...]
    mentor: Standing | None
    mentee: Standing | None
    lens: Lens | None
    questions: tuple[str, ...]


def standing(framework: Framework, person: Person) -> Standing | None:
    """Somebody's track and level; None for whoever is not a member."""
    track, level = framework.track(person.track or ""), framework.level(person.track or "", person.level or "")
    return (track, level) if track and level else None


def lens(framework: Framework, wanted: Sequence[str], *, seen_by: Standing | None) -> Lens | None:
    """How these competencies read for a mentor who stands there. None: no wishes, or not a member."""
    names = {one.key: one for known in framework.tracks for one in known.competencies}
    if seen_by is None or not any(key in names for key in wanted):
        return None
    on, at = seen_by
    here = {one.key: one for one in on.competencies}
    shared = tuple((here[key], at.expectations.get(key, "")) for key in wanted if key in here)
    own = tuple(names[key] for key in wanted if key in names and key not in here)
    rest = [(one, at.expectations.get(one.key, "")) for one in on.competencies if one.key not in wanted]
    return Lens(on, at, shared, own, tuple(rest[:MOST_THERE]) if own else ())


def questions(of: UUID, *, mentee: Standing | None, mentor: Standing | None) -> tuple[str, ...]:
    """Three for this pair, the same ones each time; of their tracks where these differ, else of their teams."""
    names = {"here": "your team", "there": "another team"}
    if mentee is not None and mentor is not None and mentee[0].key != mentor[0].key:
        names = {"here": mentee[0].name, "there": mentor[0].name}
    chosen, number = [], of.int
    for kind in QUESTIONS:
        number, which = divmod(number, len(kind))
        chosen.append(kind[which].format(**names))
    return tuple(chosen)

"""People to be matched, made short: a mentee and a mentor who fit, and whole pools of chance for Hypothesis."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from bot.rules import work_hours
from bot.rules.cadence import Schedule
from bot.rules.fit import Mentee, Mentor, Skills, Standing, Wish

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
DESIGN, COACHING, FACTS = "design", "coaching", "facts"
HERE = work_hours.week_of(Schedule("Europe/Berlin"), MONDAY.date())


def week(zone: str, days: str = "12345") -> int:
    return work_hours.week_of(Schedule(zone, working_days=days), MONDAY.date())


def mentee(number: int = 1, wish: Wish | None = None, **other: Any) -> Mentee:
    """A T2 who wants to grow in design."""
    given: dict[str, Any] = {
        "request": UUID(int=number),
        "person": UUID(int=1000 + number),
        "wish": wish or Wish("technical", 2),
        "wanted": (DESIGN,),
        "languages": frozenset({"en"}),
        "hours": HERE,
        "asked_at": MONDAY + timedelta(minutes=number),
    }
    return Mentee(**{**given, **other})


def mentor(number: int = 1, standing: Standing | None = None, **other: Any) -> Mentor:
    """An M4 who came from the technical track and helps with design."""
    given: dict[str, Any] = {
        "person": UUID(int=2000 + number),
        "standing": standing or Standing("management", 4, frozenset({"technical"})),
        "skills": Skills(frozenset({DESIGN}), frozenset({COACHING})),
        "languages": frozenset({"en"}),
        "hours": HERE,
        "capacity": 2,
    }
    return Mentor(**{**given, **other})


TRACKS = ("technical", "management", "process")
KEYS = (DESIGN, COACHING, FACTS)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata")

tracks = st.none() | st.sampled_from(TRACKS)
bands = st.none() | st.integers(1, 5)
languages = st.frozensets(st.sampled_from(("en", "de")))
hours = st.sampled_from([week(zone) for zone in ZONES])
wishes = st.builds(Wish, tracks, bands, tracks, st.booleans(), st.booleans())
standings = st.builds(Standing, tracks, bands, st.frozensets(st.sampled_from(TRACKS)))
skills = st.builds(Skills, st.frozensets(st.sampled_from(KEYS)), st.frozensets(st.sampled_from(KEYS)))


@st.composite
def everybody(draw: st.DrawFn, most: int = 7) -> tuple[list[Mentee], list[Mentor]]:
    """Up to so many of each, some of whom chose or avoid one another."""
    mentors = [
        mentor(number, draw(standings), skills=draw(skills), languages=draw(languages), hours=draw(hours),
               capacity=draw(st.integers(1, 3)), taken=draw(st.integers(0, 2)))
        for number in range(draw(st.integers(0, most)))
    ]  # fmt: skip
    ids = st.sampled_from([one.person for one in mentors] or [UUID(int=1)])
    chosen = st.lists(ids, max_size=3, unique=True).map(tuple)
    mentees = [
        mentee(number, draw(wishes), wanted=tuple(draw(st.lists(st.sampled_from(KEYS), unique=True))),
               languages=draw(languages), hours=draw(hours), choices=draw(chosen),
               barred=draw(st.frozensets(ids, max_size=2)), comes_first=draw(st.booleans()))
        for number in range(draw(st.integers(1, most)))
    ]  # fmt: skip
    return mentees, mentors

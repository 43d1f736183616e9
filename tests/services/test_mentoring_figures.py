"""How mentoring is going: what is counted on both engines, and what is too few to be shown."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.database import Database
from bot.models.framework import Release
from bot.models.mentors import Mentor, MentorRequest, Proposal
from bot.models.mentorships import ClosingSurvey, MentorSession, Mentorship
from bot.models.people import Absence
from bot.rules import mentoring_figures as rules
from bot.rules import small_cells
from bot.rules.refusal import Refusal
from bot.services import mentoring_figures
from tests.support import rows
from tests.support.rows import LONG_AGO, NOW, TODAY

DAY = timedelta(days=1)


async def people(db: Database, track: str, level: str, count: int) -> list[UUID]:
    async with db.writing() as session:
        made = [await rows.person(session, f"{track}{n} Doe", track=track, level=level) for n in range(count)]
        return [one.id for one in made]


async def pairs(db: Database, mentors: Sequence[UUID], mentees: Sequence[UUID], **more: object) -> list[UUID]:
    given = {"began_at": NOW - 60 * DAY, "until_on": TODAY + 90 * DAY, **more}
    made = [
        Mentorship(id=uuid4(), request_id=uuid4(), mentor_id=mentor, mentee_id=mentee, **given)
        for mentor, mentee in zip(mentors, mentees, strict=True)
    ]
    async with db.writing() as session:
        session.add_all(made)
    return [one.id for one in made]


async def test_each_figure_is_counted_and_small_ones_are_hidden(db: Database, framework_text: str) -> None:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        cast = await rows.cast(session)
        lea, ana = await rows.acting(session, cast.lea), await rows.acting(session, cast.ana)
    await people(db, "technical", "T1", 1)  # with Ana, Noor, Lea and Mats five are hidden, so no other track has to be
    members = await people(db, "process", "P2", 20)
    others = await people(db, "customer", "C3", 12)
    ids = await pairs(db, others[:10], members[:10])
    ended = await pairs(db, others[:6], members[10:16], ended_at=NOW - DAY)
    async with db.writing() as session:
        for one in ids[:5]:
            session.add(
                MentorSession(mentorship_id=one, mentor_id=others[0], mentee_id=members[0], starts_at=NOW + DAY)
            )
        session.add(Absence(person_id=members[9], from_on=TODAY - DAY, until_on=None))
        for number, mentor in enumerate(others):
            offer = {"capacity": 1, "hours": 4, "is_listed": True, "since_on": LONG_AGO}
            session.add(Mentor(person_id=mentor, competencies="improvement flow" if number > 9 else "", **offer))
        for number, mentee in enumerate(members[10:18]):
            asked = {"state": "open", "asked_at": NOW - number * DAY, "competencies": "flow"}
            session.add(MentorRequest(mentee_id=mentee, track="customer" if number > 1 else None, **asked))
        for number, one in enumerate(ended):
            answers = {"worth": 3 + number % 3, "fit": 5, "wants_again": number % 2 == 0, "given_at": NOW - DAY}
            session.add(ClosingSurvey(mentorship_id=one, person_id=members[10 + number], **answers))
    await _answered(db, others, members)
    async with db.reading() as session:
        found = await mentoring_figures.load(session, by=lea, now=NOW, today=TODAY)
        with pytest.raises(Refusal):
            await mentoring_figures.load(session, by=ana, now=NOW, today=TODAY)
    assert found.coverage["process"] == rules.Coverage(20, 0.5, 0.0, 0.5)
    assert found.coverage["customer"] == rules.Coverage(12, 0.0, 0.85, 0.85)
    assert found.coverage["management"].members is None
    assert (found.waiting, found.median_days) == (8, 3)
    assert (found.accepted, found.answered) == (0.75, 8)
    assert found.pairs == {"in rhythm": 5, "quiet": None, "resting": None}
    assert found.scores == rules.Scores(6, 4.0, None, 0.5)
    assert found.mentors == {"nobody yet": None, "some": 0, "full": None}
    assert found.tracks == {"customer": rules.Need(6, None)}
    assert found.competencies == {"flow": rules.Need(8, None)}


async def _answered(db: Database, mentors: Sequence[UUID], mentees: Sequence[UUID]) -> None:
    async with db.writing() as session:
        for number in range(8):
            request = MentorRequest(id=uuid4(), mentee_id=mentees[18], state="matched", asked_at=NOW)
            session.add(request)
            await session.flush()
            state = "accepted" if number < 6 else ("declined" if number == 6 else "expired")
            times = {"asked_at": NOW - DAY, "expires_at": NOW, "decided_at": NOW}
            session.add(Proposal(request_id=request.id, mentor_id=mentors[0], way="best", state=state, **times))


async def test_a_program_without_a_pair_has_figures_too(db: Database, framework_text: str) -> None:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        lea = await rows.acting(session, (await rows.cast(session)).lea)
        found = await mentoring_figures.load(session, by=lea, now=NOW, today=TODAY)
    assert (found.waiting, found.median_days, found.accepted) == (0, None, None)
    assert found.scores == rules.Scores(0, None, None, None)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 12), max_size=7))
def test_no_group_of_one_to_four_can_be_told_by_subtraction(sizes: dict[str, int]) -> None:
    shown = small_cells.shown(sizes)
    assert all(sizes[group] >= small_cells.LEAST for group in shown)
    hidden = sum(size for group, size in sizes.items() if group not in shown)
    assert not shown or hidden == 0 or hidden >= small_cells.LEAST


def test_what_all_but_one_have_said_is_not_shown() -> None:
    assert rules.mean({5: 5}) is None
    assert rules.mean({5: 5, 1: 1}) is None
    assert rules.mean({5: 4, 4: 2}) == 4.7
    assert rules.mean({5: 2, 4: 2}) is None

"""Career talks: who hears of one and when, the days around it, and what owners may see."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from bot.rules import career_briefs, career_talks
from bot.rules.cadence import Away, Schedule
from bot.rules.career_briefs import Brief, Chosen, Heading, Line
from bot.rules.career_talks import Candidate, Own, Share, Talk
from bot.rules.people import Person
from bot.rules.refusal import Refusal

MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 8, tzinfo=UTC)
STOCKHOLM = Schedule("Europe/Stockholm")
ANA = Person(UUID(int=1), "U0ANA", "Ana", Schedule("America/New_York"), track="technical", level="T2")
MATS = Person(UUID(int=2), "U0MATS", "Mats", STOCKHOLM)


def candidate(days: int, number: int = 1, manager: int = 99) -> Candidate:
    return Candidate(UUID(int=number), UUID(int=manager), MONDAY - timedelta(days=days))


# Who hears of one


@pytest.mark.parametrize(
    ("days", "away", "is_due"),
    [
        (190, (), True),
        (150, (), False),
        (190, (Away(date(2026, 8, 1), date(2026, 10, 1)),), False),  # leave stops the clock
        (260, (Away(date(2026, 8, 1), date(2026, 10, 1)),), True),
        (900, (Away(date(2026, 11, 10), None),), False),  # nobody is asked while away
    ],
)
def test_half_a_year_at_work_makes_a_talk_due(days: int, away: tuple[Away, ...], is_due: bool) -> None:
    assert career_talks.is_due(candidate(days), MONDAY, away) is is_due


def test_a_manager_with_twelve_reports_hears_of_two_a_week_the_longest_first() -> None:
    twelve = [candidate(200 + number, number) for number in range(12)]
    chosen = career_talks.to_propose(twelve, {})
    assert [one.member_id.int for one in chosen] == [11, 10]
    assert len(career_talks.to_propose(twelve, {UUID(int=99): 1})) == 1
    assert career_talks.to_propose(twelve, {UUID(int=99): 5}) == []
    elsewhere = candidate(200, 50, manager=98)
    assert elsewhere in career_talks.to_propose([*twelve, elsewhere], {UUID(int=99): 2})


# The days around it


def test_the_brief_comes_three_working_days_before_at_ones_own_morning() -> None:
    wednesday = date(2026, 11, 25)
    assert career_talks.brief_at(wednesday, STOCKHOLM) == datetime(2026, 11, 20, 8, tzinfo=UTC)  # over a weekend
    away = (Away(date(2026, 11, 20), date(2026, 11, 24)),)
    assert career_talks.brief_at(wednesday, STOCKHOLM, away) == datetime(2026, 11, 18, 8, tzinfo=UTC)
    assert career_talks.brief_at(wednesday, Schedule("Asia/Kolkata", hour=10)).hour == 4


def test_on_a_near_day_whoever_it_is_about_has_the_brief_first() -> None:
    tomorrow = career_talks.opens_at(MONDAY + timedelta(days=1), STOCKHOLM, now=NOW)
    assert tomorrow == datetime(2026, 11, 17, 8, tzinfo=UTC)
    assert career_talks.opens_at(MONDAY, STOCKHOLM, now=NOW) == NOW  # a talk of today cannot wait


def test_did_you_talk_is_asked_on_the_next_working_morning() -> None:
    assert career_talks.asked_at(date(2026, 11, 20), STOCKHOLM) == datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.parametrize("on", [None, MONDAY - timedelta(days=1), MONDAY + timedelta(days=200), date.max])
def test_a_day_is_ahead_and_not_far(on: date | None) -> None:
    with pytest.raises(Refusal) as refused:
        career_talks.check_day(on, MONDAY)
    assert refused.value.field == "on"
    assert career_talks.check_day(MONDAY, MONDAY) == MONDAY


# What owners see


@pytest.mark.parametrize(
    ("held", "members", "shown"),
    [
        (4, 4, None),
        (5, 5, Share(5, 5)),
        (0, 9, Share(0, 9)),
        (5, 10, Share(5, 10)),
        (8, 9, Share(None, 9)),  # the one who had none would be known
        (3, 20, Share(None, 20)),
    ],
)
def test_owners_see_no_number_that_tells_of_few(held: int, members: int, shown: Share | None) -> None:
    assert career_talks.share(held, members) == shown


# The brief


def lines() -> tuple[Line, ...]:
    return (
        Line("evidence:1", Heading.QUALITY, "Reviews", "evidence", "did"),
        Line("evidence:1", Heading.IMPACT, "Reviews", "evidence", "impact"),
        Line("feedback:1", Heading.COLLABORATION, "Noor", "feedback", "words", is_brought=True),
    )


def brief(chosen: Chosen = Chosen()) -> Brief:  # noqa: B008
    own = Own(Talk(UUID(int=3), ANA, MATS, NOW), is_member=True)
    return Brief(own, MONDAY, is_first=True, lines=lines(), chosen=chosen)


def test_what_only_the_member_can_read_stands_in_the_brief_only_where_they_bring_it_in() -> None:
    assert [one.key for one in brief().shown] == ["evidence:1", "evidence:1"]
    brought = career_briefs.chosen(brief(), left_out=["evidence:1"], brought=["feedback:1"])
    assert [one.key for one in brief(brought).shown] == ["feedback:1"]


def test_a_page_has_room_for_ten_lines_of_which_four_quote_somebody() -> None:
    many = [Line(str(n), Heading.QUALITY, "Reviews", "evidence", "did" if n % 2 else "") for n in range(30)]
    assert [one.key for one in career_briefs.at_once(many)] == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "10"]


def test_each_line_is_offered_once_and_what_was_not_offered_is_not_chosen() -> None:
    assert [one.key for one in brief().offered(is_brought=False)] == ["evidence:1"]
    forged = career_briefs.chosen(brief(), left_out=["feedback:1", "x"], brought=["evidence:1", "y"])
    assert forged == Chosen()

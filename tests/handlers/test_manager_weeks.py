"""A manager hears of their week once, on the third day they work; of help wanted on the next morning."""

from datetime import datetime, timedelta

from story.stage import Stage
from tests.handlers import acts
from tests.handlers.test_attention import first_milestone

NINE_IN_STOCKHOLM = timedelta(hours=8)  # in UTC
TUESDAY, WEDNESDAY, FRIDAY = (acts.MONDAY + timedelta(days=n) + NINE_IN_STOCKHOLM for n in (1, 2, 4))
NEXT_WEDNESDAY = WEDNESDAY + timedelta(days=7)
WEEK, HELP = "of your people this week", "would welcome help"


async def answers(stage: Stage, *names: str, **words: object) -> None:
    """Each of these gives their check-in."""
    for name in names:
        person = stage.person(name)
        await person.types("/checkin")
        await person.submits(**(words or {"win": f"CANARY of {name}."}))
        assert person.errors == {}
        await person.closes()


async def asks_for_help(stage: Stage, *names: str) -> None:
    await answers(stage, *names, help_wanted="CANARY: an hour of yours.")


async def reads_all(stage: Stage, name: str = "mats") -> None:
    manager = stage.person(name)
    await manager.types("/ladder read")
    while "Nothing new to read." not in manager.sees():
        await manager.submits()
    await manager.closes()


def heard(stage: Stage, what: str, name: str = "mats") -> list[str]:
    """What the manager was told of this kind: only by messages that say so first."""
    return [text for message in stage.person(name).messages if what in (text := str(message["text"]))]


async def ends_at(stage: Stage, moment: datetime, what: str) -> None:
    """Nothing of this kind a minute before the moment; at the moment it is there, once."""
    await stage.advance(moment - timedelta(minutes=1))
    assert heard(stage, what) == []
    await stage.advance(moment + timedelta(minutes=1))
    assert len(heard(stage, what)) == 1


# The week


async def test_mondays_answers_come_on_wednesday_in_one_message(either: Stage) -> None:
    await acts.monday(either)
    await answers(either, "kiran", "noor")
    await ends_at(either, WEDNESDAY, WEEK)
    mats = either.person("mats")
    shown = mats.sees("message")
    assert "2 new check-ins" in shown
    assert "CANARY" not in shown
    assert "You get this because people report to you" in shown
    await mats.presses("Read new check-ins")
    assert "CANARY of kiran." in mats.sees()
    await mats.closes()
    await answers(either, "lea")
    await either.advance(NEXT_WEDNESDAY - timedelta(minutes=1))
    assert len(heard(either, WEEK)) == 1
    await either.advance(NEXT_WEDNESDAY + timedelta(minutes=1))
    assert len(heard(either, WEEK)) == 2
    assert heard(either, WEEK, "grace") == heard(either, WEEK, "ines") == []


async def test_with_nothing_to_say_nothing_is_said(stage: Stage) -> None:
    await acts.monday(stage)
    await stage.person("kiran").presses("Nothing new")
    await answers(stage, "noor", win="For myself.", privacy=["private"])
    await stage.advance(NEXT_WEDNESDAY + timedelta(hours=3))
    assert heard(stage, WEEK) == []


async def test_evidence_is_told_with_its_authors_and_its_age(stage: Stage) -> None:
    for name in ("kiran", "noor"):
        author = stage.person(name)
        await author.types("/evidence")
        milestone = first_milestone(author)
        await author.submits(milestone=milestone, did="CANARY.", impact="CANARY.", reviewers=["pia", "ravi"])
        assert author.errors == {}
        await author.closes()
    await ends_at(stage, WEDNESDAY, WEEK)
    shown = stage.person("mats").sees("message")
    assert "2 pieces of evidence" in shown
    assert "by Kiran Deshpande and Noor Haddad are with reviewers; the oldest has waited 5 days." in shown
    assert not any(word in shown for word in ("CANARY", "Pia", "Ravi", "Read new check-ins"))


async def test_what_is_read_before_is_not_told(stage: Stage) -> None:
    await acts.monday(stage)
    await answers(stage, "noor")
    await asks_for_help(stage, "kiran")
    await reads_all(stage)
    await stage.advance(WEDNESDAY + timedelta(hours=3))
    assert heard(stage, WEEK) == heard(stage, HELP) == []


async def test_a_manager_on_leave_hears_after_the_return(stage: Stage) -> None:
    await acts.monday(stage)
    await answers(stage, "noor")
    await asks_for_help(stage, "kiran")
    await stage.person("mats").types("/ladder pause until 20 November")
    await ends_at(stage, FRIDAY, WEEK)
    assert heard(stage, HELP) == []
    [week] = [message for message in stage.person("mats").messages if WEEK in message["text"]]
    assert "Kiran Deshpande would welcome help." in str(week["blocks"])


async def test_a_week_away_is_left_out(stage: Stage) -> None:
    await acts.monday(stage)
    await answers(stage, "kiran")
    await stage.person("mats").types("/ladder pause until 23 November")
    await ends_at(stage, NEXT_WEDNESDAY, WEEK)


async def test_leave_that_begins_after_planning_counts(stage: Stage) -> None:
    await acts.monday(stage)
    await answers(stage, "kiran")
    await stage.advance(WEDNESDAY - timedelta(hours=1))
    await stage.person("mats").types("/ladder pause until 20 November")
    await ends_at(stage, FRIDAY, WEEK)


async def test_after_fifty_hours_of_downtime_the_week_comes_once(stage: Stage) -> None:
    await acts.monday(stage)
    await answers(stage, "kiran")
    await acts.jump(stage, acts.MONDAY + timedelta(hours=54))
    await acts.jump(stage, WEDNESDAY + timedelta(hours=8))
    await stage.advance(FRIDAY)
    assert len(heard(stage, WEEK)) == 1


# Help wanted


async def test_two_who_want_help_are_one_message_the_next_morning(stage: Stage) -> None:
    await acts.monday(stage)
    await answers(stage, "lea")
    await asks_for_help(stage, "noor", "kiran")
    await ends_at(stage, TUESDAY, HELP)
    mats = stage.person("mats")
    assert heard(stage, HELP) == ["Noor Haddad and Kiran Deshpande would welcome help."]
    assert "CANARY" not in mats.sees("message")
    await mats.presses("Read new check-ins")
    assert "Help wanted" in mats.sees()
    assert "2 more answers after this one." in mats.sees()
    await mats.submits()
    await mats.submits()
    assert "CANARY of lea." in mats.sees()
    await stage.advance(WEDNESDAY - timedelta(minutes=1))
    assert len(heard(stage, HELP)) == 1


async def test_help_wanted_by_a_later_change_is_told_once(stage: Stage) -> None:
    await acts.monday(stage)
    await answers(stage, "kiran")
    await asks_for_help(stage, "kiran")
    await ends_at(stage, TUESDAY, HELP)
    await answers(stage, "kiran", help_wanted="CANARY: two hours, even.")
    await stage.advance(FRIDAY)
    assert len(heard(stage, HELP)) == 1


async def test_help_wanted_in_private_or_no_more_is_not_told(stage: Stage) -> None:
    await acts.monday(stage)
    await answers(stage, "kiran", help_wanted="CANARY.", privacy=["private"])
    await asks_for_help(stage, "noor", "lea")
    await answers(stage, "noor", help_wanted="CANARY.", privacy=["private"])
    await answers(stage, "lea", help_wanted="", win="It is solved.")
    await stage.advance(TUESDAY + timedelta(hours=3))
    assert heard(stage, HELP) == []


async def test_what_one_morning_has_told_the_next_does_not_repeat(stage: Stage) -> None:
    await acts.monday(stage)
    await asks_for_help(stage, "kiran")
    await stage.advance(TUESDAY - timedelta(hours=2))
    await asks_for_help(stage, "noor")
    await ends_at(stage, TUESDAY, HELP)
    assert "Noor" in heard(stage, HELP)[0]
    await stage.advance(FRIDAY)
    assert len(heard(stage, HELP)) == 1


async def test_on_the_morning_of_the_week_there_is_one_message(stage: Stage) -> None:
    await acts.jump(stage, TUESDAY + timedelta(hours=3))
    await asks_for_help(stage, "kiran")
    before = len(stage.person("mats").messages)
    await ends_at(stage, WEDNESDAY, WEEK)
    await stage.advance(WEDNESDAY + timedelta(hours=3))
    assert len(stage.person("mats").messages) == before + 1
    assert "Kiran Deshpande would welcome help." in stage.person("mats").sees("message")

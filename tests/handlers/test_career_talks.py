"""A career talk, by the two who have it: Kiran and his manager Mats, and whoever comes after Mats."""

from datetime import UTC, datetime, timedelta
from typing import Any

from story import stage as stages
from story.stage import Actor, Stage
from tests.handlers import acts

THURSDAY = datetime(2026, 11, 26, 10, tzinfo=UTC)
BRIEF_AT = datetime(2026, 11, 23, 9, tzinfo=UTC)  # Monday, three working days before, for both
AFTER = datetime(2026, 11, 27, 9, tzinfo=UTC)
HERE, TALKED = "The brief for your career talk", "have your career talk?"
DAY = {"on": "2026-11-26"}


async def listed(stage: Stage, name: str) -> Actor:
    person = stage.person(name)
    await person.types("/ladder career")
    return person


async def dated(stage: Stage) -> Actor:
    """Kiran proposes a talk and chooses the day."""
    kiran = await listed(stage, "kiran")
    await kiran.presses("Propose one")
    await kiran.submits(**DAY)
    assert kiran.errors == {}
    await kiran.closes(everything=True)
    return kiran


def told(stage: Stage, name: str, said: str) -> list[Any]:
    return [one for one in stage.slack.posted(name) if said in str(one.message["text"])]


async def test_from_a_proposal_to_the_notes(either: Stage) -> None:
    kiran, mats = await dated(either), either.person("mats")
    await acts.jump(either, acts.MONDAY + timedelta(hours=9))
    [chosen] = told(either, "mats", "chose a day")
    assert "Thursday 26 November" in str(chosen.message)
    await mats.presses("Open", message=chosen)
    await mats.presses("The brief")
    assert "three working days ahead" in mats.sees()
    await mats.closes(everything=True)
    await acts.jump(either, BRIEF_AT)
    for name in ("kiran", "mats"):
        [brief] = told(either, name, HERE)
        person = either.person(name)
        await person.presses("Read the brief", message=brief)
        assert "No evidence was accepted in this time." in person.sees()
        assert ("This is what Mats Lindqvist sees" in person.sees()) == (name == "kiran")
        await person.closes(everything=True)
    await acts.jump(either, AFTER)
    [asked] = told(either, "kiran", TALKED)
    assert told(either, "mats", TALKED)
    await kiran.presses("We talked: notes", message=asked)
    await kiran.submits(notes="CANARY: more reviews with Noor.")
    assert "Last changed by you, today." in kiran.sees()
    await acts.jump(either, AFTER + timedelta(minutes=5))
    [noted] = told(either, "mats", "has noted your career talk")
    assert "CANARY" not in str(noted.message)
    await mats.presses("Open", message=noted)
    assert "CANARY: more reviews with Noor." in mats.sees()


async def test_the_second_to_save_finds_both_versions(stage: Stage) -> None:
    kiran, mats = await dated(stage), stage.person("mats")
    await acts.jump(stage, THURSDAY)
    for person in (kiran, mats):
        await listed(stage, "mats" if person is mats else "kiran")
        await person.presses("Open", **({"block_id": _row(person)} if person is mats else {}))
        await person.presses("We talked: notes")
    await kiran.submits(notes="Kiran's words.")
    await mats.submits(notes="Mats's words.")
    assert "has saved the notes since you opened them" in mats.sees()
    assert "Kiran's words." in mats.sees()
    assert mats.modal["state"]["values"]["notes"]["notes"]["value"] == "Mats's words."
    await mats.submits(notes="Kiran's words. Mats's words.")
    assert [row.notes for row in await acts.rows(stage, "career_talk")] == ["Kiran's words. Mats's words."]
    await mats.presses("Add what you agreed")
    await mats.submits(words="Lead the import.", who="member", due_on="2026-12-24")
    assert "Kiran Deshpande, by Thursday 24 December" in mats.sees()
    assert "Into my plan" not in mats.sees()
    await mats.closes(everything=True)
    await kiran.closes(everything=True)
    await listed(stage, "kiran")
    await kiran.presses("Notes")
    await kiran.presses("Into my plan")
    assert "in the growth plan" in kiran.sees()
    assert [row.title for row in await acts.rows(stage, "plan_action")] == ["Lead the import."]


def _row(mats: Actor) -> str:
    """The line of Kiran in a manager's list."""
    return next(str(one["block_id"]) for one in mats.modal["blocks"] if "Kiran" in str(one.get("text")))


async def test_who_was_the_manager_before_finds_nothing_and_the_talk_goes_on(stage: Stage) -> None:
    await dated(stage)
    mats = await listed(stage, "mats")
    press = mats.press_payload("Open", block_id=_row(mats))
    await mats.closes(everything=True)
    await stages.imports(stage, "kiran@manyways.example,grace@manyways.example,,")
    await mats.types("/ladder")
    await acts.sends(stage, press)
    assert acts.NOT_OPEN in mats.sees()
    await acts.jump(stage, acts.MONDAY + timedelta(hours=9))
    assert told(stage, "grace", "your career talk")
    await acts.jump(stage, BRIEF_AT + timedelta(hours=1))
    assert told(stage, "grace", HERE)
    assert not told(stage, "mats", HERE)


async def test_not_now_is_one_press_and_the_team_shows_the_day(stage: Stage) -> None:
    await dated(stage)
    mats = stage.person("mats")
    await mats.opens_home()
    await mats.presses("My team", surface="home")
    assert "Career talk on Thursday 26 November" in mats.sees("home")
    await listed(stage, "mats")
    await mats.presses("Open", block_id=_row(mats))
    await mats.presses("Not now")
    assert "It is closed, and nothing was noted." in mats.sees()
    await acts.jump(stage, acts.MONDAY + timedelta(hours=9))
    assert told(stage, "kiran", "does not take place for now")
    await acts.jump(stage, AFTER)
    assert not told(stage, "kiran", TALKED)

"""After the check-in: a win becomes evidence, and what two people want to talk about is on one list for both."""

from datetime import timedelta

from story.stage import Actor, Stage
from tests.handlers import acts
from tests.handlers.test_manager_weeks import WEDNESDAY, WEEK, ends_at, heard

SAVE, TALK, TALKED = "Save this win as evidence", "Talk about it next time", "We talked"
LISTED = "It is on the list for your next conversation"


async def gives(stage: Stage, name: str = "kiran", **words: object) -> Actor:
    """Their check-in; the receipt stays open."""
    person = stage.person(name)
    await person.types("/checkin")
    await person.submits(**(words or {"win": f"CANARY of {name}."}))
    assert person.errors == {}
    return person


async def wishes(stage: Stage, *names: str) -> None:
    for name in names:
        person = await gives(stage, name)
        await person.presses(TALK)
        await person.closes()


async def opened(stage: Stage, name: str) -> Actor:
    person = stage.person(name)
    await person.types("/ladder talk")
    return person


async def refused(stage: Stage, name: str, press: acts.Json, sentence: str = acts.NOT_OPEN) -> None:
    """The same press by this person, who is told why on a page above what they have open."""
    person = stage.person(name)
    await person.types("/ladder")
    await acts.sends(stage, acts.by(stage, name, press))
    assert sentence in person.sees()
    await person.closes()


# A win becomes evidence


async def test_a_win_becomes_evidence_for_the_milestone_it_moved(either: Stage) -> None:
    kiran = either.person("kiran")
    await kiran.types("/checkin")
    moved = [block for block in kiran.modal["blocks"] if block["block_id"].startswith("moved:")][1]
    await kiran.submits(win="The import runs by itself.", **{moved["block_id"]: "Moved forward"})
    await kiran.presses(SAVE)
    form = kiran.modal["state"]["values"]
    assert form["did"]["did"]["value"] == "The import runs by itself."
    assert f"moved:{form['milestone']['milestone']['selected_option']['value']}" == moved["block_id"]
    await kiran.submits(impact="Nobody waits for it.", reviewers=["noor", "ravi"])
    assert kiran.errors == {}
    assert [row.did for row in await acts.rows(either, "evidence")] == ["The import runs by itself."]
    await kiran.closes()
    assert "can read it now" in kiran.sees()  # the receipt lies below


async def test_without_a_win_there_is_none_to_save(stage: Stage) -> None:
    kiran = await gives(stage, obstacle="No test data.")
    assert SAVE not in kiran.sees()
    assert TALK in kiran.sees()
    await kiran.closes()
    await gives(stage, win="One.", privacy=["private"])
    assert SAVE in kiran.sees()
    assert TALK not in kiran.sees()
    press = kiran.press_payload(SAVE)
    await kiran.closes()
    await gives(stage, obstacle="Two.", win="")
    await refused(stage, "kiran", press, "no win any more")


async def test_nobody_saves_or_lists_what_is_not_theirs(stage: Stage) -> None:
    kiran = await gives(stage)
    save, talk = kiran.press_payload(SAVE), kiran.press_payload(TALK)
    ours = await acts.kept(stage)
    for press in (save, talk):
        for name in ("mats", "noor", "ravi"):
            await refused(stage, name, press)
        for value in acts.JUNK:
            await refused(stage, "kiran", acts.with_value(press, value))
    assert await acts.kept(stage) == ours


# On the list


async def test_from_a_wish_to_the_talk(either: Stage) -> None:
    kiran = await gives(either)
    await kiran.presses(TALK)
    assert LISTED in kiran.sees()
    assert TALK not in kiran.sees()
    await kiran.closes()
    mats = await opened(either, "mats")
    assert "Kiran Deshpande put it on the list." in mats.sees()
    assert "CANARY of kiran." in mats.sees()
    await opened(either, "kiran")
    assert "Mats Lindqvist" in kiran.sees()
    assert "You put it on the list." in kiran.sees()
    await mats.presses(TALKED)
    assert "Nothing is on the list." in mats.sees()
    await kiran.presses(TALKED)  # on a list that is a little old
    assert "Nothing is on the list." in kiran.sees()


async def test_pressing_twice_is_pressing_once(stage: Stage) -> None:
    kiran = await gives(stage)
    press = kiran.press_payload(TALK)
    again = acts.by(stage, "kiran", press)
    for one in (press, press, again):
        await acts.sends(stage, one)
    assert LISTED in kiran.sees()
    assert kiran.ephemerals == []
    await opened(stage, "kiran")
    press = kiran.press_payload(TALKED)
    before = await acts.rows(stage, "check_in")
    again = acts.by(stage, "kiran", press)
    for one in (press, press, again):
        await acts.sends(stage, one)
    [row] = await acts.rows(stage, "check_in")
    assert (before[0].talked_at, row.talked_at) == (None, stage.clock.now())
    assert "Nothing is on the list." in kiran.sees()


async def test_an_edit_keeps_the_wish_and_privacy_removes_it(stage: Stage) -> None:
    await wishes(stage, "kiran")
    kiran = await gives(stage, win="Other words.")
    assert "Your change is kept." in kiran.sees()
    assert LISTED in kiran.sees()
    await kiran.closes()
    await gives(stage, privacy=["private"])
    assert LISTED not in kiran.sees()
    mats = await opened(stage, "mats")
    assert "Nothing is on the list." in mats.sees()


async def test_a_manager_puts_it_on_the_list_and_the_reply_says_where(stage: Stage) -> None:
    kiran = await gives(stage)
    await kiran.closes()
    mats = stage.person("mats")
    await mats.types("/ladder read")
    await mats.submits(later=["talk"])
    assert "`/ladder talk`" in str(kiran.messages[-1]["text"])
    await opened(stage, "kiran")
    assert "Mats Lindqvist put it on the list." in kiran.sees()
    await opened(stage, "mats")
    assert "You put it on the list." in mats.sees()


async def test_whoever_reads_sees_what_is_on_the_list_already(stage: Stage) -> None:
    await wishes(stage, "kiran")
    mats = stage.person("mats")
    await mats.types("/ladder read")
    assert "has put this on the list for your next conversation" in mats.sees()
    await mats.submits(reply="Tomorrow?")
    assert mats.errors == {}
    kiran = stage.person("kiran")
    assert "has read your check-in and replied" in kiran.sees()


async def test_nobody_else_says_that_they_have_talked(stage: Stage) -> None:
    await wishes(stage, "kiran", "noor")
    mats = await opened(stage, "mats")
    press = mats.press_payload(TALKED, block_id="talk-0")
    ours = await acts.kept(stage)
    for name in ("ravi", "grace", "noor"):
        await refused(stage, name, press)
    for value in acts.JUNK:
        await refused(stage, "mats", acts.with_value(press, value))
    assert await acts.kept(stage) == ours


async def test_the_week_says_how_much_is_on_the_list(stage: Stage) -> None:
    await acts.monday(stage)
    await wishes(stage, "kiran", "noor")
    await ends_at(stage, WEDNESDAY, WEEK)
    mats = stage.person("mats")
    assert "2 things are on the list to talk about." in mats.sees("message").replace("*", "")
    await mats.presses("Open the list")
    assert "CANARY of kiran." in mats.sees()
    assert "CANARY of noor." in mats.sees()
    await mats.presses(TALKED, block_id="talk-0")
    assert "CANARY of kiran." not in mats.sees()
    assert "CANARY of noor." in mats.sees()


# What a manager's week says besides


async def test_accepted_evidence_is_worth_a_word_of_praise(stage: Stage) -> None:
    kiran = await gives(stage)
    await kiran.presses(SAVE)
    form = kiran.modal["blocks"]
    option = next(block for block in form if block["block_id"] == "milestone")["element"]["options"][-1]
    await kiran.submits(milestone=option["value"], impact="CANARY.", reviewers=["noor"])
    assert kiran.errors == {}
    await stage.person("noor").presses("Accept")
    await stage.person("noor").submits()
    mats = stage.person("mats")
    await mats.types("/ladder read")
    await mats.submits()
    await ends_at(stage, WEDNESDAY, WEEK)
    shown = mats.sees("message")
    assert "Worth a word of praise" in shown
    assert f"by Kiran Deshpande for _{option['text']['text']}_ was accepted." in str(mats.messages[-1])
    assert "CANARY" not in shown
    await stage.advance(WEDNESDAY + timedelta(days=7, hours=1))
    assert len(heard(stage, WEEK)) == 1


async def test_what_two_weeks_have_named_is_left_in_peace(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = await gives(stage)
    await kiran.closes()
    for weeks, told in ((0, 1), (1, 2), (2, 2), (3, 2)):
        await stage.advance(WEDNESDAY + timedelta(days=7 * weeks, hours=1))
        assert len(heard(stage, WEEK)) == told
    await gives(stage, "noor")
    await stage.advance(WEDNESDAY + timedelta(days=28, hours=1))
    assert len(heard(stage, WEEK)) == 3
    assert "2 new check-ins" in stage.person("mats").sees("message")

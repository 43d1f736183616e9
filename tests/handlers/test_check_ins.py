"""Check-ins, by the people who give them."""

from datetime import timedelta

import pytest

from story.stage import Stage
from tests.handlers import acts
from tests.handlers.acts import GONE, MONDAY

ANSWERS = ("Answer", "Nothing new", "Later today", "Tomorrow", "Skip")


async def test_the_usual_way_is_three_presses_and_one_sentence(either: Stage) -> None:
    await acts.monday(either)
    kiran = either.person("kiran")
    await kiran.presses("Answer")
    assert "Mats Lindqvist reads this, nobody else." in kiran.sees()
    await kiran.submits(win="The import runs by itself now.")
    assert "Mats Lindqvist can read it now." in kiran.sees()
    await kiran.closes()
    assert acts.presses(either) == 2  # the third one closes
    assert "Thank you" in kiran.sees()
    assert "Change my answer" in kiran.sees()
    assert "Nothing new" not in kiran.sees()
    (row,) = await acts.rows(either, "check_in")
    assert (row.answer, row.win, row.obstacle, row.help_wanted) == (
        "answered",
        "The import runs by itself now.",
        "",
        "",
    )
    assert not row.is_private


async def test_a_mistake_keeps_the_form_open_with_what_was_typed(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    await kiran.presses("Answer")
    await kiran.submits(privacy=["private"])
    assert list(kiran.errors) == ["win"]
    assert "[x] Keep this check-in to myself" in kiran.sees()
    assert await acts.rows(stage, "check_in") == []
    await kiran.submits(obstacle="No test data.")
    assert kiran.errors == {}
    assert len(await acts.rows(stage, "check_in")) == 1


async def test_one_press_says_nothing_new(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    await kiran.presses("Nothing new")
    assert acts.presses(stage) == 1
    assert "Nothing new is noted as your answer" in kiran.sees()
    assert [row.answer for row in await acts.rows(stage, "check_in")] == ["nothing new"]


async def test_nothing_new_never_replaces_words(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    late = kiran.press_payload("Nothing new")
    await kiran.presses("Answer")
    await kiran.submits(win="Words.")
    await acts.sends(stage, late)
    assert [(row.answer, row.win) for row in await acts.rows(stage, "check_in")] == [("answered", "Words.")]


async def test_later_today_asks_again_the_same_afternoon_once(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    twice = kiran.press_payload("Later today")
    await kiran.presses("Later today")
    assert "I'll ask again today at 12:00" in kiran.sees()
    await acts.sends(stage, twice)
    assert "put this prompt off already" in acts.told(stage, "kiran")
    await acts.jump(stage, MONDAY + timedelta(hours=6, minutes=31))
    assert len(acts.prompts(stage, "kiran")) == 2


async def test_late_in_the_day_later_means_the_next_morning(stage: Stage) -> None:
    await acts.monday(stage, at=timedelta(hours=10, minutes=30))  # four in the afternoon in Kolkata
    kiran = stage.person("kiran")
    assert "a little late today" in kiran.sees()
    await kiran.presses("Later today")
    assert "tomorrow at 09:00" in kiran.sees()


async def test_tomorrow_asks_again_tomorrow(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    await kiran.presses("Tomorrow")
    assert "tomorrow at 09:00" in kiran.sees()
    assert "Answer now" in kiran.sees()
    await acts.jump(stage, MONDAY + timedelta(hours=27))
    assert len(acts.prompts(stage, "kiran")) == 1
    await acts.jump(stage, MONDAY + timedelta(hours=27, minutes=31))
    assert len(acts.prompts(stage, "kiran")) == 2


async def test_a_prompt_can_be_put_off_five_times(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    for days in range(1, 6):
        await kiran.presses("Tomorrow")
        weekend = 2 if days > 4 else 0
        await acts.jump(stage, MONDAY + timedelta(days=days + weekend) + acts.IN_KOLKATA)
    assert len(acts.prompts(stage, "kiran")) == 6
    assert "Tomorrow" not in kiran.sees()
    assert "[Answer] [Nothing new] [Skip]" in kiran.sees()


async def test_skipping_tells_nobody(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    before = len(stage.slack.posted("mats"))
    await kiran.presses("Skip")
    assert "This round is left out" in kiran.sees()
    assert len(stage.slack.posted("mats")) == before
    await kiran.presses("Change my answer")
    await kiran.submits(win="After all.")
    assert [row.answer for row in await acts.rows(stage, "check_in")] == ["answered"]


async def test_an_answer_can_be_changed_until_the_next_round(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    await kiran.presses("Answer")
    await kiran.submits(win="First words.", privacy=["private"])
    await kiran.closes()
    await kiran.presses("Change my answer")
    assert "First words." in kiran.sees()
    assert "[x] Keep this check-in to myself" in kiran.sees()
    await kiran.submits(win="", help_wanted="Second words.", privacy=[])
    assert "Your change is kept." in kiran.sees()
    await kiran.closes()
    (row,) = await acts.rows(stage, "check_in")
    assert (row.win, row.help_wanted, row.is_private) == ("", "Second words.", False)
    assert row.edited_at is not None
    (old,) = acts.prompts(stage, "kiran")
    await acts.jump(stage, MONDAY + timedelta(days=14) + acts.IN_KOLKATA)
    await kiran.presses("Change my answer", message=old)
    assert "A newer round has begun" in acts.told(stage, "kiran")


async def test_a_form_left_open_over_a_round_keeps_the_old_one_as_it_is(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    await kiran.presses("Answer")
    await kiran.fills(win="Two weeks late.")
    await acts.jump(stage, MONDAY + timedelta(days=14) + acts.IN_KOLKATA)
    await kiran.submits()
    assert "A newer round has begun" in kiran.sees()
    await kiran.closes()
    assert "Two weeks late." in kiran.sees()  # what was typed is still there, to be copied
    assert await acts.rows(stage, "check_in") == []


async def test_what_was_learned_is_asked_every_second_time(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/checkin")
    assert "What I learned" not in kiran.sees()
    await kiran.closes()
    await acts.monday(stage)
    await kiran.presses("Answer")
    assert "What I learned" in kiran.sees()
    await kiran.submits(learned="To ask sooner.")
    assert kiran.errors == {}
    await kiran.closes()
    assert [row.learned for row in await acts.rows(stage, "check_in")] == ["To ask sooner."]
    for line in ("/checkin", "/checkin history"):
        await kiran.types(line)
        assert "To ask sooner." in kiran.sees()
        await kiran.closes()
    mats = stage.person("mats")
    await mats.types("/ladder read")
    assert "To ask sooner." in mats.sees()
    await mats.submits(reply="So did I.")
    await kiran.presses("Read the reply")
    assert "To ask sooner." in kiran.sees()
    await kiran.closes()
    await acts.jump(stage, MONDAY + timedelta(days=14) + acts.IN_KOLKATA)
    await kiran.types("/checkin")
    assert "What I learned" not in kiran.sees()


async def test_milestones_that_moved_are_kept(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    await kiran.presses("Answer")
    asked = [block["block_id"] for block in kiran.modal["blocks"] if block["block_id"].startswith("moved:")]
    assert asked
    await kiran.submits(**{asked[0]: "I'm stuck here"})
    assert [row.moved for row in await acts.rows(stage, "milestone_progress")] == ["stuck"]
    await kiran.closes()
    await kiran.types("/checkin")
    assert "I'm stuck here" in kiran.sees()
    await kiran.submits(**{asked[0]: "Moved forward"})
    assert [row.moved for row in await acts.rows(stage, "milestone_progress")] == ["forward"]


async def test_the_history_shows_ones_own_words_newest_first(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/checkin history")
    assert "Nothing here yet" in kiran.sees()
    await kiran.types("/checkin")
    await kiran.submits(win="Before the first prompt.", privacy=["private"])
    await acts.monday(stage)
    await kiran.types("/checkin")
    await kiran.submits(obstacle="On Monday.")
    for line in ("/checkin history", "/checkin  HISTORY", "/ladder history"):
        await kiran.types(line)
        seen = kiran.sees()
        assert seen.index("On Monday.") < seen.index("Before the first prompt.")
        assert "kept to yourself" in seen


async def test_the_commands_have_words_of_ladder(stage: Stage) -> None:
    kiran = stage.person("kiran")
    for command, word in (("/checkin", "/ladder checkin"), ("/evidence", "/ladder evidence")):
        await kiran.types(command)
        drawn = kiran.modal["blocks"]
        await kiran.closes()
        await kiran.types(word)
        assert kiran.modal["blocks"] == drawn
        await kiran.closes()


@pytest.mark.parametrize("label", ANSWERS)
async def test_nobody_answers_for_somebody_else(stage: Stage, label: str) -> None:
    await acts.monday(stage)
    his = stage.person("kiran").press_payload(label)
    ours = await acts.kept(stage)
    for value in [his["actions"][0]["value"], *acts.JUNK]:
        await acts.sends(stage, acts.by(stage, "ravi", acts.with_value(his, value)))
        assert GONE in acts.told(stage, "ravi")
    assert len(stage.person("ravi").ephemerals) == 1 + len(acts.JUNK)
    assert stage.person("ravi").modal is None
    assert await acts.kept(stage) == ours


async def test_pressing_twice_is_pressing_once(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    press = kiran.press_payload("Nothing new")
    assert [await acts.sends(stage, press) for _ in range(3)] == [{}, {}, {}]
    assert len(await acts.rows(stage, "check_in")) == 1
    assert kiran.ephemerals == []
    await kiran.types("/checkin")
    await kiran.fills(win="Sent twice.")
    form = kiran.submit_payload()
    assert (await acts.sends(stage, form))["response_action"] == "update"
    await acts.sends(stage, form)
    (row,) = await acts.rows(stage, "check_in")
    assert (row.win, row.answer) == ("Sent twice.", "answered")


async def test_a_form_that_lost_its_date_says_so(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/checkin")
    await kiran.fills(win="Words.")
    form = kiran.submit_payload()
    for about in ("", "yesterday", "9999-12-31", "0001-01-01", "2026-13-40"):
        form["view"]["private_metadata"] = about
        assert (await acts.sends(stage, form))["response_action"] == "push"
    assert await acts.rows(stage, "check_in") == []

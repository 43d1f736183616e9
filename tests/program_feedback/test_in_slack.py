"""What members meet in Slack, and what it leaves behind: one sealed row, and no trace of who was there."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import sealing
from bot.app import Ladderbot
from bot.rules import feedback_forms, program_feedback
from bot.rules.cadence import DAY
from bot.services.feedback_cycles import OPENED
from bot.services.feedback_forms import REMINDER
from bot.views import program_feedback as views
from story.stage import Stage
from tests.handlers import acts, hostile
from tests.handlers.hostile import TEXTS
from tests.program_feedback import stages
from tests.program_feedback.stages import CONTACT
from tests.support import engines

AN_HOUR = timedelta(hours=1)
FORM = {"text1": "The mentors.", "text2": "The waiting.", "choice": "4", "failure": views.CANNOT_SAY}


async def places(stage: Stage, folder: Path) -> list[dict[str, object]]:
    """What is in the one box, opened with the key that nobody but the release uses."""
    (box,) = await stages.boxes(stage)
    private = sealing.kept(folder / f"{box.cycle_id}{sealing.PRIVATE}")
    assert private is not None
    sealed = (box.box1, box.box2, box.box3)
    return [json.loads(sealing.open(private, one, box.cycle_id.encode())) for one in sealed]


async def test_the_form_says_all_it_has_to_before_anybody_writes(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.types("/program-feedback")
    said = ana.sees()
    order = [
        f"Not for emergencies, and not about a person: {CONTACT} answers within a day.",
        "cannot see who wrote what", "Slack carries your form", "only when at least 5 people answered",
        "Inês Carvalho and Mats Lindqvist", "14 people can take part now", "notes alone seldom reach 5",
        "the last three things you send before Monday 28 December; we cannot show them to you",
        "nothing can be taken back", *program_feedback.ITEMS.values(),
    ]  # fmt: skip
    found = [said.index(one) for one in order]
    assert found == sorted(found)
    assert not any(element.get("initial_option") for element in (b.get("element", {}) for b in ana.modal["blocks"]))


async def test_sending_and_taking_back_leave_nothing_but_the_box(stage: Stage, folder: Path) -> None:
    ana = stage.person("ana")
    before, since, posted = await stages.kept(stage), len(stage.slack.history), len(stage.slack.posted("ana"))
    receipt = await stages.sends(ana, **FORM)
    after = await stages.kept(stage)
    assert [len(rows.pop("fb_box")) for rows in (before, after)] == [0, 1]
    assert after == before
    newest, *rest = await places(stage, folder)
    assert newest["texts"] == ["The mentors.", "The waiting."]
    assert newest["ratings"] == {"choice": 4}
    assert [one["texts"] for one in rest] == [["", ""], ["", ""]]
    assert len(receipt.replace(" ", "")) == 26

    await ana.types("/ladder program-feedback")
    await ana.presses("Take back everything I sent in this cycle")
    assert "is gone, and nobody has read it" in ana.sees()
    await ana.closes(everything=True)
    assert await stages.boxes(stage) == []
    assert {one.method for one in stages.calls(stage, since)} <= {"auth.test", "views.open", "views.push"}
    assert len(stage.slack.posted("ana")) == posted
    assert ana.ephemerals == []
    assert receipt not in str([one.args for one in stages.calls(stage, since)][2:])


@pytest.fixture
async def twice(either: Stage) -> AsyncIterator[Stage]:
    """Two processes of the bot, on one database and behind one Slack: what is sent goes to either."""
    db = engines.database(either.db.engine.url.render_as_string(hide_password=False))
    async with Ladderbot(either.bot.settings, db, either.clock, is_ticking=False):
        await either.slack.connected()
        yield either
    await db.close()


async def test_however_often_and_wherever_it_arrives_there_is_one_box(twice: Stage, folder: Path) -> None:
    ana = twice.person("ana")
    await ana.types("/program-feedback")
    await ana.fills(text1="first")
    form = ana.submit_payload()
    answers = await asyncio.gather(*(twice.slack.deliver("interactive", form) for _ in range(5)))
    shown = {str(one.ack["view"]["blocks"][1]) for one in answers if one.ack}
    assert len(shown) == 1, "the receipt is the same, whichever answer is the one that is seen"
    last = acts.typed(form, text1="last")
    for _ in range(3):
        await acts.sends(twice, last)
    assert (await places(twice, folder))[0]["texts"] == ["last", ""]


async def test_what_cannot_be_sent_says_so_and_loses_nothing(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.types("/program-feedback")
    await ana.submits()
    assert ana.errors == {"text1": program_feedback.NOTHING_GIVEN}
    too_long = acts.typed(ana.submit_payload(), text2="a" * 3_001)
    assert await acts.sends(stage, too_long) == {
        "response_action": "errors", "errors": {"text2": program_feedback.TOO_LONG},
    }  # fmt: skip
    await ana.fills(text1="Almost.")
    form = ana.submit_payload()
    closes = stages.nine((await stages.cycle(stage)).closes)
    for moment in (closes - DAY, closes - AN_HOUR):  # the last nine o'clock before it is opened, and its last morning
        await acts.jump(stage, moment)
    answer = await acts.sends(stage, form)
    assert answer["response_action"] in ("errors", "push"), "the form stays as it is"
    assert "has closed meanwhile" in str(answer)
    await ana.closes(everything=True)
    await ana.types("/program-feedback")
    assert "This cycle has closed" in ana.sees()
    assert await stages.boxes(stage) == []


async def test_nothing_is_taken_from_a_command(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.types("/program-feedback my manager is a canary")
    assert "What followed the command was not taken" in ana.sees()
    assert "canary" not in ana.sees()


async def test_who_reads_it_may_send_and_hears_what_that_means(stage: Stage, folder: Path) -> None:
    mats = stage.person("mats")
    await mats.types("/program-feedback")
    assert "You are one of its readers" in mats.sees()
    await mats.submits(**FORM)
    assert (await places(stage, folder))[0]["viewer"] is True


async def test_when_there_is_no_form_it_says_why_and_when(stage: Stage) -> None:
    await acts.newcomer(stage, "newcomer")
    newcomer = stage.person("newcomer")
    await newcomer.types("/program-feedback")
    assert "for members who have been in the program for 30 days" in newcomer.sees()
    assert newcomer.ephemerals == []
    await stages.closes(stage)  # nobody has answered, so it is open for another window
    await acts.newcomer(stage, "guest")
    await stage.person("guest").types("/program-feedback")
    assert acts.GUEST in acts.told(stage, "guest")


async def test_texts_with_which_somebody_may_want_to_hurt(stage: Stage, folder: Path) -> None:
    ana = stage.person("ana")
    await ana.types("/program-feedback")
    await ana.fills(text1="x")
    form = ana.submit_payload()
    for name, text in TEXTS.items():
        answer = await acts.sends(stage, acts.typed(form, text1=text))
        if hostile.kept(text):
            assert answer["response_action"] == "update", name
            assert (await places(stage, folder))[0]["texts"] == [hostile.kept(text), ""], name
    hostile.check_nothing_happened(stage)


async def heard(stage: Stage, kind: str) -> set[str]:
    """Who is owed this, or has had it."""
    return {str(row.recipient) for row in (await stages.kept(stage))["outbox"] if row.kind == kind}


async def test_everybody_hears_alike_that_it_opens_and_will_close(stage: Stage) -> None:
    """Whoever has answered by the time of the reminder gets it as all others do, and reads why."""
    everybody = await heard(stage, OPENED)
    assert len(everybody) == 14
    for name in stages.WRITERS:
        await stages.sends(stage.person(name), text1="Done.")
    closes = (await stages.cycle(stage)).closes
    await acts.jump(stage, stages.nine(closes - feedback_forms.REMINDS))
    assert await heard(stage, REMINDER) == everybody
    await acts.jump(stage, stages.nine(closes - feedback_forms.REMINDS + 2 * DAY))
    rows = [row for row in (await stages.kept(stage))["outbox"] if row.kind == REMINDER]
    assert len(rows) == len(everybody), "once"


async def test_home_says_the_same_to_whoever_has_answered_and_whoever_has_not(stage: Stage) -> None:
    ana, kiran = stage.person("ana"), stage.person("kiran")
    await stages.sends(ana, **FORM)
    lines = []
    for one in (ana, kiran):
        await one.opens_home()
        lines.append([block for block in one.home["blocks"] if block["block_id"].startswith("feedback")])
    assert lines[0] == lines[1] != []
    await kiran.presses("Give program feedback")
    assert "Not for emergencies" in kiran.sees()

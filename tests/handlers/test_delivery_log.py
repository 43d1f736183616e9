"""Owners ask whether messages arrived: in Home, in an answer while nothing leaves, for one person; and send again."""

from datetime import timedelta

from sandbox import Fault
from story.stage import Actor, Stage
from tests.handlers import acts
from tests.handlers.test_program import looks

POST = "chat.postMessage"


async def opens(stage: Stage) -> Actor:
    ines = await looks(stage)
    await ines.presses("Look", surface="home", block_id="reach")
    return ines


async def fails(stage: Stage, error: str = "messages_tab_disabled") -> None:
    """Kiran's prompt of Monday does not arrive."""
    kiran = stage.slack.state.user("kiran")
    places = {kiran.id, stage.slack.state.dm(kiran.id).id}
    stage.slack.fault(Fault(POST, "error", error=error, times=1, match=lambda given: given.get("channel") in places))
    await acts.monday(stage)


async def test_what_failed_is_said_with_what_to_do_and_sent_again_once(stage: Stage, log: object) -> None:
    await fails(stage)
    log.clear()  # type: ignore[attr-defined]  # what is given up is an error in the log, as it is here
    assert acts.prompts(stage, "kiran") == []
    ines = await opens(stage)
    page = ines.sees()
    assert "3 sent" in page
    assert "The app's Messages tab is switched off. Switch it on" in page
    await ines.presses("One by one")
    assert "Check-in prompts for Kiran" in ines.sees()
    again = ines.press_payload("Send again")
    await acts.sends(stage, again)
    await acts.sends(stage, again)
    assert len(acts.prompts(stage, "kiran")) == 1
    assert "Nothing failed" in ines.sees()
    (look,) = await acts.rows(stage, "look")
    assert (look.thing, look.because) == ("messages", "owner")


async def test_what_is_over_is_not_sent_again_and_says_so(stage: Stage, log: object) -> None:
    await fails(stage)
    log.clear()  # type: ignore[attr-defined]
    await stage.person("kiran").types("/checkin")
    await stage.person("kiran").submits(win="Found it.")
    ines = await opens(stage)
    await ines.presses("One by one")
    await acts.jump(stage, stage.clock.now() + timedelta(days=15))
    await ines.presses("Send again")
    assert "of no use any more" in ines.sees()


async def test_of_one_person_and_nobody_but_an_owner(stage: Stage) -> None:
    await acts.monday(stage)
    ines = await opens(stage)
    await ines.presses("One person")
    await ines.submits(who=["kiran"])
    assert "Check-in prompts, sent" in ines.sees()
    await stage.person("tom").types("/ladder sent")
    assert acts.NOT_OPEN in acts.told(stage, "tom")
    await stage.person("kiran").types("/ladder data")
    await stage.person("kiran").presses("Who looked")
    assert "Which messages you were sent, and when" in stage.person("kiran").sees()
    assert "as an owner of the program" in stage.person("kiran").sees()


async def test_while_the_token_is_refused_the_answer_to_a_command_still_says_so(stage: Stage, log: object) -> None:
    ines = stage.person("ines")
    await ines.types("/ladder help")
    stage.slack.fault(Fault("*", "error", error="invalid_auth"))
    await acts.monday(stage)
    await ines.types("/ladder sent")
    said = acts.told(stage, "ines")
    assert "Nothing leaves at the moment.* Slack does not accept my token." in said
    assert "4 waiting" in said
    log.clear()  # type: ignore[attr-defined]

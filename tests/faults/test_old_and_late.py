"""F13–F15: old forms, buttons of long gone things, and Slack's refusals around windows: a sentence, never silence."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.clock import StandingClock
from bot.database import Database
from bot.handlers.errors import CHANGED, TOO_LATE
from bot.services.check_ins import GONE
from bot.views import notices
from sandbox import Fault, Persona
from story import stage
from story.stage import Stage
from tests.faults import crowd


@pytest.fixture
async def scene(engine: str, db: Database, clock: StandingClock) -> AsyncIterator[Stage]:
    """Socket Mode on the one engine, signed HTTP on the other."""
    known = crowd.users(1)
    await crowd.load_framework(db, clock.now())
    await crowd.owe_prompts(db, await crowd.enrol(db, known), at=clock.now())
    async with stage.opened(db, clock, uses_http=engine == "postgresql", slack=stage.workspace(clock, known)) as opened:
        await opened.bot.engine.settle()
        yield opened


@pytest.fixture
def person(scene: Stage) -> Persona:
    return scene.slack.persona("c0000")


async def test_a_form_of_an_older_release_shows_what_was_typed(scene: Stage, person: Persona) -> None:
    await person.types("/checkin")
    await person.fills(win="I <b>finished</b> the thing & more")
    payload = person.submit_payload()
    payload["view"]["callback_id"] = "check_in.v0"
    delivered = await scene.slack.deliver("interactive", payload)
    assert delivered.ack is not None
    assert delivered.ack["response_action"] == "update"
    shown = str(delivered.ack["view"])
    assert "This form has changed" in shown
    assert "I <b>finished</b> the thing & more" in shown


@pytest.mark.parametrize("about", [{"callback_id": "evidence.v0"}, {"private_metadata": "not a date"}])
async def test_a_form_that_has_lost_its_way_gets_a_sentence(scene: Stage, person: Persona, about: Any) -> None:
    await person.types("/checkin")
    payload = person.submit_payload()
    payload["view"].update(about)
    delivered = await scene.slack.deliver("interactive", payload)
    assert delivered.ack is not None
    assert "open it again" in str(delivered.ack)


NOBODYS = "0" * 31 + "7"
GONE_THINGS = (
    ("check_in.answer", NOBODYS, GONE),
    ("check_in.skip", NOBODYS, GONE),
    ("check_in.tomorrow", "not an id \x00", GONE),
    ("evidence.open", NOBODYS, ""),
    ("evidence.edit", NOBODYS, ""),
    ("a.feature.of.2024", "1", notices.OLD_BUTTON),
)


@pytest.mark.parametrize(("action", "value", "sentence"), GONE_THINGS)
async def test_a_button_of_something_long_gone_explains_itself(
    scene: Stage, person: Persona, action: str, value: str, sentence: str
) -> None:
    payload = person.press_payload("Answer", surface="message")
    payload["actions"][0].update(action_id=action, value=value)
    delivered = await scene.slack.deliver("interactive", payload)
    assert delivered.ack == {}
    assert sentence in str(person.ephemerals[-1])
    assert "reference" not in str(person.ephemerals[-1])
    assert person.modal is None


LATE = ["expired_trigger_id", "exchanged_trigger_id", "trigger_expired"]
STALE = ["hash_conflict", "view_too_large", "push_limit_reached"]


@pytest.mark.parametrize("error", [*LATE, *STALE])
async def test_a_window_that_slack_will_not_open_is_explained(scene: Stage, person: Persona, error: str) -> None:
    """From a button: an ephemeral message, with the same button when it was only too late."""
    scene.slack.fault(Fault("views.open", "error", error=error, times=1))
    await person.presses("Answer", surface="message")
    said = person.ephemerals[-1]
    assert (TOO_LATE if error in LATE else CHANGED) in str(said)
    if error in LATE:
        await person.presses("Answer", message=said)
        assert person.modal is not None


@pytest.mark.parametrize("error", [*LATE, *STALE])
async def test_a_command_that_slack_gives_no_window_is_explained(scene: Stage, person: Persona, error: str) -> None:
    scene.slack.fault(Fault("views.open", "error", error=error, times=1))
    answer = await person.types("/checkin")
    assert (TOO_LATE if error in LATE else CHANGED) in str(answer)
    if error in LATE:
        await person.presses("Open my check-in", message=person.ephemerals[-1])
        assert person.modal is not None

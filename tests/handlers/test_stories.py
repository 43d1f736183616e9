"""A success story: offered, answered, read by everybody, and gone as soon as its author wants it gone."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from bot.clock import StandingClock
from bot.models.messages import Outbox
from bot.models.people import Person
from bot.services import keeping
from bot.views.stories import GONE
from sandbox import Channel, Fault
from story import stage as stages
from story.stage import Actor, Stage
from tests.handlers import acts, hostile
from tests.handlers.hostile import TEXTS, TOO_LONG
from tests.support import engines

POST = "chat.postMessage"
DID, HELPED = "I moved billing to events, alone at first.", "A second pair of eyes on every Friday."
CHANNEL = "C0GENERAL"


@pytest.fixture
async def stage(friday: str, clock: StandingClock) -> AsyncIterator[Stage]:
    """The stage, in a company where the program has a channel."""
    db = engines.database(friday)
    slack = stages.workspace(clock, channels=[Channel(id=CHANNEL, name="general")], rate_limits=False)
    async with stages.opened(db, clock, slack=slack, program_channel=CHANNEL) as opened:
        yield opened
    await db.close()


async def offers(kiran: Actor, did: str = DID, helped: str = HELPED) -> None:
    await kiran.types("/ladder story")
    await kiran.submits(did=did, helped=helped)


async def answers(ines: Actor, verdict: str, note: str = "") -> None:
    await ines.presses("Read it")
    await ines.submits(verdict=verdict, note=note)
    await ines.closes(everything=True)


def in_channel(stage: Stage) -> list[dict[str, Any]]:
    """What the bot has said in the channel, as it stands now."""
    return list(stage.slack.state.conversations[CHANNEL].messages.values())


async def story(stage: Stage) -> Any:
    (row,) = await acts.rows(stage, "success_story")
    return row


async def test_a_story_is_offered_published_read_and_withdrawn(stage: Stage) -> None:
    kiran, ines, tom = (stage.person(name) for name in ("kiran", "ines", "tom"))
    await kiran.types("/ladder story")
    form = kiran.sees()
    assert "Inês Carvalho first, to say yes or no" in form
    assert "carries your name" in form
    assert "withdraw it at any time" in form
    await kiran.submits(did=DID, helped=HELPED)
    assert "Thank you" in kiran.sees()
    await kiran.closes()
    asked = str(ines.messages[-1])
    assert "offers a success story about" in asked
    assert DID not in asked
    await ines.presses("Read it")
    assert DID in ines.sees()
    assert HELPED in ines.sees()
    await ines.submits(verdict="publish")
    await ines.closes(everything=True)
    assert "is published. Thank you" in str(kiran.messages[-1])
    (named,) = in_channel(stage)
    assert "tells a success story" in named["text"]
    assert DID not in str(named)
    old = tom.press_payload("Read it", message=named)
    await tom.presses("Read it", message=named)
    assert DID in tom.sees()
    assert "Withdraw" not in tom.sees()
    await tom.closes(everything=True)
    await tom.types("/ladder stories")
    assert "No story yet." in tom.sees(), "every track has its place"
    await tom.presses("Read")
    await tom.presses("Read")
    assert HELPED in tom.sees()
    await tom.closes(everything=True)

    await kiran.presses("Look at it")
    await kiran.presses("Withdraw it")
    assert "It is gone" in kiran.sees()
    assert [one["text"] for one in in_channel(stage)] == [GONE]
    assert "Kiran" not in str(in_channel(stage))
    row = await story(stage)
    assert (row.did, row.helped, row.note, row.state) == ("", "", "", "withdrawn")
    await acts.sends(stage, acts.by(stage, "tom", old))
    assert "has withdrawn this story" in tom.sees()
    await tom.types("/ladder stories")
    assert "1 story" not in tom.sees()
    who = await acts.rows(stage, "look")
    assert [(row.thing, row.because) for row in who] == [("story", "owner")], "reading what is published is no look"


async def test_a_withdrawal_reaches_the_channel_long_after_the_outbox_has_forgotten(stage: Stage) -> None:
    kiran, ines = stage.person("kiran"), stage.person("ines")
    await offers(kiran)
    await answers(ines, "publish")
    async with stage.db.writing() as session:
        await session.execute(delete(Outbox))
    await kiran.types("/ladder stories")
    await kiran.presses("Look")
    await kiran.presses("Withdraw it")
    assert [one["text"] for one in in_channel(stage)] == [GONE]


async def test_erasing_its_author_withdraws_a_story_everywhere(stage: Stage) -> None:
    kiran, ines = stage.person("kiran"), stage.person("ines")
    await offers(kiran)
    await answers(ines, "publish")
    async with stage.db.writing() as session:
        author = await session.scalar(select(Person.id).where(Person.slack_id == kiran.id))
        assert author is not None
        await keeping.erase(session, author, now=stage.clock.now())
    await stages.settle(stage.bot)
    assert [one["text"] for one in in_channel(stage)] == [GONE]
    row = await story(stage)
    assert (row.did, row.helped, row.state) == ("", "", "withdrawn")


async def test_owners_change_no_word_and_publish_what_they_have_read(stage: Stage) -> None:
    kiran, ines = stage.person("kiran"), stage.person("ines")
    await offers(kiran)
    await ines.presses("Read it")
    await ines.submits(verdict="changes")
    assert ines.errors == {"note": "Say what would make it ready, so that it can be changed."}
    await ines.submits(verdict="changes", note="Which event?")
    await ines.closes(everything=True)
    assert "Which event?" not in str(kiran.messages)
    await kiran.presses("See what")
    assert "Which event?" in kiran.sees()
    await kiran.submits(did=f"{DID} Orders.")
    await kiran.closes()
    await ines.presses("Read it")
    assert "Orders." in ines.sees()
    await kiran.types("/ladder stories")
    await kiran.presses("Look")
    await kiran.presses("Change it")
    await kiran.submits(did="Only this.")
    await ines.submits(verdict="publish")
    assert "has changed this story since you opened it" in ines.sees()
    assert (await story(stage)).state == "offered"
    await ines.closes(everything=True)
    await answers(ines, "decline", "Lovely; please tell it at the next meeting.")
    assert "Thank you for offering" in str(kiran.messages[-1])
    assert in_channel(stage) == []


async def test_a_channel_that_does_not_take_it_is_told_with_what_to_do_and_it_is_sent_again(stage: Stage) -> None:
    kiran, ines = stage.person("kiran"), stage.person("ines")
    await offers(kiran)
    for error in ("not_in_channel", "is_archived"):
        stage.slack.fault(
            Fault(POST, "error", error=error, times=1, match=lambda given: given.get("channel") == CHANNEL)
        )
    await answers(ines, "publish")
    assert in_channel(stage) == []
    assert "I am not in that channel. Open the channel in Slack and type `/invite" in ines.messages[-1]["text"]
    assert stage.bot.engine.trouble is None, "everything else goes on"
    press = ines.press_payload("Send again")
    await acts.sends(stage, press)
    await acts.sends(stage, press)
    assert "That channel is archived." in ines.messages[-1]["text"]
    await ines.closes(everything=True)
    await ines.presses("Send again")
    assert [one["text"][:6] for one in in_channel(stage)] == ["*Kiran"]
    await ines.closes(everything=True)
    await acts.sends(stage, acts.by(stage, "ines", press))
    assert "It has arrived by now" in ines.sees()


async def test_what_asks_too_much_of_an_owners_day_waits_in_the_list(stage: Stage) -> None:
    ines = stage.person("ines")
    for name in ("kiran", "ravi", "sam"):
        await offers(stage.person(name))
    assert len([one for one in stage.slack.posted("ines") if "offers a success story" in str(one.message)]) == 2
    await acts.jump(stage, acts.MONDAY + timedelta(hours=12))
    listed = next(one.message for one in stage.slack.posted("ines") if "Good morning" in str(one.message))
    assert "offers a success story: " in str(listed)
    await ines.presses("Read it", message=listed)
    assert DID in ines.sees()


async def test_what_people_type_into_a_story_does_nothing(stage: Stage) -> None:
    kiran, ines, tom = (stage.person(name) for name in ("kiran", "ines", "tom"))
    await offers(kiran, "First.", "First.")
    for name, text in TEXTS.items():
        kept = hostile.kept(text)
        await kiran.types("/ladder stories")
        await kiran.presses("Look")
        await kiran.presses("Change it")
        await kiran.submits(did=text[:2_000], helped=text[:2_000])
        if not kept:
            assert list(kiran.errors) == ["did"], name
        await kiran.closes(everything=True)
    for text in list(TOO_LONG.values())[:3]:
        await kiran.types("/ladder story")
        await kiran.fills(did="Short.", helped="Short.")
        await acts.sends(stage, acts.typed(kiran.submit_payload(), did=text))
        await kiran.closes(everything=True)
    await ines.presses("Read it")
    await ines.submits(verdict="publish", note=TEXTS["1 channel"])
    await tom.presses("Read it", message=in_channel(stage)[0])
    assert hostile.notices(kiran, ines, tom) == []
    hostile.check_nothing_happened(stage)

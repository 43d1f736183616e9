"""A thanks: read by one, published where both agree, and gone as soon as either wants it gone."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import delete, select

from bot.clock import StandingClock
from bot.models.messages import Outbox
from bot.models.people import Person
from bot.services import keeping
from bot.views.recognition import GONE
from sandbox import Channel
from story import stage as stages
from story.stage import Actor, Stage
from tests.handlers import acts, hostile
from tests.handlers.hostile import TEXTS
from tests.support import engines

DID, CHANGED = "You sat with me through the whole outage.", "I would do the next one alone."
CHANNEL = "C0GENERAL"


@pytest.fixture
async def stage(friday: str, clock: StandingClock) -> AsyncIterator[Stage]:
    """The stage, in a company where the program has a channel."""
    db = engines.database(friday)
    slack = stages.workspace(clock, channels=[Channel(id=CHANNEL, name="general")], rate_limits=False)
    async with stages.opened(db, clock, slack=slack, program_channel=CHANNEL) as opened:
        yield opened
    await db.close()


async def thanks(kiran: Actor, *, audience: str = "all", did: str = DID) -> None:
    await kiran.types(f"/ladder thanks @noor {did}")
    await kiran.submits(competency="peer-mentoring", audience=audience)
    await kiran.closes()


def in_channel(stage: Stage) -> list[dict[str, Any]]:
    """What the bot has said in the channel, as it stands now."""
    return list(stage.slack.state.conversations[CHANNEL].messages.values())


async def test_a_thanks_is_public_only_while_both_agree(stage: Stage) -> None:
    kiran, noor, tom = (stage.person(name) for name in ("kiran", "noor", "tom"))
    await kiran.types("/ladder thanks")
    await kiran.presses("Thank somebody")
    await kiran.submits(receiver=["kiran"])
    assert "goes to somebody else" in kiran.errors["receiver"]
    await kiran.submits(receiver=["noor"])
    assert "Signed with your name. Noor Haddad will read it." in kiran.sees()
    await kiran.submits(did=DID, changed=CHANGED, competency="peer-mentoring")
    await kiran.closes(everything=True)
    heard = str(noor.messages[-1])
    assert "thanks you for something you did: Peer mentoring" in heard
    assert DID not in heard
    assert in_channel(stage) == []
    await noor.presses("Read it")
    assert CHANGED in noor.sees()
    await acts.sends(stage, acts.by(stage, "tom", noor.press_payload("Let others read it")))
    assert in_channel(stage) == []
    await noor.presses("Let others read it")
    await noor.closes(everything=True)
    (named,) = in_channel(stage)
    assert "*Kiran Deshpande* thanks *Noor Haddad*: Peer mentoring" in named["text"]
    assert DID not in str(named)
    await tom.presses("Read it", message=named)
    assert DID in tom.sees()
    assert "Withdraw" not in tom.sees()
    await tom.closes(everything=True)

    async with stage.db.writing() as session:
        await session.execute(delete(Outbox))  # long after it has forgotten
    await kiran.types("/ladder thanks")
    await kiran.presses("Read")
    await kiran.presses("Withdraw it")
    await kiran.presses("All my thanks")
    assert "Noor Haddad" not in kiran.sees()
    assert [one["text"] for one in in_channel(stage)] == [GONE]
    assert "Noor" not in str(in_channel(stage))
    (row,) = await acts.rows(stage, "recognition")
    assert (row.did, row.changed, row.state) == ("", "", "withdrawn")
    await noor.presses("Read it")
    assert "has withdrawn this thanks" in noor.sees()


async def test_who_keeps_it_is_not_told_of_and_what_is_for_one_alone_stays_so(stage: Stage) -> None:
    kiran, noor = stage.person("kiran"), stage.person("noor")
    await thanks(kiran)
    await noor.presses("Read it")
    assert DID in noor.sees()
    assert "What changed" not in noor.sees(), "one sentence is a thanks"
    await noor.closes(everything=True)
    await kiran.types("/ladder thanks")
    await kiran.presses("Read")
    assert "Whether others read it is theirs to say" in kiran.sees()
    await kiran.closes(everything=True)
    assert acts.heard(stage, "kiran") == ""
    for text in TEXTS.values():
        await thanks(kiran, audience="one", did=f"{text[:1_000]}.")
    await noor.presses("Read it")
    assert "Let others read it" not in noor.sees()
    hostile.check_nothing_happened(stage)


async def test_erasing_either_of_the_two_withdraws_it_everywhere(stage: Stage) -> None:
    kiran, noor = stage.person("kiran"), stage.person("noor")
    await thanks(kiran)
    await noor.presses("Read it")
    await noor.presses("Let others read it")
    async with stage.db.writing() as session:
        giver = await session.scalar(select(Person.id).where(Person.slack_id == kiran.id))
        assert giver is not None
        await keeping.erase(session, giver, now=stage.clock.now())
    await stages.settle(stage.bot)
    assert [one["text"] for one in in_channel(stage)] == [GONE]

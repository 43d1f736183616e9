"""You said, we did: promised by an owner, read by everybody, brought back on its day, kept or dropped."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.clock import StandingClock
from sandbox import Channel
from story import stage as stages
from story.stage import Stage
from tests.handlers import acts
from tests.handlers.conftest import FRIDAY
from tests.support import engines

SAID, DID = "Reviews take weeks.", "Two more reviewers for each track."
CHANNEL = "C0GENERAL"


@pytest.fixture
async def public(friday: str, clock: StandingClock) -> AsyncIterator[Stage]:
    """The stage where the program has a channel."""
    db, channel = engines.database(friday), Channel(id=CHANNEL, name="general")
    slack = stages.workspace(clock, channels=[channel], rate_limits=False)
    async with stages.opened(db, clock, slack=slack, program_channel=CHANNEL) as opened:
        yield opened
    await db.close()


async def promise(stage: Stage, *, days: int = 7) -> None:
    ines = stage.person("ines")
    await ines.types("/ladder promises")
    await ines.presses("New promise")
    await ines.submits(said=SAID, did=DID, due_on=(FRIDAY + timedelta(days=days)).date())
    assert f"We do: {DID} (by Friday 20 November)" in ines.sees()
    await ines.closes(everything=True)


async def close(stage: Stage, label: str, **typed: str) -> None:
    ines = stage.person("ines")
    await ines.types("/ladder promises")
    await ines.chooses("promises.close", label)
    await ines.submits(**typed)
    await ines.closes(everything=True)


async def test_what_is_promised_stands_in_the_channel_and_in_every_home_until_it_is_kept(public: Stage) -> None:
    await promise(public)
    (posted,) = public.slack.posted(CHANNEL)
    assert f"*You said:* {SAID}\n*We do:* {DID} (by 20 November 2026)" in posted.message["text"]
    ana = public.person("ana")
    await ana.opens_home()
    assert DID in ana.sees("home")
    await ana.presses("See all", surface="home")
    assert "New promise" not in ana.sees()
    await close(public, "We did it", did="Reviews take three days now.")
    assert "*We did:* Reviews take three days now." in public.slack.posted(CHANNEL)[-1].message["text"]
    assert "your receipt" not in ana.sees()
    assert "whether this fixed it" in str(public.slack.posted(CHANNEL)[-1].message["blocks"])
    await ana.opens_home()
    assert "We did: Reviews take three days now." in ana.sees("home")


async def test_it_comes_back_to_the_owner_on_its_day_and_no_more_once_it_is_dropped(stage: Stage) -> None:
    await promise(stage)
    ines = stage.person("ines")
    await acts.jump(stage, FRIDAY + timedelta(days=6))
    assert "A promise of yours" not in acts.heard(stage, "ines")
    await acts.jump(stage, FRIDAY + timedelta(days=7))
    assert "A promise of yours about the program is due today" in acts.heard(stage, "ines")
    assert SAID not in acts.heard(stage, "ines")
    await close(stage, "It will not happen", why_not="Nobody has the time.")
    await ines.types("/ladder promises")
    assert "Why: Nobody has the time." in ines.sees()
    heard = acts.heard(stage, "ines").count("A promise of yours")
    await acts.jump(stage, FRIDAY + timedelta(days=28))
    assert acts.heard(stage, "ines").count("A promise of yours") == heard

"""Deputies: who reads for a manager who is away, what they may and may not, and that it ends at once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from story.stage import Stage
from tests.handlers import acts, hostile
from tests.handlers.test_reading import answered

TUESDAY = datetime(2026, 11, 17, 5, tzinfo=UTC)  # nine in Dubai, where Noor is
WEDNESDAY = datetime(2026, 11, 18, 5, tzinfo=UTC)


async def away(stage: Stage, *, until: str = "27 November") -> None:
    await stage.person("mats").types(f"/ladder pause until {until}")


async def test_a_deputy_reads_what_came_in_while_the_manager_is_away(either: Stage) -> None:
    mats, noor = either.person("mats"), either.person("noor")
    await answered(either, "kiran")
    await acts.jump(either, either.clock.now() + timedelta(minutes=1))
    await mats.types("/ladder deputy @noor")
    assert "Noor Haddad reads for you, while you are away and only then" in acts.told(either, "mats")
    await acts.monday(either)
    assert "Mats Lindqvist named you as deputy" in noor.sees()
    await noor.types("/ladder read")
    assert "Nothing new to read." in noor.sees()
    await noor.closes()
    await away(either)
    ana = either.person("ana")
    await ana.types("/checkin")
    assert "Mats Lindqvist reads this; Noor Haddad may while Mats Lindqvist is away" in ana.sees()
    await ana.submits(win="CANARY of ana.")
    await answered(either, "noor")
    await noor.types("/ladder read")
    assert "CANARY of ana." in noor.sees()
    assert "You read this while Mats Lindqvist is away" in noor.sees()
    assert "This is the last." in noor.sees()  # neither what Kiran gave before nor her own
    assert "Talk about it" not in noor.sees()
    await noor.submits(reply="CANARY-REPLY.")
    assert "Nothing new to read." in noor.sees()
    await ana.closes()
    assert "Noor Haddad has read your check-in and replied" in ana.sees()
    looked = await acts.rows(either, "look")
    assert [row.because for row in looked if row.thing == "check-in"] == ["deputy"]


async def test_when_the_manager_is_back_it_ends_at_once(stage: Stage) -> None:
    mats, noor = stage.person("mats"), stage.person("noor")
    await mats.types("/ladder deputy @noor")
    await away(stage)
    await answered(stage, "ana", "kiran")
    await noor.opens_home()
    await noor.presses("My team", surface="home")
    assert "While Mats Lindqvist is away" in noor.sees("home")
    assert "Set away" not in str(noor.home)
    press = noor.press_payload("Read new check-ins", surface="home")
    await noor.types("/ladder read")
    form = noor.submit_payload()
    await mats.types("/ladder back")
    kept = await acts.rows(stage, "reading")
    assert acts.NOT_OPEN in str(await acts.sends(stage, form))
    await noor.closes()
    await acts.sends(stage, acts.by(stage, "noor", press))
    assert "Nothing new to read." in noor.sees()
    assert await acts.rows(stage, "reading") == kept
    await noor.closes()
    await noor.opens_home()
    assert "home.team" not in str(noor.home)


async def test_nobody_else_reads_with_the_payload_of_a_deputy(stage: Stage) -> None:
    await stage.person("mats").types("/ladder deputy @noor")
    await away(stage)
    await answered(stage, "ana")
    noor = stage.person("noor")
    await noor.types("/ladder read")
    form = noor.submit_payload()
    for name in ("lea", "kiran", "grace", "ines"):
        forged = acts.by(stage, name, form)
        forged["view"]["hash"] = name
        assert acts.NOT_OPEN in str(await acts.sends(stage, forged))
    assert await acts.rows(stage, "reading") == []


async def test_a_private_check_in_stays_private(stage: Stage) -> None:
    await stage.person("mats").types("/ladder deputy @noor")
    await away(stage)
    ana = stage.person("ana")
    await ana.types("/checkin")
    await ana.submits(win="For myself.", privacy=["private"])
    await stage.person("noor").types("/ladder read")
    assert "Nothing new to read." in stage.person("noor").sees()


async def test_help_wanted_and_the_week_reach_the_deputy_instead(stage: Stage) -> None:
    await stage.person("mats").types("/ladder deputy @noor")
    await away(stage)
    await acts.monday(stage)
    kiran = stage.person("kiran")
    await kiran.types("/checkin")
    await kiran.submits(help_wanted="CANARY-HELP.")
    noor = stage.person("noor")
    await stage.advance(TUESDAY + timedelta(minutes=5))
    assert "While Mats Lindqvist is away: Kiran Deshpande would welcome help." in noor.sees()
    await stage.advance(WEDNESDAY + timedelta(minutes=5))
    assert "While Mats Lindqvist is away: 1 thing of their people this week." in noor.sees()
    assert "CANARY" not in noor.sees()
    assert "of your people this week" not in stage.person("mats").sees()


async def test_without_an_absence_the_deputy_hears_nothing_but_the_naming(stage: Stage) -> None:
    await stage.person("mats").types("/ladder deputy @noor")
    await acts.monday(stage)
    await answered(stage, "kiran")
    await stage.advance(WEDNESDAY + timedelta(minutes=5))
    assert [one for one in stage.slack.posted("noor") if "While Mats" in str(one.message)] == []


async def test_the_form_names_changes_and_ends_it(stage: Stage) -> None:
    mats = stage.person("mats")
    await mats.opens_home()
    await mats.presses("My team", surface="home")
    assert "Nobody reads while you are away." in mats.sees("home")
    await mats.presses("Name a deputy", surface="home")
    await mats.submits(deputy=["noor"], until="2026-12-01")
    assert "Noor Haddad reads for you until Tuesday 1 December" in mats.sees()
    await mats.closes()
    await mats.presses("My team", surface="home")
    assert "Noor Haddad reads for you while you are away." in mats.sees("home")
    await mats.types("/ladder deputy")
    await mats.submits(deputy=[], until=None)
    assert "Nobody reads for you." in mats.sees()
    assert {row.until_on for row in await acts.rows(stage, "deputy")} == {date(2026, 11, 13)}


async def test_a_deputy_may_say_no_and_the_manager_hears_it(stage: Stage) -> None:
    mats, noor = stage.person("mats"), stage.person("noor")
    await mats.types("/ladder deputy @noor")
    await acts.monday(stage, at=timedelta(hours=9))
    press = noor.press_payload("I would rather not")
    for name in ("mats", "lea"):
        await acts.sends(stage, acts.by(stage, name, press))
        assert acts.NOT_OPEN in acts.told(stage, name)
    await noor.presses("I would rather not")
    assert "That is fine." in noor.sees()
    assert "Noor Haddad cannot stand in for you" in mats.sees()
    await mats.presses("Name a deputy")
    assert "[x] Noor" not in mats.sees()


@pytest.mark.parametrize("line", ["/ladder deputy @mats", "/ladder deputy @guest", "/ladder deputy @noor until 1999"])
async def test_who_or_what_makes_no_sense_is_refused_with_a_way_on(stage: Stage, line: str) -> None:
    await acts.newcomer(stage, "guest")
    await stage.person("mats").types(line)
    assert acts.told(stage, "mats").startswith(("You cannot stand in", "This is not a colleague", "Name a day"))
    await stage.person("kiran").types("/ladder deputy @noor")
    assert "Nobody reports to you" in acts.told(stage, "kiran")
    assert await acts.rows(stage, "deputy") == []
    hostile.check_nothing_happened(stage)

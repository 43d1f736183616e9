"""Being away as others see it: set by a manager or an owner, read off a status, and coming back."""

from datetime import UTC, datetime, timedelta

from bot.settings import AWAY_STATUSES
from story import stage as stages
from story.stage import Stage
from tests.handlers import acts, hostile
from tests.handlers.test_evidence import saved

MONDAY_AFTER = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)  # nine in Kolkata


async def test_a_manager_sets_somebody_away_who_hears_it_and_can_end_it(either: Stage) -> None:
    mats, kiran = either.person("mats"), either.person("kiran")
    await mats.types("/ladder away @kiran until 20 November")
    assert "I leave Kiran Deshpande in peace until Friday 20 November" in acts.told(either, "mats")
    await acts.jump(either, datetime(2026, 11, 16, 3, 0, tzinfo=UTC))  # it was evening in Kolkata
    assert "Mats Lindqvist has set you as away until Friday 20 November" in kiran.sees()
    assert "because Mats Lindqvist is your manager" in kiran.sees()
    await acts.monday(either)
    assert acts.prompts(either, "kiran") == []
    await kiran.presses("I am not away")
    assert "Prompts come as usual again" in kiran.sees()
    await acts.jump(either, either.clock.now() + timedelta(minutes=1))
    assert len(acts.prompts(either, "kiran")) == 1


async def test_the_line_of_the_team_opens_the_form_with_the_person_in_it(stage: Stage) -> None:
    grace = stage.person("grace")
    await grace.opens_home()
    await grace.presses("My team", surface="home")
    await grace.chooses("home.report", "Set away", block_id=line_of(stage, "Ravi Menon"))
    await grace.submits(until="2026-11-20")
    assert "I leave Ravi Menon in peace until Friday 20 November" in grace.sees()
    [absence] = await acts.rows(stage, "absence")
    assert (absence.until_on.day, absence.is_from_status) == (20, False)
    await grace.closes()
    await grace.presses("My team", surface="home")
    assert "away" in grace.sees("home")


def line_of(stage: Stage, name: str) -> str:
    """The block of Home that shows this person of the team."""
    blocks = stage.person("grace").home["blocks"]
    return str(next(one["block_id"] for one in blocks if name in str(one.get("text"))))


async def test_owners_can_and_others_cannot_whatever_they_send(stage: Stage) -> None:
    ines = stage.person("ines")
    await ines.types("/ladder away")
    await ines.submits(person=["zoe"], until="2026-11-20")
    assert "in peace until Friday 20 November" in ines.sees()
    await ines.closes()
    await ines.types("/ladder away")
    await ines.fills(person=["ana"])
    form = ines.submit_payload()
    chosen = form["view"]["state"]["values"]["person"]["person"]
    before = await acts.rows(stage, "absence")
    for name in ("grace", "kiran", "ana"):
        forged = acts.by(stage, name, form)
        forged["view"]["hash"] = f"{name} tries"
        if name != "ana":  # everybody may leave themselves in peace
            assert acts.NOT_OPEN in str(await acts.sends(stage, forged))
    for junk in ([], ["U0STRANGER"], ["U0KIRAN'; --"]):
        chosen["selected_users"] = junk
        form["view"]["hash"] = str(junk)
        assert list((await acts.sends(stage, form))["errors"]) == ["person"]
    await stage.person("grace").types("/ladder away @ana until Monday")
    assert acts.NOT_OPEN in acts.told(stage, "grace")
    await stage.person("mats").types("/ladder away @ana until yesterday")
    assert acts.told(stage, "mats").startswith("Name a day")
    assert await acts.rows(stage, "absence") == before
    hostile.check_nothing_happened(stage)


async def test_a_status_in_slack_leaves_somebody_in_peace_until_it_ends(either: Stage) -> None:
    expires = int(datetime(2026, 11, 18, 18, 30, tzinfo=UTC).timestamp())  # midnight in Kolkata
    await either.slack.change_user("kiran", status_emoji=AWAY_STATUSES[0], status_expiration=expires)
    await either.slack.change_user("ravi", status_emoji=":house_with_garden:")
    await acts.monday(either)
    assert acts.prompts(either, "kiran") == []
    assert len(acts.prompts(either, "ravi")) == 1
    await acts.jump(either, datetime(2026, 11, 19, 3, 30, tzinfo=UTC))
    assert len(acts.prompts(either, "kiran")) == 1


async def test_a_status_that_is_cleared_early_brings_the_prompt(stage: Stage) -> None:
    await stage.slack.change_user("kiran", status_emoji=AWAY_STATUSES[0], status_expiration=0)
    await acts.monday(stage)
    assert acts.prompts(stage, "kiran") == []
    await stage.slack.change_user("kiran", status_emoji="", status_expiration=0)
    await acts.jump(stage, stage.clock.now() + timedelta(minutes=1))
    assert len(acts.prompts(stage, "kiran")) == 1


async def test_a_return_from_leave_is_one_card(stage: Stage) -> None:
    """What waits, what has changed, and that nothing counted; not again the day after."""
    kiran = stage.person("kiran")
    await kiran.types("/ladder pause until 23 November")
    await saved(stage, "ravi", reviewers=["kiran", "mats"])
    await acts.monday(stage)
    assert acts.prompts(stage, "kiran") == []
    await stages.imports(stage, "kiran@manyways.example,grace@manyways.example,,")
    await stage.advance(MONDAY_AFTER - timedelta(seconds=1))
    assert cards(stage) == 0
    await stage.advance(MONDAY_AFTER + timedelta(hours=1))
    assert cards(stage) == 1
    seen = acts.heard(stage, "kiran")
    assert "Your manager is now *Grace Otieno*." in seen
    assert "Ravi Menon asks you to read: " in seen
    assert "Nothing counted against you" in seen
    await stage.advance(MONDAY_AFTER + timedelta(days=1, hours=1))
    assert cards(stage) == 1


def cards(stage: Stage) -> int:
    return sum("Welcome back, Kiran" in str(one.message) for one in stage.slack.posted("kiran"))


async def test_whoever_prolongs_their_leave_has_no_card_yet(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/ladder pause until 23 November")
    await stage.advance(MONDAY_AFTER - timedelta(hours=6))  # it is planned by now
    await kiran.types("/ladder pause until 26 November")
    await stage.advance(MONDAY_AFTER + timedelta(hours=6))
    assert cards(stage) == 0
    await stage.advance(MONDAY_AFTER + timedelta(days=3, hours=1))
    assert cards(stage) == 1

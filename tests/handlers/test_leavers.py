"""F16: somebody is deactivated in the middle of things. And whoever is away for long does not hold others up."""

from datetime import UTC, datetime, timedelta

from story.stage import Stage
from tests.handlers import acts
from tests.handlers.test_evidence import decides, saved, state
from tests.handlers.test_reading import answered

SIX_HOURS = timedelta(hours=6, minutes=1)


async def leaves(stage: Stage, name: str) -> None:
    await stage.slack.change_user(name, deleted=True)
    await later(stage, by=timedelta(hours=2))  # nine in New York, five in Nairobi


async def later(stage: Stage, by: timedelta = SIX_HOURS) -> None:
    await acts.jump(stage, stage.clock.now() + by)


async def reviewers(stage: Stage) -> list[tuple[str, str]]:
    names = {row.id: row.slack_id for row in await acts.rows(stage, "person")}
    found = [(str(names[row.reviewer_id]), str(row.verdict)) for row in await acts.rows(stage, "review")]
    return sorted(found)


async def test_the_open_reviews_of_a_leaver_go_to_their_manager(either: Stage) -> None:
    """Grace takes over from Pia; the author hears it without blame, and nobody writes to who has left."""
    ana = await saved(either, "ana", reviewers=["mats", "pia"], amount="6")
    before = len(either.slack.posted("pia"))
    await leaves(either, "pia")
    assert "Pia Rossi is no longer here, so Grace Otieno now reads your evidence" in ana.sees()
    grace = either.person("grace")
    assert "In place of Pia Rossi: Ana Pérez has evidence to be read" in grace.sees()
    assert "because Pia Rossi, who was asked, is no longer here" in grace.sees()
    assert len(either.slack.posted("pia")) == before
    assert await reviewers(either) == [("U0GRACE", "asked"), ("U0MATS", "asked"), ("U0PIA", "released")]
    await later(either)
    assert len(await reviewers(either)) == 3
    await decides(either, "mats", "Accept")
    await decides(either, "grace", "Accept")
    assert await state(either) == "accepted"


async def test_where_the_manager_cannot_the_author_is_asked_to_name_somebody_else(either: Stage) -> None:
    """Noor's manager Mats reviews it already; what one says alone declines nothing."""
    await saved(either, "kiran", reviewers=["mats", "noor"])
    await leaves(either, "noor")
    await acts.monday(either)
    assert "*Noor Haddad* is no longer here. The others you asked still read your" in acts.heard(either, "kiran")
    assert await reviewers(either) == [("U0MATS", "asked"), ("U0NOOR", "released")]
    assert await state(either) == "in review"


async def test_evidence_without_any_reviewer_waits_for_its_author(stage: Stage) -> None:
    kiran = await saved(stage, "kiran", reviewers=["noor"])
    mats = stage.person("mats")
    await mats.types("/ladder less")
    await mats.submits(topics=["reviews"])
    await leaves(stage, "noor")
    await acts.monday(stage)
    assert "is in need of one more reviewer" in acts.heard(stage, "kiran")
    assert await state(stage) == "needs a reviewer"
    await kiran.presses("Name somebody else")
    await kiran.submits(reviewers=["lea"])
    assert await state(stage) == "in review"
    await decides(stage, "lea", "Accept")
    assert await state(stage) == "accepted"


async def test_what_was_handed_on_stays_there_when_somebody_comes_back(stage: Stage) -> None:
    await saved(stage, "ana", reviewers=["mats", "pia"], amount="6")
    await leaves(stage, "pia")
    await stage.slack.change_user("pia", deleted=False)
    await later(stage)
    assert ("U0PIA", "released") in await reviewers(stage)
    await acts.monday(stage, at=timedelta(hours=9))
    assert len(acts.prompts(stage, "pia")) == 1


async def test_a_leaver_of_a_team_is_nowhere_and_what_they_gave_is_still_read(stage: Stage) -> None:
    await answered(stage, "kiran")
    await leaves(stage, "kiran")
    mats = stage.person("mats")
    await mats.opens_home()
    await mats.presses("My team", surface="home")
    assert "Kiran" not in mats.sees("home")


async def test_a_review_of_somebody_away_for_long_goes_to_their_deputy(stage: Stage) -> None:
    ana = await saved(stage, "ana", reviewers=["mats", "grace"], amount="6")
    grace, tom = stage.person("grace"), stage.person("tom")
    await grace.types("/ladder deputy @tom")
    await grace.types("/ladder pause until 30 November")
    await later(stage)
    assert "Grace Otieno is away for a while, so Tom Okafor now reads your evidence" in ana.sees()
    assert "In place of Grace Otieno" in tom.sees()
    assert ("U0TOM", "asked") in await reviewers(stage)
    assert "does not need your verdict" in str(grace.messages)


async def test_without_a_deputy_the_author_hears_one_line_and_can_choose(stage: Stage) -> None:
    ana = await saved(stage, "ana", reviewers=["mats", "grace"], amount="6")
    await stage.person("grace").types("/ladder pause until 30 November")
    for _ in range(3):
        await later(stage)
    said = [one for one in stage.slack.posted("ana") if "away for a while" in str(one.message)]
    assert len(said) == 1
    assert "Grace Otieno is away for a while" in ana.sees()
    assert "You can name somebody else, or leave it as it is" in ana.sees()
    await ana.presses("Name somebody else")
    await ana.submits(reviewers=["mats", "pia"])
    assert sorted(who for who, verdict in await reviewers(stage) if verdict == "asked") == ["U0MATS", "U0PIA"]


async def test_evidence_that_waits_for_long_is_said_once_and_nobody_silent_is_named(stage: Stage) -> None:
    ana = await saved(stage, "ana", reviewers=["mats", "pia"], amount="6")
    await acts.jump(stage, datetime(2026, 11, 23, 15, tzinfo=UTC))
    assert "has waited for more than a week" not in ana.sees()
    for number in (24, 25, 26):
        await acts.jump(stage, datetime(2026, 11, number, 15, tzinfo=UTC))
    said = [one for one in stage.slack.posted("ana") if "has waited for more than a week" in str(one.message)]
    assert len(said) == 1
    assert "Mats" not in str(said[0].message)
    assert "Pia" not in str(said[0].message)


async def test_colleagues_review_without_being_enrolled(stage: Stage) -> None:
    await acts.newcomer(stage, "newcomer")
    await saved(stage, "kiran", reviewers=["newcomer"])
    await decides(stage, "newcomer", "Accept")
    assert await state(stage) == "accepted"

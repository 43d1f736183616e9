"""F17: another manager in the middle of things: the old one loses access at once, the new one has it."""

from datetime import timedelta

from story import stage as stages
from story.stage import Stage
from tests.handlers import acts
from tests.handlers.test_evidence import saved
from tests.handlers.test_reading import answered

TO_GRACE = "kiran@manyways.example,grace@manyways.example,,"


async def test_the_old_manager_loses_access_a_second_later(either: Stage) -> None:
    """Buttons that were drawn before show nothing any more: evidence, team, what is to be read from now on."""
    await saved(either, "kiran", reviewers=["noor", "lea"])
    mats, grace = either.person("mats"), either.person("grace")
    await mats.opens_home()
    await mats.presses("My team", surface="home")
    assert "Kiran Deshpande" in mats.sees("home")
    menu = next(one["block_id"] for one in mats.home["blocks"] if "Kiran" in str(one.get("text")))
    await mats.chooses("home.report", "Set away", block_id=menu)
    form = mats.submit_payload()
    await mats.closes()
    await acts.jump(either, either.clock.now() + timedelta(days=3))
    await stages.imports(either, TO_GRACE)
    assert acts.NOT_OPEN in str(await acts.sends(either, form))
    await mats.presses("My team", surface="home")
    assert "Kiran" not in mats.sees("home")
    await answered(either, "kiran")
    await mats.types("/ladder read")
    assert "Nothing new to read." in mats.sees()
    await grace.types("/ladder read")
    assert "CANARY of kiran." in grace.sees()


async def test_what_was_given_before_stays_with_the_old_manager(stage: Stage) -> None:
    await answered(stage, "kiran")
    await stages.imports(stage, TO_GRACE)
    await stage.person("grace").types("/ladder read")
    assert "Nothing new to read." in stage.person("grace").sees()
    await stage.person("mats").types("/ladder read")
    assert "CANARY of kiran." in stage.person("mats").sees()


async def test_the_person_hears_once_who_reads_what(either: Stage) -> None:
    await acts.monday(either)
    kiran = either.person("kiran")
    await stages.imports(either, TO_GRACE)
    await stages.imports(either, TO_GRACE)
    await acts.monday(either, at=timedelta(hours=6))
    said = [one for one in either.slack.posted("kiran") if "manager on record" in str(one.message)]
    assert len(said) == 1
    assert "Your manager on record is now Grace Otieno, who reads your check-ins from now on" in kiran.sees()
    assert "stays with Mats Lindqvist, who sees nothing new of yours" in kiran.sees()
    lines = [row for row in await acts.rows(either, "reporting_line") if row.until_on is not None]
    assert len(lines) == 1  # both managers stand in the history


async def test_a_file_that_is_put_right_overnight_says_nothing(stage: Stage) -> None:
    await acts.monday(stage, at=timedelta(hours=16))  # it is late in Kolkata
    await stages.imports(stage, TO_GRACE)
    await stages.imports(stage, "kiran@manyways.example,mats@manyways.example,,")
    await acts.monday(stage, at=timedelta(hours=30))
    assert [one for one in stage.slack.posted("kiran") if "manager on record" in str(one.message)] == []

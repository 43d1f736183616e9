"""Less of this: from any message one can switch things off, and on again; what is unanswered is named twice."""

from datetime import timedelta

from story.stage import Stage
from tests.handlers import acts
from tests.handlers.test_attention import first_milestone
from tests.handlers.test_manager_weeks import WEDNESDAY, WEEK, answers, asks_for_help, heard

DAY = timedelta(days=1)
SUNDAY = acts.MONDAY - timedelta(hours=6)
NEXT_ROUND = acts.MONDAY + 14 * DAY + timedelta(hours=8)
WAITS = "waits for you"


async def switches_off(stage: Stage, name: str, *topics: str) -> None:
    person = stage.person(name)
    await person.types("/ladder less")
    await person.submits(topics=list(topics))
    assert person.errors == {}
    await person.closes(everything=True)


def lists(stage: Stage, name: str) -> list[str]:
    return [text for one in stage.person(name).messages if "Good morning" in (text := str(one["text"]))]


async def test_from_a_prompt_check_ins_come_first_and_stay_away(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    await kiran.presses("Less of this")
    shown = kiran.sees()
    assert shown.index("Check-in prompts") < shown.index("Requests to review evidence")
    assert "My team's week" not in shown
    assert "/checkin goes on working" in shown
    assert "/ladder pause until Monday" in shown
    await kiran.submits(topics=["check-ins"])
    assert "What stays away: check-in prompts." in kiran.sees()
    await kiran.closes()
    before = len(acts.prompts(stage, "kiran"))
    await stage.advance(NEXT_ROUND)
    assert len(acts.prompts(stage, "kiran")) == before
    await kiran.types("/checkin")
    await kiran.submits(win="It goes on working.")
    assert kiran.errors == {}


async def test_switched_on_again_the_prompt_comes(stage: Stage) -> None:
    await switches_off(stage, "kiran", "check-ins")
    await stage.advance(SUNDAY)
    await switches_off(stage, "kiran")
    await acts.monday(stage)
    assert len(acts.prompts(stage, "kiran")) == 1


async def test_a_rhythm_is_one_press_away(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    await kiran.presses("Less of this")
    await kiran.presses("Ask me less often")
    await kiran.submits(cadence="monthly")
    assert kiran.errors == {}


async def test_whoever_takes_no_reviews_is_refused_beside_the_field(stage: Stage) -> None:
    await switches_off(stage, "noor", "reviews")
    kiran = stage.person("kiran")
    await kiran.types("/evidence")
    await kiran.submits(milestone=first_milestone(kiran), did="Work.", impact="Help.", reviewers=["noor", "ravi"])
    assert kiran.errors == {"reviewers": "Noor Haddad takes no new reviews until 13 December. Name somebody else."}
    await kiran.submits(reviewers=["pia", "ravi"])
    assert kiran.errors == {}


async def test_from_a_request_reviews_come_first_and_the_request_stays(stage: Stage) -> None:
    kiran, noor = stage.person("kiran"), stage.person("noor")
    await kiran.types("/evidence")
    await kiran.submits(milestone=first_milestone(kiran), did="Work.", impact="Help.", reviewers=["noor", "ravi"])
    await noor.presses("Less of this")
    shown = noor.sees()
    assert shown.index("Requests to review evidence") < shown.index("Check-in prompts")
    await noor.submits(topics=["reviews"])
    await noor.closes()
    await noor.presses("Accept")
    await noor.submits()
    assert noor.errors == {}


async def test_a_manager_may_do_without_the_week(stage: Stage) -> None:
    await acts.monday(stage)
    await answers(stage, "noor")
    await asks_for_help(stage, "kiran")
    mats = stage.person("mats")
    await stage.advance(WEDNESDAY - DAY + timedelta(hours=1))
    assert "would welcome help" in mats.messages[-1]["text"]
    await mats.presses("Less of this")
    assert "Home → My team" in mats.sees()
    await mats.submits(topics=["week"])
    await mats.closes()
    await stage.advance(WEDNESDAY + DAY)
    assert heard(stage, WEEK) == []


async def test_what_is_unanswered_is_named_on_the_third_and_on_the_sixth_working_day(stage: Stage) -> None:
    await acts.monday(stage)
    await stage.advance(acts.MONDAY + 3 * DAY)
    assert lists(stage, "kiran") == []
    await stage.advance(acts.MONDAY + 3 * DAY + timedelta(hours=4))
    assert len(lists(stage, "kiran")) == 1
    kiran = stage.person("kiran")
    shown = kiran.sees("message")
    assert "Your check-in of this round" in shown
    assert "You get this as one list" in shown
    await stage.advance(acts.MONDAY + 9 * DAY)  # Tuesday is Guru Nanak's birthday
    assert len(lists(stage, "kiran")) == 1
    await stage.advance(acts.MONDAY + 9 * DAY + timedelta(hours=4))
    assert len(lists(stage, "kiran")) == 2
    await stage.advance(acts.MONDAY + 13 * DAY)
    assert len(lists(stage, "kiran")) == 2, "then silence"
    await kiran.presses("Answer", message=kiran.messages[-1])
    await kiran.submits(win="In time, still.")
    assert kiran.errors == {}


async def test_an_answer_or_a_switch_ends_it(stage: Stage) -> None:
    await acts.monday(stage)
    await stage.person("ravi").presses("Nothing new")
    await switches_off(stage, "kiran", "reminders")
    await stage.advance(acts.MONDAY + 9 * DAY)
    assert lists(stage, "ravi") == lists(stage, "kiran") == []


async def test_switching_off_on_the_evening_before_is_early_enough(stage: Stage) -> None:
    await acts.monday(stage)
    await stage.advance(acts.MONDAY + 3 * DAY - timedelta(hours=8))
    await switches_off(stage, "kiran", "reminders")
    await stage.advance(acts.MONDAY + 4 * DAY)
    assert lists(stage, "kiran") == []
    assert len(lists(stage, "noor")) == 1


async def test_what_is_not_offered_cannot_be_switched_off(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/ladder less")
    form = kiran.submit_payload()
    chosen = form["view"]["state"]["values"]["topics"]["topics"]
    chosen["selected_options"] = [{"value": value} for value in ("week", "nonsense", "check-ins")]
    await acts.sends(stage, form)
    assert [row.what for row in await acts.rows(stage, "less")] == ["check-ins"]


async def test_a_strange_value_opens_the_form_as_it_is(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    press = kiran.press_payload("Less of this")
    for value in acts.JUNK:
        await acts.sends(stage, acts.by(stage, "kiran", acts.with_value(press, value)))
        assert "What may stay away?" in kiran.sees()
        await kiran.closes()

"""Home: what somebody says about a milestone, what their manager finds there, and My data."""

from io import BytesIO
from zipfile import ZipFile

import aiohttp

from bot.clock import StandingClock
from bot.database import Database
from bot.rules.people import Role
from bot.services import people, roles
from story import stage as stages
from story.stage import Stage
from tests.handlers import acts, hostile
from tests.handlers.hostile import TEXTS

NO_CHANCE = "My team gives me no chance to show this"
WISH = "Would like a chance to show"


async def says(stage: Stage, name: str, choice: str, number: int = 0) -> None:
    await stage.person(name).chooses("home.milestone", choice, surface="home", block_id=f"milestone-{number}")


async def test_a_focus_is_chosen_in_home_and_asked_about(either: Stage) -> None:
    kiran = either.person("kiran")
    await kiran.opens_home()
    await says(either, "kiran", "My focus", 2)
    assert kiran.sees("home").count("In your focus") == 1
    await kiran.types("/checkin")
    assert len([one for one in kiran.modal["blocks"] if one["block_id"].startswith("moved:")]) == 1
    await kiran.closes()
    await says(either, "kiran", "Take it out of my focus", 2)
    assert "In your focus" not in kiran.sees("home")


async def test_no_chance_reaches_the_manager_as_a_wish_for_work(stage: Stage) -> None:
    kiran, mats = stage.person("kiran"), stage.person("mats")
    await mats.opens_home()
    await kiran.opens_home()
    await says(stage, "kiran", NO_CHANCE)
    assert "your manager sees it as a wish for work" in kiran.sees("home")
    await mats.presses("My team", surface="home")
    assert mats.sees("home").count(WISH) == 1
    await says(stage, "kiran", "There is a chance now")
    assert "a wish for work" not in kiran.sees("home")
    await mats.presses("My team", surface="home")
    assert WISH not in mats.sees("home")


async def test_a_menu_of_an_older_framework_gets_a_sentence(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.opens_home()
    payload = kiran.press_payload("My data", surface="home")
    for value in ("no-chance:gone", "no-chance:", "focus:gone", "nonsense", ""):
        chosen = {"selected_option": {"value": value}, "type": "overflow", "action_id": "home.milestone"}
        payload["actions"][0] |= chosen
        await acts.sends(stage, payload)
    await says(stage, "kiran", "My focus")
    assert kiran.sees("home").count("In your focus") == 1


async def test_my_data_shows_everything_word_for_word(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/checkin")
    await kiran.submits(win="CANARY of mine.")
    await kiran.closes()
    await kiran.opens_home()
    await kiran.presses("My data", surface="home")
    seen = kiran.sees()
    assert "everything Ladderbot keeps of you" in seen
    assert "whoever was your manager when it was given" in seen
    assert "It cannot read channels or other people's messages" in seen
    assert "CANARY" not in seen
    await kiran.presses("my_data.see", block_id="pile-check_in")
    assert "one win, sealed: CANARY of mine." in kiran.sees()


async def test_nobody_sees_the_data_of_others(stage: Stage) -> None:
    kiran, mats = stage.person("kiran"), stage.person("mats")
    await kiran.types("/checkin")
    await kiran.submits(win="CANARY of mine.")
    await mats.types("/ladder data")
    if "pile-check_in" in str(mats.modal):
        await mats.presses("my_data.see", block_id="pile-check_in")
    assert "CANARY" not in mats.sees()


async def test_to_be_left_in_peace_takes_a_day_ahead(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/ladder data")
    await kiran.presses("Leave me in peace")
    await kiran.submits(until="2026-11-01")
    assert "That day has come already" in str(kiran.errors)
    await kiran.submits(until="2026-12-01")
    assert "until" in kiran.sees()
    assert "Nothing counts against you" in kiran.sees()


async def test_hostile_words_in_my_data_fire_nothing(stage: Stage) -> None:
    kiran = stage.person("kiran")
    for text in [*TEXTS.values()][:3]:
        await kiran.types("/checkin")
        await kiran.submits(win=text)
        await kiran.closes()
        await kiran.types("/ladder data")
        await kiran.presses("my_data.see", block_id="pile-check_in")
        hostile.check_nothing_happened(stage)
        await kiran.closes()
        await kiran.closes()


async def test_an_empty_workspace_shows_its_owner_what_to_do_next(db: Database, clock: StandingClock) -> None:
    """And nobody else anything half-made."""
    async with stages.opened(db, clock) as stage:
        await stage.bot.tick()
        ines, kiran = stage.person("ines"), stage.person("kiran")
        async with db.writing() as session:
            owner = await people.by_any_name(session, "ines@manyways.example", on=clock.now().date())
            await roles.give(session, owner.id, Role.OWNER, by=None, now=clock.now(), today=clock.now().date())
        await ines.opens_home()
        assert "Drop the framework file" in ines.sees("home")
        await kiran.opens_home()
        assert "Setting up" not in kiran.sees("home")
        assert "You are not enrolled in the program yet" in kiran.sees("home")
        await stages.set_up(stage)
        await ines.opens_home()
        assert "Setting up" not in ines.sees("home")
        await ines.presses("Program", surface="home")
        assert "The program runs. 14 people take part" in ines.sees("home")


async def test_something_wrong_reaches_the_owners_from_my_data(stage: Stage) -> None:
    kiran, ines = stage.person("kiran"), stage.person("ines")
    await kiran.types("/ladder data")
    await kiran.presses("Something is wrong")
    assert "Inês Carvalho can change it" in kiran.sees()
    assert "come from your Slack profile" in kiran.sees()
    assert "Kiran Deshpande" in ines.messages[-1]["text"]


async def test_home_says_when_prompts_are_switched_off(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.opens_home()
    assert "I ask next" in kiran.sees("home")
    await kiran.types("/ladder less")
    await kiran.submits(topics=["check-ins"])
    await kiran.closes()
    assert "You have switched prompts off" in kiran.sees("home")


async def test_whoever_holds_the_widest_level_has_a_focus_as_well(stage: Stage) -> None:
    ines = stage.person("ines")
    await ines.opens_home()
    await says(stage, "ines", "My focus")
    assert "In your focus" in ines.sees("home")


async def test_everything_comes_as_a_file_into_ones_own_conversation(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/checkin")
    await kiran.submits(win="CANARY of mine.")
    await kiran.closes()
    await kiran.types("/ladder data")
    await kiran.presses("Get all of it")
    assert "It is in our conversation" in kiran.sees()
    file = kiran.messages[-1]["files"][0]
    token = {"Authorization": f"Bearer {stage.slack.bot_token}"}
    async with aiohttp.ClientSession(headers=token) as http, http.get(file["url_private"]) as answer:
        contents = await answer.read()
    with ZipFile(BytesIO(contents)) as archive:
        assert {"ladderbot-export.json", "check_in.csv", "person.csv"} <= set(archive.namelist())
        assert "CANARY of mine." in archive.read("ladderbot-export.json").decode()
    assert all(one.channel == "D0KIRAN" for one in stage.slack.posted() if one.message.get("files"))

"""The welcome: before the first prompt, three taps that may be left out, and what owners hear."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from bot.models.people import RoleGrant
from sandbox import User
from story import stage as stages
from story.stage import Actor, Stage
from tests.handlers import acts

HI = "I am Ladderbot"
MILA = User(id="U0MILA", name="mila", real_name="Mila <Novak>", email="mila@manyways.example", tz="Europe/Berlin")
MILA_IN_THE_PROGRAM = "mila@manyways.example,mats@manyways.example,technical,T2"


async def joins(stage: Stage, user: User = MILA, *lines: str) -> Actor:
    """Somebody new, in Slack and in the people file; by now they are welcomed where it is daytime."""
    await stage.slack.join(user)
    await stages.imports(stage, *(lines or (MILA_IN_THE_PROGRAM,)))
    return stage.person(user.name)


def welcomes(stage: Stage, name: str) -> list[Any]:
    return [one for one in stage.slack.posted(name) if HI in str(one.message["text"])]


async def test_whoever_joins_is_welcomed_and_reads_what_is_read_and_never_done(either: Stage) -> None:
    mila = await joins(either)
    assert len(mila.messages) == 1
    shown = mila.sees()
    for said in (
        "Mila <Novak>", "Technical", "(T2)", "manager: Mats Lindqvist", "cannot read channels", "never do",
        "did not answer", "Home → My data", "leaving them out costs you nothing", "You get this once",
    ):  # fmt: skip
        assert said in shown, said
    assert "For you as a manager" not in shown
    await either.advance(either.clock.now() + timedelta(days=1))
    assert len(welcomes(either, "mila")) == 1
    assert [one.user for one in either.slack.posted() if HI in str(one.message["text"])] == [MILA.id]


async def test_three_taps_are_ticked_off_one_by_one_and_can_be_changed(either: Stage) -> None:
    mila = await joins(either)
    assert "✓" not in mila.sees()
    await mila.presses("That's right")
    assert "✓ *That's right*" in mila.messages[-1]["blocks"][1]["text"]["text"]
    await mila.presses("Choose my focus")
    options = mila.modal["blocks"][1]["element"]["options"]
    first, second = (option["text"]["text"] for option in options[:2])
    await mila.submits(focus=[first, second])
    assert mila.modal is None
    assert "✓ *Your focus*" in str(mila.messages)
    assert f"{first} and {second}" in mila.sees()
    assert "✓ *When to ask you*" not in str(mila.messages)
    await mila.presses("Choose when")
    await mila.submits(hour="14:00")
    await mila.closes()
    assert "✓ *When to ask you*" in str(mila.messages)
    assert "At 14:00 by your clock (Europe/Berlin)" in mila.sees()
    await mila.presses("Change my focus")
    assert first in mila.sees()
    await mila.submits(focus=[second])
    assert first not in mila.sees()
    assert len(mila.messages) == 1
    assert acts.told(either, "mila") == ""


async def test_a_focus_of_four_is_refused_beside_the_field(stage: Stage) -> None:
    mila = await joins(stage)
    await mila.presses("Choose my focus")
    form = mila.submit_payload()
    field = form["view"]["state"]["values"]["focus"]["focus"]
    options = mila.modal["blocks"][1]["element"]["options"]
    field["selected_options"] = [*options, *({**options[0], "value": f"made-up-{n}"} for n in range(4))]
    answer = await acts.sends(stage, form)
    assert "Choose 3 at most" in answer["errors"]["focus"]
    assert "✓" not in mila.sees("message")


async def test_owners_hear_that_something_is_wrong_once_a_day(stage: Stage) -> None:
    mila = await joins(stage)
    await mila.presses("Something is wrong")
    assert "Inês Carvalho can change it" in mila.sees()
    ines = stage.person("ines")
    heard = ines.sees("message")
    assert "Mila <Novak> says that something on record about them is wrong." in heard
    for said in ("Technical", "(T2)", "manager: Mats Lindqvist", "New people file", "you are an owner"):
        assert said in heard, said
    await mila.presses("Something is wrong")
    assert len(ines.messages) == 1
    await mila.presses("That's right")
    assert "✓ *That's right*" in str(mila.messages)
    assert "can change it" not in mila.sees()


async def test_what_is_mended_is_shown_and_asked_about_again(stage: Stage) -> None:
    mila = await joins(stage)
    await mila.presses("Something is wrong")
    await stages.imports(stage, "mila@manyways.example,noor@manyways.example,technical,T3")
    shown = mila.sees()
    assert "✓" not in shown
    assert "(T3) · manager: Noor Haddad" in shown
    await mila.presses("That's right")
    assert "✓ That's right" in mila.sees()


async def test_an_owner_is_told_twice_a_day_at_most_and_reads_of_the_others_in_the_morning(stage: Stage) -> None:
    names = ("mila", "nils", "oda", "pavel")
    for name in names:
        user = User(id=f"U0{name.upper()}", name=name, real_name=f"New {name}", email=f"{name}@x.example", tz="UTC")
        await (await joins(stage, user, f"{name}@x.example,,technical,T1")).presses("Something is wrong")
        await acts.jump(stage, stage.clock.now() + timedelta(minutes=1))
    ines = stage.person("ines")
    assert len(ines.messages) == 2
    await stage.person("oda").presses("That's right")
    await stage.advance(acts.MONDAY + timedelta(hours=9, minutes=1))
    listed = [str(one) for one in ines.messages if "Good morning" in str(one["text"])]
    assert len(listed) == 1
    assert "New pavel told you that something on record about them is wrong" in listed[0]


async def test_without_an_owner_it_is_said_who_can_change_it(stage: Stage) -> None:
    async with stage.db.writing() as session:
        await session.execute(delete(RoleGrant))
    mila = await joins(stage)
    await mila.presses("Something is wrong")
    assert "Whoever runs Ladderbot can change it" in mila.sees()
    assert {one.user for one in stage.slack.posted()} == {MILA.id}


async def test_who_is_new_and_manages_gets_one_message_with_both_parts(stage: Stage) -> None:
    lines = (MILA_IN_THE_PROGRAM, "kiran@manyways.example,mila@manyways.example,,")
    mila = await joins(stage, MILA, *lines)
    assert len(mila.messages) == 1
    assert "leaving them out costs you nothing" in mila.sees()
    assert "For you as a manager" in mila.sees()
    assert "never hear who did not answer" in mila.sees()
    assert "/ladder read" in mila.sees()


async def test_who_becomes_a_manager_later_hears_then_what_will_come(stage: Stage) -> None:
    mila = await joins(stage)
    await stages.imports(stage, "kiran@manyways.example,mila@manyways.example,,")
    assert len(welcomes(stage, "mila")) == 1
    assert len(mila.messages) == 2
    assert "people report to you" in mila.sees("message")
    await mila.presses("That's right")
    assert "For you as a manager" not in str(mila.messages[0])
    await stage.advance(stage.clock.now() + timedelta(hours=3))
    assert len(mila.messages) == 2


async def test_guests_get_nothing(stage: Stage) -> None:
    guest = await joins(stage, replace(MILA, is_restricted=True))
    await stage.advance(stage.clock.now() + timedelta(hours=2))
    assert guest.messages == []


async def test_the_welcome_comes_before_the_prompt_even_in_the_night_before_a_round(stage: Stage) -> None:
    await stage.advance(acts.MONDAY - timedelta(hours=1))  # midnight in Berlin
    mila = await joins(stage)
    assert mila.messages == []
    await stage.advance(acts.MONDAY + timedelta(hours=9))
    first, second = stage.slack.posted("mila")
    assert HI in first.message["text"]
    assert acts.PROMPT in second.message["text"]


async def test_who_joins_in_the_middle_of_a_round_is_welcomed_first(stage: Stage) -> None:
    await stage.advance(acts.MONDAY + timedelta(hours=10))
    await joins(stage)
    await stage.advance(stage.clock.now() + timedelta(minutes=10))
    first, second = stage.slack.posted("mila")
    assert HI in first.message["text"]
    assert acts.PROMPT in second.message["text"]


async def test_nobody_taps_for_somebody_else_and_junk_does_nothing(stage: Stage) -> None:
    mila = await joins(stage)
    right, focus = mila.press_payload("That's right"), mila.press_payload("Choose my focus")
    wrong = mila.press_payload("Something is wrong")
    before = await acts.kept(stage)
    for name in ("kiran", "ines", "mats"):
        for press in (right, wrong):
            await acts.sends(stage, acts.by(stage, name, press))
            assert acts.NOT_OPEN in acts.told(stage, name)
    for value in acts.JUNK:
        await acts.sends(stage, acts.with_value(acts.by(stage, "mila", wrong), value))
        assert acts.NOT_OPEN in acts.told(stage, "mila")
    await acts.sends(stage, acts.by(stage, "ines", focus))
    assert acts.NOT_OPEN in acts.told(stage, "ines"), "there is no next level to choose from"
    assert await acts.kept(stage) == before


async def test_who_never_taps_loses_nothing(stage: Stage) -> None:
    mila = await joins(stage)
    await stage.advance(acts.MONDAY + timedelta(hours=9))
    await mila.presses("Answer")
    await mila.submits(win="My first week.")
    assert "Your check-in is in" in mila.sees()

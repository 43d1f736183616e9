"""Two messages a day ask something of a person; what comes on top waits for the list of their next morning."""

from datetime import timedelta

from story.stage import Actor, Stage
from tests.handlers import acts

NOON_IN_DUBAI = timedelta(hours=8)


def first_milestone(who: Actor) -> str:
    """The value of the first choice in the form that is open."""
    block = next(block for block in who.modal["blocks"] if block["block_id"] == "milestone")
    return str(block["element"]["options"][0]["value"])


async def asks_noor(stage: Stage, *names: str) -> None:
    """Each of these sends Noor a piece of evidence to read."""
    for name in names:
        who = stage.person(name)
        await who.types("/evidence")
        option = next(block for block in who.modal["blocks"] if block["block_id"] == "milestone")["element"]["options"][
            0
        ]
        await who.submits(milestone=option["value"], did="Some work.", impact="It helped.", reviewers=["noor", "ravi"])
        assert who.errors == {}
        await who.closes()
        await acts.jump(stage, stage.clock.now() + timedelta(minutes=1))


def asked(stage: Stage, name: str = "noor") -> list[str]:
    return [text for message in stage.person(name).messages if "asks you to read" in (text := str(message["text"]))]


async def test_the_third_ask_of_a_day_waits_for_the_mornings_list(either: Stage) -> None:
    await acts.monday(either, at=NOON_IN_DUBAI)
    noor = either.person("noor")
    assert acts.PROMPT in noor.messages[-1]["text"]
    await asks_noor(either, "kiran", "sam", "dalia")
    assert len(asked(either)) == 1
    await either.advance(acts.MONDAY + timedelta(days=1, hours=4, minutes=59))
    assert len(asked(either)) == 1
    await either.advance(acts.MONDAY + timedelta(days=1, hours=5, minutes=1))
    bundle = noor.messages[-1]
    assert "4 things wait" in bundle["text"]
    shown = noor.sees("message")
    assert "your check-in of this round" in shown.lower()
    assert all(name in shown for name in ("Kiran Deshpande", "Sam Whitfield", "Dalia Mansour"))
    assert "no more than two messages a day" in shown
    await noor.presses("Read", message=bundle, block_id="review-0")
    await noor.submits()
    assert noor.errors == {}


async def test_what_is_done_before_the_morning_is_not_in_the_list(stage: Stage) -> None:
    await acts.monday(stage, at=NOON_IN_DUBAI)
    noor = stage.person("noor")
    await asks_noor(stage, "kiran", "sam")
    await noor.presses("Nothing new")
    await noor.presses("Accept")
    await noor.submits()
    await noor.opens_home()
    await noor.presses("Read", surface="home")
    await noor.submits()
    before = len(noor.messages)
    await stage.advance(acts.MONDAY + timedelta(days=1, hours=6))
    assert len(noor.messages) == before


async def test_the_next_day_begins_anew(stage: Stage) -> None:
    await acts.monday(stage, at=NOON_IN_DUBAI)
    await asks_noor(stage, "kiran")
    await stage.advance(acts.MONDAY + timedelta(days=1, hours=8))
    await asks_noor(stage, "sam", "dalia")
    assert len(asked(stage)) == 3


async def test_whoever_asks_hears_how_much_waits_there(stage: Stage) -> None:
    await acts.monday(stage, at=NOON_IN_DUBAI)
    await asks_noor(stage, "kiran", "sam", "dalia")
    yuki = stage.person("yuki")
    await yuki.types("/evidence")
    await yuki.submits(milestone=first_milestone(yuki), did="Work.", impact="It helped.", reviewers=["noor", "pia"])
    assert "Noor Haddad has 3 other pieces to read" in yuki.sees()

"""A chance to grow: offered by a form or from a message, found, asked for, answered; and a file of many."""

from datetime import timedelta
from typing import Any

from sandbox.history import Posted
from story.stage import Actor, Stage
from tests.handlers import acts, hostile
from tests.handlers.hostile import TEXTS

HOSTILE = ("1 channel", "7 disguised link", "10 formatting", "17 emoji that fit", "18 Zalgo", "right to left")
SAID = "I could use two people for the move of billing: six hours a week, and you see how it all hangs together."


def field(actor: Actor, name: str) -> Any:
    (values,) = actor.modal["state"]["values"][name].values()
    return values.get("value")


async def offers(who: Actor, **more: Any) -> None:
    await who.types("/ladder chances")
    await who.presses("Offer a chance")
    given = {"kind": "workshop", "title": "Reading a trace", "learn": "Where the time goes.", **more}
    await who.submits(**given)
    assert who.errors == {}
    await who.closes(everything=True)


async def asks(who: Actor) -> None:
    await who.types("/ladder chances")
    await who.presses("Look")
    await who.presses("I am interested")


async def test_a_chance_is_offered_from_a_message_asked_for_and_given(stage: Stage) -> None:
    lea, tom, ana, mats = (stage.person(name) for name in ("lea", "tom", "ana", "mats"))
    await acts.monday(stage, at=timedelta(hours=15))
    said = await lea.says(SAID, channel="general")
    assert isinstance(said, Posted)
    await tom.uses("Offer a chance to grow", message=said)
    assert field(tom, "learn") == SAID
    assert field(tom, "link") == f"https://sandbox.slack.com/archives/C0GENERAL/p{said.ts.replace('.', '')}"
    assert "Say that Lea Brunner wrote it first" in tom.sees()
    await tom.submits(kind="stretch assignment", title="The move of billing", hours="6", places="1")
    assert "Written first by Lea Brunner" in tom.sees()
    await tom.closes(everything=True)

    await ana.opens_home()
    assert "The move of billing (stretch assignment)" in ana.sees("home")
    await ana.presses("All chances", surface="home")
    await ana.presses("Look")
    assert "offered by Tom Okafor" in ana.sees()
    await ana.presses("I am interested")
    assert "You are interested" in ana.sees()
    await ana.closes(everything=True)
    asked = str(tom.messages[-1])
    assert "*Ana Pérez* is interested in the stretch assignment you offer" in asked
    assert "billing" not in asked
    await tom.presses("Look at it")
    await tom.presses("Welcome")
    assert "Takes part: Ana Pérez" in tom.sees().replace("*", "")
    await tom.closes(everything=True)
    assert "has a place for you" in str(ana.messages[-1])
    assert "about 6 hours a week" in str(mats.messages[-1])
    assert "nothing to approve" in str(mats.messages[-1])

    await ana.presses("Look at it")
    await ana.presses("Take it into my plan")
    assert "is in your growth plan now" in ana.sees()
    await ana.closes(everything=True)
    (action,) = await acts.rows(stage, "plan_action")
    assert action.title == "The move of billing"
    noor = stage.person("noor")
    await noor.types("/ladder chances")
    assert "all places taken" in noor.sees()
    await noor.presses("Look")
    assert "I am interested" not in noor.sees()
    assert "Ana" not in noor.sees(), "nobody else sees who takes part"
    await noor.closes(everything=True)

    await ana.presses("Look at it")
    await ana.presses("Step back")
    await ana.closes(everything=True)
    assert "had to step back" in str(tom.messages[-1])
    assert [row.because for row in await acts.rows(stage, "look")] == ["offerer"]


async def test_a_private_message_leads_nowhere_and_names_nobody(stage: Stage) -> None:
    tom, lea = stage.person("tom"), stage.person("lea")
    said = await lea.says(SAID)
    assert isinstance(said, Posted)
    await lea.uses("Offer a chance to grow", message=said)
    assert "from a private conversation" in lea.sees()
    assert field(lea, "link") is None
    assert "wrote it first" not in lea.sees()
    await lea.closes()
    build = stage.slack.state.stamp()
    other_app = {"type": "message", "ts": build, "channel": "C0GENERAL", "bot_id": "B0OTHER", "text": "Green again"}
    stage.slack.state.conversations["C0GENERAL"].messages[build] = {**other_app, "blocks": []}
    await tom.uses("Offer a chance to grow", message=build)
    assert field(tom, "title") == "Green again"
    assert "wrote it first" not in tom.sees()


async def test_it_is_changed_kindly_refused_and_withdrawn(stage: Stage) -> None:
    tom, ana, ines = (stage.person(name) for name in ("tom", "ana", "ines"))
    await acts.monday(stage, at=timedelta(hours=15))
    await offers(tom)
    await asks(ana)
    await ana.closes(everything=True)
    await tom.presses("Look at it")
    await tom.presses("It is taken")
    await tom.presses("Change")
    await tom.submits(title="Reading two traces")
    assert "Reading two traces" in tom.sees()
    await tom.closes(everything=True)
    assert "taken this time" in str(ana.messages[-1])
    await ana.presses("See what else there is")
    await ana.presses("Look")
    assert "The place went to somebody else" in ana.sees()
    await ana.closes(everything=True)

    await ines.types("/ladder chances")
    await ines.presses("Look")
    await ines.presses("Withdraw as an owner")
    await ines.submits(reason="We buy this course from next year on.")
    await ines.closes(everything=True)
    told = str(tom.messages[-1])
    assert "taken the workshop you offered out of the catalogue" in told
    assert "We buy" not in told
    await tom.presses("Read why")
    assert "We buy this course" in tom.sees()
    await tom.closes(everything=True)
    await ana.types("/ladder chances")
    assert "Nothing is offered here at the moment" in ana.sees()


async def test_an_owner_drops_a_file(stage: Stage) -> None:
    ines, ana = stage.person("ines"), stage.person("ana")
    await ines.opens_home()
    await ines.presses("Program", surface="home")
    await ines.presses("New file of chances", surface="home")
    bad = b"title,kind,learn\nOn call,party,Calm\n"
    await ines.submits(file=("chances.csv", bad))
    assert "line 2: The kind" in ines.sees()
    good = b"title,kind,learn,offered_by,places\nOn call,rotation,Calm,tom@manyways.example,2\n"
    await ines.submits(file=("chances.csv", good))
    assert "1 chance: 1 new" in ines.sees()
    await ines.submits()
    assert "1 chance: 1 new" in ines.sees()
    await ines.closes(everything=True)
    await ana.types("/ladder chances")
    assert "On call" in ana.sees()
    assert "Rotation · Tom Okafor · 2 places left" in ana.sees()


async def test_what_is_typed_into_the_catalogue_fires_nowhere(stage: Stage) -> None:
    tom, ana = stage.person("tom"), stage.person("ana")
    for name in HOSTILE:
        text = hostile.kept(TEXTS[name])
        await offers(tom, title=text[:90], learn=text[:900], tracks=["technical"])
    await ana.opens_home()
    await ana.types("/ladder chances")
    await ana.presses("Look")
    assert hostile.notices(tom, ana) == []
    hostile.check_nothing_happened(stage)

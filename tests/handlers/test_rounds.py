"""A 360 round: begun, people named and agreed to, answered in peace, closed, and read by the person first."""

from datetime import UTC, datetime, timedelta

from sandbox import Posted
from story.stage import Actor, Stage
from tests.handlers import acts
from tests.handlers.conftest import FRIDAY

PEERS = ["noor", "lea", "kiran", "tom"]
WORDS = "Asks the question that everybody else has been avoiding"
MONDAY_BEFORE = datetime(2026, 12, 7, 5, tzinfo=UTC)  # nine in Dubai
CLOSED = datetime(2026, 12, 7, 15, tzinfo=UTC)  # the Monday after: ten in New York, sixteen in Stockholm


async def begin(stage: Stage, peers: list[str] = PEERS) -> None:
    ana = stage.person("ana")
    await ana.types("/ladder 360")
    await ana.presses("Begin a round")
    await ana.submits(due_on=(FRIDAY + timedelta(weeks=3)).date())
    await ana.submits(peers=peers)
    assert "who agrees or changes the names" in ana.sees()
    await ana.closes(everything=True)


async def agree(stage: Stage, **changed: list[str]) -> None:
    mats = stage.person("mats")
    await mats.presses("Look at the names", message=last(stage, "mats", "has named people"))
    await mats.submits(**changed)
    await mats.closes(everything=True)
    await acts.jump(stage, stage.clock.now() + timedelta(hours=3))  # nine o'clock in Chicago


def last(stage: Stage, name: str, words: str) -> Posted:
    return next(one for one in reversed(stage.slack.posted(name)) if words in str(one.message))


def said(stage: Stage, name: str) -> str:
    """What the last message to this person says by now."""
    return str(stage.person(name).messages[-1]["text"])


async def answer(stage: Stage, name: str, **typed: str) -> Actor:
    """From the invitation; what is not typed is left open."""
    giver = stage.person(name)
    invited = last(stage, name, "asks what you see in their work")
    await giver.presses("I will answer", message=invited)
    await giver.presses("Answer", message=invited)
    await giver.submits(**typed)
    return giver


async def test_a_round_is_read_by_the_person_first_and_says_nothing_of_who_wrote_what(stage: Stage) -> None:
    await begin(stage)
    assert "asks what you see" not in acts.heard(stage, "noor")
    await agree(stage)
    rating = "rating-problem-solving"
    for name in PEERS:
        giver = await answer(stage, name, **{rating: "4", "keep": f"{WORDS} ({name} knows)"})
        assert "Kept. Thank you!" in giver.sees()
        await giver.closes(everything=True)
    ana, mats = stage.person("ana"), stage.person("mats")
    await ana.types("/ladder 360")
    await ana.presses("Answer")
    await ana.submits(**{rating: "2", "more": "More time to read"})
    await ana.closes(everything=True)
    assert WORDS not in acts.heard(stage, "ana")
    assert "Read it" not in acts.heard(stage, "ana")
    await acts.jump(stage, CLOSED)
    assert "is there for you to read, too" not in acts.heard(stage, "mats")
    await ana.presses("Read it", message=last(stage, "ana", "Your round is closed"))
    figures = ana.sees()
    assert "You      ████░░░░░░ 2" in figures
    assert "you see yourself lower than others do" in figures
    assert "Peers    ████████░░ 4.0" in figures
    await ana.presses("What to continue")
    assert ana.sees().count(WORDS) == len(PEERS)
    assert not any(one in ana.sees() for one in ("Noor", "Lea", "Kiran", "Tom"))
    assert WORDS not in acts.heard(stage, "ana") + acts.heard(stage, "mats")
    await mats.presses("Read it", message=last(stage, "mats", "is there for you to read, too"))
    assert "Own view ████░░░░░░ 2" in mats.sees()


async def test_too_few_answers_are_shown_to_nobody_and_the_reason_is(stage: Stage) -> None:
    await begin(stage)
    await agree(stage)
    for name in PEERS[:2]:
        giver = await answer(stage, name, keep=WORDS)
        await giver.closes(everything=True)
    await acts.jump(stage, CLOSED)
    ana = stage.person("ana")
    await ana.presses("Why, and what is there", message=last(stage, "ana", "Your round is closed"))
    assert "Fewer than 3 peers have answered" in ana.sees()
    assert "gone unread" in ana.sees()
    assert WORDS not in ana.sees()
    assert all(WORDS not in str(rows) for rows in (await acts.kept(stage)).values())
    assert "is over, so there is nothing left to do" in said(stage, "tom")


async def test_who_declines_is_named_to_nobody_and_somebody_else_may_come(stage: Stage) -> None:
    await begin(stage)
    await agree(stage)
    kiran, ana = stage.person("kiran"), stage.person("ana")
    await kiran.presses("Not this time", message=last(stage, "kiran", "asks what you see"))
    assert "Noted: not this time" in said(stage, "kiran")
    free = last(stage, "ana", "A place in your round is free")
    assert "Kiran" not in str(free.message)
    await ana.presses("Name somebody else", message=free)
    await ana.submits(peers=["pia"])
    await ana.closes(everything=True)
    assert "asks what you see" not in acts.heard(stage, "pia")
    await agree(stage)
    assert "asks what you see in their work, as a peer" in acts.heard(stage, "pia")
    await ana.types("/ladder 360")
    assert "Kiran" not in ana.sees()


async def test_a_manager_suggests_it_and_the_person_sees_what_they_changed(stage: Stage) -> None:
    mats, ana = stage.person("mats"), stage.person("ana")
    await mats.opens_home()
    await mats.presses("My team", surface="home")
    line = next(one["block_id"] for one in mats.home["blocks"] if "Ana Pérez" in str(one))
    await mats.chooses("home.report", "Suggest a round", surface="home", block_id=line)
    await mats.submits()
    await mats.closes(everything=True)
    await acts.jump(stage, FRIDAY + timedelta(hours=2))
    await ana.presses("Name people", message=last(stage, "ana", "suggests a 360 round for you"))
    await ana.submits(peers=["noor", "lea"])
    assert "3 peers or more" in str(ana.errors)
    await ana.submits(peers=PEERS)
    await ana.closes(everything=True)
    await agree(stage, peers=["noor", "lea", "tom", "pia"])
    assert "Some of your names were changed" in acts.heard(stage, "ana")
    assert "asks what you see" not in acts.heard(stage, "kiran")
    await ana.types("/ladder 360")
    assert "Added to your names: Pia Rossi" in ana.sees()
    assert "Left out of your names: Kiran Deshpande" in ana.sees()
    await ana.presses("Stop it")
    assert "Nothing of it was read by anybody" in ana.sees()
    assert "The round of Ana Pérez was stopped" in acts.heard(stage, "tom")


async def test_the_terms_stand_before_the_answer_and_it_is_named_once_before_it_closes(stage: Stage) -> None:
    await begin(stage)
    await agree(stage)
    noor, mats = stage.person("noor"), stage.person("mats")
    await noor.presses("How this works", message=last(stage, "noor", "asks what you see"))
    assert "Your answer carries no name" in noor.sees()
    assert "only if Ana Pérez attaches it" in noor.sees()
    await noor.closes()
    await mats.types("/ladder 360")
    await mats.presses("Answer")
    assert "Signed with your name" in mats.sees()
    await mats.closes(everything=True)
    ana = stage.person("ana")
    await ana.types("/ladder 360")
    await ana.presses("Give more time")
    await ana.submits(due_on=(FRIDAY + timedelta(weeks=4)).date())
    assert "It stays open until 11 December" in ana.sees()
    await ana.closes(everything=True)
    assert "There is more time" in acts.heard(stage, "tom")
    for hours in (-9, 1):
        await acts.jump(stage, MONDAY_BEFORE + timedelta(hours=hours))
    named = [one for one in stage.slack.posted("noor") if "asks what you see in their work" in str(one.message)]
    assert len(named) == 2
    assert "Good morning" in str(named[-1].message)
    await noor.opens_home()
    assert "1 round asks for your answer" in noor.sees("home")


async def test_names_do_not_wait_for_a_manager_who_is_away_and_has_a_deputy(stage: Stage) -> None:
    mats, pia, ana = stage.person("mats"), stage.person("pia"), stage.person("ana")
    await mats.types("/ladder deputy @pia")
    await mats.types("/ladder pause until 27 November")
    await begin(stage)
    await ana.types("/ladder 360")
    assert "Your names are with Pia Rossi" in ana.sees()
    assert "Mats Lindqvist is away, and Pia Rossi stands in" in ana.sees()
    await ana.closes()
    await pia.presses("Look at the names", message=last(stage, "pia", "would like colleagues to be asked"))
    assert "Mats Lindqvist is away, and you stand in" in pia.sees()
    await pia.presses("Look")
    await pia.submits(peers=[*PEERS, "sam"])
    assert "Mats Lindqvist is asked for their own view when they are back" in pia.sees()
    await pia.closes(everything=True)
    await ana.types("/ladder 360")
    assert "Added to your names: Sam Whitfield" in ana.sees()
    await acts.jump(stage, stage.clock.now() + timedelta(hours=3))
    assert "asks what you see" in acts.heard(stage, "tom")
    assert "asks what you see" not in acts.heard(stage, "mats") + acts.heard(stage, "pia")

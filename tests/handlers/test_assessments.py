"""Two people look at the same work, neither knowing what the other says, and then read both."""

from story.stage import Actor, Stage
from tests.handlers import acts, hostile
from tests.handlers.hostile import TEXTS

MINE, THEIRS = "I led three reviews on my own.", "The migration was yours, and it shows."


async def begins(ana: Actor, level: str = "T3") -> None:
    await ana.types("/ladder assess")
    await ana.presses("Start one")
    await ana.submits(level=level)


async def asks(ana: Actor, *picked: str) -> None:
    await ana.presses("Ask my manager for a view")
    await ana.submits(picked=list(picked))
    await ana.closes(everything=True)


async def test_two_views_are_given_blind_and_read_side_by_side_the_differences_first(stage: Stage) -> None:
    ana, mats, tom = (stage.person(name) for name in ("ana", "mats", "tom"))
    await begins(ana)
    form = ana.sees()
    assert "only once theirs is in" in form
    assert "Senior Engineer (T3)" in form
    await ana.submits(**{"rating-problem-solving": "mostly"})
    assert "something of 1 of 3" in ana.sees(), "what is kept is a draft"
    await ana.presses("Go on")
    await ana.submits(**{"rating-depth-of-knowledge": "as described", "note-depth-of-knowledge": MINE})
    await asks(ana, "depth-of-knowledge", "problem-solving")

    asked = str(mats.messages[-1])
    assert "asks how you see 2 competencies" in asked
    assert "You get this because" in asked
    await mats.presses("Give my view")
    assert MINE not in mats.sees()
    old = mats.press_payload("Give my view")
    await acts.sends(stage, acts.by(stage, "tom", old))
    assert acts.NOT_OPEN in tom.sees()
    await mats.submits(**{"rating-depth-of-knowledge": "sometimes", "note-depth-of-knowledge": THEIRS})
    assert "Open still: Problem solving" in mats.sees(), "what is kept is a draft"
    await mats.closes(everything=True)
    await mats.presses("Give my view")
    await mats.submits(**{"rating-problem-solving": "mostly"})
    assert THEIRS in mats.sees()
    await mats.presses("Send it")
    seen = mats.sees()
    assert "Ana Pérez sees it higher" in seen
    assert seen.index("Where you see it differently") < seen.index("Where you see it alike")
    assert MINE in seen
    await mats.closes(everything=True)
    assert "Your view is in" in str(mats.messages[-1]), "the question is drawn anew"

    heard = str(ana.messages[-1])
    assert "has given a view" in heard
    assert THEIRS not in heard
    await ana.presses("Read both")
    assert "you see yourself higher" in ana.sees()
    assert THEIRS in ana.sees()
    await ana.closes(everything=True)
    await ana.types("/ladder growth")
    assert "Both views are in" in ana.sees()
    looked = await acts.rows(stage, "look")
    assert [(row.thing, row.because) for row in looked] == [("self-assessment", "manager once rated")]


async def test_a_question_that_is_taken_back_waits_for_nobody(stage: Stage) -> None:
    ana, mats = stage.person("ana"), stage.person("mats")
    await begins(ana)
    await ana.submits(**{"rating-problem-solving": "not yet"})
    await asks(ana, "problem-solving")
    await mats.opens_home()
    assert "Give my view" in mats.sees("home")
    await ana.types("/ladder assess")
    await ana.presses("Look")
    await ana.presses("Take the question back")
    assert "something of 1 of 3" in ana.sees()
    assert "Give my view" not in mats.sees("home")
    assert "does not need your view any more" in str(mats.messages[-1])


async def test_another_track_is_for_oneself_and_what_people_type_does_nothing(stage: Stage) -> None:
    ana, mats = stage.person("ana"), stage.person("mats")
    await begins(ana, "L3")
    assert "you alone, unless you share it" in ana.sees()
    for text in TEXTS.values():
        await ana.submits(**{f"note-{_first(ana)}": text[:500], f"rating-{_first(ana)}": "can't say"})
        assert not ana.errors
        await ana.presses("Go on")
    await ana.submits(**{f"note-{_first(ana)}": MINE})
    assert "Ask my manager" not in ana.sees()
    await ana.presses("Who else reads it")
    await ana.submits(readers=["manager"])
    await ana.closes(everything=True)
    await mats.presses("Read it")
    assert MINE in mats.sees()
    await mats.closes(everything=True)
    await ana.types("/ladder assess")
    await ana.presses("Look")
    await ana.presses("Remove it")
    assert "You have none yet" in ana.sees()
    await mats.presses("Read it")
    assert acts.NOT_OPEN in mats.sees()
    hostile.check_nothing_happened(stage)


def _first(ana: Actor) -> str:
    """The first competency of the form."""
    block = next(one for one in ana.modal["blocks"] if str(one["block_id"]).startswith("rating-"))
    return str(block["block_id"]).removeprefix("rating-")

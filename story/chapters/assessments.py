"""Two views of the same work: given without knowing each other, and read side by side."""

from story.telling import Telling

HERS = "I led the storage review from the first question to the decision."
HIS = "You see further than you say: the whole team works by your design."


async def two_views(told: Telling) -> None:
    """Noor looks at herself against the words of her level, and asks Mats about three of them."""
    told.chapter("Two views of the same work")
    noor, mats = told.person("noor"), told.person("mats")
    await noor.types("/ladder assess")
    await noor.presses("Start one")
    await noor.submits(level="T4")
    told.expect("she reads first who reads it", "only once theirs is in" in noor.sees())
    await noor.submits(
        **{
            "rating-depth-of-knowledge": "sometimes", "rating-problem-solving": "mostly",
            "rating-peer-mentoring": "as described", "note-problem-solving": HERS,
        }
    )  # fmt: skip
    await noor.presses("Ask my manager for a view")
    await noor.submits(picked=["depth-of-knowledge", "problem-solving", "peer-mentoring"])
    await noor.closes(everything=True)

    await mats.types("/ladder assess")
    told.expect("Mats finds who asks him for what", "asks how you see 3 competencies" in mats.sees())
    await mats.presses("Give my view")
    told.expect("he sees the words of the level, and nothing of hers", HERS not in mats.sees())
    await mats.submits(
        **{
            "rating-depth-of-knowledge": "as described", "note-depth-of-knowledge": HIS,
            "rating-problem-solving": "mostly", "rating-peer-mentoring": "mostly",
        }
    )  # fmt: skip
    told.expect("what he has written is kept, and not sent yet", "not sent yet" in mats.sees())
    await mats.presses("Send it")
    told.expect("now he reads both", HERS in mats.sees() and "Noor Haddad sees it lower" in mats.sees())
    await mats.closes(everything=True)

    heard = next(one for one in reversed(told.stage.slack.posted("noor")) if "has given a view" in str(one.message))
    told.expect("Noor hears that it is there, not what it says", HIS not in str(heard.message))
    await noor.presses("Read both", message=heard)
    said = noor.sees()
    told.expect("what they see differently comes first", said.index(HIS) < said.index("Close to each other"))
    told.expect("and is told kindly, in her direction", "you see yourself lower" in said)
    await noor.closes(everything=True)

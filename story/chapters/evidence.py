"""Evidence: from a message to a milestone, and a day with too much of it."""

from story.telling import Telling


async def from_a_message(told: Telling) -> None:
    """Ana saves evidence from a message; two people review it; it moves her milestone."""
    told.chapter("Evidence, from a message to a milestone")
    await told.until("2026-11-18", 10, where="ana")
    said = await told.person("lea").says(
        "Ana's review of the storage design saved us from losing data.", channel="general"
    )
    ana = told.person("ana")
    await ana.uses("Save as evidence", message=said)
    told.expect(
        "the form starts with the message and its link", "storage design" in ana.sees() and "archives" in ana.sees()
    )
    await ana.submits(milestone="Review designs of colleagues", impact="Nobody lost data.", reviewers=["ana"])
    told.expect("nobody reviews their own evidence", "own evidence" in ana.errors.get("reviewers", ""))
    await ana.submits(amount="6", reviewers=["noor"])
    told.expect("at this level two people accept", "Name one more" in ana.errors.get("reviewers", ""))
    await ana.submits(reviewers=["mats", "pia"])
    await ana.closes()

    mats = told.person("mats")
    told.expect("the request says who and what, not Ana's words", "saved us" not in mats.texts()[-1])
    await mats.presses("Accept")
    told.expect("before he decides, he reads it", "saved us" in mats.sees() and "Held against" in mats.sees())
    await mats.submits()

    pia = told.person("pia")
    await pia.presses("Ask for changes")
    await pia.submits()
    told.expect("asking for changes needs a reason", "reason" in pia.errors)
    await pia.submits(reason="Which designs? A link to each would help.")
    told.expect("Ana hears of it", "asked for changes" in ana.texts()[-1])

    await ana.presses("Change and send again")
    told.expect("and reads why", "Which designs?" in ana.sees())
    await ana.submits(links="https://wiki.example.com/designs/storage")
    await ana.closes()
    for reviewer in (mats, pia):
        await reviewer.presses("Accept")
        await reviewer.submits()
    told.expect("it is accepted", "accepted and counts" in ana.texts()[-1])
    await ana.types("/ladder")
    told.expect("and moved her milestone", "Met: 6 of 6 reviews" in ana.sees())
    await ana.closes()


async def a_full_day(told: Telling) -> None:
    """Three colleagues ask Noor on one day; what is too much for it comes as one list the next morning."""
    told.chapter("A full day, and a list in the morning")
    await told.until("2026-11-19", 10, where="noor")
    for name in ("kiran", "ravi", "sam"):
        asks = told.person(name)
        await asks.types("/evidence")
        choices = next(block for block in asks.modal["blocks"] if block["block_id"] == "milestone")
        first = choices["element"]["options"][0]["text"]["text"]
        await asks.submits(milestone=first, did="Work.", impact="It helped.", reviewers=["noor", "pia"])
        await asks.closes()
    noor = told.person("noor")
    asked = [text for text in noor.texts() if "asks you to read" in text]
    told.expect("beside the list of this morning, one of them reaches Noor today", len(asked) == 1)
    await told.until("2026-11-20", 9, where="noor")
    told.expect("the others come in the morning, in one list of all that waits", "things wait" in noor.texts()[-1])
    told.expect("which says why it is one list", "no more than two messages a day" in noor.sees())
    told.expect("and names all three", all(name in noor.sees() for name in ("Kiran", "Ravi", "Sam")))

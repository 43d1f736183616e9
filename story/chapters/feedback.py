"""Feedback: asked for on one thing, given with a name, asked about, and saved as evidence."""

from story.telling import Telling

DID = "You called the three shops yourself before the outage hit them."
CHANGED = "None of them lost an order, and two wrote to thank us."


async def asked_and_given(told: Telling) -> None:
    """Dalia asks two colleagues; one answers with a name, one has no time, which stays quiet."""
    told.chapter("Feedback, asked for and given")
    dalia, ravi, zoe = told.person("dalia"), told.person("ravi"), told.person("zoe")
    await dalia.types("/feedback ask")
    await dalia.submits(asked=["ravi", "zoe"], note="Was it clear to the shops what would happen?")
    await dalia.closes(everything=True)
    told.expect("the request says who asks, not what", "Was it clear" not in ravi.texts()[-1])

    await zoe.opens_home()
    await zoe.presses("Feedback", surface="home")
    told.expect("what is asked of Zoë stands in one place", "asks you for feedback" in zoe.sees())
    await zoe.presses("Answer")
    await zoe.presses("Not now")
    told.expect("her no is quiet, and its message never comes", "sees only how many answered" in zoe.sees())
    await zoe.closes()

    await ravi.presses("Answer")
    told.expect("Ravi reads what she would like to know", "Was it clear" in ravi.sees())
    told.expect("and who will read him", "Signed with your name. Dalia Mansour will read it." in ravi.sees())
    await ravi.submits(did="Great job!", changed=CHANGED)
    told.expect("praise that says nothing yet is asked about", "What did they do" in ravi.sees())
    await ravi.submits(did=DID)
    await ravi.closes(everything=True)
    told.expect("Friday is free for her, so nothing comes", not any("as you asked" in one for one in dalia.texts()))


async def read_and_used(told: Telling) -> None:
    """She reads it, thanks, asks one question, and makes evidence of it."""
    told.chapter("Feedback, read and used")
    dalia, ravi = told.person("dalia"), told.person("ravi")
    await dalia.opens_home()
    await dalia.presses("Feedback", surface="home")
    told.expect("she sees how many answered, and nobody who did not", "1 of 2 answered" in dalia.sees())
    await dalia.presses("Read")
    told.expect("it is signed", "Ravi Menon" in dalia.sees() and DID in dalia.sees())
    await dalia.presses("Say thanks")
    await dalia.presses("Ask a question")
    await dalia.submits(question="Which two shops wrote?")
    await dalia.closes(everything=True)
    told.expect("he hears of the question", "has a question" in ravi.texts()[-1])
    await ravi.presses("Read and answer")
    await ravi.submits(answer="The one in Giza and the one at the harbour.")
    await ravi.closes(everything=True)
    await dalia.presses("Read it")
    told.expect("the answer stands below it", "Giza" in dalia.sees())
    await dalia.presses("Save as evidence")
    told.expect("the form of evidence quotes him, with his name", f'Ravi Menon wrote: "{DID}"' in dalia.sees())
    await dalia.closes(everything=True)

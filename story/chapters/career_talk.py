"""Two views that differ, and the talk about it: one page for both, and what they agreed on."""

from zoneinfo import ZoneInfo

from story.telling import ZONES, Teller, Telling

NOTES = "Noor sees less than Mats does. She would like to hear it from others, too."
AGREED = "Present the storage design to the other teams."


async def about_two_views(told: Telling) -> None:
    """Noor and Mats have seen one competency differently; she proposes a talk for this very day."""
    told.chapter("A career talk")
    noor, mats = told.person("noor"), told.person("mats")
    await _opens(noor)
    await noor.presses("Propose one", block_id="mine")
    today = told.stage.clock.now().astimezone(ZoneInfo(ZONES["noor"])).date()
    await noor.submits(on=today.isoformat())
    told.expect("it is no test", "It is no test" in noor.sees())
    await noor.presses("The brief")
    told.expect("she sees what Mats will see, before him", "This is what Mats Lindqvist sees" in noor.sees())
    told.expect("what the two see differently stands there", "you two see it differently" in noor.sees())
    told.expect("and not for how long she has been at her level", "months at" not in noor.sees())
    hers = noor.sees().partition("Milestones")[2]
    await noor.closes(everything=True)
    await told.in_a_moment()
    told.expect("Mats hears of the day", any("chose a day for your career talk" in text for text in mats.texts()))
    await _opens(mats)
    await mats.presses("Open", block_id=_row_of(mats, "Noor Haddad"))
    await mats.presses("The brief")
    told.expect("his page is the same as hers", mats.sees().partition("Milestones")[2] == hers)
    await mats.closes(everything=True)


async def noted(told: Telling) -> None:
    """What they agreed is in her plan; nobody else can read the notes."""
    told.chapter("What the two agreed")
    noor, mats = told.person("noor"), told.person("mats")
    await _opens(noor)
    await noor.presses("Open", block_id="career-talk")
    await noor.presses("We talked: notes")
    await noor.submits(notes=NOTES)
    await noor.presses("Add what you agreed")
    await noor.submits(words=AGREED, who="member")
    await noor.presses("Into my plan")
    told.expect("it is in her growth plan with one press", "in the growth plan" in noor.sees())
    await noor.closes(everything=True)
    await told.in_a_moment()
    told.expect("Mats hears that there are notes, not what they say", not any(NOTES in one for one in mats.texts()))
    letter = next(one for one in reversed(told.stage.slack.posted("mats")) if "has noted" in str(one.message))
    await mats.presses("Open", message=letter)
    told.expect("he reads them, and who wrote last", NOTES in mats.sees() and "by Noor Haddad" in mats.sees())
    await mats.closes(everything=True)


async def _opens(who: Teller) -> None:
    await who.types("/ladder career")


def _row_of(mats: Teller, name: str) -> str:
    return next(str(one["block_id"]) for one in mats.modal["blocks"] if name in str(one.get("text")))

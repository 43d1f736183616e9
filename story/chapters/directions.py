"""What people want for now: one is content and left in peace, another looks at a track and asks for a mentor."""

from story.chapters.mentorship import done, offers
from story.telling import Telling

WORDS = "My daughter is two. I like my work as it is, and I would like to know it even better."
PUSHES = ("next level", "at this level", "months at", "on record", "your direction")


async def content(told: Telling) -> None:
    """Sam wants to deepen where he is, and lets Grace know. His own page counts no time from then on."""
    told.chapter("Content where he is")
    sam, grace = told.person("sam"), told.person("grace")
    await sam.types("/ladder growth")
    await sam.presses("Say it")
    told.expect("Sam reads who sees it, before he writes", "Only you read this, unless you share it" in sam.sees())
    await sam.submits(wants="deepen here", managing="no thanks", words=WORDS, shares=["manager"])
    told.expect("it is kept, and shared with nobody but Grace", "Shared with your manager." in sam.sees())
    await done(sam)
    await grace.opens_home()
    await grace.presses("My team", surface="home")
    await grace.presses("Look", surface="home", block_id="wants")
    told.expect("Grace reads it in his own words", WORDS in grace.sees() and "deepen where they are" in grace.sees())
    await done(grace)
    told.noted["sam"] = str(len(told.stage.slack.posted("sam")))


async def in_peace(told: Telling) -> None:
    """Two months later: Sam has heard what everybody hears, and nothing about levels or time."""
    told.chapter("Left in peace")
    sam = told.person("sam")
    since = int(told.noted["sam"])
    heard = [str(one.message).casefold() for one in told.stage.slack.posted("sam")[since:]]
    told.expect("weeks have passed, and his check-ins came", any("check-in" in one for one in heard))
    pushed = [one for one in heard if any(words in one for words in PUSHES)]
    told.expect("no message was about a level, about time, or about what he said", not pushed)
    await sam.types("/ladder")
    told.expect("nor does his own page count any", "On record" not in sam.sees())
    await done(sam)


async def a_what_if(told: Telling) -> None:
    """Dalia looks at what the technical track would ask of her, keeps it, and asks for a mentor there."""
    told.chapter("What if")
    dalia, noor = told.person("dalia"), told.person("noor")
    await offers(noor, capacity="3")
    await dalia.types("/ladder what-if")
    await dalia.submits(place="technical:T3")
    told.expect("the same band is the same standing", "same standing and reward" in dalia.sees())
    told.expect("she sees what would be new, and who mentors", "Depth of knowledge" in dalia.sees())
    told.expect("of those who agreed to be listed", "Noor Haddad" in dalia.sees())
    await dalia.presses("Keep it")
    await dalia.presses("Ask for a mentor there")
    await dalia.submits(goal="I would like to understand what our data could tell customers.")
    told.expect("the request goes out", "Sent." in dalia.sees())
    await done(dalia)
    await told.in_a_moment()
    told.expect("Noor is asked", any("Dalia Mansour" in text and "mentor" in text for text in noor.texts()))
    await noor.presses("Accept")
    await done(noor)
    await told.in_a_moment()
    told.expect("Dalia has a mentor there", any("Noor Haddad" in text and "says yes" in text for text in dalia.texts()))

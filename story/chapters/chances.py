"""A chance to grow: offered from a message, found in Home, taken, and the manager knows about the time it needs."""

from story.telling import Telling

SAID = "We need somebody who looks at our onboarding with fresh eyes, about three hours a week until April."


async def from_a_message(told: Telling) -> None:
    """Dalia writes it, Noor offers it with Dalia's name on it, Lea takes it into her plan and gets the only place."""
    told.chapter("A chance to grow, from a message")
    await told.until("2027-01-20", 12, where="ines")
    said = await told.person("dalia").says(SAID, channel="general")
    noor, lea = told.person("noor"), told.person("lea")
    await noor.uses("Offer a chance to grow", message=said)
    told.expect("the form starts with the message and who wrote it", "Dalia Mansour wrote it first" in noor.sees())
    await noor.submits(kind="stretch assignment", title="Onboarding, seen with fresh eyes", hours="3", places="1",
                      until_on="2027-04-30")  # fmt: skip
    await noor.closes(everything=True)

    await lea.opens_home()
    told.expect("whoever it suits finds it in Home", "fresh eyes (stretch assignment" in lea.sees("home"))
    await lea.presses("All chances", surface="home")
    await lea.presses("Look")
    told.expect("with who offers it, and whose words it began with", "first by Dalia Mansour" in lea.sees())
    await lea.presses("I am interested")
    await lea.presses("Take it into my plan")
    await lea.closes(everything=True)
    told.expect("Noor hears who asks, and nobody else does", "Lea Brunner* is interested" in noor.texts()[-1])
    await noor.presses("Look at it")
    await noor.presses("Welcome")
    await noor.closes(everything=True)
    told.expect("Lea has the place", "has a place for you" in lea.texts()[-1])
    mats = told.person("mats")
    told.expect("Mats knows about the hours, and has nothing to approve", "3 hours a week" in mats.texts()[-1])

    ravi = told.person("ravi")
    await ravi.types("/ladder chances")
    told.expect("others see that it is taken, and not by whom", "all places taken" in ravi.sees())
    told.expect("not even its name tells", "Lea" not in ravi.sees())
    await ravi.closes(everything=True)

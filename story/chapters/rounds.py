"""Two 360 rounds: one that enough people have answered, and one that is shown to nobody."""

from story.telling import Teller, Telling

CLOSES, READ_ON = "2027-01-15", "2027-01-21"
PEERS = ("noor", "lea", "kiran", "tom")
KNOWS = "You ask the question that everybody else avoids."
GONE = "This is never read by anybody."
WHY = "asks what you see in their work"


async def begun(told: Telling) -> None:
    """Ana and Yuki each begin one; their managers agree to the names, and everybody reads the terms first."""
    told.chapter("Two rounds begin")
    await told.until("2027-01-07", 10, where="ana")
    for name, peers in (("ana", PEERS), ("yuki", ("sam", "dalia", "zoe", "ravi"))):
        await _begins(told, name, peers)
    await told.until("2027-01-08", 10, where="mats")
    await _agrees(told, "mats")
    await _agrees(told, "grace")
    await told.until("2027-01-08", 16, where="noor")
    noor = told.person("noor")
    invited = next(one for one in told.stage.slack.posted("noor") if WHY in str(one.message))
    await noor.presses("How this works", message=invited)
    told.expect("Noor reads that nothing carries her name", "Your answer carries no name" in noor.sees())
    told.expect("and what it is for", "only if Ana Pérez attaches it" in noor.sees())
    await noor.closes(everything=True)


async def _begins(told: Telling, name: str, peers: tuple[str, ...]) -> None:
    who = told.person(name)
    await who.types("/ladder 360")
    await who.presses("Begin a round")
    await who.submits(due_on=CLOSES)
    await who.submits(peers=list(peers))
    await who.closes(everything=True)


async def _agrees(told: Telling, name: str) -> None:
    manager = told.person(name)
    await manager.types("/ladder 360")
    await manager.presses("Look")
    await manager.submits()
    await manager.closes(everything=True)


async def answered(told: Telling) -> None:
    """Four answer about Ana, two about Yuki."""
    told.chapter("Answers in two rounds")
    for name in PEERS:
        await _answers(told.person(name), rating="4", words=KNOWS)
    for name in ("sam", "dalia"):
        await _answers(told.person(name), rating="2", words=GONE)
    await _answers(told.person("ana"), rating="2", words="")


async def closed(told: Telling) -> None:
    """Both rounds have closed."""
    told.chapter("One round that enough have answered, and one that they have not")
    ana = told.person("ana")
    await told.until(READ_ON, 10, where="ana")
    await _reads(ana)
    told.expect("Ana sees herself lower than others do", "you see yourself lower" in ana.sees())
    await ana.presses("What to continue")
    told.expect("what they wrote is there", ana.sees().count(KNOWS) == len(PEERS))
    told.expect("and nobody's name is beside it", not any(one in ana.sees() for one in ("Noor", "Lea", "Tom")))
    await ana.closes(everything=True)
    await told.in_a_moment()
    heard = [str(one.message) for one in told.stage.slack.posted("mats")]
    told.expect("Mats may read it now that she has", any("there for you to read, too" in one for one in heard))
    await told.until("2027-01-22", 10, where="yuki")
    yuki = told.person("yuki")
    await _reads(yuki)
    told.expect("Yuki reads why there is nothing", "Fewer than 3 peers have answered" in yuki.sees())
    told.expect("and no word of anybody", GONE not in yuki.sees())
    await yuki.closes(everything=True)


async def _answers(giver: Teller, *, rating: str, words: str) -> None:
    await giver.types("/ladder 360")
    if "I will answer" in giver.sees():
        await giver.presses("I will answer")
    await giver.presses("Answer")
    rated = next(one["block_id"] for one in giver.modal["blocks"] if one["block_id"].startswith("rating-"))
    await giver.submits(**{rated: rating, "keep": words})
    await giver.closes(everything=True)


async def _reads(who: Teller) -> None:
    await who.types("/ladder 360")
    await who.presses("Read it")

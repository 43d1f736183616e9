"""An anonymous voice: too few answer at first, then enough; words are answered, and something is done about them."""

from story.telling import Teller, Telling

SOONER = "I would like to know sooner what the next level asks."
NOTE = "Nobody reads my evidence for weeks."
ANSWER = "You are right. We will publish it with every release."
OPENED, CLOSES = "Program feedback is open", "closes soon"


async def a_second_reader(told: Telling) -> None:
    """Nobody reads alone what people say without their names: Inês gives Grace the role, too."""
    told.chapter("A second reader")
    ines = told.person("ines")
    await ines.opens_home()
    await ines.presses("Program", surface="home")
    await ines.presses("Change", surface="home", block_id="role-owner")
    await ines.submits(holders=["ines", "grace"])
    await ines.closes(everything=True)


async def opens(told: Telling) -> None:
    """The first cycle opens on Monday; four people answer, and one wants to hear no more of it."""
    told.chapter("A pulse")
    await told.until("2026-11-24", 10, where="ana")
    ana, sam = told.person("ana"), told.person("sam")
    heard = [any(OPENED in text for text in told.person(who).texts()) for who in ("ana", "noor", "sam", "tom", "pia")]
    told.expect("everybody hears that it is open", all(heard))
    await ana.types("/program-feedback")
    said = ana.sees()
    told.expect("Ana reads who reads it", "Grace Otieno and Inês Carvalho" in said)
    told.expect("and what nobody can promise", "Slack carries your form" in said and "writing style" in said)
    told.noted["ana"] = await _sends(ana, choice="5", standing="4", clarity="2", text2=SOONER)
    told.expect("nothing in her conversation tells that she has", not _is_heard(told, "ana", told.noted["ana"]))
    for name, choice in (("noor", "5"), ("tom", "4"), ("pia", "3")):
        who = told.person(name)
        await who.types("/program-feedback")
        await who.submits(choice=choice, standing="4", fairness=choice)
        await who.closes(everything=True)
    letter = next(one for one in told.stage.slack.posted("sam") if OPENED in str(one.message))
    await sam.presses("Less of this", message=letter)
    await sam.submits(topics=["program feedback"])
    await sam.closes(everything=True)


async def too_few(told: Telling) -> None:
    """A week before the end everybody is reminded alike; at the end four have answered, and nothing is opened."""
    told.chapter("A pulse that too few have answered")
    reminded = {name for name in ("ana", "pia", "dalia", "sam") if _is_heard(told, name, CLOSES)}
    told.expect("those who have answered are reminded like everybody", {"ana", "pia"} <= reminded)
    told.expect("Sam, who wanted no more of it, is not", "sam" not in reminded)
    ana = told.person("ana")
    await ana.types("/program-feedback")
    told.noted["ana again"] = await _sends(ana, text1=NOTE)
    await told.until("2026-12-22", 16, where="ines")
    ines = told.person("ines")
    await ines.types("/program-feedback")
    told.expect("it stays open for another window", "Monday 18 January" in ines.sees())
    await ines.closes()
    told.expect("nothing has been opened, nobody hears of it", not _is_heard(told, "ines", "people answered"))


async def released(told: Telling) -> None:
    """Four more answer; at the end of the second window everything is opened at once, shuffled."""
    told.chapter("A pulse that is opened")
    await told.until("2027-01-12", 14, where="ana")
    for name in ("dalia", "ravi", "zoe", "kiran"):
        who = told.person(name)
        await who.types("/program-feedback")
        await who.submits(choice="4", standing="3", fairness="4", clarity="2")
        await who.closes(everything=True)
    await told.until("2027-01-18", 10, where="ines")
    ines = told.person("ines")
    digest = next(one for one in told.stage.slack.posted("ines") if "people answered" in str(one.message))
    told.noted["digest"] = digest.ts
    told.expect("Inês hears how many, as a band", "5-9 people answered" in str(digest.message))
    told.expect("with charts, and without a word of anybody", SOONER not in str(digest.message))
    await ines.presses("Read what was written", message=digest)
    told.expect("the pulse and the later note are both there", SOONER in ines.sees() and NOTE in ines.sees())
    told.expect("nothing says who wrote them", "Ana" not in ines.sees())


async def answered(told: Telling) -> None:
    """Inês answers, the author replies by receipt, and what is promised is kept."""
    told.chapter("You said, we did")
    ines, ana = told.person("ines"), told.person("ana")
    await ines.presses("Answer", block_id=_place_of(ines, SOONER))
    await ines.submits(words=ANSWER)
    await ines.closes(everything=True)
    await ana.types("/program-feedback receipt")
    await ana.submits(receipt=told.noted["ana"])
    told.expect("whoever has the receipt reads it", ANSWER in ana.sees())
    await ana.submits(**{"reply-text2": "With an example for each track, please."})
    await ana.closes(everything=True)
    await ines.presses("Promise something", message=told.noted["digest"])
    await ines.submits(said="The next level is a riddle.", did="Examples for each track.", due_on="2027-01-19")
    await ines.closes(everything=True)
    await told.until("2027-01-19", 10, where="ines")
    told.expect("on its day the promise comes back to her", _is_heard(told, "ines", "promise"))
    await ines.types("/ladder promises")
    await ines.chooses("promises.close", "We did it")
    await ines.submits(did="There is an example for each track now.")
    await ines.closes(everything=True)
    zoe = told.person("zoe")
    await zoe.opens_home()
    told.expect("everybody reads what was done", "There is an example" in zoe.sees("home"))
    await ana.types("/program-feedback receipt")
    await ana.submits(receipt=told.noted["ana"])
    asked = next(one for one in ana.modal["blocks"] if one.get("element", {}).get("type") == "radio_buttons")
    await ana.submits(**{asked["block_id"]: asked["element"]["options"][0]["value"]})
    told.expect("Ana says by receipt that it helped", not ana.errors)
    await ana.closes(everything=True)
    await told.until("2027-01-20", 10, where="ines")
    await ines.presses("Read what was written", message=told.noted["digest"])
    told.expect("her reply and her verdict have reached the readers", "With an example for each track" in ines.sees())


def _place_of(reader: Teller, words: str) -> str:
    """The block with the buttons under these words."""
    block = next(one for one in reader.modal["blocks"] if words in str(one))
    return str(block["block_id"]).replace("text-", "do-")


async def _sends(author: Teller, **answers: str) -> str:
    """Sends the form, and copies the receipt."""
    await author.submits(**answers)
    block = next(one for one in author.modal["blocks"] if one["block_id"] == "receipt")
    receipt = str(block["element"]["initial_value"])
    await author.submits()
    return receipt


def _is_heard(told: Telling, name: str, words: str) -> bool:
    return any(words in str(one.message) for one in told.stage.slack.posted(name))

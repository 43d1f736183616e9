"""Mentors: a request that is accepted, declined and met with silence; a round; a pair, and its good end."""

from collections.abc import Sequence
from typing import Any

from sandbox import Posted
from story.telling import Teller, Telling

GROWS = "problem-solving"


async def accepted(told: Telling) -> None:
    """Tom offers his time; Ana asks; the two get to know each other, plan, and meet."""
    told.chapter("A request, accepted")
    await told.until("2026-12-08", 10, where="tom")
    tom, ana = told.person("tom"), told.person("ana")
    await offers(tom, capacity="2")
    await _asks(told, ana, goal="I would like to lead something larger without giving up engineering.")
    told.expect("Tom reads who asks and why he fits", "asks for a mentor" in tom.sees() and "•" in tom.sees())
    told.expect("her words are behind the button", "without giving up" not in tom.sees())
    await tom.presses("Read the request")
    told.expect("where he reads them", "without giving up engineering" in tom.sees())
    await tom.presses("Accept")
    await done(tom)
    told.expect("Ana hears who it is", any("Tom Okafor" in text and "says yes" in text for text in ana.texts()))
    await _a_moment(told)
    (hello,) = _together(told, "ana", "tom")
    told.expect("the two have a conversation of their own", "this is your mentor" in str(hello.message))
    told.expect("with questions to begin with", "Three questions" in str(hello.message))
    await ana.presses("Sharing", message=hello)
    await ana.submits(shares=["evidence", "credit"])
    await done(ana)
    await ana.presses("Plan a session", message=hello)
    await ana.submits(on="2026-12-10", time="11:00")
    told.expect("the session is planned in both clocks", "10:00 for Tom Okafor" in ana.sees())
    await ana.presses("Calendar file")
    told.expect("and there is a file for the calendar", any(one.get("files") for one in ana.messages))
    await done(ana)


async def declined_twice(told: Telling) -> None:
    """Kiran names two who cannot; the third says yes. Who declined is named to nobody who did not ask for them."""
    told.chapter("Declined twice, then accepted")
    pia, zoe, kiran = told.person("pia"), told.person("zoe"), told.person("kiran")
    await offers(pia)
    await offers(zoe)
    await _asks(told, kiran, goal="How do projects work here?", choice_1=["pia"], choice_2=["zoe"])
    await told.until("2026-12-09", 10, where="pia")
    await pia.presses("Decline and pause")
    await pia.submits(reason="time", until="2027-01-11")
    await done(pia)
    await told.until("2026-12-09", 10, where="zoe")
    told.expect(
        "Kiran hears that it is with Zoë now", any("whom you named, has it now" in one for one in kiran.texts())
    )
    await zoe.presses("Decline and pause")
    await zoe.submits(until="2027-01-11")
    await done(zoe)
    await _a_moment(told)
    told.expect("then with somebody who fits, not named yet", any("somebody who fits" in one for one in kiran.texts()))
    tom = told.person("tom")
    await tom.presses("Accept")
    await done(tom)
    told.expect("the third one says yes", any("Tom Okafor" in one and "says yes" in one for one in kiran.texts()))


async def silent(told: Telling) -> None:
    """Noor does not answer for three working days: she is reminded once, and it goes on without a word about her."""
    told.chapter("A silent mentor is passed over")
    noor, lea, ravi = told.person("noor"), told.person("lea"), told.person("ravi")
    await told.until("2026-12-09", 14, where="lea")
    await offers(noor)
    await offers(lea)
    await _asks(told, ravi, goal="I would like to read our data myself.", choice_1=["noor"])
    await told.until("2026-12-14", 10, where="noor")
    lists = [str(one.message) for one in told.stage.slack.posted("noor") if "Good morning" in str(one.message["text"])]
    told.expect("Noor is reminded in her morning's list", "Ravi Menon asks you to be their mentor" in lists[-1])
    await told.until("2026-12-15", 12, where="lea")
    told.expect("after three working days it goes on to Lea", any("asks for a mentor" in one for one in lea.texts()))
    told.expect("Ravi hears that it has moved on", any("has moved on" in one for one in ravi.texts()))
    await lea.presses("Accept")
    await done(lea)
    told.expect("and that Lea says yes", any("Lea Brunner" in one and "says yes" in one for one in ravi.texts()))


async def met(told: Telling) -> None:
    """Ana and Tom have met; each takes one thing away, and Tom may show it on his own ladder."""
    told.chapter("Did you meet? And credit on the mentor's own ladder")
    ana, tom = told.person("ana"), told.person("tom")
    for teller, took in ((tom, "Her team measures what mine guesses."), (ana, "Ask what would make it a yes.")):
        await teller.presses("Yes")
        await teller.submits(took=took)
        await done(teller)
    await tom.types("/mentor")
    told.expect("both say that they have met: it is confirmed", "1 session confirmed" in tom.sees())
    await tom.presses("Use as evidence")
    told.expect("Tom's evidence is prepared without Ana's name", "Ana" not in str(tom.modal["state"]["values"]))
    first = next(block for block in tom.modal["blocks"] if block["block_id"] == "milestone")["element"]["options"][0]
    await tom.submits(
        milestone=first["text"]["text"], impact="She leads her first project now.", reviewers=["grace", "noor"]
    )
    told.expect("it is on its way to its reviewers", not tom.errors)
    await done(tom)


async def a_round(told: Telling) -> None:
    """Yuki and Mila find nobody who is free; Inês matches everybody who waits, looks at the pairs, and publishes."""
    told.chapter("A round for everybody who waits")
    yuki, mila, ines = told.person("yuki"), told.person("mila"), told.person("ines")
    await offers(told.person("noor"), full_until="2027-01-11")
    await told.until("2026-12-16", 16, where="yuki")
    for waiting in (yuki, mila):
        await _asks(told, waiting, goal="I would like to see how others decide.")
    await told.until("2026-12-17", 10, where="lea")
    heard = [any("I have not found a mentor for you yet" in one for one in who.texts()) for who in (yuki, mila)]
    told.expect("both hear that nobody is free, and that they come first", all(heard))
    mentors = ("noor", "pia", "grace")
    for name in mentors:
        await offers(told.person(name), full_until=None)
    await ines.types("/mentor round")
    told.expect("Inês sees how many wait", "2 people wait for a mentor" in ines.sees())
    await ines.presses("Match everybody who waits")
    await done(ines)
    await _a_moment(told)
    await ines.presses("Look at the pairs")
    told.expect("she sees pairs with reasons", "working hours a week in common" in ines.sees())
    told.expect("and not a word of what anybody wishes", "how others decide" not in ines.sees())
    await ines.presses("Publish")
    await done(ines)
    await _a_moment(told)
    asked = [name for name in mentors if _is_asked(told, name)]
    told.expect("now the mentors of both are asked", len(asked) == 2)
    for name in asked:
        mentor = told.person(name)
        await mentor.presses("Accept")
        await done(mentor)


async def a_quiet_pair(told: Telling) -> None:
    """Kiran and Tom have not met for three weeks: both have a gentle choice. Kiran ends it; there is no blame."""
    told.chapter("A quiet pair, a good end, and a new match")
    await told.until("2027-01-05", 10, where="tom")
    kiran, tom = told.person("kiran"), told.person("tom")
    quiet = [sum("It has been quiet" in text for text in who.texts()) for who in (kiran, tom)]
    told.expect("both are asked, each for themself", min(quiet) >= 1)
    ask = next(one for one in reversed(told.stage.slack.posted("kiran")) if "quiet" in str(one.message["text"]))
    await kiran.presses("Pause, or end well", message=ask)
    await kiran.submits(what="end")
    await done(kiran)
    told.expect("Tom hears that it ended, and not by whom", any("come to its end" in one for one in tom.texts()))
    await kiran.presses("Say how it was")
    await kiran.submits(worth="3", fit="3")
    await done(kiran)
    await kiran.presses("Find a new match")
    await done(kiran)
    told.expect("Kiran waits for somebody new", "looking for" in await _mentoring(kiran) or kiran.texts())


async def done(teller: Teller) -> None:
    """Whatever is open is closed."""
    if teller.modal is not None:
        await teller.closes(everything=True)


async def _mentoring(teller: Teller) -> str:
    await teller.types("/mentor")
    seen = str(teller.sees())
    await done(teller)
    return seen


async def offers(teller: Teller, **more: Any) -> None:
    await teller.types("/mentor offer")
    await teller.submits(**{"capacity": "1", "hours": "2", "competencies": [GROWS], "is_listed": ["listed"], **more})
    await done(teller)


async def _asks(told: Telling, teller: Teller, *, goal: str, **more: Any) -> None:
    await teller.types("/mentor ask")
    await teller.submits(**{"goal": goal, "competencies": [GROWS], "rhythm": "14", "track": "any-other", **more})
    told.expect("the form says how it goes on", "Sent." in teller.sees())
    await done(teller)
    await _a_moment(told)


async def _a_moment(told: Telling) -> None:
    """What the clock does within two minutes: looking for a mentor, opening a conversation."""
    await told.in_a_moment()


def _together(told: Telling, *names: str) -> Sequence[Posted]:
    """What the bot has written into the conversation of these people."""
    ids = {told.stage.slack.state.user(name).id for name in names}
    places = told.stage.slack.state.conversations.values()
    (group,) = [one.id for one in places if one.kind == "mpim" and ids <= set(one.members)]
    return told.stage.slack.posted(group)


def _is_asked(told: Telling, name: str) -> bool:
    return any("asks for a mentor" in str(one.message["text"]) for one in told.stage.slack.posted(name)[-3:])

"""The chapters, in the order in which they are played; each goes on where the one before it ended."""

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.models.messages import Occurrence, Outbox
from bot.models.people import Person, Placement
from story import company, stage
from story.telling import Telling

PROMPT = "time for your check-in"
WEEK = "of your people this week"


async def setting_up(told: Telling) -> None:
    """An operator loads the framework, the directory and the people file."""
    told.chapter("Setting up")
    await stage.set_up(told.stage)
    told.did("the operator loads framework.yml, lets the directory sync, and imports the people file")
    async with told.stage.db.reading() as session:
        people = await session.scalar(select(func.count()).select_from(Person))
        members = await session.scalar(select(func.count()).select_from(Placement))
    told.expect(f"{len(company.COMPANY)} people are in the directory", people == len(company.COMPANY))
    told.expect("all of them hold a track and a level", members == len(company.COMPANY))
    told.expect("nobody has been written to yet", not told.stage.slack.posted())


async def first_monday(told: Telling) -> None:
    """Prompts come at everybody's own Monday morning."""
    told.chapter("A Monday, nine o'clock everywhere")
    await told.until("2026-11-16", 9, where="zoe")
    prompts = [one for one in told.stage.slack.posted() if PROMPT in str(one.message.get("text"))]
    counts = Counter(one.channel for one in prompts)
    told.expect("everybody got one prompt, nobody two", sorted(counts.values()) == [1] * len(company.COMPANY))
    told.expect("each at nine by their own clock", all(_local_hour(one) == 9 for one in prompts))

    ana = told.person("ana")
    await ana.presses("Answer")
    await ana.submits(win="Our migration went through without a minute of downtime.")
    told.expect("Ana reads who can read it", "Mats Lindqvist" in ana.sees())
    await ana.closes()
    told.expect("her prompt turned into a thank-you", "Thank you" in ana.texts()[-1])

    kiran = told.person("kiran")
    await kiran.presses("Nothing new")
    told.expect("one press is an answer, too", "Nothing new" in kiran.texts()[-1])

    tom = told.person("tom")
    await tom.presses("Later today")
    told.expect("Tom is told when he will be asked again", "ask again" in tom.texts()[-1])

    pia = told.person("pia")
    await pia.presses("Skip")
    told.expect("Pia's round is left out without a word to anybody", "left out" in pia.texts()[-1])


async def mistakes(told: Telling) -> None:
    """Somebody sends an empty form, changes an answer, and keeps one private."""
    told.chapter("Mistakes are cheap")
    ravi = told.person("ravi")
    await ravi.presses("Answer")
    await ravi.submits()
    told.expect("an empty form stays open with a sentence beside the field", "win" in ravi.errors)
    await ravi.submits(obstacle="Waiting for data access <!channel>", privacy=["private"])
    told.expect("a private answer says that only he reads it", "Only you" in ravi.sees())
    await ravi.closes()
    await ravi.types("/checkin")
    told.expect("what he wrote is there to be changed", "Waiting for data access" in ravi.sees())
    await ravi.submits(obstacle="", win="Access came through.")
    await ravi.closes()
    await ravi.types("/checkin history")
    told.expect("the history shows the change", "Access came through." in ravi.sees())
    await ravi.closes()


async def in_peace(told: Telling) -> None:
    """Yuki pauses, Lea has a public holiday, Tom is asked again."""
    told.chapter("Left in peace")
    await told.until("2026-11-16", 15, where="tom")
    tom = told.person("tom")
    told.expect("Tom was asked again the same afternoon", sum(PROMPT in text for text in tom.texts()) == 1)
    await tom.presses("Answer")
    await tom.submits(help_wanted="Half an hour with somebody who has moved a team before.")
    await tom.closes()
    yuki = told.person("yuki")
    await yuki.types("/ladder pause until 7 December")
    told.expect("Yuki is told when it ends", "Monday 7 December" in str(yuki.ephemerals[-1]))
    await yuki.types("/ladder pause until yesterday")
    told.expect("a day that makes no sense is refused with examples", "Name a day" in str(yuki.ephemerals[-1]))


async def a_managers_week(told: Telling) -> None:
    """Help wanted reaches Mats the next morning; what else there is to read reaches Grace on Wednesday."""
    told.chapter("A manager's week")
    lea = told.person("lea")
    await lea.presses("Answer")
    await lea.submits(help_wanted="A second pair of eyes on the storage design.")
    await lea.closes()
    await told.until("2026-11-17", 9, where="mats")
    mats = told.person("mats")
    told.expect("Mats hears that Lea would welcome help", mats.texts()[-1] == "Lea Brunner would welcome help.")
    await mats.presses("Read new check-ins")
    told.expect("what she wrote is behind the button, and comes first", "second pair of eyes" in mats.sees())
    await mats.submits(reply="Ana knows it well. Shall I ask her?")
    told.expect("Lea hears that he has replied", "replied" in lea.texts()[-1])
    told.expect("then comes what Ana wrote", "without a minute of downtime" in mats.sees())
    await mats.submits()
    await mats.closes()
    await told.until("2026-11-18", 9, where="mats")
    grace = told.person("grace")
    told.expect("Grace hears of her week in one message", sum(WEEK in text for text in grace.texts()) == 1)
    told.expect("Tom's wish for help is in it", "Tom Okafor would welcome help" in grace.sees())
    told.expect("Mats has read everything and hears nothing", not any(WEEK in text for text in mats.texts()))


async def a_welcome(told: Telling) -> None:
    """Mila joins in the middle of a round, is welcomed, and taps; Noor begins to manage somebody."""
    told.chapter("A welcome")
    await told.stage.slack.join(company.NEWCOMER)
    await stage.imports(told.stage, "mila@manyways.example,mats@manyways.example,technical,T2")
    told.did("mila joins the company and is in the people file")
    mila = told.person("mila")
    told.expect("before anything is asked of her, the program introduces itself", len(mila.texts()) == 1)
    told.expect("it says what it never does", "name anybody who did not answer" in mila.sees())
    await mila.presses("Choose my focus")
    await mila.submits(focus=["Review designs of colleagues"])
    told.expect("what she works on now is ticked off", "Change my focus" in mila.sees())
    await mila.presses("Choose when")
    await mila.submits(hour="10:00")
    await mila.closes()
    told.expect("and when to ask her", "At 10:00 by your clock (Europe/Berlin)" in mila.sees())
    await mila.presses("Something is wrong")
    told.expect("she reads who can change it", "Inês Carvalho can change it" in mila.sees())
    ines = told.person("ines")
    told.expect("Inês hears that something on record is wrong", "on record" in ines.texts()[-1])
    told.expect("and what she can do", "ladderbot people import" in ines.sees())
    await stage.imports(told.stage, "mila@manyways.example,noor@manyways.example,technical,T2")
    told.did("the operator imports the people file anew: noor manages mila")
    told.expect("Mila is shown what is on record now", "manager: Noor Haddad" in mila.sees())
    await mila.presses("That's right")
    told.expect("now it is right", "✓ That's right" in mila.sees())
    noor = told.person("noor")
    told.expect("Noor hears what comes to her as a manager", "people report to you" in noor.texts()[-1])
    told.expect("and whom nobody will ever name", "never hear who did not answer" in noor.sees())


async def evidence(told: Telling) -> None:
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


async def less_of_this(told: Telling) -> None:
    """Dalia wants no more prompts, and reads that they can come back."""
    told.chapter("Less of this")
    dalia = told.person("dalia")
    await dalia.presses("Less of this")
    await dalia.submits(topics=["check-ins"])
    told.expect("Dalia reads what stays away", "check-in prompts" in dalia.sees())
    await dalia.closes()


async def a_second_round(told: Telling) -> None:
    """Two weeks later: progress shows in the next check-in; Yuki is still in peace; Kiran has moved."""
    told.chapter("The next round")
    await told.stage.slack.change_user("kiran", tz="America/New_York")
    told.did("kiran moves from Kolkata to New York")
    await told.until("2026-11-30", 9, where="zoe")
    ana = told.person("ana")
    await ana.presses("Answer")
    told.expect("the met milestone makes room for the others", "Review designs" not in ana.sees())
    await ana.submits(obstacle="None this time.")
    await ana.closes()
    dalias = [one for one in told.stage.slack.posted("dalia") if PROMPT in str(one.message.get("text"))]
    told.expect("Dalia, who wants no prompts, got none", len(dalias) == 1)
    told.expect("Yuki was left in peace", not any(PROMPT in text for text in told.person("yuki").texts()[1:]))
    kiran = [one for one in told.stage.slack.posted("kiran") if PROMPT in str(one.message.get("text"))]
    told.expect("Kiran was asked once more, at nine in New York", len(kiran) == 2 and _at(kiran[-1]).hour == 14)
    await told.until("2026-12-07", 9, where="yuki")
    yuki = told.person("yuki")
    told.expect("Yuki is asked on the morning of the return", PROMPT in yuki.texts()[-1])


async def nothing_owed(told: Telling) -> None:
    """At the end everything that was owed has arrived, once."""
    told.chapter("The books")
    async with told.stage.db.reading() as session:
        due = select(Outbox.state).where(Outbox.not_before <= told.stage.clock.now()).distinct()
        states = set(await session.scalars(due))
        keys = [key.hex for key in await session.scalars(select(Outbox.id).where(Outbox.state == "sent"))]
        overdue = await session.scalar(
            select(func.count()).where(Occurrence.state == "planned", Occurrence.due_at < told.stage.clock.now())
        )
    delivered = Counter(one.key for one in told.stage.slack.posted() if one.key)
    told.expect("nothing that is due is waiting, unknown or failed", states <= {"sent", "skipped"})
    told.expect("every message arrived once", all(count == 1 for count in delivered.values()))
    told.expect("nothing arrived that was not owed", set(delivered) <= set(keys))
    told.expect("no prompt was forgotten", overdue == 0)
    mentions = [mention for one in told.stage.slack.posted() for mention in one.mentions]
    told.expect("nobody's words mentioned anybody by accident", not mentions)


def _at(posted: object) -> datetime:
    return datetime.fromtimestamp(float(posted.ts), UTC)  # type: ignore[attr-defined]


def _local_hour(posted: object) -> int:

    name = posted.channel.removeprefix("D0").lower()  # type: ignore[attr-defined]
    zone = next(one.zone for one in company.COMPANY if one.name == name)
    return _at(posted).astimezone(ZoneInfo(zone)).hour


CHAPTERS = (
    setting_up, first_monday, mistakes, in_peace, a_managers_week, a_welcome, evidence, a_full_day, less_of_this,
    a_second_round, nothing_owed,
)  # fmt: skip

"""Check-ins: a first Monday, mistakes, a manager's week, the next round."""

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from story import company
from story.telling import Telling

PROMPT = "time for your check-in"
WEEK = "of your people this week"


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


async def four_things(told: Telling) -> None:
    """A check-in, evidence, praise and a wish: Mats hears of all four at once, and looks at himself."""
    told.chapter("Four things in one message")
    noor, kiran, mats = (told.person(name) for name in ("noor", "kiran", "mats"))
    await noor.types("/checkin")
    await noor.submits(win="Three reviews in one day, and tea in between.")
    await noor.closes()
    await kiran.opens_home()
    wish = "My team gives me no chance to show this"
    await kiran.chooses("home.milestone", wish, surface="home", block_id="milestone-0")
    await told.until("2026-11-25", 9, where="mats")
    told.expect("Mats hears of four things in one message", f"4 things {WEEK}" in mats.texts()[-1])
    lines = ("1 new check-in", "by Kiran Deshpande is with reviewers", "Worth a word of praise", "Wishes for work")
    told.expect("each has a line of its own", all(line in mats.sees("message") for line in lines))
    told.expect("none has anybody's words", "tea in between" not in mats.sees("message"))
    await mats.presses("I passed it on")
    told.expect("he has told Ana, and that counts in his own figures", "which only you see" in mats.sees())
    await mats.presses("Look")
    told.expect("his own figures are nobody else's", "Only you see this" in mats.sees())
    told.expect("praise is counted by track", "Technical: 1 of 1 accepted piece" in mats.sees())
    await mats.closes(everything=True)
    await mats.presses("See my team")
    seen = mats.sees()
    told.expect("his team is one line each, what waits first", seen.index("Kiran") < seen.index("Ana"))
    await mats.chooses("team.sort", "By name", surface="modal")
    await mats.closes(everything=True)


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
    yukis = [text for text in told.person("yuki").texts() if PROMPT in text]
    told.expect("Yuki was left in peace", len(yukis) <= 1)
    kiran = [one for one in told.stage.slack.posted("kiran") if PROMPT in str(one.message.get("text"))]
    told.expect("Kiran was asked once more, at nine in New York", len(kiran) == 2 and _at(kiran[-1]).hour == 14)
    await told.until("2026-12-07", 9, where="yuki")
    yuki = told.person("yuki")
    told.expect("Yuki is asked on the morning of the return", PROMPT in yuki.texts()[-1])


def _at(posted: object) -> datetime:
    return datetime.fromtimestamp(float(posted.ts), UTC)  # type: ignore[attr-defined]


def _local_hour(posted: object) -> int:

    name = posted.channel.removeprefix("D0").lower()  # type: ignore[attr-defined]
    zone = next(one.zone for one in company.COMPANY if one.name == name)
    return _at(posted).astimezone(ZoneInfo(zone)).hour

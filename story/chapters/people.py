"""People: setting up, being left in peace, a welcome, less of this."""

from sqlalchemy import func, select

from bot.models.people import Person, Placement
from story import company, stage
from story.chapters.check_ins import PROMPT
from story.telling import Telling


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


async def less_of_this(told: Telling) -> None:
    """Dalia wants no more prompts, and reads that they can come back."""
    told.chapter("Less of this")
    dalia = told.person("dalia")
    await dalia.presses("Less of this")
    await dalia.submits(topics=["check-ins"])
    told.expect("Dalia reads what stays away", "check-in prompts" in dalia.sees())
    await dalia.closes()

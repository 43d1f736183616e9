"""People: setting up, being left in peace, a welcome, less of this."""

from sqlalchemy import func, select

from bot.models.people import Person, Placement
from story import company, stage
from story.chapters.check_ins import PROMPT
from story.telling import Telling


async def setting_up(told: Telling) -> None:
    """Inês, who has just installed the app, sets the program up from Home: two files, dropped and looked at."""
    told.chapter("Setting up an empty workspace")
    await told.stage.bot.tick()
    told.did("the directory comes from Slack by itself")
    ines = told.person("ines")
    await ines.opens_home()
    await ines.presses("Become the owner", surface="home")
    told.expect("she reads that two files are all it takes", "Two files, and it runs" in ines.sees("home"))
    ladder = (stage.ROOT / "framework.yml").read_text()
    await ines.presses("Drop the framework file", surface="home")
    await _applies(told, ("framework.yml", ladder.replace("band: 3", "band: 33", 1).encode()))
    told.expect("a mistake in it is named with its line", "line " in ines.sees() and "to mend first" in ines.sees())
    await _applies(told, ("framework.yml", ladder.encode()))
    told.expect("she sees what is in it before it counts", "5 tracks" in ines.sees())
    await _applies(told)
    told.expect("then it is in force", "is in force" in ines.sees())
    await ines.closes()
    await ines.presses("Drop the people file", surface="home")
    await _applies(told, ("people.csv", company.people_file()))
    told.expect("the people file says whom it changes", f"{len(company.COMPANY)} people change" in ines.sees())
    told.expect("nobody has been written to yet", not told.stage.slack.posted())
    await _applies(told)
    await ines.closes()
    async with told.stage.db.reading() as session:
        people = await session.scalar(select(func.count()).select_from(Person))
        members = await session.scalar(select(func.count()).select_from(Placement))
    told.expect(f"{len(company.COMPANY)} people are in the directory", people == len(company.COMPANY))
    told.expect("all of them hold a track and a level", members == len(company.COMPANY))


async def _applies(told: Telling, *files: tuple[str, bytes]) -> None:
    """Inês sends the form, with a file or without; a slow machine shows her that it takes a moment."""
    ines = told.person("ines")
    await ines.submits(**({"file": files[0]} if files else {}))
    await told.stage.slack.until(lambda: "takes a moment" not in ines.sees(), timeout=60)
    await stage.settle(told.stage.bot)


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
    told.expect("and what she can do", "New people file" in ines.sees())
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


async def leave(told: Telling) -> None:
    """Lea goes on leave for three weeks; nothing reaches her, and nothing counts."""
    told.chapter("On leave")
    lea = told.person("lea")
    await lea.types("/ladder pause until 4 January")
    told.expect("Lea is told when it ends", "Monday 4 January" in str(lea.ephemerals[-1]))


async def a_return(told: Telling) -> None:
    """One card on the first morning back."""
    told.chapter("Back from leave")
    cards = [one for one in told.stage.slack.posted("lea") if "Welcome back, Lea" in str(one.message)]
    told.expect("Lea had one card on her first morning", len(cards) == 1)
    told.expect("it says that nothing counted against her", "Nothing counted against you" in str(cards[0].message))


async def a_leaver(told: Telling) -> None:
    """Pia leaves with reviews open and a mentee; nobody is left waiting for her."""
    told.chapter("Somebody leaves in the middle of things")
    before = len(told.stage.slack.posted("pia"))
    await told.stage.slack.change_user("pia", deleted=True)
    told.did("pia's account is ended")
    await told.until("2027-01-06", 10, where="grace")
    handed = [one for one in told.stage.slack.posted("grace") if "In place of *Pia Rossi*" in str(one.message)]
    told.expect("her manager reads what she was asked to read", handed)
    heard = [str(one.message) for name in ("kiran", "ravi", "sam") for one in told.stage.slack.posted(name)]
    told.expect(
        "its authors hear who reads it now", any("so *Grace Otieno* now reads your evidence" in one for one in heard)
    )
    told.expect("nobody writes to her any more", len(told.stage.slack.posted("pia")) == before)

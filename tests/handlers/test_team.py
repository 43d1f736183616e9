"""The team looked at from Home and from the week, praise passed on, and figures that only their manager sees."""

from typing import Any

from sqlalchemy import select

from bot.models.people import Person
from bot.rules.team import PER_PAGE
from story.stage import Stage
from tests.handlers import acts, hostile
from tests.handlers.test_attention import first_milestone
from tests.handlers.test_manager_weeks import WEDNESDAY, answers
from tests.support import rows

ODD = ("עומר חדד", "👩‍👩‍👧‍👦 Zed", "<!channel>", "W" * 200)


async def person(session: Any, name: str) -> Person:
    found: Person = (await session.scalars(select(Person).where(Person.slack_id == f"U0{name.upper()}"))).one()
    return found


def shown(view: Any) -> list[str]:
    """First names of the people on a page of the team."""
    said = [block["text"]["text"] for block in view["blocks"] if str(block["block_id"]).startswith("report-")]
    return [line.strip("*").split()[0] for line in said]


async def test_a_week_of_many_things_is_one_message_and_each_line_leads_on(stage: Stage) -> None:
    """Everything in it is looked at: the team, the praise, the manager's own figures."""
    noor, mats = stage.person("noor"), stage.person("mats")
    await noor.types("/evidence")
    await noor.submits(milestone=first_milestone(noor), did="CANARY.", impact="CANARY.", reviewers=["mats", "pia"])
    assert noor.errors == {}
    await noor.closes()
    async with stage.db.writing() as session:
        kiran, now = await person(session, "kiran"), stage.clock.now()
        await rows.evidence(session, kiran, milestone="t2-shipped-changes", state="accepted", decided_at=now)
    await acts.monday(stage)
    await answers(stage, "kiran", "lea")
    await stage.advance(WEDNESDAY)
    week = mats.sees("message")
    assert "CANARY" not in week
    for line in ("4 things of your people", "2 new check-ins", "1 piece of evidence", "I passed it on", "own verdict"):
        assert line in week
    await mats.presses("See my team")
    assert shown(mats.modal) == ["Noor", "Kiran", "Lea", "Ana"]
    await mats.chooses("team.sort", "By name")
    assert shown(mats.modal) == ["Ana", "Kiran", "Lea", "Noor"]
    await mats.presses("Read new check-ins", surface="modal")
    await mats.submits()
    await mats.closes(everything=True)
    again = mats.press_payload("I passed it on")
    await mats.presses("I passed it on")
    await mats.closes()
    await acts.sends(stage, again)
    await mats.presses("Look", surface="modal")
    mirror = mats.sees()
    assert "Only you see this" in mirror
    assert "1 check-in, within 2 working days" in mirror
    assert "Technical: 1 of 1 accepted piece" in mirror
    assert "1 piece waits for you now." in mirror
    hostile.check_nothing_happened(stage)


async def test_a_large_team_is_turned_page_by_page_in_the_order_chosen(stage: Stage) -> None:
    async with stage.db.writing() as session:
        mats = await person(session, "mats")
        for n in range(2 * PER_PAGE - 1):
            name = f"{ODD[n % len(ODD)]} {n}"[-200:]
            await rows.person(session, name, manager=mats, slack_id=None, email=None)
    boss = stage.person("mats")
    await boss.opens_home()
    await boss.presses("My team", surface="home")
    await boss.chooses("team.sort", "By name", surface="home")
    assert "Page 1 of 3" in boss.sees("home")
    await boss.presses("Next", surface="home")
    await boss.presses("Next", surface="home")
    assert "Page 3 of 3" in boss.sees("home")
    assert "Next" not in boss.sees("home")
    assert len(shown(boss.home)) == 3
    await boss.presses("Back", surface="home")
    assert len(shown(boss.home)) == PER_PAGE
    before = boss.press_payload("Next", surface="home")
    for value in ("name:-1", "nonsense", "waits:99999999", "level:²", ""):
        await acts.sends(stage, acts.with_value(before, value))
    assert "Page 1 of 3" in boss.sees("home")
    hostile.check_nothing_happened(stage)


async def test_nobody_but_the_manager_opens_their_figures(stage: Stage) -> None:
    """The owner, who manages somebody herself, finds her own; the spread names nobody, of too few it says nothing."""
    await acts.monday(stage)
    await answers(stage, "kiran")
    mats, ines, ana = (stage.person(name) for name in ("mats", "ines", "ana"))
    await mats.types("/ladder read")
    await mats.submits()
    await mats.closes()
    await mats.opens_home()
    await mats.presses("My team", surface="home")
    press = mats.press_payload("Look", surface="home")
    await mats.presses("Look", surface="home")
    assert "1 check-in, on the same day" in mats.sees()
    await ana.types("/ladder")
    await acts.sends(stage, acts.by(stage, "ana", press))
    assert "Nobody reports to you" in ana.sees()
    await ines.types("/ladder")
    await acts.sends(stage, acts.by(stage, "ines", press))
    assert "no check-ins" in ines.sees()
    await ines.closes(everything=True)
    await ines.opens_home()
    await ines.presses("Program", surface="home")
    await ines.presses("Look", surface="home", block_id="waiting")
    assert ines.sees().count("Fewer than 5 managers") == 2
    spread = ines.press_payload("Look", surface="home", block_id="waiting")
    await mats.closes(everything=True)
    await acts.sends(stage, acts.by(stage, "mats", spread))
    assert "Waiting times" not in mats.sees()

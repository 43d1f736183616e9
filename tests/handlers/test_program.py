"""The owners' part of Home: roles given and taken, closing days, and who begins in a fresh workspace."""

import asyncio
from datetime import timedelta

from bot.clock import StandingClock
from bot.database import Database
from bot.rules.people import Person, Role
from bot.services import people, roles
from story import stage as stages
from story.stage import Actor, Stage
from tests.handlers import acts, hostile
from tests.handlers.hostile import NAMES

PAIR = ("ines", "mats")


async def looks(stage: Stage, name: str = "ines") -> Actor:
    """An owner in their part of Home."""
    person = stage.person(name)
    await person.opens_home()
    await person.presses("Program", surface="home")
    return person


async def change(owner: Actor, role: str, *holders: str) -> None:
    """The people who hold a role are these from now on."""
    await owner.presses("Change", surface="home", block_id=f"role-{role}")
    await owner.submits(holders=list(holders))


async def test_a_role_is_given_and_taken_with_a_word_and_a_history(either: Stage) -> None:
    ines, noor = await looks(either), either.person("noor")
    assert "Council members decide about promotions\nnobody yet" in ines.sees("home")
    await change(ines, "council", "noor", "lea")
    assert "Lea Brunner and Noor Haddad" in ines.sees("home")
    told = noor.messages[-1]["text"]
    assert "you are among the *council members*" in told
    assert "changed by Inês Carvalho" in noor.sees()
    await noor.presses("See my roles")
    assert "council member" in noor.sees()
    await ines.closes()
    await change(ines, "council", "lea")
    assert "no longer among the *council members*" in noor.messages[-1]["text"]
    assert "no longer" not in str(either.person("lea").messages)
    await ines.closes()
    await ines.presses("Change", surface="home", block_id="role-council")
    history = ines.sees()
    assert "today: Inês Carvalho took it from Noor Haddad" in history
    assert "today: Inês Carvalho gave it to Lea Brunner" in history


async def test_a_new_owner_finds_their_part_and_whoever_loses_it_sees_it_go(stage: Stage) -> None:
    ines, mats = await looks(stage), stage.person("mats")
    await mats.opens_home()
    assert "Program" not in str(mats.home["blocks"][0])
    await change(ines, "owner", "ines", "mats")
    assert "Program" in str(mats.home["blocks"][0])
    await mats.presses("Program", surface="home")
    old = mats.press_payload("Change", surface="home", block_id="role-reader")
    await ines.closes()
    await change(ines, "owner", "ines")
    assert "Program" not in str(mats.home["blocks"][0])
    assert "Readers" not in mats.sees("home")
    ours = await acts.kept(stage)
    await acts.sends(stage, acts.by(stage, "mats", old))
    assert acts.NOT_OPEN in mats.sees()
    assert await acts.kept(stage) == ours


async def test_the_last_owner_stays_and_can_hand_over(stage: Stage) -> None:
    ines = await looks(stage)
    await change(ines, "owner")
    assert ines.errors == {"holders": "This is the only owner. Give the role to somebody else first."}
    await ines.submits(holders=["grace"])
    assert "Program" not in str(ines.home["blocks"][0])
    assert "Owners set up the program and give roles\nGrace Otieno" in (await looks(stage, "grace")).sees("home")


async def test_two_owners_who_take_each_others_role_at_once_leave_one(db: Database, clock: StandingClock) -> None:
    async with stages.opened(db, clock) as stage:
        await stages.set_up(stage)
        today = clock.now().date()
        async with db.writing() as session:
            ines, mats = [await people.by_any_name(session, f"{one}@manyways.example", on=today) for one in PAIR]
            await roles.give(session, mats.id, Role.OWNER, by=None, now=clock.now(), today=today)

        async def take(by: Person, of: Person) -> None:
            async with db.writing() as session:
                await roles.take(session, of.id, Role.OWNER, by=by.id, now=clock.now(), today=today)

        answers = await asyncio.gather(take(ines, mats), take(mats, ines), return_exceptions=True)
        assert [str(one) for one in answers if one].pop().startswith("This is the only owner")
        async with db.reading() as session:
            assert len(await roles.owners(session, on=today)) == 1


async def test_guests_and_leavers_get_no_role(stage: Stage) -> None:
    await acts.newcomer(stage, "guest")
    await acts.newcomer(stage, "leaver")
    ines = await looks(stage)
    await change(ines, "reader", "guest")
    assert "is a guest here" in ines.errors["holders"]
    await ines.submits(holders=["leaver"])
    assert "has left" in ines.errors["holders"]
    await acts.newcomer(stage, "stranger")
    await ines.submits(holders=["stranger"])
    assert "in the directory" in ines.errors["holders"]
    assert {row.role for row in await acts.rows(stage, "role_grant")} == {"owner"}


async def test_a_double_click_changes_a_role_once(stage: Stage) -> None:
    ines = await looks(stage)
    await ines.presses("Change", surface="home", block_id="role-chair")
    await ines.enters(holders=["noor"])
    form = ines.submit_payload()
    await acts.sends(stage, form)
    await acts.sends(stage, form)
    assert len([row for row in await acts.rows(stage, "change") if row.what == "role chair"]) == 1
    assert len([one for one in stage.slack.posted("noor") if "chairs" in str(one.message.get("text"))]) == 1


async def test_nobody_else_gives_a_role_whatever_they_send(stage: Stage) -> None:
    ines, kiran = await looks(stage), stage.person("kiran")
    presses = [
        ines.press_payload("Change", surface="home", block_id="role-owner"),
        ines.press_payload("Add closing days", surface="home"),
    ]
    await ines.presses("Change", surface="home", block_id="role-owner")
    await ines.enters(holders=["kiran"])
    forms = [ines.submit_payload()]
    await ines.closes()
    await ines.presses("Add closing days", surface="home")
    forms.append(ines.submit_payload())
    await kiran.opens_home()
    ours = await acts.kept(stage)
    for payload in presses:
        await acts.sends(stage, acts.by(stage, "kiran", payload))
        assert acts.NOT_OPEN in kiran.sees()
        await kiran.closes()
    for form in forms:
        answer = await acts.sends(stage, acts.by(stage, "kiran", form))
        assert acts.NOT_OPEN in str(answer)
    for value in acts.JUNK:
        await acts.sends(stage, acts.by(stage, "ines", acts.with_value(presses[0], value)))
        assert acts.NOT_OPEN in ines.sees()
        await ines.closes(everything=True)
    assert await acts.kept(stage) == ours


async def test_days_on_which_the_company_is_closed(stage: Stage) -> None:
    ines = await looks(stage)
    await ines.presses("Add closing days", surface="home")
    await ines.submits(first="2026-12-31", last="2026-12-24")
    assert "before the first one" in ines.errors["last"]
    await ines.submits(first="2026-12-24", last="2026-12-31")
    assert "Thursday 24 December to Thursday 31 December" in ines.sees("home")
    await ines.closes()
    await ines.presses("Open again", surface="home")
    assert "24 December" not in ines.sees("home")
    said = [(row.before, row.after) for row in await acts.rows(stage, "change") if row.what == "closing days"]
    assert sorted(said) == [("", "2026-12-24 to 2026-12-31"), ("2026-12-24 to 2026-12-31", "")]


async def test_whoever_administers_the_workspace_begins(db: Database, clock: StandingClock) -> None:
    async with stages.opened(db, clock) as stage:
        await stage.bot.tick()
        ines, kiran = stage.person("ines"), stage.person("kiran")
        await kiran.opens_home()
        assert "Become the owner" not in kiran.sees("home")
        await ines.opens_home()
        press = ines.press_payload("Become the owner", surface="home")
        await acts.sends(stage, acts.by(stage, "kiran", press))
        assert "it takes somebody who administers this Slack workspace" in kiran.sees()
        await acts.sends(stage, press)
        assert "Setting up Ladderbot" in ines.sees("home")
        assert "Owners set up the program and give roles\nInês Carvalho" in ines.sees("home")
        await stage.slack.change_user("kiran", is_admin=True)
        await kiran.closes()
        await kiran.opens_home()
        assert "Become the owner" not in kiran.sees("home")
        await acts.sends(stage, acts.by(stage, "kiran", press))
        assert "This program has an owner by now" in kiran.sees()
        assert len(await acts.rows(stage, "role_grant")) == 1


async def test_who_is_told_of_a_role_late_in_the_evening_hears_it_in_the_morning(stage: Stage) -> None:
    ines = await looks(stage)
    await acts.jump(stage, stage.clock.now() + timedelta(hours=9))  # half past two in the night in Kolkata
    before = len(stage.person("kiran").messages)
    await change(ines, "reader", "kiran")
    assert len(stage.person("kiran").messages) == before
    await stage.advance(stage.clock.now() + timedelta(days=3))
    assert "you are among the *readers*" in str(stage.person("kiran").messages[before:])


async def test_names_of_every_kind_hold_roles(stage: Stage) -> None:
    ines = await looks(stage)
    for name, text in NAMES.items():
        await stage.slack.change_user("noor", real_name=text)
        await change(ines, "steward", *([] if name == "somebody" else ["noor"]))
        await ines.closes()
        await ines.presses("Change", surface="home", block_id="role-steward")
        await ines.closes()
    hostile.check_nothing_happened(stage)

"""The growth plan, from where to grow to what was learned, by its member, a manager and whoever is asked to help."""

from story.stage import Actor, Stage
from tests.handlers import acts
from tests.handlers.test_talks import refused

PLAN = "/ladder plan"
ACTION = {"title": "CANARY: a course on queues", "kind": "Course", "due_on": "2026-12-04", "shows": "CANARY shows"}


def line_with(person: Actor, text: str, *, surface: str = "modal") -> str:
    """The block that says this."""
    blocks = (person.modal if surface == "modal" else person.home)["blocks"]
    return str(next(one["block_id"] for one in blocks if text in str(one.get("text"))))


async def adds(stage: Stage, name: str, **more: object) -> Actor:
    """Their plan gets an action, and stays open."""
    person = stage.person(name)
    await person.types(PLAN)
    await person.presses("Add an action")
    await person.submits(**{**ACTION, **more})
    assert person.errors == {}
    return person


async def does(person: Actor, what: str, title: str = "a course on queues") -> None:
    await person.chooses("plans.menu", what, block_id=line_with(person, title))


async def of_kiran(stage: Stage) -> Actor:
    """Their manager has the plan before him."""
    mats = stage.person("mats")
    await mats.opens_home()
    await mats.presses("My team", surface="home")
    line = line_with(mats, "Kiran Deshpande", surface="home")
    await mats.chooses("home.report", "Growth plan", block_id=line)
    return mats


async def test_a_plan_from_where_to_grow_to_evidence_of_it(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.opens_home()
    await kiran.presses("My growth", surface="home")
    assert "Where you want to grow, and what you do for it." in kiran.sees()
    await kiran.presses("Begin")
    await kiran.presses("Choose")
    await kiran.chooses("plans.elsewhere", "leadership/L3")
    offered = [one["value"] for one in kiran.modal["blocks"][0]["element"]["options"]]
    await kiran.submits(aims=[offered[0], next(one for one in offered if one.startswith("L3/"))])
    assert kiran.errors == {}
    await kiran.presses("Add an action")
    await kiran.submits(**{**ACTION, "aim": offered[0]})
    assert kiran.errors == {}
    assert "by Friday 4 December" in kiran.sees()
    await kiran.closes()
    assert "1 open action, the next by Friday 4 December" in kiran.sees()
    await kiran.presses("Open", block_id="plan")
    await does(kiran, "Done")
    await kiran.submits(learned="Smaller batches.", for_whom="Whoever is on call.")
    assert "Learned: Smaller batches." in kiran.sees()
    await does(kiran, "Save it as evidence")
    assert "a course on queues" in kiran.modal["state"]["values"]["did"]["did"]["value"]


async def test_a_check_in_ticks_off_and_asks_what_is_still_wanted(stage: Stage) -> None:
    kiran = await adds(stage, "kiran", due_on="2026-11-13")
    await kiran.closes()
    await (await adds(stage, "kiran", title="A talk")).closes()
    await acts.monday(stage)
    await kiran.types("/checkin")
    assert "Still wanted? CANARY: a course on queues" in kiran.sees()
    [wanted] = [one["block_id"] for one in kiran.modal["blocks"] if one["block_id"].startswith("plan_wanted:")]
    await kiran.submits(**{"plan_done": ["A talk"], wanted: "Yes, in a month"})
    assert kiran.errors == {}
    await kiran.closes()
    await kiran.types(PLAN)
    assert "by Wednesday 16 December" in kiran.sees()
    assert "done today" in kiran.sees()


async def test_a_manager_reads_comments_and_keeps_time_free_and_the_member_is_told(stage: Stage) -> None:
    kiran = await adds(stage, "kiran")
    await kiran.closes()
    mats = await of_kiran(stage)
    assert "a course on queues" in mats.sees()
    await mats.presses("Comment")
    await mats.submits(words="CANARY of Mats.")
    await mats.presses("Keep time free for it")
    await mats.submits(hours="3", until="2026-11-01")
    assert mats.errors == {"until": "Choose a last day from today on, within a year. It can be protected anew then."}
    await mats.submits(until="2026-12-18")
    assert "3 hours a week kept free for the plan until Friday 18 December" in mats.sees()
    heard = acts.heard(stage, "kiran")
    assert "keeps 3 hours a week free for your growth plan" in heard
    assert "has read your growth plan and wrote you something" in heard
    assert "CANARY" not in heard
    await kiran.presses("Open my plan")
    assert "CANARY of Mats." in kiran.sees()
    await kiran.closes()
    await kiran.opens_home()
    assert "3 hours a week kept free for the plan" in kiran.sees("home")
    await mats.closes()
    await mats.presses("My team", surface="home")
    assert "3 hours a week kept free for the plan" in mats.sees("home")


async def test_whoever_is_asked_to_help_sees_that_one_action_and_can_say_no(stage: Stage) -> None:
    kiran = await adds(stage, "kiran", helper=["noor"])
    noor = stage.person("noor")
    assert "would like your help" in noor.sees("message")
    assert "CANARY" not in noor.sees("message")
    await noor.presses("See what it is")
    assert "CANARY: a course on queues" in noor.sees()
    await refused(stage, "lea", noor.press_payload("No thanks, not this time"))
    await noor.presses("No thanks, not this time")
    assert "That is fine." in noor.sees()
    await kiran.closes()
    await kiran.types(PLAN)
    assert "Noor Haddad cannot help this time" in kiran.sees()
    assert "Noor" not in acts.heard(stage, "kiran")

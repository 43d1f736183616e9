"""What somebody wants for now, another track looked at, and who knows a thing: in Slack."""

from story.stage import Stage
from tests.handlers import acts

WORDS = "CANARY: two small children."


async def test_a_direction_is_ones_own_until_it_is_shared_and_changes_no_message(stage: Stage) -> None:
    ana, mats = stage.person("ana"), stage.person("mats")
    await ana.types("/ladder growth")
    await ana.presses("Say it")
    assert "Only you read this, unless you share it" in ana.sees()
    await ana.submits(wants="deepen here", managing="no thanks", words=WORDS)
    assert "Only you read it." in ana.sees()
    await ana.closes(everything=True)
    await mats.opens_home()
    await mats.presses("My team", surface="home")
    await mats.presses("Look", surface="home", block_id="wants")
    assert "Nobody has shared a direction with you" in mats.sees()
    await mats.closes()
    await ana.types("/ladder direction")
    await ana.submits(shares=["manager"])
    assert "Shared with your manager." in ana.sees()
    await mats.presses("Look", surface="home", block_id="wants")
    assert WORDS in mats.sees()
    assert "Managing people: no thanks" in mats.sees()
    assert acts.posts(stage) == []


async def test_whoever_deepens_where_they_are_reads_no_time(stage: Stage) -> None:
    ana = stage.person("ana")
    await acts.jump(stage, acts.MONDAY.replace(year=2027, month=3))
    await ana.types("/ladder")
    assert "On record at T2 for" in ana.sees()
    await ana.closes()
    await ana.types("/ladder direction")
    await ana.submits(wants="deepen here", managing="maybe")
    await ana.closes()
    await ana.types("/ladder")
    assert "On record" not in ana.sees()
    await ana.opens_home()
    assert "You deepen where you are, and that is whole." in ana.sees("home")


async def test_from_a_what_if_to_the_form_for_a_mentor_there(stage: Stage) -> None:
    pia, ana = stage.person("pia"), stage.person("ana")
    await pia.types("/mentor offer")
    await pia.submits(capacity="1", hours="2", competencies=["optimization"], is_listed=["listed"])
    await pia.closes(everything=True)
    await ana.types("/ladder direction")
    await ana.submits(wants="another track", track="process", managing="no thanks")
    await ana.closes()
    await ana.types("/ladder what-if")
    await ana.submits()  # begins with the same band of the track Ana would like to try
    assert "Process Specialist (P2)" in ana.sees()
    assert "same standing and reward" in ana.sees()
    assert "Pia Rossi" in ana.sees()
    await ana.presses("Keep it")
    await ana.presses("Bring it into the brief")
    assert "which your manager reads, too" in ana.sees()
    await ana.presses("Ask for a mentor there")
    assert ana.modal["state"]["values"]["track"]["track"]["selected_option"]["value"] == "process"
    await ana.submits(goal="How does it feel to work on processes?")
    assert ana.errors == {}
    [request] = await acts.rows(stage, "mentor_request")
    assert request.track == "process"
    await ana.closes()
    await ana.presses("Let it go")
    assert "comes into the brief" not in ana.sees()
    assert await acts.rows(stage, "what_if") == []


async def test_who_knows_a_thing_names_those_who_agreed(stage: Stage) -> None:
    noor, kiran = stage.person("noor"), stage.person("kiran")
    await kiran.types("/evidence")
    milestone = kiran.modal["blocks"][1]["element"]["options"][0]["value"]
    await kiran.submits(milestone=milestone, did="Shipped it.", impact="It works.", reviewers=["noor"])
    await kiran.closes()
    await noor.presses("Accept")
    await noor.submits()
    await noor.types("/ladder who probelm solving")
    assert "Did you mean" in noor.sees()
    await noor.presses("Look")
    assert "Nobody who agreed to be found" in noor.sees()
    await kiran.types("/ladder who")
    assert "for Problem solving" in kiran.sees()
    await kiran.presses("Let them find me")
    assert "You can be found" in kiran.sees()
    await noor.submits(typed="solving problems")
    assert "Kiran Deshpande · Technical" in noor.sees()
    await kiran.presses("Take it back")
    await noor.submits()
    assert "Kiran" not in noor.sees()

"""Home, and how a manager reads check-ins."""

from story.stage import Stage
from tests.handlers import acts, hostile
from tests.handlers.hostile import TEXTS, TOO_LONG


async def answered(stage: Stage, *names: str) -> None:
    for name in names:
        person = stage.person(name)
        await person.types("/checkin")
        await person.submits(win=f"CANARY of {name}.")
        await person.closes()


async def test_a_manager_reads_one_after_the_other_and_replies(either: Stage) -> None:
    await answered(either, "kiran", "noor")
    mats = either.person("mats")
    await mats.types("/ladder read")
    assert "CANARY of kiran." in mats.sees()
    assert "1 more answer after this one." in mats.sees()
    await mats.submits(reply="CANARY-REPLY.", later=["talk"])
    assert "CANARY of noor." in mats.sees()
    await mats.submits(reply=None, later=[])
    assert "Nothing new to read." in mats.sees()
    kiran = either.person("kiran")
    assert "has read your check-in and replied" in kiran.sees()
    assert "CANARY" not in kiran.sees()
    await kiran.presses("Read the reply")
    assert "CANARY-REPLY." in kiran.sees()
    assert either.person("noor").messages == []


async def test_a_reply_does_not_stay_in_the_form_for_the_next_person(stage: Stage) -> None:
    await answered(stage, "kiran", "noor")
    mats = stage.person("mats")
    await mats.types("/ladder read")
    await mats.submits(reply="For Kiran alone.", later=["talk"])
    assert "CANARY of noor." in mats.sees()
    assert "For Kiran alone." not in mats.sees()


async def test_private_words_are_never_there_to_read(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/checkin")
    await kiran.submits(win="For myself.", privacy=["private"])
    await stage.person("mats").types("/ladder read")
    assert "Nothing new to read." in stage.person("mats").sees()


async def test_nobody_reads_or_answers_what_is_not_theirs(stage: Stage) -> None:
    await answered(stage, "kiran", "ravi")
    mats, kiran = stage.person("mats"), stage.person("kiran")
    await mats.types("/ladder read")
    form = mats.submit_payload()
    await mats.submits(reply="CANARY-REPLY.")
    press = kiran.press_payload("Read the reply")
    ours = await acts.kept(stage)
    ids = {row.person_id: row.id.hex for row in await acts.rows(stage, "check_in")}
    ravis = next(value for value in ids.values() if value != form["view"]["private_metadata"])
    for name in ("ravi", "mats", "grace", "ines"):
        await acts.sends(stage, acts.by(stage, name, press))
        assert acts.NOT_OPEN in acts.told(stage, name)
    for name, about in (("mats", ravis), ("grace", form["view"]["private_metadata"]), ("kiran", ravis)):
        forged = acts.by(stage, name, form)
        forged["view"]["private_metadata"] = about
        forged["view"]["hash"] = f"{name} again"
        assert acts.NOT_OPEN in str(await acts.sends(stage, forged))
    for value in acts.JUNK:
        forged = acts.by(stage, "mats", form)
        forged["view"] |= {"private_metadata": value, "hash": f"junk {value}"}
        assert acts.NOT_OPEN in str(await acts.sends(stage, forged))
        await acts.sends(stage, acts.by(stage, "kiran", acts.with_value(press, value)))
        assert acts.NOT_OPEN in acts.told(stage, "kiran")
    assert await acts.kept(stage) == ours


async def test_words_of_a_reply(stage: Stage) -> None:
    mats, kiran = stage.person("mats"), stage.person("kiran")
    reports = {"kiran": "1 channel", "noor": "8 escaped before", "lea": "10 formatting", "ana": "17 emoji that fit"}
    await answered(stage, *reports)
    for name, text in reports.items():
        await mats.types("/ladder read")
        await mats.submits(reply=TEXTS[text])
        await stage.person(name).presses("Read the reply", surface="message")
        assert hostile.words_shown(stage.person(name).modal)[0] == hostile.kept(TEXTS[text])
    await answered(stage, "mats", "grace")
    ines = stage.person("ines")
    await ines.types("/ladder read")
    form = ines.submit_payload()
    for name, text in TOO_LONG.items():
        if len(hostile.kept(text)) > 3_000:
            answer = await acts.sends(stage, acts.typed(form, reply=text))
            assert [place.partition(":")[0] for place in answer["errors"]] == ["reply"], name
    assert hostile.notices(mats, kiran, ines) == []
    hostile.check_nothing_happened(stage)


async def test_home_leads_everywhere(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    await kiran.opens_home()
    assert "Kiran Deshpande" in kiran.sees("home")
    for label, title in (("Check in", "Check-in"), ("Save evidence", "Save evidence"), ("When to ask me", "When to")):
        await kiran.presses(label, surface="home")
        assert f"== {title}" in kiran.sees()
        await kiran.closes()
    assert kiran.ephemerals == []


async def test_strangers_homes_break_nothing(stage: Stage) -> None:
    for name in ("stranger", "guest", "bot", "newcomer"):
        await acts.newcomer(stage, name)
        await stage.person(name).opens_home()
    assert "You are not enrolled in the program yet" in stage.person("newcomer").sees("home")
    hostile.check_nothing_happened(stage)

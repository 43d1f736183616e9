"""Who one is, when one is asked, and what those hear who take no part."""

import pytest
from sqlalchemy import select

from bot.models.messages import Occurrence
from bot.models.people import Person
from sandbox import User
from sandbox.people import user_json
from story.stage import Stage
from tests.handlers import acts
from tests.handlers.acts import MONDAY, SENTENCES

COMMANDS = ("/checkin", "/checkin history", "/evidence", "/ladder", "/ladder settings", "/ladder pause until Monday")
NO_DAYS = (
    "", "until", "yesterday", "today", "until 13 November 2020", "2026-11-13", "2020-01-01", "9999-12-31", "0001-01-01",
    "31 February", "0 May", "-1 May", "²", "² May", "99999999999999999999 May", "9" * 5_000 + " May", "2026-13-01",
    "🦄", "\ud800", "<!channel>", "Monday Tuesday", "until Monday; DROP TABLE person",
)  # fmt: skip


async def person(stage: Stage, name: str) -> Person:
    async with stage.db.reading() as session:
        found = await session.scalars(select(Person).where(Person.slack_id == stage.slack.state.user(name).id))
        return found.one()


async def test_help_lists_what_there_is(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.types("/ladder help")
    for command in ("/checkin", "/evidence", "/ladder settings", "/ladder pause until Monday", "/ladder back"):
        assert command in acts.told(stage, "ana")
    await ana.types("/ladder HELP me")
    assert len(ana.ephemerals) == 2


@pytest.mark.parametrize(
    "line", ["/ladder fly", "/ladder <!channel>", "/ladder 🦄", "/ladder help\u00a0me", "/ladder ';--"]
)
async def test_an_unknown_word_is_answered_with_a_way_on(stage: Stage, line: str) -> None:
    await stage.person("ana").types(line)
    assert acts.told(stage, "ana") == "I don't know that word. `/ladder help` lists what I can do."


async def test_where_i_stand(either: Stage) -> None:
    ana = either.person("ana")
    for line in ("/ladder", "/ladder  ME"):
        await ana.types(line)
        assert "Technical" in ana.sees()
        assert "asks" in ana.sees()
        assert "they are no promise" in ana.sees()
        assert "0 of " in ana.sees()
        await ana.closes()
    ines = either.person("ines")
    await ines.types("/ladder")
    assert "You hold the widest level of this track." in ines.sees()


async def test_the_buttons_of_ladder_lead_on(stage: Stage) -> None:
    ana = stage.person("ana")
    for label, title in (("Check in", "Check-in"), ("Save evidence", "Save evidence"), ("When to ask me", "When to")):
        await ana.types("/ladder")
        await ana.presses(label)
        assert f"== {title}" in ana.sees()


async def test_settings_are_kept_and_move_what_is_planned(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/ladder settings")
    assert "Asia/Kolkata" in kiran.sees()
    await kiran.submits(hour="14:00", working_days=["Tuesday", "Friday"], cadence="Weekly", country="de")
    assert "Kept." in kiran.sees()
    await kiran.closes()
    row = await person(stage, "kiran")
    assert (row.preferred_hour, row.working_days, row.cadence, row.country) == (14, "25", "weekly", "DE")
    await kiran.types("/ladder settings")
    assert "14:00" in kiran.sees()
    assert "[x] Tuesday" in kiran.sees()
    assert "[ ] Monday" in kiran.sees()
    await kiran.submits(country="", cadence="usual")
    row = await person(stage, "kiran")
    assert (row.cadence, row.country) == (None, None)
    async with stage.db.reading() as session:
        due = await session.scalars(select(Occurrence.due_at).where(Occurrence.person_id == row.id))
    assert [f"{one:%a %H:%M}" for one in due] == ["Tue 08:30"]  # 14:00 in Kolkata


async def test_a_country_that_is_none_is_refused_beside_its_field(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/ladder settings")
    for country in ("QQ", "🦄", "<!", "''"):
        await kiran.submits(country=country)
        assert list(kiran.errors) == ["country"]
    assert (await person(stage, "kiran")).country == "IN"


async def test_choices_that_were_not_offered_are_refused_beside_their_field(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/ladder settings")
    before = await person(stage, "kiran")
    for field, key, values in (
        ("hour", "selected_option", [None, *({"value": hour} for hour in ("", "3", "22", "²", "9" * 100, "nine"))]),
        ("cadence", "selected_option", [{"value": "daily"}, {"value": "<!channel>"}]),
        ("working_days", "selected_options", [[], [{"value": "8"}], [{"value": "'"}], None]),
    ):
        for value in values:
            form = kiran.submit_payload()
            form["view"]["state"]["values"][field][field][key] = value
            answer = await acts.sends(stage, form)
            assert list(answer["errors"]) == [field]
    after = await person(stage, "kiran")
    assert (after.preferred_hour, after.working_days, after.cadence) == (
        before.preferred_hour,
        before.working_days,
        before.cadence,
    )


async def test_a_pause_ends_on_its_day_or_with_back(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/ladder pause until 18 November")
    assert "I'll leave you in peace until Wednesday 18 November" in acts.told(stage, "kiran")
    await acts.monday(stage)
    assert acts.prompts(stage, "kiran") == []
    assert len(acts.prompts(stage, "ravi")) == 1
    await kiran.types("/ladder back")
    assert "Welcome back" in acts.told(stage, "kiran")
    await acts.jump(stage, stage.clock.now())
    assert len(acts.prompts(stage, "kiran")) == 1


async def test_a_day_that_makes_no_sense_is_refused_with_a_way_on(stage: Stage) -> None:
    kiran = stage.person("kiran")
    for text in NO_DAYS:
        await kiran.types(f"/ladder pause {text}")
        said = acts.told(stage, "kiran")
        assert said.startswith(("Name a day", "That day has come already", "That is more than a year ahead")), text
    assert len(kiran.ephemerals) == len(NO_DAYS)
    assert await acts.rows(stage, "absence") == []


async def test_who_moves_is_asked_by_the_new_clock(stage: Stage) -> None:
    await stage.slack.change_user("kiran", tz="America/New_York")
    await acts.monday(stage)
    assert acts.prompts(stage, "kiran") == []
    await acts.jump(stage, MONDAY.replace(hour=14))
    assert len(acts.prompts(stage, "kiran")) == 1
    await stage.slack.change_user("kiran", tz="Nowhere/Atlantis")
    assert (await person(stage, "kiran")).zone == "America/New_York"


async def test_the_same_event_twice_is_one_change(stage: Stage) -> None:
    kiran = stage.slack.state.user("kiran")
    for name in ("Kiran One", "Kiran Two"):
        told = user_json(
            User(id=kiran.id, name="kiran", real_name=name), stage.clock.now(), team_id="T0SANDBOX", with_email=True
        )
        await stage.slack.send_event({"type": "user_change", "user": told}, event_id="Ev1", retry_num=1)
    assert (await person(stage, "kiran")).name == "Kiran One"


@pytest.mark.parametrize("name", ["stranger", "guest", "leaver", "bot", "elsewhere"])
async def test_those_who_take_no_part_are_told_so(stage: Stage, name: str) -> None:
    await acts.newcomer(stage, name)
    ours = await acts.kept(stage)
    for count, line in enumerate((*COMMANDS, "/ladder back"), start=1):
        await stage.person(name).types(line)
        assert acts.told(stage, name).startswith(SENTENCES[name])
        assert len(stage.person(name).ephemerals) == count
    assert stage.person(name).modal is None
    assert await acts.kept(stage) == ours


async def test_a_colleague_who_is_not_enrolled_can_review_and_nothing_else(stage: Stage) -> None:
    await acts.newcomer(stage, "newcomer")
    new = stage.person("newcomer")
    await new.types("/checkin")
    assert "You are not enrolled in the program yet" in acts.told(stage, "newcomer")
    await new.types("/evidence")
    assert "you are not enrolled yet" in acts.told(stage, "newcomer")
    await new.types("/ladder")
    assert "You can still review evidence" in new.sees()
    await new.closes()
    kiran = stage.person("kiran")
    await kiran.types("/evidence")
    chosen = kiran.modal["blocks"][1]["element"]["options"][0]["value"]
    await kiran.submits(milestone=chosen, did="Words.", impact="Words.", reviewers=["newcomer"])
    await new.presses("Accept")
    await new.submits()
    assert "accepted and counts" in kiran.sees("message")


async def test_who_leaves_can_press_nothing_any_more(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    await kiran.presses("Answer")
    form = kiran.submit_payload()
    form["view"]["state"]["values"]["win"]["win"]["value"] = "Words."
    await stage.slack.change_user("kiran", deleted=True)
    ours = await acts.kept(stage)
    await kiran.presses("Nothing new", surface="message")
    assert acts.told(stage, "kiran").startswith(SENTENCES["leaver"])
    assert SENTENCES["leaver"] in str(await acts.sends(stage, form))
    assert await acts.kept(stage) == ours


async def test_colleagues_of_other_companies_are_not_taken_into_the_directory(stage: Stage) -> None:
    ours = await acts.rows(stage, "person")
    outside = User(id="U0OUTSIDE", name="outside", real_name="From Elsewhere", email="o@elsewhere.example")
    for more in ({"team_id": "T0ELSEWHERE"}, {"team_id": "T0SANDBOX", "is_stranger": True}):
        told = user_json(outside, stage.clock.now(), team_id="T0ELSEWHERE", with_email=True) | more
        for kind in ("user_change", "team_join"):
            await stage.slack.send_event({"type": kind, "user": told})
    assert await acts.rows(stage, "person") == ours


async def test_buttons_and_forms_of_yesterday_are_answered_kindly(stage: Stage) -> None:
    await acts.monday(stage)
    kiran = stage.person("kiran")
    press = kiran.press_payload("Answer")
    press["actions"][0]["action_id"] = "check_in.answer.v0"
    assert await acts.sends(stage, press) == {}
    assert "from an earlier time" in acts.told(stage, "kiran")
    await kiran.presses("Answer")
    await kiran.fills(win="Words to copy <!channel>.")
    form = kiran.submit_payload()
    form["view"]["callback_id"] = "check_in.v0"
    answer = await acts.sends(stage, form)
    assert answer["response_action"] == "update"
    assert "Words to copy <!channel>." in str(answer["view"])
    assert "This form has changed" in str(answer["view"])

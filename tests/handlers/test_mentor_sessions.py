"""A pair and its sessions, by the two who plan, meet, forget and go on. Lea mentors Dalia."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from icalendar import Calendar
from sqlalchemy import update

from bot.clock import StandingClock
from bot.models.mentorships import Mentorship
from bot.rules.mentors import Request, RequestState, Way
from bot.services import mentorships, people
from sandbox.history import Posted
from story import stage as stages
from story.stage import Actor, Stage
from tests.handlers import acts
from tests.support import engines

FRIDAY = datetime(2026, 11, 13, 12, tzinfo=UTC)
PLAN, OPEN_AGENDA, MOVE = "Plan a session", "Open the agenda", "Move it"
PLANNED, NEXT, MET, QUIET = "Your session is planned", "Your next session", "Did you and", "It has been quiet"
OWN: dict[str, Any] = {"on": "2026-11-18", "time": "15:00"}  # Wednesday: 14:00 UTC for Lea, 16:00 for Dalia
ENDS_AT = datetime(2026, 11, 18, 14, 45, tzinfo=UTC)


async def paired(stage: Stage, mentor: str = "lea", mentee: str = "dalia") -> str:
    """The two have agreed; returns the id of their conversation."""
    now = stage.clock.now()
    async with stage.db.writing() as session:
        names = {name: stage.slack.state.user(name).id for name in (mentor, mentee)}
        found = await people.by_slack_id(session, names.values(), on=now.date())
        request = Request(
            uuid4(), found[names[mentee]], "CANARY-GOAL", (), None, False, (), 14, (), RequestState.MATCHED, False, now
        )
        given: dict[str, Any] = {"way": Way.BEST, "now": now, "today": now.date()}
        await mentorships.begin(session, request=request, mentor=found[names[mentor]], **given)
    await stages.settle(stage.bot)
    await acts.jump(stage, now + timedelta(minutes=2))
    (row,) = await acts.rows(stage, "mentorship")
    assert row.channel
    return str(row.channel)


def group(stage: Stage, channel: str) -> list[Posted]:
    return stage.slack.posted(channel)


def of(stage: Stage, channel: str, said: str) -> list[Posted]:
    """What the conversation of the two has been told that begins like this."""
    return [one for one in group(stage, channel) if str(one.message["text"]).startswith(said)]


def asked(stage: Stage, name: str, said: str) -> list[Posted]:
    return [one for one in stage.slack.posted(name) if str(one.message["text"]).startswith(said)]


async def plans(stage: Stage, channel: str, name: str = "lea", **typed: Any) -> Actor:
    actor = stage.person(name)
    await actor.presses(PLAN, message=group(stage, channel)[0])
    await actor.submits(**(typed or OWN))
    assert actor.errors == {}
    return actor


@pytest.fixture
async def channel(stage: Stage) -> str:
    return await paired(stage)


async def test_either_plans_and_the_two_hear_when_it_is_for_each(stage: Stage, channel: str) -> None:
    lea = await plans(stage, channel)
    assert "Planned: Wed 18 Nov, 15:00 for you, 16:00 for Dalia Mansour" in lea.sees()
    (told,) = of(stage, channel, PLANNED)
    assert "Wed 18 Nov, 15:00 for Lea Brunner, 16:00 for Dalia Mansour" in told.message["text"]
    assert asked(stage, "dalia", "Your session") == []
    dalia = stage.person("dalia")
    await dalia.opens_home()
    assert "Session with Lea Brunner:* Wed 18 Nov, 16:00" in str(dalia.home)
    await dalia.types("/mentor")
    await dalia.presses(OPEN_AGENDA)
    assert "Three light questions" in dalia.sees()


async def test_a_time_offered_suits_both(stage: Stage, channel: str) -> None:
    dalia = stage.person("dalia")
    await dalia.presses(PLAN, message=group(stage, channel)[0])
    offered = dalia.modal["blocks"][1]["element"]["options"]
    assert 5 <= len(offered) <= 10
    assert all("for you" in one["text"]["text"] and "for Lea Brunner" in one["text"]["text"] for one in offered)
    assert not any(one["text"]["text"].startswith(("Fri", "Sat")) for one in offered)  # Dalia works Sunday to Thursday
    await dalia.submits(slot=offered[0]["value"], minutes="30")
    assert dalia.errors == {}
    (row,) = await acts.rows(stage, "mentor_session")
    assert (row.starts_at.isoformat(), row.minutes) == (offered[0]["value"], 30)


async def test_what_is_chosen_badly_is_said_beside_its_field(stage: Stage) -> None:
    there = await paired(stage)
    lea = stage.person("lea")
    await lea.presses(PLAN, message=group(stage, there)[0])
    for typed, field in (
        ({}, "on"), ({"on": "2026-11-18"}, "time"), ({"on": None, "time": "10:00"}, "on"),
        ({"on": "2026-11-13", "time": "09:00"}, "on"), ({"on": "2027-11-13", "time": "09:00"}, "on"),
    ):  # fmt: skip
        await lea.submits(**typed)
        assert list(lea.errors) == [field]
    assert await acts.rows(stage, "mentor_session") == []


async def test_two_who_plan_at_once_get_one_session(either: Stage) -> None:
    channel = await paired(either)
    lea, dalia = either.person("lea"), either.person("dalia")
    for one in (lea, dalia):
        await one.presses(PLAN, message=group(either, channel)[0])
    await lea.submits(**OWN)
    await dalia.submits(on="2026-11-19", time="10:00")
    assert "planned or moved in another window" in dalia.sees()
    assert len(await acts.rows(either, "mentor_session")) == 1
    await dalia.closes(everything=True)
    await dalia.presses(PLAN, message=group(either, channel)[0])  # the same button moves what is planned
    assert "It is planned for Wed 18 Nov, 16:00 for you" in dalia.sees()
    form = dalia.submit_payload()
    await dalia.submits(on="2026-11-19", time="10:00")
    assert await acts.sends(either, form) == {}  # pressed twice
    (row,) = await acts.rows(either, "mentor_session")
    assert (row.starts_at, row.moves) == (datetime(2026, 11, 19, 8, tzinfo=UTC), 1)
    assert len(of(either, channel, "Your session is moved to")) == 1


async def test_a_calendar_file_for_whoever_asks(stage: Stage, channel: str) -> None:
    lea = await plans(stage, channel)
    await lea.presses("Calendar file")
    assert "It is in our conversation" in lea.sees()
    await lea.closes(everything=True)
    await lea.presses(MOVE, message=of(stage, channel, PLANNED)[0])
    await lea.submits(on="2026-11-19", time="10:00")
    await lea.presses("Calendar file")
    first, second = [await _event(stage, one) for one in lea.messages if one.get("files")]
    assert first["uid"] == second["uid"]
    assert (int(first["sequence"]), int(second["sequence"])) == (0, 1)
    assert first["dtstart"].dt == datetime(2026, 11, 18, 14, tzinfo=UTC)
    assert first["dtend"].dt == ENDS_AT
    assert second["dtstart"].dt == datetime(2026, 11, 19, 9, tzinfo=UTC)
    assert "Dalia Mansour" in first["summary"]
    assert all(one.channel == "D0LEA" for one in stage.slack.posted() if one.message.get("files"))


async def _event(stage: Stage, message: acts.Json) -> Any:
    token = {"Authorization": f"Bearer {stage.slack.bot_token}"}
    url = message["files"][0]["url_private"]
    async with aiohttp.ClientSession(headers=token) as http, http.get(url) as answer:
        contents = await answer.read()
    assert b"CANARY" not in contents
    assert b"DTSTART:20261" in contents  # in UTC, with no zone beside it
    assert b"Z\r\n" in contents
    return Calendar.from_ical(contents).walk("VEVENT")[0]


async def test_from_the_agenda_to_what_each_took_away(stage: Stage, channel: str) -> None:
    await plans(stage, channel)
    await acts.jump(stage, datetime(2026, 11, 17, 14, 1, tzinfo=UTC))
    (agenda,) = of(stage, channel, NEXT)
    assert "Three light questions" in str(agenda.message["blocks"])
    await acts.jump(stage, ENDS_AT - timedelta(minutes=1))
    assert asked(stage, "lea", MET) == []
    await acts.jump(stage, ENDS_AT)
    lea, dalia = stage.person("lea"), stage.person("dalia")
    for one, other in ((lea, "Dalia Mansour"), (dalia, "Lea Brunner")):
        assert f"Did you and {other} meet" in one.sees("message")
    await lea.presses("Yes")
    await lea.submits(took="CANARY-MENTOR")
    assert "you met" in lea.sees("message")
    assert "Did you and" in dalia.sees("message")  # each sees only their own answer
    await dalia.presses("Yes")
    await dalia.closes()
    (row,) = await acts.rows(stage, "mentor_session")
    assert (row.mentor_met, row.mentee_met, row.mentee_took) == (True, True, "")
    await dalia.presses("One thing I take away")
    await dalia.submits(took="CANARY-MENTEE")
    await plans(stage, channel, "dalia", on="2026-12-02", time="11:00")
    await dalia.closes()
    await lea.presses(OPEN_AGENDA, message=of(stage, channel, PLANNED)[1])
    assert "CANARY-MENTOR" in lea.sees()
    assert "CANARY-MENTEE" in lea.sees()
    assert not any("CANARY" in str(one.message) for one in stage.slack.posted())


async def test_not_this_time_blames_nobody_and_plans_the_next(stage: Stage, channel: str) -> None:
    await plans(stage, channel)
    await acts.jump(stage, ENDS_AT)
    lea, dalia = stage.person("lea"), stage.person("dalia")
    await lea.presses("Yes")
    await lea.closes(everything=True)
    await dalia.presses("Not this time")
    assert "nothing counts against anybody" in dalia.sees()
    await dalia.presses(PLAN)
    await dalia.submits(on="2026-12-02", time="11:00")
    await dalia.closes(everything=True)
    assert "not this time" in _question(dalia)
    assert "you met" in _question(lea)
    assert "not this time" not in str(lea.messages)
    first, second = sorted(await acts.rows(stage, "mentor_session"), key=lambda row: row.starts_at)
    assert (first.mentor_met, first.mentee_met, second.mentee_met) == (True, False, None)


def _question(actor: Actor) -> str:
    """What became of "did you meet?", as it stands in this one's conversation."""
    return next(str(one["text"]) for one in reversed(actor.messages) if "Wed 18 Nov" in str(one["text"]))


async def test_a_session_that_was_moved_is_asked_about_at_its_new_time(stage: Stage) -> None:
    there = await paired(stage)
    lea = await plans(stage, there)
    await lea.closes()
    await lea.presses(MOVE, message=of(stage, there, PLANNED)[0])
    await lea.submits(on="2026-11-19", time="15:00")
    await acts.jump(stage, ENDS_AT + timedelta(hours=1))
    assert asked(stage, "lea", MET) == []
    await acts.jump(stage, ENDS_AT + timedelta(days=1))
    assert len(asked(stage, "lea", MET)) == 1
    assert len(asked(stage, "dalia", MET)) == 1
    assert len(of(stage, there, NEXT)) == 1


async def test_others_open_nothing_and_press_nothing(stage: Stage) -> None:
    there = await paired(stage)
    lea = await plans(stage, there)
    told = of(stage, there, PLANNED)[0]
    await lea.closes()
    presses = [lea.press_payload(label, message=told) for label in (OPEN_AGENDA, "Calendar file", MOVE)]
    presses.append(lea.press_payload(PLAN, message=group(stage, there)[0]))
    await acts.jump(stage, ENDS_AT)
    presses += [lea.press_payload(label) for label in ("Yes", "Not this time")]
    before = await acts.kept(stage)
    for press in presses:
        await acts.sends(stage, acts.by(stage, "mats", press))
        assert acts.NOT_OPEN in acts.told(stage, "mats")
        for junk in acts.JUNK:
            await acts.sends(stage, acts.with_value(acts.by(stage, "lea", press), junk))
            assert acts.NOT_OPEN in acts.told(stage, "lea")
    await lea.presses(PLAN, message=group(stage, there)[0])
    await lea.enters(**{**OWN, "on": "2026-12-02"})
    form = acts.by(stage, "mats", lea.submit_payload())
    assert (await acts.sends(stage, form))["response_action"] == "push"
    form["view"]["private_metadata"] = "junk:junk:99999999999"
    assert (await acts.sends(stage, form))["response_action"] == "push"
    assert await acts.kept(stage) == before


# Quiet


async def test_a_quiet_pair_has_a_gentle_choice_and_planning_ends_it(stage: Stage, channel: str) -> None:
    await acts.jump(stage, FRIDAY + timedelta(days=20))
    assert asked(stage, "lea", QUIET) == []
    await acts.jump(stage, FRIDAY + timedelta(days=24, hours=-3))  # Monday morning
    lea, dalia = stage.person("lea"), stage.person("dalia")
    for one, other in ((lea, "Dalia Mansour"), (dalia, "Lea Brunner")):
        said = asked(stage, one.user.name, QUIET)
        assert len(said) == 1
        assert other in str(said[0].message)
    assert of(stage, channel, QUIET) == []  # each in their own conversation
    await dalia.presses(PLAN)
    await dalia.submits(on="2026-12-14", time="11:00")
    await dalia.closes()
    await acts.jump(stage, FRIDAY + timedelta(days=38))
    assert len(asked(stage, "lea", QUIET)) == 1


async def test_a_quiet_pair_may_rest_or_end_well(stage: Stage, channel: str) -> None:
    await acts.jump(stage, FRIDAY + timedelta(days=24, hours=-3))
    lea = stage.person("lea")
    await lea.presses("Pause, or end well", message=asked(stage, "lea", QUIET)[0])
    assert "End or pause" in lea.sees()
    assert "never who chose it" in lea.sees()


async def test_less_of_this_keeps_both_questions_away(stage: Stage) -> None:
    there = await paired(stage)
    lea = await plans(stage, there)
    await lea.closes()
    await lea.types("/ladder less")
    await lea.submits(topics=["sessions"])
    await lea.closes()
    await acts.jump(stage, FRIDAY + timedelta(days=40))
    assert asked(stage, "lea", MET) == []
    assert asked(stage, "lea", QUIET) == []
    assert asked(stage, "dalia", MET) or asked(stage, "dalia", QUIET)


async def test_where_the_day_is_full_both_questions_come_in_the_list(friday: str) -> None:
    """With no room for anything but a list, its lines have the same buttons."""
    clock, db = StandingClock(FRIDAY), engines.database(friday)
    async with stages.opened(db, clock, asks_a_day=1) as stage:
        there = await paired(stage)
        await plans(stage, there, on="2026-11-16", time="11:00")
        await stage.person("lea").closes()
        await stage.advance(datetime(2026, 11, 17, 12, tzinfo=UTC))
        lea = stage.person("lea")
        assert asked(stage, "lea", MET) == []
        assert "Did you and Dalia Mansour meet" in str(lea.messages[-1]["blocks"])
        await lea.presses("Yes")
        await lea.submits(took="One thing.")
        (row,) = await acts.rows(stage, "mentor_session")
        assert row.mentor_met
    await db.close()


# Credit


async def test_confirmed_sessions_become_evidence_once(stage: Stage, channel: str) -> None:
    await plans(stage, channel)
    await acts.jump(stage, ENDS_AT)
    for name in ("lea", "dalia"):
        await stage.person(name).presses("Yes")
        await stage.person(name).closes(everything=True)
    async with stage.db.writing() as session:
        await session.execute(update(Mentorship).values(shares_credit=True))
    lea = stage.person("lea")
    await lea.types("/mentor")
    assert "1 session confirmed* with Dalia Mansour" in str(lea.modal)
    await lea.presses("Use as evidence")
    form = lea.modal["state"]["values"]
    assert form["did"]["did"]["value"] == "Mentored a colleague from another track: 1 session."
    assert form["milestone"]["milestone"]["selected_option"]["value"].startswith("t")
    assert "Dalia" not in str(form)
    assert form["amount"]["amount"]["value"] == "1"
    await lea.submits(impact="She leads a project now.", amount="2", reviewers=["mats", "pia"])
    assert list(lea.errors) == ["amount"]
    await lea.submits(amount="1")
    assert "Sent." in lea.sees()
    (row,) = await acts.rows(stage, "mentor_session")
    assert row.credited_on is not None
    assert len(await acts.rows(stage, "evidence")) == 1
    await lea.closes(everything=True)
    await lea.types("/mentor")
    assert "confirmed" not in str(lea.modal)

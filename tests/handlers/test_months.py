"""Owners hear of the month that is over: in a message, in Home, as a table; each of the part that is theirs."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from bot.models.check_ins import CheckIn
from bot.models.messages import Occurrence
from bot.models.people import Person, Placement
from bot.rules.people import Role
from bot.services import roles
from bot.views import month_figures
from story.stage import Stage
from tests.handlers import acts
from tests.handlers.conftest import FRIDAY

ASKED = datetime(2026, 11, 2, 9, tzinfo=UTC)
NINE_IN_LISBON = datetime(2026, 12, 2, 9, tzinfo=UTC)  # the first of December is a holiday there
SALES = "department:Sales"


async def colleagues(stage: Stage, track: str, level: str, count: int, department: str) -> None:
    """People whom Slack does not know yet, every second of whom answered the check-in of this month."""
    async with stage.db.writing() as session:
        for number in range(count):
            one = Person(id=uuid4(), name=f"CANARY {number}", zone="UTC", department=department)
            session.add(one)
            await session.flush()
            session.add(Placement(person_id=one.id, track=track, level=level, from_on=date(2025, 1, 6)))
            prompt = {"due_at": ASKED, "expires_at": ASKED + timedelta(days=14), "state": "told"}
            session.add(Occurrence(kind="check-in", person_id=one.id, on_date=ASKED.date(), **prompt))
            if number % 2:
                given = {"round_on": ASKED.date(), "answer": "answered", "submitted_at": ASKED}
                session.add(CheckIn(person_id=one.id, **given))


async def company(stage: Stage) -> None:
    await colleagues(stage, "technical", "T2", 12, "Sales")
    await colleagues(stage, "technical", "T2", 8, "Support")
    await colleagues(stage, "process", "P2", 8, "Sales")


async def owns(stage: Stage, name: str, scope: str) -> None:
    async with stage.db.writing() as session:
        person = (await session.scalars(select(Person.id).where(Person.slack_id == f"U0{name.upper()}"))).one()
        await roles.give(session, person, Role.OWNER, by=None, now=FRIDAY, today=FRIDAY.date(), scope=scope)


def told(stage: Stage, name: str) -> list[str]:
    return [str(one["blocks"]) for one in stage.person(name).messages if "owner of the program" in str(one["blocks"])]


async def test_an_owner_hears_of_the_month_once_and_looks_at_all_of_it(either: Stage) -> None:
    await company(either)
    await acts.jump(either, NINE_IN_LISBON - timedelta(minutes=1))
    assert told(either, "ines") == []
    await acts.jump(either, NINE_IN_LISBON + timedelta(minutes=1))
    await acts.jump(either, NINE_IN_LISBON + timedelta(hours=7))
    (message,) = told(either, "ines")
    ines = either.person("ines")
    assert "November 2026: 40% of those who were asked answered a check-in" in ines.sees("message")
    assert message.count("'data_visualization'") == 1  # nobody has met a milestone: all are alike
    assert message.count("'type': 'table'") == 1
    assert "first month I tell you about" in message
    assert "CANARY" not in message
    await ines.presses("All figures")
    seen = ines.sees()
    assert "Participation: Of those who were asked and not away" in seen
    assert "groups are not shown" in seen
    assert "data_visualization" not in str(ines.modal)


async def test_an_owner_of_a_part_sees_theirs_and_can_change_nothing(stage: Stage) -> None:
    await company(stage)
    await owns(stage, "mats", SALES)
    await acts.jump(stage, NINE_IN_LISBON)
    mats = stage.person("mats")
    assert len(told(stage, "mats")) == 1
    await mats.opens_home()
    await mats.presses("Program", surface="home")
    seen = mats.sees("home")
    assert "The program's month for department Sales" in seen
    assert "Roles" not in seen
    await mats.presses("All figures", surface="home")
    assert "everybody" not in mats.sees()  # a whole could be subtracted from
    assert "10–14" in mats.sees()
    await mats.closes()
    await mats.types("/ladder round")
    assert acts.NOT_OPEN in mats.sees()


async def test_the_months_come_as_a_table_of_ones_own_part(stage: Stage) -> None:
    await company(stage)
    await owns(stage, "mats", SALES)
    await acts.jump(stage, NINE_IN_LISBON)
    mats = stage.person("mats")
    await mats.opens_home()
    await mats.presses("Program", surface="home")
    await mats.presses("CSV", surface="home")
    await mats.submits(first="2026-11-15", last="2026-12-31")
    assert mats.errors == {"last": "No month that has been reckoned lies between these days."}
    await mats.submits(first="2026-11-01", last="2026-11-30")
    assert "1 month in program-months.csv" in mats.sees()
    (content,) = stage.slack.state.uploads.values()
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert {line["part"] for line in lines} == {"department Sales"}
    answered = {line["group"]: line["value"] for line in lines if line["figure"] == "Participation"}
    assert answered == {"Technical": "0.5"}  # on the other track too few are in no department
    assert "CANARY" not in content.decode()


async def test_whoever_is_no_owner_any_more_hears_nothing_and_opens_nothing(stage: Stage) -> None:
    await company(stage)
    await owns(stage, "mats", SALES)
    await acts.jump(stage, NINE_IN_LISBON)
    mats, ana = stage.person("mats"), stage.person("ana")
    await mats.opens_home()
    await mats.presses("Program", surface="home")
    presses = [mats.press_payload(label, surface="home") for label in ("All figures", "CSV")]
    for payload in presses:
        await acts.sends(stage, acts.by(stage, "ana", payload))
        assert acts.NOT_OPEN in ana.sees()
    async with stage.db.writing() as session:
        who: UUID = (await session.scalars(select(Person.id).where(Person.slack_id == "U0MATS"))).one()
        await roles.take(session, who, Role.OWNER, by=None, now=FRIDAY, today=FRIDAY.date())
    for payload in presses:
        await acts.sends(stage, payload)
        assert acts.NOT_OPEN in mats.sees()


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "@SUM(1)"])
def test_the_table_shows_and_never_runs(name: str) -> None:
    from tests.views import month_examples  # noqa: PLC0415

    table = month_figures.table([month_examples.month()], tracks=lambda _: name, milestones=lambda _: name)
    groups = {line["group"] for line in csv.DictReader(io.StringIO(table.decode("utf-8-sig")))}
    assert f"'{name}" in groups
    assert name not in groups

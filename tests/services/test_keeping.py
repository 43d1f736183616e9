"""Export and erasure, as they follow from what the tables declare."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from bot import models
from bot.database import Database
from bot.jobs import keeping as jobs
from bot.models.check_ins import CheckIn, MilestoneProgress
from bot.models.directions import Direction
from bot.models.evidence import Evidence, Review
from bot.models.messages import Outbox
from bot.models.people import Person, ReportingLine
from bot.models.plans import PlanAction, PlanComment
from bot.rules.people import Role
from bot.services import keeping, messages, people, roles
from tests.support import rows
from tests.support.rows import NOW, TODAY, Cast


async def company(session: AsyncSession) -> Cast:
    """Everybody has written something, and everybody is named in something of somebody else's."""
    cast = await rows.cast(session)
    said = await rows.check_in(session, cast.ana, manager=cast.mats, win="Ana's win", obstacle="Ana's obstacle")
    session.add(MilestoneProgress(check_in_id=said.id, milestone="t3-root-causes", person_id=cast.ana.id, moved="same"))
    await rows.check_in(session, cast.mats, win="Mats's win")
    wish = {"wants": "deepen here", "managing": "no thanks", "with_manager": True, "said_on": TODAY}
    session.add(Direction(person_id=cast.ana.id, words="Ana's wish", **wish))
    to_do = {"kind": "course", "state": "open", "due_on": TODAY, "helper_id": cast.noor.id, "help": "asked"}
    session.add(PlanAction(person_id=cast.ana.id, title="Ana's course", shows="Ana's sign", made_at=NOW, **to_do))
    said_to_it = {"manager_id": cast.mats.id, "words": "Mats's comment", "written_at": NOW}
    session.add(PlanComment(person_id=cast.ana.id, **said_to_it))
    claim = await rows.evidence(session, cast.ana, did="Ana's deed", impact="Ana's impact", links="https://ana.example")
    asked = await rows.review(session, claim, cast.noor, reason="Noor's reason", verdict="accepted", decided_at=NOW)
    await rows.review(session, claim, cast.mats, reason="Mats's reason", verdict="declined", decided_at=NOW)
    await messages.tell(session, "evidence.verdict", to=cast.ana.id, about=asked.id, at=NOW)
    await messages.tell(session, "evidence.asked", to=cast.noor.id, about=asked.id, at=NOW)
    await messages.tell(session, "welcome", to=cast.noor.id, about=cast.ana.id, at=NOW)
    await roles.give(session, cast.ana.id, Role.READER, by=cast.lea.id, now=NOW, today=TODAY)
    return cast


async def exported(session: AsyncSession, who: Person) -> dict[str, list[dict[str, Any]]]:
    await session.flush()
    return await keeping.export(session, await rows.acting(session, who))


async def test_an_export_holds_ones_own_words_and_what_was_said_about_them(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        data = await exported(session, cast.ana)
    assert data["person"] == [
        {
            "id": str(cast.ana.id), "slack_id": "U0ANA", "email": "ana@example.com", "name": "Ana Pérez",
            "zone": "America/New_York", "country": None, "department": None, "preferred_hour": 9,
            "working_days": "12345", "cadence": None, "dm_channel": None, "is_guest": False, "is_active": True,
            "left_on": None, "has_home": False,
        }
    ]  # fmt: skip
    assert [row["win"] for row in data["check_in"]] == ["Ana's win"]
    assert data["evidence"][0]["did"] == "Ana's deed"
    assert data["evidence"][0]["amount"] == "1.00"
    assert {row["reason"] for row in data["review"]} == {"Noor's reason", "Mats's reason"}
    assert set(data) == {
        "person", "placement", "reporting_line", "role_grant", "alias", "check_in", "milestone_progress", "direction",
        "plan_action", "plan_comment", "evidence", "review", "outbox",
    }  # fmt: skip


async def test_an_export_names_no_colleague_by_name_or_id(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        everybody = (cast.ana, cast.mats, cast.noor, cast.lea, cast.tom)
        texts = {who: json.dumps(await exported(session, who), ensure_ascii=False) for who in everybody}
    for who, text in texts.items():
        for other in everybody:
            named = filter(None, (other.name, other.email, other.slack_id, str(other.id)))
            assert {name in text for name in named} == {who is other}
    assert f'"reviewer_id": "{keeping.A_COLLEAGUE}"' in texts[cast.ana]
    assert f'"manager_id": "{keeping.A_COLLEAGUE}"' in texts[cast.ana]


async def test_a_reviewer_gets_their_verdict_and_reason_and_not_the_evidence(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        data = await exported(session, cast.noor)
    assert [(row["verdict"], row["reason"]) for row in data["review"]] == [("accepted", "Noor's reason")]
    assert data["review"][0]["author_id"] == keeping.A_COLLEAGUE
    assert "evidence" not in data
    assert "Ana's" not in json.dumps(data)  # nor the action they are asked to help with
    assert [row["subject"] for row in data["outbox"]].count(keeping.A_COLLEAGUE) == 1


async def test_a_manager_gets_that_they_manage_and_nothing_of_the_check_ins_they_read(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        data = await exported(session, cast.mats)
    assert [row["person_id"] for row in data["reporting_line"]] == [keeping.A_COLLEAGUE]
    assert [row["win"] for row in data["check_in"]] == ["Mats's win"]
    assert "Ana" not in json.dumps(data)


async def test_an_export_is_written_as_json_and_as_tables_that_no_spreadsheet_runs(db: Database) -> None:
    async with db.writing() as session:
        ana = await rows.person(session, "Ana Pérez")
        await rows.check_in(session, ana, win="=1+1")
        files = keeping.write_export(await exported(session, ana))
    assert sorted(files) == ["check_in.csv", "ladderbot-export.json", "person.csv", "placement.csv"]
    assert json.loads(files["ladderbot-export.json"])["check_in"][0]["win"] == "=1+1"
    (row,) = csv.DictReader(io.StringIO(files["check_in.csv"].decode("utf-8-sig")))
    assert row["win"] == "'=1+1"
    assert row["is_private"] == "no"


async def test_erasing_deletes_or_empties_what_is_the_persons_own(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
    async with db.writing() as session:
        changed = await keeping.erase(session, cast.ana.id, now=NOW)
    assert {table: count for table, count in changed.items() if count} == {
        "person": 1, "placement": 1, "reporting_line": 1, "role_grant": 1, "alias": 1, "check_in": 1,
        "milestone_progress": 1, "direction": 1, "plan_action": 1, "plan_comment": 1, "evidence": 1, "review": 2,
        "outbox": 1,
    }  # fmt: skip
    async with db.reading() as session:
        claim = (await session.scalars(select(Evidence))).one()
        assert (claim.did, claim.impact, claim.links) == ("", "", "")
        assert (claim.milestone, claim.state, claim.author_id) == ("t3-design-reviews", "withdrawn", cast.ana.id)
        assert {(row.verdict, row.reason) for row in await session.scalars(select(Review))} == {
            ("accepted", ""),
            ("declined", ""),
        }
        assert (await session.scalars(select(CheckIn.person_id))).all() == [cast.mats.id]
        assert (await session.scalars(select(Outbox.recipient))).all() == [cast.noor.id, cast.noor.id]


async def test_what_is_left_of_somebody_erased_names_nobody(db: Database) -> None:
    async with db.writing() as session:
        ana = await rows.person(session, "Ana Pérez", country="US", dm_channel="D1", cadence="monthly", left_on=TODAY)
        await keeping.erase(session, ana.id, now=NOW)
    async with db.reading() as session:
        left = (await session.scalars(select(Person))).one()
        values = {column.name: getattr(left, column.name) for column in Person.__table__.columns}
        assert (await rows.acting(session, left)).track is None
    assert values == {
        "id": ana.id, "name": keeping.FORMER, "zone": "UTC", "preferred_hour": 9, "working_days": "12345",
        "is_guest": False, "is_active": False, "slack_id": None, "email": None, "country": None, "department": None,
        "cadence": None, "dm_channel": None, "left_on": None, "has_home": False,
    }  # fmt: skip


async def test_rows_in_which_somebody_else_comes_first_stay_with_their_words(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        for who in (cast.mats, cast.noor):
            await keeping.erase(session, who.id, now=NOW)
    async with db.reading() as session:
        reviews = (await session.scalars(select(Review))).all()
        assert {review.reason for review in reviews} == {"Noor's reason", "Mats's reason"}
        assert (await session.scalars(select(CheckIn.win))).all() == ["Ana's win"]
        assert (await session.scalars(select(ReportingLine.manager_id))).all() == [cast.mats.id]
        assert (await rows.acting(session, cast.ana)).manager_name is None


async def test_erasing_leaves_no_trace_in_any_column_or_byte(db: Database, url: str) -> None:
    async with db.writing() as session:
        cast = await company(session)
        ana = (cast.ana.name, "ana@example.com", "U0ANA", "Ana's", "ana.example")
        assert {text in await _everything(session) for text in ana} == {True}
    assert not db.is_sqlite or b"ana@example.com" in _bytes(url)
    async with db.writing() as session:
        await keeping.erase(session, cast.ana.id, now=NOW)
    await jobs.clear_log(db)
    async with db.reading() as session:
        assert {text in await _everything(session) for text in ana} == {False}
    if db.is_sqlite:
        assert {text.encode() in _bytes(url) for text in ana} == {False}
        assert cast.mats.name.encode() in _bytes(url)


async def _everything(session: AsyncSession) -> str:
    """All rows of all tables, opened."""
    found = [
        str([*row])
        for table in models.TABLES.sorted_tables
        for row in await session.execute(select(table).order_by(*table.primary_key))
    ]
    return "\n".join(found)


def _bytes(url: str) -> bytes:
    file = Path(make_url(url).database or "")
    return b"".join(part.read_bytes() for part in sorted(file.parent.glob(f"{file.name}*")))


async def test_erasing_twice_changes_nothing_more(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        await keeping.erase(session, cast.ana.id, now=NOW)
    async with db.writing() as session:
        before = await _everything(session)
        await keeping.erase(session, cast.ana.id, now=NOW)
        assert await _everything(session) == before


async def test_an_erasure_that_fails_has_not_begun(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        before = await _everything(session)
    try:
        async with db.writing() as session:
            await keeping.erase(session, cast.ana.id, now=NOW)
            raise InterruptedError
    except InterruptedError:
        pass
    async with db.reading() as session:
        assert await _everything(session) == before
        assert (await people.by_slack_id(session, ["U0ANA"], on=TODAY))["U0ANA"].name == "Ana Pérez"

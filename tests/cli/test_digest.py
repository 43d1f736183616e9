"""`ladderbot digest` and owners of a part, as an operator types it."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from bot import keyring
from bot.cli import main
from bot.models.check_ins import CheckIn
from bot.models.framework import Release
from bot.models.messages import Occurrence
from bot.models.people import Person, Placement
from tests.support import engines
from tests.support.engines import Servers

ASKED = datetime.now(UTC).replace(microsecond=0) - timedelta(days=10)  # commands go by the real clock
FIRST, UNTIL = (ASKED.date() + timedelta(days=days) for days in (-9, 9))
DAYS = ("--from", str(FIRST), "--until", str(UNTIL))


@pytest.fixture(autouse=True)
def url(servers: Servers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, framework_text: str) -> None:
    monkeypatch.chdir(tmp_path)
    url = servers.url("sqlite")
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("FIELD_KEYS", "1:" + keyring.new_key())
    asyncio.run(company(url, framework_text))


async def company(url: str, framework_text: str) -> None:
    """Lea, who will be an owner, and twenty people of two departments who were asked ten days ago."""
    db, on = engines.database(url), ASKED.date()
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=ASKED))
        session.add(Person(id=uuid4(), name="Lea Roux", email="lea@example.com", zone="UTC"))
        for number in range(20):
            one = Person(id=uuid4(), name="CANARY", zone="UTC", department="Sales" if number < 12 else "Support")
            session.add(one)
            await session.flush()
            session.add(Placement(person_id=one.id, track="technical", level="T2", from_on=on - timedelta(days=300)))
            prompt = {"due_at": ASKED, "expires_at": ASKED + timedelta(days=14), "state": "told"}
            session.add(Occurrence(kind="check-in", person_id=one.id, on_date=on, **prompt))
            if number % 2:
                given = {"answer": "answered", "submitted_at": ASKED}
                session.add(CheckIn(person_id=one.id, round_on=on, **given))
    await db.close()


def typed(*words: str) -> Result:
    return CliRunner().invoke(main.app, words)


def test_what_an_owner_would_read_is_printed_as_text() -> None:
    said = typed("digest", "preview", *DAYS).output
    last = UNTIL - timedelta(days=1)
    assert said.startswith(f"{FIRST} to {last}: 50% of those who were asked answered a check-in.\n")
    assert "Participation: Of those who were asked and not away" in said
    assert "everybody   20–24  50%" in said
    assert not [one for one in ("*", "`", "&amp;", "CANARY") if one in said]


def test_of_a_part_its_owner_reads_that_part() -> None:
    given = typed("role", "give", "lea@example.com", "owner", "--department", "Sales")
    assert given.output == "Lea Roux is owner of department Sales now.\n"
    assert "department Sales" in typed("role", "list").output
    said = typed("digest", "preview", "--owner", "lea@example.com", *DAYS).output
    assert "Technical   10–14  50%" in said
    assert "everybody" not in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("digest", "preview", "--from", "2026-11-01"), "Name both days"),
        (("digest", "preview", "--from", "2026-11-02", "--until", "2026-11-01"), "Choose a first day"),
        (("digest", "preview", "--owner", "lea@example.com"), "Lea Roux is no owner."),
        (("role", "give", "lea@example.com", "reader", "--country", "DE"), "Only owners have a part"),
        (("role", "give", "lea@example.com", "owner", "--country", "XX"), "The country “XX” is not known."),
        (("role", "give", "lea@example.com", "owner", "--country", "DE", "--department", "Sales"), "not both"),
    ],
)
def test_what_cannot_be_done_ends_with_a_sentence(words: tuple[str, ...], sentence: str) -> None:
    result = typed(*words)
    assert result.exit_code == 1
    assert sentence in result.output

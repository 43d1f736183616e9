"""Keys: outside the database and its backups, gone once a cycle is over; with a steward not on the server at all."""

import asyncio
import re
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from typer.testing import CliRunner

from bot import sealing, settings
from bot.cli.main import app
from bot.database import Database
from bot.models.changes import Change
from bot.models.messages import Outbox
from bot.models.people import Person, RoleGrant
from bot.models.program_feedback import FeedbackBox, FeedbackCycle
from bot.rules.people import Role
from bot.rules.program_feedback import CycleState
from bot.rules.refusal import Refusal
from bot.sealing import SealProblem
from bot.services import feedback_cycles
from bot.settings import SettingsProblem
from tests.program_feedback import company as companies
from tests.program_feedback.company import Company, answers
from tests.support.rows import LONG_AGO, NOW

ROOT = Path(__file__).parents[2]


async def everybody_sends(company: Company, people: int = 6) -> None:
    for number, who in enumerate(company.members[:people]):
        await company.sends(who, answers(number % 3 + 2, f"by {who}"))


async def boxes_of(company: Company) -> list[bytes]:
    async with company.db.reading() as session:
        return list(await session.scalars(select(FeedbackBox.box1)))


def modes(folder: Path) -> set[int]:
    return {one.stat().st_mode & 0o777 for one in (folder, *folder.glob("*"))}


async def test_a_backup_of_the_open_cycle_opens_nothing_after_it(company: Company) -> None:
    await everybody_sends(company)
    cycle = await company.cycle()
    assert modes(company.feedback.folder) == {0o700, 0o600}
    before = await boxes_of(company)
    await company.closes()
    assert company.keys == []
    for key in (sealing.new_key()[0], sealing.thread_key(sealing.new_receipt(), "text1")[0]):
        with pytest.raises(SealProblem):
            sealing.open(key, before[0], cycle.id.encode())


async def test_a_replica_that_looks_into_another_folder_takes_nothing(company: Company, tmp_path: Path) -> None:
    cycle = await company.cycle()
    other = company.at(tmp_path / "other")
    with pytest.raises(Refusal, match="cannot be sealed right now"):
        await other.sends(company.members[0])
    sealing.keep(other.feedback.folder, f"{cycle.id}{sealing.PEPPER}", sealing.new_pepper())
    with pytest.raises(Refusal, match="cannot be sealed right now"):
        await other.sends(company.members[0])
    async with company.db.reading() as session:
        assert await feedback_cycles.pepper_problem(session, feedback=other.feedback)
        assert not await feedback_cycles.pepper_problem(session, feedback=company.feedback)
    assert await company.boxes() == 0


async def test_the_keys_of_another_database_are_left_alone(company: Company) -> None:
    sealing.keep(company.feedback.folder, f"{'a' * 32}{sealing.PRIVATE}", sealing.new_key()[0])
    await everybody_sends(company)
    await company.closes()
    assert company.keys == [f"{'a' * 32}.key"]


async def test_what_a_crash_left_of_the_keys_goes_at_the_next_look(company: Company) -> None:
    await everybody_sends(company)
    company.today = (await company.cycle()).closes
    await company.releases()
    assert len(company.keys) == 2
    await company.sweeps()
    assert company.keys == []


# What is frozen


async def test_the_number_of_people_and_the_breakdown_stay_as_they_were_when_it_opened(company: Company) -> None:
    company.chooses(k=20, dimension=None)
    await everybody_sends(company)
    done = await company.closes()
    assert done is not None
    assert (done.state, done.k, done.dimension) == (CycleState.RELEASED, 5, "track")


def test_fewer_than_five_people_cannot_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEEDBACK_PEOPLE", "4")
    with pytest.raises(SettingsProblem, match="FEEDBACK_PEOPLE"):
        settings.read_storage(_env_file=None)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"weeks": 0}, "PULSE_WEEKS is 0"),
        ({"contact": ""}, "FEEDBACK_CONTACT names nobody"),
        ({"k": 12}, "takes 24 members"),
        ({"steward": "U0R0"}, "public key is not there yet"),
    ],
)
@pytest.mark.parametrize("engine", ["sqlite"])
async def test_no_cycle_opens_without_what_it_takes(
    db: Database, folder: Path, given: dict[str, object], why: str
) -> None:
    company = await companies.founded(db, folder)
    company.chooses(**given)
    with pytest.raises(Refusal, match=why):
        await company.opens()
    company.chooses(weeks=6, contact="Ines", k=5, steward="")
    async with db.writing() as session:
        await session.execute(update(RoleGrant).values(until_on=LONG_AGO))
    with pytest.raises(Refusal, match="2 to 5 owners to read it, and there are 0"):
        await company.opens()


async def test_changed_privacy_is_logged_and_the_steward_hears_of_it(company: Company) -> None:
    async def look() -> None:
        async with company.db.writing() as session:
            await feedback_cycles.note_privacy(session, feedback=company.feedback, today=company.today, now=NOW)

    async with company.db.writing() as session:
        steward = await session.scalar(select(Person.id).where(Person.slack_id == company.members[0]))
        session.add(RoleGrant(person_id=steward, role=Role.STEWARD.value, from_on=LONG_AGO))
    await look()
    await look()
    company.chooses(contact="Lea")
    await look()
    async with company.db.reading() as session:
        told = (await session.execute(select(Outbox.recipient, Outbox.subject))).all()
        lines = await session.scalar(
            select(func.count()).select_from(Change).where(Change.what.like("program feedback%"))
        )
        changed = await feedback_cycles.load_changed(session, [row.subject for row in told])
    assert [row.recipient for row in told] == [steward]
    assert [(one.before, one.after) for one in changed.values()] == [("Ines", "Lea")]
    assert lines == 6


# The steward


async def test_with_a_steward_the_server_cannot_open_it_and_the_steward_can(
    db: Database, url: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"DATABASE_URL": url, "FIELD_KEYS": "1:" + "A" * 43 + "=", "FEEDBACK_KEY_DIR": folder}.items():
        monkeypatch.setenv(name, str(value))
    assert (await runs("keygen", str(tmp_path / "steward")))[0] == 0
    private, public = sorted((tmp_path / "steward").glob("*"))
    assert (private.suffix, public.suffix, modes(tmp_path / "steward")) == (".key", ".pub", {0o700, 0o600})
    company = await companies.founded(db, folder)
    company.chooses(steward=company.members[9])
    sealing.keep(folder, public.name, sealing.kept(public) or b"")
    cycle = await company.opens()
    assert (cycle.is_steward, cycle.id) == (True, public.stem)
    await everybody_sends(company)
    assert await company.closes() is None
    assert await company.boxes() == 6
    async with db.writing() as session:  # the command asks the real clock
        await session.execute(update(FeedbackCycle).values(opens=date(2020, 1, 6), closes=date(2020, 2, 17)))
    sealing.keep(tmp_path, "other.key", sealing.new_key()[0])
    code, said = await runs("release", "--key", str(tmp_path / "other.key"))
    assert (code, "not the key of the cycle" in said, await company.boxes()) == (1, True, 6)
    code, said = await runs("release", "--key", str(private))
    assert (code, "Opened." in said) == (0, True)
    assert len((await company.released()).texts) == 6
    assert (company.keys, sorted((tmp_path / "steward").glob("*"))) == ([], [public])


async def runs(*words: str) -> tuple[int, str]:
    """(exit code, what it says) of a command, which runs a loop of its own."""
    done = await asyncio.to_thread(CliRunner().invoke, app, ["program-feedback", *words])
    return done.exit_code, done.output


async def test_the_steward_hears_three_times_and_then_it_is_given_up(db: Database, folder: Path) -> None:
    company = await companies.founded(db, folder)
    company.chooses(steward=company.members[9])
    _, public = sealing.new_key()
    sealing.keep(folder, f"{'b' * 32}{sealing.PUBLIC}", public)
    cycle = await company.opens()
    for day in range(int(cycle.length.days) * 2):
        company.today = cycle.opens + day * companies.A_DAY
        async with db.writing() as session:
            await feedback_cycles.remind_steward(session, feedback=company.feedback, today=company.today, now=NOW)
    async with db.reading() as session:
        keys = (await session.scalars(select(Outbox.dedupe_key).order_by(Outbox.dedupe_key))).all()
        waiting = await feedback_cycles.load_waiting(session, [cycle.subject], today=cycle.closes)
    assert [key.split(":")[3] for key in keys] == ["0", "3", "7"]
    assert set(waiting) == {cycle.subject}
    assert await company.releases() is None
    company.today = cycle.given_up
    done = await company.releases()
    assert done is not None
    assert done.state == CycleState.DESTROYED


# What an operator does


def test_nothing_that_copies_files_takes_the_keys_along() -> None:
    """The pages say so, and the two commands for a backup name the database alone."""
    page = (ROOT / "docs" / "operating.md").read_text()
    backups = re.search(r"## Backups\n(.*?)\n## ", page, re.DOTALL)
    assert backups is not None
    assert "FEEDBACK_KEY_DIR" in backups[1]
    assert "never" in backups[1]
    commands = [line for line in backups[1].splitlines() if line.startswith("    ")]
    assert commands
    assert not any("feedback" in line.lower() for line in commands)
    for file in (".gitignore", ".dockerignore"):
        assert "feedback-keys" in (ROOT / file).read_text()
    compose = (ROOT / "compose.yaml").read_text()
    assert "feedback-keys:/feedback-keys" in compose


def test_the_bot_refuses_to_start_where_it_would_log_what_people_type(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {"SLACK_BOT_TOKEN": "xoxb-1-2-AbC", "SLACK_APP_TOKEN": "xapp-1-A", "LOG_LEVEL": "DEBUG"}.items():
        monkeypatch.setenv(name, value)
    started = CliRunner().invoke(app, ["run"])
    assert started.exit_code == 1
    assert "LOG_LEVEL=DEBUG would write what people typed" in started.output

"""What the operator does with people's data: export, erase, let old things go, change the keys."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot import keyring, settings
from bot.cli.asking import console, errors, told, with_database
from bot.clock import Clock
from bot.database import Database
from bot.jobs import keeping as jobs
from bot.jobs import timers
from bot.rules import cadence
from bot.rules.refusal import Refusal
from bot.services import keeping, people

Who = Annotated[str, typer.Argument(help="E-mail address, Slack id, or id of ours.")]
OUT_OF_REACH = (
    "Slack keeps the messages that were sent already, and backups keep what they hold until they age out. "
    "If the Slack account goes on, the next sync starts a new, empty entry."
)


def register(app: typer.Typer) -> None:
    for command in (export, erase, retention, rotate_keys, new_key):
        app.command()(command)


def export(
    who: Who, folder: Annotated[Path, typer.Argument(help="A new or empty folder.")] = Path("ladderbot-export")
) -> None:
    """Write everything that is kept about a person, as JSON and CSV."""

    async def work(db: Database, clock: Clock) -> dict[str, bytes]:
        async with db.reading() as session:
            person = await people.by_any_name(session, who, on=_today(clock))
            return keeping.write_export(await keeping.export(session, person))

    files = with_database(work)
    told(lambda: _write(folder, files))
    said = f"Wrote {len(files)} files to {folder}. They hold private words: hand them over, then delete them here."
    console.print(said, markup=False)


def erase(
    who: Who, yes: Annotated[bool, typer.Option("--yes", help="Do not ask for the name to be typed.")] = False
) -> None:
    """Erase a person: their words and everything that names them. There is no way back."""

    async def work(db: Database, clock: Clock) -> dict[str, int]:
        async with db.reading() as session:
            person = await people.by_any_name(session, who, on=_today(clock))
        if not yes:
            _ask_for(person.name)
        async with db.writing(patience=timers.PATIENCE) as session:
            changed = await keeping.erase(session, person.id, now=clock.now())
        await jobs.clear_log(db)
        return changed

    changed = with_database(work)
    console.print(f"Erased. Rows deleted or emptied: {jobs.said(Counter(changed))}.")
    console.print(OUT_OF_REACH)


def retention() -> None:
    """Delete now what has been kept for its time; the running bot does it once a day by itself."""

    async def work(db: Database, clock: Clock) -> Counter[str]:
        return await jobs.retire_all(db, now=clock.now(), today=_today(clock))

    console.print(f"Kept long enough and deleted: {jobs.said(with_database(work))}.")


def rotate_keys() -> None:
    """Seal everything with the first of FIELD_KEYS. Before: restart every bot with the new key in front of the old."""

    async def work(db: Database, _clock: Clock) -> int:
        total = 0
        while done := await _rotate_some(db):
            total += done
        return total

    console.print(f"Sealed {with_database(work)} values anew; all of them open with the first key now.")
    console.print("Take the older keys out of FIELD_KEYS, and keep them for as long as you keep backups.")


async def _rotate_some(db: Database) -> int:
    async with db.writing(patience=timers.PATIENCE) as session:
        return await keeping.rotate(session)


def new_key() -> None:
    """Print a new key for FIELD_KEYS. Nothing is stored."""
    typer.echo(keyring.new_key())
    errors.print("Put it in FIELD_KEYS with a number of its own in front, like 1:KEY. Lose it, and the words are lost.")


def _today(clock: Clock) -> date:
    return cadence.local_day(clock.now(), settings.read_storage().program_zone)


def _ask_for(name: str) -> None:
    if typer.prompt(f"This cannot be undone. To erase {name}, type the name") != name:
        raise Refusal("That is another name. Nothing was erased.")


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Readable by nobody else. Refusal when the folder holds something already, or cannot be written to."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Refusal(f"{folder} is not empty. Name a new folder, so that nothing is mixed up.")
        for name, contents in files.items():
            file = folder / name
            file.touch(mode=0o600)
            file.write_bytes(contents)
    except OSError as error:
        raise Refusal(f"{folder} cannot be written to: {error.strerror}.") from None

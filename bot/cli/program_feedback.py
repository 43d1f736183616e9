"""`ladderbot program-feedback`: what a steward does with a key, and what anybody can check."""

import secrets
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text
from sqlalchemy import inspect
from sqlalchemy.engine import Connection

from bot import opening, sealing, settings
from bot.cli.asking import console, told, with_database
from bot.clock import Clock
from bot.database import Database
from bot.jobs import keeping, timers
from bot.rules import cadence
from bot.rules import program_feedback as rules
from bot.rules.program_feedback import Cycle, CycleState, Feedback
from bot.rules.refusal import Refusal
from bot.sealing import SealProblem
from bot.services import feedback_cycles, feedback_releases, program_feedback

RELEASED = {
    CycleState.RELEASED: "Opened. Those who read it hear of it. The key file is deleted; destroy every copy of it.",
    CycleState.OPEN: "Too few have answered: it stays sealed until {closes}. Keep the key until then.",
    CycleState.DESTROYED: "Too few have answered for the third time. All of it is destroyed unread, and the key, too.",
}

app = typer.Typer(name="program-feedback", help="Keys of program feedback, and what holds now.", no_args_is_help=True)
Folder = Annotated[Path, typer.Argument(help="Where the two files go.")]
KeyFile = Annotated[Path, typer.Option("--key", help="The steward's file, made by keygen.")]


@app.command()
def keygen(folder: Folder = Path()) -> None:
    """Make a key for the next cycle, on a machine that is not the server. Needs no database."""
    key_id, (private, public) = secrets.token_hex(16), sealing.new_key()

    def work() -> None:
        try:
            sealing.keep(folder, f"{key_id}{sealing.PRIVATE}", private)
            sealing.keep(folder, f"{key_id}{sealing.PUBLIC}", public)
        except OSError as error:
            raise Refusal(f"{folder} cannot be written to: {error.strerror}.") from None

    told(work)
    said = (
        f"Wrote {key_id}{sealing.PRIVATE} and {key_id}{sealing.PUBLIC}. Put the second one into FEEDBACK_KEY_DIR on "
        "the server; keep the first one to yourself, with a copy at another place. Without it nobody reads that cycle."
    )
    console.print(said, markup=False)


@app.command()
def release(key: KeyFile) -> None:
    """Open the cycle that waits for this key."""

    async def work(db: Database, clock: Clock) -> Cycle:
        feedback, private = _chosen(), _private(key)
        now = clock.now()
        today = cadence.local_day(now, settings.read_storage().program_zone)
        async with db.writing(patience=timers.PATIENCE) as session:
            done = await feedback_releases.release_due(
                session, feedback=feedback, today=today, now=now, private=private
            )
        if done is None:
            raise Refusal("No cycle waits for a key now. One can be opened from the day on which it closes.")
        if done.state != CycleState.OPEN:
            sealing.forget(feedback.folder, [done.id])
            key.unlink(missing_ok=True)
            await keeping.clear_log(db)
        return done

    done = with_database(work)
    console.print(RELEASED[CycleState(done.state)].format(closes=done.closes), markup=False)


def _private(file: Path) -> bytes:
    try:
        found = sealing.kept(file)
    except (SealProblem, OSError):
        found = None
    if found is None:
        raise Refusal(f"{file} holds no key. Name the file that ends in {sealing.PRIVATE}.")
    return found


@app.command()
def verify() -> None:
    """Print what holds now: the rules, the tables as they are in the database, the keys, the group, the readers."""

    async def work(db: Database, clock: Clock) -> list[tuple[str, str]]:
        feedback, now = _chosen(), clock.now()
        today = cadence.local_day(now, settings.read_storage().program_zone)
        async with db.reading() as session:
            cycle = await program_feedback.current(session)
            readers = await program_feedback.readers(session, today)
            lines = [
                *_rules(feedback, cycle),
                ("group", f"{await program_feedback.group(session, today)} people can take part"),
                ("readers", f"{len(readers)}: {', '.join(one.name for one in readers)}"),
                ("opens", await feedback_cycles.why_none(session, feedback=feedback, today=today) or "yes, one can"),
                ("pepper", await feedback_cycles.pepper_problem(session, feedback=feedback) or "as it should be"),
                ("keys to be destroyed", str(len(await feedback_cycles.over(session, feedback=feedback)))),
            ]
        async with db.engine.connect() as connection:
            return [*lines, *_keys(feedback, cycle), *await connection.run_sync(_schema)]

    table = Table("what", "as it is now")
    for name, value in with_database(work):
        table.add_row(name, Text(value))
    console.print(table)


def _chosen() -> Feedback:
    return opening.feedback(settings.read_storage())


def _rules(feedback: Feedback, cycle: Cycle | None) -> list[tuple[str, str]]:
    windows = f"{rules.WINDOWS} windows at most"
    lines = [
        ("people at least", f"{feedback.k}, never less than {rules.K}"),
        ("known for", f"{rules.KNOWN_FOR.days} days, or from before the first cycle"),
        ("a cycle", f"{feedback.weeks} weeks, {windows}" if feedback.weeks else "none opens"),
        ("breakdown", feedback.dimension or "none"),
        ("who holds the key", "a steward" if feedback.is_steward else "this server"),
        ("a box", f"{sealing.PLAIN_BYTES:,} bytes, whatever is in it"),
    ]
    if cycle is not None:
        frozen = f"people at least {cycle.k}, breakdown {cycle.dimension or 'none'}, as when it opened"
        held = f"{cycle.opens} to {cycle.closes}, window {cycle.window} of {rules.WINDOWS}; {frozen}"
        lines.append(("open cycle", held))
    return lines


def _keys(feedback: Feedback, cycle: Cycle | None) -> list[tuple[str, str]]:
    folder = feedback.folder
    if not folder.is_dir():
        return [("folder of keys", f"{folder}: not made yet")]
    is_private = "readable by nobody else" if sealing.is_private(folder) else "OTHERS CAN READ IT"
    lines = [("folder of keys", f"{folder}: {is_private}")]
    if cycle is not None:
        here = (folder / f"{cycle.id}{sealing.PRIVATE}").exists()
        lines.append(("key of the open cycle", "on this server" if here else "not on this server"))
    return lines


def _schema(connection: Connection) -> list[tuple[str, str]]:
    found = inspect(connection)
    names = sorted(name for name in found.get_table_names() if name.startswith("fb_"))
    return [(name, ", ".join(f"{one['name']} {one['type']}" for one in found.get_columns(name))) for name in names]

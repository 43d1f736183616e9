"""`ladderbot closed`: the days on which the whole company is closed."""

from datetime import date, datetime
from typing import Annotated

import typer

from bot.cli.asking import console, with_database
from bot.clock import Clock
from bot.database import Database
from bot.services import closings

app = typer.Typer(name="closed", help="Days on which the whole company is closed.", no_args_is_help=True)
First = Annotated[datetime, typer.Argument(help="First day closed, such as 2026-12-24.", formats=["%Y-%m-%d"])]
Last = Annotated[datetime | None, typer.Argument(help="Last day closed; the same day without.", formats=["%Y-%m-%d"])]


@app.command()
def add(first: First, last: Last = None) -> None:
    """Nobody is asked for anything on these days, and they count against nobody."""
    ends = (last or first).date()

    async def work(db: Database, clock: Clock) -> None:
        async with db.writing() as session:
            await closings.add(session, first.date(), ends, now=clock.now())

    with_database(work)
    console.print(f"Closed: {_days(first.date(), ends)}.")


@app.command()
def remove(first: First) -> None:
    """Take the closing days back that begin on this day."""

    async def work(db: Database, clock: Clock) -> None:
        async with db.writing() as session:
            await closings.remove(session, first.date(), now=clock.now())

    with_database(work)
    console.print("Open again.")


@app.command("list")
def list_closings() -> None:
    """The closing days that are not over."""

    async def work(db: Database, clock: Clock) -> list[tuple[date, date]]:
        async with db.reading() as session:
            return await closings.ahead(session, today=clock.now().date())

    found = with_database(work)
    for first, last in found:
        console.print(_days(first, last))
    if not found:
        console.print("None ahead. Add some: ladderbot closed add 2026-12-24 2027-01-01")


def _days(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} to {last}"

"""`ladderbot digest`: what an owner would read of a month, as text."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import typer

from bot import settings
from bot.cli.asking import console, with_database
from bot.clock import Clock
from bot.database import Database
from bot.rules import cadence, scopes
from bot.rules import months as rules
from bot.rules.months import Month, Window
from bot.rules.refusal import Refusal
from bot.services import framework as frameworks
from bot.services import months, people, roles
from bot.views import month_text

app = typer.Typer(name="digest", help="What owners are told.", no_args_is_help=True)
DAYS = ["%Y-%m-%d"]


@app.callback()
def commands() -> None:
    """What owners are told."""


@dataclass(frozen=True)
class Preview:
    month: Month
    tracks: Callable[[str], str]
    milestones: Callable[[str], str]


@app.command()
def preview(
    owner: Annotated[str | None, typer.Option(help="E-mail, Slack id or id of an owner; their part is shown.")] = None,
    first: Annotated[datetime | None, typer.Option("--from", formats=DAYS, help="The first day.")] = None,
    last: Annotated[datetime | None, typer.Option("--until", formats=DAYS, help="The day after the last.")] = None,
) -> None:
    """Print what an owner would read: of the last month, or of other days. Nothing is kept, and nobody is told."""
    zone = settings.read_storage().program_zone

    async def work(db: Database, clock: Clock) -> Preview:
        now = clock.now()
        today = cadence.local_day(now, zone)
        async with db.reading(patience=months.PATIENCE) as session:
            scope = scopes.WHOLE
            if owner is not None:
                person = await people.by_any_name(session, owner, on=now.date())
                found = await roles.owned_by(session, person.id, on=now.date())
                if found is None:
                    raise Refusal(f"{person.name} is no owner.")
                scope = found
            month = await months.preview(
                session, scope=scope, window=_window(first, last, today), zone=zone, now=now, today=today
            )
            return Preview(month, *await frameworks.names(session))

    found = with_database(work)
    console.print(month_text.text(found.month, tracks=found.tracks, milestones=found.milestones), markup=False)


def _window(first: datetime | None, last: datetime | None, today: date) -> Window:
    if first is None and last is None:
        return rules.month_of(today).before
    if first is None or last is None:
        raise Refusal("Name both days: --from 2026-10-01 --until 2026-11-01")
    return Window(first.date(), last.date())

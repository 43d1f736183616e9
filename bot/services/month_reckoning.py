"""A month reckoned for all owners at once: about a dozen statements, whoever looks after which part."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from bot.rules import months as rules
from bot.rules import scopes
from bot.rules.months import STANDING, Compared, Figure, Month, Name, Window
from bot.rules.scopes import Kind
from bot.services import framework as frameworks
from bot.services import month_counts as counts
from bot.services import month_growth as growth
from bot.services import month_moves as moves
from bot.services import month_readiness as readiness
from bot.services.month_counts import Pair, Span
from bot.services.month_moves import Changed

Earlier = Mapping[str, Sequence[Month]]
"""Part of the company → the months shown to its owners before, the newest first."""


@dataclass(frozen=True)
class Counted:
    """All cells of a window, with nothing hidden yet: not to be shown to anybody.

    `changed`: a day → who joined or left which group since then.
    """

    pairs: Mapping[Name, Pair]
    changed: Mapping[date, Changed]
    quiet: tuple[str, ...]
    sent_back: tuple[str, ...]


async def months(
    session: AsyncSession, *, window: Window, zone: str, wanted: Collection[str], earlier: Earlier, now: datetime
) -> list[Month]:
    """The window as the owners of each of these parts may see it; nothing before there is a framework."""
    if await frameworks.current_or_none(session) is None or not wanted:
        return []
    span = Span(window, zone, _kind(wanted))
    counted = await _count(session, span, _days(window, earlier))
    found = []
    for scope in wanted:
        found.append(_month(scope, window, counted, earlier.get(scope, ()), now))
        await asyncio.sleep(0)  # others are served in between
    return found


def _kind(wanted: Collection[str]) -> Kind:
    """There is one kind of parts at a time."""
    return next((scopes.split(scope)[0] for scope in wanted if scope), Kind.DEPARTMENT)


def _days(window: Window, earlier: Earlier) -> set[date]:
    """The days since which groups are asked about: the window before, and when each figure that stands was shown."""
    shown = {
        month.window.last
        for of_scope in earlier.values()
        for name in STANDING
        for month in rules.last_shown(of_scope, name).values()
    }
    return {window.before.last, *shown}


async def _count(session: AsyncSession, span: Span, since: Collection[date]) -> Counted:
    framework = await frameworks.current(session)
    participation, completion = await counts.check_ins(session, span)
    standing = await readiness.load(session, span, framework)
    moved = await moves.load(session, span, framework)
    pairs = {
        Name.PARTICIPATION: participation,
        Name.COMPLETION: completion,
        Name.REVIEWS: await counts.reviews(session, span),
        Name.READINGS: await counts.readings(session, span),
        Name.REQUESTS: await counts.requests(session, span),
        Name.READINESS: Pair(standing.readiness, {}),
        Name.COVERAGE: Pair(await counts.mentoring(session, span), {}),
        Name.THANKED: await growth.thanked(session, span),
        Name.CHANCES: await growth.chances(session, span),
        Name.NO_CHANCE: Pair(await counts.no_chance(session, span), {}),
        Name.ASSESSED: Pair(await growth.assessed(session, span), {}),
        Name.WANTS: Pair(await growth.wants(session, span), {}),
        Name.LEFT: moved.left,
        Name.PROMOTED: moved.promoted,
        Name.MOVED: moved.moved,
    }
    changed = {day: await moves.changed(session, span, framework, since=day) for day in sorted(since)}
    quiet = rules.quiet(standing.could, await counts.evidenced(session, span))
    return Counted(pairs, changed, quiet, rules.sent_back(await counts.verdicts(session, span)))


def _month(scope: str, window: Window, counted: Counted, earlier: Sequence[Month], now: datetime) -> Month:
    figures = {name: _figure(name, pair, scope, window, counted, earlier) for name, pair in counted.pairs.items()}
    if scope:  # what is said of the ladder itself is for whoever can change it
        return Month(uuid4(), scope, window, now, figures)
    return Month(uuid4(), scope, window, now, figures, counted.quiet, counted.sent_back)


def _figure(name: Name, pair: Pair, scope: str, window: Window, counted: Counted, earlier: Sequence[Month]) -> Figure:
    part = scopes.split(scope)[1] if scope else None
    changed = {day: one.by_path(part) for day, one in counted.changed.items()}
    last = rules.last_shown(earlier, name) if name in STANDING else {}
    before = next((month for month in earlier if month.window == window.before), None)
    return rules.figure(
        name, pair.now, scope=scope,
        compared=Compared(
            cells=pair.before,
            shown={row.path: row.now for row in before.figure(name).rows} if before else {},
            changed=changed[window.before.last],
            since={path: changed[month.window.last].get(path, 0) for path, month in last.items()},
        ),
    )  # fmt: skip

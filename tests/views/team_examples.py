"""The team, a manager's own figures, and how those of all managers are spread."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from bot.rules.home import Home, Part
from bot.rules.mirrors import Mirror, Praised, Quarter, Quartiles, Spread, Times
from bot.rules.people import Person
from bot.rules.team import PER_PAGE, Order, Report
from bot.views import home, manager_weeks, mirrors, team

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
FIRST, SUMMER = date(2026, 10, 1), date(2026, 7, 1)


def reports(name: str, many: int = 3 * PER_PAGE - 1) -> tuple[Report, ...]:
    """Of every kind; the last few for a manager who is away."""
    return tuple(
        Report(
            UUID(int=n), name, "Technical", "T2", n % 3, n % 2, NOW, n % 5 == 0, (name,) * 3,
            name if n > 2 * PER_PAGE else None, 2, n % 4 == 0, TODAY if n % 6 else None, (name,) * (n % 3),
            n % 5 == 1, TODAY if n % 2 else None,
        )
        for n in range(many)
    )  # fmt: skip


def at_home(who: Person, name: str) -> Iterator[Home]:
    for order, page in ((Order.WAITS, 0), (Order.NAME, 1), (Order.LEVEL, 9)):
        yield Home(who, Part.TEAM, None, reports(name), has_team=True, deputy=name, order=order, page=page)
    for many in (1, 0):
        yield Home(who, Part.TEAM, None, reports(name, many), has_team=True)


def homes(who: Person, name: str) -> Iterator[Drawn]:
    for shown in at_home(who, name):
        yield home.home(shown, now=NOW, today=TODAY)


def mirror(name: str) -> Mirror:
    praise = (Praised(name, 4, 3), Praised("Management", 1, 0))
    now = Quarter(FIRST, date(2027, 1, 1), Times(12, 3.5, 9), Times(1, 1, 1), praise)
    before = Quarter(SUMMER, FIRST, Times(2, 0, 0), Times(30, 2.0, 4), praise)
    return Mirror(now, before, reviews_open=1, unread=7)


def views(who: Person, name: str) -> dict[str, Drawn]:
    quartiles = Quartiles(12, 0, 1, 5)
    shown = next(at_home(who, name))
    return {
        "my team": team.modal(shown, today=TODAY),
        "mirror": mirrors.modal(mirror(name)),
        "spread": mirrors.spread_modal(Spread(quartiles, quartiles)),
        "praise passed on": manager_weeks.passed_on(),
    }


def empty_views() -> dict[str, Drawn]:
    nothing = Quarter(FIRST, date(2027, 1, 1), Times(), Times())
    return {
        "mirror": mirrors.modal(Mirror(nothing, nothing)),
        "spread": mirrors.spread_modal(Spread(None, None)),
    }

"""One of each view and message of an owner's month: full, small, empty, of a part of the company."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from bot.rules.home import Home, Part
from bot.rules.months import COUNTS, DAYS, Figure, Month, Name, Shown, Window
from bot.rules.people import Person
from bot.views import home, month_figures, months

Drawn = dict[str, Any]
TODAY = date(2026, 12, 1)
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
NOVEMBER = Window(date(2026, 11, 1), TODAY)
SALES = "department:<!channel> & Sales"
BANDED = (Name.READINESS, Name.LEFT)


def figure(name: Name, tracks: int, *, has_before: bool = True) -> Figure:
    """Everybody, each track, and each band where the figure knows bands."""
    if not tracks:
        return Figure(hidden=3)
    if name in COUNTS:
        return Figure(tuple(Shown((f"track-{n} → track-{n + 1}",), 5 * n) for n in range(1, tracks)), 2)
    paths: list[tuple[str, ...]] = [(), *((f"track-{n}",) for n in range(tracks))]
    paths += [(f"track-{n}", str(band)) for n in range(tracks) for band in range(1, 6)] if name in BANDED else []
    return Figure(tuple(shown(name, path, n, has_before=has_before) for n, path in enumerate(paths)), 1)


def shown(name: Name, path: tuple[str, ...], number: int, *, has_before: bool = True) -> Shown:
    now, before = ((number % 9 + 0.5), 3.0) if name in DAYS else ((number * 35 % 100) / 100, 0.55)
    spread = (0.5, 12.0) if name in DAYS else None
    return Shown(path, 5 + number * 25, now, before if has_before and number % 4 < 3 else None, spread)


def month(tracks: int = 5, *, scope: str = "", has_before: bool = True, keys: int = 3) -> Month:
    figures = {name: figure(name, tracks, has_before=has_before) for name in Name}
    quiet = tuple(f"milestone-{n}" for n in range(keys))
    return Month(UUID(int=1), scope, NOVEMBER, NOW, figures, quiet, quiet[:1])


TRACKS = {
    "technical": "Technical", "management": "Management", "leadership": "Project leadership",
    "process": "Process optimization", "customer": "Customer strategy",
}  # fmt: skip


def realistic() -> Month:
    """What a company of three hundred may see."""
    people = dict(zip(TRACKS, (120, 40, 35, 45, 60), strict=True))
    given = {
        Name.PARTICIPATION: ((0.7, 0.65), (0.75, 0.7), (0.9, 0.9), (0.6, 0.55), (0.65, 0.6), (0.7, 0.65)),
        Name.READINESS: ((0.4, 0.35), (0.45, 0.4), (0.3, 0.3), (0.35, 0.35), (0.4, 0.4), (0.4, 0.35)),
        Name.COVERAGE: ((0.25, 0.2), (0.3, 0.25), (0.4, None), (0.15, 0.15), (0.2, 0.2), (0.25, 0.25)),
        Name.REVIEWS: ((2.5, 3.0), (2.0, 3.0), (1.5, 2.0), (4.0, 4.5), (3.0, 3.0), (2.0, 2.5)),
        Name.PROMOTED: ((0.05, 0.05), (0.05, 0.05)),
    }
    figures = {
        name: Figure(
            tuple(
                Shown((key,) if key else (), people.get(key, 300), now, before, (1.0, 6.0) if name in DAYS else None)
                for key, (now, before) in zip(("", *TRACKS), values, strict=False)
            ),
            6 if name is Name.PROMOTED else 0,
        )
        for name, values in given.items()
    }
    return Month(UUID(int=1), "", NOVEMBER, NOW, figures, ("t4-taught-sessions",), ())


def every(name: str) -> Iterator[Month]:
    yield month()
    yield month(12, keys=60)
    yield month(1, has_before=False)
    yield month(2, scope=f"department:{name[:80]}", keys=0)
    yield month(0, keys=0)
    yield month(3, scope=SALES, keys=0)


def named(name: str) -> month_figures.Named:
    return lambda key: f"{name} {key}"


def views(name: str) -> dict[str, Drawn]:
    pages = {f"all figures {n}": page(one, name) for n, one in enumerate(every(name))}
    return {**pages, "months": months.form(TODAY), "months, given": months.given([month()] * 3)}


def page(one: Month, name: str) -> Drawn:
    return month_figures.page(one, tracks=named(name), milestones=named(name))


def messages(name: str) -> dict[str, list[Drawn]]:
    return {"month.told": [months.message(one, tracks=named(name)) for one in every(name)]}


def homes(who: Person, name: str) -> Iterator[Drawn]:
    """Of whoever owns a part of the company."""
    for one in (None, month(2, scope=SALES), month(0, scope=SALES)):
        part = Home(who, Part.PROGRAM, None, (), True, owns=f"department:{name[:80]}", month=one)
        yield home.home(part, now=NOW, today=TODAY)

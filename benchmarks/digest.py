# ruff: noqa: S608 - statements are put together from pieces of this file alone
"""An owner's month over a large company: reckoned, kept and owed, against the very same SQL run bare."""

import asyncio
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from sqlalchemy import event, insert, select, text

from benchmarks import measure, setup
from benchmarks.measure import Line, Stalls
from benchmarks.setup import Workbench
from bot.app import Ladderbot
from bot.clock import StandingClock
from bot.database import Database
from bot.jobs import months as jobs
from bot.models.months import Month
from bot.models.people import Person
from bot.rules.people import Role
from bot.services import framework, roles
from tests.support import engines

MEMBERS, TIMES = 100_000, 3
MOST_TIMES, MOST_STALL_MS = 1.5, 50
DECEMBER = setup.MONDAY.replace(month=12, day=1)
SCOPES = ("", "department:Department 1", "department:Department 2", "department:Department 3")
Statements = list[tuple[str, Any]]


def month(bench: Workbench, engine: str) -> list[Line]:
    template = bench.template(engine, company, MEMBERS)
    sides = [_both(template) for _ in range(TIMES)]
    mine, bare = measure.middle([side.ours for side in sides]), measure.middle([side.bare for side in sides])
    stall = max(side.stalls.longest for side in sides) * 1000
    busy = measure.milliseconds(max(side.stalls.busy for side in sides))
    name = f"digest.month.{engine}"
    return [
        measure.ratio(name, mine, bare, measure.in_seconds, at_most=MOST_TIMES),
        Line(name, "stall", stall, f"reckoning {busy}", " ms", at_most=MOST_STALL_MS),
    ]


@dataclass(frozen=True)
class Sides:
    ours: float
    bare: float
    stalls: Stalls


def _both(template: str) -> Sides:
    with setup.copied(template) as mine, setup.copied(template) as theirs:
        seconds, stalls, statements = measure.apart(ours, mine)
        return Sides(seconds, measure.apart(reference, theirs, statements), stalls)


def ours(url: str) -> tuple[float, Stalls, Statements]:
    return asyncio.run(_ours(url))


async def _ours(url: str) -> tuple[float, Stalls, Statements]:
    db, clock = engines.database(url), StandingClock(DECEMBER)
    statements: Statements = []
    async with Ladderbot(setup.settings_for(setup.NOWHERE), db, clock, is_ticking=False) as bot:
        async with db.reading() as session:
            await framework.current(session)  # parsed once in the life of a process, not once a month
        event.listen(db.engine.sync_engine, "before_cursor_execute", _noting(statements))
        async with measure.watching() as stalls:
            began = perf_counter()
            await jobs.tell(bot.tools)
            seconds = perf_counter() - began
    await _check(db)
    await db.close()
    return seconds, stalls, statements


def _noting(statements: Statements) -> Any:
    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if not statement.startswith("BEGIN"):
            statements.append((statement, parameters))

    return note


async def _check(db: Database) -> None:
    async with db.reading() as session:
        kept = (await session.scalars(select(Month.scope))).all()
    assert sorted(kept) == sorted(SCOPES), kept


def reference(url: str, statements: Statements) -> float:
    return asyncio.run(_reference(url, statements))


async def _reference(url: str, statements: Statements) -> float:
    """Each statement with its values, in one transaction, and all that it finds."""
    engine = setup.plain_engine(url)
    async with engine.connect() as connection:
        await connection.execute(select(1))
    began = perf_counter()
    async with engine.begin() as connection:
        for statement, parameters in statements:
            found = await connection.exec_driver_sql(statement, parameters)
            if found.returns_rows:
                found.all()
    seconds = perf_counter() - began
    await engine.dispose()
    return seconds


# The company


def company(url: str, members: int) -> None:
    """Five years of quarterly check-ins, two years of prompts, evidence and its verdicts, pairs, and four owners."""
    setup.company(url, members)
    asyncio.run(_history(url))


async def _history(url: str) -> None:
    db = engines.database(url)
    async with db.engine.begin() as connection:
        if not db.is_sqlite:
            await connection.execute(text("SET LOCAL statement_timeout = 0"))
        for statement in SQLITE if db.is_sqlite else POSTGRESQL:
            await connection.execute(text(statement))
        await connection.execute(insert(Person), [{**setup.person(-n), "name": f"Owner {n}"} for n in range(1, 5)])
    async with db.writing() as session:
        owners = (await session.scalars(select(Person.id).where(Person.name.startswith("Owner ")))).all()
        for one, scope in zip(owners, SCOPES, strict=True):
            given = {"by": None, "now": DECEMBER, "today": setup.LONG_AGO, "scope": scope}
            await roles.give(session, one, Role.OWNER, **given)  # type: ignore[arg-type]
    await setup.tidied(db)
    await db.close()


def _statements(*, uuid: str, chance: str, day: str, moment: str, empty: str, number: str) -> tuple[str, ...]:
    """`chance`: a number from 0 to 9; `day`, `moment`: so many days before 2 November 2026; `number`: of a person."""
    rounds = "WITH RECURSIVE r(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM r WHERE n < {most})"
    return (
        f"UPDATE person SET department = 'Department ' || {number}",
        f"""INSERT INTO check_in (id, person_id, round_on, answer, win, obstacle, help_wanted, is_private,
                                  is_to_talk_about, submitted_at)
            {rounds.format(most=19)}
            SELECT {uuid}, person.id, {day.format("r.n * 91")},
                   CASE WHEN {chance} < 7 THEN 'answered' ELSE 'skipped' END, {empty}, {empty}, {empty}, false, false,
                   {moment.format("r.n * 91")}
            FROM person CROSS JOIN r ORDER BY person.id""",
        f"""INSERT INTO occurrence (id, kind, person_id, on_date, slot, due_at, expires_at, state)
            {rounds.format(most=7)}
            SELECT {uuid}, 'check-in', person.id, {day.format("r.n * 91")}, 0, {moment.format("r.n * 91")},
                   {moment.format("r.n * 91 - 90")}, 'told'
            FROM person CROSS JOIN r ORDER BY person.id""",
        f"""INSERT INTO reading (check_in_id, person_id, manager_id, reply, is_to_talk_about, read_at)
            SELECT id, person_id, person_id, {empty}, false, {moment.format("-" + chance)}
            FROM check_in WHERE round_on = {day.format("0")} AND answer = 'answered'""",
        f"""INSERT INTO evidence (id, author_id, milestone, version, band, did, impact, links, done_on, amount, state,
                                  take, submitted_at, decided_at)
            SELECT {uuid}, person_id, CASE WHEN {chance} < 5 THEN 't3-design-reviews' ELSE 't3-root-causes' END,
                   '1.0.0', 3, {empty}, {empty}, {empty}, {day.format("40")}, 1 + {chance}, 'accepted', 1,
                   {moment.format("3")}, {moment.format("-10")}
            FROM placement WHERE track = 'technical'""",
        f"""INSERT INTO review (id, evidence_id, author_id, reviewer_id, is_outside, verdict, reason, decided_at)
            SELECT {uuid}, id, author_id, author_id, true, CASE WHEN {chance} < 8 THEN 'accepted' ELSE 'declined' END,
                   {empty}, {moment.format("-" + chance)}
            FROM evidence""",
    )


SQLITE = _statements(
    uuid="lower(hex(randomblob(16)))",
    chance="(abs(random()) % 10)",
    day="date('2026-11-02', '-' || ({}) || ' days')",
    moment="strftime('%Y-%m-%d 09:00:00.000000', julianday('2026-11-02') - ({}))",
    empty="x''",
    number="(rowid % 12)",
)
POSTGRESQL = _statements(
    uuid="gen_random_uuid()",
    chance="floor(random() * 10)::int",
    day="(DATE '2026-11-02' - ({})::int)",
    moment="(TIMESTAMPTZ '2026-11-02 09:00:00+00' - ({}) * INTERVAL '1 day')",
    empty="''::bytea",
    number="(abs(hashtext(id::text)) % 12)",
)

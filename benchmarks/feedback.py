"""The report of a 360 round, against its two queries run and opened bare."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import event, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks import measure, setup
from benchmarks.measure import Line
from benchmarks.setup import Workbench
from bot.database import Database
from bot.keyring import Keyring
from bot.models.people import Person
from bot.models.rounds import Round, RoundAnswer, RoundRating, RoundSeat
from bot.rules import round_report
from bot.rules import rounds as rules
from bot.rules.rounds import Competency, Perspective, SeatState, State, Terms, Text
from bot.services import round_reports, round_rows
from tests.support import engines

MOST_TIMES = 2.0
PEOPLE, ROUNDS = 200, 40
KINDS = [Perspective.SELF, Perspective.MANAGER, *[Perspective.PEER] * 18, *[Perspective.REPORT] * 10]
FEW = 8  # givers of the smallest round
SKILLS = tuple(f"competency-{number}" for number in range(20))
TERMS = Terms(
    "technical", "T2", "1.0.0", tuple(Competency(one, one, "Does it, and shows others how.") for one in SKILLS)
)
WORDS = "What helps the team most is that questions come early, and in writing. " * 4
TURNS, WARM = 60, 5
DUE = setup.MONDAY.date()
Statements = list[tuple[str, Any]]


def report(bench: Workbench, engine: str) -> list[Line]:
    """The middle of many, in turns; thirty givers and twenty competencies, among other rounds that are open."""
    template, name = bench.template(engine, held, PEOPLE), f"feedback.report.{engine}"
    with setup.copied(template) as url:
        seen = measure.apart(_turns, url)
    return [
        measure.ratio(name, seen.ours, seen.bare, measure.milliseconds, at_most=MOST_TIMES),
        Line(name, "statements", len(seen.texts), f"with {FEW} givers {seen.with_few}", at_most=seen.with_few),
        *(Line(name, f"statement {number}", text=" ".join(text.split())) for number, text in enumerate(seen.texts, 1)),
    ]


@dataclass(frozen=True)
class Seen:
    ours: float
    bare: float
    texts: list[str]
    with_few: int


def _turns(url: str) -> Seen:
    return asyncio.run(_take_turns(url))


async def _take_turns(url: str) -> Seen:
    db, engine = engines.database(url), setup.plain_engine(url)
    async with db.reading() as session:
        found = await round_rows.load(session, on=DUE, most=None)
    large, small = (next(one for one in found if len(one.seats) == many) for many in (len(KINDS), FEW))
    statements, few = await _noted(db, large), await _noted(db, small)
    keyring: Keyring = db.engine.dialect.keyring  # type: ignore[attr-defined]
    ours, bare = [], []
    for _ in range(TURNS + WARM):
        ours.append(await _timed(lambda: _ours(db, large)))
        bare.append(await _timed(lambda: _bare(engine, keyring, statements)))
    await engine.dispose()
    await db.close()
    texts = [text for text, _ in statements]
    return Seen(measure.middle(ours[WARM:]), measure.middle(bare[WARM:]), texts, len(few))


async def _timed(act: Callable[[], Any]) -> float:
    began = perf_counter()
    await act()
    return perf_counter() - began


async def _ours(db: Database, one: rules.Round) -> str:
    async with db.reading() as session:
        reports, _ = await round_reports.reckon(session, [one])
    return round_report.write(reports[one.id])


async def _noted(db: Database, one: rules.Round) -> Statements:
    """What is asked of the database; and the report is whole."""
    statements: Statements = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if statement.startswith("SELECT"):
            statements.append((statement, parameters))

    event.listen(db.engine.sync_engine, "before_cursor_execute", note)
    found = round_report.read(await _ours(db, one))
    event.remove(db.engine.sync_engine, "before_cursor_execute", note)
    assert len(found.lines) == len(SKILLS)
    assert all(line.others and line.mine and line.signed for line in found.lines)
    assert sum(len(words.said) for words in found.words) == (len(one.seats) - 2) * len(Text)
    return statements


async def _bare(engine: AsyncEngine, keyring: Keyring, statements: Statements) -> None:
    """The same statements in one transaction, all that they find, and every text of it opened."""
    async with engine.connect() as connection:
        for statement, parameters in statements:
            for row in (await connection.exec_driver_sql(statement, parameters)).all():
                for place, value in row._mapping.items():
                    if place in set(Text):
                        keyring.open(f"round_answer.{place}", value)


# The rounds


def held(url: str, people: int) -> None:
    """Rounds that are open, in which all who are asked have answered everything."""
    asyncio.run(_held(url, people))


async def _held(url: str, people: int) -> None:
    db = engines.database(url)
    async with db.writing() as session:
        connection = await session.connection()
        await connection.execute(insert(Person), [setup.person(number) for number in range(people)])
        who = (await session.scalars(select(Person.id).order_by(Person.slack_id))).all()
        for number in range(ROUNDS):
            rows = _round(
                who[number:], KINDS if number else KINDS[:2] + [Perspective.PEER] * 3 + [Perspective.REPORT] * 3
            )
            for table in (Round, RoundSeat, RoundAnswer, RoundRating):
                await connection.execute(insert(table), rows[table])
    await setup.tidied(db)
    await db.close()


def _round(who: "Any", kinds: list[Perspective]) -> dict[Any, list[dict[str, Any]]]:
    round_id: UUID = uuid4()
    given = list(zip(who, kinds, strict=False))
    answers = {person: uuid4() for person, _ in given}
    about = {"person_id": who[0], "state": State.OPEN.value, "is_from_manager": False, "due_on": DUE}
    when = {"begun_at": setup.SUNDAY, "opened_at": setup.SUNDAY}
    seats = [(person, {"round_id": round_id, "giver_id": person, "perspective": kind.value}) for person, kind in given]
    return {
        Round: [{"id": round_id, "terms": rules.write_terms(TERMS), **about, **when}],
        RoundSeat: [{"id": uuid4(), "state": SeatState.ACCEPTED.value, **seat} for _, seat in seats],
        RoundAnswer: [
            {"id": answers[one], **dict.fromkeys([text.value for text in Text], WORDS), **seat} for one, seat in seats
        ],
        RoundRating: [
            {"answer_id": answers[person], "competency": skill, "giver_id": person, "rating": (place + number) % 5 + 1}
            for number, person in enumerate(answers)
            for place, skill in enumerate(SKILLS)
        ],
    }

"""The three apps that open a form: ours, a bare one that runs the same statements, and one that has no database."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event, insert
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks import setup, slack
from benchmarks.seats import Open
from bot.app import Ladderbot
from bot.database import Database
from bot.models.check_ins import MilestoneProgress
from tests.support import engines, rows

ANA = "U0ANA"
WIN = "We found the leak that had cost us three weekends, and wrote down how. "
MILESTONES = ("t3-design-reviews", "t3-root-causes", "t3-mentoring-sessions")

Statement = tuple[str, Any]
View = dict[str, Any]
_numbers = count()


async def ours(stack: AsyncExitStack, url: str, api_url: str) -> tuple[Open, list[Statement]]:
    """The whole bot, behind its door; tells what one open sends to the database."""
    db = engines.database(url)
    stack.push_async_callback(db.close)
    bot = await stack.enter_async_context(Ladderbot(setup.settings_for(api_url), db, setup.clock(), is_ticking=False))

    async def one() -> None:
        answer = await bot.bolt.async_dispatch(_request())
        assert (answer.status, answer.body) == (200, ""), answer.body

    return one, await _statements(db, one)


async def with_statements(
    stack: AsyncExitStack, url: str, api_url: str, view: View, statements: list[Statement]
) -> tuple[Open, None]:
    engine = setup.plain_engine(url)
    stack.push_async_callback(engine.dispose)
    return _bare(api_url, view, engine, statements), None


async def static(stack: AsyncExitStack, api_url: str, view: View) -> tuple[Open, None]:
    return _bare(api_url, view, None, []), None


def _bare(api_url: str, view: View, engine: AsyncEngine | None, statements: list[Statement]) -> Open:
    """Bolt as its documentation shows it: acknowledge first, then work. Done when it has answered and the form is open.

    Bolt's defaults throughout, but for the address of Slack.
    """
    app = AsyncApp(client=AsyncWebClient(slack.TOKEN, base_url=api_url), signing_secret="benchmarks")
    opened: dict[str, asyncio.Future[None]] = {}

    @app.command("/checkin")
    async def open_check_in(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        if engine is not None:
            await _replay(engine, statements)
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        opened.pop(body["trigger_id"]).set_result(None)

    async def one() -> None:
        request = _request()
        done = opened[str(request.body["trigger_id"])] = asyncio.get_running_loop().create_future()
        answer = await app.async_dispatch(request)
        assert answer.status == 200, answer.body
        await done

    return one


async def _replay(engine: AsyncEngine, statements: list[Statement]) -> None:
    async with engine.connect() as connection:
        for text, parameters in statements:
            result = await connection.exec_driver_sql(text, parameters)
            if result.returns_rows:
                result.all()


def _request() -> AsyncBoltRequest:
    """The command as Bolt gets it over a socket: no signature to check, for any of the apps."""
    body = {
        "command": "/checkin", "text": "", "user_id": ANA, "user_name": "ana", "team_id": "T01", "team_domain": "demo",
        "channel_id": "D01", "channel_name": "directmessage", "trigger_id": f"{next(_numbers)}.1", "api_app_id": "A01",
    }  # fmt: skip
    return AsyncBoltRequest(body=body, mode="socket_mode")


async def _statements(db: Database, one: Open) -> list[Statement]:
    """Everything one open sends, with its parameters, once what is kept for the life of a process is there."""
    await one()
    found: list[Statement] = []

    def note(_connection: Any, _cursor: Any, text: str, parameters: Any, *_: Any) -> None:
        found.append((text, parameters))

    event.listen(db.engine.sync_engine, "before_cursor_execute", note)
    await one()
    event.remove(db.engine.sync_engine, "before_cursor_execute", note)
    return found


def written(url: str, members: int) -> None:
    """A company in which Ana has a manager, a check-in of this round, and evidence for three milestones."""
    setup.company(url, members)
    asyncio.run(_written(url))


async def _written(url: str) -> None:
    db = engines.database(url)
    async with db.writing() as session:
        cast = await rows.cast(session)
        words = {"win": WIN * 3, "obstacle": WIN * 3, "help_wanted": WIN}
        given = await rows.check_in(session, cast.ana, manager=cast.mats, **words)
        moves = [
            {"check_in_id": given.id, "milestone": key, "person_id": cast.ana.id, "moved": "forward"}
            for key in MILESTONES
        ]
        await session.execute(insert(MilestoneProgress), moves)
        for number, key in enumerate(MILESTONES * 2):
            done_on = setup.MONDAY.date() - timedelta(days=30 * number)
            more = {"state": "accepted", "amount": Decimal(1), "done_on": done_on}
            await rows.evidence(session, cast.ana, milestone=key, **more)
    await setup.tidied(db)
    await db.close()

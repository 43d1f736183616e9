"""A manager's week, and help wanted from them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import A_MOMENT, Later, Message, at_an_open_hour
from bot.rules.features import ALL
from bot.rules.less import Topic
from bot.rules.weeks import HelpWanted, Week
from bot.services import help_wanted, less_rows, manager_weeks
from bot.views import manager_weeks as views


async def load_weeks(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, features: Collection[str] = ALL
) -> Mapping[UUID, Week | Later]:
    """The weeks in which something waits that two messages have not named before."""
    found = await manager_weeks.load(session, await _wanting(session, ids, now), now=now, features=features)
    return at_an_open_hour({week.manager_id: week for week in found if week.is_news(now)}, now)


async def load_help(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, HelpWanted | Later]:
    """Who would welcome help, where a message has not said so since. The week says it, too, so it goes first."""
    ids = await _wanting(session, ids, now)
    heard = await manager_weeks.heard_at(session, ids)
    found = {one.manager_id: one for one in await help_wanted.waiting(session, ids, now=now)}
    news = {manager: one for manager, one in found.items() if manager not in heard or heard[manager] < one.since}
    busy = await manager_weeks.being_told(session, news, now=now)
    return {
        manager: Later(now + A_MOMENT) if manager in busy else one
        for manager, one in at_an_open_hour(news, now).items()
    }


async def _wanting(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> list[UUID]:
    """Those of these managers who have not switched their week off."""
    off = await less_rows.switched_off(session, ids, Topic.WEEK, on=now.date())
    return [manager for manager in ids if manager not in off]


MESSAGES: Mapping[str, Message] = {
    manager_weeks.WEEK: Message(load_weeks, views.week, asks=True, loads_features=True),
    help_wanted.HELP: Message(load_help, views.help_wanted, asks=True),
}

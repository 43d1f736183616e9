"""Messages of evidence."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import UPDATE, Message
from bot.rules.evidence import Evidence, Review, Verdict
from bot.services import evidence
from bot.services.evidence import ASKED, ASKED_AGAIN, VERDICT
from bot.views import evidence as views
from bot.views import evidence_reviews as review_views

Pair = tuple[Evidence, Review]


async def load(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Pair]:
    return await evidence.by_review(session, ids)


async def load_open(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Pair]:
    """Requests that still want a verdict."""
    found = await evidence.by_review(session, ids)
    return {key: pair for key, pair in found.items() if pair[1].verdict is Verdict.ASKED}


def _asked(pair: Pair) -> dict[str, Any]:
    return review_views.asked(*pair)


def _verdict(pair: Pair) -> dict[str, Any]:
    return views.verdict(*pair)


MESSAGES: Mapping[str, Message] = {
    ASKED: Message(load_open, _asked, owes_action=True, asks=True),
    ASKED_AGAIN: Message(load, _asked, method=UPDATE, redraws=ASKED, answers=True),
    VERDICT: Message(load, _verdict, answers=True),
}

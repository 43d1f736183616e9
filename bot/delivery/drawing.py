"""What a claimed row says, and where: loaded for many at once, decided and drawn one by one."""

import logging
import traceback
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import UNREACHABLE
from bot.delivery.claims import Place
from bot.delivery.message import A_MOMENT, OPEN, POST, PUBLISH, Later, Message
from bot.delivery.outcomes import Class, Outcome
from bot.delivery.results import Draft
from bot.views import surface

log = logging.getLogger(__name__)

SAME_CHANNEL_WAIT = timedelta(seconds=1)


def by_kind(drafts: Sequence[Draft]) -> dict[str, list[Draft]]:
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        groups[draft.row.kind].append(draft)
    return groups


async def loaded(message: Message, session: AsyncSession, group: Sequence[Draft], now: datetime) -> Mapping[UUID, Any]:
    """What the messages of one kind say. One that cannot be loaded is tried again later, alone."""
    try:
        return await message.load(session, [draft.row.subject for draft in group], now)
    except UNREACHABLE:
        raise
    except Exception as error:
        if len(group) == 1:
            _log_failure("load", group[0], error)
            group[0].outcome = Outcome(Class.UNKNOWN, f"loading failed: {type(error).__name__}")
            return {}
    one_by_one = [await loaded(message, session, [draft], now) for draft in group]
    return {subject: found for one in one_by_one for subject, found in one.items()}


def decide(draft: Draft, found: Any, place: Place | None, now: datetime) -> None:
    """Draw what was loaded, or say why not, or when. `place`: where the message stands that is drawn anew."""
    row, address, message = draft.row, draft.address, draft.message
    place = place or _kept_place(message, found)
    if row.expires_at and row.expires_at <= now and not row.looks:
        draft.state, draft.why = "skipped", "expired"
    elif address is None or not address.is_active or address.slack_id is None:
        draft.state, draft.why = "skipped", "left"
    elif found is None:
        draft.state, draft.why = "skipped", "not needed"
    elif isinstance(found, Later):
        draft.state, draft.moment = "pending", found.moment
    elif message.redraws and (place is None or (place.is_there and place.ts is None)):
        draft.state, draft.why = "skipped", "nothing to draw anew"
    elif message.redraws and place is not None and not place.is_there:
        draft.state, draft.moment = "pending", now + SAME_CHANNEL_WAIT
    elif message.place is not None and message.place(found) is None:
        draft.state, draft.moment = "pending", now + A_MOMENT
    else:
        draft.group = message.place(found) if message.place else None
        if place is not None:
            draft.target = {"channel": place.channel or "", "ts": place.ts or ""}
        _draw(draft, found)


def _kept_place(message: Message, found: Any) -> Place | None:
    """Where a message stands that the outbox has forgotten."""
    if message.stands is None or found is None or isinstance(found, Later):
        return None
    kept = message.stands(found)
    return Place(True, *kept) if kept else None


def _draw(draft: Draft, found: Any) -> None:
    method = draft.message.method
    try:
        drawn = draft.message.draw(found)
        draft.drawn = drawn if method == OPEN else surface.guard(drawn, "home" if method == PUBLISH else "message")
        if draft.drawn is not drawn:
            log.error("%s %s was over Slack's limits and has been cut to fit", draft.row.kind, draft.row.id)
    except Exception as error:
        _log_failure("draw", draft, error)
        draft.outcome = Outcome(Class.PAYLOAD, f"drawing failed: {type(error).__name__}")


def _log_failure(doing: str, draft: Draft, error: Exception) -> None:
    """The message of an exception may hold people's words; its type and place do not."""
    place = "".join(traceback.format_tb(error.__traceback__))
    log.error("could not %s %s %s: %s\n%s", doing, draft.row.kind, draft.row.id, type(error).__name__, place)


def one_per_channel(drafts: Sequence[Draft], now: datetime) -> None:
    """Slack takes about one post a second per conversation: the others of a batch wait that long."""
    seen: set[UUID | str] = set()
    for draft in drafts:
        if draft.message.method != POST or not draft.is_to_be_sent:
            continue
        where = draft.group or draft.row.recipient
        if where in seen:
            draft.state, draft.moment = "pending", now + SAME_CHANNEL_WAIT
        seen.add(where)

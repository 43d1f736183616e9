"""What goes along with each call: where to, what was drawn, and the key by which a message is found again."""

from typing import Any

from bot.delivery import slack
from bot.delivery.claims import Address
from bot.delivery.message import OPEN, PUBLISH, UPDATE
from bot.delivery.results import Draft


def of(draft: Draft, address: Address) -> dict[str, Any]:
    drawn = dict(draft.drawn or {})
    if draft.message.method == OPEN:
        return drawn
    if draft.message.method == PUBLISH:
        return {"user_id": address.slack_id, "view": drawn}
    if draft.message.method == UPDATE:
        return {**draft.target, **drawn}
    metadata = {"event_type": slack.EVENT_TYPE, "event_payload": {"key": draft.row.id.hex}}
    return {
        "channel": draft.group or address.channel or address.slack_id, **drawn, "metadata": metadata,
        "unfurl_links": False, "unfurl_media": False,
    }  # fmt: skip

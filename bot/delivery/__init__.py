"""The outbox: what leaves, when, and how often at most. One file per feature lists its kinds of message."""

from collections.abc import Mapping

from bot.delivery import check_ins, evidence, home, reading
from bot.delivery.message import Message

MESSAGES: Mapping[str, Message] = {
    **check_ins.MESSAGES,
    **evidence.MESSAGES,
    **home.MESSAGES,
    **reading.MESSAGES,
}

"""The outbox: what leaves, when, and how often at most. One file per feature lists its kinds of message."""

from collections.abc import Collection, Mapping

from bot.delivery import bundles, check_ins, evidence, home, manager_weeks, reading, welcomes
from bot.delivery.message import Message

BY_FEATURE: Mapping[str, Mapping[str, Message]] = {
    "home": {**home.MESSAGES, **bundles.MESSAGES, **welcomes.MESSAGES},
    "check_ins": {**check_ins.MESSAGES, **reading.MESSAGES, **manager_weeks.MESSAGES, **welcomes.FOR_MANAGERS},
    "evidence": evidence.MESSAGES,
}
MESSAGES: Mapping[str, Message] = {kind: one for kinds in BY_FEATURE.values() for kind, one in kinds.items()}


def messages(features: Collection[str]) -> dict[str, Message]:
    """The kinds of the features that are on; what is owed of others waits until they are on."""
    chosen = (kinds for feature, kinds in BY_FEATURE.items() if feature in features)
    return {kind: one.where(features) for kinds in chosen for kind, one in kinds.items()}

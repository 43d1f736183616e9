"""The outbox: what leaves, when, and how often at most. One file per feature lists its kinds of message."""

from collections.abc import Collection, Mapping

from bot.delivery import (
    away,
    bundles,
    check_ins,
    deputies,
    evidence,
    hand_overs,
    home,
    manager_changes,
    manager_weeks,
    match_rounds,
    mentor_sessions,
    mentors,
    mentorships,
    program,
    reading,
    welcomes,
)
from bot.delivery.message import Message

BY_FEATURE: Mapping[str, Mapping[str, Message]] = {
    "people": {**away.MESSAGES, **manager_changes.MESSAGES},
    "home": {**home.MESSAGES, **program.MESSAGES, **bundles.MESSAGES, **welcomes.MESSAGES},
    "check_ins": {
        **check_ins.MESSAGES,
        **reading.MESSAGES,
        **manager_weeks.MESSAGES,
        **deputies.MESSAGES,
        **welcomes.FOR_MANAGERS,
    },
    "evidence": {**evidence.MESSAGES, **hand_overs.MESSAGES},
    "mentorship": {**mentors.MESSAGES, **mentor_sessions.MESSAGES, **mentorships.MESSAGES, **match_rounds.MESSAGES},
}
MESSAGES: Mapping[str, Message] = {kind: one for kinds in BY_FEATURE.values() for kind, one in kinds.items()}


def messages(features: Collection[str]) -> dict[str, Message]:
    """The kinds of the features that are on; what is owed of others waits until they are on."""
    chosen = (kinds for feature, kinds in BY_FEATURE.items() if feature in features)
    return {kind: one.where(features) for kinds in chosen for kind, one in kinds.items()}

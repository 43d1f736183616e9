"""The outbox: what leaves, when, and how often at most. One file per feature lists its kinds of message."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery import (
    assessments,
    away,
    bundles,
    career_talks,
    check_ins,
    delivery_log,
    deputies,
    evidence,
    feedback,
    feedback_digests,
    feedback_steward,
    hand_overs,
    home,
    manager_changes,
    manager_weeks,
    match_rounds,
    mentor_sessions,
    mentors,
    mentorships,
    months,
    opportunities,
    plans,
    program,
    program_feedback,
    promises,
    reading,
    recognition,
    rounds,
    stories,
    welcomes,
)
from bot.delivery.message import Message

BY_FEATURE: Mapping[str, Mapping[str, Message]] = {
    "people": {**away.MESSAGES, **manager_changes.MESSAGES},
    "home": {**home.MESSAGES, **program.MESSAGES, **bundles.MESSAGES, **welcomes.MESSAGES, **delivery_log.MESSAGES},
    "check_ins": {
        **check_ins.MESSAGES,
        **reading.MESSAGES,
        **manager_weeks.MESSAGES,
        **deputies.MESSAGES,
        **welcomes.FOR_MANAGERS,
    },
    "evidence": {**evidence.MESSAGES, **hand_overs.MESSAGES},
    "feedback": {**feedback.MESSAGES, **recognition.MESSAGES, **rounds.MESSAGES},
    "growth": {**career_talks.MESSAGES, **assessments.MESSAGES, **plans.MESSAGES, **opportunities.MESSAGES},
    "mentorship": {**mentors.MESSAGES, **mentor_sessions.MESSAGES, **mentorships.MESSAGES, **match_rounds.MESSAGES},
    "program_feedback": {
        **program_feedback.MESSAGES,
        **feedback_digests.MESSAGES,
        **promises.MESSAGES,
        **feedback_steward.MESSAGES,
    },
    "stories": stories.MESSAGES,
    "digests": months.MESSAGES,
}
MESSAGES: Mapping[str, Message] = {kind: one for kinds in BY_FEATURE.values() for kind, one in kinds.items()}


async def is_wanted(
    session: AsyncSession, kind: str, subject: UUID, now: datetime, *, features: Collection[str]
) -> bool | None:
    """Whether a message of this kind still has something to say about this thing; None: its feature is off."""
    message = messages(features).get(kind)
    return None if message is None else subject in await message.load(session, [subject], now)


def messages(features: Collection[str]) -> dict[str, Message]:
    """The kinds of the features that are on; what is owed of others waits until they are on."""
    chosen = (kinds for feature, kinds in BY_FEATURE.items() if feature in features)
    return {kind: one.where(features) for kinds in chosen for kind, one in kinds.items()}

"""What we keep: one file per feature. Importing this package makes every table known."""

from bot.database import Base
from bot.models import (
    attention,
    check_ins,
    evidence,
    feedback_digests,
    framework,
    matching,
    mentors,
    mentorships,
    messages,
    milestones,
    months,
    people,
    program_feedback,
    promises,
    stories,
)

TABLES = Base.metadata

__all__ = [
    "TABLES",
    "attention",
    "check_ins",
    "evidence",
    "feedback_digests",
    "framework",
    "matching",
    "mentors",
    "mentorships",
    "messages",
    "milestones",
    "months",
    "people",
    "program_feedback",
    "promises",
    "stories",
]

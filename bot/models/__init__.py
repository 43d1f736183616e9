"""What we keep: one file per feature. Importing this package makes every table known."""

from bot.database import Base
from bot.models import (
    attention,
    check_ins,
    evidence,
    framework,
    matching,
    mentors,
    mentorships,
    messages,
    milestones,
    people,
)

TABLES = Base.metadata

__all__ = [
    "TABLES",
    "attention",
    "check_ins",
    "evidence",
    "framework",
    "matching",
    "mentors",
    "mentorships",
    "messages",
    "milestones",
    "people",
]

"""What a person may switch off of all that comes by itself, and until when."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NoReturn

from bot.rules.days import MONTHS
from bot.rules.refusal import Refusal


class Topic(StrEnum):
    CHECK_INS = "check-ins"
    REVIEWS = "reviews"
    REMINDERS = "reminders"
    WEEK = "week"
    MENTOR_REQUESTS = "mentor requests"
    SESSIONS = "sessions"
    PROGRAM_FEEDBACK = "program feedback"
    FEEDBACK = "feedback"
    MONTH = "month"


FEATURES = {  # a topic is offered where one of these is on
    Topic.CHECK_INS: frozenset({"check_ins"}),
    Topic.REVIEWS: frozenset({"evidence"}),
    Topic.REMINDERS: frozenset({"check_ins", "evidence", "feedback", "growth", "mentorship", "program_feedback"}),
    Topic.WEEK: frozenset({"check_ins"}),
    Topic.MENTOR_REQUESTS: frozenset({"mentorship"}),
    Topic.SESSIONS: frozenset({"mentorship"}),
    Topic.PROGRAM_FEEDBACK: frozenset({"program_feedback"}),
    Topic.FEEDBACK: frozenset({"feedback"}),
    Topic.MONTH: frozenset({"digests"}),
}


@dataclass(frozen=True)
class Choice:
    """Something that may be switched off, or is. `until_on`: the day it comes again; None: when it is switched on."""

    topic: Topic
    is_off: bool
    until_on: date | None = None


def offered(
    *, is_member: bool, is_manager: bool, features: Collection[str], is_owner: bool = False
) -> tuple[Topic, ...]:
    """What can reach this person at all, and so can be switched off."""
    reaches = {
        Topic.CHECK_INS: is_member, Topic.PROGRAM_FEEDBACK: is_member, Topic.WEEK: is_manager, Topic.MONTH: is_owner,
    }  # fmt: skip
    return tuple(topic for topic in Topic if reaches.get(topic, True) and FEATURES[topic] & set(features))


def ends_on(topic: Topic, today: date) -> date | None:
    """When it comes again by itself: colleagues need reviewers and mentors, so those are missed for a month only."""
    return month_after(today) if topic in (Topic.REVIEWS, Topic.MENTOR_REQUESTS, Topic.FEEDBACK) else None


def month_after(day: date) -> date:
    """The same day of the next month, or its last one."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def spelled(day: date) -> str:
    """`22 December`: never a year ahead, so without one."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()}"


def refuse_review(name: str, until_on: date | None) -> NoReturn:
    """Say no to whoever names somebody who takes no new reviews."""
    until = f" until {spelled(until_on)}" if until_on else ""
    raise Refusal(f"{name} takes no new reviews{until}. Name somebody else.", field="reviewers")

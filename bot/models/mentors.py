"""Mentors who offer their time, people who ask for a mentor, and what was proposed to whom."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping
from bot.models.people import LEAVER

KEPT = "24 months after it was closed"


class Mentor(Base):
    """What a mentor offers. Keys and codes are kept in one line, separated by spaces."""

    __tablename__ = "mentor"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    capacity: Mapped[int]
    hours: Mapped[int]
    tracks: Mapped[str] = mapped_column(String(200), default="")
    competencies: Mapped[str] = mapped_column(String(600), default="")
    languages: Mapped[str] = mapped_column(String(100), default="")
    about: Mapped[str] = mapped_column(EncryptedText("mentor.about"), default="")
    is_listed: Mapped[bool]
    since_on: Mapped[date]
    full_until: Mapped[date | None]
    ended_on: Mapped[date | None]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="a request finds somebody who has the time and knows the field",
        seen_by="the person; everybody, where the mentor agreed to be listed; mentees of theirs; owners",
        until=LEAVER,
        columns={
            "person_id": "whose",
            "capacity": "mentees at the same time",
            "hours": "hours a month",
            "tracks": "tracks held besides the present one",
            "competencies": "what they help with",
            "languages": "languages they mentor in",
            "about": "what they can help with, in their own words, sealed",
            "is_listed": "whether they stand in the directory of mentors",
            "since_on": "since when they offer this",
            "full_until": "takes nobody new before this day",
            "ended_on": "the day they stopped",
        },
    )


class Avoidance(Base):
    """Somebody a person does not want to be paired with. Shown to nobody, not even as a count."""

    __tablename__ = "avoidance"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    avoided_id: Mapped[UUID] = mapped_column(primary_key=True)  # points to nobody, so that no export of theirs finds it

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="nobody is paired with somebody they would rather not meet",
        seen_by="the person",
        until=LEAVER,
        columns={"person_id": "whose wish", "avoided_id": "our id of the person to avoid"},
    )


class MentorRequest(Base):
    """A wish for a mentor; or, once a mentor has offered themself, the offer's other side."""

    __tablename__ = "mentor_request"
    __table_args__ = (
        Index(
            "uq_mentor_request_open",
            "mentee_id",
            unique=True,
            postgresql_where=text("state = 'open'"),
            sqlite_where=text("state = 'open'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    mentee_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    goal: Mapped[str] = mapped_column(EncryptedText("mentor_request.goal"), default="")
    competencies: Mapped[str] = mapped_column(String(600), default="")
    track: Mapped[str | None] = mapped_column(String(40))
    is_same_track: Mapped[bool] = mapped_column(default=False)
    languages: Mapped[str] = mapped_column(String(100), default="")
    rhythm_days: Mapped[int] = mapped_column(default=14)
    choices: Mapped[str] = mapped_column(String(120), default="")
    state: Mapped[str] = mapped_column(String(20))
    comes_first: Mapped[bool] = mapped_column(default=False)
    waits_since: Mapped[datetime | None]
    nearest: Mapped[str | None] = mapped_column(String(20))
    asked_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    keeping: ClassVar = Keeping(
        of=("mentee_id",),
        why="the best mentor can be found, now or in the next round",
        seen_by="the person; a mentor from the proposal on; owners its state, without a word of it",
        until=KEPT,
        days=730,
        after="closed_at",
        columns={
            "id": "our own id",
            "mentee_id": "whose",
            "goal": "what for, in their own words, sealed",
            "competencies": "where they want to grow",
            "track": "the track a mentor should be on; empty: any other than their own",
            "is_same_track": "whether a mentor of their own track is welcome",
            "languages": "languages they would speak",
            "rhythm_days": "days from one session to the next",
            "choices": "our ids of up to three mentors they asked for, in order",
            "state": "open, matched, withdrawn or offered",
            "comes_first": "whether it goes before others the next time",
            "waits_since": "since when it waits for a round, because nobody was found",
            "nearest": "which wish would open most mentors, where nobody was found",
            "asked_at": "when",
            "closed_at": "when it was matched, withdrawn or given up",
        },
    )


class Proposal(Base):
    """One request put before one mentor. It belongs to the mentor's data: a mentee never learns who declined."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index(
            "uq_proposal_open",
            "request_id",
            unique=True,
            postgresql_where=text("state = 'proposed'"),
            sqlite_where=text("state = 'proposed'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("mentor_request.id", ondelete="CASCADE"))
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    way: Mapped[str] = mapped_column(String(20))
    score: Mapped[float | None]
    reasons: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]
    declined_for: Mapped[str | None] = mapped_column(String(20))

    keeping: ClassVar = Keeping(
        of=("mentor_id",),
        why="a request waits for one mentor at a time, and passes on when there is no answer",
        seen_by="the mentor; the mentee sees that it is on its way; owners as counts",
        until=KEPT + ", with the request",
        columns={
            "id": "our own id",
            "request_id": "the request",
            "mentor_id": "who is asked",
            "way": "their choice, the best match, a round, or the mentor's own offer",
            "score": "how well the two fit, from 0 to 1",
            "reasons": "which reasons were given",
            "state": "proposed, accepted, declined, expired, withdrawn or skipped",
            "asked_at": "when",
            "expires_at": "when it passes on",
            "decided_at": "when it was answered",
            "declined_for": "a reason chosen from a list, if any",
        },
    )

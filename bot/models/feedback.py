"""Feedback about people: given and signed, and asked for."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping

KEPT = "24 months after it was {}"


class Feedback(Base):
    """What one colleague wrote to another, with their name. `manager_id` reads it too, fixed when it was given."""

    __tablename__ = "feedback"
    __table_args__ = (Index("ix_feedback_received", "receiver_id", "given_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    giver_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    manager_id: Mapped[UUID | None] = mapped_column(index=True)
    request_id: Mapped[UUID | None]
    track: Mapped[str] = mapped_column(String(60), default="")
    level: Mapped[str] = mapped_column(String(10), default="")
    competency: Mapped[str] = mapped_column(String(60), default="")
    did: Mapped[str] = mapped_column(EncryptedText("feedback.did"))
    changed: Mapped[str] = mapped_column(EncryptedText("feedback.changed"))
    next_step: Mapped[str] = mapped_column(EncryptedText("feedback.next_step"), default="")
    done_on: Mapped[date | None]
    given_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]
    thanked_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    question: Mapped[str] = mapped_column(EncryptedText("feedback.question"), default="")
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(EncryptedText("feedback.answer"), default="")

    keeping: ClassVar = Keeping(
        of=("receiver_id", "giver_id"),
        why="people grow by what others saw, and know who saw it",
        seen_by="the person it is for; whoever gave it; the manager at that time, if the giver chose so, once it is "
        "read",
        until=KEPT.format("given"),
        days=730,
        after="given_at",
        words_of={"did": "giver_id", "changed": "giver_id", "next_step": "giver_id", "answer": "giver_id"},
        columns={
            "id": "our own id",
            "receiver_id": "who received it",
            "giver_id": "who gave it",
            "manager_id": "our id of the manager who may read it, too, if the giver chose so",
            "request_id": "our id of the request it answers",
            "track": "the track of the competency",
            "level": "the level it was held against",
            "competency": "what it is about",
            "did": "what they did, sealed",
            "changed": "what changed because of it, sealed",
            "next_step": "a next step, sealed",
            "done_on": "when that was",
            "given_at": "when it was given, or last changed",
            "read_at": "when it was read; it stays as it is from then on",
            "taken_back_at": "when it was taken back unread; its words are gone",
            "thanked_at": "when thanks were said",
            "asked_at": "when something was asked about it",
            "question": "what was asked about it, sealed",
            "answered_at": "when that was answered",
            "answer": "what was answered, sealed",
        },
    )


class FeedbackAsk(Base):
    """What somebody would like feedback on, from up to five colleagues at once."""

    __tablename__ = "feedback_ask"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    asker_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    track: Mapped[str] = mapped_column(String(60), default="")
    level: Mapped[str] = mapped_column(String(10), default="")
    competency: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(EncryptedText("feedback_ask.note"), default="")
    asked_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    keeping: ClassVar = Keeping(
        of=("asker_id",),
        why="colleagues know what somebody would like to hear about",
        seen_by="the person; the colleagues they asked",
        until=KEPT.format("asked"),
        days=730,
        after="asked_at",
        columns={
            "id": "our own id",
            "asker_id": "who asks",
            "track": "the track of the competency",
            "level": "the level they hold",
            "competency": "what they would like to hear about",
            "note": "what they would like to know, sealed",
            "asked_at": "when",
            "ends_at": "when it ends by itself",
        },
    )


class FeedbackRequest(Base):
    """One ask before one colleague. It belongs to that colleague's data: whoever asks never learns who said no."""

    __tablename__ = "feedback_request"
    __table_args__ = (UniqueConstraint("ask_id", "asked_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    ask_id: Mapped[UUID] = mapped_column(ForeignKey("feedback_ask.id", ondelete="CASCADE"))
    asked_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    decided_at: Mapped[datetime | None]

    keeping: ClassVar = Keeping(
        of=("asked_id",),
        why="a request can be answered, declined quietly, or left alone until it ends",
        seen_by="the person; whoever asks sees how many answered, never who did not",
        until=KEPT.format("asked") + ", with what was asked",
        columns={
            "id": "our own id",
            "ask_id": "what was asked",
            "asked_id": "who was asked",
            "state": "open, given, declined, expired, or withdrawn by whoever asked",
            "decided_at": "when it was answered, declined, ended or withdrawn",
        },
    )

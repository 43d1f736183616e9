"""What is owed to people: planned prompts, the outbox, its pace; what has come in; what the clock did last."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText, ordered_id
from bot.models.keeping import Keeping


class Occurrence(Base):
    """One planned prompt for one person. `on_date`: the local date its round began; `slot`: times it was put off."""

    __tablename__ = "occurrence"
    __table_args__ = (
        UniqueConstraint("kind", "person_id", "on_date", "slot"),
        Index("ix_occurrence_due", "state", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    kind: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    on_date: Mapped[date]
    slot: Mapped[int] = mapped_column(Integer, default=0)
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(40))

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="a prompt comes once, at the person's own local time",
        seen_by="the person; owners as counts",
        until="24 months",
        days=730,
        after="due_at",
        columns={
            "id": "our own id",
            "kind": "which prompt",
            "person_id": "whose",
            "on_date": "the local date of its round",
            "slot": "0, then one more for each time it was put off",
            "due_at": "when it is due",
            "expires_at": "when the next of its kind takes over",
            "state": "planned, told or skipped",
            "reason": "why it was skipped",
        },
    )


class Outbox(Base):
    """One message owed: which, to whom, about what. No payload: it is drawn when it is sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        # What is due is found by the first two; what became of messages is counted from all four, without the table.
        Index("ix_outbox_due", "state", "not_before", "kind", "reason"),
        Index("ix_outbox_about", "kind", "subject"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    recipient: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    subject: Mapped[UUID]
    state: Mapped[str] = mapped_column(String(10), default="pending")
    reason: Mapped[str | None] = mapped_column(String(80))
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    first_tried_at: Mapped[datetime | None]
    lease_owner: Mapped[UUID | None]
    lease_until: Mapped[datetime | None]
    channel: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))

    keeping: ClassVar = Keeping(
        of=("recipient",),
        why="every message owed arrives, and only once",
        seen_by="owners: which messages came when and whether they arrived, never a word of them",
        until="30 days after it was due",
        days=30,
        after="not_before",
        columns={
            "id": "our own id, sent along so that a message can be found again",
            "dedupe_key": "what makes it one message",
            "kind": "which message",
            "recipient": "to whom",
            "subject": "the id of what it is about",
            "state": "pending, sending, sent, unknown, failed or skipped",
            "reason": "why it failed or was skipped: an error's name",
            "not_before": "not before",
            "expires_at": "of no use after",
            "attempts": "tries so far",
            "first_tried_at": "first try whose outcome may count",
            "lease_owner": "the replica that is sending it",
            "lease_until": "until when it may",
            "channel": "Slack's conversation",
            "ts": "Slack's id of the message",
        },
    )


class Pace(Base):
    """How fast one Slack method may be called, shared by all replicas."""

    __tablename__ = "pace"

    method: Mapped[str] = mapped_column(String(40), primary_key=True)
    free_at: Mapped[datetime]
    paused_until: Mapped[datetime | None]

    keeping: ClassVar = Keeping(
        of=(),
        why="all replicas together stay inside Slack's limits",
        seen_by="the operator",
        until="as long as the program runs",
        on_erase="keep",
        columns={
            "method": "Slack's method",
            "free_at": "when the next call fits the pace",
            "paused_until": "Slack asked to wait until then",
        },
    )


class Inbox(Base):
    """What has been done already: Slack repeats events, people press twice."""

    __tablename__ = "inbox"

    event_key: Mapped[str] = mapped_column(String(120), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)

    keeping: ClassVar = Keeping(
        of=(),
        why="one press has one effect",
        seen_by="nobody",
        until="24 hours",
        days=1,
        after="seen_at",
        on_erase="keep",
        columns={"event_key": "an id of Slack's", "seen_at": "when it came"},
    )


class Timer(Base):
    """When a job of the timetable ran last, so that one replica runs it and a restart forgets nothing."""

    __tablename__ = "timer"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    next_at: Mapped[datetime]
    done_until: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]

    keeping: ClassVar = Keeping(
        of=(),
        why="jobs run once, whatever restarts",
        seen_by="the operator",
        until="as long as the program runs",
        on_erase="keep",
        columns={
            "name": "the job",
            "next_at": "when it is due",
            "done_until": "what it has looked at so far",
            "lease_until": "until when a replica is running it",
        },
    )


class KeyCheck(Base):
    """A known text, sealed: a wrong key is found when the bot starts, not when somebody's words do not open."""

    __tablename__ = "key_check"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed: Mapped[str] = mapped_column(EncryptedText("key_check.sealed"))

    keeping: ClassVar = Keeping(
        of=(),
        why="a wrong key is found at the start",
        seen_by="nobody",
        until="as long as the program runs",
        on_erase="keep",
        columns={"id": "always 1", "sealed": "a known text, sealed"},
    )

"""Check-ins: one person's answer to one prompt."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping

KEPT = "24 months"


class CheckIn(Base):
    """What a person said for the round that began on `round_on`; `manager_id` reads it, fixed when it was given."""

    __tablename__ = "check_in"
    __table_args__ = (UniqueConstraint("person_id", "round_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    manager_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    round_on: Mapped[date]
    answer: Mapped[str] = mapped_column(String(20))
    win: Mapped[str] = mapped_column(EncryptedText("check_in.win"), default="")
    obstacle: Mapped[str] = mapped_column(EncryptedText("check_in.obstacle"), default="")
    help_wanted: Mapped[str] = mapped_column(EncryptedText("check_in.help_wanted"), default="")
    learned: Mapped[str | None] = mapped_column(EncryptedText("check_in.learned"))
    is_private: Mapped[bool] = mapped_column(default=False)
    is_to_talk_about: Mapped[bool] = mapped_column(default=False, server_default=false())
    submitted_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    talked_at: Mapped[datetime | None]

    keeping: ClassVar = Keeping(
        of=("person_id", "manager_id"),
        why="the person's own record, and what their manager can help with",
        seen_by="the person; unless kept private, whoever was their manager when it was given, or a deputy while away",
        until=KEPT,
        days=730,
        after="submitted_at",
        columns={
            "id": "our own id",
            "person_id": "whose",
            "manager_id": "who was their manager then",
            "round_on": "the round it belongs to",
            "answer": "answered, nothing new, or skipped",
            "win": "one win, sealed",
            "obstacle": "one obstacle, sealed",
            "help_wanted": "what help is wanted, sealed",
            "learned": "what was learned, sealed; asked every second time",
            "is_private": "kept to the person alone",
            "is_to_talk_about": "to be talked about next time, as the person wishes",
            "submitted_at": "when it was given",
            "edited_at": "when it was last changed",
            "talked_at": "when they had talked about it",
        },
    )


class MilestoneProgress(Base):
    """How one milestone moved, as told in a check-in."""

    __tablename__ = "milestone_progress"

    check_in_id: Mapped[UUID] = mapped_column(ForeignKey("check_in.id", ondelete="CASCADE"), primary_key=True)
    milestone: Mapped[str] = mapped_column(String(80), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    moved: Mapped[str] = mapped_column(String(20))

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="part of the check-in",
        seen_by="as the check-in",
        until=KEPT + ", with the check-in",
        columns={
            "check_in_id": "the check-in",
            "milestone": "the milestone",
            "person_id": "whose",
            "moved": "how it moved",
        },
    )


class Reading(Base):
    """A manager has read a check-in: perhaps with a reply, perhaps to talk about it."""

    __tablename__ = "reading"

    check_in_id: Mapped[UUID] = mapped_column(ForeignKey("check_in.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    manager_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    reply: Mapped[str] = mapped_column(EncryptedText("reading.reply"), default="")
    is_to_talk_about: Mapped[bool] = mapped_column(default=False)
    read_at: Mapped[datetime] = mapped_column(index=True)

    keeping: ClassVar = Keeping(
        of=("person_id", "manager_id"),
        why="the person knows that somebody listened, and what is to be talked about is not forgotten",
        seen_by="the person; the manager who read it",
        until=KEPT + ", with the check-in",
        words_of={"reply": "manager_id"},
        columns={
            "check_in_id": "the check-in",
            "person_id": "whose",
            "manager_id": "who read it",
            "reply": "a reply, sealed",
            "is_to_talk_about": "to be talked about next time",
            "read_at": "when",
        },
    )

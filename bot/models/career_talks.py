"""Career talks: a member and their manager, the day, their notes, and what they agreed on."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping

KEPT = "24 months after it was held or closed"


class CareerTalk(Base):
    """A talk of a member with their manager: one is open at a time. The member keeps it when the manager changes."""

    __tablename__ = "career_talk"
    __table_args__ = (
        Index(
            "uq_career_talk_open",
            "member_id",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
            sqlite_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    manager_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    proposed_by: Mapped[UUID | None]
    proposed_at: Mapped[datetime]
    on_date: Mapped[date | None]
    moves: Mapped[int] = mapped_column(default=0)
    opens_at: Mapped[datetime | None]
    held_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    notes: Mapped[str] = mapped_column(EncryptedText("career_talk.notes"), default="")
    take: Mapped[int] = mapped_column(default=0)
    noted_by: Mapped[UUID | None]
    noted_at: Mapped[datetime | None]

    keeping: ClassVar = Keeping(
        of=("member_id", "manager_id"),
        why="the two know when they talk, and what they said they would do",
        seen_by="the person; their manager at the time, for as long as they are; owners a rate over five or more",
        until=KEPT,
        days=730,
        after="closed_at",
        columns={
            "id": "our own id",
            "member_id": "whose talk",
            "manager_id": "the manager they talk with",
            "proposed_by": "our id of whoever of the two proposed it; empty: the program",
            "proposed_at": "when",
            "on_date": "the day they agreed on",
            "moves": "how many times the day was set",
            "opens_at": "when the manager can read the brief",
            "held_on": "the day it was held",
            "closed_at": "when it was held or closed",
            "notes": "what the two noted, sealed",
            "take": "how many times the notes were saved",
            "noted_by": "our id of whoever saved them last",
            "noted_at": "when",
        },
    )


class CareerAction(Base):
    """Something that the two of a career talk agreed on."""

    __tablename__ = "career_action"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    talk_id: Mapped[UUID] = mapped_column(ForeignKey("career_talk.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str] = mapped_column(EncryptedText("career_action.words"), default="")
    is_managers: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date | None]
    made_at: Mapped[datetime]
    done_on: Mapped[date | None]
    planned_at: Mapped[datetime | None]

    keeping: ClassVar = Keeping(
        of=("member_id",),
        why="what was agreed is not forgotten",
        seen_by="as the career talk",
        until=KEPT + ", with the talk",
        columns={
            "id": "our own id",
            "talk_id": "the career talk",
            "member_id": "whose talk",
            "words": "what is going to happen, sealed",
            "is_managers": "whether the manager does it",
            "due_on": "by when",
            "made_at": "when it was noted",
            "done_on": "the day it was done",
            "planned_at": "when it was taken into the growth plan",
        },
    )


class BriefChoice(Base):
    """A line that somebody leaves out of the brief of their career talk, or brings in."""

    __tablename__ = "brief_choice"

    talk_id: Mapped[UUID] = mapped_column(ForeignKey("career_talk.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[str] = mapped_column(String(100), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    is_shown: Mapped[bool]

    keeping: ClassVar = Keeping(
        of=("member_id",),
        why="the brief holds what the person wants to talk about",
        seen_by="the person",
        until=KEPT + ", with the talk",
        columns={
            "talk_id": "the career talk",
            "line": "which line of its brief",
            "member_id": "whose talk",
            "is_shown": "brought in, or left out",
        },
    )

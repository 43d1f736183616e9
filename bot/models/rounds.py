"""360 rounds: who is asked about whom, what they answer until the round closes, and the one report that is left."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping

KEPT = "24 months after it was closed"
RAW = "the round closes; then it is deleted"


class Round(Base):
    """A collection of what colleagues say about one person, under terms that are frozen when it opens."""

    __tablename__ = "round"
    __table_args__ = (
        Index(
            "uq_round_live",
            "person_id",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
            sqlite_where=text("closed_at IS NULL"),
        ),
        Index("ix_round_due", "state", "due_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    is_from_manager: Mapped[bool]
    due_on: Mapped[date]
    is_extended: Mapped[bool] = mapped_column(default=False)
    terms: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="somebody who wants to grow hears from several sides",
        seen_by="the person; the manager, and their deputy while names wait; whoever is asked",
        until=KEPT,
        days=730,
        after="closed_at",
        columns={
            "id": "our own id",
            "person_id": "about whom",
            "state": "nominating, waiting for approval, open, released, withheld or stopped",
            "is_from_manager": "whether the manager began it",
            "due_on": "the last day for answers",
            "is_extended": "whether that day was moved, which is possible once",
            "terms": "the rules it is held under and the expectations that are rated, as they were when it opened",
            "begun_at": "when it began",
            "opened_at": "when colleagues were asked",
            "closed_at": "when it closed or was stopped",
        },
    )


class RoundSeat(Base):
    """Somebody who is asked. It belongs to that person's data: nobody else learns whether they take part."""

    __tablename__ = "round_seat"
    __table_args__ = (UniqueConstraint("round_id", "giver_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    giver_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    perspective: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    is_from_manager: Mapped[bool] = mapped_column(default=False)

    keeping: ClassVar = Keeping(
        of=("giver_id",),
        why="those who can tell something are asked, and may say no",
        seen_by="whoever is asked; the member and whoever agrees to it see the name, and not whether it was accepted",
        until=KEPT + ", with the round",
        columns={
            "id": "our own id",
            "round_id": "the round",
            "giver_id": "who is asked",
            "perspective": "as themselves, as manager, as peer or as report",
            "state": "named, left out, invited, accepted, declined, left or replaced",
            "is_from_manager": "whether the manager named them",
        },
    )


class RoundAnswer(Base):
    """What one person has written so far. No moment is kept, and nothing of it outlives the round."""

    __tablename__ = "round_answer"
    __table_args__ = (UniqueConstraint("round_id", "giver_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    giver_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    perspective: Mapped[str] = mapped_column(String(20))
    keep: Mapped[str] = mapped_column(EncryptedText("round_answer.keep"), default="")
    more: Mapped[str] = mapped_column(EncryptedText("round_answer.more"), default="")
    otherwise: Mapped[str] = mapped_column(EncryptedText("round_answer.otherwise"), default="")

    keeping: ClassVar = Keeping(
        of=("giver_id",),
        why="it can be changed until the round closes",
        seen_by="whoever wrote it, until the round closes; nobody else",
        until=RAW,
        columns={
            "id": "our own id",
            "round_id": "the round",
            "giver_id": "who wrote it",
            "perspective": "as themselves, as manager, as peer or as report",
            "keep": "what should continue, sealed",
            "more": "what would help more, sealed",
            "otherwise": "anything else, sealed",
        },
    )


class RoundRating(Base):
    """One rating of an answer; what somebody cannot tell has no row."""

    __tablename__ = "round_rating"

    answer_id: Mapped[UUID] = mapped_column(ForeignKey("round_answer.id", ondelete="CASCADE"), primary_key=True)
    competency: Mapped[str] = mapped_column(String(60), primary_key=True)
    giver_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    rating: Mapped[int]

    keeping: ClassVar = Keeping(
        of=("giver_id",),
        why="ratings are added up when the round closes",
        seen_by="whoever gave it, until the round closes; nobody else",
        until=RAW,
        columns={
            "answer_id": "the answer",
            "competency": "the competency",
            "giver_id": "who gave it",
            "rating": "from 1 to 5",
        },
    )


class RoundReport(Base):
    """What a closed round shows: written once, with nothing that tells who said what."""

    __tablename__ = "round_report"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    payload: Mapped[str] = mapped_column(EncryptedText("round_report.payload"))
    signed_by: Mapped[UUID | None]
    manager_from: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="figures that are reckoned twice could be subtracted from each other",
        seen_by="the person; then the manager",
        until=KEPT + ", with the round",
        columns={
            "round_id": "the round",
            "person_id": "about whom",
            "payload": "what was said from at least three sides at a time, shuffled, and what was signed; sealed",
            "signed_by": "our id of the manager who signed",
            "manager_from": "from when the manager may read it, opened or not",
            "opened_at": "when the person opened it",
            "told_at": "when the manager heard of it",
        },
    )

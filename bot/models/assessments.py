"""Self-assessments, and the view of the manager who was asked for one, also while it is being written."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping


class SelfAssessment(Base):
    """How somebody sees their own work against a level, in the words that the level had when they began."""

    __tablename__ = "self_assessment"
    __table_args__ = (Index("ix_self_assessment_asked", "rater_id", "state"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    track: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(40))
    is_own_track: Mapped[bool]
    wording: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    changed_at: Mapped[datetime]
    rater_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime | None]
    rated_at: Mapped[datetime | None]
    is_for_manager: Mapped[bool] = mapped_column(default=False)
    is_for_mentor: Mapped[bool] = mapped_column(default=False)

    keeping: ClassVar = Keeping(
        of=("person_id", "rater_id"),
        why="it shows where growing is worth a thought, and in two years how far one has come",
        seen_by="the person; the manager who was asked, once theirs is in; those it is shared with; owners as counts",
        until="24 months after it was last changed",
        days=730,
        after="changed_at",
        columns={
            "id": "our own id",
            "person_id": "whose",
            "track": "the track of the level",
            "level": "the level looked at",
            "is_own_track": "whether it was the person's own track",
            "wording": "what the level expected then, in the words of the framework",
            "state": "open, asked or rated",
            "changed_at": "when it was last changed",
            "rater_id": "the manager who was asked for a view",
            "asked_at": "when",
            "rated_at": "when the manager gave it",
            "is_for_manager": "the manager may read it",
            "is_for_mentor": "mentors may read it",
        },
    )


class SelfRating(Base):
    """One competency of a self-assessment: the person's own view, and the manager's where it was picked."""

    __tablename__ = "self_rating"

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("self_assessment.id", ondelete="CASCADE"), primary_key=True)
    competency: Mapped[str] = mapped_column(String(60), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    rater_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    own: Mapped[str] = mapped_column(EncryptedText("self_rating.own"), default="")
    own_note: Mapped[str] = mapped_column(EncryptedText("self_rating.own_note"), default="")
    pieces: Mapped[str] = mapped_column(String(200), default="")
    is_picked: Mapped[bool] = mapped_column(default=False)
    theirs: Mapped[str] = mapped_column(EncryptedText("self_rating.theirs"), default="")
    their_note: Mapped[str] = mapped_column(EncryptedText("self_rating.their_note"), default="")

    keeping: ClassVar = Keeping(
        of=("person_id", "rater_id"),
        why="two views of the same words, given without knowing each other, are worth a talk",
        seen_by="as the self-assessment; whoever was the manager then keeps reading their own view",
        until="24 months, with the self-assessment",
        words_of={"theirs": "rater_id", "their_note": "rater_id"},
        columns={
            "assessment_id": "the self-assessment",
            "competency": "the competency",
            "person_id": "whose",
            "rater_id": "the manager who gave a view of it",
            "own": "how often the words fit, as the person sees it, sealed",
            "own_note": "what they noted, sealed",
            "pieces": "our ids of the evidence that goes with it",
            "is_picked": "the manager was asked about it",
            "theirs": "how often the words fit, as the manager sees it, sealed",
            "their_note": "what the manager noted, sealed",
        },
    )


class RatingDraft(Base):
    """What a manager who is asked has noted so far. It is no part of the author's rows, and of no export of theirs."""

    __tablename__ = "rating_draft"

    assessment_id: Mapped[UUID] = mapped_column(ForeignKey("self_assessment.id", ondelete="CASCADE"), primary_key=True)
    competency: Mapped[str] = mapped_column(String(60), primary_key=True)
    rater_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    rating: Mapped[str] = mapped_column(EncryptedText("rating_draft.rating"), default="")
    note: Mapped[str] = mapped_column(EncryptedText("rating_draft.note"), default="")

    keeping: ClassVar = Keeping(
        of=("rater_id",),
        why="a manager can stop in between, and send their view when it is ready",
        seen_by="whoever writes it, and nobody else",
        until="until it is sent, or the question is taken back; 24 months at most, with the self-assessment",
        columns={
            "assessment_id": "the self-assessment",
            "competency": "the competency",
            "rater_id": "who writes it",
            "rating": "how often the words fit, so far, sealed",
            "note": "what is noted so far, sealed",
        },
    )

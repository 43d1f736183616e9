"""Mentorships: a pair for a while, its sessions, and what each says at the end."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping

KEPT = "24 months after its end"


class Mentorship(Base):
    """A mentor and a mentee with a light agreement. Who ended it is not kept."""

    __tablename__ = "mentorship"
    __table_args__ = (
        Index(
            "uq_mentorship_active",
            "mentor_id",
            "mentee_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    mentee_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    goal: Mapped[str] = mapped_column(EncryptedText("mentorship.goal"), default="")
    competencies: Mapped[str] = mapped_column(String(600), default="")
    rhythm_days: Mapped[int] = mapped_column(default=14)
    began_at: Mapped[datetime]
    until_on: Mapped[date]
    take: Mapped[int] = mapped_column(default=1)
    term_asked_on: Mapped[date | None]
    paused_until: Mapped[date | None]
    quiet_asked_at: Mapped[datetime | None]
    quiet_asks: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    ended_for: Mapped[str | None] = mapped_column(String(20))
    channel: Mapped[str | None] = mapped_column(String(32))
    shares_check_ins: Mapped[bool] = mapped_column(default=False)
    shares_evidence: Mapped[bool] = mapped_column(default=False)
    shares_pair: Mapped[bool] = mapped_column(default=False)
    shares_credit: Mapped[bool] = mapped_column(default=False)

    keeping: ClassVar = Keeping(
        of=("mentor_id", "mentee_id"),
        why="the pair knows what it agreed, and nobody is paired twice within a year",
        seen_by="the two; owners that it exists; the mentee's manager that it exists, if the mentee shares it",
        until=KEPT,
        days=730,
        after="ended_at",
        on_erase="empty own words",
        words_of={"goal": "mentee_id"},
        columns={
            "id": "our own id",
            "request_id": "the request it came from",
            "mentor_id": "the mentor",
            "mentee_id": "the mentee",
            "goal": "what for, sealed",
            "competencies": "where the mentee wants to grow",
            "rhythm_days": "days from one session to the next",
            "began_at": "when it was accepted",
            "until_on": "the day it ends unless it is prolonged",
            "take": "1, then one more for each change of what was agreed",
            "term_asked_on": "the day the two were asked whether it goes on",
            "paused_until": "rests until this day",
            "quiet_asked_at": "when the two were last asked because it had been quiet",
            "quiet_asks": "how many times in a row they were asked so",
            "ended_at": "when it ended",
            "ended_for": "its term was over, a choice, or somebody left",
            "channel": "Slack's id of the conversation of the two with the app",
            "shares_check_ins": "whether the mentor may read the mentee's check-ins",
            "shares_evidence": "whether the mentor may read the mentee's evidence",
            "shares_pair": "whether the mentee's manager may know of it",
            "shares_credit": "whether sessions may count as evidence of the mentor's",
        },
    )


class MentorSession(Base):
    """One meeting of a pair: when, whether it took place, and one thing each took away."""

    __tablename__ = "mentor_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    mentorship_id: Mapped[UUID] = mapped_column(ForeignKey("mentorship.id", ondelete="CASCADE"), index=True)
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    mentee_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    minutes: Mapped[int] = mapped_column(default=45)
    moves: Mapped[int] = mapped_column(default=0)
    mentor_met: Mapped[bool | None]
    mentee_met: Mapped[bool | None]
    credited_on: Mapped[date | None]
    mentor_took: Mapped[str] = mapped_column(EncryptedText("mentor_session.mentor_took"), default="")
    mentee_took: Mapped[str] = mapped_column(EncryptedText("mentor_session.mentee_took"), default="")

    keeping: ClassVar = Keeping(
        of=("mentor_id", "mentee_id"),
        why="the two know what they said they would do, and quiet pairs are found",
        seen_by="the two",
        until=KEPT + ", with the mentorship",
        on_erase="empty own words",
        words_of={"mentor_took": "mentor_id", "mentee_took": "mentee_id"},
        columns={
            "id": "our own id",
            "mentorship_id": "the mentorship",
            "mentor_id": "the mentor",
            "mentee_id": "the mentee",
            "starts_at": "when it begins",
            "minutes": "how long",
            "moves": "how many times it was moved",
            "mentor_met": "whether it took place, says the mentor",
            "mentee_met": "whether it took place, says the mentee",
            "credited_on": "the day it was counted as evidence of the mentor's",
            "mentor_took": "what the mentor took away, sealed",
            "mentee_took": "what the mentee took away, sealed",
        },
    )


class ClosingSurvey(Base):
    """What one of a pair says at the end; nobody else reads it, owners see means over many."""

    __tablename__ = "closing_survey"

    mentorship_id: Mapped[UUID] = mapped_column(ForeignKey("mentorship.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    worth: Mapped[int]
    fit: Mapped[int]
    wants_again: Mapped[bool] = mapped_column(default=False)
    given_at: Mapped[datetime]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="the program learns what makes pairs last",
        seen_by="the person; owners as means over five or more",
        until=KEPT + ", with the mentorship",
        columns={
            "mentorship_id": "the mentorship",
            "person_id": "whose",
            "worth": "was it worth the time, from 1 to 5",
            "fit": "did the two fit, from 1 to 5",
            "wants_again": "whether they would be paired with each other again",
            "given_at": "when",
        },
    )

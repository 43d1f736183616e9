"""Opportunities that people offer, and who is interested in which."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping


class Opportunity(Base):
    """A course, workshop, session, project, stretch assignment or rotation. Keys stand in one line, with spaces."""

    __tablename__ = "opportunity"
    __table_args__ = (Index("ix_opportunity_shown", "state", "ends_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    offered_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    credited_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(EncryptedText("opportunity.title"))
    learn: Mapped[str] = mapped_column(EncryptedText("opportunity.learn"))
    link: Mapped[str] = mapped_column(EncryptedText("opportunity.link"), default="")
    hours: Mapped[int | None]
    places: Mapped[int | None]
    begins_on: Mapped[date | None]
    until_on: Mapped[date | None]
    tracks: Mapped[str] = mapped_column(String(700), default="")
    competencies: Mapped[str] = mapped_column(String(700), default="")
    bands: Mapped[str] = mapped_column(String(60), default="")
    state: Mapped[str] = mapped_column(String(20))
    offered_at: Mapped[datetime]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(EncryptedText("opportunity.reason"), default="")
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    keeping: ClassVar = Keeping(
        of=("offered_by", "credited_id", "withdrawn_by"),
        why="people find what helps them to grow, on every track",
        seen_by="everybody; an owner's reason for withdrawing it only whoever offered it",
        until="12 months after its last day",
        days=365,
        after="ends_on",
        words_of={"reason": "withdrawn_by"},
        columns={
            "id": "our own id",
            "offered_by": "who offers it",
            "credited_id": "who wrote the message it was made from",
            "kind": "course, workshop, information session, project, stretch assignment or rotation",
            "title": "what it is called, sealed",
            "learn": "what one learns, sealed",
            "link": "where to read more, sealed",
            "hours": "hours a week",
            "places": "how many can take part; empty: as many as come",
            "begins_on": "its first day",
            "until_on": "its last day",
            "tracks": "tracks it is for; empty: all",
            "competencies": "what it helps with",
            "bands": "bands it is for; empty: all",
            "state": "open or withdrawn",
            "offered_at": "when it was offered",
            "ends_on": "the last day on which it is shown",
            "reason": "why an owner withdrew it, sealed",
            "withdrawn_by": "the owner who withdrew it",
        },
    )


class OpportunityInterest(Base):
    """Somebody who is interested in an opportunity, or takes part in it."""

    __tablename__ = "opportunity_interest"
    __table_args__ = (UniqueConstraint("opportunity_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    opportunity_id: Mapped[UUID] = mapped_column(ForeignKey("opportunity.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="whoever offers it knows who would like to come, and places are counted",
        seen_by="the person; whoever offers it; that they take part in what needs working time, their manager",
        until="24 months after they asked",
        days=730,
        after="asked_at",
        columns={
            "id": "our own id",
            "opportunity_id": "which opportunity",
            "person_id": "who is interested",
            "state": "asked, accepted, taken by somebody else, or stepped back",
            "asked_at": "when they last asked",
            "decided_at": "when it was answered, or they stepped back",
        },
    )

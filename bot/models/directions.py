"""What people want for now, the other places they have looked at, and who agreed to be found."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping
from bot.models.people import LEAVER


class Direction(Base):
    """What somebody wants for now. There is no history of it: what was wanted before is nobody's business."""

    __tablename__ = "direction"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    wants: Mapped[str] = mapped_column(String(20))
    track: Mapped[str | None] = mapped_column(String(60))
    managing: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(EncryptedText("direction.words"), default="")
    with_manager: Mapped[bool] = mapped_column(default=False)
    with_mentor: Mapped[bool] = mapped_column(default=False)
    said_on: Mapped[date]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="mentoring, opportunities and career talks start from what the person wants",
        seen_by="the person; the manager and mentors, where the person shares it with them; owners as counts",
        until=LEAVER,
        columns={
            "person_id": "whose",
            "wants": "next level, deepen here, another track or not sure",
            "track": "the track they would like to try",
            "managing": "whether they would like to manage people",
            "words": "what matters to them, in their own words, sealed",
            "with_manager": "whether the manager may read it",
            "with_mentor": "whether their mentors may read it",
            "said_on": "the day it was said",
        },
    )


class WhatIf(Base):
    """A level of another track that somebody has compared with where they stand, and kept."""

    __tablename__ = "what_if"
    __table_args__ = (UniqueConstraint("person_id", "track", "level"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    track: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(20))
    in_brief: Mapped[bool] = mapped_column(default=False)
    kept_at: Mapped[datetime]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="the person can come back to it, and bring it into a career talk",
        seen_by="the person; the manager, where the person brings it into the brief of a career talk; owners as counts",
        until=LEAVER,
        columns={
            "id": "our own id",
            "person_id": "whose",
            "track": "the track",
            "level": "the level",
            "in_brief": "whether it comes into the brief of the next career talk",
            "kept_at": "when it was kept",
        },
    )


class Findable(Base):
    """Somebody who agreed that colleagues find them by what they have shown."""

    __tablename__ = "findable"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    since_on: Mapped[date]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="colleagues find somebody who knows a thing, if that person likes to be found",
        seen_by="everybody: the name and the track, for what has accepted evidence, until it is taken back",
        until=LEAVER,
        columns={"person_id": "whose", "since_on": "since when"},
    )

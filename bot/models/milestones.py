"""What a person says about milestones besides evidence: which they work on now, and which they cannot show."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base
from bot.models.keeping import Keeping
from bot.models.people import LEAVER


class Focus(Base):
    """A milestone somebody has chosen to work on now."""

    __tablename__ = "focus"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    milestone: Mapped[str] = mapped_column(String(80), primary_key=True)
    chosen_at: Mapped[datetime]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="a check-in asks about what somebody works on now, and nothing else",
        seen_by="the person; the manager",
        until=LEAVER,
        columns={"person_id": "whose", "milestone": "the milestone", "chosen_at": "since when"},
    )


class NoChance(Base):
    """ "My team gives me no chance to show this": a wish for work, until it is taken back."""

    __tablename__ = "no_chance"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    milestone: Mapped[str] = mapped_column(String(80), primary_key=True)
    said_at: Mapped[datetime]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="a manager can find such work, and the program sees where milestones cannot be shown",
        seen_by="the person; the manager; owners as counts",
        until=LEAVER,
        columns={"person_id": "whose", "milestone": "the milestone", "said_at": "since when"},
    )

"""Who looked at what is somebody else's."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base
from bot.models.keeping import Keeping


class Look(Base):
    """Somebody has opened something of somebody else's: one row a viewer, thing and day."""

    __tablename__ = "look"

    viewer_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    thing: Mapped[str] = mapped_column(String(30), primary_key=True)
    about: Mapped[UUID] = mapped_column(primary_key=True)
    on_date: Mapped[date] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    because: Mapped[str] = mapped_column(String(30))

    keeping: ClassVar = Keeping(
        of=("owner_id", "viewer_id"),
        why="everybody can see who looked at what is theirs",
        seen_by="the person; nobody else, owners neither",
        until="12 months",
        days=365,
        after="on_date",
        columns={
            "viewer_id": "who looked",
            "thing": "at what kind of thing",
            "about": "our id of the thing",
            "on_date": "on which day",
            "owner_id": "whose it is",
            "because": "what let them: manager, mentor, reviewer, …",
        },
    )

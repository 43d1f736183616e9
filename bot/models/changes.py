"""Who changed the rules of the program: an append-only log, told from people by random names."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base
from bot.models.keeping import Keeping
from bot.models.people import LEAVER


class Alias(Base):
    """The random name under which somebody stands in the log of changes; erasing it makes the log nameless."""

    __tablename__ = "alias"

    alias: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="the log of changes can be told from a person without holding one",
        seen_by="the person; owners",
        until=LEAVER,
        columns={"alias": "a random name", "person_id": "whose"},
    )


class Change(Base):
    """One line of the append-only log: who changed which setting, role or release, when. Never people's words."""

    __tablename__ = "change"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[UUID | None]
    what: Mapped[str] = mapped_column(String(140))
    before: Mapped[str] = mapped_column(String(200), default="")
    after: Mapped[str] = mapped_column(String(200), default="")

    keeping: ClassVar = Keeping(
        of=(),
        why="everybody may ask who changed the rules of the program",
        seen_by="owners; everybody their own lines",
        until="24 months",
        days=730,
        after="at",
        on_erase="keep",
        columns={
            "id": "our own id",
            "at": "when",
            "by": "the alias of whoever did it; empty for the operator",
            "what": "the setting, role or release",
            "before": "its value before",
            "after": "its value since",
        },
    )

"""Releases of the framework: the YAML text as it was loaded, never changed afterwards."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base
from bot.models.keeping import Keeping


class Release(Base):
    """One version of the framework; the one loaded last is in force."""

    __tablename__ = "release"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    version: Mapped[str] = mapped_column(String(20), unique=True)
    source: Mapped[str] = mapped_column(Text)
    loaded_at: Mapped[datetime] = mapped_column(index=True)

    keeping: ClassVar = Keeping(
        of=(),
        why="people in flight keep the wording they started under",
        seen_by="everybody",
        until="as long as the program runs",
        on_erase="keep",
        columns={
            "id": "our own id",
            "version": "semantic version",
            "source": "the framework file",
            "loaded_at": "when it came into force",
        },
    )

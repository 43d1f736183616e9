"""The months that owners have been told of."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base
from bot.models.keeping import Keeping


class Month(Base):
    """The figures of one month, for the whole program or a part of it: reckoned once, never anew.

    What has been shown stays as it was shown: figures that were reckoned again, with the answers of fewer or more
    people in them, could be subtracted from the first ones.
    """

    __tablename__ = "month"
    __table_args__ = (UniqueConstraint("scope", "from_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    scope: Mapped[str] = mapped_column(String(100))
    from_on: Mapped[date]
    until_on: Mapped[date]
    made_at: Mapped[datetime]
    figures: Mapped[str] = mapped_column(Text)

    keeping: ClassVar = Keeping(
        of=(),
        why="owners see how the program is going, and what was shown stays as it was",
        seen_by="owners, of their part",
        until="24 months",
        days=730,
        after="made_at",
        on_erase="keep",
        columns={
            "id": "our own id",
            "scope": "the department or country it is about; empty for the whole program",
            "from_on": "the first day",
            "until_on": "the day after the last",
            "made_at": "when it was reckoned",
            "figures": "rates and rounded counts of groups of five or more, in JSON",
        },
    )

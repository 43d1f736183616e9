"""What readers of program feedback have folded away, because it attacks a person."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base
from bot.models.keeping import Keeping


class Fold(Base):
    """A released text that one reader wants folded away; folded once a second one agrees. It says nothing of it."""

    __tablename__ = "fold"

    cycle_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    slot: Mapped[str] = mapped_column(String(32), primary_key=True)
    asked_by: Mapped[UUID]
    asked_on: Mapped[date]
    agreed_by: Mapped[UUID | None]

    keeping: ClassVar = Keeping(
        of=(),
        why="words that attack a person are not passed on, and it takes two readers to decide that",
        seen_by="readers of program feedback; everybody how many",
        until="12 months, as long as the words themselves",
        days=365,
        after="asked_on",
        on_erase="keep",
        columns={
            "cycle_id": "the cycle",
            "slot": "the place of the text in it, which is random",
            "asked_by": "our id of the first reader",
            "asked_on": "on which day",
            "agreed_by": "our id of the second reader",
        },
    )

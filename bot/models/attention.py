"""How the program comes to a person: whether it has introduced itself, and what they want less of."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base
from bot.models.keeping import Keeping
from bot.models.people import LEAVER


class Welcome(Base):
    """The one message with which the program introduces itself, as to a member and as to a manager."""

    __tablename__ = "welcome"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    as_member_at: Mapped[datetime | None]
    as_manager_at: Mapped[datetime | None]
    is_right: Mapped[bool | None]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="the welcome comes once, and before the first prompt",
        seen_by="the person; owners, when something is wrong",
        until=LEAVER,
        columns={
            "person_id": "whose",
            "as_member_at": "when the member was welcomed",
            "as_manager_at": "when the manager was told what will come",
            "is_right": "whether track, level and manager are right, as the person says",
        },
    )


class Less(Base):
    """Something a person wants less of: it does not come, until a day or for good."""

    __tablename__ = "less"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    what: Mapped[str] = mapped_column(String(20), primary_key=True)
    since_on: Mapped[date]
    until_on: Mapped[date | None]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="what somebody wants less of does not come",
        seen_by="the person; whoever names them as a reviewer sees that they take none",
        until=LEAVER,
        columns={
            "person_id": "whose",
            "what": "check-ins, reviews, reminders, the manager's week, or another kind",
            "since_on": "since when",
            "until_on": "the day it comes again",
        },
    )

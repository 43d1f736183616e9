"""You said, we did: what the program has promised because of what people said."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping


class Promise(Base):
    """What people said, in an owner's words, and what is done about it by when. Everybody can read it."""

    __tablename__ = "promise"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    cycle_id: Mapped[str | None] = mapped_column(String(40))
    said: Mapped[str] = mapped_column(EncryptedText("promise.said"), default="")
    did: Mapped[str] = mapped_column(EncryptedText("promise.did"), default="")
    why_not: Mapped[str] = mapped_column(EncryptedText("promise.why_not"), default="")
    state: Mapped[str] = mapped_column(String(20), index=True)
    due_on: Mapped[date]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    channel: Mapped[str | None] = mapped_column(String(40))

    keeping: ClassVar = Keeping(
        of=("made_by",),
        why="people see what changes because of what they said, and a promise comes back until it is kept",
        seen_by="everybody; who made it only owners",
        until="24 months after it was kept or dropped",
        days=730,
        after="closed_at",
        on_erase="keep",
        columns={
            "id": "our own id",
            "cycle_id": "the cycle of program feedback it follows from",
            "said": "what people said, in the owner's words, sealed",
            "did": "what is done about it, sealed",
            "why_not": "why it was dropped, sealed",
            "state": "open, kept or dropped",
            "due_on": "by when",
            "made_by": "who made it",
            "made_at": "when",
            "closed_at": "when it was kept or dropped",
            "channel": "the channel where it is published",
        },
    )

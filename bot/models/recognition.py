"""Recognition: a thanks from one colleague to another, in public only while both agree."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping


class Recognition(Base):
    """What somebody did and what changed because of it, in the words of whoever thanks them for it."""

    __tablename__ = "recognition"
    __table_args__ = (Index("ix_recognition_shown", "state", "published_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    giver_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    track: Mapped[str] = mapped_column(String(60))
    competency: Mapped[str] = mapped_column(String(60))
    did: Mapped[str] = mapped_column(EncryptedText("recognition.did"))
    changed: Mapped[str] = mapped_column(EncryptedText("recognition.changed"))
    is_for_all: Mapped[bool]
    state: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    channel: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))

    keeping: ClassVar = Keeping(
        of=("receiver_id", "giver_id"),
        why="what people do for each other is said, and quiet excellence is seen on every track",
        seen_by="the two of them; everybody, while both agree that it is published; owners as a share of many",
        until="24 months after it was given",
        days=730,
        after="given_at",
        on_erase="empty own words",
        words_of={"did": "giver_id", "changed": "giver_id"},
        columns={
            "id": "our own id",
            "receiver_id": "who is thanked",
            "giver_id": "who thanks them",
            "track": "the track of whoever is thanked, then",
            "competency": "the competency it shows",
            "did": "what they did, sealed; empty once it is withdrawn",
            "changed": "what changed because of it, sealed; empty once it is withdrawn",
            "is_for_all": "the giver agrees that it is published",
            "state": "given, published or withdrawn",
            "given_at": "when it was given",
            "published_at": "when it was published",
            "channel": "the channel in which it is named",
            "ts": "Slack's id of the message there",
        },
    )

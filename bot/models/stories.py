"""Success stories: offered by members, published by owners, withdrawn by their author at any time."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping


class SuccessStory(Base):
    """What somebody did and what helped them, told to the others with their name and as long as they agree."""

    __tablename__ = "success_story"
    __table_args__ = (Index("ix_success_story_shown", "state", "track", "decided_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    track: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(40))
    did: Mapped[str] = mapped_column(EncryptedText("success_story.did"))
    helped: Mapped[str] = mapped_column(EncryptedText("success_story.helped"))
    state: Mapped[str] = mapped_column(String(20))
    take: Mapped[int] = mapped_column(default=1)
    offered_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(EncryptedText("success_story.note"), default="")
    channel: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))

    keeping: ClassVar = Keeping(
        of=("author_id", "decided_by"),
        why="others see how people grow on every track",
        seen_by="the author; owners; once it is published everybody, with the author's name, until it is withdrawn",
        until="24 months after it was published, declined or withdrawn",
        days=730,
        after="decided_at",
        on_erase="empty own words",
        words_of={"note": "decided_by"},
        columns={
            "id": "our own id",
            "author_id": "whose",
            "track": "the track it tells of",
            "level": "the level held when it was offered",
            "did": "what was done, sealed; empty once it is withdrawn",
            "helped": "what helped, sealed; empty once it is withdrawn",
            "state": "offered, changes asked, published, declined or withdrawn",
            "take": "how many times it was offered",
            "offered_at": "when it was last offered",
            "decided_at": "when it was published, declined or withdrawn",
            "decided_by": "the owner who decided",
            "note": "what the owner wrote to the author, sealed",
            "channel": "the channel in which it is named",
            "ts": "Slack's id of the message there",
        },
    )

"""Rounds in which the whole pool of requests and mentors is matched at once, as drafts that an owner publishes."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base
from bot.models.keeping import Keeping

KEPT = "90 days"


class MatchRound(Base):
    """One round and its figures, which name nobody."""

    __tablename__ = "match_round"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    state: Mapped[str] = mapped_column(String(20))
    opened_by: Mapped[UUID | None]
    opened_at: Mapped[datetime] = mapped_column(index=True)
    done: Mapped[int] = mapped_column(default=0)
    whole: Mapped[int] = mapped_column(default=0)
    figures: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime | None]

    keeping: ClassVar = Keeping(
        of=(),
        why="owners look at all pairs before anybody hears of them",
        seen_by="owners",
        until=KEPT,
        days=90,
        after="opened_at",
        on_erase="keep",
        columns={
            "id": "our own id",
            "state": "waiting, running, ready, publishing, published, dropped or failed",
            "opened_by": "our id of the owner who opened it; empty for one that came by the calendar",
            "opened_at": "when",
            "done": "requests scored so far",
            "whole": "requests to score",
            "figures": "counts and means, in JSON",
            "published_at": "when it was published",
        },
    )


class MatchPair(Base):
    """One request of a round: the mentor found for it, or why there is none."""

    __tablename__ = "match_pair"

    round_id: Mapped[UUID] = mapped_column(ForeignKey("match_round.id", ondelete="CASCADE"), primary_key=True)
    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    mentor_id: Mapped[UUID | None]
    score: Mapped[float | None]
    reasons: Mapped[str] = mapped_column(String(300), default="")
    why_not: Mapped[str | None] = mapped_column(String(40))
    is_edited: Mapped[bool] = mapped_column(default=False)
    is_passed_on: Mapped[bool] = mapped_column(default=False)

    keeping: ClassVar = Keeping(
        of=(),
        why="owners look at all pairs before anybody hears of them",
        seen_by="owners",
        until=KEPT + ", with the round",
        on_erase="keep",
        columns={
            "round_id": "the round",
            "request_id": "the request",
            "mentor_id": "our id of the mentor; empty: nobody was found, or an owner took the pair out",
            "score": "how well the two fit, from 0 to 1",
            "reasons": "which reasons are given",
            "why_not": "why nobody was found",
            "is_edited": "whether an owner changed it",
            "is_passed_on": "whether it has been looked at after publishing",
        },
    )

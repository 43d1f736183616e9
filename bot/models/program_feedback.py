"""Program feedback: cycles, sealed boxes, what was released. Nothing here names a person, a moment or an order.

No row holds a date finer than the days of its cycle, a number that counts up, or a key to any other table.
"""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping

WITHOUT_ROWID: dict[str, Any] = {"sqlite_with_rowid": False}  # a row number would tell in which order they came
A_YEAR = "12 months after its cycle closed"


class FeedbackCycle(Base):
    """A stretch of weeks in which feedback about the program is sent, sealed, and opened together at its end."""

    __tablename__ = "fb_cycle"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    pepper_check: Mapped[bytes] = mapped_column(LargeBinary(32))
    k: Mapped[int]
    k_text: Mapped[int]
    dimension: Mapped[str | None] = mapped_column(String(20))
    pubkey: Mapped[bytes] = mapped_column(LargeBinary(32))
    opens: Mapped[date]
    closes: Mapped[date]
    window: Mapped[int]
    is_steward: Mapped[bool]
    state: Mapped[str] = mapped_column(String(10))

    keeping: ClassVar = Keeping(
        of=(),
        why="feedback is opened together, and only when enough people have answered",
        seen_by="everybody",
        until="as long as the program runs",
        on_erase="keep",
        columns={
            "id": "a random name",
            "pepper_check": "tells whether a pepper file is the right one, and nothing about it",
            "k": "how many people at least, as it was when the cycle opened",
            "k_text": "how many people at least for words",
            "dimension": "by what the one breakdown is made",
            "pubkey": "the public key that seals; it opens nothing",
            "opens": "first day",
            "closes": "the day on which it is opened, if enough have answered",
            "window": "1, and one more for each time that too few had answered",
            "is_steward": "whether the key that opens is with a steward, not on the server",
            "state": "open, released or destroyed",
        },
    )


class FeedbackBox(Base):
    """What one person sent in a cycle: three sealed places, filled at once, so that nobody sees how many count."""

    __tablename__ = "fb_box"
    __table_args__ = WITHOUT_ROWID

    cycle_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    tag: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    box1: Mapped[bytes] = mapped_column(LargeBinary)
    box2: Mapped[bytes] = mapped_column(LargeBinary)
    box3: Mapped[bytes] = mapped_column(LargeBinary)

    keeping: ClassVar = Keeping(
        of=(),
        why="feedback waits, sealed, until enough people have answered",
        seen_by="nobody",
        until="the end of its cycle, three windows at most",
        on_erase="keep",
        columns={
            "cycle_id": "the cycle",
            "tag": "a code made of the person and a secret that is destroyed with the cycle",
            "box1": "what was sent last, sealed",
            "box2": "what was sent before, or nothing, sealed alike",
            "box3": "what was sent before that, or nothing, sealed alike",
        },
    )


class FeedbackRelease(Base):
    """One rating or one text, released without whoever gave it, and apart from whatever else they gave."""

    __tablename__ = "fb_release"
    __table_args__ = WITHOUT_ROWID

    cycle_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    slot: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    field: Mapped[str] = mapped_column(String(20))
    value: Mapped[str] = mapped_column(EncryptedText("fb_release.value"))

    keeping: ClassVar = Keeping(
        of=(),
        why="owners read what people say about the program, without names",
        seen_by="the owners who read program feedback",
        until=A_YEAR,
        on_erase="keep",
        columns={
            "cycle_id": "the cycle",
            "slot": "a random place",
            "field": "which question",
            "value": "a rating, or words with the key to which an answer is sealed; sealed",
        },
    )


class FeedbackTable(Base):
    """The figures of a cycle, with its one breakdown; written once and never reckoned again."""

    __tablename__ = "fb_table"

    cycle_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    payload: Mapped[str] = mapped_column(EncryptedText("fb_table.payload"))

    keeping: ClassVar = Keeping(
        of=(),
        why="figures that are reckoned twice could be subtracted from each other",
        seen_by="the owners who read program feedback; the figures about all, everybody",
        until=A_YEAR,
        on_erase="keep",
        columns={"cycle_id": "the cycle", "payload": "figures of groups that are large enough, sealed"},
    )


class FeedbackThread(Base):
    """One message of the conversation about a released text, between readers and whoever holds its receipt."""

    __tablename__ = "fb_thread"
    __table_args__ = WITHOUT_ROWID

    thread_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    side: Mapped[str] = mapped_column(String(10))
    box: Mapped[bytes | None] = mapped_column(LargeBinary)
    words: Mapped[str | None] = mapped_column(EncryptedText("fb_thread.words"))
    is_held: Mapped[bool]

    keeping: ClassVar = Keeping(
        of=(),
        why="owners can ask back, and authors can answer, without anybody learning who they are",
        seen_by="the owners who read program feedback; whoever holds the receipt",
        until=A_YEAR,
        on_erase="keep",
        columns={
            "thread_id": "made of the key of one text",
            "seq": "its place in the conversation",
            "side": "author or reader",
            "box": "a reader's words, sealed for the author",
            "words": "the words as readers see them, sealed",
            "is_held": "whether it waits for the next morning, so that no moment tells who wrote it",
        },
    )

"""What readers of program feedback and whoever wrote it say to each other, without either knowing more than before."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn
from uuid import UUID

from bot.rules.promises import Promise
from bot.rules.refusal import Refusal

FIELDS = ("text1", "text2")
RECEIPT = "receipt"  # the field of the form that asks for one
RECEIPT_LENGTH = 26
TRIES = 5  # receipts a person may type
TRIES_SECONDS = 60
LONGEST = 1000  # of each turn: a conversation has to fit into one dialog
NOT_OPENED = (
    "Nothing opens with this now. Words are there once their cycle has been released, and a single wrong letter keeps "
    "them shut. Look at it again, and try it in a minute."
)
LONGER = f"This is longer than {LONGEST:,} characters. Shorten it a little."
EMPTY = "Write a reply, or close this."
BUSY = "Somebody replied at the same moment. Please try it again."
_LOOKS_LIKE = str.maketrans("018", "OIB")  # what is not in the alphabet, and what was meant
_ALPHABET = re.compile(f"[A-Z2-7]{{{RECEIPT_LENGTH}}}")


class Side(StrEnum):
    AUTHOR = "author"
    READER = "reader"


class Verdict(StrEnum):
    """What whoever wrote something says about a promise that was kept."""

    FIXED = "fixed"
    PARTLY = "partly"
    NOT = "not"


VERDICTS = {
    Verdict.FIXED: "This fixed it.",
    Verdict.PARTLY: "This fixed it partly.",
    Verdict.NOT: "This did not fix it.",
}


@dataclass(frozen=True)
class Said:
    """One turn. `is_held`: the author's own, which readers see from the next morning on."""

    side: Side
    words: str
    is_held: bool = False


@dataclass(frozen=True)
class Thread:
    """What one text led to. `field`: which of the two texts of its author it was."""

    field: str
    cycle_id: str
    text: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Opened:
    """All that one receipt opens. `kept`: promises of its cycle that were kept; it is asked whether they helped."""

    receipt: str
    threads: tuple[Thread, ...]
    kept: tuple[Promise, ...] = ()


@dataclass(frozen=True)
class Replies:
    """What is to be said: words by text, and what helped by promise."""

    words: Mapping[str, str]
    verdicts: Mapping[UUID, Verdict]


def receipt(typed: str) -> str | None:
    """The receipt that was meant, however it was grouped and written; None for what cannot be one."""
    bare = re.sub(r"[\s-]", "", typed).upper().translate(_LOOKS_LIKE)
    return bare if _ALPHABET.fullmatch(bare) else None


def refuse() -> NoReturn:
    """The same words for a wrong receipt, one of another cycle, one without words, and one try too many."""
    raise Refusal(NOT_OPENED, field=RECEIPT)


def check_words(words: str, *, field: str = "words") -> None:
    """What a reader answers, or an author replies."""
    if not words.strip():
        raise Refusal(EMPTY, field=field)
    if len(words) > LONGEST:
        raise Refusal(LONGER, field=field)


def check(replies: Replies, fields: Sequence[str]) -> None:
    """Something is said, to a text that is there, and none of it is too long."""
    for field, words in replies.words.items():
        check_words(words, field=reply_to(field))
    if not any(replies.words.get(field) for field in fields) and not replies.verdicts:
        raise Refusal(EMPTY, field=reply_to(fields[0]))


def reply_to(field: str) -> str:
    """The input in which a text is replied to."""
    return f"reply-{field}"


def verdict(promise: Promise, said: Verdict) -> str:
    """The words for it, which are the same from everybody."""
    return f"{VERDICTS[said]} ({promise.said})"

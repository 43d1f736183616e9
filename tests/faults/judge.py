"""The judge of a run: what was owed, against what became visible. Reads the sandbox's history and the outbox only.

After Jepsen: the run may be as wild as it likes; afterwards owed == delivered, nothing twice, no row half-way, every
row in a state that its columns agree with, and nothing in the log that opens doors or that somebody wrote.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from bot.database import Database
from bot.models.messages import Outbox
from sandbox import Posted
from sandbox.tokens import SANDBOX_TOKENS

CANARY = "walnut harpsichord 7731"  # what people write in these tests; it belongs in no log
SECRETS = (SANDBOX_TOKENS.bot, SANDBOX_TOKENS.app, SANDBOX_TOKENS.signing_secret, "A" * 43, CANARY)
TRACES = re.compile(r"\[parameters: (?!\[?SQL|\[)|body: payload=")
STATES = frozenset({"pending", "sending", "sent", "unknown", "failed", "skipped"})
OVER = frozenset({"sent", "failed", "skipped"})


@dataclass(frozen=True)
class Verdict:
    """`lost`: owed and not visible. `duplicates`: visible more than once, counted. `problems`: sentences."""

    owed: int
    delivered: int
    lost: int
    duplicates: int
    states: Counter[str] = field(default_factory=Counter)
    problems: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"lost={self.lost} duplicates={self.duplicates}"

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.duplicates or self.problems)


async def outbox(db: Database) -> Sequence[Outbox]:
    async with db.reading() as session:
        return (await session.scalars(select(Outbox).order_by(Outbox.not_before))).all()


def seen(history: Iterable[object]) -> Counter[str]:
    """How often each of our messages became visible, by its key."""
    return Counter(entry.key for entry in history if isinstance(entry, Posted) and entry.key)


def judge(rows: Sequence[Outbox], visible: Counter[str], *, excused: Collection[UUID] = ()) -> Verdict:
    """`rows`: messages that are posted, after the run. `excused`: rows that were right to fail or to be skipped."""
    owed = [row for row in rows if row.id not in excused]
    nobodys = set(visible) - {row.id.hex for row in rows}
    problems = [f"{row.kind} {row.state}: {said}" for row in rows for said in _wrong(row, visible[row.id.hex])]
    problems += [f"a message that nobody owed: {key}" for key in nobodys]
    problems += [
        f"{row.kind} ended as {row.state} ({row.reason})" for row in owed if row.state in ("failed", "skipped")
    ]
    return Verdict(
        owed=len(owed),
        delivered=sum(1 for row in owed if visible[row.id.hex]),
        lost=sum(1 for row in owed if not visible[row.id.hex]),
        duplicates=sum(count - 1 for count in visible.values()),
        states=Counter(row.state for row in rows),
        problems=tuple(problems),
    )


def _wrong(row: Outbox, times: int) -> list[str]:
    """What in a row does not agree with itself, or with what was seen."""
    is_tried = row.attempts > 0
    checks = {
        "no such state": row.state in STATES,
        "not finished": row.state in OVER,
        "still leased": row.lease_owner is None and row.lease_until is None,
        "sent, and not visible": row.state != "sent" or times > 0,
        "sent, and nobody knows where": row.state != "sent" or bool(row.channel and row.ts),
        "sent without a try": row.state != "sent" or is_tried,
        "visible without a try": not times or is_tried,
        "tries and their first moment disagree": (row.first_tried_at is not None) == is_tried,
    }
    return [said for said, is_right in checks.items() if not is_right]


async def check(db: Database, history: Iterable[object], *, kinds: Collection[str] | None = None) -> Verdict:
    """Everything owed has arrived once; AssertionError says what did not. `kinds`: those that are posted."""
    rows = [row for row in await outbox(db) if kinds is None or row.kind in kinds]
    verdict = judge(rows, seen(history))
    assert verdict.is_clean, f"{verdict} {dict(verdict.states)} {verdict.problems[:5]}"
    assert verdict.owed == verdict.delivered
    return verdict


def leaks(text: str) -> list[str]:
    """Secrets and people's words that stand in a log."""
    found = [secret for secret in SECRETS if secret in text]
    return found + TRACES.findall(text)

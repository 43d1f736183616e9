"""Rows for service tests: a small company, and what its people write. Monday 16 November 2026 is today."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.check_ins import CheckIn
from bot.models.evidence import Evidence, Review
from bot.models.people import Person, Placement, ReportingLine, RoleGrant
from bot.rules.people import Person as Acting
from bot.rules.people import Role
from bot.services import people

TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
LONG_AGO = date(2025, 1, 6)


@dataclass(frozen=True)
class Cast:
    ana: Person  # an engineer in New York: writes check-ins, sends evidence
    mats: Person  # Ana's manager, in Stockholm
    noor: Person  # reviews Ana's evidence from outside her line; a half-hour zone
    lea: Person  # owner of the program, in Paris
    tom: Person  # in the directory only: no track, no manager, not met in Slack yet


async def cast(session: AsyncSession) -> Cast:
    mats = await person(session, "Mats Berg", track="management", level="M3", zone="Europe/Stockholm")
    ana = await person(session, "Ana Pérez", manager=mats, zone="America/New_York")
    noor = await person(session, "Noor Rao", level="T3", zone="Asia/Kolkata")
    lea = await person(session, "Lea Roux", zone="Europe/Paris")
    session.add(RoleGrant(person_id=lea.id, role=Role.OWNER.value, from_on=LONG_AGO))
    tom = await person(session, "Tom Ngata", track=None, slack_id=None, zone="Pacific/Auckland")
    await session.flush()
    return Cast(ana, mats, noor, lea, tom)


async def person(
    session: AsyncSession,
    name: str,
    *,
    track: str | None = "technical",
    level: str = "T2",
    manager: Person | None = None,
    **more: Any,
) -> Person:
    """Somebody with a Slack id (U0ANA) and an address (ana@example.com) made of the first name."""
    first = name.split(maxsplit=1)[0]
    given = {"slack_id": f"U0{first.upper()}", "email": f"{first.lower()}@example.com", "zone": "UTC", **more}
    row = Person(name=name, **given)
    session.add(row)
    await session.flush()
    if track is not None:
        session.add(Placement(person_id=row.id, track=track, level=level, from_on=LONG_AGO))
    if manager is not None:
        session.add(ReportingLine(person_id=row.id, manager_id=manager.id, from_on=LONG_AGO))
    await session.flush()
    return row


async def acting(session: AsyncSession, row: Person, *, on: date = TODAY) -> Acting:
    """The same person as the services know them."""
    return (await people.by_id(session, [row.id], on=on))[row.id]


async def check_in(session: AsyncSession, of: Person, *, manager: Person | None = None, **more: Any) -> CheckIn:
    """`more`: `win`, `obstacle`, `help_wanted` and any other column."""
    given = {"round_on": TODAY, "answer": "answered", "submitted_at": NOW, **more}
    row = CheckIn(person_id=of.id, manager_id=manager.id if manager else None, **given)
    session.add(row)
    await session.flush()
    return row


async def evidence(session: AsyncSession, of: Person, **more: Any) -> Evidence:
    """One piece in review for a milestone of T3, unless `more` says otherwise."""
    given = {
        "milestone": "t3-design-reviews", "version": "1.0.0", "band": 3, "did": "Led a review.",
        "impact": "Fewer surprises.", "done_on": LONG_AGO, "amount": Decimal(1), "state": "in review",
        "submitted_at": NOW, **more,
    }  # fmt: skip
    row = Evidence(author_id=of.id, **given)
    session.add(row)
    await session.flush()
    return row


async def review(session: AsyncSession, of: Evidence, by: Person, **more: Any) -> Review:
    """A verdict that is still asked for, unless `more` says otherwise."""
    given = {"is_outside": True, "verdict": "asked", **more}
    row = Review(evidence_id=of.id, author_id=of.author_id, reviewer_id=by.id, **given)
    session.add(row)
    await session.flush()
    return row

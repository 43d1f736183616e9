"""360 rounds: who could tell something about a member, and how much waits for each of them already."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.evidence import Evidence, Review
from bot.models.feedback import Feedback
from bot.models.mentorships import Mentorship
from bot.models.people import ReportingLine
from bot.rules import access
from bot.rules import evidence as evidence_rules
from bot.rules.people import Person
from bot.rules.rounds import Perspective, State, Suggestion
from bot.services import attention, people
from bot.services import round_rows as rows

MOST = 20

WHY = {
    "report": "reports to you",
    "review": "has accepted your evidence",
    "feedback": "has given you feedback",
    "mentor": "is your mentor",
    "team": "works in your team",
}
"""The nearest to the work comes first; reports have a list of their own."""


async def suggestions(
    session: AsyncSession, *, by: Person, round_id: UUID, now: datetime, today: date
) -> list[Suggestion]:
    """For the member: colleagues who have seen their work, each with the best reason and what waits for them."""
    found = await rows.load_one(session, round_id, on=today)
    if found.subject.id != by.id:
        access.refuse()
    asked = await session.execute(union_all(*_near(by, today)))
    reasons: dict[UUID, str] = {}
    for row in sorted(asked, key=lambda row: list(WHY).index(row.why)):
        reasons.setdefault(row.who, row.why)
    named = {seat.person.id for seat in found.seats if found.state is State.OPEN}
    left = reasons.keys() - named - {by.id, by.manager_id}
    who = await people.by_id(session, left, on=today)
    here = [one for one in who.values() if one.is_active and not one.is_guest and one.slack_id]
    waiting = await attention.asks_open(session, [one.id for one in here], now=now)
    return sorted(
        (_suggestion(one, reasons[one.id], waiting.get(one.id, 0)) for one in here),
        key=lambda one: (list(WHY.values()).index(one.why), one.person.name),
    )[:MOST]


def _suggestion(one: Person, why: str, load: int) -> Suggestion:
    perspective = Perspective.REPORT if why == "report" else Perspective.PEER
    return Suggestion(one, perspective, WHY[why], load)


def _near(by: Person, today: date) -> list[Select[UUID, str]]:
    accepted = (Review.author_id == by.id, Review.verdict == evidence_rules.Verdict.ACCEPTED.value)
    given = (Feedback.receiver_id == by.id, Feedback.taken_back_at.is_(None))
    line = people.holds(ReportingLine, today)
    return [
        select(ReportingLine.person_id.label("who"), literal("report").label("why")).where(
            ReportingLine.manager_id == by.id, line
        ),
        select(Review.reviewer_id, literal("review"))
        .join(Evidence, Evidence.id == Review.evidence_id)
        .where(*accepted, Evidence.state == evidence_rules.State.ACCEPTED.value),
        select(Feedback.giver_id, literal("feedback")).where(*given),
        select(Mentorship.mentor_id, literal("mentor")).where(
            Mentorship.mentee_id == by.id, Mentorship.ended_at.is_(None)
        ),
        select(ReportingLine.person_id, literal("team")).where(
            ReportingLine.manager_id == by.manager_id, ReportingLine.person_id != by.id, line
        ),
    ]

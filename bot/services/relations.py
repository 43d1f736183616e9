"""How somebody stands to somebody else, and to what is theirs. `rules.access` says what follows from it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Date, Select, Uuid, bindparam, case, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.check_ins import CheckIn
from bot.models.mentorships import Mentorship
from bot.models.milestones import Focus
from bot.models.people import Deputy, ReportingLine, RoleGrant
from bot.models.people import Person as PersonRow
from bot.rules.evidence import Evidence
from bot.rules.feedback import Feedback
from bot.rules.people import Person, Role
from bot.rules.plans import InCheckIn
from bot.services import plan_rows
from bot.services.people import holds

MINE = frozenset({"author", "other"})
SHARED = {"check-in": Mentorship.shares_check_ins, "evidence": Mentorship.shares_evidence}
ROLES = [Role.OWNER.value, Role.STEWARD.value]  # a council stands to a case, not to a person


@dataclass(frozen=True)
class Readers:
    """By name: who may read while the manager is away, and the mentors with whom check-ins are shared.

    In the same trip, for the form of a check-in shows it all: `focus`, the milestones the person has chosen, and
    `plan`, what there is to ask about their growth plan.
    """

    deputy: str | None
    mentors: tuple[str, ...]
    focus: tuple[str, ...]
    plan: InCheckIn


async def to_person(session: AsyncSession, *, by: Person, of: UUID, thing: str, on: date) -> set[str]:
    """How `by` stands to `of` today, where a thing of this kind is concerned. To oneself, without asking.

    "manager", "former manager", "mentor", "mentor if shared", "owner", "steward", "author", "other".
    """
    if by.id == of:
        return {*MINE}
    return {"other", *await session.scalars(union_all(*_asked(by.id, of, thing, on)))}


def _asked(by: UUID, of: UUID, thing: str, on: date) -> list[Select[str]]:
    line = case((holds(ReportingLine, on), "manager"), else_="former manager")
    managed = (ReportingLine.person_id == of, ReportingLine.manager_id == by, ReportingLine.from_on <= on)
    paired = (Mentorship.mentor_id == by, Mentorship.mentee_id == of, Mentorship.ended_at.is_(None))
    role = (RoleGrant.person_id == by, RoleGrant.role.in_(ROLES), RoleGrant.scope.is_(None), holds(RoleGrant, on))
    asked = [
        select(line).where(*managed),
        select(RoleGrant.role).where(*role),
        select(literal("mentor")).select_from(Mentorship).where(*paired),
    ]
    if thing in SHARED:
        shared = select(literal("mentor if shared")).select_from(Mentorship)
        asked.append(shared.where(*paired, SHARED[thing]))
    return asked


async def mentors_of(session: AsyncSession, mentee: UUID) -> list[UUID]:
    """Their mentors, while the pairs last."""
    paired = (Mentorship.mentee_id == mentee, Mentorship.ended_at.is_(None))
    return list((await session.scalars(select(Mentorship.mentor_id).where(*paired))).all())


async def readers(session: AsyncSession, *, by: Person, on: date) -> Readers:
    """Who reads the check-ins of `by` besides their manager, for them to see before they write."""
    rows = (await session.execute(_READERS, {"manager": by.manager_id, "by": by.id, "on": on})).all()
    deputy = next((row.name for row in rows if row.who == "deputy"), None)
    mentors = sorted(row.name for row in rows if row.who == "mentor")
    focus = tuple(row.name for row in rows if row.who == "focus")
    return Readers(deputy, tuple(mentors), focus, plan_rows.in_check_in(rows))


# Asked on every press of /checkin, so it is put together once. Nobody stands in to read their own answers.
_READERS = union_all(
    select(literal("deputy").label("who"), PersonRow.name, *plan_rows.NO_PLAN)
    .join(Deputy, Deputy.deputy_id == PersonRow.id)
    .where(
        Deputy.person_id == bindparam("manager", type_=Uuid), Deputy.deputy_id != bindparam("by", type_=Uuid),
        holds(Deputy, bindparam("on", type_=Date)), PersonRow.is_active, ~PersonRow.is_guest,
    ),
    select(literal("mentor"), PersonRow.name, *plan_rows.NO_PLAN)
    .join(Mentorship, Mentorship.mentor_id == PersonRow.id)
    .where(
        Mentorship.mentee_id == bindparam("by", type_=Uuid), Mentorship.ended_at.is_(None),
        Mentorship.shares_check_ins, PersonRow.is_active,
    ),
    select(literal("focus"), Focus.milestone, *plan_rows.NO_PLAN).where(
        Focus.person_id == bindparam("by", type_=Uuid)
    ),
    *plan_rows.FOR_CHECK_IN,
)  # fmt: skip


def to_check_in(by: Person, row: CheckIn, *, is_deputy: bool = False) -> set[str]:
    """What the check-in itself says. `is_deputy`: `by` stands in today for the manager it was given to."""
    relations = {"other"}
    if row.person_id == by.id:
        relations.add("author")
    elif row.manager_id == by.id:
        relations.add("manager then")
    elif is_deputy:
        relations.add("deputy")
    return relations


def to_evidence(by: Person, evidence: Evidence) -> set[str]:
    """What the evidence itself says."""
    relations = {"other"}
    if evidence.author_id == by.id:
        relations.add("author")
    if any(review.reviewer_id == by.id for review in evidence.reviews):
        relations.add("reviewer")
    return relations


def to_feedback(by: Person, found: Feedback) -> set[str]:
    """What the feedback itself says. Its giver chose whether the manager reads it: once the person has."""
    relations = {"other"}
    if found.receiver_id == by.id:
        relations.add("author")
    if found.giver_id == by.id:
        relations |= {"giver", "giver until read"} if found.waits else {"giver"}
    if found.manager_id == by.id and found.read_at is not None:
        relations.add("manager then if chosen")
    return relations

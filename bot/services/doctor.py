"""What the doctor finds in the database: changes nothing, and names nobody."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from sqlalchemy import Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot import opening, sealing
from bot.keyring import KeyProblem
from bot.models.messages import KeyCheck, Outbox
from bot.models.people import Person, Placement, ReportingLine, RoleGrant
from bot.rules.cadence import is_zone
from bot.rules.people import Role
from bot.rules.program_feedback import Feedback
from bot.services import feedback_cycles
from bot.services import framework as frameworks
from bot.services.people import holds

Manager = aliased(Person)
WRONG_KEYS = "The keys do not open what this database holds. Put the right FIELD_KEYS, or the key file, back."
LOST_KEYS = (
    "The key file is missing. Put it back beside the database, from its own backup; nothing else opens the words."
)


@dataclass(frozen=True)
class Finding:
    """`mend`: it does not work yet, and the sentence says what to do. `note`: good to know."""

    kind: Literal["ok", "mend", "note"]
    sentence: str


def ok(sentence: str) -> Finding:
    return Finding("ok", sentence)


def mend(sentence: str) -> Finding:
    return Finding("mend", sentence)


def note(sentence: str) -> Finding:
    return Finding("note", sentence)


async def keys(session: AsyncSession, *, are_there: bool) -> Finding:
    """As `opening.check_key`, but nothing is written where nothing was sealed yet."""
    if await session.scalar(select(KeyCheck.id).where(KeyCheck.id == 1)) is None:
        return note("Nothing has been sealed yet: the keys of the first start will be the ones to keep.")
    if not are_there:
        return mend(LOST_KEYS)
    try:
        sealed = await session.scalar(select(KeyCheck.sealed).where(KeyCheck.id == 1))
    except KeyProblem:
        return mend(WRONG_KEYS)
    return ok("The keys open what was sealed.") if sealed == opening.KNOWN else mend(WRONG_KEYS)


async def program(session: AsyncSession, *, today: date) -> list[Finding]:
    """What the program itself needs, beyond a database that works."""
    return [
        await _framework(session),
        await _owners(session, today),
        await _zones(session),
        *await _messages(session, today),
        *await _members(session, today),
    ]


async def _framework(session: AsyncSession) -> Finding:
    found = await frameworks.current_or_none(session)
    if found is None:
        return mend("No framework is loaded. Drop it into Home as an owner, or run: ladderbot framework load FILE")
    return ok(f"Framework {found.version} is in force, with {len(found.tracks)} tracks.")


async def _owners(session: AsyncSession, today: date) -> Finding:
    held = select(func.count(RoleGrant.person_id.distinct())).join(Person, Person.id == RoleGrant.person_id)
    owns = and_(
        RoleGrant.role == Role.OWNER.value, RoleGrant.scope.is_(None), holds(RoleGrant, today), Person.is_active
    )
    owners = await _count(session, held.where(owns))
    if owners == 0:
        return mend(
            "The program has no owner with an active account. Whoever administers the workspace becomes one in Home, "
            "or run: ladderbot role give E-MAIL owner"
        )
    return ok(f"Owners with an active account: {owners}.")


async def _zones(session: AsyncSession) -> Finding:
    zones = await session.execute(select(Person.zone, func.count()).where(Person.is_active).group_by(Person.zone))
    unknown = sum(count for zone, count in zones if not is_zone(zone))
    if unknown:
        return mend(
            f"People with a time zone that this machine does not know: {unknown}. "
            "Install the newest tzdata, then run: ladderbot people sync"
        )
    return ok("Everybody's time zone is known.")


async def _messages(session: AsyncSession, today: date) -> list[Finding]:
    """What did not arrive in a week, as owners see it in Home."""
    since = datetime.combine(today - timedelta(days=7), time(), UTC)
    failed = select(func.count()).select_from(Outbox).where(Outbox.state == "failed", Outbox.not_before >= since)
    many = await _count(session, failed)
    if not many:
        return []
    return [
        note(f"Messages that failed in the last seven days: {many}. Owners see why: Home, Program, or /ladder sent.")
    ]


async def _members(session: AsyncSession, today: date) -> list[Finding]:
    """Not wrong in themselves: somebody is at the top, and a directory holds more people than the program."""
    people = select(func.count(Person.id.distinct())).where(Person.is_active, ~Person.is_guest)
    placed = select(Placement.person_id).where(holds(Placement, today))
    managed = (
        select(ReportingLine.person_id)
        .join(Manager, Manager.id == ReportingLine.manager_id)
        .where(holds(ReportingLine, today), Manager.is_active)
    )
    members = await _count(session, people.where(Person.id.in_(placed)))
    if members == 0:
        return [mend("Nobody takes part yet. Drop a people file into Home, or run: ladderbot people import FILE")]
    alone = await _count(session, people.where(Person.id.in_(placed), Person.id.not_in(managed)))
    outside = await _count(session, people.where(Person.id.not_in(placed)))
    unmet = await _count(session, people.where(Person.id.in_(placed), Person.slack_id.is_(None)))
    found = [ok(f"Members: {members}.")]
    if alone:
        found.append(note(f"Members without a manager, so that nobody reads their check-ins: {alone}."))
    if outside:
        found.append(note(f"People without a track, who take no part: {outside}."))
    if unmet:
        found.append(note(f"Members not found in Slack yet, who get nothing: {unmet}. Run: ladderbot people sync"))
    return found


async def program_feedback(session: AsyncSession, *, feedback: Feedback, today: date) -> list[Finding]:
    """Whether something can be sent and opened, and why no cycle opens."""
    problem = await feedback_cycles.pepper_problem(session, feedback=feedback)
    folder = feedback.folder
    found = [mend(f"{problem}. Put the folder back; with several replicas it is one shared volume.")] if problem else []
    if folder.is_dir() and not sealing.is_private(folder):
        found.append(mend(f"Others can read the keys of program feedback. Run: chmod -R go= {folder}"))
    why = await feedback_cycles.why_none(session, feedback=feedback, today=today)
    about = f"No cycle of program feedback can open: {why}" if why else "A cycle of program feedback can open."
    return [*found, note(about) if why else ok(about)]


async def _count(session: AsyncSession, query: Select[Any]) -> int:
    return int(await session.scalar(query) or 0)

"""Help wanted: whoever is asked for it hears so the next morning; the words wait behind the button."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.check_ins import CheckIn, Reading
from bot.models.people import Person as PersonRow
from bot.rules import cadence
from bot.rules.cadence import DAY
from bot.rules.check_ins import Answer, Words
from bot.rules.deputies import Named
from bot.rules.people import Person
from bot.rules.weeks import HelpWanted
from bot.services import deputies, messages, people

HELP = "reading.help"


async def tell_manager(
    session: AsyncSession, *, by: Person, round_on: date, words: Words, is_new: bool, now: datetime
) -> None:
    """Owe the manager one message for their next morning, however many ask. To be called before the row is changed.

    A check-in that asked for help before it was changed has been told already.
    """
    if not words.help_wanted or words.is_private or by.manager_id is None:
        return
    if not is_new and await _has_asked(session, by, round_on):
        return
    await _tell_deputy(session, by, now)
    manager = (await people.by_id(session, [by.manager_id], on=now.date()))[by.manager_id]
    away = await people.absences(session, [manager.id], on=now.date() - DAY)
    morning = cadence.next_morning(now, manager.schedule, away.get(manager.id, ()))
    if morning is not None and not manager.is_guest:
        key = f"{HELP}:{manager.id.hex}:{cadence.local_day(morning, manager.schedule.zone)}"
        await messages.tell(session, HELP, to=manager.id, about=manager.id, at=morning, key=key)


async def _tell_deputy(session: AsyncSession, by: Person, now: datetime) -> None:
    """The same for whoever stands in for a manager who is away on the day after."""
    manager = [by.manager_id] if by.manager_id else []
    named = next(iter((await deputies.in_place_of(session, manager, now=now + DAY)).values()), None)
    if named is None or named.deputy_id == by.id:
        return
    deputy = (await people.by_id(session, [named.deputy_id], on=now.date()))[named.deputy_id]
    away = await people.absences(session, [deputy.id], on=now.date() - DAY)
    morning = cadence.next_morning(now, deputy.schedule, away.get(deputy.id, ()))
    if morning is not None:
        key = f"{deputies.HELP}:{named.id.hex}:{cadence.local_day(morning, deputy.schedule.zone)}"
        await messages.tell(session, deputies.HELP, to=deputy.id, about=named.id, at=morning, key=key)


async def _has_asked(session: AsyncSession, by: Person, round_on: date) -> bool:
    """Whether this check-in, as it stands, asks the same manager for help."""
    found = await session.execute(
        select(CheckIn.help_wanted, CheckIn.is_private, CheckIn.manager_id).where(
            CheckIn.person_id == by.id, CheckIn.round_on == round_on
        )
    )
    row = found.one()
    return bool(row.help_wanted) and not row.is_private and row.manager_id == by.manager_id


async def unread(
    session: AsyncSession, managers: Collection[UUID], *, read_by: Mapping[UUID, Named] | None = None
) -> dict[UUID, list[Any]]:
    """Manager → answers given to them and not read yet (`id`, `name`, `help_wanted`, …): help wanted first, then age.

    The words are sealed, so they are sorted here. `read_by`: manager → deputy, of whose answers only those count that
    the deputy may read.
    """
    rows = await session.execute(
        select(
            CheckIn.id, CheckIn.person_id, CheckIn.manager_id, CheckIn.help_wanted, CheckIn.submitted_at,
            CheckIn.edited_at, PersonRow.name, PersonRow.is_active,
        )
        .join(PersonRow, PersonRow.id == CheckIn.person_id)
        .outerjoin(Reading, Reading.check_in_id == CheckIn.id)
        .where(
            CheckIn.manager_id.in_(managers), CheckIn.answer == Answer.ANSWERED.value, ~CheckIn.is_private,
            Reading.check_in_id.is_(None),
        )
    )  # fmt: skip
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (not row.help_wanted, row.submitted_at)):
        deputy = read_by.get(row.manager_id) if read_by else None
        if deputy is None or deputy.reads(author=row.person_id, given_at=row.edited_at or row.submitted_at):
            found[row.manager_id].append(row)
    return found


def asking(answers: Sequence[Any]) -> list[Any]:
    """Those of the unread answers whose people would welcome help and are still here."""
    return [row for row in answers if row.help_wanted and row.is_active]


async def waiting(
    session: AsyncSession, managers: Sequence[UUID], *, now: datetime, read_by: Mapping[UUID, Named] | None = None
) -> list[HelpWanted]:
    """Who would welcome help now, for each of these managers for whom anybody would. `read_by`: see `unread`."""
    answers = await unread(session, managers, read_by=read_by)
    asked = {manager: rows for manager in answers if (rows := asking(answers[manager]))}
    found = await people.by_id(session, asked, on=now.date())
    away = await people.absences(session, list(found), on=now.date() - DAY)
    return [
        HelpWanted(
            manager.id,
            manager.schedule,
            tuple(away.get(manager.id, ())),
            tuple(dict.fromkeys(row.name for row in asked[manager.id])),
            since=max(row.edited_at or row.submitted_at for row in asked[manager.id]),
        )
        for manager in found.values()
    ]

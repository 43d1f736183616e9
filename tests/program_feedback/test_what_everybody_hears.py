"""What is told of a cycle follows the roster alone: who has sent something is not known, so it cannot matter."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from bot.models.attention import Less
from bot.models.messages import Outbox
from bot.rules import feedback_forms as rules
from bot.rules.less import Topic
from bot.rules.program_feedback import Cycle
from bot.rules.refusal import Refusal
from bot.services import attention, feedback_forms, people
from bot.services.attention import BUNDLED
from bot.services.feedback_cycles import OPENED
from bot.services.feedback_forms import REMINDER
from tests.program_feedback import stages
from tests.program_feedback.company import Company

MONDAY = date(2026, 11, 16)
DUE = Cycle("0" * 32, 5, 5, None, MONDAY, MONDAY, 1, False, "open")
WHY_NOT = {
    "one has closed": (DUE, None, "This cycle has closed."),
    "something is missing": (None, "FEEDBACK_CONTACT names nobody yet.", "FEEDBACK_CONTACT names nobody yet."),
    "it is not Monday": (None, None, "The next one opens on 23 November"),
}


@pytest.mark.parametrize(("cycle", "why", "says"), WHY_NOT.values(), ids=WHY_NOT)
def test_why_there_is_no_form(cycle: Cycle | None, why: str | None, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        rules.refuse(cycle, why, MONDAY)
    assert says in refused.value.sentence


async def reminded(company: Company) -> set[UUID]:
    """Who would be reminded a week before the cycle closes; nothing is kept of it."""
    day = (await company.cycle()).closes - rules.REMINDS
    async with company.db.writing() as session:
        await feedback_forms.remind(session, after=None, now=stages.nine(day), today=day)
        return set(await session.scalars(delete(Outbox).where(Outbox.kind == REMINDER).returning(Outbox.recipient)))


async def test_answers_change_nobodys_reminder(company: Company) -> None:
    before = await reminded(company)
    for who in company.members[:7]:
        await company.sends(who)
    await company.takes_back(company.members[0])
    assert await reminded(company) == before
    assert len(before) == len(company.members) + len(company.readers)


async def test_no_reminder_comes_before_its_week(company: Company) -> None:
    day = (await company.cycle()).closes - rules.REMINDS - timedelta(days=1)
    async with company.db.writing() as session:
        assert await feedback_forms.remind(session, after=None, now=stages.nine(day), today=day) is None
        assert (await session.scalars(select(Outbox.id))).all() == []


async def test_whoever_wants_less_of_it_hears_nothing_and_full_days_are_made_up_for(company: Company) -> None:
    """The news of those whose day was full stand in the list of their next morning."""
    now = stages.nine(company.today)
    async with company.db.writing() as session:
        found = await people.by_slack_id(session, company.members[:3], on=company.today)
        quiet, full, other = (found[one].id for one in company.members[:3])
        session.add(Less(person_id=quiet, what=Topic.PROGRAM_FEEDBACK.value, since_on=company.today))
        await session.flush()
        await feedback_forms.tell_opened(session, after=None, now=now, today=company.today)
        await feedback_forms.tell_opened(session, after=None, now=now, today=company.today)
        told = (await session.scalars(select(Outbox.recipient).where(Outbox.kind == OPENED))).all()
        assert quiet not in told
        assert len(told) == len(set(told)) == len(company.members) + len(company.readers) - 1
        await session.execute(update(Outbox).where(Outbox.recipient == full).values(state="skipped", reason=BUNDLED))
        waiting = {one.person_id: one for one in await attention.waiting(session, [quiet, full, other], now=now)}
    closes = (await company.cycle()).closes
    assert {one: waiting[one].feedback_closes for one in waiting} == {quiet: None, full: closes, other: None}
    assert waiting[full].load == 1

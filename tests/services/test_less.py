"""What people switch off, on both engines: it does not come, and comes again."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.delivery import check_ins as check_in_messages
from bot.delivery import manager_weeks as manager_messages
from bot.models.attention import Less
from bot.models.framework import Release
from bot.models.messages import Occurrence, Outbox
from bot.models.people import Person
from bot.rules.less import Choice, Topic
from bot.rules.refusal import Refusal
from bot.services import attention, check_in_rounds, evidence, less, less_rows, nudges
from tests.support import rows
from tests.support.rows import NOW, TODAY, Cast

DAY = timedelta(days=1)
SUNDAY = NOW - DAY
IN_A_MONTH = date(2026, 12, 16)
NINE_IN_NEW_YORK = NOW + timedelta(hours=6)


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        found = await rows.cast(session)
        found.ana.has_home = True
        return found


ALL = set(Topic)


async def choose(session: AsyncSession, who: Person, *topics: Topic, now: Any = NOW) -> tuple[Choice, ...]:
    me = await rows.acting(session, who)
    return await less.choose(session, by=me, topics=topics, now=now, today=now.date())


async def off(session: AsyncSession, who: Person, *, on: date = TODAY) -> dict[Topic, date | None]:
    return (await less_rows.off(session, [who.id], on=on)).get(who.id, {})


async def plan(session: AsyncSession) -> None:
    since, until = SUNDAY - check_in_rounds.BEHIND, SUNDAY + check_in_rounds.AHEAD
    await check_in_rounds.plan_some(session, after=None, since=since, until=until)


async def prompt(session: AsyncSession, who: Person) -> tuple[str, str | None]:
    found = select(Occurrence.state, Occurrence.reason).where(
        Occurrence.person_id == who.id, Occurrence.on_date == TODAY
    )
    state, reason = (await session.execute(found)).one()
    return state, reason


async def test_only_what_reaches_one_can_be_switched_off(db: Database, cast: Cast) -> None:
    async with db.reading() as session:
        for person, offered in ((cast.mats, ALL - {Topic.MONTH}), (cast.ana, ALL - {Topic.WEEK, Topic.MONTH})):
            me = await rows.acting(session, person)
            assert {one.topic for one in await less.choices(session, by=me, today=TODAY)} == offered
    async with db.writing() as session:
        await choose(session, cast.ana, *Topic)
        assert Topic.WEEK not in await off(session, cast.ana)


async def test_what_is_ticked_is_off_and_what_is_not_comes_again(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        kept = await choose(session, cast.ana, Topic.CHECK_INS, Topic.REVIEWS)
        assert [one for one in kept if one.is_off] == [
            Choice(Topic.CHECK_INS, True), Choice(Topic.REVIEWS, True, IN_A_MONTH),
        ]  # fmt: skip
        await choose(session, cast.ana, Topic.REMINDERS)
        assert await off(session, cast.ana) == {Topic.REMINDERS: None}
        homes = select(func.count()).where(Outbox.kind == "home", Outbox.recipient == cast.ana.id)
        assert await session.scalar(homes) == 2, "Home is drawn anew"


async def test_keeping_it_ticked_does_not_make_it_longer(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await choose(session, cast.ana, Topic.REVIEWS)
        await choose(session, cast.ana, Topic.REVIEWS, now=NOW + 9 * DAY)
        assert await off(session, cast.ana) == {Topic.REVIEWS: IN_A_MONTH}


async def test_after_a_month_reviews_come_again_and_can_be_switched_off_anew(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await choose(session, cast.ana, Topic.REVIEWS)
        assert await less_rows.switched_off(
            session, [cast.ana.id], Topic.REVIEWS, on=IN_A_MONTH - DAY
        ) == {cast.ana.id}  # fmt: skip
        assert await off(session, cast.ana, on=IN_A_MONTH) == {}
        await choose(session, cast.ana, Topic.REVIEWS, now=NOW + 30 * DAY)
        assert await off(session, cast.ana, on=IN_A_MONTH) == {Topic.REVIEWS: date(2027, 1, 16)}


async def test_a_switch_of_a_feature_that_is_off_stays_as_it_is(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await choose(session, cast.ana, Topic.REVIEWS)
        me = await rows.acting(session, cast.ana)
        await less.choose(session, by=me, topics=(), now=NOW, today=TODAY, features={"check_ins"})
        assert Topic.REVIEWS in await off(session, cast.ana)


async def test_a_row_of_a_newer_version_does_no_harm(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        session.add(Less(person_id=cast.ana.id, what="praise", since_on=TODAY))
        await session.flush()
        assert await off(session, cast.ana) == {}


# Check-in prompts


async def test_prompts_switched_off_are_not_planned(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await choose(session, cast.ana, Topic.CHECK_INS, now=SUNDAY)
        await plan(session)
        asked = set(await session.scalars(select(Occurrence.person_id)))
        assert asked == {cast.mats.id, cast.noor.id, cast.lea.id}


async def test_a_planned_prompt_is_left_out_and_comes_again(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await plan(session)
        await choose(session, cast.ana, Topic.CHECK_INS, now=SUNDAY)
        assert await prompt(session, cast.ana) == ("skipped", "switched off")
        await choose(session, cast.ana, now=SUNDAY)
        assert await prompt(session, cast.ana) == ("planned", None)


async def test_handing_over_asks_again(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await plan(session)
        session.add(Less(person_id=cast.ana.id, what="check-ins", since_on=TODAY))
        await session.flush()
        await check_in_rounds.hand_over_some(session, now=NINE_IN_NEW_YORK)
        assert await prompt(session, cast.ana) == ("skipped", "switched off")
        assert await prompt(session, cast.lea) == ("told", None)


async def test_switched_on_in_the_middle_of_a_round_the_prompt_is_not_late(db: Database, cast: Cast) -> None:
    wednesday = NINE_IN_NEW_YORK + 2 * DAY
    async with db.writing() as session:
        await choose(session, cast.ana, Topic.CHECK_INS, now=SUNDAY)
        await plan(session)
        await choose(session, cast.ana, now=wednesday)
        [due] = await session.scalars(select(Occurrence.due_at).where(Occurrence.person_id == cast.ana.id))
        assert due == wednesday


async def test_a_prompt_on_its_way_is_not_sent(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await plan(session)
        await check_in_rounds.hand_over_some(session, now=NINE_IN_NEW_YORK)
        owed = list(await session.scalars(select(Outbox.subject).where(Outbox.kind == check_in_rounds.PROMPT)))
        [hers] = await session.scalars(select(Occurrence.id).where(Occurrence.person_id == cast.ana.id))
        assert hers in await check_in_messages.load_prompts(session, owed, NINE_IN_NEW_YORK)
        await choose(session, cast.ana, Topic.CHECK_INS, now=NINE_IN_NEW_YORK)
        loaded = await check_in_messages.load_prompts(session, owed, NINE_IN_NEW_YORK)
        assert loaded.keys() == set(owed) - {hers}


async def test_a_check_in_switched_off_is_no_line_of_the_list(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await plan(session)
        await check_in_rounds.hand_over_some(session, now=NINE_IN_NEW_YORK)
        for topics, waits in (((), True), ((Topic.CHECK_INS,), False)):
            await choose(session, cast.ana, *topics, now=NINE_IN_NEW_YORK)
            [listed] = await attention.waiting(session, [cast.ana.id], now=NINE_IN_NEW_YORK)
            assert (listed.prompt is not None) == waits


# Reviews


async def send(session: AsyncSession, author: Person, *reviewers: Person) -> Any:
    typed = {
        "milestone": "t3-design-reviews", "did": "Led it.", "impact": "Calm.", "links": "", "done_on": TODAY,
        "amount": "1",
    }  # fmt: skip
    me, named = await rows.acting(session, author), [str(one.slack_id) for one in reviewers]
    return await evidence.submit(session, by=me, typed=typed, reviewers=named, now=NOW, today=TODAY)


async def test_whoever_takes_no_reviews_cannot_be_named(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await choose(session, cast.noor, Topic.REVIEWS)
    with pytest.raises(Refusal, match="Noor Rao takes no new reviews until 16 December") as said:
        async with db.writing() as session:
            await send(session, cast.ana, cast.noor, cast.lea)
    assert said.value.field == "reviewers"
    async with db.writing() as session:
        await choose(session, cast.noor)
        assert (await send(session, cast.ana, cast.noor, cast.lea)).reviews


async def test_open_requests_stay_and_can_be_sent_again(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        sent = await send(session, cast.ana, cast.noor, cast.lea)
        await choose(session, cast.noor, Topic.REVIEWS)
        [listed] = await attention.waiting(session, [cast.noor.id], now=NOW)
        assert len(listed.to_review) == 1
        me = await rows.acting(session, cast.ana)
        typed = {
            "did": "Led two.", "impact": "Calm.", "links": "", "done_on": TODAY, "amount": "2", "milestone": "",
        }  # fmt: skip
        again = await evidence.send_again(
            session, by=me, evidence=sent.id, typed=typed, reviewers=["U0NOOR", "U0LEA"], now=NOW, today=TODAY
        )
        assert again.take == 2


# The manager's week, and reminders


async def test_a_manager_may_do_without_week_and_help(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await rows.check_in(session, cast.ana, manager=cast.mats, help_wanted="An hour of yours.")
        for topics, hears in (((), True), ((Topic.WEEK,), False)):
            await choose(session, cast.mats, *topics)
            for load in (manager_messages.load_weeks, manager_messages.load_help):
                assert bool(await load(session, [cast.mats.id], NOW)) == hears
            [listed] = await attention.waiting(session, [cast.mats.id], now=NOW)
            assert bool(listed.unread) == hears


async def test_without_reminders_a_list_that_only_reminds_does_not_come(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await send(session, cast.ana, cast.noor, cast.lea)
        await nudges.plan_some(session, after=None, since=NOW, now=NOW + 2 * DAY, most=2)
        await attention.bundle(session, [cast.lea.id], now=NOW + 2 * DAY)
        for person in (cast.noor, cast.lea):
            await choose(session, person, Topic.REMINDERS, now=NOW + 2 * DAY)
        lists = set(await session.scalars(select(Outbox.recipient).where(Outbox.kind == attention.BUNDLE)))
        assert lists == {cast.lea.id}, "hers carries an ask"
        await nudges.plan_some(session, after=None, since=NOW, now=NOW + 3 * DAY, most=2)
        lists = set(await session.scalars(select(Outbox.recipient).where(Outbox.kind == attention.BUNDLE)))
        assert lists == {cast.lea.id}

"""Who is reminded, when, and how often at most, on both engines."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.delivery import bundles
from bot.delivery.message import Later
from bot.models.assessments import SelfAssessment
from bot.models.attention import Less
from bot.models.framework import Release
from bot.models.messages import Occurrence, Outbox
from bot.models.people import Absence, Person
from bot.rules.features import ALL
from bot.services import attention, check_in_rounds, nudges
from tests.support import rows
from tests.support.rows import NOW, TODAY, Cast

DAY = timedelta(days=1)
THURSDAY, TUESDAY = (NOW + n * DAY for n in (3, 8))  # nine in Paris; the third and sixth working day after Monday
FORTNIGHT = 14 * DAY


@pytest.fixture
async def cast(db: Database, framework_text: str) -> Cast:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        return await rows.cast(session)


async def asked(session: AsyncSession, who: Person, *, at: datetime = NOW, state: str = "told", slot: int = 0) -> None:
    """A prompt of this round."""
    session.add(
        Occurrence(
            kind=check_in_rounds.KIND, person_id=who.id, on_date=TODAY, slot=slot, due_at=at,
            expires_at=NOW + FORTNIGHT, state=state,
        )
    )  # fmt: skip
    await session.flush()


async def to_review(session: AsyncSession, who: Person, of: Person, **more: object) -> None:
    await rows.review(session, await rows.evidence(session, of, **more), who)


async def plan(
    session: AsyncSession,
    *,
    until: datetime = NOW + FORTNIGHT,
    most: int = 2,
    features: Collection[str] = ALL,
    limit: int = nudges.PAGE,
) -> None:
    """The job, twice a day from Monday morning on."""
    now = since = NOW
    while now <= until:
        after = await nudges.plan_some(
            session, after=None, since=since, now=now, most=most, features=features, limit=limit
        )
        while after is not None:
            after = await nudges.plan_some(
                session, after=after, since=since, now=now, most=most, features=features, limit=limit
            )
        since, now = now, now + timedelta(hours=12)


async def listed(session: AsyncSession, who: Person) -> list[datetime]:
    """When lists are owed to somebody."""
    found = await session.scalars(
        select(Outbox.not_before)
        .where(Outbox.kind == attention.BUNDLE, Outbox.recipient == who.id, Outbox.state != "skipped")
        .order_by(Outbox.not_before)
    )
    return list(found)


async def test_an_unanswered_prompt_is_named_twice_then_never_again(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await asked(session, cast.lea)
        await plan(session)
        assert await listed(session, cast.lea) == [THURSDAY, TUESDAY]


async def test_an_answer_ends_it(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await asked(session, cast.lea)
        await plan(session, until=NOW + 4 * DAY)
        await rows.check_in(session, cast.lea, answer="skipped")
        await plan(session)
        assert await listed(session, cast.lea) == [THURSDAY]


async def test_a_request_to_review_is_named_twice_until_the_verdict_is_in(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await to_review(session, cast.lea, cast.ana)
        await to_review(session, cast.mats, cast.ana, state="accepted")
        await plan(session)
        assert await listed(session, cast.lea) == [THURSDAY, TUESDAY]
        assert await listed(session, cast.mats) == []


async def test_both_causes_are_one_list_a_morning(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await asked(session, cast.lea)
        await to_review(session, cast.lea, cast.ana)
        await plan(session)
        assert await listed(session, cast.lea) == [THURSDAY, TUESDAY]


async def test_seven_days_have_two_reminders_at_most(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        for day in range(5):
            await to_review(session, cast.lea, cast.ana, submitted_at=NOW + day * DAY)
        await plan(session, most=2)
        lists = await listed(session, cast.lea)
        assert lists == [THURSDAY, THURSDAY + DAY, THURSDAY + 7 * DAY, THURSDAY + 8 * DAY]


@pytest.mark.parametrize(("most", "days"), [(1, [3, 10]), (7, [3, 4, 7, 8, 9, 10, 11, 14])])
async def test_the_limit_is_a_setting(db: Database, cast: Cast, most: int, days: list[int]) -> None:
    async with db.writing() as session:
        for day in range(5):
            await to_review(session, cast.lea, cast.ana, submitted_at=NOW + day * DAY)
        await plan(session, most=most)
        assert await listed(session, cast.lea) == [NOW + day * DAY for day in days]


async def test_lists_that_carry_an_ask_are_not_counted(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        for day in range(3):
            await attention.bundle(session, [cast.lea.id], now=NOW + day * DAY)
        await asked(session, cast.lea)
        await plan(session)
        assert await listed(session, cast.lea) == [NOW + DAY, NOW + 2 * DAY, THURSDAY, TUESDAY]


async def test_a_list_that_only_reminds_ends_with_its_day_unless_an_ask_joins_it(db: Database, cast: Cast) -> None:
    ends = select(Outbox.expires_at).where(Outbox.recipient == cast.lea.id)
    async with db.writing() as session:
        await asked(session, cast.lea)
        await plan(session, until=NOW + 2 * DAY)
        assert await session.scalar(ends) == datetime(2026, 11, 19, 23, tzinfo=UTC)
        await attention.bundle(session, [cast.lea.id], now=NOW + 2 * DAY)
        assert await session.scalar(ends) is None
        assert await listed(session, cast.lea) == [THURSDAY]


async def test_leave_does_not_count(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await asked(session, cast.lea)
        session.add(Absence(person_id=cast.lea.id, from_on=date(2026, 11, 18), until_on=date(2026, 11, 24)))
        await session.flush()
        await plan(session)
        assert await listed(session, cast.lea) == [NOW + 9 * DAY]


async def test_a_prompt_put_off_counts_from_when_it_comes_again(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await asked(session, cast.lea)
        await asked(session, cast.lea, at=NOW + DAY, state="planned", slot=1)
        await plan(session)
        assert await listed(session, cast.lea) == [THURSDAY + DAY, TUESDAY + DAY]


@pytest.mark.parametrize("what", ["reminders", "check-ins"])
async def test_who_wants_none_is_not_reminded(db: Database, cast: Cast, what: str) -> None:
    async with db.writing() as session:
        session.add(Less(person_id=cast.lea.id, what=what, since_on=TODAY))
        await asked(session, cast.lea)
        await plan(session)
        assert await listed(session, cast.lea) == []


async def test_who_has_left_or_is_a_guest_is_not_reminded(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        for person in (cast.lea, cast.noor):
            await asked(session, person)
        await session.execute(update(Person).where(Person.id == cast.lea.id).values(is_active=False))
        await session.execute(update(Person).where(Person.id == cast.noor.id).values(is_guest=True))
        await plan(session)
        assert await listed(session, cast.lea) == await listed(session, cast.noor) == []


async def test_a_feature_that_is_off_reminds_nobody(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await asked(session, cast.lea)
        await to_review(session, cast.noor, cast.ana)
        await plan(session, features={"home"})
        assert await listed(session, cast.lea) == await listed(session, cast.noor) == []
        await plan(session, features={"evidence"})
        assert await listed(session, cast.lea) == []
        assert len(await listed(session, cast.noor)) == 2


async def test_a_feature_that_is_off_has_no_line(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        await asked(session, cast.lea)
        await to_review(session, cast.lea, cast.ana)
        await rows.evidence(session, cast.lea, state="changes asked")
        for features, shown in ((ALL, (True, True)), ({"check_ins"}, (True, False)), ({"evidence"}, (False, True))):
            loaded = (await bundles.load(session, [cast.lea.id], NOW, features=features))[cast.lea.id]
            assert not isinstance(loaded, Later)
            assert (loaded.prompt is not None, bool(loaded.to_review)) == shown
        assert await bundles.load(session, [cast.lea.id], NOW, features={"home"}) == {}


async def test_pages_make_no_difference(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        for person in (cast.ana, cast.mats, cast.noor, cast.lea):
            await asked(session, person)
        await plan(session, limit=1)
        for person in (cast.ana, cast.mats, cast.noor, cast.lea):
            assert len(await listed(session, person)) == 2


async def test_a_list_waits_for_whoever_went_away_and_comes_once(db: Database, cast: Cast) -> None:
    friday = THURSDAY + DAY
    async with db.writing() as session:
        await asked(session, cast.lea)
        session.add(Absence(person_id=cast.lea.id, from_on=date(2026, 11, 19), until_on=date(2026, 11, 20)))
        await session.flush()
        assert await bundles.load(session, [cast.lea.id], THURSDAY) == {cast.lea.id: Later(friday)}
        row = attention.listed(cast.lea.id, (await rows.acting(session, cast.lea)).schedule, at=friday)
        session.add(Outbox(**{**row, "state": "sent"}))
        await session.flush()
        assert await bundles.load(session, [cast.lea.id], friday) == {}


async def test_a_view_that_somebody_asks_for_is_named_once_then_never_again(db: Database, cast: Cast) -> None:
    async with db.writing() as session:
        for state, rater in (("asked", cast.mats), ("rated", cast.lea)):
            session.add(
                SelfAssessment(
                    person_id=cast.ana.id, track="technical", level="T3", is_own_track=True, wording="{}", state=state,
                    changed_at=NOW, rater_id=rater.id, asked_at=NOW,
                )
            )  # fmt: skip
        await session.flush()
        await plan(session)
        assert await listed(session, cast.mats) == [NOW + 7 * DAY]
        assert await listed(session, cast.lea) == []

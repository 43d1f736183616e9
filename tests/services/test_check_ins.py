"""What a person can do with their check-in, on both engines."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models.check_ins import CheckIn, MilestoneProgress
from bot.models.framework import Release
from bot.models.messages import Occurrence, Outbox
from bot.models.people import Person as PersonRow
from bot.models.people import ReportingLine
from bot.rules import check_ins as rules
from bot.rules.check_ins import Answer, Moved, Words
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import check_in_prompts, check_ins, people
from tests.support import rows

ROUND = date(2026, 11, 16)
NEXT = date(2026, 11, 30)
MONDAY = datetime(2026, 11, 16, 14, 0, tzinfo=UTC)  # 09:00 in New York, where Ana is
EVENING = datetime(2026, 11, 16, 21, 0, tzinfo=UTC)
WORDS = Words(win="Shipped it.", obstacle="Flaky tests.", moved={"t3-design-reviews": Moved.FORWARD})
TOO_LONG = {name: Words(**{name: "x" * 3001}) for name in rules.WRITTEN}  # type: ignore[arg-type]
NOT_OPEN = "That prompt is from a while ago"


async def ana(session: AsyncSession, framework_text: str) -> Person:
    return (await company(session, framework_text))["ana"]


async def company(session: AsyncSession, framework_text: str) -> dict[str, Person]:
    """Everybody of the cast as the services know them, with a framework in force."""
    session.add(Release(version="1.0.0", source=framework_text, loaded_at=rows.NOW))
    cast = await rows.cast(session)
    return {name: await rows.acting(session, row) for name, row in vars(cast).items()}


async def prompt(session: AsyncSession, of: Person, *, state: str = "told", slot: int = 0) -> UUID:
    row = Occurrence(
        kind="check-in", person_id=of.id, on_date=ROUND, slot=slot, due_at=MONDAY, state=state,
        expires_at=datetime(2026, 11, 30, 5, 0, tzinfo=UTC),
    )  # fmt: skip
    session.add(row)
    await session.flush()
    return row.id


async def owed(session: AsyncSession) -> list[tuple[str, UUID]]:
    return [(row.kind, row.subject) for row in await session.execute(select(Outbox.kind, Outbox.subject))]


async def test_the_form_shows_the_round_the_focus_and_who_will_read_it(db: Database, framework_text: str) -> None:
    async with db.writing() as session:
        cast = await company(session, framework_text)
        form = await check_ins.open_form(session, by=cast["ana"], today=date(2026, 11, 20))
    assert (form.round_on, form.next_on, form.given, form.reader) == (ROUND, NEXT, None, "Mats Berg")
    assert form.level is not None
    assert form.level.key == "T3"
    assert [one.milestone.key for one in form.focus] == [
        "t3-design-reviews", "t3-root-causes", "t3-mentoring-sessions",
    ]  # fmt: skip


async def test_the_form_shows_what_was_given_and_accepted_evidence(db: Database, framework_text: str) -> None:
    async with db.writing() as session:
        me = await ana(session, framework_text)
        row = await session.get_one(PersonRow, me.id)
        await rows.evidence(session, row, state="accepted", amount=4, done_on=date(2026, 5, 4))
        await check_ins.submit(session, by=me, round_on=ROUND, words=WORDS, now=MONDAY)
        form = await check_ins.open_form(session, by=me, today=ROUND)
    assert form.given is not None
    assert (form.given.words, form.given.edited_at) == (WORDS, None)
    assert (form.focus[0].milestone.key, form.focus[0].reached) == ("t3-design-reviews", Decimal(4))


async def test_whoever_is_not_enrolled_has_no_check_in(db: Database, framework_text: str) -> None:
    async with db.writing() as session:
        tom = (await company(session, framework_text))["tom"]
        occurrence = await prompt(session, tom)
        with pytest.raises(Refusal, match="not enrolled"):
            await check_ins.open_form(session, by=tom, today=ROUND)
        with pytest.raises(Refusal, match="not enrolled"):
            await check_ins.submit(session, by=tom, round_on=ROUND, words=WORDS, now=MONDAY)
        with pytest.raises(Refusal, match="not enrolled"):
            await check_ins.skip(session, by=tom, occurrence=occurrence, now=MONDAY)


async def test_without_a_framework_there_is_a_sentence(db: Database) -> None:
    async with db.writing() as session:
        me = await rows.acting(session, (await rows.cast(session)).ana)
        with pytest.raises(Refusal, match="has not been loaded yet"):
            await check_ins.open_form(session, by=me, today=ROUND)


async def test_a_check_in_can_be_changed_until_the_next_round(db: Database, framework_text: str) -> None:
    last_minute = datetime(2026, 11, 30, 4, 59, tzinfo=UTC)
    changed = Words(win="", help_wanted="A second pair of eyes.", is_private=True)
    async with db.writing() as session:
        me = await ana(session, framework_text)
        sent = await prompt(session, me)
        first = await check_ins.submit(session, by=me, round_on=ROUND, words=WORDS, now=MONDAY)
        then = await check_ins.submit(session, by=me, round_on=ROUND, words=changed, now=last_minute)
        found = await check_ins.given(session, by=me, round_on=ROUND)
        with pytest.raises(Refusal, match="A newer round has begun"):
            await check_ins.submit(session, by=me, round_on=ROUND, words=WORDS, now=last_minute + timedelta(minutes=1))
        assert await session.scalar(select(func.count()).select_from(MilestoneProgress)) == 0
        assert await owed(session) == [(check_ins.PROMPT_AGAIN, sent)] * 2
    assert found is not None
    assert (found.words, found.submitted_at, found.edited_at) == (changed, MONDAY, last_minute)
    assert (then.check_in, first.check_in.id, first.check_in.edited_at) == (found, found.id, None)


async def test_an_edit_is_read_by_whoever_the_form_names_now(db: Database, framework_text: str) -> None:
    async with db.writing() as session:
        cast = await company(session, framework_text)
        await check_ins.submit(session, by=cast["ana"], round_on=ROUND, words=WORDS, now=MONDAY)
        await session.execute(update(ReportingLine).values(manager_id=cast["lea"].id))
        me = (await people.by_id(session, [cast["ana"].id], on=rows.TODAY))[cast["ana"].id]
        await check_ins.submit(session, by=me, round_on=ROUND, words=Words(win="For Lea."), now=EVENING)
        assert await check_ins.history(session, by=cast["mats"], of=me) == []
        assert [one.words.win for one in await check_ins.history(session, by=cast["lea"], of=me)] == ["For Lea."]


@pytest.mark.parametrize("field", TOO_LONG)
async def test_words_that_are_too_long_leave_nothing_behind(db: Database, framework_text: str, field: str) -> None:
    async with db.writing() as session:
        me = await ana(session, framework_text)
        with pytest.raises(Refusal) as refused:
            await check_ins.submit(session, by=me, round_on=ROUND, words=TOO_LONG[field], now=MONDAY)
        assert refused.value.field == field
        assert await check_ins.given(session, by=me, round_on=ROUND) is None


async def test_a_milestone_that_does_not_exist_is_refused(db: Database, framework_text: str) -> None:
    words = Words(win="a", moved={"t9-invented": Moved.FORWARD})
    async with db.writing() as session:
        me = await ana(session, framework_text)
        with pytest.raises(Refusal, match="framework has changed"):
            await check_ins.submit(session, by=me, round_on=ROUND, words=words, now=MONDAY)
        assert await check_ins.given(session, by=me, round_on=ROUND) is None


@pytest.mark.parametrize(
    "text",
    ["<!channel>", "'; DROP TABLE users;--", "%s %n {0.__class__} ${x} {{7*7}}", "👩‍👩‍👧‍👦" * 400, "\u202eevil", "="],
)
async def test_words_come_back_as_they_were_written(db: Database, framework_text: str, text: str) -> None:
    async with db.writing() as session:
        me = await ana(session, framework_text)
        await check_ins.submit(session, by=me, round_on=ROUND, words=Words(obstacle=text), now=MONDAY)
    async with db.reading() as session:
        found = await check_ins.given(session, by=me, round_on=ROUND)
    assert found is not None
    assert found.words.obstacle == text


async def test_nothing_new_and_skip_never_replace_words(db: Database, framework_text: str) -> None:
    async with db.writing() as session:
        me = await ana(session, framework_text)
        occurrence = await prompt(session, me)
        await check_ins.submit(session, by=me, round_on=ROUND, words=WORDS, now=MONDAY)
        await check_ins.nothing_new(session, by=me, occurrence=occurrence, now=EVENING)
        await check_ins.skip(session, by=me, occurrence=occurrence, now=EVENING)
        found = await check_ins.given(session, by=me, round_on=ROUND)
    assert found is not None
    assert (found.answer, found.words) == (Answer.ANSWERED, WORDS)


@pytest.mark.parametrize("answer", [Answer.NOTHING_NEW, Answer.SKIPPED])
async def test_one_press_is_an_answer_that_words_may_follow(db: Database, framework_text: str, answer: Answer) -> None:
    press = {Answer.NOTHING_NEW: check_ins.nothing_new, Answer.SKIPPED: check_ins.skip}[answer]
    async with db.writing() as session:
        me = await ana(session, framework_text)
        occurrence = await prompt(session, me)
        await press(session, by=me, occurrence=occurrence, now=MONDAY)
        pressed = await check_ins.given(session, by=me, round_on=ROUND)
        [drawn] = await check_in_prompts.load(session, [occurrence], now=MONDAY)
        await check_ins.submit(session, by=me, round_on=ROUND, words=WORDS, now=EVENING)
        written = await check_ins.given(session, by=me, round_on=ROUND)
    assert pressed is not None
    assert written is not None
    assert (pressed.answer, drawn.answer, written.answer) == (answer, answer, Answer.ANSWERED)


async def test_a_closed_round_takes_no_answer(db: Database, framework_text: str) -> None:
    async with db.writing() as session:
        me = await ana(session, framework_text)
        occurrence = await prompt(session, me)
        with pytest.raises(Refusal, match="A newer round has begun"):
            await check_ins.nothing_new(session, by=me, occurrence=occurrence, now=MONDAY + timedelta(days=14))
        with pytest.raises(Refusal, match="A newer round has begun"):
            await check_ins.open_form(session, by=me, today=NEXT, round_on=ROUND)
        assert await session.scalar(select(func.count()).select_from(CheckIn)) == 0


PUT_OFF = {
    "later": (MONDAY, False, "2026-11-16T17:00Z"),
    "tomorrow": (MONDAY, True, "2026-11-17T14:00Z"),
    "late in the day means the next morning": (EVENING, False, "2026-11-17T14:00Z"),
    "tomorrow after Friday": (datetime(2026, 11, 20, 15, 0, tzinfo=UTC), True, "2026-11-23T14:00Z"),
}


@pytest.mark.parametrize("name", PUT_OFF)
async def test_a_prompt_can_be_put_off(db: Database, framework_text: str, name: str) -> None:
    now, is_tomorrow, expected = PUT_OFF[name]
    moment = datetime.fromisoformat(expected)
    async with db.writing() as session:
        me = await ana(session, framework_text)
        first = await prompt(session, me)
        assert await check_ins.put_off(session, by=me, occurrence=first, is_tomorrow=is_tomorrow, now=now) == moment
        again = (await session.scalars(select(Occurrence).where(Occurrence.slot == 1))).one()
        [drawn] = await check_in_prompts.load(session, [first], now=now)
        assert await owed(session) == [(check_ins.PROMPT_AGAIN, first)]
    assert (again.due_at, again.on_date, again.state, drawn.again_at) == (moment, ROUND, "planned", moment)


async def test_a_prompt_is_put_off_once_and_five_times_in_all(db: Database, framework_text: str) -> None:
    async with db.writing() as session:
        me = await ana(session, framework_text)
        first = await prompt(session, me)
        await check_ins.put_off(session, by=me, occurrence=first, is_tomorrow=True, now=MONDAY)
        with pytest.raises(Refusal, match="put this prompt off already"):
            await check_ins.put_off(session, by=me, occurrence=first, is_tomorrow=False, now=MONDAY)
        last = await prompt(session, me, slot=5)
        with pytest.raises(Refusal, match="put off a few times now"):
            await check_ins.put_off(session, by=me, occurrence=last, is_tomorrow=False, now=MONDAY)
        [drawn] = await check_in_prompts.load(session, [last], now=MONDAY)
    assert not drawn.can_put_off


async def test_a_prompt_is_not_put_off_into_the_next_round(db: Database, framework_text: str) -> None:
    friday = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    async with db.writing() as session:
        me = await ana(session, framework_text)
        occurrence = await prompt(session, me)
        with pytest.raises(Refusal, match="The next round begins before that"):
            await check_ins.put_off(session, by=me, occurrence=occurrence, is_tomorrow=True, now=friday)


async def test_somebody_elses_prompt_and_one_that_is_gone_are_refused_alike(db: Database, framework_text: str) -> None:
    async with db.writing() as session:
        cast = await company(session, framework_text)
        hers, gone, me = await prompt(session, cast["ana"]), uuid4(), cast["noor"]
        for occurrence in (hers, gone):
            with pytest.raises(Refusal, match=NOT_OPEN):
                await check_ins.prompt_of(session, by=me, occurrence=occurrence)
            with pytest.raises(Refusal, match=NOT_OPEN):
                await check_ins.nothing_new(session, by=me, occurrence=occurrence, now=MONDAY)
            with pytest.raises(Refusal, match=NOT_OPEN):
                await check_ins.skip(session, by=me, occurrence=occurrence, now=MONDAY)
            with pytest.raises(Refusal, match=NOT_OPEN):
                await check_ins.put_off(session, by=me, occurrence=occurrence, is_tomorrow=True, now=MONDAY)
        assert await session.scalar(select(func.count()).select_from(CheckIn)) == 0
        assert await owed(session) == []


async def test_history_is_what_one_may_read(db: Database, framework_text: str) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        weeks = [ROUND - timedelta(days=14 * n) for n in range(16)]
        for number, round_on in enumerate(weeks):
            manager = cast.mats if number >= 13 else cast.lea  # Mats was her manager in the three oldest rounds
            is_private = number % 4 == 0
            await rows.check_in(
                session, cast.ana, manager=manager, round_on=round_on, win=str(number), is_private=is_private
            )
        seen = {}
        of = await rows.acting(session, cast.ana)
        for name, row in vars(cast).items():
            found = await check_ins.history(session, by=await rows.acting(session, row), of=of, limit=12)
            seen[name] = [int(one.words.win) for one in found]
    assert seen == {
        "ana": list(range(12)),
        "mats": [13, 14, 15],
        "lea": [1, 2, 3, 5, 6, 7, 9, 10, 11],
        "noor": [],
        "tom": [],
    }

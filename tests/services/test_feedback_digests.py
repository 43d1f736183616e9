"""What readers do with a cycle that was opened: who sees what of it, and folding away by two."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot import sealing
from bot.database import Database
from bot.models.people import RoleGrant
from bot.models.program_feedback import FeedbackCycle, FeedbackRelease, FeedbackTable
from bot.rules import feedback_digests as rules
from bot.rules import feedback_figures
from bot.rules.feedback_digests import PAGE, Figure
from bot.rules.feedback_figures import Given
from bot.rules.feedback_threads import Replies
from bot.rules.people import Role
from bot.rules.refusal import Refusal
from bot.services import feedback_digests, feedback_threads
from tests.support import rows
from tests.support.rows import LONG_AGO, TODAY, Cast

OLDER, NEWER = "1" * 32, "2" * 32
RECEIPT = sealing.new_receipt()


def slot(number: int) -> str:
    return f"{number:032x}"


async def opened(
    session: AsyncSession, cycle_id: str, *, weeks_ago: int = 0, choice: tuple[int, ...], texts: int = 0
) -> None:
    """A cycle as a release leaves it: five or more answered, and some of them wrote."""
    closes = TODAY - timedelta(weeks=weeks_ago)
    session.add(
        FeedbackCycle(id=cycle_id, pepper_check=b"", k=5, k_text=5, dimension=None, pubkey=b"",
                      opens=closes - timedelta(weeks=6), closes=closes, window=1, is_steward=False, state="released")
    )  # fmt: skip
    given = [Given({"choice": rating, "standing": 4}) for rating in choice]
    table = feedback_figures.table(given, k=5, dimension=None)
    session.add(FeedbackTable(cycle_id=cycle_id, payload=json.dumps(table)))
    for number in range(texts):
        public = sealing.thread_key(RECEIPT if number == 0 else sealing.new_receipt(), "text1")[1]
        said = {"text": f"Words {number}", "thread": sealing.printed(public)}
        place = bytes.fromhex(slot(number))
        session.add(FeedbackRelease(cycle_id=cycle_id, slot=place, field="text1", value=json.dumps(said)))
    await session.flush()


async def readers(session: AsyncSession) -> tuple[Cast, Any, Any, Any]:
    """Lea and Noor read what is released; Mats does not."""
    cast = await rows.cast(session)
    session.add(RoleGrant(person_id=cast.noor.id, role=Role.OWNER.value, from_on=LONG_AGO))
    await session.flush()
    lea, noor, mats = [await rows.acting(session, one) for one in (cast.lea, cast.noor, cast.mats)]
    return cast, lea, noor, mats


async def texts(session: AsyncSession, by: Any, cycle_id: str = NEWER, number: int = 0) -> list[str]:
    shown = await feedback_digests.page(session, by=by, cycle_id=cycle_id, number=number, on=TODAY)
    return [one.text for one in shown.texts]


def test_figures_are_read_as_they_were_written() -> None:
    given = [Given({"choice": 5 - n % 3, "standing": 4}, "it" if n < 7 else "hr") for n in range(12)]
    table = rules.read(feedback_figures.table(given, k=5, dimension="track"))
    assert table.items == {"choice": Figure("10-14", 4.0, 70)}
    assert table.withheld["standing"] == "alike"
    assert table.withheld["failure"] == "few"
    assert {key: group.people for key, group in table.groups.items()} == {"it": "5-9", "hr": "5-9"}
    assert rules.moved(table.items, {"choice": Figure("5-9", 3.7, 50)}) == {"choice": 0.3}
    assert rules.moved(table.items, {"standing": Figure("5-9", 3.7, 50)}) == {}


async def test_readers_see_the_newest_cycle_beside_the_one_before(db: Database) -> None:
    async with db.writing() as session:
        _, lea, _, _ = await readers(session)
        assert await feedback_digests.digest(session, by=lea, cycle_id=None, on=TODAY) == (None, [])
        assert await feedback_digests.public(session) is None
        await opened(session, OLDER, weeks_ago=6, choice=(3, 2, 2, 3, 1))
        await opened(session, NEWER, choice=(5, 4, 3, 5, 4, 3), texts=6)
        found, cycles = await feedback_digests.digest(session, by=lea, cycle_id=None, on=TODAY)
        assert found is not None
        assert [one.id for one in cycles] == [NEWER, OLDER]
        assert (found.cycle.id, found.texts, found.folded, found.waiting) == (NEWER, 6, 0, 0)
        assert found.before is not None
        assert rules.moved(found.table.items, found.before.items) == {"choice": 1.8}
        earlier, _ = await feedback_digests.digest(session, by=lea, cycle_id=OLDER, on=TODAY)
        assert earlier is not None
        assert (earlier.before, earlier.texts) == (None, 0)
        public = await feedback_digests.public(session)
        assert public is not None
        assert (public.people, set(public.items), public.before["choice"].mean) == ("5-9", {"choice"}, 2.2)
        assert list(await feedback_digests.load(session, [found.cycle.subject])) == [found.cycle.subject]


async def test_nobody_but_readers_opens_figures_or_words(db: Database) -> None:
    async with db.writing() as session:
        cast, _, _, mats = await readers(session)
        session.add(RoleGrant(person_id=cast.ana.id, role=Role.OWNER.value, from_on=LONG_AGO, scope="country:US"))
        await opened(session, NEWER, choice=(5, 4, 3, 5, 4), texts=1)
        ana, one = await rows.acting(session, cast.ana), dict[str, Any](cycle_id=NEWER, on=TODAY)
        for stranger in (mats, ana):
            for act in (
                feedback_digests.digest(session, by=stranger, **one),
                feedback_digests.page(session, by=stranger, number=0, **one),
                feedback_digests.text(session, by=stranger, slot=slot(0), **one),
                feedback_digests.fold(session, by=stranger, slot=slot(0), **one),
                feedback_digests.leave_open(session, by=stranger, slot=slot(0), **one),
            ):
                with pytest.raises(Refusal, match="not open to you"):
                    await act


async def test_nothing_of_a_cycle_that_is_open_or_over_is_there(db: Database) -> None:
    async with db.writing() as session:
        _, lea, _, _ = await readers(session)
        await opened(session, NEWER, choice=(5, 4, 3, 5, 4), texts=1)
        row = await session.get_one(FeedbackCycle, NEWER)
        for state in ("open", "destroyed"):
            row.state = state
            await session.flush()
            assert await feedback_digests.digest(session, by=lea, cycle_id=None, on=TODAY) == (None, [])
            with pytest.raises(Refusal):
                await texts(session, lea)


async def test_it_takes_two_readers_to_fold_words_away(db: Database) -> None:
    async with db.writing() as session:
        _, lea, noor, _ = await readers(session)
        await opened(session, NEWER, choice=(5, 4, 3, 5, 4), texts=3)
        one: dict[str, Any] = {"cycle_id": NEWER, "slot": slot(1), "on": TODAY}
        await feedback_digests.fold(session, by=lea, **one)
        with pytest.raises(Refusal, match="another reader"):
            await feedback_digests.fold(session, by=lea, **one)
        asked = [(await feedback_digests.text(session, by=who, **one)).asked_by_me for who in (lea, noor)]
        assert asked == [True, False]
        await feedback_digests.leave_open(session, by=noor, **one)
        assert (await feedback_digests.text(session, by=noor, **one)).asked_by_me is None
        await feedback_digests.fold(session, by=noor, **one)
        await feedback_digests.fold(session, by=lea, **one)
        assert await texts(session, lea) == ["Words 0", "Words 2"]
        for act in (feedback_digests.text, feedback_digests.leave_open, feedback_digests.fold):
            with pytest.raises(Refusal, match="no longer there"):
                await act(session, by=lea, **one)
        public = await feedback_digests.public(session)
        assert public is not None
        assert public.folded == 1


async def test_authors_who_have_replied_come_first(db: Database) -> None:
    async with db.writing() as session:
        _, lea, _, _ = await readers(session)
        await opened(session, NEWER, choice=(5, 4, 3, 5, 4), texts=PAGE + 2)
        assert await texts(session, lea) == [f"Words {n}" for n in range(PAGE)]
        assert await texts(session, lea, number=9) == [f"Words {n}" for n in range(PAGE, PAGE + 2)]
        last = bytes.fromhex(slot(0))
        await feedback_threads.reply_as_reader(session, by=lea, cycle_id=NEWER, slot=last, words="Why?", today=TODAY)
        (first,) = (await feedback_digests.page(session, by=lea, cycle_id=NEWER, number=0, on=TODAY)).texts[:1]
        assert (len(first.said), first.waits) == (1, False)
        await feedback_threads.reply(session, RECEIPT, Replies({"text1": "Because."}, {}))
        assert not (await feedback_digests.text(session, by=lea, cycle_id=NEWER, slot=slot(0), on=TODAY)).waits
        await feedback_threads.release_held(session)
        shown = await feedback_digests.page(session, by=lea, cycle_id=NEWER, number=0, on=TODAY)
        assert (shown.texts[0].text, shown.texts[0].waits) == ("Words 0", True)
        found, _ = await feedback_digests.digest(session, by=lea, cycle_id=None, on=TODAY)
        assert found is not None
        assert found.waiting == 1

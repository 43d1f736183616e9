"""Who reads feedback, what is left of it when somebody goes, and what others may read through it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models.feedback import FeedbackAsk, FeedbackRequest
from bot.models.messages import Outbox
from bot.models.people import Person
from bot.rules import feedback_asks as ask_rules
from bot.rules.feedback import Readers, Words
from bot.rules.refusal import Refusal
from bot.services import feedback, feedback_asks, feedback_requests, keeping
from tests.support import rows
from tests.support.rows import NOW, TODAY

WORDS = Words("You led the review.", "Fewer surprises.")
LONG_AGO = date(2026, 1, 1)


async def gives(
    session: AsyncSession, giver: Person, receiver: Person, *, readers: Readers = Readers.PERSON, **more: Any
) -> UUID:
    by = await rows.acting(session, giver)
    given = {"words": WORDS, "competency": "", "request": None, "now": NOW, "today": TODAY, **more}
    return (await feedback.give(session, by=by, to=receiver.id, readers=readers, **given)).id


async def can_read(session: AsyncSession, who: Person, found: UUID) -> bool:
    try:
        await feedback.read(session, by=await rows.acting(session, who), feedback=found, now=NOW)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize("readers", Readers)
async def test_who_reads_it_before_and_after_the_person_has(db: Database, readers: Readers) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        given = await gives(session, cast.noor, cast.ana, readers=readers)
        everybody = {"mats": cast.mats, "lea": cast.lea, "tom": cast.tom, "noor": cast.noor}
        before = {name for name, who in everybody.items() if await can_read(session, who, given)}
        assert before == {"noor"}
        assert await can_read(session, cast.ana, given)
        after = {name for name, who in everybody.items() if await can_read(session, who, given)}
        assert after == ({"noor", "mats"} if readers is Readers.MANAGER else {"noor"})


async def test_a_manager_reads_only_what_givers_let_them_and_themes_are_all_of_ones_own(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        shared = await gives(session, cast.noor, cast.ana, readers=Readers.MANAGER)
        alone = await gives(session, cast.lea, cast.ana)
        await gives(session, cast.tom, cast.ana, readers=Readers.MANAGER)  # not read yet
        for one in (shared, alone):
            await can_read(session, cast.ana, one)
        ana, mats, lea = [await rows.acting(session, who) for who in (cast.ana, cast.mats, cast.lea)]
        own = await feedback.readable(session, by=ana, of=ana.id, since=LONG_AGO)
        theirs = await feedback.readable(session, by=mats, of=ana.id, since=LONG_AGO)
        themes = await feedback.themes(session, person_id=ana.id, since=LONG_AGO)
        assert {one.id for one in own} == {one.id for one in themes} == {shared, alone}
        assert [one.id for one in theirs] == [shared]
        assert [one.id for one in await feedback.readable(session, by=lea, of=ana.id, since=LONG_AGO)] == [alone]
        assert await feedback.themes(session, person_id=ana.id, since=TODAY + timedelta(days=1)) == []


async def test_however_much_was_written_all_of_it_can_be_reached(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        given = {await gives(session, cast.noor, cast.ana) for _ in range(12)}
        ana = await rows.acting(session, cast.ana)
        first, rest = [await feedback.received(session, by=ana, after=after) for after in (0, 10)]
        assert (len(first), len(rest)) == (11, 2), "one more than a page says that there are more"
        assert {one.id for one in (*first[:10], *rest)} == given


async def test_once_it_is_read_nobody_changes_it(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        given = await gives(session, cast.noor, cast.ana)
        noor, lea = await rows.acting(session, cast.noor), await rows.acting(session, cast.lea)
        with pytest.raises(Refusal, match="not open to you"):
            await feedback.take_back(session, by=lea, feedback=given, now=NOW)
        await can_read(session, cast.ana, given)
        with pytest.raises(Refusal, match="Ana Pérez has read it, so it stays as it is"):
            await feedback.take_back(session, by=noor, feedback=given, now=NOW)
        with pytest.raises(Refusal, match="no question of theirs"):
            await feedback.answer(session, by=noor, feedback=given, answer="Yes.", now=NOW)


async def test_nobody_writes_to_themselves_or_to_somebody_who_has_left(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        cast.tom.is_active = False
        for receiver, sentence in ((cast.noor, "somebody else"), (cast.tom, "not a colleague")):
            with pytest.raises(Refusal, match=sentence):
                await gives(session, cast.noor, receiver)


async def test_what_a_leaver_gave_stays_and_what_the_erased_received_goes(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        given = await gives(session, cast.noor, cast.ana)
        await gives(session, cast.ana, cast.lea)
        exported = await keeping.export(session, await rows.acting(session, cast.noor))
        assert [row["did"] for row in exported["feedback"]] == [WORDS.did]
        await keeping.erase(session, cast.noor.id, now=NOW)
        (found,) = await feedback.received(session, by=await rows.acting(session, cast.ana))
        assert (found.id, found.giver, found.words) == (given, keeping.FORMER, WORDS)
        await keeping.erase(session, cast.lea.id, now=NOW)
        assert await feedback.given(session, by=await rows.acting(session, cast.ana)) == ()


async def asks(session: AsyncSession, asker: Person, *asked: Person) -> list[FeedbackRequest]:
    """The requests, in the order of those who are asked."""
    slack_ids = [str(one.slack_id) for one in asked]
    by = await rows.acting(session, asker)
    more: dict[str, Any] = {"competency": "", "note": "Was I clear?", "now": NOW, "today": TODAY}
    await feedback_asks.ask(session, by=by, asked=slack_ids, **more)
    newest = select(FeedbackAsk.id).where(FeedbackAsk.asker_id == asker.id).order_by(FeedbackAsk.asked_at.desc())
    found = await session.scalars(select(FeedbackRequest).where(FeedbackRequest.ask_id.in_(newest)))
    before = {one.asked_id: one for one in found}
    return [before[one.id] for one in asked]


async def test_a_no_and_silence_are_the_same_to_whoever_asked_even_when_they_take_it_back(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        no, _, third = await asks(session, cast.ana, cast.noor, cast.lea, cast.mats)
        ana, noor, mats = [await rows.acting(session, one) for one in (cast.ana, cast.noor, cast.mats)]
        await feedback_asks.decline(session, by=noor, request=no.id, now=NOW)
        for again in (cast.noor, cast.lea):
            with pytest.raises(Refusal, match="has a request of yours already"):
                await asks(session, cast.ana, again)
        found = await feedback_asks.unanswered(session, by=ana, ask=no.ask_id, now=NOW)
        assert list(found.people) == [cast.lea.id, cast.mats.id, cast.noor.id], "by name"
        with pytest.raises(Refusal, match="not open to you"):
            await feedback_asks.unanswered(session, by=mats, ask=no.ask_id, now=NOW)
        with pytest.raises(Refusal, match="Choose at least one"):
            await feedback_asks.take_back(session, by=ana, ask=no.ask_id, asked=[cast.tom.id], now=NOW)
        for left, who in ((2, cast.noor), (1, cast.lea)):
            await feedback_asks.take_back(session, by=ana, ask=no.ask_id, asked=[who.id], now=NOW)
            (told,) = await feedback_asks.mine(session, by=ana, now=NOW)
            assert (told.asked, told.given, told.waits) == (left, 0, True)
        for is_here, waiting in ((False, {}), (True, {cast.mats.id: 1})):
            cast.ana.is_active = is_here
            await session.flush()
            assert await feedback_requests.counts(session, [cast.lea.id, cast.mats.id], now=NOW) == waiting
        await feedback_asks.decline(session, by=mats, request=third.id, now=NOW)
        over = NOW + ask_rules.ENDS_AFTER
        for _ in range(2):
            await feedback_asks.end_due(session, now=over)
        ended = await session.scalars(select(Outbox.recipient).where(Outbox.kind == feedback_asks.ENDED))
        assert list(ended) == [cast.ana.id], "once, and although everybody left said no"
        with pytest.raises(Refusal, match="Nobody is asked any more"):
            await feedback_asks.unanswered(session, by=ana, ask=no.ask_id, now=over)


async def test_an_export_of_whoever_asked_says_nothing_of_who_did_not_answer(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        ask = FeedbackAsk(asker_id=cast.ana.id, note="Was I clear?", asked_at=NOW, ends_at=NOW + timedelta(days=14))
        session.add(ask)
        await session.flush()
        asked = FeedbackRequest(ask_id=ask.id, asked_id=cast.noor.id, state="open")
        session.add(asked)
        await session.flush()
        noor, ana = await rows.acting(session, cast.noor), await rows.acting(session, cast.ana)
        await feedback_asks.decline(session, by=noor, request=asked.id, now=NOW)
        assert "feedback_request" not in await keeping.export(session, ana)
        theirs = await keeping.export(session, noor)
        assert [row["state"] for row in theirs["feedback_request"]] == ["declined"]
        assert "feedback_ask" not in theirs
        (told,) = await feedback_asks.mine(session, by=ana, now=NOW)
        assert (told.asked, told.given, told.waits) == (1, 0, True)
        assert await feedback_requests.counts(session, [noor.id], now=NOW) == {}

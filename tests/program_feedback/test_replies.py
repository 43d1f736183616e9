"""Replies by receipt: a reader answers words, their author answers back, and neither learns anything else."""

from datetime import timedelta
from typing import Any

import pytest

from bot.models.program_feedback import FeedbackThread
from bot.rules import feedback_threads as rules
from bot.rules.feedback_threads import NOT_OPENED, TRIES, Replies, Said, Side, Verdict
from bot.rules.people import Person
from bot.rules.program_feedback import CycleState
from bot.rules.refusal import Refusal
from bot.sealing import new_receipt
from bot.services import feedback_threads, people, program_feedback
from bot.services import promises as all_promises
from story.stage import Stage
from tests.handlers import acts
from tests.program_feedback import stages
from tests.program_feedback.company import Company, answers
from tests.program_feedback.stages import WRITERS

MORNING = timedelta(days=1)


async def released(company: Company, *texts: str) -> list[str]:
    """As many people as texts have written, and enough others have answered. Returns the receipts."""
    receipts = [await company.sends(who, answers(4, text)) for who, text in zip(company.members, texts, strict=False)]
    for who in company.members[len(texts) : len(texts) + 6]:
        await company.sends(who)
    await company.closes()
    await morning(company)
    return receipts


async def morning(company: Company) -> None:
    """What the daily tick does for conversations."""
    async with company.db.writing() as session:
        await feedback_threads.release_held(session)
        begun, _ = await feedback_threads.to_begin(session, after=None)
        await feedback_threads.begin(session, begun)


async def reader(company: Company, slack_id: str | None = None) -> Person:
    async with company.db.reading() as session:
        found = await people.by_slack_id(session, [slack_id or company.readers[0]], on=company.today)
    return next(iter(found.values()))


async def answered(company: Company, words: str, *, by: Person | None = None, number: int = 0) -> bytes:
    """A reader answers one released text; returns its thread."""
    by, cycle, text = by or await reader(company), await company.cycle(), (await company.released()).texts[number]
    async with company.db.writing() as session:
        await feedback_threads.reply_as_reader(
            session, by=by, cycle_id=cycle.id, slot=text.slot, words=words, today=company.today
        )
    return feedback_threads.of_text(text.thread)


async def says(company: Company, receipt: str, words: str) -> None:
    async with company.db.writing() as session:
        await feedback_threads.reply(session, receipt, Replies({"text1": words}, {}))


async def seen_by_readers(company: Company, thread: bytes) -> tuple[Said, ...]:
    async with company.db.reading() as session:
        return (await feedback_threads.by_thread(session, [thread])).get(thread, ())


async def test_a_receipt_opens_its_words_and_no_others(company: Company) -> None:
    mine, theirs = await released(company, "Mine.", "Theirs.")
    number = [one.text for one in (await company.released()).texts].index("Mine.")
    await answered(company, "We hear you.", number=number)
    async with company.db.reading() as session:
        (thread,) = (await feedback_threads.opened(session, mine)).threads
        (other,) = (await feedback_threads.opened(session, theirs)).threads
    assert (thread.text, thread.said) == ("Mine.", (Said(Side.READER, "We hear you."),))
    assert (other.text, other.said) == ("Theirs.", ())


async def test_wrong_receipts_and_those_of_another_cycle_get_the_same_words(company: Company) -> None:
    """So does one whose words are still sealed."""
    await released(company, "Old.")
    await company.opens()
    sealed = await company.sends(company.members[0], answers(4, "New."))
    async with company.db.reading() as session:
        for receipt in (new_receipt(), sealed):
            with pytest.raises(Refusal) as refused:
                await feedback_threads.opened(session, receipt)
            assert (refused.value.sentence, refused.value.field) == (NOT_OPENED, rules.RECEIPT)


async def test_an_authors_reply_waits_for_the_morning(company: Company) -> None:
    (receipt,) = await released(company, "Words.")
    thread = await answered(company, "Since when?")
    await says(company, receipt, "Since May.")
    await says(company, receipt, "Since May.")  # as Slack may bring it twice
    await says(company, receipt, "Or June.")
    assert await seen_by_readers(company, thread) == (Said(Side.READER, "Since when?"),)
    async with company.db.reading() as session:
        (own,) = (await feedback_threads.opened(session, receipt)).threads
    assert [(one.words, one.is_held) for one in own.said[1:]] == [("Since May.", True), ("Or June.", True)]
    await answered(company, "Thank you.")
    await morning(company)
    said = await seen_by_readers(company, thread)
    assert [one.words for one in said] == ["Since when?", "Thank you.", "Since May.", "Or June."]


async def test_replies_of_a_morning_come_in_no_order(company: Company) -> None:
    """Twelve authors reply one after the other; the rows that come of it follow a lot that was drawn, not them."""
    receipts = await released(company, *(f"Text {number}" for number in range(12)))
    drawn: list[list[bytes]] = []

    def note(waiting: list[bytes]) -> None:
        drawn.append(list(waiting))
        waiting.reverse()

    for number, receipt in enumerate(receipts):
        await says(company, receipt, f"Reply {number}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feedback_threads.RANDOM, "shuffle", note)
        await morning(company)
    assert [len(one) for one in drawn] == [12]


async def test_only_readers_answer_and_only_words_that_are_there(company: Company) -> None:
    await released(company, "Words.")
    with pytest.raises(Refusal):
        await answered(company, "I am nobody's reader.", by=await reader(company, company.members[0]))
    async with company.db.writing() as session:
        for cycle_id, slot in (("0" * 32, b"0" * 16), ((await company.cycle()).id, b"0" * 16)):
            with pytest.raises(Refusal):
                await feedback_threads.reply_as_reader(
                    session, by=await reader(company), cycle_id=cycle_id, slot=slot, words="x", today=company.today
                )


async def test_a_readers_words_are_sealed_to_the_author_and_nobody_is_named(company: Company) -> None:
    (receipt,) = await released(company, "Words.")
    await answered(company, "Since when?")
    await says(company, receipt, "Since May.")
    async with company.db.reading() as session:
        rows = (await session.execute(FeedbackThread.__table__.select())).all()
    assert [(row.seq, row.side, row.is_held, row.box is not None) for row in sorted(rows, key=lambda row: row.seq)] == [
        (-1, "author", True, False), (0, "author", False, False), (1, "reader", False, True),
    ]  # fmt: skip


async def test_what_was_promised_and_kept_can_be_judged_by_receipt(company: Company) -> None:
    (receipt,) = await released(company, "Words.")
    cycle, by, now = await company.cycle(), await reader(company), stages.nine(company.today)
    given: dict[str, Any] = {"by": by, "channel": None, "now": now}
    async with company.db.writing() as session:
        due = company.today + MORNING
        made = await all_promises.make(
            session,
            said="Waiting is long.",
            did="Two more.",
            due_on=due,
            cycle_id=cycle.id,
            today=company.today,
            **given,
        )
        assert (await feedback_threads.opened(session, receipt)).kept == ()
        await all_promises.keep(session, made.id, did="Two more reviewers.", **given)
    async with company.db.writing() as session:
        (kept,) = (await feedback_threads.opened(session, receipt)).kept
        await feedback_threads.reply(session, receipt, Replies({}, {kept.id: Verdict.PARTLY}))
    await morning(company)
    thread = feedback_threads.of_text((await company.released()).texts[0].thread)
    assert [one.words for one in await seen_by_readers(company, thread)] == ["This fixed it partly. (Waiting is long.)"]


# In Slack


async def test_a_conversation_by_receipt(stage: Stage) -> None:
    ana, ines = stage.person("ana"), stage.person("ines")
    receipt = await stages.sends(ana, text1="The waiting is long.")
    for name in WRITERS[1:]:
        await stages.sends(stage.person(name), choice="4")
    await stages.closes(stage)
    async with stage.db.writing() as session:
        by = (await people.by_slack_id(session, ["U0INES"], on=stage.clock.now().date()))["U0INES"]
        cycle = next(one for one in await program_feedback.cycles(session) if one.state == CycleState.RELEASED)
        (text,) = (await program_feedback.released(session, cycle.id)).texts
        await feedback_threads.reply_as_reader(
            session, by=by, cycle_id=cycle.id, slot=text.slot, words="How long?", today=cycle.closes
        )
    await ana.opens_home()
    assert "There are replies to what was written; a receipt opens them." in ana.sees("home")
    before, since, posted = await stages.kept(stage), len(stage.slack.history), len(stage.slack.posted("ana"))
    await ana.presses("I have a receipt", surface="home")
    await ana.submits(receipt=receipt.lower())
    assert "The waiting is long." in ana.sees()
    assert "How long?" in ana.sees()
    await ana.submits(**{"reply-text1": "Six weeks."})
    assert "Readers see it tomorrow at nine" in ana.sees()
    after = await stages.kept(stage)
    assert len(after.pop("fb_thread")) == len(before.pop("fb_thread")) + 1
    assert after == before
    assert {one.method for one in stages.calls(stage, since)} <= {"auth.test", "views.open", "views.push"}
    assert (len(stage.slack.posted("ana")), ana.ephemerals) == (posted, [])
    await ines.opens_home()
    await acts.jump(stage, stages.nine(cycle.closes + MORNING))
    async with stage.db.reading() as session:
        thread = feedback_threads.of_text(text.thread)
        said = (await feedback_threads.by_thread(session, [thread]))[thread]
    assert [one.words for one in said] == ["How long?", "Six weeks."]


async def test_five_receipts_a_minute_and_the_sixth_hears_the_same(stage: Stage) -> None:
    ana = stage.person("ana")
    await ana.types("/program-feedback receipt")
    before = await stages.kept(stage)
    heard = []
    for _ in range(TRIES + 1):
        await ana.submits(receipt=new_receipt())
        heard.append(ana.errors)
    assert heard == [{"receipt": NOT_OPENED}] * (TRIES + 1)
    assert await stages.kept(stage) == before, "tries are counted in memory alone"

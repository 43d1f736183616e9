"""Career talks of Ana and Mats: proposed, dated, briefed, noted; hers to keep when he is not her manager any more."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, func, select, update

from bot.database import Database
from bot.models.career_talks import CareerTalk
from bot.models.check_ins import MilestoneProgress
from bot.models.directions import Direction
from bot.models.feedback import Feedback
from bot.models.framework import Release
from bot.models.messages import Outbox
from bot.models.milestones import NoChance
from bot.models.people import Absence, ReportingLine
from bot.models.recognition import Recognition
from bot.rules.career_briefs import Brief, Heading
from bot.rules.career_talks import Own
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import attention, career_briefs, career_notes, career_proposals, career_talks, keeping, plans
from tests.support import rows
from tests.support.rows import NOW, TODAY, Cast

NOT_OPEN = "This is not open to you"
FRIDAY = date(2026, 11, 27)
LATER = NOW + timedelta(days=11)  # the Friday
ROUND_BEFORE = TODAY - timedelta(days=14)


class Two:
    """Ana and her manager Mats, and the others. Each act is one transaction."""

    def __init__(self, db: Database) -> None:
        self.db, self.people = db, dict[str, Person]()

    async def open(self, framework_text: str) -> "Two":
        async with self.db.writing() as session:
            session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
            self.cast: Cast = await rows.cast(session)
            for name, row in vars(self.cast).items():
                self.people[name] = await rows.acting(session, row)
        return self

    async def does(self, act: Callable[..., Awaitable[Any]], who: str, **more: Any) -> Any:
        now = more.pop("now", NOW)
        async with self.db.writing() as session:
            return await act(session, by=self.people[who], now=now, **more)

    async def proposed(self, who: str = "ana") -> UUID:
        own: Own = await self.does(career_proposals.propose, who, of=self.people["ana"].id)
        return own.talk.id

    async def dated(self, on: date = FRIDAY) -> UUID:
        talk = await self.proposed()
        await self.does(career_talks.choose_day, "ana", talk=talk, on=on, moves=0, today=TODAY)
        return talk

    async def held(self, notes: str = "Ana would like to lead.") -> UUID:
        talk = await self.dated()
        await self.does(career_notes.save_notes, "ana", talk=talk, notes=notes, take=0, now=LATER, today=LATER.date())
        return talk

    async def brief(self, who: str, talk: UUID, now: datetime = LATER) -> Brief:
        found: Brief = await self.does(career_briefs.read, who, talk=talk, now=now, today=now.date())
        return found

    async def owed(self) -> list[str]:
        async with self.db.reading() as session:
            kinds = await session.scalars(select(Outbox.kind).where(Outbox.kind.like("career%")).order_by(Outbox.kind))
            return [kind.removeprefix("career_talk.") for kind in kinds]

    async def gives_ana_to(self, manager: str) -> None:
        async with self.db.writing() as session:
            lines = update(ReportingLine).where(ReportingLine.person_id == self.people["ana"].id)
            await session.execute(lines.values(until_on=TODAY))
            to = self.people[manager].id
            session.add(ReportingLine(person_id=self.people["ana"].id, manager_id=to, from_on=TODAY))
            await session.flush()
            self.people["ana"] = await rows.acting(session, self.cast.ana)


@pytest.fixture
async def two(db: Database, framework_text: str) -> Two:
    return await Two(db).open(framework_text)


async def refuses(act: Awaitable[Any], sentence: str = NOT_OPEN) -> None:
    with pytest.raises(Refusal, match=sentence):
        await act


# Before


async def test_either_proposes_and_a_second_proposal_is_the_same_talk(two: Two) -> None:
    first = await two.proposed("ana")
    assert await two.proposed("mats") == first
    assert await two.owed() == ["proposed_manager"]
    await refuses(two.proposed("noor"))
    await refuses(two.does(career_proposals.propose, "mats", of=two.people["mats"].id), "Nobody is your manager")


async def test_two_proposals_at_once_make_one_talk(two: Two) -> None:
    found = await asyncio.gather(two.proposed("ana"), two.proposed("mats"))
    assert found[0] == found[1]


async def test_a_day_moves_for_both_and_what_was_owed_for_the_old_one_goes(two: Two) -> None:
    talk = await two.dated()
    around = ["brief_manager", "brief_member", "planned_manager", "proposed_manager", "talked_manager", "talked_member"]
    assert await two.owed() == around
    again = {"talk": talk, "on": FRIDAY + timedelta(days=3), "today": TODAY}
    await refuses(two.does(career_talks.choose_day, "mats", moves=0, **again), "moved or closed in another window")
    own: Own = await two.does(career_talks.choose_day, "mats", moves=1, **again)
    assert (own.talk.on, own.talk.moves) == (FRIDAY + timedelta(days=3), 2)
    assert await two.owed() == [one.replace("planned_manager", "planned_member") for one in around]


async def test_not_now_needs_no_reason_and_ends_what_was_owed(two: Two) -> None:
    talk = await two.dated()
    await two.does(career_talks.call_off, "mats", talk=talk)
    await two.does(career_talks.call_off, "mats", talk=talk)
    assert await two.owed() == ["off_member"]
    assert await two.proposed() != talk


# Afterwards


async def test_the_second_to_save_sees_what_has_changed_and_nothing_is_lost(two: Two) -> None:
    talk = await two.held("Ana's version.")
    saved = {"talk": talk, "now": LATER, "today": LATER.date()}
    own, is_kept = await two.does(career_notes.save_notes, "mats", notes="Mats's version.", take=0, **saved)
    assert (is_kept, own.talk.notes, own.last_written_by) == (False, "Ana's version.", "Ana Pérez")
    own, is_kept = await two.does(career_notes.save_notes, "mats", notes="Both.", take=1, **saved)
    assert (is_kept, own.talk.notes, own.last_written_by, own.talk.held_on) == (True, "Both.", "you", FRIDAY)
    assert await two.owed() == ["noted_manager"]


async def test_notes_wait_for_the_day(two: Two) -> None:
    talk = await two.dated()
    await refuses(
        two.does(career_notes.save_notes, "ana", talk=talk, notes="Early.", take=0, today=TODAY), "still ahead"
    )


async def test_what_was_agreed_goes_into_the_plan_once_and_only_the_members_own(two: Two) -> None:
    talk = await two.held()
    given = {"talk": talk, "words": "Lead the import.", "is_managers": False, "due_on": None, "today": TODAY}
    own: Own = await two.does(career_notes.add_action, "mats", **given)
    action = own.talk.actions[0].id
    for _ in range(2):
        own = await two.does(career_notes.into_plan, "ana", action=action, today=TODAY)
    assert own.talk.actions[0].in_plan
    async with two.db.reading() as session:
        plan = await plans.mine(session, by=two.people["ana"], today=TODAY)
    assert [one.title for one in plan.open_actions] == ["Lead the import."]
    await refuses(two.does(career_notes.into_plan, "mats", action=action, today=TODAY), "belongs to")
    own = await two.does(career_notes.finish_action, "mats", action=action, today=TODAY)
    assert own.talk.actions[0].done_on == TODAY


# Who reads


async def test_the_member_keeps_the_notes_and_neither_manager_reads_them_after_a_change(two: Two) -> None:
    talk = await two.held()
    for who in ("noor", "lea", "tom"):
        await refuses(two.does(career_notes.look, who, talk=talk))
    assert (await two.does(career_notes.look, "mats", talk=talk)).talk.notes
    await two.gives_ana_to("noor")
    for who in ("mats", "noor"):
        await refuses(two.does(career_notes.look, who, talk=talk))
        await refuses(two.brief(who, talk))
    assert (await two.does(career_notes.look, "ana", talk=talk)).talk.notes == "Ana would like to lead."


async def test_an_export_has_the_notes_for_the_member_alone_and_an_erasure_takes_them(two: Two) -> None:
    talk = await two.held()
    async with two.db.writing() as session:
        mine = await keeping.export(session, two.people["ana"])
        managers = await keeping.export(session, two.people["mats"])
        assert [row["notes"] for row in mine["career_talk"]] == ["Ana would like to lead."]
        assert "career_talk" not in managers
        await keeping.erase(session, two.people["ana"].id, now=NOW)
        assert await session.get(CareerTalk, talk) is None


# The program proposes


async def proposes(two: Two, now: datetime = NOW) -> int:
    async with two.db.writing() as session:
        await career_proposals.tidy(session, now=now)
        await career_proposals.propose_some(session, after=None, now=now)
        return await session.scalar(select(func.count()).where(CareerTalk.proposed_by.is_(None))) or 0


async def test_the_program_proposes_two_a_week_to_a_manager_and_each_twice_a_year(two: Two) -> None:
    async with two.db.writing() as session:
        for name in ("Bea", "Cal", "Dee"):
            await rows.person(session, name, manager=two.cast.mats)
    assert [await proposes(two), await proposes(two, NOW + timedelta(days=4))] == [2, 2]
    assert await proposes(two, NOW + timedelta(days=7)) == 4
    assert set(await two.owed()) == {"proposed_member"}
    async with two.db.writing() as session:
        await session.execute(update(CareerTalk).values(closed_at=NOW, held_on=TODAY))
    assert await proposes(two, NOW + timedelta(days=150)) == 4
    assert await proposes(two, NOW + timedelta(days=190)) == 6


async def test_nobody_is_asked_while_they_or_their_manager_are_away(two: Two) -> None:
    for who in ("ana", "mats"):
        async with two.db.writing() as session:
            session.add(Absence(person_id=two.people[who].id, from_on=TODAY - timedelta(days=1), until_on=None))
        assert await proposes(two) == 0


async def test_silence_is_an_answer_too_and_leave_stops_that_clock(two: Two) -> None:
    await two.proposed()
    async with two.db.writing() as session:
        leave = Absence(
            person_id=two.cast.ana.id, from_on=TODAY + timedelta(days=7), until_on=TODAY + timedelta(days=67)
        )
        session.add(leave)
    for days, is_open in ((70, True), (110, True), (130, False)):
        await proposes(two, NOW + timedelta(days=days))
        assert (await two.does(career_talks.ahead, "ana", now=NOW + timedelta(days=days)) is not None) is is_open
    assert await two.owed() == []  # nobody hears of it


async def test_a_talk_waits_for_the_next_manager_and_a_day_that_is_past_is_not_theirs(two: Two) -> None:
    talk = await two.dated()
    async with two.db.writing() as session:
        await session.execute(update(ReportingLine).values(until_on=LATER.date() + timedelta(days=1)))
    for days in (2, 3):
        await proposes(two, LATER + timedelta(days=days))
    assert await two.owed() == []
    async with two.db.writing() as session:
        lea, on = two.people["lea"].id, LATER.date() + timedelta(days=4)
        session.add(ReportingLine(person_id=two.people["ana"].id, manager_id=lea, from_on=on))
    own: Own = await two.does(career_proposals.propose, "lea", of=two.people["ana"].id, now=LATER + timedelta(days=4))
    assert (own.talk.id, own.talk.manager.id, own.talk.on, own.talk.opens_at) == (talk, lea, None, None)


async def test_nobody_chooses_a_day_on_which_the_other_is_away(two: Two) -> None:
    talk = await two.proposed()
    async with two.db.writing() as session:
        session.add(Absence(person_id=two.cast.mats.id, from_on=FRIDAY, until_on=FRIDAY + timedelta(days=7)))
    chosen = {"talk": talk, "on": FRIDAY, "moves": 0, "today": TODAY}
    await refuses(two.does(career_talks.choose_day, "ana", **chosen), "Mats Berg is not at work")
    await refuses(two.does(career_talks.choose_day, "mats", **chosen), "You are not at work")


async def test_what_a_full_day_did_not_let_through_is_in_the_next_mornings_list(two: Two) -> None:
    talk = await two.proposed()
    async with two.db.writing() as session:
        await session.execute(update(Outbox).values(state="skipped", reason=attention.BUNDLED))
    who = [one.id for one in two.people.values()]
    async with two.db.reading() as session:
        found = {one.person_id: one.career for one in await attention.waiting(session, who, now=NOW)}
    assert {person: [one.talk.id for one in many] for person, many in found.items() if many} == {
        two.people["mats"].id: [talk]
    }
    await two.does(career_talks.choose_day, "mats", talk=talk, on=FRIDAY, moves=0, today=TODAY)
    async with two.db.reading() as session:
        assert not any(one.career for one in await attention.waiting(session, who, now=NOW))


async def test_a_planned_talk_goes_on_with_the_new_manager_and_the_former_one_hears_nothing_more(two: Two) -> None:
    talk = await two.dated()
    await two.gives_ana_to("noor")
    await proposes(two)
    async with two.db.reading() as session:
        owed = (await session.execute(select(Outbox.kind, Outbox.recipient).where(Outbox.subject == talk))).all()
    assert {row.recipient for row in owed} == {two.people["ana"].id, two.people["noor"].id}
    assert "career_talk.planned_manager" in {row.kind for row in owed}
    await two.brief("noor", talk)


# The brief


async def fill(two: Two) -> None:
    """Evidence, check-ins of each kind, wishes and a direction."""
    ana, mats, noor = two.cast.ana, two.cast.mats, two.cast.noor
    async with two.db.writing() as session:
        accepted = {"state": "accepted", "decided_at": NOW, "done_on": ROUND_BEFORE}
        await rows.evidence(session, ana, did="DID", impact="IMPACT", **accepted)
        await rows.evidence(session, ana, did="DECLINED", state="declined", decided_at=NOW)
        await rows.evidence(session, ana, did="OLD", state="accepted", decided_at=NOW - timedelta(days=400))
        said = ((mats, "WIN", False), (mats, "PRIVATE", True), (noor, "TO-NOOR", False))
        for number, (manager, win, is_private) in enumerate(said):
            on = ROUND_BEFORE - number * timedelta(days=14)
            await rows.check_in(session, ana, manager=manager, round_on=on, win=win, is_private=is_private)
        for number in (5, 6):
            on = ROUND_BEFORE - number * timedelta(days=14)
            answer = await rows.check_in(session, ana, manager=mats, round_on=on)
            stuck = {"milestone": "t3-root-causes", "person_id": ana.id, "moved": "stuck"}
            session.add(MilestoneProgress(check_in_id=answer.id, **stuck))
        for did, manager_id in (("FOR-BOTH", mats.id), ("FOR-ANA", None)):
            session.add(
                Feedback(receiver_id=ana.id, giver_id=noor.id, manager_id=manager_id, did=did, changed="Then.",
                         next_step="", competency="", track="", level="", given_at=NOW, read_at=NOW)
            )  # fmt: skip
        for did, state in (("THANKED", "published"), ("QUIETLY", "given")):
            session.add(
                Recognition(receiver_id=ana.id, giver_id=noor.id, track="technical", competency="problem-solving",
                            did=did, changed="Then.", is_for_all=True, state=state, given_at=NOW)
            )  # fmt: skip
        session.add(NoChance(person_id=ana.id, milestone="t3-design-reviews", said_at=NOW))
        session.add(
            Direction(person_id=ana.id, wants="deepen here", managing="no thanks", words="PHASE-OF-LIFE",
                      said_on=TODAY, with_manager=False, with_mentor=False)
        )  # fmt: skip


async def test_both_see_the_same_page_of_what_both_may_read(two: Two) -> None:
    await fill(two)
    talk = await two.dated()
    mine, theirs = await two.brief("ana", talk), await two.brief("mats", talk)
    assert mine.shown == theirs.shown
    words = {one.words for one in mine.shown}
    assert {"DID", "IMPACT", "WIN", "FOR-BOTH\nThen.", "THANKED\nThen."} <= words
    assert not words & {"PRIVATE", "TO-NOOR", "DECLINED", "OLD", "PHASE-OF-LIFE", "FOR-ANA\nThen.", "QUIETLY\nThen."}
    milestones = " ".join(one.title for one in mine.under(Heading.MILESTONES))
    assert "In the way" in milestones
    assert "a chance to show" in milestones
    async with two.db.writing() as session:
        await session.execute(update(Direction).values(with_manager=True))
    assert (await two.brief("mats", talk)).shown[0].words == "PHASE-OF-LIFE"  # it starts from what she wants


async def test_what_the_two_agreed_before_comes_again_until_it_is_done(two: Two) -> None:
    talk = await two.held()
    for words in ("Lead the import.", "Free a day a week."):
        given = {"talk": talk, "words": words, "is_managers": words.startswith("Free"), "due_on": None}
        own: Own = await two.does(career_notes.add_action, "mats", **given, today=TODAY)
    agreed = {one.words: one.id for one in own.talk.actions}
    await two.does(career_notes.into_plan, "ana", action=agreed["Lead the import."], today=TODAY)
    again = await two.proposed()
    said = {(one.title, one.source.partition(",")[0]) for one in (await two.brief("ana", again)).under(None)}
    assert said == {("Free a day a week.", "agreed before"), ("Lead the import.", "growth plan")}
    await two.gives_ana_to("noor")
    await proposes(two)
    assert [one.title for one in (await two.brief("ana", again)).under(None)] == [
        "Lead the import."
    ]  # it is in her plan


async def test_what_becomes_scarce_is_said_and_what_is_not_begun_only_to_whoever_wants_the_next_level(two: Two) -> None:
    async with two.db.writing() as session:
        done_on = TODAY - timedelta(days=340)  # of a window of twelve months
        await rows.evidence(session, two.cast.ana, state="accepted", decided_at=NOW, done_on=done_on)
        wish = {"wants": "deepen here", "managing": "no thanks", "words": "", "said_on": TODAY}
        session.add(Direction(person_id=two.cast.ana.id, **wish, with_manager=True, with_mentor=False))
    talk = await two.dated()

    async def found() -> list[str]:
        return [f"{one.title} ({one.source})" for one in (await two.brief("ana", talk)).under(Heading.MILESTONES)]

    assert [one.partition(":")[0] for one in await found()] == [
        "Review designs of colleagues (1 of 6 reviews in the last 12 months)",
        "The window moves on",
    ]
    assert "1 of 6 reviews today, 0 of 6 reviews in two months" in (await found())[1]
    async with two.db.writing() as session:
        await session.execute(update(Direction).values(wants="next level"))
    assert "Not begun: Problem solving, Peer mentoring" in (await found())[2]


async def test_the_brief_ends_with_its_talk(two: Two) -> None:
    talk = await two.dated()
    await two.brief("mats", talk)
    await two.does(career_talks.call_off, "ana", talk=talk)
    for who in ("ana", "mats"):
        await refuses(two.brief(who, talk), "ends with its talk")


async def test_the_member_sees_it_first_and_leaves_out_what_they_like(two: Two) -> None:
    await fill(two)
    talk = await two.dated()
    await refuses(two.brief("mats", talk, NOW), "three working days ahead")
    preview = await two.brief("ana", talk, NOW)
    [piece] = [one for one in preview.shown if one.words == "DID"]
    chosen = {"talk": talk, "left_out": [piece.key, "forged"], "brought": ["forged"], "today": TODAY}
    await two.does(career_briefs.choose, "ana", **chosen)
    assert not {one.words for one in (await two.brief("mats", talk)).shown} & {"DID", "IMPACT"}
    await refuses(two.does(career_briefs.choose, "mats", **chosen))
    [private] = [one for one in preview.lines if one.is_brought]
    await two.does(career_briefs.choose, "ana", **{**chosen, "left_out": [], "brought": [private.key]})
    assert {piece, private} <= set((await two.brief("mats", talk)).shown)


async def test_the_brief_takes_as_many_statements_for_much_as_for_little(two: Two) -> None:
    await two.dated()

    async def counted() -> int:
        found: list[str] = []

        def note(*given: Any) -> None:
            found.append(given[2])

        engine = two.db.engine.sync_engine
        async with two.db.reading() as session:
            own = await career_talks.ahead(session, by=two.people["ana"], now=NOW)
            assert own is not None
            event.listen(engine, "before_cursor_execute", note)
            await career_briefs.load(session, own, today=TODAY)
        event.remove(engine, "before_cursor_execute", note)
        return len(found)

    await counted()  # the framework is parsed once a process
    bare = await counted()
    await fill(two)
    little = await counted()
    async with two.db.writing() as session:
        for number in range(8):
            await rows.evidence(session, two.cast.ana, did=str(number), state="accepted", decided_at=NOW)
    assert 10 < bare <= await counted() == little < 25


async def test_a_first_talk_with_nothing_yet_has_a_brief(two: Two) -> None:
    found = await two.brief("ana", await two.dated(), NOW)
    assert (found.is_first, found.lines) == (True, ())

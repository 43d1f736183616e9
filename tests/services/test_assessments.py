"""Self-assessments as services keep them: the words of the day, two views of which neither follows the other."""

from collections.abc import Mapping
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models.assessments import RatingDraft, SelfAssessment, SelfRating
from bot.models.messages import Outbox
from bot.models.people import Person, ReportingLine
from bot.rules.assessments import Answer, Assessment, Rating, Said, State
from bot.rules.refusal import Refusal
from bot.services import assessment_ratings as ratings
from bot.services import assessments, framework, keeping, plan_aims
from story.stage import ROOT
from tests.support import rows
from tests.support.rows import NOW, TODAY, Cast

DEPTH, SOLVING, MENTORING = "depth-of-knowledge", "problem-solving", "peer-mentoring"
MINE, THEIRS = "What I see in it", "What I saw of it"
SAID = {DEPTH: Answer(Said(Rating.ALWAYS, MINE)), SOLVING: Answer(Said(Rating.NOT_YET, MINE))}
VIEW = {DEPTH: Said(Rating.SOMETIMES, THEIRS), SOLVING: Said(Rating.SOMETIMES, THEIRS)}


async def company(session: AsyncSession) -> Cast:
    await framework.load(session, (ROOT / "framework.yml").read_text(), by=None, now=NOW)
    return await rows.cast(session)


async def asked(session: AsyncSession, cast: Cast, *picked: str) -> Assessment:
    """Ana has said how she sees two competencies of T3, and asks Mats about these of them."""
    ana = await rows.acting(session, cast.ana)
    begun = await assessments.begin(session, by=ana, level="T3", now=NOW)
    await assessments.keep(session, by=ana, assessment=begun.id, answers=SAID, now=NOW)
    return await ratings.ask(session, by=ana, assessment=begun.id, picked=picked or (DEPTH, SOLVING), now=NOW)


async def gives(session: AsyncSession, who: Person, assessment: UUID, view: Mapping[str, Said]) -> Assessment:
    by = await rows.acting(session, who)
    await ratings.keep(session, by=by, assessment=assessment, given=view)
    return await ratings.rate(session, by=by, assessment=assessment, now=NOW)


async def rated(session: AsyncSession, cast: Cast) -> UUID:
    return (await gives(session, cast.mats, (await asked(session, cast)).id, VIEW)).id


async def read(session: AsyncSession, who: Person, assessment: UUID) -> Assessment:
    return await assessments.read(session, by=await rows.acting(session, who), assessment=assessment, on=TODAY)


async def told(session: AsyncSession) -> list[tuple[str, UUID]]:
    found = await session.execute(select(Outbox.kind, Outbox.recipient).where(Outbox.kind.like("assessment.%")))
    return [(row.kind, row.recipient) for row in found]


async def test_neither_reads_the_other_before_both_are_in(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        mats = await rows.acting(session, cast.mats)
        found = await asked(session, cast)
        blind = await ratings.open_rating(session, by=mats, assessment=found.id)
        assert [one.key for one, _ in blind.asked] == [DEPTH, SOLVING]
        assert MINE not in str(blind)
        for who in (cast.mats, cast.noor, cast.lea):
            with pytest.raises(Refusal, match="not open to you"):
                await read(session, who, found.id)
        with pytest.raises(Refusal, match="stays as it is"):
            await assessments.keep(
                session, by=await rows.acting(session, cast.ana), assessment=found.id, answers={}, now=NOW
            )
        exported = await keeping.export(session, mats)
        assert all("own" not in row and "own_note" not in row for row in exported["self_rating"])
        assert await assessments.latest(session, by=mats, of=cast.ana.id, today=TODAY) is None
        both = await gives(session, cast.mats, found.id, VIEW)
        for who in (cast.ana, cast.mats):
            lines = {line.expected.key: line for line in (await read(session, who, both.id)).picked}
            assert (lines[DEPTH].own.note, lines[DEPTH].theirs.note) == (MINE, THEIRS)
        with pytest.raises(Refusal, match="not open to you"):
            await read(session, cast.noor, both.id)
    async with db.reading() as session:
        assert await told(session) == [("assessment.both", cast.ana.id), ("assessment.asked_again", cast.mats.id)]


async def test_the_latest_is_for_the_two_of_them_and_a_plan_starts_from_its_gaps(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        await rated(session, cast)
        for who in (cast.ana, cast.mats):
            by = await rows.acting(session, who)
            found = await assessments.latest(session, by=by, of=cast.ana.id, today=TODAY)
            assert found is not None
            assert [(one.expected.key, one.steps) for one in found.pairs] == [(DEPTH, 2), (SOLVING, -1)]
        ana, lea = await rows.acting(session, cast.ana), await rows.acting(session, cast.lea)
        offered = await plan_aims.on_offer(session, by=ana, today=TODAY)
        assert [one.key for one in offered if one.has_room] == [one.key for one in offered[:2]] == [
            f"T3/{SOLVING}", f"T3/{DEPTH}",
        ]  # fmt: skip
        assert await assessments.latest(session, by=lea, of=cast.ana.id, today=TODAY) is None


async def test_a_former_manager_keeps_their_own_view_and_a_new_one_reads_nothing(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        found = await rated(session, cast)
        await session.execute(update(ReportingLine).values(until_on=TODAY))
        session.add(ReportingLine(person_id=cast.ana.id, manager_id=cast.noor.id, from_on=TODAY))
        await session.flush()
        left = await read(session, cast.mats, found)
        assert THEIRS in str(left)
        assert MINE not in str(left)
        assert await assessments.latest(
            session, by=await rows.acting(session, cast.mats), of=cast.ana.id, today=TODAY
        ) is None  # fmt: skip
        with pytest.raises(Refusal, match="not open to you"):
            await read(session, cast.noor, found)
        assert MINE in str(await read(session, cast.ana, found))


async def test_whoever_was_asked_gives_the_view_also_when_the_manager_has_changed_since(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        found = await asked(session, cast, SOLVING)
        await session.execute(update(ReportingLine).values(until_on=TODAY))
        session.add(ReportingLine(person_id=cast.ana.id, manager_id=cast.noor.id, from_on=TODAY))
        await session.flush()
        with pytest.raises(Refusal, match="not open to you"):
            await ratings.open_rating(session, by=await rows.acting(session, cast.noor), assessment=found.id)
        await gives(session, cast.mats, found.id, {SOLVING: Said(Rating.MOSTLY)})
        assert MINE not in str(await read(session, cast.mats, found.id))


async def test_what_a_manager_keeps_is_theirs_alone_until_they_send_all_of_it(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        ana, mats = await rows.acting(session, cast.ana), await rows.acting(session, cast.mats)
        found = await asked(session, cast)
        kept = await ratings.keep(session, by=mats, assessment=found.id, given={DEPTH: Said(None, THEIRS)})
        again = await ratings.open_rating(session, by=mats, assessment=found.id)
        assert again == kept
        assert [one.key for one in kept.left_open] == [DEPTH, SOLVING]
        with pytest.raises(Refusal, match="open still"):
            await ratings.rate(session, by=mats, assessment=found.id, now=NOW)
        assert THEIRS not in str(await read(session, cast.ana, found.id))
        assert THEIRS not in str(await keeping.export(session, ana))
        assert THEIRS in str(await keeping.export(session, mats))
        with pytest.raises(Refusal, match="not open to you"):
            await ratings.keep(session, by=ana, assessment=found.id, given=VIEW)
        await ratings.take_back(session, by=ana, assessment=found.id, now=NOW)
        assert await session.scalar(select(RatingDraft.competency)) is None, "nobody is asked, so nothing is kept"
        await ratings.ask(session, by=ana, assessment=found.id, picked=[SOLVING], now=NOW)
        await gives(session, cast.mats, found.id, VIEW)
        assert await session.scalar(select(RatingDraft.competency)) is None, "it is sent"


async def test_taking_the_question_back_opens_ones_own_view_again(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        found = await asked(session, cast)
        ana, mats = await rows.acting(session, cast.ana), await rows.acting(session, cast.mats)
        assert [one.id for one in (await ratings.waiting(session, [mats.id]))[mats.id]] == [found.id]
        back = await ratings.take_back(session, by=ana, assessment=found.id, now=NOW)
        assert (back.state, back.picked, back.lines[0].own.note) == (State.OPEN, (), MINE)
        assert await ratings.waiting(session, [mats.id]) == {}
        with pytest.raises(Refusal, match="not open to you"):
            await ratings.rate(session, by=mats, assessment=found.id, now=NOW)
        await ratings.ask(session, by=ana, assessment=found.id, picked=[DEPTH], now=NOW)
        await gives(session, cast.mats, found.id, {DEPTH: VIEW[DEPTH]})
        with pytest.raises(Refusal, match="Both views are in"):
            await ratings.take_back(session, by=ana, assessment=found.id, now=NOW)
        with pytest.raises(Refusal, match="already"):
            await ratings.open_rating(session, by=mats, assessment=found.id)


async def test_the_words_stay_those_of_the_day_and_an_open_one_is_gone_on_with(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        ana = await rows.acting(session, cast.ana)
        begun = await assessments.begin(session, by=ana, level="T3", now=NOW)
        text = (ROOT / "framework.yml").read_text().replace("version: 1.0.0", "version: 1.1.0")
        words = begun.wording.expected[0].text
        assert words in text
        await framework.load(session, text.replace(words, "Something else entirely."), by=None, now=NOW)
        again = await assessments.begin(session, by=ana, level="T3", now=NOW)
        assert (again.id, again.wording.expected[0].text) == (begun.id, words)


async def test_another_track_is_for_oneself_until_it_is_shared_and_then_each_reader_is_told_once(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        ana = await rows.acting(session, cast.ana)
        found = await assessments.begin(session, by=ana, level="M3", now=NOW)
        with pytest.raises(Refusal, match="another track"):
            await ratings.open_ask(session, by=ana, assessment=found.id)
        with pytest.raises(Refusal, match="not open to you"):
            await read(session, cast.mats, found.id)
        for _ in range(2):
            await assessments.share(session, by=ana, assessment=found.id, manager=True, mentor=True, now=NOW)
        assert (await read(session, cast.mats, found.id)).id == found.id
        assert await told(session) == [("assessment.shared", cast.mats.id)]
        await assessments.share(session, by=ana, assessment=found.id, manager=False, mentor=False, now=NOW)
        with pytest.raises(Refusal, match="not open to you"):
            await read(session, cast.mats, found.id)


async def test_only_accepted_evidence_of_ones_own_goes_with_it_and_erasing_takes_all(db: Database) -> None:
    async with db.writing() as session:
        cast = await company(session)
        ana = await rows.acting(session, cast.ana)
        mine = await rows.evidence(session, cast.ana, state="accepted", decided_at=NOW)
        still_open = await rows.evidence(session, cast.ana)
        theirs = await rows.evidence(session, cast.noor, state="accepted", decided_at=NOW)
        found = await assessments.begin(session, by=ana, level="T3", now=NOW)
        for other in (still_open, theirs):
            with pytest.raises(Refusal, match="your own evidence"):
                await assessments.keep(
                    session, by=ana, assessment=found.id, answers={DEPTH: Answer(Said(), (other.id,))}, now=NOW
                )
        kept = await assessments.keep(
            session, by=ana, assessment=found.id, answers={DEPTH: Answer(Said(), (mine.id,))}, now=NOW
        )
        assert [one.id for one in kept.lines[0].pieces] == [mine.id]
        await keeping.erase(session, cast.ana.id, now=NOW)
        assert await session.scalar(select(SelfAssessment.id)) is None
        assert await session.scalar(select(SelfRating.competency)) is None

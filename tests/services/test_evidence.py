"""Evidence from sending to the last verdict, on both engines: who may, who is told, and what it adds up to."""

import asyncio
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, func, select, text, update

from bot.database import Database
from bot.models.evidence import Evidence as EvidenceRow
from bot.models.framework import Release
from bot.models.messages import Outbox
from bot.models.people import ReportingLine
from bot.rules.evidence import Evidence, State, Verdict
from bot.rules.framework import Framework
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import evidence, progress
from tests.support import rows
from tests.support.rows import NOW, TODAY

GOOD: dict[str, Any] = {
    "milestone": "t3-design-reviews", "did": "Led a review.", "impact": "Fewer surprises.",
    "links": "https://example.com/1", "done_on": date(2026, 3, 2), "amount": "2",
}  # fmt: skip
AT_BAND_2 = {**GOOD, "milestone": "t2-area-guides"}
ACCEPT, CHANGES, DECLINE = Verdict.ACCEPTED, Verdict.CHANGES, Verdict.DECLINED
CLOSED = "not open to you, or it is no longer there"


class Company:
    """The cast with a framework in force; each act is one transaction."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.people: dict[str, Person] = {}

    async def open(self, framework_text: str) -> "Company":
        async with self.db.writing() as session:
            session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
            cast = vars(await rows.cast(session))
            ceo = await rows.person(session, "Zoe Zen")
            session.add(ReportingLine(person_id=cast["mats"].id, manager_id=ceo.id, from_on=rows.LONG_AGO))
            more = [ceo, await rows.person(session, "Rui Rey", manager=cast["ana"])]
            more.append(await rows.person(session, "Gus Gast", is_guest=True))
            more.append(await rows.person(session, "Lou Left", is_active=False))
            for row in (*cast.values(), *more):
                self.people[row.name.split()[0].lower()] = await rows.acting(session, row)
        return self

    async def submit(self, *reviewers: str, by: str = "ana", typed: dict[str, Any] = GOOD) -> Evidence:
        async with self.db.writing() as session:
            return await evidence.submit(
                session, by=self.people[by], typed=typed, reviewers=ids(reviewers), now=NOW, today=TODAY
            )

    async def send_again(self, sent: Evidence, *reviewers: str, **changed: Any) -> Evidence:
        given: dict[str, Any] = {"typed": {**GOOD, **changed}, "reviewers": ids(reviewers), "now": NOW, "today": TODAY}
        async with self.db.writing() as session:
            return await evidence.send_again(session, by=self.people["ana"], evidence=sent.id, **given)

    async def decide(self, sent: Evidence, by: str, verdict: Verdict, reason: str = "Because.") -> Evidence:
        given: dict[str, Any] = {"verdict": verdict, "reason": reason, "now": NOW}
        async with self.db.writing() as session:
            return await evidence.decide(session, by=self.people[by], review=self.review(sent, by), **given)

    def review(self, sent: Evidence, by: str) -> UUID:
        return next(one.id for one in sent.reviews if one.reviewer_id == self.people[by].id)

    async def told(self) -> list[tuple[str, str]]:
        names = {person.id: name for name, person in self.people.items()}
        async with self.db.writing() as session:
            query = select(Outbox.kind, Outbox.recipient)
            found = [(kind, names[recipient]) for kind, recipient in await session.execute(query)]
            await session.execute(delete(Outbox))
        return sorted(found)


def ids(names: tuple[str, ...]) -> list[str]:
    return [f"U0{name.upper()}" for name in names]


@pytest.fixture
async def company(db: Database, framework_text: str) -> Company:
    return await Company(db).open(framework_text)


async def test_a_piece_is_sent_under_the_wording_in_force(company: Company) -> None:
    sent = await company.submit("noor", "mats")
    assert (sent.state, sent.take, sent.author, sent.level.key) == (State.IN_REVIEW, 1, "Ana Pérez", "T3")
    assert [(one.reviewer, one.is_outside) for one in sent.reviews] == [("Mats Berg", False), ("Noor Rao", True)]
    assert await company.told() == [(evidence.ASKED, "mats"), (evidence.ASKED, "noor")]


@pytest.mark.parametrize(
    ("reviewers", "sentence"),
    [
        (("ana", "noor"), "Nobody reviews their own"), (("gus", "noor"), "an app, a guest or a leaver"),
        (("lou", "noor"), "an app, a guest or a leaver"), (("nobody", "noor"), "an app, a guest or a leaver"),
        (("noor", "lea", "mats", "zoe"), "one to 3"), ((), "one to 3"), (("noor",), "Name one more"),
        (("noor", "noor"), "Name one more"), (("mats", "zoe"), "outside your reporting line"),
        (("mats", "rui"), "outside your reporting line"), (("zoe", "rui", "mats"), "outside your reporting line"),
    ],
)  # fmt: skip
async def test_reviewers_who_cannot_review_are_refused_and_nothing_is_kept(
    company: Company, reviewers: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        await company.submit(*reviewers)
    assert refused.value.field == "reviewers"
    async with company.db.reading() as session:
        assert await session.scalar(select(func.count()).select_from(EvidenceRow)) == 0
    assert await company.told() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("milestone", ""), ("milestone", "t5-company-standards"), ("did", ""), ("impact", "x" * 3001), ("amount", "0")],
)
async def test_a_refused_field_leaves_nothing_behind(company: Company, field: str, value: str) -> None:
    with pytest.raises(Refusal) as refused:
        await company.submit("noor", "lea", typed={**GOOD, field: value})
    assert refused.value.field == field
    assert await company.told() == []


async def test_whoever_is_not_enrolled_has_no_milestones(company: Company) -> None:
    with pytest.raises(Refusal, match="you are not enrolled yet"):
        await company.submit("noor", by="tom")


# verdicts in order → the state after each
PATHS = {
    "band 2, accepted": (AT_BAND_2, [("mats", ACCEPT, State.ACCEPTED)]),
    "band 2, declined": (AT_BAND_2, [("mats", DECLINE, State.DECLINED)]),
    "band 2, changes": (AT_BAND_2, [("mats", CHANGES, State.CHANGES)]),
    "band 3, both accept": (GOOD, [("mats", ACCEPT, State.IN_REVIEW), ("noor", ACCEPT, State.ACCEPTED)]),
    "band 3, one accepts": (GOOD, [("mats", ACCEPT, State.IN_REVIEW), ("noor", DECLINE, State.SHORT)]),
    "band 3, nobody accepts": (GOOD, [("mats", DECLINE, State.IN_REVIEW), ("noor", DECLINE, State.DECLINED)]),
}  # fmt: skip


@pytest.mark.parametrize("name", PATHS)
async def test_each_verdict_counts_and_everybody_concerned_is_told(company: Company, name: str) -> None:
    typed, path = PATHS[name]
    reviewers = [by for by, _, _ in path]
    sent = await company.submit(*reviewers, typed=typed)
    await company.told()
    for by, verdict, state in path:
        assert (await company.decide(sent, by, verdict)).state is state
        redrawn = [(evidence.ASKED_AGAIN, one) for one in sorted(reviewers)]
        assert await company.told() == [*redrawn, (evidence.VERDICT, "ana")]


async def test_asking_for_changes_holds_the_others(company: Company) -> None:
    sent = await company.submit("mats", "noor")
    await company.decide(sent, "mats", CHANGES)
    with pytest.raises(Refusal, match="Another reviewer asked Ana Pérez for changes"):
        await company.decide(sent, "noor", ACCEPT)


@pytest.mark.parametrize("second", [ACCEPT, CHANGES, DECLINE])
async def test_a_second_press_changes_nothing(company: Company, second: Verdict) -> None:
    sent = await company.submit("mats", "noor")
    await company.decide(sent, "mats", ACCEPT)
    await company.told()
    with pytest.raises(Refusal, match="Your verdict is in already: accepted"):
        await company.decide(sent, "mats", second)
    assert await company.told() == []


async def test_five_presses_at_once_are_one_verdict(company: Company) -> None:
    sent = await company.submit("mats", "noor")
    await company.told()
    done = await asyncio.gather(*(company.decide(sent, "mats", ACCEPT) for _ in range(5)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Evidence"] + ["Refusal"] * 4
    assert [kind for kind, _ in await company.told()].count(evidence.VERDICT) == 1


async def test_two_reviewers_at_once_settle_it_together(company: Company) -> None:
    sent = await company.submit("mats", "noor")
    done = await asyncio.gather(company.decide(sent, "mats", ACCEPT), company.decide(sent, "noor", ACCEPT))
    assert sorted(one.state for one in done) == [State.ACCEPTED, State.IN_REVIEW]


async def test_whoever_is_not_its_reviewer_learns_nothing(company: Company) -> None:
    sent = await company.submit("mats", "noor")
    async with company.db.writing() as session:
        lea = company.people["lea"]
        for review in (company.review(sent, "mats"), uuid4()):
            with pytest.raises(Refusal, match=CLOSED):
                await evidence.open_review(session, by=lea, review=review)
            with pytest.raises(Refusal, match=CLOSED):
                await evidence.decide(session, by=lea, review=review, verdict=ACCEPT, reason="", now=NOW)
        for piece in (sent.id, uuid4()):
            with pytest.raises(Refusal, match=CLOSED):
                await evidence.read(session, by=lea, evidence=piece, on=TODAY)
            with pytest.raises(Refusal, match=CLOSED):
                await evidence.open_again(session, by=lea, evidence=piece)
        with pytest.raises(Refusal, match=CLOSED):  # a reviewer reads, and does not write
            await evidence.open_again(session, by=company.people["mats"], evidence=sent.id)


async def test_the_author_the_reviewers_and_the_manager_of_today_may_read(company: Company) -> None:
    sent = await company.submit("lea", "noor")
    yesterday = TODAY - timedelta(days=1)
    readers: list[set[str]] = []
    for _ in range(2):
        async with company.db.writing() as session:
            can: set[str] = set()
            for name, person in company.people.items():
                with suppress(Refusal):
                    await evidence.read(session, by=person, evidence=sent.id, on=TODAY)
                    can.add(name)
            readers.append(can)
            line = ReportingLine.person_id == company.people["ana"].id
            await session.execute(update(ReportingLine).where(line).values(until_on=yesterday))
            new = {"person_id": company.people["ana"].id, "manager_id": company.people["tom"].id}
            session.add(ReportingLine(**new, from_on=yesterday))
    assert readers == [{"ana", "lea", "noor", "mats"}, {"ana", "lea", "noor", "tom"}]


async def test_sending_again_asks_everybody_anew(company: Company) -> None:
    sent = await company.submit("mats", "noor")
    await company.decide(sent, "mats", CHANGES)
    await company.told()
    again = await company.send_again(sent, "mats", "lea", did="Led two reviews.")
    assert (again.state, again.take, again.claim.did) == (State.IN_REVIEW, 2, "Led two reviews.")
    assert {one.reviewer for one in again.reviews} == {"Mats Berg", "Lea Roux"}
    assert {(one.verdict, one.reason) for one in again.reviews} == {(Verdict.ASKED, "")}
    asked, redrawn = evidence.ASKED, evidence.ASKED_AGAIN
    assert await company.told() == [(asked, "lea"), (asked, "mats"), (redrawn, "mats"), (redrawn, "noor")]
    with pytest.raises(Refusal, match=CLOSED):
        await company.decide(sent, "noor", ACCEPT)
    assert (await company.decide(again, "mats", ACCEPT)).state is State.IN_REVIEW
    assert (evidence.VERDICT, "ana") in await company.told()


async def test_where_a_reviewer_stands_is_asked_again(company: Company) -> None:
    sent = await company.submit("noor", "lea", "mats")
    async with company.db.writing() as session:
        line = ReportingLine.person_id == company.people["ana"].id
        await session.execute(update(ReportingLine).where(line).values(manager_id=company.people["noor"].id))
    again = await company.send_again(sent, "noor", "lea", "mats")
    stands = {one.reviewer: one.is_outside for one in again.reviews}
    assert stands == {"Noor Rao": False, "Lea Roux": True, "Mats Berg": True}


@pytest.mark.parametrize("verdict", [ACCEPT, DECLINE])
async def test_what_is_decided_stays(company: Company, verdict: Verdict) -> None:
    sent = await company.submit("noor", typed=AT_BAND_2)
    await company.decide(sent, "noor", verdict)
    with pytest.raises(Refusal, match="stays as it was decided"):
        await company.send_again(sent, "noor", **AT_BAND_2)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize("first", ["a verdict", "another window"])
async def test_of_two_at_once_the_second_is_told_to_look_again(company: Company, first: str) -> None:
    sent = await company.submit("noor", typed=AT_BAND_2)
    async with company.db.writing() as session:
        if first == "a verdict":
            review = company.review(sent, "noor")
            await evidence.decide(session, by=company.people["noor"], review=review, verdict=ACCEPT, reason="", now=NOW)
        else:
            values: dict[str, Any] = {"typed": AT_BAND_2, "reviewers": ids(("noor",)), "now": NOW, "today": TODAY}
            await evidence.send_again(session, by=company.people["ana"], evidence=sent.id, **values)
        second = asyncio.create_task(company.send_again(sent, "noor", **AT_BAND_2))
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        while not await session.scalar(waiting):
            assert not second.done()
    with pytest.raises(Refusal, match="changed in another window"):
        await second


async def test_progress_counts_what_is_accepted_by_the_day_of_the_work(company: Company, framework: Framework) -> None:
    async def so_far() -> tuple[int, int]:
        async with company.db.reading() as session:
            [one, *_] = await progress.load(session, framework, company.people["ana"], today=TODAY)
        return int(one.reached), int(one.waiting)

    async def accepted(done_on: date) -> None:
        sent = await company.submit("mats", "noor", typed={**GOOD, "done_on": done_on})
        for by in ("mats", "noor"):
            await company.decide(sent, by, ACCEPT)

    waits = await company.submit("mats", "noor", typed=GOOD)
    assert await so_far() == (0, 2)
    await company.decide(waits, "mats", CHANGES)
    assert await so_far() == (0, 0)
    await accepted(date(2026, 1, 5))  # before the program
    assert await so_far() == (2, 0)
    await accepted(date(2023, 1, 5))  # outside every window of today
    assert await so_far() == (2, 0)

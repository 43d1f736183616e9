"""An owner's month on both engines: a company small enough to count by hand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models.assessments import SelfAssessment, SelfRating
from bot.models.check_ins import Reading
from bot.models.directions import Direction
from bot.models.evidence import Review
from bot.models.framework import Release
from bot.models.mentors import MentorRequest
from bot.models.mentorships import Mentorship
from bot.models.messages import Occurrence
from bot.models.milestones import NoChance
from bot.models.opportunities import Opportunity, OpportunityInterest
from bot.models.people import Absence, Person, Placement
from bot.models.plans import PlanAction
from bot.models.recognition import Recognition
from bot.rules import months as rules
from bot.rules.months import Figure, Month, Name, Shown, Window
from bot.rules.people import Person as Acting
from bot.rules.people import Role
from bot.rules.refusal import Refusal
from bot.services import framework as frameworks
from bot.services import month_rows, months, people, roles
from tests.support import rows
from tests.support.rows import LONG_AGO

OCTOBER, NOVEMBER = Window(date(2026, 10, 1), date(2026, 11, 1)), Window(date(2026, 11, 1), date(2026, 12, 1))
DECEMBER = datetime(2026, 12, 1, 8, tzinfo=UTC)
DAY = timedelta(days=1)
ZONE = "UTC"


class Company:
    """People by name of their group; what they do is written straight into the rows."""

    def __init__(self, db: Database) -> None:
        self.db = db

    async def hires(self, track: str, level: str, count: int, department: str | None = None) -> list[UUID]:
        async with self.db.writing() as session:
            made = []
            for n in range(count):
                name = f"{track}{level}{department or ''}{n}{uuid4().hex[:4]} Doe"
                made.append(await rows.person(session, name, track=track, level=level, department=department))
            return [one.id for one in made]

    async def owner(self, scope: str = "") -> UUID:
        """Somebody who takes no part in the program themselves."""
        async with self.db.writing() as session:
            one = await rows.person(session, f"Owner{uuid4().hex[:6]} Doe", track=None)
            await roles.give(session, one.id, Role.OWNER, by=None, now=DECEMBER, today=LONG_AGO, scope=scope)
            return one.id

    async def asked(
        self, people: Sequence[UUID], on: date, *, answered: int, days_to_read: float | None = None
    ) -> None:
        """All are asked on a day, the first ones of them answer at once."""
        at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
        async with self.db.writing() as session:
            for number, one in enumerate(people):
                prompt = {"due_at": at, "expires_at": at + 14 * DAY, "state": "told"}
                session.add(Occurrence(id=uuid4(), kind="check-in", person_id=one, on_date=on, **prompt))
                if number < answered:
                    person = await session.get_one(Person, one)
                    given = await rows.check_in(session, person, round_on=on, submitted_at=at)
                    if days_to_read is not None:
                        read = {"manager_id": one, "read_at": at + timedelta(days=days_to_read)}
                        session.add(Reading(check_in_id=given.id, person_id=one, **read))

    async def shows(self, people: Sequence[UUID], milestone: str, *, waited: Sequence[float], **more: object) -> None:
        """One accepted piece each, which waited so many days for its verdict."""
        async with self.db.writing() as session:
            for one, days in zip(people, waited, strict=True):
                author = await session.get_one(Person, one)
                decided = datetime(2026, 11, 20, tzinfo=UTC)
                given = {"milestone": milestone, "state": "accepted", "submitted_at": decided - timedelta(days=days)}
                piece = await rows.evidence(session, author, **{**given, "done_on": date(2026, 11, 2), **more})
                await rows.review(session, piece, author, verdict="accepted", decided_at=decided)

    async def month(self, window: Window = NOVEMBER, *, now: datetime = DECEMBER) -> dict[str, Month]:
        """What is reckoned for all owners, and kept. Part of the company → its month."""
        async with self.db.reading(patience=30) as session:
            found = await months.reckon(session, window=window, zone=ZONE, now=now)
        async with self.db.writing() as session:
            await month_rows.keep(session, found)
            return await month_rows.newest(session, {one.scope for one in found})

    async def joins(self, track: str, level: str, count: int, *, on: date) -> None:
        joined = await self.hires(track, level, count)
        async with self.db.writing() as session:
            await session.execute(update(Placement).where(Placement.person_id.in_(joined)).values(from_on=on))

    async def preview(self, window: Window = NOVEMBER) -> Month:
        async with self.db.reading() as session:
            today = DECEMBER.date()
            return await months.preview(session, scope="", window=window, zone=ZONE, now=DECEMBER, today=today)

    async def whole(self) -> Month:
        return (await self.month())[""]


async def acting(session: AsyncSession, who: UUID) -> Acting:
    return (await people.by_id(session, [who], on=DECEMBER.date()))[who]


@pytest.fixture
async def company(db: Database, framework_text: str) -> Company:
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=DECEMBER - 300 * DAY))
    return Company(db)


async def test_whether_thanks_reach_every_track_is_a_share_of_its_members(company: Company) -> None:
    technical, process = await company.hires("technical", "T2", 10), await company.hires("process", "P2", 10)
    await company.owner()
    in_november, in_october = [*technical[:4], *process[:2]], [*technical[:2], *process[:8]]
    async with company.db.writing() as session:
        for state, month, thanked in (
            ("published", 11, in_november), ("published", 10, in_october), ("withdrawn", 11, technical),
            ("given", 11, process), ("published", 11, technical[:1]),
        ):  # fmt: skip
            for one in thanked:
                at = datetime(2026, month, 9, tzinfo=UTC)
                session.add(
                    Recognition(
                        giver_id=technical[9], receiver_id=one, track="technical", competency="x", did="x", changed="x",
                        is_for_all=True, state=state, given_at=at, published_at=at,
                    )
                )  # fmt: skip
    found = (await company.whole()).figure(Name.THANKED)
    assert [(row.path, row.now, row.before) for row in found.rows] == [
        ((), 0.3, 0.5), (("process",), 0.2, 0.8), (("technical",), 0.4, 0.2),
    ]  # fmt: skip


async def test_whether_chances_reach_every_track_is_a_share_of_its_members(company: Company) -> None:
    technical, process = await company.hires("technical", "T2", 10), await company.hires("process", "P2", 10)
    owner = await company.owner()
    at, until = datetime(2026, 11, 9, tzinfo=UTC), date(2026, 12, 31)
    async with company.db.writing() as session:
        chance = Opportunity(
            id=uuid4(), offered_by=owner, kind="course", title="x", learn="x", state="open", offered_at=at,
            ends_on=until,
        )  # fmt: skip
        session.add(chance)
        await session.flush()
        for one, state in ((technical[0], "accepted"), (technical[1], "accepted"), (process[9], "asked")):
            asked = {"person_id": one, "state": state, "asked_at": at, "decided_at": at}
            session.add(OpportunityInterest(opportunity_id=chance.id, **asked))
        for one, taken_from in ((technical[1], chance.id), (process[0], chance.id), (process[1], None)):
            planned = {"kind": "course", "state": "open", "title": "x", "due_on": until, "made_at": at}
            session.add(PlanAction(person_id=one, opportunity_id=taken_from, **planned))
    shown = (await company.preview()).figure(Name.CHANCES).rows
    assert [row.path for row in shown] == [("technical",)], "of process, and so of the whole, it would tell of one"
    async with company.db.writing() as session:
        planned = {"kind": "course", "state": "done", "title": "x", "due_on": until, "made_at": at}
        session.add_all(PlanAction(person_id=one, opportunity_id=chance.id, **planned) for one in process[:5])
    assert [(row.path, row.now) for row in (await company.preview()).figure(Name.CHANCES).rows] == [
        ((), 0.35), (("process",), 0.5), (("technical",), 0.2),
    ]  # fmt: skip


async def test_self_assessments_are_a_share_of_the_members_of_each_track(company: Company) -> None:
    technical, process = await company.hires("technical", "T2", 10), await company.hires("process", "P2", 10)
    await company.owner()
    assert (await company.preview()).figure(Name.ASSESSED) == Figure(), "nobody did so far"
    looked = [(one, months_ago) for one in technical[:5] for months_ago in (1, 5)]
    looked += [(process[0], 1), (process[1], 11), *((one, 14) for one in process[2:])]
    async with company.db.writing() as session:
        for one, months_ago in looked:
            at = DECEMBER - 30 * months_ago * DAY
            kept = SelfAssessment(
                id=uuid4(), person_id=one, track="x", level="x", is_own_track=True, wording="", state="open",
                changed_at=at,
            )  # fmt: skip
            session.add(kept)
            await session.flush()
            session.add(SelfRating(assessment_id=kept.id, competency="x", person_id=one))
    found = (await company.whole()).figure(Name.ASSESSED)
    assert [(row.path, row.now) for row in found.rows] == [((), 0.35), (("process",), 0.2), (("technical",), 0.5)]


async def test_participation_and_completion_are_shares_of_those_who_were_asked(company: Company) -> None:
    await company.owner()
    technical, process = await company.hires("technical", "T2", 10), await company.hires("process", "P2", 8)
    await company.asked(technical, date(2026, 10, 5), answered=3)
    await company.asked(technical, date(2026, 11, 2), answered=6, days_to_read=2)
    await company.asked(technical, date(2026, 11, 16), answered=2, days_to_read=4)
    await company.asked(process[:6], date(2026, 11, 2), answered=4)  # two are away, and counted nowhere
    month = await company.whole()
    assert month.figure(Name.PARTICIPATION).rows == (
        Shown((), 15, 0.6, 0.3), Shown(("process",), 5, 0.65), Shown(("technical",), 10, 0.6, 0.3),
    )  # fmt: skip
    assert month.figure(Name.COMPLETION).of("technical") == Shown(("technical",), 10, 0.4, 0.3)
    read = month.figure(Name.READINGS).of("technical")
    assert read == Shown(
        ("technical",), 5, 2.0, None, (2.0, 3.0)
    )  # two of six had one read after two days, one after 4


async def test_days_to_a_verdict_are_the_middle_and_the_middle_half_of_authors(company: Company) -> None:
    await company.owner()
    members = await company.hires("technical", "T2", 8)
    await company.shows(members, "t3-design-reviews", waited=[1, 2, 3, 4, 5, 6, 7, 20])
    figure = (await company.whole()).figure(Name.REVIEWS)
    assert figure.of() == Shown((), 5, 4.0, None, (2.0, 6.0))


async def test_readiness_is_the_share_of_milestones_met_by_track_and_band(company: Company) -> None:
    """Whoever reached a target inside its window has met it, and leave makes the window as much longer."""
    await company.owner()
    members = await company.hires("technical", "T2", 6)
    async with company.db.reading() as session:
        level = (await frameworks.current(session)).level("technical", "T3")
    assert level is not None
    one, many = level.milestones[0], len(level.milestones)
    await company.shows(members[:3], one.key, waited=[1] * 3, amount=one.target)
    long_ago = date(2026, 11, 2) - timedelta(days=round(one.window_months * 30.5) + 20)
    for done_on in (long_ago, date(2026, 11, 2)):
        await company.shows(members[3:4], one.key, waited=[1], amount=one.target / 2, done_on=done_on)
    assert (await company.preview()).figure(Name.READINESS).of("technical", "2") == ready(3 / 6 / many)
    async with company.db.writing() as session:
        session.add(Absence(person_id=members[3], from_on=date(2026, 6, 1), until_on=date(2026, 7, 15)))
    assert (await company.preview()).figure(Name.READINESS).of("technical", "2") == ready(4 / 6 / many)


def ready(share: float) -> Shown:
    return Shown(("technical", "2"), 5, rules.rounded(share))


async def test_who_left_moved_up_and_changed_track_is_counted_and_not_named(company: Company) -> None:
    await company.owner()
    technical, process = await company.hires("technical", "T2", 24), await company.hires("process", "P2", 14)
    async with company.db.writing() as session:
        gone = {"is_active": False, "left_on": date(2026, 11, 10)}
        await session.execute(update(Person).where(Person.id.in_([*technical[:6], *process[:3]])).values(gone))
        for some, track, level in ((technical[6:11], "technical", "T3"), (process[3:9], "technical", "T2")):
            ended = update(Placement).where(Placement.person_id.in_(some)).values(until_on=date(2026, 11, 15))
            await session.execute(ended)
            for one in some:
                placed = {"track": track, "level": level, "from_on": date(2026, 11, 15)}
                session.add(Placement(person_id=one, **placed))
    month = await company.whole()
    left = month.figure(Name.LEFT)
    assert (left.of(), left.of("technical"), left.of("process", "2")) == (
        Shown((), 35, 0.25, None), Shown(("technical",), 20, 0.25, None), Shown(("process", "2"), 10, 0.2, None),
    )  # fmt: skip
    # On the other track all are alike, which the whole would tell, so that is not shown either.
    assert month.figure(Name.PROMOTED).rows == (Shown(("technical",), 15, 0.3, None),)
    assert month.figure(Name.MOVED).rows == (Shown(("process → technical",), 5),)


async def test_mentoring_and_wishes_for_a_chance_are_counted(company: Company) -> None:
    await company.owner()
    technical, process = await company.hires("technical", "T2", 12), await company.hires("process", "P3", 6)
    async with company.db.writing() as session:
        for mentor, mentee in zip(process[:2], technical[:2], strict=True):
            lasts = {"began_at": DECEMBER - 60 * DAY, "until_on": date(2027, 3, 1)}
            session.add(Mentorship(request_id=uuid4(), mentor_id=mentor, mentee_id=mentee, **lasts))
        for number, one in enumerate(technical):
            asked = {"asked_at": DECEMBER - 20 * DAY, "closed_at": DECEMBER - (20 - number) * DAY, "state": "matched"}
            session.add(MentorRequest(mentee_id=one, **asked))
            if number < 8:
                said = {"milestone": "t3-design-reviews" if number < 6 else "t3-root-causes", "said_at": DECEMBER - DAY}
                session.add(NoChance(person_id=one, **said))
    month = await company.whole()
    assert month.figure(Name.COVERAGE).of("technical") == Shown(("technical",), 10, 0.15)
    assert month.figure(Name.REQUESTS).of() == Shown((), 10, 5.0, None, (2.0, 8.0))
    # Two say it of another milestone: as they are the only hidden ones, the first is not shown either.
    assert month.figure(Name.NO_CHANCE) == Figure((), 2)
    async with company.db.writing() as session:
        for one in technical[8:]:
            session.add(NoChance(person_id=one, milestone="t3-root-causes", said_at=DECEMBER - DAY))
    assert (await company.preview()).figure(Name.NO_CHANCE).rows == (
        Shown(("t3-design-reviews",), 5), Shown(("t3-root-causes",), 5),
    )  # fmt: skip


async def test_what_people_want_is_counted_from_five_on(company: Company) -> None:
    await company.owner()
    members = await company.hires("technical", "T2", 16)
    wishes = ["deepen here"] * 6 + ["next level"] * 6
    async with company.db.writing() as session:
        for one, wants in zip(members, wishes, strict=False):
            said = {"wants": wants, "managing": "maybe", "said_on": date(2026, 11, 20)}
            session.add(Direction(person_id=one, **said))
    shown = (Shown(("deepen here",), 5), Shown(("next level",), 5))
    assert (await company.preview()).figure(Name.WANTS) == Figure(shown)
    async with company.db.writing() as session:
        session.add(Direction(person_id=members[-1], wants="not sure", managing="maybe", said_on=date(2026, 11, 20)))
    # One alone could be told from the whole, so the smallest group that could be shown is hidden with them.
    assert (await company.preview()).figure(Name.WANTS).hidden == 2


async def test_the_ladder_itself_is_looked_at(company: Company) -> None:
    await company.owner()
    members = await company.hires("technical", "T2", 6)
    await company.shows(members, "t3-design-reviews", waited=[1] * 6)
    async with company.db.writing() as session:
        await session.execute(update(Review).where(Review.author_id.in_(members[:3])).values(verdict="changes asked"))
    month = await company.whole()
    assert "t3-design-reviews" in month.sent_back
    assert "t3-root-causes" in month.quiet
    assert not {"t3-design-reviews", "p3-nothing"} & set(month.quiet)


async def test_an_owner_of_a_part_sees_their_people_track_by_track_and_nothing_that_gives_others_away(
    company: Company,
) -> None:
    await company.owner()
    sales, support = await company.owner("department:Sales"), await company.owner("department:Support")
    technical = [await company.hires("technical", "T2", count, part) for part, count in PARTS["technical"].items()]
    process = [await company.hires("process", "P2", count, part) for part, count in PARTS["process"].items()]
    for some in (*technical, *process):
        await company.asked(some, date(2026, 11, 2), answered=len(some) // 2)
    found = await company.month()
    shown = {scope: [row.path for row in one.figure(Name.PARTICIPATION).rows] for scope, one in found.items()}
    assert shown == {
        "": [(), ("process",), ("technical",)],
        # Of the technical people all but three are in Sales or Support, so one of the two cannot be shown.
        "department:Sales": [("process",), ("technical",)],
        "department:Support": [("process",)],
    }
    assert found["department:Sales"].quiet == ()
    async with company.db.reading() as session:
        for who, scope in ((sales, "department:Sales"), (support, "department:Support")):
            seen = await months.newest(session, by=await acting(session, who), today=DECEMBER.date())
            assert seen.scope == scope
            with pytest.raises(Refusal):
                await roles.require_owner(session, by=await acting(session, who), on=DECEMBER.date())


PARTS = {"technical": {"Sales": 12, "Support": 6, "": 3}, "process": {"Sales": 6, "Support": 6}}


async def test_whoever_owns_nothing_sees_nothing(company: Company) -> None:
    await company.owner()
    [ana] = await company.hires("technical", "T2", 1)
    await company.month()
    async with company.db.reading() as session:
        by = await acting(session, ana)
        with pytest.raises(Refusal):
            await months.newest(session, by=by, today=DECEMBER.date())
        with pytest.raises(Refusal):
            await months.between(session, by=by, first=LONG_AGO, last=DECEMBER.date(), today=DECEMBER.date())


async def test_what_stands_is_not_shown_again_until_five_have_come_or_gone(company: Company) -> None:
    """Else who joined would be known by the difference."""
    await company.owner()
    technical, process = await company.hires("technical", "T2", 12), await company.hires("process", "P2", 12)
    async with company.db.writing() as session:
        for mentor, mentee in zip(process[:5], technical[:5], strict=True):
            lasts = {"began_at": DECEMBER - 60 * DAY, "until_on": date(2027, 3, 1)}
            session.add(Mentorship(request_id=uuid4(), mentor_id=mentor, mentee_id=mentee, **lasts))
    first = (await company.month(OCTOBER))[""].figure(Name.COVERAGE)
    assert [row.path for row in first.rows] == [(), ("process",), ("technical",)]
    await company.joins("technical", "T2", 2, on=date(2026, 11, 9))
    second = (await company.month(NOVEMBER))[""].figure(Name.COVERAGE)
    assert second == Figure((Shown(("process",), 10, 0.4, 0.4),), 2)
    await company.joins("technical", "T2", 3, on=date(2026, 12, 9))
    later = datetime(2027, 1, 1, 8, tzinfo=UTC)
    third = (await company.month(Window(date(2026, 12, 1), date(2027, 1, 1)), now=later))[""].figure(Name.COVERAGE)
    assert third.of("technical") == Shown(("technical",), 15, 0.3)
    assert third.of("process") == Shown(("process",), 10, 0.4, 0.4)


async def test_a_month_stays_as_it_was_shown(company: Company) -> None:
    await company.owner()
    members = await company.hires("technical", "T2", 8)
    await company.asked(members, date(2026, 11, 2), answered=4)
    first = await company.whole()
    await company.asked(members, date(2026, 11, 16), answered=8)
    assert await company.month() == {}
    async with company.db.reading() as session:
        assert (await month_rows.newest(session, [""]))[""] == first


async def test_a_program_of_few_has_nothing_to_show(company: Company) -> None:
    await company.owner()
    await company.asked(await company.hires("technical", "T2", 4), date(2026, 11, 2), answered=2)
    assert (await company.whole()).is_empty


async def test_parts_that_would_overlap_are_not_given(company: Company) -> None:
    await company.owner("department:Sales")
    with pytest.raises(Refusal, match="owners by department already"):
        await company.owner("country:DE")
    await company.owner("department:Support")
    [ana] = await company.hires("technical", "T2", 1)
    async with company.db.writing() as session:
        given: dict[str, Any] = {"by": None, "now": DECEMBER, "today": DECEMBER.date(), "scope": "department:Sales"}
        with pytest.raises(Refusal, match="Only owners have a part"):
            await roles.give(session, ana, Role.READER, **given)

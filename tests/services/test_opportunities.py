"""The catalogue and its places, on both engines: what is found first, who gets the last place, who hears of what."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.delivery.opportunities import MESSAGES
from bot.models.directions import Direction
from bot.models.framework import Release
from bot.models.messages import Outbox
from bot.models.opportunities import Opportunity as Row
from bot.models.opportunities import OpportunityInterest as InterestRow
from bot.models.people import Person
from bot.rules.directory import Account
from bot.rules.opportunities import Filter, Interest, Kind
from bot.rules.refusal import Refusal
from bot.services import directory, interests, keeping, nudges, opportunities, opportunities_file
from tests.support import rows
from tests.support.rows import NOW, TODAY

DAY = timedelta(days=1)
SOON, LATER = TODAY + DAY, TODAY + 9 * DAY


async def offered(session: AsyncSession, by: Person, title: str, **more: Any) -> Row:
    given = {
        "kind": Kind.WORKSHOP.value, "title": title, "learn": "A lot.", "state": "open", "offered_at": NOW,
        "ends_on": TODAY + 90 * DAY, **more,
    }  # fmt: skip
    row = Row(offered_by=by.id, **given)
    session.add(row)
    await session.flush()
    return row


async def kinds(session: AsyncSession, to: Person) -> list[str]:
    """What is owed to somebody of all this."""
    owed = select(Outbox.kind).where(Outbox.recipient == to.id, Outbox.kind.startswith("chances."))
    return sorted(await session.scalars(owed))


def dated(on: date) -> dict[str, date]:
    return {"begins_on": on, "ends_on": on}


async def test_what_suits_and_comes_next_is_found_first(db: Database, framework_text: str) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        gone = await rows.person(session, "Kim Gone", is_active=False)
        await offered(session, cast.noor, "later", **dated(LATER), tracks="technical process")
        await offered(session, cast.noor, "no day", competencies="craft delivery")
        await offered(session, cast.noor, "soon", **dated(SOON), bands="2 3")
        await offered(session, cast.noor, "another track", tracks="customer", competencies="craft")
        await offered(session, cast.noor, "half a name", tracks="tech", competencies="craft")
        await offered(session, cast.noor, "for the highest", bands="12 4")
        await offered(session, cast.noor, "over", **dated(TODAY - DAY))
        await offered(session, cast.noor, "withdrawn", state="withdrawn")
        await offered(session, gone, "of a leaver")
        await offered(session, cast.ana, "her own")
    async with db.reading() as session:
        ana = await rows.acting(session, cast.ana)
        found = await opportunities.upcoming(session, for_=ana, today=TODAY)
        assert [one.offer.title for one in found] == ["soon", "later", "no day"]
        helps = await opportunities.fitting(
            session, for_=ana.id, competency="craft", track="technical", level="T2", today=TODAY
        )  # fmt: skip
        assert [one.offer.title for one in helps] == ["no day"]
        counted = await opportunities.offered(session, today=TODAY)
        assert (counted.open, dict(counted.by_track)["Customer strategy"]) == (7, 5)
        page = await opportunities.browse(session, by=ana, chosen=Filter(), today=TODAY)
        titles = [one.offer.title for one in page.found]
        assert titles[:2] == ["soon", "later"]
        assert set(titles[2:4]) == {"no day", "her own"}
        assert set(titles[4:]) == {"another track", "half a name", "for the highest"}, "a filter, and never a wall"
        assert [one.offer.title for one in page.own] == ["her own"]
    async with db.writing() as session:
        session.add(Direction(person_id=cast.ana.id, wants="another track", track="customer", managing="maybe",
                              said_on=TODAY))  # fmt: skip
    async with db.reading() as session:
        found = await opportunities.upcoming(session, for_=ana, today=TODAY, most=9)
        assert "another track" in [one.offer.title for one in found], "whoever would like to try it, finds it"


async def test_the_last_place_goes_to_one_and_comes_back(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        row = await offered(session, cast.noor, "one place", places=1, kind=Kind.PROJECT.value)
        noor, ana, lea = [await rows.acting(session, one) for one in (cast.noor, cast.ana, cast.lea)]
        for who in (ana, ana, lea):
            await interests.ask(session, by=who, opportunity=row.id, now=NOW, today=TODAY)
        asks = {one.person_id: one.id for one in await session.scalars(select(InterestRow))}
        assert await kinds(session, cast.noor) == [interests.ASKED] * 2, "asking twice asks once"

        async def welcomes(who: Any) -> None:
            await interests.answer(
                session, by=noor, interest=asks[who.id], is_welcome=True, now=NOW, today=TODAY
            )  # fmt: skip

        with pytest.raises(Refusal, match="not open to you"):
            await interests.answer(session, by=lea, interest=asks[ana.id], is_welcome=True, now=NOW, today=TODAY)
        await welcomes(ana)
        with pytest.raises(Refusal, match="All places are taken by now"):
            await welcomes(lea)
        assert await kinds(session, cast.ana) == [interests.ANSWERED]
        assert await kinds(session, cast.mats) == [interests.MANAGER], "it needs time"
        back = await interests.step_back(session, by=ana, opportunity=row.id, now=NOW)
        assert (back.places_left, back.mine) == (1, Interest.BACK)
        assert interests.STEPPED_BACK in await kinds(session, cast.noor)
        assert await kinds(session, cast.mats) == [], "what was not sent yet is not owed any more"
        await welcomes(lea)
        with pytest.raises(Refusal, match="All places are taken for now"):
            await interests.ask(session, by=ana, opportunity=row.id, now=NOW, today=TODAY)


async def test_whoever_leaves_gives_their_place_back_and_what_they_offered_is_gone(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        of_noor, of_lea = await offered(session, cast.noor, "hers", places=1), await offered(session, cast.lea, "Lea's")
        ana, mats = await rows.acting(session, cast.ana), await rows.acting(session, cast.mats)
        for one in (of_noor, of_lea):
            asked = {"person_id": cast.ana.id, "state": "accepted", "asked_at": NOW}
            session.add(InterestRow(opportunity_id=one.id, **asked))
        await session.flush()
        with pytest.raises(Refusal, match="All places are taken"):
            await interests.ask(session, by=mats, opportunity=of_noor.id, now=NOW, today=TODAY)
        await leaves(session, cast.lea)
        assert await kinds(session, cast.ana) == [opportunities.GONE]
        gone = MESSAGES[opportunities.GONE]
        about = list(await session.scalars(select(Outbox.subject).where(Outbox.kind == opportunities.GONE)))
        assert len(await gone.load(session, about, NOW)) == 1
        with pytest.raises(Refusal, match="not offered any more"):
            await interests.ask(session, by=mats, opportunity=of_lea.id, now=NOW, today=TODAY)
        assert [one.id for one in await opportunities.upcoming(session, for_=ana, today=TODAY)] == [of_noor.id]
        assert await opportunities.upcoming(session, for_=mats, today=TODAY) == (), "there is no place left"
        await leaves(session, cast.ana)
        again = await interests.ask(session, by=mats, opportunity=of_noor.id, now=NOW, today=TODAY)
        assert (again.places_left, again.mine) == (1, Interest.ASKED)


async def leaves(session: AsyncSession, who: Person) -> None:
    """Slack's list says so at night."""
    account = Account(slack_id=str(who.slack_id), email=who.email, name=who.name, zone="UTC", is_active=False)
    await directory.sync(session, [account], today=TODAY, now=NOW, is_complete=False)


async def test_who_asked_is_shown_to_whoever_offers_it_and_to_nobody_else(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        row = await offered(session, cast.noor, "open")
        noor, ana, lea, mats = [await rows.acting(session, one) for one in (cast.noor, cast.ana, cast.lea, cast.mats)]
        await interests.ask(session, by=ana, opportunity=row.id, now=NOW, today=TODAY)
        seen = {who.name: await opportunities.read(session, by=who, opportunity=row.id, now=NOW) for who in (noor, lea)}
        assert [one.name for one in seen[noor.name].asks] == [ana.name]
        assert (seen[lea.name].asks, seen[lea.name].can_withdraw) == ((), True)
        with pytest.raises(Refusal, match="not open to you"):
            await opportunities.withdraw(session, by=mats, opportunity=row.id, now=NOW, today=TODAY)
        with pytest.raises(Refusal, match="Say why") as refused:
            await opportunities.withdraw(session, by=lea, opportunity=row.id, now=NOW, today=TODAY)
        assert refused.value.field == "reason"
        await opportunities.withdraw(session, by=lea, opportunity=row.id, now=NOW, today=TODAY, reason="It is sold.")
        assert opportunities.GONE in await kinds(session, cast.ana)
        assert opportunities.WITHDRAWN in await kinds(session, cast.noor)
        with pytest.raises(Refusal, match="not offered any more"):
            await interests.ask(session, by=lea, opportunity=row.id, now=NOW, today=TODAY)


async def test_an_offer_without_a_day_is_asked_about_once_in_the_mornings_list(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        row = await offered(session, cast.noor, "still open?", ends_on=TODAY + 14 * DAY)
        await offered(session, cast.noor, "has a day", **dated(TODAY + 14 * DAY))
        await offered(session, cast.noor, "young")
        for day in range(12):
            now = NOW + day * DAY
            await nudges.plan_some(session, after=None, since=now - DAY, now=now, most=9)
        lists = (await session.scalars(select(Outbox.recipient).where(Outbox.kind == "attention.bundle"))).all()
        assert lists == [cast.noor.id]
        kept = await opportunities.to_keep(session, [cast.noor.id, cast.ana.id], now=NOW)
        assert [one.id for one in kept[cast.noor.id]] == [row.id]
        noor = await rows.acting(session, cast.noor)
        await opportunities.keep_open(session, by=noor, opportunity=row.id, now=NOW, today=TODAY)
        assert await opportunities.to_keep(session, [cast.noor.id], now=NOW) == {}


async def test_a_file_adds_and_changes_and_nothing_else(db: Database, framework_text: str) -> None:
    text = "title,kind,learn,offered_by,places,tracks\nA trace,workshop,Time.,noor@example.com,8,technical\n"
    async with db.writing() as session:
        cast = await rows.cast(session)
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        lea = await rows.acting(session, cast.lea)
        wrong = await opportunities_file.apply(session, b"title,kind\nx,party\n", by=lea.id, now=NOW, today=TODAY)
        assert wrong.findings
        said = await opportunities_file.apply_as_owner(session, text.encode(), by=lea, now=NOW, today=TODAY)
        assert said == "1 chance: 1 new"
        again = await opportunities_file.look(session, text.encode(), by=lea, now=NOW, today=TODAY)
        assert (again.findings, again.diff) == ((), ())
        changed = b"title,places\nA trace,none\n"
        assert await opportunities_file.apply_as_owner(session, changed, by=lea, now=NOW, today=TODAY) == (
            "1 chance: 1 changes"
        )
        (row,) = await session.scalars(select(Row).execution_options(populate_existing=True))
        assert (row.offered_by, row.places, row.tracks, row.learn) == (cast.noor.id, None, "technical", "Time.")
        with pytest.raises(Refusal, match="not open to you"):
            await opportunities_file.look(
                session, changed, by=await rows.acting(session, cast.ana), now=NOW, today=TODAY
            )  # fmt: skip


async def test_who_asked_is_exported_to_them_alone_and_an_erased_offer_leaves_nothing(db: Database) -> None:
    async with db.writing() as session:
        cast = await rows.cast(session)
        row = await offered(session, cast.noor, "Of Noor", credited_id=cast.mats.id)
        noor, ana, mats = [await rows.acting(session, one) for one in (cast.noor, cast.ana, cast.mats)]
        await interests.ask(session, by=ana, opportunity=row.id, now=NOW, today=TODAY)
        exported = {who.name: await keeping.export(session, who) for who in (noor, ana, mats)}
        assert [one["title"] for one in exported[noor.name]["opportunity"]] == ["Of Noor"]
        assert "opportunity_interest" not in exported[noor.name]
        assert [one["state"] for one in exported[ana.name]["opportunity_interest"]] == ["asked"]
        assert "Of Noor" not in str(exported[ana.name]) + str(exported[mats.name])
    async with db.writing() as session:
        await keeping.erase(session, cast.mats.id, now=NOW)
        left = await opportunities.read(session, by=ana, opportunity=row.id, now=NOW)
        assert left.opportunity.credited == keeping.FORMER
        await keeping.erase(session, cast.noor.id, now=NOW)
        assert (await session.scalars(select(Row.id))).all() == []
        assert (await session.scalars(select(InterestRow.id))).all() == []

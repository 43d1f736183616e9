"""A 360 round acted through its services by the people it concerns."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models.framework import Release
from bot.models.messages import Outbox
from bot.models.people import Person, ReportingLine, RoleGrant
from bot.models.rounds import Round as RoundRow
from bot.models.rounds import RoundSeat
from bot.rules.people import Role
from bot.rules.round_report import Opened
from bot.rules.rounds import Round, SeatState, State, Text
from bot.services import (
    keeping,
    round_answers,
    round_names,
    round_reports,
    round_tending,
    rounds,
)
from tests.support import rows
from tests.support.rows import LONG_AGO, NOW, TODAY

PEERS = ("Noor", "Tom", "Lea", "Bo", "Kim")
REPORTS = ("Ida", "Per", "Sam")
DUE = TODAY + timedelta(weeks=3)
A_MOMENT = 0.1  # real seconds
CLOSING = NOW + timedelta(days=22, hours=8)  # noon in UTC, so DUE is over in every zone


@dataclass
class Stage:
    """Ana, whose manager is Mats; five peers, three reports, Lea of whom is an owner; Uma, who is no part of it."""

    db: Database
    who: dict[str, Person] = field(default_factory=dict)
    round_id: UUID = field(default_factory=uuid4)
    skills: tuple[str, ...] = ()
    now: datetime = NOW
    meanwhile: Coroutine[Any, Any, Any] | None = None
    second: asyncio.Future[Any] | None = None

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """One transaction. Whoever acts meanwhile begins before it is committed, and may have to wait for it."""
        async with self.db.writing() as session:
            yield session
            if self.meanwhile is not None:
                self.second, self.meanwhile = asyncio.ensure_future(self.meanwhile), None
                await asyncio.wait([self.second], timeout=A_MOMENT)

    async def act(self, name: str, verb: Any, **given: Any) -> Any:
        """Call a service as somebody, with as much of the day as it takes."""
        known = {"now": self.now, "today": self.now.date()}
        more = {key: value for key, value in known.items() if key in verb.__code__.co_varnames}
        async with self.writing() as session:
            by = await rows.acting(session, self.who[name], on=self.now.date())
            return await verb(session, by=by, **more, **given)

    async def does(self, name: str, verb: Any, **given: Any) -> Round:
        found: Round = await self.act(name, verb, round_id=self.round_id, **given)
        return found

    async def names(self, name: str, peers: Sequence[str], reports: Sequence[str] = ()) -> Round:
        ids = {"peers": [self.slack(one) for one in peers], "reports": [self.slack(one) for one in reports]}
        return await self.does(name, round_names.nominate, **ids)

    async def agrees(self, name: str, peers: Sequence[str], reports: Sequence[str] = ()) -> Round:
        """To the list as it is now."""
        ids = {"peers": [self.slack(one) for one in peers], "reports": [self.slack(one) for one in reports]}
        return await self.does(name, round_names.approve, seen=await self.list_now(), **ids)

    async def list_now(self) -> UUID:
        """What the form to agree with holds."""
        new = (RoundSeat.round_id == self.round_id, RoundSeat.state == SeatState.NAMED.value)
        async with self.db.reading() as session:
            return min(await session.scalars(select(RoundSeat.id).where(*new)), default=uuid4())

    def slack(self, name: str) -> str:
        return self.who[name].slack_id or ""

    async def opened(self, peers: Sequence[str] = PEERS, reports: Sequence[str] = REPORTS) -> None:
        await self.begins()
        await self.names("Ana", peers, reports)
        await self.agrees("Mats", peers, reports)

    async def begins(self) -> None:
        found: Round = await self.act("Ana", rounds.begin)
        self.round_id, self.skills = found.id, tuple(one.key for one in found.terms.competencies)

    async def seat(self, name: str) -> UUID:
        """What a button in their message holds."""
        of = (RoundSeat.round_id == self.round_id, RoundSeat.giver_id == self.who[name].id)
        async with self.db.reading() as session:
            return (await session.scalars(select(RoundSeat.id).where(*of))).one()

    async def writes(self, name: str, rating: int | None = 4, keep: str | None = None) -> None:
        given = {"ratings": dict.fromkeys(self.skills, rating), "texts": {Text.KEEP: keep or f"Words of {name}"}}
        await self.act(name, round_answers.save, seat_id=await self.seat(name), **given)

    async def is_managed_by(self, name: str) -> None:
        """From today on; and two days of looking after rounds pass."""
        ana = self.who["Ana"].id
        async with self.db.writing() as session:
            line = update(ReportingLine).where(ReportingLine.person_id == ana)
            await session.execute(line.values(until_on=TODAY))
            session.add(ReportingLine(person_id=ana, manager_id=self.who[name].id, from_on=TODAY))
        for _ in range(2):
            async with self.db.writing() as session:
                await round_tending.tend(session, now=NOW, today=TODAY)

    async def closes(self) -> int:
        self.now = max(self.now, CLOSING)
        async with self.writing() as session:
            return await round_reports.close_due(session, now=self.now)

    async def reads(self, name: str) -> Opened:
        found: Opened = await self.act(name, round_reports.read, round_id=self.round_id)
        return found

    async def told(self, kind: str) -> list[str]:
        names = {person.id: name for name, person in self.who.items()}
        async with self.db.reading() as session:
            return sorted(
                names[one] for one in await session.scalars(select(Outbox.recipient).where(Outbox.kind == kind))
            )

    async def hears(self, *names: str) -> None:
        """Their invitations have arrived."""
        asked = (Outbox.kind == rounds.INVITED, Outbox.recipient.in_([self.who[name].id for name in names]))
        async with self.db.writing() as session:
            await session.execute(update(Outbox).where(*asked).values(state="sent"))

    async def state(self) -> State:
        async with self.db.reading() as session:
            return State((await session.scalars(select(RoundRow.state).where(RoundRow.id == self.round_id))).one())

    async def count(self, table: Any) -> int:
        async with self.db.reading() as session:
            return await session.scalar(select(func.count()).select_from(table)) or 0

    async def exported(self, name: str) -> Mapping[str, Any]:
        async with self.db.reading() as session:
            return await keeping.export(session, await rows.acting(session, self.who[name]))


async def company(db: Database, framework_text: str) -> Stage:
    found = Stage(db)
    async with db.writing() as session:
        session.add(Release(version="1.0.0", source=framework_text, loaded_at=NOW))
        mats = await rows.person(session, "Mats Berg", track="management", level="M3")
        ana = await rows.person(session, "Ana Pérez", manager=mats)
        found.who |= {"Mats": mats, "Ana": ana}
        for name in (*PEERS, "Zoe", "Uma"):
            found.who[name] = await rows.person(session, f"{name} Other")
        for name in REPORTS:
            found.who[name] = await rows.person(session, f"{name} Report", manager=ana)
        session.add(RoleGrant(person_id=found.who["Lea"].id, role=Role.OWNER.value, from_on=LONG_AGO))
    return found

"""A company whose members send program feedback: two owners read it, everybody else may say what they think."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import sealing
from bot.database import Database
from bot.models.people import Person, RoleGrant
from bot.models.program_feedback import FeedbackBox
from bot.rules.people import Role
from bot.rules.program_feedback import ITEMS, Answers, Cycle, Feedback, Release
from bot.services import feedback_cycles, feedback_releases, program_feedback
from tests.support import rows
from tests.support.rows import LONG_AGO, NOW, TODAY

TRACKS = ("technical", "management", "leadership")
RATED = Answers(dict.fromkeys(ITEMS, 4))


def answers(rating: int = 4, *texts: str) -> Answers:
    """Every item rated alike, and up to two texts."""
    first, second, *_ = (*texts, "", "")
    return Answers(dict.fromkeys(ITEMS, rating), (first, second))


def note(text: str) -> Answers:
    return Answers({}, (text, ""))


@dataclass
class Company:
    """`members`: Slack ids of people who do not read the results; `readers`: of those who do."""

    db: Database
    feedback: Feedback
    members: Sequence[str]
    readers: Sequence[str]
    today: date = TODAY

    async def opens(self) -> Cycle:
        async with self.db.writing() as session:
            return await feedback_cycles.open_cycle(session, feedback=self.feedback, today=self.today)

    async def sends(self, who: str, said: Answers = RATED, *, receipt: str | None = None) -> str:
        """Returns the receipt."""
        receipt = receipt or sealing.new_receipt()
        cycle = await self.cycle()
        async with self.db.writing() as session:
            await program_feedback.submit(
                session, slack_id=who, answers=said, receipt=receipt, cycle_id=cycle.id, feedback=self.feedback,
                today=self.today,
            )  # fmt: skip
        return receipt

    async def takes_back(self, who: str) -> bool:
        cycle = await self.cycle()
        async with self.db.writing() as session:
            return await program_feedback.remove(session, slack_id=who, cycle_id=cycle.id, feedback=self.feedback)

    async def closes(self, *, private: bytes | None = None) -> Cycle | None:
        """The day on which the cycle is opened has come; then the keys go, as after every commit."""
        self.today = (await self.cycle()).closes
        done = await self.releases(private=private)
        await self.sweeps()
        return done

    async def releases(self, *, private: bytes | None = None) -> Cycle | None:
        async with self.db.writing() as session:
            return await feedback_releases.release_due(
                session, feedback=self.feedback, today=self.today, now=NOW, private=private
            )

    async def sweeps(self) -> None:
        async with self.db.reading() as session:
            over = await feedback_cycles.over(session, feedback=self.feedback)
        sealing.forget(self.feedback.folder, over)

    async def cycle(self) -> Cycle:
        async with self.db.reading() as session:
            return (await program_feedback.cycles(session))[0]

    async def released(self) -> Release:
        async with self.db.reading() as session:
            return await program_feedback.released(session, (await program_feedback.cycles(session))[0].id)

    async def boxes(self) -> int:
        async with self.db.reading() as session:
            return await session.scalar(select(func.count()).select_from(FeedbackBox)) or 0

    @property
    def keys(self) -> list[str]:
        """The files of the folder."""
        return sorted(file.name for file in self.feedback.folder.glob("*"))

    def chooses(self, **given: Any) -> None:
        """The operator changes settings of program feedback."""
        self.feedback = replace(self.feedback, **given)

    def at(self, folder: Path) -> "Company":
        """Another process of the same company, which looks into this folder."""
        return replace(self, feedback=replace(self.feedback, folder=folder))


async def founded(db: Database, folder: Path, *, members: int = 20, **given: Any) -> Company:
    """`given`: other settings of program feedback. No cycle is open yet."""
    feedback = Feedback(folder, contact="Ines", **given)
    async with db.writing() as session:
        readers = [await _person(session, f"R{number}") for number in range(2)]
        for one in readers:
            session.add(RoleGrant(person_id=one.id, role=Role.OWNER.value, from_on=LONG_AGO))
        staff = [await _person(session, f"M{number}", track=TRACKS[number % 3]) for number in range(members)]
    return Company(db, feedback, [str(one.slack_id) for one in staff], [str(one.slack_id) for one in readers])


async def _person(session: AsyncSession, name: str, *, track: str = "technical") -> Person:
    return await rows.person(session, f"{name} Doe", track=track)


A_DAY = timedelta(days=1)

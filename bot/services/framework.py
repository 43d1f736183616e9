"""The framework in force: a release is loaded once and read many times."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.framework import Release
from bot.rules import framework_file
from bot.rules.cadence import Cadence
from bot.rules.framework import Framework, Level
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.rules.setting_up import FILE
from bot.services import people, roles

Named = Callable[[str], str]

NOT_YET = "The career framework has not been loaded yet. An owner does that once, in Home under Program."
TAKEN = "Version {} is loaded already, with other words. Raise `version` in the file."


async def current(session: AsyncSession) -> Framework:
    """The release in force. Refusal on a program that has none yet."""
    framework = await current_or_none(session)
    if framework is None:
        raise Refusal(NOT_YET)
    return framework


async def current_or_none(session: AsyncSession) -> Framework | None:
    """One statement; the text is parsed once per process, for a release never changes."""
    found = session.info.get(people.RELEASE) or await session.scalar(people.NEWEST_RELEASE)
    if found is None:
        return None
    if found not in _known:
        source = await session.scalar(select(Release.source).where(Release.id == found)) or ""
        _known[found] = await parsed(source)
    return _known[found]


async def version_of(session: AsyncSession, version: str) -> Framework:
    """One release by its version."""
    source = await session.scalar(select(Release.source).where(Release.version == version))
    if source is None:
        raise Refusal("That version of the framework is not here any more.")
    return _parsed(source)


async def load(session: AsyncSession, text: str, *, by: UUID | None, now: datetime) -> Framework:
    """Make a release of a framework file. FrameworkError names every finding; Refusal for a version that is taken."""
    framework = await parsed(text)
    before = await current_or_none(session)
    if await is_loaded(session, framework, text):
        return framework
    release = {"id": uuid4(), "version": framework.version, "source": text, "loaded_at": now}
    if not await insert_new(session, Release, [release]):  # somebody has loaded one this very moment
        raise Refusal(TAKEN.format(framework.version), field=FILE)
    session.info.pop(people.RELEASE, None)
    await roles.note_change(
        session, "framework", before=before.version if before else "", after=framework.version, by=by, now=now
    )
    return framework


async def parsed(text: str) -> Framework:
    """FrameworkError names every finding."""
    return await asyncio.to_thread(_parsed, text)  # half a second, during which others are served


async def is_loaded(session: AsyncSession, framework: Framework, text: str) -> bool:
    """Whether this very file is there already. Refusal for a version that is there with other words."""
    taken = await session.scalar(select(Release.source).where(Release.version == framework.version))
    if taken not in (None, text):
        raise Refusal(TAKEN.format(framework.version), field=FILE)
    return taken is not None


def cadence(framework: Framework, person: Person) -> Cadence:
    """How often this person is asked: their own wish, else their track's rhythm, else the program's."""
    return person.cadence or rhythm_of(framework, person.track)


async def names(session: AsyncSession) -> tuple[Named, Named]:
    """What tracks and milestones are called; one that is not in the framework any more goes by its key."""
    framework = await current_or_none(session)
    if framework is None:
        return str, str

    def milestone(key: str) -> str:
        found = framework.milestone(key)
        return found.title if found else key

    return framework.track_name, milestone


def levels_of(framework: Framework, person: Person) -> tuple[Level, ...]:
    """The levels whose milestones somebody may show: the next one and their own, those of them that have any."""
    track, level = person.track or "", person.level or ""
    levels = (framework.next_level(track, level), framework.level(track, level))
    return tuple(one for one in levels if one is not None and one.milestones)


def rhythm_of(framework: Framework, track: str | None) -> Cadence:
    found = framework.track(track) if track else None
    return Cadence((found.cadence if found else None) or framework.cadence)


_known: dict[UUID, Framework] = {}


@lru_cache(maxsize=8)
def _parsed(source: str) -> Framework:
    return framework_file.read(source)

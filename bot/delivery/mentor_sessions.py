"""Messages of sessions: into the conversation of the two, and to each of them alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.message import UPDATE, Later, Message, at_an_open_hour
from bot.rules.less import Topic
from bot.rules.mentor_sessions import Agenda, MentorSession, Own
from bot.rules.mentorships import Side
from bot.services import less_rows, mentor_agendas, mentor_session_rows, mentor_sessions, quiet_pairs
from bot.views import mentor_sessions as views
from bot.views import quiet_pairs as quiet_views


async def load_planned(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, MentorSession]:
    """Those still ahead, of pairs that go on."""
    found = await mentor_session_rows.ahead(session, ids, now=now)
    return {one.id: one for one in found}


async def load_agendas(session: AsyncSession, ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Agenda]:
    found = await mentor_session_rows.ahead(session, ids, now=now)
    return await mentor_agendas.load(session, found, now=now)


async def load_met(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, *, is_mentor: bool
) -> Mapping[UUID, Own | Later]:
    """Those whose time has passed and which this one of the two has not answered, at an hour that suits them."""
    found = await mentor_session_rows.seen(session, ids, is_mentor=is_mentor, now=now)
    open_ones = {
        key: own
        for key, own in found.items()
        if own.met is None and own.session.ends_at <= now and not own.session.is_over
    }
    who = {own.me.id for own in open_ones.values()}
    off = await less_rows.switched_off(session, who, Topic.SESSIONS, on=now.date())
    return at_an_open_hour({key: own for key, own in open_ones.items() if own.me.id not in off}, now)


async def load_met_again(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, *, is_mentor: bool
) -> Mapping[UUID, Own]:
    return await mentor_session_rows.seen(session, ids, is_mentor=is_mentor, now=now)


async def load_quiet(
    session: AsyncSession, ids: Sequence[UUID], now: datetime, *, is_mentee: bool
) -> Mapping[UUID, Side | Later]:
    """Those who have planned nothing since, at an hour that suits them."""
    found = await quiet_pairs.load(session, ids, is_mentee=is_mentee, now=now)
    off = await less_rows.switched_off(session, {one.me.id for one in found.values()}, Topic.SESSIONS, on=now.date())
    return at_an_open_hour({key: one for key, one in found.items() if one.me.id not in off}, now)


def _of_session(found: MentorSession) -> str | None:
    return found.channel


def _of_agenda(found: Agenda) -> str | None:
    return found.session.channel


def _met(*, is_mentor: bool) -> Message:
    return Message(partial(load_met, is_mentor=is_mentor), views.met, asks=True)


def _met_again(redraws: str, *, is_mentor: bool) -> Message:
    load = partial(load_met_again, is_mentor=is_mentor)
    return Message(load, views.met, method=UPDATE, redraws=redraws, answers=True)


def _quiet(*, is_mentee: bool) -> Message:
    return Message(partial(load_quiet, is_mentee=is_mentee), quiet_views.asked, asks=True)


MESSAGES: Mapping[str, Message] = {
    mentor_sessions.PLANNED: Message(load_planned, views.told, place=_of_session, answers=True),
    mentor_sessions.AGENDA: Message(load_agendas, views.agenda, place=_of_agenda, answers=True),
    mentor_sessions.MET_MENTOR: _met(is_mentor=True),
    mentor_sessions.MET_MENTEE: _met(is_mentor=False),
    mentor_sessions.MET_MENTOR_AGAIN: _met_again(mentor_sessions.MET_MENTOR, is_mentor=True),
    mentor_sessions.MET_MENTEE_AGAIN: _met_again(mentor_sessions.MET_MENTEE, is_mentor=False),
    quiet_pairs.QUIET_MENTOR: _quiet(is_mentee=False),
    quiet_pairs.QUIET_MENTEE: _quiet(is_mentee=True),
}

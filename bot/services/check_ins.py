"""What a person can do with their check-in: open it, give it, change it, put it off, look back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_new
from bot.models.check_ins import CheckIn as CheckInRow
from bot.models.check_ins import MilestoneProgress
from bot.models.messages import Occurrence
from bot.rules import access, cadence
from bot.rules import check_ins as rules
from bot.rules.check_ins import Answer, CheckIn, Form, Moved, Receipt, Win, Words
from bot.rules.framework import Framework
from bot.rules.people import Person
from bot.rules.plans import NO_TICKS, Ticks
from bot.rules.refusal import Refusal
from bot.services import check_in_rounds, help_wanted, messages, plan_ticks, progress, relations
from bot.services import framework as frameworks

NOT_A_MEMBER = (
    "You are not enrolled in the program yet, so there is no check-in for you. Whoever runs it can enrol you."
)
GONE = "That prompt is from a while ago and is not here any more. /checkin opens the one of today."
PROMPT_AGAIN = "check_in.prompt_again"
LATER = timedelta(hours=3)


async def open_form(session: AsyncSession, *, by: Person, today: date, round_on: date | None = None) -> Form:
    """What the form of the round in progress is drawn from; `round_on` names the round of an older prompt."""
    framework = await _enrolled(session, by)
    rhythm = frameworks.cadence(framework, by)
    round_on = round_on or rules.current_round(rhythm, today)
    rules.check_is_open(round_on, rhythm=rhythm, today=today)
    found = await progress.load(session, framework, by, today=today)
    readers = await relations.readers(session, by=by, on=today)
    focus = rules.focus(found, readers.focus)
    return Form(
        round_on=round_on,
        given=await given(session, by=by, round_on=round_on),
        level=framework.next_level(by.track or "", by.level or ""),
        focus=tuple(one for one in found if one in focus),
        reader=by.manager_name,
        deputy=readers.deputy,
        plan=readers.plan,
        mentors=readers.mentors,
        next_on=cadence.next_round(rhythm, round_on),
        asks_learned=rules.asks_learned(rhythm, round_on),
    )


async def _enrolled(session: AsyncSession, by: Person) -> Framework:
    if not by.is_member:
        raise Refusal(NOT_A_MEMBER)
    return await frameworks.current(session)


# Asked on every press of /checkin, so it is put together once.
_GIVEN = (
    select(*CheckInRow.__table__.columns, MilestoneProgress.milestone, MilestoneProgress.moved)
    .outerjoin(MilestoneProgress, MilestoneProgress.check_in_id == CheckInRow.id)
    .where(CheckInRow.person_id == bindparam("person"), CheckInRow.round_on == bindparam("round_on"))
)


async def given(session: AsyncSession, *, by: Person, round_on: date) -> CheckIn | None:
    rows = (await session.execute(_GIVEN, {"person": by.id, "round_on": round_on})).all()
    if not rows:
        return None
    return value(rows[0], {row.milestone: Moved(row.moved) for row in rows if row.milestone})


def value(row: CheckInRow | Row[*tuple[Any, ...]], moved: Mapping[str, Moved] | None = None) -> CheckIn:
    return CheckIn(
        id=row.id,
        round_on=row.round_on,
        answer=Answer(row.answer),
        words=Words(row.win, row.obstacle, row.help_wanted, row.is_private, moved or {}, row.learned or ""),
        submitted_at=row.submitted_at,
        edited_at=row.edited_at,
        is_to_talk_about=row.is_to_talk_about and row.talked_at is None,
    )


async def submit(
    session: AsyncSession, *, by: Person, round_on: date, words: Words, now: datetime, ticks: Ticks = NO_TICKS
) -> Receipt:
    """Give the check-in of a round, or change it. `ticks`: what it says of the growth plan."""
    rules.check_words(words, is_enough=bool(ticks))
    framework = await _enrolled(session, by)
    today = cadence.local_day(now, by.schedule.zone)
    rules.check_is_open(round_on, rhythm=frameworks.cadence(framework, by), today=today)
    unknown = [key for key in words.moved if framework.milestone(key) is None]
    if unknown:
        raise Refusal("The framework has changed since you opened this form. Close it and open it again with /checkin.")
    kept = await _keep(session, by, round_on, words, now)
    await plan_ticks.note(session, by=by, ticks=ticks, is_private=words.is_private, now=now, today=today)
    mentors = (await relations.readers(session, by=by, on=today)).mentors
    return receipt(framework, by, kept, reader=by.manager_name, mentors=mentors)


def receipt(
    framework: Framework, by: Person, given: CheckIn, *, reader: str | None, mentors: tuple[str, ...]
) -> Receipt:
    """What the person sees then; a win can be saved where their levels have milestones."""
    return Receipt(
        check_in=given,
        reader=reader,
        next_on=cadence.next_round(frameworks.cadence(framework, by), given.round_on),
        can_save=bool(given.words.win and frameworks.levels_of(framework, by)),
        mentors=mentors,
    )


async def nothing_new(session: AsyncSession, *, by: Person, occurrence: UUID, now: datetime) -> None:
    """One press is an answer; it never replaces words that were given before."""
    await _answer_without_words(session, by, occurrence, Answer.NOTHING_NEW, now)


async def skip(session: AsyncSession, *, by: Person, occurrence: UUID, now: datetime) -> None:
    """Leave this round out. Nobody is told, nothing is counted against anyone."""
    await _answer_without_words(session, by, occurrence, Answer.SKIPPED, now)


async def _answer_without_words(
    session: AsyncSession, by: Person, occurrence: UUID, answer: Answer, now: datetime
) -> None:
    framework = await _enrolled(session, by)
    prompt = await prompt_of(session, by=by, occurrence=occurrence)
    today = cadence.local_day(now, by.schedule.zone)
    rules.check_is_open(prompt.on_date, rhythm=frameworks.cadence(framework, by), today=today)
    row = _row(by, prompt.on_date, answer, Words(), now)
    await insert_new(session, CheckInRow, [row])
    await _refresh_prompts(session, by, prompt.on_date, now)


async def _keep(session: AsyncSession, by: Person, round_on: date, words: Words, now: datetime) -> CheckIn:
    """The check-in as it stands then. An edit keeps the wish to talk about it, unless only the person may read it."""
    row = _row(by, round_on, Answer.ANSWERED, words, now)
    is_new = bool(await insert_new(session, CheckInRow, [row]))
    await help_wanted.tell_manager(session, by=by, round_on=round_on, words=words, is_new=is_new, now=now)
    if is_new:
        kept = CheckIn(row["id"], round_on, Answer.ANSWERED, words, now, None)
    else:
        kept = await _changed(session, by, row, words, now)
        await session.execute(delete(MilestoneProgress).where(MilestoneProgress.check_in_id == kept.id))
    if words.moved:
        moves = [
            {"check_in_id": kept.id, "milestone": key, "person_id": by.id, "moved": moved.value}
            for key, moved in words.moved.items()
        ]
        await session.execute(insert(MilestoneProgress), moves)
    await _refresh_prompts(session, by, round_on, now)
    return kept


async def _changed(session: AsyncSession, by: Person, row: dict[str, Any], words: Words, now: datetime) -> CheckIn:
    changed = {name: row[name] for name in ("manager_id", "answer", "is_private", *rules.WRITTEN)}
    if words.is_private:
        changed["is_to_talk_about"] = False
    wish = (CheckInRow.is_to_talk_about, CheckInRow.talked_at)
    found = await session.execute(
        update(CheckInRow)
        .where(CheckInRow.person_id == by.id, CheckInRow.round_on == row["round_on"])
        .values(**changed, edited_at=now)
        .returning(CheckInRow.id, CheckInRow.submitted_at, *wish)
    )
    kept = found.one()
    is_to_talk_about = kept.is_to_talk_about and kept.talked_at is None
    return CheckIn(kept.id, row["round_on"], Answer.ANSWERED, words, kept.submitted_at, now, is_to_talk_about)


def _row(by: Person, round_on: date, answer: Answer, words: Words, now: datetime) -> dict[str, Any]:
    return {
        "id": uuid4(), "person_id": by.id, "manager_id": by.manager_id, "round_on": round_on, "answer": answer.value,
        "is_private": words.is_private, "submitted_at": now, **{name: getattr(words, name) for name in rules.WRITTEN},
    }  # fmt: skip


async def own(session: AsyncSession, *, by: Person, check_in: UUID) -> CheckInRow:
    """One's own check-in. Refused alike when it is somebody else's or gone."""
    row = await session.get(CheckInRow, check_in)
    if row is None:
        access.refuse()
    access.require(relations.to_check_in(by, row), "write", _thing(row))
    return row


async def win(session: AsyncSession, *, by: Person, check_in: UUID) -> Win:
    """The win of one's own check-in, to be saved as evidence."""
    row = await own(session, by=by, check_in=check_in)
    if not row.win:
        raise Refusal("That check-in has no win any more. /evidence starts with an empty form.")
    moved = (MilestoneProgress.check_in_id == row.id, MilestoneProgress.moved == Moved.FORWARD.value)
    forward = (await session.scalars(select(MilestoneProgress.milestone).where(*moved))).all()
    return Win(row.win, forward[0] if len(forward) == 1 else None, row.edited_at or row.submitted_at)


@dataclass(frozen=True)
class PromptRef:
    """Which prompt a button belongs to."""

    id: UUID
    on_date: date
    slot: int
    expires_at: datetime


async def prompt_of(session: AsyncSession, *, by: Person, occurrence: UUID) -> PromptRef:
    """The person's own prompt. Refusal when it is somebody else's or long gone: the sentence is the same."""
    found = await session.execute(
        select(Occurrence.id, Occurrence.on_date, Occurrence.slot, Occurrence.expires_at).where(
            Occurrence.id == occurrence, Occurrence.person_id == by.id
        )
    )
    row = found.first()
    if row is None:
        raise Refusal(GONE)
    return PromptRef(row.id, row.on_date, row.slot, row.expires_at)


async def put_off(session: AsyncSession, *, by: Person, occurrence: UUID, is_tomorrow: bool, now: datetime) -> datetime:
    """Ask again later today, or tomorrow; the moment is returned. Late in the day, *later* means the next morning."""
    prompt = await prompt_of(session, by=by, occurrence=occurrence)
    if prompt.slot >= rules.MOST_SLOTS:
        raise Refusal("This prompt has been put off a few times now. Answer it, or skip this round: both are fine.")
    moment = cadence.next_morning(now, by.schedule) if is_tomorrow else cadence.next_open(now + LATER, by.schedule)
    if moment is None or moment >= prompt.expires_at:
        raise Refusal("The next round begins before that. You can still answer this one with /checkin.")
    again = {
        "id": uuid4(), "kind": check_in_rounds.KIND, "person_id": by.id, "on_date": prompt.on_date,
        "slot": prompt.slot + 1, "due_at": moment, "expires_at": prompt.expires_at, "state": "planned",
    }  # fmt: skip
    if not await insert_new(session, Occurrence, [again]):
        raise Refusal("You have put this prompt off already; it will come again.")
    await messages.refresh(session, PROMPT_AGAIN, to=by.id, about=prompt.id, at=now)
    return moment


async def _refresh_prompts(session: AsyncSession, by: Person, round_on: date, now: datetime) -> None:
    """Prompts of the round that were sent get drawn anew; those still to come are not needed."""
    prompts = await session.scalars(
        select(Occurrence.id).where(
            Occurrence.person_id == by.id, Occurrence.kind == check_in_rounds.KIND, Occurrence.on_date == round_on,
            Occurrence.state == "told",
        )
    )  # fmt: skip
    for prompt in prompts.all():
        await messages.refresh(session, PROMPT_AGAIN, to=by.id, about=prompt, at=now)
    await messages.redraw_home(session, filter(None, (by.id, by.manager_id)), at=now)


async def history(session: AsyncSession, *, by: Person, of: Person, limit: int = 12) -> list[CheckIn]:
    """The latest check-ins of somebody, newest first: one's own, or those one was the manager for and may read."""
    concerns = or_(CheckInRow.person_id == by.id, CheckInRow.manager_id == by.id)
    rows = await session.scalars(
        select(CheckInRow).where(CheckInRow.person_id == of.id, concerns).order_by(CheckInRow.round_on.desc())
    )
    readable = (row for row in rows if is_readable(by, row))
    return [value(row) for row in islice(readable, limit)]


def is_readable(by: Person, row: CheckInRow) -> bool:
    return access.can(relations.to_check_in(by, row), "read", _thing(row))


def require_readable(by: Person, row: CheckInRow, *, is_deputy: bool = False) -> str:
    """The relation that lets `by` read this check-in; Refusal where none does."""
    return access.require(relations.to_check_in(by, row, is_deputy=is_deputy), "read", _thing(row))


def _thing(row: CheckInRow) -> str:
    return "private check-in" if row.is_private else "check-in"

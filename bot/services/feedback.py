"""What people can do with feedback: give it, change it until it is read, read it, thank, ask, and answer."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.feedback import Feedback as FeedbackRow
from bot.rules import access, cadence
from bot.rules import feedback as rules
from bot.rules.feedback import AT_ONCE, Expected, Feedback, Form, Readers, Words
from bot.rules.feedback_asks import SAID, Request, State
from bot.rules.less import Topic
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import feedback_asks, feedback_requests, less_rows, looks, messages, people, relations
from bot.services import feedback_rows as rows
from bot.services import framework as frameworks

GIVEN = "feedback.given"
GIVEN_AGAIN = "feedback.given_again"
THANKED = "feedback.thanked"
QUESTION = "feedback.question"
ANSWERED = "feedback.answered"
THING = "feedback"
CHANGED = "This changed in another window just now. Open it again to see how it stands."


# What its giver does


async def form_to(session: AsyncSession, *, by: Person, slack_id: str | None, now: datetime, today: date) -> Form:
    """What a giver sees before they write to this colleague. Where they were asked for it, it answers that."""
    found = (await people.by_slack_id(session, [slack_id] if slack_id else [], on=today)).get(slack_id or "")
    waiting = (await feedback_requests.open_for(session, [by.id], now=now)).get(by.id, [])
    asked = next((one for one in waiting if found is not None and one.ask.asker_id == found.id), None)
    return await _form(session, by, found, asked)


async def form(session: AsyncSession, *, by: Person, to: UUID, request: UUID | None, today: date) -> Form:
    """The same where the colleague is known already. `request`: one of theirs that it answers, or did while it was
    open."""
    found = await people.by_id(session, [to], on=today)
    asked = await feedback_requests.before(session, by=by, request=request) if request is not None else None
    return await _form(session, by, found.get(to), asked)


async def answer_form(session: AsyncSession, *, by: Person, request: UUID, today: date) -> Form:
    """The form that answers a request."""
    asked = await feedback_requests.theirs(session, by=by, request=request)
    return await form(session, by=by, to=asked.ask.asker_id, request=request, today=today)


async def change_form(session: AsyncSession, *, by: Person, feedback: UUID, today: date) -> Form:
    """The giver's own words, to be changed while nobody has read them."""
    before = await _mine(session, by, feedback)
    found = (await people.by_id(session, [before.receiver_id], on=today)).get(before.receiver_id)
    return await _form(session, by, found, before=before)


async def _form(
    session: AsyncSession, by: Person, to: Person | None, asked: Request | None = None, before: Feedback | None = None
) -> Form:
    receiver = rules.check_pair(by.id, to)
    if asked is not None and asked.ask.asker_id != receiver.id:
        access.refuse()
    framework = await frameworks.current_or_none(session)
    manager = receiver.manager_name if receiver.manager_id != by.id else None
    start = Form(receiver, manager, rules.of_level(framework, receiver.track, receiver.level), before)
    if asked is None:
        return start
    if asked.state is not State.OPEN:
        return replace(start, over=SAID[asked.state])
    return replace(start, request=asked.id, asked_for=asked.ask.competency, note=asked.ask.note)


async def give(
    session: AsyncSession,
    *,
    by: Person,
    to: UUID,
    words: Words,
    competency: str,
    readers: Readers,
    request: UUID | None,
    now: datetime,
    today: date,
) -> Feedback:
    """Write to a colleague, signed. Who reads it is fixed from now on."""
    found = await form(session, by=by, to=to, request=request, today=today)
    rules.check_words(words, today=today)
    about = rules.chosen(found.competencies, competency)
    is_shared = readers is Readers.MANAGER and found.manager is not None
    row = FeedbackRow(
        receiver_id=to, giver_id=by.id, manager_id=found.receiver.manager_id if is_shared else None,
        request_id=request, given_at=now, **_columns(words, about),
    )  # fmt: skip
    session.add(row)
    await session.flush()
    await messages.tell(session, GIVEN, to=to, about=row.id, at=now)
    if request is not None:
        await feedback_asks.close(session, request, State.GIVEN, now=now)
    await messages.redraw_home(session, [to], at=now)
    return await rows.load_one(session, row.id)


def _columns(words: Words, about: Expected | None) -> dict[str, Any]:
    return {
        "did": words.did, "changed": words.changed, "next_step": words.next_step, "done_on": words.done_on,
        "competency": about.key if about else "", "track": about.track if about else "",
        "level": about.level if about else "",
    }  # fmt: skip


async def change(
    session: AsyncSession,
    *,
    by: Person,
    feedback: UUID,
    words: Words,
    competency: str,
    now: datetime,
    today: date,
) -> Feedback:
    """Other words in the place of those that nobody has read. Who reads them stays."""
    found = await change_form(session, by=by, feedback=feedback, today=today)
    rules.check_words(words, today=today)
    about = rules.chosen(found.competencies, competency)
    await _update(session, feedback, *_unread(), **_columns(words, about), given_at=now)
    return await rows.load_one(session, feedback)


async def take_back(session: AsyncSession, *, by: Person, feedback: UUID, now: datetime) -> Feedback:
    """Gone with its words, while nobody has read it; where a message about it has arrived, it says so."""
    found = await _mine(session, by, feedback)
    gone = {"did": "", "changed": "", "next_step": "", "taken_back_at": now}
    await _update(session, feedback, *_unread(), **gone)
    if found.request_id is not None:
        await feedback_requests.give_up(session, found.request_id)
    await messages.withdraw(session, GIVEN, about=feedback)
    await messages.refresh(session, GIVEN_AGAIN, to=found.receiver_id, about=feedback, at=now)
    await messages.redraw_home(session, [found.receiver_id], at=now)
    return await rows.load_one(session, feedback)


async def _mine(session: AsyncSession, by: Person, feedback: UUID) -> Feedback:
    found = await rows.load_one(session, feedback)
    if found.giver_id == by.id:
        rules.check_waits(found)
    access.require(relations.to_feedback(by, found), "write", THING)
    return found


async def answer(session: AsyncSession, *, by: Person, feedback: UUID, answer: str, now: datetime) -> Feedback:
    """The giver's answer to the one question of the person."""
    found = await rows.load_one(session, feedback)
    access.require(relations.to_feedback(by, found) & {"giver"}, "read", THING)
    rules.check_answer(found, answer)
    await _update(session, feedback, FeedbackRow.answered_at.is_(None), answer=answer, answered_at=now)
    await messages.tell(session, ANSWERED, to=found.receiver_id, about=feedback, at=now)
    return await rows.load_one(session, feedback)


# What its receiver does


async def read(session: AsyncSession, *, by: Person, feedback: UUID, now: datetime) -> Feedback:
    """For the person, whose first look ends the giver's changes; for its giver, and for a manager they chose."""
    found = await rows.load_one(session, feedback)
    because = access.require(relations.to_feedback(by, found), "read", THING)
    if found.taken_back_at is not None:
        raise Refusal(rules.GONE)
    if found.receiver_id == by.id and found.waits:
        await _update(session, feedback, *_unread(), read_at=now)
        await messages.withdraw(session, GIVEN, about=feedback)
        await messages.redraw_home(session, [by.id], at=now)
        return await rows.load_one(session, feedback)
    if found.giver_id != by.id:
        looks.saw(session, by=by, thing=THING, about=found.id, of=found.receiver_id, because=because)
    return found


async def thank(session: AsyncSession, *, by: Person, feedback: UUID, now: datetime) -> Feedback:
    """Thanks, said once."""
    found = await _received(session, by, feedback)
    if found.thanked_at is None:
        await _update(session, feedback, FeedbackRow.thanked_at.is_(None), thanked_at=now)
        await messages.tell(session, THANKED, to=found.giver_id, about=feedback, at=now)
    return await rows.load_one(session, feedback)


async def ask(session: AsyncSession, *, by: Person, feedback: UUID, question: str, now: datetime) -> Feedback:
    """One question about it; what its giver answers ends it."""
    found = await _received(session, by, feedback)
    rules.check_question(found, question)
    await _update(session, feedback, FeedbackRow.asked_at.is_(None), question=question, asked_at=now)
    await messages.tell(session, QUESTION, to=found.giver_id, about=feedback, at=now)
    return await rows.load_one(session, feedback)


async def to_ask(session: AsyncSession, *, by: Person, feedback: UUID) -> Feedback:
    """What somebody asks about, before they do."""
    found = await _received(session, by, feedback)
    if found.question:
        rules.check_question(found, found.question)
    return found


async def to_save(session: AsyncSession, *, by: Person, feedback: UUID) -> Feedback:
    """What somebody wants to save as evidence."""
    return await _received(session, by, feedback)


async def _received(session: AsyncSession, by: Person, feedback: UUID) -> Feedback:
    """One's own, once it is read."""
    found = await rows.load_one(session, feedback)
    access.require(relations.to_feedback(by, found) & {"author"}, "read", THING)
    if found.read_at is None:
        access.refuse()
    return found


def _unread() -> tuple[ColumnElement[bool], ...]:
    return FeedbackRow.read_at.is_(None), FeedbackRow.taken_back_at.is_(None)


async def _update(session: AsyncSession, feedback: UUID, *conditions: ColumnElement[bool], **values: Any) -> None:
    """Of two who change it at once, the second hears so."""
    changed = update(FeedbackRow).where(FeedbackRow.id == feedback, *conditions).values(**values)
    quietly = changed.returning(FeedbackRow.id).execution_options(synchronize_session=False)
    if (await session.execute(quietly)).first() is None:
        raise Refusal(CHANGED)


# What there is


async def received(session: AsyncSession, *, by: Person, after: int = 0) -> tuple[Feedback, ...]:
    """One more than a page, where there are more."""
    mine = (FeedbackRow.receiver_id == by.id, FeedbackRow.taken_back_at.is_(None))
    return await rows.load(session, *mine, limit=AT_ONCE + 1, after=after)


async def given(session: AsyncSession, *, by: Person) -> tuple[Feedback, ...]:
    mine = (FeedbackRow.giver_id == by.id, FeedbackRow.taken_back_at.is_(None))
    return await rows.load(session, *mine, limit=AT_ONCE)


async def of_my_people(session: AsyncSession, *, by: Person) -> tuple[Feedback, ...]:
    """What givers chose to let this person read as the manager, once it was read by whom it is for."""
    return await rows.load(session, FeedbackRow.manager_id == by.id, FeedbackRow.read_at.is_not(None), limit=AT_ONCE)


async def themes(session: AsyncSession, *, person_id: UUID, since: date) -> list[Feedback]:
    """Everything the person has received and read since that day. For themselves alone."""
    return list(await rows.load(session, *_since(person_id, since)))


async def readable(session: AsyncSession, *, by: Person, of: UUID, since: date) -> list[Feedback]:
    """What `by` may read of it: all of their own; of somebody else's, what givers let them read as the manager.

    Whoever shows it to `by` notes the look: `looks.saw` with the thing "feedback".
    """
    found = await themes(session, person_id=of, since=since)
    return [one for one in found if access.can(relations.to_feedback(by, one), "read", THING)]


def _since(person: UUID, since: date) -> tuple[ColumnElement[bool], ...]:
    return (
        FeedbackRow.receiver_id == person,
        FeedbackRow.read_at.is_not(None),
        FeedbackRow.given_at >= cadence.resolve(since, 0, "UTC"),
    )


async def to_tell(session: AsyncSession, ids: Collection[UUID], *, now: datetime) -> dict[UUID, Feedback]:
    """For messages: what waits to be read by people who want to hear of it."""
    found = {key: one for key, one in (await rows.by_id(session, ids)).items() if one.waits}
    receivers = {one.receiver_id for one in found.values()}
    off = await less_rows.switched_off(session, receivers, Topic.FEEDBACK, on=now.date())
    return {key: one for key, one in found.items() if one.receiver_id not in off}

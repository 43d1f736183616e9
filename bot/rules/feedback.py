"""Feedback about people as plain values: what may be given, who reads it, and what may follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bot.rules.framework import Framework
from bot.rules.people import Person
from bot.rules.refusal import Refusal

LONGEST = 2000
MOST_QUESTION = 500
OLDEST_YEARS = 2
AT_ONCE = 10  # of each kind in the hub
NOBODY = "This is not a colleague in the directory: an app, a guest or a leaver. Choose somebody else."
READ = "{} has read it, so it stays as it is. You can write again at any time: `/feedback`."
GONE = "Its giver has taken it back, and its words are gone."


class Readers(StrEnum):
    PERSON = "person"
    MANAGER = "manager"  # the person and whoever is their manager when it is given


@dataclass(frozen=True)
class Expected:
    """A competency, and what it asks at one level."""

    key: str
    name: str
    expectation: str
    track: str = ""
    level: str = ""


@dataclass(frozen=True)
class Words:
    """What a giver writes. `did`: what they saw; `changed`: what was different because of it."""

    did: str
    changed: str
    next_step: str = ""
    done_on: date | None = None


@dataclass(frozen=True)
class Feedback:
    """Words about one person, signed. `manager_id`: who reads it as well, if the giver chose so.

    `request_id`: the request of theirs that it answers, if one. `question`: what they wanted to know more about;
    `answer`: what the giver said to that.
    """

    id: UUID
    receiver_id: UUID
    receiver: str
    giver_id: UUID
    giver: str
    words: Words
    competency: Expected | None
    manager_id: UUID | None
    manager: str | None
    given_at: datetime
    read_at: datetime | None = None
    taken_back_at: datetime | None = None
    thanked_at: datetime | None = None
    question: str = ""
    answer: str = ""
    request_id: UUID | None = None

    @property
    def waits(self) -> bool:
        """Whether it is still the giver's own: nobody has read it."""
        return self.read_at is None and self.taken_back_at is None


@dataclass(frozen=True)
class Form:
    """What a giver sees before they write. `competencies`: those of the receiver's level, none for who is no member.

    `manager`: whom the giver may let read it as well. `before`: their own words, to be changed; `note`: what the person
    would like to know, where they asked; `request`: that request; `over`: why nobody waits for an answer to it any
    more.
    """

    receiver: Person
    manager: str | None
    competencies: tuple[Expected, ...] = ()
    before: Feedback | None = None
    request: UUID | None = None
    asked_for: Expected | None = None
    note: str = ""
    over: str = ""


def of_level(framework: Framework | None, track: str | None, level: str | None) -> tuple[Expected, ...]:
    """What a level expects, competency by competency; nothing for whoever holds none."""
    on, at = (framework.track(track or ""), framework.level(track or "", level or "")) if framework else (None, None)
    if on is None or at is None:
        return ()
    return tuple(
        Expected(one.key, one.name, at.expectations.get(one.key, ""), on.key, at.key) for one in on.competencies
    )


def expected(framework: Framework | None, track: str, level: str, competency: str) -> Expected | None:
    """One of them; what is not in the framework any more goes by its key. None where none was chosen."""
    if not competency:
        return None
    found = (one for one in of_level(framework, track, level) if one.key == competency)
    return next(found, Expected(competency, competency, "", track, level))


def chosen(competencies: Sequence[Expected], key: str) -> Expected | None:
    """The competency that was chosen, which needs none."""
    found = next((one for one in competencies if one.key == key), None)
    if key and found is None:
        raise Refusal("Choose one of the competencies listed, or none.", field="competency")
    return found


def check_pair(giver: UUID, receiver: Person | None) -> Person:
    """Who may be written to: a colleague with a full account, never oneself."""
    if receiver is None or not receiver.is_active or receiver.is_guest:
        raise Refusal(NOBODY, field="receiver")
    if receiver.id == giver:
        raise Refusal("This is for words about somebody else. What you did yourself is evidence.", field="receiver")
    return receiver


def check_words(words: Words, *, today: date) -> None:
    for name, text in (("did", words.did), ("changed", words.changed)):
        if not text:
            raise Refusal("One sentence is enough, but it cannot be empty.", field=name)
    for name, text in (("did", words.did), ("changed", words.changed), ("next_step", words.next_step)):
        _check_length(text, name, LONGEST)
    if words.done_on is not None and words.done_on > today:
        raise Refusal("That day is still ahead. Choose the day you saw it, or leave it empty.", field="done_on")
    if words.done_on is not None and today.year - words.done_on.year > OLDEST_YEARS:
        raise Refusal("That is long ago. Leave the day empty, or write about something newer.", field="done_on")


def check_waits(found: Feedback) -> None:
    """Refusal for a giver who comes too late to change it."""
    if found.taken_back_at is not None:
        raise Refusal("You have taken this back, and its words are gone. `/feedback` starts anew.")
    if found.read_at is not None:
        raise Refusal(READ.format(found.receiver))


def check_question(found: Feedback, question: str) -> None:
    if found.question:
        raise Refusal("You have asked your question already. A talk takes it further from here.", field="question")
    if not question:
        raise Refusal("Write what you would like to know. One sentence is enough.", field="question")
    _check_length(question, "question", MOST_QUESTION)


def check_answer(found: Feedback, answer: str) -> None:
    if not found.question or found.answer:
        raise Refusal("There is no question of theirs to answer any more. A talk takes it further from here.")
    if not answer:
        raise Refusal("Write your answer. One sentence is enough.", field="answer")
    _check_length(answer, "answer", LONGEST)


def _check_length(text: str, field: str, most: int) -> None:
    if len(text) > most:
        raise Refusal(f"This is longer than {most:,} characters. Shorten it a little.", field=field)

"""Feedback about people, drawn: the form, what each of them reads, the hub, and the messages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.rules import feedback as rules
from bot.rules import plain_words
from bot.rules.feedback import Feedback, Form, Readers, Words
from bot.rules.feedback_asks import SAID, Ask, Busy, Request, State, Unanswered
from bot.rules.feedback_hub import Hub, Waits
from bot.rules.framework import Framework
from bot.rules.home import Home, Me, Part
from bot.rules.people import Person
from bot.views import feedback, feedback_asks, feedback_hub, feedback_words
from bot.views import home as homes
from bot.views.feedback import Filled
from bot.views.feedback_asks import Wish

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
ME, GIVER, MANAGER = UUID(int=1), UUID(int=501), UUID(int=502)
LABEL = "She is abrasive."


def given(framework: Framework, text: str, name: str, **more: Any) -> Feedback:
    """As full as it gets, read and thanked, unless `more` says otherwise."""
    about = rules.of_level(framework, "technical", "T2")[0]
    whole: Drawn = {
        "read_at": NOW, "thanked_at": NOW, "question": text, "answer": text, "manager_id": MANAGER, "manager": name,
        "competency": about, "request_id": UUID(int=503),
    }  # fmt: skip
    words = Words(text, text, text, TODAY - timedelta(days=3))
    return Feedback(UUID(int=500), ME, name, GIVER, name, words, given_at=NOW, **{**whole, **more})


def unread(framework: Framework, text: str, name: str) -> Feedback:
    return given(framework, text, name, read_at=None, thanked_at=None, question="", answer="")


def bare(framework: Framework) -> Feedback:
    few = {"manager_id": None, "manager": None, "competency": None, "request_id": None, "question": "", "answer": ""}
    return given(framework, "x", "-", **few, thanked_at=None)


def ask(framework: Framework, text: str, name: str) -> Ask:
    about = rules.of_level(framework, "technical", "T2")[0]
    return Ask(UUID(int=504), ME, name, about, text, NOW, NOW + timedelta(days=14), asked=5, given=2)


def request(framework: Framework, text: str, name: str, state: State = State.OPEN) -> Request:
    return Request(UUID(int=505), GIVER, state, ask(framework, text, name))


def form(framework: Framework, to: Person, text: str, **more: Any) -> Form:
    found = rules.of_level(framework, "technical", "T2")
    return Form(to, to.name, found, request=UUID(int=503), asked_for=found[0], note=text, **more)


def _unanswered(framework: Framework, text: str, name: str) -> Unanswered:
    return Unanswered(ask(framework, text, name), {UUID(int=600 + n): name for n in range(5)})


def hub(framework: Framework, who: Person, text: str) -> Hub:
    name = who.name
    known = tuple(_states(framework, text, name))
    asks = (ask(framework, text, name),) * 10
    return Hub(who, known, known, asks, (request(framework, text, name),) * 10, known)


def _states(framework: Framework, text: str, name: str) -> Iterator[Feedback]:
    for more in ({}, {"answer": ""}, {"thanked_at": None, "question": "", "answer": ""}):
        yield given(framework, text, name, **more)
    yield unread(framework, text, name)


def views(framework: Framework, to: Person, text: str) -> dict[str, Drawn]:
    name = to.name
    new, whole = unread(framework, text, name), given(framework, text, name)
    plain = given(framework, text, name, thanked_at=None, question="", answer="")
    asked = given(framework, text, name, answer="")
    filled = Filled(Words(text, text, text, TODAY), whole.competency.key if whole.competency else "", Readers.MANAGER)
    back = plain_words.ask_back({"did": LABEL, "changed": "It helped a lot.", "next_step": "Be more proactive."})
    found = form(framework, to, text)
    shown: Drawn = {"can_save": True, "today": TODAY}
    return {
        "feedback, whom": feedback.whom(),
        "feedback": feedback.form(found),
        "feedback, a question back": feedback.form(found, filled, back),
        "feedback, changed": feedback.form(form(framework, to, text, before=new)),
        "feedback, sent": feedback.sent(new),
        "feedback, kept": feedback.changed(new),
        "feedback, taken back": feedback.taken_back(),
        "feedback, received": feedback_words.opened(plain, me=ME, **shown),
        "feedback, received and all said": feedback_words.opened(whole, me=ME, **shown),
        "feedback, given": feedback_words.opened(new, me=GIVER, **shown),
        "feedback, given and asked about": feedback_words.opened(asked, me=GIVER, **shown),
        "feedback, for the manager": feedback_words.opened(whole, me=MANAGER, **shown),
        "feedback, a question": feedback_words.question_form(whole),
        "feedback, asked": feedback_words.asked(whole),
        "feedback, answered": feedback_words.answered_form(whole),
        "feedback, ask": feedback_asks.form(found.competencies, Wish(("U0TOM",), note=text), (Busy(name, 5),) * 5),
        "feedback, asked for": feedback_asks.sent([name] * 5),
        "feedback, take back": feedback_asks.take_back_form(_unanswered(framework, text, name)),
        "feedback, nobody is asked": feedback_asks.taken_back([name] * 5),
        "feedback, not now": feedback_asks.declined(request(framework, text, name)),
        "feedback, not waited for": feedback.form(replace(found, request=None, over=SAID[State.WITHDRAWN]), filled),
        "feedback hub": feedback_hub.view(hub(framework, to, text), today=TODAY),
        "feedback, earlier": feedback_words.earlier((new,) * 11, today=TODAY, after=10),
    }


def empty_views(framework: Framework, to: Person) -> dict[str, Drawn]:
    return {
        "feedback": feedback.form(Form(to, None)),
        "feedback, received": feedback_words.opened(bare(framework), me=ME, can_save=False, today=TODAY),
        "feedback, given": feedback_words.opened(bare(framework), me=GIVER, can_save=False, today=TODAY),
        "feedback, ask": feedback_asks.form(()),
        "feedback hub": feedback_hub.view(Hub(to), today=TODAY),
    }


def messages(framework: Framework, text: str, name: str) -> dict[str, list[Drawn]]:
    new = unread(framework, text, name)
    gone = given(framework, "", name, taken_back_at=NOW, read_at=None)
    heard = [feedback_words.given_to_you(one) for one in (new, bare(framework), gone)]
    asked = [feedback_asks.asked(request(framework, text, name, state)) for state in State]
    whole = given(framework, text, name)
    return {
        "feedback.given": heard,
        "feedback.given_again": heard,
        "feedback.thanked": [feedback_words.thanked(whole)],
        "feedback.question": [feedback_words.question(whole)],
        "feedback.answered": [feedback_words.answered(whole)],
        "feedback.asked": asked,
        "feedback.asked_again": asked,
        "feedback.ended": [feedback_asks.ended(ask(framework, text, name))],
    }


def home(who: Person, mine: Me) -> Drawn:
    """The one line of it."""
    shown = Home(who, Part.ME, mine, (), has_team=False, words=Waits(unread=2, asked=1))
    return homes.home(shown, now=NOW, today=TODAY)


def waiting(framework: Framework, text: str, name: str) -> dict[str, Any]:
    """What the morning's list names."""
    return {"feedback": (request(framework, text, name),) * 10, "unread_feedback": 3}

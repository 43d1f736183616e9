"""360 rounds drawn for every kind of name and word: the page, the forms, what people hear, and the report."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from bot.rules.people import Person
from bot.rules.round_report import Figure, Line, Opened, Report, Words
from bot.rules.rounds import (
    Answer,
    Competency,
    Form,
    Mine,
    Perspective,
    Round,
    Seat,
    SeatState,
    State,
    Suggestion,
    Terms,
    Text,
)
from bot.views import round_answers, round_forms, round_messages, round_report, rounds
from tests.support.rows import NOW, TODAY

Drawn = dict[str, Any]
DUE = date(2026, 12, 7)
PEER, REPORT = Perspective.PEER, Perspective.REPORT
KEYS = [f"competency-{n}" for n in range(20)]


def terms(text: str, many: int = 20) -> Terms:
    return Terms("technical", "T3", "1.0.0", tuple(Competency(key, key.title(), text) for key in KEYS[:many]))


def seat(who: Person, number: int = 0, **more: Any) -> Seat:
    plain: Drawn = {"perspective": PEER, "state": SeatState.INVITED}
    return Seat(UUID(int=100 + number), who, **plain | more)


def shown(who: Person, text: str = "Does it well.", **more: Any) -> Round:
    plain: Drawn = {
        "id": UUID(int=30), "subject": who, "manager": replace(who, id=UUID(int=9)), "state": State.OPEN,
        "is_from_manager": False, "due_on": DUE, "is_extended": False, "terms": terms(text), "begun_at": NOW,
        "opened_at": NOW,
    }  # fmt: skip
    return Round(**plain | more)


def named(who: Person, text: str, **more: Any) -> Round:
    """Of everybody who can stand in it: invited, waiting for the manager, added and left out."""
    states = [SeatState.INVITED, SeatState.NAMED, SeatState.LEFT_OUT]
    seats = [seat(who, n, state=states[n % 3], perspective=(PEER, REPORT)[n % 2], is_from_manager=n % 4 == 0)
             for n in range(30)]  # fmt: skip
    return shown(who, text, seats=tuple(seats), **more)


def report(text: str, *, many: int = 20, said: int = 12) -> Report:
    """With all that can stand in it; `said`: how many wrote something, of each kind."""
    joint, peers, led = Figure((PEER, REPORT), 1.5), Figure((PEER,), 4.1, (0, 1, 2, 3, 4)), Figure((REPORT,), 4.5)
    lines = [
        Line(key, f"Competency {n}", 1 + n % 5, 5 - n % 5, [(peers, led), (joint,), ()][n % 3])
        for n, key in enumerate(KEYS[:many])
    ]
    words = tuple(Words(asked, one, (text,) * said) for asked in Text for one in (PEER, REPORT))
    own = tuple((asked, text) for asked in Text)
    return Report(3, tuple(lines), words, own, own, ())


def opened(who: Person, text: str, **more: Any) -> Opened:
    return Opened(shown(who, text, state=State.RELEASED, closed_at=NOW), report(text, **more), who.name)


def withheld(who: Person) -> Opened:
    lines = tuple(Line(key, key, None, None, ()) for key in KEYS[:3])
    found = shown(who, state=State.WITHHELD, closed_at=NOW, manager=None)
    return Opened(found, Report(3, lines, missing=(PEER, REPORT)), None)


def mine(who: Person, text: str) -> Mine:
    """All that can wait, and one round of each state."""
    own = [named(who, text, state=state, id=UUID(int=40 + n), closed_at=NOW) for n, state in enumerate(State)]
    asked = [seat(who, n, perspective=one, has_answered=n % 2 == 0) for n, one in enumerate(Perspective)]
    free = named(who, text, free={PEER: 2}, answered=7)
    team = [replace(one, id=UUID(int=60 + n), is_readable=n % 2 == 0) for n, one in enumerate(own)]
    return Mine(own=(free, *own), asked=tuple((shown(who), one) for one in asked), to_approve=(free,), team=tuple(team))


def suggested(who: Person) -> list[Suggestion]:
    others = [replace(who, id=UUID(int=200 + n), slack_id=f"U0{n}") for n in range(30)]
    return [Suggestion(one, (PEER, REPORT)[n % 2], "reviewed your evidence", n) for n, one in enumerate(others)]


def views(who: Person, text: str) -> dict[str, Drawn]:
    written = Answer(dict.fromkeys(KEYS, 4), dict.fromkeys(Text, text))
    forms = {one: Form(shown(who, text), seat(who, perspective=one), written) for one in Perspective}
    return {
        "my rounds": rounds.page(mine(who, text), is_member=True),
        "my rounds, none": rounds.page(Mine(), is_member=True),
        "round, begin": round_forms.begin(None, today=TODAY),
        "round, begin for somebody": round_forms.begin(who, today=TODAY),
        "round, begun": rounds.said(round_forms.begun_for(shown(who))),
        "round, names": round_forms.name(named(who, text, state=State.WAITING), suggested(who)),
        "round, more names": round_forms.name(named(who, text, free={PEER: 1}), suggested(who)),
        "round, names sent": rounds.said(round_forms.sent(named(who, text))),
        "round, agree": round_forms.approve(named(who, text), {who.id: 6}),
        "round, agree for somebody": round_forms.approve(named(who, text, in_place_of=who.name), {}),
        "round, agreed for somebody": rounds.said(round_forms.approved(shown(who, in_place_of=who.name))),
        "round, names sent to a deputy": rounds.said(
            round_forms.sent(named(who, text, is_manager_away=True, stand_in=who.name))
        ),
        "round, agreed": rounds.said(round_forms.approved(shown(who))),
        "round, more time": round_forms.extend(shown(who)),
        "round, given more time": rounds.said(round_forms.extended(shown(who))),
        **{f"round, terms for {one}": round_answers.terms_modal(form.round, form.seat) for one, form in forms.items()},
        **{f"round, answer of {one}": round_answers.modal(form) for one, form in forms.items()},
        "round, second page": round_answers.modal(forms[PEER], 1),
        "round, last page": round_answers.modal(forms[PEER], 2),
        "round, kept": round_answers.kept(forms[PEER]),
        "round, nothing in it": round_answers.kept(replace(forms[PEER], answer=None)),
        "round, report": round_report.figures(opened(who, text), is_mine=True),
        "round, report for the manager": round_report.figures(opened(who, text), is_mine=False),
        **{f"round, words to {one}": round_report.words(opened(who, text), one, is_mine=True) for one in Text},
    }


def empty_views(who: Person) -> dict[str, Drawn]:
    bare = Form(shown(who, "", terms=terms("", many=0), manager=None), seat(who), None)
    return {
        "my rounds": rounds.page(Mine(), is_member=True),
        "round, names": round_forms.name(shown(who, state=State.NOMINATING), []),
        "round, names sent": rounds.said(round_forms.sent(shown(who, manager=None))),
        "round, agree": round_forms.approve(shown(who), {}),
        "round, answer": round_answers.modal(bare),
        "round, report": round_report.figures(withheld(who), is_mine=True),
        "round, report for the manager": round_report.figures(withheld(who), is_mine=False),
        "round, no words": round_report.words(withheld(who), Text.KEEP, is_mine=True),
    }


def invitations(who: Person) -> Iterator[Drawn]:
    """Over their life, as each of those who are asked."""
    for state in State:
        for one in Perspective:
            for stands in SeatState:
                mine = seat(who, perspective=one, state=stands, has_answered=stands is SeatState.ACCEPTED)
                yield round_messages.invited((shown(who, state=state), mine))


def messages(who: Person, text: str) -> dict[str, list[Drawn]]:
    full, bare = named(who, text), shown(who, manager=None)
    open_ones = [one for one in invitations(who) if len(one["blocks"]) > 1]
    asked = [(shown(who), seat(who, perspective=one, is_from_manager=True)) for one in Perspective]
    closed = [shown(who, state=state, closed_at=NOW) for state in (State.RELEASED, State.WITHHELD)]
    return {
        "round.nominate": [round_messages.suggested(one) for one in (full, bare)],
        "round.approve": [round_messages.to_approve(full)],
        "round.approve_for": [round_messages.to_approve_for([replace(full, in_place_of=who.name)] * 2)],
        "round.changed": [round_messages.changed(one) for one in (full, bare)],
        "round.invited": [*open_ones, *invitations(who)],
        "round.invited_again": [*open_ones, *invitations(who)],
        "round.place_free": [round_messages.place_free(replace(full, free={PEER: many})) for many in (1, 2)],
        "round.extended": [round_messages.extended(one) for one in asked],
        "round.stopped": [round_messages.stopped(one) for one in asked],
        "round.closed": [round_messages.closed(one) for one in closed],
        "round.readable": [round_messages.readable(full)],
    }


def waiting(who: Person) -> Drawn:
    """Lines of the morning's list."""
    asked = tuple((shown(who), seat(who, n, perspective=one)) for n, one in enumerate(Perspective))
    return {"rounds": asked, "round_names": (shown(who),) * 3}

"""360 rounds: who may be named, and which days they may last."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from uuid import UUID

from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.rules.rounds import COLLEAGUES, LEAST_OF_A_KIND, NOT_OPEN, Perspective, Round, State

LEAST_INVITED, MOST_INVITED = 4, 30
WEEKS, LONGEST_WEEKS = 3, 8
NOT_A_MEMBER = (
    "A round is held against a level's expectations, and {name} is not enrolled yet. Whoever runs this can enrol."
)
OPEN_ALREADY = "A round for {name} is on its way already. It is under *My rounds*."
NOT_A_COLLEAGUE = "One of these is not a colleague in the directory: an app, a guest or a leaver. Name somebody else."
TWICE = "{name} is named already. Name somebody else."
NOT_ENOUGH = f"Name at least {LEAST_INVITED} people in all, so that nobody's answer stands out."
TOO_MANY = f"Name {MOST_INVITED} people at most: more say nothing new, and each takes time."
TOO_FEW_PEERS = f"Name {LEAST_OF_A_KIND} peers or more, or none: what fewer write could not be shown."
TOO_FEW_REPORTS = f"Name {LEAST_OF_A_KIND} reports or more, or all of them, or none: nobody should be the only one."
NOT_ONESELF = "Whoever agrees to the names is not one of them: who is asked sees nobody else who is. Take yourself out."
NO_PLACE = "Everybody is asked already, and all places are held. You hear from me when one is free."
ANOTHER_LIST = "{name} has sent another list in the meantime. Open it again to see whom they name now."

FIELDS = {Perspective.PEER: "peers", Perspective.REPORT: "reports"}
"""The input in which each kind is named."""

Named = Mapping[UUID, Perspective]


def check_person(one: Person | None, perspective: Perspective, *, subject: Person, reports: Collection[UUID]) -> Person:
    """Somebody may be asked about the subject in this way. `reports`: who reports to the subject today."""
    if one is None or not one.is_active or one.is_guest:
        raise Refusal(NOT_A_COLLEAGUE, field=FIELDS[perspective])
    if one.id == subject.id:
        raise Refusal(
            f"{subject.name} rates themselves apart from the others. Name colleagues here.", field=FIELDS[perspective]
        )
    if one.id == subject.manager_id:
        raise Refusal(
            f"{one.name} is the manager and is asked anyway, under their name. Name somebody else.",
            field=FIELDS[perspective],
        )
    if perspective is Perspective.PEER and one.id in reports:
        raise Refusal(f"{one.name} reports to {subject.name}. Name them among the reports.", field="peers")
    if perspective is Perspective.REPORT and one.id not in reports:
        raise Refusal(f"{one.name} does not report to {subject.name}. Name them among the peers.", field="reports")
    return one


def check_named(named: Named, *, reports: Collection[UUID]) -> None:
    """The whole list: enough that no answer stands out, and not more than anybody can read."""
    asked = {one: sum(1 for each in named.values() if each is one) for one in COLLEAGUES}
    peers, below = asked[Perspective.PEER], asked[Perspective.REPORT]
    if 0 < below < LEAST_OF_A_KIND and (below < 2 or below < len(reports)):
        raise Refusal(TOO_FEW_REPORTS, field="reports")
    if 0 < peers < LEAST_OF_A_KIND:
        raise Refusal(TOO_FEW_PEERS, field="peers")
    if peers + below < LEAST_INVITED:
        raise Refusal(NOT_ENOUGH, field="peers")
    if peers + below > MOST_INVITED:
        raise Refusal(TOO_MANY, field="peers")


def check_replacements(named: Named, free: Mapping[Perspective, int]) -> None:
    """In a round that is open, somebody new comes where a place is free."""
    for perspective, name in FIELDS.items():
        wanted = sum(1 for one in named.values() if one is perspective)
        places = free.get(perspective, 0)
        if wanted > places:
            raise Refusal(
                NO_PLACE if not places else f"{places} of the places are free. Name no more than that.", field=name
            )


def first_due(today: date) -> date:
    return today + timedelta(weeks=WEEKS)


def check_due(due_on: date, *, today: date) -> None:
    if not today + timedelta(weeks=1) <= due_on <= today + timedelta(weeks=LONGEST_WEEKS):
        raise Refusal(f"Give people at least a week, and at most {LONGEST_WEEKS}.", field="due_on")


def due_when_opened(due_on: date, *, today: date) -> date:
    """Approval may have taken its time: those who are asked have a week at least."""
    return max(due_on, today + timedelta(weeks=1))


def check_extension(found: Round, until: date) -> None:
    if found.state is not State.OPEN:
        raise Refusal(NOT_OPEN)
    if found.is_extended:
        raise Refusal("This round has been extended once already. It closes as it is, and a new one may follow.")
    if not found.due_on < until <= found.due_on + timedelta(weeks=WEEKS):
        raise Refusal(f"Choose a day after the present one, and at most {WEEKS} weeks later.", field="due_on")

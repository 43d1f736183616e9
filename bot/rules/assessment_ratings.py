"""The view of a manager who is asked how they see somebody's work: what may be asked, kept and sent."""

from collections.abc import Collection, Mapping

from bot.rules.assessments import MOST_PICKED, Assessment, Blind, Said, check_note, check_open
from bot.rules.people import Person
from bot.rules.refusal import Refusal

NO_MANAGER = "You have no manager on record, so there is nobody to ask. Whoever runs this can put that right."


def check_can_ask(assessment: Assessment, by: Person) -> None:
    """Whether the author can ask their manager now."""
    check_open(assessment.state)
    if not assessment.is_own_track:
        raise Refusal("This is about another track, so it is yours alone. You can share it with your manager instead.")
    if by.manager_id is None:
        raise Refusal(NO_MANAGER)
    if not assessment.seen:
        raise Refusal("Say first how you see it yourself, of one competency at least. Then you can ask for a view.")


def check_picked(assessment: Assessment, picked: Collection[str]) -> None:
    """What the manager is asked about: one to five competencies that the author has looked at first."""
    if not 1 <= len(set(picked)) <= MOST_PICKED:
        raise Refusal(f"Pick one to {MOST_PICKED}: a view of everything is a view of nothing.", field="picked")
    if not set(picked) <= {one.key for one in assessment.seen}:
        raise Refusal("Pick those of which you have said yourself how you see them.", field="picked")


def check_draft(blind: Blind, given: Mapping[str, Said]) -> None:
    """As much or as little of a manager's view as there is so far."""
    for expected, _ in blind.asked:
        check_note(given.get(expected.key, Said()).note, field=f"note-{expected.key}")


def check_whole(blind: Blind) -> None:
    """A manager's view is sent at once, with a word on each that was picked."""
    if blind.left_open:
        raise Refusal('Some are open still. Press *Go on* and choose one for each; "I can\'t say" is one, too.')


def blind(assessment: Assessment) -> Blind:
    asked = tuple((line.expected, line.pieces) for line in assessment.picked)
    return Blind(assessment.id, assessment.author_id, assessment.author, assessment.wording, asked)

"""The morning's list: everything that waits for one person, with its buttons."""

from collections.abc import Mapping
from typing import Any

from bot.rules.attention import Waiting
from bot.rules.evidence import Evidence, Review
from bot.rules.feedback_hub import Waits
from bot.rules.less import Topic
from bot.views import (
    assessment_ratings,
    career_talk_messages,
    check_ins,
    evidence,
    evidence_reviews,
    feedback_asks,
    feedback_hub,
    interests,
    less,
    mentor_sessions,
    opportunities,
    parts,
    program_feedback,
    promises,
    proposals,
    quiet_pairs,
    reading,
    rounds,
    stories,
)
from bot.views.manager_weeks import names
from bot.views.words import escape, plural


def bundle(waiting: Waiting) -> Mapping[str, Any]:
    """One message instead of several; the words of others stay behind the buttons."""
    said = f"Good morning {escape(waiting.name)}! {plural(waiting.load, 'thing waits', 'things wait')} for you."
    why = "You get this as one list, so that no more than two messages a day ask you for something."
    twice = "What you leave unanswered is named twice, some days apart. Then I keep quiet: silence is fine, too."
    last = [parts.context(why, twice, id="why"), less.row(Topic.REMINDERS)]
    return parts.message(said, [parts.section(said, id="said"), *lines(waiting), *last])


def lines(waiting: Waiting) -> list[dict[str, Any]]:
    """Each thing that waits, with its button."""
    blocks: list[dict[str, Any]] = []
    if waiting.prompt is not None:
        answer = parts.button("Answer", id=check_ins.ANSWER, value=waiting.prompt.hex, style="primary")
        line = "Your check-in of this round: one sentence is enough, and silence is fine, too."
        blocks.append(parts.section(line, id="prompt", accessory=answer))
    blocks += [review_line(one, number) for number, one in enumerate(waiting.to_review)]
    blocks += [change_line(one, number) for number, one in enumerate(waiting.to_change)]
    if waiting.unread:
        read = parts.button("Read new check-ins", id=reading.OPEN)
        line = f"{plural(waiting.unread, 'answer', 'answers')} of your people to read"
        blocks.append(parts.section(line, id="unread", accessory=read))
    for number, own in enumerate(waiting.met):
        blocks += mentor_sessions.met_line(own, number)
    for number, side in enumerate(waiting.quiet):
        blocks += quiet_pairs.line(side, number)
    blocks += [proposals.line(one, number) for number, one in enumerate(waiting.mentoring)]
    if waiting.feedback_closes:
        blocks.append(program_feedback.line(waiting.feedback_closes))
    blocks += [stories.offer_line(one, number) for number, one in enumerate(waiting.stories)]
    blocks += [assessment_ratings.line(one, number) for number, one in enumerate(waiting.assessments)]
    blocks += [interests.ask_line(one, number) for number, one in enumerate(waiting.interested)]
    blocks += [opportunities.keep_line(one, number) for number, one in enumerate(waiting.to_keep)]
    blocks += [rounds.seat_line(one, number) for number, one in enumerate(waiting.rounds)]
    blocks += [rounds.approval_line(one, number) for number, one in enumerate(waiting.round_names)]
    blocks += [feedback_asks.line(one, number) for number, one in enumerate(waiting.feedback)]
    blocks += [career_talk_messages.line(one, number) for number, one in enumerate(waiting.career)]
    blocks += feedback_hub.home_rows(Waits(unread=waiting.unread_feedback))
    if waiting.promises:
        blocks.append(promises.due_line(waiting.promises))
    if waiting.wrong:
        line = f"{names(waiting.wrong)} told you that something on record about them is wrong."
        line += "\nAsk what it should be. A people file changes it: Home, Program."
        blocks.append(parts.section(line, id="wrong"))
    return blocks


def review_line(asked: tuple[Evidence, Review], number: int) -> dict[str, Any]:
    found, review = asked
    said = f"{escape(found.author)} asks you to read: _{escape(found.milestone.title)}_ ({found.level.key})"
    says = f"Read evidence of {found.author}"
    button = parts.button("Read", id=evidence_reviews.ACCEPT, value=review.id.hex, says=says)
    return parts.section(said, id=f"review-{number}", accessory=button)


def change_line(found: Evidence, number: int) -> dict[str, Any]:
    said = f"Your evidence for _{escape(found.milestone.title)}_ is {evidence.STATES[found.state]}"
    button = parts.button("Change", id=evidence.EDIT, value=found.id.hex, says="Change and send again")
    return parts.section(said, id=f"change-{number}", accessory=button)

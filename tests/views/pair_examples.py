"""Mentorships drawn for every kind of name: the conversation of the two, the forms, and the end of each kind."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from bot.rules import first_hour
from bot.rules.check_ins import CheckIn
from bot.rules.evidence import Evidence
from bot.rules.first_hour import FirstHour
from bot.rules.framework import Framework
from bot.rules.mentors import Way
from bot.rules.mentorships import EndedFor, Mentorship, Share, Side
from bot.rules.people import Person
from bot.views import first_hour as first_hour_views
from bot.views import mentorship_ends, mentorships, shared
from tests.support.rows import NOW, TODAY

Drawn = dict[str, Any]
WANTED = ("peer-mentoring", "advocates-for-every-track", "problem-solving")


def pair(mentee: Person, mentor: Person, text: str, **more: Any) -> Mentorship:
    plain: Drawn = {
        "id": UUID(int=20), "request_id": UUID(int=21), "mentor": mentor, "mentee": mentee, "goal": text,
        "competencies": WANTED, "rhythm_days": 14, "began_at": NOW, "until_on": TODAY + timedelta(days=182),
        "channel": "G0PAIR", "shares": frozenset(Share),
    }  # fmt: skip
    return Mentorship(**plain | more)


def hellos(framework: Framework, mentee: Person, mentor: Person, text: str) -> Iterator[Drawn]:
    """With everything that can be said, and with next to nothing."""
    one = pair(mentee, mentor, text)
    theirs, own = first_hour.standing(framework, mentor), first_hour.standing(framework, mentee)
    asked = first_hour.questions(one.id, mentee=own, mentor=theirs)
    reasons = ("Helps with Peer mentoring, as the mentee wishes",) * 3
    for way in Way:
        lens = first_hour.lens(framework, WANTED, seen_by=theirs)
        yield first_hour_views.hello(FirstHour(one, way, reasons, theirs, own, lens, asked))
    yield first_hour_views.hello(FirstHour(pair(mentee, mentor, ""), None, (), None, None, None, asked))


def messages(framework: Framework, mentee: Person, mentor: Person, text: str) -> dict[str, list[Drawn]]:
    one = pair(mentee, mentor, text)
    asked = pair(mentee, mentor, text, term_asked_on=date(2027, 5, 10))
    over = [pair(mentee, mentor, text, ended_at=NOW, ended_for=why) for why in EndedFor]
    hello = list(hellos(framework, mentee, mentor, text))
    rests = pair(mentee, mentor, text, paused_until=TODAY + timedelta(days=30))
    return {
        "mentorship.hello": hello,
        "mentorship.hello_again": hello,
        "mentorship.changed": [first_hour_views.changed(one), first_hour_views.changed(rests)],
        "mentorship.term_mentee": [mentorship_ends.term(Side(asked, mentee))],
        "mentorship.term_mentor": [mentorship_ends.term(Side(asked, mentor))],
        "mentorship.ended_mentee": [mentorship_ends.ended(Side(each, mentee)) for each in over],
        "mentorship.ended_mentor": [mentorship_ends.ended(Side(each, mentor)) for each in over],
    }


def views(
    mentee: Person, mentor: Person, text: str, check_ins: list[CheckIn], pieces: list[Evidence]
) -> dict[str, Drawn]:
    one = pair(mentee, mentor, text, term_asked_on=TODAY, paused_until=TODAY + timedelta(days=3))
    over = pair(mentee, mentor, text, ended_at=NOW, ended_for=EndedFor.CHOICE)
    return {
        "mentorship, mentee": mentorships.modal(Side(one, mentee), NOW, now=NOW),
        "mentorship, mentor": mentorships.modal(Side(one, mentor), NOW, now=NOW),
        "mentorship, agreement": mentorships.agreement_modal(one),
        "mentorship, sharing": mentorships.sharing_modal(one),
        "mentorship, end": mentorship_ends.modal(Side(one, mentee)),
        "mentorship, rests": mentorship_ends.done(Side(one, mentee)),
        "mentorship, over": mentorship_ends.done(Side(over, mentee)),
        "mentorship, survey": mentorship_ends.survey(Side(over, mentee)),
        "mentorship, looking": mentorship_ends.looking(),
        "mentorship, thanks": mentorship_ends.thanks(),
        "mentorship, check-ins": shared.check_ins(mentee, check_ins, today=TODAY),
        "mentorship, evidence": shared.pieces(mentee, pieces),
    }


def empty_views(mentee: Person, mentor: Person) -> dict[str, Drawn]:
    one = pair(mentee, mentor, "", shares=frozenset())
    return {
        "mentorship, mentee": mentorships.modal(Side(one, mentee), None, now=NOW),
        "mentorship, mentor": mentorships.modal(Side(one, mentor), None, now=NOW),
        "mentorship, goes on": mentorship_ends.done(Side(one, mentee)),
        "mentorship, check-ins": shared.check_ins(mentee, [], today=TODAY),
        "mentorship, evidence": shared.pieces(mentee, []),
    }


def lines(mentee: Person, mentor: Person) -> list[Drawn]:
    return mentorships.lines([pair(mentee, mentor, "")] * 3, me=mentee)

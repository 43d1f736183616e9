"""One of each view and message of self-assessments and of thanks, as full as it gets and with nothing yet."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from bot.rules import assessment_ratings as rating_rules
from bot.rules import assessments as rules
from bot.rules import recognition as thanks_rules
from bot.rules.assessments import Assessment, Blind, Line, Page, Piece, Rating, Said, State
from bot.rules.framework import Framework
from bot.rules.people import Person
from bot.rules.recognition import Thanks
from bot.views import assessment_ratings, assessments, recognition

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
CHANNEL = "C0GENERAL"
RATINGS = list(Rating)
AUTHOR, RATER = UUID(int=1), UUID(int=2)


def pieces(many: int = 30) -> tuple[Piece, ...]:
    return tuple(Piece(UUID(int=500 + n), f"Milestone {n} " + "long " * 12, "peer-mentoring") for n in range(many))


def lines(framework: Framework, text: str, state: State) -> tuple[Line, ...]:
    """A view of each kind, and two views that stand to each other in each way there is."""
    found = []
    for number, expected in enumerate(rules.worded(framework, "T3").expected):
        own = Said(RATINGS[number % 5], text)
        theirs = Said(RATINGS[(2 * number) % 5], text) if state is State.RATED else Said()
        found.append(Line(expected, own, theirs, pieces(5), is_picked=state is not State.OPEN and number < 2))
    return tuple(found)


def assessment(framework: Framework, text: str, name: str, state: State = State.RATED, **more: Any) -> Assessment:
    given = {"is_own_track": True, "rater_id": RATER, "rater": name, "is_for_mentor": True, **more}
    return Assessment(
        id=UUID(int=510), author_id=AUTHOR, author=name, wording=rules.worded(framework, "T3"), state=state,
        changed_at=NOW, lines=lines(framework, text, state), **given,
    )  # fmt: skip


def blind(framework: Framework, name: str) -> Blind:
    return rating_rules.blind(assessment(framework, "x", name, State.ASKED))


def drafted(framework: Framework, text: str, name: str) -> Blind:
    """All of it, as a manager keeps it before it is sent."""
    found = blind(framework, name)
    return replace(found, drafted={one.key: Said(RATINGS[n % 5], text) for n, (one, _) in enumerate(found.asked)})


def bare(framework: Framework, *, is_own_track: bool = True) -> Assessment:
    empty = tuple(Line(one) for one in rules.worded(framework, "T3").expected)
    return Assessment(
        UUID(int=511), AUTHOR, "Ana", rules.worded(framework, "T3"), is_own_track, State.OPEN, NOW, empty
    )  # fmt: skip


def thanks(text: str, name: str, state: thanks_rules.State = thanks_rules.State.GIVEN, **more: Any) -> Thanks:
    given: Drawn = {"is_for_all": True, "channel": CHANNEL, "ts": "1789999999.000100", **more}
    return Thanks(
        UUID(int=520), AUTHOR, name, RATER, name, "Technical", "Peer mentoring", text, text, state=state, given_at=NOW,
        **given,
    )  # fmt: skip


def views(framework: Framework, who: Person, text: str, name: str) -> dict[str, Drawn]:
    mine, of_somebody = replace(who, id=AUTHOR, manager_id=RATER), replace(who, id=RATER)
    every = tuple(assessment(framework, text, name, state) for state in State)
    read = {
        f"self-assessment, {one.state}, {whose}": assessments.shown(one, reader=reader)
        for one in every
        for whose, reader in (("mine", mine), ("of somebody", of_somebody))
    }
    elsewhere = assessment(framework, text, name, State.OPEN, is_own_track=False, is_for_manager=True)
    competencies = framework.tracks[0].competencies
    asked = thanks_rules.Form(who, competencies, CHANNEL)
    several = tuple(thanks(text, name, state) for state in thanks_rules.State) * 4
    return {
        "self-assessments": assessments.page(Page(every * 3, (blind(framework, name),) * 3, True), today=TODAY),
        "self-assessment, which level": assessments.level_form(rules.choices(framework, who)),
        "self-assessment, form": assessments.form(every[0], pieces()),
        "self-assessment, ask": assessments.pick_form(every[0], manager=name, is_away=True),
        "self-assessment, share": assessments.share_form(elsewhere),
        "self-assessment, elsewhere": assessments.shown(elsewhere, reader=mine),
        "self-assessment, then": assessments.shown(rules.only_theirs(every[2]), reader=of_somebody),
        "self-assessment, my view": assessment_ratings.rate_form(blind(framework, name)),
        "self-assessment, left alone": assessments.shown(replace(every[1], has_rater_left=True), reader=mine),
        "self-assessment, my view again": assessment_ratings.rate_form(drafted(framework, text, name)),
        "self-assessment, my view kept": assessment_ratings.draft(drafted(framework, text, name)),
        **read,
        "thanks, to whom": recognition.whom_form(),
        "thanks, form": recognition.form(asked),
        "thanks, sent": recognition.sent(thanks(text, name)),
        "thanks": recognition.page(thanks_rules.Page(several, several), today=TODAY),
        "thanks, for me": _thanks(thanks(text, name), is_receiver=True),
        "thanks, from me": _thanks(thanks(text, name)),
        "thanks, published": _thanks(thanks(text, name, thanks_rules.State.PUBLISHED), is_receiver=True),
        "thanks, withdrawn": recognition.withdrawn(),
    }


def _thanks(found: Thanks, *, is_receiver: bool = False) -> Drawn:
    return recognition.shown(found, is_receiver=is_receiver, is_giver=not is_receiver, channel=CHANNEL)


def empty_views(framework: Framework, who: Person) -> dict[str, Drawn]:
    unread = recognition.shown(thanks("x", "Ana", is_for_all=False), is_receiver=True, is_giver=False, channel=None)
    return {
        "self-assessments": assessments.page(Page((), (), True), today=TODAY),
        "self-assessments, of nobody": assessments.page(Page((), (), False), today=TODAY),
        "self-assessment, form": assessments.form(bare(framework, is_own_track=False), ()),
        "self-assessment, open, mine": assessments.shown(bare(framework), reader=replace(who, id=AUTHOR)),
        "self-assessment, my view kept": assessment_ratings.draft(blind(framework, "Ana")),
        "thanks": recognition.page(thanks_rules.Page((), ()), today=TODAY),
        "thanks, form": recognition.form(thanks_rules.Form(who, framework.tracks[0].competencies[:1], None)),
        "thanks, for me": unread,
    }


def messages(framework: Framework, text: str, name: str) -> dict[str, list[Drawn]]:
    states = {state: assessment(framework, text, name, state) for state in State}
    asked = [assessment_ratings.asked(states[state]) for state in (State.ASKED, State.OPEN, State.RATED)]
    told = [thanks(text, name, state) for state in reversed(thanks_rules.State)]
    published = sorted(told, key=lambda one: one.state is not thanks_rules.State.PUBLISHED)
    return {
        "assessment.asked": asked,
        "assessment.asked_again": asked,
        "assessment.both": [assessment_ratings.both(states[State.RATED])],
        "assessment.shared": [assessment_ratings.shared(states[State.OPEN])],
        "recognition.given": [recognition.given(one) for one in told],
        "recognition.published": [recognition.published(one) for one in published],
        "recognition.published_again": [recognition.published(one) for one in published],
    }

"""With the id of what is somebody else's in any button or form, one changes nothing of theirs and reads no word.

Every button and form that is drawn anywhere is tried here, so a new one is held to this by being drawn.
"""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from bot.models import TABLES
from bot.models.assessments import RatingDraft, SelfAssessment, SelfRating
from bot.models.career_talks import CareerAction, CareerTalk
from bot.models.directions import Direction, WhatIf
from bot.models.feedback import Feedback, FeedbackAsk, FeedbackRequest
from bot.models.mentors import Mentor, MentorRequest, Proposal
from bot.models.mentorships import MentorSession, Mentorship
from bot.models.opportunities import Opportunity, OpportunityInterest
from bot.models.people import Person
from bot.models.plans import PlanAction, PlanComment
from bot.models.recognition import Recognition
from bot.models.rounds import Round, RoundAnswer, RoundRating, RoundReport, RoundSeat
from bot.models.stories import SuccessStory
from bot.rules import round_report, rounds
from bot.rules.round_report import Report, Words
from bot.rules.rounds import Competency, Perspective, Terms, Text
from sandbox.elements import HOLDS, all_in, initial, state_values, with_ids
from sandbox.history import Call, Delivered
from story import stage as stages
from story.stage import Stage
from tests.handlers import acts, hostile
from tests.handlers.acts import Json
from tests.views import examples

WORDS = "WORDS-OF-KIRAN"
WORDING = '{"track": "Technical", "level": "Engineer", "expected": [["peer-mentoring", "Peer mentoring", "Helps."]]}'
STRANGER = "tom"  # has another manager, reviews nothing, holds no role
AN_ID = re.compile("[0-9a-f]{32}")
NO_BUTTON_CARRIES = {"absence", "change", "outbox", "placement", "release", "reporting_line", "role_grant"}
ON_THEIR_WAY = {"outbox", "occurrence"}  # what is owed to people: judged by what arrives

AT_ONCE = 10

Theirs = dict[str, list[UUID]]  # table → the ids of some things in it, one in each state

PRESSABLE = examples.pressable()
DRAWN: list[Json] = [
    element
    for drawn in (
        *examples.VIEWS.values(),
        *examples.empty_views().values(),
        *(one for many in examples.messages().values() for one in many),
    )
    for _, element in all_in(drawn["blocks"])
    if element["action_id"] in PRESSABLE
]
ELEMENTS: dict[str, Json] = {element["action_id"]: element for element in DRAWN} | {
    # a menu once for each of its choices: each may have a listener of its own
    f"{element['action_id']} {option['value'].partition(':')[0]}": {**element, "options": [option]}
    for element in DRAWN
    if element["type"] == "overflow"
    for option in element["options"]
    if ":" in option["value"]
}
FORMS: dict[str, Json] = {view["callback_id"]: view for view in examples.VIEWS.values() if view.get("submit")}


@pytest.fixture
async def theirs(stage: Stage) -> Theirs:
    """One id of every kind of thing that Kiran or others have: what they wrote, were asked, agreed and are."""
    await acts.monday(stage)
    kiran = stage.person("kiran")
    await kiran.types("/evidence")
    milestone = kiran.modal["blocks"][1]["element"]["options"][0]["value"]
    await kiran.submits(milestone=milestone, did=WORDS, impact=WORDS, reviewers=["noor", "lea"])
    await kiran.closes()
    await kiran.types("/checkin")
    await kiran.submits(win=WORDS, help_wanted=WORDS)
    await kiran.presses("Talk about it next time")
    await kiran.closes()
    await _pair(stage)
    await _rounds(stage)
    mine, hers = [(await _person(stage, name)).id for name in (STRANGER, "kiran")]
    found: Theirs = {}
    for table, rows in (await acts.kept(stage)).items():
        if "id" in TABLES.tables[table].c and table not in NO_BUTTON_CARRIES:
            named = sorted(rows, key=lambda row: hers not in tuple(row))  # what names Kiran before what does not
            others = [row for row in reversed(named) if mine not in tuple(row) and isinstance(row.id, UUID)]
            found[table] = list({getattr(row, "state", ""): row.id for row in others}.values())
    return found | {Person.__tablename__: [hers]}


async def _person(stage: Stage, name: str) -> Any:
    slack_id = stage.slack.state.user(name).id
    return next(row for row in await acts.rows(stage, Person.__tablename__) if row.slack_id == slack_id)


async def _pair(stage: Stage) -> None:
    """Kiran and Lea are a pair with a session to come; a request of Noor's is before Pia."""
    kiran, lea, noor, pia = [(await _person(stage, name)).id for name in ("kiran", "lea", "noor", "pia")]
    now, request, pair = stage.clock.now(), uuid4(), uuid4()
    until = now.date() + timedelta(days=90)
    async with stage.db.writing() as session:
        for mentor in (lea, pia):
            session.add(Mentor(person_id=mentor, capacity=2, hours=2, about=WORDS, is_listed=False, since_on=until))
        session.add(MentorRequest(id=request, mentee_id=noor, goal=WORDS, state="open", asked_at=now))
        session.add(
            Mentorship(id=pair, request_id=uuid4(), mentor_id=lea, mentee_id=kiran, goal=WORDS, began_at=now,
                       until_on=until, shares_check_ins=True, shares_evidence=True)
        )  # fmt: skip
        session.add(Direction(person_id=kiran, wants="not sure", managing="maybe", words=WORDS, with_manager=True,
                              with_mentor=True, said_on=now.date()))  # fmt: skip
        session.add(WhatIf(person_id=kiran, track="process", level="P2", in_brief=True, kept_at=now))
        talk = CareerTalk(member_id=kiran, manager_id=lea, proposed_at=now, closed_at=now, held_on=now.date(),
                          opens_at=now, notes=WORDS)  # fmt: skip
        session.add(talk)
        session.add(SuccessStory(author_id=kiran, track="technical", level="T2", did=WORDS, helped=WORDS,
                                 state="offered", offered_at=now))  # fmt: skip
        assessment = uuid4()
        session.add(
            SelfAssessment(id=assessment, person_id=kiran, track="technical", level="T2", is_own_track=True,
                           wording=WORDING, state="asked", changed_at=now, rater_id=lea, asked_at=now)
        )  # fmt: skip
        session.add(PlanAction(person_id=kiran, kind="course", state="open", title=WORDS, shows=WORDS, due_on=until,
                               helper_id=lea, help="asked", made_at=now))  # fmt: skip
        session.add(PlanComment(person_id=kiran, manager_id=lea, words=WORDS, written_at=now))
        session.add(Recognition(giver_id=noor, receiver_id=kiran, track="technical", competency="peer-mentoring",
                                did=WORDS, changed=WORDS, is_for_all=True, state="given", given_at=now))  # fmt: skip
        await session.flush()
        session.add(CareerAction(talk_id=talk.id, member_id=kiran, words=WORDS, made_at=now))
        session.add(SelfRating(assessment_id=assessment, competency="peer-mentoring", person_id=kiran, own="mostly",
                               own_note=WORDS, is_picked=True, rater_id=lea))  # fmt: skip
        session.add(RatingDraft(assessment_id=assessment, competency="peer-mentoring", rater_id=lea, note=WORDS))
        chance = Opportunity(offered_by=lea, kind="course", title="For all", learn="To read.", state="open",
                             offered_at=now, ends_on=until)  # fmt: skip
        session.add(chance)
        await session.flush()
        session.add(Feedback(receiver_id=kiran, giver_id=lea, did=WORDS, changed=WORDS, question=WORDS, given_at=now))
        ask = FeedbackAsk(asker_id=kiran, note=WORDS, asked_at=now, ends_at=now + timedelta(days=14))
        session.add(ask)
        await session.flush()
        session.add(FeedbackRequest(ask_id=ask.id, asked_id=noor, state="open"))
        session.add(OpportunityInterest(opportunity_id=chance.id, person_id=kiran, state="asked", asked_at=now))
        later = now + timedelta(days=3)
        session.add(Proposal(request_id=request, mentor_id=pia, way="best", state="proposed", asked_at=now,
                             expires_at=later))  # fmt: skip
        session.add(MentorSession(mentorship_id=pair, mentor_id=lea, mentee_id=kiran, starts_at=later,
                                  mentee_took=WORDS))  # fmt: skip


async def _rounds(stage: Stage) -> None:
    """Rounds about Kiran: in the open one Pia has answered and Noor is asked; the closed one Kiran has not read yet."""
    kiran, noor, pia = [(await _person(stage, name)).id for name in ("kiran", "noor", "pia")]
    now, skill = stage.clock.now(), Competency("peer-mentoring", "Peer mentoring", "Helps.")
    terms = rounds.write_terms(Terms("technical", "T2", "1.0.0", (skill,)))
    begun = {"person_id": kiran, "is_from_manager": False, "terms": terms, "begun_at": now, "opened_at": now}
    async with stage.db.writing() as session:
        running = Round(state="open", due_on=now.date() + timedelta(days=14), **begun)
        over = Round(state="released", due_on=now.date(), closed_at=now, **begun)
        session.add_all([running, over])
        await session.flush()
        seats = ((running, noor, "invited"), (running, pia, "accepted"), (over, pia, "accepted"))
        for one, giver, state in seats:
            session.add(RoundSeat(round_id=one.id, giver_id=giver, perspective="peer", state=state))
        answer = uuid4()
        session.add(RoundAnswer(id=answer, round_id=running.id, giver_id=pia, perspective="peer", keep=WORDS))
        await session.flush()
        session.add(RoundRating(answer_id=answer, competency=skill.key, giver_id=pia, rating=4))
        told = Report(3, (), (Words(Text.KEEP, Perspective.PEER, (WORDS,) * 3),))
        session.add(RoundReport(round_id=over.id, person_id=kiran, payload=round_report.write(told),
                                manager_from=now + timedelta(days=5)))  # fmt: skip


def put(text: str, one: UUID) -> str:
    """What a button or form carries, with another id in the place of its own."""
    return AN_ID.sub(one.hex, text) if AN_ID.search(text) else one.hex


async def tried(stage: Stage, carrier: object, theirs: Theirs, send: Callable[[UUID], Awaitable[object]]) -> None:
    """Send a person's id; where a button or form carries one, as drawn, also one of each table that it is looked up in.

    Which tables those are is seen with an id of nothing: in no other could anything be found by it.
    """
    await send(theirs[Person.__tablename__][0])
    if not AN_ID.search(str(carrier)):
        return
    nothing, said = uuid4(), list[str]()

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if nothing.hex in str(parameters):
            said.append(statement)

    engine = stage.db.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    await send(nothing)
    event.remove(engine, "before_cursor_execute", note)
    named = set(re.findall(r"\w+", " ".join(said)))
    for table, ids in theirs.items():
        if table in named:
            for one in ids:
                await send(one)


def some_at_a_time(carriers: Mapping[str, Json]) -> Iterator[list[tuple[str, Json]]]:
    """So that all that is kept need not be compared after each."""
    every = list(carriers.items())
    return (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))


def pressed(base: Json, element: Json, one: UUID) -> Json:
    """A press of this element with that id in it, and behind it a dialog that carries the id, too."""
    kind = element["type"]
    action = {"type": kind, "action_id": element["action_id"], "block_id": "any"}
    options = [option for group in element.get("option_groups", [element]) for option in group.get("options", [])]
    if options:
        value = put(str(options[0]["value"]), one)
        action |= {"selected_option": {**options[0], "value": value}, "selected_options": []}
    elif kind in HOLDS:
        action |= initial(element) | ({"selected_user": "U0KIRAN"} if kind == "users_select" else {})
    else:
        action["value"] = put(str(element.get("value", "")), one)
    about = put(str(base["view"]["private_metadata"]), one)
    return {**base, "actions": [action], "view": {**base["view"], "private_metadata": about}}


def sent(base: Json, form: Json, one: UUID) -> Json:
    """The form filled in as the examples have it, about that id."""
    blocks = with_ids(form["blocks"])
    view = {
        **base["view"], "callback_id": form["callback_id"], "blocks": blocks, "hash": uuid4().hex,
        "private_metadata": put(form.get("private_metadata", ""), one), "state": {"values": state_values(blocks, {})},
    }  # fmt: skip
    return {**base, "view": view}


async def others(stage: Stage) -> dict[str, set[str]]:
    """Every row in which the stranger is not named."""
    ours = (await _person(stage, STRANGER)).id
    return {
        table: {str(row) for row in rows if ours not in tuple(row)}
        for table, rows in (await acts.kept(stage)).items()
        if table not in ON_THEIR_WAY
    }


def shown(stage: Stage, since: int) -> str:
    """What the bot has drawn or answered since, to anybody: only the stranger has done anything."""
    entries = stage.slack.history[since:]
    return str([one.args if isinstance(one, Call) else one.ack for one in entries if isinstance(one, Call | Delivered)])


async def test_no_button_opens_or_changes_what_is_somebody_elses(stage: Stage, theirs: Theirs) -> None:
    stranger = stage.person(STRANGER)
    before = await others(stage)
    for some in some_at_a_time(ELEMENTS):
        for action_id, element in some:
            since = len(stage.slack.history)
            await stranger.types("/ladder")
            base = stranger.press_payload("Check in")

            async def press(one: UUID, base: Json = base, element: Json = element) -> None:
                await stage.slack.deliver("interactive", acts.by(stage, STRANGER, pressed(base, element, one)))

            await tried(stage, element, theirs, press)
            await stranger.closes(everything=True)
            assert WORDS not in shown(stage, since), action_id
        assert await others(stage) == before, [action_id for action_id, _ in some]
    hostile.check_nothing_happened(stage)


async def test_no_form_opens_or_changes_what_is_somebody_elses(stage: Stage, theirs: Theirs) -> None:
    stranger = stage.person(STRANGER)
    await stranger.types("/ladder settings")
    base = stranger.submit_payload()
    before = await others(stage)
    for some in some_at_a_time(FORMS):
        for callback_id, form in some:
            since = len(stage.slack.history)

            async def send(one: UUID, form: Json = form) -> None:
                await stage.slack.deliver("interactive", sent(base, form, one))

            await tried(stage, form.get("private_metadata"), theirs, send)
            await stages.settle(stage.bot)
            assert WORDS not in shown(stage, since), callback_id
        assert await others(stage) == before, [callback_id for callback_id, _ in some]
    hostile.check_nothing_happened(stage)

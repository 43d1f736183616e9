"""With the id of what is somebody else's in any button or form, one changes nothing of theirs and reads no word.

Every button and form that is drawn anywhere is tried here, so a new one is held to this by being drawn.
"""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.models import TABLES
from bot.models.mentors import Mentor, MentorRequest, Proposal
from bot.models.mentorships import MentorSession, Mentorship
from bot.models.people import Person
from bot.models.stories import SuccessStory
from sandbox.elements import HOLDS, all_in, initial, state_values, with_ids
from sandbox.history import Call, Delivered
from story import stage as stages
from story.stage import Stage
from tests.handlers import acts, hostile
from tests.handlers.acts import Json
from tests.views import examples

WORDS = "WORDS-OF-KIRAN"
STRANGER = "tom"  # has another manager, reviews nothing, holds no role
AN_ID = re.compile("[0-9a-f]{32}")
NO_BUTTON_CARRIES = {"absence", "change", "outbox", "placement", "release", "reporting_line", "role_grant"}
ON_THEIR_WAY = {"outbox", "occurrence"}  # what is owed to people: judged by what arrives

PRESSABLE = examples.pressable()
ELEMENTS: dict[str, Json] = {
    element["action_id"]: element
    for drawn in (
        *examples.VIEWS.values(),
        *examples.empty_views().values(),
        *(one for many in examples.messages().values() for one in many),
    )
    for _, element in all_in(drawn["blocks"])
    if element["action_id"] in PRESSABLE
}
FORMS: dict[str, Json] = {view["callback_id"]: view for view in examples.VIEWS.values() if view.get("submit")}


@pytest.fixture
async def theirs(stage: Stage) -> list[UUID]:
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
    mine, hers = [(await _person(stage, name)).id for name in (STRANGER, "kiran")]
    found = [hers]
    for table, rows in (await acts.kept(stage)).items():
        if "id" in TABLES.tables[table].c and table not in NO_BUTTON_CARRIES:
            named = sorted(rows, key=lambda row: hers not in tuple(row))  # what names Kiran before what does not
            found += [row.id for row in named if mine not in tuple(row)][:1]
    return [one for one in found if isinstance(one, UUID)]


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
        session.add(SuccessStory(author_id=kiran, track="technical", level="T2", did=WORDS, helped=WORDS,
                                 state="offered", offered_at=now))  # fmt: skip
        await session.flush()
        later = now + timedelta(days=3)
        session.add(Proposal(request_id=request, mentor_id=pia, way="best", state="proposed", asked_at=now,
                             expires_at=later))  # fmt: skip
        session.add(MentorSession(mentorship_id=pair, mentor_id=lea, mentee_id=kiran, starts_at=later,
                                  mentee_took=WORDS))  # fmt: skip


def put(text: str, one: UUID) -> str:
    """What a button or form carries, with another id in the place of its own."""
    return AN_ID.sub(one.hex, text) if AN_ID.search(text) else one.hex


def tried(carrier: object, theirs: list[UUID]) -> list[UUID]:
    """All of these ids where a button or form carries one; one of them where it carries none, as drawn."""
    return theirs if AN_ID.search(str(carrier)) else theirs[:1]


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


async def test_no_button_opens_or_changes_what_is_somebody_elses(stage: Stage, theirs: list[UUID]) -> None:
    stranger = stage.person(STRANGER)
    before = await others(stage)
    for action_id, element in ELEMENTS.items():
        since = len(stage.slack.history)
        await stranger.types("/ladder")
        base = stranger.press_payload("Check in")
        for one in tried(element, theirs):
            await stage.slack.deliver("interactive", acts.by(stage, STRANGER, pressed(base, element, one)))
        await stranger.closes(everything=True)
        assert WORDS not in shown(stage, since), action_id
        assert await others(stage) == before, action_id
    hostile.check_nothing_happened(stage)


async def test_no_form_opens_or_changes_what_is_somebody_elses(stage: Stage, theirs: list[UUID]) -> None:
    stranger = stage.person(STRANGER)
    await stranger.types("/ladder settings")
    base = stranger.submit_payload()
    before = await others(stage)
    for callback_id, form in FORMS.items():
        since = len(stage.slack.history)
        for one in tried(form.get("private_metadata"), theirs):
            await stage.slack.deliver("interactive", sent(base, form, one))
        await stages.settle(stage.bot)
        assert WORDS not in shown(stage, since), callback_id
        assert await others(stage) == before, callback_id
    hostile.check_nothing_happened(stage)

"""Rounds of matching by the owners who start them, look through them, change them and publish them."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from bot.database import Database
from bot.models.changes import Change
from bot.models.matching import MatchPair, MatchRound
from bot.models.mentors import Avoidance, Mentor, MentorRequest, Proposal
from bot.models.people import Person as PersonRow
from bot.rules.match_rounds import DOES_NOT_FIT, NOT_NOW, State
from bot.rules.people import Role
from bot.services import roles
from bot.views import match_rounds as views
from story.stage import Actor, Stage
from tests.handlers import acts
from tests.handlers.conftest import FRIDAY

GOAL = "CANARY-GOAL"
MENTEES, MENTORS = ("ana", "kiran", "ravi"), ("pia", "tom", "dalia")


async def person(db: Database, name: str) -> UUID:
    async with db.reading() as session:
        return (await session.scalars(select(PersonRow.id).where(PersonRow.slack_id == f"U0{name.upper()}"))).one()


async def offers(stage: Stage, *names: str, capacity: int = 1) -> None:
    ids = [await person(stage.db, name) for name in names]
    async with stage.db.writing() as session:
        for one in ids:
            session.add(Mentor(person_id=one, capacity=capacity, hours=4, is_listed=True, since_on=FRIDAY.date()))


async def waits(stage: Stage, *names: str) -> dict[str, UUID]:
    """They have asked, and nobody could take them so far. Name → request."""
    made = {name: uuid4() for name in names}
    ids = {name: await person(stage.db, name) for name in names}
    async with stage.db.writing() as session:
        for days, (name, request) in enumerate(made.items()):
            asked = {"asked_at": FRIDAY - timedelta(days=days), "waits_since": FRIDAY}
            session.add(MentorRequest(id=request, mentee_id=ids[name], goal=GOAL, state="open", **asked))
    return made


async def ready(stage: Stage, *pairs: tuple[str, str | None]) -> dict[str, UUID]:
    """A round that is ready, with these pairs. Mentee → request."""
    made = await waits(stage, *(mentee for mentee, _ in pairs))
    mentors = {name: await person(stage.db, name) for _, name in pairs if name}
    row = MatchRound(id=uuid4(), state=State.READY.value, opened_at=FRIDAY, whole=len(pairs), done=len(pairs))
    async with stage.db.writing() as session:
        session.add(row)
        await session.flush()
        for mentee, mentor in pairs:
            given: dict[str, Any] = {"why_not": "hours"}
            if mentor:
                given = {"mentor_id": mentors[mentor], "score": 0.71, "reasons": "other hours:10"}
            session.add(MatchPair(round_id=row.id, request_id=made[mentee], **given))
    return made


async def owner(stage: Stage, name: str = "ines") -> Actor:
    if name != "ines":
        one = await person(stage.db, name)
        async with stage.db.writing() as session:
            await roles.give(session, one, Role.OWNER, by=None, now=FRIDAY, today=FRIDAY.date())
    return stage.person(name)


async def proposals(stage: Stage) -> list[tuple[str, str, str]]:
    async with stage.db.reading() as session:
        rows = await session.execute(
            select(Proposal.way, Proposal.state, PersonRow.name)
            .join(PersonRow, PersonRow.id == Proposal.mentor_id)
            .order_by(PersonRow.name)
        )
        return [(row.way, row.state, row.name) for row in rows]


async def state(stage: Stage) -> str:
    async with stage.db.reading() as session:
        return str(await session.scalar(select(MatchRound.state).order_by(MatchRound.opened_at.desc()).limit(1)))


async def edit(actor: Actor, label: str, mentee: str) -> None:
    """Choose from the menu beside the pair of this mentee."""
    block = next(one for one in actor.modal["blocks"] if mentee in str(one.get("text", {}).get("text", "")))
    await actor.chooses(views.EDIT, label, block_id=block["block_id"])


async def test_an_owner_matches_everybody_who_waits_and_the_mentors_are_asked(either: Stage) -> None:
    await offers(either, *MENTORS)
    await waits(either, *MENTEES)
    ines = await owner(either)
    await ines.types("/ladder round")
    assert "3 people wait for a mentor" in ines.sees()
    await ines.presses("Match everybody who waits")
    assert "about to begin" in ines.sees()
    await ines.closes()
    await either.bot.tick()
    assert "A round is ready, with" in ines.sees("message")
    assert "because you are an owner" in ines.sees("message")
    await ines.presses("Look at the pairs")
    seen = ines.sees()
    assert "Ana Pérez" in seen
    assert "working hours a week in common" in seen
    assert GOAL not in seen
    await ines.presses("Publish")
    assert "are being asked" in ines.sees()
    await either.bot.tick()
    assert await state(either) == State.PUBLISHED
    made = await proposals(either)
    assert {(way, what) for way, what, _ in made} == {("round", "proposed")}


async def test_of_two_owners_who_publish_the_second_hears_that_it_is_done(either: Stage) -> None:
    await offers(either, "pia", "tom")
    await ready(either, ("ana", "pia"), ("kiran", "tom"))
    ines, zoe = await owner(either), await owner(either, "zoe")
    for one in (ines, zoe):
        await one.types("/ladder round")
        assert "2 pairs" in one.sees()
    await ines.presses("Publish")
    await zoe.presses("Publish")
    assert NOT_NOW[State.PUBLISHING] in zoe.sees()
    await either.bot.tick()
    assert await proposals(either) == [("round", "proposed", "Pia Rossi"), ("round", "proposed", "Tom Okafor")]
    async with either.db.reading() as session:
        published = await session.scalar(select(func.count()).where(Change.what == "matching round"))
    assert published == 1


async def test_one_round_at_a_time(stage: Stage) -> None:
    await offers(stage, "pia")
    ines, zoe = await owner(stage), await owner(stage, "zoe")
    await ines.types("/ladder round")
    assert "Nobody waits for a mentor" in ines.sees()
    assert "Match everybody" not in ines.sees()
    await ines.closes(everything=True)
    await waits(stage, "ana")
    for one in (ines, zoe):
        await one.types("/ladder round")
    await ines.presses("Match everybody who waits")
    await zoe.presses("Match everybody who waits")
    assert "about to begin" in zoe.sees()
    assert len(await acts.rows(stage, "match_round")) == 1
    await zoe.presses("Drop it")
    assert "was dropped" in zoe.sees()
    assert await state(stage) == State.DROPPED


async def test_a_pair_is_taken_out_and_another_mentor_chosen_by_the_same_rules(stage: Stage) -> None:
    await offers(stage, "pia", "tom", "mats")
    await ready(stage, ("ana", "pia"), ("kiran", None))
    ines = await owner(stage)
    await ines.types("/ladder round")
    assert "No mentor with working hours in common" in ines.sees()
    await edit(ines, "Choose another mentor", "Ana Pérez")
    assert "Tom Okafor" in ines.sees()
    assert "Mats" not in ines.sees()  # her manager
    await ines.submits(mentor="Tom Okafor")
    assert "changed by hand" in ines.sees()
    assert "Tom Okafor" in ines.sees()
    await edit(ines, "Take this pair out", "Ana Pérez")
    assert "Taken out by an owner" in ines.sees()
    await ines.presses("Get it as a file")
    assert "in our conversation" in ines.sees()


async def test_an_owner_cannot_pair_two_who_do_not_fit_and_reads_nothing_of_why(stage: Stage) -> None:
    await offers(stage, "pia", "tom", "mats")
    await ready(stage, ("ana", "pia"))
    ana, tom, mats = [await person(stage.db, name) for name in ("ana", "tom", "mats")]
    ines = await owner(stage)
    await ines.types("/ladder round")
    await edit(ines, "Choose another mentor", "Ana Pérez")
    async with stage.db.writing() as session:
        session.add(Avoidance(person_id=tom, avoided_id=ana))
    await ines.submits(mentor="Tom Okafor")
    assert ines.errors == {"mentor": DOES_NOT_FIT}
    payload = ines.submit_payload()
    for mentor in (mats.hex, ana.hex, "junk"):
        for elements in payload["view"]["state"]["values"].values():
            elements["mentor"]["selected_option"]["value"] = mentor
        ack = await acts.sends(stage, payload)
        assert ack["response_action"] in ("errors", "push")
    (row,) = await acts.rows(stage, "match_pair")
    assert row.is_edited is False


async def test_what_no_longer_fits_is_left_for_the_next_round(stage: Stage) -> None:
    await offers(stage, "pia", "tom")
    made = await ready(stage, ("ana", "pia"), ("kiran", "tom"), ("ravi", "tom"))
    ines = await owner(stage)
    await ines.types("/ladder round")
    async with stage.db.writing() as session:
        taken_back = update(MentorRequest).where(MentorRequest.id == made["ana"])
        await session.execute(taken_back.values(state="withdrawn", closed_at=FRIDAY))
    await ines.presses("Publish")
    await stage.bot.tick()
    assert await proposals(stage) == [("round", "proposed", "Tom Okafor")]  # who has one place
    assert await state(stage) == State.PUBLISHED


async def test_only_owners_may(stage: Stage) -> None:
    await offers(stage, "pia")
    await ready(stage, ("ana", "pia"))
    ana, ines = stage.person("ana"), await owner(stage)
    await ana.types("/ladder round")
    assert acts.NOT_OPEN in ana.sees()
    await ines.types("/ladder round")
    before = await acts.kept(stage)
    block = next(one for one in ines.modal["blocks"] if one.get("accessory", {}).get("type") == "overflow")
    for label in ("Publish", "Drop it", "Get it as a file"):
        await acts.sends(stage, acts.by(stage, "ana", ines.press_payload(label)))
        assert acts.NOT_OPEN in ana.sees()
    for option in block["accessory"]["options"]:
        payload = ines.press_payload("Publish")
        payload["actions"][0] |= {"action_id": views.EDIT, "type": "overflow", "selected_option": option}
        await acts.sends(stage, acts.by(stage, "ana", payload))
    await edit(ines, "Choose another mentor", "Ana Pérez")
    assert await acts.kept(stage) == before


async def test_ids_of_other_things_open_nothing(stage: Stage) -> None:
    await offers(stage, "pia")
    await ready(stage, ("ana", "pia"))
    ines = await owner(stage)
    await ines.types("/ladder round")
    before = await acts.kept(stage)
    payloads = [ines.press_payload(label) for label in ("Publish", "Drop it", "Get it as a file")]
    for payload in payloads:
        for value in acts.JUNK:
            await acts.sends(stage, acts.with_value(payload, value))
    assert await acts.kept(stage) == before
    assert acts.NOT_OPEN in ines.sees()


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "@SUM(1)"])
async def test_the_file_shows_and_never_runs(stage: Stage, name: str) -> None:
    await offers(stage, "pia")
    await ready(stage, ("ana", "pia"), ("kiran", None))
    async with stage.db.writing() as session:
        await session.execute(update(PersonRow).where(PersonRow.slack_id == "U0ANA").values(name=name))
    ines = await owner(stage)
    await ines.types("/ladder round")
    await ines.presses("Get it as a file")
    (content,) = stage.slack.state.uploads.values()
    text = content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == list(views.HEADER)
    assert {row[0] for row in rows[1:]} == {f"'{name}", "Kiran Deshpande"}
    assert GOAL not in text
    kiran = next(row for row in rows if row[0].startswith("Kiran"))
    assert kiran[8] == "No mentor with working hours in common"

"""A pair in Slack: the conversation of the two, what they agree and share, and a good end."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.models.mentors import MentorRequest, Proposal
from bot.models.mentorships import Mentorship
from bot.rules.mentors import ProposalState, Request, RequestState, Way
from bot.services import mentorships, people
from bot.views import mentorships as views
from sandbox.history import Posted
from story import stage as stages
from story.stage import Actor, Stage
from tests.handlers import acts

DAY = timedelta(days=1)
FRIDAY_MORNING = acts.MONDAY - 3 * DAY + timedelta(hours=14)
GOAL = "Lead CANARY-GOAL."
UNTIL = date(2027, 5, 14)


async def pair(stage: Stage) -> tuple[Actor, Actor]:
    """Ana, an engineer, and Grace, a manager in Nairobi, who has just said yes. It is morning in New York."""
    await acts.jump(stage, FRIDAY_MORNING)
    now, today = stage.clock.now(), stage.clock.now().date()
    async with stage.db.writing() as session:
        found = await people.by_slack_id(session, ["U0ANA", "U0GRACE"], on=today)
        ana, grace = found["U0ANA"], found["U0GRACE"]
        wish = MentorRequest(mentee_id=ana.id, goal=GOAL, state=RequestState.MATCHED.value, asked_at=now)
        session.add(wish)
        await session.flush()
        session.add(
            Proposal(
                request_id=wish.id, mentor_id=grace.id, way=Way.BEST.value, reasons="other hours:20", asked_at=now,
                state=ProposalState.ACCEPTED.value, expires_at=now, decided_at=now,
            )
        )  # fmt: skip
        wanted = ("peer-mentoring",)
        request = Request(wish.id, ana, GOAL, wanted, None, False, (), 14, (), RequestState.MATCHED, False, now)
        await mentorships.begin(session, request=request, mentor=grace, way=Way.BEST, now=now, today=today)
    await stages.settle(stage.bot)
    return stage.person("ana"), stage.person("grace")


def said(stage: Stage) -> list[Posted]:
    """What stands in the conversation of the two, without the words of their own conversations with the app."""
    (group,) = [one.id for one in stage.slack.state.conversations.values() if one.kind == "mpim"]
    return stage.slack.posted(group)


def heard(stage: Stage, name: str) -> str:
    """Everything in somebody's own conversation with the app."""
    return "\n".join(str(one.message) for one in stage.slack.posted(name))


def read(stage: Stage) -> str:
    """Everything in the conversation of the two, as it stands now."""
    places = stage.slack.state.conversations.values()
    return "\n".join(str(list(one.messages.values())) for one in places if one.kind == "mpim")


async def row(stage: Stage) -> Any:
    (found,) = await acts.rows(stage, "mentorship")
    return found


async def ends(actor: Actor) -> None:
    await actor.presses("End or pause")
    await actor.submits(what="end")


async def test_the_two_meet_in_a_conversation_of_their_own(either: Stage) -> None:
    ana, grace = await pair(either)
    (hello,) = said(either)
    assert sorted(either.slack.state.conversations[hello.channel].members)[:2] == ["U0ANA", "U0GRACE"]
    for actor in (ana, grace):
        assert actor.press_payload("Plan a session")
        seen = read(either)
        assert "*Ana Pérez*, this is your mentor *Grace Otieno*" in seen
        assert "Management has no word for *Peer mentoring*" in seen
        assert "20 working hours a week in common" in seen
        assert "Three questions to begin with" in seen
        assert "CANARY" not in seen
    assert (await row(either)).channel == hello.channel
    dms = {one.dm_channel for one in await acts.rows(either, "person")}
    assert hello.channel not in dms


async def test_the_agreement_is_changed_by_either_and_read_by_both(stage: Stage) -> None:
    ana, grace = await pair(stage)
    await ana.presses("Change the agreement")
    await grace.presses("Change the agreement")
    assert "CANARY-GOAL" in grace.sees()
    await grace.submits(rhythm="28", until="2027-01-29")
    assert "every four weeks" in grace.sees()
    first, news = said(stage)
    assert "The agreement has changed" in str(news.message["text"])
    assert "every four weeks" in str(stage.slack.state.conversations[first.channel].messages[first.ts])
    assert "CANARY" not in read(stage)
    await ana.submits(rhythm="7", until="2027-01-29")
    assert "in another window" in f"{ana.errors}{acts.told(stage, 'ana')}{ana.sees()}"
    assert (await row(stage)).rhythm_days == 28


@pytest.mark.parametrize(("until", "why"), [("2026-11-13", "a day ahead"), ("2031-01-01", "within two years")])
async def test_an_agreement_that_cannot_be_is_refused_beside_the_field(stage: Stage, until: str, why: str) -> None:
    ana, _ = await pair(stage)
    await ana.presses("Change the agreement")
    await ana.submits(until=until)
    assert why in ana.errors["until"]
    assert (await row(stage)).until_on == UNTIL


async def test_the_mentor_reads_what_the_mentee_shares_while_it_is_shared(stage: Stage) -> None:
    ana, grace = await pair(stage)
    await ana.types("/checkin")
    await ana.submits(win="A CANARY-WIN.")
    await ana.closes(everything=True)
    await grace.presses("Sharing")
    assert "Ana Pérez's to decide" in acts.told(stage, "grace")
    await ana.presses("Sharing")
    await ana.submits(shares=["check_ins", "pair"])
    assert "You share: check-ins" in ana.sees()
    await ana.closes(everything=True)
    await opens(stage, grace)
    assert "Read their evidence" not in grace.sees()
    await grace.presses("Read their check-ins")
    assert "CANARY-WIN" in grace.sees()
    await grace.closes()
    late = grace.press_payload("Read their check-ins")
    await ana.presses("Sharing")
    await ana.submits(shares=[])
    await acts.sends(stage, late)
    assert acts.NOT_OPEN in grace.sees() + acts.told(stage, "grace")
    assert [one.thing for one in await acts.rows(stage, "look")] == ["check-in"]


async def opens(stage: Stage, actor: Actor) -> None:
    """The mentorship, from wherever its button stands."""
    (found,) = await acts.rows(stage, "mentorship")
    payload = actor.press_payload("End or pause")
    payload["actions"][0] |= {"action_id": views.OPEN, "value": found.id.hex}
    await acts.sends(stage, payload)


async def test_both_end_it_and_both_hear_it_once(either: Stage) -> None:
    ana, grace = await pair(either)
    await ana.presses("End or pause")
    await grace.presses("End or pause")
    for actor in (ana, grace):
        await actor.submits(what="end")
        assert "It has come to its end" in actor.sees("modal")
        await actor.closes(everything=True)
    found = await row(either)
    assert (found.ended_for, found.ended_at is not None) == ("choice", True)
    for name in ("ana", "grace"):
        news = [one for one in either.slack.posted(name) if "come to its end" in str(one.message["text"])]
        assert len(news) == 1
        assert "ended by" not in str(news[0].message)


async def test_an_old_button_of_a_mentorship_that_is_over_says_what_to_do(stage: Stage) -> None:
    ana, grace = await pair(stage)
    await grace.presses("Change the agreement")
    await ends(ana)
    await ana.closes(everything=True)
    await grace.submits(rhythm="7", until="2027-01-29")
    assert "has come to its end" in f"{grace.errors}{grace.sees()}{acts.told(stage, 'grace')}"
    before = await acts.kept(stage)
    await grace.closes(everything=True)
    for label in ("Plan a session", "Change the agreement", "Sharing", "End or pause"):
        await grace.presses(label)
        assert "has come to its end" in acts.told(stage, "grace"), label
    assert await acts.kept(stage) == before


async def test_a_good_end_and_a_new_match(either: Stage) -> None:
    ana, grace = await pair(either)
    await ends(grace)
    await grace.closes(everything=True)
    await ana.presses("Say how it was")
    await ana.submits(worth="5", fit="4", again=["again"])
    assert "Thank you" in ana.sees()
    await ana.closes(everything=True)
    (survey,) = await acts.rows(either, "closing_survey")
    assert (survey.worth, survey.fit, survey.wants_again) == (5, 4, True)
    assert "Find a new match" not in heard(either, "grace")
    await ana.presses("Find a new match")
    assert "I look for somebody new" in ana.sees()
    assert sorted(one.state for one in await acts.rows(either, "mentor_request"))[0] == "matched"
    assert len(await acts.rows(either, "mentor_request")) == 2


async def test_it_rests_until_a_day_and_goes_on_when_somebody_says_so(stage: Stage) -> None:
    ana, grace = await pair(stage)
    await ana.presses("End or pause")
    await ana.submits(what="pause")
    assert list(ana.errors) == ["until"]
    await ana.submits(what="pause", until="2026-12-14")
    assert "It rests until 14 December 2026" in ana.sees()
    await ana.closes(everything=True)
    (group,) = [one for one in stage.slack.state.conversations.values() if one.kind == "mpim"]
    assert ["It rests until 14 December 2026" in str(one) for one in group.messages.values()] == [True, True]
    await grace.presses("End or pause")
    await grace.submits(what="wake")
    assert "It goes on" in grace.sees()
    assert (await row(stage)).paused_until is None


async def test_at_its_term_both_are_asked_and_one_is_enough(stage: Stage) -> None:
    ana, grace = await pair(stage)
    async with stage.db.writing() as session:
        await session.execute(update(Mentorship).values(until_on=date(2026, 11, 25)))
    await acts.jump(stage, acts.MONDAY + 2 * DAY + timedelta(hours=14))
    await acts.jump(stage, acts.MONDAY + 3 * DAY + timedelta(hours=14))
    for name in ("ana", "grace"):
        assert "comes to the end you agreed on: 25 November 2026" in heard(stage, name)
    await ana.presses("Go on for three months")
    await grace.presses("Go on for three months")
    for actor in (ana, grace):
        assert "It goes on until 24 February 2027" in actor.sees("modal")
    assert (await row(stage)).until_on == date(2027, 2, 24)
    assert sum("has changed" in str(one.message["text"]) for one in said(stage)) == 1


async def test_without_a_word_it_ends_by_itself(stage: Stage) -> None:
    await pair(stage)
    async with stage.db.writing() as session:
        await session.execute(update(Mentorship).values(until_on=date(2026, 11, 18)))
    for day in (0, 1, 2, 11):
        await acts.jump(stage, acts.MONDAY + day * DAY + timedelta(hours=14))
    assert (await row(stage)).ended_for == "term"
    for name in ("ana", "grace"):
        assert "The time the two of you agreed on is over" in heard(stage, name)


async def test_somebody_else_opens_and_changes_nothing(stage: Stage) -> None:
    ana, _ = await pair(stage)
    presses = [ana.press_payload(label) for label in ("Change the agreement", "Sharing", "End or pause")]
    await ana.presses("End or pause")
    await ana.fills(what="end")
    form = ana.submit_payload()
    before = await acts.kept(stage)
    for payload in (*presses, form):
        await acts.sends(stage, acts.by(stage, "tom", payload))
    for junk in acts.JUNK:
        await acts.sends(stage, acts.with_value(presses[0], junk))
    assert stage.person("tom").modal is None
    assert acts.NOT_OPEN in acts.told(stage, "tom")
    assert await acts.kept(stage) == before


async def test_a_mentor_who_leaves_is_missed_kindly(stage: Stage) -> None:
    await pair(stage)
    await stage.slack.change_user("grace", deleted=True)
    await stages.settle(stage.bot)
    assert "Grace Otieno is not here any more" in heard(stage, "ana")
    assert "you come first" in heard(stage, "ana")
    assert [one.comes_first for one in await acts.rows(stage, "mentor_request") if one.state == "open"] == [True]

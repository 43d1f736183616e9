"""Finding a mentor, from the first wish to a pair, by the people who do it."""

from datetime import timedelta
from typing import Any

from bot.rules.mentors import MOST_TRIES
from bot.services import keeping, people
from story.stage import Actor, Stage
from tests.handlers import acts

GOAL = "I would like to understand CANARY-GOAL."
OFFER: dict[str, Any] = {"capacity": "1", "hours": "2", "competencies": ["problem-solving"], "is_listed": ["listed"]}
WISH: dict[str, Any] = {"goal": GOAL, "competencies": ["problem-solving"], "rhythm": "14", "track": "any-other"}
DAY = timedelta(days=1)


async def offers(stage: Stage, *names: str, **more: Any) -> None:
    """These people offer to mentor."""
    for name in names:
        actor = stage.person(name)
        await actor.types("/mentor offer")
        await actor.submits(**{**OFFER, **more})
        assert actor.errors == {}
        assert "Thank you!" in actor.sees()
        await actor.closes()


async def asks(stage: Stage, name: str = "kiran", **more: Any) -> Actor:
    """Somebody asks for a mentor, and one is looked for."""
    actor = stage.person(name)
    await actor.types("/mentor ask")
    assert "only the mentor who is asked" in actor.sees()
    await actor.submits(**{**WISH, **more})
    assert actor.errors == {}
    assert "Sent." in actor.sees()
    await actor.closes()
    await moves_on(stage)
    return actor


async def moves_on(stage: Stage, *, by: timedelta = timedelta(minutes=1)) -> None:
    await acts.jump(stage, stage.clock.now() + by)


async def states(stage: Stage) -> list[str]:
    found = await acts.rows(stage, "proposal")
    return [row.state for row in sorted(found, key=lambda row: row.asked_at)]


async def declines(stage: Stage, name: str, **more: Any) -> None:
    actor = stage.person(name)
    await actor.presses("Decline")
    await actor.submits(**more)
    assert actor.errors == {}
    await moves_on(stage)


def said(stage: Stage, name: str) -> str:
    """Everything the bot has written to somebody."""
    return "\n".join(str(one.message.get("text")).replace("*", "") for one in stage.slack.posted(name))


async def test_a_request_is_put_before_the_best_mentor_who_accepts(either: Stage) -> None:
    await offers(either, "pia")
    kiran = await asks(either)
    pia = either.person("pia")
    seen = pia.sees()
    assert "Kiran Deshpande (Technical" in seen
    assert "asks for a mentor" in seen
    assert "You get this because you offer to mentor" in seen
    assert "CANARY" not in seen
    await pia.presses("Read the request")
    assert "CANARY-GOAL" in pia.sees()
    await pia.presses("Accept")
    assert "You and Kiran Deshpande are a pair" in pia.sees()
    await pia.closes()
    assert "You said yes to Kiran Deshpande" in pia.sees("message")
    assert "Pia Rossi (Process optimization" in said(either, "kiran")
    (pair,) = await acts.rows(either, "mentorship")
    assert (await states(either), (await acts.rows(either, "mentor_request"))[0].state) == (["accepted"], "matched")
    assert pair.ended_at is None
    await kiran.types("/mentor")
    assert "You have not asked for a mentor" in kiran.sees()


async def test_whoever_is_named_comes_first_and_a_no_moves_it_on(either: Stage) -> None:
    await offers(either, "pia", "grace", "ravi")
    await asks(either, choice_1=["pia"], choice_2=["grace"])
    assert "asks you to be their mentor" in either.person("pia").sees()
    await declines(either, "pia", reason="time")
    heard = said(either, "kiran")
    assert "Grace Otieno, whom you named, has it now" in heard
    assert "Pia Rossi could not take it on this time" in heard
    assert "You declined, and that is fine" in either.person("pia").sees("message")
    await declines(either, "grace")
    assert "it is with somebody who fits now" in said(either, "kiran")
    assert "Ravi" not in said(either, "kiran")
    await either.person("ravi").presses("Accept")
    assert "Ravi Menon" in said(either, "kiran")
    assert await states(either) == ["declined", "declined", "accepted"]


async def test_after_three_who_could_not_it_waits_for_a_round_and_comes_first(stage: Stage) -> None:
    await offers(stage, "pia", "grace", "ravi", "sam")
    await stage.person("kiran").opens_home()
    await asks(stage)
    for _ in range(MOST_TRIES):
        (asked,) = [row for row in await acts.rows(stage, "proposal") if row.state == "proposed"]
        who = next(row for row in await acts.rows(stage, "person") if row.id == asked.mentor_id)
        await acts.jump(stage, asked.expires_at)
        assert who.name not in said(stage, "kiran")
    assert await states(stage) == ["expired"] * MOST_TRIES
    (request,) = await acts.rows(stage, "mentor_request")
    assert (request.state, request.comes_first, request.waits_since is not None) == ("open", True, True)
    assert "comes first in the next round" in stage.person("kiran").sees("message")
    await stage.person("kiran").opens_home()
    assert "waits for the next round, and comes first there" in stage.person("kiran").sees("home")


async def test_a_silent_mentor_is_named_once_and_passed_over(stage: Stage) -> None:
    await offers(stage, "pia")
    await asks(stage)
    await stage.advance(acts.MONDAY + timedelta(hours=20))
    assert "Good morning Pia" not in said(stage, "pia")
    await stage.advance(acts.MONDAY + timedelta(days=1, hours=9))
    assert "Good morning Pia" in said(stage, "pia")
    assert "Kiran Deshpande asks you to be their mentor" in stage.person("pia").sees()
    await stage.advance(acts.MONDAY + timedelta(days=2, hours=12, minutes=1))
    assert await states(stage) == ["expired"]
    assert said(stage, "pia").count("Good morning Pia") == 1
    assert "I have not found a mentor for you yet" in said(stage, "kiran")
    assert "Pia" not in said(stage, "kiran")


async def test_a_mentor_who_stops_goes_on_leave_or_leaves_is_passed_over(stage: Stage) -> None:
    await offers(stage, "pia", "grace", "ravi")
    await asks(stage, choice_1=["pia"], choice_2=["grace"], choice_3=["ravi"])
    pia = stage.person("pia")
    await pia.types("/mentor offer")
    await pia.presses("Stop offering")
    assert "do not offer to mentor any more" in pia.sees()
    await moves_on(stage)
    await stage.person("grace").types("/ladder pause until 1 December")
    await moves_on(stage)
    await stage.slack.change_user("ravi", deleted=True)
    await moves_on(stage)
    assert await states(stage) == ["skipped", "skipped", "skipped"]
    assert "Grace Otieno could not take it on this time" in said(stage, "kiran")


async def test_decline_and_pause_takes_nobody_new_until_then(stage: Stage) -> None:
    await offers(stage, "pia")
    await asks(stage)
    pia = stage.person("pia")
    await pia.presses("Decline and pause")
    await pia.submits(until="2026-11-01")
    assert list(pia.errors) == ["until"]
    await pia.submits(until="2027-01-15")
    assert pia.modal is None
    assert await states(stage) == ["declined"]
    await stage.person("yuki").types("/mentor find")
    assert "full for now, until Friday 15 January 2027" in stage.person("yuki").sees()


async def test_a_request_is_taken_back_at_any_time(stage: Stage) -> None:
    await offers(stage, "pia")
    kiran = await asks(stage)
    accept = stage.person("pia").press_payload("Accept")
    await kiran.opens_home()
    await kiran.presses("Take my request back")
    assert "You have not asked for a mentor" in kiran.sees()
    assert "does not need this any more" in stage.person("pia").sees("message")
    await acts.sends(stage, acts.by(stage, "pia", accept))
    assert "the request was taken back" in acts.told(stage, "pia")
    assert await acts.rows(stage, "mentorship") == []


async def test_asking_anew_takes_the_place_of_the_open_request(stage: Stage) -> None:
    await offers(stage, "pia", "grace")
    await asks(stage, choice_1=["pia"])
    kiran = stage.person("kiran")
    await kiran.types("/mentor ask")
    assert "Sending this one takes its place" in kiran.sees()
    assert "CANARY-GOAL" in kiran.sees()
    await kiran.submits(choice_1=["grace"])
    await moves_on(stage)
    assert sorted(row.state for row in await acts.rows(stage, "mentor_request")) == ["open", "withdrawn"]
    assert "asks you to be their mentor" in stage.person("grace").sees()


async def test_who_can_be_asked_for_is_said_beside_the_field(stage: Stage) -> None:
    await offers(stage, "mats", "pia", "lea", "zoe")
    await offers(stage, "yuki", full_until="2026-12-24")
    kiran = stage.person("kiran")
    await kiran.types("/mentor ask")
    wrong: list[tuple[dict[str, Any], str, str]] = [
        ({"choice_1": ["kiran"]}, "choice_1", "That is you"),
        ({"choice_1": ["mats"]}, "choice_1", "your own line of managers"),
        ({"choice_1": ["tom"]}, "choice_1", "does not mentor at the moment"),
        ({"choice_1": ["pia"], "choice_2": ["yuki"]}, "choice_2", "has no place at the moment"),
        ({"choice_1": ["lea"]}, "choice_1", "not on a track you ask for"),
        ({"choice_1": ["pia"], "choice_2": ["pia"]}, "choice_2", "named this person above"),
        ({"choice_1": ["slackbot"]}, "choice_1", "an app, a guest or a leaver"),
        ({"choice_1": ["pia"], "avoid": ["pia"]}, "avoid", "also among those you ask for"),
        ({"goal": "\u200b"}, "goal", "cannot be empty"),
    ]
    for choices, field, sentence in wrong:
        await kiran.submits(**{**WISH, "choice_1": [], "choice_2": [], "avoid": [], **choices})
        assert list(kiran.errors) == [field]
        assert sentence in kiran.errors[field]
    assert await acts.rows(stage, "mentor_request") == []
    assert await acts.rows(stage, "avoidance") == []


async def test_an_offer_that_makes_no_sense_is_refused_beside_its_field(stage: Stage) -> None:
    pia = stage.person("pia")
    await pia.types("/mentor offer")
    for value in ("2020-01-01", "2026-11-13", "2031-01-01"):
        await pia.submits(**OFFER, full_until=value)
        assert list(pia.errors) == ["full_until"]
    form = pia.submit_payload()
    for field, value in [("capacity", "0"), ("capacity", "11"), ("hours", "99"), ("hours", "1.5"), ("hours", "x")]:
        answer = await acts.sends(stage, acts.typed(form, **{"full_until": None, field: value}))
        assert list(answer["errors"]) == [field]
    assert await acts.rows(stage, "mentor") == []


async def test_whom_somebody_avoids_is_seen_by_nobody_else(stage: Stage) -> None:
    await offers(stage, "pia")
    kiran = await asks(stage, avoid=["pia"])
    assert await states(stage) == []
    assert "I have not found a mentor for you yet" in said(stage, "kiran")
    assert "Kiran" not in said(stage, "pia")
    for text in ("Pia", "U0PIA", "would fit"):
        assert text not in said(stage, "kiran")
    await kiran.types("/mentor")
    assert "Pia" not in kiran.sees()
    await kiran.closes()
    await kiran.types("/mentor ask")
    avoided = next(block for block in kiran.modal["blocks"] if block["block_id"] == "avoid")
    assert avoided["element"]["initial_users"] == ["U0PIA"]
    pia = stage.person("pia")
    await pia.types("/ladder data")
    assert "rather not be paired with" not in pia.sees()
    async with stage.db.reading() as session:
        row = next(row for row in await acts.rows(stage, "person") if row.name == "Pia Rossi")
        them = (await people.by_id(session, [row.id], on=stage.clock.now().date()))[row.id]
        kept = await keeping.export(session, them)
    assert not {"avoidance", "mentor_request"} & set(kept)
    assert "CANARY" not in str(kept)


async def test_a_mentor_offers_themself_and_the_mentee_decides(stage: Stage) -> None:
    await offers(stage, "pia", capacity="2")
    pia, kiran = stage.person("pia"), stage.person("kiran")
    await pia.types("/mentor offer @kiran")
    await pia.submits()
    assert "Kiran Deshpande decides" in pia.sees()
    await pia.closes()
    assert "Pia Rossi (Process optimization" in kiran.sees()
    await kiran.presses("Not now")
    assert "Your offer to Kiran Deshpande: not now" in said(stage, "pia")
    await pia.types("/mentor offer @kiran")
    await pia.submits()
    assert "offered this to Kiran Deshpande already" in pia.errors["mentee"]
    await pia.submits(mentee=["yuki"])
    await stage.advance(acts.MONDAY + timedelta(hours=1))
    await stage.person("yuki").presses("Yes, please")
    await stage.advance(acts.MONDAY + timedelta(hours=9))
    assert "Yuki Tanaka says yes to your offer" in said(stage, "pia")
    assert [row.state for row in await acts.rows(stage, "proposal")].count("accepted") == 1


async def test_silence_and_no_sound_alike_to_whoever_offered(stage: Stage) -> None:
    await offers(stage, "pia")
    pia = stage.person("pia")
    await pia.types("/mentor offer @kiran")
    await pia.submits()
    await stage.advance(acts.MONDAY + 15 * DAY)
    assert await states(stage) == ["expired"]
    assert "Your offer to Kiran Deshpande: not now" in said(stage, "pia")


async def test_a_mentor_does_not_offer_themself_to_their_own_people(stage: Stage) -> None:
    await offers(stage, "mats")
    mats = stage.person("mats")
    for name in ("kiran", "ines"):
        await mats.types(f"/mentor offer @{name}")
        await mats.submits()
        assert "cannot be paired" in mats.errors["mentee"]
    assert await acts.rows(stage, "proposal") == []


async def test_the_directory_has_who_agreed_to_be_listed(stage: Stage) -> None:
    await offers(stage, "pia", "grace")
    await offers(stage, "ravi", is_listed=[])
    await offers(stage, "yuki", competencies=["empathy"], languages=["ja", "en"])
    kiran = stage.person("kiran")
    await kiran.types("/mentor find")
    assert "Grace Otieno · Management" in kiran.sees()
    assert "Speaks Japanese and English" in kiran.sees()
    assert "Ravi" not in kiran.sees()
    await kiran.submits(track="process")
    assert "Pia Rossi" in kiran.sees()
    assert "Grace" not in kiran.sees()
    await kiran.submits(track="-", competency="empathy")
    assert "Yuki Tanaka" in kiran.sees()
    assert "Pia" not in kiran.sees()
    await kiran.presses("Ask")
    first = next(block for block in kiran.modal["blocks"] if block["block_id"] == "choice_1")
    assert first["element"]["initial_users"] == ["U0YUKI"]


async def test_somebody_outside_the_program_can_mentor_and_cannot_ask(stage: Stage) -> None:
    await acts.newcomer(stage, "mila")
    mila = stage.person("mila")
    await mila.opens_home()
    assert "Offer to mentor" in mila.sees("home")
    assert "Ask for a mentor" not in mila.sees("home")
    await mila.types("/mentor ask")
    assert "you are not enrolled yet" in acts.told(stage, "mila")
    await offers(stage, "mila")
    await asks(stage)
    assert "Kiran Deshpande" in mila.sees()


async def test_nobody_reads_or_decides_what_is_not_before_them(stage: Stage) -> None:
    await offers(stage, "pia")
    await asks(stage)
    press = stage.person("pia").press_payload("Accept")
    await stage.person("pia").presses("Decline")
    form = stage.person("pia").submit_payload()
    (request,) = await acts.rows(stage, "mentor_request")
    ours = await acts.kept(stage)
    for name in ("tom", "kiran", "mats", "ines"):
        for action in ("read", "accept", "decline", "pause", "not_now"):
            for value in (press["actions"][0]["value"], request.id.hex, *acts.JUNK):
                forged = acts.by(stage, name, acts.with_value(press, value))
                forged["actions"][0]["action_id"] = f"proposals.{action}"
                await acts.sends(stage, forged)
                assert acts.NOT_OPEN in acts.told(stage, name)
        assert acts.NOT_OPEN in str(await acts.sends(stage, acts.by(stage, name, form)))
    forged = acts.by(stage, "tom", acts.with_value(press, request.id.hex))
    forged["actions"][0]["action_id"] = "mentor_requests.withdraw"
    await acts.sends(stage, forged)
    assert acts.NOT_OPEN in acts.told(stage, "tom")
    assert await acts.kept(stage) == ours

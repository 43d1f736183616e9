"""Feedback about people: asked for and given, read, thanked, asked about, and saved as evidence."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.history import Posted
from story.stage import Actor, Stage
from tests.handlers import acts

AT_WORK = datetime(2026, 11, 13, 13, 30, tzinfo=UTC)  # in New York, in Rome, in Dubai; night falls in Kolkata
DID = "You moved the CANARY-DID jobs to events and wrote down how to roll back."
CHANGED = "The on-call load halved, CANARY-CHANGED."


async def gives(stage: Stage, giver: str, receiver: str, **more: Any) -> Actor:
    actor = stage.person(giver)
    await actor.types(f"/feedback @{receiver}")
    await actor.submits(**{"did": DID, "changed": CHANGED, **more})
    assert "Sent." in actor.sees()
    await actor.closes(everything=True)
    return actor


async def asks(stage: Stage, who: str, *asked: str, **more: Any) -> Actor:
    actor = stage.person(who)
    await actor.types("/ladder feedback ask")
    await actor.submits(asked=list(asked), **more)
    return actor


def last(stage: Stage, name: str) -> Posted:
    return stage.slack.posted(name)[-1]


async def test_feedback_is_signed_read_thanked_asked_about_and_saved(either: Stage) -> None:
    await acts.jump(either, AT_WORK)
    noor = either.person("noor")
    await noor.types("/feedback @ana")
    assert "Signed with your name. Ana Pérez will read it." in noor.sees()
    await noor.chooses("feedback.competency", noor.modal["blocks"][4]["elements"][0]["options"][1]["value"])
    assert "At T2:" in noor.sees()
    await noor.submits(did=DID, changed=CHANGED, readers="manager")
    await noor.closes(everything=True)
    ana = either.person("ana")
    assert "wrote feedback for you" in ana.sees()
    assert "CANARY" not in acts.heard(either, "ana")
    await ana.presses("Read it")
    assert "CANARY-DID" in ana.sees()
    assert "You and Mats Lindqvist, your manager then, read this." in ana.sees()
    await ana.presses("Say thanks")
    assert "You have thanked Noor Haddad." in ana.sees()
    await ana.presses("Ask a question")
    await ana.submits(question="Which rollback, CANARY-QUESTION?")
    await ana.closes(everything=True)
    assert "says thank you" in acts.heard(either, "noor")
    assert "CANARY" not in acts.heard(either, "noor")
    await noor.presses("Read and answer")
    assert "CANARY-QUESTION" in noor.sees()
    await noor.submits(answer="The one of May, CANARY-ANSWER.")
    await noor.closes(everything=True)
    await ana.presses("Read it")
    assert "CANARY-ANSWER" in ana.sees()
    assert "Ask a question" not in ana.sees()
    await ana.presses("Save as evidence")
    assert f'Noor Haddad wrote: "{DID}"' in ana.sees()
    await ana.closes(everything=True)
    mats = either.person("mats")
    await mats.opens_home()
    await mats.presses("Feedback", surface="home")
    await mats.presses("Read")
    assert "because Noor Haddad chose so" in mats.sees()
    await mats.closes(everything=True)
    assert [row.because for row in await acts.rows(either, "look")] == ["manager then if chosen"]


async def test_until_it_is_read_it_is_the_givers_to_change_and_to_take_back(stage: Stage) -> None:
    await acts.jump(stage, AT_WORK)
    noor, ana = await gives(stage, "noor", "ana"), stage.person("ana")
    told = last(stage, "ana")
    await noor.opens_home()
    await noor.presses("Feedback", surface="home")
    await noor.presses("Look")
    await noor.presses("Change it")
    await noor.submits(did="You wrote down how to roll back, CANARY-NEW.")
    await noor.closes(everything=True)
    await ana.presses("Read it", message=told)
    assert "CANARY-NEW" in ana.sees()
    await ana.closes(everything=True)
    await noor.opens_home()
    await noor.presses("Feedback", surface="home")
    assert "Ana Pérez read it today" in noor.sees()
    await noor.presses("Look")
    assert "Change it" not in noor.sees()
    await noor.closes(everything=True)
    await stage.advance(stage.clock.now() + timedelta(minutes=1))
    await gives(stage, "noor", "lea")
    lea = stage.person("lea")
    pressed = lea.press_payload("Read it")
    await noor.opens_home()
    await noor.presses("Feedback", surface="home")
    await noor.presses("Look", block_id="given-0")
    await noor.presses("Take it back")
    assert "It is gone" in noor.sees()
    assert "has taken back what they wrote" in lea.sees()
    await acts.sends(stage, pressed)
    assert "CANARY" not in str(stage.slack.posted("lea"))
    assert not any("CANARY-DID" in str(row) and row.taken_back_at for row in await acts.rows(stage, "feedback"))


async def test_a_vague_word_is_asked_about_once_and_never_refused(stage: Stage) -> None:
    tom = stage.person("tom")
    await tom.uses("Give feedback")
    await tom.submits(receiver=["tom"])
    assert "somebody else" in tom.errors["receiver"]
    await tom.submits(receiver=["zoe"])
    await tom.submits(did="Zoë is abrasive.", changed="It helped a lot.", next_step="Be more proactive.")
    assert 'What did you see or hear that made you think of "abrasive"?' in tom.sees()
    assert "Not sent yet: 3 questions back." in tom.sees()
    assert "Who notices it, and by what?" in tom.sees()
    assert "One example is enough" in tom.sees()
    assert await acts.rows(stage, "feedback") == []
    await tom.submits()
    assert "Sent." in tom.sees()
    (row,) = await acts.rows(stage, "feedback")
    assert row.did == "Zoë is abrasive."


async def test_several_are_asked_one_answers_one_cannot_and_silence_ends_it(stage: Stage) -> None:
    await acts.jump(stage, AT_WORK)
    ana = await asks(stage, "ana", "noor", "pia", "tom", competency=None, note="Was my CANARY-NOTE clear?")
    assert "can answer for two weeks" in ana.sees()
    await ana.closes(everything=True)
    noor, pia = stage.person("noor"), stage.person("pia")
    assert "asks you for feedback" in noor.sees()
    assert "CANARY-NOTE" not in acts.heard(stage, "noor")
    await noor.presses("Answer")
    assert "CANARY-NOTE" in noor.sees()
    await noor.submits(did=DID, changed=CHANGED)
    await noor.closes(everything=True)
    assert "you have answered it" in str(noor.messages)
    assert "as you asked" in acts.heard(stage, "ana")
    assert not acts.heard(stage, "tom"), "it is early in Chicago"
    await pia.presses("Not now")
    assert "sees only how many answered" in str(pia.messages)
    await ana.opens_home()
    await ana.presses("Feedback", surface="home")
    assert "1 of 3 answered, open until" in ana.sees()
    assert "Pia" not in ana.sees()
    await ana.closes(everything=True)
    tom = stage.person("tom")
    for days in range(17):
        await acts.jump(stage, AT_WORK + timedelta(days=days, hours=2))
        if days == 3:
            await tom.presses("Nothing new")  # the check-in of that Monday: only the request is left
    named = [one for one in stage.slack.posted("tom") if "*Ana Pérez* asks you for feedback" in str(one.message)]
    assert "its two weeks are over" in str(tom.messages)
    assert len(named) == 2, "asked, and named again once, in the list of a morning"
    ended = [one.message["text"] for one in stage.slack.posted("ana") if "has ended" in str(one.message)]
    assert ended == ["Your request for feedback has ended. 1 of 3 answered; the others could not this time."]


async def test_a_request_is_taken_back_and_what_somebody_was_writing_is_not_lost(stage: Stage) -> None:
    await acts.jump(stage, AT_WORK)
    ana = await asks(stage, "ana", "noor", "pia", "lea", note="Was my CANARY-NOTE clear?")
    noor, pia, lea = (stage.person(name) for name in ("noor", "pia", "lea"))
    await pia.presses("Not now")
    await noor.presses("Answer")
    late, before = lea.press_payload("Answer"), len(acts.posts(stage))
    await ana.presses("My feedback")
    await ana.presses("Take back")
    assert "Pia Rossi" in ana.sees(), "who said no is not told apart"
    await ana.submits()
    assert "need not answer any more" in ana.sees()
    await ana.presses("My feedback")
    assert "What you asked for" not in ana.sees()
    assert len(acts.posts(stage)) == before, "nobody hears anything new"
    assert "it was taken back" in str(lea.messages)
    await acts.sends(stage, late)
    assert "not open any more: it was taken back" in acts.told(stage, "lea")

    await noor.submits(did=DID, changed=CHANGED)
    assert "does not wait for this any more" in noor.sees()
    assert "CANARY-NOTE" not in noor.sees()
    assert "CANARY-DID" in str(noor.modal), "nothing is lost"
    await noor.submits()
    assert "Sent." in noor.sees()
    assert "wrote feedback for you" in acts.heard(stage, "ana")


async def test_what_is_asked_is_answered_or_declined_wherever_one_comes_from(stage: Stage) -> None:
    await acts.jump(stage, AT_WORK)
    for name in ("ana", "kiran"):
        await (await asks(stage, name, "noor", note="Was my CANARY-NOTE clear?")).closes(everything=True)
    noor = stage.person("noor")
    await noor.types("/feedback @ana")
    assert "CANARY-NOTE" in noor.sees()
    await noor.submits(did=DID, changed=CHANGED)
    await noor.presses("My feedback")
    assert "*Ana Pérez* asks you" not in noor.sees()
    assert "as you asked" in acts.heard(stage, "ana")
    await noor.presses("Answer")
    await noor.presses("Not now")
    assert "Kiran Deshpande sees only how many answered" in noor.sees()
    await noor.presses("My feedback")
    assert "Colleagues ask you" not in noor.sees()


async def test_whoever_asks_sees_who_is_asked_a_lot_and_may_ask_all_the_same(stage: Stage) -> None:
    for name in ("kiran", "ravi", "sam", "tom", "pia"):
        await (await asks(stage, name, "noor")).closes(everything=True)
    ana = await asks(stage, "ana", "noor")
    assert "Noor Haddad has 5 open asks, so it may take longer." in ana.sees()
    await ana.submits()
    assert "can answer for two weeks" in ana.sees()
    await ana.closes()
    await asks(stage, "ana", "noor")
    assert "has 6 open asks" in ana.sees()
    await ana.submits()
    assert "has a request of yours already" in ana.errors["asked"]


async def test_a_reviewer_writes_to_the_author_of_evidence(stage: Stage) -> None:
    kiran, noor = stage.person("kiran"), stage.person("noor")
    await kiran.types("/evidence")
    milestone = kiran.modal["blocks"][1]["element"]["options"][0]["value"]
    await kiran.submits(milestone=milestone, did="Work.", impact="It helped.", reviewers=["noor"])
    await kiran.closes()
    await noor.presses("Accept")
    await noor.presses("Give feedback")
    assert "Signed with your name. Kiran Deshpande will read it." in noor.sees()

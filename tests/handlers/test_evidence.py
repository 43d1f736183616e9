"""Evidence, from saving it to the last verdict, by the people who do it."""

from typing import Any

import pytest

from story.stage import Actor, Stage
from tests.handlers import acts

FILLED: dict[str, Any] = {"did": "I did CANARY-DID.", "impact": "It changed CANARY-IMPACT."}


async def saved(stage: Stage, author: str, *, reviewers: list[str], **more: Any) -> Actor:
    """`author` sends a piece of evidence for the first milestone listed."""
    actor = stage.person(author)
    await actor.types("/evidence")
    chosen = actor.modal["blocks"][1]["element"]["options"][0]["value"]
    await actor.submits(**{"milestone": chosen, **FILLED, "reviewers": reviewers, **more})
    assert actor.errors == {}
    assert "Sent." in actor.sees()
    await actor.closes()
    return actor


async def decides(stage: Stage, name: str, label: str, reason: str = "") -> Actor:
    actor = stage.person(name)
    await actor.presses(label)
    await actor.submits(reason=reason or None)
    return actor


async def state(stage: Stage) -> str:
    (row,) = await acts.rows(stage, "evidence")
    return str(row.state)


async def test_two_people_accept_at_band_three(either: Stage) -> None:
    ana = await saved(either, "ana", reviewers=["mats", "pia"], amount="6")
    for name in ("mats", "pia"):
        seen = either.person(name).sees()
        assert "Ana Pérez asks you to read a piece of evidence" in seen
        assert "because Ana Pérez named you" in seen
        assert "CANARY" not in seen
    mats = either.person("mats")
    await mats.presses("Accept")
    assert "CANARY-DID" in mats.sees()
    assert "CANARY-IMPACT" in mats.sees()
    assert "Held against" in mats.sees()
    await mats.submits()
    assert mats.modal is None
    assert "1 verdict is still to come" in ana.sees()
    assert await state(either) == "in review"
    await decides(either, "pia", "Accept", "Clear, and CANARY-REASON.")
    assert await state(either) == "accepted"
    assert "accepted and counts" in ana.sees()
    assert "CANARY-REASON" not in ana.sees()
    await ana.presses("Read it")
    assert "CANARY-REASON" in ana.sees()
    await ana.closes()
    await ana.types("/ladder")
    assert "Met: 6 of 6" in ana.sees()
    assert "nothing left to do" not in mats.sees("message")
    assert "You accepted Ana Pérez's evidence" in mats.sees("message")


async def test_one_acceptance_is_enough_below_band_three(stage: Stage) -> None:
    kiran = await saved(stage, "kiran", reviewers=["noor", "lea"])
    await decides(stage, "noor", "Accept")
    assert await state(stage) == "accepted"
    assert "nothing left to do" in stage.person("lea").sees()
    assert "Accept" not in stage.person("lea").sees()
    assert "still to come" not in kiran.sees()


async def test_changes_asked_hold_the_others_until_it_comes_back(stage: Stage) -> None:
    ana = await saved(stage, "ana", reviewers=["mats", "pia"])
    pia = stage.person("pia")
    await pia.presses("Ask for changes")
    await pia.submits()
    assert list(pia.errors) == ["reason"]
    await pia.submits(reason="Which designs?")
    assert await state(stage) == "changes asked"
    mats = stage.person("mats")
    assert "Another reviewer asked Ana Pérez for changes" in mats.sees()
    assert "asked for changes" in ana.sees()
    await ana.presses("Change and send again")
    assert "Which designs?" in ana.sees()
    assert "CANARY-DID" in ana.sees()
    await ana.submits(links="https://wiki.example.com/a\nhttps://wiki.example.com/b?x=1&y=2")
    await ana.closes()
    assert "has changed the evidence and asks you to read it again" in mats.sees()
    await mats.presses("Accept")
    assert "https://wiki.example.com/b?x=1&y=2" in mats.sees()
    await mats.submits()
    await decides(stage, "pia", "Accept")
    assert await state(stage) == "accepted"
    (row,) = await acts.rows(stage, "evidence")
    assert row.take == 2


async def test_declined_by_all_is_declined_with_its_reasons(stage: Stage) -> None:
    kiran = await saved(stage, "kiran", reviewers=["noor"])
    noor = stage.person("noor")
    await noor.presses("Decline")
    await noor.submits()
    assert list(noor.errors) == ["reason"]
    await noor.submits(reason="It shows something else.")
    assert await state(stage) == "declined"
    assert "declined, with the reasons given" in kiran.sees()
    assert "Change and send again" not in kiran.sees()
    await kiran.presses("Read it")
    assert "It shows something else." in kiran.sees()


async def test_one_acceptance_of_two_asks_for_another_reviewer(stage: Stage) -> None:
    ana = await saved(stage, "ana", reviewers=["mats", "pia"])
    await decides(stage, "mats", "Accept")
    await decides(stage, "pia", "Decline", "I was not there.")
    assert await state(stage) == "needs a reviewer"
    await ana.presses("Change and send again")
    await ana.submits(reviewers=["mats", "tom"])
    await ana.closes()
    for name in ("mats", "tom"):
        await decides(stage, name, "Accept")
    assert await state(stage) == "accepted"


async def test_who_may_be_asked_to_review(stage: Stage) -> None:
    await stage.slack.change_user("sam", is_restricted=True)
    await stage.slack.change_user("ravi", deleted=True)
    ana = stage.person("ana")
    await ana.types("/evidence")
    chosen = ana.modal["blocks"][1]["element"]["options"][0]["value"]
    for reviewers, sentence in [
        (["ana"], "own evidence"),
        (["ana", "mats"], "own evidence"),
        (["mats"], "Name one more"),
        (["mats", "ines"], "outside your reporting line"),
        (["mats", "sam"], "a guest or a leaver"),
        (["mats", "ravi"], "a guest or a leaver"),
        (["mats", "slackbot"], "a guest or a leaver"),
        (["mats", "U0SANDBOXBOT"], "a guest or a leaver"),
    ]:
        await ana.submits(milestone=chosen, **FILLED, reviewers=reviewers)
        assert list(ana.errors) == ["reviewers"]
        assert sentence in ana.errors["reviewers"]
    form = ana.submit_payload()
    for users in ([], ["U0MATS"] * 5, ["U0MATS", "U0PIA", "U0TOM", "U0NOOR"], ["<!channel>"], [None], "U0MATS", [1]):
        form["view"]["state"]["values"]["reviewers"]["reviewers"]["selected_users"] = users
        assert (await acts.sends(stage, form))["response_action"] == "errors"
    assert await acts.rows(stage, "evidence") == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("amount", value) for value in ("0", "-1", "100001", "1.001", "9" * 30)),
        *(("done_on", value) for value in ("2026-11-15", "9999-12-31", "1990-01-01")),
    ],
)
async def test_values_that_make_no_sense_are_refused_beside_their_field(stage: Stage, field: str, value: str) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/evidence")
    chosen = kiran.modal["blocks"][1]["element"]["options"][0]["value"]
    await kiran.submits(**{"milestone": chosen, **FILLED, "reviewers": ["noor"], field: value})
    assert list(kiran.errors) == [field]
    assert await acts.rows(stage, "evidence") == []


async def test_a_verdict_sent_twice_counts_once(stage: Stage) -> None:
    await saved(stage, "ana", reviewers=["mats", "pia"])
    mats = stage.person("mats")
    await mats.presses("Accept")
    first = mats.submit_payload()
    await mats.presses("Accept")  # a second window
    second = mats.submit_payload()
    assert await acts.sends(stage, first) == {}
    assert await acts.sends(stage, first) == {}
    assert (await acts.sends(stage, second))["response_action"] == "push"
    assert await state(stage) == "in review"
    assert sum(row.verdict == "accepted" for row in await acts.rows(stage, "review")) == 1
    assert sum("accepted your evidence" in str(one.message["text"]) for one in stage.slack.posted("ana")) == 1


async def test_an_old_request_says_how_it_stands(stage: Stage) -> None:
    await saved(stage, "ana", reviewers=["mats", "pia"])
    mats = stage.person("mats")
    press = mats.press_payload("Accept")
    await decides(stage, "mats", "Accept")
    await acts.sends(stage, acts.by(stage, "mats", press))
    assert "Your verdict is in already: accepted. Ana Pérez has been told." in acts.told(stage, "mats")


async def test_nobody_opens_or_decides_what_is_not_theirs(stage: Stage) -> None:
    await saved(stage, "ana", reviewers=["mats", "pia"])
    await acts.monday(stage)
    mats, pia = stage.person("mats"), stage.person("pia")
    request = mats.press_payload("Accept")
    await mats.presses("Accept")
    form = mats.submit_payload()
    hers = pia.press_payload("Accept")["actions"][0]["value"]
    prompt = stage.person("kiran").press_payload("Answer")["actions"][0]["value"]
    (evidence,) = await acts.rows(stage, "evidence")
    ours = await acts.kept(stage)
    for action in ("evidence.accept", "evidence.changes", "evidence.decline", "evidence.open", "evidence.edit"):
        for value in (request["actions"][0]["value"], evidence.id.hex, prompt, *acts.JUNK):
            press = acts.by(stage, "tom", acts.with_value(request, value))
            press["actions"][0]["action_id"] = action
            await acts.sends(stage, press)
            assert acts.NOT_OPEN in acts.told(stage, "tom")
    for author, value in (("mats", hers), ("ana", hers), ("mats", evidence.id.hex), ("tom", hers), ("mats", "junk")):
        for verdict in ("accepted", "declined"):
            forged = acts.by(stage, author, form)
            forged["view"]["private_metadata"] = value
            held = forged["view"]["state"]["values"]
            held["reason"]["reason"]["value"] = "because"
            held["verdict"]["verdict"]["selected_option"] = {"value": verdict}
            answer = await acts.sends(stage, forged)
            assert acts.NOT_OPEN in str(answer)
    assert stage.person("tom").modal is None
    assert await acts.kept(stage) == ours


async def test_only_the_author_changes_evidence(stage: Stage) -> None:
    ana = await saved(stage, "ana", reviewers=["mats", "pia"])
    await decides(stage, "pia", "Ask for changes", "More, please.")
    press = ana.press_payload("Change and send again")
    await ana.presses("Change and send again")
    form = ana.submit_payload()
    ours = await acts.kept(stage)
    for name in ("mats", "pia", "tom", "ines"):
        await acts.sends(stage, acts.by(stage, name, press))
        assert acts.NOT_OPEN in acts.told(stage, name)
        assert acts.NOT_OPEN in str(await acts.sends(stage, acts.by(stage, name, form)))
    for value in acts.JUNK:
        form["view"]["private_metadata"] = value
        assert acts.NOT_OPEN in str(await acts.sends(stage, form))
    assert await acts.kept(stage) == ours


async def test_decided_evidence_stays_as_it_was_decided(stage: Stage) -> None:
    kiran = await saved(stage, "kiran", reviewers=["noor"])
    await decides(stage, "noor", "Ask for changes", "More, please.")
    press = kiran.press_payload("Change and send again")
    await kiran.presses("Change and send again")
    form = kiran.submit_payload()
    assert (await acts.sends(stage, form))["response_action"] == "update"
    await decides(stage, "noor", "Accept")
    ours = await acts.kept(stage)
    await acts.sends(stage, acts.by(stage, "kiran", press))
    assert "stays as it was decided" in acts.told(stage, "kiran")
    form["view"]["hash"] = "another window"
    assert "stays as it was decided" in str(await acts.sends(stage, form))
    assert await acts.kept(stage) == ours


async def test_the_manager_may_read_what_a_report_has_sent(stage: Stage) -> None:
    kiran = await saved(stage, "kiran", reviewers=["noor"])
    await decides(stage, "noor", "Accept")
    press = kiran.press_payload("Read it")
    for name in ("mats", "noor"):
        await acts.sends(stage, acts.by(stage, name, press))
        assert "CANARY-DID" in stage.person(name).sees()
    await acts.sends(stage, acts.by(stage, "grace", press))
    assert acts.NOT_OPEN in acts.told(stage, "grace")


async def test_a_verdict_belongs_to_the_words_that_were_read(stage: Stage) -> None:
    ana = await saved(stage, "ana", reviewers=["mats", "pia"])
    mats = stage.person("mats")
    await mats.presses("Accept")
    await decides(stage, "pia", "Ask for changes", "More, please.")
    await ana.presses("Change and send again")
    await ana.submits(did="Other words.")
    await mats.submits()
    assert "has changed the evidence since you opened it" in mats.sees()
    assert {row.verdict for row in await acts.rows(stage, "review")} == {"asked"}

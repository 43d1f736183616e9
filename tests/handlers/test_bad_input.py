"""Bad input through every text field: refused with a sentence beside the field, or shown as it was typed."""

from typing import Any

import pytest

from bot.rules.directory import clean_name
from sandbox.triggers import new_trigger
from story.stage import Actor, Stage
from tests.handlers import acts, hostile
from tests.handlers.hostile import GOOD_LINKS, LINKS, NAMES, TEXTS, TOO_LONG

LONGER = "This is longer than 3,000 characters. Shorten it a little."
NO_STATES: tuple[Any, ...] = (
    None, {}, [], "x", {"values": None}, {"values": []}, {"values": {"win": None, "verdict": 3}},
)  # fmt: skip
CHECK_IN = ("win", "obstacle", "help_wanted", "learned")


def given(actor: Actor, block_id: str) -> str:
    """What an input of the top form holds."""
    return str(actor.modal["state"]["values"][block_id][block_id]["value"] or "")


async def evidence_form(actor: Actor, reviewer: str) -> None:
    await actor.types("/evidence")
    chosen = actor.modal["blocks"][1]["element"]["options"][0]["value"]
    await actor.fills(milestone=chosen, did="Did.", impact="Changed.", reviewers=[reviewer])


async def test_words_of_a_check_in(stage: Stage) -> None:
    await acts.monday(stage)  # a round that asks what was learned
    kiran = stage.person("kiran")
    for name, text in TEXTS.items():
        await kiran.types("/checkin")
        await kiran.submits(win=text, obstacle=text, help_wanted=text, learned=text)
        kept = hostile.kept(text)
        if not kept:
            assert list(kiran.errors) == ["win"], name
            continue
        (row,) = await acts.rows(stage, "check_in")
        assert [row.win, row.obstacle, row.help_wanted, row.learned] == [kept] * 4, name
        await kiran.types("/checkin history")
        assert hostile.words_shown(kiran.modal) == [kept] * 4, name
        await kiran.types("/checkin")
        assert [given(kiran, block_id) for block_id in CHECK_IN] == [kept] * 4, name
    assert hostile.notices(kiran) == []
    hostile.check_nothing_happened(stage)


async def test_words_of_evidence_and_of_a_verdict(stage: Stage) -> None:
    kiran, noor = stage.person("kiran"), stage.person("noor")
    await evidence_form(kiran, "noor")
    for name, text in TEXTS.items():
        kept = hostile.kept(text)
        await kiran.submits(did=text, impact=text, links=GOOD_LINKS)
        if not kept:
            assert list(kiran.errors) == ["did"], name
            continue
        await noor.presses("Ask for changes")
        assert hostile.words_shown(noor.modal) == [kept] * 2, name
        assert "https://x.example/<!channel>?a=1&b=%3C" in noor.sees()
        await noor.submits(reason=text)
        await kiran.presses("Change and send again", surface="message")
        assert hostile.words_shown(kiran.modal) == [kept], name
        assert [given(kiran, "did"), given(kiran, "impact")] == [kept] * 2, name
    await kiran.presses("Read it", surface="message")
    assert hostile.words_shown(kiran.modal) == [kept] * 3
    assert hostile.notices(kiran, noor) == []
    hostile.check_nothing_happened(stage)


async def test_links_that_lead_nowhere_good(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await evidence_form(kiran, "noor")
    for links in (*LINKS, *(text for text in TEXTS.values() if hostile.kept(text))):
        await kiran.submits(links=links)
        assert list(kiran.errors) == ["links"], links
    assert await acts.rows(stage, "evidence") == []
    await kiran.submits(links="https://x.example/" + "&" * 2_900)
    assert kiran.errors == {}
    await stage.person("noor").presses("Accept")
    assert "&" * 2_900 in stage.person("noor").sees()
    hostile.check_nothing_happened(stage)


async def test_more_than_fits_is_refused_beside_its_field(stage: Stage) -> None:
    await acts.monday(stage)
    kiran, noor = stage.person("kiran"), stage.person("noor")
    await evidence_form(kiran, "noor")
    await kiran.submits()
    await noor.presses("Decline")
    verdict = noor.submit_payload()
    await evidence_form(kiran, "noor")
    evidence = kiran.submit_payload()
    await kiran.types("/checkin")
    check_in = kiran.submit_payload()
    ours = await acts.kept(stage)
    forms = [*((check_in, field) for field in CHECK_IN), (evidence, "did"), (evidence, "impact"), (verdict, "reason")]
    for name, text in TOO_LONG.items():
        for form, field in forms if len(text) < 100_000 else forms[::3]:
            answer = await acts.sends(stage, acts.typed(form, **{field: text}))
            if len(hostile.kept(text)) <= 3_000:
                continue
            assert answer == {"response_action": "errors", "errors": {field: LONGER}}, name
        answer = await acts.sends(stage, acts.typed(evidence, links=text))
        assert list(answer["errors"]) == ["links"], name
        answer = await acts.sends(stage, acts.typed(evidence, amount=text))
        assert list(answer["errors"]) == ["amount"], name
    assert await acts.kept(stage) == ours
    hostile.check_nothing_happened(stage)


async def test_whose_holidays(stage: Stage) -> None:
    kiran = stage.person("kiran")
    await kiran.types("/ladder settings")
    form, ours = kiran.submit_payload(), await acts.kept(stage)
    for name, text in {**TEXTS, **TOO_LONG}.items():
        if hostile.kept(text):  # nothing visible means no country
            answer = await acts.sends(stage, acts.typed(form, country=text))
            assert list(answer["errors"]) == ["country"], name
    assert await acts.kept(stage) == ours
    hostile.check_nothing_happened(stage)


async def test_words_after_a_command(stage: Stage) -> None:
    kiran = stage.person("kiran")
    for name, text in {**TEXTS, "40,000": TOO_LONG["16 40,000"]}.items():
        await kiran.types(f"/ladder pause until {text}")
        assert acts.told(stage, "kiran").startswith("Name a day"), name
        for line in ("/checkin", "/evidence", "/ladder me"):
            await kiran.types(f"{line} {text}")
            assert kiran.modal is not None, name
            await kiran.closes()
    assert await acts.rows(stage, "absence") == []
    assert hostile.notices(kiran) == []
    hostile.check_nothing_happened(stage)


@pytest.mark.parametrize("name", NAMES)
async def test_names_in_everything_that_names_people(stage: Stage, name: str) -> None:
    for user in ("kiran", "mats", "noor", "lea"):
        await stage.slack.change_user(user, real_name=NAMES[name])
    shown = clean_name(NAMES[name])
    kiran, noor, lea = (stage.person(one) for one in ("kiran", "noor", "lea"))
    await acts.monday(stage)
    assert shown in text_of(kiran.messages[-1])  # the prompt
    await kiran.presses("Answer")
    assert shown in text_of(kiran.modal)  # who reads it
    await kiran.submits(win="Words.")
    assert shown in text_of(kiran.modal)  # who can read it now
    await evidence_form(kiran, "noor")
    await kiran.submits(reviewers=["noor", "lea"])
    assert text_of(kiran.modal).count(shown) == 2
    assert shown in text_of(noor.messages[-1])
    old = lea.press_payload("Accept")
    await noor.presses("Ask for changes")
    assert text_of(noor.modal).count(shown) == 2  # the author, and who reads the reason
    await noor.submits(reason="Because.")
    assert shown in text_of(kiran.messages[-1])
    assert shown in text_of(lea.messages[-1])
    await acts.sends(stage, acts.by(stage, "lea", old))  # "another reviewer asked … for changes"
    await acts.sends(stage, acts.by(stage, "noor", old | {"actions": [old["actions"][0]]}))
    assert shown in text_of(lea.ephemerals[-1])
    await kiran.presses("Read it", surface="message")
    assert shown in text_of(kiran.modal)
    hostile.check_nothing_happened(stage)


def text_of(drawn: Any) -> str:
    """What is written in a message or view, as people read it."""
    pieces: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("text"), str) and value.get("type") in ("mrkdwn", "plain_text", "text"):
                escaped = value["type"] == "mrkdwn"
                text = str(value["text"])
                pieces.append(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if escaped else text)
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(drawn["blocks"])
    return "\n".join(pieces)


async def test_forms_without_what_forms_have(stage: Stage) -> None:
    kiran, noor = stage.person("kiran"), stage.person("noor")
    await evidence_form(kiran, "noor")
    await kiran.submits()
    await noor.presses("Accept")
    forms = [noor.submit_payload()]
    for line in ("/checkin", "/ladder settings"):
        await kiran.types(line)
        forms.append(kiran.submit_payload())
    await evidence_form(kiran, "noor")
    forms.append(kiran.submit_payload())
    ours = await acts.kept(stage)
    for form in forms:
        for state in NO_STATES:
            answer = await acts.sends(stage, {**form, "view": {**form["view"], "state": state}})
            assert answer["response_action"] in ("errors", "push"), state
        without = {name: value for name, value in form["view"].items() if name not in ("state", "private_metadata")}
        assert (await acts.sends(stage, {**form, "view": without}))["response_action"] in ("errors", "push")
    assert await acts.kept(stage) == ours
    hostile.check_nothing_happened(stage)


async def test_acts_from_another_workspace(stage: Stage) -> None:
    await acts.monday(stage)
    press = stage.person("kiran").press_payload("Nothing new")
    ours = await acts.kept(stage)
    for more in (
        {"team": {"id": "T0ELSEWHERE", "domain": "elsewhere"}},
        {"team": None, "enterprise": {"id": "E0ELSEWHERE", "name": "x"}, "is_enterprise_install": True},
    ):
        foreign = {**press, **more, "user": {"id": "U0ELSEWHERE", "team_id": "T0ELSEWHERE"}}
        foreign["trigger_id"] = new_trigger(stage.slack.state, "U0KIRAN")
        assert await acts.sends(stage, foreign) == {}
    assert acts.STRANGER in str(stage.slack.history)
    assert await acts.kept(stage) == ours


async def test_zones_of_every_kind(stage: Stage) -> None:
    kiran = stage.person("kiran")
    zone = "Asia/Kolkata"
    for tz in ("Etc/GMT+14", "Etc/GMT-14", "Asia/Kathmandu", "", "🦄", "../../etc/passwd", "<!channel>", "UTC\x00"):
        await stage.slack.change_user("kiran", tz=tz)
        zone = tz if tz in ("Etc/GMT-14", "Asia/Kathmandu") else zone
        await kiran.types("/ladder settings")
        assert f"All times are yours: {zone}," in kiran.sees()
    hostile.check_nothing_happened(stage)

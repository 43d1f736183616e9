"""People act through a real Bolt app over Socket Mode."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import ClientRefused, Delivered, Persona, Workspace
from tests.sandbox.cast import Connect, actions, button, entry, modal, options, plain, section

NOTE = entry("note", {"type": "plain_text_input", "min_length": 3, "max_length": 20})
WHO = entry("reviewers", {"type": "multi_users_select", "max_selected_items": 2}, optional=True)
LEVEL = entry("level", {"type": "static_select", "options": options(t1="Junior", t2="Senior")}, optional=True)
DAY = entry("done_on", {"type": "datepicker"}, optional=True)
TICKS = entry("ticks", {"type": "checkboxes", "options": options(a="First", b="Second")}, optional=True)
FORM = modal(NOTE, WHO, LEVEL, DAY, TICKS, private_metadata="case 7")


@pytest.fixture
def bodies(app: AsyncApp) -> list[dict[str, Any]]:
    """What reaches the app, in order; /note opens the form, a note "wrong" is refused, others are thanked for."""
    seen: list[dict[str, Any]] = []

    @app.middleware
    async def keep(body: dict[str, Any], next_: Any) -> None:
        seen.append(body)
        await next_()

    @app.command("/note")
    async def note(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack()

    @app.command("/raw")
    async def raw(ack: Any, command: dict[str, Any]) -> None:
        await ack(f"You said {command['text']}")

    @app.view("note")
    async def submitted(ack: Any, view: dict[str, Any], body: dict[str, Any], client: AsyncWebClient) -> None:
        if view["state"]["values"]["note"]["note"]["value"] == "wrong":
            await ack(response_action="errors", errors={"note": "Say what happened."})
            return
        await ack()
        blocks = [section("*Thanks* for it"), actions(button("Undo", "undo", value="n1"))]
        await client.chat_postMessage(channel=body["user"]["id"], text="Thanks", blocks=blocks)

    @app.action("undo")
    async def undo(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Undone", replace_original=True)

    @app.action("level_more")
    async def chosen(ack: Any) -> None:
        await ack()

    return seen


async def test_a_command_opens_a_modal_that_is_filled_refused_corrected_and_thanked_for(
    app: AsyncApp, bodies: list[dict[str, Any]], connect: Connect, ana: Persona, workspace: Workspace
) -> None:
    await connect(app)
    assert await ana.types("/note @mats saw a<b & #general, @nobody") == {}
    assert bodies[-1]["text"] == "<@U0MATS|mats> saw a&lt;b &amp; <#C0GENERAL|general>, @nobody"
    assert bodies[-1]["channel_id"] == "D0ANA"
    assert ana.modal is not None
    assert ana.modal["title"] == plain("A note")

    answer = await ana.submits(note="wrong")
    assert answer == {"response_action": "errors", "errors": {"note": "Say what happened."}}
    assert ana.errors == {"note": "Say what happened."}
    assert "! Say what happened." in ana.sees()

    assert await ana.submits(note="Led it", reviewers=["mats"], level="Senior", done_on="2026-11-20", ticks=["b"]) == {}
    assert ana.errors == {}
    assert ana.modal is None
    view = bodies[-1]["view"]
    assert view["private_metadata"] == "case 7"
    assert view["state"]["values"] == {
        "note": {"note": {"type": "plain_text_input", "value": "Led it"}},
        "reviewers": {"reviewers": {"type": "multi_users_select", "selected_users": ["U0MATS"]}},
        "level": {"level": {"type": "static_select", "selected_option": {"text": plain("Senior"), "value": "t2"}}},
        "done_on": {"done_on": {"type": "datepicker", "selected_date": "2026-11-20"}},
        "ticks": {"ticks": {"type": "checkboxes", "selected_options": [{"text": plain("Second"), "value": "b"}]}},
    }
    assert ana.messages[-1]["text"] == "Thanks"
    assert ana.sees() == "Thanks for it\n[Undo]"
    assert [one.user for one in workspace.posted("ana")] == ["U0ANA"]


async def test_every_input_is_in_the_state_even_when_it_is_empty(
    app: AsyncApp, bodies: list[dict[str, Any]], connect: Connect, ana: Persona
) -> None:
    await connect(app)
    await ana.types("/note")
    await ana.submits(note="A note")
    values = bodies[-1]["view"]["state"]["values"]
    assert values["reviewers"]["reviewers"] == {"type": "multi_users_select", "selected_users": []}
    assert values["level"]["level"] == {"type": "static_select", "selected_option": None}
    assert values["done_on"]["done_on"] == {"type": "datepicker", "selected_date": None}
    assert values["ticks"]["ticks"] == {"type": "checkboxes", "selected_options": []}


async def test_a_button_in_a_message_is_pressed_and_its_message_replaced(
    app: AsyncApp, bodies: list[dict[str, Any]], connect: Connect, ana: Persona
) -> None:
    await connect(app)
    await ana.types("/note")
    await ana.submits(note="A note")
    await ana.presses("Undo")
    body = bodies[-1]
    assert body["container"]["message_ts"] == body["message"]["ts"]
    assert body["channel"] == {"id": "D0ANA", "name": "directmessage"}
    assert body["actions"][0] | {"action_ts": ""} == button("Undo", "undo", "n1") | {
        "block_id": "actions",
        "action_ts": "",
    }
    assert ana.messages[-1]["text"] == "Undone"
    with pytest.raises(LookupError, match="no button 'Undo'; there are none"):
        await ana.presses("Undo")


async def test_a_double_click_reaches_the_app_five_times(
    app: AsyncApp, bodies: list[dict[str, Any]], connect: Connect, ana: Persona
) -> None:
    await connect(app)
    await ana.types("/note")
    await ana.submits(note="A note")
    acks = await asyncio.gather(*[ana.presses("Undo") for _ in range(5)])
    assert acks == [{}] * 5
    assert len({body["trigger_id"] for body in bodies}) == len(bodies)


async def test_a_payload_can_be_replayed_as_it_is(
    app: AsyncApp, bodies: list[dict[str, Any]], connect: Connect, ana: Persona, workspace: Workspace
) -> None:
    await connect(app)
    await ana.types("/note")
    await ana.submits(note="A note")
    payload = ana.press_payload("Undo")
    await asyncio.gather(*[workspace.deliver("interactive", payload) for _ in range(3)])
    assert [body["actions"][0]["action_ts"] for body in bodies[-3:]] == [payload["actions"][0]["action_ts"]] * 3


async def test_an_ack_with_text_is_an_ephemeral_message(
    app: AsyncApp, bodies: list[dict[str, Any]], connect: Connect, ana: Persona, mats: Persona
) -> None:
    await connect(app)
    await ana.types("/raw R&D @mats", channel="general")
    assert bodies[-1]["text"] == "R&D @mats"
    assert [message["text"] for message in ana.ephemerals] == ["You said R&D @mats"]
    assert ana.ephemerals[0]["channel"] == "C0GENERAL"
    assert mats.ephemerals == []
    assert ana.sees() == "(Only visible to you)\nYou said R&D @mats"


async def test_without_ack_a_person_reads_what_slack_would_say(
    app: AsyncApp, bodies: list[dict[str, Any]], connect: Connect, ana: Persona, workspace: Workspace
) -> None:
    await connect(app)
    assert await ana.types("/silent") is None
    assert ana.notices == ['/silent failed with the error "operation_timeout"']
    last = workspace.history[-1]
    assert isinstance(last, Delivered)
    assert (last.ack, last.error) == (None, "timeout")


async def test_nobody_can_type_a_command_that_does_not_exist(ana: Persona) -> None:
    with pytest.raises(LookupError, match="/none is not a valid command; there are /note, /raw, /silent"):
        await ana.types("/none")


async def test_the_client_refuses_what_slack_would_not_send(
    app: AsyncApp, bodies: list[dict[str, Any]], connect: Connect, ana: Persona
) -> None:
    await connect(app)
    await ana.types("/note")
    with pytest.raises(ClientRefused, match="note: Please complete this required field"):
        await ana.submits()
    with pytest.raises(ClientRefused, match="note: This entry must be 20 characters or less"):
        await ana.fills(note="x" * 21)
    with pytest.raises(ClientRefused, match="note: This entry must be at least 3 characters"):
        await ana.fills(note="x")
    with pytest.raises(ClientRefused, match="reviewers: You can choose 2 at most"):
        await ana.fills(reviewers=["ana", "mats", "lea"])
    with pytest.raises(LookupError, match="there are note, reviewers, level, done_on, ticks"):
        await ana.fills(nothing="x")
    with pytest.raises(LookupError, match="there are Junior, Senior"):
        await ana.fills(level="Boss")
    assert len(bodies) == 1


async def test_values_are_cleared_with_none_and_ticked_with_true(
    app: AsyncApp, bodies: list[dict[str, Any]], connect: Connect, ana: Persona
) -> None:
    await connect(app)
    await ana.types("/note")
    await ana.fills(ticks=True, level="t1", reviewers=["mats"])
    await ana.fills(level=None, reviewers=None)
    await ana.submits(note="A note")
    values = bodies[-1]["view"]["state"]["values"]
    assert [one["value"] for one in values["ticks"]["ticks"]["selected_options"]] == ["a", "b"]
    assert values["level"]["level"]["selected_option"] is None
    assert values["reviewers"]["reviewers"]["selected_users"] == []


async def test_a_message_shortcut_carries_the_message(
    app: AsyncApp, bodies: list[dict[str, Any]], connect: Connect, ana: Persona, mats: Persona
) -> None:
    @app.shortcut("save")
    async def save(ack: Any) -> None:
        await ack()

    @app.shortcut("thanks")
    async def thanks(ack: Any) -> None:
        await ack()

    await connect(app)
    said = await mats.says("We shipped <it> & more", channel="general")
    await ana.uses("Save this", message=said)
    assert bodies[-1]["type"] == "message_action"
    assert bodies[-1]["message"]["text"] == "We shipped &lt;it&gt; &amp; more"
    assert bodies[-1]["channel"] == {"id": "C0GENERAL", "name": "general"}
    await ana.uses("Give thanks")
    assert (bodies[-1]["type"], bodies[-1]["callback_id"]) == ("shortcut", "thanks")
    assert "channel" not in bodies[-1]
    with pytest.raises(LookupError, match="no global shortcut 'Save this'; there are Give thanks"):
        await ana.uses("Save this")


async def test_home_is_published_when_it_is_opened(
    app: AsyncApp, bodies: list[dict[str, Any]], connect: Connect, ana: Persona
) -> None:
    @app.event("app_home_opened")
    async def opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        blocks = [section("Hello"), actions(button("More", "level_more"))]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    await connect(app)
    await ana.opens_home()
    assert "view" not in bodies[-1]["event"]
    await ana.opens_home()
    assert ana.home is not None
    assert bodies[-1]["event"]["view"]["id"] == ana.home["id"]
    assert await ana.presses("level_more", surface="home") == {}
    assert bodies[-1]["container"] == {"type": "view", "view_id": ana.home["id"]}
    assert "response_url" not in bodies[-1]


async def test_what_somebody_says_to_the_app_arrives_as_an_event(
    app: AsyncApp, bodies: list[dict[str, Any]], connect: Connect, ana: Persona
) -> None:
    @app.event("message")
    async def said(event: dict[str, Any]) -> None:
        pass

    await connect(app)
    posted = await ana.says("hello")
    event = bodies[-1]["event"]
    assert (event["channel_type"], event["text"], event["ts"]) == ("im", "hello", posted.ts)
    assert bodies[-1]["authorizations"][0]["is_bot"] is True
    assert [message["text"] for message in ana.messages] == ["hello"]


async def test_changes_of_people_are_told(
    app: AsyncApp, bodies: list[dict[str, Any]], connect: Connect, workspace: Workspace
) -> None:
    @app.event("user_change")
    async def changed(event: dict[str, Any]) -> None:
        pass

    await connect(app)
    await workspace.change_user("ana", tz="Asia/Tokyo", status_emoji=":palm_tree:")
    user = bodies[-1]["event"]["user"]
    assert (user["tz"], user["tz_offset"], user["profile"]["status_emoji"]) == ("Asia/Tokyo", 32400, ":palm_tree:")
    await workspace.change_user("ana", deleted=True)
    assert bodies[-1]["event"]["user"]["deleted"] is True
    assert "tz" not in bodies[-1]["event"]["user"]

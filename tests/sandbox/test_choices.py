"""Selects, pickers and menus outside forms, and messages in other places than the DM."""

import re
from datetime import date
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import ClientRefused, Persona, Workspace
from sandbox.people import Json
from tests.sandbox.cast import Connect, actions, button, modal, options, section

SELECT = {"type": "static_select", "action_id": "level", "options": options(t1="Junior", t2="Senior")}
MENU = {"type": "overflow", "action_id": "menu", "options": options(edit="Edit", drop="Drop")}
DAY = {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-01"}


@pytest.fixture
async def acted(app: AsyncApp, connect: Connect) -> list[Json]:
    """The bodies of all actions; every one is acknowledged."""
    seen: list[Json] = []

    @app.action(re.compile(".*"))
    async def anything(ack: Any, body: Json) -> None:
        seen.append(body)
        await ack()

    @app.command("/note")
    async def note(ack: Any, body: Json, client: AsyncWebClient) -> None:
        view = modal(section("Pick", block_id="who", accessory={"type": "users_select", "action_id": "person"}))
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    await connect(app)
    return seen


async def test_choosing_in_a_message_sends_what_is_chosen_and_keeps_it(
    acted: list[Json], client: AsyncWebClient, ana: Persona
) -> None:
    await client.chat_postMessage(channel="U0ANA", text="x", blocks=[actions(SELECT, MENU, DAY)])
    assert await ana.chooses("level", "Senior") == {}
    assert acted[-1]["actions"][0]["selected_option"]["value"] == "t2"
    await ana.chooses("menu", "drop")
    assert acted[-1]["actions"][0]["selected_option"] == MENU["options"][1]
    await ana.chooses("day", date(2026, 11, 20))
    action = acted[-1]["actions"][0]
    assert (action["selected_date"], action["initial_date"]) == ("2026-11-20", "2026-11-01")
    values = acted[-1]["state"]["values"]["actions"]
    assert values["level"]["selected_option"]["value"] == "t2"
    assert "menu" not in values
    with pytest.raises(LookupError, match="nothing to choose called 'none'; there are level, menu, day"):
        await ana.chooses("none", "x")


async def test_choosing_on_home_and_in_a_modal_tells_the_app_at_once(
    acted: list[Json], client: AsyncWebClient, ana: Persona
) -> None:
    await client.views_publish(user_id="U0ANA", view={"type": "home", "blocks": [actions(SELECT)]})
    await ana.chooses("level", "t1", surface="home")
    assert acted[-1]["view"]["state"]["values"]["actions"]["level"]["selected_option"]["value"] == "t1"
    assert ana.sees("home") == "Junior"
    await ana.types("/note")
    await ana.fills(who="mats")
    assert acted[-1]["actions"][0]["selected_user"] == "U0MATS"
    assert acted[-1]["view"]["state"]["values"]["who"]["person"]["selected_user"] == "U0MATS"
    assert "mats" in ana.sees()


async def test_a_button_in_an_ephemeral_message_comes_without_the_message(
    acted: list[Json], client: AsyncWebClient, ana: Persona
) -> None:
    blocks = [actions(button("Go", "go"))]
    await client.chat_postEphemeral(channel="C0GENERAL", user="U0ANA", text="x", blocks=blocks)
    await ana.presses("Go")
    assert "message" not in acted[-1]
    assert acted[-1]["container"]["is_ephemeral"] is True
    assert acted[-1]["channel"] == {"id": "C0GENERAL", "name": "general"}


async def test_a_button_in_a_channel_is_pressed_in_the_message_given(
    acted: list[Json], client: AsyncWebClient, ana: Persona, mats: Persona, workspace: Workspace
) -> None:
    blocks = [actions(button("Go", "go")), {**actions(button("Go", "go", "2")), "block_id": "second"}]
    await client.chat_postMessage(channel="C0GENERAL", text="x", blocks=blocks)
    with pytest.raises(LookupError, match="no button 'Go'"):
        await mats.presses("Go")
    await mats.presses("Go", message=workspace.posted("general")[0], block_id="second")
    assert (acted[-1]["user"]["id"], acted[-1]["actions"][0]["value"]) == ("U0MATS", "2")


async def test_everybody_in_a_group_dm_can_press(
    acted: list[Json], client: AsyncWebClient, ana: Persona, mats: Persona
) -> None:
    group = (await client.conversations_open(users="U0ANA,U0MATS"))["channel"]["id"]
    await client.chat_postMessage(channel=group, text="x", blocks=[actions(button("Go", "go"))])
    await ana.presses("Go")
    await mats.presses("Go")
    assert [body["user"]["id"] for body in acted] == ["U0ANA", "U0MATS"]
    assert acted[0]["channel"]["name"].startswith("mpdm-")


async def test_the_newest_button_of_a_name_is_pressed(acted: list[Json], client: AsyncWebClient, ana: Persona) -> None:
    for value in ("old", "new"):
        await client.chat_postMessage(channel="U0ANA", text="x", blocks=[actions(button("Go", "go", value))])
    await ana.presses("Go")
    assert acted[-1]["actions"][0]["value"] == "new"
    await ana.presses("Go", message=ana.messages[0])
    assert acted[-1]["actions"][0]["value"] == "old"


async def test_a_read_only_messages_tab_takes_no_messages(ana: Persona, workspace: Workspace) -> None:
    workspace.state.app.messages_tab_read_only = True
    with pytest.raises(ClientRefused, match="turned off"):
        await ana.says("hello")

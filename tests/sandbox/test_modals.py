"""The stack of modals, their answers and hashes, and what closing them tells."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Persona, Workspace
from tests.sandbox.cast import Connect, StandingClock, actions, button, entry, modal, refused, section

TEXT = entry("word", {"type": "plain_text_input"}, optional=True)


@pytest.fixture
def triggers(app: AsyncApp) -> list[str]:
    """The trigger of each act; /note opens a modal with a button, submitting answers with what `answer` says."""
    seen: list[str] = []

    @app.command("/note")
    async def note(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        seen.append(body["trigger_id"])
        view = modal(TEXT, actions(button("More", "more")), callback_id="first", notify_on_close=True)
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    @app.command("/raw")
    async def raw(ack: Any, body: dict[str, Any]) -> None:
        seen.append(body["trigger_id"])
        await ack()

    @app.action("more")
    async def more(ack: Any, body: dict[str, Any]) -> None:
        seen.append(body["trigger_id"])
        await ack()

    return seen


async def test_a_trigger_opens_one_view_within_three_seconds(
    app: AsyncApp, triggers: list[str], connect: Connect, client: AsyncWebClient, ana: Persona, clock: StandingClock
) -> None:
    await connect(app)
    await ana.types("/note")
    await ana.types("/raw")
    assert await refused(client.views_open(trigger_id=triggers[0], view=modal(TEXT))) == "exchanged_trigger_id"
    assert await refused(client.views_open(trigger_id="1.x", view=modal(TEXT))) == "invalid_trigger_id"
    clock.moves(seconds=3.1)
    assert await refused(client.views_open(trigger_id=triggers[1], view=modal(TEXT))) == "expired_trigger_id"


async def test_three_views_lie_on_a_stack_and_no_more(
    app: AsyncApp, triggers: list[str], connect: Connect, client: AsyncWebClient, ana: Persona
) -> None:
    await connect(app)
    await ana.types("/note")
    for title in ("Second", "Third"):
        await ana.presses("More")
        view = modal(TEXT, actions(button("More", "more")), title=title)
        await client.views_push(trigger_id=triggers[-1], view=view)
    assert [view["title"]["text"] for view in ana.modals] == ["A note", "Second", "Third"]
    assert ana.modals[2]["root_view_id"] == ana.modals[0]["id"]
    assert ana.modals[2]["previous_view_id"] == ana.modals[1]["id"]
    await ana.presses("More")
    assert await refused(client.views_push(trigger_id=triggers[-1], view=modal(TEXT))) == "push_limit_reached"
    await ana.closes()
    assert len(ana.modals) == 2


async def test_an_update_with_an_old_hash_is_refused(
    app: AsyncApp, triggers: list[str], connect: Connect, client: AsyncWebClient, ana: Persona
) -> None:
    await connect(app)
    await ana.types("/note")
    assert ana.modal is not None
    name, old = ana.modal["id"], ana.modal["hash"]
    await client.views_update(view_id=name, hash=old, view=modal(TEXT, title="New"))
    assert await refused(client.views_update(view_id=name, hash=old, view=modal(TEXT))) == "hash_conflict"
    await ana.closes()
    assert await refused(client.views_update(view_id=name, view=modal(TEXT))) == "not_found"


async def test_typed_words_survive_an_update_unless_the_block_is_renamed(
    app: AsyncApp, triggers: list[str], connect: Connect, client: AsyncWebClient, ana: Persona
) -> None:
    await connect(app)
    await ana.types("/note")
    await ana.fills(word="kept")
    assert ana.modal is not None
    await client.views_update(view_id=ana.modal["id"], view=modal(TEXT, title="New"))
    assert ana.modal["state"]["values"]["word"]["word"]["value"] == "kept"
    await client.views_update(view_id=ana.modal["id"], view=modal({**TEXT, "block_id": "other"}))
    assert ana.modal["state"]["values"]["other"]["word"]["value"] is None


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({}, ["A note"]),
        ({"response_action": "clear"}, []),
        ({"response_action": "update", "view": modal(TEXT, title="Changed")}, ["A note", "Changed"]),
        ({"response_action": "push", "view": modal(TEXT, title="Pushed")}, ["A note", "Second", "Pushed"]),
    ],
)
async def test_the_answer_to_a_submission_changes_the_stack(
    app: AsyncApp,
    triggers: list[str],
    connect: Connect,
    client: AsyncWebClient,
    ana: Persona,
    answer: dict[str, Any],
    titles: list[str],
) -> None:
    @app.view("second")
    async def submitted(ack: Any) -> None:
        await ack(**answer)

    await connect(app)
    await ana.types("/note")
    await ana.presses("More")
    view = modal(TEXT, title="Second", callback_id="second")
    await client.views_push(trigger_id=triggers[-1], view=view)
    await ana.submits()
    assert [view["title"]["text"] for view in ana.modals] == titles


async def test_an_answer_that_slack_would_not_take_leaves_the_modal_and_a_notice(
    app: AsyncApp, triggers: list[str], connect: Connect, ana: Persona
) -> None:
    @app.view("first")
    async def submitted(ack: Any) -> None:
        await ack(response_action="errors", errors={"actions": "not an input"})

    await connect(app)
    await ana.types("/note")
    await ana.submits()
    assert ana.modal is not None
    assert ana.errors == {}
    assert ana.notices == ["We had some trouble connecting. Try again?"]


async def test_closing_is_told_only_where_it_was_asked_for(
    app: AsyncApp, triggers: list[str], connect: Connect, client: AsyncWebClient, ana: Persona
) -> None:
    closed: list[bool] = []

    @app.view_closed("first")
    async def on_close(ack: Any, body: dict[str, Any]) -> None:
        closed.append(body["is_cleared"])
        await ack()

    await connect(app)
    await ana.types("/note")
    await ana.closes()
    assert closed == [False]
    await ana.types("/raw")
    await client.views_open(trigger_id=triggers[-1], view=modal(TEXT))
    await ana.closes()
    assert closed == [False]
    assert ana.modal is None


async def test_home_has_a_hash_too_and_needs_its_tab(client: AsyncWebClient, workspace: Workspace) -> None:
    view = {"type": "home", "blocks": [section("One")]}
    first = await client.views_publish(user_id="U0ANA", view=view)
    await client.views_publish(user_id="U0ANA", view=view, hash=first["view"]["hash"])
    assert (
        await refused(client.views_publish(user_id="U0ANA", view=view, hash=first["view"]["hash"])) == "hash_conflict"
    )
    workspace.state.app.home_tab = False
    assert await refused(client.views_publish(user_id="U0ANA", view=view)) == "not_enabled"


async def test_an_external_select_takes_what_the_app_suggests(
    app: AsyncApp, connect: Connect, ana: Persona, client: AsyncWebClient
) -> None:
    pick = entry("case", {"type": "external_select", "min_query_length": 0})

    @app.command("/note")
    async def note(ack: Any, body: dict[str, Any]) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal(pick))
        await ack()

    @app.options("case")
    async def suggest(ack: Any, payload: dict[str, Any]) -> None:
        word = payload["value"]
        await ack(options=[{"text": {"type": "plain_text", "text": word.title()}, "value": word}])

    await connect(app)
    await ana.types("/note")
    await ana.fills(case="seven")
    assert "Case: Seven" in ana.sees()

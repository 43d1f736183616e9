"""What the page asks the server, without a browser: what comes back, and that acts take the real way."""

import base64
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Workspace
from sandbox.people import Json
from tests.sandbox import cast
from tests.sandbox.page import Page


@pytest.fixture
async def page(workspace: Workspace) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(session, workspace.page_url)


@pytest.fixture
async def forms(app: AsyncApp, connect: cast.Connect) -> list[Json]:
    """An app that opens a form on /note and takes it in; returns the values it was sent."""
    sent: list[Json] = []
    blocks = [
        cast.entry("title", {"type": "plain_text_input", "max_length": 10}),
        cast.entry("when", {"type": "datetimepicker"}, optional=True),
        cast.entry("file", {"type": "file_input"}, optional=True),
        cast.actions(cast.button("More", "more")),
    ]

    @app.command("/note")
    async def note(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=cast.modal(*blocks))
        await ack()

    @app.action("more")
    async def more(ack: AsyncAck, body: Json) -> None:
        sent.append(body["view"]["state"]["values"])
        await ack()

    @app.view("note")
    async def take(ack: AsyncAck, view: Json) -> None:
        sent.append(view["state"]["values"])
        if view["state"]["values"]["title"]["title"]["value"] == "taken":
            await ack(response_action="errors", errors={"title": "This is taken."})
        else:
            await ack()

    await connect(app)
    return sent


async def test_everybody_sees_the_app_and_the_people(page: Page) -> None:
    seen = await page.get("_sandbox/state")
    assert [one["command"] for one in seen["app"]["commands"]] == ["/note", "/raw", "/silent"]
    assert [one["name"] for one in seen["people"] if one["is_person"]] == ["ana", "mats", "lea"]
    assert "me" not in seen


async def test_a_screen_shows_what_this_person_sees(page: Page, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="U0ANA", text="For you")
    await client.chat_postMessage(channel="C0GENERAL", text="For <!here>")
    seen = await page.screen()
    assert [one["text"] for one in seen["open"]["messages"]] == ["For you"]
    assert {one["id"]: (one["unread"], one["mentions"]) for one in seen["conversations"]} == {
        "D0ANA": (1, 1),
        "C0GENERAL": (1, 1),
        "C0QUIET": (0, 0),
    }
    assert (await page.screen("mats"))["open"]["messages"] == []
    assert (await page.screen(channel="D0MATS"))["open"]["id"] == "D0ANA"
    assert (await page.screen("nobody"))["error"] == "nobody is called 'nobody'"


async def test_what_was_looked_at_is_no_longer_unread(page: Page, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="U0ANA", text="For you")
    await page.post("_sandbox/read", channel="D0ANA", ts=posted["ts"])
    seen = await page.screen()
    assert [one["unread"] for one in seen["conversations"] if one["id"] == "D0ANA"] == [0]
    assert seen["open"]["read"] == posted["ts"]


async def test_words_come_out_as_they_went_in(page: Page) -> None:
    nasty = '<script>alert("&")</script>'
    await page.act("says", text=nasty, channel="general")
    [seen] = (await page.screen(channel="C0GENERAL"))["open"]["messages"]
    assert seen["text"] == '&lt;script&gt;alert("&amp;")&lt;/script&gt;'
    assert seen["blocks"][0]["elements"][0]["elements"][0]["text"] == nasty


async def test_an_answer_in_a_thread_belongs_to_it(page: Page) -> None:
    await page.act("says", text="First", channel="general")
    [first] = (await page.screen(channel="C0GENERAL"))["open"]["messages"]
    await page.act("says", text="Second", channel="general", thread=first["ts"])
    assert (await page.screen(channel="C0GENERAL"))["open"]["messages"][1]["thread_ts"] == first["ts"]


async def test_a_form_is_opened_filled_and_sent(page: Page, forms: list[Json]) -> None:
    await page.act("types", line="/note")
    [view] = (await page.screen())["modals"]
    file = {"name": "a.txt", "data": base64.b64encode(b"hello").decode()}
    values = {"title": "Short", "when": "2026-11-24T09:00", "file": [file]}
    answer = await page.act("submits", view_id=view["id"], values=values)
    assert answer == {"ok": True, "notices": [], "errors": {}}
    assert (await page.screen())["modals"] == []
    [sent] = forms
    nine = datetime(2026, 11, 24, 14, tzinfo=UTC)  # 09:00 in New York
    assert sent["when"]["when"]["selected_date_time"] == nine.timestamp()
    assert [one["name"] for one in sent["file"]["file"]["files"]] == ["a.txt"]


@pytest.mark.parametrize(
    ("title", "error"),
    [
        (None, "Please complete this required field"),
        ("far too long to keep", "This entry must be 10 characters or less"),
        ("taken", "This is taken."),
    ],
)
async def test_what_is_wrong_with_a_form_comes_back_by_field(
    page: Page, forms: list[Json], title: str | None, error: str
) -> None:
    await page.act("types", line="/note")
    [view] = (await page.screen())["modals"]
    answer = await page.act("submits", view_id=view["id"], values={"title": title})
    assert answer["errors"] == {"title": error}
    assert len((await page.screen())["modals"]) == 1


async def test_a_press_in_a_form_tells_what_was_filled_in_so_far(page: Page, forms: list[Json]) -> None:
    await page.act("types", line="/note")
    [view] = (await page.screen())["modals"]
    button = {"surface": "modal", "block_id": "actions", "action_id": "more"}
    assert (await page.act("presses", view_id=view["id"], values={"title": "Half"}, **button))["ok"]
    assert forms[0]["title"]["title"]["value"] == "Half"


async def test_a_form_that_is_gone_takes_nothing(page: Page, forms: list[Json]) -> None:
    answer = await page.act("submits", view_id="V1", values={})
    assert answer["error"] == "This form has changed meanwhile. Please look at it again."


async def test_what_slack_says_to_the_person_comes_with_the_answer(page: Page, forms: list[Json]) -> None:
    assert (await page.act("types", line="/silent"))["notices"] == ['/silent failed with the error "operation_timeout"']
    assert "not a valid command" in (await page.act("types", line="/nothing"))["error"]


async def test_the_same_action_in_two_blocks_is_told_apart(page: Page, app: AsyncApp, connect: cast.Connect) -> None:
    chosen: list[tuple[str, str]] = []

    @app.action("menu")
    async def menu(ack: AsyncAck, action: Json) -> None:
        chosen.append((action["block_id"], action["selected_option"]["value"]))
        await ack()

    await connect(app)
    menu_ = {"type": "overflow", "action_id": "menu", "options": cast.options(a="A", b="B")}
    rows = [cast.section(name, accessory=menu_, block_id=name) for name in ("one", "two")]
    posted = await app.client.chat_postMessage(channel="U0ANA", text="Rows", blocks=rows)
    place = {"surface": "message", "ts": posted["ts"], "action_id": "menu", "type": "overflow"}
    await page.act("chooses", **place, block_id="two", value="b")
    assert chosen == [("two", "b")]


async def test_the_inspector_lists_newest_first_and_filters(page: Page, forms: list[Json]) -> None:
    await page.act("types", line="/note help")
    rows = (await page.get("_sandbox/history"))["rows"]
    assert [(row["method"], row["what"], row["from"]) for row in rows[:2]] == [
        ("slash_commands", "/note help", "slack"),
        ("views.open", "", "app"),
    ]
    assert [row["person"] for row in rows[:2]] == ["U0ANA", "U0ANA"]
    assert (await page.get("_sandbox/history?person=U0MATS"))["rows"] == []
    [opened] = (await page.get("_sandbox/history?method=VIEWS"))["rows"]
    details = await page.get(f"_sandbox/history/{opened['n']}")
    assert details["answer"]["ok"] is True
    assert (await page.get("_sandbox/history/999"))["ok"] is False


async def news(response: aiohttp.ClientResponse) -> Json:
    line = (await response.content.readuntil(b"\n\n")).decode()
    found: Json = json.loads(line.removeprefix("data: "))
    return found


async def test_news_arrive_when_something_happens(page: Page, client: AsyncWebClient) -> None:
    async with page.session.get(f"{page.url}_sandbox/events") as response:
        assert response.content_type == "text/event-stream"
        first = await news(response)
        await client.chat_postMessage(channel="U0ANA", text="News")
        assert (await news(response))["version"] > first["version"]


async def test_a_clock_that_cannot_be_moved_offers_nothing(page: Page) -> None:
    clock = (await page.screen())["clock"]
    assert (clock["can_move"], clock["can_skip"]) == (False, False)
    assert (await page.post("_sandbox/clock", to="hour"))["error"] == "This clock cannot be moved."


class MovableClock(cast.StandingClock):
    def set(self, moment: datetime) -> None:
        self.moment = moment


@pytest.fixture
def moving(workspace: Workspace) -> MovableClock:
    """Monday 23 November 2026, 09:00 UTC: 04:00 where Ana is."""
    clock = MovableClock()
    workspace.state.clock = clock
    return clock


@pytest.mark.parametrize(
    ("who", "to", "moment"),
    [
        ("ana", "hour", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("ana", "tomorrow", datetime(2026, 11, 24, 14, tzinfo=UTC)),
        ("ana", "monday", datetime(2026, 11, 23, 14, tzinfo=UTC)),
        ("mats", "monday", datetime(2026, 11, 30, 8, tzinfo=UTC)),
    ],
)
async def test_time_moves_to_where_the_person_means(
    page: Page, moving: MovableClock, who: str, to: str, moment: datetime
) -> None:
    answer = await page.post("_sandbox/clock", to=to, **{"as": who})
    assert datetime.fromisoformat(answer["now"]) == moving.moment == moment
    assert answer["posted"] == []


async def test_the_next_thing_that_happens_is_a_message_to_somebody(
    page: Page, moving: MovableClock, workspace: Workspace, client: AsyncWebClient
) -> None:
    began = moving.moment
    at = [began + timedelta(hours=hours) for hours in (1, 2, 3)]

    async def next_due() -> datetime | None:
        return next((one for one in at if one > moving.moment), None)

    async def advance(to: datetime) -> None:
        moving.set(to)
        if to == at[1]:
            await client.chat_postMessage(channel="U0MATS", text="Now")

    workspace.let_time_pass(next_due=next_due, advance=advance)
    answer = await page.post("_sandbox/clock", to="next")
    assert (datetime.fromisoformat(answer["now"]), answer["posted"]) == (at[1], ["U0MATS"])
    assert (await page.post("_sandbox/clock", to="next"))["error"] == "Nothing is planned for the next weeks."

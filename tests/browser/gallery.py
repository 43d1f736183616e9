"""A tiny app that shows every block and input there is, for the page's tests."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.people import Json

EVENTS = ["app_home_opened", "message.channels", "message.im"]
SCOPES = ["chat:write", "commands", "im:history", "im:write", "channels:history", "users:read"]

NASTY = '<img src=x onerror="document.title=1"> <script>document.title=2</script>'


def manifest() -> Json:
    return {
        "display_information": {"name": "Gallery"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "Gallery"},
            "shortcuts": [
                {"name": "Keep this", "type": "message", "callback_id": "keep", "description": "Put it aside"},
                {"name": "Give thanks", "type": "global", "callback_id": "thanks", "description": "Say it aloud"},
            ],
            "slash_commands": [
                {"command": "/form", "description": "Every input there is", "usage_hint": "[long]"},
                {"command": "/whisper", "description": "Something for you alone"},
                {"command": "/words", "description": "Words of every kind"},
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {"event_subscriptions": {"bot_events": list(EVENTS)}},
    }


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def button(text: str, action_id: str, **more: object) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def options(**labels: str) -> list[Json]:
    return [{"text": plain(label), "value": value} for value, label in labels.items()]


def entry(name: str, kind: str, label: str, *, optional: bool = True, hint: str = "", **element: object) -> Json:
    """An input block whose block_id is its action_id."""
    block: Json = {"type": "input", "block_id": name, "label": plain(label), "optional": optional}
    if hint:
        block["hint"] = plain(hint)
    return block | {"element": {"type": kind, "action_id": name, **element}}


def prompt() -> list[Json]:
    sure = {
        "title": plain("Sure?"),
        "text": plain("It cannot be undone."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
    }
    buttons = [button("Answer", "answer", style="primary"), button("Throw away", "throw", style="danger", confirm=sure)]
    menu = {"type": "overflow", "action_id": "later", "options": options(hour="In an hour", day="Tomorrow")}
    asked = {"type": "section", "block_id": "asked", "text": mrkdwn("*How did it go?* _Take your time_, <@U0ANA>.")}
    return [asked, {"type": "actions", "block_id": "answers", "elements": [*buttons, menu]}]


def small_form() -> Json:
    blocks = [
        entry("win", "plain_text_input", "One win", optional=False, hint="Large or small.", max_length=40),
        entry("who", "users_select", "Who helped?"),
    ]
    return view("Check-in", blocks, "small")


def large_form() -> Json:
    colours = options(red="Red", green="Green", blue="Blue")
    boxes = [{**colours[0], "description": plain("Like a rose")}, *colours[1:]]
    blocks = [
        {"type": "context", "elements": [mrkdwn("*Mats* reads this, nobody else.")]},
        entry("text", "plain_text_input", "A few words", optional=False, placeholder=plain("Write something")),
        entry("long", "plain_text_input", "More words", multiline=True, max_length=200),
        entry("number", "number_input", "How many?", is_decimal_allowed=False, min_value="1"),
        entry("mail", "email_text_input", "E-mail"),
        entry("link", "url_text_input", "Link"),
        entry("day", "datepicker", "Day"),
        entry("hour", "timepicker", "Time"),
        entry("moment", "datetimepicker", "Moment"),
        entry("one", "static_select", "One colour", options=colours),
        entry("some", "multi_static_select", "Some colours", options=colours, max_selected_items=2),
        entry("who", "users_select", "A colleague"),
        entry("whom", "multi_users_select", "Colleagues"),
        entry("radio", "radio_buttons", "Just one", options=boxes),
        entry("boxes", "checkboxes", "Any of them", options=boxes),
        entry("rich", "rich_text_input", "With style"),
        entry("file", "file_input", "A file", filetypes=["txt"], max_files=1),
        {"type": "actions", "block_id": "more", "elements": [button("One more", "deeper")]},
    ]
    return view("Everything", blocks, "large")


def view(title: str, blocks: list[Json], callback_id: str) -> Json:
    ends = {"title": plain(title), "submit": plain("Send"), "close": plain("Cancel")}
    return {"type": "modal", "callback_id": callback_id, "blocks": blocks, "notify_on_close": True, **ends}


def home(count: int) -> Json:
    menu = {"type": "overflow", "action_id": "home_menu", "options": options(a="Show", b="Hide")}
    fields = [mrkdwn("*Track*\nTechnical"), mrkdwn("*Level*\nT2 · Engineer")]
    section = {"type": "section", "block_id": "who", "text": mrkdwn(f"Seen *{count}* times"), "accessory": menu}
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("My growth")},
            section,
            {"type": "section", "fields": fields},
            {"type": "actions", "block_id": "quick", "elements": [button("Check in", "answer", style="primary")]},
            {"type": "divider"},
            {"type": "section", "text": mrkdwn("*Review designs of colleagues*\n▰▰▰▱▱▱ 3 of 6 in the last 12 months")},
            {"type": "context", "elements": [mrkdwn("Milestones show readiness; they are no promise.")]},
        ],
    }


def words() -> list[Json]:
    bold = {"type": "text", "text": "bold", "style": {"bold": True}}
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]} for text in ("one", "two")]
    rich = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [bold, {"type": "user", "user_id": "U0MATS"}]},
            {"type": "rich_text_list", "style": "ordered", "elements": items},
        ],
    }
    marked = "*bold* _it_ ~gone~ `code` <https://example.org|a link> <javascript:alert(1)|no link> :tada: 2*3*4\n> said"
    cells = [[{"type": "raw_text", "text": text} for text in row] for row in (("Name", "Count"), ("Ana", "3"))]
    segments = [{"label": "Yes", "value": 3}, {"label": "No", "value": 1}]
    return [
        {"type": "section", "block_id": "marked", "text": mrkdwn(marked)},
        {"type": "section", "block_id": "nasty", "text": plain(NASTY)},
        {"type": "section", "block_id": "nasty2", "text": mrkdwn(NASTY.replace("<", "&lt;").replace(">", "&gt;"))},
        rich,
        {"type": "image", "image_url": "https://example.org/cat.png", "alt_text": "A cat"},
        {"type": "table", "rows": cells},
        {"type": "data_visualization", "title": "Answers", "chart": {"type": "pie", "segments": segments}},
    ]


def register(app: AsyncApp) -> list[Any]:
    """Listeners of the gallery; returns the list into which goes what people chose and submitted."""
    sent: list[Any] = []
    _forms(app, sent)
    _choices(app, sent)
    _says(app)
    _home(app)
    return sent


def _forms(app: AsyncApp, sent: list[Any]) -> None:
    @app.action("answer")
    @app.action("deeper")
    @app.shortcut("keep")
    @app.shortcut("thanks")
    async def open_small(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        opening = client.views_push if (body.get("view") or {}).get("type") == "modal" else client.views_open
        await opening(trigger_id=body["trigger_id"], view=small_form())
        await ack()

    @app.command("/form")
    async def open_large(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=large_form())
        await ack()

    @app.view("small")
    @app.view("large")
    async def take(ack: AsyncAck, view: Json) -> None:
        values = view["state"]["values"]
        if "win" in values and values["win"]["win"]["value"] == "nothing":
            await ack(response_action="errors", errors={"win": "Something small counts too."})
            return
        sent.append(values)
        await ack()

    @app.view_closed("small")
    @app.view_closed("large")
    async def closed(ack: AsyncAck) -> None:
        await ack()


def _choices(app: AsyncApp, sent: list[Any]) -> None:
    @app.action("throw")
    async def throw(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond("Thrown away.", replace_original=True)

    @app.action("later")
    @app.action("home_menu")
    async def later(ack: AsyncAck, body: Json) -> None:
        sent.append(body["actions"][0]["selected_option"]["value"])
        await ack()


def _says(app: AsyncApp) -> None:
    @app.command("/whisper")
    async def whisper(ack: AsyncAck) -> None:
        await ack("Just between us.")

    @app.command("/words")
    async def say(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.chat_postMessage(channel=body["user_id"], text="Words", blocks=words())

    @app.event("message")
    async def heard() -> None:
        return None


def _home(app: AsyncApp) -> None:
    seen = {"homes": 0}

    @app.event("app_home_opened")
    async def opened(event: Json, client: AsyncWebClient) -> None:
        if event["tab"] == "home":
            seen["homes"] += 1
            await client.views_publish(user_id=event["user"], view=home(seen["homes"]))

"""A person of the workspace who types, presses, fills and submits, and what they see of it."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any

from sandbox import acting, forms, messages, payloads, places, responses, screen, submissions
from sandbox import shown as views
from sandbox.delivery import Kind
from sandbox.history import Delivered, Posted
from sandbox.manifest import TEAM_ID
from sandbox.people import Json, User
from sandbox.places import MessageRef, Place, Spot, Surface
from sandbox.refused import Refused
from sandbox.state import Conversation, Shown, State

WHY = {"timeout": "operation_timeout", "http_error": "http_service_error", "not_connected": "dispatch_failed"}

Deliver = Callable[[Kind, Json], Awaitable[Delivered]]
SendEvent = Callable[[Json], Awaitable[Delivered]]


class Persona:
    """Somebody's hands and eyes. Every act goes through the app's real protocol and returns when the app has answered.

    errors    by block_id: what the app found wrong with the last form submitted; the modal is still open.
    notices   what Slack itself said to this person, such as that a command failed.
    """

    def __init__(self, state: State, deliver: Deliver, send_event: SendEvent, user_id: str) -> None:
        self._state = state
        self._deliver = deliver
        self._send_event = send_event
        self.id = user_id
        self.errors: dict[str, str] = {}
        self.notices: list[str] = []

    @property
    def user(self) -> User:
        return self._state.users[self.id]

    # What she does

    async def types(self, line: str, channel: str | None = None) -> Json | None:
        """Type a slash command in a channel (id or name; default her DM with the app); returns its ack, None for none.

        @name and #name are escaped where the command says should_escape. LookupError for a command nobody has.
        """
        name, _, text = line.strip().partition(" ")
        where = self._conversation(channel)
        payload = acting.command(self._state, self.user, where, name, text.strip())
        ack = await self._act("slash_commands", payload, name)
        if ack:
            self._answered(where, ack, name)
        return ack

    async def presses(
        self, label: str, message: MessageRef | None = None, surface: Surface | None = None, block_id: str | None = None
    ) -> Json | None:
        """Press a button by its text or action_id; returns the ack, None for none.

        Looked for on her top modal, in her direct messages from the newest on, on Home, or in the place given:
        `message` as Posted, dict or ts; `surface` modal, message or home; `block_id` where a text is there twice.
        LookupError names the buttons that exist.
        """
        return await self._act("interactive", self.press_payload(label, message, surface, block_id), label)

    def press_payload(
        self, label: str, message: MessageRef | None = None, surface: Surface | None = None, block_id: str | None = None
    ) -> Json:
        """What presses() would send, for tests that send it several times, late or changed."""
        spot = places.button(iter(self._places(message, surface)), label, block_id)
        return acting.pressed(self._state, self.user, spot, None)

    async def chooses(
        self,
        name: str,
        wanted: Any,
        message: MessageRef | None = None,
        surface: Surface | None = None,
        block_id: str | None = None,
    ) -> Json | None:
        """Choose in a select, picker, overflow … by action_id or block_id; returns the ack, None for none.

        `wanted` is an option's value or label, a user's name, a date …; a list where several can be chosen.
        """
        spot = places.element(iter(self._places(message, surface)), name, block_id)
        spot = await self._suggested(spot, wanted)
        held = self._hold(spot, wanted)
        return await self._act("interactive", acting.pressed(self._state, self.user, spot, held), name)

    async def looks_for(
        self,
        typed: str,
        name: str,
        message: MessageRef | None = None,
        surface: Surface | None = None,
        block_id: str | None = None,
    ) -> list[Json]:
        """Type into an external select; returns the options that the app suggests."""
        spot = places.element(iter(self._places(message, surface)), name, block_id)
        return list(forms.options((await self._suggested(spot, typed)).element))

    async def fills(self, **wanted: Any) -> None:
        """Put values into the top modal, by block_id or action_id; None clears.

        Selects take an option's value or label, users selects names, file inputs (name, bytes), all of them lists where
        several can be chosen. Elements that dispatch tell the app at once. LookupError for an unknown input,
        ClientRefused for what Slack's client would not accept.
        """
        for name, value in wanted.items():
            spot, held = await self._fill(name, value)
            if spot.block["type"] != "input" or spot.block.get("dispatch_action"):
                await self._act("interactive", acting.pressed(self._state, self.user, spot, held), name)

    async def enters(self, **wanted: Any) -> None:
        """As fills(), but the app hears of it only with what she does next."""
        for name, value in wanted.items():
            await self._fill(name, value)

    async def _fill(self, name: str, value: Any) -> tuple[Spot, Json]:
        shown = self._top()
        block, element = forms.find(shown.view["blocks"], name)
        spot = await self._suggested(Spot(Place(shown.view["blocks"], shown=shown), block, element), value)
        return spot, self._hold(spot, value)

    async def submits(self, **wanted: Any) -> Json | None:
        """Fill, then press the submit button; returns the ack, None for none. Errors are kept in `errors`.

        ClientRefused when a required input is empty.
        """
        await self.fills(**wanted)
        shown = self._top()
        ack = await self._act("interactive", self.submit_payload(), "", trouble=submissions.TROUBLE)
        if ack is not None:
            self._submitted(shown, ack)
        return ack

    def submit_payload(self) -> Json:
        """What submits() would send, for tests that send it several times, late or changed."""
        shown = self._top()
        forms.refuse_incomplete(shown)
        return acting.submitted(self._state, self.user, shown)

    async def closes(self, *, everything: bool = False) -> None:
        """Close the top modal, or the whole stack; the app hears of it where it asked with notify_on_close."""
        top = self._top()
        stack = self._state.modals[self.id]
        everything = everything or bool(top.view["clear_on_close"])
        gone = list(reversed(stack)) if everything else [top]
        del stack[len(stack) - len(gone) :]
        for shown in gone:
            if shown.view["notify_on_close"]:
                payload = payloads.closed(self.user, views.as_sent(shown), is_cleared=everything)
                await self._act("interactive", payload, "", trouble="")

    async def uses(self, name: str, message: MessageRef | None = None) -> Json | None:
        """Use a shortcut by name or callback_id: on a message, or a global one; returns the ack, None for none."""
        place = None if message is None else places.of_message(self._state, self.id, message)
        return await self._act("interactive", acting.shortcut(self._state, self.user, name, place), name)

    async def opens_home(self, tab: str = "home") -> None:
        """Open the app's Home tab (or its "messages" tab)."""
        event: Json = {"type": "app_home_opened", "user": self.id, "channel": self._dm().id, "tab": tab}
        event["event_ts"] = self._state.stamp()
        home = self._state.homes.get(self.id)
        if home and tab == "home":
            event["view"] = views.as_sent(home)
        if "app_home_opened" in self._state.app.events:
            await self._send_event(event)

    async def says(self, text: str, channel: str | None = None, thread: str | None = None) -> Posted:
        """Write a message to the app, or in a channel (id or name); the app hears of it if it is subscribed.

        `thread` is the ts of the message it answers.

        ClientRefused where the app's messages tab takes none.
        """
        where = self._conversation(channel)
        app = self._state.app
        if where.kind == "im" and (app.messages_tab_read_only or not app.messages_tab):
            raise forms.ClientRefused("message", "Sending messages to this app has been turned off")
        body = forms.rich_text(text) | {"block_id": "said"}
        message = {"type": "message", "user": self.id, "team": TEAM_ID, "text": acting.escaped(text), "blocks": [body]}
        if thread is not None:
            message["thread_ts"] = thread
        posted = messages.post(self._state, where, message)
        if f"message.{_EVENT_KINDS[where.kind]}" in app.events and where.is_member:
            more = {"channel": where.id, "channel_type": where.kind, "event_ts": posted.ts}
            await self._send_event(posted.message | more)
        return posted

    # What she sees

    @property
    def modals(self) -> list[Json]:
        """The views on her stack, the top one last, with what she has put in."""
        return [views.as_sent(shown) for shown in self._state.modals.get(self.id, ())]

    @property
    def modal(self) -> Json | None:
        stack = self.modals
        return stack[-1] if stack else None

    @property
    def home(self) -> Json | None:
        shown = self._state.homes.get(self.id)
        return views.as_sent(shown) if shown else None

    @property
    def messages(self) -> list[Json]:
        """The messages of her DM with the app, oldest first, as they are now."""
        return messages.in_order(self._dm())

    @property
    def ephemerals(self) -> list[Json]:
        """Messages that only she sees, oldest first: of any channel, answers to commands among them."""
        return list(self._state.ephemerals.get(self.id, ()))

    def sees(self, surface: Surface | None = None) -> str:
        """Her screen in plain words: the top modal with its errors or, without one, the newest message.

        With `surface` that one: modal, message or home; "" when nothing is there.
        """
        if surface == "home":
            return screen.render(self.home, names=self._names()) if self.home else ""
        if self.modal is not None and surface != "message":
            return screen.render(self.modal, names=self._names(), errors=self.errors)
        if surface == "modal":
            return ""
        seen = sorted([*self.messages, *self.ephemerals], key=lambda message: message["ts"])
        return screen.render(seen[-1], names=self._names()) if seen else ""

    # How it is done

    def _names(self) -> dict[str, str]:
        return {user.id: user.name for user in self._state.users.values()}

    def _dm(self) -> Conversation:
        return self._state.dm(self.id)

    def _conversation(self, channel: str | None) -> Conversation:
        return self._dm() if channel is None else self._state.conversation(channel)

    def _top(self) -> Shown:
        stack = self._state.modals.get(self.id)
        if not stack:
            raise LookupError(f"{self.user.name} has no modal open")
        return stack[-1]

    def _places(self, message: MessageRef | None, surface: Surface | None) -> Iterable[Place]:
        if message is not None:
            return [places.of_message(self._state, self.id, message)]
        return places.everywhere(self._state, self.id, surface)

    def _hold(self, spot: Spot, wanted: Any) -> Json:
        """Keep what was chosen where it was chosen; an overflow menu keeps nothing."""
        if spot.element["type"] == "overflow":
            return {"selected_option": forms.option(spot.element, wanted)}
        if spot.place.shown is not None:
            values = spot.place.shown.values
        else:
            ts = spot.place.message["ts"] if spot.place.message else ""
            values = self._state.chosen.setdefault((self.id, ts), {})
        return forms.put(self._state, values, spot.block, spot.element, wanted, user=self.id)

    async def _suggested(self, spot: Spot, typed: Any) -> Spot:
        """An external select with the options that the app suggests for what is typed; others as they are."""
        if "external_select" not in spot.element["type"]:
            return spot
        payload = acting.typed_into(self._state, self.user, spot, typed)
        suggested = await self._act("interactive", payload, spot.element["action_id"])
        return replace(spot, element=spot.element | (suggested or {}))

    async def _act(self, kind: Kind, payload: Json, name: str, trouble: str | None = None) -> Json | None:
        """Send it; a missing ack becomes the notice that Slack would show."""
        delivered = await self._deliver(kind, payload)
        if delivered.ack is None and trouble != "":
            self.notices.append(trouble or f'{name} failed with the error "{WHY[delivered.error]}"')
        return delivered.ack

    def _answered(self, where: Conversation, ack: Json, name: str) -> None:
        try:
            responses.show(self._state, self.id, where.id, ack)
        except Refused:
            self.notices.append(f'{name} failed with the error "invalid_command_response"')

    def _submitted(self, shown: Shown, ack: Json) -> None:
        self.errors = {}
        try:
            self.errors = submissions.apply(self._state, self.id, shown, ack)
        except Refused:
            self.notices.append(submissions.TROUBLE)


_EVENT_KINDS = {"im": "im", "mpim": "mpim", "channel": "channels", "group": "groups"}

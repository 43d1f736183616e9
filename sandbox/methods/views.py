"""views.*"""

from collections.abc import Callable

from sandbox import shown
from sandbox.arguments import required
from sandbox.people import Json
from sandbox.refused import Refused
from sandbox.state import Shown, State
from sandbox.triggers import use_trigger


def _answer(view: Shown) -> Json:
    return {"ok": True, "view": shown.as_sent(view)}


def open_(state: State, args: Json) -> Json:
    view = shown.new_view(state, args.get("view"), "modal")
    shown.open_modal(state, use_trigger(state, _trigger_id(args)), view)
    return _answer(view)


def push(state: State, args: Json) -> Json:
    view = shown.new_view(state, args.get("view"), "modal")
    shown.push(state, use_trigger(state, _trigger_id(args)), view)
    return _answer(view)


def _trigger_id(args: Json) -> str:
    return str(args.get("trigger_id") or args.get("interactivity_pointer") or required(args, "trigger_id"))


def update(state: State, args: Json) -> Json:
    if not args.get("view_id") and not args.get("external_id"):
        raise Refused("invalid_arguments")
    view = shown.find(state, args.get("view_id"), args.get("external_id"))
    shown.replace(state, view, args.get("view"), args.get("hash"))
    return _answer(view)


def publish(state: State, args: Json) -> Json:
    if not state.app.home_tab:
        raise Refused("not_enabled")
    user = state.users.get(required(args, "user_id"))
    if user is None:
        raise Refused("user_not_found")
    return _answer(shown.publish(state, user.id, args.get("view"), args.get("hash")))


METHODS: dict[str, Callable[[State, Json], Json]] = {
    "views.open": open_,
    "views.publish": publish,
    "views.push": push,
    "views.update": update,
}

"""Answers to an act: through its response_url, or in the ack of a command."""

from sandbox import messages
from sandbox.arguments import flag
from sandbox.people import Json
from sandbox.refused import Refused
from sandbox.state import ResponseUrl, State


def respond(state: State, url: ResponseUrl, args: Json) -> None:
    """Post, replace or delete as the app asks; ephemeral unless response_type is in_channel."""
    if flag(args, "delete_original"):
        _delete(state, url)
    elif flag(args, "replace_original") and url.message_ts:
        _replace(state, url, url.message_ts, args)
    else:
        show(state, url.user, url.channel, args)


def show(state: State, user: str, channel: str, args: Json) -> None:
    """A message to the person who acted, or to all in the channel."""
    message = messages.from_app(state, args)
    if args.get("response_type") == "in_channel":
        messages.post(state, state.conversation(channel), message)
    else:
        messages.post_ephemeral(state, channel, user, message)


def _ephemeral(state: State, url: ResponseUrl) -> int | None:
    """Where the message that was pressed lies among the person's ephemeral ones."""
    for number, message in enumerate(state.ephemerals.get(url.user, ())):
        if message["ts"] == url.message_ts:
            return number
    return None


def _replace(state: State, url: ResponseUrl, ts: str, args: Json) -> None:
    number = _ephemeral(state, url)
    if number is None:
        messages.update(state, state.conversation(url.channel), ts, args)
        return
    seen = state.ephemerals[url.user]
    fixed = {name: seen[number][name] for name in ("ts", "channel", "is_ephemeral")}
    seen[number] = messages.from_app(state, args) | fixed


def _delete(state: State, url: ResponseUrl) -> None:
    number = _ephemeral(state, url)
    if number is not None:
        del state.ephemerals[url.user][number]
    elif url.message_ts:
        messages.delete(state.conversation(url.channel), url.message_ts)
    else:
        raise Refused("message_not_found")

"""conversations.* and reactions.add"""

from collections.abc import Callable

from sandbox import messages, scopes
from sandbox.arguments import flag, page, required
from sandbox.manifest import BOT_USER_ID
from sandbox.methods.chat import open_dm
from sandbox.people import Json
from sandbox.refused import Refused
from sandbox.state import Conversation, State

MAX_GROUP = 8


def _asked(state: State, args: Json, method: str) -> Conversation:
    conversation = state.conversation(required(args, "channel"))
    scopes.check_conversation(state.app, method, conversation.kind)
    return conversation


def _shown(state: State, conversation: Conversation) -> Json:
    kind = conversation.kind
    shown: Json = {
        "id": conversation.id,
        "is_im": kind == "im",
        "is_mpim": kind == "mpim",
        "is_channel": kind == "channel",
        "is_group": kind == "group",
        "is_private": kind != "channel",
        "is_archived": conversation.is_archived,
        "is_member": conversation.is_member,
    }
    if kind == "im":
        partner = conversation.members[0]
        return shown | {"user": partner, "is_user_deleted": state.users[partner].deleted, "is_open": True}
    return shown | {"name": conversation.name, "num_members": len(conversation.members)}


def open_(state: State, args: Json) -> Json:
    if args.get("channel"):
        conversation = state.conversation(str(args["channel"]))
    else:
        people = [one for one in required(args, "users").replace(" ", "").split(",") if one]
        scopes.check_conversation(state.app, "conversations.open", "im" if len(people) == 1 else "mpim")
        conversation = open_dm(state, people[0]) if len(people) == 1 else _group(state, people)
    if flag(args, "return_im"):
        return {"ok": True, "channel": _shown(state, conversation)}
    return {"ok": True, "channel": {"id": conversation.id}}


def _group(state: State, people: list[str]) -> Conversation:
    """The group DM of these people with the app, the same one each time."""
    if len(people) > MAX_GROUP:
        raise Refused("too_many_users")
    for one in people:
        open_dm(state, one)
    members = [*sorted(set(people)), BOT_USER_ID]
    for conversation in state.conversations.values():
        if conversation.kind == "mpim" and conversation.members == members:
            return conversation
    name = "mpdm-" + "--".join(state.users[one].name for one in members) + "-1"
    group = Conversation(state.new_id("G"), "mpim", name, members)
    state.conversations[group.id] = group
    return group


def info(state: State, args: Json) -> Json:
    return {"ok": True, "channel": _shown(state, _asked(state, args, "conversations.info"))}


def list_(state: State, args: Json) -> Json:
    names = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
    wanted = {names.get(one.strip(), "") for one in str(args.get("types") or "public_channel").split(",")}
    everything = [one for one in state.conversations.values() if one.kind in wanted]
    if flag(args, "exclude_archived"):
        everything = [one for one in everything if not one.is_archived]
    some, cursor = page([_shown(state, one) for one in everything], args)
    return {"ok": True, "channels": some, "response_metadata": {"next_cursor": cursor}}


def members(state: State, args: Json) -> Json:
    some, cursor = page(_asked(state, args, "conversations.members").members, args)
    return {"ok": True, "members": some, "response_metadata": {"next_cursor": cursor}}


def _read(conversation: Conversation) -> list[Json]:
    if not conversation.is_member:
        raise Refused("not_in_channel")
    return messages.in_order(conversation)


def history(state: State, args: Json) -> Json:
    """Newest first, between oldest and latest (seconds since 1970, exclusive unless `inclusive`)."""
    conversation = _asked(state, args, "conversations.history")
    found = [one for one in _read(conversation) if _is_top(one) and _between(one["ts"], args)]
    found.reverse()
    return _page_of(found, args)


def replies(state: State, args: Json) -> Json:
    """A thread, oldest first, with its first message."""
    conversation = _asked(state, args, "conversations.replies")
    root = required(args, "ts")
    everything = _read(conversation)
    found = [one for one in everything if root in (one["ts"], one.get("thread_ts"))]
    if not found:
        raise Refused("thread_not_found")
    return _page_of([one for one in found if one["ts"] == root or _between(one["ts"], args)], args)


def _is_top(message: Json) -> bool:
    thread = message.get("thread_ts")
    return thread in (None, message["ts"]) or bool(message.get("reply_broadcast"))


def _between(ts: str, args: Json) -> bool:
    try:
        oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or "inf")
    except ValueError:
        raise Refused("invalid_ts_oldest") from None
    moment = float(ts)
    return oldest < moment < latest or (flag(args, "inclusive") and moment in (oldest, latest))


def _page_of(found: list[Json], args: Json) -> Json:
    some, cursor = page(found, args, most=999)
    if not flag(args, "include_all_metadata"):
        some = [{name: value for name, value in one.items() if name != "metadata"} for one in some]
    answer: Json = {"ok": True, "messages": some, "has_more": bool(cursor), "pin_count": 0}
    return answer | {"response_metadata": {"next_cursor": cursor}} if cursor else answer


def add_reaction(state: State, args: Json) -> Json:
    conversation = state.conversation(required(args, "channel"))
    ts, name = required(args, "timestamp"), required(args, "name").strip(":")
    old = conversation.messages.get(ts)
    if old is None:
        raise Refused("message_not_found")
    reactions = list(old.get("reactions", ()))
    if any(one["name"] == name and BOT_USER_ID in one["users"] for one in reactions):
        raise Refused("already_reacted")
    reactions.append({"name": name, "users": [BOT_USER_ID], "count": 1})
    conversation.messages[ts] = {**old, "reactions": reactions}
    return {"ok": True}


METHODS: dict[str, Callable[[State, Json], Json]] = {
    "conversations.history": history,
    "conversations.info": info,
    "conversations.list": list_,
    "conversations.members": members,
    "conversations.open": open_,
    "conversations.replies": replies,
    "reactions.add": add_reaction,
}

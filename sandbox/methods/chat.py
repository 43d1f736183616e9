"""chat.*"""

from collections.abc import Callable

from sandbox import messages
from sandbox.arguments import required
from sandbox.manifest import BOT_USER_ID
from sandbox.people import SLACKBOT, Json
from sandbox.refused import Refused
from sandbox.state import Conversation, State


def target(state: State, channel: str) -> Conversation:
    """Where a post to `channel` goes: a conversation, or the DM of a user id; Refused when the app may not."""
    conversation = open_dm(state, channel) if channel in state.users else state.conversation(channel)
    if conversation.is_archived:
        raise Refused("is_archived")
    if conversation.kind == "im" and not state.app.messages_tab:
        raise Refused("messages_tab_disabled")
    if not conversation.is_member and (conversation.kind != "channel" or "chat:write.public" not in state.app.scopes):
        raise Refused("not_in_channel")
    return conversation


def open_dm(state: State, user_id: str) -> Conversation:
    """The DM with a user; Refused for bots, for the deactivated and for strangers' ids."""
    user = state.users.get(user_id)
    if user is None:
        raise Refused("user_not_found")
    if user.is_bot or user.id == SLACKBOT.id:
        raise Refused("cannot_dm_bot")
    if user.deleted:
        raise Refused("user_disabled")
    return state.dm(user_id)


def post_message(state: State, args: Json) -> Json:
    conversation = target(state, required(args, "channel"))
    posted = messages.post(state, conversation, messages.from_app(state, args))
    return {"ok": True, "channel": posted.channel, "ts": posted.ts, "message": posted.message}


def update(state: State, args: Json) -> Json:
    conversation = state.conversation(required(args, "channel"))
    message = messages.update(state, conversation, required(args, "ts"), args)
    return {"ok": True, "channel": conversation.id, "ts": message["ts"], "text": message["text"], "message": message}


def delete(state: State, args: Json) -> Json:
    conversation = state.conversation(required(args, "channel"))
    messages.delete(conversation, required(args, "ts"))
    return {"ok": True, "channel": conversation.id, "ts": args["ts"]}


def post_ephemeral(state: State, args: Json) -> Json:
    conversation = target(state, required(args, "channel"))
    user = required(args, "user")
    if user not in conversation.members or user == BOT_USER_ID:
        raise Refused("user_not_in_channel")
    posted = messages.post_ephemeral(state, conversation.id, user, messages.from_app(state, args))
    return {"ok": True, "message_ts": posted.ts}


def get_permalink(state: State, args: Json) -> Json:
    conversation = state.conversation(required(args, "channel"))
    ts = required(args, "message_ts")
    if ts not in conversation.messages:
        raise Refused("message_not_found")
    link = f"{state.base_url}/archives/{conversation.id}/p{ts.replace('.', '')}"
    return {"ok": True, "channel": conversation.id, "permalink": link}


METHODS: dict[str, Callable[[State, Json], Json]] = {
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
    "chat.postEphemeral": post_ephemeral,
    "chat.postMessage": post_message,
    "chat.update": update,
}

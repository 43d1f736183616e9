"""What a person's act lets the app do for a while: a trigger_id opens one view, a response_url takes five answers."""

from datetime import timedelta
from secrets import token_hex

from sandbox.refused import Refused
from sandbox.state import ResponseUrl, State, Trigger

TRIGGER_LASTS = timedelta(seconds=3)
URL_LASTS = timedelta(minutes=30)
URL_USES = 5


def new_trigger(state: State, user: str) -> str:
    trigger_id = f"{state.new_id('')}.{token_hex(8)}"
    state.triggers[trigger_id] = Trigger(user, state.now())
    return trigger_id


def use_trigger(state: State, trigger_id: str) -> str:
    """The user whose act it was; Refused when it is unknown, older than 3 s of program time, or used before."""
    trigger = state.triggers.get(trigger_id)
    if trigger is None:
        raise Refused("invalid_trigger_id")
    if trigger.used:
        raise Refused("exchanged_trigger_id")
    if state.now() - trigger.at > TRIGGER_LASTS:
        raise Refused("expired_trigger_id")
    trigger.used = True
    return trigger.user


def new_response_url(state: State, user: str, channel: str, message_ts: str | None = None) -> str:
    """A URL for answers to an act in `channel`, about the message at `message_ts` if it was pressed in one."""
    ticket = token_hex(12)
    state.response_urls[ticket] = ResponseUrl(user, channel, state.now(), message_ts)
    return f"{state.base_url}/response/{ticket}"


def use_response_url(state: State, ticket: str) -> ResponseUrl:
    """Refused when it is unknown, older than 30 min of program time, or was used five times."""
    found = state.response_urls.get(ticket)
    if found is None or state.now() - found.at > URL_LASTS:
        raise Refused("expired_url")
    if found.uses >= URL_USES:
        raise Refused("used_url")
    found.uses += 1
    return found

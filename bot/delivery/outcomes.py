"""What an answer of Slack's means for the message that was sent: the one table of error classes."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError


class Class(Enum):
    SENT = auto()
    RATE = auto()  # wait as long as Slack says; counts no attempt
    NOT_SENT = auto()  # Slack cannot have seen it (refused connection, our own stop); counts no attempt
    UNKNOWN = auto()  # it may have arrived: look before sending again
    RECIPIENT = auto()  # permanent, about the person
    PAYLOAD = auto()  # permanent, about the message
    POLICY = auto()  # the workspace does not let us: wait, tell the operator
    CREDENTIALS = auto()  # our token: everything waits, nothing counts, the operator is told


@dataclass(frozen=True)
class Outcome:
    kind: Class
    reason: str = ""
    retry_after: timedelta = timedelta()
    channel: str | None = None
    ts: str | None = None


ERRORS: dict[Class, frozenset[str]] = {
    Class.RATE: frozenset({"ratelimited", "rate_limited"}),
    Class.UNKNOWN: frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"}),
    Class.RECIPIENT: frozenset(
        {
            "user_disabled", "user_not_found", "user_not_visible", "channel_not_found", "is_archived", "cannot_dm_bot",
            "messages_tab_disabled", "invalid_user_combination", "message_not_found", "cant_update_message",
            "not_enabled", "users_not_found",
        }
    ),
    Class.PAYLOAD: frozenset(
        {
            "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text",
            "metadata_too_large", "view_too_large", "invalid_arguments",
        }
    ),
    Class.POLICY: frozenset(
        {
            "restricted_action", "not_in_channel", "ekm_access_denied", "message_limit_exceeded",
            "team_access_not_granted", "accesslimited", "org_login_required",
        }
    ),
    Class.CREDENTIALS: frozenset(
        {"account_inactive", "invalid_auth", "token_revoked", "token_expired", "not_authed", "missing_scope"}
    ),
}  # fmt: skip
"""Slack's error codes by what to do. A code that is not here is permanent, about the message: new codes do not loop."""

_BY_CODE = {code: kind for kind, codes in ERRORS.items() for code in codes}


def of_error(error: BaseException) -> Outcome:
    """The outcome of a call that raised."""
    if isinstance(error, SlackApiError):
        return _of_answer(error)
    if isinstance(error, ClientConnectorError):
        return Outcome(Class.NOT_SENT, "no connection")
    if isinstance(error, TimeoutError):
        return Outcome(Class.UNKNOWN, "time-out")
    if isinstance(error, ClientError | OSError):
        return Outcome(Class.UNKNOWN, "connection lost")
    return Outcome(Class.UNKNOWN, f"answer not understood ({type(error).__name__})")  # such as a 200 with a web page


def _of_answer(error: SlackApiError) -> Outcome:
    response = error.response
    status = getattr(response, "status_code", 200)
    data = getattr(response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or _BY_CODE.get(code) is Class.RATE:
        headers = {name.lower(): value for name, value in getattr(response, "headers", {}).items()}
        seconds = str(headers.get("retry-after", "30"))
        return Outcome(Class.RATE, "rate limited", timedelta(seconds=int(seconds) if seconds.isdigit() else 30))
    if code in _BY_CODE:
        return Outcome(_BY_CODE[code], code)
    if code.startswith("restricted_action"):
        return Outcome(Class.POLICY, code)
    if status >= 500 or not code:
        return Outcome(Class.UNKNOWN, f"status {status}")
    return Outcome(Class.PAYLOAD, code)

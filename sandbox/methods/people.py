"""users.*"""

from collections.abc import Callable

from sandbox.arguments import flag, page, required
from sandbox.manifest import TEAM_ID
from sandbox.people import Json, User, profile_json, user_json
from sandbox.refused import Refused
from sandbox.state import State


def shown(state: State, user: User, *, with_locale: bool = False) -> Json:
    """The user object as this app may see it: the e-mail only with its scope."""
    with_email = "users:read.email" in state.app.scopes
    return user_json(user, state.now(), team_id=TEAM_ID, with_email=with_email, with_locale=with_locale)


def _asked(state: State, args: Json) -> User:
    user = state.users.get(required(args, "user"))
    if user is None:
        raise Refused("user_not_found")
    return user


def info(state: State, args: Json) -> Json:
    return {"ok": True, "user": shown(state, _asked(state, args), with_locale=flag(args, "include_locale"))}


def list_(state: State, args: Json) -> Json:
    some, cursor = page(list(state.users.values()), args, usual=1000)
    people = [shown(state, user, with_locale=flag(args, "include_locale")) for user in some]
    answer: Json = {"ok": True, "members": people, "cache_ts": int(state.now().timestamp())}
    return answer | {"response_metadata": {"next_cursor": cursor}}


def lookup_by_email(state: State, args: Json) -> Json:
    email = required(args, "email").lower()
    for user in state.users.values():
        if user.email.lower() == email and not user.deleted:
            return {"ok": True, "user": shown(state, user)}
    raise Refused("users_not_found")


def profile(state: State, args: Json) -> Json:
    with_email = "users:read.email" in state.app.scopes
    return {"ok": True, "profile": profile_json(_asked(state, args), with_email=with_email)}


METHODS: dict[str, Callable[[State, Json], Json]] = {
    "users.info": info,
    "users.list": list_,
    "users.lookupByEmail": lookup_by_email,
    "users.profile.get": profile,
}

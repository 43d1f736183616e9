"""The inspector's list: requests of the app and payloads sent to it, newest first."""

from sandbox.history import Call, Delivered
from sandbox.people import Json
from sandbox.state import State


def rows(state: State, *, person: str = "", method: str = "", most: int = 100) -> list[Json]:
    """One line for each, newest first; `person` by id, `method` a part of the method's or act's name."""
    found: list[Json] = []
    for number in range(len(state.history) - 1, -1, -1):
        row = _row(state, number)
        if row and person in ("", row["person"]) and method.lower() in f"{row['method']} {row['what']}".lower():
            found.append(row)
            if len(found) == most:
                break
    return found


def details(state: State, number: int) -> Json:
    """What was sent and what was answered; LookupError when there is no such entry."""
    entry = state.history[number]
    if isinstance(entry, Call):
        return {"request": entry.args, "answer": entry.answer}
    if isinstance(entry, Delivered):
        return {"request": entry.payload, "answer": entry.ack}
    raise LookupError(f"entry {number} is a message")


def _row(state: State, number: int) -> Json | None:
    entry = state.history[number]
    if isinstance(entry, Call):
        return {"n": number, "at": entry.at.isoformat(), "from": "app", **_call(state, entry)}
    if isinstance(entry, Delivered):
        return {"n": number, "at": entry.at.isoformat(), "from": "slack", **_delivered(entry)}
    return None


def _call(state: State, call: Call) -> Json:
    answer = call.answer or {}
    is_ok = call.status == 200 and bool(answer.get("ok", False))
    return {
        "method": call.method,
        "what": "",
        "person": _addressed(state, call.args),
        "ok": is_ok,
        "outcome": "ok" if is_ok else str(answer.get("error") or "no answer"),
        "status": call.status,
    }


def _addressed(state: State, args: Json) -> str:
    """The person a call is about, "" for none."""
    for name in ("user", "user_id", "channel"):
        value = str(args.get(name, ""))
        if value in state.users:
            return value
        if value in state.conversations and state.conversations[value].kind == "im":
            return state.conversations[value].members[0]
    trigger = state.triggers.get(str(args.get("trigger_id")))
    return trigger.user if trigger else _looking_at(state, str(args.get("view_id")))


def _looking_at(state: State, view_id: str) -> str:
    for user, stack in state.modals.items():
        if any(shown.view["id"] == view_id for shown in stack):
            return user
    homes = {shown.view["id"]: user for user, shown in state.homes.items()}
    return homes.get(view_id, "")


def _delivered(sent: Delivered) -> Json:
    is_ok = sent.ack is not None
    payload = sent.payload
    return {
        "method": str(payload.get("type") or sent.kind) if sent.kind != "events_api" else "event",
        "what": _what(sent),
        "person": _person(payload),
        "ok": is_ok,
        "outcome": (sent.ack or {}).get("response_action", "ok") if is_ok else sent.error,
        "status": 200 if is_ok else 0,
        "ms": round(sent.seconds * 1000),
        "attempt": sent.attempt,
    }


def _what(sent: Delivered) -> str:
    payload = sent.payload
    if sent.kind == "slash_commands":
        return f"{payload['command']} {payload['text']}".strip()
    if sent.kind == "events_api":
        return str(payload["event"]["type"])
    if payload.get("actions"):
        return str(payload["actions"][0]["action_id"])
    view = payload.get("view") or {}
    return str(payload.get("callback_id") or view.get("callback_id") or payload.get("action_id") or "")


def _person(payload: Json) -> str:
    user = payload.get("user_id") or payload.get("user") or payload.get("event", {}).get("user") or ""
    return str(user["id"] if isinstance(user, dict) else user)

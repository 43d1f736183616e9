"""What the app's answer to a submitted modal does on the screen."""

from sandbox import shown as views
from sandbox.people import Json
from sandbox.refused import Refused
from sandbox.state import Shown, State

TROUBLE = "We had some trouble connecting. Try again?"


def apply(state: State, user: str, submitted: Shown, answer: Json) -> dict[str, str]:
    """Change the person's stack as response_action says; returns errors by block_id.

    Raises Refused for an answer that Slack would not take; the modal then stays.
    """
    action = answer.get("response_action")
    stack = state.modals.get(user, [])
    if action == "errors":
        return _errors(submitted, answer.get("errors"))
    if action == "clear":
        stack.clear()
    elif action == "push":
        views.push(state, user, views.new_view(state, answer.get("view"), "modal"))
    elif action == "update":
        views.replace(state, submitted, answer.get("view"), None)
    elif action is not None:
        raise Refused("invalid_response_action")
    elif submitted in stack:
        stack.remove(submitted)
    return {}


def _errors(submitted: Shown, errors: object) -> dict[str, str]:
    """Errors belong to input blocks of the view; any other key spoils the whole answer."""
    inputs = {block["block_id"] for block in submitted.view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not inputs.issuperset(errors):
        raise Refused("invalid_errors")
    return {str(block_id): str(sentence) for block_id, sentence in errors.items()}

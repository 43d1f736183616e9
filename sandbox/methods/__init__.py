"""Web API methods, one file per family; each takes the state and the arguments and returns Slack's answer."""

from collections.abc import Callable

from sandbox.methods import chat, conversations, files, people, team, views
from sandbox.people import Json
from sandbox.state import State

METHODS: dict[str, Callable[[State, Json], Json]] = (
    chat.METHODS | conversations.METHODS | files.METHODS | people.METHODS | team.METHODS | views.METHODS
)

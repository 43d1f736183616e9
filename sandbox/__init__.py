"""A local Slack workspace; knows nothing of the bot.

It mirrors what Slack documents, not what a live workspace was seen to do. It listens on 127.0.0.1 and takes no real
tokens.
"""

from sandbox.faults import Fault
from sandbox.forms import ClientRefused
from sandbox.history import Call, Delivered, Posted
from sandbox.people import Channel, User
from sandbox.persona import Persona
from sandbox.tokens import Tokens
from sandbox.workspace import Workspace

__all__ = ["Call", "Channel", "ClientRefused", "Delivered", "Fault", "Persona", "Posted", "Tokens", "User", "Workspace"]

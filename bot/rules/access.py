"""Who may see and do what: one table, default deny, asked again whenever a button is pressed.

A service finds out how the person who asks relates to the thing (`author`, `manager`, …); this table says what follows.
"""

from collections.abc import Iterable
from typing import Literal, NoReturn

from bot.rules.refusal import Refusal

Verb = Literal["read", "write", "review", "export", "rate"]
Relation = Literal["author", "manager", "manager then", "former manager", "reviewer", "owner", "other"]

TABLE: dict[str, dict[str, frozenset[str]]] = {
    "check-in": {
        "author": frozenset({"read", "write", "export"}),
        "manager then": frozenset({"read"}),  # those given while being the manager, also after a change
        "owner": frozenset({"rate"}),
    },
    "private check-in": {
        "author": frozenset({"read", "write", "export"}),
        "owner": frozenset({"rate"}),
    },
    "evidence": {
        "author": frozenset({"read", "write", "export"}),  # write: until it is decided, which the service holds
        "manager": frozenset({"read"}),
        "reviewer": frozenset({"read", "review"}),
        "owner": frozenset({"rate"}),
    },
    "person": {
        "author": frozenset({"read", "write", "export"}),
        "manager": frozenset({"read"}),
    },
    "change": {
        "author": frozenset({"read"}),
        "owner": frozenset({"read"}),
    },
    "program settings": {
        "owner": frozenset({"read", "write"}),
        "manager": frozenset({"read"}),
        "reviewer": frozenset({"read"}),
        "other": frozenset({"read"}),
    },
}


def can(relations: Iterable[str], verb: str, thing: str) -> bool:
    """Whether somebody standing in these relations to a thing may do this to it."""
    allowed = TABLE.get(thing, {})
    return any(verb in allowed.get(relation, ()) for relation in relations)


def require(relations: Iterable[str], verb: str, thing: str) -> None:
    """Refusal unless `can`."""
    if not can(relations, verb, thing):
        refuse()


def refuse() -> NoReturn:
    """The same sentence for what is not there and for what is not open, so that it does not tell which."""
    raise Refusal("This is not open to you, or it is no longer there. If you expected it, ask whoever sent you here.")

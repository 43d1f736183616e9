"""Who may see and do what: the whole table, and nothing beside it."""

from itertools import combinations
from typing import get_args

import pytest

from bot.rules import access
from bot.rules.access import Relation, Verb
from bot.rules.refusal import Refusal

VERBS: tuple[str, ...] = get_args(Verb)
RELATIONS: tuple[str, ...] = get_args(Relation)

# thing → relation → verbs; a relation that is not named may do nothing. From what was promised, not from the code.
MAY = {
    "check-in": {"author": "read write export", "manager then": "read", "owner": "rate"},
    "private check-in": {"author": "read write export", "owner": "rate"},
    "evidence": {
        "author": "read write export", "manager": "read", "reviewer": "read review", "owner": "rate",
    },
    "person": {"author": "read write export", "manager": "read"},
    "change": {"author": "read", "owner": "read"},
    "program settings": {"owner": "read write", "manager": "read", "reviewer": "read", "other": "read"},
}  # fmt: skip


def test_every_thing_is_in_the_table_and_no_other() -> None:
    assert set(access.TABLE) == set(MAY)


def test_the_table_knows_no_relation_and_no_verb_of_its_own() -> None:
    for row in access.TABLE.values():
        assert set(row) <= set(RELATIONS)
        assert set().union(*row.values()) <= set(VERBS)


@pytest.mark.parametrize("thing", MAY)
@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("verb", VERBS)
def test_each_cell_of_the_table(thing: str, relation: str, verb: str) -> None:
    expected = verb in MAY[thing].get(relation, "").split()
    assert access.can({relation}, verb, thing) is expected


@pytest.mark.parametrize("thing", MAY)
def test_several_relations_allow_what_each_allows_and_no_more(thing: str) -> None:
    for several in combinations(RELATIONS, 3):
        for verb in VERBS:
            assert access.can(several, verb, thing) is any(access.can({one}, verb, thing) for one in several)


@pytest.mark.parametrize(
    ("relations", "verb", "thing"),
    [
        ({"author"}, "read", "diary"),
        ({"author"}, "read", ""),
        ({"author"}, "delete", "check-in"),
        ({"author"}, "", "check-in"),
        ({"hacker"}, "read", "program settings"),
        ({""}, "read", "check-in"),
        (set(), "read", "program settings"),
        ({"former manager"}, "read", "check-in"),
        ({"former manager"}, "read", "evidence"),
        ({"manager"}, "read", "check-in"),
        ({"manager then"}, "read", "private check-in"),
    ],
)
def test_whatever_the_table_does_not_name_is_refused(relations: set[str], verb: str, thing: str) -> None:
    assert not access.can(relations, verb, thing)
    with pytest.raises(Refusal, match="not open to you, or it is no longer there"):
        access.require(relations, verb, thing)


def test_what_the_table_names_is_not_refused() -> None:
    access.require({"other", "author"}, "write", "check-in")

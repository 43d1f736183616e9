"""Who may see and do what: the whole table, and nothing beside it."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import access
from bot.rules.access import Field, Relation, Verb
from bot.rules.refusal import Refusal

VERBS: tuple[str, ...] = get_args(Verb)
RELATIONS: tuple[str, ...] = get_args(Relation)
FIELDS: tuple[str, ...] = get_args(Field)
OWN = "read, write, export"

# thing → relation → verbs, or a verb and the only part of the thing it is for. A relation that is not named may do
# nothing. From what was promised to people, row by row, not from the code.
MAY = {
    "check-in": {
        "author": OWN, "manager then": "read", "manager if handed over": "read", "deputy": "read",
        "mentor if shared": "read", "council if attached": "read", "owner": "rate",
    },
    "private check-in": {"author": OWN, "owner": "rate"},
    "evidence": {
        "author": OWN, "manager": "read", "mentor if shared": "read", "reviewer": "read, review",
        "council if attached": "read", "owner": "rate",
    },
    "direction": {"author": OWN, "manager if shared": "read", "mentor if shared": "read", "owner": "count"},
    "what-if": {"author": OWN, "manager if shared": "read", "mentor if shared": "read", "owner": "count"},
    "being found": {"author": OWN, "other if listed": "read"},
    "self-assessment on another track": {
        "author": OWN, "manager if shared": "read", "mentor if shared": "read", "owner": "count",
    },
    "self-assessment": {
        "author": OWN, "reviewer": "review", "manager once rated": "read", "former manager": "read: own rating",
        "mentor if shared": "read", "council if attached": "read", "owner": "count",
    },
    "growth plan": {
        "author": OWN, "manager": "read, comment", "mentor if shared": "read", "council if attached": "read",
        "owner": "count", "helper": "read: own part",
    },
    "protected hours": {
        "author": OWN, "manager": "read, comment", "mentor if shared": "read", "council if attached": "read",
        "owner": "count",
    },
    "career-talk notes": {"author": OWN, "manager": "read, write", "owner": "rate"},
    "no opportunity": {
        "author": OWN, "manager": "read", "mentor": "read: hint", "council": "read: count",
        "council if attached": "read", "owner": "count",
    },
    "opportunity": {"author": "read, write, export, delete", "owner": "read, delete", "other": "read"},
    "interest in an opportunity": {
        "author": OWN, "offerer": "read, review", "manager once accepted": "read: existence",
    },
    "move wish": {"author": OWN, "manager once sent": "read", "owner": "count"},
    "round answer": {"giver until close": OWN},
    "round": {
        "author": "read: combined, export: combined", "manager": "read: combined", "council": "read: combined",
        "owner": "read: status", "deputy": "read: combined",
    },
    "round report": {"author": "read, export", "manager after the person": "read", "council if attached": "read"},
    "feedback": {
        "author": "read, export", "giver": "read", "giver until read": OWN, "manager then if chosen": "read",
        "council if attached": "read",
    },
    "story": {"author": "read, write, export, delete", "owner": "read, review"},
    "published story": {"author": "read", "other": "read"},
    "recognition": {"author": "read, write, export, delete", "giver": "read, export, delete"},
    "published recognition": {"author": "read", "giver": "read", "other": "read"},
    "mentor request": {"author": OWN, "mentor if proposed": "read", "owner": "read: state"},
    "avoid-list": {"author": OWN},
    "mentorship": {"author": "read, export", "mentor": "read, export", "manager if shared": "read", "owner": "read"},
    "mentor offer": {"author": OWN, "mentee": "read", "owner": "read", "other if listed": "read"},
    "closing survey": {"author": OWN, "owner": "mean"},
    "matching round": {"owner": "read, write"},
    "mentorship notes": {"author": OWN, "mentor": OWN, "owner": "read: existence"},
    "case": {
        "author": "read: decision, read: reasons, export", "manager as sponsor": "read, write",
        "reviewer": "read: own part", "council": "read, vote", "conflicted council": "read: existence",
        "owner": "read: dates",
    },
    "vote": {"council after close": "read"},
    "audit": {"author": "read: verdict", "council": "read", "conflicted council": "read", "owner": "read"},
    "protected attributes": {"author": "read, export", "owner": "import"},
    "program feedback": {"author": "delete", "owner": "read: released", "other": "read: digest"},
    "promise": {"author": "read, export", "owner": "read, write", "other": "read"},
    "person": {"author": OWN, "manager": "read"},
    "absence": {"author": OWN, "manager": "write, read: away", "owner": "write, read: away"},
    "deputy": {"author": OWN, "deputy": "read, delete", "report": "read", "owner": "read"},
    "export": {"author": "read", "manager": "read: status", "owner": "read: without words"},
    "waiting times": {"author": "read", "owner": "read: spread"},
    "messages": {"author": "export", "owner": "write, read: status"},
    "month": {"owner": "read, export", "owner of a part": "read, export"},
    "who looked": {"author": "read, export"},
    "change": {"author": "read", "owner": "read"},
    "program settings": {"owner": "read, write", "steward": "read", "other": "read"},
}  # fmt: skip


def promised(thing: str, relation: str) -> set[str]:
    return set(MAY[thing].get(relation, "").split(", ")) - {""}


def test_every_thing_is_in_the_table_and_no_other() -> None:
    assert set(access.TABLE) == set(MAY)


def test_every_word_of_the_table_is_known_and_every_known_word_is_used() -> None:
    cells = [cell for row in access.TABLE.values() for cell in row.values()]
    used = {part for cell in cells for allowed in cell for part in allowed.split(": ")}
    assert {relation for row in access.TABLE.values() for relation in row} == set(RELATIONS)
    assert used == {*VERBS, *FIELDS}


@pytest.mark.parametrize("thing", MAY)
@pytest.mark.parametrize("relation", RELATIONS)
def test_each_cell_of_the_table(thing: str, relation: str) -> None:
    allowed = promised(thing, relation)
    for verb in VERBS:
        assert access.can({relation}, verb, thing) is (verb in allowed)
        for field in FIELDS:
            assert access.can({relation}, verb, thing, field) is bool({verb, f"{verb}: {field}"} & allowed)


several = st.frozensets(st.sampled_from((*RELATIONS, "hacker", "", "mentor if", "author ")), max_size=6)


@given(
    several,
    st.sampled_from((*VERBS, "", "Read", "read ", "read: ")),
    st.sampled_from((*MAY, "diary", "", "check-in ")),
    st.sampled_from((*FIELDS, "", "words")),
)
def test_several_relations_allow_what_each_allows_and_everything_else_is_refused(
    relations: frozenset[str], verb: str, thing: str, field: str
) -> None:
    wanted = {verb, f"{verb}: {field}"} if field else {verb}
    is_promised = thing in MAY and any(wanted & promised(thing, one) for one in relations)
    assert access.can(relations, verb, thing, field) is is_promised
    if is_promised:
        assert access.require(relations, verb, thing, field) in relations
    else:
        with pytest.raises(Refusal, match="not open to you, or it is no longer there"):
            access.require(relations, verb, thing, field)


@pytest.mark.parametrize(
    ("relations", "verb", "thing"),
    [
        (set(), "read", "program settings"),
        ({"manager"}, "read", "check-in"),  # only those given to them
        ({"former manager"}, "read", "check-in"),
        ({"mentor"}, "read", "check-in"),
        ({"mentor"}, "read", "evidence"),
        ({"former manager"}, "read", "evidence"),
        ({"deputy"}, "read", "evidence"),
        ({"owner"}, "read", "check-in"),
        ({"owner"}, "read", "mentor request"),
        ({"owner"}, "read", "who looked"),
        ({"manager", "owner", "steward", "deputy", "mentor"}, "read", "avoid-list"),
        ({"manager then", "mentor if shared", "deputy"}, "read", "private check-in"),
        ({"conflicted council"}, "read", "case"),
        ({"manager", "council", "owner"}, "read", "round"),  # combined only
    ],
)
def test_what_one_might_expect_to_be_open_and_is_not(relations: set[str], verb: str, thing: str) -> None:
    assert not access.can(relations, verb, thing)


def test_what_is_combined_or_counted_has_enough_people_behind_it() -> None:
    assert access.LEAST == {"combined": 3, "count": 5, "mean": 5, "rate": 5}


def test_the_relation_that_allows_it_is_the_first_of_the_row() -> None:
    assert access.require({"other", "author"}, "write", "check-in") == "author"
    assert access.require({"mentor if shared", "manager then"}, "read", "check-in") == "manager then"

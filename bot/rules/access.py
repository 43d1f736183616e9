"""Who may see and do what: one table, default deny, asked again whenever a button is pressed.

A service finds out how the person who asks relates to the thing (`services.relations`); this table says what follows.
Where something is open only on a condition, the condition is part of the relation's name: "mentor if shared".
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NoReturn

from bot.rules.refusal import Refusal

Verb = Literal[
    "read", "write", "export", "delete", "review", "comment", "vote", "import",
    "rate",  # only as a share of many
    "count",  # only as a number, of enough people
    "mean",  # only as the middle of what enough people said
]  # fmt: skip

Relation = Literal[
    "author",  # whose it is: the member, the mentee, the subject of a round
    "giver", "giver until close", "giver until read",
    "manager",  # of the author, today
    "manager then",  # whoever was the manager when it was given, also after a change
    "manager if handed over", "manager if shared", "manager as sponsor", "manager once sent", "manager once rated",
    "manager after the person", "manager then if chosen",
    "former manager",
    "deputy",  # stands in for a manager who is away today
    "mentor", "mentor if shared", "mentor if proposed",  # of the author, while the pair lasts
    "mentee", "report",  # of the author, today
    "reviewer",  # named on it
    "offerer",  # of the opportunity that somebody asks for
    "manager once accepted",  # of who takes part in what needs working time
    "helper",  # named in one action of a plan
    "council", "council if attached", "council after close", "conflicted council",
    "owner", "owner of a part", "steward",
    "other", "other if listed",  # everybody with a full account
]  # fmt: skip

Field = Literal[
    "away", "combined", "count", "dates", "decision", "digest", "existence", "hint", "own part", "own rating",
    "reasons", "released", "spread", "state", "status", "verdict", "without words",
]  # fmt: skip
"""A part of a thing that is open where the whole is not."""

LEAST: Mapping[str, int] = {"combined": 3, "count": 5, "mean": 5, "rate": 5}
"""How many people stand at least behind what is seen in this way."""

Row = Mapping[str, frozenset[str]]


def _may(*verbs: Verb, **fields: tuple[Field, ...]) -> frozenset[str]:
    """What one relation may do: verbs on the whole thing, and `verb=fields` on these parts of it alone."""
    return frozenset(verbs) | {_part(verb, field) for verb, only in fields.items() for field in only}


def _part(verb: str, field: str) -> str:
    return f"{verb}: {field}"


OWN, READ = _may("read", "write", "export"), _may("read")
WISH: Row = {"author": OWN, "manager if shared": READ, "mentor if shared": READ, "owner": _may("count")}
PLAN: Row = {
    "author": OWN, "manager": _may("read", "comment"), "mentor if shared": READ, "council if attached": READ,
    "owner": _may("count"),
}  # fmt: skip

TABLE: Mapping[str, Row] = {
    # What a member does, and who helps with it.
    "check-in": {
        "author": OWN, "manager then": READ, "manager if handed over": READ, "deputy": READ,
        "mentor if shared": READ, "council if attached": READ, "owner": _may("rate"),
    },
    "private check-in": {"author": OWN, "owner": _may("rate")},
    "evidence": {
        "author": OWN,  # until it is decided, which the service holds
        "manager": READ, "mentor if shared": READ, "reviewer": _may("read", "review"), "council if attached": READ,
        "owner": _may("rate"),
    },
    "direction": WISH,
    "what-if": WISH,
    "being found": {"author": OWN, "other if listed": READ},  # by what one has shown, of those who agreed
    "self-assessment on another track": WISH,
    "self-assessment": {
        "author": OWN, "reviewer": _may("review"),  # the manager who is asked, and who reads nothing of it before
        "manager once rated": READ, "former manager": _may(read=("own rating",)),
        "mentor if shared": READ, "council if attached": READ, "owner": _may("count"),
    },
    "growth plan": {**PLAN, "helper": _may(read=("own part",))},  # the one action they are asked to help with
    "protected hours": PLAN,
    "career-talk notes": {"author": OWN, "manager": _may("read", "write"), "owner": _may("rate")},  # that it was held
    "no opportunity": {
        "author": OWN, "manager": READ, "mentor": _may(read=("hint",)), "council": _may(read=("count",)),
        "council if attached": READ, "owner": _may("count"),
    },
    "opportunity": {
        "author": _may("read", "write", "export", "delete"), "owner": _may("read", "delete"), "other": READ,
    },
    "interest in an opportunity": {  # nobody else hears who asked
        "author": OWN, "offerer": _may("read", "review"), "manager once accepted": _may(read=("existence",)),
    },
    "move wish": {"author": OWN, "manager once sent": READ, "owner": _may("count")},
    # Words about people.
    "round answer": {"giver until close": OWN},
    "round": {
        "author": _may(read=("combined",), export=("combined",)), "manager": _may(read=("combined",)),
        "deputy": _may(read=("combined",)),  # the names, while they wait
        "council": _may(read=("combined",)), "owner": _may(read=("status",)),
    },
    "round report": {
        "author": _may("read", "export"), "manager after the person": READ, "council if attached": READ,
    },
    "feedback": {
        "author": _may("read", "export"), "giver until read": OWN, "manager then if chosen": READ,
        "giver": READ,  # whoever is asked about their own words sees them
        "council if attached": READ,
    },
    "story": {"author": _may("read", "write", "export", "delete"), "owner": _may("read", "review")},
    "published story": {"author": READ, "other": READ},
    "recognition": {"author": _may("read", "write", "export", "delete"), "giver": _may("read", "export", "delete")},
    "published recognition": {"author": READ, "giver": READ, "other": READ},
    # Mentors.
    "mentor request": {"author": OWN, "mentor if proposed": READ, "owner": _may(read=("state",))},
    "avoid-list": {"author": OWN},
    "mentorship": {  # that it exists; a council hears nothing of it, the program keeps a pair apart by itself
        "author": _may("read", "export"), "mentor": _may("read", "export"), "manager if shared": READ, "owner": READ,
    },
    "mentor offer": {  # in the directory only where the mentor agreed to be listed
        "author": OWN, "mentee": READ, "owner": READ, "other if listed": READ,
    },
    "closing survey": {"author": OWN, "owner": _may("mean")},
    "matching round": {"owner": _may("read", "write")},
    "mentorship notes": {"author": OWN, "mentor": OWN, "owner": _may(read=("existence",))},
    # Promotion.
    "case": {
        "author": _may("export", read=("decision", "reasons")), "manager as sponsor": _may("read", "write"),
        "reviewer": _may(read=("own part",)), "council": _may("read", "vote"),
        "conflicted council": _may(read=("existence",)), "owner": _may(read=("dates",)),
    },
    "vote": {"council after close": READ},
    "audit": {
        "author": _may(read=("verdict",)), "council": READ, "conflicted council": READ, "owner": READ,
    },
    "protected attributes": {"author": _may("read", "export"), "owner": _may("import")},
    # About the program, and about what is known of people.
    "program feedback": {
        "author": _may("delete"), "owner": _may(read=("released",)), "other": _may(read=("digest",)),
    },
    "promise": {"author": _may("read", "export"), "owner": _may("read", "write"), "other": READ},  # you said, we did
    "person": {"author": OWN, "manager": READ},
    "absence": {"author": OWN, "manager": _may("write", read=("away",)), "owner": _may("write", read=("away",))},
    "deputy": {"author": OWN, "deputy": _may("read", "delete"), "report": READ, "owner": READ},  # who stands in
    "export": {"author": READ, "manager": _may(read=("status",)), "owner": _may(read=("without words",))},
    "waiting times": {"author": READ, "owner": _may(read=("spread",))},  # a manager's own are theirs as author
    "month": {  # figures of five or more people; whoever owns a part sees that part
        "owner": _may("read", "export"), "owner of a part": _may("read", "export"),
    },
    "messages": {"author": _may("export"), "owner": _may("write", read=("status",))},  # that it came; sent once more
    "who looked": {"author": _may("read", "export")},
    "change": {"author": READ, "owner": READ},
    "program settings": {"owner": _may("read", "write"), "steward": READ, "other": READ},  # the steward hears of each
}  # fmt: skip


def can(relations: Iterable[str], verb: str, thing: str, field: str = "") -> bool:
    """Whether somebody standing in these relations to a thing may do this to it, or to this part of it."""
    return allowing(relations, verb, thing, field) is not None


def allowing(relations: Iterable[str], verb: str, thing: str, field: str = "") -> str | None:
    """The first of these relations, in the order of the table, that allows it. Whoever may all may each part."""
    standing, wanted = set(relations), {verb, _part(verb, field)} if field else {verb}
    row = TABLE.get(thing, {})
    return next((one for one, allowed in row.items() if one in standing and wanted & allowed), None)


def require(relations: Iterable[str], verb: str, thing: str, field: str = "") -> str:
    """The relation that allows it; Refusal where none does."""
    return allowing(relations, verb, thing, field) or refuse()


def refuse() -> NoReturn:
    """The same sentence for what is not there and for what is not open, so that it does not tell which."""
    raise Refusal("This is not open to you, or it is no longer there. If you expected it, ask whoever sent you here.")

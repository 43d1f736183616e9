"""A file of opportunities: what is found wrong on which line, what would change, and what stays."""

from datetime import date
from uuid import UUID

import pytest

from bot.rules import opportunities_file as rules
from bot.rules.framework import Framework
from bot.rules.opportunities import Kind, Offer, Tags
from bot.rules.opportunities_file import Colleague, Diff, Known

TODAY = date(2026, 11, 16)
ANA, TOM, OWNER = UUID(int=1), UUID(int=2), UUID(int=3)
COLLEAGUES = [Colleague(ANA, "ana@x.example"), Colleague(TOM, "tom@x.example")]
TRACE = Known(UUID(int=9), ANA, Offer(Kind.WORKSHOP, "Reading a trace", "Where the time goes.", places=8), taken=3)
TWICE = [Known(UUID(int=n), TOM, Offer(Kind.COURSE, "Twice", "x")) for n in (10, 11)]
HEADER = "title,kind,learn,offered_by,hours,places,begins,until,link,tracks,competencies,levels\n"


def check(framework: Framework, text: str, *, by: UUID | None = OWNER) -> tuple[list[str], Diff]:
    findings, diff = rules.check(
        rules.read(text.encode()), [TRACE, *TWICE], COLLEAGUES, framework, by=by, today=TODAY
    )  # fmt: skip
    return [str(one) for one in findings], diff


def test_what_is_new_is_read_cell_by_cell(framework: Framework) -> None:
    line = "Lead the move,Stretch_Assignment,How to plan.,TOM@x.example,6,2,2026-12-01,2027-03-31,https://x.example/a,"
    findings, diff = check(framework, f'{HEADER}{line}"technical; Process optimization",,"T3, 2"\n')
    assert findings == []
    (one,) = diff
    assert (one.is_new, one.line, one.offered_by) == (True, 2, TOM)
    assert one.offer == Offer(
        Kind.STRETCH, "Lead the move", "How to plan.", 6, 2, date(2026, 12, 1), date(2027, 3, 31),
        "https://x.example/a", Tags(("technical", "process"), (), (3, 2)),
    )  # fmt: skip
    assert rules.summary(diff) == "1 chance: 1 new"


def test_a_blank_cell_changes_nothing_and_none_takes_something_away(framework: Framework) -> None:
    assert check(framework, "title,kind\n Reading  a trace ,\n") == ([], ())
    findings, diff = check(framework, "title,places,until\nReading a trace,none,2026-12-24\n")
    assert findings == []
    (one,) = diff
    assert [(change.what, change.before, change.after) for change in one.changes] == [
        ("places", "8", ""), ("until", "", "2026-12-24"),
    ]  # fmt: skip
    assert (one.id, one.offered_by, one.offer.learn) == (TRACE.id, ANA, "Where the time goes.")
    assert rules.summary(diff) == "1 chance: 1 changes"


WRONG = {
    "no title column": ("name,kind\nx,course\n", "line 1: The column “name” is not known."),
    "a column misspelt": ("title,kinds\nx,course\n", "line 1: The column “kinds” is not known. Did you mean kind?"),
    "no kind": ("title,learn\nNew,y\n", "line 2: The kind is missing. Kinds are course, workshop"),
    "another kind": ("title,kind,learn\nNew,party,y\n", "line 2: The kind “party” is not known."),
    "nothing learnt": ("title,kind\nNew,course\n", "line 2: learn: Say what one learns"),
    "no date": ("title,kind,learn,until\nNew,course,y,soon\n", "line 2: “soon” is no date. Write it as 2026-12-31."),
    "a date long past": ("title,kind,learn,begins\nNew,course,y,2025-01-01\n", "line 2: begins: That day is past."),
    "a stranger": ("title,kind,learn,offered_by\nNew,course,y,me@y.example\n", "line 2: Nobody here has the e-mail"),
    "a track": ("title,kind,learn,tracks\nNew,course,y,tech\n", "line 2: The track “tech” is not known. Known are"),
    "a level": ("title,kind,learn,levels\nNew,course,y,T99\n", "line 2: The level “T99” is not known."),
    "a title of two": ("title,places\ntwice,2\n", "line 2: 2 that are open have this title."),
    "fewer places than taken": ("title,places\nReading a trace,2\n", "line 2: places: 3 take part already"),
    "too many places": ("title,kind,learn,places\nNew,course,y,1e9\n", "line 2: places: Write a whole number"),
    "twice": ("title,kind,learn\nNew,course,y\nNEW ,course,z\n", "line 3: “NEW” is on line 2 already. Keep one"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_its_line_and_what_to_do(framework: Framework, name: str) -> None:
    text, said = WRONG[name]
    findings, _ = check(framework, text)
    assert any(one.startswith(said) for one in findings), findings


def test_somebody_offers_each(framework: Framework) -> None:
    text = "title,kind,learn\nNew,course,y\n"
    assert check(framework, text)[1][0].offered_by == OWNER
    assert check(framework, text, by=None)[0] == [
        "line 2: Nobody offers this. Write an e-mail of the directory into offered_by."
    ]

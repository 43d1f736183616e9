"""A people file: what is found wrong on which line, and what would change."""

import csv
import io
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules import people_cells, people_diff, people_file
from bot.rules.cadence import Cadence
from bot.rules.framework import Framework
from bot.rules.people_csv import COLUMNS, Finding
from bot.rules.people_diff import Changed, Known, State

ANA, MATS, NOOR, LEA, GONE = (UUID(int=n) for n in range(1, 6))
DIRECTORY = (
    Known(ANA, "U0ANA", State("Ana Pérez", "ana@x.example", "technical", "T2", MATS, "US")),
    Known(MATS, "U0MATS", State("Mats Berg", "mats@x.example", "management", "M3", LEA)),
    Known(NOOR, None, State("Noor Rao", "noor@x.example", "technical", "T4")),
    Known(LEA, "W0LEA", State("Lea Roux", None)),
    Known(GONE, "U0GONE", State("Gone Away", "gone@x.example", "technical", "T1"), is_active=False),
)


def checked(
    text: str | bytes, framework: Framework | None, *, allow_ending: int = 0
) -> tuple[list[Finding], list[Changed]]:
    data = text if isinstance(text, bytes) else text.encode()
    findings, diff = people_file.check(people_file.read(data), DIRECTORY, framework, allow_ending=allow_ending)
    return list(findings), list(diff)


def found(text: str | bytes, framework: Framework | None, *, allow_ending: int = 0) -> list[str]:
    return [str(finding) for finding in checked(text, framework, allow_ending=allow_ending)[0]]


def changes(text: str | bytes, framework: Framework) -> list[tuple[str, str, str, str]]:
    findings, diff = checked(text, framework)
    assert findings == []
    return [(one.called, change.what, change.before, change.after) for one in diff for change in one.changes]


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_raise(data: bytes) -> None:
    people_file.check(people_file.read(data), DIRECTORY, None)


CELLS = st.sampled_from(
    ["", "ana@x.example", "mats@x.example", "new@x.example", "U0ANA", "none", "technical", "T3", "-1", "🦄", "mon-fri"]
) | st.text(max_size=12)


@settings(max_examples=200)
@given(rows=st.lists(st.lists(CELLS, min_size=9, max_size=9), max_size=6))
def test_no_cells_raise_and_each_finding_names_a_line_of_the_file(framework: Framework, rows: list[list[str]]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([list(COLUMNS), *rows])
    data = file.getvalue().encode("utf-8", "surrogatepass")
    findings, _ = checked(data, framework)
    lines = file.getvalue().count("\n") + file.getvalue().count("\r") + 1
    assert all(1 <= finding.line <= lines for finding in findings)


# What is found wrong

WRONG = {
    "nobody named": ("email,level\n,T3", "line 2: Nobody is named: e-mail and Slack id are both blank."),
    "no e-mail": ("email,level\nana at x,T3", "line 2: “ana at x” is not an e-mail address."),
    "twice": (
        "email,slack_id,level\nana@x.example,,T3\nmats@x.example,,\n,U0ANA,T4",
        "line 4: ana@x.example is on line 2 and again on line 4. Keep one of the two.",
    ),
    "a new person twice": (
        "email,track,level\nNew@x.example,technical,T1\nnew@X.example,,",
        "line 3: new@x.example is on line 2 and again on line 3.",
    ),
    "unknown person": ("slack_id,level\nU0NOBODY,T3", "line 2: Nobody in the directory has the Slack id “U0NOBODY”."),
    "two people on one line": (
        "slack_id,email,level\nW0LEA,mats@x.example,T3",
        "line 2: “W0LEA” and “mats@x.example” are two people.",
    ),
    "another e-mail": ("slack_id,email\nU0ANA,a@x.example", "line 2: “U0ANA” has another e-mail than “a@x.example”."),
    "unknown manager": (
        "email,manager\nana@x.example,boss@x.example",
        "line 2: The manager “boss@x.example” is not known.",
    ),
    "manager of one's own": (
        "email,manager\nmats@x.example,U0MATS",
        "line 2: mats@x.example cannot be their own manager.",
    ),
    "manager who has left": (
        "email,manager\nana@x.example,gone@x.example",
        "line 2: The manager gone@x.example has left.",
    ),
    "a circle in the file": (
        "email,manager\nana@x.example,noor@x.example\nnoor@x.example,ana@x.example",
        "line 2: The managers run in a circle: ana@x.example → noor@x.example → ana@x.example.",
    ),
    "a circle with lines that exist": (
        "slack_id,manager\nW0LEA,ana@x.example",
        "line 2: The managers run in a circle: ana@x.example → mats@x.example → W0LEA → ana@x.example.",
    ),
    "unknown track": (
        "email,track,level\nana@x.example,wizardry,T2",
        "line 2: The track “wizardry” is not known. Tracks are technical, management,",
    ),
    "track 🦄": ("email,track,level\nana@x.example,🦄,T2", "line 2: The track “🦄” is not known."),
    "a level of another track": (
        "email,track,level\nana@x.example,technical,M3",
        "line 2: The level “M3” is not on the track technical. Levels are T1, T2, T3, T4, T5.",
    ),
    "level -1": ("email,level\nana@x.example,-1", "line 2: The level “-1” is not on the track technical."),
    "level 99": ("email,level\nana@x.example,99", "line 2: The level “99” is not on the track technical."),
    "level 🦄": ("email,level\nana@x.example,🦄", "line 2: The level “🦄” is not on the track technical."),
    "track without level": (
        "email,track\nnew@x.example,technical",
        "line 2: The track technical has no level. Levels are T1",
    ),
    "level without track": ("email,level\nnew@x.example,T1", "line 2: The level “T1” has no track. Fill in the track."),
    "another track, the level forgotten": (
        "email,track\nana@x.example,management",
        "line 2: The level “T2” is not on the track management.",
    ),
    "leaving with a level": ("email,track,level\nana@x.example,none,T2", "line 2: The level “T2” has no track."),
    "country": ("email,country\nana@x.example,Narnia", "line 2: The country “Narnia” is not known."),
    "country of three letters": ("email,country\nana@x.example,DEU", "line 2: The country “DEU” is not known."),
    "working days": ("email,working_days\nana@x.example,89", "line 2: The working days “89” cannot be read."),
    "cadence": ("email,cadence\nana@x.example,hourly", "line 2: The cadence “hourly” is not known."),
    "somebody who has left": ("email,level\ngone@x.example,T2", "line 2: gone@x.example has left."),
    "what garbles a terminal": (
        "email,country\nana@x.example,\x1b[31mDE\u202e",
        "line 2: The country “\ufffd[31mDE\ufffd” is not known.",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_named_by_line(framework: Framework, text: str, sentence: str) -> None:
    finding, *rest = found(text, framework)
    assert rest == []
    assert finding.startswith(sentence)


def test_everything_is_named_at_once_in_the_order_of_the_lines(framework: Framework) -> None:
    text = "email,manager,track,level,planet\nana@x.example,zed@x.example,🦄,T2,\nx,,,,\nmats@x.example,,,M9,"
    assert [line.partition(":")[0] for line in found(text, framework)] == [
        "line 1",
        "line 2",
        "line 2",
        "line 3",
        "line 4",
    ]


def test_without_a_framework_nobody_can_be_placed() -> None:
    assert found("email,track,level\nana@x.example,technical,T3", None)[0].startswith(
        "line 2: The framework has not been"
    )
    assert found("email,country\nana@x.example,DE", None) == []


def test_a_long_circle_is_told_shortly(framework: Framework) -> None:
    rows = [f"p{n}@x.example,p{(n + 1) % 50}@x.example" for n in range(50)]
    (finding,) = found("\n".join(["email,manager", *rows]), framework)
    assert finding.startswith("line 2: The managers run in a circle: p0@x.example → p1@x.example →")
    assert "p5@x.example → … → p0@x.example" in finding


# What changes

CHANGES = {
    "a level": ("email,level\nana@x.example,t3", [("ana@x.example", "level", "T2", "T3")]),
    "a track, by its name": (
        "slack_id,track,level\nU0ANA,Management,M2",
        [("ana@x.example", "track", "technical", "management"), ("ana@x.example", "level", "T2", "M2")],
    ),
    "a manager": ("email,manager\nana@x.example,W0LEA", [("ana@x.example", "manager", "mats@x.example", "W0LEA")]),
    "no manager any more": ("email,manager\nana@x.example,None", [("ana@x.example", "manager", "mats@x.example", "")]),
    "out of the program": (
        "email,track\nana@x.example,none",
        [("ana@x.example", "track", "technical", ""), ("ana@x.example", "level", "T2", "")],
    ),
    "wishes": (
        "email,country,working_days,cadence\nana@x.example,de,sun-thu,Fortnightly",
        [
            ("ana@x.example", "country", "US", "DE"),
            ("ana@x.example", "working_days", "12345", "12347"),
            ("ana@x.example", "cadence", "", "every two weeks"),
        ],
    ),
    "an e-mail that Slack did not tell": (
        "slack_id,email\nW0LEA,Lea@x.example",
        [("W0LEA", "email", "", "lea@x.example")],
    ),
    "the name of somebody who is not in Slack yet": (
        "email,name\nnoor@x.example,Noor  Rao-Iyer\u202e",
        [("noor@x.example", "name", "Noor Rao", "Noor Rao-Iyer")],
    ),
    "a manager who is new, on a later line": (
        "email,manager\nana@x.example,new@x.example\nnew@x.example,",
        [("ana@x.example", "manager", "mats@x.example", "new@x.example")],
    ),
    "as today": (
        "email,name,manager,track,level,country,working_days\nana@x.example,Ana Maria,U0MATS,technical,T2,US,mon-fri",
        [],
    ),
    "blank cells": ("email,name,manager,track,level,country,working_days,cadence\nana@x.example,,,,,,,", []),
    "somebody who has left, as today": ("email,track,level\ngone@x.example,technical,T1", []),
}


@pytest.mark.parametrize(("text", "wanted"), CHANGES.values(), ids=CHANGES.keys())
def test_what_a_file_changes(framework: Framework, text: str, wanted: list[tuple[str, ...]]) -> None:
    assert changes(text, framework) == wanted


def test_somebody_unknown_with_an_e_mail_is_new(framework: Framework) -> None:
    findings, (one,) = checked("email,name,track,level\nKiran.D@x.example,,technical,T1", framework)
    assert findings == []
    assert one.is_new
    assert (one.after.email, one.after.name, one.after.track) == ("kiran.d@x.example", "kiran.d", "technical")


def test_a_summary_counts(framework: Framework) -> None:
    _, diff = checked(
        "email,track,level,manager\nana@x.example,none,,none\nnoor@x.example,,T5,\nnew@x.example,,,", framework
    )
    wanted = "3 people change: 1 new, 1 leaving the program, 1 track or level, 1 manager"
    assert people_diff.summary(diff) == wanted
    assert people_diff.summary(()) == "Nothing changes."


def test_ending_more_than_a_twentieth_stops_and_asks(framework: Framework) -> None:
    text = "email,track\nnoor@x.example,\nana@x.example,none\nmats@x.example,none"
    wanted = "line 3: This file would end 2 of 3 members at once. If that is meant, add: --allow-ending 2"
    assert found(text, framework) == [wanted]
    assert found(text, framework, allow_ending=3) == [wanted]
    assert found(text, framework, allow_ending=2) == []
    assert found("email,track\nana@x.example,none", framework) == []


@pytest.mark.parametrize(
    ("ended", "members", "wanted"), [(1, 1, False), (2, 40, False), (2, 39, True), (5, 100, False), (6, 100, True)]
)
def test_a_twentieth(ended: int, members: int, wanted: bool) -> None:
    assert people_diff.exceeds(ended, members) is wanted


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", "12345"),
        ("12345", "12345"),
        ("5 4 3", "345"),
        ("Sun-Thu", "12347"),
        ("monday,Wednesday", "13"),
        ("mon–tue/fri", "125"),
        ("1", "1"),
        ("fri-mon", "1567"),
    ],
)
def test_working_days(text: str, days: str) -> None:
    assert people_cells.working_days(text) == days


@pytest.mark.parametrize("text", ["0", "8", "mon-", "-", "mo", "mon-xyz", "every day", "🦄", "²", "1-5-7"])
def test_no_working_days(text: str) -> None:
    with pytest.raises(people_cells.CellError):
        people_cells.working_days(text)


def test_every_cadence_has_a_word() -> None:
    assert {people_cells.cadence(word.value.upper()) for word in Cadence} == set(Cadence)

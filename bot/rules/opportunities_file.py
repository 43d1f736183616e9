"""What a file of opportunities would change: checked before anything is written.

An open opportunity is known by its title. A blank cell changes nothing; the word `none` takes something away. Nothing
is withdrawn by a file: an offer ends by itself, or whoever offers it withdraws it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from bot.rules import csv_lines, opportunity_forms
from bot.rules import opportunities as rules
from bot.rules.csv_lines import Finding, Line, Lines, Sheet, shown
from bot.rules.framework import Framework
from bot.rules.opportunities import Kind, Offer, Tags
from bot.rules.opportunity_forms import Typed
from bot.rules.people_cells import NONE, CellError
from bot.rules.people_diff import Change
from bot.rules.refusal import Refusal

COLUMNS = (
    "title", "kind", "learn", "offered_by", "hours", "places", "begins", "until", "link", "tracks", "competencies",
    "levels",
)  # fmt: skip
SHEET = Sheet(
    columns=COLUMNS,
    keys=("title",),
    no_key="There is no column title, so nothing can be told apart.",
    header="Begin with a line such as: title,kind,learn,offered_by,begins,until,places,tracks",
    aliases={"begins_on": "begins", "until_on": "until", "email": "offered_by", "level": "levels", "track": "tracks"},
)
COLUMN_OF = {"begins_on": "begins", "until_on": "until", "bands": "levels"}  # by the field of the form
MOST_TOLD = 12  # of what is known
KINDS = f"Kinds are {', '.join(Kind)}."


@dataclass(frozen=True)
class Known:
    """One that is open now. `taken`: places that are."""

    id: UUID
    offered_by: UUID
    offer: Offer
    taken: int = 0


@dataclass(frozen=True)
class Changed:
    """An opportunity that the file adds or changes. `id`: None for a new one; `line`: where in the file."""

    id: UUID | None
    line: int
    offered_by: UUID
    offer: Offer
    changes: tuple[Change, ...]

    @property
    def called(self) -> str:
        return self.offer.title

    @property
    def is_new(self) -> bool:
        return self.id is None


Diff = tuple[Changed, ...]


@dataclass(frozen=True)
class Colleague:
    """Somebody who may offer something, by their e-mail in small letters."""

    id: UUID
    email: str


def read(data: bytes) -> Lines:
    """The lines of a file of opportunities."""
    return csv_lines.read(data, SHEET)


def check(
    file: Lines,
    known: Iterable[Known],
    colleagues: Iterable[Colleague],
    framework: Framework | None,
    *,
    by: UUID | None,
    today: date,
) -> tuple[tuple[Finding, ...], Diff]:
    """Every finding, in the order of the lines, and what would change. Nothing is applied when there is a finding.

    `by`: who offers what names nobody; None where nobody stands for it.
    """
    emails = {one.email: one.id for one in colleagues}
    by_title: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        by_title[_key(one.offer.title)].append(one)
    checking = _Checking(by_title, emails, framework, by, today, file.findings)
    diff = tuple(checking.changes(file.lines))
    return tuple(sorted(checking.findings, key=lambda finding: finding.line)), diff


def summary(diff: Sequence[Changed]) -> str:
    """`3 chances: 2 new, 1 changes`."""
    if not diff:
        return "Nothing changes."
    new = sum(one.is_new for one in diff)
    said = [f"{new:,} new"] if new else []
    if changed := len(diff) - new:
        said.append(f"{changed:,} {'changes' if changed == 1 else 'change'}")
    return f"{len(diff):,} {'chance' if len(diff) == 1 else 'chances'}: {', '.join(said)}"


def _key(title: str) -> str:
    return " ".join(title.casefold().split())


@dataclass
class _Checking:
    """One look at a file: cells are read against what is known, and `findings` fills on the way."""

    known: Mapping[str, Sequence[Known]]
    emails: Mapping[str, UUID]
    framework: Framework | None
    by: UUID | None
    today: date
    found: Iterable[Finding]

    def __post_init__(self) -> None:
        self.findings = list(self.found)

    def changes(self, lines: Sequence[Line]) -> Iterator[Changed]:
        seen: dict[str, int] = {}
        for line in lines:
            key = _key(line.cell("title"))
            try:
                if key in seen:
                    raise CellError(f"{shown(line.cell('title'))} is on line {seen[key]} already.", "Keep one of them.")
                yield from self._changed(line, self._before(key))
            except CellError as error:
                self.findings.append(Finding(line.number, error.sentence, error.suggestion))
            except Refusal as refusal:
                column = COLUMN_OF.get(refusal.field or "", refusal.field)
                self.findings.append(Finding(line.number, f"{column}: {refusal.sentence}"))
            seen.setdefault(key, line.number)

    def _before(self, key: str) -> Known | None:
        found = self.known.get(key, ())
        if len(found) > 1:
            raise CellError(f"{len(found)} that are open have this title.", "Whoever offers them can change a title.")
        return found[0] if found else None

    def _changed(self, line: Line, before: Known | None) -> Iterator[Changed]:
        offered_by = self._offered_by(line, before)
        typed = self._typed(line, before.offer if before else None)
        offer = opportunity_forms.check(typed, self.framework, today=self.today)
        if before:
            rules.check_places(offer, before.taken)
        changes = tuple(_changes(before, offered_by, offer)) if before else ()
        if before is None or changes:
            yield Changed(before.id if before else None, line.number, offered_by, offer, changes)

    def _offered_by(self, line: Line, before: Known | None) -> UUID:
        email = line.cell("offered_by").lower()
        if not email:
            found = before.offered_by if before else self.by
            if found is None:
                raise CellError("Nobody offers this.", "Write an e-mail of the directory into offered_by.")
            return found
        if email not in self.emails:
            raise CellError(f"Nobody here has the e-mail {shown(email)}.", "Write an e-mail of the directory.")
        return self.emails[email]

    def _typed(self, line: Line, before: Offer | None) -> Typed:
        """The cells as the form would bring them; a blank one stays as it is."""
        tags = before.tags if before else Tags()
        kept = {
            "title": before.title if before else "", "kind": before.kind if before else "",
            "learn": before.learn if before else "", "hours": _text(before.hours if before else None),
            "places": _text(before.places if before else None), "link": before.link if before else "",
        }  # fmt: skip
        texts = {column: self._cell(line, column, value) for column, value in kept.items()}
        bands = tuple(map(str, tags.bands))
        return Typed(
            kind=_kind(texts["kind"]), title=" ".join(texts["title"].split()), learn=texts["learn"],
            hours=texts["hours"], places=texts["places"], link=texts["link"],
            begins_on=_day(line, "begins", before.begins_on if before else None),
            until_on=_day(line, "until", before.until_on if before else None),
            tracks=_several(line, "tracks", tags.tracks, self._track),
            competencies=_several(line, "competencies", tags.competencies, self._competency),
            bands=_several(line, "levels", bands, self._band),
        )  # fmt: skip

    def _cell(self, line: Line, column: str, before: str) -> str:
        text = line.cell(column) or before
        return "" if text.casefold() == NONE else text

    def _track(self, text: str) -> str:
        tracks = self.framework.tracks if self.framework else ()
        names = {name.casefold(): one.key for one in tracks for name in (one.name, one.key)}
        return _named(names, text, "track", [one.key for one in tracks])

    def _competency(self, text: str) -> str:
        found = [one for track in (self.framework.tracks if self.framework else ()) for one in track.competencies]
        names = {name.casefold(): one.key for one in found for name in (one.name, one.key)}
        return _named(names, text, "competency", [*dict.fromkeys(one.key for one in found)])

    def _band(self, text: str) -> str:
        """A level stands for everybody of its band, on every track."""
        bands = self.framework.bands if self.framework else ()
        levels = [level for track in (self.framework.tracks if self.framework else ()) for level in track.levels]
        names = {str(one.number): str(one.number) for one in bands}
        names |= {level.key.casefold(): str(level.band) for level in levels}
        return _named(names, text, "level", [*(str(one.number) for one in bands), *(level.key for level in levels)])


def _named(names: Mapping[str, str], text: str, what: str, known: Sequence[str]) -> str:
    if text.casefold() not in names:
        told = ", ".join([*known[:MOST_TOLD], *(["and so on"] if len(known) > MOST_TOLD else [])])
        raise CellError(f"The {what} {shown(text)} is not known.", f"Known are {told or 'none'}.")
    return names[text.casefold()]


def _several(line: Line, column: str, before: Sequence[str], read_one: Callable[[str], str]) -> tuple[str, ...]:
    """Several in one cell, with a semicolon, a comma or a line break between them."""
    text = line.cell(column)
    if not text:
        return tuple(before)
    if text.casefold() == NONE:
        return ()
    pieces = [piece.strip() for piece in re.split(r"[;,|\n]", text)]
    return tuple(dict.fromkeys(read_one(piece) for piece in pieces if piece))


def _day(line: Line, column: str, before: date | None) -> date | None:
    text = line.cell(column)
    if not text or text.casefold() == NONE:
        return None if text else before
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CellError(f"{shown(text)} is no date.", "Write it as 2026-12-31.") from None


def _kind(text: str) -> str:
    kind = " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
    if kind not in set(Kind):
        raise CellError(f"The kind {shown(text)} is not known." if text else "The kind is missing.", KINDS)
    return kind


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _changes(before: Known, offered_by: UUID, after: Offer) -> Iterator[Change]:
    if before.offered_by != offered_by:
        yield Change("offered by", "", "somebody else")
    for one in fields(Offer):
        old, new = getattr(before.offer, one.name), getattr(after, one.name)
        if old != new:
            yield Change(one.name.removesuffix("_on"), _told(old), _told(new))


def _told(value: object) -> str:
    if isinstance(value, Tags):
        return ", ".join(map(str, [*value.tracks, *value.competencies, *value.bands]))
    return "" if value is None else str(value)[:60]

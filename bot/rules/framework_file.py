"""Reading the framework's YAML file: every finding names its line and what to write instead.

The file is text that people edit and review, so it stays plain: no anchors, aliases or tags. That also keeps a small
file from unfolding into a huge one.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from itertools import islice

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from bot.rules import framework as values
from bot.rules import framework_wording
from bot.rules.cadence import Cadence
from bot.rules.framework import Flaw, Framework, Place, Severity

LARGEST = 1024 * 1024  # bytes
DEEPEST = 12  # the format itself needs ten
BUSIEST = 50_000  # steps of reading; the framework that we ship takes two thousand
MOST = 200  # findings of one kind: nobody reads more before mending these

EXAMPLES = {
    "version": "version: 1.0.0",
    "key": "t3-design-reviews: lower-case words and hyphens; T3 for a level.",
    "number": "number: 3, from 1 to 20.",
    "band": "band: 3, a number described under bands.",
    "name": "a name of at most 60 characters.",
    "title": "a title of at most 75 characters, because Slack cuts longer ones.",
    "competency": "the key of a competency of this track.",
    "measure": "one sentence that says what is counted.",
    "target": "target: 3, a number above 0 and at most 1000000.",
    "unit": "unit: reviews, the plural of what is counted.",
    "window_months": "window_months: 12, a whole number from 1 to 60.",
    "evidence": "a list with at least one line that says what counts.",
    "cadence": "one of weekly, every two weeks, monthly, quarterly.",
    "manages_people": "manages_people: true on a track that is about managing people, and nothing on the others.",
}

KINDS = {"string_type": "text", "int_type": "a whole number", "tuple_type": "a list", "bool_type": "true or false"}

# What is written about one track only, though all tracks share it.
OF_THE_BAND = {"bonus", "compensation", "equity", "pay", "reward", "salary", "standing"}


class _Program(BaseModel):
    model_config = ConfigDict(extra="forbid")
    cadence: Cadence = Cadence.FORTNIGHTLY


class _File(BaseModel):
    """The whole file. The dataclasses of `framework` are validated with the same strictness as this."""

    model_config = ConfigDict(extra="forbid")
    version: values.Version
    name: values.Name
    program: _Program = _Program()
    bands: tuple[values.Band, ...] = Field(min_length=1)
    tracks: tuple[values.Track, ...] = Field(min_length=1)


_PARTS = (values.Framework, values.Band, values.Track, values.Competency, values.Level, values.Milestone)
_KEYS = {"program"} | {one.name for part in _PARTS for one in fields(part)}


@dataclass(frozen=True)
class Finding:
    """What is wrong on one line (1-based) of the file, and what to write instead."""

    line: int
    where: str
    sentence: str
    suggestion: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"line {self.line}, {self.where}: {self.sentence} Try: {self.suggestion}"


class FrameworkError(ValueError):
    """The file cannot be used. `findings` holds all that was found, warnings too, in the order of their lines."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings


def read(text: str | bytes) -> Framework:
    """The framework in a file's text. Raises FrameworkError when there is at least one error; warnings pass."""
    framework, found = examine(text)
    if framework is None:
        raise FrameworkError(found)
    return framework


def findings(text: str | bytes) -> tuple[Finding, ...]:
    """All errors and warnings, in the order of their lines. Parts are compared once each of them is well-formed."""
    return examine(text)[1]


def examine(text: str | bytes) -> tuple[Framework | None, tuple[Finding, ...]]:
    """Both: the framework, None where there is an error, and all that was found."""
    page, framework = _Page(), None
    try:
        framework = _framework(_plain(_composed(_decoded(text)), (), page))
        page.note(values.flaws(framework))
    except _UnreadableError as unreadable:
        page.found.append(unreadable.finding)
    except ValidationError as error:
        page.note(_misfits(error, page))
    page.note(framework_wording.vague_measures(page.texts))
    page.note(framework_wording.exclusive_words(page.texts))
    found = tuple(sorted(page.found, key=lambda finding: finding.line))
    return None if any(finding.severity == "error" for finding in found) else framework, found


def _framework(plain: object) -> Framework:
    file = _File.model_validate(plain)
    return Framework(file.version, file.name, file.bands, file.tracks, file.program.cadence)


@dataclass
class _Page:
    """What stood on which line while the file became plain values, and what was found on it."""

    lines: dict[Place, int] = field(default_factory=dict)
    texts: dict[Place, str] = field(default_factory=dict)
    found: list[Finding] = field(default_factory=list)

    def note(self, flaws: Iterator[Flaw]) -> None:
        self.found += [self._finding(flaw) for flaw in islice(flaws, MOST)]

    def _finding(self, flaw: Flaw) -> Finding:
        place = flaw.place
        while place not in self.lines and place:  # what is missing is missing from the part around it
            place = place[:-1]
        return Finding(
            self.lines.get(place, 1), self.where(flaw.place[:-1]), flaw.sentence, flaw.suggestion, flaw.severity
        )

    def where(self, place: Place) -> str:
        return "/".join(self._name(place[:n]) for n in range(1, len(place) + 1)) or "the file"

    def _name(self, place: Place) -> str:
        """Items of a list go by their own key or number, else by their position."""
        if not isinstance(place[-1], int):
            return str(place[-1])
        name = self.texts.get((*place, "key")) or self.texts.get((*place, "number"))
        return _shown(name) if name else str(place[-1] + 1)


def _shown(raw: object) -> str:
    """A piece of the file as it may be printed: short, and without what would garble a terminal."""
    return "".join(character if character.isprintable() else "\ufffd" for character in str(raw)[:60])


class _UnreadableError(Exception):
    def __init__(self, line: int, sentence: str, suggestion: str) -> None:
        super().__init__(sentence)
        self.finding = Finding(line, "the file", sentence, suggestion)


def _decoded(text: str | bytes) -> str:
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(raw) > LARGEST:
        raise _UnreadableError(1, "The file is larger than 1 MiB.", "keep the ladder in it and link to the rest.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _UnreadableError(line, "This is not UTF-8 text.", "save the file as UTF-8.") from None


def _composed(text: str) -> Node:
    """The file as nodes that know their lines. Raises _UnreadableError for what is not plain YAML."""
    try:
        _refuse_cleverness(text)
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise _broken(error) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _UnreadableError(line, "There is a character that is not text.", "delete it.") from None
    if node is None:
        raise _UnreadableError(1, "The file is empty.", "begin with the framework.yml that comes with Ladderbot.")
    return node


def _broken(error: MarkedYAMLError) -> _UnreadableError:
    """What is never closed is mended where it was opened; anything else where it was noticed."""
    noticed, opened = (mark.line + 1 if mark else 1 for mark in (error.problem_mark, error.context_mark))
    context = error.context or ""
    unclosed = context.startswith("while parsing a flow") or "end of stream" in (error.problem or "")
    line, other = (opened, noticed) if unclosed else (noticed, opened)
    also = f" ({context}, see line {other} too)" if context and line != other else ""
    return _UnreadableError(
        line, f"This is not YAML: {error.problem}{also}.", "check indentation, colons, quotes and brackets here."
    )


def _refuse_cleverness(text: str) -> None:
    """Events come one by one, so nothing unfolds or recurses before it has been refused."""
    depth = 0
    for n, event in enumerate(YAML(typ="safe", pure=True).parse(text)):
        line = event.start_mark.line + 1
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if n > BUSIEST:
            raise _UnreadableError(
                line, "The file goes on for too long.", "keep the ladder in it and link to the rest."
            )
        if depth > DEEPEST:
            raise _UnreadableError(line, "This is nested too deeply.", "follow the shape of the framework.yml we ship.")
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise _UnreadableError(line, "Anchors (&), aliases (*) and tags (!) are not read.", "write the text out.")


def _plain(node: Node, place: Place, page: _Page) -> object:
    """A node as dict, list, text, int, Decimal, bool or None; its lines and texts are noted on the page."""
    page.lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return dict(_pairs(node, place, page))
    if isinstance(node, SequenceNode):
        return [_plain(item, (*place, n), page) for n, item in enumerate(node.value)]
    page.texts[place] = node.value
    return _scalar(node)


def _pairs(node: MappingNode, place: Place, page: _Page) -> Iterator[tuple[str, object]]:
    seen = set()
    for key_node, value_node in node.value:
        key, line = _shown(key_node.value), key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            page.found.append(
                Finding(line, page.where(place), "A key is a word, not a list or a mapping.", "write a word.")
            )
        elif key in seen:
            page.found.append(Finding(line, page.where(place), f"`{key}` is there twice.", "keep one of the two."))
        else:
            seen.add(key)
            page.lines[(*place, key)] = line
            yield key, _plain(value_node, (*place, key), page)


def _scalar(node: Node) -> object:
    """Dates and the like stay text: the format has none."""
    kind = str(node.tag).rpartition(":")[2]
    try:
        match kind:
            case "null":
                return None
            case "bool":
                return node.value.lower() == "true"
            case "int":
                return int(node.value)
            case "float":
                return Decimal(node.value)
    except (ValueError, InvalidOperation):  # 0x1F, .inf, five thousand digits: no number that anybody means
        pass
    return node.value


def _misfits(error: ValidationError, page: _Page) -> Iterator[Flaw]:
    for details in error.errors(include_url=False):
        place = details["loc"]
        # A list all of whose items were refused counts as empty; the items have findings of their own.
        if details["type"] != "too_short" or (*place, 0) not in page.lines:
            yield Flaw(place, _sentence(details), _suggestion(details))


def _sentence(details: ErrorDetails) -> str:
    name = details["loc"][-1] if details["loc"] else "the file"
    kind, limits = details["type"], details.get("ctx", {})
    if kind in ("missing", "extra_forbidden", "unexpected_keyword_argument"):
        return f"`{name}` is missing." if kind == "missing" else f"`{name}` is not a key that is read here."
    if details["input"] in (None, "", [], {}):
        return f"`{name}` is empty."
    if kind == "string_too_long":
        return f"`{name}` has {len(details['input'])} characters; {limits['max_length']} fit."
    if kind.endswith("_type") and not isinstance(name, int):
        return f"`{name}` is not {KINDS.get(kind, 'keys and values')}."
    return f"`{name}` does not fit: {_shown(details['input'])}."


def _suggestion(details: ErrorDetails) -> str:
    name = str(details["loc"][-1]) if details["loc"] else ""
    if details["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        if name.lower() in OF_THE_BAND:
            return "describe standing and reward under bands, once for all tracks."
        close = difflib.get_close_matches(name, _KEYS, n=1)
        return f"{close[0]}." if close else "remove it."
    generic = "put it in quotes." if details["type"] == "string_type" and details["input"] is not None else ""
    return EXAMPLES.get(name) or generic or "one line of plain text, or the shape that the framework.yml we ship has."

"""Setting up a program: how far it is, and the two files that an owner drops into a form."""

from dataclasses import dataclass
from datetime import date

from bot.rules import framework_file, people_csv
from bot.rules.cadence import Cadence
from bot.rules.framework import Framework
from bot.rules.framework_changes import NO_DIFFERENCES, Differences
from bot.rules.people_diff import Diff
from bot.rules.refusal import Refusal

FILE = "file"  # the field of the forms that take one
ENDING = "ending"
CHANGED = "This is not the file you looked at; it has changed since. Close this, and drop it again."
OTHERWISE = "Something has changed since you looked. Close this, and drop the file again."


@dataclass(frozen=True)
class Kind:
    """A kind of file. `most`: bytes; `instead`: what to save it as, where it is no text."""

    name: str
    called: str
    endings: tuple[str, ...]
    most: int
    instead: str


FRAMEWORK = Kind(
    "framework", "the framework file", ("yml", "yaml"), framework_file.LARGEST, "The framework is plain YAML text."
)
PEOPLE = Kind("people", "the people file", ("csv", "tsv", "txt"), people_csv.LARGEST // 2, people_csv.SAVE_AS_UTF8)
CHANCES = Kind("chances", "the file of chances", ("csv", "tsv", "txt"), 1024 * 1024, people_csv.SAVE_AS_UTF8)
EXAMPLES = {  # what to start with: what the button says, and the file that comes with Ladderbot
    "five": ("Start with five tracks", "framework.yml"),
    "two": ("Start with two tracks", "framework-small.yml"),
}
BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x89PNG")


def check_name(kind: Kind, name: str) -> None:
    """Refusal for a file that says by its name that it is another kind."""
    if name.rpartition(".")[2].lower() not in kind.endings:
        wanted = " or ".join(f".{ending}" for ending in kind.endings)
        raise Refusal(f"{name[:60]} is not {kind.called}: its name should end in {wanted}.", field=FILE)


def check_size(kind: Kind, size: int) -> None:
    if size > kind.most:
        most = kind.most // (1024 * 1024)
        raise Refusal(f"This is larger than {most} MiB, which is more than {kind.called} needs.", field=FILE)


def check_text(kind: Kind, data: bytes) -> None:
    """Refusal for what no editor would show: spreadsheets, pictures, archives."""
    if not data.strip():
        raise Refusal("This file is empty.", field=FILE)
    if data.startswith(BINARY) or b"\x00" in data:
        raise Refusal(f"This file is not UTF-8 text. {kind.instead}", field=FILE)


@dataclass(frozen=True)
class SettingUp:
    """How far the program is set up. `version` of the framework; counts of people who are here and no guests.

    `members` take part; of these `without_manager`, `without_country` and `not_met` (no account in Slack so far).
    """

    version: str | None
    directory: int
    members: int
    without_manager: int
    without_country: int = 0
    not_met: int = 0
    rhythm: Cadence | None = None
    next_round_on: date | None = None

    @property
    def is_done(self) -> bool:
        """One person at the top has no manager."""
        return self.version is not None and self.members > 0 and self.without_manager <= 1

    @property
    def not_enrolled(self) -> int:
        return self.directory - self.members


@dataclass(frozen=True)
class FrameworkLook:
    """A framework file as it was found. With an error there is no `framework`, and nothing can be applied.

    `before`: the release in force; `stranded`: members whose level the file does not have any more; `is_in_force`: this
    very file is.
    """

    findings: tuple[framework_file.Finding, ...]
    framework: Framework | None = None
    before: str | None = None
    differences: Differences = NO_DIFFERENCES
    stranded: int = 0
    is_in_force: bool = False


@dataclass(frozen=True)
class PeopleLook:
    """A people file as it was found. `ending`: members who would leave the program, where that needs a second look."""

    findings: tuple[people_csv.Finding, ...]
    diff: Diff
    ending: int = 0


@dataclass(frozen=True)
class Seen:
    """The file that somebody has looked at: Slack's id and the SHA-256 of what was in it."""

    file: str
    sha256: str


def check_same(seen: Seen, now: Seen) -> None:
    """What is applied is what was looked at."""
    if seen != now:
        raise Refusal(CHANGED)


def check_ending(ending: int, typed: int | None) -> None:
    """So many may end only when the very number is typed: a slipped column must not end the program."""
    if ending and typed != ending:
        raise Refusal(f"{ending:,} people would leave the program. If that is meant, type {ending}.", field=ENDING)

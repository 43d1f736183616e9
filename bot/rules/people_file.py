"""What a people file would change: checked against the directory and the framework before anything is written.

A blank cell changes nothing. The word `none` ends something: in `track` the person leaves the program, in `manager` the
reporting line ends, in `department` they belong to none. `name` counts only for people whom Slack has not told us
about; for others Slack's name stands.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace

from bot.rules import directory as accounts
from bot.rules import people_cells as cells
from bot.rules.framework import Framework
from bot.rules.people_cells import CellError
from bot.rules.people_csv import Finding, Line, PeopleFile, read, shown
from bot.rules.people_diff import Change, Changed, Diff, Known, State, Who, too_many_ending

__all__ = ["Finding", "PeopleFile", "check", "read"]

LONGEST_CIRCLE = 6  # people named when managers run in a circle


def check(
    file: PeopleFile, directory: Iterable[Known], framework: Framework | None, *, allow_ending: int | None = 0
) -> tuple[tuple[Finding, ...], Diff]:
    """Every finding, in the order of the lines, and what would change. Nothing may be applied when there is a finding.

    `allow_ending`: how many members, exactly, the file may end although they are more than 5 % at once; None where
    somebody only looks, and is asked later.
    """
    checking = _Checking(directory, framework, file.findings)
    diff = tuple(checking.changes(file.lines))
    if allow_ending is not None:
        checking.guard(diff, allow_ending)
    return tuple(sorted(checking.findings, key=lambda finding: finding.line)), diff


class _Checking:
    """One look at a file: cells are read against what is known, and `findings` fills on the way."""

    def __init__(self, directory: Iterable[Known], framework: Framework | None, found: Iterable[Finding]) -> None:
        self.findings = list(found)
        self._framework = framework
        self._known: dict[Who, Known] = {one.id: one for one in directory}
        self._called = {who: one.state.email or one.slack_id or one.state.name for who, one in self._known.items()}
        self._by_slack_id = {one.slack_id: who for who, one in self._known.items() if one.slack_id}
        self._by_email = {one.state.email: who for who, one in self._known.items() if one.state.email}

    def _note(self, line: Line, sentence: str, suggestion: str = "") -> None:
        self.findings.append(Finding(line.number, sentence, suggestion))

    def changes(self, lines: Sequence[Line]) -> Iterator[Changed]:
        # New people are known once every line has been looked at, so they can be anybody's managers.
        found = self._found(lines)
        states = {
            who: (before := self._before(who, line), self._after(who, line, before)) for who, line in found.items()
        }
        self._circles(found, {who: after.manager for who, (_, after) in states.items()})
        for who, (before, after) in states.items():
            changes = tuple(self._changes(before, after))
            if self._has_left(who) and any(change.after for change in changes):
                self._note(found[who], f"{self._called[who]} has left.", "Take this line out of the file.")
            if changes or who not in self._known:
                yield Changed(who, self._called[who], found[who].number, before, after, changes)

    def guard(self, diff: Diff, allowed: int) -> None:
        """A file in which a whole column slipped must not end the program for everybody."""
        ending = too_many_ending(diff, self._known.values())
        if ending and allowed != ending:
            members = sum(one.is_member for one in self._known.values())
            first = next(one.line for one in diff if one.is_ending and self._known[one.who].is_member)
            sentence = f"This file would end {ending:,} of {members:,} members at once."
            self.findings.append(Finding(first, sentence, f"If that is meant, add: --allow-ending {ending}"))

    def _found(self, lines: Sequence[Line]) -> dict[Who, Line]:
        found: dict[Who, Line] = {}
        for line in lines:
            try:
                who = self._who(line)
            except CellError as error:
                self._note(line, error.sentence, error.suggestion)
                continue
            if who in found:
                sentence = f"{self._called[who]} is on line {found[who].number} and again on line {line.number}."
                self._note(line, sentence, "Keep one of the two.")
            found.setdefault(who, line)
        return found

    def _who(self, line: Line) -> Who:
        slack_id, email = line.cell("slack_id"), accounts.email(line.cell("email"))
        if email is None and line.cell("email"):
            raise CellError(f"{shown(line.cell('email'))} is not an e-mail address.")
        if slack_id:
            return self._by_both(slack_id, email)
        if email is None:
            raise CellError("Nobody is named: e-mail and Slack id are both blank.", "Fill in one of them.")
        self._called.setdefault(self._by_email.setdefault(email, email), email)
        return self._by_email[email]

    def _by_both(self, slack_id: str, email: str | None) -> Who:
        who = self._by_slack_id.get(slack_id)
        if who is None:
            hint = "Slack's list comes once a day; use the e-mail until then."
            raise CellError(f"Nobody in the directory has the Slack id {shown(slack_id)}.", hint)
        if email and email != (self._known[who].state.email or email):
            raise CellError(f"{shown(slack_id)} has another e-mail than {shown(email)}.", "Leave one of them blank.")
        if email and self._by_email.setdefault(email, who) != who:
            raise CellError(f"{shown(slack_id)} and {shown(email)} are two people.", "Leave one of them blank.")
        return who

    def _has_left(self, who: Who) -> bool:
        return who in self._known and not self._known[who].is_active

    def _before(self, who: Who, line: Line) -> State:
        if who in self._known:
            return self._known[who].state
        email = str(who)
        return State(name=accounts.clean_name(line.cell("name") or email.partition("@")[0]), email=email)

    def _after(self, who: Who, line: Line, before: State) -> State:
        track, level = self._placement(line, before)
        is_slacks = who in self._known and self._known[who].slack_id is not None
        return replace(
            before,
            name=before.name if is_slacks or not line.cell("name") else accounts.clean_name(line.cell("name")),
            email=before.email or accounts.email(line.cell("email")),
            track=track,
            level=level,
            manager=self._manager(who, line, before),
            country=self._read(line, "country", cells.country) or before.country,
            department=self._department(line, before),
            working_days=self._read(line, "working_days", cells.working_days) or before.working_days,
            cadence=self._read(line, "cadence", cells.cadence) or before.cadence,
        )

    def _read(self, line: Line, column: str, reader: Callable[[str], str]) -> str:
        """The value of a cell; "" for a blank one and for one that is found wrong."""
        try:
            return reader(line.cells[column]) if column in line.cells else ""
        except CellError as error:
            self._note(line, error.sentence, error.suggestion)
            return ""

    def _placement(self, line: Line, before: State) -> cells.Placement:
        today = before.track, before.level
        try:
            return cells.placement(self._framework, line.cell("track"), line.cell("level"), today)
        except CellError as error:
            self._note(line, error.sentence, error.suggestion)
            return today

    def _manager(self, who: Who, line: Line, before: State) -> Who | None:
        text = line.cell("manager")
        if not text or text.casefold() == cells.NONE:
            return None if text else before.manager
        manager = self._by_email.get(text.lower()) or self._by_slack_id.get(text)
        if manager is None:
            self._note(line, f"The manager {shown(text)} is not known.", "Give an e-mail or Slack id of the directory.")
        elif manager == who:
            self._note(line, f"{self._called[who]} cannot be their own manager.", "Name somebody else, or write none.")
        elif manager != before.manager and self._has_left(manager):
            self._note(line, f"The manager {self._called[manager]} has left.", "Name somebody else.")
        return manager if manager != who else None

    def _department(self, line: Line, before: State) -> str | None:
        if line.cell("department").casefold() == cells.NONE:
            return None
        return self._read(line, "department", cells.department) or before.department

    def _changes(self, before: State, after: State) -> Iterator[Change]:
        for one in fields(State):
            old, new = getattr(before, one.name), getattr(after, one.name)
            if old != new:
                yield Change(one.name, self._told(old), self._told(new))

    def _told(self, value: Who | None) -> str:
        return "" if value is None else self._called.get(value, str(value))

    def _circles(self, found: dict[Who, Line], managers: dict[Who, Who | None]) -> None:
        """Managers that lead back to where they began: each circle once, on the first line that has a part in it."""
        for circle in circles({who: one.state.manager for who, one in self._known.items()} | managers):
            lines = [found[who] for who in circle if who in found and found[who].cell("manager")]
            if lines:
                names = [self._called[who] for who in circle[:LONGEST_CIRCLE]]
                rest = ["…"] if len(circle) > LONGEST_CIRCLE else []
                path = " → ".join([*names, *rest, names[0]])
                line = min(lines, key=lambda line: line.number)
                self._note(line, f"The managers run in a circle: {path}.", "Change the manager of one of them.")


def circles(above: dict[Who, Who | None]) -> Iterator[list[Who]]:
    """Each circle in who-is-above-whom once, in linear time."""
    done: set[Who] = set()
    for start in above:
        path: dict[Who, int] = {}
        here: Who | None = start
        while here is not None and here not in done and here not in path:
            path[here] = len(path)
            here = above.get(here)
        if here is not None and here in path:
            yield list(path)[path[here] :]
        done.update(path)

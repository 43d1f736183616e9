"""The two files of setting up: dropped into a form, what was found in them, what they would change, and *Apply*."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.rules import framework_changes
from bot.rules.framework import Framework
from bot.rules.people_diff import Changed, summary
from bot.rules.setting_up import CHANCES, ENDING, FILE, FRAMEWORK, PEOPLE, FrameworkLook, Kind, PeopleLook, Seen
from bot.views import forms, inputs, parts, surface
from bot.views.words import escape, plural

DROPPED = {FRAMEWORK: "setting_up.framework.v1", PEOPLE: "setting_up.people.v1", CHANCES: "chances.file.v1"}
APPLY = {
    FRAMEWORK: "setting_up.apply_framework.v1", PEOPLE: "setting_up.apply_people.v1", CHANCES: "chances.apply.v1",
}  # fmt: skip
SAID = "setting_up.said.v1"
TITLES = {FRAMEWORK: "The framework", PEOPLE: "The people file", CHANCES: "A file of chances"}
ABOUT = {
    FRAMEWORK: "One YAML file describes tracks, levels and milestones. First you see what is in it; nothing changes.",
    PEOPLE: (
        "A CSV file, such as a spreadsheet saves it, that begins with a line like this:\n"
        "`email,manager,track,level`\n"
        "A blank cell changes nothing, and `none` ends something. Other columns: `name`, `country`, "
        "`department`, `working_days`, `cadence`. First you see what it would change; nothing changes."
    ),
    CHANCES: (
        "A CSV file, such as a spreadsheet saves it, that begins with a line like this:\n"
        "`title,kind,learn,offered_by,begins,until,places,tracks`\n"
        "Kinds are course, workshop, information session, project, stretch assignment and rotation. Other columns: "
        "`hours`, `link`, `competencies`, `levels`. What names nobody in `offered_by` is yours. First you see what it "
        "would change; nothing changes."
    ),
}
MOST_LINES = 30
NUMBER = 12  # digits of a number that somebody types


def drop(kind: Kind, framework: Framework | None = None) -> dict[str, Any]:
    """The form that takes a file. `framework`: the one in force, which a people file is held against."""
    told = [parts.section(ABOUT[kind], id="about")]
    if kind is PEOPLE and framework is not None:
        told.append(parts.context(_tracks(framework), id="tracks"))
    return form(kind, told)


def form(kind: Kind, blocks: Sequence[dict[str, Any]]) -> dict[str, Any]:
    drawn = parts.modal(TITLES[kind], [*blocks, _input(kind)], id=DROPPED[kind], submit="Look at it")
    return dict(surface.guard(drawn, "modal"))


def _input(kind: Kind) -> dict[str, Any]:
    most = kind.most // (1024 * 1024)
    return inputs.file_input("Drop the file here", id=FILE, endings=kind.endings, hint=f"At most {most} MiB.")


def _tracks(framework: Framework) -> str:
    levels = (f"`{one.key}` ({one.levels[0].key} to {one.levels[-1].key})" for one in framework.tracks)
    return f"Tracks of {escape(framework.name)} {framework.version}: {', '.join(levels)}"


def read_file(view: Mapping[str, Any]) -> str:
    """Slack's id of the file; "" where there is none."""
    files = forms.answers(view).get(FILE)
    return files[0] if isinstance(files, list) and files else ""


def framework(look: FrameworkLook, seen: Seen) -> dict[str, Any]:
    """What is wrong with a framework file, or what it would change."""
    if look.framework is None:
        return wrong(FRAMEWORK, [str(finding) for finding in look.findings])
    said = f"*{escape(look.framework.name)} {look.framework.version}*"
    if look.is_in_force:
        return page(FRAMEWORK, f"{said} is this very file, and it is in force already. There is nothing to do.")
    blocks = [parts.section(f"{said}\n{_shape(look.framework)}", id="about"), *_changes(look)]
    if look.findings:
        hints = "\n".join(escape(str(finding)) for finding in look.findings[:MOST_LINES])
        blocks.append(parts.section(f"*Good to look at again; nothing that stops you*\n{hints}", id="hints"))
    return apply(FRAMEWORK, blocks, seen)


def _shape(found: Framework) -> str:
    levels = sum(len(track.levels) for track in found.tracks)
    tracks = plural(len(found.tracks), "track", "tracks")
    return f"{tracks}, {plural(levels, 'level', 'levels')}, {plural(len(found.bands), 'band', 'bands')}"


def _changes(look: FrameworkLook) -> list[dict[str, Any]]:
    if look.before is None or look.framework is None:
        return [
            parts.section("It is the first one here. Nobody is written to before you say who takes part.", id="new")
        ]
    found, version = look.differences, look.framework.version
    lines = [f"• {escape(line)} _({size})_" for size, line in found.lines] or ["• Words and notes only _(patch)_"]
    said = f"*What changes from {look.before}: a {found.size} release*"
    notes = []
    if not framework_changes.is_large_enough(look.before, version, found.size):
        wanted = framework_changes.next_version(look.before, found.size)
        notes.append(f"As a {found.size} release this would be {wanted}; the file says {version}.")
    if look.stranded:
        people = plural(look.stranded, "person holds a level", "people hold levels")
        notes.append(f"{people} that this file does not have. Give them another one with the people file.")
    told = [parts.section("\n".join(notes), id="notes")] if notes else []
    return [parts.section(said, id="changes"), *listed(lines), *told]


def people(look: PeopleLook, seen: Seen) -> dict[str, Any]:
    """What is wrong with a people file, or what it would change."""
    if look.findings:
        return wrong(PEOPLE, [str(finding) for finding in look.findings])
    if not look.diff:
        return page(PEOPLE, "Nothing changes: all of this is on record already.")
    blocks = [parts.section(f"*{summary(look.diff)}*", id="summary"), *listed([_person(one) for one in look.diff])]
    if look.ending:
        said = f"{look.ending:,} people would leave the program. If that is meant, type {look.ending}."
        blocks.append(inputs.text_input(said, id=ENDING, at_most=NUMBER))
    return apply(PEOPLE, blocks, seen)


def _person(one: Changed) -> str:
    changes = [f"{change.what.replace('_', ' ')} {step(change.before, change.after)}" for change in one.changes]
    new = " (new)" if one.is_new else ""
    return f"line {one.line}: *{escape(one.called)}*{new} {', '.join(changes)}".rstrip()


def step(before: str, after: str) -> str:
    return f"{escape(before)} → {escape(after) or 'none'}" if before else escape(after)


def listed(lines: Sequence[str]) -> list[dict[str, Any]]:
    """Lines, some of them in a block, and how many more there are."""
    blocks = [parts.section("\n".join(lines[n : n + 5]), id=f"lines-{n}") for n in range(0, len(lines[:MOST_LINES]), 5)]
    more = len(lines) - MOST_LINES
    return [*blocks, parts.context(f"… and {more:,} more.", id="more")] if more > 0 else blocks


def wrong(kind: Kind, findings: Sequence[str]) -> dict[str, Any]:
    """What to mend, and the form again for the mended file."""
    things = plural(len(findings), "thing", "things")
    said = f"*{things} to mend first.* Nothing was changed. Mend the file, then drop it again here."
    return form(kind, [parts.section(said, id="wrong"), *listed([f"• {escape(one)}" for one in findings])])


def apply(kind: Kind, blocks: Sequence[dict[str, Any]], seen: Seen) -> dict[str, Any]:
    drawn = parts.modal(
        TITLES[kind], blocks, id=APPLY[kind], submit="Apply", close="Not now", about=f"{seen.file} {seen.sha256}"
    )
    return dict(surface.guard(drawn, "modal"))


def read_seen(view: Mapping[str, Any]) -> Seen:
    """The file that was looked at when the form was drawn."""
    file, _, sha256 = forms.about(view).partition(" ")
    return Seen(file, sha256)


def read_ending(view: Mapping[str, Any]) -> int | None:
    """The number that was typed."""
    typed = str(forms.answers(view).get(ENDING) or "").strip().replace(",", "")
    return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) <= NUMBER else None


def meanwhile(kind: Kind) -> dict[str, Any]:
    """What stands there while a large file takes its time."""
    said = "*This takes a moment.* What comes of it shows up here; Home shows it, too, if you close this."
    return page(kind, said)


def framework_applied(found: Framework) -> dict[str, Any]:
    said = f"*{escape(found.name)} {found.version} is in force.* {_shape(found)}."
    return page(FRAMEWORK, said)


def people_applied(what: str) -> dict[str, Any]:
    return page(PEOPLE, f"*Done.* {escape(what)}")


def page(kind: Kind, said: str) -> dict[str, Any]:
    return parts.modal(TITLES[kind], [parts.section(said, id="said")], id=SAID)

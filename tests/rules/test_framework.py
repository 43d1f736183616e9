"""The ladder's file: what it gives, and what each mistake in it says on which line."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import framework_file
from bot.rules.cadence import Cadence
from bot.rules.framework import Framework
from bot.rules.framework_file import Finding, FrameworkError

OURS = Path(__file__).parents[2] / "framework.yml"

SMALL = """\
version: 1.2.0
name: Two ways up
program:
  cadence: monthly
bands:
  - number: 1
    name: Practice
    standing: The same pay range on every track.
  - number: 2
    name: Guidance
    standing: The same pay range and equity on every track.
tracks:
  - key: technical
    name: Technical
    purpose: Understand hard things.
    competencies:
      - {key: depth, name: Depth, about: Knows a field.}
    levels:
      - key: T1
        name: Engineer
        band: 1
        impact: Ships features.
        autonomy: Plans weeks ahead.
        influence: Reviews code.
        expectations:
          depth: Knows one area.
      - key: T2
        name: Senior Engineer
        band: 2
        impact: Makes an area dependable.
        autonomy: Turns questions into plans.
        influence: Two teams decide better.
        expectations:
          depth: Is asked for advice.
        milestones:
          - key: t2-design-reviews
            title: Review designs of colleagues
            competency: depth
            measure: Design reviews answered by the author.
            target: 2.5
            unit: reviews
            window_months: 12
            evidence: [Link to the review]
  - key: management
    name: Management
    purpose: Make a place where people grow.
    cadence: weekly
    competencies:
      - {key: recognition, name: Recognition, about: Names good work.}
    levels:
      - key: M1
        name: Team Lead
        band: 1
        impact: The team knows what matters.
        autonomy: Runs the rhythm of the team.
        influence: People speak up.
        expectations:
          recognition: Thanks people precisely.
      - key: M2
        name: Manager
        band: 2
        impact: The team keeps promises.
        autonomy: Decides about goals.
        influence: Neighbours rely on the team.
        expectations:
          recognition: Brings quiet work to attention.
        milestones:
          - key: m2-recognitions
            title: Recognize colleagues on other tracks
            competency: recognition
            measure: Recognitions that say what was done.
            target: 4
            unit: recognitions
            window_months: 6
            evidence: [Link to the recognition]
"""


def test_our_own_framework_has_no_finding() -> None:
    assert framework_file.findings(OURS.read_bytes()) == ()


def test_our_own_framework_keeps_what_the_program_promises() -> None:
    ladder = ours()
    assert [track.key for track in ladder.tracks] == ["technical", "management", "leadership", "process", "customer"]
    tops = {max(level.band for level in track.levels) for track in ladder.tracks}
    assert tops == {len(ladder.bands)}, "every track reaches the same band"
    for track in ladder.tracks:
        assert len(track.levels) >= 4
        for level in track.levels[1:]:
            assert 2 <= len(level.milestones) <= 4
            assert all(milestone.key.startswith(level.key.lower()) for milestone in level.milestones)


def test_looking_things_up() -> None:
    ladder = small()
    assert (ladder.version, ladder.name, ladder.cadence) == ("1.2.0", "Two ways up", Cadence.MONTHLY)
    technical, management = ladder.tracks
    assert (technical.cadence, management.cadence) == (None, Cadence.WEEKLY)
    assert ladder.track("management") is management
    assert ladder.level("technical", "T2") is technical.levels[1]
    assert ladder.next_level("technical", "T1") is technical.levels[1]
    milestone = technical.levels[1].milestones[0]
    assert ladder.milestone("t2-design-reviews") is milestone
    assert ladder.level_of("t2-design-reviews") is technical.levels[1]
    assert ladder.track_of("t2-design-reviews") is technical
    assert str(milestone.target) == "2.5"
    assert ladder.bands[1] == ladder.band(2)


def test_what_is_not_there_is_none() -> None:
    ladder = small()
    assert ladder.next_level("technical", "T2") is None
    assert ladder.next_level("technical", "M1") is None
    assert ladder.next_level("nowhere", "T1") is None
    assert ladder.level("management", "T1") is None
    assert ladder.track("nowhere") is None
    assert ladder.band(9) is None
    assert ladder.milestone("x") is None
    assert ladder.level_of("x") is None
    assert ladder.track_of("x") is None


def test_the_next_level_skips_bands_that_a_track_does_not_have() -> None:
    ladder = ours()
    above = ladder.next_level("management", "M2")
    assert above is not None
    assert above.key == "M3"


# What is replaced in SMALL (its first occurrence), by what, and the finding that this makes: the line is the one on
# which «marker» stands afterwards.
MISTAKES = {
    "version of two numbers": ("version: 1.2.0", "version: 1.2", "version: 1.2", "`version` is not text."),
    "version in words": ("1.2.0", "v1.2.0", "v1.2.0", "`version` does not fit: v1.2.0."),
    "unknown cadence": ("monthly", "daily", "daily", "`cadence` does not fit: daily."),
    "unknown key": ("purpose:", "porpoise:", "porpoise", "`porpoise` is not a key that is read here."),
    "missing key": ("        band: 2\n", "", "key: T2", "`band` is missing."),
    "reward on a level": (
        "band: 2",
        "band: 2\n        salary: 9",
        "salary",
        "`salary` is not a key that is read here.",
    ),
    "text for a number": ("band: 2", "band: two", "band: two", "`band` is not a whole number."),
    "number for text": ("name: Senior Engineer", "name: 7", "name: 7", "`name` is not text."),
    "nothing for text": ("name: Senior Engineer", "name:", "name:\n        band: 2", "`name` is empty."),
    "text for yes or no": (
        "    cadence: weekly",
        "    manages_people: often",
        "manages_people",
        "`manages_people` is not true or false.",
    ),
    "text for a list": ("[Link to the review]", "Link", "evidence: Link", "`evidence` is not a list."),
    "list of nothing": ("[Link to the review]", "[]", "evidence: []", "`evidence` is empty."),
    "level not a mapping": ("      - key: T1\n", "      - nonsense\n      - key: T1\n", "nonsense", "does not fit"),
    "level key elsewhere": ("key: M2", "key: T3", "key: T3", "is on the track Management, whose levels begin with M."),
    "level key in lower case": ("key: T2", "key: t2", "key: t2", "`key` does not fit: t2."),
    "level twice": ("key: T2", "key: T1", "key: T1\n        name: Senior", "The level T1 is there twice."),
    "track twice": (
        "key: management",
        "key: technical",
        "technical\n    name: Man",
        "The track technical is there twice.",
    ),
    "band twice": ("number: 2", "number: 1", "number: 1\n    name: Guid", "The band 1 is there twice."),
    "competency twice": (
        "      - {key: depth,",
        "      - {key: depth, name: A, about: B.}\n      - {key: depth,",
        "{key: depth, name: Depth",
        "The competency depth is there twice.",
    ),
    "milestone twice": ("key: m2-recog", "key: t2-design-reviews #", "reviews #", "t2-design-reviews is there twice."),
    "letter twice": ("key: M1\n", "key: T8\n", "key: M2", "whose levels begin with T."),
    "mapping key twice": ("name: Technical", "key: x\n    name: Technical", "key: x", "`key` is there twice."),
    "unknown band": ("band: 2", "band: 7", "band: 7", "The band 7 of level T2 is not described under bands."),
    "bands that fall": (
        "        band: 1\n        impact: The",
        "        band: 2\n        impact: The",
        "band: 2\n        impact: The team keeps",
        "The level M2 has band 2, but M1 before it has 2.",
    ),
    "band without counterpart": (
        "tracks:",
        "  - {number: 3, name: More, standing: Same.}\ntracks:",
        "number: 3",
        "Band 3 has a level on no track, so there is nothing it is equal to.",
    ),
    "band on one track": ("band: 1", "band: 2", "number: 1", "only on the track Management"),
    "expectation missing": (
        "          depth: Is asked",
        "          {} #",
        "expectations:\n          {}",
        "The level T2 says nothing about depth.",
    ),
    "expectation unknown": (
        "depth: Is",
        "height: Is",
        "height: Is",
        "height is not a competency of the track Technical.",
    ),
    "competency of another track": (
        "competency: depth",
        "competency: recognition",
        "competency: recog",
        "does not have.",
    ),
    "no measure": ("            measure: Design", "            # Design", "key: t2-d", "`measure` is missing."),
    "no target": ("            target: 2.5\n", "", "key: t2-d", "`target` is missing."),
    "no window": ("            window_months: 12\n", "", "key: t2-d", "`window_months` is missing."),
    "target of nothing": ("target: 2.5", "target: 0", "target: 0", "`target` does not fit: 0."),
    "target below nothing": ("target: 2.5", "target: -3", "target: -3", "`target` does not fit: -3."),
    "endless target": ("target: 2.5", "target: .inf", ".inf", "`target` does not fit: .inf."),
    "target of truth": ("target: 2.5", "target: true", "target: true", "`target` does not fit: True."),
    "target of 5,000 digits": ("target: 2.5", "target: " + "9" * 5000, "target: 9", "`target` does not fit: 9999"),
    "window of nothing": ("window_months: 12", "window_months: 0", "months: 0", "`window_months` does not fit: 0."),
    "window too long": ("window_months: 12", "window_months: 61", "months: 61", "`window_months` does not fit: 61."),
    "half a month": (
        "window_months: 12",
        "window_months: 1.5",
        "months: 1.5",
        "`window_months` is not a whole number.",
    ),
    "long title": ("Review designs of colleagues", "x" * 76, "x" * 76, "`title` has 76 characters; 75 fit."),
    "title over two lines": ("title: Review", 'title: "a\\nb" #', '"a\\nb"', "`title` does not fit: a\ufffdb."),
    "turned reading direction": ("name: Technical", 'name: "a\\u202eb"', "u202e", "`name` does not fit: a\ufffdb."),
    "half a character": ("name: Technical", 'name: "a\\ud800"', "ud800", "`name` does not fit: a\ufffd."),
    "a key that is a list": ("program:", "? [a]\n: 1\nprogram:", "? [a]", "A key is a word, not a list or a mapping."),
    "anchor": ("name: Technical", "name: &a Technical", "&a", "Anchors (&), aliases (*) and tags (!) are not read."),
    "tag": ("name: Technical", "name: !!python/name:os.system x", "!!python", "Anchors (&), aliases (*) and tags (!)"),
    "unclosed bracket": ("[Link to the review]", "[Link\n  - x", "evidence: [Link", "This is not YAML: "),
    "two documents": ("bands:", "---\nbands:", "---", "This is not YAML: "),
    "NUL": ("Ships features.", "Ships\0features.", "\0", "There is a character that is not text."),
}


@pytest.mark.parametrize(("old", "new", "marker", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_each_mistake_is_named_on_its_line(old: str, new: str, marker: str, sentence: str) -> None:
    text = SMALL.replace(old, new, 1)
    assert text != SMALL
    found = framework_file.findings(text)
    said = [finding for finding in found if sentence in finding.sentence]
    assert said, [str(finding) for finding in found]
    assert said[0].line == text[: text.index(marker)].count("\n") + 1
    assert said[0].severity == "error"
    assert said[0].suggestion
    with pytest.raises(FrameworkError) as refused:
        framework_file.read(text)
    assert refused.value.findings == found


WARNINGS = {
    "vague": (
        "Design reviews answered by the author.",
        "Shows more ownership.",
        "measure: Shows",
        "“more ownership” can mean anything, and the measure does not say which reviews count.",
    ),
    "exclusive": ("Ships features.", "He ships like a rockstar.", "impact: He", "“rockstar” leaves people out."),
    "hierarchical": ("Ships features.", "Not just an IC.", "just an IC", "“just an ic” leaves people out."),
    "in a list": ("[Link to the review]", "[Her review]", "[Her", "“her” leaves people out."),
    "both": ("Ships features.", "As he/she likes.", "he/she", "“he/she” leaves people out."),
    "no milestones": (
        SMALL[SMALL.index("        milestones:") : SMALL.index("  - key: management")],
        "",
        "key: T2",
        "The level T2 has no milestones, so nothing shows readiness for it.",
    ),
}


@pytest.mark.parametrize(("old", "new", "marker", "sentence"), WARNINGS.values(), ids=WARNINGS)
def test_a_warning_does_not_stop_the_file(old: str, new: str, marker: str, sentence: str) -> None:
    text = SMALL.replace(old, new, 1)
    found = framework_file.findings(text)
    (said,) = (finding for finding in found if finding.sentence == sentence)
    assert said.line == text[: text.index(marker)].count("\n") + 1
    assert {finding.severity for finding in found} == {"warning"}
    framework_file.read(text)


def test_a_vague_word_beside_a_count_is_fine() -> None:
    text = SMALL.replace("Design reviews answered", "Strong design reviews answered")
    assert framework_file.findings(text) == ()


def test_words_that_only_contain_others_are_fine() -> None:
    assert (
        framework_file.findings(SMALL.replace("Ships features.", "The theory of the chemist, shepherded here.")) == ()
    )


def test_a_finding_reads_as_one_line() -> None:
    text = SMALL.replace("target: 2.5", "target: 0")
    (found,) = framework_file.findings(text)
    assert str(found) == (
        "line 40, tracks/technical/levels/T2/milestones/t2-design-reviews: `target` does not fit: 0. "
        "Try: target: 3, a number above 0 and at most 1000000."
    )
    assert (
        str(Finding(12, "tracks/technical/levels/T3", "No.", "yes."))
        == "line 12, tracks/technical/levels/T3: No. Try: yes."
    )


@pytest.mark.parametrize(
    ("mistake", "suggestion"),
    [
        (("porpoise", "purpose: U"), "purpose."),
        (("salary", "band: 2"), "describe standing and reward under bands, once for all tracks."),
        (("xyzzy", "band: 2"), "remove it."),
    ],
)
def test_an_unknown_key_is_answered_with_the_one_that_was_meant(mistake: tuple[str, str], suggestion: str) -> None:
    key, before = mistake
    indent = re.search(rf"\n( +){re.escape(before)}", SMALL)
    assert indent is not None
    text = SMALL.replace(f"{indent[1]}{before}", f"{indent[1]}{key}: x\n{indent[1]}{before}", 1)
    (found,) = framework_file.findings(text)
    assert found.suggestion == suggestion


def test_several_mistakes_come_at_once_in_the_order_of_their_lines() -> None:
    text = SMALL.replace("target: 2.5", "target: 0").replace("window_months: 6", "window_months: 99")
    text = text.replace("1.2.0", "one").replace("Ships features.", "He ships.")
    found = framework_file.findings(text)
    lines = text.splitlines()
    assert [lines[finding.line - 1].strip() for finding in found] == [
        "version: one",
        "impact: He ships.",
        "target: 0",
        "window_months: 99",
    ]


UNREADABLE = {
    "empty": (b"", 1, "The file is empty."),
    "only comments": (b"# soon\n# very soon\n", 1, "The file is empty."),
    "a list": (b"- version: 1.0.0\n", 1, "`the file` is not keys and values."),
    "a word": (b"hello", 1, "`the file` is not keys and values."),
    "Latin-1": ("version: 1.0.0\nname: Größer".encode("latin-1"), 2, "This is not UTF-8 text."),
    "UTF-16": (SMALL.encode("utf-16"), 1, "This is not UTF-8 text."),
    "a program": (b"\x7fELF\x00\x01", 1, "There is a character that is not text."),
    "too large": (b"a" * (1024 * 1024 + 1), 1, "The file is larger than 1 MiB."),
    "too large in bytes": ("ä".encode() * (600 * 1024), 1, "The file is larger than 1 MiB."),
    "too deep": (b"[" * 100_000, 1, "This is nested too deeply."),
    "too deep in blocks": (b"- " * 100_000, 1, "This is nested too deeply."),
    "bomb": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 1, "Anchors (&), aliases (*) and tags (!) are not read."),
    "too long": (b"[" + b"a," * 60_000 + b"]", 1, "The file goes on for too long."),
    "half a quote": (b'version: 1.0.0\nname: "x\n', 2, "This is not YAML: found unexpected end of stream"),
    "a tab": (b"version: 1.0.0\nbands:\n\t- number: 1\n", 3, "This is not YAML: found character '\\t'"),
}


@pytest.mark.parametrize(("raw", "line", "sentence"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_says_why(raw: bytes, line: int, sentence: str) -> None:
    (found,) = framework_file.findings(raw)
    assert found.sentence.startswith(sentence)
    assert (found.line, found.where) == (line, "the file")


def test_a_text_with_half_a_character_is_refused() -> None:
    (found,) = framework_file.findings("version: 1.0.0\nname: \ud800")
    assert found.line == 2


@pytest.mark.parametrize(
    "same", [SMALL.encode("utf-8-sig"), SMALL.replace("\n", "\r\n"), "\ufeff" + SMALL, "---\n" + SMALL]
)
def test_how_editors_save_a_file_does_not_matter(same: str | bytes) -> None:
    assert framework_file.read(same) == small()


def test_nobody_has_to_read_thousands_of_findings() -> None:
    assert len(framework_file.findings("".join(f"k{n}: 1\n" for n in range(3000)))) <= framework_file.MOST


@given(st.integers(0, len(SMALL)), st.integers(0, 60), st.text(max_size=12))
def test_any_edit_ends_in_findings_or_a_framework(start: int, length: int, typed: str) -> None:
    text = SMALL[:start] + typed + SMALL[start + length :]
    found = framework_file.findings(text)
    assert all(1 <= finding.line <= len(re.split(r"\r\n|[\n\r\x85\u2028\u2029]", text)) for finding in found)
    if not any(finding.severity == "error" for finding in found):
        assert isinstance(framework_file.read(text), Framework)


@cache
def ours() -> Framework:
    return framework_file.read(OURS.read_text(encoding="utf-8"))


@cache
def small() -> Framework:
    return framework_file.read(SMALL)

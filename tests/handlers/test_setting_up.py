"""A fresh workspace becomes a program from Home alone: two files, dropped, looked at and applied."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.clock import StandingClock
from bot.database import Database
from bot.handlers import later
from bot.rules.setting_up import PEOPLE
from sandbox.faults import Fault
from story import company
from story import stage as stages
from story.stage import ROOT, Actor, Stage
from tests.handlers import acts, hostile

TEXT = (ROOT / "framework.yml").read_text()
SMALL = (ROOT / "framework-small.yml").read_bytes()
LADDER = ("framework.yml", TEXT.encode())
CROWD = ("people.csv", company.people_file())
MOMENT = "This takes a moment."
NEWER = TEXT.replace("version: 1.0.0", "version: 1.1.0", 1)


@pytest.fixture
async def fresh(db: Database, clock: StandingClock) -> AsyncIterator[Stage]:
    """A workspace in which the bot was just installed, on each engine; Inês administers it."""
    async with stages.opened(db, clock) as stage:
        await stage.bot.tick()
        yield stage


async def begins(stage: Stage) -> Actor:
    ines = stage.person("ines")
    await ines.opens_home()
    await ines.presses("Become the owner", surface="home")
    return ines


async def drops(stage: Stage, button: str, file: tuple[str, bytes]) -> None:
    await stage.person("ines").presses(button, surface="home")
    await submits(stage, file=file)


async def submits(stage: Stage, **given: Any) -> None:
    """Inês sends the form; on a slow machine she waits a moment for what comes of it."""
    ines = stage.person("ines")
    await ines.submits(**given)
    await stage.slack.until(lambda: MOMENT not in ines.sees(), timeout=60)
    await stages.settle(stage.bot)


def put(stage: Stage, data: bytes) -> None:
    """Somebody edits the file in Slack that was dropped last."""
    stage.slack.state.uploads[list(stage.slack.state.uploads)[-1]] = data


async def test_from_nothing_to_a_program_without_a_terminal(fresh: Stage) -> None:
    ines = await begins(fresh)
    home = ines.sees("home")
    assert "Two files, and it runs. Nothing is sent to anybody before both are there." in home
    assert "The directory: 14 people, from Slack" in home
    broken = TEXT.replace("band: 3", "band: 33", 1).replace("window_months: 12", "window_months: 120", 1)
    await drops(fresh, "Drop the framework file", ("framework.yml", broken.encode()))
    line = TEXT[: TEXT.index("window_months: 12")].count("\n") + 1
    assert "to mend first.* Nothing was changed." in str(ines.modal)
    assert f"line {line}, " in ines.sees()
    await submits(fresh, file=LADDER)
    assert "5 tracks, 2" in ines.sees()
    assert "It is the first one here." in ines.sees()
    assert await acts.rows(fresh, "release") == []
    await submits(fresh)
    assert "1.0.0 is in force" in ines.sees()
    await ines.closes()

    assert "The career framework 1.0.0 is in force." in ines.sees("home")
    await drops(
        fresh, "Drop the people file", ("people.csv", b"email,track,level\nines@manyways.example,tehnical,T2\n")
    )
    assert "line 2: The track “tehnical” is not known." in ines.sees()
    await submits(fresh, file=CROWD)
    assert "14 people change" in ines.sees()
    assert "ana@manyways.example" in ines.sees()
    assert await acts.rows(fresh, "placement") == []
    await submits(fresh)
    assert "Done. 14 people change" in ines.sees()
    await ines.closes()

    home = ines.sees("home")
    assert "The program runs. 14 people take part, and the framework is 1.0.0." in home
    assert "The next round begins Monday 16 November, then every two weeks." in home
    assert "14 people get one check-in prompt" in home
    log = {row.what: row.by for row in await acts.rows(fresh, "change")}
    assert log.keys() == {"role owner", "framework", "people file"}
    assert len(set(log.values())) == 1
    await ines.presses("Me", surface="home")
    assert "Inês Carvalho" in ines.sees("home")
    hostile.check_nothing_happened(fresh)


async def test_an_example_is_a_start(fresh: Stage) -> None:
    ines = await begins(fresh)
    await ines.presses("Start with two tracks", surface="home")
    assert "2 tracks, 8 levels" in ines.sees()
    await submits(fresh)
    assert (await acts.rows(fresh, "release"))[0].source.encode() == SMALL


async def test_a_newer_framework_shows_what_it_changes(stage: Stage) -> None:
    ines = await program(stage)
    title = next(line.split("title:")[1].strip() for line in TEXT.splitlines() if "title:" in line)
    await drops(stage, "New framework file", LADDER)
    assert "is in force already. There is nothing to do." in ines.sees()
    assert not ines.modal.get("submit")
    await ines.closes()
    other = TEXT.replace(title, f"{title} too", 1)
    await drops(stage, "New framework file", ("framework.yml", other.encode()))
    assert "Version 1.0.0 is loaded already, with other words" in ines.sees()
    await ines.closes()
    harder = NEWER.replace("target: 2", "target: 7", 1)
    await drops(stage, "New framework file", ("framework.yml", harder.encode()))
    seen = ines.sees()
    assert "What changes from 1.0.0: a major release" in seen
    assert ": 7 " in seen
    assert "As a major release this would be 2.0.0; the file says 1.1.0." in seen
    await submits(stage)
    assert {row.version for row in await acts.rows(stage, "release")} == {"1.0.0", "1.1.0"}
    await ines.closes()
    assert "the framework is 1.1.0" in ines.sees("home")


async def program(stage: Stage) -> Actor:
    """Inês in her part of a program that runs."""
    ines = stage.person("ines")
    await ines.opens_home()
    await ines.presses("Program", surface="home")
    return ines


async def test_a_file_that_changes_after_it_was_looked_at_is_not_applied(stage: Stage) -> None:
    ines = await program(stage)
    await drops(stage, "New people file", ("people.csv", b"email,country\nana@manyways.example,CA\n"))
    assert "country US → CA" in ines.sees()
    ours = await acts.kept(stage)
    put(stage, b"email,track\nana@manyways.example,none\n")
    await submits(stage)
    assert "This is not the file you looked at" in ines.sees()
    assert await acts.kept(stage) == ours


async def test_a_double_click_applies_once(either: Stage) -> None:
    ines = await program(either)
    await drops(either, "New people file", ("people.csv", b"email,country\nana@manyways.example,CA\n"))
    form = ines.submit_payload()
    await submits(either)
    await acts.sends(either, form)
    assert len([row for row in await acts.rows(either, "change") if row.what == "people file" and row.by]) == 1


async def test_many_who_would_leave_are_counted_and_asked_about(either: Stage) -> None:
    ines = await program(either)
    lines = "\n".join(f"{name}@manyways.example,none" for name in ("ana", "noor", "lea"))
    await drops(either, "New people file", ("people.csv", f"email,track\n{lines}\n".encode()))
    assert "3 people would leave the program. If that is meant, type 3." in ines.sees()
    ours = await acts.kept(either)
    for typed in ("2", "yes", "all"):
        await submits(either, ending=typed)
        assert "type 3" in ines.errors["ending"]
    assert await acts.kept(either) == ours
    await submits(either, ending="3")
    assert "3 leaving the program" in ines.sees()
    await ines.closes()
    assert "3 people in Slack without track and level" in ines.sees("home")


BINARY = "This file is not UTF-8 text."


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("people.csv", b"PK\x03\x04" + b"x" * 100, f"{BINARY} Save it as"),
        ("people.csv", "email\nä".encode("utf-16"), BINARY),
        ("people.csv", b"\x00\x01\x02", BINARY),
        ("people.csv", b" \n", "This file is empty."),
        ("people.csv", b"a" * (PEOPLE.most + 1), "larger than 10 MiB"),
    ],
    ids=["spreadsheet", "utf-16", "bytes", "blank", "huge"],
)
async def test_what_is_no_such_file_is_refused_beside_the_field(
    stage: Stage, name: str, data: bytes, said: str
) -> None:
    ines, ours = await program(stage), await acts.kept(stage)
    await drops(stage, "New people file", (name, data))
    assert said in ines.errors["file"]
    assert await acts.kept(stage) == ours


async def test_a_file_is_known_by_what_slack_says_of_it(stage: Stage) -> None:
    """Whatever stands in the payload: the name, the size, who has dropped it and where it lives are asked of Slack."""
    ines = await program(stage)
    await ines.presses("New people file", surface="home")
    await ines.enters(file=CROWD)
    form = ines.submit_payload()
    told = stage.slack.state.files[list(stage.slack.state.files)[-1]]
    said: list[tuple[dict[str, Any], str]] = [
        ({"name": "people.exe"}, "its name should end in .csv or .tsv or .txt"),
        ({"size": 99_999_999}, "larger than 10 MiB"),
        ({"user": "U0KIRAN"}, acts.NOT_OPEN),
        ({"is_external": True}, "lives outside Slack"),
        ({"mode": "external"}, "lives outside Slack"),
        ({"url_private_download": "http://169.254.169.254/latest"}, "lives outside Slack"),
        ({"url_private_download": f"{stage.slack.state.base_url}/files/F0GONE"}, "does not hand the file over"),
    ]
    for more, sentence in said:
        before = dict(told)
        told |= more
        assert sentence in str(await acts.sends(stage, form)), more
        told |= before
    del stage.slack.state.files[told["id"]]
    assert "Drop it again" in str(await acts.sends(stage, form))
    form["view"]["state"]["values"]["file"]["file"]["files"] = []
    assert "Choose a file first" in str(await acts.sends(stage, form))


async def test_an_app_that_was_installed_before_it_could_read_files_says_so(stage: Stage) -> None:
    ines = await program(stage)
    await ines.presses("New people file", surface="home")
    await ines.enters(file=CROWD)
    stage.slack.fault(Fault("files.info", "error", error="missing_scope"))
    await submits(stage)
    assert "I may not read files here yet" in ines.errors["file"]
    stage.slack.clear_faults()
    await submits(stage)
    assert "Nothing changes: all of this is on record already." in ines.sees()


async def test_nobody_but_an_owner_sets_up(stage: Stage) -> None:
    ines, kiran = await program(stage), stage.person("kiran")
    press = ines.press_payload("New people file", surface="home")
    await ines.presses("New people file", surface="home")
    await ines.enters(file=CROWD)
    dropped = ines.submit_payload()
    await submits(stage, file=("people.csv", b"email,country\nana@manyways.example,CA\n"))
    applied = ines.submit_payload()
    await kiran.opens_home()
    ours = await acts.kept(stage)
    await acts.sends(stage, acts.by(stage, "kiran", press))
    assert acts.NOT_OPEN in kiran.sees()
    for form in (dropped, applied):
        assert acts.NOT_OPEN in str(await acts.sends(stage, acts.by(stage, "kiran", form)))
    for about in (*acts.JUNK, "five x", "../.env x"):
        junk = {**applied, "view": {**applied["view"], "private_metadata": about[:3000]}}
        answer = await acts.sends(stage, junk)
        assert answer["response_action"] in ("push", "errors"), about
    assert await acts.kept(stage) == ours


async def test_a_large_file_says_that_it_takes_a_moment(either: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(later, "PATIENCE", 0)
    monkeypatch.setattr(later, "ARRIVAL", 0)
    ines = await program(either)
    await drops(either, "New people file", ("people.csv", b"email,country\nana@manyways.example,CA\n"))
    await either.slack.until(lambda: "country US → CA" in ines.sees())
    await submits(either)
    await either.slack.until(lambda: "Done. 1 person changes" in ines.sees())
    await ines.closes()
    await drops(either, "New people file", ("people.csv", b"\x00"))
    await either.slack.until(lambda: BINARY in ines.sees())

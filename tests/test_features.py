"""Features are switches: off means no command, no word, no button, no job, no message, no help line, no scope."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations, product

import pytest

from bot import delivery, handlers, jobs, settings
from bot.clock import StandingClock
from bot.database import Database
from bot.delivery.message import OPEN, POST, UPDATE
from bot.rules import features, manifest
from bot.rules.features import ALL, ALWAYS, DIRECT, Feature
from bot.services import check_in_rounds
from bot.views import notices, people
from sandbox import Workspace
from story import company
from story import stage as stages
from tests.handlers import acts
from tests.support import engines
from tests.support.engines import Servers
from tests.test_manifest import Recording

MOST = len(settings.FEATURES)
FEW = list(chain.from_iterable(combinations(settings.FEATURES, n) for n in (0, 1, MOST - 1, MOST)))
CHOICES = [*FEW, *combinations(settings.FEATURES, 2)]
LEFT_OUT: tuple[tuple[str, ...], ...] = ((), ("/checkin",), settings.COMMANDS)
MONDAY_NOON_IN_NEW_YORK = datetime(2026, 11, 16, 17, tzinfo=UTC)


@pytest.fixture
async def db(servers: Servers) -> AsyncIterator[Database]:
    """SQLite is enough: no statement differs."""
    opened = engines.database(servers.url("sqlite"))
    yield opened
    await opened.close()


def registered(on: frozenset[str], without: tuple[str, ...] = ()) -> Recording:
    app = Recording()
    handlers.register(app, without=without, features=on)
    return app


# The table and what is there say the same


def test_the_table_names_everything_and_nothing_else() -> None:
    assert {*settings.FEATURES, *ALWAYS} == ALL
    assert {one.FEATURE for one in handlers.MODULES} == ALL
    assert delivery.BY_FEATURE.keys() <= ALL
    assert features.commands(ALL) == handlers.COMMANDS.keys() == set(settings.COMMANDS)
    assert features.prompts(ALL) == {check_in_rounds.KIND}
    assert features.jobs(ALL) == {job.name for job in jobs.TIMETABLE}
    assert {name for name, _ in people.LINES} <= ALL


def test_what_is_needed_comes_along() -> None:
    table = (Feature("a", needs=("b",)), Feature("b", needs=("c",)), Feature("c", needs=("a",)), Feature("d"))
    assert features.switched_on(["a"], table) == {"a", "b", "c", *ALWAYS}
    assert features.switched_on([], table) == ALWAYS
    assert features.switched_on(settings.FEATURES) == ALL


def test_without_a_word_everything_is_on() -> None:
    everything, app = registered(ALL), Recording()
    handlers.register(app)
    assert app.noted == everything.noted
    assert jobs.timetable(ALL) == jobs.TIMETABLE
    assert delivery.messages(ALL) == delivery.MESSAGES


@pytest.mark.parametrize(("chosen", "without"), [*product(CHOICES, LEFT_OUT[:1]), *product(FEW, LEFT_OUT[1:])], ids=str)
def test_what_listens_is_what_the_manifest_asks_for(chosen: tuple[str, ...], without: tuple[str, ...]) -> None:
    on = features.switched_on(chosen)
    made, app = stages.manifest(), registered(on, without)
    manifest.reduce(made, on, without=without)
    shown = made["features"]
    assert {one["command"] for one in shown.get("slash_commands", ())} == set(app.named("command"))
    assert {one["callback_id"] for one in shown.get("shortcuts", ())} == set(app.named("shortcut"))
    assert set(made["settings"]["event_subscriptions"]["bot_events"]) == set(app.named("event"))
    assert set(made["oauth_config"]["scopes"]["bot"]) == features.scopes(on, without=without)
    assert all(shown.get(part, True) for part in ("slash_commands", "shortcuts"))  # gone, not empty


@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_no_scope_is_asked_for_in_vain(chosen: tuple[str, ...]) -> None:
    on = features.switched_on(chosen)
    writes = any(one.method in (POST, UPDATE) for one in delivery.messages(on).values())
    opens = any(one.method == OPEN for one in delivery.messages(on).values())
    used = {"commands", "files:read", "files:write", "users:read", "users:read.email", *(DIRECT if writes else ())}
    used |= {"mpim:write"} if opens else set()
    assert features.scopes(on) == used
    silent = features.scopes(on, without=settings.COMMANDS)
    assert silent == (used if features.shortcuts(on) else used - {"commands"})


def test_off_means_gone_everywhere() -> None:
    on = features.switched_on(["check_ins"])
    app = registered(on)
    assert "/evidence" not in app.named("command")
    assert app.named("shortcut") == []
    assert not any(name.startswith("evidence") for name in app.named("action", "view"))
    assert not any(kind.startswith("evidence") for kind in delivery.messages(on))
    assert "vidence" not in people.help_on(on)
    without_rounds = features.switched_on(["evidence"])
    assert [job.name for job in jobs.timetable(without_rounds)] == [
        "sync the directory", "welcome newcomers", "hand reviews on", "welcome people back", "name again what waits",
        "let go of what is old",
    ]  # fmt: skip
    assert handlers.words(without_rounds).keys() == {"evidence", *handlers.words(ALWAYS)}
    assert "check" not in people.help_on(without_rounds)


# The same, as people meet it


async def test_with_evidence_off_nobody_meets_it(db: Database, clock: StandingClock) -> None:
    """Even where an old manifest still has its command and its shortcut."""
    async with stages.opened(db, clock, features=("check_ins",)) as stage:
        await stages.set_up(stage)
        ana = stage.person("ana")
        await ana.types("/ladder evidence")
        assert acts.told(stage, "ana") == notices.UNKNOWN_WORD
        await ana.types("/evidence")
        assert ana.modal is None
        await ana.types("/ladder")
        assert "Check in" in ana.sees()
        assert "evidence" not in ana.sees()


async def test_with_check_ins_off_nobody_is_asked(db: Database, clock: StandingClock) -> None:
    async with stages.opened(db, clock, features=("evidence",)) as stage:
        await stages.set_up(stage)
        await stage.advance(clock.now() + timedelta(days=1))  # what had been planned before is left alone
        assert stage.slack.posted() == []
        await stage.person("ana").types("/ladder checkin")
        assert acts.told(stage, "ana") == notices.UNKNOWN_WORD


@pytest.mark.parametrize("chosen", CHOICES, ids=str)
async def test_what_is_on_works_with_its_own_manifest(
    db: Database, clock: StandingClock, chosen: tuple[str, ...]
) -> None:
    """The local Slack holds the scopes of the reduced manifest against every call."""
    made = stages.manifest()
    manifest.reduce(made, features.switched_on(chosen))
    async with stages.opened(db, clock, slack=Workspace(made, company.users(), clock=clock), features=chosen) as stage:
        await stages.set_up(stage)
        await stage.advance(MONDAY_NOON_IN_NEW_YORK)
        ana = stage.person("ana")
        assert any(acts.PROMPT in one.message["text"] for one in stage.slack.posted("ana")) == ("check_ins" in chosen)
        await ana.types("/ladder help")
        await ana.opens_home()
        if "evidence" in chosen:
            await ana.types("/evidence")
            assert "Save evidence" in ana.sees()
        assert stage.bot.engine.trouble is None

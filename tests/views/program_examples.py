"""One of each view and message of the owners' part of Home: setting up, the two files, roles, closing days."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

from bot.rules import framework_changes, framework_file, people_diff
from bot.rules.cadence import Cadence, Schedule
from bot.rules.framework import Framework
from bot.rules.home import Home, Part
from bot.rules.opportunities import Offered
from bot.rules.people import Person, Role
from bot.rules.people_csv import Finding
from bot.rules.program import Holder, Program, RoleChange, RoleForm, RoleTold
from bot.rules.setting_up import FRAMEWORK as FRAMEWORK_FILE
from bot.rules.setting_up import PEOPLE, FrameworkLook, PeopleLook, Seen, SettingUp
from bot.views import home, program
from bot.views import setting_up_files as files
from tests.support.frameworks import FRAMEWORK
from tests.views import month_examples, story_examples

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
OF_PARTS = ("", month_examples.SALES, "country:DE")
SEEN = Seen("F0123456789", "a" * 64)
STAGES = (
    SettingUp(None, 1, 0, 0),
    SettingUp("1.0.0", 60, 0, 0, rhythm=Cadence.FORTNIGHTLY, next_round_on=TODAY),
    SettingUp("1.0.0", 60, 14, 3, 14, 5, Cadence.FORTNIGHTLY, TODAY + timedelta(days=14)),
    SettingUp("1.0.0", 60, 14, 1, 2, 0, Cadence.MONTHLY, TODAY + timedelta(days=14)),
)


def whole(setting_up: SettingUp, name: str, *, many: int = 9) -> Program:
    held = tuple(Holder(name, f"U{n}", n % 4 < 3, OF_PARTS[n % 3]) for n in range(many))
    closed = tuple((TODAY + timedelta(days=40 * n), TODAY + timedelta(days=40 * n + n)) for n in range(many))
    told = tuple(story_examples.story(name, name, number=n) for n in range(5)) if many else ()
    month = month_examples.month() if many else None
    chances = Offered(many, tuple((name, n) for n in range(5))) if many else Offered()
    return Program(setting_up, dict.fromkeys(Role, held), closed, stories=told, month=month, chances=chances)


def homes(who: Person, name: str) -> Iterator[Drawn]:
    """The owners' part over time, and what it looks like for whoever may begin."""
    for stage in STAGES:
        for many in (9, 0):
            shown = Home(who, Part.PROGRAM, None, (), True, whole(stage, name, many=many), is_owner=True)
            yield home.home(shown, now=NOW, today=TODAY)
    yield home.home(Home(who, Part.ME, None, (), False, is_unowned=True, can_begin=True), now=NOW, today=TODAY)


def role(name: str, *, many: int = 40) -> RoleForm:
    """Many hold it, some have left, and everything has happened to it."""
    held = tuple(Holder(name, f"U0{n:09}", n % 4 < 3, OF_PARTS[n % 3]) for n in range(many))
    known = (name, None)
    lines = tuple(
        RoleChange(NOW, who, by, is_given, OF_PARTS[number % 3])
        for number, (who, by, is_given) in enumerate(product(known, known, (True, False)))
    )
    return RoleForm(Role.COUNCIL, held, lines if many else ())


def changed(name: str) -> Framework:
    """Another framework, in which nearly everything is another."""
    tracks = tuple(replace(track, key=f"{track.key}-too", name=name[:60]) for track in FRAMEWORK.tracks)
    return replace(FRAMEWORK, version="1.0.1", name=name[:60], tracks=tracks)


def look(name: str, **more: Any) -> FrameworkLook:
    found = changed(name)
    flaw = framework_file.Finding(3, name, name, name, "warning")
    differences = framework_changes.compare(FRAMEWORK, found)
    given: Drawn = {"before": "1.0.0", "differences": differences, "stranded": 12, **more}
    return FrameworkLook((flaw,) * 40, found, **given)


def people(name: str, many: int) -> PeopleLook:
    """Everybody's track, with all that can change besides."""
    before, after = people_diff.State(name=name), people_diff.State(name=name, track="technical", level="T2")
    changes = tuple(people_diff.Change(what, name, "") for what in ("track", "working_days", "manager"))
    one = people_diff.Changed("ana@example.com", name, 2, before, after, changes)
    return PeopleLook((), (one,) * many, ending=many)


def views(text: str, name: str) -> dict[str, Drawn]:
    wrong = tuple(framework_file.Finding(n, name, text, text) for n in range(60))
    return {
        "change roles": program.role_form(role(name), TODAY),
        "role kept": program.role_kept(),
        "closing days": program.closing_form(TODAY),
        "closing days, kept": program.closing_kept(),
        "framework file": files.drop(FRAMEWORK_FILE, FRAMEWORK),
        "framework file, wrong": files.framework(FrameworkLook(wrong), SEEN),
        "framework file, seen": files.framework(look(name), SEEN),
        "framework file, applied": files.framework_applied(changed(name)),
        "people file": files.drop(PEOPLE, changed(name)),
        "people file, wrong": files.people(PeopleLook((Finding(2, text, text),) * 60, ()), SEEN),
        "people file, seen": files.people(people(name, 60), SEEN),
        "people file, applied": files.people_applied(text),
        "meanwhile": files.meanwhile(PEOPLE),
    }


def empty_views() -> dict[str, Drawn]:
    return {
        "change roles": program.role_form(role("-", many=0), TODAY),
        "framework file, seen": files.framework(look("-", before=None), SEEN),
        "framework file, in force": files.framework(look("-", is_in_force=True), SEEN),
        "people file": files.drop(PEOPLE, None),
        "people file, seen": files.people(people("-", 0), SEEN),
    }


def messages(name: str) -> dict[str, list[Drawn]]:
    told = [
        program.role_told(RoleTold(one, is_given, by, name, Schedule("UTC"), (), scope))
        for one, scope in [*((role, "") for role in Role), (Role.OWNER, month_examples.SALES)]
        for is_given in (True, False)
        for by in (name, None)
    ]
    return {"program.role": told}

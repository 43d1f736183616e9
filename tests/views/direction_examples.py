"""One of each view of directions, what-ifs and of who knows this."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from bot.rules import what_ifs as rules
from bot.rules.directions import Direction, Managing, Share, Shared, Wants
from bot.rules.features import ALL
from bot.rules.framework import Framework
from bot.rules.growth import Growth
from bot.rules.mentors import Offer
from bot.rules.people import Person
from bot.rules.readiness import Piece
from bot.rules.what_ifs import MOST_KEPT, MOST_MENTORS, Looked, Page, WhatIf
from bot.rules.who_knows import Colleague, Found, Meant, all_of
from bot.views import directions, growth, what_ifs, who_knows

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


def direction(text: str, wants: Wants = Wants.OTHER_TRACK, *, shares: frozenset[Share] = frozenset(Share)) -> Direction:
    track = "process" if wants is Wants.OTHER_TRACK else None
    return Direction(UUID(int=600), wants, Managing.NO, text, TODAY, track, shares)


def what_if(number: int = 0, *, in_brief: bool = False) -> WhatIf:
    return WhatIf(UUID(int=610 + number), "process", "P2", in_brief, NOW, "Process optimization", "Process Analyst")


def looked(who: Person, framework: Framework, level: str, *, kept: WhatIf | None = None, many: int = 0) -> Looked:
    track, wanted = rules.place(framework, "process", level, by=who)
    pieces = [Piece(one.key, Decimal(9), TODAY, is_accepted=True) for one in wanted.milestones[:1]]
    found = rules.compare(framework, track, wanted, by=who, pieces=pieces if many else [], today=TODAY)
    offer = Offer(who, 2, 4, ("process",), (), (), "", True, None)
    return Looked(found, kept, mentors=(offer,) * many, has_more_mentors=bool(many))


def page(framework: Framework, kept: tuple[WhatIf, ...] = ()) -> Page:
    others = framework.tracks[1:]
    return Page(tuple((track, level) for track in others for level in track.levels), ("process", "P2"), kept)


def found(framework: Framework, typed: str, name: str, **more: Any) -> Found:
    names = tuple(one.name for one in all_of(framework))
    return Found(False, names, names, typed, **more)


def views(framework: Framework, who: Person, text: str, name: str) -> dict[str, Drawn]:
    shared = [Shared(name, direction(text, wants), name) for wants in Wants]
    known = all_of(framework)
    people = tuple(Colleague(name, "Technical") for _ in range(25))
    kept = tuple(what_if(number, in_brief=number == 1) for number in range(MOST_KEPT))
    filled = Growth(who, direction=direction(text), what_ifs=kept, is_findable=True)
    return {
        "my growth, from a direction": growth.view(filled, today=TODAY),
        "direction": directions.form(direction(text), framework.tracks[1:], me=who),
        "direction, kept": directions.kept(direction(text, Wants.DEEPEN)),
        "directions of a team": directions.team(shared * 30, today=TODAY),
        "what if": what_ifs.page(page(framework, kept)),
        "what if, looked at": _drawn(looked(who, framework, "P2", many=MOST_MENTORS)),
        "what if, kept": _drawn(looked(who, framework, "P4", kept=what_if())),
        "what if, no room": _drawn(replace(looked(who, framework, "P4"), has_room=False)),
        "what if, not there": what_ifs.page(page(framework, (replace(what_if(), is_there=False),))),
        "what if, in the brief": _drawn(looked(who, framework, "P3", kept=what_if(in_brief=True))),
        "who knows": who_knows.page(
            found(framework, text[:100], name, meant=Meant(known[:1]), people=people, is_more=True)
        ),
        "who knows, several": who_knows.page(found(framework, text[:100], name, meant=Meant(known[:4]))),
        "who knows, unknown": who_knows.page(found(framework, text[:100], name, meant=Meant(is_close=True))),
    }


def _drawn(shown: Looked) -> Drawn:
    return what_ifs.comparison(shown, today=TODAY, features=ALL)


def empty_views(framework: Framework, who: Person) -> dict[str, Drawn]:
    return {
        "direction": directions.form(None, (), me=who),
        "direction, kept": directions.kept(direction("", Wants.NOT_SURE, shares=frozenset())),
        "directions of a team": directions.team([], today=TODAY),
        "what if": what_ifs.page(page(framework)),
        "what if, no other track": what_ifs.page(Page((), None, ())),
        "who knows": who_knows.page(Found(True, ())),
        "who knows, nobody": who_knows.page(found(framework, "x", "x", meant=Meant(all_of(framework)[:1]))),
    }

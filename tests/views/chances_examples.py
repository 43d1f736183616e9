"""One of each view and message of opportunities."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.rules.attention import Waiting
from bot.rules.cadence import Schedule
from bot.rules.csv_lines import Finding
from bot.rules.framework import Framework
from bot.rules.home import Home, Me, Part
from bot.rules.opportunities import (
    Ask,
    Entry,
    Filter,
    Interest,
    Kind,
    Offer,
    Opportunity,
    Page,
    State,
    Tags,
    Told,
)
from bot.rules.opportunities_file import Changed
from bot.rules.people import Person
from bot.rules.people_diff import Change
from bot.rules.setting_up import CHANCES, Seen
from bot.views import bundles, home, interests, opportunities, opportunities_file, opportunity_forms, setting_up_files
from bot.views.opportunity_forms import Filled

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
SEEN = Seen("F0123", "0" * 64)


def offer(text: str, framework: Framework | None = None, **more: Any) -> Offer:
    tags = Tags()
    if framework is not None:
        competencies = tuple(one.key for one in framework.tracks[0].competencies)
        tags = Tags(tuple(one.key for one in framework.tracks), competencies, (2, 3))
    given: Drawn = {"hours": 6, "places": 3, "begins_on": TODAY, "until_on": TODAY + timedelta(days=60), **more}
    return Offer(Kind.STRETCH, text[:100], text, link="https://example.com/chance", tags=tags, **given)


def opportunity(made: Offer, name: str, *, number: int = 0, **more: Any) -> Opportunity:
    given: Drawn = {"state": State.OPEN, "offered_at": NOW, "ends_on": TODAY + timedelta(days=60), **more}
    return Opportunity(UUID(int=500 + number), UUID(int=2), name, made, **given)


def ask(name: str, state: Interest = Interest.ASKED, *, number: int = 0) -> Ask:
    return Ask(UUID(int=540 + number), UUID(int=500), UUID(int=1), name, state, NOW)


def undated(text: str, name: str) -> Opportunity:
    """Ends soon, because nobody has said that it goes on."""
    made = offer(text, begins_on=None, until_on=None, hours=None, places=None)
    return opportunity(made, name, ends_on=TODAY + timedelta(days=9))


def page(text: str, name: str, framework: Framework) -> Page:
    many = [opportunity(offer(text, framework), name, number=n, suits=n < 4, taken=n) for n in range(8)]
    return Page(tuple(many), Filter("technical", Kind.PROJECT), True, tuple(many), tuple(many))


def entries(text: str, name: str, framework: Framework) -> dict[str, Entry]:
    whole = opportunity(offer(text, framework), name, credited=name)
    asks = [ask(name, state, number=n) for n, state in enumerate([Interest.ASKED, Interest.ACCEPTED] * 10)]
    withdrawn = replace(whole, state=State.WITHDRAWN, reason=text)
    return {
        "own": Entry(replace(undated(text, name), taken=2), tuple(asks), is_own=True),
        "of a colleague": Entry(whole, can_withdraw=True),
        **{f"{state}": Entry(replace(whole, mine=state)) for state in Interest},
        "full": Entry(replace(whole, taken=3)),
        "withdrawn": Entry(withdrawn),
        "ended": Entry(replace(whole, ends_on=TODAY - timedelta(days=1))),
    }


def changed(text: str, many: int = 40) -> list[Changed]:
    made = offer(text)
    changes = (Change("until", "", "2026-12-31"), Change("learn", text[:60], text[:60]))
    return [Changed(UUID(int=n) if n else None, n + 2, UUID(int=2), made, changes if n else ()) for n in range(many)]


def views(framework: Framework, me: Person, text: str, name: str) -> dict[str, Drawn]:
    whole = opportunity(offer(text, framework), name)
    filled = Filled(text[:100], text, "https://sandbox.slack.com/archives/C0/p1", ("U0LEA", name), is_private=True)
    findings = [Finding(n, f"The kind “{name[:60]}” is not known.", "Kinds are course.") for n in range(40)]
    return {
        "chances": opportunities.catalogue(page(text, name, framework), framework, today=TODAY),
        **{
            f"chance, {what}": opportunities.entry(one, framework, me=me, today=TODAY)
            for what, one in entries(text, name, framework).items()
        },
        "chance, in the plan": opportunities.in_plan(whole),
        "chance, form": opportunity_forms.form(framework, filled=filled),
        "chance, changed": opportunity_forms.form(framework, found=whole),
        "chance, why withdrawn": opportunity_forms.reason_form(whole),
        "file of chances": setting_up_files.drop(CHANCES),
        "file of chances, looked at": opportunities_file.look([], changed(text), SEEN),
        "file of chances, to mend": opportunities_file.look(findings, [], SEEN),
        "file of chances, applied": opportunities_file.applied("40 chances: 40 new"),
    }


def empty_views(framework: Framework, me: Person) -> dict[str, Drawn]:
    bare = opportunity(Offer(Kind.COURSE, "x", "y"), "Ana")
    stranger = replace(me, track=None, level=None)
    return {
        "chances": opportunities.catalogue(Page((), Filter()), None, today=TODAY),
        "chance": opportunities.entry(Entry(bare), None, me=stranger, today=TODAY),
        "chance, own": opportunities.entry(Entry(bare, is_own=True), framework, me=me, today=TODAY),
        "chance, form": opportunity_forms.form(None),
        "file of chances": opportunities_file.look([], [], SEEN),
    }


def homes(who: Person, me: Me, name: str) -> list[Drawn]:
    found = tuple(opportunity(offer("For all to read."), name, number=n) for n in range(4))
    return [home.home(Home(who, Part.ME, me, (), has_team=False, chances=found), now=NOW, today=TODAY)]


def bundled(text: str, name: str) -> Drawn:
    asks, kept = (ask(name),) * 5, (undated(text, name),) * 5
    return dict(bundles.bundle(Waiting(UUID(int=1), name, None, (), (), interested=asks, to_keep=kept)))


def messages(text: str, name: str) -> dict[str, list[Drawn]]:
    def told(state: Interest) -> list[Told]:
        made = (opportunity(offer(text), name), undated(text, name))
        return [Told(ask(name, state), one, Schedule("Europe/Paris")) for one in made]

    answers = [*told(Interest.ACCEPTED), *told(Interest.TAKEN)]
    return {
        "chances.asked": [interests.asked(one) for one in told(Interest.ASKED)],
        "chances.answered": [interests.answered(one) for one in answers],
        "chances.manager": [interests.for_manager(one) for one in told(Interest.ACCEPTED)],
        "chances.stepped_back": [interests.stepped_back(one) for one in told(Interest.BACK)],
        "chances.gone": [interests.gone(one) for one in told(Interest.ASKED)],
        "chances.withdrawn": [interests.withdrawn(one.opportunity) for one in told(Interest.ASKED)],
    }

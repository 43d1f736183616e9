"""One of each view and message of career talks; all words have `CANARY` in them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.rules.cadence import Schedule
from bot.rules.career_briefs import MOST, Brief, Chosen, Heading, Line
from bot.rules.career_talks import Action, Mine, Own, Share, Talk
from bot.rules.people import Person
from bot.views import career_briefs, career_talk_forms, career_talk_messages, career_talks

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


def talk(text: str, name: str, **more: Any) -> Talk:
    member = Person(UUID(int=21), "U0ANA", name, Schedule("Asia/Kolkata"), track="technical", level="T2",
                    manager_id=UUID(int=22), manager_name=name)  # fmt: skip
    manager = Person(UUID(int=22), "U0MATS", name, Schedule("Europe/Stockholm"), track="management", level="M3")
    return Talk(UUID(int=23), member, manager, NOW, **{"proposed_by": manager.id, "notes": text, **more})


def held(text: str, name: str) -> Talk:
    """With notes, and with all that can be agreed, in every state."""
    words = text[:300] or "x"
    actions = tuple(
        Action(UUID(int=n), words, n % 2 == 1, TODAY if n % 3 else None, TODAY if n == 4 else None, n == 2)
        for n in range(10)
    )
    return talk(text, name, on=TODAY, moves=1, held_on=TODAY, closed_at=NOW, take=1, noted_by=UUID(int=22),
                noted_at=NOW, actions=actions)  # fmt: skip


def states(text: str, name: str) -> list[Talk]:
    """From a proposal to the notes, and one that was called off."""
    opens_at = NOW - timedelta(days=1)
    return [
        talk("", name), talk("", name, on=TODAY + timedelta(days=8), moves=2, opens_at=opens_at),
        talk("", name, on=TODAY - timedelta(days=3), moves=1, opens_at=opens_at), talk("", name, closed_at=NOW),
        held(text, name), held("", name),
    ]  # fmt: skip


def both(found: Talk) -> tuple[Own, Own]:
    return Own(found, is_member=True), Own(found, is_member=False)


def brief(text: str, name: str, *, is_member: bool = True, many: int = MOST + 2) -> Brief:
    lines = tuple(
        Line(f"{heading and heading.name}:{n}", heading, name, "evidence, accepted 3 October", text, is_brought=n == 1)
        for heading in (None, *Heading)
        for n in range(many)
    )
    chosen = Chosen(frozenset({"IMPACT:0"}), frozenset({"COLLABORATION:1"}))
    own = Own(states(text, name)[1], is_member)
    return Brief(own, TODAY - timedelta(days=182), is_first=not many, lines=lines, chosen=chosen)


def waiting(text: str, name: str) -> tuple[Own, ...]:
    """What a morning's list holds: one without a day, one of which the day is past."""
    undated, _, past, *_ = (Own(one, is_member=False) for one in states(text, name))
    return undated, past


def mine(text: str, name: str) -> Mine:
    ahead, done = Own(states(text, name)[1], is_member=True), Own(held(text, name), is_member=True)
    reports = [replace(ahead.me, id=UUID(int=n)) for n in range(20)]
    team = tuple((one, replace(ahead, is_member=False) if n % 2 else None) for n, one in enumerate(reports))
    return Mine(ahead.me, ahead, (done,) * 5, team)


def views(text: str, name: str) -> dict[str, Drawn]:
    """Every modal, as full as it gets."""
    open_one, done = Own(states(text, name)[1], is_member=True), Own(held(text, name), is_member=True)
    return {
        "career talks": career_talks.listed(mine(text, name), today=TODAY),
        "career talk": career_talks.page(open_one, today=TODAY),
        "career talk, held": career_talks.page(done, today=TODAY),
        "day of a career talk": career_talk_forms.day_modal(open_one, today=TODAY),
        "brief": career_briefs.page(brief(text, name), today=TODAY),
        "brief, chosen": career_briefs.choose_modal(brief(text, name)),
        "notes of a career talk": career_talk_forms.notes_modal(done, typed=text),
        "what was agreed": career_talk_forms.action_modal(done),
    }


def empty_views() -> dict[str, Drawn]:
    """Every modal with nothing yet, each state of a talk, and the lines that stand elsewhere."""
    nobody = Person(UUID(int=21), "U0ANA", "Ana", Schedule("UTC"))
    pages = {
        f"career talk {number}, {own.is_member}": career_talks.page(own, today=TODAY)
        for number, one in enumerate(states("", "Ana"))
        for own in both(one)
    }
    undated = Own(talk("", "Ana"), is_member=False)
    lines = [career_talks.owners_row(Share(12, 20)), career_talks.talk_row(undated, today=TODAY)]
    rows = [career_talks.owners_row(Share(None, 20)), career_talks.growth_row(None, today=TODAY)]
    return {
        **pages,
        "career talks": career_talks.listed(Mine(nobody), today=TODAY),
        "career talks, no manager": career_talks.listed(Mine(replace(nobody, track="technical")), today=TODAY),
        "career talks, none": career_talks.listed(Mine(undated.talk.member), today=TODAY),
        "day of a career talk": career_talk_forms.day_modal(undated, today=TODAY),
        "brief": career_briefs.page(brief("", "Ana", many=0), today=TODAY),
        "brief, as the manager sees it": career_briefs.page(brief("", "Ana", is_member=False), today=TODAY),
        "brief, chosen": career_briefs.choose_modal(brief("", "Ana", many=0)),
        "notes of a career talk": career_talk_forms.notes_modal(undated),
        "rows of career talks": {"type": "home", "blocks": lines},
        "more rows of career talks": {"type": "home", "blocks": rows},
    }


def messages(text: str, name: str) -> dict[str, list[Drawn]]:
    told: dict[str, list[Drawn]] = {}
    for is_member, side in ((True, "member"), (False, "manager")):
        undated, dated, past, off, done, _ = (Own(one, is_member) for one in states(text, name))
        by_program = Own(replace(undated.talk, proposed_by=None), is_member)
        told |= {
            f"career_talk.proposed_{side}": [career_talk_messages.proposed(one) for one in (undated, by_program)],
            f"career_talk.planned_{side}": [career_talk_messages.planned(dated, today=TODAY)],
            f"career_talk.brief_{side}": [career_talk_messages.brief(dated, today=TODAY)],
            f"career_talk.talked_{side}": [career_talk_messages.talked(past)],
            f"career_talk.off_{side}": [career_talk_messages.off(off)],
            f"career_talk.noted_{side}": [career_talk_messages.noted(done)],
        }
    return told

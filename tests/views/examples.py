"""One of each view and message, drawn for every kind of name and word; all words have `CANARY` in them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from bot.rules import features
from bot.rules.attention import Waiting
from bot.rules.cadence import Cadence, Schedule
from bot.rules.check_ins import Answer, CheckIn, Form, Moved, Prompt, Receipt, Reply, Talk, Unread, Words
from bot.rules.evidence import Claim, Evidence, Review, State, Verdict
from bot.rules.framework import Level
from bot.rules.home import Home, Me, Part
from bot.rules.less import Choice, Topic
from bot.rules.looks import Look
from bot.rules.my_data import Pile
from bot.rules.people import Person
from bot.rules.readiness import Progress
from bot.rules.weeks import Ask, HelpWanted, Hours, Pair, Praise, Return, Week, Wish
from bot.rules.welcomes import Welcome, Wrong
from bot.services import keeping
from bot.views import (
    bundles,
    check_ins,
    evidence,
    evidence_reviews,
    home,
    less,
    looks,
    manager_weeks,
    my_data,
    notices,
    people,
    reading,
    talks,
    welcomes,
)
from bot.views.evidence import Filled
from sandbox.elements import BUTTONS, all_in
from tests.support.frameworks import FRAMEWORK
from tests.views import (
    assessment_examples,
    away_examples,
    career_examples,
    chances_examples,
    digest_examples,
    direction_examples,
    feedback_examples,
    mentor_examples,
    month_examples,
    pair_examples,
    peer_round_examples,
    plan_examples,
    program_examples,
    round_examples,
    session_examples,
    story_examples,
    team_examples,
    word_examples,
)

Drawn = dict[str, Any]
TODAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
CANARY = "CANARY"
LEVEL = next(level for level in FRAMEWORK.tracks[0].levels if level.band == 3)
MILESTONE = LEVEL.milestones[0]


def key(number: int) -> UUID:
    return UUID(int=number)


def words(text: str = f"Some {CANARY} words.", **more: Any) -> Words:
    return Words(**{"win": text, "obstacle": text, "help_wanted": text, **more})


def check_in(text: str = f"Some {CANARY} words.", *, number: int = 0, **more: Any) -> CheckIn:
    moved = {one.key: Moved.STUCK for one in LEVEL.milestones}
    learned = "" if number % 2 else text  # asked every second time
    given = {"words": words(text, moved=moved, learned=learned), "answer": Answer.ANSWERED, **more}
    return CheckIn(key(number), TODAY - timedelta(days=14 * number), submitted_at=NOW, edited_at=None, **given)


def progress(level: Level = LEVEL) -> tuple[Progress, ...]:
    return tuple(Progress(one, Decimal(n), n > 1, Decimal(n)) for n, one in enumerate(level.milestones))


def form(
    text: str | None = f"Some {CANARY} words.", *, reader: str | None = "Mats", level: Level | None = LEVEL
) -> Form:
    given = None if text is None else check_in(text)
    deputy = reader and f"{reader} II"
    return Form(TODAY, given, level, progress() if level else (), reader, date(2026, 11, 30), deputy=deputy)


def receipt(text: str, *, reader: str | None, **more: Any) -> Receipt:
    return Receipt(check_in(text, **more), reader, date(2026, 11, 30), can_save=bool(text))


def listed(text: str, name: str = "Mats", many: int = 12) -> list[Talk]:
    """What is on the list to talk about, in each way it can have come there."""
    ways = [(True, True, False), (True, False, True), (False, True, True), (False, True, False)]
    return [Talk(check_in(text, number=2 * n), name, *ways[n % 4]) for n in range(many)]


def prompt(name: str = "Ana", **more: Any) -> Prompt:
    plain: Drawn = {
        "id": key(7), "name": name, "schedule": Schedule("America/New_York"), "away": (), "due_at": NOW, "now": NOW,
        "rhythm": Cadence.FORTNIGHTLY, "can_put_off": True,
    }  # fmt: skip
    return Prompt(**plain | more)


def review(verdict: Verdict = Verdict.ASKED, *, name: str = "Noor", number: int = 1, reason: str = "") -> Review:
    return Review(key(number), key(number + 10), name, verdict, True, reason)


def piece(
    text: str = f"Some {CANARY} words.",
    *reviews: Review,
    author: str = "Ana",
    state: State = State.IN_REVIEW,
    links: tuple[str, ...] = (f"https://example.com/{CANARY}",),
    take: int = 1,
) -> Evidence:
    claim = Claim(MILESTONE.key, text, text, links, TODAY, Decimal("2.50"))
    return Evidence(key(3), key(4), author, claim, MILESTONE, LEVEL, state, take, NOW, reviews or (review(),))


def person(name: str = "Ana", **more: Any) -> Person:
    given = {"track": FRAMEWORK.tracks[0].key, "level": "T2", "manager_name": "Mats", **more}
    return Person(key(1), "U0ANA", name, Schedule("America/New_York", country="US"), **given)


def mentor(name: str = "Mats") -> Person:
    return Person(key(2), "U0MATS", name, Schedule("Europe/Stockholm"), track="management", level="M4")


def choices() -> list[Choice]:
    """Everything that can be switched off, every second one switched off."""
    return [
        Choice(topic, number % 2 == 1, date(2026, 12, 22) if topic is Topic.REVIEWS else None)
        for number, topic in enumerate(Topic)
    ]


def data(text: str = f"Some {CANARY} words.") -> list[Pile]:
    """Sixty rows of everything that is kept."""
    rows = ((("one win", text),) * 3,) * 60
    tables = [(one.table.name, one.keeping) for one in keeping.tables() if one.keeping.of]
    return [Pile(name, keeps.seen_by, keeps.until, len(rows), rows) for name, keeps in tables]


def looked(name: str = "Mats") -> list[Look]:
    """For every reason there is: at each of sixty things, one of them every day, some of them gone since."""
    things = [("check-in", TODAY, None), ("evidence", None, MILESTONE.title), ("check-in", None, None)]
    every_day = [Look(name, "check-in", key(0), TODAY - timedelta(days=n), "deputy", TODAY) for n in range(30)]
    reasons = [*looks.BECAUSE, "other"]
    others = [
        Look(name, thing, key(n), TODAY, reasons[n % len(reasons)], round_on, milestone)
        for n, (thing, round_on, milestone) in enumerate(things * 20)
    ]
    return [*every_day, *others]


def me(*pieces: Evidence, who: Person | None = None, upward: Level | None = LEVEL) -> Drawn:
    who = who or person()
    track, level = FRAMEWORK.track(who.track or ""), FRAMEWORK.level(who.track or "", who.level or "")
    shown = progress(upward) if upward else ()
    return people.me(who, track=track, level=level, upward=upward, progress=shown, evidence=pieces, today=TODAY)


def requests(text: str = f"Some {CANARY} words.", *, author: str = "Ana", name: str = "Noor") -> Iterator[Drawn]:
    """What a reviewer may see of a request over time."""
    for verdict in Verdict:
        for state in State:
            for take in (1, 2):
                mine = review(verdict, name=name, reason=text)
                yield evidence_reviews.asked(piece(text, mine, author=author, state=state, take=take), mine)
    yield from away_examples.requests(piece(text, review(name=name), author=author))


def verdicts(text: str = f"Some {CANARY} words.", *, author: str = "Ana", name: str = "Noor") -> Iterator[Drawn]:
    """What the author may hear."""
    for verdict in Verdict:
        for state in State:
            mine, other = review(verdict, name=name, reason=text), review(name=name, number=2)
            yield evidence.verdict(piece(text, mine, other, author=author, state=state), mine)


def prompts(name: str = "Ana") -> Iterator[Drawn]:
    """A prompt over its life."""
    states: list[Drawn] = [
        {}, {"can_put_off": False}, {"now": NOW + timedelta(hours=3)}, {"again_at": NOW + timedelta(days=1)},
        {"is_over": True}, *({"answer": answer} for answer in Answer),
    ]  # fmt: skip
    return (check_ins.prompt(prompt(name, **state)) for state in states)


@lru_cache(maxsize=4)
def views(text: str = f"Some {CANARY} words.", name: str = "Mats") -> dict[str, Drawn]:
    """Every modal, as full as it gets."""
    reviews = tuple(review(Verdict.CHANGES, name=name, number=n, reason=text) for n in range(1, 4))
    whole = piece(text, *reviews, author=name, state=State.CHANGES)
    filled = Filled(MILESTONE.key, text, text, ("https://example.com/a",), TODAY, Decimal("2.5"), ["U0ANA", "U0LEA"])
    typed = {"state": {"values": {"a": {"a": {"type": "plain_text_input", "value": text}}}}}
    moves = tuple((one.title, Moved.STUCK) for one in LEVEL.milestones)
    return {
        "check-in": check_ins.modal(form(text, reader=name), today=TODAY),
        "receipt": check_ins.receipt(receipt(text, reader=name), today=TODAY),
        "receipt, on the list": check_ins.receipt(receipt(text, reader=name, is_to_talk_about=True), today=TODAY),
        "history": check_ins.history([check_in(text, number=n) for n in range(12)], today=TODAY),
        "new evidence": evidence.modal([LEVEL, FRAMEWORK.tracks[0].levels[1]], filled, today=TODAY),
        "change evidence": evidence.edit(whole, ["U0ANA"], today=TODAY),
        "sent": evidence.sent(whole),
        "reading": reading.modal(Unread(check_in(text), name, moves, 3), today=TODAY),
        "reading, for somebody": reading.modal(Unread(check_in(text), name, (), 0, name), today=TODAY),
        "reading, on the list": reading.modal(Unread(check_in(text, is_to_talk_about=True), name, (), 0), today=TODAY),
        "talks": talks.modal(listed(text, name), today=TODAY),
        "reply": reading.reply_modal(Reply(check_in(text), name, text, is_to_talk_about=True)),
        "review": evidence_reviews.review_modal(whole, reviews[0], Verdict.CHANGES, today=TODAY),
        "shown": evidence.shown(whole, today=TODAY),
        "me": me(*[whole] * 10, who=person(name)),
        "my data": my_data.page(data(text), sorted(features.scopes(features.ALL))),
        "my data, looked at": my_data.rows(data(text)[0]),
        "leave me in peace": my_data.pause(TODAY),
        "something is wrong": my_data.wrong([name] * 9),
        "exported": my_data.exported(),
        "who looked": looks.modal(looked(name), today=TODAY),
        "left in peace": my_data.paused(people.paused(TODAY, TODAY)),
        "less": less.modal(choices(), first=Topic.WEEK),
        "less, kept": less.kept(choices()),
        "wishes": people.wishes(Schedule("Asia/Kolkata", 14, "25", "IN"), Cadence.WEEKLY, Cadence.MONTHLY),
        "kept": people.kept(),
        "focus": welcomes.focus_modal(LEVEL, [one.key for one in LEVEL.milestones]),
        "page": notices.page(f"{name} said: {text}"),
        "changed": notices.form_changed(typed),
        **away_examples.views(name),
        **career_examples.views(text, name),
        **session_examples.views(text, name),
        **program_examples.views(text, name),
        **digest_examples.views(text),
        **feedback_examples.views(text, name),
        **team_examples.views(person(name), name),
        **round_examples.views(name),
        **peer_round_examples.views(person(name), text),
        **pair_examples.views(person(name), mentor(name), text, [check_in(text)] * 12, [whole] * 10),
        **mentor_examples.views(FRAMEWORK, person(name), mentor(name), text),
        **story_examples.views(FRAMEWORK, text, name),
        **assessment_examples.views(FRAMEWORK, person(name), text, name),
        **chances_examples.views(FRAMEWORK, person(name), text, name),
        **direction_examples.views(FRAMEWORK, person(name), text, name),
        **plan_examples.views(FRAMEWORK, person(name), text, name),
        **month_examples.views(name),
        **word_examples.views(FRAMEWORK, person(name), text),
    }


@lru_cache(maxsize=4)
def empty_views() -> dict[str, Drawn]:
    """Every modal with nothing yet."""
    bare = piece("x", links=())
    return {
        "check-in": check_ins.modal(form(None, reader=None, level=None), today=TODAY),
        "receipt": check_ins.receipt(receipt("", reader=None), today=TODAY),
        "history": check_ins.history([], today=TODAY),
        "new evidence": evidence.modal([LEVEL], Filled(), today=TODAY),
        "change evidence": evidence.edit(bare, [], today=TODAY),
        "sent": evidence.sent(bare),
        "reading": reading.modal(Unread(check_in(""), "Ana", (), 0), today=TODAY),
        "all read": reading.all_read(),
        "talks": talks.modal([], today=TODAY),
        "review": evidence_reviews.review_modal(bare, bare.reviews[0], Verdict.ACCEPTED, today=TODAY),
        "shown": evidence.shown(bare, today=TODAY),
        "me": me(upward=None),
        "not enrolled": me(who=person(track=None, level=None)),
        "my data": my_data.page([], []),
        "something is wrong": my_data.wrong([]),
        "who looked": looks.modal([], today=TODAY),
        "my data, looked at": my_data.rows(Pile("check_in", "you", "24 months", 1, ((),))),
        "less": less.modal([]),
        "less, kept": less.kept([]),
        "wishes": people.wishes(Schedule("UTC"), None, Cadence.FORTNIGHTLY),
        "changed": notices.form_changed({}),
        **away_examples.empty_views(),
        **career_examples.empty_views(),
        **session_examples.empty_views(),
        **program_examples.empty_views(),
        **digest_examples.empty_views(),
        **feedback_examples.empty_views(),
        **team_examples.empty_views(),
        **round_examples.empty_views(),
        **peer_round_examples.empty_views(person()),
        **plan_examples.empty_views(FRAMEWORK, person()),
        **pair_examples.empty_views(person(), mentor()),
        **mentor_examples.empty_views(FRAMEWORK, person(), mentor()),
        **story_examples.empty_views(FRAMEWORK),
        **word_examples.empty_views(FRAMEWORK, person()),
        **assessment_examples.empty_views(FRAMEWORK, person()),
        **chances_examples.empty_views(FRAMEWORK, person()),
        **direction_examples.empty_views(FRAMEWORK, person()),
    }


def homes(text: str = f"Some {CANARY} words.", name: str = "Ana") -> Iterator[Drawn]:
    """Home over time, its parts in turn: empty, and as full as it gets."""
    who = person(name)
    track, level = FRAMEWORK.track(who.track or ""), FRAMEWORK.level(who.track or "", who.level or "")
    waiting = piece(text, review(name=name), author=name)
    changes = piece(text, review(Verdict.CHANGES, name=name, reason=text), author=name, state=State.CHANGES)
    asked, keys = ((waiting, waiting.reviews[0]),) * 10, {one.key for one in LEVEL.milestones}
    rated = (assessment_examples.blind(FRAMEWORK, name),) * 3
    full = Me(track, level, LEVEL, progress(), True, NOW, TODAY, asked, (changes,) * 5, focus=keys, no_chance=keys,
              to_rate=rated)  # fmt: skip
    empty = Me(track, level, None, (), False, None, None, (), ())
    for mine in (full, empty, None):
        yield home.home(Home(who, Part.ME, mine, (), has_team=mine is full), now=NOW, today=TODAY)
    yield word_examples.home(who, full)
    yield from program_examples.homes(who, name)
    yield from digest_examples.homes(who, text)
    yield from chances_examples.homes(who, full, name)
    yield from feedback_examples.homes(who)
    yield from away_examples.homes(who, name)
    yield from mentor_examples.homes(FRAMEWORK, who, mentor(name), text, full)
    yield from team_examples.homes(who, name)
    yield from month_examples.homes(who, name)


def replies(text: str = f"Some {CANARY} words.", name: str = "Mats") -> Iterator[Drawn]:
    """What comes back to whoever gave a check-in."""
    for words_back in (text, ""):
        for is_to_talk_about in (True, False):
            yield reading.replied(Reply(check_in(text), name, words_back, is_to_talk_about))


def bundled(text: str = f"Some {CANARY} words.", name: str = "Ana") -> Iterator[Drawn]:
    """The morning's list: of everything, and of one thing."""
    waiting = piece(text, review(name=name), author=name)
    changes = piece(text, review(Verdict.CHANGES, name=name, reason=text), author=name, state=State.CHANGES)
    yield dict(bundles.bundle(Waiting(key(1), name, key(2), ((waiting, waiting.reviews[0]),) * 10, (changes,) * 5, 7)))
    yield dict(bundles.bundle(Waiting(key(1), name, None, ((waiting, waiting.reviews[0]),), ())))
    yield dict(bundles.bundle(Waiting(key(1), name, None, (), (), wrong=(name,) * 9)))
    asked = assessment_examples.blind(FRAMEWORK, name)
    yield dict(bundles.bundle(Waiting(key(1), name, None, (), (), assessments=(asked,) * 10)))
    yield chances_examples.bundled(text, name)
    yield dict(bundles.bundle(Waiting(key(1), name, None, (), (), **session_examples.waiting(text, name))))
    yield dict(bundles.bundle(Waiting(key(1), name, None, (), (), **peer_round_examples.waiting(person(name)))))
    yield dict(bundles.bundle(Waiting(key(1), name, None, (), (), **word_examples.waiting(FRAMEWORK, text, name))))
    yield dict(bundles.bundle(Waiting(key(1), name, None, (), (), career=career_examples.waiting(text, name))))
    yield dict(bundles.bundle(Waiting(key(1), name, None, (), (), stories=(story_examples.story(text, name),) * 5)))
    yield dict(
        bundles.bundle(
            Waiting(key(1), name, None, (), (), mentoring=mentor_examples.waiting(FRAMEWORK, person(name), text))
        )
    )


def weeks(name: str = "Mats") -> Iterator[Drawn]:
    """A manager's week: of everything, and of one thing."""
    plain: Drawn = {"manager_id": key(1), "name": name, "schedule": Schedule("Europe/Stockholm"), "away": ()}
    full: Drawn = {"answers": 12, "help_wanted": (name,) * 8, "pieces": 9, "authors": (name,) * 9, "oldest_days": 9}
    titles = tuple(one.title for one in LEVEL.milestones)
    praise, wish = Praise(name, titles[0], (key(3),) * 9), Wish(name, titles)
    full |= {"praise": (praise,) * 8, "wishes": (wish,) * 8, "talks": 12, "due": (name,) * 8, "career": (name,) * 8}
    full |= {"pairs": (Pair(name, name),) * 8, "back": (Return(name, TODAY),) * 8}
    time = Hours(name, 3, TODAY)
    full |= {"hours": (time, Hours(name, 1, TODAY, name)) * 4}
    full |= {"reviews": (Ask(name, key(9)),) * 8, "requests": (Ask(name, key(8)),) * 8}
    one = {"pieces": 1, "authors": (name,)}
    few: tuple[Drawn, ...] = (
        {"praise": (praise,)}, {"wishes": (wish,)}, {"answers": 1, "talks": 1}, {"due": (name,), "talks": 1},
        {"pairs": (Pair(name, name),)}, {"hours": (time,)},
        {"back": (Return(name, TODAY),), "requests": (Ask(name, key(8)),)},
    )  # fmt: skip
    for given in (full, {"answers": 1}, {"answers": 1, "help_wanted": (name,)}, one, {**one, "oldest_days": 1}, *few):
        yield dict(manager_weeks.week(Week(**plain | given)))


def helps(name: str = "Kiran") -> Iterator[Drawn]:
    """Help wanted: by one, by a few, by many."""
    for many in (1, 3, 60):
        wanted = HelpWanted(key(1), Schedule("Europe/Stockholm"), (), (name,) * many, NOW)
        yield dict(manager_weeks.help_wanted(wanted))


def welcome(name: str = "Ana", **more: Any) -> Welcome:
    who = person(name, manager_name=name)
    track, level = FRAMEWORK.track(who.track or ""), FRAMEWORK.level(who.track or "", who.level or "")
    return Welcome(**{"person": who, "away": (), "track": track, "level": level, "upward": LEVEL,
                      "rhythm": Cadence.FORTNIGHTLY, **more})  # fmt: skip


def hellos(name: str = "Ana") -> Iterator[Drawn]:
    """A welcome over its life: fresh, its taps done one by one, as a manager, and at the widest level."""
    chosen = LEVEL.milestones[:3]
    states: list[Drawn] = [
        {}, {"is_right": True}, {"is_right": False}, {"is_right": False, "owners": (name,) * 9}, {"focus": chosen},
        {"has_hours": True}, {"is_manager": True, "is_right": True, "focus": chosen, "has_hours": True},
        {"upward": None, "person": person(name, manager_name=None)},
    ]  # fmt: skip
    yield from (welcomes.hello(welcome(name, **state)) for state in states)
    yield welcomes.hello(welcome(name, is_manager=True), features=features.ALWAYS)


def wrongs(name: str = "Ana") -> Iterator[Drawn]:
    """What owners hear: with all on record, and with nothing."""
    shown = welcome(name)
    yield welcomes.wrong(Wrong(shown.person, shown.track, shown.level))
    yield welcomes.wrong(Wrong(person(name, track=None, level=None, manager_name=None), None, None))


@lru_cache(maxsize=4)
def messages(text: str = f"Some {CANARY} words.", name: str = "Ana") -> dict[str, list[Drawn]]:
    """Every direct message by its kind, in each of its states; a redrawing is drawn as what it redraws."""
    asked = list(requests(text, author=name, name=name))
    sent = piece(text, review(name=name), author=name)
    return {
        "check_in.prompt": list(prompts(name)),
        "check_in.prompt_again": list(prompts(name)),
        "evidence.asked": asked,
        "evidence.asked_again": asked,
        "check_in.replied": list(replies(text, name)),
        "reading.week": list(weeks(name)),
        "reading.help": list(helps(name)),
        "welcome.hello": list(hellos(name)),
        "welcome.hello_again": list(hellos(name)),
        "welcome.hours_kept": list(hellos(name)),
        "welcome.manager": [welcomes.manager(welcome(name))],
        "welcome.wrong": list(wrongs(name)),
        "attention.bundle": [*bundled(text, name), digest_examples.bundled(name), feedback_examples.bundled(name)],
        "home": list(homes(text, name)),
        "home.program": list(homes(text, name)),
        "evidence.verdict": list(verdicts(text, author=name, name=name)),
        **away_examples.messages(
            name,
            [piece(text, review(name=name), author=name, state=state) for state in State],
            Waiting(key(1), name, key(2), ((sent, sent.reviews[0]),) * 10, (), 7),
        ),
        **session_examples.messages(text, name),
        **career_examples.messages(text, name),
        **program_examples.messages(name),
        **digest_examples.messages(text, name),
        **feedback_examples.messages(name),
        **round_examples.messages(),
        **peer_round_examples.messages(person(name), text),
        **plan_examples.messages(text, name),
        **pair_examples.messages(FRAMEWORK, person(name), mentor(name), text),
        **mentor_examples.messages(FRAMEWORK, person(name), mentor(name), text),
        **story_examples.messages(text, name),
        **assessment_examples.messages(FRAMEWORK, text, name),
        **chances_examples.messages(text, name),
        **month_examples.messages(name),
        **word_examples.messages(FRAMEWORK, text, name),
    }


def answers() -> list[Drawn]:
    """What is answered where something was not possible."""
    again = [notices.message("Once more.", notices.reopen_command(command)) for command in notices.OPENERS]
    return [notices.message(notices.OLD_BUTTON), *again]


VIEWS = views()


def pressable() -> set[str]:
    """Every action_id of a button or of anything else that tells us at once."""
    surfaces = [
        *VIEWS.values(),
        *empty_views().values(),
        *answers(),
        *(one for many in messages().values() for one in many),
    ]
    return {
        element["action_id"]
        for drawn in surfaces
        for block, element in all_in(drawn["blocks"])
        if element["type"] in BUTTONS or block["type"] != "input" or block.get("dispatch_action")
    }

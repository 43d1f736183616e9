"""One of each view and message of rounds of matching, and of the figures on mentoring, for owners."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from bot.rules.fit import Bar
from bot.rules.fit_words import REASONS, WHY_NOT
from bot.rules.match_rounds import PAGE, Candidate, Choice, Page, Pair, Round, Side, State, Waiting
from bot.rules.mentoring_figures import Coverage, Figures, Need, Scores
from bot.views import match_rounds, mentoring_figures

Drawn = dict[str, Any]
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
TOTALS: Drawn = {"requests": 60, "matched": 38, "share": 0.63, "mean": 0.71}
GROUPS: Drawn = {key: {**TOTALS, "mean": None} for key in ("technical", "customer", "None")}
FIGURES: Drawn = {
    **TOTALS, "p5": 0.4, "least": 0.3, "look_closely": 3, "top_5": 0.8, "top_10": 0.9, "mentors": 40, "idle": 3,
    "full": 12, "unmatched": {key.value: 5 for key in Bar}, "tracks": GROUPS, "bands": {"2": TOTALS}, "ratio": 0.7,
    "spread": {"track": 0.03, "band": None}, "greedy": TOTALS, "first_come": {**TOTALS, "mean": None},
    "one_more": {"technical": 3, "customer": 0},
}  # fmt: skip
ALL_REASONS = tuple(f"{key}:20" for key in REASONS)
NAMED: Drawn = {"tracks": str.title, "competencies": str.title}


def shown(state: State = State.READY) -> Round:
    return Round(UUID(int=21), state, NOW, 12_000, 20_000, FIGURES if state is not State.FAILED else {})


def side(name: str, number: int) -> Side:
    return Side(UUID(int=number), name, "technical" if number % 7 else "", "T3")


def pairs(name: str) -> tuple[Pair, ...]:
    """A page of them: of every score, changed or not, and without a mentor for every reason."""
    why = [*WHY_NOT, "taken out", None]
    matched = [
        Pair(UUID(int=n), side(name, n), side(name, n + 1), n / PAGE, ALL_REASONS[n % 5 : n % 5 + 3], None, n % 5 == 0)
        for n in range(PAGE - len(why))
    ]
    alone = [Pair(UUID(int=99 + n), side(name, n), None, None, (), reason, False) for n, reason in enumerate(why)]
    return (*matched, *alone)


def page(name: str, *, number: int = 0, state: State = State.READY) -> Drawn:
    found = Page(shown(state), pairs(name), 30, 60, number)
    return match_rounds.page(found, **NAMED)


def choice(name: str, many: int = 3) -> Drawn:
    candidates = tuple(Candidate(side(name, n), 0.8, ALL_REASONS[:3]) for n in range(1, many + 1))
    return match_rounds.choice(Choice(UUID(int=21), pairs(name)[0], candidates), 1, **NAMED)


def figures() -> Drawn:
    coverage = {f"track-{n}": Coverage(n * 40, 0.5, 0.05 * n, 0.55) if n else hidden() for n in range(5)}
    needs = {f"of-{n}": Need(20 + n, n or None) for n in range(8)}
    mentors = {"nobody yet": None, "some": 1200, "full": 0}
    all_pairs = {"in rhythm": 40, "quiet": 5, "resting": None}
    scores = Scores(40, 4.2, 4.5, 0.9)
    found = Figures(coverage, 12_000, 9, 0.65, 140, all_pairs, scores, mentors, needs, {"any": Need(5, 0), **needs})
    return mentoring_figures.page(found, **NAMED)


def hidden() -> Coverage:
    return Coverage(None, None, None, None)


def no_figures() -> Drawn:
    none = Figures({}, 0, None, None, 0, {}, Scores(0, None, None, None), {}, {}, {})
    return mentoring_figures.page(none, **NAMED)


def views(name: str) -> dict[str, Drawn]:
    return {
        "matching round": page(name),
        "matching round, in the middle": page(name, number=1),
        "matching round, running": page(name, state=State.RUNNING),
        "matching round, none open": match_rounds.nothing_open(Waiting(12, shown(State.PUBLISHED))),
        "another mentor": choice(name),
        "matching round, as a file": match_rounds.exported(),
        "matching round, published": match_rounds.done(shown(State.PUBLISHING)),
        "how mentoring is going": figures(),
    }


def empty_views() -> dict[str, Drawn]:
    empty = Page(shown(), (), 0, 0, 0)
    return {
        "matching round": match_rounds.page(empty, **NAMED),
        "matching round, none ever": match_rounds.nothing_open(Waiting()),
        "no other mentor": choice("Ana", many=0),
        "how mentoring is going": no_figures(),
    }


def messages() -> dict[str, list[Drawn]]:
    each = [match_rounds.message(shown(state)) for state in State]
    return {"match_round.begun": each, "match_round.begun_again": each, "match_round.ready": each}

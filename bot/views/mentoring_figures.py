"""How mentoring is going, for owners: each figure with one sentence, and nobody in it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.rules.mentoring_figures import LEAST, Figures, Need, Scores
from bot.views import charts, parts, surface
from bot.views.words import plural

OPEN = "mentoring.figures"
PAGE = "mentoring.figures.v1"
FEW = f"under {LEAST}"
ANY = "any other"
PAIRS = ("in rhythm", "quiet", "resting")
MENTORS = ("nobody yet", "some", "full")
NOTE = (
    f"Groups of fewer than {LEAST} are not shown, nor what would tell them; shares are rounded to 5 %. "
    "Who declined or ended something is never counted by name."
)

Named = Callable[[str], str]


def page(shown: Figures, *, tracks: Named, competencies: Named) -> dict[str, Any]:
    said = {
        "coverage": _coverage(shown, tracks),
        "waiting": _waiting(shown),
        "acceptance": _acceptance(shown),
        "pairs": _pairs(shown),
        "scores": _scores(shown.scores),
        "mentors": _mentors(shown),
        "tracks": _needs("*Tracks people wait for*", shown.tracks, lambda key: ANY if key == "any" else tracks(key)),
        "competencies": _needs("*What they want to grow in*", shown.competencies, competencies),
    }
    blocks = [parts.section(text, id=name) for name, text in said.items()]
    drawn = parts.modal("How mentoring is going", [*blocks, parts.context(NOTE, id="note")], id=PAGE)
    return dict(surface.guard(drawn, "modal"))


def _coverage(shown: Figures, tracks: Named) -> str:
    rows = [
        (tracks(key), _count(one.members), share(one.mentees), share(one.mentors), share(one.either))
        for key, one in shown.coverage.items()
    ]
    said = "*Coverage*: of the members of each track, who has a mentor, who is one, and either."
    return f"{said}\n{charts.as_text(('track', 'members', 'has', 'is', 'either'), rows)}"


def _waiting(shown: Figures) -> str:
    said = f"*Waiting*: {_count(shown.waiting)} requests are open."
    if shown.median_days is None:
        return said
    return f"{said} Half of them have waited {plural(shown.median_days, 'day', 'days')} or more."


def _acceptance(shown: Figures) -> str:
    if shown.accepted is None:
        return f"*Acceptance*: fewer than {LEAST} requests were answered in the last year."
    return f"*Acceptance*: {share(shown.accepted)} of {shown.answered:,} requests put before a mentor in the last year."


def _pairs(shown: Figures) -> str:
    said = "*Pairs*: who meets about as often as they agreed, who has become quiet, and who rests."
    return f"{said}\n{charts.as_text(PAIRS, [_counts(shown.pairs, PAIRS)])}"


def _scores(shown: Scores) -> str:
    said = "*At the end*, from 1 to 5"
    if shown.worth is None and shown.fit is None:
        return f"{said}: too few have answered in the last year, or too much alike to be shown."
    return (
        f"{said}: worth the time {_mean(shown.worth)}, fit {_mean(shown.fit)}; "
        f"{share(shown.again)} would do it again ({plural(shown.surveys, 'answer', 'answers')})."
    )


def _mentors(shown: Figures) -> str:
    said = "*Mentors*: with nobody yet, with some places taken, and full for now."
    return f"{said}\n{charts.as_text(MENTORS, [_counts(shown.mentors, MENTORS)])}"


def _needs(title: str, needs: Mapping[str, Need], named: Named) -> str:
    if not needs:
        return f"{title}: nothing that {LEAST} or more wait for."
    rows = [(named(key), f"{one.wanted:,}", _count(one.free)) for key, one in needs.items()]
    return f"{title}, beside the places free.\n{charts.as_text(('', 'wait', 'free'), rows)}"


def _counts(cells: Mapping[str, int | None], names: Sequence[str]) -> Sequence[str]:
    return [_count(cells.get(name, 0)) for name in names]


def _count(value: int | None) -> str:
    return FEW if value is None else f"{value:,}"


def _mean(value: float | None) -> str:
    return "not shown" if value is None else f"{value:.1f}"


def share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"

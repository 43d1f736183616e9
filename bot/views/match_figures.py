"""The figures of a round of matching, before its pairs: how good it is and whether it is fair. They name nobody."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.rules.fit_words import WHY_NOT
from bot.views import charts, parts
from bot.views.mentoring_figures import share
from bot.views.words import escape, plural

Named = Callable[[str], str]
Figures = Mapping[str, Any]
FAIR_RATIO, FAIR_SPREAD = 0.8, 0.02
NO_TRACK = "None"  # of those who are in no track, as the rules spell it
NOTE = "Groups of fewer than five are not shown, nor what would tell them."


def blocks(figures: Figures, *, tracks: Named) -> list[dict[str, Any]]:
    """Nothing where nothing was matched."""
    if not figures.get("requests"):
        return []
    said = {
        "quality": _quality(figures),
        "compared": _compared(figures),
        "fairness": _fairness(figures, tracks),
        "unmatched": _unmatched(figures),
        "one-more": _one_more(figures["one_more"], tracks),
    }
    return [parts.section(text, id=name) for name, text in said.items() if text] + [parts.context(NOTE, id="small")]


def _quality(figures: Figures) -> str:
    if not figures["matched"]:
        return ""
    said = (
        f"*How well they fit*: {share(figures['mean'])} on average, {share(figures['least'])} at least; "
        f"{share(figures['top_5'])} have one of the five mentors who fit them best."
    )
    if figures["look_closely"]:
        closely = plural(figures["look_closely"], "pair fits", "pairs fit")
        said += f" {closely} less than half and stand first, to be looked at closely."
    mentors = f"Of {figures['mentors']:,} mentors {figures['idle']:,} have nobody, and {figures['full']:,} are full."
    return f"{said}\n{mentors}"


def _compared(figures: Figures) -> str:
    names = {"this round": figures, "best pair first": figures["greedy"], "first come": figures["first_come"]}
    rows = [(name, f"{one['matched']:,}", share(one["mean"])) for name, one in names.items()]
    said = "*Compared with simpler ways*, on the same people."
    return f"{said}\n{charts.as_text(('', 'pairs', 'fit'), rows)}"


def _fairness(figures: Figures, tracks: Named) -> str:
    rows = [
        *_groups(figures["tracks"], lambda key: "no track" if key == NO_TRACK else tracks(key)),
        *_groups(figures["bands"], lambda key: "no band" if key == NO_TRACK else f"band {key}"),
    ]
    if not rows:
        return ""
    table = charts.as_text(("mentees of", "ask", "matched", "fit"), rows)
    return f"*Is it fair?* {_verdict(figures)}\n{table}"


def _groups(groups: Mapping[str, Figures], named: Named) -> Sequence[Sequence[str]]:
    return [
        (named(key), f"{one['requests']:,}", share(one["share"]), share(one["mean"])) for key, one in groups.items()
    ]


def _verdict(figures: Figures) -> str:
    """The two gates of fairness, in words."""
    spreads = [one for one in figures["spread"].values() if one is not None]
    if figures["ratio"] is not None and figures["ratio"] < FAIR_RATIO:
        return "One track gets far fewer mentors than another. Look at what is missing there before you publish."
    if spreads and max(spreads) > FAIR_SPREAD:
        return "One group gets pairs that fit less well than another's. Look at why before you publish."
    return "All groups that are shown get about as many mentors, and pairs that fit about as well."


def _unmatched(figures: Figures) -> str:
    counts = sorted(figures["unmatched"].items(), key=lambda one: (-one[1], one[0]))
    lines = [f"• {escape(WHY_NOT.get(key, key))}: {count:,}" for key, count in counts]
    return "\n".join(["*Without a mentor this time*", *lines]) if lines else ""


def _one_more(tracks_open: Mapping[str, int], tracks: Named) -> str:
    lines = [
        f"• {escape(tracks(key))}: {plural(many, 'more pair', 'more pairs')}"
        for key, many in tracks_open.items()
        if many
    ]
    return "\n".join(["*What one more mentor on a track would open*", *lines]) if lines else ""

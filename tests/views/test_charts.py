"""Charts and tables are what Slack takes, whatever they hold, and every figure in them survives as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import charts, parts, surface
from bot.views.charts import Kind
from sandbox import limits
from tests.views.drawn import names

KINDS: list[Kind] = ["line", "bar", "area", "pie"]
figures = st.integers(1, 10**6) | st.floats(0.1, 5).map(lambda one: round(one, 1))


@given(kind=st.sampled_from(KINDS), data=st.data())
def test_slack_takes_a_chart_and_a_table_of_whatever_there_is(kind: Kind, data: st.DataObject) -> None:
    categories = data.draw(st.lists(names, min_size=1, max_size=30))
    all_of_them = st.lists(figures, min_size=len(categories), max_size=len(categories))
    series = data.draw(st.dictionaries(names, all_of_them, min_size=1, max_size=9))
    rows = [(name, *(str(one[n]) for one in series.values())) for n, name in enumerate(categories)]
    drawn = parts.message(
        "Figures",
        [
            charts.chart("Ratings", kind, categories, series, id="chart"),
            charts.table(("", *series), rows, id="table"),
        ],
    )
    for shown in (drawn, charts.plainly(drawn) or {}):
        assert surface.problems(shown, "message") == []
        assert limits.problems(shown, "message") == []


def test_labels_that_are_too_long_stay_apart() -> None:
    ladder = [f"Process optimization, site {n}" for n in range(12)]
    drawn = charts.chart("Members", "bar", ladder, {"members": list(range(12))}, id="members")
    labels = drawn["chart"]["axis_config"]["categories"]
    assert (labels[0], labels[11]) == ("Process optimizatio…", "Process optimiz… 12")
    assert len(set(labels)) == 12


def test_without_charts_the_same_figures_stand_in_columns() -> None:
    drawn = parts.message(
        "Figures",
        [
            parts.header("Ratings", id="head"),
            charts.chart("Choice & standing", "line", ["Q1", "Q2"], {"now": [1200, 3.5], "then": [2, 4]}, id="line"),
            charts.chart("Reach", "pie", ["answered", "nobody", "not"], {"": [30, 0, 10]}, id="pie"),
            charts.table(("", "mean"), [("technical", "3.9"), ("", "not shown")], id="table"),
        ],
    )
    plain = charts.plainly(drawn)
    assert plain is not None
    assert [block["block_id"] for block in plain["blocks"]] == ["head", "line", "pie", "table"]
    line, pie, table = (block["text"]["text"] for block in plain["blocks"][1:])
    assert line == "*Choice &amp; standing*\n```\n        now  then\nQ1  1,200.0     2\nQ2      3.5     4\n```"
    assert pie == "*Reach*\n```\nanswered  30\nnot       10\n```"
    assert table == "```\n                mean\ntechnical        3.9\n—          not shown\n```"
    assert charts.plainly(plain) is None


@pytest.mark.parametrize("series", [{}, {"now": [1]}])
def test_a_chart_without_its_figures_is_a_mistake_of_ours(series: dict[str, list[int]]) -> None:
    with pytest.raises(parts.InvalidUsageError):
        charts.chart("Empty", "bar", ["a", "b"], series, id="empty")

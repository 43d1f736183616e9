"""The order of a team and its pages."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from bot.rules import team
from bot.rules.team import PER_PAGE, Order, Report

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


def report(name: str, track: str = "Technical", level: str = "T2", band: int = 2, **more: Any) -> Report:
    given = {"unread": 0, "waiting": 0, "waiting_since": None, "is_away": False, **more}
    return Report(UUID(int=sum(map(ord, name))), name, track, level, **given, band=band)


TEAM = (
    report("zoë", "Customer", "C4", 4),
    report("Ana", is_talk_due=True),
    report("Ben", unread=1, waiting=1, waiting_since=NOW),
    report("Cy", "Customer", "C2", waiting=2, waiting_since=NOW - timedelta(days=9)),
    report("عمر", level="T10", band=5),
    report("Di", unread=5, manager="Mats"),
    report("Abe", manager="Mats"),
)
ORDERS = {
    Order.WAITS: ["Cy", "Ben", "Ana", "zoë", "عمر", "Di", "Abe"],
    Order.NAME: ["Ana", "Ben", "Cy", "zoë", "عمر", "Abe", "Di"],
    Order.LEVEL: ["Cy", "zoë", "Ana", "Ben", "عمر", "Abe", "Di"],
}


@pytest.mark.parametrize("order", Order)
def test_ones_own_people_come_first_in_the_order_asked_for(order: Order) -> None:
    assert [one.name for one in team.in_order(TEAM, order)] == ORDERS[order]


def test_a_page_beyond_the_last_is_the_last() -> None:
    many = [report(str(n)) for n in range(2 * PER_PAGE + 1)]
    assert team.pages(many) == 3
    assert [len(team.on_page(many, page)) for page in (-1, 0, 1, 2, 99)] == [PER_PAGE, PER_PAGE, PER_PAGE, 1, 1]
    assert [one for page in range(3) for one in team.on_page(many, page)] == many
    assert (team.pages([]), team.on_page([], 3)) == (1, [])

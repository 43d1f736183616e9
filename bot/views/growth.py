"""My growth: what somebody wants to become, and what helps with it, one line and one button each."""

from datetime import date
from typing import Any

from bot.rules.growth import Growth
from bot.views import assessments, career_talks, directions, opportunities, parts, plans, surface, what_ifs, who_knows

OPEN = "growth.open"
PAGE = "growth.page.v1"
TITLE = "My growth"
YOURS = "Yours to fill in, as much or as little as you like. Each part says who else sees it."


def view(growth: Growth, *, today: date) -> dict[str, Any]:
    """Every part draws its own row: `growth_row` of its view."""
    rows = [
        directions.growth_row(growth.direction, today=today),
        plans.growth_row(growth.plan, today=today),
        assessments.growth_row(growth.assessment, today=today),
        opportunities.growth_row(growth.chances, today=today),
        what_ifs.growth_row(growth.what_ifs),
        who_knows.growth_row(is_findable=growth.is_findable),
        career_talks.growth_row(growth.career, today=today),
    ]
    return dict(surface.guard(parts.modal(TITLE, [parts.context(YOURS, id="yours"), *rows], id=PAGE), "modal"))


def button() -> dict[str, Any]:
    """The way here, from Home."""
    return parts.button(TITLE, id=OPEN)

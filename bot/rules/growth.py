"""My growth: where somebody stands with what they want to become, a part for each thing that helps with it."""

from dataclasses import dataclass

from bot.rules.assessments import Assessment
from bot.rules.career_talks import Own
from bot.rules.directions import Direction
from bot.rules.opportunities import Opportunity
from bot.rules.people import Person
from bot.rules.plans import Plan
from bot.rules.what_ifs import WhatIf


@dataclass(frozen=True)
class Growth:
    """What the page *My growth* is drawn from. A part is None where there is nothing of it yet."""

    person: Person
    direction: Direction | None = None
    plan: Plan | None = None
    assessment: Assessment | None = None
    what_ifs: tuple[WhatIf, ...] = ()
    chances: tuple[Opportunity, ...] = ()
    is_findable: bool = False
    career: Own | None = None

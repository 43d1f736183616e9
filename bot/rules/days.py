"""Days as people type them: *Monday*, *tomorrow*, *24 December*, *2026-12-24*."""

import re
from datetime import date, timedelta

from bot.rules.refusal import Refusal

NUMBER = re.compile(r"[0-9]{1,2}")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
FORMS = "Name a day, such as: Monday, tomorrow, 24 December or 2026-12-24."


def read(text: str, *, today: date) -> date:
    """The day somebody means; a weekday is the next one after today. Refusal with examples for anything else."""
    words = re.sub(r"[,.]", " ", text.lower()).split()
    words = [word for word in words if word not in ("until", "till", "on", "the")]
    match words:
        case ["tomorrow"]:
            return today + timedelta(days=1)
        case ["next", "week"]:
            return _next_weekday(0, today)
        case [name] | ["next", name] if (weekday := _starts(WEEKDAYS, name)) is not None:
            return _next_weekday(weekday, today)
        case [number, name] if NUMBER.fullmatch(number) and (month := _starts(MONTHS, name)) is not None:
            return _next_date(int(number), month + 1, today)
        case [name, number] if NUMBER.fullmatch(number) and (month := _starts(MONTHS, name)) is not None:
            return _next_date(int(number), month + 1, today)
        case [iso]:
            return _iso(iso)
    raise Refusal(FORMS)


def _starts(names: tuple[str, ...], word: str) -> int | None:
    return next((n for n, name in enumerate(names) if len(word) >= 3 and name.startswith(word)), None)


def _next_weekday(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _next_date(number: int, month: int, today: date) -> date:
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, number)
        except ValueError:
            continue
        if found > today:
            return found
    raise Refusal(FORMS)


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(FORMS) from None

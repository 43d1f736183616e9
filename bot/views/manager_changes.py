"""What somebody hears whose manager is another one: who reads what from now on."""

from collections.abc import Collection, Mapping
from typing import Any

from bot.rules.features import ALL
from bot.rules.manager_changes import NewManager
from bot.views import my_data, parts
from bot.views.words import escape, listing


def told(found: NewManager, features: Collection[str] = ALL) -> Mapping[str, Any]:
    said = "There is no manager on record for you now."
    if found.now is not None:
        said = f"Your manager on record is now *{escape(found.now)}*{_sees(features)}."
    elif "check_ins" in features:
        said += " Only you read your new check-ins."
    before = escape(found.before)
    stays = f"What you told *{before}* in check-ins stays with *{before}*, who sees nothing new of yours."
    why = "You get this once, because the record of who manages whom has changed."
    blocks = [
        parts.section(f"{said}\n{stays}" if "check_ins" in features else said, id="said"),
        parts.actions(parts.button("My data", id=my_data.OPEN), id="mine"),
        parts.context(why, "Is it wrong? *My data* says whom to ask.", id="why"),
    ]
    return parts.message(said, blocks)


def _sees(features: Collection[str]) -> str:
    seen = [
        *(["reads your check-ins from now on"] if "check_ins" in features else []),
        *(["sees your evidence"] if "evidence" in features else []),
    ]
    return f", who {listing(seen)}" if seen else ""

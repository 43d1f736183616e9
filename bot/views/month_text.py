"""A month as plain text, for a terminal."""

import re
from collections.abc import Mapping
from typing import Any

from bot.rules.months import Month
from bot.views import month_figures, months
from bot.views.month_figures import Named

FENCE = re.compile(r"```\n?")
BOLD = re.compile(r"\*([^*\n]+)\*")
ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def text(shown: Month, *, tracks: Named, milestones: Named) -> str:
    """The sentence that comes first, then every figure."""
    blocks = month_figures.page(shown, tracks=tracks, milestones=milestones)["blocks"]
    said = [months.headline(shown), *(_said(block) for block in blocks[1:])]
    return _plain("\n\n".join(said))


def _said(block: Mapping[str, Any]) -> str:
    texts = [block["text"]] if "text" in block else block["elements"]
    return "\n".join(one["text"] for one in texts)


def _plain(mrkdwn: str) -> str:
    said = BOLD.sub(r"\1", FENCE.sub("", mrkdwn))
    for escaped, character in ESCAPES:
        said = said.replace(escaped, character)
    return said.rstrip()

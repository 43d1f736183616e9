# ruff: noqa: A002 - `id` is the word for what Slack calls block_id, action_id and callback_id
"""What blocks and inputs are made of: texts that fit, ids that are there, and elements drawn before."""

from typing import Any

import slackblocks as sb
from slackblocks.elements import ElementType

from bot.views.words import clip, clip_mrkdwn

InvalidUsageError = sb.InvalidUsageError
Drawn = dict[str, Any]
BLANK = "—"


def mrkdwn(text: str, limit: int) -> sb.Text:
    # Verbatim: Slack makes no links or mentions out of plain characters, only out of what we wrote as such.
    return sb.Markdown(clip_mrkdwn(text, limit) if text.strip() else BLANK, verbatim=True)


def plain(text: str, limit: int) -> sb.Text:
    return sb.PlainText(clipped(text, limit))


def maybe(text: str, limit: int) -> sb.Text | None:
    return plain(text, limit) if text.strip() else None


def clipped(text: str, limit: int) -> str:
    return clip(text, limit) if text.strip() else BLANK


def known(id: str) -> str:
    # slackblocks makes up an id for an empty one, and then nothing finds the answer again.
    check(bool(id), "everything that is drawn needs an id")
    return id


def check(is_right: bool, otherwise: str) -> None:
    if not is_right:
        raise InvalidUsageError(otherwise)


def drawn(part: sb.Block | sb.Element | sb.ConfirmationDialogue | sb.View | sb.WebhookMessage) -> Drawn:
    return part._resolve()


class Element(sb.Element):
    """An element drawn before: an outline for slackblocks to check in its block.

    It would walk through what is drawn once more, a third of the time that a form takes; callers put that in its place.
    """

    def __init__(self, drawn: Drawn) -> None:
        super().__init__(ElementType(drawn["type"]))
        self._outline = {"type": drawn["type"]}

    def _resolve(self) -> Drawn:
        return self._outline

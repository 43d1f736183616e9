# ruff: noqa: A002 - `id` is the word for what Slack calls block_id, action_id and callback_id
"""Block Kit, piece by piece: thin functions over slackblocks, which checks what it is given. All return plain dicts.

Two kinds of text go in. mrkdwn: `section`, `field_list`, `context` and the text of a `message`, where people's words
are escaped first (`words.escape`, `words.quote`). Plain text: everything else, shown as it is, where nothing can fire.

What may hold people's words is clipped when it is too long, and shown as "—" when it is blank. What only we write (ids,
values, counts, titles, what a button must say) raises InvalidUsageError instead, so that a test finds it.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

import slackblocks as sb
from slackblocks.blocks import BlockType

from bot.views import pieces
from bot.views.pieces import BLANK, Drawn
from bot.views.words import clip_mrkdwn

InvalidUsageError = pieces.InvalidUsageError
MOST_VALUE = 2000


def section(text_mrkdwn: str, *, id: str, accessory: Drawn | None = None) -> Drawn:
    beside = pieces.Element(accessory) if accessory else None
    drawn = pieces.drawn(sb.SectionBlock(pieces.mrkdwn(text_mrkdwn, 3000), block_id=pieces.known(id), accessory=beside))
    return {**drawn, "accessory": accessory} if accessory else drawn


def words(text: str, *, id: str) -> Drawn:
    """People's own words, quoted exactly as typed: Slack parses nothing in here."""
    quote = sb.RichTextQuote(sb.RichText(pieces.clipped(text, 3000)))
    return pieces.drawn(sb.RichTextBlock(quote, block_id=pieces.known(id)))


def field_list(pairs: Sequence[tuple[str, str]], *, id: str) -> Drawn:
    """Up to ten (name, value) pairs of mrkdwn in two columns."""
    fields: list[str | sb.Text] = [pieces.mrkdwn(f"*{name}*\n{value.strip() or BLANK}", 2000) for name, value in pairs]
    return pieces.drawn(sb.SectionBlock(fields=fields, block_id=pieces.known(id)))


def header(text: str, *, id: str) -> Drawn:
    return pieces.drawn(sb.HeaderBlock(pieces.clipped(text, 150), block_id=pieces.known(id)))


def context(*texts: str, id: str) -> Drawn:
    """One to ten small grey texts of mrkdwn."""
    pieces.check(bool(texts), f"{id}: a context needs a text")
    return pieces.drawn(sb.ContextBlock([pieces.mrkdwn(text, 3000) for text in texts], block_id=pieces.known(id)))


def divider(*, id: str) -> Drawn:
    return pieces.drawn(sb.DividerBlock(block_id=pieces.known(id)))


def actions(*elements: Drawn, id: str) -> Drawn:
    """One to 25 buttons or menus in a row, each with an id of its own."""
    pieces.check(bool(elements), f"{id}: actions need an element")
    drawn = sb.ActionsBlock([pieces.Element(element) for element in elements], block_id=pieces.known(id))
    return {**pieces.drawn(drawn), "elements": list(elements)}


def button(
    label: str,
    *,
    id: str,
    value: str = "",
    style: Literal["primary", "danger"] | None = None,
    confirm: Drawn | None = None,
    says: str | None = None,
    url: str | None = None,
) -> Drawn:
    """`says` is what a screen reader reads instead of the label; `value` comes back when the button is pressed."""
    pieces.check(bool(label.strip()), f"{id}: a button needs a label")
    pieces.check(url is None or url.startswith(("https://", "http://")), f"{id}: {url} is not a web address")
    pieces.check(len(value) <= MOST_VALUE, f"{id}: a value has at most {MOST_VALUE} characters")
    drawn = _button(label, id, style, says, url)
    sure = {"confirm": pieces.drawn(sb.ConfirmationDialogue.from_dict(confirm))} if confirm else {}
    return {**drawn, "text": {**drawn["text"]}, **({"value": value} if value else {}), **sure}


@lru_cache(maxsize=256)
def _button(
    label: str, id: str, style: Literal["primary", "danger"] | None, says: str | None, url: str | None
) -> Drawn:
    """Without what differs from message to message: a round draws the same few buttons for everybody."""
    spoken = pieces.clipped(says, 75) if says else None
    made = sb.Button(
        pieces.clipped(label, 75), action_id=pieces.known(id), url=url, style=style, accessibility_label=spoken
    )
    return pieces.drawn(made)


def confirm(title: str, text: str, *, yes: str, no: str) -> Drawn:
    """The "are you sure?" of a button."""
    asked, why = pieces.plain(title, 100), pieces.plain(text, 300)
    return pieces.drawn(sb.ConfirmationDialogue(asked, why, confirm=yes, deny=no))


def message(text: str, blocks: Sequence[Drawn], *, metadata: Mapping[str, Any] | None = None) -> Drawn:
    """{"text", "blocks"}: `text` (mrkdwn) is what notifications and screen readers say, so it is never blank.

    `metadata` can be read by every app in the workspace: opaque ids only.
    """
    pieces.check(bool(text.strip()), "a message needs a text beside its blocks")
    spoken = clip_mrkdwn(text, 4000)
    attached = dict(metadata) if metadata else None
    drawn = sb.WebhookMessage(text=spoken, blocks=_blocks(blocks, 50), metadata=attached)
    return {**pieces.drawn(drawn), "blocks": list(blocks)}


def modal(
    title: str,
    blocks: Sequence[Drawn],
    *,
    id: str,
    submit: str = "",
    close: str = "Close",
    about: str = "",
    notify_on_close: bool = False,
) -> Drawn:
    """A dialog; title and button labels have at most 24 characters, `about` (private_metadata) at most 3000."""
    drawn = sb.ModalView(
        title,
        _blocks(blocks, 100),
        close=close or None,
        submit=submit or None,
        private_metadata=about,
        callback_id=pieces.known(id),
        notify_on_close=notify_on_close,
    )
    return {**pieces.drawn(drawn), "blocks": list(blocks)}


def home(blocks: Sequence[Drawn]) -> Drawn:
    return {**pieces.drawn(sb.HomeTabView(_blocks(blocks, 100))), "blocks": list(blocks)}


class _Block(sb.Block):
    """A block drawn before: an outline for slackblocks to check on its surface."""

    def __init__(self, drawn: Drawn) -> None:
        super().__init__(BlockType(drawn["type"]), drawn["block_id"])
        self._outline = {"type": drawn["type"], "block_id": drawn["block_id"]}

    def _resolve(self) -> Drawn:
        return self._outline


def _blocks(blocks: Sequence[Drawn], limit: int) -> list[sb.Block]:
    """What slackblocks looks at. Rows come from people, so more than fit are no mistake: `surface.guard` cuts them."""
    return [_Block(block) for block in blocks[:limit]]

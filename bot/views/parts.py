# ruff: noqa: A002 - `id` is the word for what Slack calls block_id, action_id and callback_id
"""Block Kit, piece by piece: thin functions over slackblocks, which checks what it is given. All return plain dicts.

Two kinds of text go in. mrkdwn: `section`, `field_list`, `context` and the text of a `message`, where people's words
are escaped first (`words.escape`, `words.quote`). Plain text: everything else, shown as it is, where nothing can fire.

What may hold people's words is clipped when it is too long, and shown as "—" when it is blank. What only we write (ids,
values, counts, titles, what a button must say) raises InvalidUsageError instead, so that a test finds it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import slackblocks as sb
from slackblocks.blocks import BlockType
from slackblocks.elements import ElementType

from bot.views.words import clip, clip_mrkdwn

InvalidUsageError = sb.InvalidUsageError
Drawn = dict[str, Any]
Number = int | float | Decimal

BLANK = "—"


@dataclass(frozen=True)
class Option:
    """One choice: `value` comes back to us (at most 150 characters), `label` and `about` are read by people."""

    value: str
    label: str
    about: str = ""


def section(text_mrkdwn: str, *, id: str, accessory: Drawn | None = None) -> Drawn:
    beside = _Element(accessory) if accessory else None
    drawn = _drawn(sb.SectionBlock(_mrkdwn(text_mrkdwn, 3000), block_id=_known(id), accessory=beside))
    return {**drawn, "accessory": accessory} if accessory else drawn


def words(text: str, *, id: str) -> Drawn:
    """People's own words, quoted exactly as typed: Slack parses nothing in here."""
    quote = sb.RichTextQuote(sb.RichText(_clipped(text, 3000)))
    return _drawn(sb.RichTextBlock(quote, block_id=_known(id)))


def field_list(pairs: Sequence[tuple[str, str]], *, id: str) -> Drawn:
    """Up to ten (name, value) pairs of mrkdwn in two columns."""
    fields: list[str | sb.Text] = [_mrkdwn(f"*{name}*\n{value.strip() or BLANK}", 2000) for name, value in pairs]
    return _drawn(sb.SectionBlock(fields=fields, block_id=_known(id)))


def header(text: str, *, id: str) -> Drawn:
    return _drawn(sb.HeaderBlock(_clipped(text, 150), block_id=_known(id)))


def context(*texts: str, id: str) -> Drawn:
    """One to ten small grey texts of mrkdwn."""
    _check(bool(texts), f"{id}: a context needs a text")
    return _drawn(sb.ContextBlock([_mrkdwn(text, 3000) for text in texts], block_id=_known(id)))


def divider(*, id: str) -> Drawn:
    return _drawn(sb.DividerBlock(block_id=_known(id)))


def actions(*elements: Drawn, id: str) -> Drawn:
    """One to 25 buttons or menus in a row, each with an id of its own."""
    _check(bool(elements), f"{id}: actions need an element")
    drawn = sb.ActionsBlock([_Element(element) for element in elements], block_id=_known(id))
    return {**_drawn(drawn), "elements": list(elements)}


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
    _check(bool(label.strip()), f"{id}: a button needs a label")
    _check(url is None or url.startswith(("https://", "http://")), f"{id}: {url} is not a web address")
    return _drawn(
        sb.Button(
            _clipped(label, 75),
            action_id=_known(id),
            url=url,
            value=value or None,
            style=style,
            confirm=sb.ConfirmationDialogue.from_dict(confirm) if confirm else None,
            accessibility_label=_clipped(says, 75) if says else None,
        )
    )


def confirm(title: str, text: str, *, yes: str, no: str) -> Drawn:
    """The "are you sure?" of a button."""
    asked, why = _plain(title, 100), _plain(text, 300)
    return _drawn(sb.ConfirmationDialogue(asked, why, confirm=yes, deny=no))


def overflow(options: Sequence[Option], *, id: str) -> Drawn:
    """One to five more choices behind "…"."""
    return _drawn(sb.OverflowMenu(_known(id), _options(options)))


def text_input(
    label: str,
    *,
    id: str,
    hint: str = "",
    placeholder: str = "",
    initial: str = "",
    is_long: bool = False,
    at_most: int = 3000,
    at_least: int = 0,
    is_optional: bool = False,
) -> Drawn:
    element = sb.PlainTextInput(
        action_id=_known(id),
        initial_value=clip(initial, at_most) or None,
        multiline=is_long,
        min_length=at_least,
        max_length=at_most,
        placeholder=_maybe(placeholder, 150),
    )
    return _input(label, element, id=id, hint=hint, is_optional=is_optional)


def number_input(
    label: str,
    *,
    id: str,
    initial: Number | None = None,
    least: Number | None = None,
    most: Number | None = None,
    decimals: bool = False,
    hint: str = "",
    is_optional: bool = False,
) -> Drawn:
    element = sb.NumberInput(
        is_decimal_allowed=decimals,
        action_id=_known(id),
        initial_value=_digits(initial),
        min_value=_digits(least),
        max_value=_digits(most),
    )
    return _input(label, element, id=id, hint=hint, is_optional=is_optional)


def date_input(
    label: str,
    *,
    id: str,
    initial: date | None = None,
    hint: str = "",
    placeholder: str = "",
    is_optional: bool = False,
) -> Drawn:
    first = initial.isoformat() if initial else None
    element = sb.DatePicker(_known(id), initial_date=first, placeholder=_maybe(placeholder, 150))
    return _input(label, element, id=id, hint=hint, is_optional=is_optional)


def select(
    label: str,
    options: Sequence[Option],
    *,
    id: str,
    initial: str | None = None,
    hint: str = "",
    placeholder: str = "",
    is_optional: bool = False,
) -> Drawn:
    """A menu of one to 100 choices, with `initial` chosen if it is still among them."""
    element = sb.StaticSelectMenu(
        action_id=_known(id),
        options=_options(options),
        initial_option=_first(options, initial),
        placeholder=_maybe(placeholder, 150),
    )
    return _input(label, element, id=id, hint=hint, is_optional=is_optional)


def radio(
    label: str,
    options: Sequence[Option],
    *,
    id: str,
    initial: str | None = None,
    hint: str = "",
    is_optional: bool = False,
) -> Drawn:
    """One to ten choices in sight, with `initial` chosen if it is still among them."""
    element = sb.RadioButtonGroup(_known(id), _options(options), initial_option=_first(options, initial))
    return _input(label, element, id=id, hint=hint, is_optional=is_optional)


def checkboxes(
    label: str,
    options: Sequence[Option],
    *,
    id: str,
    initial: Sequence[str] = (),
    hint: str = "",
    is_optional: bool = False,
) -> Drawn:
    """One to ten boxes; of `initial`, those still offered are ticked."""
    element = sb.CheckboxGroup(_known(id), _options(options), initial_options=_chosen(options, initial))
    return _input(label, element, id=id, hint=hint, is_optional=is_optional)


def multi_select(
    label: str,
    options: Sequence[Option],
    *,
    id: str,
    initial: Sequence[str] = (),
    at_most: int | None = None,
    hint: str = "",
    placeholder: str = "",
    is_optional: bool = False,
) -> Drawn:
    """A menu of one to 100 choices to choose several from; of `initial`, those still offered are chosen."""
    element = sb.StaticMultiSelectMenu(
        _known(id),
        _options(options),
        initial_options=_chosen(options, initial[:at_most]),
        max_selected_items=at_most,
        placeholder=_maybe(placeholder, 150),
    )
    return _input(label, element, id=id, hint=hint, is_optional=is_optional)


def people_select(
    label: str,
    *,
    id: str,
    initial: Sequence[str] = (),
    at_most: int | None = None,
    hint: str = "",
    placeholder: str = "",
    is_optional: bool = False,
) -> Drawn:
    """People of the workspace by their Slack ids; the answer is always a list, also with `at_most=1`."""
    element = sb.UserMultiSelectMenu(
        _known(id),
        initial_users=list(initial[:at_most]),
        max_selected_items=at_most,
        placeholder=_maybe(placeholder, 150),
    )
    return _input(label, element, id=id, hint=hint, is_optional=is_optional)


def message(text: str, blocks: Sequence[Drawn], *, metadata: Mapping[str, Any] | None = None) -> Drawn:
    """{"text", "blocks"}: `text` (mrkdwn) is what notifications and screen readers say, so it is never blank.

    `metadata` can be read by every app in the workspace: opaque ids only.
    """
    _check(bool(text.strip()), "a message needs a text beside its blocks")
    spoken = clip_mrkdwn(text, 4000)
    attached = dict(metadata) if metadata else None
    drawn = sb.WebhookMessage(text=spoken, blocks=_blocks(blocks, 50), metadata=attached)
    return {**_drawn(drawn), "blocks": list(blocks)}


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
        callback_id=_known(id),
        notify_on_close=notify_on_close,
    )
    return {**_drawn(drawn), "blocks": list(blocks)}


def home(blocks: Sequence[Drawn]) -> Drawn:
    return {**_drawn(sb.HomeTabView(_blocks(blocks, 100))), "blocks": list(blocks)}


def _input(label: str, element: sb.Element, *, id: str, hint: str, is_optional: bool) -> Drawn:
    _check(bool(label.strip()), f"{id}: an input needs a label")
    block = sb.InputBlock(
        _plain(label, 2000), element, block_id=_known(id), hint=_maybe(hint, 2000), optional=is_optional
    )
    drawn = _drawn(element)
    block.element = _Element(drawn)  # type: ignore[assignment]  # checked above, as what it is
    return {**_drawn(block), "element": drawn}


def _options(options: Sequence[Option]) -> list[sb.Option]:
    return [_option(option) for option in options]


def _option(option: Option) -> sb.Option:
    _check(bool(option.value), f"{option.label}: an option needs a value")
    return sb.Option(_plain(option.label, 75), option.value, description=_maybe(option.about, 75))


def _first(options: Sequence[Option], value: str | None) -> sb.Option | None:
    return next(iter(_chosen(options, [value] if value else [])), None)


def _chosen(options: Sequence[Option], values: Sequence[str]) -> list[sb.Option]:
    return [_option(option) for option in options if option.value in values]


def _mrkdwn(text: str, limit: int) -> sb.Text:
    # Verbatim: Slack makes no links or mentions out of plain characters, only out of what we wrote as such.
    return sb.Markdown(clip_mrkdwn(text, limit) if text.strip() else BLANK, verbatim=True)


def _plain(text: str, limit: int) -> sb.Text:
    return sb.PlainText(_clipped(text, limit))


def _maybe(text: str, limit: int) -> sb.Text | None:
    return _plain(text, limit) if text.strip() else None


def _clipped(text: str, limit: int) -> str:
    return clip(text, limit) if text.strip() else BLANK


def _digits(number: Number | None) -> str | None:
    return None if number is None else f"{Decimal(str(number)):f}"  # Slack reads no exponents


def _known(id: str) -> str:
    # slackblocks makes up an id for an empty one, and then nothing finds the answer again.
    _check(bool(id), "everything that is drawn needs an id")
    return id


def _check(is_right: bool, otherwise: str) -> None:
    if not is_right:
        raise InvalidUsageError(otherwise)


def _drawn(part: sb.Block | sb.Element | sb.ConfirmationDialogue | sb.View | sb.WebhookMessage) -> Drawn:
    return part._resolve()


# slackblocks would walk through what is drawn once more, a third of the time that a form takes: it gets an outline to
# check, and callers put what was drawn in its place again.


class _Element(sb.Element):
    """An element drawn before, for slackblocks to check in its block."""

    def __init__(self, drawn: Drawn) -> None:
        super().__init__(ElementType(drawn["type"]))
        self._outline = {"type": drawn["type"]}

    def _resolve(self) -> Drawn:
        return self._outline


class _Block(sb.Block):
    """A block drawn before, for slackblocks to check on its surface."""

    def __init__(self, drawn: Drawn) -> None:
        super().__init__(BlockType(drawn["type"]), drawn["block_id"])
        self._outline = {"type": drawn["type"], "block_id": drawn["block_id"]}

    def _resolve(self) -> Drawn:
        return self._outline


def _blocks(blocks: Sequence[Drawn], limit: int) -> list[sb.Block]:
    """What slackblocks looks at. Rows come from people, so more than fit are no mistake: `surface.guard` cuts them."""
    return [_Block(block) for block in blocks[:limit]]

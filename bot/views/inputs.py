# ruff: noqa: A002 - `id` is the word for what Slack calls block_id, action_id and callback_id
"""What people fill in or choose from, in forms and menus: thin functions over slackblocks. All return plain dicts.

All text in here is plain: shown as it is, where nothing can fire.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

import slackblocks as sb

from bot.views import pieces
from bot.views.pieces import Drawn
from bot.views.words import clip

Number = int | float | Decimal


@dataclass(frozen=True)
class Option:
    """One choice: `value` comes back to us (at most 150 characters), `label` and `about` are read by people."""

    value: str
    label: str
    about: str = ""


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
    empty = _text_input(label, id, hint, placeholder, is_long, at_most, at_least, is_optional)
    words = clip(initial, at_most)
    return {**empty, "element": {**empty["element"], **({"initial_value": words} if words else {})}}


@lru_cache(maxsize=256)
def _text_input(
    label: str, id: str, hint: str, placeholder: str, is_long: bool, at_most: int, at_least: int, is_optional: bool
) -> Drawn:
    """Without what was typed before: the same few stand in every form of a kind."""
    element = sb.PlainTextInput(
        action_id=pieces.known(id),
        multiline=is_long,
        min_length=at_least,
        max_length=at_most,
        placeholder=pieces.maybe(placeholder, 150),
    )
    return _input(label, element, pieces.drawn(element), id=id, hint=hint, is_optional=is_optional)


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
        action_id=pieces.known(id),
        initial_value=_digits(initial),
        min_value=_digits(least),
        max_value=_digits(most),
    )
    return _input(label, element, pieces.drawn(element), id=id, hint=hint, is_optional=is_optional)


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
    element = sb.DatePicker(pieces.known(id), initial_date=first, placeholder=pieces.maybe(placeholder, 150))
    return _input(label, element, pieces.drawn(element), id=id, hint=hint, is_optional=is_optional)


def time_input(label: str, *, id: str, hint: str = "", is_optional: bool = False) -> Drawn:
    """A time of day, as `15:30`, on the clock of whoever chooses it."""
    element = sb.TimePicker(pieces.known(id))
    return _input(label, element, pieces.drawn(element), id=id, hint=hint, is_optional=is_optional)


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
    return dict(_select(label, tuple(options), id, initial, hint, placeholder, is_optional))


@lru_cache(maxsize=1024)
def _select(
    label: str,
    options: tuple[Option, ...],
    id: str,
    initial: str | None,
    hint: str,
    placeholder: str,
    is_optional: bool,
) -> Drawn:
    """The same few menus stand in every form of a kind; drawing them anew is a good part of the time it takes."""
    element = _menu(options, id, initial, placeholder)
    return _input(label, element, pieces.drawn(element), id=id, hint=hint, is_optional=is_optional)


def choice(options: Sequence[Option], *, id: str, initial: str) -> Drawn:
    """The same menu outside a form, in a row of buttons: choosing tells us at once."""
    return pieces.drawn(_menu(options, id, initial, ""))


def _menu(options: Sequence[Option], id: str, initial: str | None, placeholder: str) -> sb.StaticSelectMenu:
    return sb.StaticSelectMenu(
        action_id=pieces.known(id),
        options=_options(options),
        initial_option=_first(options, initial),
        placeholder=pieces.maybe(placeholder, 150),
    )


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
    element = sb.RadioButtonGroup(pieces.known(id), _options(options), initial_option=_first(options, initial))
    return _input(label, element, pieces.drawn(element), id=id, hint=hint, is_optional=is_optional)


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
    return dict(_checkboxes(label, tuple(options), id, tuple(initial), hint, is_optional))


@lru_cache(maxsize=256)
def _checkboxes(
    label: str, options: tuple[Option, ...], id: str, initial: tuple[str, ...], hint: str, is_optional: bool
) -> Drawn:
    element = sb.CheckboxGroup(pieces.known(id), _options(options), initial_options=_chosen(options, initial))
    return _input(label, element, pieces.drawn(element), id=id, hint=hint, is_optional=is_optional)


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
        pieces.known(id),
        _options(options),
        initial_options=_chosen(options, initial[:at_most]),
        max_selected_items=at_most,
        placeholder=pieces.maybe(placeholder, 150),
    )
    return _input(label, element, pieces.drawn(element), id=id, hint=hint, is_optional=is_optional)


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
        pieces.known(id),
        initial_users=list(initial[:at_most]),
        max_selected_items=at_most,
        placeholder=pieces.maybe(placeholder, 150),
    )
    return _input(label, element, pieces.drawn(element), id=id, hint=hint, is_optional=is_optional)


def file_input(label: str, *, id: str, endings: Sequence[str], hint: str = "") -> Drawn:
    """One file whose name ends in one of these."""
    element = sb.FileInput(action_id=pieces.known(id), filetypes=list(endings), max_files=1)
    return _input(label, element, pieces.drawn(element), id=id, hint=hint, is_optional=False)


def overflow(options: Sequence[Option], *, id: str) -> Drawn:
    """One to five more choices behind "…"."""
    return pieces.drawn(sb.OverflowMenu(pieces.known(id), _options(options)))


def _input(label: str, element: sb.Element, drawn: Drawn, *, id: str, hint: str, is_optional: bool) -> Drawn:
    pieces.check(bool(label.strip()), f"{id}: an input needs a label")
    name, about = pieces.plain(label, 2000), pieces.maybe(hint, 2000)
    block = sb.InputBlock(name, element, block_id=pieces.known(id), hint=about, optional=is_optional)
    block.element = pieces.Element(drawn)  # type: ignore[assignment]  # checked above, as what it is
    return {**pieces.drawn(block), "element": drawn}


def _options(options: Sequence[Option]) -> list[sb.Option]:
    return [_option(option) for option in options]


def _option(option: Option) -> sb.Option:
    pieces.check(bool(option.value), f"{option.label}: an option needs a value")
    return sb.Option(pieces.plain(option.label, 75), option.value, description=pieces.maybe(option.about, 75))


def _first(options: Sequence[Option], value: str | None) -> sb.Option | None:
    return next(iter(_chosen(options, [value] if value else [])), None)


def _chosen(options: Sequence[Option], values: Sequence[str]) -> list[sb.Option]:
    return [_option(option) for option in options if option.value in values]


def _digits(number: Number | None) -> str | None:
    return None if number is None else f"{Decimal(str(number)):f}"  # Slack reads no exponents

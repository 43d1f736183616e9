"""People's words, in and out: cleaned once when they arrive, escaped once when they are shown as mrkdwn.

Lengths are counted in code points, as slackblocks counts them.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

MOST_MARKS = 4  # accents on one letter; real scripts need at most this, more is made to spill over other lines

_ZWNJ, _ZWJ, _EMOJI_STYLE = "\u200c", "\u200d", "\ufe0f"
_VIRAMA = 9  # the combining class of the sign that asks for a joined consonant

# Controls except newline and tab, lone surrogates, direction overrides, and characters without width that join nothing.
# The direction marks U+200E and U+200F stay: right-to-left text needs them, and they change only their own place.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\ufeff]")
_JOINERS = re.compile("[\u200c\u200d]+")
_SCHEME = re.compile(r"\b[a-z][a-z0-9+-]{1,20}://", re.IGNORECASE)
_DOT_OF_ADDRESS = re.compile(r"(?<=[a-z0-9])\.(?=[a-z]{2,24}(?![a-z0-9]))", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>\n]*>|&(?:amp|lt|gt);")

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def clean(text: str | None) -> str:
    """What somebody typed, without what hides, reverses or spills; cleaning twice changes nothing more."""
    text = text or ""
    # Each pass only shortens or normalizes, so this ends, nearly always on the second look.
    while (cleaned := _cleaned_once(text)) != text:
        text = cleaned
    return text


def _cleaned_once(text: str) -> str:
    visible = _UNWANTED.sub("", text)
    if visible.isascii():
        return visible.rstrip()
    joined = _JOINERS.sub(_needed_joiner, visible)
    return _without_mark_floods(unicodedata.normalize("NFC", joined)).rstrip()


def _needed_joiner(run: re.Match[str]) -> str:
    """One joiner where it makes an emoji family or shapes a letter; nothing elsewhere."""
    before = run.string[run.start() - 1 : run.start()]
    after = run.string[run.end() : run.end() + 1]
    joiner = run[0][0]
    if joiner == _ZWJ and (before == _EMOJI_STYLE or _is_emoji(before)) and _is_emoji(after):
        return joiner
    is_shaping = _is_shaped(before) and (_is_shaped(after) or unicodedata.combining(before) == _VIRAMA)
    return joiner if is_shaping else ""


def _is_emoji(character: str) -> bool:
    # unicodedata does not know emoji; these two ranges hold every part of a joined one.
    return bool(character) and ("\u2190" <= character <= "\u2bff" or "\U0001f000" <= character <= "\U0001faff")


def _is_shaped(character: str) -> bool:
    """Whether this is a letter or mark of a script where joiners choose the letter's shape."""
    if not character or unicodedata.category(character)[0] not in "LM":
        return False
    code = ord(character)
    return (
        0x0600 <= code <= 0x0DFF  # Arabic to Sinhala
        or 0x1000 <= code <= 0x109F  # Myanmar
        or 0x1780 <= code <= 0x18AF  # Khmer, Mongolian
        or 0xFB50 <= code <= 0xFEFC  # Arabic presentation forms
    )


def _without_mark_floods(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        if unicodedata.category(character) in ("Mn", "Me"):
            marks += 1
        elif character not in (_ZWNJ, _ZWJ):
            marks = 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def escape(text: str) -> str:
    """`text` for mrkdwn, with the three escapes that Slack documents; call it once, on the way out."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quote(text: str) -> str:
    """`text` escaped, every line as a quote. `*` and `_` still format; only `parts.words` shows them as typed."""
    return "\n".join(f"> {line}" for line in escape(text).splitlines())


def unlinked(text: str) -> str:
    """`text` with `example[.]com` for each address, so that nobody is led anywhere by words of nobody knows whom."""
    return _DOT_OF_ADDRESS.sub("[.]", _SCHEME.sub("", text))


def clip(text: str, limit: int, ellipsis: str = "…") -> str:
    """At most `limit` characters of plain `text`, never half an emoji or a letter without its accents."""
    if len(text) <= limit:
        return text
    return _ended(text, _cut(text, limit, ellipsis), limit, ellipsis)


def clip_mrkdwn(text: str, limit: int, ellipsis: str = "…") -> str:
    """Like `clip` for mrkdwn: an escape, a mention or a link is kept whole or left out."""
    if len(text) <= limit:
        return text
    cut = _cut(text, limit, ellipsis)
    for markup in _MARKUP.finditer(text):
        if markup.end() > cut:
            cut = min(cut, markup.start())
            break
    return _ended(text, cut, limit, ellipsis)


def _cut(text: str, limit: int, ellipsis: str) -> int:
    cut = max(limit - len(ellipsis), 0)
    while cut > 0 and _is_inside(text, cut):
        cut -= 1
    return cut


def _ended(text: str, cut: int, limit: int, ellipsis: str) -> str:
    kept = text[:cut].rstrip()
    while kept.endswith((_ZWNJ, _ZWJ)):  # with nothing more to join
        kept = kept[:-1].rstrip()
    return (kept + ellipsis)[: max(limit, 0)]


def _is_inside(text: str, position: int) -> bool:
    """Whether a cut at `position` would part what people see as one character."""
    before, after = text[position - 1], text[position]
    if before == _ZWJ or after in (_ZWNJ, _ZWJ) or unicodedata.category(after)[0] == "M":
        return True
    if _is_flag_letter(before) and _is_flag_letter(after):
        return _flag_letters_before(text, position) % 2 == 1
    return (
        "\U0001f3fb" <= after <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= after <= "\U000e007f"  # the letters of a region's flag
        or "\u1160" <= after <= "\u11ff"  # later parts of a Korean syllable
        or ("\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff")
    )


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_letters_before(text: str, position: int) -> int:
    start = position
    while start > 0 and _is_flag_letter(text[start - 1]):
        start -= 1
    return position - start


def plural(n: int, one: str, many: str) -> str:
    """`1 review`, `12 reviews`, `1,200 reviews`."""
    return f"{n:,} {one if n == 1 else many}"


def day(on: date, today: date) -> str:
    """`today`, `tomorrow`, `yesterday` or `Monday 23 November`, with the year when it is another one."""
    near = {today - timedelta(days=1): "yesterday", today: "today", today + timedelta(days=1): "tomorrow"}
    if on in near:
        return near[on]
    spelled = f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]}"
    return spelled if on.year == today.year else f"{spelled} {on.year}"


def listing(items: Sequence[str]) -> str:
    """`a, b and c`; nothing for no items."""
    *first, last = items or [""]
    return f"{', '.join(first)} and {last}" if first else last

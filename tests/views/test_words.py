"""People's words: what is cleaned away, what stays, and that nothing in them fires."""

import html
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import words

FAMILY = "👩‍👩‍👧‍👦"
PIECES = [
    *("<!channel>", "<@U123>", "<https://evil|intranet>", "&lt;", "&", "<", ">", "|", "```", "*", "_", "~", "`", "> "),
    *(" ", "\n", "\t", "\r", "\x00", "\x1b", "\ud800", "\udfff", "\u202e", "\u2066", "\u200b", "\u200c", "\u200d"),
    *("\u200e", "\u200f", "\ufeff", "\ufe0f", "\u0301", "\u0323", "\u20e3", "e", "é", "क", "\u094d", "می", "خ"),
    *("שלום", "ᄒ", "ᅡ", "한", FAMILY, "🧑🏽", "🏽", "🇩🇪", "🇩", "❤️", "🏴\U000e0067\U000e007f", "日本", "…", "a"),
]
anything = st.one_of(
    st.text(st.characters(), max_size=200),  # lone surrogates too
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.integers(0, 4000)),
)

# Hostile texts, by number: what was typed, and what is kept of it.
HOSTILE = [
    pytest.param(typed, kept, id=name)
    for name, typed, kept in [
        ("1 channel", "<!channel>", "<!channel>"),
        ("2 here", "<!here|x>", "<!here|x>"),
        ("3 everyone", "<!everyone>", "<!everyone>"),
        ("4 somebody", "<@U123>", "<@U123>"),
        ("5 group", "<!subteam^S1>", "<!subteam^S1>"),
        ("6 channel link", "<#C1|general>", "<#C1|general>"),
        ("7 disguised link", "<https://evil|https://intranet>", "<https://evil|https://intranet>"),
        ("8 escaped before", "&lt;!channel&gt;", "&lt;!channel&gt;"),
        ("9 plain here", "@here", "@here"),
        ("10 formatting flood", "``` *_~*_~*_~ `", "``` *_~*_~*_~ `"),
        ("11 date", "<!date^0^{date}|x>", "<!date^0^{date}|x>"),
        ("12 reversed name", "Ana \u202egnoK", "Ana gnoK"),
        ("13 zero width", "<\u200b!channel> <\u200d!here> <\u200c@U1>", "<!channel> <!here> <@U1>"),
        ("14 NUL", "a\x00b", "ab"),
        ("15 lone surrogate", "a\ud800b", "ab"),
        ("16 3,001", "a" * 3_001, "a" * 3_001),
        ("16 40,000", "ab " * 13_333 + "c", "ab " * 13_333 + "c"),
        ("16 1 MB", "ä" * 500_000, "ä" * 500_000),
        ("17 emoji families", FAMILY * 1_430, FAMILY * 1_430),
        ("18 Zalgo", "Z" + "\u0335" * 500 + "a", "Z" + "\u0335" * 4 + "a"),
        ("26 templates", "%s %n {0.__class__} ${x} {{7*7}}", "%s %n {0.__class__} ${x} {{7*7}}"),
    ]
]


@pytest.mark.parametrize(("typed", "kept"), HOSTILE)
def test_hostile_words_are_kept_and_shown_literally(typed: str, kept: str) -> None:
    cleaned = words.clean(typed)
    assert cleaned == kept
    assert_nothing_fires(words.escape(cleaned))
    assert html.unescape(words.escape(cleaned)) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (None, ""),
        ("", ""),
        ("  two\n lines \t\n", "  two\n lines"),
        ("a\r\nb\x07\x7f\x85", "a\nb"),
        ("e\u0301", "é"),
        ("\u200fשלום\u200e", "\u200fשלום\u200e"),
        ("\u202aa\u202bb\u202cc\u202dd\u202ee\u2066f\u2067g\u2068h\u2069", "abcdefgh"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष and क्\u200d", "क्\u200dष and क्\u200d"),
        ("pass\u200cword\u200d", "password"),
        (f"{FAMILY} ❤️‍🔥 🏴‍☠️ 🧑🏽‍💻", f"{FAMILY} ❤️‍🔥 🏴‍☠️ 🧑🏽‍💻"),
        ("👩\u200d\u200d\u200d👧", "👩\u200d👧"),
        ("👩\u200d", "👩"),
    ],
)
def test_cleaning_takes_what_hides_and_leaves_what_scripts_need(typed: str | None, kept: str) -> None:
    assert words.clean(typed) == kept


@given(anything)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    cleaned = words.clean(text)
    assert words.clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()


@given(anything)
def test_nothing_escaped_fires(text: str) -> None:
    escaped = words.escape(words.clean(text))
    assert_nothing_fires(escaped)
    assert_nothing_fires(words.clip_mrkdwn(escaped, 30))
    assert_nothing_fires("".join(line.removeprefix("> ") for line in words.quote(text).splitlines()))


@given(anything, st.integers(0, 60))
def test_clipped_words_fit_and_end_between_characters(text: str, limit: int) -> None:
    clipped = words.clip(text, limit)
    assert len(clipped) <= limit
    assert clipped == text or text.startswith(clipped.removesuffix("…"))
    assert not clipped.removesuffix("…").endswith("\u200d") or clipped == text


@pytest.mark.parametrize(
    ("text", "limit", "clipped"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abcde…"),
        ("abcd efg", 6, "abcd…"),
        (f"ab{FAMILY}", 6, "ab…"),
        ("abcde\u0301\u0301fgh", 6, "abcd…"),
        ("🧑🏽🧑🏽🧑🏽", 4, "🧑🏽…"),
        ("🇩🇪🇫🇷🇯🇵", 4, "🇩🇪…"),
        ("a" + "\u0301" * 50, 6, "…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_clipping_never_halves_a_character(text: str, limit: int, clipped: str) -> None:
    assert words.clip(text, limit) == clipped


@pytest.mark.parametrize(
    ("text", "limit", "clipped"),
    [
        ("a &amp; b", 9, "a &amp; b"),
        ("a &amp; bc", 9, "a &amp;…"),
        ("a &amp; bc", 6, "a…"),
        ("hi <@U123> there", 8, "hi…"),
        ("hi <@U123> there", 12, "hi <@U123>…"),
        ("1 < 2 and more", 8, "1 < 2 a…"),
    ],
)
def test_clipped_mrkdwn_keeps_escapes_and_mentions_whole(text: str, limit: int, clipped: str) -> None:
    assert words.clip_mrkdwn(text, limit) == clipped


def test_a_quote_marks_every_line() -> None:
    assert words.quote("a <b>\n\nc") == "> a &lt;b&gt;\n> \n> c"


@pytest.mark.parametrize(("n", "said"), [(0, "0 reviews"), (1, "1 review"), (2, "2 reviews"), (1200, "1,200 reviews")])
def test_plurals(n: int, said: str) -> None:
    assert words.plural(n, "review", "reviews") == said


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 11, 21), "today"),
        (date(2026, 11, 22), "tomorrow"),
        (date(2026, 11, 20), "yesterday"),
        (date(2026, 11, 23), "Monday 23 November"),
        (date(2026, 1, 1), "Thursday 1 January"),
        (date(2027, 1, 1), "Friday 1 January 2027"),
        (date(9999, 12, 31), "Friday 31 December 9999"),
    ],
)
def test_days_are_said_as_people_say_them(on: date, said: str) -> None:
    assert words.day(on, date(2026, 11, 21)) == said


def test_new_year_is_tomorrow_on_the_last_day() -> None:
    assert words.day(date(2027, 1, 1), date(2026, 12, 31)) == "tomorrow"


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_listings(items: list[str], said: str) -> None:
    assert words.listing(items) == said


def assert_nothing_fires(mrkdwn: str) -> None:
    """Slack acts only on `<…>`; what is left of `&` must be one of its three escapes."""
    assert "<" not in mrkdwn
    assert ">" not in mrkdwn
    rest = mrkdwn.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert "&" not in rest

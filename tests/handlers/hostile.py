"""Texts with which nobody should be able to hurt anybody, by number, and what became of them."""

from collections.abc import Iterator
from typing import Any

from bot.views.words import clean
from sandbox.history import Call, Delivered, Posted
from sandbox.mentions import fired
from story.stage import Actor, Stage

FAMILY = "👩‍👩‍👧‍👦"
TEXTS = {
    "1 channel": "<!channel>",
    "2 here": "<!here|x>",
    "3 everyone": "<!everyone>",
    "4 somebody": "<@U0ANA>",
    "5 group": "<!subteam^S1>",
    "6 channel link": "<#C0GENERAL|general>",
    "7 disguised link": "<https://evil|https://intranet>",
    "8 escaped before": "&lt;!channel&gt; &amp;lt;!here&amp;gt;",
    "9 plain here": "@here @channel @everyone",
    "10 formatting": "``` *_~ > `" + "*_~`" * 200,
    "11 date": "<!date^0^{date}|x>",
    "12 reversed": "Ana \u202egnoK\u2066",
    "13 zero width": "<\u200b!channel> <\u200d!here>",
    "14 NUL": "a\x00b\x07",
    "14 only NUL": "\x00\x1b\u200b",
    "15 surrogate": "a\ud800b",
    "16 all that fits": "ab " * 999 + "end",
    "17 emoji that fit": (FAMILY * 428)[:2_996] + "🦄",
    "18 Zalgo": "Z" + "\u0335\u0301" * 250 + "a",
    "25 SQL": "'; DROP TABLE person;--",
    "26 templates": "%s %n {0.__class__} ${x} {{7*7}} %(win)s",
    "28 addresses": "javascript:alert(1) data:text/html,x file:///etc/passwd http://169.254.169.254/",
    "40 numbers": "-1 99 9999-12-31 Etc/GMT+14",
    "grows when normalized": "\u0958" * 1_400,
    "right to left": "שלום, עולם! مرحبا",
    "lines": "one\n\n> two\n\t• three\r\n",
}
TOO_LONG = {
    "16 3,001": "a" * 3_001,
    "16 40,000": "word " * 8_000,
    "16 1 MB": "ä" * 500_000,
    "17 10,000 emoji": "🦄" * 10_000,
    "17 10,000 families": FAMILY * 10_000,
    "18 one letter, much on it": "Z" + "\u0335" * 40_000 + "a" * 3_000,
    "grows beyond": "\u0958" * 3_000,
}
LINKS = (
    "javascript:alert(1)", "data:text/html,<script>", "file:///etc/passwd", "http://169.254.169.254/latest/meta-data",
    "http://127.0.0.1:3000/", "http://[::1]/", "https://localhost/", "//evil.example", "https://", "https://x.internal/",
    "https://evil.example|https://intranet.example", "ftp://x.example/", "see https://x.example", "https://[",
    "../../etc/passwd", "\n".join(f"https://x.example/{n}" for n in range(11)),
)  # fmt: skip
GOOD_LINKS = "https://x.example/<!channel>?a=1&b=%3C\nhttps://user@x.example/\u202eevil#@here"
NAMES = {
    "channel": "<!channel>",
    "somebody": "<@U0ANA> <!here|x>",
    "escaped": "&lt;!channel&gt; & co",
    "right to left": "\u202eשלום עולם\u202c",
    "emoji": f"{FAMILY} Ŵ🌱",
    "200": "Ẅ" * 200,
    "format": "{0} %s *_~`x`",
}


def drawn(stage: Stage) -> Iterator[dict[str, Any]]:
    """Everything the bot has shown to anybody: messages, views, answers."""
    for entry in stage.slack.history:
        if isinstance(entry, Posted) and entry.message.get("bot_id"):
            yield entry.message
        if isinstance(entry, Call):
            yield entry.args
            yield entry.args.get("view") or {}
        if isinstance(entry, Delivered) and entry.ack:
            yield entry.ack
            yield entry.ack.get("view") or {}


def check_nothing_happened(stage: Stage) -> None:
    """No mention, no reference number, no act without an answer."""
    for one in drawn(stage):
        assert fired(one) == (), one
        assert "Something went wrong" not in str(one)
    assert not [one.mentions for one in stage.slack.posted() if one.message.get("bot_id") and one.mentions]
    assert all(one.ack is not None for one in stage.slack.history if isinstance(one, Delivered))


def words_shown(view: dict[str, Any]) -> list[str]:
    """People's words in a view: what stands there as rich text, as it is."""
    return [
        str(element["text"])
        for block in view["blocks"]
        if block["type"] == "rich_text"
        for part in block["elements"]
        for element in part["elements"]
    ]


def kept(text: str) -> str:
    return clean(text)


def notices(*people: Actor) -> list[str]:
    """What Slack itself had to say to them: that something failed."""
    return [notice for one in people for notice in one.notices]

"""How a framework is worded: vague measures and words that leave people out. Each is a warning."""

import re
from collections.abc import Iterator, Mapping

from bot.rules.framework import Flaw, Place

Texts = Mapping[Place, str]

VAGUE = re.compile(
    r"\b(more ownership|ownership|better|strong|stronger|good|great|excellent|proactive|proactively|regularly|often|"
    r"significant|significantly|improves?|several|as needed|appropriate|appropriately|effectively|above and beyond)\b",
    re.IGNORECASE,
)
BETTER = {  # what to write instead of each
    "they": ("he/she", "(s)he", "he", "she"),
    "their": ("his/her", "his", "her"),
    "them": ("him",),
    "everyone": ("guys",),
    "people": ("manpower", "human resources"),
    "hours": ("man-hours",),
    "chair": ("chairman",),
    "colleague": ("subordinate", "subordinates"),
    "specialist": ("just an ic", "only an ic", "mere ic"),
    "what the person does well": ("rockstar", "ninja", "guru", "wizard"),
    "fluent speaker": ("native speaker",),
}
EXCLUSIVE = {word: better for better, words in BETTER.items() for word in words}
_LONGEST_FIRST = "|".join(re.escape(word) for word in sorted(EXCLUSIVE, key=len, reverse=True))
_EXCLUSIVE = re.compile(rf"(?<!\w)({_LONGEST_FIRST})(?!\w)", re.IGNORECASE)


def vague_measures(texts: Texts) -> Iterator[Flaw]:
    """A vague word is fine beside a count: "improved reviews, 3 of them" says what is counted, "more ownership" not."""
    for place, measure in texts.items():
        if place[-1:] != ("measure",):
            continue
        unit = texts.get((*place[:-1], "unit"), "").lower().rpartition(" ")[2]
        counted = re.sub(r"(ies|es|s)$", "", unit)
        vague = VAGUE.search(texts.get((*place[:-1], "title"), "") + " " + measure)
        if vague and not (counted and counted in measure.lower()):
            sentence = f"“{vague[0]}” can mean anything, and the measure does not say which {unit or 'things'} count."
            yield Flaw(place, sentence, "name what is counted, so that two people would count the same.", "warning")


def exclusive_words(texts: Texts) -> Iterator[Flaw]:
    for place, text in texts.items():
        for words in dict.fromkeys(found.lower() for found in _EXCLUSIVE.findall(text)):
            yield Flaw(place, f"“{words}” leaves people out.", f"{EXCLUSIVE[words]}.", "warning")

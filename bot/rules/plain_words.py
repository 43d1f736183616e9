"""A gentle check of feedback: praise that says nothing yet, and words about who somebody is, not what they did.

Plain lists and patterns, in English; a text in another language passes. It refuses nothing: it asks one question back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.rules.plain_word_lists import (
    ALSO_OF_THINGS,
    FILLER,
    HAS,
    LABELS,
    LACKS,
    MATERIAL,
    NOT_SAID_BACK,
    NOUNS,
    STYLE,
    VAGUE,
)

LEAST_LEFT = 3  # words that say something, beside what could be said of anybody
LEAST_SHARE = 0.2  # of a longer text


@dataclass(frozen=True)
class Question:
    """What to ask back about one field of the form. `found`: the words it is about."""

    field: str
    found: str
    sentence: str


_PERSONS = ("he", "she", "they", "you", "who", "colleague", "manager", "lead", "boss", "guy", "person")
_NO_NAMES = """
    the this that these those it there everything nothing what which our my his her their we when while if then
    nobody everybody everyone somebody someone both some many few all people customer customers client clients
    supplier suppliers user users team teams support sales marketing legal finance management product
"""
_NOT_NAMES = frozenset(_NO_NAMES.split())
_A_THING = re.compile(r"(?:ing|tion|ment|ity)$", re.I)
# What follows is what somebody was heard to say, often of themselves.
_REPORTED = re.compile(r"\b(?:said|told \w+|wrote|admitted|mentioned|feared|worried)(?: that)? $", re.I)
_SOFTENER = (  # possessive: nothing is tried twice, however often somebody writes "a bit"
    r"(?:(?:a bit of an?|a bit|a little|an|a|the|too|so|very|quite|rather|really|always|often|sometimes|just|pretty"
    r"|extremely|incredibly|overly|somewhat|kind of|sort of|at times|occasionally|perceived as|seen as|such|being) )*+"
)
_IS = (
    r"(?:is|are|was|were|be|been|being|seems?|seemed|(?:can|could|may|might|would|will) be|tends? to be|acts?|acted"
    r"|gets?|got|sounds?|sounded|appears?|appeared|looks?|looked|became|becomes?|(?:comes?|came) (?:across|off)(?: as)?"
    r"|has been|have been|remains?|stays?)"
)
# A label describes the person where nothing it could belong to comes after it: "a difficult migration" is no person.
_AFTER = (
    r"(?= (?:in|with|at|when|about|and|but|or|during|for|toward|towards|to (?:me|us|others|people|colleagues|customers)"
    r"|on|by|as|if|because|person|people|colleague|teammate|manager|leader|woman|man|guy|girl|engineer|communicator"
    r"|one|he|she|they|since|sometimes|often|today|lately|recently|next|again|that|who)\b"
    r"|\s*(?:[.,;:!?()\u2013\u2014-]|$))"
)
_WORDS = "|".join(LABELS)
_LABEL = rf"(?P<label>{_WORDS}){_AFTER}"
_NOUN = rf"(?P<label>(?:(?:not|no|never) (?:really |a |an |much of a )*)?{MATERIAL}|{'|'.join(NOUNS)})(?!\w)"
_WHO = r"(?<![\w-])(?P<who>[\w-]{1,60})"
_START = r"(?:^|(?<=[.!?;] ))"
_PERSON_IS = rf"{_WHO}(?:(?: (?:also|just|really|often|sometimes|always))? {_IS}|'(?:s|re)) "

_OF_PERSONS = [
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?:{_PERSON_IS}|{_START}(?:{_IS} )?){_SOFTENER}{_LABEL}",
        rf"(?:{_PERSON_IS}|{_START})(?:just |a bit |simply )?too "
        r"(?P<label>nice|kind|young|old|junior|polite|modest|humble|sweet|feminine|masculine)(?!\w)",
        rf"\b(?:(?:be|being|become|sound|act|seem) (?:less|not so|not as)|(?:a bit|a little) less) {_LABEL}",
        rf"\b(?:find|found|consider|call|called) (?:him|her|them|you) (?:as )?{_SOFTENER}{_LABEL}",
        rf"(?:{_WHO} (?:has|have|had)|\b(?:his|her|your)) {_SOFTENER}(?P<label>{_WORDS}) {STYLE}\b",
        rf"(?:{_WHO}(?: (?:{_IS}|will never be|makes?)|'(?:s|re)) |^|(?<=[.!?;,] )){_SOFTENER}{_NOUN}",
        rf"(?:{_WHO} |{_START})(?P<label>(?:lacks?|lacked|has no|have no|had no|without any|needs?) {_SOFTENER}{LACKS}"
        rf"|(?:has|have|had) {_SOFTENER}{HAS})(?= (?:in|and|but|to|when|at|for|since|with)\b|\s*(?:[.,;:!?]|$))",
    )
]
_QUOTED = re.compile(r"[\"\u201c\u201e\u00ab][^\"\u201d\u201c\u00bb]*[\"\u201d\u201c\u00bb]")
_VAGUE_PARTS = [re.compile(rf"(?<!\w)(?:{part})(?!\w)", re.I) for part in VAGUE]
_WORD = re.compile(r"[^\W_]+(?:[.-][^\W_]+)*")

ASKS: Mapping[str, str] = {
    "did": "Which moment do you think of, and what did they do then?",
    "changed": "Who notices it, and by what? One example is enough.",
    "next_step": "In which moment, and what could they do then? One example is enough.",
}


def ask_back(texts: Mapping[str, str]) -> tuple[Question, ...]:
    """At most one question a field, for texts by field; nothing for whatever says what happened."""
    found = (_label(field, text) or _vague(field, text) for field, text in texts.items() if text.strip())
    return tuple(one for one in found if one is not None)


def _label(field: str, text: str) -> Question | None:
    """Words about who somebody is. What stands in quotation marks is what somebody else said."""
    plain = _QUOTED.sub("…", _plain(text))
    found = (one for pattern in _OF_PERSONS for one in pattern.finditer(plain))
    said = next((one["label"] for one in found if _is_of_a_person(one)), None)
    if said is None:
        return None
    if said.lower() in NOT_SAID_BACK:
        return Question(field, said, ASKS["did"])
    return Question(field, said, f'What did you see or hear that made you think of "{said.lower()}"?')


def _is_of_a_person(found: re.Match[str]) -> bool:
    """Said of a pronoun or a name, or of nobody in so many words; and not what they were heard to say."""
    who, label = found.groupdict().get("who") or "", found["label"].lower()
    if who.lower() in _PERSONS:
        could_be_things = who.lower() == "they" and label in ALSO_OF_THINGS
        return not could_be_things and not _REPORTED.search(found.string, 0, found.start("who"))
    if label in ALSO_OF_THINGS:
        return False
    return not who or _is_name(who, found.string[found.end("who") :])


def _is_name(word: str, after: str) -> bool:
    """Written with a capital, and neither "VPN" nor a word that points at things."""
    is_plural = word.endswith("s") and after.startswith((" are", " were"))
    is_thing = is_plural or word.lower() in _NOT_NAMES or _A_THING.search(word) is not None
    return word[0].isupper() and not word.isupper() and not is_thing


def _vague(field: str, text: str) -> Question | None:
    """What could be said of anybody, with next to nothing beside it that could not."""
    plain = _plain(text)
    found = [one for part in _VAGUE_PARTS for one in part.finditer(plain)]
    words = _WORD.findall(plain)
    said = [word for word in words if word.lower() not in FILLER]
    if (said and not found) or len(said) >= max(LEAST_LEFT, LEAST_SHARE * len(words)):
        return None
    first = min(found, key=lambda one: one.start())[0] if found else plain
    return Question(field, first, ASKS.get(field, ASKS["did"]))


def _plain(text: str) -> str:
    """On one line, with "isn't" and "is not" alike."""
    line = " ".join(text.replace("\u2019", "'").split())
    return line.replace("can't", "cannot").replace("won't", "will not").replace("n't", " not")

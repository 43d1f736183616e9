"""A gentle check of feedback: praise that says nothing yet, and words about who somebody is, not what they did.

Plain lists and patterns, in English; a text in another language passes. It refuses nothing: it asks one question back.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST_LEFT = 3  # words that say something, beside what could be said of anybody


@dataclass(frozen=True)
class Question:
    """What to ask back about one field of the form. `found`: the words it is about."""

    field: str
    found: str
    sentence: str


# What could be said of anybody, and says something only with more beside it.
_PRAISE = (
    r"(?:great|good|nice|awesome|amazing|excellent|fantastic|outstanding|superb|wonderful|brilliant|stellar|incredible"
    r"|super|solid|impressive|fabulous|perfect)"
)
_WORK = (
    r"(?:job|work|stuff|effort|one|performance|contributions?|colleague|teammate|attitude|person|team ?player|addition"
    r"|asset|communication|collaboration|leadership|presentation|meeting|quarter|year|project|review)"
)
_VAGUE = (
    rf"{_PRAISE} {_WORK}",
    r"(?:well done|keep (?:it )?up|keep going|keep doing (?:what|this|that)|way to go|kudos|thumbs up|hats off|bravo)",
    rf"(?:was|is|were|are|did|been|'s|be) (?:really |very |so |just |always |truly )*{_PRAISE}",
    r"(?:love|loved|enjoy|enjoyed|like|liked|appreciate|appreciated) (?:working with|your|the|how|his|her|their)",
    r"(?:pleasure|joy|delight|fun|easy) (?:to )?work(?:ing)? with",
    r"(?:helped|helps|improved|changed|worked|matters?|mattered) (?:us |me |everyone |everybody |the team )?"
    r"(?:a lot|so much|very much|much|greatly|enormously|well|a bit|everything)",
    r"(?:made|makes|make|had|has|have) (?:a |an )?(?:big |huge |real |great |positive |massive )*(?:difference|impact)",
    r"(?:went|goes|going|run|ran|runs) (?:really |very |so )*(?:well|great|smoothly|better|fine)",
    r"(?:everyone|everybody|all|we|people|the team) (?:was|were|is|are) (?:really |very |so )*"
    r"(?:happy|pleased|impressed|satisfied|glad|grateful)",
    r"(?:be|being|become|get|try to be|need to be|needs to be|could be|should be|show|have|take|demonstrate) "
    r"(?:a (?:bit|little) )?(?:more|less|better|some)",
    r"(?:communicate|collaborate|focus|engage|contribute|participate|delegate|listen|speak up|step up|work) "
    r"(?:a (?:bit|little) )?(?:more|better|harder)",
    r"(?:step up|speak up|take ownership|think bigger|think outside the box|go the extra mile|raise the bar"
    r"|own it|step out of (?:your|his|her|their) comfort zone|show (?:initiative|leadership)|manage up)",
    r"(?:rock ?star|super ?star|ninja|wizard|guru|genius|legend|hero|star|team ?player|go-to|natural)",
)

# Says nothing by itself about what somebody did.
_FILLER_WORDS = """
    a about absolutely again all almost already also always am amazing an and any anything appreciate
    appreciated are area areas as assertive asset at attitude awesome basically be became been being best better
    big bit boss both bravo brilliant but by can collaborate colleague colleagues committed communicate
    communication confident continue contribute contribution contributions could creative day days dedicated
    deeply definitely dependable did difference do does doing done down during each easy effort engage engaged
    enjoy enjoyed ever every everybody everyone everything everywhere exactly excellent extremely fabulous
    fantastic far feel felt few fine focus for friendly from fun further future general genius get gets getting
    give given glad go going good grateful great guru had happy hard-working hardworking has have having he help
    helped helpful helps her here hero hers high him his honestly how i if impact impressed impressive improve
    improved improvement improving in incredible incredibly initiative inspiring into is it its itself job joy
    just keep kind knowledgeable kudos last lead leader leadership leads legend let like literally little lot
    lots love made make makes manager many matter matters maybe me meeting meetings month more most motivated
    much must my need needs never next nice ninja no not now of often ok okay on one only or other others our
    out outstanding over overall ownership part participate passionate people perfect performance perhaps person
    player please pleased pleasure positive presence pretty proactive professional project projects quality
    quarter quite really reliable result results rock rocks rockstar role same satisfied see seem seems she
    should situation situations skill skills smart smooth smoothly so solid some somebody someone something
    sometimes speak star stellar step strategic stuff such super superb superstar supportive sure talented task
    tasks team teammate teams teamwork than thank thanks that the their them themselves there these they thing
    things think this those through time times to today together too totally towards truly try up us usual value
    very visible vocal want was way we week weeks well were what whatever when where which who whole will with
    within without wizard wonderful work worked working works would wow year yes yesterday yet you your yours
    yourself
"""
_FILLER = frozenset(_FILLER_WORDS.split())

# Who somebody is said to be. Each may be the whole of an answer or follow a person and "is", "seems", "can be" …
_LABEL_WORDS = """
    abrasive aggressive arrogant bossy bullying careless clueless cold combative condescending confrontational
    controlling cynical defensive difficult disengaged dishonest disorgani[sz]ed dismissive disrespectful
    dramatic dumb egoistic(?:al)? emotional entitled feisty flaky grumpy high-maintenance hostile hysterical
    immature impatient incompetent ineffective inflexible insecure intimidating introverted irrational
    irresponsible lazy manipulative mean meek moody naive naïve needy negative nervous oversensitive opinionated
    overbearing passive passive-aggressive pushy quiet rude selfish sensitive shrill shy sloppy slow soft
    stubborn stupid submissive temperamental timid toxic unapproachable unfriendly unhelpful unlikable
    unlikeable unmotivated unpleasant unprofessional unreliable unstable uptight vain weak weird
"""
_LABELS = _LABEL_WORDS.split()
_NOUNS = (
    r"(?:management|leadership|manager|senior|promotion|director|executive|staff) material",
    r"(?:micro-?manager|know-it-all|control freak|perfectionist|pushover|slacker|bully|diva|drama queen|dead ?weight"
    r"|nightmare|loner|complainer|troublemaker|bottleneck|follower|loose cannon|prima donna|doormat|people pleaser)",
    r"(?:born|natural(?:-born)?) (?:leader|manager|seller|salesman|engineer)",
)
_LACKS = (
    r"(?:confidence|ambition|drive|presence|gravitas|maturity|passion|charisma|leadership|motivation|discipline"
    r"|executive presence|leadership presence|backbone|empathy|commitment|talent|intelligence|common sense)"
)
_HAS = r"(?:(?:bad|poor|terrible|wrong|negative) attitude|attitude problem|big ego|huge ego|bad temper|short temper)"

_THINGS = "the this that these those it there everything nothing what which our my his her their"
_NOT_NAMES = frozenset(_THINGS.split())
_SOFTENER = (  # possessive: nothing is tried twice, however often somebody writes "a bit"
    r"(?:(?:a bit|a little|an|a|the|too|so|very|quite|rather|really|always|often|sometimes|just|pretty|extremely"
    r"|incredibly|overly|somewhat|kind of|sort of|at times|occasionally|perceived as|seen as|such) )*+"
)
_IS = (
    r"(?:is|are|was|were|be|been|being|seems?|seemed|can be|could be|may be|tends? to be|acts?|acted|gets?|got|sounds?"
    r"|sounded|appears?|appeared|comes? (?:across|off) as|came (?:across|off) as|has been|have been|remains?|stays?)"
)
# A label describes the person where nothing it could belong to comes after it: "a difficult migration" is no person.
_AFTER = (
    r"(?= (?:in|with|at|when|about|and|but|or|during|for|toward|towards|to (?:me|us|others|people|colleagues|customers)"
    r"|on|by|as|if|because|person|people|colleague|teammate|manager|leader|woman|man|guy|girl|engineer|communicator"
    r"|one|he|she|they|since|sometimes|often|today|lately|recently|that|who)\b|\s*(?:[.,;:!?()\u2013\u2014-]|$))"
)
_LABEL = rf"(?P<label>{'|'.join(_LABELS)}){_AFTER}"
_NOUN = rf"(?P<label>(?:(?:not|no|never) (?:really |a |an |much of a )*)?(?:{'|'.join(_NOUNS)}))"
_WHO = r"(?<![\w-])(?P<who>[\w-]{1,60})"

_OFTEN = r"(?: (?:also|just|really|often|sometimes|always))?"
_PERSON_IS = rf"{_WHO}(?:{_OFTEN} {_IS}|['\u2019](?:s|re))"
_OF_A_PERSON = re.compile(rf"{_PERSON_IS} {_SOFTENER}{_LABEL}", re.I)
_TOO = re.compile(
    rf"{_PERSON_IS} (?:just |a bit |simply )?too (?P<label>nice|kind|young|old|junior|polite|modest)\b", re.I
)
_ALONE = re.compile(rf"(?:^|(?<=[.!?;] )){_SOFTENER}{_LABEL}", re.I)
_LESS = re.compile(rf"\b(?:be|being|become|sound|act|seem) (?:less|not so|not as) {_LABEL}", re.I)
_AS_NOUN = re.compile(
    rf"(?:{_WHO} (?:{_IS}|isn't|isn\u2019t|wasn't|will never be|would be|makes?)|^|(?<=[.!?;,] )) ?"
    rf"{_SOFTENER}{_NOUN}",
    re.I,
)
_DEFICIT = re.compile(
    rf"(?:{_WHO} |^|(?<=[.!?;] ))(?P<label>(?:lacks?|lacked|has no|have no|had no|without any|needs?) {_SOFTENER}"
    rf"{_LACKS}|(?:has|have|had) {_SOFTENER}{_HAS})(?= (?:in|and|but|to|when|at|for|since|with)\b|\s*(?:[.,;:!?]|$))",
    re.I,
)
_QUOTED = re.compile(r"[\"\u201c\u201e\u00ab][^\"\u201d\u201c\u00bb]*[\"\u201d\u201c\u00bb]")
_VAGUE_PARTS = [re.compile(rf"(?<!\w){part}(?!\w)", re.I) for part in _VAGUE]
_WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+)*")

ASKS: Mapping[str, str] = {
    "did": "What did they do, and in which moment? What did you see?",
    "changed": "For whom is something different now, and how would they notice?",
    "next_step": "In which moment, and what could they do then? One example is enough.",
}


def ask_back(texts: Mapping[str, str]) -> tuple[Question, ...]:
    """At most one question a field, for texts by field; nothing for whatever says what happened."""
    found = (_label(field, text) or _vague(field, text) for field, text in texts.items() if text.strip())
    return tuple(one for one in found if one is not None)


def _label(field: str, text: str) -> Question | None:
    """Words about who somebody is. What stands in quotation marks is what somebody else said."""
    plain = _QUOTED.sub("…", _on_one_line(text))
    for one in _matches(plain):
        said = one["label"]
        if " " in said:
            return Question(field, said, f'What did they do that made you think of "{said}"? What did you see?')
        return Question(field, said, f"What did they do that was {said.lower()}? What did you see?")
    return None


def _matches(text: str) -> Iterable[re.Match[str]]:
    for pattern in (_OF_A_PERSON, _TOO, _ALONE, _LESS, _AS_NOUN, _DEFICIT):
        for one in pattern.finditer(text):
            who = one.groupdict().get("who")
            if who is None or _is_person(who):
                yield one


def _is_person(who: str) -> bool:
    """A pronoun, or a name: written with a capital, and no word that points at a thing."""
    word = who.lower()
    return word in ("he", "she", "they", "you", "who") or (who[0].isupper() and word not in _NOT_NAMES)


def _vague(field: str, text: str) -> Question | None:
    """What could be said of anybody, with nothing beside it that could not."""
    plain = _on_one_line(text)
    found = [one for part in _VAGUE_PARTS for one in part.finditer(plain)]
    said = [word for word in _WORD.findall(plain) if word.lower().replace("\u2019", "'") not in _FILLER]
    if len(said) >= LEAST_LEFT or (said and not found):
        return None
    words = min(found, key=lambda one: one.start())[0] if found else plain
    return Question(field, words, ASKS.get(field, ASKS["did"]))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())

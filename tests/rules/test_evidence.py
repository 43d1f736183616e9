"""What may be sent as evidence, who may review it, and what the verdicts together mean."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations_with_replacement, product
from uuid import UUID

import pytest

from bot.rules import evidence
from bot.rules.evidence import Claim, Review, State, Verdict
from bot.rules.framework import Framework
from bot.rules.refusal import Refusal

TODAY = date(2026, 11, 16)
IDS = [UUID(int=number) for number in range(1, 8)]

# One letter a reviewer: A accepted, C changes asked, D declined, ? asked; a dash after those inside the reporting line.
LETTERS = {"A": Verdict.ACCEPTED, "C": Verdict.CHANGES, "D": Verdict.DECLINED, "?": Verdict.ASKED}
ONE_NEEDED = {
    State.ACCEPTED: "A AA AD A? AAA AAD AA? ADD AD? A??",
    State.CHANGES: "C CC CA CD C? CCC CCA CCD CC? CAA CAD CA? CDD CD? C??",
    State.DECLINED: "D DD DDD",
    State.IN_REVIEW: "? D? ?? DD? D?? ???",
}
TWO_NEEDED = {
    State.ACCEPTED: "AA AAA AAD AA? A-A A-AA A-A-A A-AD A-A?",
    State.CHANGES: ONE_NEEDED[State.CHANGES],
    State.DECLINED: "D DD DDD",
    State.IN_REVIEW: "? D? ?? DD? D?? ??? A? A?? AD? A-? A-?? A-D? A-A-?",
    State.SHORT: "A AD ADD A- A-D A-A- A-A-D A-A-A- A-DD",
}


def reviews(text: str) -> list[Review]:
    found: list[Review] = []
    for letter in text.replace("A-", "a"):
        verdict = LETTERS[letter.upper()]
        found.append(Review(IDS[len(found)], IDS[len(found)], "Noor", verdict, is_outside=not letter.islower()))
    return found


def expected(verdicts: Sequence[tuple[Verdict, bool]], *, table: dict[State, str]) -> list[State]:
    """The states under which a table lists these verdicts, in any order; where none asks who is outside, all are."""
    wanted = sorted(verdicts)
    return [
        state
        for state, texts in table.items()
        for text in texts.split()
        if sorted((one.verdict, one.is_outside) for one in reviews(text)) == wanted
    ]


def _case(verdicts: Sequence[tuple[Verdict, bool]], band: int) -> list[tuple[Verdict, bool]]:
    """Where somebody stands matters only to an acceptance, from band 3 on, while nobody asks for changes."""
    held = any(verdict is Verdict.CHANGES for verdict, _ in verdicts)
    counts = band >= evidence.SHARED_BAND and not held
    return [(verdict, is_outside or not counts or verdict is not Verdict.ACCEPTED) for verdict, is_outside in verdicts]


@pytest.mark.parametrize("band", [1, 2, 3, 5])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_combination_of_verdicts_has_its_outcome(band: int, count: int) -> None:
    table = TWO_NEEDED if band >= 3 else ONE_NEEDED
    for verdicts in product(product(LETTERS.values(), [True, False]), repeat=count):
        given = [Review(IDS[n], IDS[n], "Noor", verdict, outside) for n, (verdict, outside) in enumerate(verdicts)]
        assert expected(_case(verdicts, band), table=table) == [evidence.outcome(given, band)], verdicts


def test_the_table_lists_every_combination_once() -> None:
    cells = [("A", "C", "D", "?"), ("A", "C", "D", "?", "A-")]
    for letters, table in zip(cells, (ONE_NEEDED, TWO_NEEDED), strict=True):
        every = [text for count in (1, 2, 3) for text in combinations_with_replacement(letters, count)]
        every = [text for text in every if not ("C" in text and "A-" in text)]
        listed = [text for texts in table.values() for text in texts.split()]
        assert len(listed) == len(set(listed)) == len(every)


def test_every_verdict_of_somebody_who_is_asked_is_in_the_table() -> None:
    assert set(Verdict) - set(LETTERS.values()) == {Verdict.RELEASED}  # kept apart: nobody asks them any more


def test_every_state_can_be_sent_again_or_is_decided() -> None:
    assert set(State) == evidence.CAN_BE_SENT_AGAIN | evidence.DECIDED
    assert not evidence.CAN_BE_SENT_AGAIN & evidence.DECIDED
    assert evidence.OPEN_FOR_REVIEW < evidence.CAN_BE_SENT_AGAIN


GOOD = {
    "milestone": "t3-design-reviews", "did": "Led a review.", "impact": "Fewer surprises.",
    "links": "https://example.com/1 https://example.com/2", "done_on": TODAY, "amount": "1,5",
}  # fmt: skip


def claim(framework: Framework, **changed: object) -> Claim:
    return evidence.read_claim(**{**GOOD, **changed}, today=TODAY, framework=framework)  # type: ignore[arg-type]


def test_a_claim_is_read_from_what_was_typed(framework: Framework) -> None:
    links = ("https://example.com/1", "https://example.com/2")
    read = Claim("t3-design-reviews", "Led a review.", "Fewer surprises.", links, TODAY, Decimal("1.5"))
    assert claim(framework) == read


REFUSED = {
    "no milestone": ("milestone", "", "Choose the milestone"),
    "an unknown milestone": ("milestone", "'; DROP TABLE users;--", "Choose the milestone"),
    "nothing done": ("did", "", "cannot be empty"),
    "no impact": ("impact", "", "cannot be empty"),
    "3,001 characters done": ("did", "x" * 3001, "longer than 3,000"),
    "3,001 characters of impact": ("impact", "x" * 3001, "longer than 3,000"),
    "no day": ("done_on", None, "Choose the day"),
    "tomorrow": ("done_on", date(2026, 11, 17), "still ahead"),
    "the end of the calendar": ("done_on", date(9999, 12, 31), "still ahead"),
    "the beginning of the calendar": ("done_on", date(1, 1, 1), "more than 10 years ago"),
    "eleven years ago": ("done_on", date(2015, 12, 31), "more than 10 years ago"),
    "eleven links": ("links", "https://example.com/ " * 11, "Up to 10 links"),
    "long links": ("links", "https://example.com/" + "x" * 3000, "very long"),
    "no amount": ("amount", "", "Write a number, such as"),
    "words": ("amount", "a few", "Write a number, such as"),
    "two numbers": ("amount", "1 2", "Write a number, such as"),
    "a thousand and a half": ("amount", "1,234.5", "Write a number, such as"),
    "less than nothing": ("amount", "-1", "above zero"),
    "nothing": ("amount", "0", "above zero"),
    "hardly anything": ("amount", "0.001", "at most two decimals"),
    "a thousand, or one": ("amount", "1,000", "at most two decimals"),
    "a billion": ("amount", "1e9", "at most two decimals"),
    "more digits than fit": ("amount", "9" * 5000, "at most two decimals"),
    "not a number": ("amount", "NaN", "above zero"),
    "a loud one": ("amount", "sNaN", "above zero"),
    "endless": ("amount", "Infinity", "above zero"),
    "an absurd exponent": ("amount", "1e-99999999999999999999", "Write a number, such as"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_beside_its_field(framework: Framework, name: str) -> None:
    field, value, sentence = REFUSED[name]
    with pytest.raises(Refusal, match=sentence) as refused:
        claim(framework, **{field: value})
    assert refused.value.field == field


AMOUNTS = {"1,5": "1.5", "2.25": "2.25", " 3 ": "3", "100000": "100000", "0.01": "0.01", "1.10": "1.1"}


@pytest.mark.parametrize("text", AMOUNTS)
def test_an_amount_is_read_with_a_comma_or_a_point(text: str) -> None:
    assert evidence.read_amount(text) == Decimal(AMOUNTS[text])


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "../../etc/passwd",
        "http://169.254.169.254/",
        "http://localhost",
        "http://localhost:8080/",
        "http://localhost./",
        "http://127.0.0.1/",
        "http://10.0.0.1/x",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0",
        "https://intranet",
        "https://",
        "www.x.com",
        "https://db.internal/x",
        "https://printer.local./",
        "https://app.localhost",
        "//example.com",
        "ftp://example.com",
        "https://evil|https://intranet.com",
        "<https://evil.com|https://intranet.com>",
        "http://[bad",
        "<!channel>",
        "https://user:pw@localhost/",
        "http://2130706433/",
        "🦄",
    ],
)
def test_a_link_that_leads_nowhere_or_inside_is_refused(link: str) -> None:
    with pytest.raises(Refusal, match="A link starts with https://") as refused:
        evidence.read_links(f"https://example.com/fine\n{link}")
    assert refused.value.field == "links"


@pytest.mark.parametrize(
    "link", ["https://example.com", "http://example.com:8080/a?b=c#d", "https://bücher.example/ü", "https://1.1.1.1/"]
)
def test_a_web_link_is_kept_as_typed(link: str) -> None:
    assert evidence.read_links(f"  {link}\n") == (link,)


REVIEWERS = {
    "one at band 2": (2, [2], [], None),
    "one inside at band 2": (2, [2], [], None),
    "three": (2, [2, 3, 4], [], None),
    "nobody": (2, [], [], "Name one to 3 colleagues"),
    "four": (2, [2, 3, 4, 5], [], "Name one to 3 colleagues"),
    "oneself": (2, [1], [], "Nobody reviews their own evidence"),
    "oneself among others": (3, [2, 1, 3], [2, 3], "Nobody reviews their own evidence"),
    "one at band 3": (3, [2], [2], "Name one more"),
    "two inside at band 3": (3, [2, 3], [], "from outside your reporting line"),
    "one outside at band 3": (3, [2, 3], [3], None),
    "one outside at band 5": (5, [2, 3, 4], [4], None),
}


@pytest.mark.parametrize("name", REVIEWERS)
def test_who_may_be_named_as_reviewer(name: str) -> None:
    band, chosen, outside, refused = REVIEWERS[name]
    given = [IDS[number - 1] for number in chosen]
    beyond = {IDS[number - 1] for number in outside}
    if refused is None:
        evidence.check_reviewers(given, author=IDS[0], outside=beyond, band=band)
        return
    with pytest.raises(Refusal, match=refused) as refusal:
        evidence.check_reviewers(given, author=IDS[0], outside=beyond, band=band)
    assert refusal.value.field == "reviewers"


@pytest.mark.parametrize(
    ("verdict", "reason", "field"),
    [
        (Verdict.ACCEPTED, "", None), (Verdict.ACCEPTED, "Great.", None), (Verdict.ACCEPTED, "x" * 3001, "reason"),
        (Verdict.CHANGES, "A link, please.", None), (Verdict.CHANGES, "", "reason"), (Verdict.DECLINED, "", "reason"),
        (Verdict.DECLINED, "Not yours.", None), (Verdict.RELEASED, "Hm.", "verdict"),
        (Verdict.ASKED, "Hm.", "verdict"), (Verdict.ASKED, "", "verdict"),
    ],
)  # fmt: skip
def test_saying_no_takes_a_reason(verdict: Verdict, reason: str, field: str | None) -> None:
    if field is None:
        evidence.check_reason(verdict, reason)
        return
    with pytest.raises(Refusal) as refused:
        evidence.check_reason(verdict, reason)
    assert refused.value.field == field

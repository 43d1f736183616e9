"""Whoever has the database of before and after, the pepper and a list of clicks cannot tell who wrote what."""

import os
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import text

from bot import sealing
from bot.database import Database
from bot.rules.program_feedback import Answers
from bot.services.feedback_releases import in_random_places
from tests.program_feedback import company as companies
from tests.program_feedback.company import Company, answers, note

# How far chance goes: each limit is passed by a fair shuffle less than once in a million runs.
CHI_SQUARE_9 = 44.9
CHI_SQUARE_255 = 402.5  # of 96 boxes, any
FIVE_SIGMA = 5.2

PEOPLE = 20

Placed = tuple[bytes, str, str]


def placed(**fields: Sequence[str]) -> Sequence[Placed]:
    return in_random_places(fields)


def ranks(rows: Sequence[Placed], name: str) -> list[int]:
    """Who wrote the first, the second, … of a field, as it lies there."""
    return [int(value) for _, field, value in rows if field == name]


def test_a_text_lands_anywhere_alike() -> None:
    names = [str(number) for number in range(10)]
    at = Counter(ranks(placed(text1=names), "text1").index(0) for _ in range(20_000))
    assert sum((at[place] - 2_000) ** 2 / 2_000 for place in range(10)) < CHI_SQUARE_9


def test_two_fields_of_one_person_lie_apart() -> None:
    names, found = [str(number) for number in range(PEOPLE)], []
    for _ in range(50):
        rows = placed(text1=names, choice=names)
        found.append(correlation(ranks(rows, "text1"), ranks(rows, "choice")))
    assert abs(sum(found) / 50) < FIVE_SIGMA / ((PEOPLE - 1) * 50) ** 0.5


def correlation(one: Sequence[int], other: Sequence[int]) -> float:
    """Spearman's, of two orders of the same people."""
    size = len(one)
    apart = sum((one.index(person) - other.index(person)) ** 2 for person in range(size))
    return 1 - 6 * apart / (size * (size**2 - 1))


def test_the_order_of_boxes_says_nothing_about_the_order_of_texts() -> None:
    """300 rounds of twenty people: a guesser who pairs the two orders is right for one of them, as by chance."""
    names = [str(number) for number in range(PEOPLE)]
    hits = sum(
        sum(place == person for place, person in enumerate(ranks(placed(text1=names), "text1"))) for _ in range(300)
    )
    assert hits < 300 + FIVE_SIGMA * 300**0.5


TIMES = int(os.environ.get("TIMES", "1"))  # `make chaos` plays three hundred rounds
ROUNDS = 6 if TIMES == 1 else 15 * TIMES
MOST_HITS = max(24, ROUNDS + FIVE_SIGMA * ROUNDS**0.5)  # where chance gives one a round


async def test_an_attacker_with_both_copies_and_the_clicks_only_guesses(company: Company) -> None:
    """Every order in which a box can be seen, against every order in which a text can be seen."""
    hits: Counter[tuple[str, str]] = Counter()
    lottery = random.Random(20261116)
    for number in range(ROUNDS):
        if number:
            await company.opens()
        clicks = lottery.sample(list(company.members), PEOPLE)
        for who in clicks:
            await company.sends(who, answers(3, who))
        before = await boxes_seen(company, clicks)
        await company.closes()
        after = await texts_seen(company)
        for one, people in before.items():
            for other, wrote in after.items():
                hits[one, other] += sum(left == right for left, right in zip(people, wrote, strict=True))
    assert len(hits) >= 6
    assert max(hits.values()) < MOST_HITS, hits


async def boxes_seen(company: Company, clicks: Sequence[str]) -> dict[str, list[str]]:
    """The people in every order that the boxes show, with the pepper to tell whose each is."""
    cycle = await company.cycle()
    pepper = sealing.kept(company.feedback.folder / f"{cycle.id}{sealing.PEPPER}")
    assert pepper is not None
    whose = {sealing.tag(pepper, cycle.id, who): who for who in clicks}
    orders = (
        {"tag": "tag", "as it lies": "1"}
        if company.db.is_sqlite
        else {"tag": "tag", "lies": "ctid", "wrote": "xmin::text::bigint"}
    )
    seen = {"clicked": list(clicks)}
    async with company.db.engine.connect() as connection:
        for name, order in orders.items():
            query = text(f"SELECT tag FROM fb_box WHERE cycle_id = :id ORDER BY {order}")  # noqa: S608  (ours)
            seen[name] = [whose[bytes(tag)] for tag in (await connection.execute(query, {"id": cycle.id})).scalars()]
    return seen


async def texts_seen(company: Company) -> dict[str, list[str]]:
    """The texts in every order that the release shows; each holds the name of whoever wrote it."""
    said = {one.slot: one.text for one in (await company.released()).texts}
    cycle = await company.cycle()
    orders = {"slot": "slot"} if company.db.is_sqlite else {"slot": "slot", "lies": "ctid"}
    orders["length"] = "length(value), slot"
    seen = {}
    async with company.db.engine.connect() as connection:
        for name, order in orders.items():
            query = text(f"SELECT slot FROM fb_release WHERE cycle_id = :id AND field = 'text1' ORDER BY {order}")  # noqa: S608
            seen[name] = [said[bytes(slot)] for slot in (await connection.execute(query, {"id": cycle.id})).scalars()]
    return seen


KINDS: dict[str, Callable[[], list[Answers]]] = {
    "pulse": lambda: [companies.RATED],
    "note": lambda: [note("Please keep the workshops. " * 40)],
    "both at once": lambda: [answers(2, "Please keep the workshops.")],
    "one after the other": lambda: [companies.RATED, note("Please keep the workshops.")],
}


async def test_a_copy_with_the_pepper_cannot_tell_a_pulse_from_a_note_or_from_both(db: Database, folder: Path) -> None:
    company = await companies.founded(db, folder, members=32)
    await company.opens()
    for number, who in enumerate(company.members):
        for said in list(KINDS.values())[number % len(KINDS)]():
            await company.sends(who, said)
    async with db.engine.connect() as connection:
        rows = [tuple(map(bytes, row)) for row in await connection.execute(text("SELECT box1, box2, box3 FROM fb_box"))]
    boxes = [box for row in rows for box in row]
    assert len(rows) == len(company.members)  # one row a person, whatever they sent
    assert {len(box) for box in boxes} == {len(boxes[0])}
    assert len(set(boxes)) == len(boxes)  # an empty place is never the same twice
    for place in range(3):
        assert max(is_not_random(row[place]) for row in rows) < CHI_SQUARE_255


def is_not_random(box: bytes) -> float:
    """How far the bytes of a box, after its public key, are from any being as likely as any other."""
    counted, expected = Counter(box[32:]), (len(box) - 32) / 256
    return sum((counted[byte] - expected) ** 2 / expected for byte in range(256))

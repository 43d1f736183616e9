"""Nothing is opened before enough people have answered, and what was opened cannot be taken apart any more."""

import pytest

from bot.rules.program_feedback import ITEMS, CycleState
from tests.program_feedback.company import Company, answers, note


async def test_a_cycle_with_enough_people_is_opened_whole(company: Company) -> None:
    for number, who in enumerate(company.members[:5]):
        await company.sends(who, answers(number % 3 + 2, f"words {number}"))
    done = await company.closes()
    assert done is not None
    assert done.state == CycleState.RELEASED
    found = await company.released()
    assert {one.text for one in found.texts} == {f"words {number}" for number in range(5)}
    assert sorted(found.ratings["choice"]) == [2, 2, 3, 3, 4]
    assert found.table["items"]["choice"] == {
        "people": "5-9", "mean": 2.8, "shares": {"1": 0, "2": 40, "3": 40, "4": 20, "5": 0}
    }  # fmt: skip
    assert await company.boxes() == 0
    assert company.keys == []


@pytest.mark.parametrize("people", [0, 4])
async def test_with_too_few_nothing_tells_how_many_there_were(company: Company, people: int) -> None:
    for who in company.members[:people]:
        await company.sends(who, answers(3, "alone"))
    first = await company.cycle()
    done = await company.closes()
    assert done is not None
    assert (done.state, done.window, done.closes - first.closes) == (CycleState.OPEN, 2, first.length)
    found = await company.released()
    assert (found.texts, found.table, set(map(len, found.ratings.values()))) == ([], {}, {0})
    assert len(company.keys) == 2


async def test_after_three_windows_it_is_destroyed_unread(company: Company) -> None:
    for who in company.members[:4]:
        await company.sends(who, answers(3, "alone"))
    states = [(await company.closes() or company).state for _ in range(3)]  # type: ignore[union-attr]
    assert states == [CycleState.OPEN, CycleState.OPEN, CycleState.DESTROYED]
    assert (await company.boxes(), company.keys, (await company.released()).texts) == (0, [], [])


async def test_those_who_read_it_are_heard_and_do_not_count(company: Company) -> None:
    for who in (*company.members[:4], *company.readers):
        await company.sends(who, answers(2, f"by {who}"))
    done = await company.closes()
    assert done is not None
    assert done.state == CycleState.OPEN
    await company.sends(company.members[4], answers(4, "the fifth"))
    await company.closes()
    found = await company.released()
    assert len(found.texts) == 7
    assert found.table["people"] == "5-9"
    assert found.table["items"]["choice"] == {"withheld": "alike"}
    assert found.ratings["choice"] == []


async def test_the_last_three_things_count_and_a_note_takes_nothing_away(company: Company) -> None:
    for number, who in enumerate(company.members[:6]):
        await company.sends(who, answers(number % 3 + 1))
    for text in ("one", "two", "three", "four"):
        await company.sends(company.members[0], note(text))
    await company.sends(company.members[1], answers(5, "and words"))
    await company.sends(company.members[1], note("a note after the pulse"))
    await company.closes()
    found = await company.released()
    assert {one.text for one in found.texts} == {"two", "three", "four", "and words", "a note after the pulse"}
    assert sorted(found.ratings["standing"]) == [
        1,
        2,
        3,
        3,
        5,
    ]  # the ratings of whoever sent three notes since are gone


async def test_all_of_it_can_be_taken_back_until_it_is_opened(company: Company) -> None:
    for number, who in enumerate(company.members[:6]):
        await company.sends(who, answers(number % 5 + 1, f"by {who}"))
    assert await company.takes_back(company.members[5])
    assert not await company.takes_back(company.members[5])
    await company.closes()
    assert f"by {company.members[5]}" not in {one.text for one in (await company.released()).texts}
    assert set((await company.released()).ratings) == set(ITEMS)

"""However often and wherever it arrives, one person has one box, and what was sent last counts."""

from tests.faults import processes
from tests.program_feedback import victims
from tests.program_feedback.company import Company, answers, note

AT_ONCE, AGAIN = 5, 3


async def test_two_processes_that_take_the_same_at_once_keep_one_box(company: Company, url: str) -> None:
    ana, *others = company.members[:6]
    for number, who in enumerate(others):
        await company.sends(who, answers(number % 3 + 2))
    args = (url, str(company.feedback.folder), ana, (await company.cycle()).id, company.today)
    for texts in (["first"] * AT_ONCE, ["first"] * AGAIN):
        with (
            processes.running(victims.send_often, *args, texts) as one,
            processes.running(victims.send_often, *args, texts) as other,
        ):
            assert [await processes.ended(each) for each in (one, other)] == [0, 0]
    assert await company.boxes() == len(others) + 1
    await company.sends(ana, note("last"))
    await company.closes()
    said = [one.text for one in (await company.released()).texts]
    assert "last" in said
    assert len([text for text in said if text == "first"]) <= 2  # of three places, and not of sixteen

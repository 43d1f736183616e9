"""What readers get of a cycle that was opened, and what everybody sees of it: played by Inês and Zoë, who own it."""

import json
from datetime import timedelta
from typing import Any

from bot import sealing
from bot.models.program_feedback import FeedbackCycle, FeedbackRelease, FeedbackTable
from bot.rules import feedback_figures
from bot.rules.feedback_figures import Given
from bot.rules.people import Role
from bot.rules.program_feedback import ITEMS, Cycle
from bot.services import messages, people, program_feedback, roles
from bot.services.feedback_releases import RELEASED
from bot.views import charts
from sandbox import Fault
from story import stage as stages
from story.stage import Actor, Stage

WORDS = "CANARY: see https://intranet.example.com/ladder"
TRACKS = ("technical", "customer")


def figures(people: int) -> dict[str, Any]:
    """On failure too few could say anything; on support all but one agree."""
    given = [
        Given(
            {
                item: 4 if item == "support" else 1 + (n + place) % 5
                for place, item in enumerate(ITEMS)
                if item != "failure"
            },
            TRACKS[n % 2],
        )
        for n in range(people)
    ]
    return feedback_figures.table(given, k=5, dimension="track")


async def opened(stage: Stage, *, texts: int = 2) -> Cycle:
    """A cycle has been opened this morning, and Inês and Zoë are told."""
    now = stage.clock.now()
    async with stage.db.writing() as session:
        row = FeedbackCycle(
            id="c" * 32, pepper_check=b"", k=5, k_text=5, dimension="track", pubkey=b"",
            opens=now.date() - timedelta(weeks=6), closes=now.date(), window=1, is_steward=False, state="released",
        )  # fmt: skip
        session.add(row)
        session.add(FeedbackTable(cycle_id=row.id, payload=json.dumps(figures(24))))
        for number in range(texts):
            thread = sealing.printed(sealing.thread_key(sealing.new_receipt(), "text1")[1])
            value = json.dumps({"text": f"{WORDS} {number}", "thread": thread})
            place = number.to_bytes(16)
            session.add(FeedbackRelease(cycle_id=row.id, slot=place, field="text1", value=value))
        found = await people.by_slack_id(session, ["U0ZOE"], on=now.date())
        await roles.give(session, found["U0ZOE"].id, Role.OWNER, by=None, now=now, today=now.date())
        cycle = program_feedback.cycle_of(row)
        for one in await program_feedback.readers(session, now.date()):
            await messages.tell(session, RELEASED, to=one.id, about=cycle.subject, at=now)
    await stages.settle(stage.bot)
    return cycle


def kinds(person: Actor) -> list[str]:
    return [block["type"] for block in person.messages[-1]["blocks"]]


async def test_readers_hear_of_it_without_a_word_and_read_behind_the_button(stage: Stage) -> None:
    await opened(stage)
    ines, zoe = stage.person("ines"), stage.person("zoe")
    for reader in (ines, zoe):
        assert "20-24 people answered" in reader.sees()
        assert (kinds(reader).count("data_visualization"), kinds(reader).count("table")) == (2, 1)
        assert "Not shown: Support (nearly all chose the same) and Failure (too few chose an answer)" in reader.sees()
        assert "Technical" in reader.sees()
        assert "CANARY" not in str(reader.messages)
    await ines.presses("Read what was written")
    assert "CANARY: see intranet[.]example[.]com/ladder 0" in ines.sees()
    await ines.presses("Answer", block_id="do-" + "0" * 32)
    await ines.submits(words="Which part of it do you mean?")
    assert "A reader answered" in ines.sees()
    await zoe.presses("Read what was written")
    assert "Which part of it do you mean?" in zoe.sees()
    assert stage.slack.posted("ana") == []


async def test_two_readers_fold_words_away_and_everybody_sees_how_many(stage: Stage) -> None:
    await opened(stage)
    ines, zoe = stage.person("ines"), stage.person("zoe")
    for reader in (ines, zoe):
        await reader.presses("Read what was written")
    block = "do-" + "0" * 31 + "1"
    await ines.presses("Fold away", block_id=block)
    assert "another reader decides" in ines.sees()
    assert f"{WORDS[:6]}" in ines.sees()
    await zoe.presses("Fold away", block_id=block)
    assert "1 text was folded away" in zoe.sees()
    ana = stage.person("ana")
    await ana.opens_home()
    seen = ana.sees("home")
    assert "20-24 answered the last time" in seen
    assert "I can grow here without managing people: 2.9 of 5" in seen
    assert "1 text was folded away" in seen
    assert "I know what the next level asks" not in seen
    assert "CANARY" not in seen


async def test_an_owner_finds_it_again_in_home_and_nobody_else_does(stage: Stage) -> None:
    ines, ana = stage.person("ines"), stage.person("ana")
    await ines.opens_home()
    await ines.presses("Program", surface="home")
    await ines.presses("Read the digest", surface="home")
    assert "Nothing has been opened yet" in ines.sees()
    await ines.closes()
    await opened(stage, texts=0)
    await ines.presses("Read the digest", surface="home")
    assert "20-24 people answered" in ines.sees()
    assert "Clarity" in ines.sees()
    assert "Nobody wrote words" in ines.sees()
    await ana.opens_home()
    assert "Read the digest" not in ana.sees("home")


async def test_where_slack_draws_no_charts_the_same_figures_come_as_text(stage: Stage) -> None:
    stage.slack.fault(
        Fault("chat.postMessage", "error", error="invalid_blocks", match=lambda args: charts.CHART in str(args))
    )
    await opened(stage)
    ines = stage.person("ines")
    assert not {"data_visualization", "table"} & set(kinds(ines))
    assert "Choice        20-24   2.9       –    35 %" in ines.sees()
    await ines.presses("Read what was written")
    assert "CANARY" in ines.sees()

"""Who looked: everybody sees who opened what is theirs, and nobody else sees it."""

from datetime import timedelta

import pytest

from bot.rules import access
from bot.views import looks as views
from story.stage import Actor, Stage
from tests.handlers import acts
from tests.handlers.test_evidence import decides, saved
from tests.handlers.test_reading import answered
from tests.handlers.test_talks import wishes

NOBODY = "Nobody has opened anything of yours."
TO_THE_MANAGER = "as the manager it was given to"
OWN = {"author", "giver", "giver until read"}  # who reads what they wrote or received themselves


async def asks(stage: Stage, name: str) -> Actor:
    """Who looked at what is theirs, asked where everything that is kept of them stands."""
    person = stage.person(name)
    await person.types("/ladder data")
    await person.presses("Who looked", surface="modal")
    return person


async def test_whoever_reads_a_check_in_is_named_to_its_author_alone(either: Stage) -> None:
    await answered(either, "kiran", "noor")
    mats = either.person("mats")
    await mats.types("/ladder read")
    assert "CANARY of kiran." in mats.sees()
    kiran = await asks(either, "kiran")
    assert "Your check-in of the round of" in kiran.sees()
    assert f"Mats Lindqvist opened it today, {TO_THE_MANAGER}" in kiran.sees()
    assert NOBODY in (await asks(either, "noor")).sees()
    await mats.submits()  # the next one takes its place
    assert "CANARY of noor." in mats.sees()
    assert "Mats Lindqvist" in (await asks(either, "noor")).sees()
    for name in ("mats", "ines", "grace"):
        assert NOBODY in (await asks(either, name)).sees()


async def test_one_line_a_day_however_often(stage: Stage) -> None:
    await answered(stage, "kiran")
    mats = stage.person("mats")
    for _ in range(3):
        await mats.types("/ladder read")
        await mats.closes()
    assert len(await acts.rows(stage, "look")) == 1
    await acts.jump(stage, stage.clock.now() + timedelta(days=1))
    await mats.types("/ladder read")
    assert len(await acts.rows(stage, "look")) == 2
    kiran = await asks(stage, "kiran")
    assert kiran.sees().count("Mats Lindqvist opened it") == 2
    assert kiran.sees().index("opened it today") < kiran.sees().index("opened it yesterday")


async def test_ones_own_things_are_nobodys_look(stage: Stage) -> None:
    await wishes(stage, "kiran")
    kiran = await saved(stage, "kiran", reviewers=["noor"])
    await decides(stage, "noor", "Accept")
    before = await acts.rows(stage, "look")
    await kiran.presses("Read it", surface="message")
    await kiran.closes()
    for line in ("/checkin", "/checkin history", "/ladder talk", "/ladder", "/ladder data"):
        await kiran.types(line)
        await kiran.closes()
    assert await acts.rows(stage, "look") == before


async def test_reviewers_managers_and_the_list_of_talks_are_noted(stage: Stage) -> None:
    await wishes(stage, "kiran")
    kiran = await saved(stage, "kiran", reviewers=["noor", "lea"])
    await stage.person("noor").presses("Accept")
    await decides(stage, "lea", "Accept")
    press = kiran.press_payload("Read it")
    await acts.sends(stage, acts.by(stage, "mats", press))
    assert "CANARY-DID" in stage.person("mats").sees()
    await stage.person("mats").closes()
    await stage.person("mats").types("/ladder talk")
    await acts.sends(stage, acts.by(stage, "grace", press))  # refused, so there is nothing to note
    assert {(row.thing, row.because) for row in await acts.rows(stage, "look")} == {
        ("evidence", "reviewer"), ("evidence", "manager"), ("check-in", "manager then"),
    }  # fmt: skip
    seen = (await asks(stage, "kiran")).sees()
    opened = ("Noor Haddad", "as a reviewer you named"), ("Mats Lindqvist", "as your manager")
    for viewer, because in (*opened, ("Mats Lindqvist", TO_THE_MANAGER)):
        assert f"{viewer} opened it today, {because}" in seen
    assert "Your evidence for" in seen
    assert "Grace" not in seen
    assert "CANARY" not in seen


async def test_what_cannot_be_noted_is_not_shown(stage: Stage) -> None:
    """The note comes first: whoever looks at the moment the database only reads is told to try again."""
    if not stage.db.is_sqlite:
        pytest.skip("on PostgreSQL everybody has a pen of their own")
    await answered(stage, "kiran")
    async with stage.db.writing():  # somebody else holds the only pen
        await stage.person("mats").types("/ladder read")
    assert stage.person("mats").modal is None
    assert await acts.rows(stage, "look") == []


def test_every_reason_to_read_has_words() -> None:
    readers = {
        relation
        for thing in ("check-in", "evidence", *views.TITLES)
        for relation, allowed in access.TABLE[thing].items()
        if allowed & {"read", "read: own part"} and relation not in OWN
    }
    assert set(views.BECAUSE) == readers

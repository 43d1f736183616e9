"""Nothing that is said in program feedback is ever logged, nor who was there: also when something goes wrong."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import text

from bot.clock import StandingClock
from bot.handlers import quiet
from bot.logs import Discreet
from story.stage import Stage
from tests.door.test_door import headers, posted
from tests.handlers import acts
from tests.handlers.conftest import FRIDAY
from tests.program_feedback import stages

CANARY = "canary-2c9d"


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Everything that any logger says, at DEBUG, through the filter that stands on the handler in production."""
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(Discreet())
    return caplog


@pytest.fixture
async def over_http(either_friday: str, folder: Path) -> AsyncIterator[Stage]:
    async with stages.opened(either_friday, StandingClock(FRIDAY), folder, uses_http=True) as opened:
        yield opened


async def test_no_log_holds_words_receipts_or_who_sent_them(
    over_http: Stage, log: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    stage, ana = over_http, over_http.person("ana")
    log.clear()
    capfd.readouterr()
    receipt = await stages.sends(ana, text1=CANARY, text2=f"{CANARY} too")
    await ana.types(f"/program-feedback {CANARY}")
    await ana.fills(text1=CANARY)
    form = ana.submit_payload()

    body = urlencode({"payload": str(form)}).encode()
    assert (await posted(stage, body, headers(body, secret=f"{CANARY}0123456789abcdef")))[0] == 401

    async with stage.db.writing() as session:
        await session.execute(text("ALTER TABLE fb_box RENAME TO fb_box_away"))
    answer = await acts.sends(stage, form)
    assert quiet.SORRY in str(answer)

    said = log.text + "".join(capfd.readouterr())
    assert quiet.FAILED in said
    for secret in (CANARY, receipt, receipt.replace(" ", ""), "U0ANA", "program_feedback.v1", str(form["view"]["id"])):
        assert secret not in said, secret
    assert [one.getMessage() for one in log.records if one.levelno >= logging.ERROR] == [quiet.FAILED]

"""The web entry, with real requests: what Slack has not signed comes in at no door, and leaves one line."""

import asyncio
import io
import json
import logging
import time
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from sqlalchemy import func, select

from bot.clock import StandingClock
from bot.database import Database
from bot.logs import Discreet
from bot.models.people import Person
from sandbox import User
from sandbox.people import user_json
from sandbox.signed import FORM, JSON, body_of, signature
from story import stage as stages
from story.stage import Stage
from tests.support import engines
from tests.support.engines import Servers

CANARY = "canary-7f3a"
OLD_SECRET = f"{CANARY}0123456789abcdef"
COMMAND = {
    "command": "/ladder",
    "user_id": "U0ANA",
    "text": f"help {CANARY}",
    "trigger_id": "1.a",
    "team_id": "T0SANDBOX",
}
Send = Callable[..., Any]


@pytest.fixture
async def stage(servers: Servers, clock: StandingClock) -> AsyncIterator[Stage]:
    db = engines.database(servers.url("sqlite"))
    async with stages.opened(db, clock, uses_http=True) as opened:
        yield opened
    await db.close()


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Everything that anything logs, at DEBUG, through the filter that `logs.configure` puts on the handler."""
    caplog.set_level(logging.DEBUG)
    caplog.handler.addFilter(Discreet())
    return caplog


def headers(body: bytes, content_type: str = FORM, *, secret: str, at: str | None = None) -> dict[str, str]:
    stamp = str(int(time.time())) if at is None else at
    signed = signature(secret, stamp, body)
    return {"Content-Type": content_type, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signed}


async def posted(stage: Stage, body: bytes, sent: dict[str, str]) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{stage.bot.port}/slack/events"
        async with session.post(url, data=io.BytesIO(body), headers=sent) as answer:
            return answer.status, await answer.text()


async def is_refused(
    stage: Stage, body: bytes, sent: dict[str, str], log: pytest.LogCaptureFixture, status: int
) -> None:
    log.clear()
    assert await posted(stage, body, sent) == (status, "")
    lines = [record for record in log.records if record.levelno > logging.DEBUG]
    assert [record.name for record in lines] == ["bot.door"]
    assert CANARY not in log.text


BODY = urlencode(COMMAND).encode()


async def test_a_signed_command_is_answered(stage: Stage) -> None:
    status, text = await posted(stage, BODY, headers(BODY, secret=stage.slack.signing_secret))
    assert status == 200
    assert "What I can do for you" in text


@pytest.mark.parametrize(
    "stamp", ["abc", "", "nan", "9" * 5_000, "-1", "1e9", " 1794571200", "١٧٩٤٥٧١٢٠٠", "0x6af1e2c0"]
)
async def test_timestamps_that_are_none(stage: Stage, log: pytest.LogCaptureFixture, stamp: str) -> None:
    sent = headers(BODY, secret=stage.slack.signing_secret) | {"X-Slack-Request-Timestamp": stamp}
    await is_refused(stage, BODY, sent, log, 401)


async def test_timestamps_five_minutes_off(stage: Stage, log: pytest.LogCaptureFixture) -> None:
    for seconds in (-302, 302, -86_400):
        sent = headers(BODY, secret=stage.slack.signing_secret, at=str(int(time.time()) + seconds))
        await is_refused(stage, BODY, sent, log, 401)
    for seconds in (-290, 290):
        sent = headers(BODY, secret=stage.slack.signing_secret, at=str(int(time.time()) + seconds))
        assert (await posted(stage, BODY, sent))[0] == 200


async def test_signatures_that_are_not_slacks(stage: Stage, log: pytest.LogCaptureFixture) -> None:
    right = headers(BODY, secret=stage.slack.signing_secret)
    signed = right["X-Slack-Signature"]
    for wrong in ("", "v0=", "v1=" + signed[3:], signed.upper(), "v0=" + signed[3:].upper(), signed + "0", signed[:-1],
                  signed[3:], "v0=" + "é" * 64, "v0=" + "٠" * 64, "v0=" + "0" * 64, "v0=" + "0" * 5_000):  # fmt: skip
        await is_refused(stage, BODY, right | {"X-Slack-Signature": wrong}, log, 401)
    for missing in ("X-Slack-Signature", "X-Slack-Request-Timestamp"):
        await is_refused(stage, BODY, {name: value for name, value in right.items() if name != missing}, log, 401)
    await is_refused(stage, BODY + b"&x=1", right, log, 401)
    await is_refused(stage, b"", right, log, 401)


DEEP = b"[" * 20_000 + b"]" * 20_000
EVENT = b'{"type":"event_callback","event":{"type":"x"}}'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(b"text=\xff\xfe canary-7f3a", FORM, id="not UTF-8"),
        pytest.param(b'{"type": "canary-7f3a \xff"}', JSON, id="JSON, not UTF-8"),
        pytest.param(b"{canary-7f3a", JSON, id="not JSON"),
        pytest.param(b"[1, 2]", JSON, id="list"),
        pytest.param(b'"canary-7f3a"', JSON, id="string"),
        pytest.param(b"null", JSON, id="null"),
        pytest.param(b"", JSON, id="nothing"),
        pytest.param(DEEP, JSON, id="20k deep"),
        pytest.param(b'{"a":' * 20_000 + b"1" + b"}" * 20_000, JSON, id="20k deep objects"),
        pytest.param(b'{"type":"x","type":"canary-7f3a"}', JSON, id="doubled name"),
        pytest.param(b'{"type":"x","event":{"a":1,"a":2}}', JSON, id="doubled name within"),
        pytest.param(b"9" * 10_000, JSON, id="a long number"),
        pytest.param(b"payload=%5B1%5D", FORM, id="payload is a list"),
        pytest.param(b"payload=", FORM, id="payload is empty"),
        pytest.param(b"payload=canary-7f3a", FORM, id="payload is not JSON"),
        pytest.param(b"payload=" + DEEP, FORM, id="payload 20k deep"),
        pytest.param(b"payload=%7B%7D&payload=%7B%22type%22%3A%22x%22%7D", FORM, id="payload twice"),
        pytest.param(b"command=/ladder&command=/checkin&text=canary-7f3a", FORM, id="command twice"),
    ],
)  # fmt: skip
async def test_signed_bodies_that_cannot_be_read(
    stage: Stage, log: pytest.LogCaptureFixture, body: bytes, content_type: str
) -> None:
    await is_refused(stage, body, headers(body, content_type, secret=stage.slack.signing_secret), log, 400)


async def test_bodies_of_more_than_a_mebibyte(stage: Stage, log: pytest.LogCaptureFixture) -> None:
    body = b"text=" + CANARY.encode() * 100_000
    await is_refused(stage, body, headers(body, secret=stage.slack.signing_secret), log, 401)


async def test_a_command_may_speak_of_a_payload(stage: Stage) -> None:
    body = urlencode(COMMAND | {"text": "help payload=1&payload=2", "user_name": "payload"}).encode()
    status, text = await posted(stage, body, headers(body, secret=stage.slack.signing_secret))
    assert status == 200
    assert "What I can do for you" in text


async def test_the_same_signed_body_has_one_effect(stage: Stage, clock: StandingClock) -> None:
    await stages.set_up(stage)
    ana = stage.person("ana")
    await ana.types("/checkin")
    await ana.fills(win="Words.")
    body, content_type = body_of("interactive", ana.submit_payload())
    sent = headers(body, content_type, secret=stage.slack.signing_secret)
    first, *others = [await posted(stage, body, sent) for _ in range(3)]
    assert "Your check-in is in" in first[1]
    assert others == [(200, "")] * 2
    told = user_json(User(id="U0NEW", name="new"), clock.now(), team_id="T0SANDBOX", with_email=False)
    event = {
        "type": "event_callback",
        "event_id": "Ev1",
        "team_id": "T0SANDBOX",
        "event": {"type": "team_join", "user": told},
    }
    body = json.dumps(event).encode()
    sent = headers(body, JSON, secret=stage.slack.signing_secret)
    assert [(await posted(stage, body, sent))[0] for _ in range(3)] == [200] * 3
    async with stage.db.reading() as session:
        assert await session.scalar(select(func.count()).where(Person.slack_id == "U0NEW")) == 1


async def test_an_old_secret_opens_nothing_and_is_nowhere_in_the_log(
    stage: Stage, log: pytest.LogCaptureFixture
) -> None:
    for body, content_type in ((BODY, FORM), (EVENT, JSON)):
        await is_refused(stage, body, headers(body, content_type, secret=OLD_SECRET), log, 401)
        sent = headers(body, content_type, secret=stage.slack.signing_secret) | {"Authorization": OLD_SECRET}
        assert (await posted(stage, body, sent))[0] == 200
    assert CANARY not in log.text
    assert stage.slack.signing_secret not in log.text
    assert stage.slack.bot_token not in log.text


async def page(stage: Stage, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{stage.bot.port}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def test_pages_for_whoever_watches(stage: Stage) -> None:
    assert await page(stage, "/healthz") == (200, "ok")
    assert await page(stage, "/readyz") == (200, "ready")
    assert (await page(stage, "/slack/events"))[0] == 405
    assert (await page(stage, "/"))[0] == 404
    stage.bot.engine.trouble = "invalid_auth"
    assert await page(stage, "/readyz") == (503, "Slack refuses us: invalid_auth")
    assert await page(stage, "/healthz") == (200, "ok")


async def test_readiness_notices_a_database_that_does_not_answer(clock: StandingClock, servers: Servers) -> None:
    gone = Database("postgresql://nobody@127.0.0.1:9/none", engines.KEYS)
    async with stages.opened(gone, clock, uses_http=True) as stage:
        assert await page(stage, "/readyz") == (503, "the database does not answer")
        status, text = await posted(
            stage,
            BODY.replace(b"help", b"me"),
            headers(BODY.replace(b"help", b"me"), secret=stage.slack.signing_secret),
        )
        assert status == 200
        assert "reach my own memory" in text
    await gone.close()


async def test_the_tokens_choose_the_way_in(servers: Servers, clock: StandingClock) -> None:
    db = engines.database(servers.url("sqlite"))
    async with stages.opened(db, clock) as stage:  # an app token: a socket, and no door
        await stage.person("ana").types("/ladder help")
        assert await stage.bot.problem() is None
        with pytest.raises(aiohttp.ClientError):
            await page(stage, "/healthz")
    both = stages.workspace(clock)
    async with stages.opened(db, clock, slack=both, slack_signing_secret=both.signing_secret) as stage:  # both
        assert await page(stage, "/readyz") == (200, "ready")
        await stage.person("ana").types("/ladder help")
        assert "What I can do" in stage.person("ana").sees()
        assert (await posted(stage, BODY, headers(BODY, secret=stage.slack.signing_secret)))[0] == 200
    await db.close()


async def test_many_at_once(stage: Stage) -> None:
    sent = headers(BODY, secret=stage.slack.signing_secret)
    answers = await asyncio.gather(*(posted(stage, BODY, sent) for _ in range(30)))
    assert {status for status, _ in answers} == {200}

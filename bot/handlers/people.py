"""People: `/ladder` and its words, their wishes, and what Slack tells us about accounts."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, Word, show
from bot.rules import days
from bot.services import directions, directory, evidence, people, progress, wishes
from bot.services import framework as frameworks
from bot.views import notices
from bot.views import people as views


async def show_me(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Where I stand: `/ladder` alone."""
    async with act.reading() as (session, me):
        framework = await frameworks.current(session)
        is_content = directions.is_content(await directions.of(session, me.id))
        view = views.me(
            me,
            track=framework.track(me.track or ""),
            level=framework.level(me.track or "", me.level or ""),
            upward=framework.next_level(me.track or "", me.level or ""),
            progress=await progress.load(session, framework, me, today=act.today(me)),
            evidence=await evidence.mine(session, by=me),
            months=None if is_content else await people.months_at_level(session, by=me, today=act.today(me)),
            today=act.today(me),
            features=act.features,
        )
    await client.views_open(trigger_id=body["trigger_id"], view=view)
    await ack()


async def show_help(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await ack(text=views.help_on(act.features), response_type="ephemeral")


async def pause(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """`/ladder pause until Monday`."""
    async with act.writing() as (session, me):
        until = days.read(_rest(body), today=act.today(me))
        await wishes.pause(session, by=me, until=until, now=act.now, today=act.today(me))
    await ack(text=views.paused(until, act.today(me)), response_type="ephemeral")


async def back(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await wishes.resume(session, by=me, now=act.now, today=act.today(me))
    await ack(text=views.back(), response_type="ephemeral")


async def open_wishes(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        usual = frameworks.rhythm_of(await frameworks.current(session), me.track)
    await show(body, client, views.wishes(me.schedule, me.cadence, usual))
    await ack()


async def keep_wishes(ack: AsyncAck, body: Body, act: Act) -> None:
    wished = views.read_wishes(body["view"])
    async with act.writing() as (session, me):
        await wishes.choose(session, by=me, **wished, now=act.now)
    await ack(response_action="update", view=views.kept())


async def account_changed(body: Body, act: Act) -> None:
    """`user_change` and `team_join`: most of them say nothing that concerns us."""
    user: dict[str, Any] = body["event"]["user"]
    async with act.noting() as session:
        await directory.changed(
            session, user, zone=act.zone, today=act.now.date(), now=act.now, team=body.get("team_id"),
            statuses=act.away_statuses,
        )  # fmt: skip


def _rest(body: Body) -> str:
    """What follows the first word of `/ladder word …`."""
    return str(body.get("text", "")).strip().partition(" ")[2]


def dispatcher(words: dict[str, Word]) -> Word:
    """`/ladder <word> …` for every word of every feature."""

    async def ladder(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
        first = str(body.get("text", "")).strip().partition(" ")[0].lower()
        word = words.get(first) if first else show_me
        if word is None:
            await ack(text=notices.UNKNOWN_WORD, response_type="ephemeral")
        else:
            await word(ack, body, client, act)

    return ladder


FEATURE = "people"
WORDS: dict[str, Word] = {
    "me": show_me, "help": show_help, "pause": pause, "back": back, "settings": open_wishes,
}  # fmt: skip


def register(app: AsyncApp) -> None:
    app.action(views.OPEN_WISHES)(open_wishes)
    app.view(views.WISHES)(keep_wishes)
    app.event("user_change")(account_changed)
    app.event("team_join")(account_changed)

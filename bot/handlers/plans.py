"""The growth plan: its page, its forms, and what a manager and a helper do for it.

A form takes the place of the page: Slack stacks three dialogs and no more, and the page comes back after it.
"""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handlers import growth
from bot.handlers.acting import Act, Body, choice, chose, known, show, subject, turn_to
from bot.rules.people import Person
from bot.services import framework, people, plan_aims, plan_chances, plan_support, plans
from bot.views import plan_forms, plan_messages, team
from bot.views import plans as views


async def open_page(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """One's own plan."""
    async with act.reading() as (session, me):
        view = await _mine(session, act, me)
    await show(body, client, view)
    await ack()


async def _mine(session: AsyncSession, act: Act, me: Person) -> dict[str, Any]:
    found = await plan_chances.beside(
        session, await plans.mine(session, by=me, today=act.today(me)), today=act.today(me)
    )
    return views.page(found, is_mine=True, today=act.today(me), manager=me.manager_name, features=act.features)


async def open_of_report(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The plan of somebody of the team, from their line."""
    async with act.reading() as (session, me):
        found = await plans.of(session, by=me, of=choice(body), today=act.today(me))
    await show(body, client, views.page(found, is_mine=False, today=act.today(me)))
    await ack()


# Where to grow


async def open_aims(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        offered = await plan_aims.on_offer(session, by=me, today=act.today(me))
        chosen = (await plans.mine(session, by=me, today=act.today(me))).aims
        known_levels = await framework.current(session)
    await turn_to(body, client, plan_forms.aims(offered, chosen, known_levels))
    await ack()


async def look_elsewhere(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The same form with what a level of another track asks for; what is chosen in it so far stays chosen."""
    elsewhere = plan_forms.read_elsewhere(body)
    picked = plan_forms.read_aims(body["view"])
    async with act.reading() as (session, me):
        offered = await plan_aims.on_offer(session, by=me, today=act.today(me), elsewhere=elsewhere)
        chosen = await plan_aims.named(session, picked)
        known_levels = await framework.current(session)
    await turn_to(body, client, plan_forms.aims(offered, chosen, known_levels, elsewhere=elsewhere))
    await ack()


async def choose_aims(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await plan_aims.choose(session, by=me, aims=plan_forms.read_aims(body["view"]), now=act.now)
        view = await _mine(session, act, me)
    await growth.redraw_below(body, client, act)
    await ack(response_action="update", view=view)


# Actions


async def open_new(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await plans.mine(session, by=me, today=act.today(me))
    await turn_to(body, client, plan_forms.action(found, None, helper=None, today=act.today(me)))
    await ack()


async def open_change(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        one = await plans.open_one(session, by=me, action=choice(body))
        found = await plans.mine(session, by=me, today=act.today(me))
        named = await people.by_id(session, filter(None, [one.helper_id]), on=act.now.date())
    helper = next((person.slack_id for person in named.values()), None)
    await turn_to(body, client, plan_forms.action(found, one, helper=helper, today=act.today(me)))
    await ack()


async def add(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    _, typed = plan_forms.read_action(body["view"])
    async with act.writing() as (session, me):
        await plans.add(session, by=me, typed=typed, now=act.now, today=act.today(me))
        view = await _mine(session, act, me)
    await growth.redraw_below(body, client, act)
    await ack(response_action="update", view=view)


async def change(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    action, typed = plan_forms.read_action(body["view"])
    async with act.writing() as (session, me):
        await plans.change(session, by=me, action=known(action), typed=typed, now=act.now, today=act.today(me))
        view = await _mine(session, act, me)
    await growth.redraw_below(body, client, act)
    await ack(response_action="update", view=view)


async def finish(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """Done; what was learned can be written at once, or never."""
    async with act.writing() as (session, me):
        one = await plans.finish(session, by=me, action=choice(body), now=act.now, today=act.today(me))
    await turn_to(body, client, plan_forms.reflection(one))
    await growth.redraw_below(body, client, act)
    await ack()


async def drop(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await plans.drop(session, by=me, action=choice(body), now=act.now)
        view = await _mine(session, act, me)
    await turn_to(body, client, view)
    await growth.redraw_below(body, client, act)
    await ack()


async def open_reflection(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        one = await plans.own(session, by=me, action=choice(body))
    await turn_to(body, client, plan_forms.reflection(one))
    await ack()


async def reflect(ack: AsyncAck, body: Body, act: Act) -> None:
    action, reflection = plan_forms.read_reflection(body["view"])
    async with act.writing() as (session, me):
        await plans.reflect(session, by=me, action=known(action), reflection=reflection)
        view = await _mine(session, act, me)
    await ack(response_action="update", view=view)


# A manager


async def open_comment(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await plans.of(session, by=me, of=subject(body), today=act.today(me))
    await turn_to(body, client, plan_forms.comment(found))
    await ack()


async def comment(ack: AsyncAck, body: Body, act: Act) -> None:
    of, words = plan_forms.read_comment(body["view"])
    async with act.writing() as (session, me):
        found = await plan_support.comment(session, by=me, of=known(of), words=words, now=act.now, today=act.today(me))
    await ack(response_action="update", view=views.page(found, is_mine=False, today=act.today(me)))


async def open_protect(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        found = await plans.of(session, by=me, of=subject(body), today=act.today(me))
    await turn_to(body, client, plan_forms.protect(found, today=act.today(me)))
    await ack()


async def protect(ack: AsyncAck, body: Body, act: Act) -> None:
    of, hours, until = plan_forms.read_protect(body["view"])
    async with act.writing() as (session, me):
        found = await plan_support.protect(
            session, by=me, of=known(of), hours=hours, until=until, now=act.now, today=act.today(me)
        )
    await ack(response_action="update", view=views.page(found, is_mine=False, today=act.today(me)))


# A helper


async def open_asked(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.reading() as (session, me):
        asked = await plan_support.asked(session, by=me, action=subject(body))
    await show(body, client, plan_messages.asked_page(asked, today=act.today(me)))
    await ack()


async def decline(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        await plan_support.decline(session, by=me, action=subject(body))
    await turn_to(body, client, plan_messages.declined())
    await ack()


FEATURE = "growth"
WORDS = {"plan": open_page}


def register(app: AsyncApp) -> None:
    app.action(views.OPEN)(open_page)
    app.action(views.CHOOSE)(open_aims)
    app.action(plan_forms.ELSEWHERE)(look_elsewhere)
    app.action(views.ADD)(open_new)
    app.action(views.MENU, matchers=[chose(views.DONE)])(finish)
    app.action(views.MENU, matchers=[chose(views.EDIT)])(open_change)
    app.action(views.MENU, matchers=[chose(views.DROP)])(drop)
    app.action(views.MENU, matchers=[chose(views.REFLECT)])(open_reflection)
    app.action(team.REPORT, matchers=[chose(team.PLAN)])(open_of_report)
    app.action(views.COMMENT)(open_comment)
    app.action(views.PROTECT)(open_protect)
    app.action(plan_messages.HELP)(open_asked)
    app.action(plan_messages.NO_THANKS)(decline)
    app.view(plan_forms.AIMS)(choose_aims)
    app.view(plan_forms.ACTION)(add)
    app.view(plan_forms.CHANGED)(change)
    app.view(plan_forms.REFLECTION)(reflect)
    app.view(plan_forms.COMMENT)(comment)
    app.view(plan_forms.PROTECT)(protect)

"""What is put before a mentor, or before whom a mentor offers time: reading it, yes, no; and making such an offer."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.acting import Act, Body, known, show, subject
from bot.services import framework as frameworks
from bot.services import mentor_offers, proposals
from bot.views import mentors as mentor_views
from bot.views import proposals as views


async def read(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """The request with the mentee's own words."""
    async with act.reading() as (session, me):
        framework = await frameworks.current(session)
        found = await proposals.read(session, by=me, proposal=subject(body), now=act.now, today=act.today(me))
    await show(body, client, views.modal(found, framework))
    await ack()


async def accept(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    async with act.writing() as (session, me):
        pair = await proposals.accept(session, by=me, proposal=subject(body), now=act.now, today=act.today(me))
    other = pair.mentee if pair.mentor.id == me.id else pair.mentor
    await _turn(body, client, views.accepted_by_me(other.name))
    await ack()


async def open_decline(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """A no of the mentor's, with a reason if they like, and with a pause if they pressed that."""
    pauses = body["actions"][0]["action_id"] == views.PAUSE
    async with act.reading() as (session, me):
        found = await proposals.read(session, by=me, proposal=subject(body), now=act.now, today=act.today(me))
    await show(body, client, views.decline_form(found, pauses=pauses, today=act.today(me)))
    await ack()


async def decline(ack: AsyncAck, body: Body, act: Act) -> None:
    proposal, reason, until = views.read_decline(body["view"])
    async with act.writing() as (session, me):
        await proposals.decline(
            session, by=me, proposal=known(proposal), reason=reason, pause_until=until, now=act.now,
            today=act.today(me),
        )  # fmt: skip
    await ack(response_action="clear")


async def not_now(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    """A mentee's no to a mentor who offered themself: one press, no reason."""
    async with act.writing() as (session, me):
        found = await proposals.decline(session, by=me, proposal=subject(body), now=act.now, today=act.today(me))
    await _turn(body, client, views.quietly_declined(found.mentor.name))
    await ack()


async def open_offer_to(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act, to: str | None = None) -> None:
    """Whom to offer it to. Who may, is asked when it is sent."""
    await show(body, client, views.offer_form(to))
    await ack()


async def press_offer_to(ack: AsyncAck, body: Body, client: AsyncWebClient, act: Act) -> None:
    await open_offer_to(ack, body, client, act)


async def offer_to(ack: AsyncAck, body: Body, act: Act) -> None:
    async with act.writing() as (session, me):
        made = await mentor_offers.offer_to(
            session, by=me, to=views.read_offer(body["view"]), now=act.now, today=act.today(me)
        )
    await ack(response_action="update", view=views.offer_sent(made))


async def _turn(body: Body, client: AsyncWebClient, view: dict[str, Any]) -> None:
    """The window says how it is now; a message is drawn anew by itself."""
    if (body.get("view") or {}).get("type") == "modal":
        await client.views_update(view_id=body["view"]["id"], view=view)


def register(app: AsyncApp) -> None:
    app.action(views.READ)(read)
    app.action(views.ACCEPT)(accept)
    app.action(views.DECLINE)(open_decline)
    app.action(views.PAUSE)(open_decline)
    app.action(views.NOT_NOW)(not_now)
    app.action(mentor_views.OFFER_TO)(press_offer_to)
    app.view(views.DECLINE_FORM)(decline)
    app.view(views.OFFER_FORM)(offer_to)

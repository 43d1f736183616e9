"""auth.test, team.info, bots.info"""

from collections.abc import Callable

from sandbox.manifest import APP_ID, BOT_ID, BOT_USER_ID, TEAM_DOMAIN, TEAM_ID
from sandbox.people import Json
from sandbox.state import State


def auth_test(state: State, args: Json) -> Json:
    return {
        "ok": True,
        "url": f"{state.base_url}/",
        "team": "Sandbox",
        "user": state.users[BOT_USER_ID].name,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def team_info(state: State, args: Json) -> Json:
    team = {"id": TEAM_ID, "name": "Sandbox", "domain": TEAM_DOMAIN, "email_domain": "", "icon": {}}
    return {"ok": True, "team": team}


def bots_info(state: State, args: Json) -> Json:
    bot = {"id": BOT_ID, "app_id": APP_ID, "user_id": BOT_USER_ID, "name": state.app.bot_name, "deleted": False}
    return {"ok": True, "bot": bot | {"icons": {}, "updated": 0}}


METHODS: dict[str, Callable[[State, Json], Json]] = {
    "auth.test": auth_test,
    "bots.info": bots_info,
    "team.info": team_info,
}

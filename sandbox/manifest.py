"""The app as its manifest declares it: what it may call, hear and offer."""

from dataclasses import dataclass, field

from sandbox.people import Json

APP_ID = "A0SANDBOX"
BOT_ID = "B0SANDBOX"
BOT_USER_ID = "U0SANDBOXBOT"
TEAM_ID = "T0SANDBOX"
TEAM_DOMAIN = "sandbox"


@dataclass
class App:
    """What of a manifest the workspace acts on. `scopes` may be changed while it runs, as an admin could."""

    name: str
    bot_name: str
    scopes: set[str]
    events: set[str]
    commands: dict[str, Json] = field(default_factory=dict)
    shortcuts: list[Json] = field(default_factory=list)
    home_tab: bool = False
    messages_tab: bool = True
    messages_tab_read_only: bool = False


def read(manifest: Json) -> App:
    """The app of a parsed manifest; what the manifest leaves out has Slack's default."""
    features = manifest.get("features", {})
    settings = manifest.get("settings", {})
    scopes = manifest.get("oauth_config", {}).get("scopes", {})
    home = features.get("app_home", {})
    name = manifest.get("display_information", {}).get("name", "App")
    return App(
        name=name,
        bot_name=features.get("bot_user", {}).get("display_name", name),
        scopes={*scopes.get("bot", ()), *scopes.get("bot_optional", ())},
        events=set(settings.get("event_subscriptions", {}).get("bot_events", ())),
        commands={command["command"]: command for command in features.get("slash_commands", ())},
        shortcuts=list(features.get("shortcuts", ())),
        home_tab=home.get("home_tab_enabled", False),
        messages_tab=home.get("messages_tab_enabled", True),
        messages_tab_read_only=home.get("messages_tab_read_only_enabled", False),
    )

"""`ladderbot manifest`: the app's manifest as these settings need it, to paste into Slack."""

import sys
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer
from ruamel.yaml import YAML

from bot import settings
from bot.cli.asking import told
from bot.rules import manifest as rules
from bot.rules.features import switched_on
from bot.settings import Offer

FULL = Path(__file__).parent.parent.parent / "manifest.yml"
Address = Annotated[
    str | None, typer.Option(help="For HTTP instead of Socket Mode: https://YOUR-ADDRESS, or with a path of its own.")
]


def manifest(request_url: Address = None) -> None:
    """Print the app's manifest for FEATURES and without LEAVE_OUT_COMMANDS: only the scopes that are used."""
    sys.stdout.write(told(lambda: text(settings.read_offer(), request_url)))


def text(offer: Offer, request_url: str | None = None) -> str:
    """As YAML, with the comments of the full one. Refusal for an address that Slack would not take."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    made = yaml.load(FULL)
    rules.reduce(made, switched_on(offer.features), without=offer.leave_out_commands)
    if request_url is not None:
        rules.use_http(made, request_url)
    written = StringIO()
    yaml.dump(made, written)
    return written.getvalue()


def register(app: typer.Typer) -> None:
    app.command()(manifest)

"""Slack calls us: read, decide, answer, draw. This list is the index: every feature registers itself here."""

from collections.abc import Collection

from slack_bolt.async_app import AsyncApp

from bot.handlers import check_ins, errors, evidence, home, leftovers, people, reading

FEATURES = (people, check_ins, reading, evidence, home)
WORDS = people.WORDS | check_ins.WORDS | reading.WORDS | evidence.WORDS
COMMANDS = {"/ladder": people.dispatcher(WORDS), **check_ins.COMMANDS, **evidence.COMMANDS}


def register(app: AsyncApp, *, without: Collection[str] = ()) -> None:
    """Every listener there is. `without`: command names that belong to another app in this workspace."""
    for feature in FEATURES:
        feature.register(app)
    for name, command in COMMANDS.items():
        if name not in without:
            app.command(name)(command)
    app.error(errors.say_what_went_wrong)
    leftovers.register(app)

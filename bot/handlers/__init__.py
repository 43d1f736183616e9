"""Slack calls us: read, decide, answer, draw. This list is the index: every feature registers itself here."""

from collections.abc import Collection

from slack_bolt.async_app import AsyncApp

from bot.handlers import (
    assessments,
    away,
    career_talks,
    check_ins,
    delivery_log,
    deputies,
    directions,
    errors,
    evidence,
    feedback,
    feedback_digests,
    feedback_hub,
    growth,
    home,
    leftovers,
    less,
    looks,
    match_rounds,
    mentor_credit,
    mentor_sessions,
    mentors,
    mentorships,
    mirrors,
    months,
    my_data,
    opportunities,
    opportunities_file,
    people,
    plans,
    program,
    program_feedback,
    promises,
    reading,
    recognition,
    rounds,
    setting_up,
    stories,
    talks,
    team,
    welcomes,
    what_ifs,
    who_knows,
)
from bot.handlers.acting import Word
from bot.rules.features import ALL

MODULES = (
    people, away, check_ins, deputies, reading, talks, team, mirrors, evidence, feedback, feedback_hub, home, program,
    setting_up, my_data, looks, less, delivery_log, stories, welcomes, mentors, mentor_sessions, mentor_credit,
    match_rounds, mentorships, program_feedback, feedback_digests, promises, months, growth, plans, opportunities,
    opportunities_file, assessments, recognition, directions, what_ifs, who_knows, career_talks, rounds,
)  # fmt: skip


def words(features: Collection[str]) -> dict[str, Word]:
    """What may follow `/ladder`."""
    return _declared("WORDS", features)


def commands(features: Collection[str]) -> dict[str, Word]:
    return {"/ladder": people.dispatcher(words(features)), **_declared("COMMANDS", features)}


def _declared(what: str, features: Collection[str]) -> dict[str, Word]:
    chosen = (one for one in MODULES if one.FEATURE in features)
    return {name: handler for one in chosen for name, handler in getattr(one, what, {}).items()}


WORDS, COMMANDS = words(ALL), commands(ALL)


def register(app: AsyncApp, *, without: Collection[str] = (), features: Collection[str] = ALL) -> None:
    """Every listener of the features that are on. `without`: command names that belong to another app here."""
    # Bolt asks one listener after the other: commands first, for a person waits behind them with three seconds to go.
    for name, command in commands(features).items():
        if name not in without:
            app.command(name)(command)
    for one in MODULES:
        if one.FEATURE in features:
            one.register(app)
    app.error(errors.say_what_went_wrong)
    leftovers.register(app)

"""All commands."""

import typer

from bot.cli import (
    closed,
    digest,
    doctor,
    framework,
    keeping,
    manifest,
    opportunities,
    people,
    program_feedback,
    roles,
    running,
)

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)
running.register(app)
keeping.register(app)
manifest.register(app)
doctor.register(app)
app.add_typer(framework.app, name="framework")
app.add_typer(people.app, name="people")
app.add_typer(opportunities.app, name="opportunities")
app.add_typer(roles.app, name="role")
app.add_typer(closed.app, name="closed")
app.add_typer(digest.app, name="digest")
app.add_typer(program_feedback.app, name="program-feedback")

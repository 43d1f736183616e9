"""The people file as lines."""

from bot.rules import csv_lines
from bot.rules.csv_lines import LARGEST, SAVE_AS_UTF8, Finding, Line, Sheet, shown
from bot.rules.csv_lines import Lines as PeopleFile

__all__ = ["COLUMNS", "LARGEST", "SAVE_AS_UTF8", "Finding", "Line", "PeopleFile", "read", "shown"]

COLUMNS = ("email", "slack_id", "name", "manager", "track", "level", "country", "department", "working_days", "cadence")
SHEET = Sheet(
    columns=COLUMNS,
    keys=("email", "slack_id"),
    no_key="There is no column email or slack_id, so nobody can be found.",
    header="Begin with a line such as: email,name,manager,track,level",
    aliases={"e_mail": "email", "mail": "email", "slackid": "slack_id"},
)


def read(data: bytes) -> PeopleFile:
    """The lines of a people file."""
    return csv_lines.read(data, SHEET)

"""Every table says whose data it holds, why, and for how long: a table or column that says nothing fails here."""

from pathlib import Path

import pytest
from sqlalchemy import Date, LargeBinary, String

from bot import models
from bot.database import EncryptedText, UTCDateTime
from bot.models.people import Person
from bot.rules import access
from bot.services import data_page, keeping
from bot.services.keeping import Kept
from bot.views import my_data

KEPT = keeping.tables()
each_table = pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.table.name)

# Text that stays readable in the database, because the program searches it or because it is nobody's words: codes,
# names of things, ids of Slack's. A new text column is sealed, or argued for here.
READABLE = {
    "alias": set[str](),
    "brief_choice": {"line"},
    "change": {"what", "before", "after"},
    "check_in": {"answer"},
    "direction": {"wants", "track", "managing"},
    "evidence": {"milestone", "version", "state"},
    "fb_box": {"cycle_id"},
    "fb_cycle": {"id", "dimension", "state"},
    "fb_release": {"cycle_id", "field"},
    "fb_table": {"cycle_id"},
    "fb_thread": {"side"},
    "feedback": {"track", "level", "competency"},
    "feedback_ask": {"track", "level", "competency"},
    "feedback_request": {"state"},
    "focus": {"milestone"},
    "fold": {"cycle_id", "slot"},
    "inbox": {"event_key"},
    "less": {"what"},
    "look": {"thing", "because"},
    "match_pair": {"reasons", "why_not"},
    "match_round": {"state", "figures"},
    "mentor": {"tracks", "competencies", "languages"},
    "mentor_request": {"competencies", "track", "languages", "choices", "state", "nearest"},
    "mentorship": {"competencies", "ended_for", "channel"},
    "milestone_progress": {"milestone", "moved"},
    "month": {"scope", "figures"},
    "no_chance": {"milestone"},
    "occurrence": {"kind", "state", "reason"},
    "opportunity": {"kind", "tracks", "competencies", "bands", "state"},
    "opportunity_interest": {"state"},
    "outbox": {"dedupe_key", "kind", "state", "reason", "channel", "ts"},
    "pace": {"method"},
    "person": {"slack_id", "email", "name", "zone", "country", "department", "working_days", "cadence", "dm_channel"},
    "placement": {"track", "level"},
    "plan_action": {"kind", "state", "aim", "help"},
    "plan_aim": {"aim"},
    "promise": {"cycle_id", "state", "channel"},
    "proposal": {"way", "reasons", "state", "declined_for"},
    "protected_time": {"had"},
    "rating_draft": {"competency"},
    "recognition": {"track", "competency", "state", "channel", "ts"},
    "release": {"version", "source"},
    "review": {"verdict"},
    "role_grant": {"role", "scope"},
    "round": {"state", "terms"},
    "round_answer": {"perspective"},
    "round_rating": {"competency"},
    "round_seat": {"perspective", "state"},
    "self_assessment": {"track", "level", "wording", "state"},
    "self_rating": {"competency", "pieces"},
    "success_story": {"track", "level", "state", "channel", "ts"},
    "timer": {"name"},
    "what_if": {"track", "level"},
}

# Bytes that no field key opens: random, or sealed with the key of one cycle or one receipt.
SEALED_OTHERWISE = {
    "fb_box": {"tag", "box1", "box2", "box3"},
    "fb_cycle": {"pepper_check", "pubkey"},
    "fb_release": {"slot"},
    "fb_thread": {"thread_id", "box"},
}

# Which thing of the table of access a row is, for every table that names people; None for the program's own records,
# which nobody opens but in My data, each their own.
THINGS = {
    "absence": "absence",
    "alias": "change",
    "avoidance": "avoid-list",
    "brief_choice": "career-talk notes",
    "career_action": "career-talk notes",
    "career_talk": "career-talk notes",
    "check_in": "check-in",
    "closing_survey": "closing survey",
    "deputy": "deputy",
    "direction": "direction",
    "evidence": "evidence",
    "findable": "being found",
    "feedback": "feedback",
    "feedback_ask": "feedback",
    "feedback_request": "feedback",
    "focus": "growth plan",
    "less": None,
    "look": "who looked",
    "mentor": "mentor offer",
    "mentor_request": "mentor request",
    "mentor_session": "mentorship notes",
    "mentorship": "mentorship notes",
    "milestone_progress": "check-in",
    "no_chance": "no opportunity",
    "occurrence": None,
    "opportunity": "opportunity",
    "opportunity_interest": "interest in an opportunity",
    "outbox": "messages",
    "person": "person",
    "placement": "person",
    "plan_action": "growth plan",
    "plan_aim": "growth plan",
    "plan_comment": "growth plan",
    "promise": "promise",
    "proposal": "mentor request",
    "protected_time": "protected hours",
    "rating_draft": "self-assessment",
    "reading": "check-in",
    "recognition": "recognition",
    "reporting_line": "person",
    "review": "evidence",
    "role_grant": "program settings",
    "round": "round",
    "round_answer": "round answer",
    "round_rating": "round answer",
    "round_report": "round report",
    "round_seat": "round answer",
    "self_assessment": "self-assessment",
    "self_rating": "self-assessment",
    "success_story": "story",
    "welcome": None,
    "what_if": "what-if",
}


def test_every_table_that_names_people_is_a_thing_in_the_table_of_access() -> None:
    assert set(THINGS) == {kept.table.name for kept in KEPT if kept.keeping.of}
    assert {thing for thing in THINGS.values() if thing is not None} <= set(access.TABLE)


def test_every_table_declares_what_it_keeps() -> None:
    assert {kept.table for kept in KEPT} == set(models.TABLES.tables.values())


@each_table
def test_every_column_is_told(kept: Kept) -> None:
    assert list(kept.keeping.columns) == [column.name for column in kept.table.columns]
    assert all([kept.about, kept.keeping.why, kept.keeping.seen_by, kept.keeping.until, *kept.keeping.columns.values()])


def test_everything_about_people_has_a_name_in_my_data() -> None:
    assert set(my_data.TITLES) == {kept.table.name for kept in KEPT if kept.keeping.of}


@each_table
def test_the_people_named_are_columns_that_point_to_people(kept: Kept) -> None:
    pointing = {key.parent.name for key in kept.table.foreign_keys if key.column.table is Person.__table__}
    own = {"id"} if kept.table is Person.__table__ else set()
    assert set(kept.keeping.of) == pointing | own


@each_table
def test_words_of_somebody_else_are_sealed_and_theirs_by_name(kept: Kept) -> None:
    assert set(kept.keeping.words_of) <= {column.name for column in kept.sealed}
    assert set(kept.keeping.words_of.values()) <= set(kept.keeping.of)


@each_table
def test_days_are_counted_from_a_day_or_moment(kept: Kept) -> None:
    declared = kept.keeping
    assert (declared.days is None) == (declared.after is None)
    if declared.after is not None:
        assert isinstance(kept.table.c[declared.after].type, Date | UTCDateTime)


@each_table
def test_words_are_sealed(kept: Kept) -> None:
    texts = {column.name for column in kept.table.columns if isinstance(column.type, String)}
    assert texts == READABLE.get(kept.table.name, set())
    raw = {column.name for column in kept.table.columns if isinstance(column.type, LargeBinary)}
    assert raw == SEALED_OTHERWISE.get(kept.table.name, set())


def test_every_label_is_used_once() -> None:
    labels = [column.type.label for kept in KEPT for column in kept.sealed if isinstance(column.type, EncryptedText)]
    assert len(labels) == len(set(labels))


@each_table
def test_a_row_that_goes_takes_along_or_frees_what_points_to_it(kept: Kept) -> None:
    pointers = [key for key in kept.table.foreign_keys if key.column.table is not Person.__table__]
    assert {key.ondelete for key in pointers} <= {"CASCADE", "SET NULL"}


@each_table
def test_rows_that_lose_their_words_had_some(kept: Kept) -> None:
    assert kept.keeping.on_erase != "empty words" or kept.sealed
    assert kept.keeping.on_erase == "keep" or kept.keeping.of


def test_the_page_about_data_says_what_the_tables_declare() -> None:
    file = Path(__file__).parents[2] / "docs" / "data.md"
    assert file.read_text() == data_page.page(), "Write docs/data.md anew with bot.services.data_page.page()."


@each_table
def test_the_page_about_data_tells_of_every_table(kept: Kept) -> None:
    page = data_page.page()
    assert f"### `{kept.table.name}`" in page
    assert all(f"| `{column.name}` |" in page for column in kept.table.columns)

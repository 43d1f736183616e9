"""People and their dated history: track and level, manager, role, absence. Never a column that is overwritten."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base
from bot.models.keeping import Keeping

LEAVER = "90 days after the person has left, then erased"


class Person(Base):
    """Somebody in the directory. The id is ours; `slack_id` may be missing (imported before the sync, erased)."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    slack_id: Mapped[str | None] = mapped_column(String(32), unique=True)
    email: Mapped[str | None] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    zone: Mapped[str] = mapped_column(String(64))
    country: Mapped[str | None] = mapped_column(String(2))
    department: Mapped[str | None] = mapped_column(String(80))
    preferred_hour: Mapped[int] = mapped_column(default=9)
    working_days: Mapped[str] = mapped_column(String(7), default="12345")
    cadence: Mapped[str | None] = mapped_column(String(20))
    dm_channel: Mapped[str | None] = mapped_column(String(32))
    is_guest: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    left_on: Mapped[date | None]
    has_home: Mapped[bool] = mapped_column(default=False)

    keeping: ClassVar = Keeping(
        of=("id",),
        why="to know whom to write to, when, and in which program they take part",
        seen_by="the person; the manager (name, track, level); owners",
        until=LEAVER,
        on_erase="keep",  # the row becomes a tombstone without anything that names the person
        columns={
            "id": "our own id",
            "slack_id": "Slack's id",
            "email": "e-mail, from Slack or the people file",
            "name": "name as shown in Slack",
            "zone": "IANA time zone, from Slack",
            "country": "whose public holidays count",
            "department": "the department, from the people file; seen by owners as groups of five or more",
            "preferred_hour": "local hour for prompts",
            "working_days": "days of the week at work",
            "cadence": "how often prompts come, when it is their own choice",
            "dm_channel": "Slack's id of the conversation with the app",
            "is_guest": "whether Slack calls the person a guest",
            "is_active": "whether the Slack account is active",
            "left_on": "the day the account ended",
            "has_home": "whether the Home tab was ever opened, so that it is drawn anew only for those who use it",
        },
    )


class Placement(Base):
    """The track and level a person holds, from a day until a day. A person without one takes no part in the program."""

    __tablename__ = "placement"
    __table_args__ = (
        Index(
            "uq_placement_open",
            "person_id",
            unique=True,
            postgresql_where=text("until_on IS NULL"),
            sqlite_where=text("until_on IS NULL"),
        ),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="in_order"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    track: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(40))
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="time at a level, and what was asked when, can be told later",
        seen_by="the person; the manager; owners",
        until=LEAVER,
        columns={
            "id": "our own id",
            "person_id": "whose",
            "track": "the track",
            "level": "the level",
            "from_on": "first day",
            "until_on": "the day it ended",
        },
    )


class ReportingLine(Base):
    """Who manages whom, from a day until a day."""

    __tablename__ = "reporting_line"
    __table_args__ = (
        Index(
            "uq_reporting_line_open",
            "person_id",
            unique=True,
            postgresql_where=text("until_on IS NULL"),
            sqlite_where=text("until_on IS NULL"),
        ),
        CheckConstraint("person_id <> manager_id", name="not_self"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    manager_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    keeping: ClassVar = Keeping(
        of=("person_id", "manager_id"),
        why="who reads a check-in, and who may not review evidence alone",
        seen_by="the person; the manager; owners",
        until=LEAVER,
        columns={
            "id": "our own id",
            "person_id": "whose",
            "manager_id": "their manager",
            "from_on": "first day",
            "until_on": "the day it ended",
        },
    )


class RoleGrant(Base):
    """A role in the program, from a day until a day."""

    __tablename__ = "role_grant"
    __table_args__ = (
        Index(
            "uq_role_grant_open",
            "person_id",
            "role",
            unique=True,
            postgresql_where=text("until_on IS NULL"),
            sqlite_where=text("until_on IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    scope: Mapped[str | None] = mapped_column(String(100))
    from_on: Mapped[date]
    until_on: Mapped[date | None]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="who may do what in the program, then and now",
        seen_by="everybody",
        until=LEAVER,
        columns={
            "id": "our own id",
            "person_id": "whose",
            "role": "the role",
            "scope": "the department or country it is for; empty for the whole program",
            "from_on": "first day",
            "until_on": "the day it ended",
        },
    )


class Absence(Base):
    """Days on which the program leaves a person in peace. No reason is asked or kept."""

    __tablename__ = "absence"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None] = mapped_column(index=True)
    is_from_status: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_overruled: Mapped[bool] = mapped_column(default=False, server_default=false())
    set_by: Mapped[UUID | None]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="no prompts and no counting while somebody is away",
        seen_by="the person; whoever asks them for something sees only that they are away",
        until="24 months after the return",
        days=730,
        after="until_on",
        columns={
            "id": "our own id",
            "person_id": "whose",
            "from_on": "first day away",
            "until_on": "the day they are back",
            "is_from_status": "whether it was read off the status in Slack, and ends with it",
            "is_overruled": "whether they said that they are back while that status still stood",
            "set_by": "our id of the manager or owner who set it, if it was not the person",
        },
    )


class Deputy(Base):
    """Who stands in for a manager who is away, from a day until a day."""

    __tablename__ = "deputy"
    __table_args__ = (
        Index(
            "uq_deputy_open",
            "person_id",
            unique=True,
            postgresql_where=text("until_on IS NULL"),
            sqlite_where=text("until_on IS NULL"),
        ),
        CheckConstraint("person_id <> deputy_id", name="not_self"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    deputy_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    named_at: Mapped[datetime]

    keeping: ClassVar = Keeping(
        of=("person_id", "deputy_id"),
        why="nobody waits for a manager who is away",
        seen_by="the two; the manager's people; owners",
        until=LEAVER,
        columns={
            "id": "our own id",
            "person_id": "the manager",
            "deputy_id": "who stands in",
            "from_on": "first day",
            "until_on": "the day it ended",
            "named_at": "when; answers given before that are not theirs to read",
        },
    )


class Closing(Base):
    """Days on which the whole company is closed: everybody is away."""

    __tablename__ = "closing"

    from_on: Mapped[date] = mapped_column(primary_key=True)
    until_on: Mapped[date]

    keeping: ClassVar = Keeping(
        of=(),
        why="nobody is asked for anything while the company is closed",
        seen_by="everybody",
        until="24 months after it",
        days=730,
        after="until_on",
        on_erase="keep",
        columns={"from_on": "first day closed", "until_on": "the day it opens again"},
    )

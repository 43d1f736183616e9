"""Growth plans: where somebody wants to grow, what they do for it, what a manager says, and the time kept free."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, EncryptedText
from bot.models.keeping import Keeping
from bot.models.people import LEAVER


class PlanAim(Base):
    """A competency at a level, or a milestone, in which somebody wants to grow now."""

    __tablename__ = "plan_aim"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    aim: Mapped[str] = mapped_column(String(80), primary_key=True)
    chosen_at: Mapped[datetime]

    keeping: ClassVar = Keeping(
        of=("person_id",),
        why="a plan begins with where somebody wants to grow",
        seen_by="the person; the manager; owners as counts",
        until=LEAVER,
        columns={"person_id": "whose", "aim": "the competency or milestone", "chosen_at": "since when"},
    )


class PlanAction(Base):
    """One thing somebody wants to do, and what they took from it once it was done."""

    __tablename__ = "plan_action"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(EncryptedText("plan_action.title"))
    shows: Mapped[str] = mapped_column(EncryptedText("plan_action.shows"), default="")
    aim: Mapped[str] = mapped_column(String(80), default="")
    due_on: Mapped[date]
    helper_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    help: Mapped[str | None] = mapped_column(String(10))
    opportunity_id: Mapped[UUID | None]
    made_at: Mapped[datetime]
    done_on: Mapped[date | None]
    learned: Mapped[str] = mapped_column(EncryptedText("plan_action.learned"), default="")
    differently: Mapped[str] = mapped_column(EncryptedText("plan_action.differently"), default="")
    for_whom: Mapped[str] = mapped_column(EncryptedText("plan_action.for_whom"), default="")

    keeping: ClassVar = Keeping(
        of=("person_id", "helper_id"),
        why="a plan is made of what somebody does, and what they learned from it",
        seen_by="the person; the manager; whoever was asked to help sees that one action; owners as counts",
        until=LEAVER,
        columns={
            "id": "our own id",
            "person_id": "whose",
            "kind": "course, project, stretch assignment, rotation, mentoring, micro-credential or workshop",
            "state": "open, done or dropped",
            "title": "what it is, sealed",
            "shows": "what shows that it is done, sealed",
            "aim": "the competency or milestone it helps with",
            "due_on": "by when",
            "helper_id": "who was asked to help",
            "help": "asked, or declined",
            "opportunity_id": "the chance it was taken from",
            "made_at": "when it was added",
            "done_on": "the day it was done",
            "learned": "what was learned, sealed",
            "differently": "what the person would do differently, sealed",
            "for_whom": "who has something from it, sealed",
        },
    )


class PlanComment(Base):
    """What a manager wrote to a plan."""

    __tablename__ = "plan_comment"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    manager_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str] = mapped_column(EncryptedText("plan_comment.words"))
    written_at: Mapped[datetime]

    keeping: ClassVar = Keeping(
        of=("person_id", "manager_id"),
        why="a plan is easier to follow when somebody has read it",
        seen_by="the person; the manager of today",
        until=LEAVER,
        words_of={"words": "manager_id"},
        columns={
            "id": "our own id",
            "person_id": "whose plan",
            "manager_id": "who wrote it",
            "words": "what they wrote, sealed",
            "written_at": "when",
        },
    )


class ProtectedTime(Base):
    """Hours a week that a manager keeps free for somebody's plan; set anew, it takes the place of what was."""

    __tablename__ = "protected_time"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    manager_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    hours: Mapped[int]
    until_on: Mapped[date]
    set_at: Mapped[datetime]
    had: Mapped[str | None] = mapped_column(String(10))
    had_at: Mapped[datetime | None]

    keeping: ClassVar = Keeping(
        of=("person_id", "manager_id"),
        why="growing takes time, and time that was promised can be asked for",
        seen_by="the person; the manager; owners as counts",
        until="12 months after its last day",
        days=365,
        after="until_on",
        columns={
            "person_id": "for whom",
            "manager_id": "who keeps it free",
            "hours": "hours a week",
            "until_on": "its last day",
            "set_at": "when it was set",
            "had": "whether it was had, as the person last said",
            "had_at": "when they said so",
        },
    )

"""Self-assessments as they are kept, made into the value that rules and views know."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.models.assessments import SelfAssessment, SelfRating
from bot.models.evidence import Evidence
from bot.models.people import Person as PersonRow
from bot.rules import access
from bot.rules.assessments import CHANGED, Assessment, Expected, Line, Piece, Rating, Said, State, Wording
from bot.rules.evidence import State as EvidenceState
from bot.rules.refusal import Refusal
from bot.services import framework as frameworks

Author, Rater = aliased(PersonRow), aliased(PersonRow)


async def one(session: AsyncSession, assessment: UUID) -> Assessment:
    found = await load(session, SelfAssessment.id == assessment)
    return found[0] if found else access.refuse()


async def load(session: AsyncSession, *which: ColumnElement[bool], limit: int | None = None) -> list[Assessment]:
    """The newest first: three statements, however many there are."""
    newest = (
        select(
            SelfAssessment,
            Author.name.label("author"),
            Rater.name.label("rater"),
            Rater.is_active.label("is_rater_here"),
        )
        .join(Author, Author.id == SelfAssessment.person_id)
        .outerjoin(Rater, Rater.id == SelfAssessment.rater_id)
        .where(*which)
        .order_by(SelfAssessment.changed_at.desc(), SelfAssessment.id)
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    found = (await session.execute(newest)).all()
    if not found:
        return []
    of = select(SelfRating).where(SelfRating.assessment_id.in_([row.SelfAssessment.id for row in found]))
    said = (await session.scalars(of.execution_options(populate_existing=True))).all()
    pieces = await _pieces(session, said)
    by_key = {(row.assessment_id, row.competency): row for row in said}
    return [_value(row, by_key, pieces) for row in found]


async def _pieces(session: AsyncSession, said: Iterable[SelfRating]) -> dict[UUID, Piece]:
    """Evidence that is still there and still accepted, whatever a row says."""
    ids = {piece for row in said for piece in ids_in(row.pieces)}
    if not ids:
        return {}
    return {one.id: one for one in await accepted(session, Evidence.id.in_(ids))}


async def accepted(session: AsyncSession, *which: ColumnElement[bool]) -> list[Piece]:
    """Accepted evidence by the title and the competency of its milestone, the newest first."""
    rows = await session.execute(
        select(Evidence.id, Evidence.milestone)
        .where(Evidence.state == EvidenceState.ACCEPTED.value, *which)
        .order_by(Evidence.done_on.desc(), Evidence.id)
    )
    framework = await frameworks.current(session)
    known = ((row.id, framework.milestone(row.milestone)) for row in rows)
    return [Piece(id, milestone.title, milestone.competency) for id, milestone in known if milestone is not None]  # noqa: A001


def ids_in(text: str) -> tuple[UUID, ...]:
    return tuple(UUID(hex=one) for one in text.split())


def _value(row: Any, said: Mapping[tuple[UUID, str], SelfRating], pieces: Mapping[UUID, Piece]) -> Assessment:
    kept: SelfAssessment = row.SelfAssessment
    wording = _wording(kept)
    lines = tuple(_line(one, said.get((kept.id, one.key)), pieces) for one in wording.expected)
    return Assessment(
        kept.id, kept.person_id, row.author, wording, kept.is_own_track, State(kept.state), kept.changed_at, lines,
        rater_id=kept.rater_id, rater=row.rater or "", rated_at=kept.rated_at,
        has_rater_left=row.is_rater_here is False, is_for_manager=kept.is_for_manager,
        is_for_mentor=kept.is_for_mentor,
    )  # fmt: skip


def _line(expected: Expected, row: SelfRating | None, pieces: Mapping[UUID, Piece]) -> Line:
    if row is None:
        return Line(expected)
    attached = tuple(pieces[one] for one in ids_in(row.pieces) if one in pieces)
    own, theirs = _said(row.own, row.own_note), _said(row.theirs, row.their_note)
    return Line(expected, own, theirs, attached, row.is_picked)


def _said(rating: str, note: str) -> Said:
    return Said(Rating(rating) if rating else None, note)


def _wording(row: SelfAssessment) -> Wording:
    kept = json.loads(row.wording)
    expected = tuple(Expected(*one) for one in kept["expected"])
    return Wording(row.track, kept["track"], row.level, kept["level"], expected)


def written(wording: Wording) -> str:
    """The words of a level, as a row keeps them."""
    expected = [[one.key, one.name, one.text] for one in wording.expected]
    return json.dumps({"track": wording.track_name, "level": wording.level_name, "expected": expected})


async def change(session: AsyncSession, assessment: UUID, *only_if: ColumnElement[bool], **values: Any) -> None:
    """Of two who change it at once, the second hears so."""
    changed = update(SelfAssessment).where(SelfAssessment.id == assessment, *only_if).values(**values)
    quietly = changed.returning(SelfAssessment.id).execution_options(synchronize_session=False)
    if (await session.execute(quietly)).first() is None:
        raise Refusal(CHANGED)


async def by_id(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Assessment]:
    """For messages."""
    return {one.id: one for one in await load(session, SelfAssessment.id.in_(ids))}

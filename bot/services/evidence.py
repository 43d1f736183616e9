"""What people can do with evidence: send it, send it again, review it, look at it; and what it adds up to."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models.evidence import Evidence as EvidenceRow
from bot.models.evidence import Review as ReviewRow
from bot.rules import access
from bot.rules import evidence as rules
from bot.rules.evidence import Claim, Evidence, Review, State, Verdict
from bot.rules.framework import Framework, Level
from bot.rules.people import Person
from bot.rules.refusal import Refusal
from bot.services import evidence_rows as rows
from bot.services import framework as frameworks
from bot.services import less_rows, looks, messages, people, relations

ASKED = "evidence.asked"
ASKED_AGAIN = "evidence.asked_again"
VERDICT = "evidence.verdict"
NOT_A_MEMBER = (
    "Evidence belongs to a member's own milestones, and you are not enrolled yet. Whoever runs this can enrol you."
)


async def milestones(session: AsyncSession, *, by: Person) -> tuple[Level, ...]:
    """The levels whose milestones the person can send evidence for: the next one, and their own."""
    return frameworks.levels_of(await _enrolled(session, by), by)


async def _enrolled(session: AsyncSession, by: Person) -> Framework:
    if not by.is_member:
        raise Refusal(NOT_A_MEMBER)
    return await frameworks.current(session)


async def submit(
    session: AsyncSession, *, by: Person, typed: dict[str, Any], reviewers: Sequence[str], now: datetime, today: date
) -> Evidence:
    """Send a piece of evidence to the reviewers named. `typed`: the fields of `rules.read_claim`."""
    framework = await _enrolled(session, by)
    allowed = {milestone.key for level in frameworks.levels_of(framework, by) for milestone in level.milestones}
    claim = rules.read_claim(**typed, today=today, framework=framework)
    if claim.milestone not in allowed:
        raise Refusal(
            "Choose one of the milestones listed: those of your level and of the next one.", field="milestone"
        )
    level = framework.level_of(claim.milestone)
    assert level is not None  # noqa: S101  (read_claim found the milestone)
    asked = await _reviewers(session, by, reviewers, band=level.band, today=today)
    row = EvidenceRow(
        author_id=by.id, version=framework.version, band=level.band, state=State.IN_REVIEW.value, submitted_at=now,
        **_columns(claim),
    )  # fmt: skip
    session.add(row)
    await session.flush()
    await _ask(session, row, asked, now)
    await messages.redraw_home(session, [by.id, *asked], at=now)
    return await rows.load_one(session, row.id)


def _columns(claim: Claim) -> dict[str, Any]:
    return {
        "milestone": claim.milestone, "did": claim.did, "impact": claim.impact, "links": "\n".join(claim.links),
        "done_on": claim.done_on, "amount": claim.amount,
    }  # fmt: skip


async def _reviewers(
    session: AsyncSession,
    by: Person,
    slack_ids: Sequence[str],
    *,
    band: int,
    today: date,
    already: Collection[UUID] = (),
) -> dict[UUID, bool]:
    """Reviewer → whether they stand outside the author's reporting line. `already`: they review this piece."""
    chosen = list(dict.fromkeys(slack_ids))
    found = await people.by_slack_id(session, chosen, on=today)
    for slack_id in chosen:
        person = found.get(slack_id)
        if person is None or not person.is_active or person.is_guest:
            raise Refusal(
                "One of these is not a colleague in the directory: an app, a guest or a leaver.", field="reviewers"
            )
    inside = {
        *await people.managers_above(session, by.id, on=today),
        *await people.reports_below(session, by.id, on=today),
    }
    asked = {found[slack_id].id: found[slack_id].id not in inside for slack_id in chosen}
    outside = {person for person, is_outside in asked.items() if is_outside}
    rules.check_reviewers(list(asked), author=by.id, outside=outside, band=band)
    await less_rows.check_reviewers(session, [one for one in found.values() if one.id not in already], on=today)
    return asked


async def _ask(session: AsyncSession, row: EvidenceRow, asked: dict[UUID, bool], now: datetime) -> None:
    for reviewer, is_outside in asked.items():
        review = ReviewRow(
            evidence_id=row.id, author_id=row.author_id, reviewer_id=reviewer, is_outside=is_outside,
            verdict=Verdict.ASKED.value,
        )  # fmt: skip
        session.add(review)
        await session.flush()
        await messages.tell(session, ASKED, to=reviewer, about=review.id, at=now, key=f"{ASKED}:{review.id.hex}")


async def open_again(session: AsyncSession, *, by: Person, evidence: UUID) -> Evidence:
    """The author's own evidence, to be changed. Refusal once it is decided."""
    found = await rows.load_one(session, evidence)
    access.require(relations.to_evidence(by, found), "write", "evidence")
    if found.state not in rules.CAN_BE_SENT_AGAIN:
        raise Refusal(f"This evidence is {found.state} and stays as it was decided. /evidence starts a new one.")
    return found


async def send_again(
    session: AsyncSession,
    *,
    by: Person,
    evidence: UUID,
    typed: dict[str, Any],
    reviewers: Sequence[str],
    now: datetime,
    today: date,
) -> Evidence:
    """Change a piece of evidence: everybody named reads the new words and gives a new verdict."""
    before = await open_again(session, by=by, evidence=evidence)
    framework = await frameworks.current(session)
    claim = rules.read_claim(**{**typed, "milestone": before.claim.milestone}, today=today, framework=framework)
    already = {review.reviewer_id for review in before.reviews}
    asked = await _reviewers(session, by, reviewers, band=before.level.band, today=today, already=already)
    changed = await session.execute(
        update(EvidenceRow)
        .where(EvidenceRow.id == evidence, EvidenceRow.take == before.take)
        .where(EvidenceRow.state.in_(rules.CAN_BE_SENT_AGAIN))
        .values(**_columns(claim), state=State.IN_REVIEW.value, take=before.take + 1, submitted_at=now)
        .returning(EvidenceRow.id)
    )
    if changed.first() is None:
        raise Refusal("This evidence was changed in another window just now. Open it again to see how it stands.")
    for review in before.reviews:
        await messages.withdraw(session, ASKED, about=review.id)
        await messages.refresh(session, ASKED_AGAIN, to=review.reviewer_id, about=review.id, at=now)
    dropped = [review for review in before.reviews if review.reviewer_id not in asked]
    released = {"verdict": Verdict.RELEASED.value, "reason": "", "decided_at": None}
    await session.execute(update(ReviewRow).where(ReviewRow.id.in_([one.id for one in dropped])).values(**released))
    kept = [review for review in (*before.reviews, *before.released) if review.reviewer_id in asked]
    for review in kept:
        again = {"verdict": Verdict.ASKED.value, "reason": "", "decided_at": None, "handed_to": None}
        is_outside = asked[review.reviewer_id]
        await session.execute(update(ReviewRow).where(ReviewRow.id == review.id).values(**again, is_outside=is_outside))
        key = f"{ASKED}:{review.id.hex}:{before.take + 1}"
        await messages.tell(session, ASKED, to=review.reviewer_id, about=review.id, at=now, key=key)
    row = await session.get_one(EvidenceRow, evidence)
    known = {review.reviewer_id for review in kept}
    await _ask(session, row, {person: out for person, out in asked.items() if person not in known}, now)
    await messages.redraw_home(session, [by.id, *asked, *(one.reviewer_id for one in dropped)], at=now)
    return await rows.load_one(session, evidence)


async def open_review(session: AsyncSession, *, by: Person, review: UUID) -> tuple[Evidence, Review]:
    """What a reviewer reads before deciding. Refusal for everybody else, and once there is nothing left to decide."""
    evidence, mine = await _to_decide(session, by, review)
    looks.saw(session, by=by, thing="evidence", about=evidence.id, of=evidence.author_id, because="reviewer")
    return evidence, mine


async def _to_decide(session: AsyncSession, by: Person, review: UUID) -> tuple[Evidence, Review]:
    found = await rows.load(session, ReviewRow.id == review)
    if not found:
        access.refuse()
    evidence = found[0]
    mine = next((one for one in evidence.reviews if one.id == review and one.reviewer_id == by.id), None)
    if mine is None:
        access.refuse()
    access.require({"reviewer"}, "review", "evidence")
    if evidence.author_id == by.id:
        raise Refusal("Nobody reviews their own evidence.")
    if mine.verdict is not Verdict.ASKED:
        raise Refusal(f"Your verdict is in already: {mine.verdict}. {evidence.author} has been told.")
    if evidence.state is State.CHANGES:
        raise Refusal(f"Another reviewer asked {evidence.author} for changes. You hear from me when it comes back.")
    if evidence.state not in rules.OPEN_FOR_REVIEW:
        raise Refusal(f"This evidence is {evidence.state}, so there is nothing left to decide. Thank you for looking.")
    return evidence, mine


async def decide(
    session: AsyncSession,
    *,
    by: Person,
    review: UUID,
    verdict: Verdict,
    reason: str,
    now: datetime,
    take: int | None = None,
) -> Evidence:
    """Give one's own verdict, once. The author is told; the other reviewers' requests are drawn anew.

    `take`: which words were read, where time has passed since.
    """
    rules.check_reason(verdict, reason)
    held = select(EvidenceRow.id).join(ReviewRow).where(ReviewRow.id == review).with_for_update(of=EvidenceRow)
    await session.execute(held)
    evidence, mine = await _to_decide(session, by, review)
    if take not in (None, evidence.take):
        raise Refusal(f"{evidence.author} has changed the evidence since you opened it. Close this and open it again.")
    given = await session.execute(
        update(ReviewRow)
        .where(ReviewRow.id == mine.id, ReviewRow.verdict == Verdict.ASKED.value)
        .values(verdict=verdict.value, reason=reason, decided_at=now)
        .returning(ReviewRow.id)
    )
    if given.first() is None:
        raise Refusal("Your verdict is in already.")
    await _settle(session, evidence.id, now)
    await messages.tell(
        session, VERDICT, to=evidence.author_id, about=mine.id, at=now, key=f"{VERDICT}:{mine.id.hex}:{evidence.take}"
    )
    for one in evidence.reviews:
        await messages.refresh(session, ASKED_AGAIN, to=one.reviewer_id, about=one.id, at=now)
    await messages.redraw_home(session, [evidence.author_id, *(one.reviewer_id for one in evidence.reviews)], at=now)
    return await rows.load_one(session, evidence.id)


async def withdraw_all(session: AsyncSession, authors: Sequence[UUID], *, now: datetime) -> None:
    """What is still open of these authors is not asked for any more."""
    still_open = EvidenceRow.state.in_([state.value for state in rules.CAN_BE_SENT_AGAIN])
    await session.execute(
        update(EvidenceRow)
        .where(EvidenceRow.author_id.in_(authors), still_open)
        .values(state=State.WITHDRAWN.value, decided_at=now)
    )


async def _settle(session: AsyncSession, evidence: UUID, now: datetime) -> None:
    found = await rows.load_one(session, evidence)
    state = rules.outcome(found.reviews, found.level.band)
    decided_at = now if state in rules.DECIDED else None
    await session.execute(
        update(EvidenceRow).where(EvidenceRow.id == evidence).values(state=state.value, decided_at=decided_at)
    )


async def mine(session: AsyncSession, *, by: Person) -> list[Evidence]:
    """One's own evidence, newest first."""
    return await newest(session, by.id)


async def newest(session: AsyncSession, author: UUID, *, limit: int = 10) -> list[Evidence]:
    """What somebody has sent, newest first. Whoever calls this has asked whether it is open to the one who reads."""
    sent = select(EvidenceRow.id).where(EvidenceRow.author_id == author).order_by(EvidenceRow.submitted_at.desc())
    found = await rows.load(session, EvidenceRow.id.in_((await session.scalars(sent.limit(limit))).all()))
    return sorted(found, key=lambda one: one.submitted_at, reverse=True)


async def waiting_for(session: AsyncSession, *, by: Person, limit: int = 10) -> list[tuple[Evidence, Review]]:
    """What waits for this reviewer's verdict, the longest waiting first."""
    asked = (ReviewRow.reviewer_id == by.id, ReviewRow.verdict == Verdict.ASKED.value)
    still_open = EvidenceRow.state.in_([state.value for state in rules.OPEN_FOR_REVIEW])
    waiting = select(ReviewRow.id).join(EvidenceRow, EvidenceRow.id == ReviewRow.evidence_id).where(*asked, still_open)
    ids = (await session.scalars(waiting.order_by(EvidenceRow.submitted_at).limit(limit))).all()
    found = await by_review(session, ids)
    return [found[review] for review in ids if review in found]


async def read(session: AsyncSession, *, by: Person, evidence: UUID, on: date) -> Evidence:
    """One piece of evidence: for its author, its reviewers, the author's manager, a mentor it is shared with."""
    found = await rows.load_one(session, evidence)
    standing = await relations.to_person(session, by=by, of=found.author_id, thing="evidence", on=on)
    because = access.require(standing | relations.to_evidence(by, found), "read", "evidence")
    looks.saw(session, by=by, thing="evidence", about=found.id, of=found.author_id, because=because)
    return found


async def by_review(session: AsyncSession, reviews: Sequence[UUID]) -> dict[UUID, tuple[Evidence, Review]]:
    """Evidence by the id of one of its reviews, for messages."""
    of = select(ReviewRow.evidence_id).where(ReviewRow.id.in_(reviews))
    found = await rows.load(session, EvidenceRow.id.in_(of))
    pairs = ((evidence, review) for evidence in found for review in (*evidence.reviews, *evidence.released))
    return {review.id: (evidence, review) for evidence, review in pairs if review.id in reviews}

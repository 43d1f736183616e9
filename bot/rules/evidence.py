"""Evidence as plain values: what may be sent, who may review it, and what the verdicts together mean."""

import ipaddress
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from bot.rules.framework import Framework, Level, Milestone
from bot.rules.refusal import Refusal

LONGEST = 3000
MOST_LINKS = 10
MOST_REVIEWERS = 3
MOST_AMOUNT = Decimal(100_000)
OLDEST_YEARS = 10
SHARED_BAND = 3  # from this band on two people accept, one of them from outside the reporting line


class State(StrEnum):
    IN_REVIEW = "in review"
    CHANGES = "changes asked"
    SHORT = "needs a reviewer"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    CHANGES = "changes asked"
    DECLINED = "declined"
    RELEASED = "released"  # the author no longer asks this person


CAN_BE_SENT_AGAIN = frozenset({State.IN_REVIEW, State.CHANGES, State.SHORT})
OPEN_FOR_REVIEW = frozenset({State.IN_REVIEW, State.SHORT})
DECIDED = frozenset({State.ACCEPTED, State.DECLINED, State.WITHDRAWN})


@dataclass(frozen=True)
class Claim:
    """What the author writes. `links` one a line; `amount` counts the milestone's unit."""

    milestone: str
    did: str
    impact: str
    links: tuple[str, ...]
    done_on: date
    amount: Decimal


@dataclass(frozen=True)
class Review:
    """One reviewer's own verdict. `handed_to`: who reads it instead; `is_here`: the reviewer has not left."""

    id: UUID
    reviewer_id: UUID
    reviewer: str
    verdict: Verdict
    is_outside: bool
    reason: str = ""
    handed_to: UUID | None = None
    is_here: bool = True


@dataclass(frozen=True)
class Evidence:
    """A claim with its reviews, and the wording it is held against. `released`: reviews not asked for any more."""

    id: UUID
    author_id: UUID
    author: str
    claim: Claim
    milestone: Milestone
    level: Level
    state: State
    take: int
    submitted_at: datetime
    reviews: tuple[Review, ...] = ()
    released: tuple[Review, ...] = ()

    def before(self, review: Review) -> Review | None:
        """Whose place this review took."""
        return next((one for one in self.released if one.handed_to == review.reviewer_id), None)

    def after(self, review: Review) -> Review | None:
        """The review that took the place of this one."""
        return next((one for one in self.reviews if one.reviewer_id == review.handed_to), None)


def accepts_needed(band: int) -> int:
    return 2 if band >= SHARED_BAND else 1


def outcome(reviews: Sequence[Review], band: int) -> State:
    """What the verdicts together mean: one *changes asked* holds the others; enough acceptances settle it."""
    verdicts = [review.verdict for review in reviews]
    if Verdict.CHANGES in verdicts:
        return State.CHANGES
    accepted = [review for review in reviews if review.verdict is Verdict.ACCEPTED]
    has_outside = band < SHARED_BAND or any(review.is_outside for review in accepted)
    if len(accepted) >= accepts_needed(band) and has_outside:
        return State.ACCEPTED
    if Verdict.ASKED in verdicts:
        return State.IN_REVIEW
    return State.SHORT if accepted else State.DECLINED


def without_reviewer(reviews: Sequence[Review], band: int) -> State:
    """What is left once somebody who was asked cannot answer any more: nothing is ever declined by that."""
    found = outcome(reviews, band)
    return State.SHORT if found is State.DECLINED else found


def read_claim(
    *,
    milestone: str,
    did: str,
    impact: str,
    links: str,
    done_on: date | None,
    amount: str,
    today: date,
    framework: Framework,
) -> Claim:
    """A claim from what was typed; each Refusal names its field."""
    found = framework.milestone(milestone)
    if found is None:
        raise Refusal("Choose the milestone this shows.", field="milestone")
    for name, text in (("did", did), ("impact", impact)):
        if not text:
            raise Refusal("One sentence is enough, but it cannot be empty.", field=name)
        if len(text) > LONGEST:
            raise Refusal(f"This is longer than {LONGEST:,} characters. Shorten it a little.", field=name)
    return Claim(found.key, did, impact, read_links(links), _day(done_on, today), read_amount(amount))


def _day(done_on: date | None, today: date) -> date:
    if done_on is None:
        raise Refusal("Choose the day the work was done.", field="done_on")
    if done_on > today:
        raise Refusal("That day is still ahead. Choose the day the work was done.", field="done_on")
    if today.year - done_on.year > OLDEST_YEARS:
        raise Refusal(f"That is more than {OLDEST_YEARS} years ago; no milestone looks back that far.", field="done_on")
    return done_on


def read_links(text: str) -> tuple[str, ...]:
    """Links as typed, one a line or separated by spaces. They are shown, never fetched."""
    links = tuple(re.findall(r"\S+", text))
    if len(links) > MOST_LINKS:
        raise Refusal(f"Up to {MOST_LINKS} links, please: the ones a reviewer should open first.", field="links")
    for link in links:
        if not is_web_link(link):
            raise Refusal("A link starts with https:// and names a site. One link a line.", field="links")
    if len(text) > LONGEST:
        raise Refusal("These links are very long together. Keep the ones that matter most.", field="links")
    return links


def is_web_link(link: str) -> bool:
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in host and not _is_inner_address(host) and "|" not in link


def _is_inner_address(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host.endswith((".local", ".internal", ".localhost"))


def read_amount(text: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", ".").strip() or "x")
    except InvalidOperation:
        raise Refusal("Write a number, such as 1 or 2.5.", field="amount") from None
    if not amount.is_finite() or amount <= 0:
        raise Refusal("Write a number above zero.", field="amount")
    if amount > MOST_AMOUNT or int(amount.as_tuple().exponent) < -2:  # 1,000 is a thousand to one, and one to another
        raise Refusal(f"Write a number up to {MOST_AMOUNT:,} with at most two decimals.", field="amount")
    return amount


def check_reviewers(chosen: Sequence[UUID], *, author: UUID, outside: Collection[UUID], band: int) -> None:
    """Who may be named: not the author, one to three; from band 3 on two, one from outside the reporting line."""
    if author in chosen:
        raise Refusal("Nobody reviews their own evidence. Name a colleague who saw the work.", field="reviewers")
    if not 1 <= len(chosen) <= MOST_REVIEWERS:
        raise Refusal(f"Name one to {MOST_REVIEWERS} colleagues who saw the work.", field="reviewers")
    needed = accepts_needed(band)
    if len(chosen) < needed:
        raise Refusal("At this level two people accept a piece of evidence. Name one more.", field="reviewers")
    if band >= SHARED_BAND and not any(one in outside for one in chosen):
        raise Refusal(
            "At this level one reviewer comes from outside your reporting line. Name somebody from another team.",
            field="reviewers",
        )


def check_reason(verdict: Verdict, reason: str) -> None:
    """Asking for changes or declining needs a reason the author can act on."""
    if len(reason) > LONGEST:
        raise Refusal(f"This is longer than {LONGEST:,} characters. Shorten it a little.", field="reason")
    if verdict is Verdict.CHANGES and not reason:
        raise Refusal("Say what is missing, so that it can be added.", field="reason")
    if verdict is Verdict.DECLINED and not reason:
        raise Refusal("Say why this does not show the milestone. One sentence helps.", field="reason")
    if verdict in (Verdict.ASKED, Verdict.RELEASED):
        raise Refusal("Choose one of the three answers.", field="verdict")

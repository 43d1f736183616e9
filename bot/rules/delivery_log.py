"""Did it reach them? What became of the messages owed, in the words of whoever looks after the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.rules.refusal import Refusal

SPANS = (7, 30)  # days; what is older is no longer kept
MOST_FAILED = 20  # shown one by one
MOST_SENT = 40  # of one person
PRIVATE = ("program_feedback.", "promises.", "round.")  # kinds that begin so are counted, never shown with a name
ANOTHER = "Another message"
AGAIN = "Earlier messages and Home, drawn anew"

# Several kinds may go by one name: what somebody answered is not told by the name of what they heard.
_KINDS: Mapping[str, tuple[str, ...]] = {
    "Check-in prompts": ("check_in.prompt",),
    "Replies to check-ins": ("check_in.replied",),
    "A manager's week": ("reading.week", "deputy.week"),
    "Help wanted": ("reading.help", "deputy.help"),
    "News about standing in": ("deputy.named", "deputy.declined"),
    "Evidence to read": ("evidence.asked",),
    "News about evidence": ("evidence.verdict", "evidence.handed_on", "evidence.waits"),
    "Requests for feedback": ("feedback.asked",),
    "News about feedback": (
        "feedback.given", "feedback.thanked", "feedback.question", "feedback.answered", "feedback.ended",
    ),
    "360 rounds": (
        "round.nominate", "round.approve", "round.approve_for", "round.changed", "round.invited", "round.place_free",
        "round.extended", "round.stopped", "round.closed", "round.readable",
    ),
    "Mentoring requests and offers": ("proposal.asked", "proposal.offered"),
    "News about mentoring requests": (
        "proposal.accepted", "proposal.taken_up", "proposal.not_now", "proposal.moved", "mentor_request.waits",
    ),
    "Conversations of pairs": ("mentorship.open", "mentorship.hello", "mentorship.changed"),
    "Career talks": (
        "career_talk.proposed_member", "career_talk.proposed_manager", "career_talk.planned_member",
        "career_talk.planned_manager", "career_talk.brief_member", "career_talk.brief_manager",
        "career_talk.talked_member", "career_talk.talked_manager", "career_talk.noted_member",
        "career_talk.noted_manager", "career_talk.off_member", "career_talk.off_manager",
    ),
    "Mentoring sessions": (
        "mentor_session.planned", "mentor_session.agenda", "mentor_session.met_mentor", "mentor_session.met_mentee",
        "mentor_session.quiet_mentor", "mentor_session.quiet_mentee",
    ),
    "The end of a mentorship": (
        "mentorship.term_mentee", "mentorship.term_mentor", "mentorship.ended_mentee", "mentorship.ended_mentor",
    ),
    "Matching rounds": ("match_round.begun", "match_round.ready"),
    "Self-assessments": ("assessment.asked", "assessment.both", "assessment.shared"),
    "The morning's list": ("attention.bundle",),
    "Welcomes": ("welcome.hello", "welcome.manager"),
    "Something on record is wrong": ("welcome.wrong",),
    "Program feedback": (
        "program_feedback.opened", "program_feedback.reminder", "program_feedback.released", "program_feedback.steward",
        "program_feedback.changed",
    ),
    "Promises": ("promises.made", "promises.kept", "promises.dropped", "promises.due"),
    "An owner's month": ("month.told",),
    "Roles": ("program.role",),
    "Away and back": ("away.set", "away.back"),
    "A new manager": ("people.new_manager",),
    "Stories": ("story.offered", "story.decided", "story.published"),
    "Thanks": ("recognition.given", "recognition.published"),
    "Chances to grow": (
        "chances.asked", "chances.answered", "chances.manager", "chances.stepped_back", "chances.gone",
        "chances.withdrawn",
    ),
    "Growth plans": ("plans.help_asked", "plans.commented", "plans.protected"),
    "A channel is closed to me": ("channel.closed",),
    AGAIN: (
        "home", "home.program", "check_in.prompt_again", "evidence.asked_again", "proposal.asked_again",
        "proposal.offered_again", "mentor_session.met_mentor_again", "mentor_session.met_mentee_again",
        "mentorship.hello_again", "match_round.begun_again", "welcome.hello_again", "welcome.hours_kept",
        "story.published_again", "feedback.given_again", "feedback.asked_again", "assessment.asked_again",
        "recognition.published_again", "round.invited_again",
    ),
}  # fmt: skip
NAMES: Mapping[str, str] = {kind: name for name, kinds in _KINDS.items() for kind in kinds}


class Fate(StrEnum):
    """What became of a message. MOVED: the day had asked enough, so it came in the list of the next morning. DROPPED:
    a list that would only have reminded, beyond the week's limit. LEFT_OUT: of no use when its time came."""

    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"
    MOVED = "moved"
    DROPPED = "dropped"
    LEFT_OUT = "left out"


LOCKED_OUT = "Whoever runs Ladderbot starts `ladderbot doctor`, which says what to mend."
CLOSED = "Open the channel in Slack and type `/invite @Ladderbot`, or have PROGRAM_CHANNEL name another one."
OURS = "That is a mistake of ours: the log has it, and whoever runs Ladderbot can report it."
NOBODY = "Nothing to do, if they have left. If not, whoever runs Ladderbot starts `ladderbot people sync`."
ADMIN = "Ask an administrator of the workspace."

# Slack's answer, or our own note → (what it means, what to do).
WHY: Mapping[str, tuple[str, str]] = {
    "user_disabled": ("The Slack account is switched off.", NOBODY),
    "user_not_found": ("Slack does not know this account any more.", NOBODY),
    "users_not_found": ("Slack does not know one of these accounts any more.", NOBODY),
    "user_not_visible": ("Slack does not let me see this account.", ADMIN),
    "channel_not_found": ("Slack does not find the conversation, or does not let me see it.", CLOSED),
    "not_in_channel": ("I am not in that channel.", CLOSED),
    "is_archived": ("That channel is archived.", "Take it out of the archive, or have PROGRAM_CHANNEL name another."),
    "restricted_action": ("Your workspace does not let apps post there.", ADMIN),
    "cannot_dm_bot": ("That account is an app, and apps cannot write to each other.", "Nothing to do."),
    "messages_tab_disabled": (
        "The app's Messages tab is switched off.", "Switch it on in the app's settings, App Home; then send again.",
    ),
    "not_enabled": (
        "The app's Home tab is switched off.", "Switch it on in the app's settings, App Home; then send again.",
    ),
    "invalid_user_combination": ("Slack opens no conversation of these people.", ADMIN),
    "message_not_found": ("The earlier message has been deleted.", "Nothing to do."),
    "cant_update_message": ("The earlier message cannot be changed any more.", "Nothing to do."),
    "invalid_blocks": ("Slack did not take what I drew.", OURS),
    "invalid_blocks_format": ("Slack did not take what I drew.", OURS),
    "msg_blocks_too_long": ("It was too long for Slack.", OURS),
    "msg_too_long": ("It was too long for Slack.", OURS),
    "no_text": ("Slack did not take what I drew.", OURS),
    "metadata_too_large": ("Slack did not take what I sent along.", OURS),
    "view_too_large": ("It was too long for Slack.", OURS),
    "invalid_arguments": ("Slack did not take what I sent along.", OURS),
    "ekm_access_denied": ("Your workspace has locked its keys.", ADMIN),
    "message_limit_exceeded": ("Your workspace has used up its messages.", ADMIN),
    "team_access_not_granted": ("The app may not work in this workspace.", ADMIN),
    "accesslimited": ("Your workspace limits what apps may do.", ADMIN),
    "org_login_required": ("Your organization is being moved by Slack.", "Wait; I try again by myself."),
    "account_inactive": ("The app has been taken out of this workspace, or its token is switched off.", LOCKED_OUT),
    "invalid_auth": ("Slack does not accept my token.", LOCKED_OUT),
    "token_revoked": ("My token has been revoked.", LOCKED_OUT),
    "token_expired": ("My token has expired.", LOCKED_OUT),
    "not_authed": ("I have no token.", LOCKED_OUT),
    "missing_scope": ("I lack a permission in Slack.", LOCKED_OUT),
    "ratelimited": ("Slack asked me to slow down.", "Nothing to do: I wait as long as it says."),
    "rate_limited": ("Slack asked me to slow down.", "Nothing to do: I wait as long as it says."),
    "rate limited": ("Slack asked me to slow down.", "Nothing to do: I wait as long as it says."),
    "fatal_error": ("Slack had trouble of its own.", "Send it again: I look first whether it has arrived."),
    "internal_error": ("Slack had trouble of its own.", "Send it again: I look first whether it has arrived."),
    "service_unavailable": ("Slack had trouble of its own.", "Send it again: I look first whether it has arrived."),
    "request_timeout": ("Slack took too long to answer.", "Send it again: I look first whether it has arrived."),
    "time-out": ("Slack took too long to answer.", "Send it again: I look first whether it has arrived."),
    "connection lost": ("The connection broke.", "Send it again: I look first whether it has arrived."),
    "no connection": ("Slack could not be reached.", "Nothing to do: I try again by myself."),
    "deadline": ("It took too long.", "Send it again: I look first whether it has arrived."),
    "outcome unknown": ("It may have arrived, and I could not look.", "Ask, or look; then send it again if need be."),
    "expired": ("It was of no use any more when its time came.", ""),
    "left": ("The person has left.", ""),
    "not needed": ("There was nothing left to say: it had been done, changed or withdrawn.", ""),
    "nothing to draw anew": ("The earlier message is not there to be drawn anew.", ""),
}  # fmt: skip
LOCKS = frozenset({"account_inactive", "invalid_auth", "token_revoked", "token_expired", "not_authed", "missing_scope"})
MAY_HAVE_ARRIVED = frozenset(
    {
        "fatal_error", "internal_error", "service_unavailable", "request_timeout", "time-out", "connection lost",
        "deadline",
    }
)  # fmt: skip
"""After these, whoever sends again looks first. Any other answer of Slack's is a no, or looking was of no use."""
CHANNEL_CLOSED = frozenset({"not_in_channel", "channel_not_found", "is_archived", "restricted_action"})
"""A channel that does not take what is to be said there: somebody has to open it, and waiting does not help."""


@dataclass(frozen=True)
class Count:
    """So many messages of these names came to this. `reason`: Slack's answer or our note, where there is one."""

    name: str
    fate: Fate
    reason: str
    many: int


@dataclass(frozen=True)
class Log:
    """The last `days`. `locked`: why Slack lets nothing through at this moment; `paused_until`: when I try again."""

    days: int
    counts: tuple[Count, ...]
    locked: str | None = None
    paused_until: datetime | None = None

    def many(self, fate: Fate, name: str | None = None) -> int:
        return sum(one.many for one in self.counts if one.fate is fate and name in (None, one.name))

    @property
    def names(self) -> list[str]:
        """Those with something to count, in the order of the program; what is only drawn anew comes last."""
        found = {one.name for one in self.counts}
        return [name for name in (*_KINDS, ANOTHER) if name in found and name != AGAIN] + [AGAIN] * (AGAIN in found)

    def reasons(self, fate: Fate) -> dict[tuple[str, str], int]:
        """(name, reason) → how many, the most first."""
        found: dict[tuple[str, str], int] = {}
        for one in (one for one in self.counts if one.fate is fate):
            found[one.name, one.reason] = found.get((one.name, one.reason), 0) + one.many
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))


@dataclass(frozen=True)
class Entry:
    """One message, without a word of it. `who`: whom it was for; None where nobody may be named."""

    id: UUID
    name: str
    fate: Fate
    reason: str
    at: datetime
    who: str | None = None


@dataclass(frozen=True)
class Sent:
    """What one person was sent, the newest first."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Closed:
    """Something that a channel did not take."""

    id: UUID
    name: str
    reason: str


@dataclass(frozen=True)
class Again:
    """What is asked before a message goes out once more. `state`: its own, as the outbox says it."""

    state: str
    is_expired: bool
    is_there: bool
    is_wanted: bool
    is_known: bool = True


def name_of(kind: str) -> str:
    return NAMES.get(kind, ANOTHER)


def why(reason: str) -> tuple[str, str]:
    """(what it means, what to do) of Slack's answer or our own note."""
    if reason in WHY:
        return WHY[reason]
    if reason.startswith("restricted_action"):
        return WHY["restricted_action"]
    if reason.startswith(("drawing failed", "loading failed")):
        return "I could not put it together.", OURS
    if reason.startswith(("status ", "answer not understood")):
        return WHY["internal_error"]
    return f"Slack answered {reason}." if reason else "No reason was given.", LOCKED_OUT


def check_again(asked: Again) -> None:
    """Refusal with the reason, where a message is not to be sent once more."""
    if asked.state == "sent":
        raise Refusal("It has arrived by now, so there is nothing to send again.")
    if asked.state in ("pending", "sending", "unknown"):
        raise Refusal("It is on its way already. Look again in a minute.")
    if asked.state != "failed":
        raise Refusal("It was left out, because it was of no use any more. There is nothing to send again.")
    if not asked.is_there:
        raise Refusal("This person has left, so nothing is sent to them any more.")
    if not asked.is_known:
        raise Refusal("The feature that this message belongs to is switched off.")
    if asked.is_expired or not asked.is_wanted:
        raise Refusal("It is of no use any more: what it was about is over, or has been done, changed or withdrawn.")


def may_have_arrived(reason: str) -> bool:
    return reason in MAY_HAVE_ARRIVED or reason.startswith(("status ", "answer not understood"))


def is_closed(reason: str) -> bool:
    """Whether this answer says that a channel does not take it."""
    return reason in CHANNEL_CLOSED or reason.startswith("restricted_action")


def chosen_span(days: object) -> int:
    """The span whose button was pressed; the shortest for what is none."""
    return next((span for span in SPANS if str(span) == str(days)), SPANS[0])


def is_private(kind: str) -> bool:
    """Whether nobody may hear to whom messages of this kind went."""
    return kind.startswith(PRIVATE)

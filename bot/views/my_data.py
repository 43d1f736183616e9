"""My data: what is kept of me, who sees it, what the app may read in Slack, and what I can do about all that."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.rules.my_data import Pile
from bot.views import forms, inputs, less, looks, parts, people, surface
from bot.views.welcomes import who_changes_it
from bot.views.words import escape, listing

PAGE = "my_data.v1"
ROWS = "my_data.rows.v1"
PAUSE = "my_data.pause.v1"
OPEN = "my_data.open"
SEE = "my_data.see"
OPEN_PAUSE = "my_data.open_pause"
WRONG = "my_data.wrong"
EXPORT = "my_data.export"
SAID = "my_data.said.v1"
MOST_ROWS = 40
FILE = "ladderbot-export.zip"
YOURS = "Everything Ladderbot keeps of you, as you asked for it."

READS = {
    "users:read": "names and time zones of the people in this workspace",
    "users:read.email": "their e-mail addresses, because people files name people by them",
    "files:read": "a file that an owner drops into a form of mine, to set up the program",
    "im:history": "our own conversation with you, to look whether a message has arrived before sending it again",
}
WRITES = {
    "files:write": "put your own export or a calendar file into our conversation, when you ask for it",
    "chat:write": "send you messages",
    "im:write": "open our conversation",
    "mpim:write": "open the conversation of a mentor and a mentee, when the two have said yes",
    "commands": "take the commands and forms you send it",
}
TITLES = {
    "person": "You in the directory, and when to ask you",
    "absence": "When you want to be left in peace",
    "alias": "Your name in the log of changes",
    "avoidance": "People you would rather not be paired with",
    "brief_choice": "What you left out of the brief of a career talk, or brought in",
    "career_action": "What was agreed in your career talks",
    "career_talk": "Your career talks",
    "check_in": "Your check-ins",
    "closing_survey": "What you said at the end of a mentorship",
    "direction": "What you want for now",
    "deputy": "Who stands in for a manager",
    "evidence": "Your evidence",
    "findable": "That you like to be found",
    "feedback": "Feedback you received or gave",
    "feedback_ask": "What you asked feedback on",
    "feedback_request": "Requests for feedback before you",
    "focus": "Your focus",
    "less": "What you want less of",
    "look": "Who looked",
    "mentor": "What you offer as a mentor",
    "mentor_request": "Your requests for a mentor",
    "mentor_session": "Sessions of your mentorships",
    "mentorship": "Your mentorships",
    "milestone_progress": "How your milestones moved",
    "no_chance": "What your team gives you no chance to show",
    "occurrence": "When you were asked for a check-in",
    "opportunity": "Chances to grow you offer",
    "opportunity_interest": "Chances to grow you are interested in",
    "outbox": "Messages to you",
    "placement": "Your track and level",
    "plan_action": "What is in your growth plan, or where you were asked to help",
    "plan_aim": "Where you want to grow",
    "plan_comment": "What a manager wrote to a growth plan",
    "promise": "What you promised about the program",
    "proposal": "Requests put before you as a mentor",
    "protected_time": "Time kept free for a growth plan",
    "rating_draft": "What you have noted of self-assessments, and not sent yet",
    "reading": "Replies to check-ins",
    "reporting_line": "Who manages whom",
    "review": "Verdicts on evidence",
    "recognition": "Thanks, given and received",
    "role_grant": "Your roles in the program",
    "round": "Rounds about you",
    "round_answer": "What you have written in rounds that are open",
    "round_rating": "What you have rated in rounds that are open",
    "round_report": "Reports of rounds about you",
    "round_seat": "Rounds you were asked for",
    "self_assessment": "Your self-assessments",
    "self_rating": "What you and your manager said in self-assessments",
    "success_story": "Success stories you offered",
    "welcome": "Your welcome",
    "what_if": "Levels of other tracks you keep",
}
TO_YOU = (
    ("the person has left", "you have left"), ("the person", "you"), ("the manager who read it", "whoever read it"),
    ("the manager", "your manager"), ("their manager", "your manager"),
)  # fmt: skip
NEVER = "It cannot read channels or other people's messages, and opens no file but those."


def page(piles: Sequence[Pile], scopes: Sequence[str]) -> dict[str, Any]:
    """What is kept, who sees it and for how long; then what may be read in Slack."""
    kept = [
        parts.section(
            f"*{_title(one)}* ({one.count})\nWho sees it: {_to_you(one.seen_by)}.\nHow long: {_to_you(one.until)}.",
            id=f"pile-{one.table}",
            accessory=parts.button("Look", id=SEE, value=one.table, says=f"Look at: {_title(one)}"),
        )
        for one in piles
    ]
    drawn = parts.modal(
        "My data",
        [
            parts.section("*This is everything Ladderbot keeps of you.* Look at any of it, word for word.", id="all"),
            parts.actions(
                parts.button("Get all of it", id=EXPORT, confirm=_sure()),
                parts.button("Who looked", id=looks.OPEN),
                parts.button("Leave me in peace", id=OPEN_PAUSE),
                parts.button("Check-ins off, less of something", id=less.OPEN_LESS),
                parts.button("When to ask me", id=people.OPEN_WISHES),
                parts.button("Something is wrong", id=WRONG),
                id="do",
            ),
            *kept,
            parts.divider(id="line"),
            parts.section(in_slack(scopes), id="slack"),
            parts.context(
                "What you write is sealed in the database. Whoever runs Ladderbot can erase you from it "
                "(`ladderbot erase`); that needs no reason.",
                id="rights",
            ),
        ],
        id=PAGE,
    )
    return dict(surface.guard(drawn, "modal"))


def _sure() -> dict[str, Any]:
    why = "It comes as a file into our conversation. Slack keeps it there until you delete it."
    return parts.confirm("Get all of it?", why, yes="Send it", no="Not now")


def exported() -> dict[str, Any]:
    said = "*It is in our conversation*, as an archive that only you can open there. Delete it when you have it."
    return parts.modal("My data", [parts.section(said, id="said")], id=SAID, close="Back")


def _title(pile: Pile) -> str:
    return TITLES.get(pile.table, pile.table)


def _to_you(said: str) -> str:
    """What a declaration says of "the person", said to that person."""
    for before, after in TO_YOU:
        said = said.replace(before, after)
    return escape(said)


def in_slack(scopes: Sequence[str]) -> str:
    """What the app may do in Slack, in words."""
    reads = listing([READS[scope] for scope in READS if scope in scopes])
    does = listing([WRITES[scope] for scope in WRITES if scope in scopes])
    may = f"*What it may read in Slack:* {reads}. {NEVER}" if reads else f"*It reads nothing in Slack.* {NEVER}"
    return f"{may}\n*What it may do:* {does}." if does else may


def rows(pile: Pile) -> dict[str, Any]:
    """One kind of thing, word for word; people's words stand in plain text, where nothing can fire."""
    shown = [
        parts.words("\n".join(f"{label}: {value}" for label, value in row) or "Nothing more.", id=f"row-{number}")
        for number, row in enumerate(pile.rows[:MOST_ROWS])
    ]
    more = pile.count - len(shown)
    rest = f"… and {more} more. *Get all of it* has them, too."
    drawn = parts.modal(
        "My data",
        [
            parts.section(f"*{_title(pile)}*", id="about"),
            *shown,
            *([parts.context(rest, id="rest")] if more > 0 else []),
        ],
        id=ROWS, close="Back",
    )  # fmt: skip
    return dict(surface.guard(drawn, "modal"))


def wrong(owners: Sequence[str]) -> dict[str, Any]:
    """Who mends what is on record: names come from Slack, the rest from those who run the program."""
    said = f"{who_changes_it(owners)}\nYour name, e-mail address and time zone come from your Slack profile."
    return parts.modal("Something is wrong", [parts.section(said, id="said")], id=SAID, close="Back")


def pause(today: date) -> dict[str, Any]:
    return parts.modal(
        "Leave me in peace",
        [
            parts.section("Nothing counts against you while you are away, and no reason is asked.", id="why"),
            inputs.date_input("Until which day?", id="until", initial=today + timedelta(days=7)),
        ],
        id=PAUSE, submit="Leave me in peace",
    )  # fmt: skip


def read_pause(view: Mapping[str, Any]) -> date | None:
    until = forms.answers(view).get("until")
    return until if isinstance(until, date) else None


def paused(said: str) -> dict[str, Any]:
    return parts.modal("Leave me in peace", [parts.section(said, id="said")], id=PAUSE)

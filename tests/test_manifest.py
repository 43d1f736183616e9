"""The manifest, what is registered, what is drawn and what is called say the same; in both directions."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from bot import handlers, settings
from bot.clock import StandingClock
from bot.delivery import slack as sender
from bot.views import (
    assessment_ratings,
    assessments,
    away,
    career_briefs,
    career_talk_forms,
    check_ins,
    delivery_log,
    deputies,
    directions,
    evidence,
    evidence_reviews,
    feedback,
    feedback_asks,
    feedback_digests,
    feedback_threads,
    feedback_words,
    less,
    match_rounds,
    mentor_credit,
    mentor_directory,
    mentor_requests,
    mentor_sessions,
    mentors,
    mentorship_ends,
    mentorships,
    months,
    my_data,
    opportunities,
    opportunity_forms,
    people,
    plan_forms,
    program,
    program_feedback,
    promises,
    proposals,
    reading,
    recognition,
    round_answers,
    round_forms,
    setting_up_files,
    stories,
    welcomes,
    what_ifs,
    who_knows,
)
from story import stage as stages
from story.stage import ROOT
from tests.support import engines
from tests.support.engines import Servers
from tests.views import examples

KINDS = ("action", "command", "event", "options", "shortcut", "view", "view_submission", "view_closed")

# Each Web API method the bot calls, and the scope it needs there (Slack's reference of methods).
SCOPES: dict[str, str | None] = {
    "auth.test": None,
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "im:history",
    "conversations.open": "im:write",
    "files.upload_v2": "files:write",  # in slack_sdk; it calls files.getUploadURLExternal and completeUploadExternal
    "files.info": "files:read",
    "users.info": "users:read",
    "users.list": "users:read",
    "views.open": None,
    "views.publish": None,
    "views.push": None,
    "views.update": None,
}
BESIDES = {
    "commands": "slash commands and shortcuts",
    "mpim:write": "conversations.open for a mentor and a mentee",
    "users:read": "the events team_join and user_change",
    "users:read.email": "e-mail addresses in users.list and in both events",
}
NO_SCOPE = {"app_uninstalled", "tokens_revoked"}  # every app may hear these of itself


class Recording(AsyncApp):
    """Notes what is registered instead of listening."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-nothing", signing_secret="nothing", request_verification_enabled=False)
        self.noted: list[tuple[str, Any]] = []
        self.answered: list[tuple[Any, ...]] = []  # with the choice of a menu, where each has a listener of its own

    def __getattribute__(self, name: str) -> Any:
        if name not in KINDS:
            return super().__getattribute__(name)

        def note(constraint: Any, *_: Any, matchers: Sequence[Any] = (), **__: Any) -> Any:
            self.noted.append((name, constraint))
            self.answered.append((name, constraint, *matchers))
            return lambda function: function

        return note

    def named(self, *kinds: str) -> list[str]:
        return [constraint for kind, constraint in self.noted if kind in kinds and isinstance(constraint, str)]


@pytest.fixture
def app() -> Recording:
    made = Recording()
    handlers.register(made)
    return made


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return stages.manifest()


def test_commands(manifest: dict[str, Any], app: Recording) -> None:
    declared = [command["command"] for command in manifest["features"]["slash_commands"]]
    assert sorted(declared) == sorted(app.named("command")) == sorted(handlers.COMMANDS) == sorted(settings.COMMANDS)
    assert all(re.fullmatch(r"/[a-z0-9_-]{1,31}", name) for name in declared)
    assert all(command["description"] for command in manifest["features"]["slash_commands"])


def test_shortcuts(manifest: dict[str, Any], app: Recording) -> None:
    assert sorted(one["callback_id"] for one in manifest["features"]["shortcuts"]) == sorted(app.named("shortcut"))


def test_events(manifest: dict[str, Any], app: Recording) -> None:
    assert sorted(manifest["settings"]["event_subscriptions"]["bot_events"]) == sorted(app.named("event"))


def test_nothing_is_registered_twice_and_the_rest_is_caught_last(app: Recording) -> None:
    assert [what for what, count in Counter(app.answered).items() if count > 1] == []
    patterns = [isinstance(constraint, re.Pattern) for _, constraint in app.noted]
    assert {kind for kind, constraint in app.noted if isinstance(constraint, re.Pattern)} == {
        "action", "command", "event", "options", "shortcut", "view_submission", "view_closed",
    }  # fmt: skip
    first = patterns.index(True)
    assert {constraint for kind, constraint in app.noted[first:] if isinstance(constraint, str)} <= NO_SCOPE


def test_every_button_that_is_drawn_has_a_handler_and_every_handler_a_button(app: Recording) -> None:
    assert examples.pressable() == set(app.named("action"))


def test_every_form_that_is_sent_has_a_handler_and_every_handler_a_form(app: Recording) -> None:
    sent = {view["callback_id"] for view in examples.VIEWS.values() if view.get("submit")}
    assert sent == set(app.named("view", "view_submission"))
    assert sent == {
        away.FORM, deputies.FORM,
        career_talk_forms.DAY_FORM, career_talk_forms.NOTES_FORM, career_talk_forms.ACTION_FORM, career_briefs.FORM,
        check_ins.FORM, evidence.FORM, evidence.AGAIN, evidence_reviews.REVIEW, less.FORM, my_data.PAUSE, people.WISHES,
        mentorships.AGREEMENT, mentorships.SHARING, mentorship_ends.FORM,
        mentorship_ends.SURVEY, reading.FORM, welcomes.FOCUS_FORM,
        program.ROLE_FORM, program.CLOSING_FORM, *setting_up_files.DROPPED.values(), *setting_up_files.APPLY.values(),
        mentors.FORM, mentor_directory.FORM, mentor_requests.FORM, proposals.DECLINE_FORM, proposals.OFFER_FORM,
        plan_forms.AIMS, plan_forms.ACTION, plan_forms.CHANGED, plan_forms.REFLECTION, plan_forms.COMMENT,
        plan_forms.PROTECT,
        program_feedback.FORM, program_feedback.SENT, feedback_threads.FORM, feedback_threads.REPLY,
        feedback_digests.ANSWER_FORM, promises.FORM, promises.KEEP_FORM, promises.DROP_FORM,
        directions.FORM, what_ifs.FORM, who_knows.FORM,
        opportunities.CATALOGUE, opportunity_forms.FORM, opportunity_forms.CHANGE_FORM, opportunity_forms.REASON_FORM,
        assessments.LEVEL_FORM, assessments.FORM, assessments.PICK_FORM, assessments.SHARE_FORM,
        assessment_ratings.FORM, recognition.WHOM_FORM, recognition.FORM,
        feedback.WHOM, feedback.FORM, feedback.CHANGE_FORM, feedback_words.QUESTION_FORM, feedback_words.ANSWER_FORM,
        feedback_asks.FORM, feedback_asks.TAKE_BACK_FORM,
        stories.FORM, stories.CHANGE_FORM, stories.ANSWER_FORM, delivery_log.WHO_FORM, months.FORM,
        round_forms.BEGIN_FORM, round_forms.NAME_FORM, round_forms.APPROVE_FORM, round_forms.EXTEND_FORM,
        round_answers.FORM,
        match_rounds.CHOICE, mentor_credit.FORM, mentor_sessions.FORM, mentor_sessions.TOOK,
    }  # fmt: skip


def test_scopes_are_those_that_are_used(manifest: dict[str, Any]) -> None:
    declared = manifest["oauth_config"]["scopes"]["bot"]
    assert len(declared) == len(set(declared))
    assert set(declared) == {scope for scope in SCOPES.values() if scope} | set(BESIDES)
    assert "user" not in manifest["oauth_config"]["scopes"]
    assert "bot_optional" not in manifest["oauth_config"]["scopes"]


def test_what_the_scopes_allow_is_told_to_everybody(manifest: dict[str, Any]) -> None:
    assert {*my_data.READS, *my_data.WRITES} == set(manifest["oauth_config"]["scopes"]["bot"])


def test_methods_are_those_of_the_table() -> None:
    called = set()
    for file in Path(handlers.__file__).parent.parent.rglob("*.py"):
        called |= set(re.findall(r"(?<!_socket\.)\bclient\.((?!is_)[a-z]+_[a-zA-Z]\w*)\(", file.read_text()))
    assert {_method(name) for name in called} == set(SCOPES)
    assert Path(sender.__file__).name == "slack.py"


def _method(name: str) -> str:
    """`chat_postMessage` is chat.postMessage."""
    return name.replace("_", ".", 1)


def test_a_command_that_is_left_out_is_still_a_word_of_ladder() -> None:
    app = Recording()
    handlers.register(app, without=("/checkin", "/evidence", "/feedback", "/mentor", "/program-feedback"))
    assert app.named("command") == ["/ladder"]
    assert {"checkin", "evidence", "feedback", "mentor", "program-feedback"} <= set(handlers.WORDS)


async def test_a_left_out_command_does_nothing_and_its_word_does_all(servers: Servers, clock: StandingClock) -> None:
    db = engines.database(servers.url("sqlite"))
    async with stages.opened(db, clock, leave_out_commands=("/checkin",)) as stage:
        await stages.set_up(stage)
        ana = stage.person("ana")
        await ana.types("/ladder checkin")
        assert "One win" in ana.sees()
        await ana.closes()
        await ana.types("/checkin")
        assert ana.modal is None
    await db.close()


def test_slack_can_reach_the_bot(manifest: dict[str, Any]) -> None:
    sent = manifest["settings"]
    urls = [*(command.get("url") for command in manifest["features"]["slash_commands"])]
    urls += [sent["interactivity"].get("request_url"), sent["event_subscriptions"].get("request_url")]
    assert sent["interactivity"]["is_enabled"]
    assert sent.get("socket_mode_enabled") or all(urls)
    assert manifest["features"]["app_home"]["messages_tab_enabled"]
    assert not (ROOT / "manifest.yml").read_text().count("xoxb-")

"""The gentle check: what it asks about, and what it leaves alone. It prints how well it does on both."""

import sys
import time
from collections.abc import Sequence

import pytest

from bot.rules import plain_words
from tests.rules import plain_word_texts as texts

# (field, text)
CATCH = (
    ("did", "Great job!"),
    ("did", "You did a really great job this quarter, keep it up."),
    ("did", "Awesome work on everything, thank you so much!"),
    ("did", "Thanks, well done."),
    ("did", "She was amazing in the project."),
    ("did", "A pleasure to work with, always."),
    ("did", "Love working with you!"),
    ("did", "He is a rockstar."),
    ("did", "Total superstar, a real asset to the team."),
    ("did", "Very helpful."),
    ("did", "Good."),
    ("did", "Nice presentation yesterday, really impressive."),
    ("changed", "It helped a lot."),
    ("changed", "Everything went very well."),
    ("changed", "It made a huge difference for us."),
    ("changed", "Everybody was happy."),
    ("next_step", "Be more proactive."),
    ("next_step", "You could be a bit more confident in meetings with stakeholders."),
    ("next_step", "Communicate better."),
    ("next_step", "Step up and take ownership."),
    ("next_step", "Try to show more leadership."),
    ("did", "She was abrasive in the design review on Tuesday."),
    ("did", "Noor can be a bit too aggressive with the support team when deadlines are near."),
    ("did", "Too emotional."),
    ("did", "He is not management material."),
    ("did", "They come across as arrogant when customers ask about prices."),
    ("did", "Quiet in meetings, and a little lazy."),
    ("next_step", "Be less bossy when you hand tasks over to people from other offices."),
    ("did", "Zoë lacks confidence when she presents figures to the board."),
    ("did", "You are a perfectionist, which slowed the migration of the billing jobs down."),
    ("did", "Tom has an attitude problem since the reorganisation of the two Berlin teams."),
    ("did", "He's so negative."),
    ("did", "You are too young to lead the storage migration next year."),
    ("did", "She seems disengaged and negative. I noticed it in the last three retrospectives."),
)
LEAVE = (
    ("did", "She did a great job moving the 14 billing jobs; the on-call load halved."),
    ("did", "Great work on the incident: you wrote the timeline within an hour, so legal could answer the same day."),
    ("did", "You asked the quiet people in the workshop first, and two of them found the flaw in the rollout plan."),
    ("did", "The customer was rude and aggressive; you let him finish, then repeated what he needed."),
    ("did", "The deadline was too aggressive, and you said so with numbers before we promised it."),
    ("did", "Wrote negative test cases for the importer."),
    ("did", "When the client shouted \"you are incompetent\", she offered to walk through the log with him."),
    ("did", "It was a difficult migration: he rehearsed the rollback twice with the whole shift."),
    ("did", "He is not abrasive: he waited until Lea had finished and then asked which figures she meant."),
    ("did", "The tests were flaky and slow. You split them into four groups."),
    ("did", "You paired with Kiran every Friday until he shipped alone."),
    ("did", "Fixed the build on a Sunday without being asked, and told nobody off."),
    ("did", "Merci d'avoir expliqué la migration à l'équipe du support."),
    ("did", "Super Arbeit bei der Umstellung!"),
    ("did", "ありがとう。説明がとても分かりやすかったです。"),
    ("did", "شكرا على المساعدة في عرض العميل"),
    ("did", "Gracias por todo."),
    ("changed", "Support got 40% fewer calls about invoices in May."),
    ("changed", "New people find the runbook in a minute now; nobody wakes Sam at night any more."),
    ("changed", "It helped a lot: three teams use your checklist for their own releases."),
    ("changed", "The release went well because every team knew who decides."),
    ("changed", "We kept the contract with Northwind."),
    ("changed", "Everyone was happy with the seating plan, and the two offices had lunch together for the first time."),
    ("next_step", "Be more proactive: tell the on-call person about a deploy before it starts."),
    ("next_step", "Send the agenda a day earlier, so that Tokyo can read it."),
    ("next_step", "Could you delegate more of the invoice checks to Ravi?"),
    ("next_step", "Take ownership of the pager rota in January."),
    ("did", "She drew the stubborn queue bug on the whiteboard until everybody saw the race."),
    ("did", "Sensitive data was masked before you shared the export with the agency."),
    ("did", "You noticed that the form was difficult to read with a screen reader, and rewrote its labels."),
    ("did", "He brought slow cooker stew for the night shift and covered two pages of the handover himself."),
    ("did", "He was difficult to reach on Friday because the VPN was down, so you drove over."),
    ("did", "You told Ravi that his tone sounded rude in the ticket, and offered another sentence."),
    ("did", "Cold calls are not your job, yet you made nine of them to warn shops about the outage."),
)  # fmt: skip


def is_caught(field: str, text: str) -> bool:
    return bool(plain_words.ask_back({field: text}))


def test_it_asks_about_what_it_should_and_about_nothing_else() -> None:
    assert [text for field, text in CATCH if not is_caught(field, text)] == []
    assert [text for field, text in LEAVE if is_caught(field, text)] == []


def test_it_does_nearly_as_well_on_texts_its_words_were_not_made_for(capsys: pytest.CaptureFixture[str]) -> None:
    """To disturb somebody who wrote what happened is worse than to miss a text."""
    mended = share(texts.CATCH), share(texts.LEAVE)
    held_out = share(texts.HELD_OUT_CATCH), share(texts.HELD_OUT_LEAVE)
    with capsys.disabled():
        for name, (caught, disturbed) in (("mended with", mended), ("held out", held_out)):
            sys.stdout.write(f"\nplain words, {name}: {caught:.0%} caught, {disturbed:.0%} disturbed")
        sys.stdout.write("\n")
    assert min(mended[0], held_out[0]) >= 0.9
    assert max(mended[1], held_out[1]) <= 0.025


def share(written: Sequence[str]) -> float:
    return sum(is_caught("did", text) for text in written) / len(written)


@pytest.mark.parametrize(
    "text",
    [
        "I was insecure about the contract, and you read it with me.",
        "You told me you were shy about asking, and then you asked the whole board.",
        "The customer said he was rude; you showed them the mail in which he was not.",
        "He is not a micromanager: he let us choose the tool.",
        "When we were stubborn about the date, you brought a second crew.",
        "Jira is slow. You found out why.",
        "The tests failed at night. They were flaky.",
        "Slow, flaky tests are gone.",
        "Customers were rude on Monday; you took three of the calls.",
        "Thanks for fixing the build.",
        "Your plan went into the rostering tool.",
    ],
)
def test_it_leaves_alone_what_is_said_of_things_of_others_and_of_oneself(text: str) -> None:
    assert not is_caught("did", text)


@pytest.mark.parametrize(
    ("field", "text", "question"),
    [
        ("did", "She was abrasive.", 'What did you see or hear that made you think of "abrasive"?'),
        (
            "did",
            "He is not management material.",
            'What did you see or hear that made you think of "not management material"?',
        ),
        ("did", "He was being crazy about the rota.", "Which moment do you think of, and what did they do then?"),
        ("did", "Great job!", "Which moment do you think of, and what did they do then?"),
        ("changed", "It helped a lot.", "Who notices it, and by what? One example is enough."),
        ("next_step", "Be more proactive.", "In which moment, and what could they do then? One example is enough."),
    ],
)
def test_it_asks_for_what_was_seen(field: str, text: str, question: str) -> None:
    (asked,) = plain_words.ask_back({field: text})
    assert (asked.field, asked.sentence) == (field, question)


def test_each_field_is_asked_about_once_and_what_is_empty_is_not() -> None:
    texts = {"did": "Great job! He is lazy. She is rude.", "changed": "It went well.", "next_step": "  "}
    assert [one.field for one in plain_words.ask_back(texts)] == ["did", "changed"]


@pytest.mark.parametrize("part", ["a bit ", "she is so very ", '"', "really great job ", "Aa", "not a ", "a ", "é-"])
def test_the_longest_text_is_read_at_once(part: str) -> None:
    """No pattern tries the same words again and again, whatever somebody types."""
    began = time.process_time()
    plain_words.ask_back({"did": (part * 2000)[:2000]})
    assert time.process_time() - began < 0.5

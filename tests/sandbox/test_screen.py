"""What a person reads, drawn in plain words."""

from sandbox.people import Json
from sandbox.screen import render
from tests.sandbox.cast import actions, button, entry, modal, options, plain, section


def test_a_modal() -> None:
    view = modal(
        section("*Check-in* for <@U0ANA> &amp; team", block_id="s"),
        entry("note", {"type": "plain_text_input", "initial_value": "Led it"}, hint=plain("One line")),
        entry("level", {"type": "static_select", "options": options(a="A"), "placeholder": plain("Choose")}),
        entry("ticks", {"type": "checkboxes", "options": options(a="First", b="Second")}, optional=True),
        actions(button("More", "more"), {"type": "overflow", "action_id": "o", "options": options(x="X", y="Y")}),
        close=plain("Cancel"),
    )
    assert render(view, names={"U0ANA": "ana"}, errors={"note": "Too short."}) == (
        "== A note ==\n"
        "Check-in for @ana & team\n"
        "Note: Led it\n"
        "  One line\n"
        "  ! Too short.\n"
        "Level: Choose …\n"
        "Ticks (optional):\n"
        "  [ ] First\n"
        "  [ ] Second\n"
        "[More] [… X / Y]\n"
        "[Send] [Cancel]"
    )


def test_values_put_in_are_read_instead_of_initial_ones() -> None:
    view = modal(
        entry("note", {"type": "plain_text_input", "initial_value": "old"}),
        entry("who", {"type": "multi_users_select"}),
        entry("one", {"type": "radio_buttons", "options": options(a="First", b="Second")}),
    )
    values: Json = {
        "note": {"note": {"value": "new"}},
        "who": {"who": {"selected_users": ["U0ANA", "U0MATS"]}},
        "one": {"one": {"selected_option": options(b="Second")[0]}},
    }
    drawn = render(view | {"state": {"values": values}}, names={"U0ANA": "ana", "U0MATS": "mats"})
    assert drawn == "== A note ==\nNote: new\nWho: ana, mats\nOne:\n  ( ) First\n  (•) Second\n[Send]"


def test_markup_is_read_as_slack_shows_it() -> None:
    text = "<https://example.com|Guide> <#C1|general> <!here> <!date^1^{date}|1 May> _so_ ~no~ snake_case_name 2*3*4"
    assert render([section(f"{text} &lt;b&gt;")]) == "Guide #general @here 1 May so no snake_case_name 2*3*4 <b>"
    assert render({"text": "plain *fallback*"}) == "plain fallback"
    assert render([{"type": "section", "text": plain("*as is* <!here>")}]) == "*as is* <!here>"


def test_rich_text_tables_and_charts() -> None:
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Hi "},
                    {"type": "user", "user_id": "U0ANA"},
                    {"type": "link", "url": "https://x"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]},
        ],
    }
    cells = [[{"type": "raw_text", "text": "Track"}, {"type": "raw_number", "value": 3}]]
    chart = {"type": "pie", "segments": [{"label": "Yes", "value": 3}]}
    blocks: list[Json] = [
        rich,
        {"type": "table", "rows": cells},
        {"type": "data_visualization", "title": "Choice", "chart": chart},
        {"type": "context", "elements": [plain("a"), {"type": "image", "alt_text": "badge"}]},
        {"type": "header", "text": plain("Big")},
        {"type": "divider"},
        {"type": "new_block"},
    ]
    assert render(blocks, names={"U0ANA": "ana"}) == (
        "Hi @anahttps://x\n1. one\n> said\nTrack | 3\nChoice (pie)\nYes: 3\na · (badge)\n# Big\n---\n(new_block)"
    )

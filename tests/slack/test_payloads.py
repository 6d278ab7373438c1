"""Each rule of the payload checks bites, and what is right passes."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.slack import refusals
from tests.slack.payloads import check_message, check_view
from tests.slack.records import Json
from tests.slack.refusals import PayloadRefused


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "Belysningen är klar", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str = "Klar", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": "done", **more}


def option(text: str, value: str = "") -> Json:
    return {"text": plain(text), "value": value or text}


def select(**more: Any) -> Json:
    options = [option("pågår"), option("klar")]
    return {"type": "static_select", "action_id": "status", "options": options, **more}


def asks(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Status"), "element": element, **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def table(rows: int = 1, columns: int = 2, text: str = "Farsta") -> Json:
    cell = {"type": "raw_text", "text": text}
    return {"type": "table", "rows": [[cell] * columns for _ in range(rows)]}


def image(**more: Any) -> Json:
    url = "https://example.org/karta.png"
    return {"type": "image", "image_url": url, "alt_text": "Karta över Farsta", **more}


def message(*blocks: Json, text: str = "Belysningen är klar") -> Json:
    return {"text": text, "blocks": list(blocks)}


def modal(*blocks: Json, **more: Any) -> Json:
    shown = {"title": plain("Rapportera"), "submit": plain("Spara"), "close": plain("Avbryt")}
    return {"type": "modal", "callback_id": "report", **shown, "blocks": list(blocks), **more}


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks)}


RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Hej ", "style": {"bold": True}},
                {"type": "user", "user_id": "U1"},
                {"type": "link", "url": "https://example.org", "text": "protokollet"},
                {"type": "date", "timestamp": 1, "format": "{date}", "fallback": "igår"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "en"}]}
            ],
        },
    ],
}
CHART = {
    "type": "data_visualization",
    "title": "Trygghet",
    "chart": {"type": "pie", "segments": [{"label": "trygg", "value": 4}]},
}
GROUPED = select(
    action_id="measure", option_groups=[{"label": plain("Farsta"), "options": [option("FAR-014")]}]
)
del GROUPED["options"]


@pytest.mark.parametrize(
    "payload",
    [
        message(),
        message(section(), {"type": "divider"}, actions(button(), button("Ångra", action_id="b"))),
        message(section(accessory=button(style="primary", value="x" * 2000))),
        message(section(accessory=image()), image(title=plain("Farsta"))),
        message({"type": "section", "fields": [mrkdwn("a"), plain("b")]}),
        message({"type": "header", "text": plain("Farsta")}, table(100, 20, "x")),
        message({"type": "context", "elements": [mrkdwn("Bara du ser detta"), image()]}),
        message(actions(select(initial_option=option("klar")), GROUPED)),
        message(actions(button()), actions(button())),
        message(RICH, CHART, {"type": "markdown", "text": "# Hej"}),
        {"text": "Farsta", "response_type": "in_channel", "replace_original": True},
    ],
)
def test_a_message_that_slack_takes_passes(payload: Json) -> None:
    check_message(payload)


@pytest.mark.parametrize(
    "payload",
    [
        modal(section(), submit=plain("Spara")),
        modal(asks(select(placeholder=plain("Välj"))), asks(select(), optional=True)),
        modal(asks({"type": "plain_text_input", "multiline": True, "max_length": 3000})),
        modal(asks({"type": "number_input", "is_decimal_allowed": False, "min_value": "0"})),
        modal(asks({"type": "datepicker", "initial_date": "2024-06-10"})),
        modal(asks({"type": "timepicker", "initial_time": "08:00"})),
        modal(asks({"type": "datetimepicker", "initial_datetime": 1718000000})),
        modal(asks({"type": "external_select", "min_query_length": 1})),
        modal(asks({"type": "multi_static_select", "options": [option("a")]})),
        modal(asks({"type": "multi_users_select", "max_selected_items": 3})),
        modal(asks({"type": "users_select"}), asks({"type": "conversations_select"})),
        modal(asks({"type": "checkboxes", "options": [option("a")]})),
        modal(asks({"type": "radio_buttons", "options": [option("a")]}, hint=plain("Välj"))),
        modal(asks({"type": "email_text_input"}), asks({"type": "url_text_input"})),
        home(section(), actions(button()), table()),
    ],
)
def test_a_view_that_slack_takes_passes(payload: Json) -> None:
    check_view(payload)


Refusal = type[PayloadRefused]


@pytest.mark.parametrize(
    ("payload", "refusal", "pointer"),
    [
        (message(text=""), refusals.SummaryMissing, "/text"),
        ({"blocks": [section()]}, refusals.SummaryMissing, "/text"),
        (message(text="x" * 4001), refusals.SummaryTooLong, "/text"),
        ({"text": "x", "blockz": []}, refusals.UnknownField, "/blockz"),
        (message(*[section("x")] * 51), refusals.BlockRefused, "/blocks"),
        (message(section("x" * 3001)), refusals.BlockRefused, "/blocks/0/text"),
        (message(section("")), refusals.BlockRefused, "/blocks/0/text/text"),
        (message(*[section("x" * 2001)] * 5), refusals.TooMuchText, "/blocks"),
        (message(actions()), refusals.EmptyElements, "/blocks/0/elements"),
        (message(actions(select(options=[]))), refusals.EmptyElements, "/blocks/0/elements/0"),
        (message(actions(button(), button())), refusals.DuplicateActionId, "/blocks/0"),
        (
            message(section(block_id="a"), section(block_id="a")),
            refusals.DuplicateBlockId,
            "/blocks/1/block_id",
        ),
        (
            message(actions(select(initial_option=option("försenad")))),
            refusals.InitialOptionUnknown,
            "/blocks/0/elements/0",
        ),
        (
            message(actions(select(initial_option=option("Klar", "klar")))),
            refusals.InitialOptionUnknown,
            "/blocks/0/elements/0",
        ),
        (message(table(), table()), refusals.SeveralTables, "/blocks/1"),
        (message(table(101)), refusals.BlockRefused, "/blocks/0"),
        (message(table(1, 21)), refusals.BlockRefused, "/blocks/0"),
        (message(table(text="")), refusals.EmptyCell, "/blocks/0/rows/0/0"),
        (message(image(alt_text="")), refusals.AltTextMissing, "/blocks/0"),
        (message(section(accessory=image(alt_text=" "))), refusals.AltTextMissing, "/blocks/0"),
        (message(actions(button("x" * 76))), refusals.BlockRefused, "/blocks/0/elements/0"),
        (message(actions(button(value="x" * 2001))), refusals.BlockRefused, "/blocks/0/elements"),
        (message(actions(button(style="blue"))), refusals.BlockRefused, "/blocks/0/elements/0"),
        (message(actions(button(action_id="x" * 256))), refusals.BlockRefused, "/blocks/0"),
        (message(actions(*[button()] * 26)), refusals.DuplicateActionId, "/blocks/0"),
        (
            message(actions(*[button(action_id=str(n)) for n in range(26)])),
            refusals.BlockRefused,
            "/blocks/0",
        ),
        (
            message(actions({**button(), "text": mrkdwn("Klar")})),
            refusals.NotPlainText,
            "/blocks/0",
        ),
        (message({"type": "header", "text": mrkdwn("x")}), refusals.NotPlainText, "/blocks/0"),
        (message({"type": "header", "text": plain("x" * 151)}), refusals.BlockRefused, "/blocks/0"),
        (message(section(acessory=button())), refusals.UnknownField, "/blocks/0/acessory"),
        (message({"type": "sektion"}), refusals.UnknownBlock, "/blocks/0/type"),
        (message(actions({"type": "knapp"})), refusals.UnknownBlock, "/blocks/0/elements/0/type"),
        (message(actions({"type": "plain_text_input"})), refusals.MisplacedElement, "/blocks/0"),
        (message(section(accessory={"type": "number_input"})), refusals.MisplacedElement, "/bl"),
        (message(asks(button())), refusals.MisplacedElement, "/blocks/0/element"),
        (message({"type": "alert", "text": plain("x")}), refusals.BlockRefused, "/blocks"),
        (message({"type": "context", "elements": [mrkdwn("x")] * 11}), refusals.BlockRefused, "/b"),
        (message({"type": "section"}), refusals.BlockRefused, "/blocks/0"),
        (message({"type": "section", "fields": [mrkdwn("x")] * 11}), refusals.BlockRefused, "/b"),
        (message(CHART, CHART, CHART), refusals.BlockRefused, "/blocks"),
        (message({"type": "markdown", "text": "x" * 12001}), refusals.BlockRefused, "/blocks/0"),
    ],
)
def test_a_message_that_slack_refuses_is_refused_with_the_place(
    payload: Json, refusal: Refusal, pointer: str
) -> None:
    with pytest.raises(refusal) as refused:
        check_message(payload)
    assert refused.value.pointer.startswith(pointer)


@pytest.mark.parametrize(
    ("payload", "refusal", "pointer"),
    [
        (modal(*[section("x")] * 101), refusals.ViewRefused, ""),
        (modal(section(), title=plain("x" * 25)), refusals.ViewRefused, ""),
        (modal(section(), private_metadata="x" * 3001), refusals.ViewRefused, ""),
        (modal(section(), titel="x"), refusals.UnknownField, "/titel"),
        (modal(table()), refusals.ViewRefused, ""),
        (home({"type": "markdown", "text": "x"}), refusals.ViewRefused, ""),
        ({"type": "modal", "blocks": [asks(select())]}, refusals.SubmitMissing, "/submit"),
        ({"type": "modal", "blocks": [section()]}, refusals.ViewRefused, ""),
        ({"type": "page", "blocks": [section()]}, refusals.ViewRefused, "/type"),
        ({"type": "home"}, refusals.BlockRefused, "/blocks"),
        (modal(asks({"type": "number_input"})), refusals.BlockRefused, "/blocks/0/element"),
        (modal(asks(select(options=[option("x" * 76)]))), refusals.BlockRefused, "/blocks/0"),
        (modal(asks(select(options=[option("x")] * 101))), refusals.BlockRefused, "/blocks/0"),
        (modal(asks(select(placeholder=plain("x" * 151)))), refusals.BlockRefused, "/blocks/0"),
        (modal(asks({"type": "datepicker", "initial_date": "10/6"})), refusals.BlockRefused, "/b"),
        (modal(asks(select(), block_id="a"), section(block_id="a")), refusals.DuplicateBlockId, ""),
        (home(*[section("x" * 3000)] * 90), refusals.ViewTooLarge, ""),
    ],
)
def test_a_view_that_slack_refuses_is_refused_with_the_place(
    payload: Json, refusal: Refusal, pointer: str
) -> None:
    with pytest.raises(refusal) as refused:
        check_view(payload)
    assert refused.value.pointer.startswith(pointer)


@pytest.mark.parametrize("check", [check_message, check_view])
def test_a_refusal_is_a_failed_assertion_that_says_why(check: Callable[[Json], None]) -> None:
    payload = {"text": "x", "type": "home", "blocks": [actions(button(), button())]}
    del payload["text" if check is check_view else "type"]
    with pytest.raises(AssertionError, match=re.escape("/blocks/0: 'done' stands twice")):
        check(payload)


def test_every_refusal_has_a_sentence_and_slacks_own_name() -> None:
    tree = refusals.__doc__ or ""
    kinds = [kind for kind in vars(refusals).values() if isinstance(kind, type)]
    for kind in (kind for kind in kinds if issubclass(kind, PayloadRefused)):
        assert kind.__name__ in tree
        assert kind("").why.endswith(".")

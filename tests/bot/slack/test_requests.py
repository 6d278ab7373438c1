"""Slack's payloads become neutral requests, whatever Grid, Connect and the clients leave out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.slack import requests
from bot.slack.forms import Origin, view
from bot.slack.requests import Sender, written
from handlers import texts
from handlers.requests import Identity, PlaceKind
from models.message import Form, TextField, YesNoField

AT = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
MAJA = Identity(platform="slack", workspace="T1", user="U1")
COMMAND = {
    "team_id": "T1",
    "channel_id": "C1",
    "channel_name": "farsta",
    "user_id": "U1",
    "text": "koppla R&amp;B &lt;3 <@U7|karim>",
    "trigger_id": "13.42",
    "response_url": "https://hooks.slack.example/c/1",
    "is_enterprise_install": "false",
}
PRESSED: dict[str, Any] = {
    "type": "block_actions",
    "team": {"id": "T1", "domain": "stad"},
    "user": {"id": "U1", "team_id": "T1"},
    "trigger_id": "14.42",
    "channel": {"id": "D1", "name": "directmessage"},
    "actions": [{"action_id": "report.undo:3", "value": "77", "block_id": "x"}],
}
EVENT: dict[str, Any] = {
    "team_id": "T1",
    "event_id": "Ev1",
    "event": {
        "type": "message",
        "channel_type": "im",
        "channel": "D1",
        "user": "U1",
        "text": "hej",
    },
    "authorizations": [{"team_id": "T1", "enterprise_id": None, "is_enterprise_install": False}],
}


def event(**changes: Any) -> dict[str, Any]:
    """The direct message with changes in the event itself."""
    return {**EVENT, "event": {**EVENT["event"], **changes}}


SENDERS: dict[str, tuple[dict[str, Any], Sender]] = {
    "a command": (COMMAND, Sender("T1", "U1")),
    "a person whose id starts with W": ({**COMMAND, "user_id": "W9"}, Sender("T1", "W9")),
    "a command where the organisation has installed": (
        {**COMMAND, "enterprise_id": "E1", "is_enterprise_install": "true"},
        Sender("E1", "U1"),
    ),
    "a workspace in an organisation": ({**COMMAND, "enterprise_id": "E1"}, Sender("T1", "U1")),
    "a button": (PRESSED, Sender("T1", "U1")),
    "a button without a team": (
        {
            **PRESSED,
            "team": None,
            "enterprise": {"id": "E1", "name": "Stad"},
            "is_enterprise_install": True,
        },
        Sender("E1", "U1"),
    ),
    "a button pressed by another workspace's person": (
        {**PRESSED, "user": {"id": "U1", "team_id": "T2"}},
        Sender("T1", "U1", foreign=True),
    ),
    "a colleague in the same organisation": (
        {**PRESSED, "enterprise": {"id": "E1"}, "user": {"id": "U1", "team_id": "T2"}},
        Sender("T1", "U1"),
    ),
    "an event": (EVENT, Sender("T1", "U1")),
    "an event from a shared channel": (
        {**event(user_team="T2", team="T2"), "team_id": "T2"},
        Sender("T1", "U1", foreign=True),
    ),
    "a changed person": (
        event(type="user_change", user={"id": "U7", "deleted": True}),
        Sender("T1", "U7"),
    ),
    "nothing at all": ({}, Sender("", "")),
}


@pytest.mark.parametrize("name", SENDERS)
def test_who_sent_it_is_known_by_installation_and_user(name: str) -> None:
    body, expected = SENDERS[name]
    assert requests.sender(body) == expected


def test_a_command_is_the_line_as_it_was_typed() -> None:
    found = requests.command(COMMAND, MAJA, AT)
    assert found.line == "koppla R&B <3 <@U7>"
    assert (found.where.kind, found.where.channel) == (PlaceKind.CHANNEL, "C1")
    assert found.event == "command:13.42"


def test_a_button_is_its_action_without_the_number_that_made_it_unique() -> None:
    found = requests.button(PRESSED, MAJA, AT)
    assert (found.action, found.value) == ("report.undo", "77")
    assert found.where.kind is PlaceKind.DIRECT
    assert found.event == "button:14.42:report.undo:3"


def test_a_button_in_the_home_stands_in_the_home() -> None:
    body = {key: value for key, value in PRESSED.items() if key != "channel"}
    assert requests.button({**body, "view": {"type": "home"}}, MAJA, AT).where.kind is (
        PlaceKind.HOME
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<@UBOT> vem Farsta", "vem Farsta"),
        ("vem <@UBOT>  Farsta?", "vem Farsta?"),
        ("R&amp;B &lt;3", "R&B <3"),
        ("koppla <@U7|karim> <mailto:a@b.example|a@b.example>", "koppla <@U7> a@b.example"),
    ],
)
def test_a_mention_is_the_line_without_our_name(text: str, line: str) -> None:
    body = event(type="app_mention", text=text, channel="C1", channel_type="channel")
    found = requests.message(body, MAJA, AT, "UBOT")
    assert found.line == line
    assert found.where.kind is PlaceKind.CHANNEL
    assert found.event == "event:Ev1"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("skriv till <mailto:a@b.example|a@b.example>", "skriv till a@b.example"),
        ("<https://x.example/|x.example> i <#C1|farsta>", "x.example i #farsta"),
        ("<!date^1718000000^{date}|10 juni> <!here>", "10 juni"),
        ("<https://x.example>", "https://x.example"),
    ],
)
def test_links_and_names_are_read_as_they_look(text: str, seen: str) -> None:
    assert written(text) == seen


@pytest.mark.parametrize(
    "changes",
    [
        {"bot_id": "B1"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"hidden": True},
        {"user": None},
    ],
)
def test_bots_edits_and_notices_are_not_for_us(changes: dict[str, Any]) -> None:
    assert requests.is_for_us(EVENT)
    assert requests.is_for_us(event(subtype="file_share"))
    assert not requests.is_for_us(event(**changes))


def test_a_shortcut_reports_with_the_message_as_a_quote() -> None:
    body = {**PRESSED, "callback_id": "report", "message": {"text": "Klart &amp; <@U2|Karim> nöjd"}}
    found = requests.shortcut(body, MAJA, AT)
    assert (found.line, found.quoted) == ("rapportera", "Klart & Karim nöjd")


def test_typing_in_a_person_field_asks_for_names() -> None:
    body = {**PRESSED, "block_id": "owner", "action_id": "owner", "value": "kar"}
    found = requests.options(body, MAJA, AT)
    assert (found.field, found.typed) == ("owner", "kar")


def filled(elements: dict[str, Any]) -> dict[str, Any]:
    """A view with these answers, opened in a channel."""
    form = Form(
        name="report",
        title="Rapportera",
        submit="Spara",
        cancel="Avbryt",
        fields=(TextField(name="comment", label="Kommentar"), YesNoField(name="ok", label="OK")),
        state="FAR-014\nrad två",
    )
    shown = view(form, Origin(channel="C1", response_url="https://x.example"), texts.language("sv"))
    values = {"values": {name: {name: element} for name, element in elements.items()}}
    return {"view": {**shown, "id": "V1", "state": values}, "user": {"id": "U1"}}


ANSWERS: dict[str, tuple[dict[str, Any], object]] = {
    "a text": ({"type": "plain_text_input", "value": "Klart"}, "Klart"),
    "no text": ({"type": "plain_text_input", "value": None}, ""),
    "a number": ({"type": "number_input", "value": "12"}, "12"),
    "a day": ({"type": "datepicker", "selected_date": "2024-06-18"}, "2024-06-18"),
    "a time": ({"type": "timepicker", "selected_time": "13:00"}, "13:00"),
    "a choice": (
        {"type": "static_select", "selected_option": {"text": {}, "value": "done"}},
        "done",
    ),
    "no choice": ({"type": "radio_buttons", "selected_option": None}, ""),
    "several": (
        {"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]},
        ("a", "b"),
    ),
    "none of several": ({"type": "multi_static_select", "selected_options": []}, ()),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_in_a_form_is_a_text_or_a_tuple(name: str) -> None:
    element, value = ANSWERS[name]
    found = requests.form(filled({"field": element}), MAJA, AT)
    assert found.values == {"field": value}


@pytest.mark.parametrize("ticked", [True, False])
def test_a_ticked_box_is_yes(ticked: bool) -> None:
    body = filled({})
    chosen = [{"value": "yes"}] if ticked else []
    answer = {"ok.yes_no": {"type": "checkboxes", "selected_options": chosen}}
    body["view"]["state"]["values"]["ok"] = answer
    assert requests.form(body, MAJA, AT).values == {"ok": ticked}


def test_a_form_brings_back_its_state_and_where_it_was_opened() -> None:
    found = requests.form(filled({}), MAJA, AT)
    assert (found.form, found.state) == ("report", "FAR-014\nrad två")
    assert (found.where.kind, found.where.channel) == (PlaceKind.CHANNEL, "C1")


def test_the_key_of_a_form_holds_nothing_of_its_answers() -> None:
    one = requests.form(filled({"field": {"type": "plain_text_input", "value": "1"}}), MAJA, AT)
    other = requests.form(filled({"field": {"type": "plain_text_input", "value": "2"}}), MAJA, AT)
    assert one.event == other.event == "view:V1:report"

"""Whatever can be said in neutral words is a payload that Slack takes, with nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack import home
from bot.slack.blocks import blocks, payloads
from bot.slack.forms import Origin, state_and_origin, view
from handlers import texts
from handlers.requests import PlaceKind
from models.message import Form, Heading, Message
from tests.bot.slack.words import forms, messages
from tests.slack.payloads import check_message, check_view
from tests.slack.payloads import texts as shown

SWEDISH = texts.language("sv")


@settings(max_examples=120)
@given(messages())
def test_every_message_is_taken_by_slack_on_as_many_pages_as_it_needs(message: Message) -> None:
    for payload in payloads(message):
        check_message(payload)


@settings(max_examples=80)
@given(messages())
def test_every_word_of_a_message_is_still_there(message: Message) -> None:
    said = _letters(" ".join(t for page in payloads(message) for t in shown(page["blocks"])))
    for part in message.parts:
        if isinstance(part, Heading):
            assert _letters(part.text) in said


@settings(max_examples=80)
@given(messages())
def test_a_home_is_taken_by_slack_or_refused_by_us(message: Message) -> None:
    try:
        found = home.view(message)
    except ValueError:
        found_blocks = blocks(message.parts)
        tables = sum(block["type"] == "table" for block in found_blocks)
        assert len(found_blocks) > home.BLOCKS or tables > 1
        return
    check_view(found)


@settings(max_examples=120)
@given(forms(), st.sampled_from(["", "C1", "D9"]), st.sampled_from(PlaceKind))
def test_every_form_is_taken_by_slack_and_brings_its_state_back(
    form: Form, channel: str, kind: PlaceKind
) -> None:
    origin = Origin(kind, channel, "https://hooks.slack.example/commands/T1/2/3")
    found = view(form, origin, SWEDISH)
    check_view(found)
    assert state_and_origin(found["private_metadata"]) == (form.state, origin)


def test_a_name_used_twice_in_a_form_is_refused() -> None:
    field: dict[str, Any] = {"kind": "text_field", "name": "same", "label": "Kommentar"}
    form = Form.model_validate(
        {"name": "f", "title": "T", "submit": "S", "cancel": "C", "fields": [field, field]}
    )
    with pytest.raises(ValueError, match="a name of its own"):
        view(form, Origin(), SWEDISH)


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())

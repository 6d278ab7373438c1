"""The manifest is one that Slack takes, and says no more than the code does."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest

from bot.slack.changes import CHANGES
from bot.slack.events import KINDS
from bot.slack.manifest import EVENTS, SCOPES, manifest
from handlers import texts
from handlers.understanding.verbs import VERBS


def text(most: int, least: int = 1) -> dict[str, Any]:
    return {"type": "string", "minLength": least, "maxLength": most}


def closed(required: str, **properties: Any) -> dict[str, Any]:
    """An object with these fields and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def listed(items: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "items": items, "maxItems": most, "uniqueItems": True, "minItems": 1}


YES_NO = {"type": "boolean"}
URL = {"type": "string", "pattern": "^https://", "maxLength": 3000}
PROMPT = closed("title message", title=text(75), message=text(300))
SCHEMA = closed(
    "display_information features oauth_config settings",
    _metadata=closed("major_version", major_version={"const": 2}, minor_version={"const": 1}),
    display_information=closed(
        "name description",
        name=text(35),
        description=text(140),
        long_description=text(4000, 175),
        background_color={"type": "string", "pattern": "^#[0-9a-f]{6}$"},
    ),
    features=closed(
        "app_home bot_user slash_commands",
        app_home=closed(
            "home_tab_enabled",
            home_tab_enabled=YES_NO,
            messages_tab_enabled=YES_NO,
            messages_tab_read_only_enabled=YES_NO,
        ),
        agent_view=closed(
            "agent_description", agent_description=text(300), suggested_prompts=listed(PROMPT, 4)
        ),
        bot_user=closed("display_name", display_name=text(80), always_online=YES_NO),
        shortcuts=listed(
            closed(
                "name callback_id description type",
                name=text(24),
                callback_id=text(255),
                description=text(150),
                type={"enum": ["message", "global"]},
            ),
            10,
        ),
        slash_commands=listed(
            closed(
                "command description",
                command={**text(32, 2), "pattern": "^/"},
                url=URL,
                description=text(2000),
                usage_hint=text(1000),
                should_escape=YES_NO,
            ),
            50,
        ),
    ),
    oauth_config=closed(
        "scopes",
        redirect_urls=listed(URL, 1000),
        scopes=closed("bot", bot=listed(text(100), 255)),
    ),
    settings=closed(
        "event_subscriptions interactivity",
        event_subscriptions=closed("bot_events", request_url=URL, bot_events=listed(text(60), 100)),
        interactivity=closed(
            "is_enabled", is_enabled=YES_NO, request_url=URL, message_menu_options_url=URL
        ),
        org_deploy_enabled=YES_NO,
        socket_mode_enabled=YES_NO,
        token_rotation_enabled=YES_NO,
    ),
)
"""The limits of Slack's manifest as its reference states them, for the parts that we use."""


@pytest.mark.parametrize("code", ["sv", "en"])
@pytest.mark.parametrize("address", ["https://bot.stockholm.example/", "http://127.0.0.1:8000"])
def test_slack_takes_the_manifest(code: str, address: str) -> None:
    made = manifest(texts.language(code), address)
    jsonschema.validate(json.loads(json.dumps(made)), SCHEMA)


def test_with_an_address_slack_calls_us_and_without_one_we_call_slack() -> None:
    language = texts.language("sv")
    called = manifest(language, "https://bot.example")
    assert called["settings"]["interactivity"]["request_url"] == "https://bot.example/slack/events"
    assert not called["settings"]["socket_mode_enabled"]
    calling = manifest(language)
    assert calling["settings"]["socket_mode_enabled"]
    assert "https://" not in json.dumps(calling)


def test_the_hint_shows_every_verb() -> None:
    command = manifest(texts.language("sv"))["features"]["slash_commands"][0]
    assert command["command"] == "/samverkan"
    assert all(verb.swedish[0] in command["usage_hint"] for verb in VERBS)


def test_every_event_that_is_asked_for_is_listened_to() -> None:
    assert {name.removesuffix(".im") for name in EVENTS} <= {*KINDS, *CHANGES}


def test_every_scope_has_a_reason_and_none_reads_more_than_we_need() -> None:
    assert all(len(reason) > 20 for reason in SCOPES.values())
    assert not [name for name in SCOPES if re.search(r"^(admin|search|mpim|channels:join)", name)]

"""The app manifest to paste into Slack, made from the code's own lists of verbs and events."""

from __future__ import annotations

from typing import Any

from bot.slack.prompts import prompts
from handlers.understanding.verbs import VERBS
from models.language import Language

COMMAND = "/samverkan"
SHORTCUT = "report"
EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"

SCOPES: dict[str, str] = {
    "app_mentions:read": "to be asked by name in a channel",
    "assistant:write": "to suggest questions where somebody opens the conversation",
    "channels:history": "to see whether a post of ours arrived, and to post it once only",
    "channels:read": "to learn that a channel was archived",
    "chat:write": "to answer, and to post digests",
    "commands": "to be asked with a slash command, and by a shortcut on a message",
    "files:write": "to send pictures, tables and calendars, which go up as files",
    "groups:history": "the same as channels:history in private channels that invite us",
    "groups:read": "the same as channels:read in private channels that invite us",
    "im:history": "to read what is written to us in direct messages",
    "im:write": "to open a direct conversation with a member",
    "users:read": "to know guests, and people who have left",
    "users:read.email": "to link an account to the member with that work e-mail",
}
"""Every scope with the reason for it; nothing else is asked for."""

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_unarchive",
    "message.im",
    "tokens_revoked",
    "user_change",
)
"""What Slack is asked to tell us; each has its listener in `events`."""


def manifest(language: Language, public_url: str = "") -> dict[str, Any]:
    """The manifest for a bot that Slack reaches at a https address; else for Socket Mode."""
    address = public_url.rstrip("/") if public_url.startswith("https://") else ""
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": _display(language),
        "features": _features(language, address),
        "oauth_config": _oauth(address),
        "settings": _settings(address),
    }


def usage_hint(language: Language) -> str:
    """The verbs as the hint that Slack shows while one types."""
    return " · ".join(verb.names(language.code)[0] for verb in VERBS)


def _display(language: Language) -> dict[str, Any]:
    return {
        "name": "Samverkansbot",
        "description": language._("Measures, seats and meetings in the cooperation's groups"),
        "long_description": language._(
            "Samverkansbot answers members of the cooperation between the city and the police. "
            "Ask who represents which district in which group, report progress on measures, read "
            "digests before and after meetings, and answer short surveys. What you ask is shown "
            "to you alone until you choose to share it. Nothing about individuals belongs here."
        ),
        "background_color": "#1f3a5f",
    }


def _features(language: Language, address: str) -> dict[str, Any]:
    command: dict[str, Any] = {
        "command": COMMAND,
        "description": language._("Ask or report; alone it opens your home"),
        "usage_hint": usage_hint(language),
        # So that a person who is named in a line comes as an id, which "koppla" needs.
        "should_escape": True,
    }
    if address:
        command["url"] = f"{address}{EVENTS_PATH}"
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "agent_view": {
            "agent_description": language._("Answers questions about the cooperation's groups"),
            "suggested_prompts": prompts(language)[1],
        },
        "bot_user": {"display_name": "Samverkansbot", "always_online": True},
        "shortcuts": [
            {
                "name": language._("Report this"),
                "type": "message",
                "callback_id": SHORTCUT,
                "description": language._("Makes a progress report from a message"),
            }
        ],
        "slash_commands": [command],
    }


def _oauth(address: str) -> dict[str, Any]:
    oauth: dict[str, Any] = {"scopes": {"bot": sorted(SCOPES)}}
    return {"redirect_urls": [f"{address}{REDIRECT_PATH}"], **oauth} if address else oauth


def _settings(address: str) -> dict[str, Any]:
    events: dict[str, Any] = {"bot_events": list(EVENTS)}
    interactivity: dict[str, Any] = {"is_enabled": True}
    if address:
        url = f"{address}{EVENTS_PATH}"
        events["request_url"] = url
        interactivity |= {"request_url": url, "message_menu_options_url": url}
    return {
        "event_subscriptions": events,
        "interactivity": interactivity,
        "org_deploy_enabled": True,
        "socket_mode_enabled": not address,
        "token_rotation_enabled": False,
    }

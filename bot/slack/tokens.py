"""Asking Slack, before anything starts, whether it accepts the tokens."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

from bot.settings import BadSetting
from bot.slack.settings import SlackSettings

SECONDS = 10


def demand_accepted(settings: SlackSettings) -> bool:
    """Whether Slack could be asked.

    Raises BadSetting, which names the setting, for a token that Slack refuses.
    """
    methods = (
        ("SLACK_BOT_TOKEN", settings.bot_token, "auth.test"),
        ("SLACK_APP_TOKEN", settings.app_token, "apps.connections.open"),
    )
    return all(_accepted(settings, *asked) for asked in methods if asked[1])


def _accepted(settings: SlackSettings, name: str, token: str, method: str) -> bool:
    client = WebClient(token, base_url=settings.api_url, timeout=SECONDS, retry_handlers=[])
    try:
        client.api_call(method)
    except SlackApiError as error:
        reason = error.response.get("error")
        raise BadSetting(f"{name} is refused by Slack ({reason}): copy it anew.") from error
    except OSError:
        return False
    return True

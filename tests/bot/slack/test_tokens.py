"""Tokens are tried before the start, and one that Slack refuses is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.settings import BadSetting
from bot.slack.settings import SlackSettings
from bot.slack.tokens import demand_accepted
from tests.slack.fake import FakeSlack


@pytest.fixture
def settings(slack: FakeSlack) -> SlackSettings:
    return SlackSettings(
        signing_secret=slack.signing_secret,
        bot_token=slack.workspace.bot_token,
        app_token=slack.app_token,
        encryption_keys=("nyckel",),
        api_url=slack.api_url,
    )


def test_tokens_that_slack_accepts_say_nothing(settings: SlackSettings) -> None:
    assert demand_accepted(settings)


def test_a_token_that_slack_refuses_is_named(settings: SlackSettings) -> None:
    with pytest.raises(BadSetting, match="SLACK_BOT_TOKEN is refused by Slack"):
        demand_accepted(replace(settings, bot_token="xoxb-wrong"))
    with pytest.raises(BadSetting, match="SLACK_APP_TOKEN is refused by Slack"):
        demand_accepted(replace(settings, app_token="xapp-wrong"))


def test_slack_out_of_reach_refuses_nothing(settings: SlackSettings) -> None:
    assert not demand_accepted(replace(settings, api_url="http://127.0.0.1:9/api/"))

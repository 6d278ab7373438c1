"""What Slack needs to be told, and the sentence that names what is missing."""

from __future__ import annotations

import pytest

from bot.settings import BadSetting, Settings
from bot.slack.settings import slack_settings

SECRET = {"SECRET_KEY": "x" * 32, "DATABASE_URL": "sqlite:///var/x.sqlite"}
TOKENS = {"SLACK_SIGNING_SECRET": "s", "SLACK_BOT_TOKEN": "xoxb-1"}


def test_without_slack_there_is_nothing_to_say() -> None:
    assert slack_settings(Settings.read(SECRET)) is None


@pytest.mark.parametrize(
    "given",
    [
        TOKENS,
        {"SLACK_APP_TOKEN": "xapp-1", "SLACK_BOT_TOKEN": "xoxb-1"},
        {"SLACK_SIGNING_SECRET": "s", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "c"},
    ],
)
def test_one_workspace_a_socket_or_several_workspaces_is_enough(given: dict[str, str]) -> None:
    found = slack_settings(Settings.read({**SECRET, **given}))
    assert found is not None
    assert "xoxb-1" not in repr(found)
    assert found.encryption_keys[0] not in repr(found)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": "s", "SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_SECRET"),
        (
            {"SLACK_APP_TOKEN": "xapp-1", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "c"},
            "SLACK_SIGNING_SECRET",
        ),
    ],
)
def test_what_is_missing_is_named(given: dict[str, str], named: str) -> None:
    with pytest.raises(BadSetting, match=named):
        slack_settings(Settings.read({**SECRET, **given}))

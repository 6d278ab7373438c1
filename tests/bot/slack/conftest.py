"""The fake Slack and its people, for the tests of what speaks to Slack."""

from tests.slack.fixtures import channel, johan, maja, slack

__all__ = ["channel", "johan", "maja", "slack"]

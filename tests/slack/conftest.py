"""The fake Slack for its own tests."""

from tests.slack.fixtures import channel, johan, maja, slack, sofia

__all__ = ["channel", "johan", "maja", "slack", "sofia"]

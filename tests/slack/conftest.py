"""The fake Slack, and a small app for its own tests."""

from collections.abc import Iterator

import pytest

from tests.slack.fake import FakeSlack
from tests.slack.fixtures import channel, johan, maja, slack, sofia
from tests.slack.stub_app import StubApp

__all__ = ["channel", "johan", "maja", "slack", "sofia"]


@pytest.fixture
def app(slack: FakeSlack) -> Iterator[StubApp]:
    with StubApp(slack) as running:
        yield running

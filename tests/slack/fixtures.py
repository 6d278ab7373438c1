"""Pytest fixtures: a fake Slack with one workspace, three people and a channel.

Elsewhere than in `tests/slack`, a conftest takes them in by name:
`from tests.slack.fixtures import slack as slack`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.slack.fake import FakeSlack, Person, Room

__all__ = ["channel", "johan", "maja", "slack", "sofia"]


@contextmanager
def watched_slack() -> Iterator[FakeSlack]:
    """A started fake Slack that ends with an error if it has seen a fault."""
    with FakeSlack() as fake:
        fake.add_workspace("Stockholms stad", installed=True)
        yield fake
        fake.echoes = False
        left = list(fake.faults)
    assert not left, "\n".join(str(fault) for fault in left)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A started fake Slack; a fault that the test leaves behind fails it."""
    with watched_slack() as fake:
        yield fake


@pytest.fixture
def maja(slack: FakeSlack) -> Person:
    return slack.user("Maja Ekvall", "maja.ekvall@stockholm.example")


@pytest.fixture
def johan(slack: FakeSlack) -> Person:
    return slack.user("Johan Lindqvist", "johan.lindqvist@polisen.example")


@pytest.fixture
def sofia(slack: FakeSlack) -> Person:
    return slack.user("Sofia Åberg", "sofia.aberg@stockholm.example")


@pytest.fixture
def channel(slack: FakeSlack, maja: Person, johan: Person) -> Room:
    """A channel with Maja, Johan and the bot."""
    return slack.channel("farsta-styrgrupp", [maja, johan])

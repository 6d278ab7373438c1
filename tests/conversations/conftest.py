"""Who plays in the conversations: the fake Slack, the real bot, and the people of the demo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot import timetable
from bot.occasions import asking, surveys
from handlers.desk import Desk
from models.database import Database
from tests.conversations.slack_stage import Bot, running_bot
from tests.slack.fake import FakeSlack, Person, Room
from tests.slack.fixtures import slack
from tests.stores import Store, store_named

__all__ = ["slack"]


@pytest.fixture(scope="session", params=["sqlite"])
def store(request: pytest.FixtureRequest) -> Store:
    """SQLite, since what a conversation asks of the database is tried on both elsewhere.

    What locks rows, comes twice or runs for a whole story says `@BOTH_STORES`.
    """
    return store_named(request)


@pytest.fixture
def bot(slack: FakeSlack, stockholm: Database, desk: Desk) -> Iterator[Bot]:
    """The bot with Stockholm's data, over signed HTTP."""
    with running_bot(slack, stockholm, knowing=desk) as running:
        yield running


@pytest.fixture
def maja(slack: FakeSlack) -> Person:
    """Secretary in Farsta; owns FAR-011 and FAR-003."""
    return slack.user("Maja Ekvall", "maja.ekvall@farsta.stockholm.example")


@pytest.fixture
def karim(slack: FakeSlack) -> Person:
    """Owns FAR-014, the lighting of a tunnel."""
    return slack.user("Karim Haddad", "karim.haddad@trafik.stockholm.example")


@pytest.fixture
def jonas(slack: FakeSlack) -> Person:
    """The police's member in Farsta; owns FAR-009 and FAR-013."""
    return slack.user("Jonas Lindmark", "jonas.lindmark@polisen.example")


@pytest.fixture
def eva(slack: FakeSlack) -> Person:
    """The coordinator."""
    return slack.user("Eva Nordin", "eva.nordin@slk.stockholm.example")


@pytest.fixture
def farsta(slack: FakeSlack, maja: Person, karim: Person) -> Room:
    """A channel with Maja, Karim and the bot."""
    return slack.channel("farsta-beredning", [maja, karim])


@pytest.fixture
def only_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the asking and its surveys fall due: all else of some weeks takes much longer."""
    monkeypatch.setattr(timetable, "SOURCES", (surveys.due, asking.due))

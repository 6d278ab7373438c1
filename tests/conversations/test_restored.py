"""Monday's messages went out, the machine was lost, Sunday's back-up is restored: none twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.timetable import begin, tick
from handlers.desk import Desk
from models.database import Database
from models.delivery.outbox import Delivery, DeliveryState
from models.storage.backups import back_up
from models.storage.restoring import restore
from models.storage.schema import upgrade
from models.surveys.sealing import KeysInMemory
from tests.conversations.slack_stage import MONDAY, Bot, linked, running_bot
from tests.slack.fake import FakeSlack, Room
from tests.stores import SqliteStore, copied

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def empty(sqlite_store: SqliteStore) -> Iterator[Database]:
    """The database of the new machine."""
    with copied(sqlite_store, "migrated", upgrade, "new_machine") as made:
        yield made


@dataclass(frozen=True)
class Installation:
    """A machine that will be lost, and its back-up of Sunday evening."""

    database: Database
    backup: Path


@pytest.fixture
def old(slack: FakeSlack, farsta: Room, stockholm: Database, tmp_path: Path) -> Installation:
    """Farsta's preparatory group is told in its room from Monday on."""
    linked(stockholm, slack, farsta, "FAR-BER")
    begin(stockholm, MONDAY - timedelta(hours=1))
    place = tmp_path / "sunday"
    back_up(stockholm, place, MONDAY - timedelta(hours=12), lambda *_: None)
    return Installation(stockholm, place)


def goes_out(bot: Bot, slack: FakeSlack) -> Counter[DeliveryState]:
    """The timetable and the senders do all that is due; where Slack's messages then stand."""
    tick(bot.database, bot.clock.now())

    def standing() -> Counter[DeliveryState]:
        with bot.database.read() as session:
            query = select(Delivery.state).where(Delivery.platform == "slack")
            return Counter(session.scalars(query))

    def settled() -> bool:
        bot.clock.move(timedelta(seconds=5))
        bot.courier.wake()
        return set(standing()) <= {DeliveryState.SENT, DeliveryState.HELD}

    assert slack.bell.wait(settled, 15), standing()
    return standing()


def test_what_slack_has_got_since_the_back_up_is_not_said_again(
    slack: FakeSlack, old: Installation, empty: Database, desk: Desk
) -> None:
    with running_bot(slack, old.database, knowing=desk) as lost:
        before = goes_out(lost, slack)
    said = len(slack.posts)
    messages = sum(not post.files for post in slack.posts)
    assert messages
    assert before == {DeliveryState.SENT: messages}

    restore(old.backup, empty, KeysInMemory(), MONDAY + timedelta(hours=2))
    with running_bot(slack, empty, knowing=desk) as restored:
        restored.clock.move(timedelta(hours=2))
        after = goes_out(restored, slack)
    assert len(slack.posts) == said
    assert after == {DeliveryState.SENT: messages}

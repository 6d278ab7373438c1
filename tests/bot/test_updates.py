"""Updates of a message: the last of several that wait is sent, and never before the message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.delivery.errors import MaybeSent, Refused
from bot.delivery.sending import drain
from models.database import Database
from models.delivery.outbox import Delivery, DeliveryState
from models.delivery.outgoing import TOGETHER, Errand, queue, queue_update
from models.delivery.trouble import Trouble
from models.message import Message, Text
from models.people.addresses import Address
from tests.bot.sender import FakeSender

NOW = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)
Ends = list[tuple[DeliveryState, Trouble | None]]


def said(text: str) -> Message:
    return Message(summary=text, parts=(Text(text=text),))


def queued(database: Database) -> str:
    with database.write() as session:
        address = Address("fake", "T1", "C1")
        return queue(session, said("412 av 5 000"), address, Errand("hold", "one", NOW)).id


def updated(database: Database, delivery_id: str, *texts: str) -> None:
    for text in texts:
        with database.write() as session:
            queue_update(session, session.get_one(Delivery, delivery_id), said(text), NOW)


def updates(database: Database) -> Ends:
    with database.read() as session:
        rows = session.scalars(select(Delivery).where(Delivery.updates_id.is_not(None)))
        return [(row.state, row.trouble) for row in rows.all()]


@pytest.fixture
def sender() -> FakeSender:
    return FakeSender()


def test_of_several_updates_that_wait_only_the_last_is_sent(
    database: Database, sender: FakeSender
) -> None:
    name = queued(database)
    updated(database, name, "500 av 5 000", "600 av 5 000")
    drain(database, {"fake": sender}, NOW)
    updated(database, name, "700 av 5 000")
    drain(database, {"fake": sender}, NOW + TOGETHER)
    [change] = sender.changed
    assert (change.message.summary, change.replaces) == ("700 av 5 000", "fake:1")
    assert len(sender.sent) == 1


def test_an_update_waits_for_its_message(database: Database, sender: FakeSender) -> None:
    name = queued(database)
    updated(database, name, "600 av 5 000")
    sender.faults.append(MaybeSent("500"))
    drain(database, {"fake": sender}, NOW + timedelta(seconds=1))
    drain(database, {"fake": sender}, NOW + TOGETHER)
    assert sender.changed == []
    drain(database, {"fake": sender}, LATER)
    drain(database, {"fake": sender}, LATER)
    assert [change.message.summary for change in sender.changed] == ["600 av 5 000"]


def test_an_update_of_what_never_arrived_is_withdrawn(
    database: Database, sender: FakeSender
) -> None:
    updated(database, queued(database), "600 av 5 000")
    sender.faults.append(Refused(Trouble.CHANNEL_GONE))
    drain(database, {"fake": sender}, LATER)
    assert updates(database) == [(DeliveryState.WITHDRAWN, Trouble.NOTHING_TO_UPDATE)]


def test_an_update_in_doubt_gives_way_to_a_later_one(
    database: Database, sender: FakeSender
) -> None:
    name = queued(database)
    drain(database, {"fake": sender}, NOW)
    updated(database, name, "600 av 5 000")
    sender.change_faults.append(MaybeSent("500"))
    drain(database, {"fake": sender}, NOW + TOGETHER)
    updated(database, name, "700 av 5 000")
    drain(database, {"fake": sender}, LATER)
    assert [change.message.summary for change in sender.changed] == ["700 av 5 000"]
    assert sorted(updates(database)) == [
        (DeliveryState.SENT, None),
        (DeliveryState.WITHDRAWN, Trouble.OVERTAKEN),
    ]
    assert sender.looked_for == []

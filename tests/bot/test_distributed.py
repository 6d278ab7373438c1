"""Several machines: a job for each workspace, deferred with the messages, and rescued when lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot.delivery.distributed import Distributed
from bot.delivery.jobs import Waker
from bot.delivery.port import Outgoing
from models.database import Database
from models.delivery.outbox import Delivery, DeliveryState
from models.delivery.outgoing import Errand, queue
from models.message import Message, Text
from models.people.addresses import Address
from models.storage.schema import upgrade
from tests.bot.sender import FakeSender
from tests.stores import PostgresStore, copied

NOW = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)


@pytest.fixture
def shared(postgres_store: PostgresStore) -> Iterator[Database]:
    """A migrated database on PostgreSQL whose commits carry jobs."""
    with copied(postgres_store, "migrated", upgrade, "machines") as database:
        Waker(database).attach()
        yield database


class Telling(FakeSender):
    """Says when so many messages have arrived."""

    def __init__(self, number: int = 1) -> None:
        super().__init__()
        self.number, self.enough = number, Event()

    def send(self, outgoing: Outgoing) -> str:
        receipt = super().send(outgoing)
        if len(self.sent) >= self.number:
            self.enough.set()
        return receipt


def queued(database: Database, *keys: str, workspace: str = "T1") -> None:
    with database.write() as session:
        for key in keys:
            message = Message(summary=key, parts=(Text(text=key),))
            address = Address("fake", workspace, f"C{key}")
            queue(session, message, address, Errand("digest", key, NOW))


def jobs(database: Database) -> list[tuple[str, str]]:
    """The jobs that there are, as lock and status."""
    with database.read() as session:
        found = session.execute(
            text("SELECT lock, status::text FROM procrastinate_jobs ORDER BY id")
        )
        return [(lock, status) for lock, status in found]


def deliveries(database: Database) -> list[tuple[str, DeliveryState]]:
    """The deliveries that there are, as key and state."""
    with database.read() as session:
        rows = session.scalars(select(Delivery).order_by(Delivery.key))
        return [(row.key, row.state) for row in rows]


def test_a_job_is_there_with_the_messages_and_only_one_for_a_workspace(shared: Database) -> None:
    queued(shared, "one", "two")
    queued(shared, "three")
    queued(shared, "four", workspace="T2")
    assert jobs(shared) == [("fake:T1", "todo"), ("fake:T2", "todo")]
    assert [key.partition(":")[0] for key, _ in deliveries(shared)] == [
        "four",
        "one",
        "three",
        "two",
    ]


def test_what_is_rolled_back_leaves_neither_message_nor_job(shared: Database) -> None:
    def fails(_: Session) -> None:
        raise ZeroDivisionError

    shared.before_commit.append(fails)
    with pytest.raises(ZeroDivisionError):
        queued(shared, "one")
    assert deliveries(shared) == []
    assert jobs(shared) == []


def test_a_worker_sends_at_once_what_is_queued_and_leaves_no_job(shared: Database) -> None:
    sender = Telling(3)
    machines = Distributed(shared, {"fake": sender}, lambda: NOW)
    machines.start()
    try:
        queued(shared, "one", "two")
        queued(shared, "three")
        assert sender.enough.wait(20)
    finally:
        machines.stop()
    assert ("fake:T1", "doing") not in jobs(shared)
    assert [state for _, state in deliveries(shared)] == [DeliveryState.SENT] * 3


def test_a_job_of_a_worker_that_is_gone_is_rescued_and_its_messages_are_sent(
    shared: Database,
) -> None:
    queued(shared, "one")
    with shared.write() as session:
        session.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
    sender = Telling()
    machines = Distributed(shared, {"fake": sender}, lambda: NOW)
    machines.start()
    try:
        machines.look_after()
        assert sender.enough.wait(20)
    finally:
        machines.stop()
    assert ("fake:T1", "doing") not in jobs(shared)


def test_a_message_without_a_job_is_seen_by_whoever_looks_after(shared: Database) -> None:
    queued(shared, "one")
    with shared.write() as session:
        session.execute(text("DELETE FROM procrastinate_jobs"))
    assert not Distributed(shared, {"fake": FakeSender()}, lambda: NOW).look_after()
    assert jobs(shared) == [("fake:T1", "todo")]

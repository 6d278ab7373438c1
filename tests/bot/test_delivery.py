"""Sending: what was queued arrives, once, whatever the platform and the process do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Barrier, Event

import pytest

from bot.delivery import pacing
from bot.delivery.claiming import LEASE
from bot.delivery.courier import Courier
from bot.delivery.errors import CannotTell, MaybeSent, Refused, Scope, SlowDown
from bot.delivery.outcomes import ATTEMPTS
from bot.delivery.port import Outgoing
from bot.delivery.sending import deliver, drain, idle_until
from models.database import Database
from models.delivery.outbox import Delivery, DeliveryState
from models.delivery.outgoing import Errand, queue
from models.delivery.trouble import Trouble
from models.message import Message, Text
from models.people.addresses import Address
from tests.bot.sender import FakeSender, Lost

NOW = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
QUEUED, SENDING, SENT = DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.SENT
IN_DOUBT, HELD, FAILED = DeliveryState.IN_DOUBT, DeliveryState.HELD, DeliveryState.FAILED


@pytest.fixture
def sender() -> FakeSender:
    return FakeSender()


def queued(
    database: Database,
    key: str = "one",
    *,
    purpose: str = "checkin",
    channel: str = "C1",
    platform: str = "fake",
) -> str:
    message = Message(summary=key, parts=(Text(text=key),))
    with database.write() as session:
        address = Address(platform, "T1", channel)
        return queue(session, message, address, Errand(purpose, key, NOW)).id


def row(database: Database, delivery_id: str) -> Delivery:
    with database.read() as session:
        return session.get_one(Delivery, delivery_id)


def claimed_by_a_process_that_died(database: Database, delivery_id: str) -> None:
    with database.write() as session:
        delivery = session.get_one(Delivery, delivery_id)
        delivery.state, delivery.attempts = SENDING, 1
        delivery.started_at, delivery.lease_until = NOW, NOW + LEASE


def test_what_is_queued_is_sent_once_and_has_the_platforms_receipt(
    database: Database, sender: FakeSender
) -> None:
    delivery_id = queued(database)
    senders = {"fake": sender}
    assert drain(database, senders, NOW) == 1
    assert drain(database, senders, NOW) == 0
    delivery = row(database, delivery_id)
    assert (delivery.state, delivery.receipt, delivery.sent_at) == (SENT, "fake:1", NOW)
    assert sender.sent[0].message.summary == "one"
    assert sender.sent[0].channel == "C1"


def test_what_is_not_due_waits(database: Database, sender: FakeSender) -> None:
    queued(database)
    assert drain(database, {"fake": sender}, NOW - SECOND) == 0
    assert sender.sent == []


def test_a_platform_without_a_sender_here_is_left_to_another_process(database: Database) -> None:
    delivery_id = queued(database, platform="elsewhere")
    assert drain(database, {"fake": FakeSender()}, NOW) == 0
    assert row(database, delivery_id).state is QUEUED


def test_a_message_that_arrived_before_the_connection_broke_is_found_and_not_sent_again(
    database: Database, sender: FakeSender
) -> None:
    delivery_id = queued(database)
    sender.faults.append(Lost())
    senders = {"fake": sender}
    assert deliver(database, delivery_id, senders, NOW) is IN_DOUBT
    assert deliver(database, delivery_id, senders, NOW) is None
    assert deliver(database, delivery_id, senders, NOW + 5 * SECOND) is SENT
    assert sender.looked_for == [delivery_id]
    assert sender.counts() == {delivery_id: 1}


def test_a_message_that_did_not_arrive_is_sent_again_after_looking(
    database: Database, sender: FakeSender
) -> None:
    delivery_id = queued(database)
    sender.faults.append(MaybeSent("500"))
    senders = {"fake": sender}
    deliver(database, delivery_id, senders, NOW)
    assert deliver(database, delivery_id, senders, NOW + 5 * SECOND) is SENT
    assert sender.counts() == {delivery_id: 1}


@pytest.mark.parametrize("arrived", [True, False])
def test_a_process_that_dies_in_the_middle_leaves_nothing_lost_or_doubled(
    database: Database, sender: FakeSender, arrived: bool
) -> None:
    delivery_id = queued(database)
    claimed_by_a_process_that_died(database, delivery_id)
    if arrived:
        sender.sent.append(outgoing(delivery_id))
    senders = {"fake": sender}
    assert drain(database, senders, NOW + LEASE - SECOND) == 0
    assert drain(database, senders, NOW + LEASE) == 1
    assert sender.counts() == {delivery_id: 1}


def outgoing(delivery_id: str) -> Outgoing:
    message = Message(summary="one", parts=(Text(text="one"),))
    return Outgoing(delivery_id, "T1", "C1", "", message, NOW)


def test_the_first_start_is_where_the_platform_is_searched_from(
    database: Database, sender: FakeSender
) -> None:
    delivery_id = queued(database)
    claimed_by_a_process_that_died(database, delivery_id)
    drain(database, {"fake": sender}, NOW + LEASE)
    assert sender.sent[0].started_at == NOW


@pytest.mark.parametrize(
    ("purpose", "state", "arrivals"),
    [("asking", HELD, 0), ("unheard of", HELD, 0), ("digest", SENT, 1), ("meeting", SENT, 1)],
)
def test_when_nobody_can_tell_the_purpose_decides(
    database: Database, purpose: str, state: DeliveryState, arrivals: int
) -> None:
    blind = FakeSender(keeps_history=False)
    delivery_id = queued(database, purpose=purpose)
    claimed_by_a_process_that_died(database, delivery_id)
    drain(database, {"fake": blind}, NOW + LEASE)
    assert row(database, delivery_id).state is state
    assert len(blind.sent) == arrivals


def test_a_refusal_fails_with_its_reason_and_is_not_tried_again(
    database: Database, sender: FakeSender
) -> None:
    delivery_id = queued(database)
    sender.faults.append(Refused(Trouble.CHANNEL_GONE, "channel_not_found"))
    drain(database, {"fake": sender}, NOW)
    drain(database, {"fake": sender}, NOW + timedelta(days=1))
    delivery = row(database, delivery_id)
    assert (delivery.state, delivery.reason, delivery.attempts) == (FAILED, "channel_not_found", 1)


def test_a_stored_message_that_cannot_be_read_fails_alone(
    database: Database, sender: FakeSender
) -> None:
    broken, whole = queued(database, "broken"), queued(database, "whole")
    with database.write() as session:
        session.get_one(Delivery, broken).message = {"kind": "message"}
    assert drain(database, {"fake": sender}, NOW) == 1
    assert row(database, broken).state is FAILED
    assert row(database, whole).state is SENT


def test_attempts_are_bounded_and_then_a_person_decides(database: Database) -> None:
    sender = FakeSender()
    sender.faults.extend(MaybeSent("500") for _ in range(ATTEMPTS))
    delivery_id = queued(database)
    at = NOW
    for _ in range(ATTEMPTS + 3):
        drain(database, {"fake": sender}, at)
        at += timedelta(hours=1)
    delivery = row(database, delivery_id)
    assert (delivery.state, delivery.attempts) == (HELD, ATTEMPTS)
    assert delivery.reason == "gave up after 12 attempts: 500"


def test_the_pause_between_attempts_grows(database: Database, sender: FakeSender) -> None:
    sender.faults.extend(MaybeSent("500") for _ in range(3))
    delivery_id = queued(database)
    pauses, at = [], NOW
    for _ in range(3):
        deliver(database, delivery_id, {"fake": sender}, at)
        pauses.append((row(database, delivery_id).due_at - at).total_seconds())
        at = row(database, delivery_id).due_at
    assert pauses == [2, 4, 8]


def test_an_unexpected_error_leaves_the_message_in_doubt_not_lost(
    database: Database, sender: FakeSender
) -> None:
    sender.faults.append(ZeroDivisionError("a bug"))
    delivery_id = queued(database)
    assert deliver(database, delivery_id, {"fake": sender}, NOW) is IN_DOUBT
    assert row(database, delivery_id).reason == "unexpected: ZeroDivisionError"
    assert drain(database, {"fake": sender}, NOW + 5 * SECOND) == 1


@pytest.mark.parametrize(
    ("scope", "held_back"),
    [(Scope.CHANNEL, {"one", "two"}), (Scope.WORKSPACE, {"one", "two", "other"})],
)
def test_a_platform_that_asks_for_a_pause_gets_it_where_it_asked(
    database: Database, sender: FakeSender, scope: Scope, held_back: set[str]
) -> None:
    keys = {queued(database, "one"): "one"}
    sender.faults.append(SlowDown(30, scope))
    senders = {"fake": sender}
    drain(database, senders, NOW)
    keys[queued(database, "two")] = "two"
    keys[queued(database, "other", channel="C2")] = "other"
    drain(database, senders, NOW + 29 * SECOND)
    assert {keys[message.id] for message in sender.sent} == set(keys.values()) - held_back
    drain(database, senders, NOW + 30 * SECOND)
    assert {keys[message.id] for message in sender.sent} == set(keys.values())


def test_a_pause_is_no_attempt_and_needs_no_looking(database: Database, sender: FakeSender) -> None:
    sender.faults.extend(SlowDown(1, "channel") for _ in range(ATTEMPTS + 2))
    delivery_id, at = queued(database), NOW
    for _ in range(ATTEMPTS + 3):
        drain(database, {"fake": sender}, at)
        at += SECOND
    assert row(database, delivery_id).state is SENT
    assert sender.looked_for == []


def test_slack_is_paced_by_channel_and_by_workspace(database: Database) -> None:
    slack = FakeSender("slack")
    for number in range(4):
        queued(database, f"m{number}", channel="C1", platform="slack")
    queued(database, "elsewhere", channel="C2", platform="slack")
    senders, at, times = {"slack": slack}, NOW, []
    while len(slack.sent) < 5:
        if drain(database, senders, at):
            times.append((at, slack.sent[-1].channel))
        at += timedelta(milliseconds=60)
    in_channel = [moment for moment, channel in times if channel == "C1"]
    gaps = [later - earlier for earlier, later in pairwise(in_channel)]
    assert min(gaps) >= SECOND
    moments = [moment for moment, _ in times]
    assert min(b - a for a, b in pairwise(moments)) >= SECOND * 0.1


def test_a_turn_is_taken_in_both_rows_or_in_none(database: Database) -> None:
    here, there = pacing.Place("slack", "T1", "C1"), pacing.Place("slack", "T1", "C2")
    with database.write() as session:
        pacing.push(session, here, Scope.CHANNEL, NOW + 5 * SECOND)
        assert not pacing.take(session, here, NOW)
        assert pacing.take(session, there, NOW)


def test_a_pause_is_never_shortened(database: Database) -> None:
    place = pacing.Place("slack", "T1", "C1")
    with database.write() as session:
        pacing.push(session, place, Scope.WORKSPACE, NOW + 30 * SECOND)
        pacing.push(session, place, Scope.WORKSPACE, NOW + 5 * SECOND)
        assert pacing.next_free(session, NOW) == NOW + 30 * SECOND


def test_two_couriers_at_once_never_send_twice(database: Database, sender: FakeSender) -> None:
    names = {queued(database, f"m{number}", channel=f"C{number}") for number in range(40)}
    both = Barrier(2)

    def carry() -> int:
        both.wait()
        return drain(database, {"fake": sender}, NOW)

    with ThreadPoolExecutor(2) as pool:
        counts = [future.result() for future in [pool.submit(carry), pool.submit(carry)]]
    assert sum(counts) == 40
    assert sender.counts() == dict.fromkeys(names, 1)


def test_one_who_lost_the_lease_does_not_overwrite_what_the_other_wrote(
    database: Database,
) -> None:
    delivery_id = queued(database)
    other = FakeSender()

    class Slow(FakeSender):
        def send(self, outgoing: Outgoing) -> str:
            drain(database, {"fake": other}, NOW + LEASE)
            raise Refused(Trouble.REFUSED, f"too late to matter: {outgoing.id}")

    assert deliver(database, delivery_id, {"fake": Slow()}, NOW) is None
    delivery = row(database, delivery_id)
    assert (delivery.state, delivery.receipt) == (SENT, "fake:1")


def test_what_waits_says_until_when(database: Database, sender: FakeSender) -> None:
    senders = {"fake": sender}
    assert idle_until(database, senders, NOW) is None
    queued(database)
    assert idle_until(database, senders, NOW - SECOND) == NOW
    sender.faults.append(SlowDown(30, "channel"))
    drain(database, senders, NOW)
    assert idle_until(database, senders, NOW) == NOW + 30 * SECOND


class Ringing(FakeSender):
    """Says when something has arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived = Event()

    def send(self, outgoing: Outgoing) -> str:
        receipt = super().send(outgoing)
        self.arrived.set()
        return receipt


def test_a_courier_sends_when_woken_and_stops_when_told(database: Database) -> None:
    sender = Ringing()
    courier = Courier(database, {"fake": sender}, lambda: NOW, threads=2)
    courier.start()
    try:
        delivery_id = queued(database)
        courier.wake()
        assert sender.arrived.wait(10)
    finally:
        courier.stop()
    assert row(database, delivery_id).state is SENT
    queued(database, "after the stop")
    courier.wake()
    assert len(sender.sent) == 1


def test_a_courier_survives_a_database_that_is_away(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = Ringing()
    courier = Courier(database, {"fake": sender}, lambda: NOW)
    courier.stop()  # It rests no second then.
    queued(database)
    with database.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE delivery RENAME TO away")
    assert not courier._next()
    with database.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE away RENAME TO delivery")
    courier._finish(courier._next())
    assert sender.arrived.is_set()


def test_the_senders_errors_say_what_they_mean() -> None:
    assert str(SlowDown(3, "channel")) == "asked to wait 3 s for the channel"
    assert Refused(Trouble.CHANNEL_GONE).reason == "channel_gone"
    assert issubclass(CannotTell, Exception)

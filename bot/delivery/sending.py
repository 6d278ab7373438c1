"""Sending what was queued: never lost, and never doubled unless nobody can tell.

Deliveries are claimed in one transaction, sent outside of any, and marked in another. Whatever may
have arrived is looked for on the platform before it is sent again; where that cannot be known, its
purpose decides whether it waits for a person (`HELD`) or is sent again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy import or_, select
from sqlalchemy.exc import OperationalError

from bot.delivery import pacing
from bot.delivery.claiming import (
    LEASE,
    WAITING,
    Batch,
    Lane,
    claim_next,
    claim_one,
    lanes_due,
    settle,
)
from bot.delivery.outcomes import Claim, Outcome, attempt, put_back
from bot.delivery.port import Senders
from models.database import Database
from models.delivery.outbox import Delivery, DeliveryState

log = structlog.get_logger(__name__)

TRIES, FIRST_REST = 8, 0.02
"""How often a receipt is written down anew when the database is away: for some five seconds."""


def deliver(
    database: Database, delivery_id: str, senders: Senders, now: datetime
) -> DeliveryState | None:
    """Tries one delivery; nothing is returned when it is another's, not due, or must wait."""
    with database.write() as session:
        batch = claim_one(session, delivery_id, now)
        if batch.ended:
            return session.get_one(Delivery, delivery_id).state
    states = _carry_out(database, batch, senders, lambda: now)
    return states[0] if states else None


def drain(database: Database, senders: Senders, now: datetime) -> int:
    """Tries once all that is due at a moment, and returns how many were sent."""
    return drain_by(database, senders, lambda: now)


def drain_by(
    database: Database,
    senders: Senders,
    clock: Callable[[], datetime],
    enough: Callable[[], bool] = lambda: False,
) -> int:
    """Like `drain`, with the time read anew for each claim, so that every lease is whole.

    It stops between two claims when there is `enough`.
    """
    drain, sent = Drain(database, senders, clock), 0
    while not enough() and (batch := drain.claim()):
        sent += drain.finish(batch)
    return sent


@dataclass
class Drain:
    """What is due, claimed lane by lane in turn and sent; `lanes` limits it to these.

    Claiming keeps the pace and is for one thread at a time; `finish` may run on many.
    """

    database: Database
    senders: Senders
    clock: Callable[[], datetime]
    lanes: Collection[Lane] = ()
    _turns: dict[Lane, int] = field(default_factory=dict)
    _free_at: datetime | None = None

    def claim(self) -> Batch:
        """Claims what goes next; an empty batch where nothing can be claimed just now."""
        for lane in self._lanes():
            self._turns[lane] = self._turns.get(lane, 0) + 1
            with self.database.write() as session:
                batch = claim_next(session, lane, self.clock())
            if batch:
                return batch
        return Batch()

    def finish(self, batch: Batch) -> int:
        """Sends what was claimed and writes down how it ended; returns how many were sent."""
        states = _carry_out(self.database, batch, self.senders, self.clock)
        return states.count(DeliveryState.SENT)

    def idle_until(self, now: datetime) -> datetime | None:
        """When there may next be something to claim; nothing where nothing waits."""
        if self._free_at is not None:
            return self._free_at
        return idle_until(self.database, self.senders, now, self.lanes)

    def _lanes(self) -> list[Lane]:
        """The lanes in which something is due and whose pace allows it, the least served first."""
        now = self.clock()
        with self.database.read() as session:
            due = lanes_due(session, self.senders, now)
            due = [lane for lane in due if not self.lanes or lane in self.lanes]
            busy = pacing.busy(session, [lane.key for lane in due], now)
        self._free_at = min(busy.values()) if due and len(busy) == len(due) else None
        free = [lane for lane in due if lane.key not in busy]
        return sorted(free, key=lambda lane: self._turns.get(lane, 0))


def idle_until(
    database: Database, senders: Senders, now: datetime, lanes: Collection[Lane] = ()
) -> datetime | None:
    """When there may next be something to try: the next that is due, or a place set free."""
    with database.read() as session:
        if any(not lanes or lane in lanes for lane in lanes_due(session, senders, now)):
            return pacing.next_free(session, now)
        mine = or_(*(lane.holds() for lane in lanes)) if lanes else Delivery.platform.in_(senders)
        times = [
            session.scalar(
                select(Delivery.due_at)
                .where(Delivery.state == state, mine)
                .order_by(Delivery.due_at)
                .limit(1)
            )
            for state in WAITING
        ]
    return min((at for at in times if at is not None), default=None)


def _carry_out(
    database: Database, batch: Batch, senders: Senders, clock: Callable[[], datetime]
) -> list[DeliveryState]:
    """Attempts what was claimed, in order, and writes down how all of it ended."""
    began = clock()
    ended = []
    for claim in batch.claims:
        # What cannot be begun in good time is left to others before the lease ends.
        late = clock() - began > LEASE / 2
        ended.append((claim, put_back(claim) if late else attempt(claim, senders)))
    return _write_down(database, ended, clock()) if ended else []


def _write_down(
    database: Database, ended: list[tuple[Claim, Outcome]], now: datetime
) -> list[DeliveryState]:
    """Settles, patiently: what is not written down would have to be looked for afterwards."""
    for number in range(TRIES):
        try:
            with database.write() as session:
                return settle(session, ended, now)
        except OperationalError:
            if number == TRIES - 1:
                raise
            log.warning("delivery_waits_for_database", number=len(ended))
            time.sleep(FIRST_REST * (1 << number))
    raise AssertionError("the last try returns or raises")

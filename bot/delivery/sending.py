"""Sending what was queued: never lost, and never doubled unless nobody can tell.

Deliveries are claimed in one transaction, sent outside of any, and marked in another. Whatever may
have arrived is looked for on the platform before it is sent again; where that cannot be known, its
purpose decides whether it waits for a person (`HELD`) or is sent again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy import func, or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.delivery import pacing
from bot.delivery.claiming import (
    LEASE,
    WAITING,
    Batch,
    Lane,
    claim_next,
    claim_one,
    is_claimable,
    settle,
)
from bot.delivery.outcomes import Claim, Outcome, attempt, put_back
from bot.delivery.port import Senders
from models.database import Database
from models.outbox import Delivery, DeliveryState

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
        return idle_until(self.database, self.senders, now, self.lanes)

    def _lanes(self) -> list[Lane]:
        """The lanes in which something is due and whose pace allows it, the least served first."""
        now = self.clock()
        with self.database.read() as session:
            found = lanes_due(session, self.senders, now)
            busy = pacing.busy(session, [lane.key for lane in found], now)
        wanted = self.lanes or found
        free = [lane for lane in found if lane.key not in busy and lane in wanted]
        return sorted(free, key=lambda lane: self._turns.get(lane, 0))


def lanes_due(session: Session, platforms: Iterable[str], now: datetime) -> list[Lane]:
    """The workspaces of these platforms in which something is due."""
    query = select(Delivery.platform, Delivery.workspace).distinct()
    found = session.execute(query.where(Delivery.platform.in_(platforms), is_claimable(now)))
    return [Lane(*row) for row in found]


def idle_until(
    database: Database, senders: Senders, now: datetime, lanes: Collection[Lane] = ()
) -> datetime | None:
    """When there may next be something to try: the next that is due, or a channel set free."""
    with database.read() as session:
        query = select(func.min(Delivery.due_at)).where(
            Delivery.platform.in_(senders), Delivery.state.in_(WAITING)
        )
        if lanes:
            query = query.where(
                or_(
                    *(
                        (Delivery.platform == lane.platform)
                        & (Delivery.workspace == lane.workspace)
                        for lane in lanes
                    )
                )
            )
        due_at = session.scalar(query)
        if due_at is None or due_at > now:
            return due_at
        return pacing.next_free(session, now)


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

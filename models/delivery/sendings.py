"""How far a large sending has come, and when it will be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.delivery.outbox import Delivery, DeliveryState, FanOut

GOING = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.IN_DOUBT)
LEAST_FOR_A_GUESS = 10
"""Before so many have been sent nobody can say when the rest will be."""


@dataclass(frozen=True)
class Progress:
    """How far a sending is: messages of `total` that were sent, failed, or wait for a person.

    `ends_at` is when the rest will have been sent at the rate so far; nothing where that cannot be
    said yet, or nothing is left.
    """

    total: int
    sent: int
    failed: int = 0
    held: int = 0
    ends_at: datetime | None = None

    @property
    def left(self) -> int:
        """How many are still to be sent."""
        return self.total - self.sent - self.failed - self.held


def progress(session: Session, sending: FanOut, now: datetime) -> Progress:
    """How far a large sending has come.

    People who are not yet made into messages count as one each.
    """
    query = select(Delivery.state, func.count(), func.min(Delivery.sent_at))
    rows = session.execute(query.where(Delivery.fan_out_id == sending.id).group_by(Delivery.state))
    found = {state: (number, first) for state, number, first in rows}
    sent, began = found.get(DeliveryState.SENT, (0, None))
    going = sum(found.get(state, (0, None))[0] for state in GOING)
    failed = sum(
        found.get(state, (0, None))[0] for state in (DeliveryState.FAILED, DeliveryState.WITHDRAWN)
    )
    held = found.get(DeliveryState.HELD, (0, None))[0]
    left = going + len(sending.audience) - sending.position
    return Progress(sent + failed + held + left, sent, failed, held, _ends(sent, left, began, now))


def under_way(session: Session, now: datetime) -> list[tuple[FanOut, Progress]]:
    """The large sendings that are not done, each with how far it has come, the oldest first."""
    going = select(Delivery.fan_out_id).where(
        Delivery.fan_out_id.is_not(None), Delivery.state.in_(GOING)
    )
    query = select(FanOut).where(FanOut.done_at.is_(None) | FanOut.id.in_(going))
    rows: Sequence[FanOut] = session.scalars(query.order_by(FanOut.id)).all()
    return [(row, progress(session, row, now)) for row in rows]


def _ends(sent: int, left: int, began: datetime | None, now: datetime) -> datetime | None:
    """When the rest will have been sent, if it goes on as it went."""
    if not left or began is None or sent < LEAST_FOR_A_GUESS or now <= began:
        return None
    seconds = (now - began).total_seconds() / (sent - 1) * left
    return now + timedelta(seconds=seconds)

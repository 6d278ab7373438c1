"""Sending what was queued: never lost, and never doubled unless nobody can tell.

A delivery is claimed in one transaction, sent outside of any, and marked in another. Whatever may
have arrived is looked for on the platform before it is sent again; where that cannot be known, its
purpose decides whether it waits for a person (`HELD`) or is sent again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from pydantic import ValidationError
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from bot.delivery import pacing
from bot.delivery.errors import CannotTell, MaybeSent, Refused, Scope, SlowDown
from bot.delivery.policy import InDoubt, policy
from bot.delivery.port import Outgoing, Sender, Senders
from models.database import Database
from models.message import Message
from models.outbox import Delivery, DeliveryState
from models.trouble import Trouble

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
"""How long a sender has for one message; after that the message is in doubt."""

ATTEMPTS = 8
BACKOFF = timedelta(seconds=2)
LONGEST_BACKOFF = timedelta(minutes=10)
BATCH = 50


@dataclass(frozen=True)
class Claim:
    """A delivery that is ours until the lease ends; `attempt` is the proof of it."""

    outgoing: Outgoing
    attempt: int
    purpose: str
    place: pacing.Place
    is_doubtful: bool


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended, as it is written down; `slow` is about whom the platform slowed."""

    state: DeliveryState
    receipt: str = ""
    reason: str = ""
    trouble: Trouble | None = None
    pause: timedelta = timedelta(0)
    slow: Scope | None = None


def drain(database: Database, senders: Senders, now: datetime) -> int:
    """Tries once all that is due at a moment, and returns how many were sent."""
    return drain_by(database, senders, lambda: now)


def drain_by(
    database: Database,
    senders: Senders,
    clock: Callable[[], datetime],
    enough: Callable[[], bool] = lambda: False,
) -> int:
    """Like `drain`, with the time read anew for each message, so that every lease is whole.

    It stops between two messages when there is `enough`.
    """
    sent = 0
    tried: set[str] = set()
    while not enough() and (batch := _due(database, senders, clock(), tried)):
        tried.update(batch)
        for delivery_id in batch:
            if enough():
                break
            sent += deliver(database, delivery_id, senders, clock()) is DeliveryState.SENT
    return sent


def deliver(
    database: Database, delivery_id: str, senders: Senders, now: datetime
) -> DeliveryState | None:
    """Tries one delivery; nothing is returned when it is another's, not due, or must wait."""
    with database.write() as session:
        claim = _claim(session, delivery_id, now)
    if claim is None or isinstance(claim, DeliveryState):
        return claim
    outcome = _bounded(_attempt(claim, senders), claim)
    with database.write() as session:
        return _settle(session, claim, outcome, now)


def idle_until(database: Database, senders: Senders, now: datetime) -> datetime | None:
    """When there may next be something to try: the next that is due, or a channel set free."""
    waiting = (DeliveryState.QUEUED, DeliveryState.IN_DOUBT)
    with database.read() as session:
        due_at = session.scalar(
            select(func.min(Delivery.due_at)).where(
                Delivery.platform.in_(senders), Delivery.state.in_(waiting)
            )
        )
        if due_at is None or due_at > now:
            return due_at
        return pacing.next_free(session, now)


def _due(database: Database, senders: Senders, now: datetime, tried: set[str]) -> list[str]:
    with database.read() as session:
        query = (
            select(Delivery.id)
            .where(Delivery.platform.in_(senders), _claimable(now))
            .where(pacing.is_free(now))
            .order_by(Delivery.due_at, Delivery.id)
            .limit(BATCH + len(tried))
        )
        return [name for name in session.scalars(query) if name not in tried][:BATCH]


def _claimable(now: datetime) -> ColumnElement[bool]:
    waiting = (DeliveryState.QUEUED, DeliveryState.IN_DOUBT)
    return or_(
        and_(Delivery.state.in_(waiting), Delivery.due_at <= now),
        and_(Delivery.state == DeliveryState.SENDING, Delivery.lease_until <= now),
    )


def _claim(session: Session, delivery_id: str, now: datetime) -> Claim | DeliveryState | None:
    """Takes a delivery for the time of a lease, unless another has it or its channel is paced."""
    row = session.scalars(
        select(Delivery)
        .where(Delivery.id == delivery_id, _claimable(now))
        .with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return None
    place = pacing.Place(row.platform, row.workspace, row.channel or row.user)
    if not pacing.take(session, place, now):
        return None
    try:
        message = Message.model_validate(row.message)
    except ValidationError:
        row.state, row.trouble = DeliveryState.FAILED, Trouble.UNREADABLE
        row.reason = "the stored message cannot be read"
        return row.state
    is_doubtful = row.state is not DeliveryState.QUEUED
    if not is_doubtful or row.started_at is None:
        row.started_at = now
    row.state = DeliveryState.SENDING
    row.lease_until = now + LEASE
    row.attempts += 1
    outgoing = Outgoing(row.id, row.workspace, row.channel, row.user, message, row.started_at)
    return Claim(outgoing, row.attempts, row.purpose, place, is_doubtful)


def _attempt(claim: Claim, senders: Senders) -> Outcome:
    """Talks to the platform, outside of any transaction."""
    sender = senders[claim.place.platform]
    doubtful = claim.is_doubtful
    try:
        receipt = _found(claim, sender) if doubtful else None
        doubtful = False
        if receipt is None:
            receipt = sender.send(claim.outgoing)
        return Outcome(DeliveryState.SENT, receipt=receipt)
    except SlowDown as asked:
        return _slowed(asked, doubtful=doubtful)
    except Refused as refused:
        return Outcome(DeliveryState.FAILED, reason=refused.reason, trouble=refused.trouble)
    except CannotTell as unknown:
        reason = str(unknown) or "its history cannot be read"
        return Outcome(DeliveryState.HELD, reason=reason, trouble=Trouble.CANNOT_TELL)
    except MaybeSent as broken:
        return Outcome(DeliveryState.IN_DOUBT, reason=str(broken), pause=_backoff(claim))
    except Exception as error:
        # The edge where platforms are spoken to: whatever happened, no message may be lost.
        log.exception("delivery_broke", delivery=claim.outgoing.id, platform=claim.place.platform)
        reason = f"unexpected: {type(error).__name__}"
        return Outcome(DeliveryState.IN_DOUBT, reason=reason, pause=_backoff(claim))


def _found(claim: Claim, sender: Sender) -> str | None:
    """Looks on the platform; where it cannot tell, only what may come twice is sent again."""
    try:
        return sender.find(claim.outgoing)
    except CannotTell:
        if policy(claim.purpose) is InDoubt.RESEND:
            return None
        raise


def _slowed(asked: SlowDown, *, doubtful: bool) -> Outcome:
    state = DeliveryState.IN_DOUBT if doubtful else DeliveryState.QUEUED
    pause = timedelta(seconds=asked.retry_after)
    return Outcome(state, reason=str(asked), pause=pause, slow=asked.scope)


def _backoff(claim: Claim) -> timedelta:
    return min(BACKOFF * (1 << (claim.attempt - 1)), LONGEST_BACKOFF)


def _bounded(outcome: Outcome, claim: Claim) -> Outcome:
    """After the last attempt what is still in doubt waits for a person."""
    if outcome.slow or outcome.state is not DeliveryState.IN_DOUBT or claim.attempt < ATTEMPTS:
        return outcome
    reason = f"gave up after {ATTEMPTS} attempts: {outcome.reason}"
    return replace(outcome, state=DeliveryState.HELD, reason=reason, trouble=Trouble.GAVE_UP)


def _settle(
    session: Session, claim: Claim, outcome: Outcome, now: datetime
) -> DeliveryState | None:
    """Writes down how it ended, unless the lease ran out and another has taken over."""
    row = session.scalars(
        select(Delivery)
        .where(Delivery.id == claim.outgoing.id, Delivery.attempts == claim.attempt)
        .where(Delivery.state == DeliveryState.SENDING)
        .with_for_update()
    ).first()
    if row is None:
        log.warning("delivery_taken_over", delivery=claim.outgoing.id)
        return None
    row.state, row.receipt, row.reason = outcome.state, outcome.receipt, outcome.reason
    row.trouble, row.lease_until = outcome.trouble, None
    row.due_at = max(row.due_at, now + outcome.pause) if outcome.pause else row.due_at
    if outcome.slow:
        row.attempts -= 1
        pacing.push(session, claim.place, outcome.slow, now + outcome.pause)
    if outcome.state is DeliveryState.SENT:
        row.sent_at = now
    return outcome.state

"""Taking deliveries for the time of a lease, and writing down how their attempts ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import structlog
from pydantic import ValidationError
from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select, union
from sqlalchemy.orm import Session, aliased

from bot.delivery import pacing
from bot.delivery.outcomes import Claim, Outcome
from bot.delivery.port import Outgoing
from models.base import UtcDateTime
from models.delivery.lost_time import before_restoring
from models.delivery.outbox import Delivery, DeliveryState, Rank
from models.delivery.outgoing import update_number
from models.delivery.trouble import Trouble
from models.message import Message

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
"""How long a sender has for what it has claimed; after that it is in doubt."""

Moment = datetime | ColumnElement[datetime]
"""A moment, or the place in a statement where it comes."""

WAITING = (DeliveryState.QUEUED, DeliveryState.IN_DOUBT)
UNDER_WAY = (*WAITING, DeliveryState.SENDING, DeliveryState.HELD)

NEVER_CAME = (DeliveryState.FAILED, DeliveryState.WITHDRAWN)

TARGET = aliased(Delivery)
OTHER = aliased(Delivery)
"""A delivery that another one updates, and another update of the same; made once."""


@dataclass(frozen=True)
class Lane:
    """What shares one pace: a workspace of a platform."""

    platform: str
    workspace: str

    @property
    def key(self) -> str:
        """The lane's name."""
        return f"{self.platform}:{self.workspace}"

    def holds(self) -> ColumnElement[bool]:
        """Whether a delivery is in this lane."""
        return and_(Delivery.platform == self.platform, Delivery.workspace == self.workspace)


@dataclass(frozen=True)
class Batch:
    """What was claimed, and how many came to their end at that, without being sent."""

    claims: tuple[Claim, ...] = ()
    ended: int = 0

    def __bool__(self) -> bool:
        return bool(self.claims or self.ended)


def is_due(now: Moment) -> ColumnElement[bool]:
    """What waits and is due."""
    return and_(Delivery.state.in_(WAITING), Delivery.due_at <= now)


def is_left(now: Moment) -> ColumnElement[bool]:
    """What somebody claimed who did not come back within the lease."""
    return and_(Delivery.state == DeliveryState.SENDING, Delivery.lease_until <= now)


def is_claimable(now: Moment) -> ColumnElement[bool]:
    """What may be claimed at a moment; updates in their order."""
    return and_(or_(is_due(now), is_left(now)), _is_in_order(now))


def _is_in_order(now: Moment) -> ColumnElement[bool]:
    return or_(Delivery.updates_id.is_(None), _may_update(now))


def _may_update(now: Moment) -> ColumnElement[bool]:
    """An update waits for the message itself, and for another update that is on its way."""
    waits = select(TARGET.id).where(TARGET.id == Delivery.updates_id, TARGET.state.in_(UNDER_WAY))
    other = select(OTHER.id).where(
        OTHER.updates_id == Delivery.updates_id,
        OTHER.id != Delivery.id,
        OTHER.state == DeliveryState.SENDING,
        OTHER.lease_until > now,
    )
    return and_(~exists(waits), ~exists(other))


def claim_next(session: Session, lane: Lane, now: datetime) -> Batch:
    """Claims what goes next in a lane: as many as the platform takes at once.

    A reply goes first, then what is in doubt, which are few, then the rest. Each is asked for by
    itself and in the order of an index, or ten thousand that wait would be sorted for each one.
    """
    rows = _next(session, lane, DeliveryState.QUEUED, now)
    if not rows or rows[0].rank > Rank.REPLY:
        rows = (
            _next(session, lane, DeliveryState.IN_DOUBT, now)
            or _next(session, lane, DeliveryState.SENDING, now)
            or rows
        )
    return claim_rows(session, rows, now)


def _next(session: Session, lane: Lane, state: DeliveryState, now: datetime) -> Sequence[Delivery]:
    where = {"platform": lane.platform, "workspace": lane.workspace, "now": now}
    return session.scalars(_in_turn(state, pacing.room(lane.platform)), where).all()


# Built once for each state, since building it costs as much as asking it.
@cache
def _in_turn(state: DeliveryState, room: int) -> Select[Delivery]:
    now: ColumnElement[datetime] = bindparam("now", type_=UtcDateTime())
    since = Delivery.lease_until if state is DeliveryState.SENDING else Delivery.due_at
    return (
        select(Delivery)
        .where(Delivery.platform == bindparam("platform"))
        .where(Delivery.workspace == bindparam("workspace"))
        .where(Delivery.state == state, since <= now)
        .where(_is_in_order(now), pacing.is_channel_free(now))
        .order_by(Delivery.rank, Delivery.due_at)
        .limit(room)
        .with_for_update(of=Delivery, skip_locked=True)
    )


def lanes_due(session: Session, platforms: Iterable[str], now: datetime) -> list[Lane]:
    """The workspaces of these platforms in which something is due, in no order."""
    here = set(platforms)
    return [Lane(*row) for row in session.execute(_LANES, {"now": now}) if row.platform in here]


def _lanes_in(state: DeliveryState) -> Select[str, str]:
    since = Delivery.lease_until if state is DeliveryState.SENDING else Delivery.due_at
    query = select(Delivery.platform, Delivery.workspace).where(Delivery.state == state)
    return query.where(since <= bindparam("now", type_=UtcDateTime())).distinct()


_LANES = union(*(_lanes_in(state) for state in (*WAITING, DeliveryState.SENDING)))


def claim_one(session: Session, delivery_id: str, now: datetime) -> Batch:
    """Claims one delivery, unless another has it, it is not due, or its channel is paced."""
    query = select(Delivery).where(Delivery.id == delivery_id, is_claimable(now))
    rows = session.scalars(query.with_for_update(of=Delivery, skip_locked=True)).all()
    return claim_rows(session, rows, now)


def claim_rows(session: Session, rows: Sequence[Delivery], now: datetime) -> Batch:
    """Claims rows that are locked; none of those whose turn it is not."""
    claims: list[Claim] = []
    ended = 0
    for row in rows:
        message = _readable(session, row, now)
        if message is None:
            ended += 1
            continue
        place = pacing.Place(row.platform, row.workspace, row.channel or row.user)
        if pacing.take(session, place, now):
            claims.append(_claimed(session, row, message, (place, now)))
    session.flush()
    return Batch(tuple(claims), ended)


def _readable(session: Session, row: Delivery, now: datetime) -> Message | None:
    """The message to send; nothing where the delivery has come to its end before that."""
    trouble = _overtaken(session, row) if row.updates_id else _late(row, now)
    if trouble is not None:
        row.state, row.trouble, row.lease_until = DeliveryState.WITHDRAWN, trouble, None
        return None
    try:
        return Message.model_validate(row.message)
    except ValidationError:
        row.state, row.trouble = DeliveryState.FAILED, Trouble.UNREADABLE
        row.reason, row.lease_until = "the stored message cannot be read", None
        return None


def _late(row: Delivery, now: datetime) -> Trouble | None:
    """Whether it came too late to be of use; what may have arrived is looked for all the same."""
    is_certain = row.state is DeliveryState.QUEUED
    return Trouble.TOO_LATE if is_certain and row.is_late(now) else None


def _overtaken(session: Session, row: Delivery) -> Trouble | None:
    """Why an update is not worth sending any more."""
    target = session.get_one(Delivery, row.updates_id)
    if target.state is not DeliveryState.SENT:
        return Trouble.NOTHING_TO_UPDATE
    others = select(OTHER.key).where(
        OTHER.updates_id == row.updates_id, OTHER.state.not_in(NEVER_CAME)
    )
    newest = max(update_number(key) for key in [row.key, *session.scalars(others)])
    return Trouble.OVERTAKEN if newest > update_number(row.key) else None


def _claimed(
    session: Session, row: Delivery, message: Message, at: tuple[pacing.Place, datetime]
) -> Claim:
    place, now = at
    is_doubtful = row.state is not DeliveryState.QUEUED
    if not is_doubtful or row.started_at is None:
        row.started_at = now
    row.state = DeliveryState.SENDING
    row.lease_until = now + LEASE
    row.attempts += 1
    replaces = session.get_one(Delivery, row.updates_id).receipt if row.updates_id else ""
    outgoing = Outgoing(
        row.id, row.workspace, row.channel, row.user, message, row.started_at, replaces
    )
    is_restored = is_doubtful and before_restoring(session, row.started_at)
    return Claim(
        outgoing, row.attempts, row.purpose, place, is_doubtful, is_restored, row.is_late(now)
    )


def settle(
    session: Session, ended: Iterable[tuple[Claim, Outcome]], now: datetime
) -> list[DeliveryState]:
    """Writes down how attempts ended, but for those whose lease ran out and another has taken."""
    outcomes = {claim.outgoing.id: (claim, outcome) for claim, outcome in ended}
    query = select(Delivery).where(Delivery.id.in_(outcomes)).order_by(Delivery.id)
    rows = session.scalars(query.with_for_update()).all()
    states = []
    for row in rows:
        claim, outcome = outcomes[row.id]
        if row.state is DeliveryState.SENDING and row.attempts == claim.attempt:
            _write_down(session, row, (claim, outcome), now)
            states.append(outcome.state)
        else:
            log.warning("delivery_taken_over", delivery=row.id)
    return states


def _write_down(
    session: Session, row: Delivery, ended: tuple[Claim, Outcome], now: datetime
) -> None:
    claim, outcome = ended
    row.state, row.receipt, row.reason = outcome.state, outcome.receipt, outcome.reason
    row.trouble, row.lease_until = outcome.trouble, None
    if outcome.pause:
        row.due_at = max(row.due_at, now + outcome.pause)
    if outcome.is_no_attempt:
        row.attempts -= 1
    if outcome.slow:
        pacing.push(session, claim.place, outcome.slow, now + (outcome.rest or outcome.pause))
    if outcome.state is DeliveryState.SENT:
        row.sent_at = now

"""Messages that nobody knows the arrival of: telling of them once, and what a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from models.delivery.outbox import Delivery, DeliveryState
from models.delivery.outgoing import QUEUED
from models.delivery.trouble import Trouble
from models.people.organisations import Person, Standing

HOLD = "hold"
"""The purpose of the message that tells of held ones; it is never told of itself."""


class Verdict(StrEnum):
    """What is to become of a held message."""

    SEND = "send"
    DROP = "drop"


def untold(session: Session) -> bool:
    """Whether any held message has not been told of."""
    query = select(Delivery.id).where(*_UNTOLD).limit(1)
    return session.scalars(query).first() is not None


_UNTOLD = (
    Delivery.state == DeliveryState.HELD,
    Delivery.told_at.is_(None),
    Delivery.purpose != HOLD,
)


def is_any_late(session: Session, at: datetime) -> bool:
    """Whether anything is held that nobody has any use for any more."""
    query = select(Delivery.id).where(Delivery.state == DeliveryState.HELD, ~_is_useful(at))
    return session.scalars(query.limit(1)).first() is not None


def let_go(session: Session, at: datetime) -> set[datetime]:
    """Ends what is held and of no use any more; returns when any of it was told of."""
    late = update(Delivery).where(Delivery.state == DeliveryState.HELD, ~_is_useful(at))
    ended = late.values(state=DeliveryState.WITHDRAWN, trouble=Trouble.TOO_LATE)
    told = session.scalars(ended.returning(Delivery.told_at)).all()
    return {each for each in told if each is not None}


def _is_useful(at: datetime) -> ColumnElement[bool]:
    return or_(Delivery.useful_until.is_(None), Delivery.useful_until > at)


def mark_told(session: Session, at: datetime) -> int:
    """Takes those not told of yet for this telling; another process takes none of the same."""
    rows = session.scalars(
        update(Delivery).where(*_UNTOLD).values(told_at=at).returning(Delivery.id)
    ).all()
    return len(rows)


def told_together(session: Session, told_at: datetime) -> Sequence[Delivery]:
    """The messages that were told of in one telling, decided or not; no decision moves any."""
    query = select(Delivery).where(Delivery.told_at == told_at)
    return session.scalars(query.order_by(Delivery.key)).all()


def decide(
    session: Session, held: Sequence[str], verdict: Verdict, by: Person, at: datetime
) -> list[str]:
    """Decides what is still held of these deliveries; returns the ids that this decided.

    Of two who decide at once one wins: the other's update finds nothing held any more. What
    nobody has any use for is not sent once more.
    """
    values = {"decided_by_id": by.id, "decided_at": at}
    if verdict is Verdict.SEND:
        values |= {"state": DeliveryState.QUEUED, "trouble": None, "attempts": 0, "due_at": at}
        values |= {"started_at": None, "reason": ""}
    else:
        values |= {"state": DeliveryState.WITHDRAWN, "trouble": Trouble.TURNED_DOWN}
    query = update(Delivery).where(Delivery.id.in_(held), Delivery.state == DeliveryState.HELD)
    if verdict is Verdict.SEND:
        query = query.where(_is_useful(at))
    found = session.execute(
        query.values(values).returning(Delivery.id, Delivery.platform, Delivery.workspace)
    ).all()
    if verdict is Verdict.SEND:
        lanes = {(platform, workspace) for _, platform, workspace in found}
        session.info.setdefault(QUEUED, set()).update(lanes)
    return [row.id for row in found]


def verdict_on(delivery: Delivery) -> Verdict | None:
    """What a person decided about a message, if anybody has."""
    if delivery.decided_at is None:
        return None
    return Verdict.DROP if delivery.trouble is Trouble.TURNED_DOWN else Verdict.SEND


def deciders(session: Session) -> Sequence[Person]:
    """The coordinators, who decide."""
    query = select(Person).where(Person.standing == Standing.COORDINATOR).order_by(Person.id)
    return session.scalars(query).all()

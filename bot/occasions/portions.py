"""Large audiences, a portion at a time: what died in the middle goes on where it was.

The row of a sending says how far it has come, in the same transaction that queues a portion's
messages, so nobody is left out and nobody gets it twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.occasions.occasion import Occasion
from models.database import Database
from models.delivery.outbox import FanOut
from models.people.merge import kept_of
from models.people.organisations import Person

PORTION = 500
"""So many people's messages are queued in one transaction."""

log = structlog.get_logger(__name__)


class Expand(Protocol):
    """Queues the messages of one portion of a sending."""

    def __call__(self, session: Session, sending: FanOut, people: Sequence[Person]) -> object:
        """Queues them, each with the sending's id."""
        ...


def is_large(people: Sequence[Person]) -> bool:
    """Whether so many people are told in portions."""
    return len(people) > PORTION


def begin_sending(
    session: Session, kind: str, occasion: Occasion, people: Sequence[Person]
) -> FanOut:
    """Writes down to whom something goes, from where it is made into messages."""
    sending = FanOut(
        key=f"{occasion.schedule}:{occasion.day}",
        kind=kind,
        subject=occasion.subject,
        day=occasion.day,
        at=occasion.at,
        audience=[person.id for person in people],
    )
    session.add(sending)
    return sending


def expand_all(database: Database, kinds: Mapping[str, Expand], now: datetime) -> int:
    """Makes all sendings that have begun into messages; returns how many portions that took."""
    with database.read() as session:
        query = select(FanOut.id).where(FanOut.done_at.is_(None)).order_by(FanOut.id)
        waiting = session.scalars(query).all()
    return sum(_expand_one(database, name, kinds, now) for name in waiting)


def _expand_one(
    database: Database, sending_id: int, kinds: Mapping[str, Expand], now: datetime
) -> int:
    portions = 0
    try:
        while _portion(database, sending_id, kinds, now):
            portions += 1
    except Exception:
        # One broken sending must not keep the others back; it is tried again at each tick.
        log.exception("sending_broke", sending=sending_id)
    return portions


def _portion(
    database: Database, sending_id: int, kinds: Mapping[str, Expand], now: datetime
) -> bool:
    """Queues the next portion, unless it is done or another process is at it."""
    with database.write() as session:
        query = select(FanOut).where(FanOut.id == sending_id, FanOut.done_at.is_(None))
        sending = session.scalars(query.with_for_update(skip_locked=True)).first()
        if sending is None:
            return False
        ids = sending.audience[sending.position : sending.position + PORTION]
        kinds[sending.kind](session, sending, _people(session, ids))
        sending.position += len(ids)
        if sending.position >= len(sending.audience):
            sending.done_at = now
    return True


def _people(session: Session, ids: Sequence[int]) -> list[Person]:
    """Those people, each once; a record that was merged meanwhile is the one that was kept."""
    rows = session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id))
    return list({kept.id: kept for kept in (kept_of(session, row) for row in rows)}.values())

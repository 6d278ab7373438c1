"""The time between a back-up and its restoring, which the platforms remember and we do not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert
from sqlalchemy.orm import Session

from models.records import SmallFact

FACT = "restored"


@dataclass(frozen=True)
class Gap:
    """From when the back-up was true until it was restored."""

    made_at: datetime
    restored_at: datetime


def write_down(connection: Connection, gap: Gap) -> None:
    """Lets the database know which time it does not know."""
    known = {"made_at": gap.made_at.isoformat(), "restored_at": gap.restored_at.isoformat()}
    connection.execute(delete(SmallFact).where(SmallFact.name == FACT))
    connection.execute(insert(SmallFact).values(name=FACT, value=json.dumps(known)))


def lost_time(session: Session) -> Gap | None:
    """The gap of a database that was restored; read once in each session."""
    if FACT not in session.info:
        fact = session.get(SmallFact, FACT)
        session.info[FACT] = _read(fact.value) if fact else None
    gap: Gap | None = session.info[FACT]
    return gap


def _read(value: str) -> Gap:
    times = json.loads(value)
    return Gap(**{name: datetime.fromisoformat(time) for name, time in times.items()})


def doubtful_since(session: Session, due_at: datetime) -> datetime | None:
    """Since when something that is queued now may have been sent before, judged by when it is due.

    What fell due before the database was restored was perhaps sent by the one that was lost: the
    timetable does it again, with the same key and so the same mark on the platform. Whatever a
    member causes now is due later, and is new.
    """
    gap = lost_time(session)
    return gap.made_at if gap is not None and due_at <= gap.restored_at else None


def before_restoring(session: Session, started_at: datetime) -> bool:
    """Whether a message that is in doubt was so already when the database was restored."""
    gap = lost_time(session)
    return gap is not None and started_at <= gap.restored_at

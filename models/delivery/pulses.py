"""Signs of life: what sends and what looks at the timetable says at short intervals that it lives.

A thread that hangs, or a machine that is gone, stops saying so; whoever looks at the rows sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base

SILENT_AFTER = timedelta(minutes=3)
"""Longer than one message may take at the slowest: a look-up, a send and its pictures."""

FORGOTTEN_AFTER = timedelta(days=1)
"""What was silent for so long belongs to a machine that does not come back."""


class Part(StrEnum):
    """What must live: COURIER sends, TICKER looks at the timetable."""

    COURIER = "courier"
    TICKER = "ticker"


class Pulse(Base):
    """The last sign of life of one thread of one process."""

    __tablename__ = "pulse"

    host: Mapped[str] = mapped_column(primary_key=True)
    pid: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lane: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column()
    began_at: Mapped[datetime] = mapped_column()
    beat_at: Mapped[datetime] = mapped_column()


@dataclass(frozen=True)
class Process:
    """A process on a machine."""

    host: str
    pid: int


def beat(session: Session, process: Process, part: Part, lane: str, at: datetime) -> None:
    """Writes down that a thread lives."""
    name = session.get_bind().dialect.name
    insert = sqlite.insert if name == "sqlite" else postgresql.insert
    row = insert(Pulse).values(
        host=process.host, pid=process.pid, lane=lane, part=part.value, began_at=at, beat_at=at
    )
    session.execute(
        row.on_conflict_do_update(index_elements=["host", "pid", "lane"], set_={"beat_at": at})
    )


def forget(session: Session, processes: Iterable[Process]) -> None:
    """Removes the signs of life of processes that have ended."""
    for each in processes:
        session.execute(delete(Pulse).where(Pulse.host == each.host, Pulse.pid == each.pid))


def forget_lane(session: Session, process: Process, lane: str) -> None:
    """Removes the signs of life of a thread that has ended."""
    mine = Pulse.host == process.host, Pulse.pid == process.pid
    session.execute(delete(Pulse).where(*mine, Pulse.lane == lane))


def forget_old(session: Session, at: datetime) -> None:
    """Removes what has been silent for so long that nobody needs to be told any more."""
    session.execute(delete(Pulse).where(Pulse.beat_at < at - FORGOTTEN_AFTER))


def processes_on(session: Session, host: str) -> list[Process]:
    """The processes of a machine that have said that they live, and not that they end."""
    rows = session.scalars(select(Pulse.pid).where(Pulse.host == host).distinct())
    return [Process(host, pid) for pid in rows]


def pulses(session: Session) -> Sequence[Pulse]:
    """All signs of life, the latest first."""
    return session.scalars(select(Pulse).order_by(Pulse.beat_at.desc(), Pulse.lane)).all()


def silent(found: Iterable[Pulse], at: datetime) -> list[Pulse]:
    """Those that should have said something by now."""
    return [each for each in found if at - each.beat_at > SILENT_AFTER]


def missing(found: Iterable[Pulse], at: datetime) -> list[Part]:
    """The parts of which nobody lives."""
    alive = {each.part for each in found if at - each.beat_at <= SILENT_AFTER}
    return [part for part in Part if part.value not in alive]

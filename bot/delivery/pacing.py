"""How fast each platform may be written to: one row for each channel and workspace.

The rows are shared, so the pace holds across threads and machines; a platform that asks for a
pause pushes the row ahead for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.delivery.errors import Scope
from models.outbox import Bucket, Delivery


@dataclass(frozen=True)
class Pace:
    """The smallest time between two messages to a channel, and to a whole workspace."""

    channel: timedelta
    workspace: timedelta


PACES = {"slack": Pace(channel=timedelta(seconds=1.1), workspace=timedelta(seconds=0.12))}
"""Slack takes about one message a second in a channel, and some nine from a whole workspace."""


@dataclass(frozen=True)
class Place:
    """A conversation that is written to; `channel` is the user's id for one not yet opened."""

    platform: str
    workspace: str
    channel: str

    def key(self, scope: Scope) -> str:
        """The name of the row that paces the conversation or its workspace."""
        workspace = f"{self.platform}:{self.workspace}"
        return workspace if scope is Scope.WORKSPACE else f"{workspace}:{self.channel}"


def is_free(now: datetime) -> ColumnElement[bool]:
    """Whether neither a delivery's workspace nor its channel is to be left alone just now."""
    workspace = Delivery.platform + ":" + Delivery.workspace
    conversation = func.coalesce(func.nullif(Delivery.channel, ""), Delivery.user)
    held = or_(Bucket.key == workspace, Bucket.key == workspace + ":" + conversation)
    return ~exists(select(Bucket.key).where(held, Bucket.next_at > now))


def take(session: Session, place: Place, now: datetime) -> bool:
    """Takes the place's turn in both its rows, or in none when one of them is not free."""
    pace = PACES.get(place.platform)
    if pace is None:
        return True
    gaps = {Scope.WORKSPACE: pace.workspace, Scope.CHANNEL: pace.channel}
    with session.begin_nested() as turn:
        for scope, gap in gaps.items():
            if not _take_one(session, place.key(scope), now, gap):
                turn.rollback()
                return False
    return True


def push(session: Session, place: Place, scope: Scope, until: datetime) -> None:
    """Leaves the conversation or its workspace alone until a moment."""
    row = _insert(session).values(key=place.key(scope), next_at=until)
    later = row.excluded.next_at
    session.execute(
        row.on_conflict_do_update(
            index_elements=["key"], set_={"next_at": later}, where=Bucket.next_at < later
        )
    )


def next_free(session: Session, now: datetime) -> datetime | None:
    """When the first place that is left alone may be written to again."""
    return session.scalar(select(func.min(Bucket.next_at)).where(Bucket.next_at > now))


def _take_one(session: Session, key: str, now: datetime, gap: timedelta) -> bool:
    row = _insert(session).values(key=key, next_at=now + gap)
    taken = row.on_conflict_do_update(
        index_elements=["key"],
        set_={"next_at": row.excluded.next_at},
        where=Bucket.next_at <= now,
    )
    return session.scalar(taken.returning(Bucket.key)) is not None


def _insert(session: Session) -> sqlite.Insert | postgresql.Insert:
    """An insert that can give way; both databases say it alike."""
    name = session.get_bind().dialect.name
    return sqlite.insert(Bucket) if name == "sqlite" else postgresql.insert(Bucket)

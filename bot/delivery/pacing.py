"""How fast each platform may be written to: one row for each channel and workspace.

The rows are shared, so the pace holds across threads and machines; a platform that asks for a
pause pushes the row ahead for all of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, delete, exists, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from bot.delivery.errors import Scope
from bot.delivery.port import THREAD
from models.database import Database
from models.delivery.outbox import Bucket, Delivery


@dataclass(frozen=True)
class Pace:
    """The smallest time between two messages to a channel, and to a whole workspace."""

    channel: timedelta
    workspace: timedelta


PACES = {
    "slack": Pace(channel=timedelta(seconds=1.2), workspace=timedelta(seconds=0.12)),
    "email": Pace(channel=timedelta(seconds=1), workspace=timedelta(seconds=0.5)),
}
"""Slack takes about one message a second in a channel, and some nine from a whole workspace.

The fifth of a second to spare is for what the way to Slack may take longer for one than another.
Two letters a second are few for any mail server of a city's own, and no flood for a hired one.
"""

LONG_FREE = timedelta(hours=1)
BATCH = 50
"""How many messages are claimed at once where a platform sets no pace."""


@dataclass(frozen=True)
class Place:
    """A conversation that is written to; `channel` is the user's id for one not yet opened.

    Its threads are paced with it, as the platforms do.
    """

    platform: str
    workspace: str
    channel: str

    def key(self, scope: Scope) -> str:
        """The name of the row that paces the conversation or its workspace."""
        workspace = f"{self.platform}:{self.workspace}"
        conversation = self.channel.partition(THREAD)[0]
        return workspace if scope is Scope.WORKSPACE else f"{workspace}:{conversation}"


class conversation_of(GenericFunction[str]):  # noqa: N801 - named as it is called in SQL.
    """What stands before the thread in a delivery's channel, in the words of either database."""

    type = String()
    inherit_cache = True


@compiles(conversation_of)
def _split(element: conversation_of, compiler: SQLCompiler, **given: Any) -> str:
    channel = compiler.process(element.clauses, **given)
    if compiler.dialect.name == "sqlite":
        return f"substr({channel}, 1, instr({channel} || '{THREAD}', '{THREAD}') - 1)"
    return f"split_part({channel}, '{THREAD}', 1)"


def room(platform: str) -> int:
    """How many messages may be claimed at once: one where each has to wait for its turn."""
    return 1 if platform in PACES else BATCH


def is_channel_free(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether a delivery's conversation and its workspace need not be left alone just now."""
    workspace = Delivery.platform + ":" + Delivery.workspace
    channel = func.nullif(conversation_of(Delivery.channel), "")
    conversation = func.coalesce(channel, Delivery.user)
    held = Bucket.key.in_([workspace, workspace + ":" + conversation])
    return ~exists(select(Bucket.key).where(held, Bucket.next_at > now))


def busy(session: Session, keys: Collection[str], now: datetime) -> dict[str, datetime]:
    """Those of the rows with these names that are not free, and when they will be."""
    if not keys:
        return {}
    query = select(Bucket.key, Bucket.next_at).where(Bucket.key.in_(keys))
    return {key: next_at for key, next_at in session.execute(query) if next_at > now}


def take(session: Session, place: Place, now: datetime) -> bool:
    """Takes the place's turn in both its rows, or in none when one of them is not free."""
    pace = PACES.get(place.platform)
    if pace is None:
        return True
    workspace, channel = place.key(Scope.WORKSPACE), place.key(Scope.CHANNEL)
    before = session.scalar(select(Bucket.next_at).where(Bucket.key == workspace))
    rows = _insert(session).values(
        [
            {"key": workspace, "next_at": _next(before, now, pace.workspace)},
            {"key": channel, "next_at": now + pace.channel},
        ]
    )
    taken = rows.on_conflict_do_update(
        index_elements=["key"],
        set_={"next_at": rows.excluded.next_at},
        where=Bucket.next_at <= now,
    )
    with session.begin_nested() as turn:
        if len(session.scalars(taken.returning(Bucket.key)).all()) < 2:
            turn.rollback()
            return False
    return True


def _next(before: datetime | None, now: datetime, gap: timedelta) -> datetime:
    """The next turn: what a sender came too late by, within half a gap, is not lost.

    Without that the time between waking and claiming would be taken from every message's pace.
    """
    on_time = before is not None and now - before <= gap / 2
    return (before if on_time and before else now) + gap


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


def forget(database: Database, now: datetime) -> None:
    """Removes the rows of conversations that have long been free."""
    with database.write() as session:
        session.execute(delete(Bucket).where(Bucket.next_at < now - LONG_FREE))


def _insert(session: Session) -> sqlite.Insert | postgresql.Insert:
    """An insert that can give way; both databases say it alike."""
    name = session.get_bind().dialect.name
    return sqlite.insert(Bucket) if name == "sqlite" else postgresql.insert(Bucket)

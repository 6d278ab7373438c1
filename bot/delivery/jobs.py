"""One job for each workspace that has something to send, as several machines share them.

The job is deferred in the transaction that queues the messages, on the same connection: both are
there afterwards, or neither. Procrastinate is loaded when the first job is deferred.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.delivery.claiming import Lane
from models.database import Database
from models.delivery.outgoing import QUEUED

if TYPE_CHECKING:
    from procrastinate import App

QUEUE = "delivery"
TASK = "drain"
LATE = "queued_late"
"""The session's note of lanes whose waiting job may have begun before this commit is seen."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Waker:
    """Wakes the workers of other processes for what a transaction has queued."""

    database: Database

    def attach(self) -> Waker:
        """From now on each commit to the database carries the jobs for what it has queued."""
        self.database.before_commit.append(self.defer_queued)
        self.database.after_commit.append(self.defer_late)
        return self

    def defer_queued(self, session: Session) -> None:
        """Defers a job for each lane that something was queued in, within the transaction."""
        lanes = [Lane(*each) for each in session.info.get(QUEUED, ())]
        session.info[LATE] = [
            lane
            for lane in sorted(lanes, key=lambda lane: lane.key)
            if not _deferred(session, lane)
        ]

    def defer_late(self, session: Session) -> None:
        """Once more after the commit, where a job waited already.

        A worker may have begun with that job before this commit could be seen, and then would not
        look again.
        """
        late = session.info.pop(LATE, ())
        if late:
            self.wake(late)

    def wake(self, lanes: Iterable[Lane]) -> None:
        """Defers a job for each of the lanes; one that fails hinders no other."""
        for lane in lanes:
            try:
                # Not by `write`, whose commits come here.
                with Session(self.database.engine) as session, session.begin():
                    _deferred(session, lane)
            except SQLAlchemyError:
                log.exception("lane_not_woken", lane=lane.key)


def warm() -> None:
    """Loads what deferring needs, so that no member waits for it."""
    _app()


def _deferred(session: Session, lane: Lane) -> bool:
    """Defers a lane's job on the session's own connection; says whether none was waiting yet."""
    from procrastinate.exceptions import AlreadyEnqueued

    session.flush()
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    # The connection's own savepoint: the session's comes only when the session itself asks
    # something, and without it a refused job would take the whole transaction with it.
    with connection.begin_nested() as point:
        try:
            _app().configure_task(
                TASK, queue=QUEUE, lock=lane.key, queueing_lock=lane.key, connection=driver
            ).defer(platform=lane.platform, workspace=lane.workspace)
        except AlreadyEnqueued:
            point.rollback()
            return False
    return True


@cache
def _app() -> App:
    """An app that only defers, and on given connections: it is never opened."""
    from procrastinate import App, SyncPsycopgConnector

    return App(connector=SyncPsycopgConnector())

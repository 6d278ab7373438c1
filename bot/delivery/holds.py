"""Asking the coordinators about messages that nobody knows the arrival of."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from handlers.delivery import held
from models.database import Database
from models.delivery.held import is_any_late, untold

log = structlog.get_logger(__name__)


def tell_of_held(database: Database, at: datetime) -> int:
    """Asks about what was not asked about yet, and lets go of what is of no use any more.

    Returns how many were asked.
    """
    try:
        with database.read() as session:
            if not untold(session) and not is_any_late(session, at):
                return 0
        with database.write() as session:
            return held.tell_of_held(session, at)
    except SQLAlchemyError:
        log.warning("held_not_told")
        return 0

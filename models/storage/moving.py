"""Moving a whole SQLite installation to PostgreSQL, all or nothing, each row compared."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.database import Database
from models.records import SmallFact
from models.storage.copying import Tally, Told, copy_all
from models.storage.schema import demand_current, upgrade

FACT = "moved"


class Moved(Exception):
    """The database was moved to PostgreSQL: what would be sent from here has gone there."""

    def __init__(self, at: datetime) -> None:
        super().__init__(
            f"This database was moved to PostgreSQL on {at:%Y-%m-%d at %H:%M} UTC and is not used "
            "any more: name the new one in DATABASE_URL."
        )


def move(source: Database, target: Database, at: datetime, told: Told) -> dict[str, Tally]:
    """Moves everything, and then marks the source so that nothing is sent from it again.

    Nobody may write to the source meanwhile; the caller sees to that. A move that broke off has
    left the target empty, so it is simply begun again.

    Raises `SchemaBehind`, `NotEmpty`, or `Differs`.
    """
    demand_current(source)
    upgrade(target)
    with source.reader.connect() as rows, target.engine.begin() as place:
        copied = copy_all(rows, place, told)
    with source.write() as session:
        session.merge(SmallFact(name=FACT, value=at.isoformat()))
    return copied


def demand_unmoved(session: Session) -> None:
    """Raises `Moved` for a database that was moved away."""
    fact = session.get(SmallFact, FACT)
    if fact is not None:
        raise Moved(datetime.fromisoformat(fact.value))

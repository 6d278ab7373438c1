"""Restoring a back-up into an empty database, so that nothing goes out a second time.

What waited when the back-up was made may have been sent since, and so may what falls due again
because the restored database does not know that it happened. Both are in doubt: they are looked
for on the platform first, and where its history cannot tell, a person decides.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, delete, func, select, update

from models.database import Database
from models.delivery.lost_time import Gap, write_down
from models.delivery.outbox import Delivery, DeliveryState
from models.storage.backups import Backup, examine
from models.storage.copying import Told, copy_all, demand_empty
from models.storage.schema import newest, upgrade
from models.surveys.sealing import KeyGone, SurveyKeys
from models.surveys.survey import Ballot, Invitation, Survey

UNSETTLED = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.IN_DOUBT)


@dataclass(frozen=True)
class Restored:
    """What came of a restoring.

    `doubtful` messages are looked up before anything is sent. `surveys_anew` were open and had
    answers that cannot be read, since their keys are not here: their members are asked again.
    """

    backup: Backup
    doubtful: int
    surveys_anew: int


def restore(
    place: Path,
    database: Database,
    keys: SurveyKeys,
    at: datetime,
    told: Told = lambda _table, _done, _all: None,
) -> Restored:
    """Restores a back-up into an empty database, all or nothing; `keys` are those of surveys.

    Raises `NoBackup`, `NotEmpty`, or `Differs`.
    """
    backup = examine(place)
    upgrade(database)
    with database.engine.begin() as target:
        demand_empty(target)
    with (
        _at_our_revision(place, backup) as copy,
        copy.reader.connect() as source,
        database.engine.begin() as target,
    ):
        copy_all(source, target, told)
        doubtful = _doubt(target, Gap(backup.made_at, at))
        anew = begin_anew(target, keys)
    return Restored(backup, doubtful, anew)


@contextmanager
def _at_our_revision(place: Path, backup: Backup) -> Iterator[Database]:
    """The back-up itself, or a passing copy that is brought up to date; it is never changed."""
    with TemporaryDirectory(prefix="samverkan-") as folder:
        copy = Path(folder) / "copy.sqlite"
        shutil.copyfile(place, copy)
        with Database.connect(f"sqlite:///{copy}") as found:
            if backup.revision != newest():
                upgrade(found)
            yield found


def _doubt(target: Connection, gap: Gap) -> int:
    """Puts all that was under way in doubt, and writes down which time is not known."""
    target.execute(
        update(Delivery)
        .where(Delivery.state.in_(UNSETTLED))
        .values(
            state=DeliveryState.IN_DOUBT,
            started_at=func.coalesce(Delivery.started_at, gap.made_at),
            lease_until=None,
            attempts=0,
        )
    )
    write_down(target, gap)
    doubtful = select(func.count()).select_from(Delivery)
    return target.scalar(doubtful.where(Delivery.state == DeliveryState.IN_DOUBT)) or 0


def begin_anew(target: Connection, keys: SurveyKeys) -> int:
    """Lets open surveys whose key is not here be answered from the beginning; how many they are."""
    query = select(Survey.id, Survey.key_name).where(
        Survey.closed_at.is_(None), Survey.key_name != ""
    )
    lost = [survey for survey, key in target.execute(query).all() if not _is_here(keys, key)]
    target.execute(delete(Ballot).where(Ballot.survey_id.in_(lost)))
    target.execute(update(Invitation).where(Invitation.survey_id.in_(lost)).values(answered=False))
    target.execute(update(Survey).where(Survey.id.in_(lost)).values(key_name=""))
    return len(lost)


def _is_here(keys: SurveyKeys, name: str) -> bool:
    try:
        keys.find(name)
    except KeyGone:
        return False
    return True

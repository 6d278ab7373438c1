"""Every working morning: what was reported on the measures that people follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.occasions.occasion import SKIPPED, Occasion, last_days, repeated, sent
from bot.occasions.telling import queue_to
from digests.asking import may_be_told
from digests.following import following_message
from handlers.seats.telling import speech
from models.addresses import person_address
from models.following import news
from models.organisations import Person
from models.outbox import Occurrence
from models.outgoing import Errand
from models.schedule import WorkingDays, instant

NAME = "following"
PURPOSE = "following"
RULE = WorkingDays()
FIRST = timedelta(days=1)


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """Every working morning since the last; nobody is told of July before August."""
    last = last_days(session, NAME).get(NAME)
    since = _told_until(session)
    for day, at in repeated(RULE, last, began, now):
        yield Occasion(NAME, day, at, partial(tell_followers, since=since or at - FIRST))
        since = at


def _told_until(session: Session) -> datetime | None:
    """When followers were last told; a morning that was skipped told them nothing."""
    query = select(func.max(Occurrence.local_date)).where(
        Occurrence.schedule == NAME, Occurrence.outcome != SKIPPED
    )
    day = session.scalar(query)
    return instant(day, RULE.clock, RULE.zone) if day else None


def tell_followers(session: Session, occasion: Occasion, *, since: datetime) -> str:
    """One message to everybody who follows something that was reported on by somebody else."""
    told = 0
    for person_id, reports in news(session, since, occasion.at).items():
        person = session.get_one(Person, person_id)
        if not may_be_told(person, occasion.day) or person_address(session, person) is None:
            continue
        message = following_message(reports, speech(person))
        key = f"following:{occasion.day.isoformat()}:{person_id}"
        queue_to(session, person, message, Errand(PURPOSE, key, occasion.at, person_id=person_id))
        told += 1
    return sent(told)

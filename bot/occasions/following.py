"""Every working morning: what was reported on the measures that people follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.occasions.occasion import Occasion, last_days, repeated, sent
from bot.occasions.portions import begin_sending, is_large
from bot.occasions.telling import queue_to
from digests.asking import may_be_told
from digests.following import following_message
from handlers.seats.telling import speech
from models.delivery.outbox import SKIPPED, FanOut, Occurrence, Rank
from models.delivery.outgoing import Errand
from models.measures.following import news
from models.people.organisations import Person
from models.schedule import WorkingDays, instant

NAME = "following"
PURPOSE = "following"
RULE = WorkingDays()
FIRST = timedelta(days=1)


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """Every working morning since the last; nobody is told of July before August."""
    last = last_days(session, NAME).get(NAME)
    for day, at in repeated(RULE, last, began, now):
        yield Occasion(NAME, day, at, tell_followers)


def tell_followers(session: Session, occasion: Occasion) -> str:
    """One message to everybody who follows something that was reported on by somebody else."""
    told = news(session, _told_until(session, occasion), occasion.at)
    query = select(Person).where(Person.id.in_(told)).order_by(Person.id)
    people = session.scalars(query).all()
    if is_large(people):
        begin_sending(session, NAME, occasion, people)
        return f"in portions to {len(people)}"
    return sent(_queue(session, people, occasion, None))


def tell_portion(session: Session, sending: FanOut, people: Sequence[Person]) -> None:
    """The same to a portion of many."""
    occasion = Occasion(NAME, sending.day, sending.at, tell_followers)
    _queue(session, people, occasion, sending)


def _queue(
    session: Session, people: Sequence[Person], occasion: Occasion, sending: FanOut | None
) -> int:
    found = news(session, _told_until(session, occasion), occasion.at, people)
    rank, sending_id = (Rank.MASS, sending.id) if sending else (Rank.NOTICE, None)
    told = 0
    for person in people:
        if person.id not in found or not may_be_told(person, occasion.day):
            continue
        message = following_message(found[person.id], speech(person))
        key = f"following:{occasion.day.isoformat()}:{person.id}"
        errand = Errand(PURPOSE, key, occasion.at, person.id, rank=rank, fan_out_id=sending_id)
        told += queue_to(session, person, message, errand)
    return told


def _told_until(session: Session, occasion: Occasion) -> datetime:
    """When followers were last told; a morning that was skipped told them nothing."""
    query = select(func.max(Occurrence.local_date)).where(
        Occurrence.schedule == NAME,
        Occurrence.outcome != SKIPPED,
        Occurrence.local_date < occasion.day,
    )
    day = session.scalar(query)
    return instant(day, RULE.clock, RULE.zone) if day else occasion.at - FIRST

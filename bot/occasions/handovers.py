"""When a seat has a new holder: open measures and action points go along, and both are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.occasions.occasion import Occasion, sent
from digests import handover as words
from digests.handover import HandoverFacts
from handlers.seats.telling import speech, tell
from models.delivery.outbox import NOTHING, Occurrence
from models.groups import Seat
from models.measures.progress import standings
from models.schedule import local_day, next_daytime
from models.seats.handover import (
    Handover,
    Succession,
    hand_over,
    meetings_ahead,
    message_key,
    successions,
)
from models.seats.requests import waiting_for


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """The handovers of this moment: as soon as the successor's first day has come.

    A successor who began before the timetable did takes over what is left behind, no more. What
    is left behind later still, for example by an import, is handed over on a later day.
    """
    found = [each for each in successions(session, local_day(now)) if each.ended.person is not None]
    done = _done(session, {_name(each) for each in found})
    for each in found:
        first, today = each.successor.valid_from, local_day(now, each.successor.group.zone)
        if each.is_fresh and (first < local_day(began) or _name(each) in done):
            continue
        day = today if _name(each) in done else first
        if day not in done.get(_name(each), ()):
            act = partial(take_over, ended_id=each.ended.id)
            yield Occasion(_name(each), day, now, act, each.successor.id)


def take_over(session: Session, occasion: Occasion, *, ended_id: int) -> str:
    """Moves measures and points, and queues what both are told for the working daytime."""
    ended = session.get_one(Seat, ended_id)
    successor = session.get_one(Seat, occasion.subject)
    found = hand_over(session, ended, successor, occasion.at)
    if found is None:
        return NOTHING
    facts = _facts(session, found, successor, occasion.at)
    at = next_daytime(occasion.at, found.group.zone)
    message = words.message(facts, speech(found.successor))
    told = int(tell(session, found.successor, message, occasion.schedule, at))
    if found.measures or found.points:
        receipt = words.receipt(facts, speech(found.former))
        told += tell(session, found.former, receipt, occasion.schedule, at)
    return sent(told)


def _facts(session: Session, found: Handover, successor: Seat, at: datetime) -> HandoverFacts:
    on = local_day(at, found.group.zone)
    facts = words.gather(
        found,
        successor.role,
        standings(session, found.measures, on),
        meetings_ahead(session, found.group, at),
        on,
    )
    waiting = waiting_for(session, found.successor, on)
    mine = [request for request, _ in waiting if request.group_id == found.group.id]
    return replace(facts, unanswered=len(mine))


def _name(each: Succession) -> str:
    assert each.ended.person is not None
    return message_key(each.successor, each.ended.person)


def _done(session: Session, names: set[str]) -> dict[str, set[date]]:
    """On which days the handovers with these names have been done."""
    query = select(Occurrence.schedule, Occurrence.local_date).where(Occurrence.schedule.in_(names))
    found: dict[str, set[date]] = {}
    for name, day in session.execute(query) if names else ():
        found.setdefault(name, set()).add(day)
    return found

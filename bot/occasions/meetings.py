"""Around a meeting: what awaits it, and what it decided, to each member whom it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.occasions.occasion import NOTHING, Occasion, sent
from bot.occasions.telling import queue_to
from digests import meeting
from digests.asking import may_be_told
from handlers import texts
from models.delivery.outbox import Occurrence
from models.delivery.outgoing import Errand
from models.groups import Group
from models.language import Language
from models.meetings.meeting import Meeting
from models.message import Message
from models.people.organisations import Person
from models.representation.involvement import concerned, is_told
from models.schedule import MORNING, ZONE, instant, local_day
from models.seats.holders import members_of

NEAR = timedelta(days=60)
"""How long an occasion of a meeting is looked back at; meetings are told within 14 days."""


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """The digests before and after each meeting that is near."""
    done = _done(session, now)
    for found in meeting.meetings_around(session, local_day(now)):
        zone = found.group.zone
        for name, day, act in (
            (f"meeting:{found.id}:before", meeting.told_before(found, zone), tell_before),
            (f"meeting:{found.id}:after", meeting.told_after(found, zone), tell_after),
        ):
            at = instant(day, MORNING, zone)
            if began < at <= now and (name, day) not in done:
                yield Occasion(name, day, at, act, found.id)


def tell_before(session: Session, occasion: Occasion) -> str:
    """The digest before a meeting, to each member."""
    found = session.get_one(Meeting, occasion.subject)
    facts = meeting.gather_before(session, found, occasion.day)
    return _tell(session, found, occasion, lambda words: meeting.message_before(facts, words))


def tell_after(session: Session, occasion: Occasion) -> str:
    """The decisions after a meeting, to each member, also those who were absent."""
    found = session.get_one(Meeting, occasion.subject)
    facts = meeting.gather_after(session, found, occasion.day)
    return _tell(session, found, occasion, lambda words: meeting.message_after(facts, words))


def _done(session: Session, now: datetime) -> set[tuple[str, date]]:
    query = select(Occurrence.schedule, Occurrence.local_date).where(
        Occurrence.schedule.like("meeting:%"), Occurrence.fired_at > now - NEAR
    )
    return {(name, day) for name, day in session.execute(query)}


def _tell(
    session: Session,
    found: Meeting,
    occasion: Occasion,
    say: Callable[[Language], Message | None],
) -> str:
    people = _told(session, found.group, occasion.day)
    messages = {code: say(texts.language(code, ZONE)) for code in {p.language for p in people}}
    told = 0
    for person in people:
        message = messages[person.language]
        if message is None:
            return NOTHING
        key = f"{occasion.schedule}:{occasion.day}:{person.id}"
        errand = Errand("meeting", key, occasion.at, person_id=person.id)
        told += queue_to(session, person, message, errand)
    return sent(told)


def _told(session: Session, group: Group, on: date) -> list[Person]:
    """The members who hear of the group's meetings: those whose district its area concerns."""
    members = concerned(session, group, members_of(session, group, on), on, is_told)
    return [person for person in members if may_be_told(person, on)]

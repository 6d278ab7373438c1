"""What asks somebody for something unasked: everything of a week in one message to a person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from digests.words import say
from models.delivery.outbox import Delivery
from models.language import Language
from models.message import Message, Part, Text
from models.people.absences import away
from models.people.organisations import Person
from models.schedule import MORNING, ZONE, instant, monday_of

PURPOSE = "asking"
MOST_PARTS = 36
EVERY_HOUR = range(8, 17)
"""The local hours that a member may choose to be asked at."""


@dataclass(frozen=True)
class Asking:
    """One kind of thing that a person is asked; `summary` is its share of the notification.

    From `useful_until` on it cannot be answered any more.
    """

    person_id: int
    summary: str
    parts: tuple[Part, ...]
    useful_until: datetime | None = None


@dataclass(frozen=True)
class Round:
    """One morning of asking: the day, the moment, who may be asked, and how they are spoken to.

    `silent` are the ids of those who can press but not write back, for they read by e-mail.
    """

    on: date
    at: datetime
    people: tuple[Person, ...]
    speech: Callable[[Person], Language]
    silent: frozenset[int] = frozenset()


Source = Callable[[Session, Round], Sequence[Asking]]
"""Where askings come from: measures that wait for a report, surveys that wait for an answer."""


def may_be_told(person: Person, on: date) -> bool:
    """Whether the person works here and has not paused direct messages."""
    paused = person.paused_until is not None and on < person.paused_until
    return person.is_active(on) and not paused


def askable(session: Session, on: date, hours: Collection[int] = EVERY_HOUR) -> tuple[Person, ...]:
    """The people who may be asked on a day, at one of these hours of their own choice.

    They are active, have not paused, are not away, and have not been asked this week.
    """
    query = select(Person).where(
        Person.id.not_in(asked_this_week(on)), Person.asked_hour.in_(hours)
    )
    people = [
        person for person in session.scalars(query.order_by(Person.id)) if may_be_told(person, on)
    ]
    absent = away(session, [person.id for person in people], on)
    return tuple(person for person in people if person.id not in absent)


def asked_this_week(on: date) -> Select[int | None]:
    """The ids of those who have been asked in the week of a day."""
    monday = instant(monday_of(on), MORNING.replace(hour=0), ZONE)
    return select(Delivery.person_id).where(
        Delivery.purpose == PURPOSE, Delivery.due_at >= monday, Delivery.person_id.is_not(None)
    )


def useful_until(askings: Sequence[Asking]) -> datetime | None:
    """Until when a message of several is of use; none where any of it can always be answered."""
    ends = [asking.useful_until for asking in askings]
    known = [at for at in ends if at is not None]
    return max(known) if len(known) == len(ends) else None


def prompt(person: Person, askings: Sequence[Asking], language: Language) -> Message:
    """The one message of the week to a person; what does not fit any more waits for the next."""
    parts: list[Part] = [Text(text=say("prompt", "greeting", language, person=person))]
    topics = []
    for asking in askings:
        if len(parts) + len(asking.parts) <= MOST_PARTS:
            parts += asking.parts
            topics.append(asking.summary)
    summary = say("prompt", "summary", language, topics=topics)
    return Message(summary=summary, parts=tuple(parts))

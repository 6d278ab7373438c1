"""Around a meeting: what awaits it, and what it decided, to each member whom it concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.occasions.occasion import NOTHING, SKIPPED, Occasion, sent
from bot.occasions.telling import queue_to
from digests import meeting
from digests.asking import may_be_told
from digests.decided import (
    DecidedFacts,
    Reader,
    for_others,
    gather_after,
    message_after,
    told_after,
)
from handlers.seats.telling import speech
from models.delivery.outbox import Occurrence
from models.delivery.outgoing import Errand
from models.groups import Group
from models.language import Language
from models.meetings.affected import Told, affected
from models.meetings.attendance import Attending, roll
from models.meetings.meeting import Meeting
from models.meetings.minutes import written_lately
from models.message import Message
from models.people.organisations import Person
from models.representation.involvement import concerned, is_told
from models.schedule import MORNING, instant, is_working_day, local_day
from models.seats.holders import members_of

NEAR = timedelta(days=60)
"""How long an occasion of a meeting is looked back at; meetings are told within 14 days."""


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """The digests before and after each meeting that is near, and of what was written later."""
    done = _done(session, now)
    for found in meeting.meetings_around(session, local_day(now)):
        zone = found.group.zone
        for name, day, act in (
            (f"meeting:{found.id}:before", meeting.told_before(found, zone), tell_before),
            (_after(found), told_after(found, zone), tell_after),
        ):
            at = instant(day, MORNING, zone)
            if began < at <= now and not _is_done(done, name, day):
                yield Occasion(name, day, at, act, found.id)
    yield from _written_later(session, began, now, done)


def _is_done(done: Done, name: str, day: date) -> bool:
    """Whether it was done; a digest before a meeting also when it was told on a later day."""
    return any(each >= day if name.endswith(":before") else each == day for each in done[name])


def _after(found: Meeting) -> str:
    return f"meeting:{found.id}:after"


def _written_later(
    session: Session, began: datetime, now: datetime, done: Done
) -> Iterator[Occasion]:
    """What was written or corrected after the digest after its meeting, each working morning.

    What a skipped morning would have told is told on the next.
    """
    for found, moments in written_lately(session, now - NEAR):
        zone = found.group.zone
        day = _last_working_morning(now, zone)
        at = instant(day, MORNING, zone)
        told = _told_until(done, found, day)
        is_new = any((told is None or told <= written) and written < at for written in moments)
        is_later = day > told_after(found, zone) and began < at
        if is_new and is_later and day not in done[_after(found)]:
            yield Occasion(_after(found), day, at, tell_after, found.id)


def _last_working_morning(now: datetime, zone: str) -> date:
    day = local_day(now, zone)
    if now < instant(day, MORNING, zone):
        day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _told_until(done: Done, found: Meeting, before: date) -> datetime | None:
    """Until when what a meeting agreed has been told before a day; None where nothing was.

    What was skipped was not told. A meeting from before the timetable counts as told of in time.
    """
    zone = found.group.zone
    first = told_after(found, zone)
    days = {day: outcome for day, outcome in done[_after(found)].items() if day < before}
    told = [day for day, outcome in days.items() if outcome != SKIPPED]
    if not days and first < before:
        told = [first]
    return instant(max(told), MORNING, zone) if told else None


def tell_before(session: Session, occasion: Occasion) -> str:
    """The digest before a meeting, to each member; those who can answer get the buttons."""
    found = session.get_one(Meeting, occasion.subject)
    facts = meeting.gather_before(session, found, occasion.day)
    called = roll(session, found)

    def message(person: Person, language: Language) -> Message | None:
        answers = called.may_answer(person)
        return meeting.message_before(facts, language, person.id, answers=answers)

    people = _told(session, found.group, occasion.day)
    return sent(_tell(session, people, occasion, message))


def tell_after(session: Session, occasion: Occasion) -> str:
    """What a meeting agreed, to each member, also those absent, and to all whom it concerns."""
    found = session.get_one(Meeting, occasion.subject)
    since = _told_until(_done(session, occasion.at), found, occasion.day)
    facts = gather_after(session, found, occasion.day, since)
    if not facts.has_news:
        return NOTHING
    answers = roll(session, found)
    away = {each.id for each in answers.called if answers.of(each) in NOT_THERE}

    def message(person: Person, language: Language) -> Message | None:
        return message_after(facts, language, Reader(person, absent=person.id in away))

    members = _told(session, found.group, occasion.day)
    told = _tell(session, members, occasion, message)
    others = _tell_others(session, found, occasion, facts)
    return sent(told + others)


def _tell_others(session: Session, found: Meeting, occasion: Occasion, facts: DecidedFacts) -> int:
    """To each outside the group only what concerns them."""
    members = frozenset(each.id for each in members_of(session, found.group, occasion.day))
    whom = Told(found.group, facts.decisions, facts.points, members)
    number = 0
    for each in affected(session, whom, occasion.day):
        theirs = for_others(facts, each.decisions, each.points)
        reader = Reader(each.person, outside=True)
        if may_be_told(each.person, occasion.day):
            message = message_after(theirs, speech(each.person), reader)
            number += _queued(session, each.person, message, occasion)
    return number


NOT_THERE = (Attending.ABSENT, Attending.DEPUTY)

Done = Mapping[str, Mapping[date, str]]
"""The days on which the occasions of meetings were done, and what came of each, by their names."""


def _done(session: Session, now: datetime) -> Done:
    query = select(Occurrence.schedule, Occurrence.local_date, Occurrence.outcome).where(
        Occurrence.schedule.like("meeting:%"), Occurrence.fired_at > now - NEAR
    )
    done: dict[str, dict[date, str]] = defaultdict(dict)
    for name, day, outcome in session.execute(query):
        done[name][day] = outcome
    return done


def _tell(
    session: Session,
    people: Sequence[Person],
    occasion: Occasion,
    say: Callable[[Person, Language], Message | None],
) -> int:
    return sum(_queued(session, person, say(person, speech(person)), occasion) for person in people)


def _queued(session: Session, person: Person, message: Message | None, occasion: Occasion) -> bool:
    if message is None:
        return False
    key = f"{occasion.schedule}:{occasion.day}:{person.id}"
    errand = Errand("meeting", key, occasion.at, person_id=person.id)
    return queue_to(session, person, message, errand)


def _told(session: Session, group: Group, on: date) -> list[Person]:
    """The members who hear of the group's meetings: those whose district its area concerns."""
    members = concerned(session, group, members_of(session, group, on), on, is_told)
    return [person for person in members if may_be_told(person, on)]

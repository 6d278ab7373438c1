"""Around a meeting: what awaits it, and what it decided, to each member whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from bot.occasions.occasion import Occasion, sent
from bot.occasions.telling import queue_to
from digests import meeting
from digests.asking import may_be_told
from digests.decided import (
    Reader,
    for_others,
    gather_after,
    message_after,
    told_after,
)
from digests.entitled import asked_of, for_member
from digests.recorded import Done, after_name, recorded, told_until
from handlers.seats.telling import speech
from models.delivery.outbox import SKIPPED, Occurrence
from models.delivery.outgoing import Errand
from models.groups import Group
from models.meetings.affected import Told, affected
from models.meetings.attendance import Attending, roll
from models.meetings.meeting import Meeting
from models.meetings.minutes import written_lately
from models.meetings.usefulness import before_name, told_before
from models.message import Message
from models.people.organisations import Person
from models.representation.involvement import concerned, is_told
from models.schedule import MORNING, instant, is_working_day, local_day
from models.seats.holders import members_of

PURPOSE = "meeting"
NEAR = timedelta(days=60)
"""How long an occasion of a meeting is looked back at; meetings are told within 14 days."""


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """The digests before and after each meeting that is near, and of what was written later."""
    done = _done(session, now)
    for found in meeting.meetings_around(session, local_day(now)):
        zone = found.group.zone
        for name, day, act in (
            (before_name(found.id), told_before(found, zone), tell_before),
            (after_name(found.id), told_after(found, zone), tell_after),
        ):
            at = instant(day, MORNING, zone)
            if began < at <= now and not _is_done(done, name, day):
                yield Occasion(name, day, at, act, found.id)
        yield from _still_ahead(found, now, done)
    yield from _written_later(session, began, now, done)


def _is_done(done: Done, name: str, day: date) -> bool:
    """Whether it was done; a digest before a meeting also when it was told on a later day."""
    return any(each >= day if name.endswith(":before") else each == day for each in done[name])


def _still_ahead(found: Meeting, now: datetime, done: Done) -> Iterator[Occasion]:
    """The digest before a meeting that a standstill has skipped, the next working morning."""
    name, zone = before_name(found.id), found.group.zone
    outcomes, day = done[name], _last_working_morning(now, zone)
    is_missed = told_before(found, zone) in outcomes and {*outcomes.values()} == {SKIPPED}
    if is_missed and max(outcomes) < day and now < found.starts_at:
        yield Occasion(name, day, instant(day, MORNING, zone), tell_before, found.id)


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
        told = told_until(done, found, day)
        is_new = any((told is None or told <= written) and written < at for written in moments)
        is_later = day > told_after(found, zone) and began < at
        if is_new and is_later and day not in done[after_name(found.id)]:
            yield Occasion(after_name(found.id), day, at, tell_after, found.id)


def _last_working_morning(now: datetime, zone: str) -> date:
    day = local_day(now, zone)
    if now < instant(day, MORNING, zone):
        day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def tell_before(session: Session, occasion: Occasion) -> str:
    """The digest before a meeting, to each member; those who can answer get the buttons."""
    found = session.get_one(Meeting, occasion.subject)
    letters = letters_before(session, found, occasion.day)
    return _queue(session, letters, occasion, found.starts_at)


def letters_before(session: Session, found: Meeting, on: date) -> Iterator[Letter]:
    """What each member reads before a meeting."""
    facts = meeting.gather_before(session, found, on)
    called, asked = roll(session, found), asked_of(session, [facts.group])
    for person in _told(session, found.group, on):
        answers = called.may_answer(person)
        theirs = replace(facts, group=for_member(facts.group, person.id, asked))
        message = meeting.message_before(theirs, speech(person), person.id, answers=answers)
        yield person, message


def tell_after(session: Session, occasion: Occasion) -> str:
    """What a meeting agreed, to each member, also those absent, and to all whom it concerns."""
    found = session.get_one(Meeting, occasion.subject)
    since = told_until(_done(session, occasion.at), found, occasion.day)
    return _queue(session, letters_after(session, found, occasion.day, since), occasion)


def letters_after(
    session: Session, found: Meeting, on: date, since: datetime | None
) -> Iterator[Letter]:
    """What each member reads after a meeting, then those outside what concerns them alone."""
    facts = gather_after(session, found, on, since)
    if not facts.has_news:
        return
    answers, asked = roll(session, found), asked_of(session, [facts.group])
    away = {each.id for each in answers.called if answers.of(each) in NOT_THERE}
    for person in _told(session, found.group, on):
        reader = Reader(person, absent=person.id in away)
        theirs = replace(facts, group=for_member(facts.group, person.id, asked))
        yield person, message_after(theirs, speech(person), reader)
    members = frozenset(each.id for each in members_of(session, found.group, on))
    whom = Told(found.group, facts.decisions, facts.points, members)
    for each in affected(session, whom, on):
        theirs = for_others(facts, each.decisions, each.points)
        reader = Reader(each.person, outside=True)
        yield each.person, message_after(theirs, speech(each.person), reader)


Letter = tuple[Person, Message | None]
"""Somebody, and what is for them to read; None where there is nothing to tell them."""

NOT_THERE = (Attending.ABSENT, Attending.DEPUTY)


def _done(session: Session, now: datetime) -> Done:
    return recorded(session, Occurrence.fired_at > now - NEAR)


def _queue(
    session: Session,
    letters: Iterable[Letter],
    occasion: Occasion,
    useful_until: datetime | None = None,
) -> str:
    """Queues what is read by those who may be told."""
    told = 0
    for person, message in letters:
        if message is not None and may_be_told(person, occasion.day):
            key = f"{occasion.schedule}:{occasion.day}:{person.id}"
            errand = Errand(PURPOSE, key, occasion.at, person.id, useful_until=useful_until)
            told += queue_to(session, person, message, errand)
    return sent(told)


def _told(session: Session, group: Group, on: date) -> list[Person]:
    """The members who hear of the group's meetings: those whose district its area concerns."""
    return concerned(session, group, members_of(session, group, on), on, is_told)

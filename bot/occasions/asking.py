"""Every working day: the one message of the week to whoever is to be asked for something.

Each member is asked at an hour of their own, so each hour that somebody has chosen is an occasion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.occasions.inputs import input_askings
from bot.occasions.invitations import closing_before, survey_askings
from bot.occasions.occasion import Occasion, last_days, repeated, sent
from bot.occasions.outside import invite_outside
from bot.occasions.portions import begin_sending, is_large
from bot.occasions.silences import silences
from bot.occasions.telling import queue_to
from digests import asking, checkin
from digests.asking import Asking, Round, askable, may_be_told, prompt
from digests.point_checkin import point_askings
from digests.waiting import gather
from handlers.seats.telling import speech
from models.delivery.outbox import FanOut, Rank
from models.delivery.outgoing import Errand
from models.measures.prompts import Settling
from models.meetings.due_points import due_before
from models.people.addresses import person_address
from models.people.organisations import Person
from models.schedule import WorkingDays, local_day, may_ask_at, week_code

KIND = "asking"


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """Every working day at each hour that somebody has chosen, since the last.

    What was missed on a day is not asked in its evening, nor as that day's on the next: the next
    working day's own asking makes up for it.
    """
    if not may_ask_at(now):
        return
    last = last_days(session, "asking:%")
    for hour in hours_chosen(session):
        name = f"asking:{hour:02}"
        rule = WorkingDays(clock=time(hour))
        for day, at in repeated(rule, last.get(name), began, now):
            if day == local_day(now):
                yield Occasion(name, day, at, ask, hour)


def hours_chosen(session: Session) -> list[int]:
    """The local hours at which anybody is asked, in order."""
    return sorted(set(session.scalars(select(Person.asked_hour).distinct())))


def ask(session: Session, occasion: Occasion) -> str:
    """The one message of the week to everybody who is to be asked something at this hour."""
    Settling(session, occasion.day, occasion.at).run()
    # First those who had the week's letter: what they are sent is no part of the others' week.
    invited = invite_outside(session, occasion, (occasion.subject,))
    people = askable(session, occasion.day, (occasion.subject,))
    outcome = ask_people(session, people, occasion)
    return sent(invited) if invited and outcome == sent(0) else outcome


def ask_people(session: Session, people: Sequence[Person], occasion: Occasion) -> str:
    """Gathers all askings to the people, and queues one message to each; many in portions."""
    if is_large(people):
        begin_sending(session, KIND, occasion, people)
        return f"in portions to {len(people)}"
    return sent(_queue(session, people, occasion, None))


def ask_portion(session: Session, sending: FanOut, people: Sequence[Person]) -> None:
    """The same to a portion of many, but for those who have paused meanwhile."""
    occasion = Occasion(sending.key, sending.day, sending.at, ask, sending.subject)
    still = [person for person in people if may_be_told(person, sending.day)]
    _queue(session, still, occasion, sending)


def _queue(
    session: Session, people: Sequence[Person], occasion: Occasion, sending: FanOut | None
) -> int:
    found = {person: person_address(session, person) for person in people}
    addressed = {person.id: person for person, address in found.items() if address}
    silent = {person.id for person, address in found.items() if address and not address.takes_lines}
    asked = Round(occasion.day, occasion.at, tuple(addressed.values()), speech, frozenset(silent))
    by_person: dict[int, list[Asking]] = {}
    for each in _askings(session, asked):
        by_person.setdefault(each.person_id, []).append(each)
    rank, sending_id = (Rank.MASS, sending.id) if sending else (Rank.NOTICE, None)
    for person_id, found_for in by_person.items():
        person = addressed[person_id]
        message = prompt(person, found_for, speech(person))
        key = f"asking:{week_code(occasion.day)}:{person_id}"
        errand = Errand(
            asking.PURPOSE,
            key,
            occasion.at,
            person_id,
            rank=rank,
            fan_out_id=sending_id,
            useful_until=asking.useful_until(found_for),
        )
        queue_to(session, person, message, errand)
    return len(by_person)


def _askings(session: Session, asked: Round) -> Iterator[Asking]:
    """All that anybody is asked for; the rest of a member's waits for the day of the check-in.

    Only a survey that closes before that day, or an action point that is to be done before it,
    does not wait, and takes the check-in with it.
    """
    waiting = gather(session, asked.on, [person.id for person in asked.people])
    later = checkin.later_this_week(session, waiting, asked.on)
    urgent = closing_before(session, later, asked.on) | due_before(session, later, asked.on)
    now = tuple(person for person in asked.people if person.id not in later or person.id in urgent)
    yield from checkin.askings(session, asked, waiting, urgent)
    yield from point_askings(session, replace(asked, people=now))
    yield from silences(session, replace(asked, people=now))
    yield from input_askings(session, replace(asked, people=now))
    yield from survey_askings(session, replace(asked, people=now))

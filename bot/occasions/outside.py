"""The invitation to a survey for those outside chat, who have no other way to hear of it.

A member in a chat sees an open survey in their home. Who reads by e-mail alone, and has had the
week's letter already, gets the first invitation as a letter of its own; reminders wait for the
week's, as everybody's.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.occasions.invitations import survey_askings
from bot.occasions.occasion import Occasion
from bot.occasions.telling import queue_to
from digests.asking import PURPOSE, Round, asked_this_week, may_be_told, prompt
from handlers.seats.telling import speech
from models.delivery.outgoing import Errand
from models.people.absences import away
from models.people.accounts import Account
from models.people.addresses import mail_is_on
from models.people.organisations import Person


def invite_outside(session: Session, occasion: Occasion, hours: Collection[int]) -> int:
    """Queues the letters to those whose hour is among these; returns how many."""
    people = _waiting(session, occasion, hours) if mail_is_on(session) else ()
    if not people:
        return 0
    silent = frozenset(person.id for person in people)
    asked = Round(occasion.day, occasion.at, people, speech, silent)
    by_id = {person.id: person for person in people}
    told = 0
    for asking in survey_askings(session, asked, most_times=1):
        person = by_id[asking.person_id]
        message = prompt(person, [asking], speech(person))
        key = f"invited:{occasion.schedule}:{occasion.day}:{told}"
        errand = Errand(PURPOSE, f"{key}:{person.id}", occasion.at, person.id)
        told += queue_to(session, person, message, errand)
    return told


def _waiting(session: Session, occasion: Occasion, hours: Collection[int]) -> tuple[Person, ...]:
    """Those without any account who have had the week's letter."""
    query = select(Person).where(
        Person.id.in_(asked_this_week(occasion.day)),
        Person.id.not_in(select(Account.person_id)),
        Person.asked_hour.in_(hours),
    )
    people = [each for each in session.scalars(query) if may_be_told(each, occasion.day)]
    absent = away(session, [each.id for each in people], occasion.day)
    return tuple(each for each in people if each.id not in absent)

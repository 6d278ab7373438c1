"""Every working morning: the one message of the week to whoever is to be asked for something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from bot.occasions.invitations import survey_askings
from bot.occasions.occasion import Occasion, last_days, repeated, sent
from bot.occasions.telling import queue_to
from digests import asking, checkin
from digests.asking import Asking, Round, askable, prompt
from handlers.seats.telling import speech
from models.addresses import person_address
from models.organisations import Person
from models.outgoing import Errand
from models.schedule import WorkingDays, week_code

NAME = "asking"


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """Every working morning since the last."""
    last = last_days(session, NAME).get(NAME)
    for day, at in repeated(WorkingDays(), last, began, now):
        yield Occasion(NAME, day, at, ask)


def ask(session: Session, occasion: Occasion) -> str:
    """The one message of the week to everybody who is to be asked for something."""
    return ask_people(session, askable(session, occasion.day), occasion)


def ask_people(session: Session, people: Iterable[Person], occasion: Occasion) -> str:
    """Gathers all askings to the people, and queues one message to each."""
    addressed = {person.id: person for person in people if person_address(session, person)}
    asked = Round(occasion.day, occasion.at, tuple(addressed.values()), speech)
    by_person: dict[int, list[Asking]] = {}
    for source in (checkin.askings, survey_askings):
        for found in source(session, asked):
            by_person.setdefault(found.person_id, []).append(found)
    for person_id, found_for in by_person.items():
        person = addressed[person_id]
        message = prompt(person, found_for, speech(person))
        key = f"asking:{week_code(occasion.day)}:{person_id}"
        errand = Errand(asking.PURPOSE, key, occasion.at, person_id=person_id)
        queue_to(session, person, message, errand)
    return sent(len(by_person))

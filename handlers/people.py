"""Finding members by typing part of a name."""

from __future__ import annotations

from datetime import date

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.message import Choice
from models.organisations import DisplayPolicy, Person

MOST = 20


def person_options(session: Session, typed: str, on: date) -> tuple[Choice, ...]:
    """The active members whose names fit what is typed, the best first; protected ones never."""
    people = {
        person.id: person
        for person in session.scalars(select(Person).options(joinedload(Person.organisation)))
        if person.is_active(on) and person.display_policy is not DisplayPolicy.PROTECTED
    }
    names = {
        key: f"{person.shown_as()}, {person.organisation.name}" for key, person in people.items()
    }
    if not typed.strip():
        best = sorted(names.items(), key=lambda pair: pair[1])[:MOST]
    else:
        found = process.extract(
            typed, names, scorer=fuzz.WRatio, limit=MOST, score_cutoff=60, processor=str.casefold
        )
        best = [(key, name) for name, _, key in found]
    return tuple(Choice(label=name[:75], value=str(key)) for key, name in best)

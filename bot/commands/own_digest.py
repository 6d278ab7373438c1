"""A member's own weekly digest, as it was sent on a day or would have been."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from digests import own_week
from handlers.seats.telling import speech
from models.delivery.outbox import Occurrence
from models.digest_settings import Wanted, spells_of
from models.message import Message
from models.people.organisations import Person
from models.schedule import ZONE, instant, is_quiet


def own_digest(session: Session, person: Person, on: date) -> tuple[Message | None, str]:
    """What the member got on a day, else how their week stood then; and which of the two it is."""
    wanted = _fell_due(session, person, on)
    read = wanted or Wanted()
    facts = own_week.gather(session, person, own_week.period(session, person, read, on), on)
    return own_week.message(facts, speech(person), read), _told(session, person, on, wanted)


def _fell_due(session: Session, person: Person, on: date) -> Wanted | None:
    """How the member wanted it, where one fell due on the day."""
    for spell in spells_of(session, person):
        wanted, rule = spell.wanted, spell.wanted.rule(ZONE)
        is_due = wanted.is_on and not is_quiet(on) and rule.falls_on(on)
        if spell.is_own and is_due and spell.holds(instant(on, rule.clock, ZONE)):
            return wanted
    return None


def _told(session: Session, person: Person, on: date, wanted: Wanted | None) -> str:
    """Whether it was sent, by the row that remembers it; and whose it is."""
    query = select(Occurrence.outcome).where(
        Occurrence.schedule == f"own_week:{person.id}", Occurrence.local_date == on
    )
    outcome = session.scalar(query)
    if wanted is None:
        said = f"None fell due on {on}; this is how the week before it stood."
    elif outcome is None:
        said = f"This fell due on {on}; no row remembers that it was sent."
    elif outcome.startswith("queued"):
        said = f"This was sent on {on}."
    else:
        said = f"This fell due on {on} and was not sent: {outcome}."
    return f"{said} It is for {person.name} alone; that it is read here is written down."

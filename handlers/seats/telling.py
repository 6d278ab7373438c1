"""Telling those whom a change of seats concerns: one direct message each, in their language."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from digests.asking import may_be_told
from handlers import texts
from handlers.acquaintance import first_notice
from models.delivery.outbox import Delivery
from models.delivery.outgoing import Errand, queue
from models.language import Language
from models.message import Divider, Message
from models.people.addresses import person_address
from models.people.organisations import Person
from models.schedule import ZONE, local_day

PURPOSE = "seat"


def speech(person: Person) -> Language:
    """How a member is spoken to in a direct message."""
    return texts.language(person.language, ZONE)


def is_reached(session: Session, person: Person, at: datetime) -> bool:
    """Whether a direct message would come to the member: known here, active and not paused."""
    told = may_be_told(person, local_day(at))
    return told and person_address(session, person) is not None


def tell(session: Session, person: Person, message: Message, key: str, at: datetime) -> bool:
    """Queues a direct message once for its key; says whether it was new and can be sent."""
    return tell_until(session, person, message, (key, at, None))


def tell_until(
    session: Session, person: Person, message: Message, when: tuple[str, datetime, datetime | None]
) -> bool:
    """The same with the key, when it is due, and until when the message is of use."""
    key, at, until = when
    if not may_be_told(person, local_day(at)):
        return False
    errand = Errand(PURPOSE, f"{key}:{person.id}", at, person.id, useful_until=until)
    return queue_for(session, person, message, errand) in session.new


def queue_for(
    session: Session, person: Person, message: Message, errand: Errand
) -> Delivery | None:
    """Queues a message to a member who can be reached; the first one greets as well.

    What greets is sent however late it is: it says what is kept of the member.
    """
    address = person_address(session, person)
    if address is None:
        return None
    if person.noticed_at is None:
        person.noticed_at = errand.due_at
        errand = replace(errand, useful_until=None)
        notice = first_notice(speech(person), takes_lines=address.takes_lines)
        parts = (*notice.parts, Divider(), *message.parts)
        message = message.model_copy(update={"parts": parts})
    return queue(session, message, address, errand)

"""How an occasion's messages go out: to a group's channels, or to one member."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.occasions.occasion import Occasion, sent
from handlers.acquaintance import first_notice
from handlers.seats.telling import speech
from models.delivery.outgoing import Errand, queue
from models.groups import Group
from models.message import Audience, Divider, Message
from models.people.addresses import group_addresses, person_address
from models.people.organisations import Person

NO_CHANNEL = "no channel"


def post(session: Session, group: Group, message: Message, purpose: str, occasion: Occasion) -> str:
    """Queues a message to each of the group's channels, for everybody there."""
    addresses = group_addresses(session, group)
    message = message.model_copy(update={"audience": Audience.EVERYONE})
    key = f"{occasion.schedule}:{occasion.day}"
    for address in addresses:
        queue(session, message, address, Errand(purpose, key, occasion.at, group_id=group.id))
    return sent(len(addresses)) if addresses else NO_CHANNEL


def queue_to(session: Session, person: Person, message: Message, errand: Errand) -> bool:
    """Queues a message to a member who can be reached; the first one greets as well."""
    address = person_address(session, person)
    if address is None:
        return False
    if person.noticed_at is None:
        person.noticed_at = errand.due_at
        notice = first_notice(speech(person), takes_lines=address.takes_lines)
        parts = (*notice.parts, Divider(), *message.parts)
        message = message.model_copy(update={"parts": parts})
    queue(session, message, address, errand)
    return True

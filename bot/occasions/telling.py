"""How an occasion's messages go out: to a group's channels, or to one member."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.occasions.occasion import Occasion, sent
from handlers.seats.telling import queue_for
from models.delivery.outgoing import Errand, queue
from models.groups import Group
from models.message import Audience, Message
from models.people.addresses import group_addresses
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
    """Queues a message to a member who can be reached, and says whether they can be."""
    return queue_for(session, person, message, errand) is not None

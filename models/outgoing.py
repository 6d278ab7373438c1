"""Queueing outgoing messages in the same transaction as the change that causes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.addresses import Address
from models.lost_time import doubtful_since
from models.message import Message
from models.outbox import Delivery, DeliveryState

QUEUED = "queued"
"""The session's note of the workspaces in which deliveries were queued, so that they are sent."""


@dataclass(frozen=True)
class Errand:
    """What a message is for, the key that makes it exist once, and for whom it is.

    `purpose` decides what happens when its arrival is in doubt. The key is made of identifiers
    and ISO dates, never of words that a reader sees.
    """

    purpose: str
    key: str
    due_at: datetime
    person_id: int | None = None
    group_id: int | None = None


def queue(session: Session, message: Message, address: Address, errand: Errand) -> Delivery:
    """Queues a message to an address; the same key a second time gives the first delivery."""
    name = f"{errand.key}:{address.platform}:{address.workspace}:{address.channel or address.user}"
    known = session.scalars(select(Delivery).where(Delivery.key == name)).first()
    if known is not None:
        return known
    delivery = Delivery(
        id=str(uuid5(NAMESPACE_URL, f"samverkan:{name}")),
        key=name,
        platform=address.platform,
        workspace=address.workspace,
        channel=address.channel,
        user=address.user,
        person_id=errand.person_id,
        group_id=errand.group_id,
        purpose=errand.purpose,
        message=message.model_dump(mode="json"),
        due_at=errand.due_at,
    )
    if (since := doubtful_since(session, errand.due_at)) is not None:
        delivery.state, delivery.started_at = DeliveryState.IN_DOUBT, since
    session.add(delivery)
    session.info.setdefault(QUEUED, set()).add((address.platform, address.workspace))
    return delivery

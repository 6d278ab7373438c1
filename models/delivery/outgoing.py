"""Queueing outgoing messages in the same transaction as the change that causes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.delivery.lost_time import doubtful_since
from models.delivery.outbox import Delivery, DeliveryState, Rank
from models.message import Message
from models.people.addresses import Address

QUEUED = "queued"
"""The session's note of the workspaces in which deliveries were queued, so that they are sent."""

TOGETHER = timedelta(seconds=2)
"""How long an update of a message waits for others that would take its place."""


@dataclass(frozen=True)
class Errand:
    """What a message is for, the key that makes it exist once, and for whom it is.

    `purpose` decides what happens when its arrival is in doubt. The key is made of identifiers
    and ISO dates, never of words that a reader sees. From `useful_until` on it is not sent.
    """

    purpose: str
    key: str
    due_at: datetime
    person_id: int | None = None
    group_id: int | None = None
    rank: Rank = Rank.NOTICE
    fan_out_id: int | None = None
    useful_until: datetime | None = None


def queue(session: Session, message: Message, address: Address, errand: Errand) -> Delivery:
    """Queues a message to an address; the same key a second time gives the first delivery."""
    name = _key(address, errand)
    known = session.scalars(select(Delivery).where(Delivery.key == name)).first()
    if known is not None:
        return known
    delivery = Delivery(**_values(address, errand), message=message.model_dump(mode="json"))
    if (since := doubtful_since(session, errand.due_at)) is not None:
        delivery.state, delivery.started_at = DeliveryState.IN_DOUBT, since
    session.add(delivery)
    session.info.setdefault(QUEUED, set()).add((address.platform, address.workspace))
    return delivery


Queued = tuple[Message, Address, Errand]
"""A message, where it goes, and what for."""


def queue_all(session: Session, messages: Sequence[Queued]) -> None:
    """Queues many messages at once; what was queued before for the same key stays as it is."""
    if not messages:
        return
    # The messages are written by the store as they are: dictionaries of them would only cost.
    rows = [_values(address, errand) | {"message": said} for said, address, errand in messages]
    doubtful = {at: doubtful_since(session, at) for at in {row["due_at"] for row in rows}}
    for row in rows:
        since = doubtful[row["due_at"]]
        row["state"] = DeliveryState.IN_DOUBT if since else DeliveryState.QUEUED
        row["started_at"] = since
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    session.execute(insert(Delivery).on_conflict_do_nothing(), rows)
    told = {(address.platform, address.workspace) for _, address, _ in messages}
    session.info.setdefault(QUEUED, set()).update(told)


def _key(address: Address, errand: Errand) -> str:
    place = address.channel or address.user
    return f"{errand.key}:{address.platform}:{address.workspace}:{place}"


def _values(address: Address, errand: Errand) -> dict[str, Any]:
    """A delivery's columns, but for its message."""
    name = _key(address, errand)
    return {
        "id": str(uuid5(NAMESPACE_URL, f"samverkan:{name}")),
        "key": name,
        "platform": address.platform,
        "workspace": address.workspace,
        "channel": address.channel,
        "user": address.user,
        "person_id": errand.person_id,
        "group_id": errand.group_id,
        "purpose": errand.purpose,
        "due_at": errand.due_at,
        "rank": errand.rank,
        "fan_out_id": errand.fan_out_id,
        "useful_until": errand.useful_until,
    }


def queued_for(session: Session, key: str) -> Sequence[Delivery]:
    """The deliveries of an errand, to whatever addresses."""
    return session.scalars(
        select(Delivery).where(Delivery.key.startswith(f"{key}:", autoescape=True))
    ).all()


def queue_update(session: Session, before: Delivery, message: Message, at: datetime) -> None:
    """Queues a message that takes the place of one sent earlier, or still on its way.

    Of several that wait for the same message only the last is sent.
    """
    content = message.model_dump(mode="json")
    session.info.setdefault(QUEUED, set()).add((before.platform, before.workspace))
    waiting = update(Delivery).where(
        Delivery.updates_id == before.id, Delivery.state == DeliveryState.QUEUED
    )
    taken = session.scalars(waiting.values(message=content).returning(Delivery.id)).first()
    if taken is not None:
        return
    number = select(func.count()).select_from(Delivery).where(Delivery.updates_id == before.id)
    # Two at once make one key: the transaction that comes second is tried anew, and takes the row.
    name = f"update:{before.id}:{session.scalar(number) or 0}"
    session.add(
        Delivery(
            id=str(uuid5(NAMESPACE_URL, f"samverkan:{name}")),
            key=name,
            platform=before.platform,
            workspace=before.workspace,
            channel=before.channel,
            user=before.user,
            person_id=before.person_id,
            group_id=before.group_id,
            purpose=before.purpose,
            message=content,
            due_at=at + TOGETHER,
            updates_id=before.id,
            rank=Rank.NOTICE,
        )
    )
    session.flush()


def update_number(key: str) -> int:
    """Which of the updates of its message one is, the first being 0."""
    return int(key.rpartition(":")[2])

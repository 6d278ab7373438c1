"""The demo's outbox: what would have been sent by e-mail, to be read and answered."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.delivery.port import Outgoing
from bot.mail.letters import subject_of
from bot.mail.sender import EmailSender
from models.delivery.outbox import Delivery, DeliveryState
from models.message import Message
from models.people.addresses import MAIL

SHOWN = 100


@dataclass(frozen=True)
class Sent:
    """A letter in the list: its delivery, to whom, about what, and when."""

    id: str
    to: str
    subject: str
    at: datetime


@dataclass(frozen=True)
class Outbox:
    """The letters that were written, the newest first; each is written again to be shown."""

    sender: EmailSender

    def letters(self) -> Sequence[Sent]:
        """The last letters."""
        query = (
            select(Delivery)
            .where(Delivery.platform == MAIL, Delivery.state == DeliveryState.SENT)
            .order_by(Delivery.due_at.desc(), Delivery.id)
            .limit(SHOWN)
        )
        with self.sender.database.read() as session:
            rows = session.scalars(query).all()
        return [self._listed(row) for row in rows]

    def letter(self, delivery_id: str) -> tuple[Sent, str] | None:
        """One letter and its HTML; none where there is no such letter."""
        with self.sender.database.read() as session:
            row = session.get(Delivery, delivery_id)
        if row is None or row.platform != MAIL or row.state is not DeliveryState.SENT:
            return None
        message, envelope = self.sender.prepared(_outgoing(row))
        written = self.sender.writer.written(message, envelope)
        html = written.html
        for picture in written.pictures.values():
            data = base64.b64encode(picture.content).decode("ascii")
            html = html.replace(f"cid:{picture.cid}", f"data:image/png;base64,{data}")
        return self._listed(row), html

    def _listed(self, row: Delivery) -> Sent:
        message, envelope = self.sender.addressed(_outgoing(row))
        return Sent(row.id, row.user, subject_of(message, envelope), row.due_at)


def _outgoing(row: Delivery) -> Outgoing:
    message = Message.model_validate(row.message)
    begun = row.started_at or row.due_at
    replaces = "updated" if row.updates_id else ""
    return Outgoing(row.id, row.workspace, row.channel, row.user, message, begun, replaces)

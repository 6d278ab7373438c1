"""A digest that could not be posted, for its channel is gone: to those who lead the group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.occasions.leading import leading
from bot.occasions.occasion import Occasion, sent
from bot.occasions.telling import queue_to
from bot.occasions.weeks import PURPOSE
from handlers.delivery.words import TROUBLES
from handlers.seats.telling import speech
from models.delivery.outbox import Delivery, DeliveryState, Occurrence
from models.delivery.outgoing import Errand
from models.delivery.trouble import Trouble
from models.groups import Group
from models.message import Audience, Message, Note
from models.schedule import local_day

LOOKED_BACK = timedelta(days=2)
GONE = (
    Trouble.CHANNEL_GONE,
    Trouble.CHANNEL_ARCHIVED,
    Trouble.NOT_IN_CHANNEL,
    Trouble.NOT_ALLOWED,
)
"""Why a channel cannot be written in, which those who lead its group can do something about."""


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """Each digest of the last days that its channel did not take, once."""
    query = select(Delivery.id, Delivery.group_id).where(
        Delivery.purpose == PURPOSE,
        Delivery.state == DeliveryState.FAILED,
        Delivery.trouble.in_(GONE),
        Delivery.due_at > max(began, now - LOOKED_BACK),
        Delivery.group_id.is_not(None),
        ~select(Occurrence.id).where(Occurrence.schedule == "astray:" + Delivery.id).exists(),
    )
    for number, group_id in session.execute(query).all():
        yield Occasion(f"astray:{number}", local_day(now), now, tell, group_id or 0)


def tell(session: Session, occasion: Occasion) -> str:
    """The digest itself, with why it did not come to the channel and what to do about it."""
    lost = session.get_one(Delivery, occasion.schedule.partition(":")[2])
    group = session.get_one(Group, occasion.subject)
    message = Message.model_validate(lost.message)
    what, do = TROUBLES[lost.trouble] if lost.trouble else ("", "")
    told = 0
    for person in leading(session, group, occasion.at):
        _ = speech(person)._
        why = _("This did not come to the group's channel. {why}. {do}", why=_(what), do=_(do))
        parts = (message.parts[0], Note(text=why), *message.parts[1:])[:40]
        own = message.model_copy(update={"parts": parts, "audience": Audience.YOU})
        errand = Errand("meeting", f"{occasion.schedule}:{person.id}", occasion.at, person.id)
        told += queue_to(session, person, own, errand)
    return sent(told)

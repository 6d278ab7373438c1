"""Every working morning: requests for a seat that wait are asked about once more, or lapse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from bot.occasions.occasion import Occasion, last_days, repeated
from handlers.seats.co_opt_told import lapse_requests, remind_chairs
from models.delivery.outbox import NOTHING
from models.schedule import WorkingDays, is_daytime

NAME = "seat_requests"


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """Every working morning since the last; in the evening nobody is told."""
    last = last_days(session, NAME).get(NAME)
    for day, at in repeated(WorkingDays(), last, began, now) if is_daytime(now) else ():
        yield Occasion(NAME, day, at, look_after)


def look_after(session: Session, occasion: Occasion) -> str:
    """Lets lapse what nobody answered in time, and reminds of what has waited for long."""
    lapsed = lapse_requests(session, occasion.day, occasion.at)
    waiting = remind_chairs(session, occasion.day, occasion.at)
    return f"lapsed {lapsed}, waiting {waiting}" if lapsed or waiting else NOTHING

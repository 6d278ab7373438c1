"""Every working morning: wordings that have waited for a chair's approval are asked about once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from bot.occasions.occasion import Occasion, last_days, repeated
from handlers.chain.approval_told import remind_chairs
from models.delivery.outbox import NOTHING
from models.schedule import WorkingDays, is_daytime

NAME = "approvals"


def due(session: Session, began: datetime, now: datetime) -> Iterator[Occasion]:
    """Every working morning since the last; in the evening nobody is told."""
    last = last_days(session, NAME).get(NAME)
    for day, at in repeated(WorkingDays(), last, began, now) if is_daytime(now) else ():
        yield Occasion(NAME, day, at, remind)


def remind(session: Session, occasion: Occasion) -> str:
    """Asks the chairs once more who have let a wording wait for five working days."""
    told = remind_chairs(session, occasion.day, occasion.at)
    return f"reminded {told}" if told else NOTHING

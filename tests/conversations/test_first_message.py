"""The bot introduces itself in its first message to a member, whoever speaks first, and once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.timetable import tick_through
from models.database import Database
from models.delivery.outbox import Delivery
from tests.conversations.talk import MONDAY_MORNING

NOTICES = ("Hej, jag är Samverkansbot", "Hello, I am Samverkansbot")
HOUR = timedelta(hours=1)


def introductions(database: Database) -> dict[int, list[bool]]:
    """For each member, in order, whether a message to them begins with the notice."""
    query = select(Delivery).where(Delivery.person_id.is_not(None))
    found: dict[int, list[bool]] = {}
    with database.read() as session:
        for delivery in session.scalars(query.order_by(Delivery.due_at)):
            heading = delivery.message["parts"][0].get("text", "")
            found.setdefault(delivery.person_id or 0, []).append(heading in NOTICES)
    return found


def test_everybody_is_greeted_in_their_first_message_and_never_again(stockholm: Database) -> None:
    tick_through(stockholm, MONDAY_MORNING - HOUR, MONDAY_MORNING + timedelta(days=8))
    told = introductions(stockholm)
    assert len(told) > 30
    assert all(sum(greeted) == 1 for greeted in told.values())

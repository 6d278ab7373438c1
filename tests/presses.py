"""A press that counts in this process, since starting another takes longer than the counting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from bot.publishing.closing import Closing
from bot.publishing.press import Counting
from models.database import Database
from models.surveys.sealing import KeysInMemory, SurveyKeys


class PressHere:
    """Counts in this process."""

    @contextmanager
    def open(self) -> Iterator[Counting]:
        """What counts one survey; what it needs is loaded now, and never by what answers."""
        from bot.publishing.counting import count

        yield count


def published(database: Database, at: datetime, keys: SurveyKeys | None = None) -> int:
    """Publishes what has closed by a moment; returns how many surveys."""
    return Closing(database, keys or KeysInMemory(), PressHere()).publish_due(at)

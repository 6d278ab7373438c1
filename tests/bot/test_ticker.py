"""Nothing that takes long keeps the timetable waiting."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Event

import pytest

from bot.ticker import Ticker
from bot.timetable import begin
from models.database import Database
from tests.digests.village import NOW, farsta_in_week_24


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_timetable_goes_on_while_a_wave_is_counted(database: Database) -> None:
    with database.write() as session:
        farsta_in_week_24(session)
    begin(database, NOW - timedelta(hours=1))
    counted, ticked = Event(), Event()

    def count(_: datetime) -> None:
        counted.wait(60)

    ticker = Ticker(database, lambda: NOW, ticked.set)
    ticker.also(count)
    ticker.start()
    try:
        assert ticked.wait(10)
    finally:
        counted.set()
        ticker.stop()

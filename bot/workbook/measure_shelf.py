"""Measures remember what an import changed of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workbook.columns import Row
from bot.workbook.shelf import Held, Shelf
from models.measures.changes import IMPORT, Made, as_fact, write_down
from models.measures.measure import Measure

if TYPE_CHECKING:
    from bot.workbook.stored import Stored


class MeasureShelf(Shelf):
    """A changed row leaves behind what it said before, as a change in the chat does."""

    def change(self, held: Held, row: Row, names: list[str], stored: Stored) -> None:
        measure: Measure = held.record
        before = {name: as_fact(getattr(measure, name)) for name in names}
        super().change(held, row, names, stored)
        stored.session.flush()
        # The ids have been written, so what they point to is read again.
        stored.session.expire(measure, [name for name in names if name != "area"])
        write_down(stored.session, measure, before, Made(None, stored.at, IMPORT))

"""Seats remember what was believed before: a changed row leaves its old self behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from bot.workbook.columns import Column, Row, Value
from bot.workbook.shelf import Held, Shelf
from models.groups import Seat
from models.seats.changes import keep_belief

if TYPE_CHECKING:
    from bot.workbook.stored import Stored


class SeatShelf(Shelf):
    """The living row keeps its code and identity; what it said before is kept as superseded."""

    def query(self) -> Select[Any]:
        living = super().query().where(Seat.superseded_at.is_(None))
        return living.options(joinedload(Seat.deputy_for))

    def value(self, record: Any, column: Column, stored: Stored) -> Value:
        if column.name == "recorded_on":
            return None
        if column.name == "deputy_for" and record.deputy_for is not None:
            # The deputised row may have been taken back in the chat, so it is not among the rows.
            return str(record.deputy_for.code)
        return super().value(record, column, stored)

    def compared(self, row: Row) -> Iterable[str]:
        """An empty position says nothing of a row that is there already."""
        names = super().compared(row)
        return (name for name in names if name != "position" or row.values[name] is not None)

    def new(self, row: Row, stored: Stored) -> Any:
        record = super().new(row, stored)
        known_on = row.values.get("recorded_on")
        group = stored.record("groups", str(row.values["group"]))
        record.position = record.position or record.code
        record.recorded_at = (
            datetime.combine(known_on, time(), ZoneInfo(group.zone))
            if isinstance(known_on, date)
            else stored.at
        )
        return record

    def write(self, record: Any, column: Column, value: Value, stored: Stored) -> None:
        if column.name != "recorded_on":
            super().write(record, column, value, stored)

    def change(self, held: Held, row: Row, names: list[str], stored: Stored) -> None:
        seat: Seat = held.record
        if names != ["remark"]:
            keep_belief(stored.session, seat, stored.at)
        super().change(held, row, names, stored)

"""Seats remember what was believed before: a changed row leaves its old self behind."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select

from bot.workbook.columns import Column, Row, Value
from bot.workbook.shelf import Held, Shelf
from models.groups import Seat

if TYPE_CHECKING:
    from bot.workbook.stored import Stored

COPIED = (
    "group_id",
    "role",
    "organisation_id",
    "person_id",
    "deputy_for_id",
    "basis",
    "valid_from",
    "valid_until",
    "reason",
    "approved_by",
    "recorded_at",
    "remark",
)


class SeatShelf(Shelf):
    """The living row keeps its code and identity; what it said before is kept as superseded."""

    def query(self) -> Select[Any]:
        return super().query().where(Seat.superseded_at.is_(None))

    def value(self, record: Any, column: Column, stored: Stored) -> Value:
        if column.name == "recorded_on":
            return None
        return super().value(record, column, stored)

    def new(self, row: Row, stored: Stored) -> Any:
        record = super().new(row, stored)
        known_on = row.values.get("recorded_on")
        group = stored.record("groups", str(row.values["group"]))
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
            stored.session.add(_as_believed(seat, stored))
            seat.recorded_at = stored.at
        super().change(held, row, names, stored)


def _as_believed(seat: Seat, stored: Stored) -> Seat:
    """A copy of a seat as it was believed until now; its code says which copy it is."""
    earlier = stored.session.scalar(
        select(func.count()).where(Seat.code.startswith(f"{seat.code}~", autoescape=True))
    )
    copy = Seat(**{name: getattr(seat, name) for name in COPIED})
    copy.code = f"{seat.code}~{(earlier or 0) + 1}"
    copy.superseded_at = stored.at
    copy.represents = list(seat.represents)
    return copy

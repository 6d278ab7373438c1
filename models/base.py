"""What every table shares: naming, aware UTC times, and validity in `[from, until)`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import JSON, ColumnElement, DateTime, Dialect, Enum, MetaData, or_
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept as UTC in both databases; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must say its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {
        datetime: UtcDateTime,
        list[str]: JSON,
        list[int]: JSON,
        dict[str, Any]: JSON,
    }


class StoredEnum(Enum):
    """An enum kept as text; one look-up reads a value, where the base makes three calls."""

    def result_processor(self, _dialect: Dialect, _kind: object) -> Callable[[str | None], Any]:
        """What turns a value that was read into the member; another one is a `KeyError`."""
        assert self.enum_class is not None, "it is made of an enum"
        return {None: None, **{each.value: each for each in self.enum_class}}.__getitem__


def enum_column(kind: type[StrEnum], length: int = 40, *, checked: bool = True) -> Enum:
    """A column type that keeps an enum's values as text, checked by the database.

    SQLite cannot add a check to a table that is there: a column that comes later is unchecked.
    """
    return StoredEnum(
        kind,
        native_enum=False,
        create_constraint=checked,
        length=length,
        values_callable=lambda members: [member.value for member in members],
        name=kind.__name__.lower(),
    )


class Dated:
    """Something true from a day until, not including, another; no end means still true."""

    valid_from: Mapped[date] = mapped_column()
    valid_until: Mapped[date | None] = mapped_column(default=None)

    def holds_on(self, on: date) -> bool:
        """Whether this is true on the day."""
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)


# A question is kept for each day, since building it costs as much as asking it.
@lru_cache(maxsize=512)
def held_on(kind: type[Dated], on: date) -> ColumnElement[bool]:
    """The one way to ask the database what was true on a day."""
    return (kind.valid_from <= on) & or_(kind.valid_until.is_(None), kind.valid_until > on)

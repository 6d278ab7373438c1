"""How the rows of a sheet stand in a table: one place for both directions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Enum, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from bot.workbook.columns import Column, Key, Kind, Row, Sheet, Value, key_of

if TYPE_CHECKING:
    from bot.workbook.stored import Stored


@dataclass
class Held:
    """A row as it is stored, in the words of its sheet, and the record that holds it."""

    values: dict[str, Value]
    record: Any


@dataclass(frozen=True)
class Shelf:
    """A sheet and its table.

    `renamed` gives the attribute where it is not the column's name. `words` are references that
    are stored as they are written. `unkept` columns have no place in the table. `once` columns
    are read only for a new row.
    """

    sheet: Sheet
    model: type[Any]
    renamed: tuple[tuple[str, str], ...] = ()
    words: frozenset[str] = frozenset()
    unkept: frozenset[str] = frozenset()
    once: frozenset[str] = frozenset()

    def records(self, session: Session) -> Sequence[Any]:
        """All stored records of this sheet."""
        return session.scalars(self.query()).unique().all()

    def others(self, _session: Session) -> Iterable[tuple[str, Any]]:
        """Other names by which files may refer to a record."""
        return ()

    def load(self, records: Iterable[Any], stored: Stored) -> dict[Key, Held]:
        """The stored rows of this sheet by their keys."""
        held = (Held(self.values_of(record, stored), record) for record in records)
        return {key_of(self.sheet, one.values): one for one in held}

    def title(self, record: Any) -> str | None:
        """The name by which other sheets refer to a record; None where none does."""
        first = self.sheet.columns[0]
        if first.kind is Kind.REFERENCE:
            return None
        return str(getattr(record, self.attribute(first)))

    def query(self) -> Select[Any]:
        """What is loaded; the lists along with it, so that no row asks for its own."""
        lists = [
            selectinload(getattr(self.model, self.attribute(column)))
            for column in self.kept()
            if column.kind is Kind.REFERENCES
        ]
        return select(self.model).options(*lists)

    def kept(self) -> Iterable[Column]:
        """The columns that have a place in the table."""
        return (column for column in self.sheet.columns if column.name not in self.unkept)

    def compared(self, row: Row) -> Iterable[str]:
        """The columns of a row that may have changed."""
        keys = {column.name for column in self.sheet.key}
        aside = keys | self.unkept | self.once
        return (name for name in row.values if name not in aside)

    def attribute(self, column: Column) -> str:
        """The attribute that holds a column."""
        named = dict(self.renamed).get(column.name)
        if named is not None:
            return named
        if column.kind is Kind.REFERENCE and column.name not in self.words:
            return f"{column.name}_id"
        return "valid_until" if column.name == "valid_to" else column.name

    def is_late(self, column: Column) -> bool:
        """Whether a column can be written only when all rows of the sheet are there."""
        points_here = column.kind is Kind.REFERENCE and column.target == self.sheet.name
        return column.kind is Kind.REFERENCES or (points_here and column.name not in self.words)

    def values_of(self, record: Any, stored: Stored) -> dict[str, Value]:
        """A record in the words of its sheet."""
        return {column.name: self.value(record, column, stored) for column in self.kept()}

    def value(self, record: Any, column: Column, stored: Stored) -> Value:
        """What stands in a record for a column."""
        found = getattr(record, self.attribute(column))
        if column.kind is Kind.REFERENCES:
            return tuple(sorted(stored.name(column.target, one.id) for one in found))
        if column.is_list:
            return tuple(found)
        if found is None or found == "":
            return None
        if column.kind is Kind.REFERENCE and column.name not in self.words:
            return stored.name(column.target, found)
        return found.value if isinstance(found, StrEnum) else found

    def new(self, row: Row, stored: Stored) -> Any:
        """A record for a row, without what is written late."""
        record = self.model()
        for column in self.kept():
            if not self.is_late(column):
                value = row.values.get(column.name, column.default)
                self.write(record, column, value, stored)
        return record

    def write(self, record: Any, column: Column, value: Value, stored: Stored) -> None:
        """Writes one column of a record."""
        attribute = self.attribute(column)
        if column.kind is Kind.REFERENCES:
            names = value if isinstance(value, tuple) else ()
            setattr(record, attribute, [stored.record(column.target, name) for name in names])
        elif column.kind is Kind.REFERENCE and column.name not in self.words:
            found = None if value is None else stored.record(column.target, str(value)).id
            setattr(record, attribute, found)
        else:
            setattr(record, attribute, self._as_stored(attribute, column, value))

    def change(self, held: Held, row: Row, names: list[str], stored: Stored) -> None:
        """Writes the columns that have changed."""
        for name in names:
            self.write(held.record, self.sheet.column(name), row.values[name], stored)

    def add_all(self, rows: list[Row], stored: Stored) -> None:
        """Adds new rows: first the rows, then what points from one of them to another."""
        records = [(row, self.new(row, stored)) for row in rows]
        stored.session.add_all(record for _, record in records)
        stored.session.flush()
        for row, record in records:
            stored.learn(self.sheet, row, record)
        late = [column for column in self.kept() if self.is_late(column)]
        for row, record in records:
            for column in late:
                if row.values.get(column.name):
                    self.write(record, column, row.values[column.name], stored)
        stored.session.flush()

    def named(self, record: Any) -> Any:
        """The record that references to a row of this sheet point to."""
        return record

    def _as_stored(self, attribute: str, column: Column, value: Value) -> object:
        found: InstrumentedAttribute[Any] = getattr(self.model, attribute)
        kind = found.property.columns[0]
        if isinstance(value, tuple) or column.is_list:
            return list(value) if isinstance(value, tuple) else []
        if value is None:
            return None if kind.nullable else ""
        if isinstance(kind.type, Enum) and kind.type.enum_class is not None:
            return kind.type.enum_class(value)
        return value

"""What the database holds already, by the names that files use; each kind is read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.workbook.columns import Key, Row, Sheet, Value, folded
from bot.workbook.shelf import Held
from bot.workbook.shelves import SHELVES
from models.surveys.limits import DEFAULTS, Limits


@dataclass
class Stored:
    """A session's rows, and the records that references point to; `at` is when all this is.

    `limits` are what new surveys promise."""

    session: Session
    at: datetime
    limits: Limits = DEFAULTS
    _held: dict[str, dict[Key, Held]] = field(default_factory=dict)
    _records: dict[str, dict[Value, Any]] = field(default_factory=dict)
    _names: dict[str, dict[int, str]] = field(default_factory=dict)
    _others: dict[str, dict[Value, str]] = field(default_factory=dict)

    def held(self, sheet: str) -> dict[Key, Held]:
        """All rows of a sheet by their keys."""
        if sheet not in self._held:
            shelf = SHELVES[sheet]
            self._held[sheet] = {}
            self._records[sheet] = {}
            self._names[sheet] = {}
            records = shelf.records(self.session)
            # A sheet may point to itself, so the names come first and the rows after them.
            for record in records:
                self._name(sheet, record)
            self._others[sheet] = {}
            for name, record in shelf.others(self.session):
                self._name_also(sheet, name, record)
            self._held[sheet] = shelf.load(records, self)
        return self._held[sheet]

    def other_name(self, sheet: str, name: Value) -> str | None:
        """What a row is called whose other name this is; None where it is not another's."""
        self.held(sheet)
        return self._others[sheet].get(folded(name))

    def record(self, sheet: str, name: str) -> Any:
        """The record that goes by a name."""
        self.held(sheet)
        return self._records[sheet][folded(name)]

    def find(self, sheet: str, name: str) -> Any | None:
        """The record that goes by a name, if there is one."""
        self.held(sheet)
        return self._records[sheet].get(folded(name))

    def introduce(self, sheet: str, name: str, record: Any) -> None:
        """Makes a new record known by its name."""
        self._records[sheet][folded(name)] = record
        self._names[sheet][record.id] = name

    def name(self, sheet: str, identity: int) -> str:
        """The name of the record with this id."""
        self.held(sheet)
        return self._names[sheet][identity]

    def learn(self, sheet: Sheet, row: Row, record: Any) -> None:
        """Remembers a row that has just been added."""
        self.held(sheet.name)[row.key] = Held(row.values, record)
        self._name(sheet.name, record)

    def _name_also(self, sheet: str, name: str, record: Any) -> None:
        self._records[sheet][folded(name)] = record
        self._others[sheet][folded(name)] = self._names[sheet][record.id]

    def _name(self, sheet: str, record: Any) -> None:
        shelf = SHELVES[sheet]
        title = shelf.title(record)
        if title is not None:
            self.introduce(sheet, title, shelf.named(record))

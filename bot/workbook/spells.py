"""What is said of each time: the rows of the files over those that are stored, and which is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.workbook.columns import Key, Row, Value
from bot.workbook.known import Known
from bot.workbook.shelves import SHELVES


@dataclass(frozen=True)
class Spell:
    """A row that is true for a time; `row` is where the files say so, if they do.

    `is_news` says that the files say something of it that is not stored already: what stands in
    the database is no fault of theirs.
    """

    key: Key
    values: dict[str, Value]
    row: Row | None
    is_news: bool

    @property
    def start(self) -> date:
        """The first day; the last of all days where it could not be read."""
        found = self.values.get("valid_from")
        return found if isinstance(found, date) else date.max

    @property
    def until(self) -> date:
        """The day after the last one; the last of all days when it has no end."""
        found = self.values.get("valid_to")
        return found if isinstance(found, date) else date.max

    def holds(self, on: date) -> bool:
        """Whether it is true on a day."""
        return self.start <= on < self.until


def spells(sheet: str, known: Known) -> list[Spell]:
    """All rows of a sheet, those of the files with what the database adds to them."""
    rows = {row.key: row for row in known.rows.get(sheet, [])}
    return [
        Spell(
            key, _whole(sheet, key, values, known), rows.get(key), _is_news(sheet, key, rows, known)
        )
        for key, values in known.by_key(sheet).items()
    ]


def _whole(sheet: str, key: Key, values: dict[str, Value], known: Known) -> dict[str, Value]:
    """The row with its position, which an empty cell leaves as it was."""
    if sheet != "seats" or values.get("position") is not None:
        return values
    held = known.stored.held(sheet).get(key)
    return {**values, "position": held.values["position"] if held else values.get("code")}


def _is_news(sheet: str, key: Key, rows: dict[Key, Row], known: Known) -> bool:
    row, held = rows.get(key), known.stored.held(sheet).get(key)
    if row is None:
        return False
    return held is None or bool(differing(row, held.values))


def differing(row: Row, stored: dict[str, Value]) -> list[str]:
    """The columns in which a row says something else than what is stored."""
    compared = SHELVES[row.sheet.name].compared(row)
    return [name for name in compared if row.values[name] != stored.get(name)]

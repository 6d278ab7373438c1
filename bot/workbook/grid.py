"""A grid of cells as a file holds them, with no regard yet to what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.workbook.columns import Where

Raw = str | int | float | bool | date | datetime | time | timedelta | None
"""What a cell holds before anybody knows what it should hold."""


@dataclass(frozen=True)
class Grid:
    """One tab of a workbook or one CSV file: its name, and its rows with their numbers."""

    file: str
    tab: str
    rows: tuple[tuple[int, tuple[Raw, ...]], ...]
    is_workbook: bool

    @property
    def where(self) -> Where:
        """The grid as a place; a CSV file is its own sheet."""
        return Where(self.file, self.tab if self.is_workbook else "")

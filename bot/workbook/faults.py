"""What is wrong in a file: where, what was found, what was expected, and what comes nearest."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.workbook.columns import Where
from models.guard import Verdict, check
from models.language import Language

LONGEST_SHOWN = 60
"""A longer cell is shown by its beginning."""


@dataclass(frozen=True)
class Fault:
    """One thing to put right before anything is imported.

    `expected` is a text of the catalogue, `values` what is filled in there. `found` never holds
    a text that the guard refuses.
    """

    where: Where
    expected: str
    found: str = ""
    nearest: str = ""
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Caution:
    """Something that hinders no import but should be known; `text` is a whole sentence."""

    where: Where
    text: str
    values: dict[str, object] = field(default_factory=dict)


class Unreadable(Exception):
    """A cell does not hold what its column expects."""

    def __init__(self, expected: str, nearest: str = "", **values: object) -> None:
        super().__init__(expected)
        self.expected = expected
        self.nearest = nearest
        self.values = values

    def at(self, where: Where, found: object) -> Fault:
        """The fault at the cell where it was found."""
        return Fault(where, self.expected, shown(found), self.nearest, self.values)


def shown(found: object) -> str:
    """What stood in a cell, as it may be shown: short, and never what the guard refuses."""
    text = " ".join(str(found if found is not None else "").split())
    if check(text).verdict is Verdict.BLOCK:
        return "…"
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def told(fault: Fault, language: Language) -> str:
    """A fault as one line for the one who wrote the file."""
    expected = language._(fault.expected, **fault.values)
    place = place_of(fault.where, language)
    if fault.found:
        line = language._(
            "{place}: found “{found}”, expected {expected}.",
            place=place,
            found=fault.found,
            expected=expected,
        )
    else:
        line = language._("{place}: expected {expected}.", place=place, expected=expected)
    if fault.nearest:
        return f"{line} {language._('Nearest: {nearest}.', nearest=fault.nearest)}"
    return line


def cautioned(caution: Caution, language: Language) -> str:
    """A caution as one line for the one who wrote the file."""
    place = place_of(caution.where, language)
    return f"{place}: {language._(caution.text, **caution.values)}"


def place_of(where: Where, language: Language) -> str:
    """Where it is: file, sheet, row, column."""
    parts = [where.file]
    if where.sheet:
        parts.append(language._("sheet {sheet}", sheet=where.sheet))
    if where.row is not None:
        parts.append(language._("row {row}", row=where.row))
    if where.column:
        parts.append(language._("column {column}", column=where.column))
    return ", ".join(parts)

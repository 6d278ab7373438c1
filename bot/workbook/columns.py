"""What a sheet and its columns are: their names, what may stand in them, and how they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, StrEnum, auto

Value = str | int | float | bool | date | datetime | tuple[str, ...] | None
"""What a cell means once it has been read; None is an empty cell."""


class Kind(Enum):
    """What stands in a column."""

    CODE = auto()
    TEXT = auto()
    EMAIL = auto()
    INTEGER = auto()
    DECIMAL = auto()
    CROWNS = auto()
    """An amount in Swedish crowns, also as 1,2 mnkr; stored in whole crowns."""
    DATE = auto()
    LAST_DAY = auto()
    """The last day on which something is true; stored as the day after it."""
    MOMENT = auto()
    """A local time in the group's zone; stored in UTC."""
    YES_NO = auto()
    CHOICE = auto()
    REFERENCE = auto()
    REFERENCES = auto()
    WORDS = auto()


LISTS = frozenset({Kind.REFERENCES, Kind.WORDS})
WRITTEN = frozenset({Kind.CODE, Kind.TEXT, Kind.EMAIL, Kind.REFERENCE, *LISTS})
"""The kinds whose cells are words somebody wrote, which pass the guard."""


@dataclass(frozen=True, eq=False)
class Choices:
    """An enumeration with the Swedish word for each of its values.

    `also` holds other words that people use, each with its value.
    """

    words: dict[str, str]
    also: dict[str, str] = field(default_factory=dict)

    @property
    def swedish(self) -> list[str]:
        """The words that a drop-down offers."""
        return list(self.words.values())

    def value(self, written: str) -> str | None:
        """The value that a word stands for, in English or Swedish; None if there is none."""
        folded = " ".join(written.split()).casefold()
        for value, word in self.words.items():
            if folded in (value, value.replace("_", " "), word.casefold()):
                return value
        return self.also.get(folded)


def choices(kind: type[StrEnum], *swedish: str) -> Choices:
    """An enumeration's values with their Swedish words, in the enumeration's own order."""
    return Choices(dict(zip((member.value for member in kind), swedish, strict=True)))


@dataclass(frozen=True)
class Column:
    """One column: its English name, its Swedish heading, and what may stand in it.

    `target` names the sheet that a reference points to. `default` is what an empty cell means.
    `least` and `most` bound a number, `most` also the length of a text or a code; `form` is what a
    code must look like. `guidance` and `example` are shown in the template.
    """

    name: str
    label: str
    kind: Kind
    guidance: str
    example: str = ""
    required: bool = False
    key: bool = False
    choices: Choices = Choices({})
    target: str = ""
    default: Value = None
    least: float | None = None
    most: float | None = None
    form: str = ""

    @property
    def is_list(self) -> bool:
        """Whether several values stand in one cell."""
        return self.kind in LISTS


@dataclass(frozen=True)
class Sheet:
    """One kind of row: its English name, the Swedish name on the tab, and its columns."""

    name: str
    label: str
    guidance: str
    columns: tuple[Column, ...]
    append_only: bool = False

    @property
    def key(self) -> tuple[Column, ...]:
        """The columns that together name a row."""
        return tuple(column for column in self.columns if column.key)

    def column(self, name: str) -> Column:
        """The column of an English name."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Where:
    """Where in the files something stands, in the words of the one who wrote it."""

    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""


@dataclass(frozen=True)
class Row:
    """A row whose cells have been read; columns that the file does not have are missing.

    `headings` are the headings as the file has them, so that a fault can name its column.
    """

    sheet: Sheet
    where: Where
    values: dict[str, Value]
    headings: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What names the row, without regard to capitals."""
        return key_of(self.sheet, self.values)

    def at(self, column: str) -> Where:
        """The place of one of the row's cells."""
        heading = self.headings.get(column, self.sheet.column(column).label)
        return Where(self.where.file, self.where.sheet, self.where.row, heading)


Key = tuple[Value, ...]


def key_of(sheet: Sheet, values: dict[str, Value]) -> Key:
    """What names a row with these values."""
    return tuple(folded(values.get(column.name)) for column in sheet.key)


def folded(value: Value) -> Value:
    """A value without regard to capitals."""
    return value.casefold() if isinstance(value, str) else value

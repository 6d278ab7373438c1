"""Tables become rows: every cell is read, every reference found, every time placed in its zone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.workbook.answers import as_stored
from bot.workbook.cautions import cautions, holds
from bot.workbook.cells import A_MOMENT, value_of
from bot.workbook.columns import Column, Kind, Row, Value, Where
from bot.workbook.faults import Caution, Fault, Unreadable
from bot.workbook.headings import Table
from bot.workbook.known import Known
from bot.workbook.merged import set_aside, without_doubles
from bot.workbook.old_news import without_old_news
from bot.workbook.rules import broken_rules
from bot.workbook.stored import Stored
from models.intervals import utc_from_local
from models.periods import period_of

EVERY = frozenset({"all", "alla"})
"""In a list of districts: every district there was on the row's first day."""

PLACES = ("districts", "neighbourhoods")
FIGURES = ("observations", "targets")

Rows = dict[str, list[Row]]


def rows_of(tables: list[Table]) -> tuple[Rows, list[Fault]]:
    """Reads every cell of the tables; an unreadable one is a fault and missing from its row."""
    rows: Rows = defaultdict(list)
    faults: list[Fault] = []
    for table in tables:
        columns = [c for c in table.sheet.columns if c.name in table.headings]
        for number, cells in table.rows:
            where = Where(table.where.file, table.where.sheet, number)
            row = Row(table.sheet, where, {}, table.headings)
            for column in columns:
                try:
                    row.values[column.name] = value_of(column, cells[column.name])
                except Unreadable as problem:
                    faults.append(problem.at(row.at(column.name), cells[column.name]))
            rows[table.sheet.name].append(row)
    _join_neighbourhoods(rows.get("neighbourhoods", []))
    return rows, faults


@dataclass(frozen=True)
class Checked:
    """The rows with their references in the words of those they point to, and what is wrong."""

    rows: Rows
    faults: tuple[Fault, ...]
    cautions: tuple[Caution, ...]


def checked(rows: Rows, stored: Stored) -> Checked:
    """Finds what every row points to, and all that does not hold."""
    rows, aside = set_aside(rows, stored)
    known = Known(rows, stored)
    faults: list[Fault] = []
    found: Rows = {}
    for name, written in rows.items():
        found[name] = [_resolved(row, known, faults) for row in written]
    found, doubles = without_doubles(found, rows, stored)
    found, left = without_old_news(found, stored)
    known = Known(found, stored)
    faults += broken_rules(known)
    return Checked(found, tuple(faults), (*aside, *doubles, *left, *cautions(known)))


def _resolved(row: Row, known: Known, faults: list[Fault]) -> Row:
    values = dict(row.values)
    for name, value in row.values.items():
        column = row.sheet.column(name)
        if value is None:
            continue
        try:
            values[name] = _value(row, column, value, known)
        except Unreadable as problem:
            del values[name]
            faults.append(problem.at(row.at(name), _words(value)))
    return replace(row, values=values)


def _words(value: Value) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def _value(row: Row, column: Column, value: Value, known: Known) -> Value:
    if column.kind is Kind.MOMENT and isinstance(value, datetime):
        return _utc(value, known.zone(row))
    if column.kind is Kind.REFERENCE:
        return _name(column.target, str(value), known)
    if column.kind is Kind.REFERENCES and isinstance(value, tuple):
        return _names(row, column, value, known)
    if row.sheet.name in FIGURES and column.name in ("place", "period"):
        return _place(str(value), known) if column.name == "place" else _period(str(value))
    if row.sheet.name == "answers" and column.name == "value":
        return as_stored(row, str(value), known)
    return value


def _utc(value: datetime, zone: str) -> datetime:
    try:
        return utc_from_local(value, zone)
    except ValueError as problem:
        raise Unreadable(A_MOMENT) from problem


def _name(sheet: str, written: str, known: Known) -> str:
    found = known.canonical(sheet, written)
    if found is None:
        from bot.workbook.sheets import BY_NAME

        target = BY_NAME[sheet]
        raise Unreadable(
            "what stands under {column} in a row of the sheet {sheet} ({name})",
            known.nearest(sheet, written),
            column=target.columns[0].label,
            sheet=target.label,
            name=target.name,
        )
    return found


def _names(row: Row, column: Column, value: tuple[str, ...], known: Known) -> tuple[str, ...]:
    names: set[str] = set()
    for written in value:
        if column.target == "districts" and written.casefold() in EVERY:
            names |= _districts_on(row.values.get("valid_from"), known)
        else:
            names.add(_name(column.target, written, known))
    return tuple(sorted(names))


def _districts_on(on: Value, known: Known) -> set[str]:
    return {
        str(values["code"])
        for values in known.facts("districts").values()
        if isinstance(on, date) and holds(values, on)
    }


def _place(written: str, known: Known) -> str:
    for sheet in PLACES:
        found = known.canonical(sheet, written)
        if found is not None:
            return found
    near = [known.nearest(sheet, written) for sheet in PLACES]
    raise Unreadable(
        "a district's code, a neighbourhood's name, or nothing for the whole city",
        next((one for one in near if one), ""),
    )


def _period(written: str) -> str:
    """A period in the one way it is stored, so that `2023 Q4` and `2023-K4` are the same."""
    found = period_of(written)
    if found is None:
        raise Unreadable("a period such as 2023, 2023-T2, 2023-K4, 2023-HT or 2023-05")
    return found.text


def _join_neighbourhoods(rows: list[Row]) -> None:
    """A neighbourhood's other names and remarks may stand in any of its rows."""
    together: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        together[str(row.values.get("name")).casefold()].append(row)
    for same in together.values():
        for column in ("aliases", "remark"):
            _join(same, column)


def _join(rows: list[Row], column: str) -> None:
    values = [row.values[column] for row in rows if row.values.get(column)]
    if not values:
        return
    once: dict[str, None] = {}
    for value in values:
        once.update(dict.fromkeys(value if isinstance(value, tuple) else (str(value),)))
    joined: Value = tuple(once) if isinstance(values[0], tuple) else " ".join(once)
    for row in rows:
        row.values[column] = joined

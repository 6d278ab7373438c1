"""People whose records were merged: files may go on naming the one that is gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.workbook.columns import Kind, Row
from bot.workbook.faults import Caution

if TYPE_CHECKING:
    from bot.workbook.stored import Stored

Rows = dict[str, list[Row]]


def set_aside(rows: Rows, stored: Stored) -> tuple[Rows, list[Caution]]:
    """The rows without those of merged records, which are not brought back, and what is said."""
    kept, cautions = [], []
    for row in rows.get("people", []):
        other = stored.other_name("people", row.values.get("email"))
        if other is None:
            kept.append(row)
            continue
        cautions.append(
            Caution(
                row.at("email"),
                "The record was merged into {email}, so the row is left out.",
                {"email": other},
            )
        )
    return ({**rows, "people": kept} if cautions else rows), cautions


def without_doubles(found: Rows, written: Rows, stored: Stored) -> tuple[Rows, list[Caution]]:
    """The rows without those that say of a merged record what another says of the kept one."""
    cautions: list[Caution] = []
    once: Rows = {}
    for name, rows in found.items():
        renamed = [column for row in written[name] for column in _renamed(row, stored)]
        once[name] = rows
        if renamed:
            once[name], told = _each_once(rows, written[name], stored)
            cautions += told
    return once, cautions


def _each_once(
    rows: list[Row], written: list[Row], stored: Stored
) -> tuple[list[Row], list[Caution]]:
    pairs = zip(rows, written, strict=True)
    marked = [(row, next(_renamed(before, stored), None)) for row, before in pairs]
    keys = {row.key for row, column in marked if column is None}
    kept, cautions = [], []
    for row, column in marked:
        if column is None or row.key not in keys:
            kept.append(row)
            keys.add(row.key)
        else:
            text = "Another row says the same of {email}, so this one is left out."
            cautions.append(Caution(row.at(column), text, {"email": row.values[column]}))
    return kept, cautions


def _renamed(row: Row, stored: Stored) -> Iterator[str]:
    """The columns of a row that name a merged record."""
    for name, value in row.values.items():
        column = row.sheet.column(name)
        is_person = column.kind is Kind.REFERENCE and column.target == "people"
        if is_person and stored.other_name("people", value) is not None:
            yield name

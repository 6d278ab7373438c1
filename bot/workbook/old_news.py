"""What a file says that has been overtaken here: an older file turns nothing back unseen.

The file is believed in all else. A column of a measure that was changed in the chat, or when a
mandate passed on, and for which the file says what was before, is left as it is, with a caution.
That somebody has answered a survey is never unsaid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.workbook.columns import Kind, Row, Value
from bot.workbook.faults import Caution
from bot.workbook.spells import differing
from models.measures.changes import IMPORT, Fact, as_fact, changes_of, value_of
from models.measures.measure import MeasureChange
from models.schedule import local_day

if TYPE_CHECKING:
    from bot.workbook.stored import Stored

Rows = dict[str, list[Row]]


def without_old_news(rows: Rows, stored: Stored) -> tuple[Rows, list[Caution]]:
    """The rows without the cells that say what was before a change here, and what is left out."""
    kept = dict(rows)
    cautions: list[Caution] = []
    if rows.get("invitations"):
        kept["invitations"] = [_answered(row, stored) for row in rows["invitations"]]
    if rows.get("measures"):
        kept["measures"] = _measures(rows["measures"], stored, cautions)
    return kept, cautions


def _answered(row: Row, stored: Stored) -> Row:
    held = stored.held("invitations").get(row.key)
    if held is None or not held.values["answered"] or row.values.get("answered"):
        return row
    return _without(row, ["answered"])


def _measures(rows: list[Row], stored: Stored, cautions: list[Caution]) -> list[Row]:
    differs = {row.key: names for row in rows if (names := _differing(row, stored))}
    held = stored.held("measures")
    changes = defaultdict(list)
    for change in changes_of(stored.session, [held[key].record.id for key in differs]):
        changes[change.measure_id].append(change)
    kept = []
    for row in rows:
        mine = changes[held[row.key].record.id] if row.key in differs else []
        old = dict(_overtaken(row, differs.get(row.key, ()), mine, stored))
        cautions += [_caution(row, name, change) for name, change in old.items()]
        kept.append(_without(row, old))
    return kept


def _differing(row: Row, stored: Stored) -> list[str]:
    held = stored.held("measures").get(row.key)
    return differing(row, held.values) if held is not None else []


def _overtaken(
    row: Row, names: Collection[str], changes: list[MeasureChange], stored: Stored
) -> Iterator[tuple[str, MeasureChange]]:
    """The columns that say what was before the changes made here since the last import of them."""
    for name in names:
        said = _fact(row, name, stored)
        for change in reversed([each for each in changes if name in each.fields]):
            if change.source == IMPORT:
                break
            if said == _now(name, change.fields[name][0], stored):
                yield name, change
                break


def _fact(row: Row, name: str, stored: Stored) -> Fact:
    """What a cell says, as a change writes it down; nothing is None."""
    value: Value = row.values[name]
    column = row.sheet.column(name)
    if column.kind is Kind.REFERENCE and column.target == "people":
        person = stored.find("people", str(value)) if value else None
        return person.id if person else None
    if isinstance(value, tuple):
        return sorted(value) or None
    return as_fact(value) or None


def _now(name: str, fact: Fact, stored: Stored) -> Fact:
    """What was written down, with the record of a person that others were merged into."""
    return (
        as_fact(value_of(stored.session, name, fact)) or None if name == "owner" else fact or None
    )


def _caution(row: Row, name: str, change: MeasureChange) -> Caution:
    text = "{code} was changed here on {day}, so what the file says from before is left out."
    return Caution(row.at(name), text, {"code": row.values["code"], "day": local_day(change.at)})


def _without(row: Row, names: Collection[str] | Mapping[str, object]) -> Row:
    if not names:
        return row
    left = {name: value for name, value in row.values.items() if name not in names}
    return replace(row, values=left)

"""Copying every row of one database into another, empty one, of either kind, and proving it.

Rows go table by table in the order of their references, inside transactions that the caller holds,
so that nothing is there until all is. What was read and what can be read afterwards are compared
by number and by digest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Integer, Table, bindparam, func, select, update

from models.delivery.pulses import Pulse
from models.tables import METADATA

BATCH = 1000
MODULUS = 1 << 256

LEFT_BEHIND = frozenset({Pulse.__tablename__})
"""What is true of processes and not of the cooperation stays where it is."""

IDLE = LEFT_BEHIND | {"small_fact", "occurrence", "bucket"}
"""What a process writes into a database in which nobody has put anything yet."""


class NotEmpty(Exception):
    """The target holds something already, and is not overwritten."""


class Differs(Exception):
    """What can be read from the target is not what was read from the source."""


@dataclass(frozen=True)
class Tally:
    """How many rows a table has, and a digest of them in whatever order they come."""

    rows: int = 0
    digest: int = 0

    def plus(self, values: Sequence[Any]) -> Tally:
        """With one more row."""
        line = json.dumps(list(values), sort_keys=True, ensure_ascii=False, default=_plain)
        number = int.from_bytes(sha256(line.encode()).digest())
        return Tally(self.rows + 1, (self.digest + number) % MODULUS)

    def __str__(self) -> str:
        return f"{self.rows}:{self.digest:064x}"


Told = Callable[[str, int, int], None]
"""Hears the name of a table, how many rows are through, and how many there are."""


def _silent(_table: str, _done: int, _all: int) -> None:
    """Tells nobody."""


def copied_tables() -> list[Table]:
    """The tables that are copied, those that others point to first."""
    return [table for table in METADATA.sorted_tables if table.name not in LEFT_BEHIND]


def demand_empty(target: Connection) -> None:
    """Raises `NotEmpty` where somebody's data stand; an idle process's own notes are removed."""
    for table in METADATA.sorted_tables:
        if table.name not in IDLE and target.scalar(select(table).limit(1)) is not None:
            raise NotEmpty(table.name)
    for table in METADATA.sorted_tables:
        if table.name in IDLE:
            target.execute(table.delete())


def copy_all(source: Connection, target: Connection, told: Told = _silent) -> dict[str, Tally]:
    """Copies all tables and compares them; returns what was copied, by table.

    Raises `NotEmpty`, or `Differs` with the name of the table.
    """
    demand_empty(target)
    copied = {table.name: _copy(source, target, table, told) for table in copied_tables()}
    for table in copied_tables():
        if tally(target, table) != copied[table.name]:
            raise Differs(table.name)
        _set_sequence(target, table)
    return copied


def tally(connection: Connection, table: Table) -> Tally:
    """Reads a whole table and sums it up."""
    found = Tally()
    for rows in _batches(connection, table):
        for row in rows:
            found = found.plus(row)
    return found


def _copy(source: Connection, target: Connection, table: Table, told: Told) -> Tally:
    """Copies a table; what points into the table itself is filled in when all rows are there."""
    number = source.scalar(select(func.count()).select_from(table)) or 0
    found, later = Tally(), _references_to_itself(table)
    held: list[dict[str, Any]] = []
    told(table.name, 0, number)
    for rows in _batches(source, table):
        for row in rows:
            found = found.plus(row)
        named = [dict(zip(table.columns.keys(), row, strict=True)) for row in rows]
        held += [_pointing(table, each, later) for each in named if any(each[key] for key in later)]
        target.execute(table.insert(), [each | dict.fromkeys(later) for each in named])
        told(table.name, found.rows, number)
    if held:
        target.execute(_filling(table, later), held)
    return found


def _batches(connection: Connection, table: Table) -> Iterator[Sequence[Sequence[Any]]]:
    # In the order of the key, so that rows do not tell in which order they came to be.
    query = select(table).order_by(*table.primary_key.columns)
    with connection.execute(query, execution_options={"yield_per": BATCH}) as result:
        for rows in result.partitions():
            yield [tuple(row) for row in rows]


def _references_to_itself(table: Table) -> list[str]:
    keys = (key for column in table.columns for key in column.foreign_keys)
    return [key.parent.key for key in keys if key.column.table is table]


def _pointing(table: Table, row: dict[str, Any], later: list[str]) -> dict[str, Any]:
    """The values of the columns that point into the table, and the row's key."""
    keys = {f"key_{column.key}": row[column.key] for column in table.primary_key.columns}
    return keys | {f"to_{name}": row[name] for name in later}


def _filling(table: Table, later: list[str]) -> Any:
    this = [column == bindparam(f"key_{column.key}") for column in table.primary_key.columns]
    return update(table).where(*this).values({name: bindparam(f"to_{name}") for name in later})


def _set_sequence(target: Connection, table: Table) -> None:
    """Lets PostgreSQL number new rows after those that came with their numbers."""
    columns = list(table.primary_key.columns)
    if target.dialect.name != "postgresql" or not isinstance(columns[0].type, Integer):
        return
    last = target.scalar(select(func.max(columns[0]))) or 0
    sequence = func.pg_get_serial_sequence(table.name, columns[0].name)
    target.execute(select(func.setval(sequence, last + 1, False)))


def _plain(value: Any) -> Any:
    """What JSON does not know, written so that both databases write it alike."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"a {type(value).__name__} cannot be compared")

"""A cooperation that is many times larger: more districts, groups, people and seats in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import cycle, product
from typing import Any

from sqlalchemy import Table, insert, select

from models.database import Database
from models.groups import Seat
from models.registry_version import names_have_changed
from models.tables import METADATA

COPIED = tuple(
    METADATA.tables[name]
    for name in ("district", "cooperation_group", "person", "seat", "seat_district")
)
APART = 100_000
"""The keys of one copy lie so far from those of the next."""
SUFFIXED = ("code", "email", "position")
FIRST = (
    "Anna", "Erik", "Maria", "Karin", "Lars", "Eva", "Per", "Sara", "Johan", "Emma", "Nils",
    "Ingrid", "Olof", "Linnea", "Gustav", "Elsa", "Axel", "Hanna", "Oscar", "Ida", "Viktor",
    "Maja", "Filip", "Julia", "Anton", "Klara", "Simon", "Amanda", "Jakob", "Ebba", "David",
    "Frida", "Lukas", "Nora", "Isak", "Tilda", "Adam", "Saga", "Hugo", "Vera", "Leo", "Alma",
    "Noah", "Astrid", "Liam", "Stella", "Elias", "Selma", "William", "Olivia", "Ludvig",
    "Alice", "Arvid", "Freja", "Vincent", "Signe", "Melker", "Ellen", "Albin", "Tuva",
)  # fmt: skip
START = (
    "Berg", "Lind", "Sjö", "Ek", "Al", "Gran", "Björk", "Hed", "Dal", "Ny", "Sand", "Sten",
    "Ström", "Hag", "Norr", "Söder", "Öster", "Väster",
)  # fmt: skip
END = ("ström", "gren", "kvist", "lund", "mark", "blad", "qvist", "dahl", "fors", "holm")
LAST = tuple(f"{start}{end}" for start, end in product(START, END))


def grow(database: Database, times: int) -> int:
    """Adds so many copies of all groups, people and seats, with other names; returns all seats."""
    names = people_names()
    with database.write() as session:
        for table in COPIED:
            found = session.execute(select(table)).mappings().all()
            rows = sorted(found, key=partial(_points_at_its_like, table))
            copies = [
                _copy(table, row, number, names) for number in range(1, times + 1) for row in rows
            ]
            session.execute(insert(table), copies)
        names_have_changed(session)
        return len(session.scalars(select(Seat.id)).all())


def _points_at_its_like(table: Table, row: Mapping[Any, Any]) -> bool:
    """Whether a row must wait for another of its table, as a deputy's for the one deputised."""
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    return any(row[name] is not None for name in own)


def people_names() -> Iterator[str]:
    """Names that people have, many with the same first name; in the end they come again."""
    return cycle(f"{first} {last}" for last, first in product(LAST, FIRST))


def _copy(
    table: Table, row: Mapping[Any, Any], number: int, names: Iterator[str]
) -> dict[str, object]:
    """A row of one copy, which points at rows of the same copy."""
    copied = {name: _told(name, value, number) for name, value in row.items()}
    for column in table.columns:
        mine = column.name == "id" or any(key.column.table in COPIED for key in column.foreign_keys)
        if mine and copied[column.name] is not None:
            copied[column.name] += number * APART
    if table.name == "person":
        copied["name"] = next(names)
    elif table.name == "district":
        copied |= {"name": f"Distrikt {number} {row['code']}", "aliases": []}
    return copied


def _told(name: str, value: Any, number: int) -> Any:
    return f"{value}-X{number}" if name in SUFFIXED else value

"""Two rows that cannot both be true on the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from bot.workbook.columns import Row, Value
from bot.workbook.faults import Fault

Same = Callable[[Row], tuple[Value, ...] | None]


def _neighbourhood(row: Row) -> tuple[Value, ...] | None:
    """A neighbourhood belongs to one district at a time."""
    return (row.values.get("name"),)


def _seat(row: Row) -> tuple[Value, ...] | None:
    """A person has a role in a group once, as a deputy once for each seat."""
    names = ("group", "person", "role", "deputy_for")
    return tuple(row.values.get(name) for name in names) if row.values.get("person") else None


ONE_AT_A_TIME: tuple[tuple[str, Same], ...] = (("neighbourhoods", _neighbourhood), ("seats", _seat))


def overlaps(rows: dict[str, list[Row]]) -> Iterator[Fault]:
    """A fault for each row that begins before another of the same has ended."""
    for sheet, same in ONE_AT_A_TIME:
        together: dict[tuple[Value, ...], list[Row]] = defaultdict(list)
        for row in rows.get(sheet, []):
            key = same(row)
            if key is not None and isinstance(row.values.get("valid_from"), date):
                together[key].append(row)
        for found in together.values():
            yield from _overlapping(sorted(found, key=_start))


def _start(row: Row) -> date:
    start = row.values["valid_from"]
    return start if isinstance(start, date) else date.max


def _overlapping(rows: list[Row]) -> Iterator[Fault]:
    for earlier, later in pairwise(rows):
        until = earlier.values.get("valid_to")
        if earlier.key != later.key and (not isinstance(until, date) or _start(later) < until):
            yield Fault(
                later.at("valid_from"),
                "a day after row {row} has ended, since both say the same of the same time",
                str(later.values["valid_from"]),
                values={"row": earlier.where.row},
            )

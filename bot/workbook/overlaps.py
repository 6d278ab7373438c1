"""Two rows that cannot both be true on the same day, in the files or beside what is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from bot.workbook.columns import Key, Value, Where, folded
from bot.workbook.faults import Fault
from bot.workbook.holders import sitting
from bot.workbook.known import Known
from bot.workbook.spells import Spell, spells
from models.intervals import last_day

Same = Callable[[dict[str, Value]], tuple[Value, ...] | None]


def _neighbourhood(values: dict[str, Value]) -> tuple[Value, ...] | None:
    """A neighbourhood belongs to one district at a time."""
    return (folded(values.get("name")),)


def _position(values: dict[str, Value]) -> tuple[Value, ...] | None:
    """A seat has one holder at a time, or none."""
    return (folded(values.get("position")),)


def _person(values: dict[str, Value]) -> tuple[Value, ...] | None:
    """A person has a role in a group once, as a deputy once for each seat."""
    names = ("group", "person", "role", "deputy_for")
    return tuple(values.get(name) for name in names) if values.get("person") else None


def _involved(values: dict[str, Value]) -> tuple[Value, ...] | None:
    """A district is involved in an area to one degree at a time."""
    return (values.get("district"), values.get("area"))


ONE_AT_A_TIME: tuple[tuple[str, Same], ...] = (
    ("neighbourhoods", _neighbourhood),
    ("seats", _position),
    ("seats", _person),
    ("involvement", _involved),
)


def overlaps(known: Known) -> Iterator[Fault]:
    """A fault for each row that meets another of the same in time, each row once."""
    told = set()
    every = {sheet: spells(sheet, known) for sheet, _ in ONE_AT_A_TIME if known.rows.get(sheet)}
    for sheet, same in ONE_AT_A_TIME:
        together: dict[tuple[Value, ...], list[Spell]] = defaultdict(list)
        for spell in every.get(sheet, []):
            key = same(spell.values)
            if key is not None and "valid_from" in spell.values:
                together[key].append(spell)
        for found in together.values():
            for row, fault in _overlapping(sorted(found, key=lambda each: each.start), known):
                if (sheet, row) not in told:
                    told.add((sheet, row))
                    yield fault


def _overlapping(found: list[Spell], known: Known) -> Iterator[tuple[Key, Fault]]:
    before = found[0]
    for later in found[1:]:
        if later.start < before.until and (later.is_news or before.is_news):
            blamed, other = (later, before) if later.is_news else (before, later)
            yield blamed.key, _fault(blamed, other, known)
        before = max(before, later, key=lambda each: each.until)


def _fault(blamed: Spell, other: Spell, known: Known) -> Fault:
    row = blamed.row
    assert row is not None, "what is new stands in a file"
    column = "valid_from" if blamed.start >= other.start else "valid_to"
    found = str(blamed.start if column == "valid_from" else _last(blamed))
    if other.row is not None and column == "valid_from":
        values: dict[str, object] = {"row": other.row.where.row}
        text = "a day after row {row} has ended, since both say the same of the same time"
        return Fault(row.at(column), text, found, values=values)
    if row.sheet.name == "seats":
        return _taken(row.at(column), found, other, known)
    return Fault(
        row.at(column),
        "a time that does not meet what holds from {day} already",
        found,
        values={"day": other.start},
    )


def _last(spell: Spell) -> str:
    return str(last_day(spell.until)) if spell.values.get("valid_to") is not None else ""


def _taken(where: Where, found: str, other: Spell, known: Known) -> Fault:
    """Who has the seat in that time, from when, and what to do about it."""
    holder = sitting(other.values, known)
    values: dict[str, object] = {
        "holder": holder,
        "day": other.start,
        "code": other.values.get("code"),
    }
    if holder:
        return Fault(
            where,
            "a time in which nobody has the seat: {holder} has it from {day} ({code}). "
            "End that first, or leave this row out",
            found,
            values=values,
        )
    return Fault(
        where,
        "a time of which nothing else is said: the seat is vacant from {day} ({code}). "
        "Change that row, or leave this one out",
        found,
        values=values,
    )

"""What must hold between the cells of a row and between rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from bot.workbook.answers import answers_out_of_place
from bot.workbook.columns import Kind, Row, Value, folded
from bot.workbook.faults import Fault, shown
from bot.workbook.figure_rules import (
    indicator_faults,
    observation_faults,
    source_faults,
    target_faults,
)
from bot.workbook.known import Known, is_zone
from bot.workbook.overlaps import overlaps
from bot.workbook.seat_rules import seat_faults
from bot.workbook.survey_rules import question_faults, survey_faults

ORDERED: tuple[tuple[str, str, bool], ...] = (
    ("valid_from", "valid_to", False),
    ("start_on", "due_on", True),
    ("starts_at", "ends_at", False),
    ("opens_at", "closes_at", False),
    ("low", "high", True),
)
"""What comes first, what comes after, and whether they may be the same.

Last days are stored as the day after, so a first day that is also the last is in order.
"""

ONLY_ONE = (("districts", "name"), ("organisations", "name"))
"""Columns beside the key in which no two rows may say the same."""


def broken_rules(known: Known) -> Iterator[Fault]:
    """All that does not hold, rule by rule."""
    for rows in known.rows.values():
        yield from _twice(rows)
        for row in rows:
            yield from _out_of_order(row)
        yield from _in_circles(rows, known)
    for sheet, column in ONLY_ONE:
        yield from _same_name(sheet, column, known)
    for sheet, rule in RULES:
        for row in known.rows.get(sheet, []):
            yield from rule(row, known)
    turned_back = list(seat_faults(known))
    yield from turned_back
    said = {(fault.where.file, fault.where.row) for fault in turned_back}
    for fault in overlaps(known):
        if (fault.where.file, fault.where.row) not in said:
            yield fault
    yield from answers_out_of_place(known)


def _twice(rows: list[Row]) -> Iterator[Fault]:
    seen: dict[tuple[Value, ...], Row] = {}
    for row in rows:
        key = row.sheet.key
        if any(column.required and row.values.get(column.name) is None for column in key):
            continue
        first = seen.setdefault(row.key, row)
        if first is not row:
            found = ", ".join(str(row.values.get(column.name) or "–") for column in key)
            yield Fault(
                row.at(key[-1].name),
                "each only once, and row {row} has the same",
                shown(found),
                values={"row": first.where.row},
            )


def _out_of_order(row: Row) -> Iterator[Fault]:
    for first, last, may_be_same in ORDERED:
        start, end = row.values.get(first), row.values.get(last)
        if start is None or end is None or not isinstance(start, date | float):
            continue
        # Both stand in columns of one kind, which a type that holds all kinds cannot say.
        if start > end or (start == end and not may_be_same):  # type: ignore[operator]
            label = row.headings.get(first, first)
            yield Fault(row.at(last), "something that comes after {first}", values={"first": label})


def _in_circles(rows: list[Row], known: Known) -> Iterator[Fault]:
    """A row may not follow upon itself, directly or by way of others."""
    for row in rows:
        for column in row.sheet.columns:
            points_here = column.kind is Kind.REFERENCE and column.target == row.sheet.name
            if points_here and row.sheet.name != "priority_areas":
                yield from _circle(row, column.name, known)


def _circle(row: Row, column: str, known: Known) -> Iterator[Fault]:
    start = folded(row.values.get(row.sheet.columns[0].name))
    here, seen = folded(row.values.get(column)), set[Value]()
    while here is not None and here not in seen:
        if here == start:
            found = str(row.values[column])
            yield Fault(row.at(column), "a row that does not lead back to this one", found)
            return
        seen.add(here)
        here = folded(known.fact(row.sheet.name, here, column))


def _same_name(sheet: str, column: str, known: Known) -> Iterator[Fault]:
    owners: dict[Value, Value] = {}
    for code, values in known.facts(sheet).items():
        owners.setdefault(folded(values.get(column)), code)
    for row in known.rows.get(sheet, []):
        name = row.values.get(column)
        # A row whose code cannot be read owns nothing yet; that fault is told at its code.
        owner = owners.get(folded(name)) if name is not None else None
        if owner is not None and owner != folded(row.values.get("code")):
            yield Fault(
                row.at(column),
                "a name of its own; {code} has this",
                str(name),
                values={"code": str(owner).upper()},
            )


def _group(row: Row, known: Known) -> Iterator[Fault]:
    zone = row.values.get("zone")
    if isinstance(zone, str) and not is_zone(zone):
        yield Fault(row.at("zone"), "a time zone such as Europe/Stockholm", shown(zone))
    level = known.fact("groups", row.values.get("code"), "level")
    if level == "local" and "district" in row.values and row.values["district"] is None:
        yield Fault(row.at("district"), "a district, since the group is local")
    agreement = known.fact("groups", row.values.get("code"), "agreement")
    theirs = known.fact("agreements", agreement, "level")
    if level is not None and theirs is not None and level != theirs:
        yield Fault(
            row.at("agreement"),
            "an agreement of the group's own level; this one is of the other",
            str(agreement),
        )


def _agreement(row: Row, known: Known) -> Iterator[Fault]:
    """An agreement that changes its level would take its groups with it (rule R1)."""
    named = {folded(group.values.get("code")) for group in known.rows.get("groups", [])}
    level = row.values.get("level")
    for code, group in known.facts("groups").items():
        mine = folded(group.get("agreement")) == folded(row.values.get("code"))
        if mine and code not in named and level is not None and group.get("level") != level:
            yield Fault(
                row.at("level"),
                "the level of the group {code}, which belongs to the agreement",
                str(level),
                values={"code": group.get("code")},
            )


def _seat(row: Row, known: Known) -> Iterator[Fault]:
    if row.values.get("basis") != "on_demand":
        return
    for column in ("reason", "approved_by", "valid_to"):
        if known.fact("seats", row.values.get("code"), column) is None:
            yield Fault(row.at(column), "a value, since the seat is held on demand")


def _survey(row: Row, known: Known) -> Iterator[Fault]:
    yield from survey_faults(row, known)
    code = folded(row.values.get("code"))
    asked = {key[0] for key in known.by_key("questions")}
    if code is not None and code not in asked:
        yield Fault(
            row.at("code"),
            "a survey with 1 to 5 questions; this one has none",
            str(row.values["code"]),
        )


def _question(row: Row, known: Known) -> Iterator[Fault]:
    yield from question_faults(row, known)
    choices = known_choices(row)
    if row.values.get("scale") == "choice" and choices is not None and len(choices) < 2:
        yield Fault(row.at("choices_sv"), "at least two choices with a semicolon between")
    english = row.values.get("choices_en")
    if isinstance(english, tuple) and english and choices and len(english) != len(choices):
        yield Fault(row.at("choices_en"), "as many choices as in Swedish", "; ".join(english))


def known_choices(row: Row) -> tuple[str, ...] | None:
    """A question's choices; None when the cell could not be read."""
    found = row.values.get("choices_sv", ())
    return found if isinstance(found, tuple) else None


def _decision(row: Row, known: Known) -> Iterator[Fault]:
    group, starts_at = row.values.get("group"), row.values.get("starts_at")
    if group is None or not isinstance(starts_at, datetime):
        return
    key = (folded(group), starts_at)
    if key not in known.by_key("meetings"):
        yield Fault(row.at("starts_at"), "the time of one of the group's meetings", str(group))


def _action_point(row: Row, known: Known) -> Iterator[Fault]:
    """A point belongs to one of the group's meetings and, if to any, to a decision of it."""
    found = list(_decision(row, known))
    yield from found
    number, group = row.values.get("decision"), row.values.get("group")
    key = (folded(group), row.values.get("starts_at"), number)
    if number is not None and not found and key not in known.by_key("decisions"):
        yield Fault(row.at("decision"), "the § of one of the meeting's decisions", str(number))


def _measure(row: Row, known: Known) -> Iterator[Fault]:
    """A promise is counted in something, until a day; half a row must fit what is stored."""
    code = row.values.get("code")
    start, due = (known.fact("measures", code, name) for name in ("start_on", "due_on"))
    both = "start_on" in row.values and "due_on" in row.values
    if not both and isinstance(start, date) and isinstance(due, date) and due < start:
        column = "due_on" if "due_on" in row.values else "start_on"
        found = row.values.get(column)
        if column == "due_on":
            yield Fault(
                row.at(column), "a day that is not before {day}", str(found), "", _day(start)
            )
        else:
            yield Fault(row.at(column), "a day that is not after {day}", str(found), "", _day(due))
    if row.values.get("promised") is None:
        return
    if due is None:
        yield Fault(row.at("due_on"), "a last day, since the promise is counted until then")
    if known.fact("measures", code, "promise_unit") is None:
        yield Fault(row.at("promise_unit"), "what is counted, since something is promised")


def _day(day: date) -> dict[str, object]:
    return {"day": day}


Rule = Callable[[Row, Known], Iterator[Fault]]

RULES: tuple[tuple[str, Rule], ...] = (
    ("agreements", _agreement),
    ("groups", _group),
    ("seats", _seat),
    ("surveys", _survey),
    ("questions", _question),
    ("measures", _measure),
    ("decisions", _decision),
    ("action_points", _action_point),
    ("data_sources", source_faults),
    ("indicators", indicator_faults),
    ("observations", observation_faults),
    ("targets", target_faults),
)

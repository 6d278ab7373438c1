"""What hinders no import but should be known: a group without one of its parties, and figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.workbook.columns import Row, Value, folded
from bot.workbook.faults import Caution
from bot.workbook.figure_rules import figures_out_of_time
from bot.workbook.known import Known

PARTIES = (
    ("district_administration", "Nobody in {group} sits for the district administration (R2)."),
    ("local_police_area", "Nobody in {group} sits for a local police area (R2)."),
)
"""Whom a local steering group must have, and what is said where it has not."""


def cautions(known: Known) -> Iterator[Caution]:
    """A line for each local steering group in the files that lacks a party on the day (R2)."""
    on = known.stored.at.date()
    groups = known.facts("groups")
    for code, row in _groups_of_files(known).items():
        group = groups.get(code, {})
        if group.get("kind") != "steering" or group.get("level") != "local" or not holds(group, on):
            continue
        kinds = _kinds_seated(known, code, on)
        for kind, text in PARTIES:
            if kind not in kinds:
                yield Caution(row.where, text, {"group": group.get("name")})
    yield from figures_out_of_time(known)


def holds(values: dict[str, Value], on: date) -> bool:
    """Whether a row is true on a day."""
    start, until = values.get("valid_from"), values.get("valid_to")
    return isinstance(start, date) and start <= on and (not isinstance(until, date) or on < until)


def _groups_of_files(known: Known) -> dict[Value, Row]:
    """The groups that the files say something of, and the first row that does."""
    found: dict[Value, Row] = {}
    for sheet, column in (("groups", "code"), ("seats", "group")):
        for row in known.rows.get(sheet, []):
            value = row.values.get(column)
            if value is None and sheet == "seats":
                value = known.fact("seats", row.values.get("code"), "group")
            if value is not None:
                found.setdefault(folded(value), row)
    return found


def _kinds_seated(known: Known, group: Value, on: date) -> set[Value]:
    """The kinds of organisation for which somebody sits in the group on the day."""
    seats = known.facts("seats")
    found = set()
    for seat in seats.values():
        if folded(seat.get("group")) == group and holds(seat, on) and _is_seated(known, seat, on):
            # A deputy sits for whom the deputised seat belongs to, or for nobody.
            deputised = seats.get(folded(seat.get("deputy_for")), {})
            home = deputised if seat.get("role") == "deputy" else seat
            found.add(known.fact("organisations", home.get("organisation"), "kind"))
    return found


def _is_seated(known: Known, seat: dict[str, Value], on: date) -> bool:
    person = seat.get("person")
    if person is None:
        return False
    left = known.fact("people", person, "left_on")
    return not isinstance(left, date) or on < left

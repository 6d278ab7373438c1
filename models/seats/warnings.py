"""What a planned change of seats would cause, though it may be carried out: told before saving."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.groups import Seat, SeatBasis
from models.people.organisations import Organisation, Party
from models.representation.coverage import Breach, breaches, seats_from
from models.seats.plans import Plan, entries, is_held, pattern, rows_after, seat_rows

PRINCIPALS = {Party.CITY, Party.POLICE}


class WarningKind(StrEnum):
    """What somebody should know before a plan is carried out."""

    GAP = "gap"
    NO_ADMINISTRATION = "no_administration"
    NO_POLICE = "no_police"
    HAS_SEAT = "has_seat"
    OTHER_PARTY = "other_party"
    WORKS_ELSEWHERE = "works_elsewhere"
    LEAVES = "leaves"
    NO_LAST_DAY = "no_last_day"
    CUTS = "cuts"
    RETROACTIVE = "retroactive"


@dataclass(frozen=True)
class Warned:
    """A warning with the row it is about, its first day, and the day from which it is over."""

    kind: WarningKind
    row: Seat | None = None
    first: date | None = None
    until: date | None = None


def warnings(plan: Plan, rows: Sequence[Seat], on: date) -> list[Warned]:
    """What a plan without faults would cause, as seen on a day."""
    return [
        *_cut(plan, rows),
        *_gaps(plan, rows, on),
        *_broken_rules(plan, rows),
        *_about_the_person(plan, rows),
        *_open_ended(plan, rows),
        *_retroactive(plan, on),
    ]


def _cut(plan: Plan, rows: Sequence[Seat]) -> Iterator[Warned]:
    """Somebody else's later mandate that becomes shorter or is taken away."""
    for entry in entries(plan, rows):
        row = entry.row
        if row is None or row.person is None or row.person is plan.person:
            continue
        if row.position == plan.position and row.valid_from > plan.first:
            yield Warned(WarningKind.CUTS, row, first=entry.says.first if entry.says else None)
        elif row.position != plan.position:
            yield Warned(WarningKind.CUTS, row, until=entry.says.until if entry.says else None)


def _gaps(plan: Plan, rows: Sequence[Seat], on: date) -> Iterator[Warned]:
    """The days, from today on, on which nobody will hold the seat until somebody does.

    After a mandate that is ended they may have no end; a last day that is given has been chosen.
    """
    before = seat_rows(rows, plan.position)
    after = seat_rows(rows_after(rows, entries(plan, rows)), plan.position)
    held = [row for row in after if is_held(row, row.valid_from, row.valid_until)]
    if before and not plan.ends:
        ends = [_left(row) for row in held if row.valid_from < plan.first]
        start = max((*(end for end in ends if end), on), default=on)
        if max(start, before[0].valid_from) < plan.first and None not in ends:
            start = max(start, before[0].valid_from)
            yield Warned(WarningKind.GAP, first=start, until=plan.first)
    stops = plan.first if plan.ends else plan.until
    if stops is None or any(row.basis is SeatBasis.ON_DEMAND for row in before):
        return
    later = [row.valid_from for row in held if row.valid_from >= stops]
    if later and min(later) > max(stops, on):
        yield Warned(WarningKind.GAP, first=max(stops, on), until=min(later))
    if not later and plan.ends and any(row.valid_from >= stops for row in after):
        yield Warned(WarningKind.GAP, first=max(stops, on))


def _left(row: Seat) -> date | None:
    """The first day on which the holder of a row does not hold it any more."""
    left = row.person.left_on if row.person else None
    ends = [day for day in (left, row.valid_until) if day is not None]
    return min(ends, default=None)


def _broken_rules(plan: Plan, rows: Sequence[Seat]) -> Iterator[Warned]:
    """Rule R2 broken by the plan, from the first day on which it was kept before."""
    after = rows_after(rows, entries(plan, rows))
    days = {plan.first} | {row.valid_from for row in after} | {row.valid_until for row in after}
    later = sorted(day for day in days if day is not None and day >= plan.first)
    for breach, kind in (
        (Breach.NO_ADMINISTRATION, WarningKind.NO_ADMINISTRATION),
        (Breach.NO_POLICE, WarningKind.NO_POLICE),
    ):
        for day in later:
            kept = breach not in breaches(plan.group, seats_from(rows, day))
            if kept and breach in breaches(plan.group, seats_from(after, day)):
                yield Warned(kind, first=day)
                break


def _about_the_person(plan: Plan, rows: Sequence[Seat]) -> Iterator[Warned]:
    person, organisation = plan.person, _organisation(plan, rows)
    if person is None or organisation is None:
        return
    for row in rows:
        if row.position == plan.position or row.person is not person:
            continue
        if is_held(row, plan.first, plan.until):
            parties = {row.organisation.party, organisation.party}
            other = len(parties) == 2 and parties <= PRINCIPALS
            yield Warned(WarningKind.OTHER_PARTY if other else WarningKind.HAS_SEAT, row)
    if person.organisation is not organisation:
        yield Warned(WarningKind.WORKS_ELSEWHERE)
    if person.left_on is not None and (plan.until is None or person.left_on < plan.until):
        yield Warned(WarningKind.LEAVES, first=person.left_on)


def _open_ended(plan: Plan, rows: Sequence[Seat]) -> Iterator[Warned]:
    """A new deputy without a last day; in a deputy's seat that was there before it is the rule."""
    if plan.deputised and plan.until is None and not seat_rows(rows, plan.position):
        yield Warned(WarningKind.NO_LAST_DAY)


def _organisation(plan: Plan, rows: Sequence[Seat]) -> Organisation | None:
    """The organisation whose seat it will be, or whose seat a deputy is for."""
    if plan.organisation is not None:
        return plan.organisation
    shape = pattern(seat_rows(rows, plan.deputised or plan.position), plan.first)
    return shape.organisation if shape else None


def _retroactive(plan: Plan, on: date) -> Iterator[Warned]:
    if plan.first < on or (plan.ends and plan.first == on):
        yield Warned(WarningKind.RETROACTIVE)

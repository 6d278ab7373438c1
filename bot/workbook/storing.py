"""What an import would change, and changing it: rows are found by the names in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.workbook.columns import Row, Sheet
from bot.workbook.corrections import correct, correction_faults, is_correction
from bot.workbook.faults import Fault
from bot.workbook.sheets import SHEETS
from bot.workbook.sheets.figures import OBSERVATIONS
from bot.workbook.shelf import Held
from bot.workbook.shelves import SHELVES
from bot.workbook.spells import differing
from bot.workbook.stored import Stored

ROW_STAYS = "what is stored already; such a row is never changed, so add a new one instead"
FIGURE_STAYS = (
    "what is stored already; to correct a figure, give the reason in the column correction, and "
    "what stood before is kept"
)


@dataclass(frozen=True)
class Counts:
    """How many rows are new, changed and as they were."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.new + other.new, self.changed + other.changed, self.same + other.same)


@dataclass(frozen=True)
class Change:
    """A stored row and the columns in which the file says something else."""

    row: Row
    held: Held
    columns: list[str]


@dataclass(frozen=True)
class Plan:
    """What is to be done with one sheet."""

    sheet: Sheet
    new: list[Row] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0

    @property
    def counts(self) -> Counts:
        """The plan in numbers."""
        return Counts(len(self.new), len(self.changed), self.same)


def planned(rows: dict[str, list[Row]], stored: Stored) -> tuple[list[Plan], list[Fault]]:
    """What the rows would change, sheet by sheet in the order in which it is done."""
    plans: list[Plan] = []
    faults: list[Fault] = []
    for sheet in SHEETS:
        if rows.get(sheet.name):
            plan = _plan(sheet, rows[sheet.name], stored)
            plans.append(plan)
            if sheet.append_only:
                faults += _immutable(plan.changed)
                faults += correction_faults(plan)
    return plans, faults


def _plan(sheet: Sheet, rows: list[Row], stored: Stored) -> Plan:
    held = stored.held(sheet.name)
    plan, same = Plan(sheet), 0
    for row in rows:
        found = held.get(row.key)
        if found is None:
            plan.new.append(row)
            continue
        columns = differing(row, found.values)
        if columns:
            plan.changed.append(Change(row, found, columns))
        else:
            same += 1
    return Plan(sheet, plan.new, plan.changed, same)


def _immutable(changes: list[Change]) -> Iterator[Fault]:
    """What was reported, decided or measured stays; a remark may change, a figure be corrected."""
    for change in changes:
        if is_correction(change):
            continue
        name = next((name for name in change.columns if name != "remark"), None)
        if name is not None:
            is_figure = change.row.sheet.name == OBSERVATIONS.name
            yield Fault(change.row.at(name), FIGURE_STAYS if is_figure else ROW_STAYS)


def store(plans: list[Plan], stored: Stored, stepped: Callable[[int], None]) -> Counts:
    """Carries the plans out in the session; the caller commits. Tells each sheet's rows done."""
    total = Counts()
    for plan in plans:
        shelf = SHELVES[plan.sheet.name]
        if plan.new:
            shelf.add_all(plan.new, stored)
        for change in plan.changed:
            if is_correction(change):
                correct(change, stored)
            else:
                shelf.change(change.held, change.row, change.columns, stored)
        stored.session.flush()
        total += plan.counts
        stepped(sum((plan.counts.new, plan.counts.changed, plan.counts.same)))
    return total

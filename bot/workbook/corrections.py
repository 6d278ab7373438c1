"""Figures that turned out wrong: a row with a reason corrects them, and what stood before stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.workbook.faults import Fault
from bot.workbook.sheets.figures import OBSERVATIONS
from bot.workbook.shelves import SHELVES
from models.indicators.indicator import Observation

if TYPE_CHECKING:
    from bot.workbook.stored import Stored
    from bot.workbook.storing import Change, Plan

REASON = "correction"
GIVEN_BEFORE = (
    "a reason of its own for this correction: this one was given before, so the file may be older "
    "than what is stored"
)


def is_correction(change: Change) -> bool:
    """Whether a row corrects a stored figure: it says something else, and why."""
    wanted = change.row.sheet is OBSERVATIONS and change.row.values.get(REASON)
    return bool(wanted) and any(name != "remark" for name in change.columns)


def correction_faults(plan: Plan) -> Iterator[Fault]:
    """A reason that was given before is refused, so that an old file turns no figure back."""
    for change in filter(is_correction, plan.changed):
        reason = str(change.row.values[REASON])
        if reason in _reasons(change.held.record):
            yield Fault(change.row.at(REASON), GIVEN_BEFORE, reason)


def _reasons(row: Observation | None) -> Iterator[str]:
    while row is not None:
        yield row.correction
        row = row.corrects


def correct(change: Change, stored: Stored) -> None:
    """Stores a whole new row that points to the one it corrects."""
    record = SHELVES[OBSERVATIONS.name].new(change.row, stored)
    record.corrects_id = change.held.record.id
    record.corrected_at = stored.at
    stored.session.add(record)
    stored.session.flush()
    stored.learn(OBSERVATIONS, change.row, record)

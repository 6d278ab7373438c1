"""An import from files to rows: read, check all, then store all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from bot.workbook.checking import Rows, checked, rows_of
from bot.workbook.columns import Where
from bot.workbook.faults import Caution, Fault
from bot.workbook.grids import grids
from bot.workbook.headings import Table, table
from bot.workbook.new_owners import new_owners, tell
from bot.workbook.rewording import Rewording, ask_again, brought_back, rewordings
from bot.workbook.stored import Stored
from bot.workbook.storing import Counts, Plan, planned, store
from models import audit
from models.database import Database
from models.registry_version import names_have_changed
from models.surveys.limits import DEFAULTS, Limits

Stepped = Callable[[int], None]


@dataclass(frozen=True)
class Draft:
    """The files as read: rows whose cells are understood, and what is wrong so far."""

    rows: Rows
    faults: tuple[Fault, ...]
    files: tuple[str, ...]

    @property
    def size(self) -> int:
        """The number of rows."""
        return sum(len(rows) for rows in self.rows.values())


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do, or why it did nothing."""

    sheets: tuple[tuple[str, Counts], ...] = ()
    faults: tuple[Fault, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def counts(self) -> Counts:
        """All sheets together."""
        return sum((counts for _, counts in self.sheets), Counts())


def read(paths: list[Path]) -> Draft:
    """Reads files and folders; nothing is known of the database yet."""
    found, faults = grids(paths)
    tables: list[Table] = []
    for grid in found:
        one, wrong = table(grid)
        faults += wrong
        if one is not None:
            tables.append(one)
    rows, wrong = rows_of(tables)
    draft = Draft(rows, (*faults, *wrong), tuple(path.name for path in paths))
    if draft.size == 0 and not draft.faults:
        nothing = Fault(Where(", ".join(draft.files)), "at least one row under the headings")
        return Draft(rows, (nothing,), draft.files)
    return draft


def compare(draft: Draft, database: Database, at: datetime) -> Outcome:
    """What importing would do; nothing is changed."""
    with database.read() as session:
        found = _checked_plans(draft, Stored(session, at))
    return found.outcome


def bring_in(
    draft: Draft,
    database: Database,
    at: datetime,
    stepped: Stepped | None = None,
    limits: Limits = DEFAULTS,
) -> Outcome:
    """Imports a draft in one transaction; with a single fault nothing is changed.

    `limits` are what new surveys promise.
    """
    with database.write() as session:
        stored = Stored(session, at, limits)
        found = _checked_plans(draft, stored)
        if not found.faults:
            handed = new_owners(found.plans)
            counts = store(found.plans, stored, stepped or _unseen)
            ask_again(found.reworded, stored)
            tell(handed, stored)
            _leave_trace(session, draft, counts, at)
    return found.outcome


@dataclass(frozen=True)
class _Plans:
    """What is to be done with every sheet, or why nothing is, and what to know beside."""

    plans: list[Plan]
    faults: list[Fault]
    cautions: tuple[Caution, ...]
    reworded: tuple[Rewording, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The plans in numbers, or the faults in the order in which one reads the files."""
        if self.faults:
            return Outcome(faults=tuple(sorted(self.faults, key=_in_reading_order)))
        sheets = tuple((plan.sheet.name, plan.counts) for plan in self.plans)
        told = [*self.cautions, *(one.caution for one in self.reworded)]
        return Outcome(sheets, (), tuple(sorted(told, key=_in_reading_order)))


def _checked_plans(draft: Draft, stored: Stored) -> _Plans:
    found = checked(draft.rows, stored)
    faults = [*draft.faults, *found.faults]
    if faults:
        return _Plans([], faults, found.cautions)
    plans, faults = planned(found.rows, stored)
    cautions = (*found.cautions, *brought_back(plans, stored))
    return _Plans(plans, faults, cautions, tuple(rewordings(plans, stored)))


def _in_reading_order(told: Fault | Caution) -> tuple[str, str, int]:
    return told.where.file, told.where.sheet, told.where.row or 0


def _leave_trace(session: Session, draft: Draft, counts: Counts, at: datetime) -> None:
    """The audit row of this import and, where something changed, a new version of the registry."""
    audit.record(
        session,
        None,
        "import",
        ", ".join(draft.files),
        at,
        new=counts.new,
        changed=counts.changed,
        same=counts.same,
    )
    if counts.new or counts.changed:
        names_have_changed(session)


def _unseen(_: int) -> None:
    """Nobody watches the rows go by."""

"""Measures to which a file gives another owner: those concerned are told, once for the import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.workbook.storing import Plan
from handlers.measures.imported_owners import tell_owners
from models.measures.changes import history
from models.measures.measure import Measure
from models.people.organisations import Person

if TYPE_CHECKING:
    from bot.workbook.stored import Stored


@dataclass(frozen=True)
class NewOwner:
    """A measure that changes hands, and whose it was before the import."""

    measure: Measure
    former: Person | None


def new_owners(plans: Iterable[Plan]) -> list[NewOwner]:
    """What the plans change hands of; read before they are carried out."""
    return [
        NewOwner(change.held.record, change.held.record.owner)
        for plan in plans
        if plan.sheet.name == "measures"
        for change in plan.changed
        if "owner" in change.columns
    ]


def tell(found: list[NewOwner], stored: Stored) -> None:
    """Tells the new and the former owners; the last change that was written names the import."""
    if not found:
        return
    last = max(row.id for row in history(stored.session, found[-1].measure))
    changed = [(each.measure, each.former) for each in found]
    tell_owners(stored.session, changed, f"imported_owners:{last}", stored.at)

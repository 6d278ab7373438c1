"""What both parties have been asked to approve, and a file words anew: they are asked again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.workbook.faults import Caution
from bot.workbook.storing import Change, Plan
from handlers.chain.approval_told import ask_chairs, tell_rewording
from handlers.chain.things import find_all, wording
from models.chain.approvals import Approvable, Subject, histories, wording_changed
from models.chain.removal import removed_codes
from models.schedule import local_day

if TYPE_CHECKING:
    from bot.workbook.stored import Stored

KINDS = {
    "directions": Approvable.DIRECTION,
    "goals": Approvable.GOAL,
    "measures": Approvable.MEASURE,
}
LINKS = ("problems", "causes", "directions", "goals")
SAID = {
    Approvable.DIRECTION: {"title"},
    Approvable.GOAL: {"title", "baseline", "target", "unit", "due_on", "indicator"},
    Approvable.MEASURE: {"title", "goals", "goal", "due_on"},
}
"""The columns that are read in what is approved, as `handlers.chain.things.wording` has it."""


@dataclass(frozen=True)
class Rewording:
    """A thing that has been submitted for approval, and the row of the file that words it anew."""

    subject: Subject
    change: Change

    @property
    def caution(self) -> Caution:
        """What is said of it, before it is imported and after."""
        text = "{code} is submitted for approval: both parties are asked about the new wording."
        row = self.change.row
        column = next(name for name in self.change.columns if name in SAID[self.subject.kind])
        return Caution(row.at(column), text, {"code": self.subject.code})


def rewordings(plans: Iterable[Plan], stored: Stored) -> list[Rewording]:
    """What the plans change of what has been submitted for approval."""
    found = {one.subject: one for plan in plans for one in _worded(plan)}
    versions = histories(stored.session, found)
    return [one for subject, one in found.items() if versions[subject]]


def _worded(plan: Plan) -> Iterator[Rewording]:
    kind = KINDS.get(plan.sheet.name)
    if kind is not None:
        for change in plan.changed:
            if SAID[kind] & set(change.columns):
                yield Rewording(Subject(kind, change.held.record.code), change)


def brought_back(plans: Iterable[Plan], stored: Stored) -> list[Caution]:
    """What was taken from the chain here and a file, perhaps an older one, brings back."""
    text = "{code} was taken away here, and the file brings it back."
    return [
        Caution(row.at("code"), text, {"code": row.values["code"]})
        for plan in plans
        if plan.sheet.name in LINKS
        for row in plan.new
        if str(row.values["code"])
        in removed_codes(stored.session, plan.sheet.name[:-1], str(row.values["code"]))
    ]


def ask_again(found: Iterable[Rewording], stored: Stored) -> None:
    """Makes new versions of what the import has worded anew, and tells those concerned."""
    session, at = stored.session, stored.at
    on = local_day(at)
    session.flush()
    for subject, thing in find_all(session, [one.subject for one in found]).items():
        version = wording_changed(session, subject, wording(thing), None, at)
        if version is not None:
            ask_chairs(session, thing, version, on, at)
            tell_rewording(session, thing, version, on, at)

"""What all answers to a check-in share: the measure, if the member may report on it."""

from __future__ import annotations

from handlers.errors import NotFound
from handlers.measures.report import find_measure
from handlers.visit import Visit
from models.measures.measure import Measure
from models.rights import Action


def asked_about(visit: Visit, code: str, *, alone: bool = False) -> Measure:
    """The measure that a button or form names, which the member may report on."""
    measure = find_measure(visit, code, alone=alone)
    visit.demand(Action.REPORT, measure=measure)
    return measure


def too_old(visit: Visit) -> NotFound:
    """What is said of a form that nothing understands any more."""
    return NotFound(visit.language._("This form is too old. Write `rapportera` instead."))

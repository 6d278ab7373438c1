"""The action points whose owners are asked about them: near their last day, or past it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from models.measures.prompts import REMIND_AFTER
from models.meetings.action_points import ActionPoint, ActionPointStep
from models.meetings.points import PointFacts, open_points
from models.people.absences import days_to_answer, spells
from models.people.organisations import Absence
from models.schedule import ZONE, local_day

DUE_WITHIN = timedelta(days=7)
MOST_TIMES = 2
"""The question and one reminder; then it is left at that until the point changes."""


def due_points(session: Session, people: Collection[int], on: date) -> dict[int, list[PointFacts]]:
    """What each of the people is to be asked about on a day, the nearest last day first.

    A point that became a measure is asked about as that.
    """
    mine = ActionPoint.measure_id.is_(None) & ActionPointStep.owner_id.in_(people)
    near = mine & (ActionPointStep.due_on <= on + DUE_WITHIN)
    found = open_points(session, near & (ActionPoint.times_asked < MOST_TIMES), restricted=True)
    absences = spells(session, {each.step.owner_id for each in found})
    by_person: dict[int, list[PointFacts]] = defaultdict(list)
    for each in found:
        if _may_be_asked(each.point, absences[each.step.owner_id], on):
            by_person[each.step.owner_id].append(each)
    return by_person


def _may_be_asked(point: ActionPoint, absences: list[Absence], on: date) -> bool:
    """Whether it was never asked about, or has had its days for an answer."""
    if point.asked_at is None:
        return True
    return days_to_answer(local_day(point.asked_at, ZONE), on, absences) >= REMIND_AFTER


def due_before(session: Session, days: Mapping[int, date], on: date) -> set[int]:
    """Those people who are to do something before their day of the week for being asked."""
    due = due_points(session, days, on) if days else {}
    return {
        key for key, found in due.items() if any(each.step.due_on < days[key] for each in found)
    }

"""Why nothing is heard of measures: their owners are away, or were asked and did not answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from models.measures.measure import Measure, PromptState
from models.measures.progress import Unheard
from models.measures.prompts import waiting
from models.people.absences import away


def unheard(session: Session, measures: Iterable[Measure], on: date) -> dict[int, Unheard]:
    """Why there may be no report on a day, by the id of each measure of which it is known."""
    known = list(measures)
    absent = away(session, {each.owner_id for each in known if each.owner_id is not None}, on)
    silent = {
        key for key, row in waiting(session, known).items() if row.state is PromptState.SILENT
    }
    return {
        each.id: Unheard(absent.get(each.owner_id or 0), each.id in silent)
        for each in known
        if each.owner_id in absent or each.id in silent
    }

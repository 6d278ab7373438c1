"""Measures of a district that may be the same as a new one."""

from __future__ import annotations

from rapidfuzz import fuzz
from sqlalchemy import select

from handlers.visit import Visit
from models.groups import Group
from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.measures.workload import with_reports
from models.wording import status_words

ALIKE = 85
"""How alike two titles are, of 100, before it is said."""

MOST = 3


def similar_lines(visit: Visit, group: Group, title: str, but: Measure | None = None) -> list[str]:
    """A line for each measure of the group's district whose title is much like this one."""
    within = select(Group.id).where(Group.district_id.is_not_distinct_from(group.district_id))
    found = [
        (fuzz.token_sort_ratio(title.casefold(), each.title.casefold()), each, report)
        for each, report in with_reports(visit.session, Measure.group_id.in_(within))
        if but is None or each.id != but.id
    ]
    near = sorted((one for one in found if one[0] >= ALIKE), key=lambda one: -one[0])
    return [_line(visit, each, report) for _, each, report in near[:MOST]]


def _line(visit: Visit, measure: Measure, report: ProgressReport | None) -> str:
    status = report.status if report else MeasureStatus.NOT_STARTED
    return visit.language._(
        "{code} is much like it: {title} ({status}). It belongs to {group}.",
        code=measure.code,
        title=measure.title,
        status=status_words(visit.language, status).word.lower(),
        group=measure.group.name,
    )

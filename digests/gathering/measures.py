"""The measures that groups follow, as they were at both ends of a period.

What is stored of a measure is what it says now: its changes since are read backwards. Of its
reports that one counts which counted then. So whoever reads later reads the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Date, Subquery, case, func, literal, or_, select, union
from sqlalchemy.orm import Session, aliased

from digests.gathering.backwards import Changed, turned
from digests.gathering.scope import Home, Rows, Scope
from models.agreements import PriorityArea
from models.base import held_on
from models.groups import Group, SeatRole
from models.intervals import A_DAY
from models.measures.measure import (
    Measure,
    MeasureChange,
    MeasureEvent,
    MeasureStatus,
    ProgressReport,
)
from models.measures.needed import NOBODY, ROLE, Needed
from models.measures.progress import last_of_measure
from models.people.organisations import Absence, Organisation, Person, shown_name

_OWNER_HOME = aliased(Organisation)
_NEEDED, _NEEDED_HOME = aliased(Person), aliased(Organisation)
_NEEDED_ORGANISATION = aliased(Organisation)
_SAID, _BEFORE = aliased(ProgressReport), aliased(ProgressReport)
_VERSION = aliased(PriorityArea)
_FORMER_GROUP = aliased(Group)
"""The owner's organisation, and who a report says is needed; what was said within the
period, and the report before it. Made once, for that is slow."""


class ReportThen(NamedTuple):
    """The report that counted for a measure at a moment."""

    id: int
    at: datetime
    status: MeasureStatus
    said: str
    help_wanted: bool
    times_done: int | None
    needed: Needed


class MeasureThen(NamedTuple):
    """What a measure said at a moment, and the report that counted."""

    id: int
    code: str
    title: str
    organisation: str
    owner_id: int | None
    owner: str | None
    group_id: int
    home: Home
    area: str
    start_on: date
    due_on: date | None
    cadence_days: int
    promised: int | None
    promise_unit: str
    away_until: date | None
    report: ReportThen | None

    def is_there(self, on: date) -> bool:
        """Whether it has begun, or something has been said of it already."""
        return self.start_on <= on or self.report is not None


class Both(NamedTuple):
    """The measures at the end of a period, and those that differed at its beginning, by id.

    What stands in `differed` as None was not there at the beginning. `areas` are the names of
    their priority areas, by code and language.
    """

    then: Sequence[MeasureThen]
    differed: Mapping[int, MeasureThen | None]
    areas: Mapping[str, Mapping[str, str]]

    def before(self, measure: MeasureThen) -> MeasureThen | None:
        """What a measure said at the beginning; None where it was not there."""
        return self.differed.get(measure.id, measure)


def read(session: Session, scope: Scope) -> Both:
    """The measures that the groups of a scope follow, at both ends of its period."""
    now, heard, areas = [], {}, {}
    for was_touched, swedish, english, *row in session.execute(_measures(scope)):
        measure = _measure(row[:_WIDTH])
        now.append(measure)
        if swedish:
            areas[measure.area] = {"sv": swedish, "en": english}
        if was_touched:
            heard[measure.id] = _earlier(row[_WIDTH:])
    then, differed = _turned_back(session, scope, now)
    for measure in then:
        at_start = differed.get(measure.id, measure)
        if measure.id in heard and at_start is not None:
            differed[measure.id] = at_start._replace(report=heard[measure.id])
    return Both(then, differed, areas)


def _turned_back(
    session: Session, scope: Scope, now: Sequence[MeasureThen]
) -> tuple[list[MeasureThen], dict[int, MeasureThen | None]]:
    """The measures at the end of the period, and what those that it changed said before it."""
    later, within = _changes(session, scope)
    then, differed = [], {}
    for measure in now:
        at_end = turned(measure, later.get(measure.id, ()))
        if at_end is None:
            continue
        then.append(at_end)
        if measure.id in within:
            differed[measure.id] = turned(at_end, within[measure.id])
    return then, differed


def _measures(scope: Scope) -> Rows:
    """Each measure with what is shown of it, and the reports that count at both ends.

    Where nothing was said within the period, the one at its beginning is not looked for: it is
    the same. What was taken back counts as said.
    """
    since, until = scope.period.since, scope.period.until
    touched = (
        select(_SAID.id)
        .where(_SAID.measure_id == Measure.id, _SAID.at >= since, _SAID.at < until)
        .correlate(Measure)
        .exists()
    )
    followed = _followed(scope)
    earlier = case((touched, last_of_measure(since)))
    away = _away_until(scope.on, until)
    return (
        select(
            touched,
            PriorityArea.name_sv,
            PriorityArea.name_en,
            *_OF_MEASURE,
            away,
            *_OF_REPORT,
            *_OF_EARLIER,
        )
        .select_from(followed)
        .join(Measure, Measure.id == followed.c.id)
        .join(Measure.group)
        .join(Measure.organisation)
        .outerjoin(Person, Person.id == Measure.owner_id)
        .outerjoin(_OWNER_HOME, _OWNER_HOME.id == Person.organisation_id)
        .outerjoin(ProgressReport, ProgressReport.id == last_of_measure(until))
        .outerjoin(_NEEDED, _NEEDED.id == ProgressReport.needed_person_id)
        .outerjoin(_NEEDED_HOME, _NEEDED_HOME.id == _NEEDED.organisation_id)
        .outerjoin(_NEEDED_ORGANISATION, _NEEDED_ORGANISATION.code == ProgressReport.needed)
        .outerjoin(_BEFORE, _BEFORE.id == earlier)
        .outerjoin(PriorityArea, PriorityArea.id == _version_of_area())
    )


def _version_of_area() -> Any:
    """The latest version of a measure's priority area."""
    latest = select(func.max(_VERSION.id)).where(_VERSION.code == Measure.area)
    return latest.correlate(Measure).scalar_subquery()


def _followed(scope: Scope) -> Subquery:
    """The ids of the measures that are followed, or may have been before.

    All else is joined to these: PostgreSQL keeps the order of so many joins, and with an "or" both
    databases look at every measure that there is.
    """
    followed = select(Measure.id).join(Measure.group).where(scope.follows())
    moved = select(MeasureChange.measure_id).where(
        MeasureChange.event == MeasureEvent.MOVED, MeasureChange.at >= scope.period.since
    )
    return union(followed, moved).subquery("followed")


def _away_until(day: date, until: datetime) -> Any:
    """The day after the owner's absence, as it was known then; the last day of all without end."""
    last = func.max(func.coalesce(Absence.valid_until, literal(date.max, Date)), type_=Date)
    return (
        select(last)
        .where(
            Absence.person_id == Measure.owner_id,
            Absence.set_at < until,
            or_(Absence.withdrawn_at.is_(None), Absence.withdrawn_at >= until),
            held_on(Absence, day),
        )
        .correlate(Measure)
        .scalar_subquery()
    )


_OF_AREA = (PriorityArea.name_sv, PriorityArea.name_en)
_OF_MEASURE = (
    Measure.id,
    Measure.code,
    Measure.title,
    Organisation.name,
    Measure.owner_id,
    Person.name,
    Person.display_policy,
    Person.title,
    _OWNER_HOME.name,
    Measure.group_id,
    Group.level,
    Group.district_id,
    Measure.area,
    Measure.start_on,
    Measure.due_on,
    Measure.cadence_days,
    Measure.promised,
    Measure.promise_unit,
)
_OF_REPORT = (
    ProgressReport.id,
    ProgressReport.at,
    ProgressReport.status,
    ProgressReport.comment,
    ProgressReport.obstacle,
    ProgressReport.help_wanted,
    ProgressReport.times_done,
    ProgressReport.needed,
    _NEEDED_ORGANISATION.name,
    _NEEDED.name,
    _NEEDED.display_policy,
    _NEEDED.title,
    _NEEDED_HOME.name,
)
_OF_EARLIER = (_BEFORE.id, _BEFORE.at, _BEFORE.status, _BEFORE.help_wanted)
"""The columns in the order in which `_measure`, `_report` and `_earlier` take them."""

_WIDTH = len(_OF_MEASURE) + 1 + len(_OF_REPORT)


def _measure(row: Sequence[Any]) -> MeasureThen:
    (
        number, code, title, organisation, owner_id, name, policy, job, home, group_id, level,
        district_id, area, start_on, due_on, cadence, promised, unit, away, *report,
    ) = row  # fmt: skip
    owner = shown_name(policy, name, job, home) if owner_id is not None else None
    return MeasureThen(
        number, code, title, organisation, owner_id, owner, group_id, (level, district_id), area,
        start_on, due_on, cadence, promised, unit, away - A_DAY if away else None, _report(report),
    )  # fmt: skip


def _report(columns: Sequence[Any]) -> ReportThen | None:
    number, at, status, comment, obstacle, help_wanted, times, needed, *who = columns
    if number is None:
        return None
    named = _needed(needed, who)
    return ReportThen(number, at, status, obstacle or comment, help_wanted, times, named)


def _earlier(columns: Sequence[Any]) -> ReportThen | None:
    """The report that counted at the beginning; of it no more is told than that it differed."""
    number, at, status, help_wanted = columns
    return ReportThen(number, at, status, "", help_wanted, None, NOBODY) if number else None


def _needed(needed: str, who: Sequence[Any]) -> Needed:
    organisation, name, policy, job, home = who
    if not needed and name is None:
        return NOBODY
    role = SeatRole(needed.removeprefix(ROLE)) if needed.startswith(ROLE) else None
    names = [organisation] if organisation else []
    if name is not None:
        names.append(shown_name(policy, name, job, home))
    return Needed(role, tuple(names))


Found = dict[int, list[Changed]]
"""Changes by measure, the newest first."""


def _changes(session: Session, scope: Scope) -> tuple[Found, Found]:
    """What was changed after the period, and within it."""
    later: Found = defaultdict(list)
    within: Found = defaultdict(list)
    for measure_id, at, *row in session.execute(_changed(scope)):
        (later if at >= scope.period.until else within)[measure_id].append(_change(row))
    return later, within


def _changed(scope: Scope) -> Rows:
    """Each change with what it says by ids and codes, as it was before."""
    before, followed = MeasureChange.fields, _followed(scope)
    return (
        select(MeasureChange.measure_id, *_OF_CHANGE)
        .select_from(followed)
        .join(MeasureChange, MeasureChange.measure_id == followed.c.id)
        .outerjoin(Person, Person.id == before["owner", 0].as_integer())
        .outerjoin(_OWNER_HOME, _OWNER_HOME.id == Person.organisation_id)
        .outerjoin(Organisation, Organisation.code == before["organisation", 0].as_string())
        .outerjoin(_FORMER_GROUP, _FORMER_GROUP.code == before["group", 0].as_string())
        .where(MeasureChange.at >= scope.period.since)
        .order_by(MeasureChange.at.desc(), MeasureChange.id.desc())
    )


_OF_CHANGE = (
    MeasureChange.at,
    MeasureChange.event,
    MeasureChange.fields,
    Person.name,
    Person.display_policy,
    Person.title,
    _OWNER_HOME.name,
    Organisation.name,
    _FORMER_GROUP.id,
    _FORMER_GROUP.level,
    _FORMER_GROUP.district_id,
)


def _change(row: Sequence[Any]) -> Changed:
    event, fields, name, policy, job, home, organisation, group_id, *place = row
    owner = shown_name(policy, name, job, home) if name is not None else None
    return Changed(event, fields, owner, organisation, group_id, (place[0], place[1]))


def by_home(measures: Iterable[MeasureThen]) -> dict[Home | int, list[MeasureThen]]:
    """The measures of each district and level, and of each group by its id, by code."""
    found: dict[Home | int, list[MeasureThen]] = defaultdict(list)
    for measure in sorted(measures, key=lambda each: each.code):
        found[measure.home].append(measure)
        found[measure.group_id].append(measure)
    return found

"""Reading the reports: how a measure stands on a day, and how the measures of a group stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from sqlalchemy import ScalarSelect, Select, select
from sqlalchemy.orm import Session, aliased, joinedload

from models.chain import links
from models.groups import Group, GroupKind
from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.people.organisations import Person
from models.schedule import local_day

_KNOWN = links
"""Measures point to the chain, whose tables must be known before anything is made of them."""

UNDOING = aliased(ProgressReport)
EARLIER = aliased(ProgressReport)
"""A report as the undoing of another, and as one of many; made once, for that is slow."""


class Light(StrEnum):
    """The one word for how a measure stands; the first that fits, in this order.

    DONE and CANCELLED are closed. LATE was reported delayed, or its date has passed. AWAY has no
    report within its cadence, for its owner is away; SILENT has none, and nobody is. AT_RISK wants
    help or may become late. ON_PLAN is reported as ongoing. NOT_STARTED has not begun.
    """

    DONE = "done"
    CANCELLED = "cancelled"
    LATE = "late"
    AWAY = "away"
    SILENT = "silent"
    AT_RISK = "at_risk"
    ON_PLAN = "on_plan"
    NOT_STARTED = "not_started"


class Running(Protocol):
    """What must be known of a measure to say how it stands."""

    @property
    def start_on(self) -> date: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def cadence_days(self) -> int: ...


class Heard(Protocol):
    """What must be known of a report to say how its measure stands."""

    @property
    def at(self) -> datetime: ...
    @property
    def status(self) -> MeasureStatus: ...
    @property
    def help_wanted(self) -> bool: ...


@dataclass(frozen=True)
class Unheard:
    """Why nothing may have been heard of a measure.

    `away_until` is the last day of its owner's absence. `no_answer` tells that its owner was asked
    and reminded, and did not answer.
    """

    away_until: date | None = None
    no_answer: bool = False


@dataclass(frozen=True)
class Standing:
    """How a measure stands on a day.

    `days_late` counts from the date that has passed, `days_silent` from the last report or, where
    there is none, from the start; both are 0 when nothing has passed. `away_until` is given only
    where an absence is why there is no report: that is no silence.
    """

    status: MeasureStatus
    days_late: int = 0
    days_silent: int = 0
    is_silent: bool = False
    help_wanted: bool = False
    never_reported: bool = False
    away_until: date | None = None
    no_answer: bool = False

    @property
    def reported_late(self) -> bool:
        """Whether the last report says delayed."""
        return self.status is MeasureStatus.DELAYED

    @property
    def is_late(self) -> bool:
        """Whether it was reported delayed or its date has passed."""
        return not self.status.is_closed and (self.reported_late or self.days_late > 0)

    @cached_property
    def light(self) -> Light:
        """The one word for it."""
        if self.status.is_closed:
            return Light(self.status.value)
        if self.is_late:
            return Light.LATE
        if self.away_until is not None:
            return Light.AWAY
        if self.is_silent:
            return Light.SILENT
        if self.help_wanted or self.status is MeasureStatus.AT_RISK:
            return Light.AT_RISK
        return Light.ON_PLAN if self.status is MeasureStatus.ONGOING else Light.NOT_STARTED


def current_reports(
    session: Session,
    measure_ids: Collection[int],
    before: datetime | None = None,
    *,
    with_reporters: bool = False,
) -> dict[int, ProgressReport]:
    """The report that counts for each measure: the last that was not undone, in one query.

    With `before` the answer is what was known then: later reports and undoings are left out.
    Only the reports that count are read, however long the history behind them is.
    """
    if not measure_ids:
        return {}
    query = (
        select(ProgressReport)
        .join(Measure, ProgressReport.id == last_of_measure(before))
        .where(Measure.id.in_(measure_ids))
    )
    if with_reporters:
        query = query.options(joinedload(ProgressReport.reporter))
    return {report.measure_id: report for report in session.scalars(query)}


def last_of_measure(before: datetime | None) -> ScalarSelect[int]:
    """The id of a measure's last report that was not undone, found from the newest backwards."""
    undone = select(UNDOING.id).where(UNDOING.undoes_id == EARLIER.id)
    reports = select(EARLIER.id).where(
        EARLIER.measure_id == Measure.id, EARLIER.undoes_id.is_(None)
    )
    if before is not None:
        undone = undone.where(UNDOING.at < before)
        reports = reports.where(EARLIER.at < before)
    last = reports.where(~undone.exists()).order_by(EARLIER.at.desc(), EARLIER.id.desc())
    return last.limit(1).correlate(Measure).scalar_subquery()


def standing(
    measure: Running, report: Heard | None, on: date, unheard: Unheard | None = None
) -> Standing:
    """How a measure stands on a day, given the report that counts and why there may be none."""
    status = report.status if report else MeasureStatus.NOT_STARTED
    if status.is_closed:
        return Standing(status)
    heard = local_day(report.at) if report else measure.start_on
    days_silent = max(0, (on - heard).days)
    is_old = days_silent > measure.cadence_days
    away_until = unheard.away_until if unheard and is_old else None
    return Standing(
        status=status,
        days_late=max(0, (on - measure.due_on).days) if measure.due_on else 0,
        days_silent=days_silent,
        is_silent=is_old and away_until is None,
        help_wanted=bool(report and report.help_wanted),
        never_reported=report is None,
        away_until=away_until,
        no_answer=bool(is_old and unheard and unheard.no_answer),
    )


def with_names() -> Select[Measure]:
    """Measures together with the owner, organisation and group that are shown beside them."""
    return select(Measure).options(
        joinedload(Measure.organisation),
        joinedload(Measure.group),
        joinedload(Measure.owner).joinedload(Person.organisation),
    )


def standings(
    session: Session, measures: Iterable[Measure], on: date, before: datetime | None = None
) -> dict[int, Standing]:
    """How each of the measures stands, by measure id, in one query."""
    known = list(measures)
    reports = current_reports(session, [measure.id for measure in known], before)
    return {measure.id: standing(measure, reports.get(measure.id), on) for measure in known}


def lights(standings: Iterable[Standing]) -> Counter[Light]:
    """How many stand in each light."""
    return Counter(standing.light for standing in standings)


def measures_of(group: Group) -> Select[Measure]:
    """The measures that a group follows, with what is shown of them.

    A working group follows its own; a steering or preparatory group all of its district, or all
    the central ones.
    """
    if group.kind is GroupKind.WORKING:
        return with_names().where(Measure.group_id == group.id).order_by(Measure.code)
    followed = select(Group.id).where(
        Group.level == group.level, Group.district_id.is_not_distinct_from(group.district_id)
    )
    return with_names().where(Measure.group_id.in_(followed)).order_by(Measure.code)

"""The facts of groups for a period: read for all of them at once, then sorted out for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from digests.changes import Changes, MeasureState, State, between
from digests.facts import (
    ApprovalFact,
    GroupFacts,
    IndicatorFact,
    MeasureFact,
    ResultFact,
    RevisionFact,
)
from digests.gathering import approvals, measures, meetings, news, seats
from digests.gathering.measures import Both, MeasureThen
from digests.gathering.meetings import About, Ahead
from digests.gathering.points import with_measures_then
from digests.gathering.scope import Home, Scope, home_of, is_working
from digests.gathering.seats import Seating
from digests.period import Period
from models.groups import Group
from models.measures.needed import NOBODY
from models.measures.progress import Light, Standing, Unheard, standing
from models.measures.promises import pace
from models.meetings.minutes import Minutes, minutes_of_groups
from models.schedule import MORNING, ZONE, instant, local_day

REVISION_NOTICE_MONTHS = 6


def gather_group(
    session: Session, group: Group, period: Period, on: date, *, restricted: bool = False
) -> GroupFacts:
    """Reads what is true of a group at the end of a period, on the day that it is told.

    What is restricted to the group is left out unless all who are told belong to it.
    """
    [facts] = gather_groups(session, [group], period, on, restricted=restricted)
    return facts


def gather_standing(session: Session, group: Group, period: Period, on: date) -> GroupFacts:
    """The same without what its meetings have agreed, for who has read that already."""
    return Read.of(session, Scope((group,), period, on)).facts(group)


def gather_groups(
    session: Session,
    groups: Sequence[Group],
    period: Period,
    on: date,
    *,
    restricted: bool = False,
) -> list[GroupFacts]:
    """The same of many groups, in their order: the number of questions does not grow."""
    scope = Scope(tuple(groups), period, on)
    read = Read.of(session, scope)
    agreed = minutes_of_groups(
        session, scope.ids, period.since, period.until, restricted=restricted
    )
    return [_agreed(session, read.facts(group), agreed[group.id]) for group in groups]


def _agreed(session: Session, facts: GroupFacts, agreed: Minutes) -> GroupFacts:
    return replace(facts, minutes=with_measures_then(session, agreed, facts.measures))


def changes_of(session: Session, group: Group, period: Period, on: date) -> Changes:
    """The net changes of a group's measures within a period."""
    before, after = Read.of(session, Scope((group,), period, on)).states(group)
    return Changes.of(before, after)


@dataclass(frozen=True)
class Read:
    """All that was read for a scope, before it is sorted out."""

    scope: Scope
    both: Both
    by_home: Mapping[Home | int, Sequence[MeasureFact]]
    seating: Seating
    ahead: Mapping[int, Ahead]
    results: Mapping[int, Sequence[ResultFact]]
    indicators: Mapping[int, Sequence[IndicatorFact]]
    approvals: Mapping[Home, Sequence[ApprovalFact]]

    @classmethod
    def of(cls, session: Session, scope: Scope) -> Read:
        """Reads a scope."""
        both = measures.read(session, scope)
        seating = seats.read(session, scope)
        first = local_day(scope.period.since, ZONE)
        told = {
            measure.id: _measure(measure, both.before(measure), (first, scope), seating)
            for measure in both.then
            if measure.is_there(scope.on)
        }
        by_home = {
            home: [told[each.id] for each in found if each.id in told]
            for home, found in measures.by_home(both.then).items()
        }
        return cls(
            scope=scope,
            both=both,
            by_home=by_home,
            seating=seating,
            ahead=meetings.read(session, scope),
            results=news.results(session, scope),
            indicators=news.indicators(session, scope),
            approvals=approvals.read(session, scope),
        )

    def facts(self, group: Group) -> GroupFacts:
        """What is true of one of the groups."""
        on, period = self.scope.on, self.scope.period
        about, planned = self.ahead[group.id]
        morning = instant(on, MORNING, group.zone)
        first = local_day(period.since, group.zone)
        vacancies, lacks = seats.empty_seats(group, self.seating.rows.get(group.id, ()), on, first)
        return GroupFacts(
            code=group.code,
            name=group.name,
            period=period,
            on=on,
            measures=tuple(self.by_home.get(_followed(group), ())),
            next_meeting=meetings.next_of(planned, self._from_when(group)),
            meeting_news=meetings.news_of(planned, morning),
            vacancies=vacancies,
            lacks=lacks,
            revision=_revision(about, on),
            approvals=() if is_working(group) else tuple(self.approvals.get(home_of(group), ())),
            results=tuple(self.results.get(group.id, ())),
            indicators=news.latest(self.indicators.get(group.id, ())),
            place=about.place,
            areas=self.both.areas,
        )

    def _from_when(self, group: Group) -> datetime:
        """From when a meeting is one to come: the end of the period, on the day that is told."""
        on, until = self.scope.on, self.scope.period.until
        is_today = local_day(until, group.zone) == on
        return until if is_today else instant(on, MORNING, group.zone)

    def states(self, group: Group) -> tuple[State, State]:
        """What was true of a group's measures at the beginning, and at the end."""
        first = local_day(self.scope.period.since, ZONE)
        followed = _followed(group)
        before, after = {}, {}
        for measure in self.both.then:
            was = self.both.before(measure)
            if followed in (measure.home, measure.group_id) and measure.is_there(self.scope.on):
                after[measure.code] = _state(measure, self.scope.on)
            if was and followed in (was.home, was.group_id) and was.is_there(first):
                before[was.code] = _state(was, first)
        return before, after


def _followed(group: Group) -> Home | int:
    return group.id if is_working(group) else home_of(group)


def _state(measure: MeasureThen, on: date, stands: Standing | None = None) -> MeasureState:
    """What counts as a change when it differs; an absence is no reason to be heard of."""
    light = (stands or standing(measure, measure.report, on)).light
    return MeasureState(
        measure.report.id if measure.report else None,
        Light.SILENT if light is Light.AWAY else light,
        measure.due_on,
        measure.owner_id,
        measure.organisation,
        measure.title,
    )


def _measure(
    measure: MeasureThen, before: MeasureThen | None, days: tuple[date, Scope], seating: Seating
) -> MeasureFact:
    first, scope = days
    report = measure.report
    unheard = Unheard(measure.away_until) if measure.away_until else None
    stands = standing(measure, report, scope.on, unheard)
    was = _state(before, first) if before is not None and before.is_there(first) else None
    return MeasureFact(
        code=measure.code,
        title=measure.title,
        organisation=measure.organisation,
        owner=measure.owner,
        due_on=measure.due_on,
        standing=stands,
        reported_on=local_day(report.at) if report else None,
        comment=report.said if report else "",
        is_news=report is not None and report.at in scope.period,
        is_owned=measure.owner_id in seating.seated,
        needed=report.needed if report else NOBODY,
        promise=pace(measure, report.times_done if report else None, scope.on),
        area=measure.area,
        start_on=measure.start_on,
        owner_id=measure.owner_id,
        changes=between(was, _state(measure, scope.on, stands)),
        due_before=before.due_on if before is not None else None,
    )


def _revision(about: About, on: date) -> RevisionFact | None:
    due = about.revised_on
    if due is None:
        return None
    months = (due.year - on.year) * 12 + due.month - on.month
    if months + (due.day > on.day) > REVISION_NOTICE_MONTHS:
        return None
    return RevisionFact(about.agreement, due, months - (due.day < on.day))

"""What waits for its owner's answer, and on which day of the week the owner is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from models.measures.measure import Measure, ProgressReport, Prompt, PromptState
from models.measures.ownership import is_ownerless
from models.measures.progress import Standing, standing
from models.measures.prompts import REMIND_AFTER, answer_day, waiting
from models.measures.workload import with_reports
from models.meetings.meeting import Meeting
from models.people.absences import spells
from models.people.organisations import Absence
from models.schedule import (
    MORNING,
    ZONE,
    asking_days,
    instant,
    is_quiet,
    local_day,
    monday_of,
    working_days_before,
)

DUE_WITHIN = timedelta(days=14)
HEARD_WITHIN = timedelta(days=7)
"""Who has just reported is not asked again because the date is near."""

TO_ANSWER = 1
"""So many working days before the digest before a meeting its group's measures are asked about."""

SIX_DAYS = timedelta(days=6)
AHEAD = timedelta(days=28)
"""No meeting further ahead is asked for within a week, whatever holidays lie between."""


@dataclass(frozen=True)
class WaitingFact:
    """A measure that somebody is asked about; `prompt` is the asking that is reminded of.

    `ready_on` is the day of this week from which it may be asked about; without one it is asked
    about only together with others. `before_meeting` is the day of this week on which to ask
    because the measure's group meets soon after.
    """

    measure: Measure
    standing: Standing
    ready_on: date | None
    before_meeting: date | None = None
    prompt: Prompt | None = None

    def may_be_asked(self, on: date) -> bool:
        """Whether its time has come: no reminder too early, none that was put off."""
        snoozed = self.measure.snoozed_until
        too_early = self.prompt is not None and (self.ready_on is None or self.ready_on > on)
        return not too_early and (snoozed is None or snoozed <= on)


def gather(session: Session, on: date, people: Iterable[int]) -> dict[int, list[WaitingFact]]:
    """What each of the people is to be asked about in the week of a day, the most urgent first.

    Who holds no seat is not asked: those measures wait for somebody to answer for them.
    """
    asked = set(people)
    week = _Week(on, asking_days(on), spells(session, asked), _meetings(session, on))
    pairs = [
        (measure, report)
        for measure, report in with_reports(session, *_conditions(asked, on))
        if report is None or not report.status.is_closed
    ]
    prompts = waiting(session, [measure for measure, _ in pairs])
    by_person: dict[int, list[WaitingFact]] = defaultdict(list)
    for measure, report in pairs:
        prompt = prompts.get(measure.id)
        whom = prompt.person_id if prompt else measure.owner_id
        fact = week.fact(measure, report, prompt)
        if fact is not None and whom in asked:
            by_person[whom].append(fact)
    return {whom: sorted(found, key=_urgency) for whom, found in by_person.items()}


def _conditions(asked: set[int], on: date) -> Iterator[ColumnElement[bool]]:
    """The begun measures of the people, and those that were handed to them."""
    handed = select(Prompt.measure_id).where(
        Prompt.person_id.in_(asked), Prompt.state == PromptState.OPEN
    )
    yield or_(Measure.owner_id.in_(asked), Measure.id.in_(handed))
    yield ~is_ownerless(on)
    yield Measure.start_on <= on
    yield or_(Measure.snoozed_until.is_(None), Measure.snoozed_until <= monday_of(on) + SIX_DAYS)


def _meetings(session: Session, on: date) -> dict[int, list[date]]:
    """By group, the days of the week of a day on which to ask before a meeting soon after."""
    first = instant(on - SIX_DAYS, MORNING, ZONE)
    query = (
        select(Meeting)
        .where(Meeting.cancelled.is_(False))
        .where(Meeting.starts_at >= first, Meeting.starts_at < first + AHEAD)
        .options(joinedload(Meeting.group))
    )
    found: dict[int, list[date]] = defaultdict(list)
    for meeting in session.scalars(query):
        day = asked_before(meeting)
        if monday_of(day) == monday_of(on) and not is_quiet(day):
            found[meeting.group_id].append(day)
    return found


def asked_before(meeting: Meeting) -> date:
    """The day on which its group's measures are asked about, so that its digest has the answers."""
    day = local_day(meeting.starts_at, meeting.group.zone)
    return working_days_before(day, meeting.group.digest_days + TO_ANSWER)


def asking_day(facts: Iterable[WaitingFact]) -> date | None:
    """The day of the week on which somebody is asked about these.

    It is the one before the earliest meeting; without a meeting the last on which any of them
    becomes ready, so that one message says all.
    """
    known = list(facts)
    before = [
        fact.before_meeting
        for fact in known
        if fact.before_meeting and fact.may_be_asked(fact.before_meeting)
    ]
    ready = [fact.ready_on for fact in known if fact.ready_on]
    return min(before) if before else max(ready, default=None)


def due_now(facts: Iterable[WaitingFact], on: date) -> list[WaitingFact]:
    """What is asked about on a day: all that may be, on the week's day for it.

    Where that day went by without an asking, what was ready then is asked about later.
    """
    known = list(facts)
    day = asking_day(known)
    if day is None or on < day:
        return []
    was_ready = any(fact.ready_on is not None and fact.ready_on <= day for fact in known)
    if on > day and not was_ready:
        return []
    return [fact for fact in known if fact.may_be_asked(on)]


def waits(measure: Measure, report: ProgressReport | None, on: date) -> bool:
    """Whether a measure wants a report on a day: it is silent, or its date is near or past."""
    stands = standing(measure, report, on)
    if stands.status.is_closed:
        return False
    heard = report is not None and local_day(report.at) > on - HEARD_WITHIN
    is_near = measure.due_on is not None and measure.due_on <= on + DUE_WITHIN
    return stands.is_silent or (is_near and not heard)


@dataclass(frozen=True)
class _Week:
    """The week of a day: its days for asking, who is away, and the days before meetings."""

    on: date
    days: Sequence[date]
    absences: Mapping[int, Sequence[Absence]]
    before_meetings: Mapping[int, Sequence[date]]

    def fact(
        self, measure: Measure, report: ProgressReport | None, prompt: Prompt | None
    ) -> WaitingFact | None:
        """What is to be asked of a measure this week, if anything."""
        if prompt is None and not waits(measure, report, self.on):
            return None
        ready = self._reminder_day(prompt) if prompt else self._first_day(measure, report)
        if prompt is not None and ready is None:
            return None
        before = min(self.before_meetings.get(measure.group_id, ()), default=None)
        return WaitingFact(measure, standing(measure, report, self.on), ready, before, prompt)

    def _first_day(self, measure: Measure, report: ProgressReport | None) -> date | None:
        """The day that was chosen for it, else the week's first if it waited already then."""
        chosen = measure.snoozed_until
        if chosen is not None and chosen > monday_of(self.on):
            return next((day for day in self.days if day >= chosen), None)
        first = next(iter(self.days), None)
        return first if first is not None and waits(measure, report, first) else None

    def _reminder_day(self, prompt: Prompt) -> date | None:
        if prompt.state is not PromptState.OPEN or prompt.reminded_at is not None or not self.days:
            return None
        absences = self.absences.get(prompt.person_id, ())
        asked = local_day(prompt.asked_at)
        day = answer_day(asked, REMIND_AFTER, absences, self.days[-1])
        return max(day, self.days[0]) if day else None


def _urgency(fact: WaitingFact) -> tuple[bool, int, int, str]:
    """Those never asked about first, so that none is for ever behind the fifth."""
    stands = fact.standing
    return (
        fact.measure.last_asked_at is not None,
        -stands.days_late,
        -stands.days_silent,
        fact.measure.code,
    )

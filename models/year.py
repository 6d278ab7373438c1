"""The year of groups (årshjul): all that falls on a day, from the tables where it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from models.agreements import Agreement, AgreementStatus, Level
from models.groups import Group, Seat
from models.intervals import A_DAY, A_MICROSECOND
from models.measures import past as measures_past
from models.measures.measure import Measure, MeasureStatus
from models.measures.workload import with_reports
from models.meetings import past as meetings_past
from models.meetings.meeting import Meeting
from models.people.organisations import Person
from models.schedule import ZONE, instant, local_day
from models.seats.endings import ends_between
from models.seats.holders import believed
from models.surveys import past as surveys_past
from models.surveys.survey import Survey, wave_later
from models.surveys.target import EVERY


class YearKind(StrEnum):
    """What falls on a day.

    MEETING is held or cancelled. REVISION is the last day to revise an agreement. TERTIAL is the
    day up to which a tertial report tells. SURVEY_OPENS and SURVEY_CLOSES bound a survey. MANDATE
    is the last day of one that nobody follows. MEASURE is the day on which a measure is due.
    """

    MEETING = "meeting"
    REVISION = "revision"
    TERTIAL = "tertial"
    SURVEY_OPENS = "survey_opens"
    SURVEY_CLOSES = "survey_closes"
    MANDATE = "mandate"
    MEASURE = "measure"


@dataclass(frozen=True)
class Wave:
    """A survey, or a time to come of one that repeats."""

    survey: Survey
    number: int
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Due:
    """A measure, and what was last reported of it."""

    measure: Measure
    status: MeasureStatus


@dataclass(frozen=True)
class YearEntry:
    """One thing of a year, on the groups' local day; `name` stays the same however it moves.

    `at` is given where it has a time of day.
    """

    day: date
    kind: YearKind
    name: str
    groups: frozenset[int]
    about: Meeting | Agreement | Wave | Seat | Due | int
    at: datetime | None = None


@dataclass(frozen=True)
class YearOf:
    """Whose time is told, from the first day to the last, both included.

    With `seats` only what falls within one of them; `sees` says which surveys may be told of.
    With `known_at` it is told as it was known at that moment, but for agreements, of which no
    history is kept; what is read so is not to be written.
    """

    groups: Sequence[Group]
    first: date
    last: date
    seats: Sequence[Seat] | None
    sees: Callable[[Survey], bool]
    known_at: datetime | None = None

    @property
    def ids(self) -> frozenset[int]:
        """The groups' ids."""
        return frozenset(group.id for group in self.groups)

    def holds(self, entry: YearEntry) -> bool:
        """Whether an entry belongs here."""
        if not self.first <= entry.day <= self.last:
            return False
        return self.seats is None or any(
            seat.group_id in entry.groups and seat.holds_on(entry.day) for seat in self.seats
        )


def entries(session: Session, wanted: YearOf) -> list[YearEntry]:
    """All that falls within a time, in order; as many queries however much that is."""
    found = [
        *_meetings(session, wanted),
        *_revisions(session, wanted),
        *_tertials(wanted),
        *_surveys(session, wanted),
        *_mandates(session, wanted),
        *_measures(session, wanted),
    ]
    return sorted((each for each in found if wanted.holds(each)), key=_order)


def _order(entry: YearEntry) -> tuple[date, bool, datetime, str]:
    """What lasts all day comes before what has a time."""
    return entry.day, entry.at is not None, entry.at or datetime.min.replace(tzinfo=UTC), entry.name


def _within(wanted: YearOf) -> tuple[datetime, datetime]:
    """The time as moments, a day wider at both ends, for zones."""
    return (
        instant(wanted.first - A_DAY, time(), ZONE),
        instant(wanted.last + timedelta(days=2), time(), ZONE),
    )


def _meetings(session: Session, wanted: YearOf) -> Iterator[YearEntry]:
    begins, ends = _within(wanted)
    which: ColumnElement[bool] = Meeting.starts_at.between(begins, ends)
    if wanted.known_at is not None:
        which |= Meeting.id.in_(meetings_past.changed_since(wanted.known_at))
    query = select(Meeting).where(Meeting.group_id.in_(wanted.ids), which)
    found = list(session.scalars(query.options(joinedload(Meeting.group))))
    if wanted.known_at is not None:
        found = meetings_past.as_they_were(session, found, wanted.known_at)
    for meeting in found:
        day = local_day(meeting.starts_at, meeting.group.zone)
        yield YearEntry(
            day,
            YearKind.MEETING,
            f"meeting-{meeting.id}",
            frozenset({meeting.group_id}),
            meeting,
            meeting.starts_at,
        )


def revisions(session: Session, groups: Sequence[Group]) -> list[Agreement]:
    """The agreements behind groups that are to be revised."""
    ids = {group.agreement_id for group in groups if group.agreement_id is not None}
    query = select(Agreement).where(
        Agreement.id.in_(ids),
        Agreement.next_revision_on.is_not(None),
        Agreement.status != AgreementStatus.ENDED,
    )
    return list(session.scalars(query.order_by(Agreement.next_revision_on, Agreement.code)))


def _revisions(session: Session, wanted: YearOf) -> Iterator[YearEntry]:
    for agreement in revisions(session, wanted.groups):
        assert agreement.next_revision_on is not None, "only those are looked for"
        groups = frozenset(each.id for each in wanted.groups if each.agreement_id == agreement.id)
        name = f"revision-{agreement.code}"
        yield YearEntry(agreement.next_revision_on, YearKind.REVISION, name, groups, agreement)


TERTIALS = ((4, 30), (8, 31), (12, 31))
"""The month and day up to which the city's reports tell: two tertial reports, then the annual."""


def _tertials(wanted: YearOf) -> Iterator[YearEntry]:
    for year in range(wanted.first.year, wanted.last.year + 1):
        for number, (month, day) in enumerate(TERTIALS, start=1):
            name = f"tertial-{year}-{number}"
            yield YearEntry(date(year, month, day), YearKind.TERTIAL, name, wanted.ids, number)


def _surveys(session: Session, wanted: YearOf) -> Iterator[YearEntry]:
    begins, ends = _within(wanted)
    within: ColumnElement[bool] = (Survey.opens_at <= ends) & (Survey.closes_at >= begins)
    to_come: ColumnElement[bool] = (Survey.wave < Survey.waves) & Survey.closed_at.is_(None)
    if wanted.known_at is not None:
        to_come |= Survey.closed_at >= wanted.known_at
    query = (
        select(Survey)
        .where(within | to_come, Survey.asked.is_(None))
        .options(joinedload(Survey.group), selectinload(Survey.questions))
    )
    found = list(session.scalars(query))
    if wanted.known_at is not None:
        found = surveys_past.as_they_were(session, found, wanted.known_at)
    for survey in found:
        groups = frozenset(group.id for group in wanted.groups if concerns(survey, group))
        if groups and wanted.sees(survey):
            for wave in _waves(survey, ends):
                yield from _of_wave(wave, groups)


def concerns(survey: Survey, group: Group) -> bool:
    """Whether a survey was made by a group or asks it."""
    kinds = f"{EVERY}{group.kind.value}"
    every = group.level is Level.LOCAL and kinds in survey.target_groups
    return survey.group_id == group.id or group.code in survey.target_groups or every


def _waves(survey: Survey, until: datetime) -> Iterator[Wave]:
    """A survey, and while it has not closed the times that are to follow it."""
    opens_at, closes_at, number = survey.opens_at, survey.closes_at, survey.wave
    while opens_at <= until:
        yield Wave(survey, number, opens_at, closes_at)
        if survey.closed_at is not None or not survey.repeat_weeks or number >= survey.waves:
            return
        opens_at, closes_at = wave_later(survey, opens_at), wave_later(survey, closes_at)
        number += 1


def _of_wave(wave: Wave, groups: frozenset[int]) -> Iterator[YearEntry]:
    """Its first day and its last: what closes at midnight closes the day before."""
    zone, series = wave.survey.group.zone, wave.survey.series or wave.survey.code
    for kind, at in (
        (YearKind.SURVEY_OPENS, wave.opens_at),
        (YearKind.SURVEY_CLOSES, wave.closes_at - A_MICROSECOND),
    ):
        name = f"{kind.value.replace('_', '-')}-{series}-{wave.number}"
        yield YearEntry(local_day(at, zone), kind, name, groups, wave)


def _mandates(session: Session, wanted: YearOf) -> Iterator[YearEntry]:
    query = (
        select(Seat)
        .where(Seat.group_id.in_(wanted.ids), believed(wanted.known_at))
        .where(Seat.valid_until.is_(None) | (Seat.valid_until > wanted.first))
        .options(
            joinedload(Seat.group),
            joinedload(Seat.organisation),
            joinedload(Seat.person).joinedload(Person.organisation),
        )
        .order_by(Seat.code)
    )
    rows = list(session.scalars(query))
    for person in (seat.person for seat in rows):
        if person is not None and person.is_active(date.max, wanted.known_at):
            set_committed_value(person, "left_on", None)
    for ending in ends_between(rows, wanted.first, wanted.last):
        seat = ending.seat
        name = f"{seat.code}-last"
        yield YearEntry(ending.last_day, YearKind.MANDATE, name, frozenset({seat.group_id}), seat)


def _measures(session: Session, wanted: YearOf) -> Iterator[YearEntry]:
    within = Measure.due_on.between(wanted.first, wanted.last)
    which = Measure.group_id.in_(wanted.ids) & within
    before = wanted.known_at
    if before is not None:
        which |= Measure.id.in_(measures_past.changed_since(before))
    pairs = dict(with_reports(session, which, before=before))
    measures = list(pairs)
    if before is not None:
        measures = measures_past.as_they_were(session, measures, before)
    for measure in measures:
        report = pairs[measure]
        if measure.due_on is None or measure.group_id not in wanted.ids:
            continue
        due = Due(measure, report.status if report else MeasureStatus.NOT_STARTED)
        yield YearEntry(
            measure.due_on,
            YearKind.MEASURE,
            f"measure-{measure.code}",
            frozenset({measure.group_id}),
            due,
        )

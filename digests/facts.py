"""What a digest knows, as typed facts without words; `gather_group` reads them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from digests.period import Period, next_meeting
from models.chain.approvals import Approvable
from models.chain.unapproved import unapproved_in
from models.groups import Group, Seat, SeatRole
from models.measures.measure import Measure, ProgressReport
from models.measures.needed import NOBODY, Needed, needed_by_each
from models.measures.ownership import seated
from models.measures.progress import Light, Standing, current_reports, measures_of, standing
from models.measures.promises import Pace, pace
from models.measures.unheard import unheard
from models.meetings.meeting import Meeting
from models.meetings.minutes import Minutes, minutes
from models.people.organisations import Party
from models.representation.coverage import Breach, seats_from
from models.schedule import MORNING, instant, local_day
from models.seats.empty import missing_parties, seats_of_all_days, vacant
from models.surveys.news import published_for

REVISION_NOTICE_MONTHS = 6
SOON = timedelta(days=7)
"""A meeting this near is news; a later one is a standing fact."""


@dataclass(frozen=True)
class MeasureFact:
    """A measure as a digest shows it; `is_news` when it was reported on within the period.

    `is_owned` tells that its owner holds a seat; the name of one who does not is still known.
    """

    code: str
    title: str
    organisation: str
    owner: str | None
    due_on: date | None
    standing: Standing
    reported_on: date | None = None
    comment: str = ""
    is_news: bool = False
    is_owned: bool = True
    needed: Needed = NOBODY
    promise: Pace | None = None

    @property
    def light(self) -> Light:
        """The one word for how it stands."""
        return self.standing.light

    @property
    def is_open(self) -> bool:
        """Whether anything more is expected."""
        return not self.standing.status.is_closed

    @property
    def is_ownerless(self) -> bool:
        """Whether it is open and nobody answers for it."""
        return self.is_open and not self.is_owned


@dataclass(frozen=True)
class MeetingFact:
    """A meeting's time and place; `agenda` as the secretary wrote it."""

    id: int
    starts_at: datetime
    place: str
    agenda: str


@dataclass(frozen=True)
class VacancyFact:
    """A seat that nobody holds, since a day."""

    role: SeatRole
    organisation: str
    since: date


@dataclass(frozen=True)
class RevisionFact:
    """When the agreement is to be revised; `months` is negative when that day has passed."""

    agreement: str
    due_on: date
    months: int


@dataclass(frozen=True)
class ApprovalFact:
    """A wording that waits for the approval of one party or both, since a day (rule R3)."""

    kind: Approvable
    code: str
    parties: tuple[Party, ...]
    since: date


@dataclass(frozen=True)
class ResultFact:
    """A survey whose result was published; `titles` by language."""

    code: str
    titles: dict[str, str]
    answered: int
    asked: int


@dataclass(frozen=True)
class GroupFacts:
    """How a group's measures stand at the end of a period, and what lies ahead.

    `lacks` are the parties that nobody sits for in a local steering group (rule R2).
    """

    code: str
    name: str
    period: Period
    on: date
    measures: tuple[MeasureFact, ...] = ()
    next_meeting: MeetingFact | None = None
    vacancies: tuple[VacancyFact, ...] = ()
    lacks: tuple[Breach, ...] = ()
    revision: RevisionFact | None = None
    approvals: tuple[ApprovalFact, ...] = ()
    results: tuple[ResultFact, ...] = ()
    minutes: Minutes = field(default_factory=Minutes)

    def in_light(self, light: Light) -> tuple[MeasureFact, ...]:
        """The measures that stand so."""
        return tuple(fact for fact in self.measures if fact.light is light)

    @property
    def counts(self) -> Counter[Light]:
        """How many measures stand in each light."""
        return Counter(fact.light for fact in self.measures)

    @property
    def done(self) -> tuple[MeasureFact, ...]:
        """The measures that became done within the period."""
        return tuple(fact for fact in self.in_light(Light.DONE) if fact.is_news)

    @property
    def late(self) -> tuple[MeasureFact, ...]:
        """The measures reported delayed or past their date, the latest first."""
        late = self.in_light(Light.LATE)
        return tuple(sorted(late, key=lambda fact: -fact.standing.days_late))

    @property
    def silent(self) -> tuple[MeasureFact, ...]:
        """The measures with no report within their cadence, the longest silent first."""
        silent = self.in_light(Light.SILENT)
        return tuple(sorted(silent, key=lambda fact: -fact.standing.days_silent))

    @property
    def at_risk(self) -> tuple[MeasureFact, ...]:
        """The measures that want help or may become late."""
        return self.in_light(Light.AT_RISK)

    @property
    def ownerless(self) -> tuple[MeasureFact, ...]:
        """The open measures that nobody answers for."""
        return tuple(fact for fact in self.measures if fact.is_ownerless)

    @property
    def reported(self) -> tuple[MeasureFact, ...]:
        """The measures reported on within the period that are neither done, late nor at risk."""
        calm = (Light.ON_PLAN, Light.NOT_STARTED, Light.CANCELLED)
        return tuple(fact for fact in self.measures if fact.is_news and fact.light in calm)

    @property
    def due_before_meeting(self) -> tuple[MeasureFact, ...]:
        """The open measures whose date comes before the next meeting, or on its day."""
        if self.next_meeting is None:
            return ()
        last = local_day(self.next_meeting.starts_at)
        return tuple(
            fact
            for fact in self.measures
            if fact.is_open and fact.due_on is not None and self.on <= fact.due_on <= last
        )

    @property
    def told(self) -> tuple[MeasureFact, ...]:
        """The measures that a digest names, each once: good news first, then what needs care."""
        named = (
            *self.done, *self.reported, *self.at_risk, *self.late, *self.silent, *self.ownerless,
        )  # fmt: skip
        return tuple(dict.fromkeys(named))

    @property
    def meets_soon(self) -> bool:
        """Whether the next meeting is near."""
        meeting = self.next_meeting
        return meeting is not None and meeting.starts_at < self.period.until + SOON

    @property
    def has_news(self) -> bool:
        """Whether there is anything but standing facts: only then is there a post."""
        return bool(self.told or self.results or self.minutes.is_news) or self.meets_soon


def gather_group(
    session: Session, group: Group, period: Period, on: date, *, restricted: bool = False
) -> GroupFacts:
    """Reads what is true of a group at the end of a period, on the day that it is told.

    What is restricted to the group is left out unless all who are told belong to it.
    """
    meeting = next_meeting(session, group, instant(on, MORNING, group.zone))
    rows = seats_of_all_days(session, group)
    return GroupFacts(
        code=group.code,
        name=group.name,
        period=period,
        on=on,
        measures=_measures(session, group, period, on),
        next_meeting=meeting_fact(meeting) if meeting else None,
        vacancies=_vacancies(rows, on),
        lacks=missing_parties(group, seats_from(rows, on)),
        revision=_revision(group, on),
        approvals=_approvals(session, group, period),
        results=_results(session, group, period),
        minutes=minutes(session, group, period.since, period.until, restricted=restricted),
    )


def meeting_fact(meeting: Meeting) -> MeetingFact:
    """A meeting as facts."""
    return MeetingFact(meeting.id, meeting.starts_at, meeting.place, meeting.agenda)


def _measures(session: Session, group: Group, period: Period, on: date) -> tuple[MeasureFact, ...]:
    measures = list(session.scalars(measures_of(group)).unique())
    reports = current_reports(session, [measure.id for measure in measures], period.until)
    owners = {measure.owner_id for measure in measures if measure.owner_id is not None}
    active = seated(session, owners, on)
    why = unheard(session, measures, on)
    each = needed_by_each(session, reports.values())
    needed = {key: each.get(report.id, NOBODY) for key, report in reports.items()}
    return tuple(
        replace(
            _measure(
                measure,
                reports.get(measure.id),
                standing(measure, reports.get(measure.id), on, why.get(measure.id)),
                period,
            ),
            is_owned=measure.owner_id in active,
            needed=needed.get(measure.id, NOBODY),
            promise=pace(measure, _times_done(reports.get(measure.id)), on),
        )
        for measure in measures
        if measure.start_on <= on or measure.id in reports
    )


def _times_done(report: ProgressReport | None) -> int | None:
    return report.times_done if report else None


def _measure(
    measure: Measure, report: ProgressReport | None, stands: Standing, period: Period
) -> MeasureFact:
    return MeasureFact(
        code=measure.code,
        title=measure.title,
        organisation=measure.organisation.name,
        owner=measure.owner.shown_as() if measure.owner else None,
        due_on=measure.due_on,
        standing=stands,
        reported_on=local_day(report.at) if report else None,
        comment=(report.obstacle or report.comment) if report else "",
        is_news=report is not None and report.at in period,
    )


def _results(session: Session, group: Group, period: Period) -> tuple[ResultFact, ...]:
    rows = published_for(session, group, period.since, period.until)
    return tuple(
        ResultFact(
            row.survey.code,
            {code: row.survey.title(code) for code in ("sv", "en")},
            row.table["answered"],
            row.table["asked"],
        )
        for row in rows
    )


def _approvals(session: Session, group: Group, period: Period) -> tuple[ApprovalFact, ...]:
    return tuple(
        ApprovalFact(
            kind=each.version.kind,
            code=each.version.subject,
            parties=each.parties,
            since=local_day(each.version.at),
        )
        for each in unapproved_in(session, group, period.until)
    )


def _vacancies(rows: Sequence[Seat], on: date) -> tuple[VacancyFact, ...]:
    return tuple(
        VacancyFact(empty.seat.role, empty.seat.organisation.name, empty.since)
        for empty in vacant(rows, on)
    )


def _revision(group: Group, on: date) -> RevisionFact | None:
    agreement = group.agreement
    if agreement is None or agreement.next_revision_on is None:
        return None
    due = agreement.next_revision_on
    months = (due.year - on.year) * 12 + due.month - on.month
    if months + (due.day > on.day) > REVISION_NOTICE_MONTHS:
        return None
    return RevisionFact(agreement.name, due, months - (due.day < on.day))

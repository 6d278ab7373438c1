"""What a digest knows, as typed facts without words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from digests.changes import Change
from digests.period import Period
from models.chain.approvals import Approvable
from models.figures.figure import Figure
from models.groups import SeatRole
from models.measures.needed import NOBODY, Needed
from models.measures.progress import Light, Standing
from models.measures.promises import Pace
from models.meetings.attendance import Attending
from models.meetings.inputs import InputState
from models.meetings.meeting import Meeting
from models.meetings.minutes import Minutes
from models.people.organisations import Party
from models.representation.coverage import Breach
from models.schedule import local_day
from models.statistics.grade import Grade

SOON = timedelta(days=7)
"""A meeting this near is news; a later one is a standing fact."""

REWRITTEN = frozenset({Change.NEW, Change.DATE, Change.OWNER, Change.ORGANISATION})
"""The changes that no report tells of."""


@dataclass(frozen=True)
class MeasureFact:
    """A measure as a digest shows it; `is_news` when it was reported on within the period.

    `changes` is all that became otherwise within it, `before` the date it was to be due before.
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
    area: str = ""
    start_on: date | None = None
    owner_id: int | None = None
    changes: frozenset[Change] = frozenset()
    due_before: date | None = None

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


def meeting_fact(meeting: Meeting) -> MeetingFact:
    """A meeting as facts."""
    return MeetingFact(meeting.id, meeting.starts_at, meeting.place, meeting.agenda)


class MeetingNewsKind(StrEnum):
    """What was done to a meeting that is to come."""

    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"


@dataclass(frozen=True)
class MeetingNews:
    """What a period did to a meeting; `was` is when it was to begin before, if it was planned."""

    kind: MeetingNewsKind
    meeting: MeetingFact
    was: datetime | None = None


@dataclass(frozen=True)
class VacancyFact:
    """A seat that nobody holds, since a day; it is news when that lies within the period."""

    role: SeatRole
    organisation: str
    since: date
    is_news: bool = False


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
    """A survey whose result was published; `titles` by language.

    `grade` is that of the least reliable figure that it shows, else why none is shown. One that is
    `sensitive` is for those who were asked and for the group that made it, whose `own` it is.
    """

    code: str
    titles: dict[str, str]
    answered: int
    asked: int
    grade: Grade | None = None
    sensitive: bool = False
    own: bool = False


@dataclass(frozen=True)
class IndicatorFact:
    """A figure that came in or was corrected, for the group's district or the whole city."""

    code: str
    names: dict[str, str]
    period: str
    figure: Figure
    unit: str
    is_share: bool
    corrected: bool = False
    sensitive: bool = False


@dataclass(frozen=True)
class GroupFacts:
    """How a group's measures stand at the end of a period, and what lies ahead.

    `lacks` are the parties that nobody sits for in a local steering group (rule R2), `place` the
    district of a local group, and `areas` the names of priority areas by code and language.
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
    indicators: tuple[IndicatorFact, ...] = ()
    meeting_news: tuple[MeetingNews, ...] = ()
    minutes: Minutes = field(default_factory=Minutes)
    place: str = ""
    areas: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def for_channel(self) -> GroupFacts:
        """The same without what only those entitled may read: nobody knows who reads a channel."""
        return replace(
            self,
            results=tuple(fact for fact in self.results if not fact.sensitive),
            indicators=tuple(fact for fact in self.indicators if not fact.sensitive),
        )

    def in_light(self, light: Light) -> tuple[MeasureFact, ...]:
        """The measures that stand so."""
        return self._by_light.get(light, ())

    @cached_property
    def _by_light(self) -> Mapping[Light, tuple[MeasureFact, ...]]:
        found: dict[Light, tuple[MeasureFact, ...]] = {}
        for fact in self.measures:
            found[fact.light] = (*found.get(fact.light, ()), fact)
        return found

    @cached_property
    def counts(self) -> Counter[Light]:
        """How many measures stand in each light."""
        return Counter({light: len(found) for light, found in self._by_light.items()})

    @cached_property
    def done(self) -> tuple[MeasureFact, ...]:
        """The measures that became done within the period."""
        return tuple(fact for fact in self.in_light(Light.DONE) if fact.is_news)

    @cached_property
    def late(self) -> tuple[MeasureFact, ...]:
        """The measures reported delayed or past their date, the latest first."""
        late = self.in_light(Light.LATE)
        return tuple(sorted(late, key=lambda fact: -fact.standing.days_late))

    @cached_property
    def silent(self) -> tuple[MeasureFact, ...]:
        """The measures with no report within their cadence, the longest silent first."""
        silent = self.in_light(Light.SILENT)
        return tuple(sorted(silent, key=lambda fact: -fact.standing.days_silent))

    @cached_property
    def at_risk(self) -> tuple[MeasureFact, ...]:
        """The measures that want help or may become late."""
        return self.in_light(Light.AT_RISK)

    @cached_property
    def ownerless(self) -> tuple[MeasureFact, ...]:
        """The open measures that nobody answers for."""
        return tuple(fact for fact in self.measures if fact.is_ownerless)

    @cached_property
    def reported(self) -> tuple[MeasureFact, ...]:
        """The measures reported on within the period that are neither done, late nor at risk."""
        calm = (Light.ON_PLAN, Light.NOT_STARTED, Light.CANCELLED)
        return tuple(fact for fact in self.measures if fact.is_news and fact.light in calm)

    @cached_property
    def unreported(self) -> tuple[MeasureFact, ...]:
        """The open measures that have begun and on which nothing was reported in the period."""
        return tuple(
            fact
            for fact in self.measures
            if fact.is_open and not fact.is_news and fact.start_on and fact.start_on <= self.on
        )

    @cached_property
    def unreported_otherwise(self) -> tuple[MeasureFact, ...]:
        """Those of them that do not count as silent, of which it is said already."""
        known = {fact.code for fact in self.silent}
        return tuple(fact for fact in self.unreported if fact.code not in known)

    @cached_property
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

    @cached_property
    def told(self) -> tuple[MeasureFact, ...]:
        """The measures that a digest names, each once: good news first, then what needs care."""
        named = (
            *self.done, *self.reported, *self.at_risk, *self.late, *self.silent, *self.ownerless,
        )  # fmt: skip
        return tuple({fact.code: fact for fact in named}.values())

    @cached_property
    def needing(self) -> tuple[MeasureFact, ...]:
        """The measures that want something of a meeting, the most urgent first."""
        named = (*self.late, *self.at_risk, *self.silent, *self.ownerless)
        return tuple({fact.code: fact for fact in named}.values())

    @cached_property
    def on_course(self) -> tuple[MeasureFact, ...]:
        """The measures with news that want nothing of a meeting, the done ones last."""
        wanting = {fact.code for fact in self.needing}
        named = {fact.code: fact for fact in (*self.reported, *self.done)}
        return tuple(fact for code, fact in named.items() if code not in wanting)

    @cached_property
    def meets_soon(self) -> bool:
        """Whether the next meeting is near."""
        meeting = self.next_meeting
        return meeting is not None and meeting.starts_at < self.period.until + SOON

    @cached_property
    def changed(self) -> tuple[MeasureFact, ...]:
        """The measures of which anything became otherwise within the period."""
        return tuple(fact for fact in self.measures if fact.changes)

    @cached_property
    def rewritten(self) -> tuple[MeasureFact, ...]:
        """The measures that are new, or whose date or responsible became another."""
        return tuple(fact for fact in self.measures if fact.changes & REWRITTEN)

    @cached_property
    def has_news_beside_meeting(self) -> bool:
        """Whether anything has happened, but for that the meeting draws near."""
        return self.number_of_changes > self.meets_soon

    @cached_property
    def number_of_changes(self) -> int:
        """How much happened: what merely goes on to be so does not count."""
        fallen = sum(vacancy.is_news for vacancy in self.vacancies)
        news = len(self.results) + len(self.indicators) + len(self.meeting_news) + fallen
        agreed = self.minutes
        written = len(agreed.decisions) + len(agreed.new_points) + len(agreed.done_points)
        return len(self.changed) + written + news + self.meets_soon

    @cached_property
    def has_news(self) -> bool:
        """Whether there is anything but standing facts: only then is there a post."""
        return self.number_of_changes > 0


@dataclass(frozen=True)
class Agenda:
    """What stands on a meeting's agenda: what is to be decided, and all else."""

    decisions: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class BeforeFacts:
    """What awaits a meeting: how the group stands, who comes, and what districts have brought."""

    group: GroupFacts
    agenda: Agenda = Agenda()
    attending: Counter[Attending | None] = field(default_factory=Counter)
    inputs: Counter[InputState] = field(default_factory=Counter)

    @property
    def meeting(self) -> MeetingFact | None:
        """The meeting itself."""
        return self.group.next_meeting

    @property
    def has_news(self) -> bool:
        """Whether there is anything to read before the meeting."""
        has_matters = self.agenda != Agenda() or self.group.minutes.open_points or self.inputs
        return bool(self.group.told or has_matters or self.group.has_news_beside_meeting)

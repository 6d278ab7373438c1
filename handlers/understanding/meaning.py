"""What a line was understood to mean."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from typing import Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict

from models.agreements import Level
from models.groups import GroupKind, SeatRole
from models.indicators.sources import SourceStatus
from models.measures.measure import MeasureStatus
from models.people.organisations import Party
from models.representation.involvement import Degree


class Intent(StrEnum):
    """What a member wants."""

    HOME = "home"
    HELP = "help"
    REPRESENTATION = "representation"
    COVERAGE = "coverage"
    MY_ROLE = "my_role"
    MEASURES = "measures"
    REPORT = "report"
    WHY = "why"
    MEETINGS = "meetings"
    MEETING_NEW = "meeting_new"
    MEETING_CHANGE = "meeting_change"
    INPUTS = "inputs"
    CALENDAR = "calendar"
    YEAR = "year"
    DECISIONS = "decisions"
    DECISION_NEW = "decision_new"
    ACTION_POINTS = "action_points"
    POINT_NEW = "point_new"
    DIGEST = "digest"
    SURVEY = "survey"
    SURVEY_RESULT = "survey_result"
    INDICATOR = "indicator"
    SETTINGS = "settings"
    LINK = "link"
    APPOINT = "appoint"
    REPLACE_SEAT = "replace_seat"
    END_SEAT = "end_seat"
    DEPUTISE = "deputise"
    CO_OPT = "co_opt"
    SEAT_CHANGES = "seat_changes"
    INVOLVEMENT = "involvement"
    MERGE = "merge"
    MEASURE_NEW = "measure_new"
    MEASURE_CHANGE = "measure_change"
    ABSENCE = "absence"
    FOLLOW = "follow"
    QUESTION = "question"
    TIMELINE = "timeline"
    APPROVALS = "approvals"
    CHAIN = "chain"
    FUNDING = "funding"
    PLAN = "plan"
    DELIVERIES = "deliveries"
    DATA_SOURCES = "data_sources"
    UNKNOWN = "unknown"


View = Literal["problems", "causes", "directions", "goals", "incomplete"]
"""Which links of the chain a list shows; `incomplete` are the goals that lack something."""

VIEWS: tuple[View, ...] = get_args(View)


class Understanding(BaseModel):
    """An intent and its arguments; what the line does not say is absent.

    `district`, `neighbourhood`, `police_area`, `organisation` and `person` are names as the
    registry writes them, `area`, `indicator`, `survey`, `source` and `measure` are codes. `on` is
    given only when the line names a day. The fields in `UNEXPLAINED` are for the handlers: what
    was left over, what was wrong, and what else might have been meant.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    intent: Intent
    topic: str | None = None
    district: str | None = None
    neighbourhood: str | None = None
    police_area: str | None = None
    unknown_place: str | None = None
    group: GroupKind | None = None
    level: Level | None = None
    role: SeatRole | None = None
    organisation: str | None = None
    party: Party | None = None
    person: str | None = None
    area: str | None = None
    degree: Degree | None = None
    whose: Literal["mine", "organisation"] | None = None
    without: Literal["owner", "cause", "goal", "report"] | None = None
    due: Literal["next_meeting"] | None = None
    measure: str | None = None
    status: MeasureStatus | None = None
    percent: int | None = None
    comment: str | None = None
    week: str | None = None
    since: Literal["last_meeting"] | None = None
    survey: str | None = None
    indicator: str | None = None
    source: str | None = None
    source_status: SourceStatus | None = None
    language: Literal["sv", "en"] | None = None
    year: int | None = None
    on: date | None = None
    known_on: date | None = None

    last_day: date | None = None
    to_day: date | None = None
    starts: time | None = None
    ends: time | None = None
    former_district: str | None = None
    group_code: str | None = None
    people: tuple[str, ...] = ()
    namesakes: tuple[str, ...] = ()
    title: str | None = None
    municipality: str | None = None
    former_police: str | None = None
    meant: str | None = None
    also: tuple[str, ...] = ()
    vacant: bool = False
    promised: bool = False
    help_wanted: bool = False
    is_municipality: bool = False
    bad_date: str | None = None
    pause: Literal["on", "off"] | None = None
    view: View | None = None
    wants_new: bool = False
    of_theme: bool = False
    whole_year: bool = False
    whole_month: bool = False
    past: bool = False
    stop: bool = False
    rest: str | None = None
    nearest: tuple[Intent, ...] = ()

    UNEXPLAINED: ClassVar[frozenset[str]] = frozenset(
        {
            "last_day",
            "to_day",
            "starts",
            "ends",
            "former_district",
            "group_code",
            "people",
            "namesakes",
            "title",
            "municipality",
            "former_police",
            "meant",
            "also",
            "vacant",
            "promised",
            "help_wanted",
            "is_municipality",
            "bad_date",
            "pause",
            "view",
            "wants_new",
            "of_theme",
            "whole_year",
            "whole_month",
            "past",
            "stop",
            "rest",
            "nearest",
        }
    )

    def explain(self) -> dict[str, Any]:
        """The intent and the keys that are present, as JSON types."""
        return self.model_dump(mode="json", exclude_none=True, exclude=set(self.UNEXPLAINED))

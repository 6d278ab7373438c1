"""What can be drawn, as complete facts: drawing them needs no database and no clock."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from models.word import Word

MOST_ROWS = 200
MOST_COLUMNS = 40
MOST_BARS = 40


class Mark(StrEnum):
    """How one party of the cooperation is represented in one group; the sign says it alone."""

    HELD = "held"
    """A seat of its own, held."""
    DEPUTISED = "deputised"
    """A seat of its own, held by a deputy for a time."""
    VACANT = "vacant"
    """A seat of its own that nobody holds."""
    IN_CONFLICT = "in_conflict"
    """A seat of its own that more than one is said to hold."""
    ON_DEMAND = "on_demand"
    """Somebody who is called in when a matter concerns it."""
    VIA = "via"
    """No seat of its own; somebody else speaks for it."""
    NONE = "none"
    """No seat of its own, and nobody speaks for it: a hole."""
    OUTSIDE = "outside"
    """It does not concern this group."""

    @property
    def sign(self) -> str:
        """One sign that stands for the mark where there is only text."""
        return SIGNS[self]


SIGNS = {
    Mark.HELD: "●",
    Mark.DEPUTISED: "◐",
    Mark.VACANT: "⚠",
    Mark.IN_CONFLICT: "‼",
    Mark.ON_DEMAND: "○",
    Mark.VIA: "→",
    Mark.NONE: "□",
    Mark.OUTSIDE: "·",
}


class MatrixCell(Word):
    """One cell of a matrix: its mark, and a few words where they say more: via Farsta."""

    mark: Mark
    word: Annotated[str, Field(max_length=40)] = ""


class MatrixRow(Word):
    """One row of a matrix: a group, and how each column is represented in it."""

    label: Annotated[str, Field(min_length=1, max_length=120)]
    cells: Annotated[tuple[MatrixCell, ...], Field(min_length=1, max_length=MOST_COLUMNS)]


class Matrix(Word):
    """Groups by districts; the legend explains each mark in the reader's language."""

    kind: Literal["matrix"] = "matrix"
    title: Annotated[str, Field(min_length=1, max_length=150)]
    columns: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=80)], ...],
        Field(min_length=1, max_length=MOST_COLUMNS),
    ]
    rows: Annotated[tuple[MatrixRow, ...], Field(min_length=1, max_length=MOST_ROWS)]
    legend: tuple[tuple[Mark, Annotated[str, Field(min_length=1, max_length=80)]], ...] = ()
    note: Annotated[str, Field(max_length=500)] = ""

    @model_validator(mode="after")
    def _every_row_is_as_wide_as_the_heading(self) -> Matrix:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("every row needs as many cells as there are columns")
        return self


class Lamp(StrEnum):
    """How a measure stands, the worst first; in the words of `models.measures.progress`."""

    LATE = "late"
    """Reported as delayed, or past its date."""
    SILENT = "silent"
    """Nobody has reported on it in time, so nothing is known."""
    AWAY = "away"
    """Nobody has reported on it in time, for whoever would is away."""
    AT_RISK = "at_risk"
    """It may be late, or wants help."""
    NOT_STARTED = "not_started"
    """It has not begun."""
    ON_PLAN = "on_plan"
    """It goes on as it should."""
    DONE = "done"
    """It is done."""
    CANCELLED = "cancelled"
    """It was called off."""


Legend = tuple[tuple[Lamp, Annotated[str, Field(min_length=1, max_length=80)]], ...]


class Bar(Word):
    """One measure in time: when it runs, how it stands, and the days of its reports.

    Without `due` it runs on. `word` says how it stands: Försenad 12 dagar.
    """

    code: Annotated[str, Field(min_length=1, max_length=40)]
    title: Annotated[str, Field(max_length=200)]
    start: date
    due: date | None = None
    lamp: Lamp
    word: Annotated[str, Field(min_length=1, max_length=80)]
    reports: Annotated[tuple[date, ...], Field(max_length=1000)] = ()


class Tick(Word):
    """A day on the axis of time, with what stands above it; most months have no words."""

    day: date
    word: Annotated[str, Field(max_length=20)] = ""


class Timeline(Word):
    """Measures over time, between `first` and `last`, with a line at today.

    All words are in the reader's language: `today_word` stands above the line, `report_word` and
    `late_word` explain a report's mark and the line from a date that has passed until today.
    """

    kind: Literal["timeline"] = "timeline"
    title: Annotated[str, Field(min_length=1, max_length=150)]
    first: date
    last: date
    today: date
    today_word: Annotated[str, Field(max_length=40)]
    report_word: Annotated[str, Field(max_length=60)]
    late_word: Annotated[str, Field(max_length=60)]
    ticks: Annotated[tuple[Tick, ...], Field(max_length=200)] = ()
    bars: Annotated[tuple[Bar, ...], Field(min_length=1, max_length=MOST_BARS)]
    legend: Legend = ()
    note: Annotated[str, Field(max_length=500)] = ""

    @model_validator(mode="after")
    def _time_goes_forward(self) -> Timeline:
        if self.first >= self.last:
            raise ValueError("the last day must come after the first")
        return self


class Tally(Word):
    """How many measures stand in each light, the worst first; none is an empty cell."""

    counts: Annotated[tuple[tuple[Lamp, int], ...], Field(max_length=len(Lamp))] = ()


class GridRow(Word):
    """One row of a status grid: a priority area, and a tally for each column."""

    label: Annotated[str, Field(min_length=1, max_length=120)]
    cells: Annotated[tuple[Tally, ...], Field(min_length=1, max_length=MOST_COLUMNS)]


class StatusGrid(Word):
    """Priority areas by districts: how many measures stand how, with the worst shown large."""

    kind: Literal["status_grid"] = "status_grid"
    title: Annotated[str, Field(min_length=1, max_length=150)]
    columns: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=80)], ...],
        Field(min_length=1, max_length=MOST_COLUMNS),
    ]
    rows: Annotated[tuple[GridRow, ...], Field(min_length=1, max_length=MOST_ROWS)]
    legend: Legend = ()
    note: Annotated[str, Field(max_length=500)] = ""

    @model_validator(mode="after")
    def _every_row_is_as_wide_as_the_heading(self) -> StatusGrid:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("every row needs as many cells as there are columns")
        return self


class Span(Word):
    """From a low to a high end, in the unit of the axis."""

    low: float
    high: float

    @model_validator(mode="after")
    def _low_is_low(self) -> Span:
        if self.low > self.high:
            raise ValueError("a span goes from low to high")
        return self


class IntervalRow(Word):
    """One row of an interval chart: a dot, its interval, its hard bounds, and how sure it is.

    Without `value` the interval is a range only. `reason` says why nothing is shown; `word`
    stands at the right: B, D bara spann. `caution` gives the line another colour and ends. A row
    with only a `value` was counted whole.
    """

    label: Annotated[str, Field(min_length=1, max_length=120)]
    word: Annotated[str, Field(max_length=40)] = ""
    value: float | None = None
    interval: Span | None = None
    bounds: Span | None = None
    model: float | None = None
    caution: bool = False
    reason: Annotated[str, Field(max_length=80)] = ""


class Intervals(Word):
    """Figures with their intervals on one axis, in a fixed order: never a ranking.

    `axis` is from where to where it goes, `city` the value and interval of all rows together.
    """

    kind: Literal["intervals"] = "intervals"
    title: Annotated[str, Field(min_length=1, max_length=150)]
    axis: Span
    unit: Annotated[str, Field(max_length=40)] = ""
    axis_word: Annotated[str, Field(max_length=200)] = ""
    city: Annotated[tuple[float, Span] | None, Field()] = None
    city_word: Annotated[str, Field(max_length=60)] = ""
    decimal: Literal[",", "."] = ","
    rows: Annotated[tuple[IntervalRow, ...], Field(min_length=1, max_length=MOST_COLUMNS)]
    note: Annotated[str, Field(max_length=500)] = ""


Drawing: TypeAlias = Annotated[
    Matrix | Timeline | StatusGrid | Intervals, Field(discriminator="kind")
]
"""All that can be drawn; `kind` tells them apart."""

"""One observation as it may be told: value, interval, how sure it is, or why it is not shown.

Shares of a probability sample have the source's own interval, else Wilson's; a register has no
sampling error, so its shares have no interval and its counts the Poisson interval of chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.indicators.indicator import Basis, Indicator, Observation
from models.periods import Period, period_of
from models.statistics.counts import count_fact, garwood
from models.statistics.grade import HIDDEN, Grade, Grading, grade_by_width, grading
from models.statistics.ranges import Interval, Persons
from models.statistics.response_rate import Basis as Claim
from models.statistics.response_rate import Response
from models.statistics.share_fact import Asked, share_fact
from models.statistics.share_wilson import wilson
from models.statistics.thresholds import DEFAULT

FEWEST_IN_REGISTER = 5
"""A register's share of fewer persons than this is not shown."""

EXACT = Grading(Grade.A, Grade.A)


class State(StrEnum):
    """Whether there is a figure, and why not."""

    MEASURED = "measured"
    NOT_MEASURED = "not_measured"
    FEW_PERSONS = "few_persons"
    """One to four persons were counted, or a share of fewer than five."""
    TOO_FEW = "too_few"
    """Fewer answered than the sensitivity asks for."""


class Certainty(StrEnum):
    """What stands behind a figure and its interval."""

    SURVEY = "survey"
    CENSUS = "census"
    CHANCE = "chance"
    """A register's count: nothing is missing, but chance is in it."""
    PANEL = "panel"
    """Who answers has chosen to: no interval can be given."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Figure:
    """What may be told of one observation; `value` and `interval` are in the indicator's unit.

    A figure of grade D has an interval and no value, unless its `persons` may be counted.
    """

    period: Period
    state: State
    certainty: Certainty
    grading: Grading | None = None
    value: float | None = None
    interval: Interval | None = None
    persons: Persons | None = None
    n: int | None = None
    asked: int | None = None
    count: int | None = None

    @property
    def is_measured(self) -> bool:
        """Whether there is something to show."""
        return self.state is State.MEASURED

    @property
    def is_unsure(self) -> bool:
        """Whether it is to be read with caution, or only as a range."""
        return self.grading is not None and self.grading.grade in (Grade.C, Grade.D)


def figure_of(indicator: Indicator, row: Observation) -> Figure:
    """What may be told of an observation of an indicator."""
    period = period_of(row.period)
    if period is None:
        raise ValueError(f"{row.period} is no period")
    certainty = _certainty(indicator, row)
    if row.value is None:
        return Figure(period, State.NOT_MEASURED, certainty)
    if not indicator.is_share:
        return _number(indicator, row, period)
    if indicator.basis is Basis.REGISTER:
        return _register_share(row, period)
    if indicator.basis is Basis.SAMPLE or row.n is None:
        return _sampled(row, period, certainty)
    return _answered(indicator, row, period)


def _certainty(indicator: Indicator, row: Observation) -> Certainty:
    if indicator.basis is Basis.REGISTER:
        return Certainty.CENSUS if row.count is None or indicator.is_share else Certainty.CHANCE
    if indicator.basis is Basis.PANEL:
        return Certainty.PANEL
    return Certainty.SURVEY if row.n or row.low is not None else Certainty.UNKNOWN


def _register_share(row: Observation, period: Period) -> Figure:
    """A share of everybody there was: counted, so there is nothing to be unsure of."""
    everybody = row.n if row.n is not None else row.population
    if everybody is not None and everybody < FEWEST_IN_REGISTER:
        return Figure(period, State.FEW_PERSONS, Certainty.CENSUS, n=everybody)
    count = row.count
    if count is None and everybody is not None and row.value is not None:
        count = round(row.value * everybody / 100)
    return Figure(
        period, State.MEASURED, Certainty.CENSUS, EXACT, row.value, n=everybody, count=count
    )


def _number(indicator: Indicator, row: Observation, period: Period) -> Figure:
    """A count, a rate or a time; a register's count carries the Poisson interval of chance."""
    counted = row.count
    if counted is None and indicator.persons and row.value is not None:
        counted = round(row.value)
    certainty = _certainty(indicator, row)
    if counted is not None and count_fact(counted, of_persons=indicator.persons).is_hidden:
        return Figure(period, State.FEW_PERSONS, certainty)
    interval = given_interval(row)
    if interval is None and row.count is not None and row.value is not None:
        interval = _of_chance(row.value, row.count)
    return Figure(
        period,
        State.MEASURED,
        certainty,
        None,
        row.value,
        interval,
        n=row.n,
        asked=row.population,
        count=row.count,
    )


def _of_chance(value: float, count: int) -> Interval | None:
    """The Poisson interval of the count behind a value, in the value's unit."""
    found = garwood(count, DEFAULT.level)
    if count == 0:
        return found if value == 0 else None
    scale = value / count
    return Interval(found.low * scale, found.high * scale)


def given_interval(row: Observation) -> Interval | None:
    """The source's own interval, from its limits or its margin; shares stay within 0 to 100."""
    if row.low is not None and row.high is not None:
        return Interval(row.low, row.high)
    if row.margin is None or row.value is None:
        return None
    return Interval(max(0.0, row.value - row.margin), row.value + row.margin)


def _sampled(row: Observation, period: Period, certainty: Certainty) -> Figure:
    """A share of a probability sample of residents, graded as an external source."""
    interval = given_interval(row)
    if interval is None and row.n and row.value is not None:
        found = wilson(row.value * row.n / 100, row.n)
        interval = Interval(100 * found.low, 100 * found.high)
    if interval is None:
        return Figure(period, State.MEASURED, Certainty.UNKNOWN, None, row.value, n=row.n)
    interval = Interval(interval.low, min(100.0, interval.high))
    given = _graded(interval, row.n, row.population)
    value = row.value if given.grade.shows_percent else None
    return Figure(
        period, State.MEASURED, certainty, given, value, interval, n=row.n, asked=row.population
    )


def _graded(interval: Interval, n: int | None, asked: int | None) -> Grading:
    """By width; at best B where less than 60 percent answered, or nobody says how many did."""
    width = interval.width / 100
    if n and asked:
        return grading(width, DEFAULT.share_widths, Response(n, asked), Claim.EXTERNAL_SAMPLE)
    by_width = grade_by_width(width, DEFAULT.share_widths)
    return Grading(max(by_width, Grade.B, key=list(Grade).index), by_width)


def _answered(indicator: Indicator, row: Observation, period: Period) -> Figure:
    """A share of those who answered among members, staff, or people who chose themselves."""
    n, asked = row.n or 0, row.population or row.n or 0
    panel = indicator.basis is Basis.PANEL
    count = row.count if row.count is not None else round((row.value or 0) * n / 100)
    basis = Claim.OPT_IN if panel else Claim.MEMBER_LIST
    fact = share_fact(count, n, Asked(asked, indicator.sensitivity, basis))
    certainty = Certainty.PANEL if panel else Certainty.SURVEY
    if fact.grading == HIDDEN:
        return Figure(period, State.TOO_FEW, certainty, HIDDEN, n=n, asked=asked)
    if not panel and n == asked:
        certainty = Certainty.CENSUS
    interval = fact.interval
    shown = fact.share is not None
    return Figure(
        period,
        State.MEASURED,
        certainty,
        fact.grading,
        row.value if shown else None,
        Interval(100 * interval.low, 100 * interval.high) if interval else None,
        fact.told,
        n,
        asked,
        count if shown else None,
    )

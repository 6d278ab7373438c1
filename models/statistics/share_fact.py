"""What may be told of a share: counts, hard bounds, interval and grade, as one frozen fact."""

from __future__ import annotations

from dataclasses import dataclass

from models.statistics.bands import Coarseness, band, third
from models.statistics.bounds import band_bounds
from models.statistics.grade import HIDDEN, HIDDEN_FOR_ANOTHER, Grading, grading
from models.statistics.ranges import Interval, Persons
from models.statistics.response_rate import Basis, Response
from models.statistics.share_finite import band_interval
from models.statistics.share_wilson import wilson
from models.statistics.thresholds import DEFAULT, Thresholds
from models.surveys.survey import Sensitivity


@dataclass(frozen=True)
class Asked:
    """Of whom a question was asked, how sensitive it is, and what its answers stand for."""

    eligible: int
    sensitivity: Sensitivity
    basis: Basis = Basis.MEMBER_LIST


@dataclass(frozen=True)
class ShareFact:
    """A share as it may be told; a hidden one has nothing but its response and the reason.

    `told` is of those who answered this question, `bounds` of all eligible with no assumption,
    `interval` of all eligible (as shares) if those missing resemble those who answered, and
    `persons` the same as persons where the group's size is known. A panel of people who chose
    themselves has neither bounds nor interval.
    """

    response: Response
    basis: Basis
    grading: Grading
    told: Persons | None = None
    bounds: Persons | None = None
    interval: Interval | None = None
    persons: Persons | None = None

    @property
    def share(self) -> float | None:
        """The share among those who answered, where it may be printed as one number."""
        if self.told is None or not self.grading.grade.shows_percent:
            return None
        return self.told.share.low if self.told.least == self.told.most else None


def share_fact(
    yes: int,
    answered: int,
    asked: Asked,
    coarseness: Coarseness = Coarseness.EXACT,
    thresholds: Thresholds = DEFAULT,
) -> ShareFact:
    """What may be told of `yes` among those who answered one question, as coarsely as allowed."""
    response = Response(answered, asked.eligible)
    if not thresholds.enough(answered, asked.sensitivity):
        return ShareFact(response, asked.basis, HIDDEN)
    if coarseness is Coarseness.HIDDEN:
        return ShareFact(response, asked.basis, HIDDEN_FOR_ANOTHER)
    return fact_of_band(_told(yes, answered, asked, coarseness, thresholds), asked, thresholds)


def fact_of_band(told: Persons, asked: Asked, thresholds: Thresholds = DEFAULT) -> ShareFact:
    """Everything that follows from a count as it is told, and so reveals no more than that."""
    response = Response(told.of, asked.eligible)
    persons = _persons(told, asked, thresholds)
    interval = persons.share if persons else wilson_of_band(told, thresholds.level)
    given = grading(interval.width, thresholds.share_widths, response, asked.basis, thresholds)
    if asked.basis is Basis.OPT_IN:
        return ShareFact(response, asked.basis, given, told)
    bounds = band_bounds(told, asked.eligible)
    return ShareFact(response, asked.basis, given, told, bounds, interval, persons)


def wilson_of_band(told: Persons, level: float) -> Interval:
    """The interval of every count in a band, where the population is large or unknown."""
    lowest = wilson(told.least, told.of, level)
    return lowest.hull(wilson(told.most, told.of, level))


def _told(
    yes: int, answered: int, asked: Asked, coarseness: Coarseness, thresholds: Thresholds
) -> Persons:
    if coarseness is Coarseness.THIRDS:
        return third(yes, answered, thresholds)
    return band(yes, answered, asked.sensitivity, thresholds)


def _persons(told: Persons, asked: Asked, thresholds: Thresholds) -> Persons | None:
    """The exact interval, for a list that is known and not too large for it."""
    if asked.basis is not Basis.MEMBER_LIST or asked.eligible > thresholds.exact_up_to:
        return None
    return band_interval(told, asked.eligible, thresholds.level)

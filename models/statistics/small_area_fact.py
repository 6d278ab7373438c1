"""When a model of districts may be shown beside the direct figures, and what of it.

Only for panels of residents, never sensitive, never for change, ranking or money. The model hides
precisely the district that differs, so it may move a figure by one standard error at most, and
whether a district differs from the city is read from its direct figure alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from models.statistics.distributions import two_sided_z
from models.statistics.ranges import Interval
from models.statistics.small_area import Areas, Fit, fit
from models.statistics.thresholds import DEFAULT, Thresholds
from models.surveys.survey import Sensitivity


@dataclass(frozen=True)
class DistrictShare:
    """A district's publishable direct share among `answered` of `eligible`, with its covariates."""

    name: str
    yes: int
    answered: int
    eligible: int
    covariates: tuple[float, ...] = ()


@dataclass(frozen=True)
class Panel:
    """Whose answers they are, how sensitive, and how many districts there are in the city."""

    districts: int
    sensitivity: Sensitivity
    of_residents: bool


class Refusal(StrEnum):
    """Why no model is shown."""

    NOT_RESIDENTS = "not_residents"
    SENSITIVE = "sensitive"
    TOO_FEW_DISTRICTS = "too_few_districts"
    TOO_MANY_COVARIATES = "too_many_covariates"
    NO_SPREAD = "no_spread"


@dataclass(frozen=True)
class ModelFigure:
    """A district's model figure beside its direct one, each with its 95 % interval.

    `is_limited` says that the model wanted to move it further than one standard error, `differs`
    that the direct figure differs from the city's.
    """

    name: str
    direct: float
    direct_interval: Interval
    estimate: float
    interval: Interval
    is_limited: bool
    differs: bool


@dataclass(frozen=True)
class ModelFact:
    """The figures of all districts, or why there are none; the city's share is told in any case.

    `NO_SPREAD` means that differences between districts cannot be seen: then the city's share is
    all that is told.
    """

    city: float
    figures: tuple[ModelFigure, ...] = ()
    refusal: Refusal | None = None


def model_fact(
    shares: Sequence[DistrictShare], panel: Panel, thresholds: Thresholds = DEFAULT
) -> ModelFact:
    """The model's figures, for districts in the order they came, where it may be shown at all."""
    told = [each for each in shares if each.answered > 0]
    answered = sum(each.answered for each in told)
    city = sum(each.yes for each in told) / answered if answered else 0.0
    refusal = _refusal(told, panel, thresholds)
    if refusal is not None or not 0 < city < 1:
        return ModelFact(city, refusal=refusal or Refusal.NO_SPREAD)
    fitted = fit(_areas(told, city))
    if fitted.between == 0:
        return ModelFact(city, refusal=Refusal.NO_SPREAD)
    return ModelFact(city, _figures(told, fitted, city, thresholds))


def _refusal(told: Sequence[DistrictShare], panel: Panel, thresholds: Thresholds) -> Refusal | None:
    if not panel.of_residents:
        return Refusal.NOT_RESIDENTS
    if panel.sensitivity is Sensitivity.SENSITIVE:
        return Refusal.SENSITIVE
    least = max(
        thresholds.small_area_least_districts, thresholds.small_area_least_share * panel.districts
    )
    if len(told) < least:
        return Refusal.TOO_FEW_DISTRICTS
    covariates = len(told[0].covariates)
    if covariates * thresholds.small_area_districts_per_covariate > len(told):
        return Refusal.TOO_MANY_COVARIATES
    return None


def _areas(told: Sequence[DistrictShare], city: float) -> Areas:
    """The sampling variances are smoothed with the city's share; a census still has a little."""
    direct = tuple(each.yes / each.answered for each in told)
    variances = tuple(smoothed_variance(each, city) for each in told)
    return Areas(direct, variances, tuple((1.0, *each.covariates) for each in told))


def smoothed_variance(each: DistrictShare, city: float) -> float:
    """A district's sampling variance at the city's share, with the finite correction."""
    left = max(1 - each.answered / each.eligible, 1 / each.eligible)
    return city * (1 - city) / each.answered * left


def _figures(
    told: Sequence[DistrictShare], fitted: Fit, city: float, thresholds: Thresholds
) -> tuple[ModelFigure, ...]:
    z = two_sided_z(thresholds.level)
    found = []
    for place, each in enumerate(told):
        direct, error = fitted.areas.direct[place], sqrt(fitted.areas.variances[place])
        wanted = fitted.estimates[place]
        estimate = min(max(wanted, direct - error), direct + error)
        own = _within(direct, z * error)
        found.append(
            ModelFigure(
                name=each.name,
                direct=direct,
                direct_interval=own,
                estimate=estimate,
                interval=_within(estimate, z * sqrt(fitted.errors[place])),
                is_limited=estimate != wanted,
                differs=not own.holds(city),
            )
        )
    return tuple(found)


def _within(middle: float, half: float) -> Interval:
    return Interval(max(0.0, middle - half), min(1.0, middle + half))

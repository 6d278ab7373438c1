"""Borrowing strength between areas: Fay & Herriot (1979) with known sampling variances.

estimate = B × model + (1 − B) × direct, with B = D/(A + D); A is the variance between areas, D an
area's sampling variance. The error is Prasad & Rao's (1990) g1 + g2 + 2 g3. With an intercept
alone it is the normal random-effects model of a meta-analysis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from models.statistics.linear import apply, dot, inverse, times, trace, weighted_gram

STEPS = 200
CLOSE = 1e-12


class Between(StrEnum):
    """How the variance between areas is estimated.

    `MOMENT` is Fay & Herriot's own, and with an intercept alone that of Paule & Mandel.
    """

    REML = "reml"
    MOMENT = "moment"
    DERSIMONIAN_LAIRD = "dersimonian_laird"


@dataclass(frozen=True)
class Areas:
    """Direct figures, their sampling variances, and each area's covariates with a leading 1."""

    direct: tuple[float, ...]
    variances: tuple[float, ...]
    covariates: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        """Refuses what no model can be fitted to."""
        if not len(self.direct) == len(self.variances) == len(self.covariates) > self.parameters:
            raise ValueError("a model needs more areas than covariates")
        if min(self.variances) <= 0:
            raise ValueError("a sampling variance is more than 0")

    @property
    def parameters(self) -> int:
        """How many coefficients the model has."""
        return len(self.covariates[0]) if self.covariates else 0


@dataclass(frozen=True)
class Fit:
    """The model: variance between areas, coefficients with their covariance, and the areas."""

    areas: Areas
    between: float
    coefficients: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]

    @property
    def synthetic(self) -> tuple[float, ...]:
        """What the model alone says of each area."""
        return tuple(dot(row, self.coefficients) for row in self.areas.covariates)

    @property
    def weights(self) -> tuple[float, ...]:
        """B: how much of each area's estimate is the model's."""
        return tuple(d / (self.between + d) for d in self.areas.variances)

    @property
    def estimates(self) -> tuple[float, ...]:
        """The empirical best linear unbiased predictors."""
        triples = zip(self.weights, self.synthetic, self.areas.direct, strict=True)
        return tuple(b * model + (1 - b) * direct for b, model, direct in triples)

    @property
    def errors(self) -> tuple[float, ...]:
        """The mean squared errors by Prasad and Rao."""
        a = self.between
        of_a = 2 / sum(1 / (a + d) ** 2 for d in self.areas.variances)
        found = []
        for b, d, row in zip(
            self.weights, self.areas.variances, self.areas.covariates, strict=True
        ):
            g2 = b * b * dot(row, apply(self.covariance, row))
            found.append(b * a + g2 + 2 * b * b * of_a / (a + d))
        return tuple(found)

    @property
    def mean(self) -> tuple[float, float]:
        """The first coefficient and its standard error: the mean, with an intercept alone."""
        return self.coefficients[0], sqrt(self.covariance[0][0])


def intercept_alone(direct: Sequence[float], variances: Sequence[float]) -> Areas:
    """Areas without covariates."""
    return Areas(tuple(direct), tuple(variances), ((1.0,),) * len(direct))


def fit(areas: Areas, method: Between = Between.REML) -> Fit:
    """Fits the model; the variance between areas is never negative."""
    estimated = {Between.REML: _reml, Between.MOMENT: _moment, Between.DERSIMONIAN_LAIRD: _dl}
    between = estimated[method](areas)
    coefficients, covariance, _ = _regression(areas, between)
    return Fit(areas, between, tuple(coefficients), tuple(map(tuple, covariance)))


def heterogeneity(areas: Areas) -> float:
    """Cochran's Q: the weighted squares around the model without variance between areas."""
    return _squares(areas, 0.0)


def _regression(areas: Areas, between: float) -> tuple[list[float], list[list[float]], list[float]]:
    """The coefficients, their covariance, and the residuals, at a variance between areas."""
    weights = [1 / (between + d) for d in areas.variances]
    covariance = inverse(weighted_gram(areas.covariates, weights))
    columns = zip(*areas.covariates, strict=True)
    sums = [
        sum(w * x * y for w, x, y in zip(weights, column, areas.direct, strict=True))
        for column in columns
    ]
    coefficients = apply(covariance, sums)
    residuals = [
        y - dot(row, coefficients) for y, row in zip(areas.direct, areas.covariates, strict=True)
    ]
    return coefficients, covariance, residuals


def _reml(areas: Areas) -> float:
    """Fisher scoring of the restricted likelihood, cut at 0."""
    between = sorted(areas.variances)[len(areas.variances) // 2]
    for _ in range(STEPS):
        slope, information = _reml_step(areas, between)
        following = max(0.0, between + slope / information)
        if abs(following - between) < CLOSE * (1 + between):
            return following
        between = following
    return between


def _reml_step(areas: Areas, between: float) -> tuple[float, float]:
    """The derivative of the restricted log likelihood and its expected information."""
    weights = [1 / (between + d) for d in areas.variances]
    _, covariance, residuals = _regression(areas, between)
    squared = weighted_gram(areas.covariates, [w**2 for w in weights])
    cubed = weighted_gram(areas.covariates, [w**3 for w in weights])
    once = times(covariance, squared)
    trace_p = sum(weights) - trace(once)
    trace_pp = sum(w**2 for w in weights) - 2 * trace(times(covariance, cubed))
    trace_pp += trace(times(once, once))
    quadratic = sum((w * r) ** 2 for w, r in zip(weights, residuals, strict=True))
    return (quadratic - trace_p) / 2, trace_pp / 2


def _moment(areas: Areas) -> float:
    """Where the weighted squares are as many as the degrees of freedom, cut at 0."""
    freedom = len(areas.direct) - areas.parameters
    low, high = 0.0, max(areas.variances)
    if _squares(areas, low) <= freedom:
        return 0.0
    while _squares(areas, high) > freedom:
        high *= 2
    for _ in range(STEPS):
        middle = (low + high) / 2
        if _squares(areas, middle) > freedom:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _dl(areas: Areas) -> float:
    """DerSimonian and Laird's closed form, cut at 0."""
    weights = [1 / d for d in areas.variances]
    _, covariance, _ = _regression(areas, 0.0)
    squared = weighted_gram(areas.covariates, [w**2 for w in weights])
    below = sum(weights) - trace(times(covariance, squared))
    freedom = len(areas.direct) - areas.parameters
    return max(0.0, (heterogeneity(areas) - freedom) / below)


def _squares(areas: Areas, between: float) -> float:
    _, _, residuals = _regression(areas, between)
    return sum(r * r / (between + d) for r, d in zip(residuals, areas.variances, strict=True))

"""The limits of what may be shown: one frozen table.

The method's first section gives them as configuration with defaults. The fewest answers and the
width of the bands are choices which the city must own: those it may raise by settings, and each
survey keeps what held when it was made (`models.surveys.limits`).
"""

from __future__ import annotations

from dataclasses import dataclass

from models.surveys.survey import Sensitivity


@dataclass(frozen=True)
class LeastAnswers:
    """The fewest answers from which anything but their number may be shown, by sensitivity."""

    open: int = 1
    internal: int = 5
    sensitive: int = 10


@dataclass(frozen=True)
class Widths:
    """The widest 95 % interval with which a grade is reached."""

    a: float
    b: float
    c: float


@dataclass(frozen=True)
class ResponseSteps:
    """The response rates below which a grade is capped, as shares."""

    whole: float = 0.80
    fair: float = 0.60
    poor: float = 0.50


@dataclass(frozen=True)
class Thresholds:
    """All limits with their defaults; counts are persons or answers, shares are 0 to 1.

    `least_answers` show anything but their number; from `extreme` persons at either end a count
    is told as a band; `hidden_register_most` victims or suspects are not told at all.
    Widths of numbers are relative to their mean.
    """

    level: float = 0.95
    least_answers: LeastAnswers = LeastAnswers()
    least_for_mean: int = 10
    least_for_distribution: int = 20
    least_in_category: int = 3
    extreme: int = 2
    hidden_register_most: int = 4
    share_widths: Widths = Widths(0.10, 0.20, 0.30)
    mean_widths: Widths = Widths(0.4, 0.8, 1.2)
    number_widths: Widths = Widths(0.4, 0.8, 1.3)
    response: ResponseSteps = ResponseSteps()
    exact_up_to: int = 5_000
    decimals_from: int = 1_000
    persons_first_below: int = 20
    heaviest_weight_ratio: float = 4.0
    least_in_cell: int = 5
    weighting_told_from: float = 0.03
    false_discovery_rate: float = 0.10
    same_persons_overlap: float = 0.80
    small_area_least_districts: int = 8
    small_area_least_share: float = 0.60
    small_area_districts_per_covariate: int = 6
    pseudo_answer: float = 0.1

    def __post_init__(self) -> None:
        """Refuses a table that contradicts itself, with a sentence for the operator."""
        if any(self.least(sensitivity) < 1 for sensitivity in Sensitivity):
            raise ValueError("at least one answer is needed to show anything")
        if self.extreme < 0 or not 0 < self.level < 1:
            raise ValueError("the extreme band is no negative number, the level between 0 and 1")
        for widths in (self.share_widths, self.mean_widths):
            if not 0 < widths.a <= widths.b <= widths.c:
                raise ValueError("the widths of the grades A, B and C go from narrow to wide")

    def least(self, sensitivity: Sensitivity) -> int:
        """The fewest answers from which anything but their number may be shown."""
        return {
            Sensitivity.OPEN: self.least_answers.open,
            Sensitivity.INTERNAL: self.least_answers.internal,
            Sensitivity.SENSITIVE: self.least_answers.sensitive,
        }[sensitivity]

    def enough(self, n: int, sensitivity: Sensitivity) -> bool:
        """Whether so many answers may show more than their number."""
        return n >= self.least(sensitivity)


DEFAULT = Thresholds()

"""What a city decides of what surveys may show, and each survey keeps from the day it is made.

The method that is followed gives these limits as defaults which the city must own: fewest answers
5 for opinions and 10 for what is sensitive, and bands over the last 2 persons at either end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from models.statistics.thresholds import DEFAULT, LeastAnswers, Thresholds
from models.surveys.survey import Survey

MOST = 100
"""More answers than so many no group of the cooperation could ever give."""


LOWEST: Mapping[str, int] = {
    "least_internal": DEFAULT.least_answers.internal,
    "least_sensitive": DEFAULT.least_answers.sensitive,
    "extreme": DEFAULT.extreme,
}
"""The defaults, below which no limit may be."""


@dataclass(frozen=True)
class Limits:
    """The fewest answers that show anything, by sensitivity, and the width of the bands.

    They may be raised, never lowered: what is proven of disclosure was proven for the defaults.
    """

    least_internal: int = LOWEST["least_internal"]
    least_sensitive: int = LOWEST["least_sensitive"]
    extreme: int = LOWEST["extreme"]

    def __post_init__(self) -> None:
        """Refuses limits that are lower, absurd, or contradict each other: `ValueError`."""
        for name, lowest in LOWEST.items():
            if not lowest <= getattr(self, name) <= MOST:
                raise ValueError(f"{name}: give a whole number from {lowest} to {MOST}.")
        if self.least_sensitive < self.least_internal:
            raise ValueError(
                f"least_sensitive: give {self.least_internal} or more, "
                "as many as least_internal asks for."
            )
        needed = 2 * self.extreme + 1
        if self.least_internal < needed:
            # Else both bands hold the same count, and which was chosen tells more than it says.
            raise ValueError(
                f"least_internal: give {needed} or more beside extreme {self.extreme}, "
                "so that the bands at both ends do not meet."
            )

    def thresholds(self) -> Thresholds:
        """All limits, with these among them."""
        least = LeastAnswers(DEFAULT.least_answers.open, self.least_internal, self.least_sensitive)
        return replace(DEFAULT, least_answers=least, extreme=self.extreme)

    def never_below(self, other: Limits) -> Limits:
        """The stricter of both, limit by limit."""
        return Limits(**{name: max(getattr(self, name), getattr(other, name)) for name in LOWEST})

    def write_to(self, survey: Survey) -> None:
        """Promises them for a survey that is made."""
        for name, value in asdict(self).items():
            setattr(survey, name, value)


DEFAULTS = Limits()


def limits_of(survey: Survey) -> Limits:
    """What was promised when a survey was made."""
    return Limits(survey.least_internal, survey.least_sensitive, survey.extreme)


def thresholds_of(survey: Survey) -> Thresholds:
    """All limits of a survey, with what was promised when it was made."""
    return limits_of(survey).thresholds()

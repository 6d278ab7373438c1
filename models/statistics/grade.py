"""How reliable a figure is, printed on every card: A to D by width, capped by the response.

X and X2 are no measure of reliability but reasons why nothing may be shown: too few answers, or
another hidden result could be worked out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.statistics.response_rate import Basis, Response
from models.statistics.thresholds import DEFAULT, ResponseSteps, Thresholds, Widths


class Grade(StrEnum):
    """The reliability of a figure, best first, and the two reasons to hide it."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    X = "X"
    X2 = "X2"

    @property
    def shows_percent(self) -> bool:
        """Whether a percentage or a mean may be printed, with its interval."""
        return self in SHOWN

    @property
    def asks_for_caution(self) -> bool:
        """Whether the figure is printed with a caution."""
        return self is Grade.C

    @property
    def shows_range(self) -> bool:
        """Whether a range of persons may be printed; else only n, N and the response rate."""
        return not self.is_hidden

    @property
    def is_hidden(self) -> bool:
        """Whether only n, N and the response rate may be printed."""
        return self in (Grade.X, Grade.X2)


SHOWN = (Grade.A, Grade.B, Grade.C)


@dataclass(frozen=True)
class Grading:
    """A grade, what the width alone would give, and whom the figure is true of."""

    grade: Grade
    by_width: Grade
    only_those_who_answered: bool = False

    @property
    def is_lowered(self) -> bool:
        """Whether the response rate lowered the grade."""
        return self.grade is not self.by_width


HIDDEN = Grading(Grade.X, Grade.X)
HIDDEN_FOR_ANOTHER = Grading(Grade.X2, Grade.X2)


def grade_by_width(width: float, widths: Widths) -> Grade:
    """The grade that the 95 % interval's whole width gives, in the measure's unit."""
    # Widths are differences of shares, so a limit may be passed by a rounding error alone.
    limits = ((Grade.A, widths.a), (Grade.B, widths.b), (Grade.C, widths.c))
    return next((grade for grade, widest in limits if width <= widest + 1e-9), Grade.D)


def grading(
    width: float,
    widths: Widths,
    response: Response,
    basis: Basis = Basis.MEMBER_LIST,
    thresholds: Thresholds = DEFAULT,
) -> Grading:
    """The grade of a figure that may be shown: by its width, and no better than the cap."""
    by_width = grade_by_width(width, widths)
    cap = _cap(response.rate, basis, thresholds.response)
    is_poor = response.rate < thresholds.response.poor
    only = basis is Basis.OPT_IN or (is_poor and basis is not Basis.EXTERNAL_SAMPLE)
    return Grading(max(by_width, cap, key=list(Grade).index), by_width, only)


def _cap(rate: float, basis: Basis, steps: ResponseSteps) -> Grade:
    """The best grade that a response allows; who chose to take part speaks for nobody else.

    An external probability sample that is calibrated by registers is capped one step milder.
    """
    if basis is Basis.OPT_IN:
        return Grade.C
    if basis is Basis.EXTERNAL_SAMPLE:
        return Grade.A if rate >= steps.fair else Grade.B
    if rate >= steps.whole:
        return Grade.A
    return Grade.B if rate >= steps.fair else Grade.C

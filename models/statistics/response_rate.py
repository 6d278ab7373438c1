"""Who answered of those who should: response, item and participation rates.

After the Standard Definitions of the American Association for Public Opinion Research (AAPOR).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """Where the answers come from, which decides what may be claimed of others."""

    MEMBER_LIST = "member_list"
    PROBABILITY_SAMPLE = "probability_sample"
    EXTERNAL_SAMPLE = "external_sample"
    OPT_IN = "opt_in"


@dataclass(frozen=True)
class Response:
    """How many answered of those who are eligible, a dated member list's N."""

    answered: int
    eligible: int

    def __post_init__(self) -> None:
        if not 0 <= self.answered <= self.eligible:
            raise ValueError(f"{self.answered} answers of {self.eligible} eligible is no response")

    @property
    def missing(self) -> int:
        """How many eligible persons have not answered."""
        return self.eligible - self.answered

    @property
    def rate(self) -> float:
        """The share that answered, 0 where nobody is eligible."""
        return self.answered / self.eligible if self.eligible else 0.0

    @property
    def is_census(self) -> bool:
        """Whether everybody answered."""
        return self.eligible > 0 and self.missing == 0


@dataclass(frozen=True)
class Dispositions:
    """What became of everybody invited; who left or was the wrong person is not eligible."""

    complete: int = 0
    partial: int = 0
    refused: int = 0
    not_reached: int = 0
    other: int = 0
    unknown_household: int = 0
    unknown_other: int = 0
    not_eligible: int = 0

    @property
    def known_eligible(self) -> int:
        """All of whom it is known that they should have answered."""
        return self.complete + self.partial + self.refused + self.not_reached + self.other

    @property
    def unknown(self) -> int:
        """All of whom it is not known whether they should have answered."""
        return self.unknown_household + self.unknown_other

    @property
    def response(self) -> Response:
        """The response of a named list, of which everybody is known (RR2 = RR6)."""
        return Response(self.complete + self.partial, self.known_eligible + self.unknown)


def response_rate(counts: Dispositions, which: int = 2) -> float:
    """AAPOR's response rate 1 to 6; the even ones count partial answers.

    1 and 2 hold all unknown for eligible, 3 and 4 the share that is eligible among the known, 5 and
    6 none. Raises `ValueError` for another number, or when nobody is eligible.
    """
    if which not in range(1, 7):
        raise ValueError("there are response rates 1 to 6")
    known = counts.known_eligible
    eligible_share = (1.0, known / max(known + counts.not_eligible, 1), 0.0)[(which - 1) // 2]
    below = known + eligible_share * counts.unknown
    if not below:
        raise ValueError("nobody is eligible")
    return (counts.complete + (counts.partial if which % 2 == 0 else 0)) / below

"""Periods as registers write them: 2023, 2023-T2, 2023-K4, 2023-HT, 2023-05."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

YEARS = range(1950, 2100)


class Span(StrEnum):
    """How long a period is; a tertial is four months, a term half a year."""

    YEAR = "year"
    TERM = "term"
    TERTIAL = "tertial"
    QUARTER = "quarter"
    MONTH = "month"


MONTHS = {Span.YEAR: 12, Span.TERM: 6, Span.TERTIAL: 4, Span.QUARTER: 3, Span.MONTH: 1}
LETTERS = {Span.TERTIAL: "T", Span.QUARTER: "K"}
TERMS = ("VT", "HT")

_PART = re.compile(r"(\d{4})(?:[\s/-]*(?:(t|k|q)\s?(\d)|(vt|ht)|(\d{1,2})))?", re.IGNORECASE)
_TERM_FIRST = re.compile(r"(vt|ht)[\s-]*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Period:
    """A year or a part of one; periods sort by their last day, the shorter first."""

    last: date
    first: date
    span: Span

    @property
    def text(self) -> str:
        """The one way in which the period is stored."""
        number = (self.first.month - 1) // MONTHS[self.span] + 1
        match self.span:
            case Span.YEAR:
                return f"{self.first.year}"
            case Span.TERM:
                return f"{self.first.year}-{TERMS[number - 1]}"
            case Span.MONTH:
                return f"{self.first:%Y-%m}"
            case _:
                return f"{self.first.year}-{LETTERS[self.span]}{number}"


def period_of(written: str) -> Period | None:
    """The period that is written; None where it is none: `2023 Q4` is 2023-K4."""
    text = " ".join(written.split())
    if turned := _TERM_FIRST.fullmatch(text):
        return _made(int(turned[2]), Span.TERM, TERMS.index(turned[1].upper()) + 1)
    found = _PART.fullmatch(text)
    if found is None:
        return None
    year = int(found[1])
    if found[2]:
        span = Span.TERTIAL if found[2].lower() == "t" else Span.QUARTER
        return _made(year, span, int(found[3]))
    if found[4]:
        return _made(year, Span.TERM, TERMS.index(found[4].upper()) + 1)
    return _made(year, Span.MONTH, int(found[5])) if found[5] else _made(year, Span.YEAR, 1)


def _made(year: int, span: Span, number: int) -> Period | None:
    if year not in YEARS or not 1 <= number <= 12 // MONTHS[span]:
        return None
    month = (number - 1) * MONTHS[span] + 1
    last_month = month + MONTHS[span] - 1
    last = date(year, last_month, monthrange(year, last_month)[1])
    return Period(last, date(year, month, 1), span)

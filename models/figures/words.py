"""A figure in words: the number with its span and answers, or why it is not shown."""

from __future__ import annotations

from math import ceil, floor
from typing import Protocol

from models.figures.figure import Certainty, Figure, State
from models.figures.grade_words import grade_status
from models.language import Language
from models.message import Status, Tone
from models.statistics.ranges import Interval, Shape
from models.statistics.thresholds import DEFAULT

TEN = 10


class Measured(Protocol):
    """What must be known of an indicator to say one of its figures."""

    @property
    def unit(self) -> str: ...
    @property
    def is_share(self) -> bool: ...


def figure_words(language: Language, indicator: Measured, figure: Figure) -> str:
    """`31 % (21–44 %)`; a grade D is told as so many of ten, and never as a percentage."""
    _ = language._
    match figure.state:
        case State.NOT_MEASURED:
            return _("not measured")
        case State.FEW_PERSONS:
            return _("not shown: one to four persons") if not indicator.is_share else _(FEW)
        case State.TOO_FEW:
            return _("not shown: too few answers")
        case State.MEASURED:
            return _measured(language, indicator, figure)


FEW = "not shown: fewer than five persons"


def _measured(language: Language, indicator: Measured, figure: Figure) -> str:
    if figure.value is None:
        return range_words(language, figure)
    number = amount(language, indicator, figure.value, figure.n)
    if figure.certainty is Certainty.CENSUS and figure.count is not None and indicator.is_share:
        return _counted(language, figure, number)
    if figure.interval is None:
        return number
    span = span_words(language, indicator, figure.interval, figure.n)
    return f"{number} ({span})"


def range_words(language: Language, figure: Figure) -> str:
    """What a grade D may say: persons among those who answered, or so many of ten residents."""
    _ = language._
    if figure.persons is not None:
        told = figure.persons
        match told.shape:
            case Shape.AT_MOST:
                return _("at most {count} of {n} who answered", count=told.most, n=told.of)
            case Shape.AT_LEAST:
                return _("at least {count} of {n} who answered", count=told.least, n=told.of)
            case Shape.EXACT:
                return _("{count} of {n} who answered", count=told.least, n=told.of)
            case Shape.BETWEEN:
                return _(
                    "between {low} and {high} of {n} who answered",
                    low=told.least,
                    high=told.most,
                    n=told.of,
                )
    if figure.interval is None:
        return _("too uncertain for a figure")
    low, high = floor(figure.interval.low / TEN), ceil(figure.interval.high / TEN)
    return _("uncertain: somewhere from {low} to {high} of 10", low=low, high=high)


def _counted(language: Language, figure: Figure, number: str) -> str:
    """Of few, persons come first."""
    if figure.n is None or figure.count is None:
        return number
    told = language._("{count} of {n}", count=_whole(language, figure.count), n=figure.n)
    few = figure.n < DEFAULT.persons_first_below
    return f"{told} ({number})" if few else f"{number} ({told})"


def amount(language: Language, indicator: Measured, value: float, n: int | None = None) -> str:
    """A value with its unit; a share of fewer than a thousand answers has no decimals."""
    few = indicator.is_share and (n is None or n < DEFAULT.decimals_from)
    number = language.number(round(value) if few else round(value, 1))
    return f"{number} {_unit(indicator)}".strip()


def _unit(indicator: Measured) -> str:
    """The unit as it stands after a number; a mere count has none."""
    return "" if indicator.unit in ("antal", "number") else indicator.unit


def span_words(
    language: Language, indicator: Measured, interval: Interval, n: int | None = None
) -> str:
    """An interval with its unit: 21–44 %."""
    few = indicator.is_share and (n is None or n < DEFAULT.decimals_from)
    low, high = (round(end) if few else round(end, 1) for end in (interval.low, interval.high))
    numbers = f"{language.number(low)}–{language.number(high)}"
    return f"{numbers} {indicator.unit}" if indicator.is_share else numbers


def answers_words(language: Language, figure: Figure) -> str:
    """How many answers or events stand behind a figure."""
    if figure.state is State.FEW_PERSONS:
        return "–"
    if figure.n is not None and figure.asked is not None and figure.asked != figure.n:
        n, asked = _whole(language, figure.n), _whole(language, figure.asked)
        return language._("{n} of {asked}", n=n, asked=asked)
    if figure.n is not None:
        return _whole(language, figure.n)
    if figure.count is not None:
        return language._("{count} recorded", count=_whole(language, figure.count))
    return "–"


def _whole(language: Language, number: int) -> str:
    return language.number(number)


SURE: dict[State | Certainty, tuple[str, str, Tone]] = {
    State.NOT_MEASURED: ("–", "not measured", Tone.UNKNOWN),
    State.FEW_PERSONS: ("▨", "X – not shown, to protect individuals", Tone.UNKNOWN),
    State.TOO_FEW: ("▨", "X – not shown: too few answers to protect respondents", Tone.UNKNOWN),
    Certainty.PANEL: ("◌", "Self-selected panel – no margin", Tone.WARNING),
    Certainty.CENSUS: ("■", "Everything counted", Tone.PLAIN),
    Certainty.CHANCE: ("≈", "Register, with chance", Tone.PLAIN),
}
"""What is said of a figure that no grade fits."""


def sure_status(language: Language, figure: Figure) -> Status:
    """How sure a figure is, as sign and words."""
    special = SURE.get(figure.state) or SURE.get(figure.certainty)
    if special is not None:
        sign, word, tone = special
        return Status(sign=sign, word=language._(word), tone=tone)
    if figure.grading is not None:
        return grade_status(language, figure.grading.grade)
    word = language._("The source gives no margin")
    return Status(sign="?", word=word, tone=Tone.UNKNOWN)


def letter(figure: Figure) -> str:
    """The grade's letter for a picture's margin; none for a register's figure."""
    if figure.state is State.FEW_PERSONS:
        return "X"
    if figure.grading is None or figure.certainty is Certainty.PANEL:
        return ""
    return figure.grading.grade.value


def reason_hidden(language: Language, indicator: Measured, figure: Figure) -> str:
    """Why a figure is not shown, in words for a picture's row; empty where it is shown."""
    if figure.state in (State.FEW_PERSONS, State.TOO_FEW):
        return figure_words(language, indicator, figure)
    return ""

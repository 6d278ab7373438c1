"""What may be said of a change and of a target, in words; no more than the intervals bear."""

from __future__ import annotations

from models.figures.figure import Figure
from models.figures.target import Reached, reached
from models.figures.theme import Accord
from models.figures.trend import Trend, Verdict, betterment
from models.figures.words import amount, figure_words
from models.indicators.indicator import Direction, Indicator, Target
from models.language import Language

FINE = 2.0
"""Below so many percentage points a difference has a decimal."""

ACCORDS = {
    Accord.BETTER: "same direction: for the better",
    Accord.WORSE: "same direction: for the worse",
    Accord.DIFFERENT: "different directions",
    Accord.ONE_ONLY: "only one of them shows a clear change",
    Accord.UNCLEAR: "none of them shows a clear change",
}


def trend_words(language: Language, indicator: Indicator, trend: Trend) -> str:
    """The way since the figure before; empty where there is none to compare with."""
    _ = language._
    if trend.before is None:
        return ""
    said = {
        Verdict.BROKEN: _("the series is broken, so the figures cannot be compared."),
        Verdict.UNSURE: _("too uncertain to tell a change."),
        Verdict.COUNTED: _counted(language, indicator, trend),
        Verdict.CHANCE: _chance(language, indicator, trend),
        Verdict.CLEAR: _clear(language, indicator, trend),
        Verdict.FIRST: "",
    }
    return f"{_('Since {period}:', period=trend.before.period.text)} {said[trend.verdict]}"


def _counted(language: Language, indicator: Indicator, trend: Trend) -> str:
    difference = trend.difference or 0.0
    if difference == 0:
        return language._("the same.")
    told = points(language, indicator, abs(difference))
    if difference > 0:
        return language._("{difference} more.", difference=told)
    return language._("{difference} less.", difference=told)


def _chance(language: Language, indicator: Indicator, trend: Trend) -> str:
    _ = language._
    if trend.least is None:
        return _("cannot be told from chance.")
    least = points(language, indicator, trend.least, up=True)
    return _("cannot be told from chance (needs at least {least}).", least=least)


def _clear(language: Language, indicator: Indicator, trend: Trend) -> str:
    _ = language._
    way = ""
    better = betterment(indicator.direction, trend.way)
    if better:
        way = _(" – for the better") if better > 0 else _(" – for the worse")
    if trend.interval is None:
        told = _("a clear rise") if trend.way > 0 else _("a clear fall")
        return f"{told}{way}."
    fine = min(abs(trend.interval.low), abs(trend.interval.high)) < FINE
    low, high = (
        signed(language, end, fine=fine) for end in (trend.interval.low, trend.interval.high)
    )
    unit = _("percentage points") if indicator.is_share else indicator.unit
    said = _("a clear change, {low} to {high} {unit}", low=low, high=high, unit=unit)
    return f"{said}{way}."


def points(language: Language, indicator: Indicator, number: float, *, up: bool = False) -> str:
    """A difference with its unit; `up` rounds a least one so that it is never too small."""
    rounded = round(number + (0.4999 if up else 0.0)) if indicator.is_share else round(number, 1)
    if not indicator.is_share:
        return amount(language, indicator, rounded)
    return language.n("{number} percentage point", "{number} percentage points", int(rounded))


def signed(language: Language, number: float, *, fine: bool = False) -> str:
    """A difference with its sign: +6, −1; `fine` with one decimal, where it is close to nothing."""
    shown = language.number(round(abs(number), 1) if fine else round(abs(number)))
    return f"{'−' if number < 0 else '+'}{shown}"


def target_words(
    language: Language, indicator: Indicator, target: Target, figure: Figure | None
) -> str:
    """The target, and whether it is reached where that can be told."""
    _ = language._
    goal = amount(language, indicator, target.value)
    if indicator.direction is Direction.LOWER:
        goal = _("at most {goal}", goal=goal)
    if indicator.direction is Direction.HIGHER:
        goal = _("at least {goal}", goal=goal)
    said = _("**Target {period}:** {goal}", period=target.period, goal=goal)
    if target.decided_by:
        said = f"{said} ({target.decided_by})"
    how = reached(figure, target.value, indicator.direction) if figure else Reached.NOT_SAID
    return f"{said}. {_(REACHED[how])}".strip() if REACHED[how] else f"{said}."


REACHED = {
    Reached.YES: "It is reached.",
    Reached.NO: "It is not reached.",
    Reached.UNSURE: "Whether it is reached cannot be told: it lies within the interval.",
    Reached.NOT_SAID: "",
}


def latest_words(language: Language, indicator: Indicator, figure: Figure) -> str:
    """Period and figure: 2023: 31 % (21–44 %)."""
    return f"{figure.period.text}: {figure_words(language, indicator, figure)}"

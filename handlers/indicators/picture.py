"""All districts of an indicator as a picture, with a text alternative that lists every row."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor, log10
from types import MappingProxyType

from handlers.indicators.places import Overview, Row
from models.drawings import IntervalRow, Intervals, Span
from models.figures.figure import Certainty, Figure
from models.figures.words import (
    figure_words,
    letter,
    reason_hidden,
    sure_status,
)
from models.indicators.indicator import Indicator
from models.language import Language
from models.message import Image
from models.statistics.grade import Grade

ALT_LENGTH = 2000
WHOLE = 100.0
MODEL = "The hollow square is a model estimate, which may hide a district that differs."


def intervals_image(
    language: Language,
    shown: Indicator,
    found: Overview,
    models: Mapping[str, float] = MappingProxyType({}),
) -> Image:
    """The picture and the same in words; with what a model says of districts, by their names."""
    _ = language._
    order = _("In alphabetical order: this is no ranking.")
    title = f"{shown.name(language.code)}, {found.period.text}"[:150]
    drawing = Intervals(
        title=title,
        axis=Span(low=0.0, high=_axis_end(shown, found)),
        unit=shown.unit[:40],
        axis_word=_axis_words(language, shown)[:200],
        city=_city(found.city),
        city_word=_("the whole city") if _city(found.city) else "",
        decimal="." if language.code == "en" else ",",
        rows=tuple(
            _row(language, shown, row).model_copy(update={"model": models.get(row.name)})
            for row in found.rows
        ),
        note=f"{order} {_(MODEL)}" if models else order,
    )
    name = f"indicator-{shown.code}-{found.period.text}"[:80]
    return Image(drawing=drawing, alt=_alt(language, shown, found, title, models), name=name)


def _axis_words(language: Language, shown: Indicator) -> str:
    _ = language._
    told = [shown.unit, _("thick line: 95 % interval"), _("dotted: only a range")]
    return " · ".join(told)


def _city(figure: Figure | None) -> tuple[float, Span] | None:
    if figure is None or figure.value is None:
        return None
    low, high = (
        (figure.interval.low, figure.interval.high)
        if figure.interval
        else (figure.value, figure.value)
    )
    return figure.value, Span(low=low, high=high)


def _axis_end(shown: Indicator, found: Overview) -> float:
    """The axis begins at nothing and ends at a round number above all that is drawn."""
    figures = [found.city, *(row.figure for row in found.rows)]
    ends = [end for figure in figures if figure for end in _ends(figure)]
    most = max(ends, default=WHOLE)
    if most <= 0:
        return 1.0
    power = 10.0 ** floor(log10(most))
    end = ceil(most / power * 2) / 2 * power
    return min(end, WHOLE) if shown.is_share else end


def _ends(figure: Figure) -> list[float]:
    if figure.interval is not None:
        return [figure.interval.high]
    return [] if figure.value is None else [figure.value]


def _row(language: Language, shown: Indicator, row: Row) -> IntervalRow:
    label = row.name[:120]
    figure = row.figure
    if figure is None:
        return IntervalRow(label=label, reason=language._("no figure"))
    if not figure.is_measured:
        reason = reason_hidden(language, shown, figure) or language._("not measured")
        return IntervalRow(label=label, word=letter(figure), reason=reason[:80])
    span = figure.interval
    grade = figure.grading.grade if figure.grading else None
    return IntervalRow(
        label=label,
        word=_word(language, figure)[:40],
        value=figure.value,
        interval=Span(low=span.low, high=span.high) if span else None,
        caution=grade in (Grade.C, Grade.D),
    )


def _word(language: Language, figure: Figure) -> str:
    """The letter, with what makes the row look as it does."""
    if figure.certainty is Certainty.CENSUS:
        return language._("all counted")
    if figure.grading is not None and figure.grading.grade is Grade.D:
        return language._("D range only")
    return letter(figure)


def _alt(
    language: Language, shown: Indicator, found: Overview, title: str, models: Mapping[str, float]
) -> str:
    """Title, the whole city, and every row."""
    lines = [f"{title}."]
    if found.city is not None:
        figure = figure_words(language, shown, found.city)
        lines.append(f"{language._('the whole city').capitalize()}: {figure}.")
    for row in found.rows:
        model = models.get(row.name)
        beside = f", {language._('model {percent} %', percent=round(model))}" if model else ""
        lines.append(f"{row.name}: {_told(language, shown, row)}{beside}.")
    return " ".join(lines)[:ALT_LENGTH]


def _told(language: Language, shown: Indicator, row: Row) -> str:
    if row.figure is None:
        return language._("no figure")
    figure = figure_words(language, shown, row.figure)
    if not row.figure.is_measured:
        return figure
    return f"{figure}, {sure_status(language, row.figure).word}"

"""An indicator's figures as rows to keep, each with its interval, answers and grade."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from handlers.files.extracts import Extract, Field, Term, Value
from handlers.files.formats import FORMATS
from handlers.indicators.correction_words import correction_words
from handlers.indicators.found import Until, find_indicator
from handlers.indicators.places import alphabetical
from handlers.indicators.view import View
from handlers.measures.files import handed_over
from handlers.representation.scope import too_old
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.figures.figure import figure_of
from models.figures.words import letter, sure_status
from models.indicators.indicator import Indicator, Observation, standing
from models.language import Language
from models.message import Actions, Button, Heading, Message
from models.rights import Action


def indicator_file(visit: Visit, press: ButtonPressed) -> Message:
    """The file that a button asks for; without a form, the forms to choose among."""
    visit.demand(Action.SEE_INDICATORS)
    form, _, rest = press.value.partition("|")
    view = View.read(visit, rest or press.value)
    shown = find_indicator(visit, view.code)
    if not rest:
        return _forms(visit, shown, view)
    if form not in FORMATS:
        raise too_old(visit)
    extract = figures_extract(visit, [shown], view)
    return handed_over(visit, FORMATS[form](extract), extract, form)


def _forms(visit: Visit, shown: Indicator, view: View) -> Message:
    heading = visit.language._("Download · {group}", group=shown.name(visit.language.code))[:150]
    labels = (("CSV", "csv"), ("Excel", "xlsx"), ("JSON", "json"))
    buttons = tuple(
        Button(label=label, action="indicator.file", value=f"{form}|{view.value}")
        for label, form in labels
    )
    return Message(summary=heading, parts=(Heading(text=heading), Actions(buttons=buttons)))


def figures_extract(
    visit: Visit, indicators: list[Indicator], view: View, until: Until | None = None
) -> Extract:
    """One row for each observation of the indicators, as it may be shown."""
    known = until or view.until(visit)
    ids = [each.id for each in indicators]
    query = (
        standing()
        .where(Observation.indicator_id.in_(ids))
        .options(joinedload(Observation.indicator), joinedload(Observation.district))
    )
    found = [row for row in visit.session.scalars(query) if known.holds(row)]
    found.sort(key=lambda row: (row.indicator.code, alphabetical(row.place), row.period))
    code = view.code or "all"
    name = f"indicator-{code}-{visit.on.isoformat()}"
    title = indicators[0].name(visit.language.code) if len(indicators) == 1 else ""
    rows = tuple(_row(visit.language, row) for row in found)
    return Extract(name, title or visit.language._("Indicators"), _fields(visit.language), rows)


def every_figure(visit: Visit, day: date) -> Extract:
    """The figures of all indicators whose period has begun by a day."""
    indicators = list(visit.session.scalars(select(Indicator).order_by(Indicator.code)))
    return figures_extract(visit, indicators, View(code="", on=""), Until(day))


def _row(language: Language, row: Observation) -> tuple[Value, ...]:
    return tuple(_values(language, row))


def _values(language: Language, row: Observation) -> Iterator[Value]:
    """The row's values; what may not be shown is empty here too."""
    figure = figure_of(row.indicator, row)
    span = figure.interval if figure.is_measured and figure.value is not None else None
    yield from (row.indicator.code, row.indicator.name(language.code))
    yield row.district.name if row.district else (row.place or language._("the whole city"))
    yield from (figure.period.text, _rounded(figure.value), row.indicator.unit)
    yield from (_rounded(span.low if span else None), _rounded(span.high if span else None))
    yield from (figure.n, figure.asked, figure.count)
    yield Term(letter(figure) or figure.certainty.value, sure_status(language, figure).word)
    yield from (row.source or row.indicator.source, row.method)
    corrected = correction_words(language, row.indicator, row)
    remark = " ".join(text for text in (corrected, row.remark) if text)
    yield from (row.series_break, row.not_measured_reason, remark)


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)


def _fields(language: Language) -> tuple[Field, ...]:
    _ = language._
    return (
        Field("indicator", _("Code")),
        Field("name", _("Indicator")),
        Field("place", _("Place")),
        Field("period", _("Period")),
        Field("value", _("Value")),
        Field("unit", _("Unit")),
        Field("low", _("Lowest (95 %)")),
        Field("high", _("Highest (95 %)")),
        Field("n", _("Answers")),
        Field("asked", _("Asked")),
        Field("count", _("Recorded")),
        Field("grade", _("How sure")),
        Field("source", _("Source")),
        Field("method", _("Method")),
        Field("series_break", _("Break in the series")),
        Field("not_measured", _("Why not measured")),
        Field("remark", _("Remark")),
    )

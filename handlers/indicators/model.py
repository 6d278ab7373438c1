"""A model of all districts beside their own figures: labelled, limited, and refused where unfit.

It borrows strength from other districts and may hide the one that differs, so it is shown only
where it is asked for, never without the direct figure, and whether a district differs from the
city is read from its direct figure alone.
"""

from __future__ import annotations

from handlers.indicators.found import find_indicator
from handlers.indicators.picture import intervals_image
from handlers.indicators.places import Overview, Row, overview_of, towards_words
from handlers.indicators.view import View
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.figures.words import figure_words
from models.indicators.indicator import Basis, Indicator
from models.language import Language
from models.message import Actions, Button, Cell, Heading, Message, Note, Part, Table, Text
from models.rights import Action
from models.statistics.small_area_fact import (
    DistrictShare,
    ModelFact,
    ModelFigure,
    Panel,
    Refusal,
    model_fact,
)
from models.surveys.survey import Sensitivity

EVERYBODY = 10_000_000
"""Stands for a district's residents where nobody says how many they are: no correction is made."""

LABEL = (
    "Model estimate – borrows strength from other districts and may hide one that differs. "
    "Not for change, ranking or money."
)
REFUSALS = {
    Refusal.NOT_RESIDENTS: "A model is shown only for samples of residents.",
    Refusal.SENSITIVE: "A model is never shown of what is sensitive.",
    Refusal.TOO_FEW_DISTRICTS: "Too few districts have a figure that can be shown for a model.",
    Refusal.TOO_MANY_COVARIATES: "There are too few districts for so many explanations.",
    Refusal.NO_SPREAD: "Differences between the districts cannot be seen in these figures.",
}


def fits_model(shown: Indicator) -> bool:
    """Whether a model may be asked for at all: a share among residents, and nothing sensitive."""
    is_open = shown.sensitivity is not Sensitivity.SENSITIVE
    return shown.is_share and shown.basis is Basis.SAMPLE and is_open


def show_model(visit: Visit, press: ButtonPressed) -> Message:
    """The model of a button's indicator, beside the districts' own figures."""
    visit.demand(Action.SEE_INDICATORS)
    value, _, picture = press.value.partition("|")
    view = View.read(visit, value)
    shown = find_indicator(visit, view.code)
    found = overview_of(visit, shown, view)
    fact = modelled(shown, found)
    if found is None or fact.refusal is not None:
        return _refused(visit, shown, view, fact)
    if picture:
        return _drawn(visit, shown, view, found, fact)
    return _told(visit, shown, view, _rows(visit.language, shown, found, fact))


def modelled(shown: Indicator, found: Overview | None) -> ModelFact:
    """The model's figures for the districts whose own may be shown, or why there are none."""
    rows = found.rows if found else ()
    shares = [
        DistrictShare(
            row.name, round(row.figure.value * row.figure.n / 100), row.figure.n, EVERYBODY
        )
        for row in rows
        if row.figure is not None and row.figure.value is not None and row.figure.n
    ]
    panel = Panel(len(rows), shown.sensitivity, of_residents=shown.basis is Basis.SAMPLE)
    return model_fact(shares if shown.is_share else [], panel)


def _refused(visit: Visit, shown: Indicator, view: View, fact: ModelFact) -> Message:
    """Why there is no model; where differences cannot be seen, the city's share is told."""
    _ = visit.language._
    heading = _heading(visit, shown)
    said = _(REFUSALS[fact.refusal or Refusal.TOO_FEW_DISTRICTS])
    if fact.refusal is Refusal.NO_SPREAD:
        city = _("The whole city: {percent} %.", percent=round(100 * fact.city))
        said = f"{said} {city}"
    return Message(
        summary=f"{heading}: {said}"[:1000],
        parts=(Heading(text=heading), Text(text=said), Actions(buttons=(_back(visit, view),))),
    )


def _heading(visit: Visit, shown: Indicator) -> str:
    name = shown.name(visit.language.code)
    return visit.language._("Model estimate: {name}", name=name)[:150]


def _back(visit: Visit, view: View) -> Button:
    label = visit.language._("Only the figures")
    return Button(label=label, action="indicator.places", value=view.value)


def _told(
    visit: Visit, shown: Indicator, view: View, rows: tuple[tuple[Cell, ...], ...]
) -> Message:
    _ = visit.language._
    heading = _heading(visit, shown)
    columns = (_("District"), _("Own figure"), _("Model"), _("Moved"), _("Own figure and the city"))
    picture = Button(
        label=_("As a picture"), action="indicator.model", value=f"{view.value}|picture"
    )
    limited = _("No figure is moved by more than one standard error.")
    parts: list[Part] = [
        Heading(text=heading),
        Text(text=f"**{_(LABEL)}**"),
        Table(columns=columns, rows=rows),
        Note(text=f"{_('In alphabetical order: this is no ranking.')} {limited}"),
        Actions(buttons=(picture, _back(visit, view))),
    ]
    return Message(summary=f"{heading}. {_(LABEL)}"[:1000], parts=tuple(parts))


def _rows(
    language: Language, shown: Indicator, found: Overview, fact: ModelFact
) -> tuple[tuple[Cell, ...], ...]:
    """Each district's own figure first, as everywhere else, and the model's beside it."""
    own = {row.name: row for row in found.rows}
    return tuple(_cells(language, shown, own[each.name], each) for each in fact.figures)


def _cells(language: Language, shown: Indicator, row: Row, each: ModelFigure) -> tuple[Cell, ...]:
    moved = round(100 * (each.estimate - each.direct), 1)
    sign = "−" if moved < 0 else "+"
    told = "0" if moved == 0 else f"{sign}{language.number(abs(moved))}"
    if each.is_limited:
        told = f"{told} ({language._('held back')})"
    return (
        Cell(text=each.name),
        Cell(text=figure_words(language, shown, row.figure) if row.figure else "–"),
        Cell(text=_span(each.estimate, each.interval.low, each.interval.high)),
        Cell(text=told),
        Cell(text=towards_words(language, row)),
    )


def _span(value: float, low: float, high: float) -> str:
    return f"{round(100 * value)} % ({round(100 * low)}–{round(100 * high)} %)"


def _drawn(visit: Visit, shown: Indicator, view: View, found: Overview, fact: ModelFact) -> Message:
    _ = visit.language._
    models = {each.name: 100 * each.estimate for each in fact.figures}
    image = intervals_image(visit.language, shown, found, models)
    table = Button(label=_("As a table"), action="indicator.model", value=view.value)
    city = figure_words(visit.language, shown, found.city) if found.city else ""
    note = " ".join(
        word for word in (_(LABEL), city and _("The whole city: {figure}.", figure=city)) if word
    )
    return Message(
        summary=image.alt[:1000],
        parts=(image, Note(text=note), Actions(buttons=(table, _back(visit, view)))),
    )

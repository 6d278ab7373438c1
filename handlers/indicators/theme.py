"""Several sources on one theme for a place: side by side, never made into one figure."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.indicators.correction_words import told_as_corrected
from handlers.indicators.found import find_indicator, of_theme, series_of
from handlers.indicators.trend_words import ACCORDS, trend_words
from handlers.indicators.view import View
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.figures.figure import Figure, figure_of
from models.figures.theme import accord
from models.figures.trend import Trend, trend_of
from models.figures.words import answers_words, figure_words, sure_status
from models.indicators.indicator import Indicator, Observation
from models.message import Actions, Button, Cell, Heading, Message, Note, Table, Text
from models.rights import Action

MOST_SOURCES = 12


@dataclass(frozen=True)
class Said:
    """What one source says of a place last, and the change since before."""

    indicator: Indicator
    row: Observation
    figure: Figure
    trend: Trend


def show_theme(visit: Visit, press: ButtonPressed) -> Message:
    """The sources on an indicator's theme, for the place of a button."""
    visit.demand(Action.SEE_INDICATORS)
    view = View.read(visit, press.value)
    return theme(visit, find_indicator(visit, view.code), view)


def said_by_sources(visit: Visit, shown: Indicator, view: View) -> list[Said]:
    """What each source on the theme last says of the place, this indicator first."""
    every = of_theme(visit, shown)
    found = series_of(visit.session, every, view.where, view.until(visit))
    said = []
    for each in every:
        rows = found[each.id]
        figures = ((row, figure_of(each, row)) for row in rows)
        latest = next((pair for pair in figures if pair[1].is_measured), None)
        if latest is not None:
            said.append(Said(each, *latest, trend_of(each, rows)))
    return said[:MOST_SOURCES]


def theme(visit: Visit, shown: Indicator, view: View) -> Message:
    """One row for each source, and whether their changes go the same way."""
    _ = visit.language._
    place = view.where.name(visit)
    title = shown.theme or shown.name(visit.language.code)
    heading = f"{title[:1].upper()}{title[1:]} · {place}"[:150]
    said = said_by_sources(visit, shown, view)
    if not said:
        sentence = _("No observation for this place.")
        return Message(summary=sentence, parts=(Heading(text=heading), Text(text=sentence)))
    told, missing = verdict(visit, said), _missing(visit, shown, said)
    back = Button(label=_("Over time"), action="indicator.series", value=view.value)
    note = _("Different questions measure different things, so they are never averaged.")
    return Message(
        summary=f"{heading}: {told}"[:1000],
        parts=(
            Heading(text=heading),
            Text(text=f"**{told}**"),
            _table(visit, said),
            Note(text=f"{missing} {note}".strip()[:2000]),
            Actions(buttons=(back,)),
        ),
    )


def _missing(visit: Visit, shown: Indicator, said: list[Said]) -> str:
    """The sources on the theme that say nothing of the place."""
    known = {each.indicator.id for each in said}
    others = [each for each in of_theme(visit, shown) if each.id not in known]
    if not others:
        return ""
    code = visit.language.code
    names = visit.language.join([f"{each.name(code)} ({each.source})" for each in others])
    return visit.language._("No figure for this place: {sources}.", sources=names)


def verdict(visit: Visit, said: list[Said]) -> str:
    """`3 källor, samma riktning: till det bättre`."""
    language = visit.language
    number = language.n("{number} source", "{number} sources", len(said))
    if len(said) < 2:
        return number
    way = accord((each.indicator.direction, each.trend) for each in said)
    return f"{number}, {language._(ACCORDS[way])}"


def _table(visit: Visit, said: list[Said]) -> Table:
    _ = visit.language._
    columns = (_("Source"), _("Value"), _("Answers"), _("How sure"), _("Development"))
    return Table(columns=columns, rows=tuple(_cells(visit, each) for each in said))


def _cells(visit: Visit, each: Said) -> tuple[Cell, ...]:
    language = visit.language
    name = f"{each.indicator.name(language.code)} ({each.indicator.source})"
    value = told_as_corrected(
        language, figure_words(language, each.indicator, each.figure), each.row
    )
    change = trend_words(language, each.indicator, each.trend)
    return (
        Cell(text=name[:500]),
        Cell(text=f"{each.figure.period.text}: {value}"),
        Cell(text=answers_words(language, each.figure)),
        Cell(status=sure_status(language, each.figure)),
        Cell(text=change or "–"),
    )

"""An indicator for a place: the latest figure, how sure it is, its way, target and series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from handlers.indicators.correction_words import correction_words
from handlers.indicators.found import (
    Where,
    find_indicator,
    of_theme,
    series_of,
    targets_of,
)
from handlers.indicators.overview import overview
from handlers.indicators.places import overview_of
from handlers.indicators.theme import theme
from handlers.indicators.trend_words import latest_words, target_words, trend_words
from handlers.indicators.view import View
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.figures.figure import Figure, figure_of
from models.figures.trend import trend_of
from models.figures.words import answers_words, figure_words, sure_status
from models.indicators.indicator import Basis, Indicator, Observation
from models.message import (
    Actions,
    Button,
    Cell,
    Heading,
    Message,
    Note,
    Part,
    Table,
    Text,
    paragraphs,
)
from models.rights import Action

MOST_ROWS = 12


def indicator(visit: Visit, wish: Understanding) -> Message:
    """Answers `indikator …`: the named one for a place, all districts, or the list of them."""
    visit.demand(Action.SEE_INDICATORS)
    if not wish.indicator:
        return _listing(visit, wish)
    shown = find_indicator(visit, wish.indicator)
    on = wish.on.isoformat() if wish.on else ""
    view = View(shown.code, wish.district or "", wish.neighbourhood or "", on)
    if wish.of_theme:
        return theme(visit, shown, view)
    if view.where.is_city and (found := overview_of(visit, shown, view)) is not None:
        return overview(visit, shown, view, found)
    return series(visit, shown, view)


def show_series(visit: Visit, press: ButtonPressed) -> Message:
    """The series that a button asks for."""
    visit.demand(Action.SEE_INDICATORS)
    view = View.read(visit, press.value)
    return series(visit, find_indicator(visit, view.code), view)


def _listing(visit: Visit, wish: Understanding) -> Message:
    """All indicators; before them what was asked for that is none of them."""
    _ = visit.language._
    every = visit.session.scalars(select(Indicator).order_by(Indicator.code)).all()
    heading = _("Indicators")
    if wish.rest:
        heading = _("I know no indicator called {name}", name=wish.rest)[:150]
    lines = [f"- {each.name(visit.language.code)} `{each.code}`" for each in every]
    how = _("Write `indicator` and a name, and a place if you like.")
    return Message(summary=heading, parts=(Heading(text=heading), *paragraphs([how, *lines])))


@dataclass(frozen=True)
class _Series:
    """One place's series with what is to be said of its newest figure."""

    visit: Visit
    shown: Indicator
    view: View
    rows: Sequence[Observation]

    @property
    def latest(self) -> Figure | None:
        """The newest figure that was measured, else the newest gap."""
        figures = [figure_of(self.shown, row) for row in self.rows]
        measured = [figure for figure in figures if figure.is_measured]
        return next(iter(measured or figures), None)


def series(visit: Visit, shown: Indicator, view: View) -> Message:
    """The card of one indicator for one place."""
    _ = visit.language._
    rows = series_of(visit.session, [shown], view.where, view.until(visit))[shown.id]
    told = _Series(visit, shown, view, rows)
    place = view.where.name(visit)
    heading = f"{shown.name(visit.language.code)} · {place}"[:150]
    latest = told.latest
    parts: list[Part] = [Heading(text=heading)]
    if latest is None:
        parts.append(Text(text=_("No observation for this place.")))
    else:
        parts += _newest(told, latest)
        parts.append(_table(told))
    parts.append(Note(text=source_note(visit, shown, rows)))
    parts.append(Actions(buttons=_buttons(told)))
    spoken = latest_words(visit.language, shown, latest) if latest else _("No observation.")
    return Message(summary=f"{heading}: {spoken}"[:1000], parts=tuple(parts))


def _newest(told: _Series, latest: Figure) -> list[Part]:
    """The newest figure first, then how far it bears: caution, change, target."""
    visit, shown = told.visit, told.shown
    language = visit.language
    parts: list[Part] = [
        Text(text=f"**{latest_words(language, shown, latest)}**{_answers(told, latest)}"),
        sure_status(language, latest),
    ]
    where = told.view.where
    lines = [
        _corrected(told, latest),
        better_with_the_district(told, latest),
        trend_words(language, shown, trend_of(shown, told.rows)),
        *(
            target_words(language, shown, target, latest)
            for target in targets_of(visit, shown, where, told.view.day(visit))[:2]
        ),
        theme_line(told),
    ]
    said = "\n".join(line for line in lines if line)
    return [*parts, Text(text=said)] if said else parts


def _corrected(told: _Series, latest: Figure) -> str:
    """When the newest figure was corrected, and what it was before."""
    row = next(row for row in told.rows if row.period == latest.period.text)
    return correction_words(told.visit.language, told.shown, row)


def _answers(told: _Series, latest: Figure) -> str:
    language = told.visit.language
    if latest.n is None or not latest.is_measured or told.shown.basis is Basis.REGISTER:
        return ""
    number = answers_words(language, latest)
    return f" · {language._('{number} answers', number=number)}"


def better_with_the_district(told: _Series, latest: Figure) -> str:
    """For an unsure neighbourhood, the whole district's figure of the same period."""
    language, where = told.visit.language, told.view.where
    _ = language._
    if not where.neighbourhood or not where.district or not latest.is_unsure:
        return ""
    home = Where(where.district)
    until = told.view.until(told.visit)
    rows = series_of(told.visit.session, [told.shown], home, until)[told.shown.id]
    same = [figure_of(told.shown, row) for row in rows if row.period == latest.period.text]
    whole = next((figure for figure in same if figure.is_measured and not figure.is_unsure), None)
    unsure = _("**Uncertain:** few answers.")
    if whole is None:
        return unsure
    figure = figure_words(language, told.shown, whole)
    number = answers_words(language, whole)
    rather = _(
        "Rather compare the whole of {district}: {figure}, {number} answers.",
        district=where.district,
        figure=figure,
        number=number,
    )
    return f"{unsure} {rather}"


def theme_line(told: _Series) -> str:
    """How many other sources there are on the same theme."""
    others = [each for each in of_theme(told.visit, told.shown) if each.id != told.shown.id]
    if not others:
        return ""
    return told.visit.language.n(
        "{number} more source follows the same theme.",
        "{number} more sources follow the same theme.",
        len(others),
    )


def _table(told: _Series) -> Table:
    _ = told.visit.language._
    columns = (_("Period"), _("Value"), _("Answers"), _("How sure"), _("Remark"))
    return Table(columns=columns, rows=tuple(_cells(told, row) for row in told.rows[:MOST_ROWS]))


def _cells(told: _Series, row: Observation) -> tuple[Cell, ...]:
    language = told.visit.language
    figure = figure_of(told.shown, row)
    corrected = correction_words(language, told.shown, row)
    told_beside = (corrected, row.not_measured_reason, row.series_break, row.remark)
    remark = " ".join(text for text in told_beside if text)
    return (
        Cell(text=figure.period.text),
        Cell(text=figure_words(language, told.shown, figure)),
        Cell(text=answers_words(language, figure)),
        Cell(status=sure_status(language, figure)),
        Cell(text=remark[:500]),
    )


def source_note(visit: Visit, shown: Indicator, rows: Sequence[Observation]) -> str:
    """Where the figures are from, how they came about, and what the span beside them is."""
    _ = visit.language._
    sources = dict.fromkeys([shown.source, *(row.source for row in rows if row.source)])
    told = [_("Source: {source}", source=visit.language.join(list(sources)))]
    if shown.periodicity:
        told.append(shown.periodicity)
    methods = dict.fromkeys(row.method for row in rows if row.method)
    if methods:
        told.append(_("Method: {method}", method=visit.language.join(list(methods))))
    figures = [figure_of(shown, row) for row in rows]
    if any(figure.interval is not None for figure in figures):
        told.append(_("The span is a 95 % interval"))
    if shown.basis is Basis.REGISTER:
        told.append(_("Register data: chance and willingness to report affect it"))
    if shown.basis is Basis.MEMBERS:
        told.append(_("An assessment from those who work with this – not a statistical basis."))
    if shown.basis is Basis.PANEL:
        told.append(_("Self-selected panel – no margin of error applies."))
    return " · ".join(told)[:2000]


def _buttons(told: _Series) -> tuple[Button, ...]:
    _ = told.visit.language._
    view, where = told.view, told.view.where
    buttons: list[Button] = []
    if where.neighbourhood and where.district:
        line = f"indikator {view.code} {where.district}"
        label = _("Compare {place}", place=where.district)[:40]
        buttons.append(Button(label=label, action="say", value=line))
    everywhere = replace(view, district="", neighbourhood="").value
    buttons.append(Button(label=_("Every district"), action="indicator.places", value=everywhere))
    if told.shown.theme:
        buttons.append(
            Button(label=_("Compare sources"), action="indicator.theme", value=view.value)
        )
    buttons.append(
        Button(label=_("How was this worked out?"), action="indicator.method", value=view.value)
    )
    buttons.append(Button(label=_("As a file"), action="indicator.file", value=view.value))
    return tuple(buttons)

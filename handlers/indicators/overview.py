"""All districts of an indicator side by side: alphabetical, each with how sure it is."""

from __future__ import annotations

from dataclasses import replace

from handlers.indicators.correction_words import told_as_corrected
from handlers.indicators.found import find_indicator, targets_of
from handlers.indicators.model import fits_model
from handlers.indicators.picture import intervals_image
from handlers.indicators.places import Overview, Row, overview_of, towards_words
from handlers.indicators.trend_words import target_words
from handlers.indicators.view import View
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.figures.words import (
    answers_words,
    figure_words,
    sure_status,
)
from models.indicators.indicator import Indicator
from models.language import Language
from models.message import (
    TABLE_ROWS,
    Actions,
    Button,
    Cell,
    Heading,
    Message,
    Note,
    Part,
    Table,
    Text,
)
from models.rights import Action


def show_places(visit: Visit, press: ButtonPressed) -> Message:
    """The districts that a button asks for."""
    visit.demand(Action.SEE_INDICATORS)
    view = View.read(visit, press.value)
    shown = find_indicator(visit, view.code)
    return overview(visit, shown, view, overview_of(visit, shown, view))


def overview(visit: Visit, shown: Indicator, view: View, found: Overview | None) -> Message:
    """The whole city first, then each district with its figure, as a table."""
    _ = visit.language._
    name = shown.name(visit.language.code)
    if found is None:
        heading = f"{name} · {_('all districts')}"[:150]
        sentence = _("No district has been measured.")
        return Message(summary=heading, parts=(Heading(text=heading), Text(text=sentence)))
    heading = f"{name} · {_('all districts')} · {found.period.text}"[:150]
    parts: list[Part] = [Heading(text=heading)]
    if said := _city_words(visit, shown, view, found):
        parts.append(Text(text=said))
    rows = found.rows[view.page * TABLE_ROWS :][:TABLE_ROWS]
    parts.append(_table(visit.language, shown, rows or found.rows[:TABLE_ROWS]))
    parts.append(Note(text=order_note(visit, shown, found)))
    parts.append(Actions(buttons=_buttons(visit, shown, view, found)))
    summary = f"{heading}. {said or order_note(visit, shown, found)}"
    return Message(summary=summary.replace("**", "")[:1000], parts=tuple(parts))


def _city_words(visit: Visit, shown: Indicator, view: View, found: Overview) -> str:
    """The whole city's figure, and its target."""
    language = visit.language
    lines = []
    if found.city is not None:
        figure = figure_words(language, shown, found.city)
        lines.append(language._("**The whole city:** {figure}", figure=figure))
    targets = targets_of(visit, shown, view.where, view.day(visit))[:1]
    lines += [target_words(language, shown, target, found.city) for target in targets]
    return "\n".join(lines)


def _table(language: Language, shown: Indicator, rows: tuple[Row, ...]) -> Table:
    _ = language._
    columns = (_("District"), _("Value"), _("Answers"), _("How sure"), _("Compared with the city"))
    return Table(columns=columns, rows=tuple(_cells(language, shown, row) for row in rows))


def _cells(language: Language, shown: Indicator, row: Row) -> tuple[Cell, ...]:
    if row.figure is None:
        return (Cell(text=row.name), Cell(text=language._("no figure")), *[Cell(text="–")] * 3)
    return (
        Cell(text=row.name),
        Cell(
            text=told_as_corrected(
                language, figure_words(language, shown, row.figure), row.observation
            )
        ),
        Cell(text=answers_words(language, row.figure)),
        Cell(status=sure_status(language, row.figure)),
        Cell(text=towards_words(language, row)),
    )


def order_note(visit: Visit, shown: Indicator, found: Overview) -> str:
    """That it is no ranking, how many comparisons there were, and the source."""
    _ = visit.language._
    told = [_("In alphabetical order: this is no ranking.")]
    if found.compared:
        told.append(
            _(
                "{number} comparisons; up to one mark in ten may be a false alarm.",
                number=found.compared,
            )
        )
    told.append(_("Source: {source}", source=shown.source))
    return " ".join(told)[:2000]


def _buttons(visit: Visit, shown: Indicator, view: View, found: Overview) -> tuple[Button, ...]:
    _ = visit.language._
    city = replace(view, district="", neighbourhood="", page=0)
    buttons = [Button(label=_("As a picture"), action="indicator.picture", value=city.value)]
    if len(found.rows) > (view.page + 1) * TABLE_ROWS:
        following = replace(city, page=view.page + 1).value
        buttons.append(Button(label=_("Next page"), action="indicator.places", value=following))
    buttons.append(Button(label=_("Over time"), action="indicator.series", value=city.value))
    if shown.theme:
        buttons.append(
            Button(label=_("Compare sources"), action="indicator.theme", value=city.value)
        )
    if fits_model(shown):
        buttons.append(Button(label=_("Model"), action="indicator.model", value=city.value))
    buttons.append(Button(label=_("As a file"), action="indicator.file", value=city.value))
    return tuple(buttons[-5:])


def show_picture(visit: Visit, press: ButtonPressed) -> Message:
    """The districts as a picture, with all that it shows in words."""
    visit.demand(Action.SEE_INDICATORS)
    view = View.read(visit, press.value)
    shown = find_indicator(visit, view.code)
    found = overview_of(visit, shown, view)
    if found is None:
        return overview(visit, shown, view, None)
    _ = visit.language._
    image = intervals_image(visit.language, shown, found)
    back = Button(label=_("As a table"), action="indicator.places", value=view.value)
    return Message(
        summary=image.alt[:1000],
        parts=(image, Note(text=order_note(visit, shown, found)), Actions(buttons=(back,))),
    )

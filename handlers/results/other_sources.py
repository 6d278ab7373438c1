"""What else is known on a survey's themes in its area: each source by itself, never averaged."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from handlers.indicators.found import Until, Where, in_theme, series_of
from handlers.indicators.theme import MOST_SOURCES
from handlers.indicators.view import View
from models.figures.figure import Figure, figure_of
from models.indicators.indicator import Basis, Indicator
from models.language import Language
from models.message import Button
from models.surveys.question_bank import theme_of
from models.surveys.survey import Question, Survey

Source = tuple[Indicator, Figure]
"""An indicator and the newest figure that may be shown of it."""

LABEL = 40
MOST_THEMES = 2
"""A row of buttons has room for five, and a card has three of its own."""


def sources_beside(session: Session, asked: Survey, day: date) -> dict[str, list[Source]]:
    """By theme of a survey's questions, the sources with a figure of its area up to a day."""
    themes = dict.fromkeys(theme for each in asked.questions if (theme := theme_of(each)))
    found = {theme: _sources(session, theme, where_of(asked), Until(day)) for theme in themes}
    return {theme: sources for theme, sources in found.items() if sources}


def where_of(asked: Survey) -> Where:
    """The area of the group that made a survey: its district, or the whole city."""
    home = asked.group.district
    return Where(home.name if home else "")


def _sources(session: Session, theme: str, where: Where, until: Until) -> list[Source]:
    every = in_theme(session, theme)
    found = series_of(session, every, where, until)
    newest = []
    for each in every:
        figures = (figure_of(each, row) for row in found[each.id])
        latest = next((figure for figure in figures if figure.is_measured), None)
        if latest is not None:
            newest.append((each, latest))
    return newest[:MOST_SOURCES]


def sources_line(
    language: Language, asked: Survey, question: Question, found: dict[str, list[Source]]
) -> str:
    """The other sources on a question's theme, each with its period; empty where none is."""
    sources = found.get(theme_of(question), [])
    if not sources:
        return ""
    _ = language._
    return _(
        "Other sources for {place}: {sources}. Each has its own measure and period, so they are "
        "never averaged.",
        place=where_of(asked).district or _("the whole city"),
        sources="; ".join(_named(language, each) for each in sources),
    )


def _named(language: Language, source: Source) -> str:
    """A survey by its name and period; a register says what it counts as well."""
    indicator, figure = source
    name = indicator.source
    if indicator.basis is Basis.REGISTER:
        name = f"{indicator.name(language.code)} ({name})"
    return f"{name} {figure.period.text}"


def sources_buttons(
    language: Language, asked: Survey, found: dict[str, list[Source]]
) -> list[Button]:
    """For each theme a way to its sources side by side, in the survey's area."""
    _ = language._
    home = where_of(asked).district
    buttons = []
    for theme, sources in list(found.items())[:MOST_THEMES]:
        label = _("Compare sources")
        if len(found) > 1:
            label = f"{label}: {theme}"[:LABEL]
        view = View(sources[0][0].code, home)
        buttons.append(Button(label=label, action="indicator.theme", value=view.value))
    return buttons

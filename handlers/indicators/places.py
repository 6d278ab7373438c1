"""All districts of a period as facts: each one's figure, and how it stands towards the city."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from handlers.indicators.found import Until, Where, by_district, series_of
from handlers.indicators.view import View
from handlers.visit import Visit
from models.base import held_on
from models.figures.family import marked
from models.figures.figure import Figure, figure_of
from models.figures.trend import Trend, Verdict, against, chance_of
from models.indicators.indicator import Indicator, Observation
from models.language import Language
from models.periods import Period
from models.places.place import District

SWEDISH = str.maketrans({"å": "z1", "ä": "z2", "ö": "z3"})


@dataclass(frozen=True)
class Row:
    """A district with its figure of the period, or none; `marked` is told from the city."""

    name: str
    observation: Observation | None
    figure: Figure | None
    towards: Trend | None
    is_marked: bool = False


@dataclass(frozen=True)
class Overview:
    """An indicator in all districts in one period, in alphabetical order: never a ranking."""

    period: Period
    city: Figure | None
    rows: tuple[Row, ...]
    compared: int
    """So many districts were compared with the city."""


def alphabetical(name: str) -> str:
    """A name as Swedish sorts it: å, ä and ö come last."""
    return name.casefold().translate(SWEDISH)


def overview_of(visit: Visit, shown: Indicator, view: View) -> Overview | None:
    """The districts in the last period in which any was measured; None where none ever was."""
    period, found = by_district(visit, shown, view.until(visit))
    if period is None:
        return None
    city = _city(visit, shown, view.until(visit), period)
    rows = [
        _row(shown, name, found.get(name, []), period, city)
        for name in _names(visit, period, found)
    ]
    chances = {
        row.name: chance
        for row in rows
        if row.towards is not None and (chance := chance_of(row.towards)) is not None
    }
    clear = marked(chances)
    told = (
        Row(
            row.name,
            row.observation,
            row.figure,
            row.towards,
            row.name in clear and row.towards is not None and row.towards.verdict is Verdict.CLEAR,
        )
        for row in rows
    )
    return Overview(period, city, tuple(told), len(chances))


def _city(visit: Visit, shown: Indicator, until: Until, period: Period) -> Figure | None:
    rows = series_of(visit.session, [shown], Where(), until)[shown.id]
    return next((figure_of(shown, row) for row in rows if row.period == period.text), None)


def _names(visit: Visit, period: Period, found: dict[str, list[Observation]]) -> list[str]:
    """The districts there were at the period's end, and those with a figure of it."""
    query = select(District.name).where(held_on(District, period.last))
    measured = {
        name for name, rows in found.items() if any(row.period == period.text for row in rows)
    }
    return sorted({*visit.session.scalars(query), *measured}, key=alphabetical)


def _row(
    shown: Indicator,
    name: str,
    rows: list[Observation],
    period: Period,
    city: Figure | None,
) -> Row:
    observation = next((row for row in rows if row.period == period.text), None)
    figure = figure_of(shown, observation) if observation is not None else None
    towards = against(city, figure) if city and figure and figure.is_measured else None
    return Row(name, observation, figure, towards)


def towards_words(language: Language, row: Row) -> str:
    """Whether a district is higher or lower than the city by more than chance."""
    _ = language._
    if row.towards is None or row.towards.verdict in (Verdict.UNSURE, Verdict.COUNTED):
        return "–"
    if not row.is_marked or not row.towards.difference:
        return _("no sure difference")
    return _("higher") if row.towards.difference > 0 else _("lower")

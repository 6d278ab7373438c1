"""An indicator's series for a place, each figure with its number of answers."""

from __future__ import annotations

from sqlalchemy import select

from handlers.understanding import Understanding
from handlers.visit import Visit
from models.indicators import Indicator, Observation
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
from models.places import District, Neighbourhood
from models.rights import Action

WIDEST = 30.0
"""The widest 95 % interval, in percentage points, beside which a percentage is printed."""

FEW = 20
"""Below this many, people are counted before they are a percentage."""

MOST_ROWS = 12


def indicator(visit: Visit, wish: Understanding) -> Message:
    """Answers `indikator …`: the series of the named indicator, else the list of them."""
    visit.demand(Action.SEE_INDICATORS)
    found = visit.session.scalars(
        select(Indicator).where(Indicator.code == (wish.indicator or ""))
    ).first()
    return series(visit, wish, found) if found else _listing(visit, wish)


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


def series(visit: Visit, wish: Understanding, shown: Indicator) -> Message:
    """The observations of one indicator for one place, the newest first."""
    _ = visit.language._
    place = wish.neighbourhood or wish.district or _("the whole city")
    rows = _observations(visit, wish, shown)
    heading = f"{shown.name(visit.language.code)} · {place}"[:150]
    parts: list[Part] = [Heading(text=heading)]
    if rows:
        columns = (_("Period"), _("Value"), _("Answers"), _("Remark"))
        cells = tuple(_cells(visit, shown, row) for row in rows[:MOST_ROWS])
        parts.append(Table(columns=columns, rows=cells))
    else:
        parts.append(Text(text=_("No observation for this place.")))
    parts.append(Note(text=_source(visit, shown, rows)))
    if wish.neighbourhood and wish.district:
        line = f"indikator {shown.code} {wish.district}"
        label = _("Compare {place}", place=wish.district)[:40]
        parts.append(Actions(buttons=(Button(label=label, action="say", value=line),)))
    spoken = _cells(visit, shown, rows[0]) if rows else ()
    summary = " ".join([heading, *(cell.plain() for cell in spoken)])
    return Message(summary=summary[:1000], parts=tuple(parts))


def _source(visit: Visit, shown: Indicator, rows: list[Observation]) -> str:
    """Where the figures are from, and what the span beside them is."""
    _ = visit.language._
    source = _("Source: {source}", source=shown.source)
    if not any(row.low is not None and row.high is not None for row in rows[:MOST_ROWS]):
        return source
    return f"{source} · {_('The span is a 95 % interval')}"


def _observations(visit: Visit, wish: Understanding, shown: Indicator) -> list[Observation]:
    query = select(Observation).where(Observation.indicator_id == shown.id)
    if wish.neighbourhood:
        query = query.join(Neighbourhood).where(Neighbourhood.name == wish.neighbourhood)
    elif wish.district:
        query = query.join(District).where(
            District.name == wish.district, Observation.neighbourhood_id.is_(None)
        )
    else:
        query = query.where(
            Observation.district_id.is_(None), Observation.neighbourhood_id.is_(None)
        )
    return list(visit.session.scalars(query.order_by(Observation.period.desc())))


def _cells(visit: Visit, shown: Indicator, row: Observation) -> tuple[Cell, ...]:
    answers = str(row.n) if row.n is not None else "–"
    remark = " ".join(text for text in (row.not_measured_reason, row.series_break) if text)
    return (
        Cell(text=row.period),
        Cell(text=_value(visit, shown, row)),
        Cell(text=answers),
        Cell(text=remark[:500]),
    )


def _value(visit: Visit, shown: Indicator, row: Observation) -> str:
    """The figure with its interval; where that is too wide only the interval is given."""
    _ = visit.language._
    if row.value is None:
        return _("not measured")
    number = visit.language.number(row.value)
    figure = f"{number} {shown.unit}"
    if row.low is None or row.high is None:
        return _persons_first(visit, row, figure) if shown.unit == "%" else figure
    low, high = visit.language.number(row.low), visit.language.number(row.high)
    span = f"{low}–{high} {shown.unit}"
    if shown.unit == "%" and row.high - row.low > WIDEST:
        return _("uncertain: {span}", span=span)
    return f"{figure} ({span})"


def _persons_first(visit: Visit, row: Observation, figure: str) -> str:
    """A share of everyone there was; of a few it is told as a count."""
    if row.value is None or not row.n or row.n >= FEW:
        return figure
    count = round(row.value * row.n / 100)
    return visit.language._("{count} of {n} ({figure})", count=count, n=row.n, figure=figure)

"""What is stored of an indicator: its series for a place, and of all districts for a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from handlers.errors import NotFound
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.indicators.indicator import Indicator, Observation, Target, standing
from models.periods import Period, period_of
from models.places.place import District, Neighbourhood


@dataclass(frozen=True)
class Where:
    """A place: a district, one of its neighbourhoods, or with neither the whole city."""

    district: str = ""
    neighbourhood: str = ""

    @classmethod
    def of(cls, wish: Understanding) -> Where:
        """The place that a line names."""
        return cls(wish.district or "", wish.neighbourhood or "")

    @property
    def is_city(self) -> bool:
        """Whether it is the whole city."""
        return not self.district and not self.neighbourhood

    def name(self, visit: Visit) -> str:
        """What the place is called."""
        return self.neighbourhood or self.district or visit.language._("the whole city")


@dataclass(frozen=True)
class Until:
    """The periods that are told: those that have begun by a day, or that are `over` by then."""

    day: date
    over: bool = False

    def holds(self, row: Observation) -> bool:
        """Whether an observation's period is one of them."""
        period = period_of(row.period)
        if period is None:
            return False
        return period.last < self.day if self.over else period.first <= self.day


def _period(row: Observation) -> Period:
    found = period_of(row.period)
    assert found is not None
    return found


def series_of(
    session: Session, indicators: Sequence[Indicator], where: Where, until: Until
) -> dict[int, list[Observation]]:
    """The observations of some indicators for one place, the newest first, by indicator."""
    ids = [each.id for each in indicators]
    query = standing().where(Observation.indicator_id.in_(ids))
    if where.neighbourhood:
        query = query.join(Neighbourhood).where(Neighbourhood.name == where.neighbourhood)
    elif where.district:
        query = query.join(District).where(
            District.name == where.district, Observation.neighbourhood_id.is_(None)
        )
    else:
        query = query.where(
            Observation.district_id.is_(None), Observation.neighbourhood_id.is_(None)
        )
    found: dict[int, list[Observation]] = {each: [] for each in ids}
    for row in session.scalars(query):
        if until.holds(row):
            found[row.indicator_id].append(row)
    for rows in found.values():
        rows.sort(key=_period, reverse=True)
    return found


def by_district(
    visit: Visit, indicator: Indicator, until: Until
) -> tuple[Period | None, dict[str, list[Observation]]]:
    """The last period in which districts were measured, and each district's series up to it."""
    query = (
        standing()
        .where(
            Observation.indicator_id == indicator.id,
            Observation.district_id.is_not(None),
            Observation.neighbourhood_id.is_(None),
        )
        .options(joinedload(Observation.district))
    )
    rows = [row for row in visit.session.scalars(query) if until.holds(row)]
    measured = [_period(row) for row in rows if row.value is not None]
    if not measured:
        return None, {}
    last = max(measured)
    found: dict[str, list[Observation]] = {}
    for row in sorted(rows, key=_period, reverse=True):
        if row.district is not None and _period(row) <= last:
            found.setdefault(row.district.name, []).append(row)
    return last, found


def targets_of(visit: Visit, indicator: Indicator, where: Where, on: date) -> list[Target]:
    """The targets of a place whose period has not ended by a day, the nearest first."""
    query = select(Target).where(Target.indicator_id == indicator.id)
    if where.neighbourhood:
        query = query.join(Neighbourhood, Target.neighbourhood_id == Neighbourhood.id)
        query = query.where(Neighbourhood.name == where.neighbourhood)
    elif where.district:
        query = query.join(District, Target.district_id == District.id)
        query = query.where(District.name == where.district, Target.neighbourhood_id.is_(None))
    else:
        query = query.where(Target.district_id.is_(None), Target.neighbourhood_id.is_(None))
    periods = [(period_of(row.period), row) for row in visit.session.scalars(query)]
    coming = [(period, row) for period, row in periods if period is not None and period.last >= on]
    return [row for _, row in sorted(coming, key=lambda each: each[0])]


def of_theme(visit: Visit, indicator: Indicator) -> list[Indicator]:
    """The indicators that follow the same theme, this one first."""
    if not indicator.theme:
        return [indicator]
    rows = in_theme(visit.session, indicator.theme)
    return sorted(rows, key=lambda row: row.id != indicator.id)


def in_theme(session: Session, theme: str) -> list[Indicator]:
    """The indicators of a theme, by code."""
    query = select(Indicator).where(Indicator.theme == theme).order_by(Indicator.code)
    return list(session.scalars(query))


def find_indicator(visit: Visit, code: str) -> Indicator:
    """The indicator of a code; raises NotFound."""
    query = select(Indicator).where(or_(Indicator.code == code, Indicator.code == code.lower()))
    found = visit.session.scalars(query.options(joinedload(Indicator.data_source))).first()
    if found is None:
        raise NotFound(visit.language._("I know no indicator called {name}", name=code[:80]))
    return found

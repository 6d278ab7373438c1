"""All measures as one picture: priority areas by districts, how many stand how in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import select

from handlers.errors import NotFound
from handlers.measures.pictures import shown, told_in_parts
from handlers.measures.selection import Filter, Row, Selection
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.agreements import Level, PriorityArea
from models.drawings import MOST_COLUMNS, GridRow, Lamp, StatusGrid, Tally
from models.message import Image, Message
from models.wording import LAMPS, lamp_legend

ROWS = 12

Cells = Counter[tuple[str, str, Lamp]]
"""How many measures there are of each area, place and light."""


def show_grid(visit: Visit, press: ButtonPressed) -> Message:
    """The picture of all districts, narrowed as a list is in everything but its place."""
    return shown(visit, press, lambda wanted: grids(Selection(visit, everywhere(wanted))))


def everywhere(wanted: Filter) -> Filter:
    """The same list for all groups of all districts."""
    return replace(wanted, group="", district="", place="")


def grids(selection: Selection) -> list[Image]:
    """As few pictures as their text alternatives have room in."""
    language = selection.visit.language
    if not selection.rows:
        raise NotFound(language._("No measures fit."))
    counted = _Counted(selection)
    told = [(area, counted.told(area)) for area in counted.areas]
    name = f"measures-status-{selection.visit.on.isoformat()}"
    return [
        Image(drawing=counted.grid(areas), alt=alt, name=name)
        for areas, alt in told_in_parts(told, f"{counted.title}.", ROWS)
    ]


@dataclass(frozen=True)
class _Counted:
    """A selection's measures, counted by area and place."""

    selection: Selection

    @cached_property
    def title(self) -> str:
        language = self.selection.visit.language
        day = language.day(self.selection.visit.on)
        return language._("Measures by area and district, {day}", day=day)

    @cached_property
    def names(self) -> dict[str, str]:
        """What each area is called; one that was revised goes by the name of what it became."""
        language, on = self.selection.visit.language.code, self.selection.visit.on
        rows = self.selection.visit.session.scalars(
            select(PriorityArea).order_by(PriorityArea.valid_from)
        ).all()
        names = {area.code: area.name(language) for area in rows}
        ended = [area for area in rows if area.valid_until and area.valid_until <= on]
        became = {area.code: names.get(area.successor, "") for area in ended if area.successor}
        return {**names, **{code: name for code, name in became.items() if name}}

    @cached_property
    def cells(self) -> Cells:
        return Counter(
            (self._area(row), self._place(row), Lamp(row.standing.light.value))
            for row in self.selection.rows
        )

    def _area(self, row: Row) -> str:
        none = self.selection.visit.language._("No priority area")
        return self.names.get(row.measure.area, row.measure.area) or none

    def _place(self, row: Row) -> str:
        group = row.measure.group
        if group.level is Level.CENTRAL or group.district is None:
            return self._central
        return self.present.get(group.district.name, group.district.name)

    @cached_property
    def present(self) -> dict[str, str]:
        """What each district is part of on the day: Rinkeby-Kista is Järva today."""
        registry, on = self.selection.visit.registry, self.selection.visit.on
        return {each.name: registry.district_on(each, on).name for each in registry.districts}

    @property
    def _central(self) -> str:
        return self.selection.visit.language._("Central groups")

    @cached_property
    def areas(self) -> list[str]:
        """The areas that have measures, the one without an area last."""
        none = self.selection.visit.language._("No priority area")
        return sorted({area for area, _, _ in self.cells}, key=lambda area: (area == none, area))

    @cached_property
    def places(self) -> list[str]:
        """The districts that have measures, the central groups first."""
        found = {place for _, place, _ in self.cells}
        return sorted(found, key=lambda each: (each != self._central, each))[: MOST_COLUMNS - 1]

    def told(self, area: str) -> str:
        """An area in words: for each light, where and how many."""
        language = self.selection.visit.language
        lights = []
        for lamp, word in LAMPS.items():
            counts = [(place, self.cells[area, place, lamp]) for place in self.places]
            where = ", ".join(f"{place} {number}" for place, number in counts if number)
            if where:
                lights.append(f"{language._(word).lower()}: {where}")
        return f"{area} – {'; '.join(lights)}."

    def grid(self, areas: Sequence[str]) -> StatusGrid:
        """The picture of some of the areas."""
        language = self.selection.visit.language
        rows = [self._row(area, [area]) for area in areas]
        if len(areas) > 1:
            rows.append(self._row(language._("All areas"), areas))
        seen = {lamp for row in rows for cell in row.cells for lamp, _ in cell.counts}
        all_places = [language._("All")] if len(self.places) > 1 else []
        return StatusGrid(
            title=self.title,
            columns=(*self.places, *all_places),
            rows=tuple(rows),
            legend=lamp_legend(language, seen),
            note=language._("In each cell the worst stands first and largest, with its number."),
        )

    def _row(self, label: str, areas: Sequence[str]) -> GridRow:
        cells = [self._tally(areas, [place]) for place in self.places]
        if len(self.places) > 1:
            cells.append(self._tally(areas, self.places))
        return GridRow(label=label[:120], cells=tuple(cells))

    def _tally(self, areas: Iterable[str], places: Sequence[str]) -> Tally:
        kept = list(areas)
        counts = [
            (lamp, sum(self.cells[area, place, lamp] for area in kept for place in places))
            for lamp in Lamp
        ]
        return Tally(counts=tuple((lamp, number) for lamp, number in counts if number))

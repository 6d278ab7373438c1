"""What measures cost: sums by year, area, district and source, and how many say an amount.

The whole amount of a measure counts in the year in which it starts, also when it lasts for several:
no file says how it is spread over them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from handlers.measures.selection import Filter, Selection
from handlers.representation.scope import too_old
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import Visit
from handlers.whole import whole
from models.agreements import PriorityArea
from models.groups import Group
from models.measures.funding import Sum, sums
from models.measures.measure import Measure
from models.message import Actions, Button, Cell, Fact, Facts, Heading, Message, Note, Table, Text
from models.rights import Action

PAGE = 12
BY = {"year": "By year", "area": "By area", "district": "By district", "source": "By source"}
"""What the sums can be told by, and what the button says."""


@dataclass(frozen=True)
class Wanted:
    """Which measures are summed, of which year, by what, and which page of it."""

    filter: Filter
    year: int | None = None
    by: str = "year"
    page: int = 0

    def as_value(self) -> str:
        """The same as a button's value."""
        more = {"year": str(self.year or ""), "by": self.by, "page": str(self.page)}
        return self.filter.as_value(**more)

    @classmethod
    def read(cls, visit: Visit, value: str) -> Wanted:
        """What a button's value says; refuses what it cannot read."""
        wanted, more = Filter.read(visit, value)
        year, page = more.get("year", ""), whole(more.get("page", "0"), digits=4)
        started = whole(year, digits=4)
        if page is None or bool(year) != (started is not None) or more.get("by") not in BY:
            raise too_old(visit)
        return cls(wanted, started, more["by"], page)


def funding(visit: Visit, wish: Understanding) -> Message:
    """Answers `finansiering 2024 Farsta`."""
    visit.demand(Action.SEE_MEASURES)
    # Money is said of a district's measures, seldom of one neighbourhood's.
    wanted = Filter.of(visit, wish.model_copy(update={"rest": None, "neighbourhood": None}))
    by = "year"
    if wish.year is not None:
        by = "source" if wanted.district or wanted.group else "district"
    return card(visit, Wanted(wanted, wish.year, by))


def funding_page(visit: Visit, press: ButtonPressed) -> Message:
    """The same sums by something else, or another page of them."""
    visit.demand(Action.SEE_MEASURES)
    wanted = Wanted.read(visit, press.value)
    return card(visit, wanted).model_copy(update={"replaces": True})


@dataclass(frozen=True)
class Funded:
    """The measures that are summed, with the words for what they are counted under."""

    visit: Visit
    wanted: Wanted

    @cached_property
    def measures(self) -> list[Measure]:
        """Those that fit, of the year where one is named."""
        rows = Selection(self.visit, self.wanted.filter).rows
        ids = [row.measure.id for row in rows]
        query = select(Measure).where(Measure.id.in_(ids)).order_by(Measure.code)
        near = joinedload(Measure.group).joinedload(Group.district)
        found = self.visit.session.scalars(query.options(near)).unique()
        year = self.wanted.year
        return [each for each in found if year is None or each.start_on.year == year]

    @cached_property
    def areas(self) -> dict[str, str]:
        """The priority areas as their latest versions call them."""
        query = select(PriorityArea).order_by(PriorityArea.valid_from)
        rows = self.visit.session.scalars(query)
        return {area.code: area.name(self.visit.language.code) for area in rows}

    @property
    def total(self) -> Sum:
        """All together."""
        found = sums(("", each.funding_kr) for each in self.measures)
        return found[0] if found else Sum("", 0, 0, 0)

    @property
    def sums(self) -> list[Sum]:
        """By what is asked for; years in their order."""
        key = _KEYS[self.wanted.by]
        found = sums((key(self, each), each.funding_kr) for each in self.measures)
        return sorted(found, key=lambda one: one.key) if self.wanted.by == "year" else found

    def area(self, measure: Measure) -> str:
        """What a measure's priority area is called."""
        none = self.visit.language._("no area")
        return self.areas.get(measure.area, measure.area) if measure.area else none

    def district(self, measure: Measure) -> str:
        """The district of a measure's group, or that it is the whole city's."""
        district = measure.group.district
        return district.name if district else self.visit.language._("the whole city")

    def source(self, measure: Measure) -> str:
        """Where the money comes from."""
        return measure.funding_source or self.visit.language._("no source said")


_KEYS: dict[str, Callable[[Funded, Measure], str]] = {
    "year": lambda _, measure: str(measure.start_on.year),
    "area": Funded.area,
    "district": Funded.district,
    "source": Funded.source,
}


def card(visit: Visit, wanted: Wanted) -> Message:
    """The total and a page of the sums."""
    _ = visit.language._
    funded = Funded(visit, wanted)
    heading = _heading(visit, wanted)
    if not funded.measures:
        text = Text(text=_("No measures fit."))
        return Message(summary=heading, parts=(Heading(text=heading), text))
    rows = funded.sums
    page = min(wanted.page, (len(rows) - 1) // PAGE)
    shown = rows[page * PAGE : (page + 1) * PAGE]
    total = funded.total
    said = _said(visit, total)
    return Message(
        summary=f"{heading}: {_kr(visit, total)}. {said}"[:1000],
        parts=(
            Heading(text=heading),
            Facts(
                facts=(
                    Fact(label=_("Together"), value=_kr(visit, total)),
                    Fact(label=_("Say an amount"), value=said),
                )
            ),
            _table(visit, wanted, shown),
            Note(text=_("A measure's whole amount counts in the year in which it starts.")),
            *(Actions(buttons=row) for row in _buttons(visit, wanted, page, len(rows))),
        ),
    )


def _heading(visit: Visit, wanted: Wanted) -> str:
    selection = Selection(visit, wanted.filter)
    group = selection.group
    area = Funded(visit, wanted).areas.get(wanted.filter.area, "") if wanted.filter.area else ""
    where = group.name if group else wanted.filter.district
    year = str(wanted.year or "")
    words = [visit.language._("Funding"), year, where, wanted.filter.place, area]
    return " · ".join(word for word in words if word)[:150]


def _said(visit: Visit, one: Sum) -> str:
    return visit.language.n(
        "{said} of {number} measure", "{said} of {number} measures", one.measures, said=one.said
    )


def _kr(visit: Visit, one: Sum) -> str:
    """A sum in crowns; where nothing says an amount there is none, which is not 0 kr."""
    amount = one.amount
    if not one.said:
        return "–"
    return visit.language._("{amount} kr", amount=visit.language.number(amount))


def _table(visit: Visit, wanted: Wanted, shown: list[Sum]) -> Table:
    _ = visit.language._
    heads = {
        "year": _("Year"),
        "area": _("Priority area"),
        "district": _("District"),
        "source": _("Source"),
    }
    rows = [
        (
            Cell(text=one.key[:500]),
            Cell(text=_kr(visit, one)),
            Cell(text=_said(visit, one)),
        )
        for one in shown
    ]
    columns = (heads[wanted.by], _("Amount"), _("Say an amount"))
    return Table(columns=columns, rows=tuple(rows))


def _buttons(visit: Visit, wanted: Wanted, page: int, count: int) -> list[tuple[Button, ...]]:
    """Other ways to sum, turning pages, and the measures themselves as a file."""
    _ = visit.language._
    one = wanted.filter
    settled = {"year": wanted.year, "district": one.district or one.group, "area": one.area}
    others = [by for by in BY if by != wanted.by and not settled.get(by)]
    by = [_turn(_(BY[each]), replace(wanted, by=each, page=0)) for each in others]
    turns = []
    if page:
        turns.append(_turn(_("Previous page"), replace(wanted, page=page - 1)))
    if (page + 1) * PAGE < count:
        turns.append(_turn(_("Next page"), replace(wanted, page=page + 1)))
    for label, form in (("CSV", "csv"), ("Excel", "xlsx")):
        value = json.dumps({**json.loads(wanted.as_value()), "form": form}, ensure_ascii=False)
        turns.append(Button(label=label, action="funding.file", value=value))
    return [tuple(by), tuple(turns)]


def _turn(label: str, wanted: Wanted) -> Button:
    return Button(label=label, action="funding.page", value=wanted.as_value())

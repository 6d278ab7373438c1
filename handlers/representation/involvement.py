"""How far districts are involved in the priority areas: all, one district, or one area."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from handlers.errors import NotFound
from handlers.representation.involvement_form import change_button, involvement_form
from handlers.representation.place_lines import born_lines
from handlers.representation.role_place import DEGREES
from handlers.representation.scope import too_old
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.agreements import PriorityArea
from models.base import held_on
from models.groups import Group, Seat
from models.language import Language
from models.message import (
    Actions,
    Button,
    Cell,
    Heading,
    Message,
    Note,
    Part,
    Reply,
    Status,
    Table,
    Text,
    Tone,
)
from models.places.place import District
from models.representation.coverage import Representation, load
from models.representation.involvement import Degree, Involvement
from models.rights import Action
from models.seats.holders import holder_on, seats_on

SIGNS = {Degree.LEADS: "◉", Degree.TAKES_PART: "●", Degree.INFORMED: "◌", Degree.NOT_CONCERNED: "–"}
PAGE = 15
LONGEST = 500
"""The longest text in a cell."""


def involvement(visit: Visit, wish: Understanding) -> Reply:
    """Answers `involvering …` on a day; a line that says a degree opens the form."""
    visit.demand(Action.LOOK_UP)
    if wish.degree is not None:
        return involvement_form(visit, wish)
    facts = load(visit.session, (), wish.on or visit.on)
    areas = [area for area in facts.areas if area.holds_on(facts.on)]
    if not areas:
        day = visit.language.day(facts.on)
        raise NotFound(visit.language._("I know no priority areas on {day}.", day=day))
    district = next((each for each in facts.districts if each.name == wish.district), None)
    if district is not None:
        chosen = [area for area in areas if area.code == _in_force(facts, wish.area)]
        return _of_district(visit, facts, district, chosen or areas)
    if wish.district:
        raise NotFound(_not_there_yet(visit, wish.district, facts.on))
    if wish.area:
        return area_card(visit, facts, wish.area)
    return _of_all(visit, facts, areas)


def involvement_page(visit: Visit, press: ButtonPressed) -> Message:
    """The page of an area's districts that a button asks for."""
    visit.demand(Action.LOOK_UP)
    try:
        area, on, page = json.loads(press.value)
        return area_card(visit, load(visit.session, (), date.fromisoformat(on)), area, int(page))
    except (ValueError, TypeError) as error:
        raise too_old(visit) from error


def degree_status(language: Language, degree: Degree | None) -> Status:
    """How far a district is involved, as sign and word; one that nobody has placed as such."""
    if degree is None:
        return Status(sign="?", word=language._("Not placed"), tone=Tone.UNKNOWN)
    return Status(sign=SIGNS[degree], word=language._(DEGREES[degree]))


def row_of(facts: Representation, area: str, district: District) -> Involvement | None:
    """The row that says how far a district is involved in an area on the day."""
    kin = facts.kin(area)
    rows = [
        row
        for row in facts.involved
        if row.area in kin and facts.became.get(row.district_id) == district.id
    ]
    rows.sort(key=lambda row: (row.area == area, row.valid_from, row.id))
    return rows[-1] if rows else None


def _in_force(facts: Representation, area: str | None) -> str | None:
    return facts.area_in_force(area) if area else None


def _not_there_yet(visit: Visit, name: str, on: date) -> str:
    """That there was no such district on the day, and of what it was made."""
    day = visit.language.day(on)
    told = visit.language._("There was no district {name} on {day}.", name=name, day=day)
    return " ".join([told, *born_lines(visit, name, on)])


def _of_all(visit: Visit, facts: Representation, areas: list[PriorityArea]) -> Message:
    """Each area and its districts by degree, and who is not placed."""
    _ = visit.language._
    heading = _("Involvement")
    rows, unplaced = [], []
    for area in areas:
        degrees = {each: facts.degree(area.code, each) for each in facts.districts}
        name = area.name(visit.language.code)
        cells = (_names(visit, degrees, degree) for degree in Degree)
        rows.append((Cell(text=name), *cells))
        missing = [each.name for each, degree in degrees.items() if degree is None]
        if missing:
            unplaced.append(f"- {name}: {visit.language.join(missing)}")
    parts: list[Part] = [Heading(text=heading)]
    columns = (_("Area"), *(_(DEGREES[degree]) for degree in Degree))
    parts.append(Table(columns=columns, rows=tuple(rows)))
    if unplaced:
        told = _("**Not placed**, and so told and asked as the others:")
        parts.append(Text(text="\n".join((told, *unplaced))))
    parts.append(Note(text=_("As of {day}", day=visit.language.day(facts.on))))
    return Message(summary=heading, parts=(*parts, *change_button(visit, None, None)))


def _names(visit: Visit, degrees: dict[District, Degree | None], wanted: Degree) -> Cell:
    names = [each.name for each, degree in degrees.items() if degree is wanted]
    text = ", ".join(names) or "–"
    if len(text) > LONGEST:
        text = visit.language.n("{number} district", "{number} districts", len(names))
    return Cell(text=text)


def _of_district(
    visit: Visit, facts: Representation, district: District, areas: list[PriorityArea]
) -> Message:
    """One district in each area: the degree, since when, and who sits there for it."""
    _ = visit.language._
    heading = f"{_('Involvement')} · {district.name}"
    sitting = seated(visit, facts, district)
    rows = []
    for area in areas:
        row = row_of(facts, area.code, district)
        people = [text for kin, text in sitting if kin in facts.kin(area.code)]
        rows.append(
            (
                Cell(text=area.name(visit.language.code)),
                Cell(status=degree_status(visit.language, row.degree if row else None)),
                Cell(text=visit.language.day(row.valid_from) if row else "–"),
                Cell(text=_within("; ".join(people), len(people), visit) or _("nobody")),
            )
        )
    columns = (_("Area"), _("Degree"), _("Since"), _("In the area's groups"))
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            Table(columns=columns, rows=tuple(rows)),
            Note(text=_("As of {day}", day=visit.language.day(facts.on))),
            *change_button(visit, district, areas[0] if len(areas) == 1 else None),
        ),
    )


def _within(text: str, number: int, visit: Visit) -> str:
    return (
        text
        if len(text) <= LONGEST
        else visit.language.n("{number} seat", "{number} seats", number)
    )


def seated(visit: Visit, facts: Representation, district: District) -> list[tuple[str, str]]:
    """Who speaks for a district in the groups that have an area: the area, and who in which."""
    return [
        (seat.group.area, f"{person.reached_as()}, {seat.group.name}")
        for seat in seats_for(visit, facts, district)
        if (person := holder_on(seat, facts.on)) is not None
    ]


def seats_for(visit: Visit, facts: Representation, district: District) -> list[Seat]:
    """The seats of a district's own, and those that represent it, in the areas' groups."""
    groups = select(Group.id).where(Group.area != "", held_on(Group, facts.on))
    seats = visit.session.scalars(
        seats_on(facts.on).where(Seat.group_id.in_(groups)).order_by(Seat.code)
    ).unique()
    return [seat for seat in seats if district.id in _spoken_for(facts, seat)]


def _spoken_for(facts: Representation, seat: Seat) -> set[int | None]:
    own = [seat.organisation.district_id] if seat.organisation.district_id else []
    return {facts.became.get(key) for key in (*own, *(each.id for each in seat.represents))}


def area_card(visit: Visit, facts: Representation, area: str, page: int = 0) -> Message:
    """The districts of an area, those that lead first, those that nobody has placed last."""
    _ = visit.language._
    code = facts.area_in_force(area)
    name = facts.area_name(code, visit.language.code)
    heading = f"{_('Involvement')} · {name}"
    placed = [(each, row_of(facts, code, each)) for each in facts.districts]
    placed.sort(key=lambda pair: _order(pair[1]))
    pages = [placed[at : at + PAGE] for at in range(0, len(placed), PAGE)] or [[]]
    number = min(max(page, 0), len(pages) - 1)
    parts: list[Part] = [Heading(text=heading[:150]), Text(text=_told(visit, facts, area, placed))]
    rows = tuple(_district_row(visit, each, row) for each, row in pages[number])
    if rows:
        columns = (_("District"), _("Degree"), _("Since"))
        parts.append(Table(columns=columns, rows=rows))
    parts.append(Note(text=_("As of {day}", day=visit.language.day(facts.on))))
    if number + 1 < len(pages):
        value = json.dumps([area, facts.on.isoformat(), number + 1])
        next_ = Button(label=_("Next"), action="involvement.page", value=value)
        parts.append(Actions(buttons=(next_,)))
    parts.extend(change_button(visit, None, code))
    return Message(summary=heading, parts=tuple(parts), replaces=page > 0)


def _order(row: Involvement | None) -> int:
    return len(Degree) if row is None else list(Degree).index(row.degree)


def _district_row(visit: Visit, district: District, row: Involvement | None) -> tuple[Cell, ...]:
    status = degree_status(visit.language, row.degree if row else None)
    since = visit.language.day(row.valid_from) if row else "–"
    return (Cell(text=district.name), Cell(status=status), Cell(text=since))


def _told(
    visit: Visit,
    facts: Representation,
    asked: str,
    placed: Iterable[tuple[District, Involvement | None]],
) -> str:
    """What the area is called now, how many are involved, and who is not placed."""
    _ = visit.language._
    rows = list(placed)
    lines = []
    code = facts.area_in_force(asked)
    if code != asked:
        lines.append(
            _(
                "{before} is called {now} on this day.",
                before=facts.area_name(asked, visit.language.code),
                now=facts.area_name(code, visit.language.code),
            )
        )
    leads = sum(row is not None and row.degree is Degree.LEADS for _each, row in rows)
    joins = sum(row is not None and row.degree is Degree.TAKES_PART for _each, row in rows)
    total = len(rows)
    lines.append(
        _(
            "{leads} of {total} districts lead, {joins} take part.",
            leads=leads,
            total=total,
            joins=joins,
        )
    )
    missing = [each.name for each, row in rows if row is None]
    if missing:
        lines.append(_("Not placed: {names}.", names=visit.language.join(missing)))
    return "\n".join(lines)

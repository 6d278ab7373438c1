"""Changing how far a district is involved in a priority area, and taking the change back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from handlers.errors import NotAllowed, NotFound
from handlers.representation.involvement_told import SET, recall, tell_all
from handlers.representation.role_place import DEGREES
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.understanding import Understanding
from handlers.visit import NOT_ALLOWED, Visit
from models.agreements import Level, PriorityArea, kin_of_area
from models.audit import record
from models.base import held_on
from models.groups import GroupKind
from models.message import (
    Actions,
    Button,
    Choice,
    ChoiceField,
    DateField,
    FieldErrors,
    Form,
    Reply,
)
from models.places.geography import districts_on
from models.places.place import District
from models.representation.involvement import Degree
from models.representation.involvement_changes import rows_of, settle
from models.rights import Action, may
from models.seats.holders import seats_of_person


@dataclass(frozen=True)
class Draft:
    """What the form says, checked."""

    district: District
    area: PriorityArea
    degree: Degree
    first: date


def changeable(visit: Visit) -> list[District]:
    """The districts whose involvement the asker may set; the coordinator's are all."""
    if visit.asker is None:
        return []
    every = districts_on(visit.session, visit.on)
    if may(visit.roles(), Action.SET_INVOLVEMENT):
        return every
    mine = {
        seat.group.district_id
        for seat in seats_of_person(visit.session, visit.asker, visit.on)
        if seat.group.level is Level.LOCAL
        and seat.group.kind is GroupKind.STEERING
        and may(visit.roles(group_id=seat.group_id), Action.SET_INVOLVEMENT)
    }
    return [district for district in every if district.id in mine]


def change_button(
    visit: Visit, district: District | None, area: PriorityArea | str | None
) -> tuple[Actions, ...]:
    """The way to the form, for those who may use it."""
    mine = changeable(visit)
    if not mine or (district is not None and district.id not in {each.id for each in mine}):
        return ()
    code = area.code if isinstance(area, PriorityArea) else area
    value = f"{district.code if district else ''}|{code or ''}"
    label = visit.language._("Change involvement")
    return (Actions(buttons=(Button(label=label, action="involvement.change", value=value),)),)


def open_change(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form from a button."""
    district, _bar, area = press.value.partition("|")
    return _form(visit, Start(district, area))


def involvement_form(visit: Visit, wish: Understanding) -> Form:
    """The form, with what a line says filled in."""
    districts = {each.name: each.code for each in districts_on(visit.session, visit.on)}
    district = districts.get(wish.district or "", "")
    return _form(visit, Start(district, wish.area or "", wish.degree, wish.on))


@dataclass(frozen=True)
class Start:
    """What the form is opened with; what is empty is still to be chosen."""

    district: str = ""
    area: str = ""
    degree: Degree | None = None
    first: date | None = None


def _form(visit: Visit, start: Start) -> Form:
    _ = visit.language._
    visit.demand_member()
    districts = changeable(visit)
    if not districts or (start.district and start.district not in {d.code for d in districts}):
        raise NotAllowed(_(NOT_ALLOWED[Action.SET_INVOLVEMENT]))
    degrees = tuple(Choice(label=_(DEGREES[each]), value=each.value) for each in Degree)
    return Form(
        name="involvement.set",
        title=_("Change involvement"),
        submit=_("Save"),
        cancel=_("Cancel"),
        note=_("What held before ends the day before. Those concerned are told."),
        fields=(
            _district_field(visit, districts, start),
            _area_field(visit, start),
            ChoiceField(
                name="degree",
                label=_("Degree"),
                choices=degrees,
                open_list=True,
                initial=(start.degree.value,) if start.degree else (),
            ),
            DateField(name="first", label=_("From and including"), initial=start.first or visit.on),
        ),
    )


def _district_field(visit: Visit, districts: list[District], start: Start) -> ChoiceField:
    only = districts[0].code if len(districts) == 1 else ""
    chosen = start.district or only
    return ChoiceField(
        name="district",
        label=visit.language._("District"),
        choices=tuple(Choice(label=each.name[:75], value=each.code) for each in districts),
        initial=(chosen,) if chosen else (),
    )


def _area_field(visit: Visit, start: Start) -> ChoiceField:
    """The areas of today; one that was asked for by a former name is found by what it became."""
    areas, code = _areas(visit), visit.language.code
    kin = kin_of_area(visit.session, start.area) if start.area else set()
    found = sorted((area.code for area in areas if area.code in kin), key=lambda c: c != start.area)
    return ChoiceField(
        name="area",
        label=visit.language._("Priority area"),
        choices=tuple(Choice(label=each.name(code)[:75], value=each.code) for each in areas),
        initial=tuple(found[:1]),
    )


def _areas(visit: Visit) -> list[PriorityArea]:
    query = select(PriorityArea).where(held_on(PriorityArea, visit.on)).order_by(PriorityArea.id)
    found = list(visit.session.scalars(query))
    if not found:
        day = visit.language.day(visit.on)
        raise NotFound(visit.language._("I know no priority areas on {day}.", day=day))
    return found


def submitted(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves the degree from the day on; what stood before ends the day before."""
    errors: dict[str, str] = {}
    draft = _draft(visit, form, errors)
    if draft is None:
        return FieldErrors(errors=errors)
    settled = settle(visit.session, draft.district, draft.area.code, draft.degree, draft.first)
    visit.session.flush()
    entry = record(
        visit.session,
        visit.person,
        SET,
        f"district:{draft.district.code}",
        visit.at,
        area=draft.area.code,
        degree=draft.degree.value,
        first=draft.first.isoformat(),
        before=settled.before.value if settled.before else None,
        row=settled.row.id,
        ended=settled.ended.id if settled.ended else None,
        ended_until=settled.ended_until.isoformat() if settled.ended_until else None,
    )
    visit.session.flush()
    tell_all(visit, entry)
    visit.remember(f"involved:{entry.id}")
    return recall(visit, str(entry.id))


def _draft(visit: Visit, form: FormSubmitted, errors: dict[str, str]) -> Draft | None:
    """What the form says; what is wrong with it goes to `errors`, field by field."""
    _ = visit.language._
    values = {name: str(form.values.get(name) or "") for name in ("district", "area", "degree")}
    district = next((d for d in changeable(visit) if d.code == values["district"]), None)
    area = next((a for a in _areas(visit) if a.code == values["area"]), None)
    first = _day(str(form.values.get("first") or ""))
    if district is None:
        errors["district"] = _("Choose one of your districts.")
    if area is None:
        errors["area"] = _("Choose a priority area.")
    if values["degree"] not in set(Degree):
        errors["degree"] = _("Choose how far the district is involved.")
    if first is None:
        errors["first"] = _("Write a day that exists, such as 2024-06-18.")
    if errors or district is None or area is None or first is None:
        return None
    draft = Draft(district, area, Degree(values["degree"]), first)
    errors.update(_contradictions(visit, draft))
    return None if errors else draft


def _contradictions(visit: Visit, draft: Draft) -> dict[str, str]:
    _ = visit.language._
    for thing in (draft.area, draft.district):
        if not thing.holds_on(draft.first):
            name = (
                thing.name(visit.language.code) if isinstance(thing, PriorityArea) else thing.name
            )
            day = visit.language.day(thing.valid_from)
            return {"first": _("{name} exists from {day} on.", name=name, day=day)}
    rows = rows_of(visit.session, draft.district, draft.area.code)
    row = next((row for row in rows if row.holds_on(draft.first)), None)
    if row is None or row.degree is not draft.degree:
        return {}
    day = visit.language.day(row.valid_from)
    return {"degree": _("It is so already, since {day}.", day=day)}


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None

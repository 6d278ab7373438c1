"""Who takes over a measure that nobody answers for: oneself, or whom those who lead name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from handlers.errors import NotAllowed
from handlers.measures.change_told import after_change, confirmation
from handlers.people import fitting
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.draft import find_person
from handlers.visit import Visit
from models.measures import changes as measure_changes
from models.measures.changes import Made
from models.measures.measure import Measure
from models.measures.ownership import seated
from models.measures.progress import current_reports
from models.message import (
    Choice,
    ChoiceField,
    FieldErrors,
    Form,
    FormField,
    PersonField,
    Reply,
)
from models.people.organisations import Person
from models.rights import Action, may

MOST = 100


def who_takes_over(visit: Visit, press: ButtonPressed) -> Reply:
    """The form with those of some measures that nobody answers for and the asker may take over."""
    _ = visit.language._
    found = _open_to(visit, press.value.split()[:MOST])
    if not found:
        raise NotAllowed(_("Here is nothing that you can take over."))
    names_others = any(_may_name(visit, each) for each in found)
    note = "" if names_others else _("You become responsible.")
    return Form(
        name="measure.owner",
        title=_("Who takes over?"),
        submit=_("Save"),
        cancel=_("Cancel"),
        intro=note,
        note=_("Those concerned are told. You can undo it within a day."),
        fields=(_measure(visit, found), *([_person(visit)] if names_others else [])),
    )


def _open_to(visit: Visit, codes: Sequence[str]) -> list[Measure]:
    """The open measures among these that nobody answers for and that the asker may take over."""
    query = select(Measure).where(Measure.code.in_(codes)).order_by(Measure.code)
    rows = list(visit.session.scalars(query))
    owners = seated(visit.session, [row.owner_id for row in rows if row.owner_id], visit.on)
    reports = current_reports(visit.session, [row.id for row in rows])
    return [
        row
        for row in rows
        if row.owner_id not in owners
        and not (row.id in reports and reports[row.id].status.is_closed)
        and may(visit.roles(measure=row), Action.TAKE_OVER)
    ]


def _may_name(visit: Visit, measure: Measure) -> bool:
    return may(visit.roles(measure=measure), Action.CHANGE_MEASURES)


def _measure(visit: Visit, found: Sequence[Measure]) -> FormField:
    choices = tuple(
        Choice(label=fitting(f"{row.code} {row.title}"), value=row.code) for row in found
    )
    only = (choices[0].value,) if len(choices) == 1 else ()
    return ChoiceField(
        name="measure", label=visit.language._("Measure"), choices=choices, initial=only
    )


def _person(visit: Visit) -> FormField:
    me = visit.person
    names = dict.fromkeys((me.shown_as(), me.organisation.name))
    return PersonField(
        name="owner",
        label=visit.language._("Responsible person"),
        hint=visit.language._("Write a part of the name."),
        initial=Choice(label=fitting(", ".join(names)), value=str(me.id)),
    )


def taken_over(visit: Visit, form: FormSubmitted) -> Reply:
    """Gives the chosen measure to whoever is named, or to the one who asks."""
    _ = visit.language._
    code = str(form.values.get("measure") or "")
    query = select(Measure).where(Measure.code == code).with_for_update()
    fresh = {"populate_existing": True}
    measure = visit.session.scalars(query, execution_options=fresh).first()
    if measure is None:
        return FieldErrors(errors={"measure": _("Choose a measure.")})
    owner = visit.person
    if "owner" in form.values:
        named = find_person(visit, str(form.values["owner"]).strip())
        if named is None or not named.is_active(visit.on):
            return FieldErrors(errors={"owner": _("Choose a person.")})
        owner = named
    visit.demand(_needed(visit, owner), measure=measure)
    wrong = _wrong(visit, measure, owner)
    if wrong:
        return FieldErrors(errors=wrong)
    return _given(visit, measure, owner)


def _needed(visit: Visit, owner: Person) -> Action:
    """To take over oneself needs less than to name another."""
    return Action.TAKE_OVER if owner.id == visit.person.id else Action.CHANGE_MEASURES


def _wrong(visit: Visit, measure: Measure, owner: Person) -> dict[str, str]:
    """That somebody has it already, or that whoever takes it would not count as responsible."""
    _ = visit.language._
    ids = [each for each in (measure.owner_id, owner.id) if each]
    active = seated(visit.session, ids, visit.on)
    if measure.owner is not None and measure.owner_id in active:
        name = measure.owner.shown_as()
        return {"measure": _("{name} is responsible for it already.", name=name)}
    if owner.id not in active:
        sentence = _("{name} has no seat in any group.", name=owner.shown_as())
        return {"owner" if owner.id != visit.person.id else "measure": sentence}
    return {}


def _given(visit: Visit, measure: Measure, owner: Person) -> Reply:
    made = Made(visit.person, visit.at, visit.platform)
    row = measure_changes.change(visit.session, measure, {"owner": owner}, made)
    assert row is not None, "nobody was responsible before"
    after_change(visit, row)
    visit.remember(f"measure_changed:{row.id}")
    return confirmation(visit, row)

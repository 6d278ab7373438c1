"""A new measure: `ny åtgärd Farsta beredningsgrupp` opens the form, and the next id is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select

from handlers.errors import NotFound
from handlers.form_intro import Told
from handlers.measures.change import warnings
from handlers.measures.change_draft import BASICS, Draft, State, read_basics
from handlers.measures.change_form import measure_form
from handlers.measures.change_told import after_change, confirmation
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.opening import meant_groups, which_group
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group, GroupKind
from models.measures.changes import Made, create
from models.measures.measure import Measure, MeasureChange, MeasureEvent
from models.message import FieldErrors, Reply
from models.people.organisations import Organisation
from models.rights import Action

CADENCE = 30
MAKE = "measure.make"
SAME_FOR = timedelta(days=1)
"""For so long the very same measure by the same person is a form that was sent twice."""


def make(visit: Visit, wish: Understanding) -> Reply:
    """Answers `ny åtgärd …`: the form for the group that is named or led, else which group."""
    groups = _groups(visit, wish)
    if len(groups) > 1:
        return which_group(
            visit, groups, "measure.new", [each.code for each in groups], wish.intent
        )
    return _form(visit, groups[0], wish)


def _groups(visit: Visit, wish: Understanding) -> Sequence[Group]:
    """The groups that are meant; where only a district is named, its preparatory group is."""
    if wish.district and wish.group is None and wish.group_code is None:
        wish = wish.model_copy(update={"group": GroupKind.PREPARATORY})
    return meant_groups(visit, wish, Action.CHANGE_MEASURES)


def open_new(visit: Visit, press: ButtonPressed) -> Reply:
    """The form for a new measure of the group that a button names."""
    group = visit.session.scalars(select(Group).where(Group.code == press.value)).first()
    if group is None:
        raise NotFound(visit.language._("The group is not there any more."))
    visit.demand(Action.CHANGE_MEASURES, group_id=group.id)
    return _form(visit, group, None)


def _form(visit: Visit, group: Group, wish: Understanding | None) -> Reply:
    values = {
        "group": group.code,
        "organisation": _organisation(visit, wish),
        "start_on": visit.on.isoformat(),
        "cadence_days": str(CADENCE),
        "area": wish.area or "" if wish else "",
        "title": "",
    }
    return _new_form(visit, Draft(None, values))


def _new_form(visit: Visit, draft: Draft, told: Told | None = None) -> Reply:
    return measure_form(visit, BASICS, draft, told).model_copy(update={"name": MAKE})


def _organisation(visit: Visit, wish: Understanding | None) -> str:
    """The organisation that the line names, else one's own."""
    named = wish.organisation if wish else None
    query = select(Organisation.code).where(Organisation.name == named)
    return visit.session.scalars(query).first() or visit.person.organisation.code


def made(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves a new measure, once the warnings have been shown."""
    state = State.of(visit, form)
    draft = Draft(None, form.values)
    read = read_basics(visit, draft)
    group = read.values["group"]
    if isinstance(group, Group):
        visit.demand(Action.CHANGE_MEASURES, group_id=group.id)
    if read.errors:
        return FieldErrors(errors=dict(read.errors))
    before = _made_before(visit, read.values)
    if before is not None:
        visit.remember(f"measure_changed:{before.id}")
        return confirmation(visit, before)
    warned = warnings(visit, None, read)
    if warned.warned and warned.warned != state.warned:
        return _new_form(visit, draft, warned)
    row = create(
        visit.session, Measure(**read.values), Made(visit.person, visit.at, visit.platform)
    )
    after_change(visit, row)
    visit.remember(f"measure_changed:{row.id}")
    return confirmation(visit, row)


def _made_before(visit: Visit, values: Mapping[str, object]) -> MeasureChange | None:
    """The making of the very same measure by the asker: a form that was sent twice.

    Of two at once the second waits for the first at the group's row.
    """
    group, title = values["group"], values["title"]
    assert isinstance(group, Group), "it was read without a fault"
    visit.session.execute(select(Group.id).where(Group.id == group.id).with_for_update())
    query = (
        select(MeasureChange)
        .join(MeasureChange.measure)
        .where(
            Measure.group_id == group.id,
            Measure.title == title,
            MeasureChange.person_id == visit.person.id,
            MeasureChange.event == MeasureEvent.CREATED,
            MeasureChange.at > visit.at - SAME_FOR,
        )
    )
    found = (row for row in visit.session.scalars(query) if _is_as(row.measure, values))
    return next(found, None)


def _is_as(measure: Measure, values: Mapping[str, object]) -> bool:
    return all(getattr(measure, name) == value for name, value in values.items())

"""The two forms in which a measure is made and changed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select

from handlers.form_intro import Told
from handlers.measures.change_draft import (
    BASICS,
    MOST_DAYS,
    MOST_TIMES,
    NO_AREA,
    NOBODY,
    TEXT_LENGTH,
    TITLE_LENGTH,
    UNIT_LENGTH,
    Draft,
    State,
    fingerprint,
)
from handlers.measures.change_words import HORIZONS
from handlers.people import fitting
from handlers.seats.draft import find_person
from handlers.seats.seat_form import organisations, picked
from handlers.seats.shown import group_rows
from handlers.visit import Visit
from handlers.whole import whole
from models.agreements import PriorityArea
from models.base import held_on
from models.chain.links import Cause, Direction, Goal, Problem
from models.groups import Group
from models.measures.changes import history
from models.measures.measure import Category, Horizon
from models.message import (
    Choice,
    ChoiceField,
    DateField,
    Form,
    FormField,
    NumberField,
    PersonField,
    TextField,
    YesNoField,
)
from models.rights import Action, may
from models.seats.holders import seats_of_person
from models.wording import CATEGORIES

MOST_CHOICES = 100


def measure_form(visit: Visit, name: str, draft: Draft, told: Told | None = None) -> Form:
    """One of the two forms, with all that the measure says or was typed."""
    told = told or Told()
    _ = visit.language._
    measure = draft.measure
    title = _("Change {code}", code=measure.code) if measure else _("New measure")
    lines = (f"**{measure.title}**" if measure else "", told.intro)
    fields = _basics(visit, draft) if name == BASICS else _more(visit, draft)
    return Form(
        name=name,
        title=title if name == BASICS or not measure else _("More: {code}", code=measure.code),
        submit=_("Save anyway") if told.warned else _("Save"),
        cancel=_("Cancel"),
        intro="\n".join(line for line in lines if line),
        note=_("Those concerned are told. You can undo it within a day."),
        fields=tuple(fields),
        state=_state(visit, draft, told.warned).model_dump_json(),
    )


def _state(visit: Visit, draft: Draft, warned: str) -> State:
    measure = draft.measure
    if measure is None:
        return State(warned=warned)
    last = max((row.id for row in history(visit.session, measure)), default=0)
    return State(code=measure.code, seen=fingerprint(measure), last=last, warned=warned)


def _basics(visit: Visit, draft: Draft) -> list[FormField]:
    _ = visit.language._
    return [
        _text(draft, "title", _("What is to be done"), TITLE_LENGTH),
        _choice(draft, "group", _("Group"), _groups(visit, draft)),
        _choice(draft, "organisation", _("Responsible organisation"), _organisations(visit, draft)),
        YesNoField(
            name="joint",
            label=_("Joint: the city and the police answer for it together"),
            required=False,
            initial=draft.is_joint,
        ),
        *_owner(visit, draft),
        _choice(draft, "area", _("Priority area"), _areas(visit, draft), required=False),
        _choice(draft, "category", _("Kind"), _categories(visit)),
        _text(draft, "place", _("Place"), TEXT_LENGTH, _("Never anybody's address.")),
        *_days(visit, draft),
        NumberField(
            name="cadence_days",
            label=_("Ask about it every … day"),
            low=1,
            high=MOST_DAYS,
            initial=_number(draft.text("cadence_days")),
        ),
    ]


def _days(visit: Visit, draft: Draft) -> list[FormField]:
    _ = visit.language._
    return [
        DateField(name="start_on", label=_("First day"), initial=picked(draft.text("start_on"))),
        DateField(
            name="due_on", label=_("Due"), required=False, initial=picked(draft.text("due_on"))
        ),
    ]


def _more(visit: Visit, draft: Draft) -> list[FormField]:
    _ = visit.language._
    horizons = [Choice(label=_(word), value=kind.value) for kind, word in HORIZONS.items()]
    crowns = _("In crowns for the whole measure: 1 200 000 or 1,2 mnkr. Counted in its first year.")
    chosen = draft.text("horizon") or Horizon.SHORT.value
    return [
        _text(draft, "instrument", _("Means"), TEXT_LENGTH),
        ChoiceField(
            name="horizon",
            label=_("Horizon"),
            choices=tuple(horizons),
            open_list=True,
            initial=(chosen,),
        ),
        _text(draft, "funding_source", _("Funding"), TEXT_LENGTH),
        _text(draft, "funding_kr", _("Amount"), UNIT_LENGTH, crowns),
        *_promise(visit, draft),
        *_contributors(visit, draft),
        *_links(visit, draft),
    ]


def _promise(visit: Visit, draft: Draft) -> list[FormField]:
    _ = visit.language._
    return [
        NumberField(
            name="promised",
            label=_("Citizen promise: how many times"),
            required=False,
            low=1,
            high=MOST_TIMES,
            initial=_number(draft.text("promised")),
        ),
        _text(draft, "promise_unit", _("What is counted"), UNIT_LENGTH, _("For example weekends.")),
    ]


def _contributors(visit: Visit, draft: Draft) -> list[FormField]:
    label = visit.language._("Contributing organisations")
    return _several(draft, "contributors", label, _organisations(visit, draft))


def _links(visit: Visit, draft: Draft) -> list[FormField]:
    """The goals and causes of the group's district, where there are any."""
    if draft.measure is None:
        return []
    _ = visit.language._
    district = draft.measure.group.district_id
    near = Problem.group_id.in_(
        select(Group.id).where(Group.district_id.is_not_distinct_from(district))
    )
    causes = select(Cause).join(Problem).where(near).order_by(Cause.code)
    goals = select(Goal).join(Direction).join(Cause).join(Problem).where(near).order_by(Goal.code)
    return [
        *_several(draft, "goals", _("Goals"), _titled(visit.session.scalars(goals))),
        *_several(draft, "causes", _("Causes"), _titled(visit.session.scalars(causes))),
    ]


def _titled(things: Iterable[Goal | Cause]) -> list[Choice]:
    return [Choice(label=fitting(f"{each.code} {each.title}"), value=each.code) for each in things]


def _several(draft: Draft, name: str, label: str, choices: list[Choice]) -> list[FormField]:
    """A field for several of the choices; none where nothing can be chosen."""
    if not choices:
        return []
    offered = tuple(choices[:MOST_CHOICES])
    known = {choice.value for choice in offered}
    field = ChoiceField(
        name=name,
        label=label,
        required=False,
        several=True,
        choices=offered,
        initial=tuple(code for code in draft.many(name) if code in known),
    )
    return [field]


def _text(draft: Draft, name: str, label: str, most: int, hint: str | None = None) -> TextField:
    return TextField(
        name=name,
        label=label,
        hint=hint,
        required=name == "title",
        max_length=most,
        initial=draft.text(name)[:most],
    )


def _choice(
    draft: Draft, name: str, label: str, choices: list[Choice], *, required: bool = True
) -> ChoiceField:
    offered = tuple(choices[:MOST_CHOICES])
    chosen = draft.text(name)
    known = (chosen,) if chosen in {choice.value for choice in offered} else ()
    return ChoiceField(name=name, label=label, required=required, choices=offered, initial=known)


def _number(text: str) -> float | None:
    return whole(text.removesuffix(".0"), digits=6)


def _groups(visit: Visit, draft: Draft) -> list[Choice]:
    """Where a measure can belong: groups that one may change measures in, and its district's."""
    query = select(Group).where(held_on(Group, visit.on)).order_by(Group.code)
    home = draft.measure.group if draft.measure else None
    led = _led(visit)
    found = [
        each
        for each in visit.session.scalars(query)
        if led is None
        or each.id in led
        or (home is not None and each.district_id == home.district_id)
    ]
    if home is not None and home not in found:
        found.append(home)
    found.sort(key=lambda each: (home is None or each.district_id != home.district_id, each.name))
    return [Choice(label=fitting(each.name), value=each.code) for each in found]


def _led(visit: Visit) -> set[int] | None:
    """The groups in which the asker may change measures; None for all of them."""
    if may(visit.roles(), Action.CHANGE_MEASURES):
        return None
    mine = {seat.group_id for seat in seats_of_person(visit.session, visit.person, visit.on)}
    return {key for key in mine if may(visit.roles(group_id=key), Action.CHANGE_MEASURES)}


def _organisations(visit: Visit, draft: Draft) -> list[Choice]:
    """All organisations, those of the measure's group first."""
    group = draft.measure.group if draft.measure else _group(visit, draft.text("group"))
    rows = group_rows(visit.session, group) if group else []
    found = organisations(visit, rows)
    return [Choice(label=fitting(each.name), value=each.code) for each in found]


def _group(visit: Visit, code: str) -> Group | None:
    return visit.session.scalars(select(Group).where(Group.code == code)).first()


def _owner(visit: Visit, draft: Draft) -> list[FormField]:
    """Who answers for it; from a measure that has somebody they can also be taken away."""
    _ = visit.language._
    person = find_person(visit, draft.text("owner"))
    initial = None
    if person is not None:
        names = dict.fromkeys((person.shown_as(), person.organisation.name))
        initial = Choice(label=fitting(", ".join(names)), value=str(person.id))
    fields: list[FormField] = [
        PersonField(
            name="owner",
            label=_("Responsible person"),
            hint=_("Write a part of the name."),
            required=False,
            initial=initial,
        )
    ]
    if draft.measure is not None and draft.measure.owner_id is not None:
        label = _("Nobody answers for it any more")
        chosen = bool(draft.values.get(NOBODY))
        fields.append(YesNoField(name=NOBODY, label=label, required=False, initial=chosen))
    return fields


def _areas(visit: Visit, draft: Draft) -> list[Choice]:
    """The areas of the day, and the one that the measure has."""
    held = or_(held_on(PriorityArea, visit.on), PriorityArea.code == draft.text("area"))
    query = select(PriorityArea).where(held).order_by(PriorityArea.valid_from)
    names = {each.code: each.name(visit.language.code) for each in visit.session.scalars(query)}
    none = Choice(label=visit.language._("No area"), value=NO_AREA)
    found = [Choice(label=fitting(name), value=code) for code, name in names.items()]
    return [none, *found]


def _categories(visit: Visit) -> list[Choice]:
    return [Choice(label=visit.language._(CATEGORIES[kind]), value=kind.value) for kind in Category]

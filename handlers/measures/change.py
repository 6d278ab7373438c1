"""Changing a measure: `ändra FAR-014` opens its form; what others changed meanwhile is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256

from sqlalchemy import select

from handlers.errors import NotFound
from handlers.form_intro import Told
from handlers.measures.card import measure_card
from handlers.measures.change_draft import (
    BASICS,
    MORE,
    READERS,
    Draft,
    Read,
    State,
    fingerprint,
    typed,
)
from handlers.measures.change_form import measure_form
from handlers.measures.change_told import after_change, confirmation, said_of, unchanged
from handlers.measures.make_similar import similar_lines
from handlers.measures.report import find_measure
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group
from models.measures import changes as measure_changes
from models.measures.changes import Made, as_fact, history
from models.measures.measure import Measure, MeasureChange
from models.measures.ownership import seated
from models.message import FieldErrors, Message, Reply, Text
from models.people.organisations import Person
from models.rights import Action, may


def change(visit: Visit, wish: Understanding) -> Reply:
    """Answers `ändra FAR-014` with the form of what the measure says."""
    if not wish.measure:
        sentence = visit.language._("Say which measure, for example `ändra FAR-014`.")
        return Message(summary=sentence, parts=(Text(text=sentence),))
    note = ""
    if wish.comment:
        text = "I did not understand “{text}”. Fill in what is missing."
        note = visit.language._(text, text=wish.comment[:60])
    return _form(visit, BASICS, wish.measure, note)


def open_change(visit: Visit, press: ButtonPressed) -> Reply:
    """The form of the measure that a button names."""
    return _form(visit, BASICS, press.value)


def open_more(visit: Visit, press: ButtonPressed) -> Reply:
    """The second form: means, money, promise, contributors, goals and causes."""
    return _form(visit, MORE, press.value)


def show(visit: Visit, press: ButtonPressed) -> Reply:
    """The card of the measure that a button names."""
    visit.demand(Action.SEE_MEASURES)
    return measure_card(visit, find_measure(visit, press.value))


def _form(visit: Visit, name: str, code: str, note: str = "") -> Reply:
    measure = find_measure(visit, code)
    visit.demand(Action.CHANGE_MEASURES, measure=measure)
    return measure_form(visit, name, Draft(measure), Told(note))


def saving(name: str) -> Callable[[Visit, FormSubmitted], Reply]:
    """The handler of one of the two forms, for a measure that is there."""

    def submitted(visit: Visit, form: FormSubmitted) -> Reply:
        state = State.of(visit, form)
        measure = _locked(visit, state.code)
        visit.demand(Action.CHANGE_MEASURES, measure=measure)
        draft = Draft(measure, form.values)
        if state.seen != fingerprint(measure):
            return _meanwhile(visit, name, draft, state)
        return _checked(visit, name, draft, state)

    return submitted


def _locked(visit: Visit, code: str) -> Measure:
    """A measure that nobody else changes until this is committed; SQLite has one writer anyway."""
    query = select(Measure).where(Measure.code == code).with_for_update()
    measure = visit.session.scalars(query, execution_options={"populate_existing": True}).first()
    if measure is None:
        raise NotFound(visit.language._("There is no measure {code}.", code=code))
    return measure


def _checked(visit: Visit, name: str, draft: Draft, state: State) -> Reply:
    assert draft.measure is not None, "the measure was found"
    read = READERS[name](visit, draft)
    errors = {**_may_not_move(visit, draft.measure, read), **read.errors}
    if errors:
        return FieldErrors(errors=errors)
    warned = warnings(visit, draft.measure, read)
    if warned.warned and warned.warned != state.warned:
        return measure_form(visit, name, draft, warned)
    made = Made(visit.person, visit.at, visit.platform)
    row = measure_changes.change(visit.session, draft.measure, read.values, made)
    if row is None:
        return unchanged(visit, draft.measure)
    after_change(visit, row)
    visit.remember(f"measure_changed:{row.id}")
    return confirmation(visit, row)


def _may_not_move(visit: Visit, measure: Measure, read: Read) -> dict[str, str]:
    """A measure moves within its district, or to a group whose measures one may change."""
    group = read.values.get("group")
    if not isinstance(group, Group) or group.id == measure.group_id:
        return {}
    near = group.district_id == measure.group.district_id
    if near or may(visit.roles(group_id=group.id), Action.CHANGE_MEASURES):
        return {}
    return {"group": visit.language._("You may not move it to this group.")}


def warnings(visit: Visit, measure: Measure | None, read: Read) -> Told:
    """What is said before it is saved: measures that are alike, an owner whom nobody can ask."""
    causes = list(_causes(visit, measure, read))
    if not causes:
        return Told()
    heading = visit.language._("**Before you save**")
    mark = sha256("\n".join(causes).encode()).hexdigest()[:16]
    return Told("\n".join([heading, *(f"- {cause}" for cause in causes)]), mark)


def _causes(visit: Visit, measure: Measure | None, read: Read) -> Iterator[str]:
    group, title, owner = (read.values.get(name) for name in ("group", "title", "owner"))
    is_retitled = measure is None or (title is not None and title != measure.title)
    if is_retitled and isinstance(group, Group):
        yield from similar_lines(visit, group, str(title), but=measure)
    is_given = isinstance(owner, Person) and (measure is None or measure.owner_id != owner.id)
    if is_given and isinstance(owner, Person) and not seated(visit.session, [owner.id], visit.on):
        yield visit.language._(
            "{name} has no seat in any group, so nobody is seen as responsible.",
            name=owner.shown_as(),
        )


def _meanwhile(visit: Visit, name: str, draft: Draft, state: State) -> Reply:
    """The form again with what others have changed; what one typed oneself stays typed."""
    assert draft.measure is not None, "the measure was found"
    rows = [row for row in history(visit.session, draft.measure) if row.id > state.last]
    kept = dict(draft.values)
    for row in rows:
        for fact, (before, _after) in row.fields.items():
            untouched = as_typed(kept.get(fact)) == as_typed(before)
            if untouched:
                kept.pop(fact, None)
            if fact == "party" and before != "joint" and not kept.get("joint"):
                kept.pop("joint", None)
    told = Told("\n".join(_said(visit, row) for row in rows))
    return measure_form(visit, name, replace(draft, values=kept), told)


def as_typed(value: object) -> object:
    """A form's value and a fact in one form, to be compared."""
    if isinstance(value, list | tuple):
        return sorted(str(each) for each in value)
    return typed(as_fact(value)).removesuffix(".0")


def _said(visit: Visit, row: MeasureChange) -> str:
    language = visit.language
    name = row.person.shown_as() if row.person else language._("An import")
    moment = language.moment(row.at)
    said = language._("**{name} changed the measure {moment}:**", name=name, moment=moment)
    return f"{said}\n{said_of(visit, language, row)}"

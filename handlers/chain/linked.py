"""Saving to which goals and causes a measure is linked."""

from __future__ import annotations

from handlers.chain.allowed import demand_change
from handlers.chain.linking import chosen, measure_named, offered
from handlers.measures.change_told import after_change, told_of
from handlers.measures.why import chain_upward
from handlers.requests import FormSubmitted
from handlers.visit import Visit
from models.measures.changes import Made, change
from models.measures.measure import MeasureChange
from models.message import Button, FieldErrors, Message, Reply


def links_saved(visit: Visit, form: FormSubmitted) -> Reply:
    """Writes the links as a change of the measure, which is told, approved again and undone."""
    measure = measure_named(visit, form.state)
    demand_change(visit, measure.group)
    causes, goals = offered(visit, measure)
    wanted = {"causes": chosen(form, "causes"), "goals": chosen(form, "goals")}
    known = {"causes": {each.code for each in causes}, "goals": {each.code for each in goals}}
    said = visit.language._("Choose one of the list.")
    errors = {name: said for name, codes in wanted.items() if codes - known[name]}
    if errors:
        return FieldErrors(errors=errors)
    values = {
        "causes": [each for each in causes if each.code in wanted["causes"]],
        "goals": [each for each in goals if each.code in wanted["goals"]],
    }
    row = change(visit.session, measure, values, Made(visit.person, visit.at, visit.platform))
    if row is None:
        return chain_upward(visit, measure, visit.language._("Nothing is changed."))
    after_change(visit, row)
    visit.remember(f"chain_link:{row.id}")
    return _saved(visit, row)


def _saved(visit: Visit, row: MeasureChange) -> Message:
    """What the measure is for now, who is told, and a way back."""
    undo = Button(label=visit.language._("Undo"), action="measure.undo", value=str(row.id))
    lines = [visit.language._("Saved."), *told_of(visit, row)]
    return chain_upward(visit, row.measure, *lines, undo=undo)


def recall_links(visit: Visit, key: str) -> Message:
    """What the measure is linked to, for the same event a second time."""
    return _saved(visit, visit.session.get_one(MeasureChange, int(key)))

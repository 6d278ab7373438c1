"""Saving to which goals and causes a measure is linked."""

from __future__ import annotations

from handlers.chain.allowed import demand_change
from handlers.chain.linking import chosen, measure_named, offered
from handlers.chain.submitting import reworded
from handlers.measures.why import chain_upward
from handlers.requests import FormSubmitted
from handlers.visit import Visit
from models.audit import record
from models.message import FieldErrors, Message, Reply


def links_saved(visit: Visit, form: FormSubmitted) -> Reply:
    """Writes the links; what was submitted for approval is then a new wording."""
    measure = measure_named(visit, form.state)
    demand_change(visit, measure.group)
    causes, goals = offered(visit, measure)
    wanted = {"causes": chosen(form, "causes"), "goals": chosen(form, "goals")}
    known = {"causes": {each.code for each in causes}, "goals": {each.code for each in goals}}
    said = visit.language._("Choose one of the list.")
    errors = {name: said for name, codes in wanted.items() if codes - known[name]}
    if errors:
        return FieldErrors(errors=errors)
    measure.causes = [each for each in causes if each.code in wanted["causes"]]
    measure.goals = [each for each in goals if each.code in wanted["goals"]]
    visit.session.flush()
    detail = {name: sorted(codes) for name, codes in wanted.items()}
    subject = f"measure:{measure.code}"
    record(visit.session, visit.person, "link_measure", subject, visit.at, **detail)
    lines = reworded(visit, measure)
    visit.remember(f"chain_link:{measure.code}")
    return chain_upward(visit, measure, visit.language._("Saved."), *lines)


def recall_links(visit: Visit, code: str) -> Message:
    """What the measure is linked to, for the same event a second time."""
    return chain_upward(visit, measure_named(visit, code), visit.language._("Saved."))

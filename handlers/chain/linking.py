"""Linking a measure to what it is for: the goals it serves and the causes it works against."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from handlers.chain.allowed import demand_change, may_change
from handlers.errors import NotFound, Refusal
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from models.chain.links import Cause, Goal, Problem, problems, with_chain
from models.groups import Group
from models.measures.measure import Measure
from models.message import Button, Choice, ChoiceField, Form, FormField, Reply

MOST_CHOICES = 100


def link_button(visit: Visit, measure: Measure) -> list[Button]:
    """Linking a measure, for those who may."""
    if not may_change(visit, measure.group):
        return []
    label = visit.language._("Link")
    return [Button(label=label, action="chain.link", value=measure.code)]


def open_link(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form with the causes and goals of the measure's district."""
    measure = measure_named(visit, press.value)
    demand_change(visit, measure.group)
    causes, goals = offered(visit, measure)
    _ = visit.language._
    if not (causes or goals):
        raise Refusal(_("There are no causes and goals here yet. Write `chain` and make them."))
    fields: list[FormField] = []
    for field, label, things, initial in (
        ("causes", _("Causes"), causes, {each.code for each in measure.causes}),
        ("goals", _("Goals"), goals, {each.code for each in measure.goals}),
    ):
        if things:
            fields.append(_choice(field, label, things, initial))
    return Form(
        name="chain.link",
        title=_("Link"),
        submit=_("Save"),
        cancel=_("Cancel"),
        intro=f"**{measure.code}** {measure.title}",
        fields=tuple(fields),
        state=measure.code,
    )


def measure_named(visit: Visit, code: str) -> Measure:
    """The measure with a code; refuses one that nothing has."""
    found = visit.session.scalars(with_chain().where(Measure.code == code)).first()
    if found is None:
        raise NotFound(visit.language._("I know nothing with the code {code}.", code=code[:40]))
    return found


def chosen(form: FormSubmitted, field: str) -> set[str]:
    """The codes that a field of the form has; an untouched one may be a text or nothing."""
    said = form.values.get(field)
    if isinstance(said, tuple):
        return set(said)
    return {said} if isinstance(said, str) and said else set()


def offered(visit: Visit, measure: Measure) -> tuple[list[Cause], list[Goal]]:
    """The causes and goals of the measure's district or level, and those that it has already."""
    groups = select(Group.id).where(
        Group.level == measure.group.level,
        Group.district_id.is_not_distinct_from(measure.group.district_id),
    )
    found = problems(visit.session, Problem.group_id.in_(groups))
    causes = [cause for problem in found for cause in problem.causes]
    goals = [goal for cause in causes for each in cause.directions for goal in each.goals]
    causes += [each for each in measure.causes if each not in causes]
    goals += [each for each in measure.goals if each not in goals]
    return causes, goals


def _choice(field: str, label: str, things: Sequence[Cause | Goal], initial: set[str]) -> FormField:
    choices = [Choice(label=f"{each.code} {each.title}"[:75], value=each.code) for each in things]
    return ChoiceField(
        name=field,
        label=label,
        choices=tuple(choices[:MOST_CHOICES]),
        several=True,
        required=False,
        initial=tuple(sorted(initial)),
    )

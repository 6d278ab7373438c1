"""The form in which an action point is written or changed."""

from __future__ import annotations

from handlers.decisions.draft import State
from handlers.decisions.point_draft import NO_DECISION, TASK, PointDraft
from handlers.form_intro import Told
from handlers.meetings.roll import span
from handlers.people import fitting
from handlers.seats.draft import find_person
from handlers.seats.seat_form import picked
from handlers.visit import Visit
from models.measures.measure import Category
from models.meetings.action_points import TEXT_LENGTH
from models.meetings.decisions import decisions_of
from models.message import (
    Choice,
    ChoiceField,
    DateField,
    Form,
    FormField,
    PersonField,
    TextField,
    YesNoField,
)
from models.wording import CATEGORIES

MOST_CHOICES = 100


def point_form(visit: Visit, draft: PointDraft, told: Told | None = None) -> Form:
    """The form for a new point of a meeting, or for one that is there."""
    _ = visit.language._
    told = told or Told()
    facts = draft.facts
    state = State(
        meeting=draft.meeting.id,
        point=facts.point.id if facts else 0,
        step=facts.step.id if facts else 0,
        warned=told.warned,
    )
    heading = f"**{draft.meeting.group.name}**, {span(visit.language, draft.meeting)}"
    return Form(
        name="point.change" if facts else "point.write",
        title=_("Change an action point") if facts else _("New action point"),
        submit=_("Save anyway") if told.warned else _("Save"),
        cancel=_("Cancel"),
        intro=f"{heading}\n{told.intro}" if told.intro else heading,
        note=_("It stands in every digest before a meeting until it is done."),
        fields=(*_what(visit, draft), *(() if facts else _belongs(visit, draft))),
        state=state.model_dump_json(exclude_defaults=True),
    )


def _what(visit: Visit, draft: PointDraft) -> tuple[FormField, ...]:
    _ = visit.language._
    owner = find_person(visit, draft.text("owner"))
    initial = None
    if owner is not None:
        names = dict.fromkeys((owner.shown_as(), owner.organisation.name))
        initial = Choice(label=fitting(", ".join(names)), value=str(owner.id))
    return (
        TextField(
            name="text",
            label=_("What is to be done"),
            hint=_("Short, and nothing about individuals."),
            initial=draft.text("text"),
            max_length=TEXT_LENGTH,
        ),
        PersonField(name="owner", label=_("Who does it"), initial=initial),
        DateField(name="due_on", label=_("Due"), initial=picked(draft.text("due_on"))),
    )


def _belongs(visit: Visit, draft: PointDraft) -> tuple[FormField, ...]:
    """Which decision it belongs to, what it becomes, and for whom it is."""
    _ = visit.language._
    found = decisions_of(visit.session, draft.meeting, restricted=True)[: MOST_CHOICES - 1]
    choices = (
        Choice(label=_("No decision in particular"), value=NO_DECISION),
        *(
            Choice(
                label=fitting(f"§ {each.number} {each.wording.text}"), value=str(each.decision.id)
            )
            for each in found
        ),
    )
    chosen = draft.text("decision") or NO_DECISION
    known = chosen if chosen in {each.value for each in choices} else NO_DECISION
    which = ChoiceField(
        name="decision",
        label=_("Follows from"),
        required=False,
        choices=choices,
        initial=(known,),
    )
    hint = _("Only the group, the registrar and the coordinator see it.")
    return (
        *((which,) if found else ()),
        _becomes(visit, draft),
        YesNoField(
            name="restricted",
            label=_("Restricted to the group"),
            hint=hint,
            required=False,
            initial=draft.is_restricted,
        ),
    )


def _becomes(visit: Visit, draft: PointDraft) -> FormField:
    """A task that is followed from meeting to meeting, or a measure of one of the kinds."""
    _ = visit.language._
    measures = (
        Choice(label=_("Measure: {kind}", kind=_(word)), value=kind.value)
        for kind, word in CATEGORIES.items()
    )
    known = {TASK, *(kind.value for kind in Category)}
    chosen = draft.text("becomes") if draft.text("becomes") in known else TASK
    return ChoiceField(
        name="becomes",
        label=_("Is followed as"),
        choices=(Choice(label=_("Task, from meeting to meeting"), value=TASK), *measures),
        open_list=True,
        initial=(chosen,),
    )

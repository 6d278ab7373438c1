"""The form in which a decision is written or corrected."""

from __future__ import annotations

from sqlalchemy import select

from handlers.decisions.draft import HIGHEST, NONE, Draft, State, agenda_of
from handlers.decisions.preparing import prepared_note
from handlers.form_intro import Told
from handlers.meetings.roll import span
from handlers.people import fitting
from handlers.seats.seat_form import organisations
from handlers.seats.shown import group_rows
from handlers.visit import Visit
from handlers.whole import whole
from models.base import held_on
from models.meetings.decisions import REASON_LENGTH, TEXT_LENGTH, Decided, next_number
from models.meetings.registrations import REGISTRY_LENGTH
from models.meetings.words import KINDS, begun
from models.message import (
    Choice,
    ChoiceField,
    Form,
    FormField,
    NumberField,
    TextField,
    YesNoField,
)
from models.people.organisations import Party
from models.places.place import District
from models.wording import PARTIES

MOST_CHOICES = 100
RESTRICTED = (
    "Only the group, the registrar and the coordinator see it. "
    "Others whom it concerns are not told."
)


def decision_form(visit: Visit, draft: Draft, told: Told | None = None) -> Form:
    """The form for a new decision of a meeting, or for a new wording of one."""
    _ = visit.language._
    told = told or Told()
    decided = draft.decided
    state = State(
        meeting=draft.meeting.id,
        decision=decided.decision.id if decided else 0,
        version=decided.version if decided else 0,
        number=draft.proposed or (0 if decided else next_number(visit.session, draft.meeting)),
        warned=told.warned,
    )
    heading = f"**{draft.meeting.group.name}**, {span(visit.language, draft.meeting)}"
    intro = (heading, prepared_note(visit, draft.meeting), told.intro)
    note = (
        _("The old wording stays. Those who were told of it are told what it replaces.")
        if decided and not decided.prepared
        else _("The group's members and those concerned are told on the next working morning.")
    )
    return Form(
        name="decision.correct" if decided else "decision.write",
        title=_title(visit, decided),
        submit=_("Save anyway") if told.warned else _("Save"),
        cancel=_("Cancel"),
        intro="\n".join(filter(None, intro)),
        note=note,
        fields=tuple(_fields(visit, draft)),
        state=state.model_dump_json(exclude_defaults=True),
    )


def _title(visit: Visit, decided: Decided | None) -> str:
    if decided is None:
        return visit.language._("New decision")
    text = "Change § {number}" if decided.prepared else "Correct § {number}"
    return visit.language._(text, number=decided.number)


def _fields(visit: Visit, draft: Draft) -> list[FormField]:
    _ = visit.language._
    hint = _("In the words of the minutes, and nothing about individuals.")
    return [
        TextField(
            name="text",
            label=_("What was decided"),
            hint=hint,
            initial=draft.text("text"),
            several_lines=True,
            max_length=TEXT_LENGTH,
        ),
        *_reason(visit, draft),
        *_numbered(visit, draft),
        *_items(visit, draft),
        _acting(visit, draft),
        *_concerned(visit, draft),
        YesNoField(
            name="restricted",
            label=_("Restricted to the group"),
            hint=_(RESTRICTED),
            required=False,
            initial=draft.is_restricted,
        ),
    ]


def _reason(visit: Visit, draft: Draft) -> list[FormField]:
    if draft.decided is None or draft.decided.prepared:
        return []
    return [
        TextField(
            name="reason",
            label=visit.language._("What was wrong"),
            initial=draft.text("reason"),
            max_length=REASON_LENGTH,
        )
    ]


def _numbered(visit: Visit, draft: Draft) -> list[FormField]:
    if draft.decided is not None:
        return []
    typed = whole(draft.text("number").removesuffix(".0"))
    number = next_number(visit.session, draft.meeting) if typed is None else typed
    return [
        NumberField(
            name="number",
            label=visit.language._("§ in the minutes"),
            initial=number,
            low=1,
            high=HIGHEST,
        ),
        TextField(
            name="registry_number",
            label=visit.language._("Registry number"),
            initial=draft.text("registry_number"),
            max_length=REGISTRY_LENGTH,
            required=False,
        ),
    ]


def _items(visit: Visit, draft: Draft) -> list[FormField]:
    """The items of the agenda, those to decide on first; no field where there is no agenda."""
    _ = visit.language._
    found = agenda_of(draft.meeting)[: MOST_CHOICES - 1]
    if not found:
        return []
    choices = [Choice(label=_("No item of the agenda"), value=NONE)]
    for number, item in enumerate(found):
        word = KINDS.get(item.kind)
        title = begun(item.title)
        label = f"{title} ({_(word)})" if word else title
        choices.append(Choice(label=fitting(label), value=str(number)))
    return [_choice(draft, "item", _("Answers this item"), choices)]


def _acting(visit: Visit, draft: Draft) -> FormField:
    rows = group_rows(visit.session, draft.meeting.group)
    nobody = Choice(label=visit.language._("No organisation in particular"), value=NONE)
    found = [
        Choice(label=fitting(each.name), value=each.code) for each in organisations(visit, rows)
    ]
    label = visit.language._("Who carries it out")
    return _choice(draft, "organisation", label, [nobody, *found])


def _choice(draft: Draft, name: str, label: str, choices: list[Choice]) -> ChoiceField:
    offered = tuple(choices[:MOST_CHOICES])
    chosen = draft.text(name) or NONE
    known = chosen if chosen in {each.value for each in offered} else NONE
    return ChoiceField(name=name, label=label, required=False, choices=offered, initial=(known,))


def _concerned(visit: Visit, draft: Draft) -> list[FormField]:
    """The districts and the parties that it concerns."""
    _ = visit.language._
    query = select(District).where(held_on(District, visit.on)).order_by(District.name)
    districts = [
        Choice(label=fitting(each.name), value=each.code) for each in visit.session.scalars(query)
    ]
    parties = [
        Choice(label=_(PARTIES[each]).capitalize(), value=each.value)
        for each in (Party.CITY, Party.POLICE)
    ]
    return [
        *([_several(draft, "districts", _("Districts concerned"), districts)] if districts else []),
        _several(draft, "parties", _("Parties concerned; none means both"), parties),
    ]


def _several(draft: Draft, name: str, label: str, choices: list[Choice]) -> ChoiceField:
    offered = tuple(choices[:MOST_CHOICES])
    known = {each.value for each in offered}
    return ChoiceField(
        name=name,
        label=label,
        required=False,
        several=True,
        open_list=name == "parties",
        choices=offered,
        initial=tuple(code for code in draft.many(name) if code in known),
    )

"""Noting somebody's answer to a call for them, as when they have phoned the secretary."""

from __future__ import annotations

from handlers.errors import Refusal
from handlers.meetings.card import find_meeting, meeting_card
from handlers.meetings.draft import State
from handlers.meetings.roll import LABELS
from handlers.meetings.standing_in import tell_deputies
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.visit import Visit
from models.audit import record
from models.meetings.attendance import Attending, Given, answer, deputies, roll, standing_answer
from models.meetings.meeting import Meeting
from models.message import Choice, ChoiceField, FieldErrors, Form, Message, Note, Reply
from models.people.organisations import Person
from models.rights import Action


def open_note(visit: Visit, press: ButtonPressed) -> Form:
    """The form: whose answer, and what."""
    meeting = _mine(visit, press.value)
    _ = visit.language._
    called = roll(visit.session, meeting).called[:100]
    if not called:
        raise Refusal(_("Nobody is called to this meeting."))
    people = tuple(Choice(label=each.shown_as()[:75], value=str(each.id)) for each in called)
    answers = tuple(Choice(label=_(LABELS[each]), value=each.value) for each in Attending)
    return Form(
        name="meeting.note",
        title=_("Note an answer"),
        submit=_("Save"),
        cancel=_("Cancel"),
        fields=(
            ChoiceField(name="person", label=_("Whose answer?"), choices=people),
            ChoiceField(
                name="answer", label=_("What is answered"), choices=answers, open_list=True
            ),
        ),
        state=State(meeting=meeting.id).model_dump_json(exclude_defaults=True),
    )


def _mine(visit: Visit, number: str, *, locked: bool = False) -> Meeting:
    meeting = find_meeting(visit, number, locked=locked)
    visit.demand(Action.CHANGE_MEETINGS, group_id=meeting.group_id)
    return meeting


def noted(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves the answer; a deputy is the first who stands ready for the seat."""
    meeting = _mine(visit, str(State.of(visit, form).meeting), locked=True)
    _ = visit.language._
    called = {str(each.id): each for each in roll(visit.session, meeting).called}
    person = called.get(str(form.values.get("person") or ""))
    if person is None:
        return FieldErrors(errors={"person": _("Choose somebody who is called.")})
    chosen = str(form.values.get("answer") or "")
    if chosen not in set(Attending):
        return FieldErrors(errors={"answer": _("Choose an answer.")})
    return _saved(visit, meeting, person, Attending(chosen))


def _saved(visit: Visit, meeting: Meeting, person: Person, chosen: Attending) -> Reply:
    found = deputies(visit.session, meeting, person) if chosen is Attending.DEPUTY else []
    if chosen is Attending.DEPUTY and not found:
        none = visit.language._("There is no deputy for that seat.")
        return FieldErrors(errors={"answer": none})
    given = Given(chosen, visit.person, visit.at, found[0] if found else None)
    before = standing_answer(visit.session, meeting, person)
    tell_deputies(visit, before, answer(visit.session, meeting, person, given))
    record(visit.session, visit.person, "note_answer", f"meeting:{meeting.id}", visit.at)
    visit.remember(f"meeting:{meeting.id}")
    said = visit.language._("Noted for {name}.", name=person.shown_as())
    card: Message = meeting_card(visit, meeting, (Note(text=said),))
    return card.model_copy(update={"replaces": True})

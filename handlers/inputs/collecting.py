"""The collected picture: who said what, who said nothing, and who was not reached."""

from __future__ import annotations

from handlers.errors import NotAllowed, NotFound
from handlers.inputs.seeing import may_see
from handlers.inputs.words import collected, counted, settle_button
from handlers.meetings.card import find_meeting
from handlers.meetings.roll import span
from handlers.requests import ButtonPressed
from handlers.visit import Visit
from models.meetings.inputs import round_of
from models.meetings.meeting import Meeting
from models.message import Actions, Button, Heading, Message, Note, Text
from models.rights import Action, may


def show(visit: Visit, press: ButtonPressed) -> Message:
    """The collected picture before the meeting that a button names."""
    return collected_card(visit, find_meeting(visit, press.value))


def recall(visit: Visit, key: str) -> Message:
    """The same, for the same event a second time."""
    return collected_card(visit, visit.session.get_one(Meeting, int(key)))


def collected_card(visit: Visit, meeting: Meeting) -> Message:
    """What the districts have given, for the group, those who were asked and those who lead."""
    visit.demand(Action.SEE_MEETINGS)
    around = round_of(visit.session, meeting)
    if around is None:
        raise NotFound(visit.language._("Nobody has been asked for input before this meeting."))
    if not may_see(visit, around):
        raise NotAllowed(
            visit.language._("The input is shown to the group and to those who were asked.")
        )
    language = visit.language
    heading = language._("Input to {group}", group=meeting.group.name)
    lead = f"{span(language, meeting)}. {counted(visit.session, language, around)}"
    is_open = around.due_at > visit.at
    moment = language.moment(around.due_at)
    note = (
        language._("Open until {moment}.", moment=moment)
        if is_open
        else language._("Closed {moment}.", moment=moment)
    )
    return Message(
        summary=f"{heading}. {lead}"[:1000],
        parts=(
            Heading(text=heading[:150]),
            Text(text=lead),
            collected(visit.session, language, around, visit.at),
            Note(text=note),
            Actions(buttons=_buttons(visit, meeting)),
        ),
    )


def _buttons(visit: Visit, meeting: Meeting) -> tuple[Button, ...]:
    _ = visit.language._
    number = str(meeting.id)
    show_it = Button(label=_("Show the meeting"), action="meeting.show", value=number)
    if not may(visit.roles(group_id=meeting.group_id), Action.CHANGE_MEETINGS):
        return (show_it,)
    note = Button(label=_("Note an answer"), action="input.note", value=number)
    is_noted_still = not meeting.cancelled and meeting.ends_at > visit.at
    has_begun = meeting.starts_at <= visit.at
    return (
        *((note,) if is_noted_still else ()),
        *((settle_button(visit.language, meeting),) if has_begun else ()),
        show_it,
    )

"""What is told of a deputy: to the deputy who is sent or let off, and to whoever had sent them."""

from __future__ import annotations

from handlers.meetings.roll import answer_buttons, span
from handlers.seats.telling import speech, tell
from handlers.visit import Visit
from models.language import Language
from models.meetings.attendance import MeetingAnswer
from models.meetings.meeting import Meeting
from models.message import Actions, Button, Heading, Message, Text
from models.people.organisations import Person

KEY = "meeting_answer"


def tell_deputies(visit: Visit, before: MeetingAnswer | None, row: MeetingAnswer) -> None:
    """Tells the deputy whom an answer sends, and the one whom it lets off."""
    if before is not None and before.id == row.id:
        return
    let_off = before.deputy if before else None
    if row.deputy is not None:
        message = asked(row.meeting, row.person, row.deputy)
        tell(visit.session, row.deputy, message, f"{KEY}:{row.id}", visit.at)
    if let_off is not None and let_off.id != row.deputy_id:
        message = _let_off(row.meeting, row.person, let_off)
        tell(visit.session, let_off, message, f"{KEY}:off:{row.id}", visit.at)


def tell_sender(visit: Visit, meeting: Meeting, person: Person) -> None:
    """Tells who had sent a deputy that the deputy cannot come either."""
    language = speech(person)
    heading = language._("{name} cannot come in your place", name=visit.person.shown_as())
    buttons = answer_buttons(language, meeting)
    message = _message(heading, _where(language, meeting), buttons)
    key = f"{KEY}:declined:{meeting.id}:{meeting.starts_at.isoformat()}:{visit.person.id}"
    tell(visit.session, person, message, key, visit.at)


def asked(meeting: Meeting, sender: Person, deputy: Person) -> Message:
    """What a deputy reads who is sent to a meeting."""
    language = speech(deputy)
    name = sender.shown_as()
    heading = language._("You are asked to come in the place of {name}", name=name)
    buttons = (*answer_buttons(language, meeting), _show(language, meeting))
    return _message(heading, _where(language, meeting), buttons)


def _let_off(meeting: Meeting, sender: Person, deputy: Person) -> Message:
    """What a deputy reads who was sent to a meeting and need not come any more."""
    language = speech(deputy)
    name = sender.shown_as()
    heading = language._("You need not come in the place of {name} any more", name=name)
    return _message(heading, _where(language, meeting), (_show(language, meeting),))


def _where(language: Language, meeting: Meeting) -> str:
    where = f"{meeting.group.name}, {span(language, meeting)}"
    return f"{where}, {meeting.place}" if meeting.place else where


def _show(language: Language, meeting: Meeting) -> Button:
    label = language._("Show the meeting")
    return Button(label=label, action="meeting.show", value=str(meeting.id))


def _message(heading: str, where: str, buttons: tuple[Button, ...]) -> Message:
    return Message(
        summary=f"{heading}. {where}"[:1000],
        parts=(Heading(text=heading[:150]), Text(text=where), Actions(buttons=buttons)),
    )

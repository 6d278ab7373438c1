"""What is told of a deputy: to the deputy who is sent or let off, and to whoever had sent them."""

from __future__ import annotations

from handlers.meetings.roll import answer_buttons, span
from handlers.seats.telling import speech, tell_until
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
        _tell(visit, row.deputy, message, f"{KEY}:{row.id}", row.meeting)
    if let_off is not None and let_off.id != row.deputy_id:
        message = _let_off(row.meeting, row.person, let_off)
        _tell(visit, let_off, message, f"{KEY}:off:{row.id}", row.meeting)


def tell_sender(visit: Visit, meeting: Meeting, person: Person) -> None:
    """Tells who had sent a deputy that the deputy cannot come either."""
    language = speech(person)
    heading = language._("{name} cannot come in your place", name=visit.person.shown_as())
    buttons = answer_buttons(language, meeting)
    message = _message(heading, _where(language, meeting), buttons)
    key = f"{KEY}:declined:{meeting.id}:{meeting.starts_at.isoformat()}:{visit.person.id}"
    _tell(visit, person, message, key, meeting)


def _tell(visit: Visit, person: Person, message: Message, key: str, meeting: Meeting) -> None:
    """Tells somebody before the meeting begins, or not at all."""
    tell_until(visit.session, person, message, (key, visit.at, meeting.starts_at))


def asked(meeting: Meeting, sender: Person, deputy: Person) -> Message:
    """What a deputy reads who is sent to a meeting."""
    language = speech(deputy)
    name = sender.shown_as()
    heading = language._("Can you come in the place of {name}?", name=name)
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
    end = "" if heading.endswith("?") else "."
    return Message(
        summary=f"{heading}{end} {where}"[:1000],
        parts=(Heading(text=heading[:150]), Text(text=where), Actions(buttons=buttons)),
    )

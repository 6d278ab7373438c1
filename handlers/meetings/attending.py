"""Answering a call: I come, my deputy comes, or I cannot; and who has answered what."""

from __future__ import annotations

from handlers.errors import NotAllowed, NotFound, Refusal
from handlers.meetings.card import find_meeting
from handlers.meetings.roll import answer_buttons, heading_of, span
from handlers.requests import ButtonPressed
from handlers.seats.telling import speech, tell
from handlers.visit import Visit
from models.audit import record
from models.meetings.attendance import (
    Attending,
    Given,
    MeetingAnswer,
    answer,
    deputies,
    roll,
    sent_by,
)
from models.meetings.meeting import Meeting
from models.message import Actions, Button, Heading, Message, Note, Part, Text
from models.people.organisations import Person
from models.rights import Action

KEY = "meeting_answer"


def coming(visit: Visit, press: ButtonPressed) -> Message:
    """Notes that the asker comes, as a member or in another's place."""
    meeting = _open_meeting(visit, press.value)
    row = _note(visit, meeting, _given(visit, Attending.COMING))
    return _answered(visit, row)


def absent(visit: Visit, press: ButtonPressed) -> Message:
    """Notes that the asker cannot come, and offers those who may come instead."""
    meeting = _open_meeting(visit, press.value)
    row = _note(visit, meeting, _given(visit, Attending.ABSENT))
    for person in sent_by(visit.session, meeting, visit.person):
        _tell_sender(visit, meeting, person)
    return _answered(visit, row)


def deputy(visit: Visit, press: ButtonPressed) -> Message:
    """Sends the deputy whom a button names in the asker's place, and tells them."""
    number, _bar, chosen = press.value.partition("|")
    meeting = _open_meeting(visit, number)
    found = deputies(visit.session, meeting, visit.person)
    person = next((each for each in found if str(each.id) == chosen), None)
    if person is None:
        raise NotFound(visit.language._("The deputy is not there any more. Choose again."))
    row = _note(visit, meeting, _given(visit, Attending.DEPUTY, person))
    tell(visit.session, person, _asked(visit, meeting, person), f"{KEY}:{row.id}", visit.at)
    return _answered(visit, row)


def recall(visit: Visit, key: str) -> Message:
    """The answer as it stands, for the same event a second time."""
    return _answered(visit, visit.session.get_one(MeetingAnswer, int(key)))


def _open_meeting(visit: Visit, number: str) -> Meeting:
    """A meeting that can still be answered for, by somebody who is called or sent to it."""
    visit.demand_member()
    visit.demand(Action.SEE_MEETINGS)
    meeting = find_meeting(visit, number, locked=True)
    _ = visit.language._
    if meeting.cancelled:
        raise Refusal(_("The meeting is cancelled, so no answer is needed."))
    if meeting.ends_at <= visit.at:
        raise Refusal(_("The meeting is over."))
    is_called = visit.person.id in {each.id for each in roll(visit.session, meeting).called}
    if not is_called and not sent_by(visit.session, meeting, visit.person):
        raise NotAllowed(_("You are not called to this meeting."))
    return meeting


def _given(visit: Visit, what: Attending, deputy: Person | None = None) -> Given:
    return Given(what, visit.person, visit.at, deputy, visit.platform)


def _note(visit: Visit, meeting: Meeting, given: Given) -> MeetingAnswer:
    row = answer(visit.session, meeting, visit.person, given)
    if row.at == visit.at:
        record(visit.session, visit.person, "answer_meeting", f"meeting:{meeting.id}", visit.at)
    visit.remember(f"{KEY}:{row.id}")
    return row


SAID = {
    Attending.COMING: "Noted: you come.",
    Attending.DEPUTY: "Noted: {name} comes in your place and has been told.",
    Attending.ABSENT: "Noted: you cannot come.",
}
"""What an answer is confirmed with; the words are in the catalogue."""


def _answered(visit: Visit, row: MeetingAnswer) -> Message:
    """What was noted, and how it is changed; who cannot come is offered a deputy."""
    language, meeting = visit.language, row.meeting
    name = row.deputy.shown_as() if row.deputy else ""
    said = language._(SAID[row.answer], name=name)
    where = f"{heading_of(language, meeting)}, {span(language, meeting)}"
    parts: list[Part] = [Text(text=f"**{said}**\n{where}")]
    if row.answer is Attending.ABSENT:
        parts += _offered(visit, meeting)
    return Message(
        summary=f"{said} {where}"[:1000],
        parts=(*parts, Actions(buttons=_others(visit, row))),
        replaces=True,
    )


def _offered(visit: Visit, meeting: Meeting) -> list[Part]:
    """Those who may come instead, a button each."""
    found = deputies(visit.session, meeting, visit.person)[:5]
    if not found:
        return [Note(text=visit.language._("There is no deputy for your seat."))]
    buttons = tuple(
        Button(label=each.shown_as()[:40], action="meeting.deputy", value=f"{meeting.id}|{each.id}")
        for each in found
    )
    return [Text(text=visit.language._("Who comes in your place?")), Actions(buttons=buttons)]


def _others(visit: Visit, row: MeetingAnswer) -> tuple[Button, ...]:
    _ = visit.language._
    number = str(row.meeting_id)
    buttons = answer_buttons(visit.language, row.meeting)
    answered = "meeting.coming" if row.answer is Attending.COMING else "meeting.absent"
    kept = [each for each in buttons if each.action != answered]
    return (*kept, Button(label=_("Show the meeting"), action="meeting.show", value=number))


def _asked(visit: Visit, meeting: Meeting, person: Person) -> Message:
    """What a deputy reads who is sent to a meeting."""
    language = speech(person)
    name = visit.person.shown_as()
    heading = language._("You are asked to come in the place of {name}", name=name)
    where = f"{meeting.group.name}, {span(language, meeting)}"
    if meeting.place:
        where += f", {meeting.place}"
    show = Button(
        label=language._("Show the meeting"), action="meeting.show", value=str(meeting.id)
    )
    return Message(
        summary=f"{heading}. {where}"[:1000],
        parts=(
            Heading(text=heading[:150]),
            Text(text=where),
            Actions(buttons=(*answer_buttons(language, meeting), show)),
        ),
    )


def _tell_sender(visit: Visit, meeting: Meeting, person: Person) -> None:
    """Tells who had sent a deputy that the deputy cannot come either."""
    language = speech(person)
    heading = language._("{name} cannot come in your place", name=visit.person.shown_as())
    where = f"{meeting.group.name}, {span(language, meeting)}"
    message = Message(
        summary=f"{heading}. {where}"[:1000],
        parts=(
            Heading(text=heading[:150]),
            Text(text=where),
            Actions(buttons=answer_buttons(language, meeting)),
        ),
    )
    key = f"{KEY}:declined:{meeting.id}:{meeting.starts_at.isoformat()}:{visit.person.id}"
    tell(visit.session, person, message, key, visit.at)

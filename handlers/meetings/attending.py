"""Answering a call: I come, my deputy comes, or I cannot; and who has answered what."""

from __future__ import annotations

from handlers.errors import NotAllowed, NotFound, Refusal
from handlers.meetings.card import find_meeting
from handlers.meetings.roll import answer_buttons, heading_of, span
from handlers.meetings.standing_in import KEY, tell_deputies, tell_sender
from handlers.requests import ButtonPressed
from handlers.seats.telling import is_reached
from handlers.visit import Visit
from models.audit import record
from models.meetings.attendance import (
    Attending,
    Given,
    MeetingAnswer,
    answer,
    deputies,
    is_of_another_time,
    roll,
    sent_by,
    standing_answer,
)
from models.meetings.meeting import Meeting
from models.meetings.plans import elsewhere
from models.message import Actions, Button, Message, Note, Part, Text
from models.people.organisations import Person
from models.rights import Action


def coming(visit: Visit, press: ButtonPressed) -> Message:
    """Notes that the asker comes, as a member or in another's place."""
    meeting = _open_meeting(visit, press.value.partition("|")[0])
    if is_of_another_time(press.value, meeting):
        return _moved(visit, meeting)
    row = _note(visit, meeting, _given(visit, Attending.COMING))
    return _answered(visit, row)


def absent(visit: Visit, press: ButtonPressed) -> Message:
    """Notes that the asker cannot come, and offers those who may come instead."""
    meeting = _open_meeting(visit, press.value.partition("|")[0])
    if is_of_another_time(press.value, meeting):
        return _moved(visit, meeting)
    row = _note(visit, meeting, _given(visit, Attending.ABSENT))
    for person in sent_by(visit.session, meeting, visit.person):
        tell_sender(visit, meeting, person)
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
    return _answered(visit, row)


def beforehand(visit: Visit, press: ButtonPressed) -> Message | None:
    """What an answer would be told instead of being noted; nothing where it can be given."""
    meeting = _open_meeting(visit, press.value.partition("|")[0], locked=False)
    is_answer = press.action != "meeting.deputy"
    if is_answer and is_of_another_time(press.value, meeting):
        return _moved(visit, meeting)
    return None


def recall(visit: Visit, key: str) -> Message:
    """The answer as it stands, for the same event a second time."""
    return _answered(visit, visit.session.get_one(MeetingAnswer, int(key)))


def _open_meeting(visit: Visit, number: str, *, locked: bool = True) -> Meeting:
    """A meeting that can still be answered for, by somebody who is called or sent to it."""
    visit.demand_member()
    visit.demand(Action.SEE_MEETINGS)
    meeting = find_meeting(visit, number, locked=locked)
    _ = visit.language._
    if meeting.cancelled:
        raise Refusal(_("The meeting is cancelled, so no answer is needed."))
    if meeting.ends_at <= visit.at:
        raise Refusal(_("The meeting is over."))
    is_called = visit.person.id in {each.id for each in roll(visit.session, meeting).called}
    if not is_called and not sent_by(visit.session, meeting, visit.person):
        raise NotAllowed(_("You are not called to this meeting."))
    return meeting


def _moved(visit: Visit, meeting: Meeting) -> Message:
    """Asks again: what was pressed was shown with another time, and nobody has agreed to this."""
    language = visit.language
    said = language._(
        "The meeting has been moved to {when}. Do you come then?",
        when=span(language, meeting, visit.on),
    )
    where = heading_of(language, meeting)
    buttons = Actions(buttons=answer_buttons(language, meeting))
    return Message(summary=said[:1000], parts=(Text(text=f"**{where}**\n{said}"), buttons))


def _given(visit: Visit, what: Attending, deputy: Person | None = None) -> Given:
    return Given(what, visit.person, visit.at, deputy, visit.platform)


def _note(visit: Visit, meeting: Meeting, given: Given) -> MeetingAnswer:
    before = standing_answer(visit.session, meeting, visit.person)
    row = answer(visit.session, meeting, visit.person, given)
    tell_deputies(visit, before, row)
    if row.at == visit.at:
        record(visit.session, visit.person, "answer_meeting", f"meeting:{meeting.id}", visit.at)
    visit.remember(f"{KEY}:{row.id}")
    return row


SAID = {
    Attending.COMING: "Noted: you come.",
    Attending.DEPUTY: "Noted: {name} comes in your place and has been told.",
    Attending.ABSENT: "Noted: you cannot come.",
}
NOT_TOLD = "Noted: {name} comes in your place. I cannot reach {name}, so tell them yourself."
"""What an answer is confirmed with; the words are in the catalogue."""


def _answered(visit: Visit, row: MeetingAnswer) -> Message:
    """What was noted, and how it is changed; who cannot come is offered a deputy."""
    language, meeting = visit.language, row.meeting
    name = row.deputy.shown_as() if row.deputy else ""
    said = language._(_said(visit, row), name=name)
    where = f"{heading_of(language, meeting)}, {span(language, meeting, visit.on)}"
    parts: list[Part] = [Text(text=f"**{said}**\n{where}")]
    if row.answer is Attending.ABSENT:
        parts += _offered(visit, meeting)
    if row.answer is Attending.COMING:
        parts += _elsewhere(visit, row)
    return Message(
        summary=f"{said} {where}"[:1000],
        parts=(*parts, Actions(buttons=_others(visit, row))),
        replaces=True,
    )


def _said(visit: Visit, row: MeetingAnswer) -> str:
    """What the answer is confirmed with; of a deputy only where it is true that they are told."""
    if row.deputy is not None and not is_reached(visit.session, row.deputy, visit.at):
        return NOT_TOLD
    return SAID[row.answer]


def _offered(visit: Visit, meeting: Meeting) -> list[Part]:
    """Those who may come instead, a button each; before them whoever had sent the asker."""
    names = [each.shown_as() for each in sent_by(visit.session, meeting, visit.person)]
    told = visit.language._("{names} is told.", names=visit.language.join(names))
    known: list[Part] = [Note(text=told)] if names else []
    found = deputies(visit.session, meeting, visit.person)[:5]
    if not found:
        return known or [Note(text=visit.language._("There is no deputy for your seat."))]
    buttons = tuple(
        Button(label=each.shown_as()[:40], action="meeting.deputy", value=f"{meeting.id}|{each.id}")
        for each in found
    )
    who = Text(text=visit.language._("Who comes in your place?"))
    return [*known, who, Actions(buttons=buttons)]


def _elsewhere(visit: Visit, row: MeetingAnswer) -> list[Part]:
    """The other meetings to which whoever comes is called at the same time: told, not blocked."""
    return [
        Note(
            text=visit.language._(
                "You are called to another meeting at the same time: {group}, {when}.",
                group=each.group.name,
                when=span(visit.language, each, visit.on),
            )
        )
        for each in elsewhere(visit.session, row.person, row.meeting)[:5]
    ]


def _others(visit: Visit, row: MeetingAnswer) -> tuple[Button, ...]:
    _ = visit.language._
    number = str(row.meeting_id)
    buttons = answer_buttons(visit.language, row.meeting)
    answered = "meeting.coming" if row.answer is Attending.COMING else "meeting.absent"
    kept = [each for each in buttons if each.action != answered]
    return (*kept, Button(label=_("Show the meeting"), action="meeting.show", value=number))

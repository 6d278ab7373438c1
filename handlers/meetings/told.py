"""Telling a group's members of meetings that are planned, moved or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from handlers.calendars import CalendarOf
from handlers.meetings.card import agenda_lines
from handlers.meetings.events import as_ics
from handlers.meetings.roll import answer_buttons, span
from handlers.seats.telling import speech, tell
from handlers.visit import Visit
from models.language import Language
from models.meetings.attendance import roll
from models.meetings.meeting import Meeting, MeetingChange, MeetingEvent
from models.message import Actions, Button, File, Heading, Message, Note, Part, Text
from models.people.organisations import Person
from models.schedule import local_day
from models.seats.holders import members_of

HEADINGS = {
    MeetingEvent.PLANNED: "New meeting: {group}",
    MeetingEvent.CHANGED: "Changed meeting: {group}",
    MeetingEvent.CANCELLED: "Cancelled: {group}",
    MeetingEvent.REINSTATED: "Held after all: {group}",
}
"""What a notice is headed; the words are in the catalogue."""
MOST_LINES = 12


def tell_members(visit: Visit, changes: Sequence[MeetingChange]) -> int:
    """Queues one message to each member of the group but the asker; returns to how many."""
    first = changes[0]
    day = local_day(first.meeting.starts_at, first.meeting.group.zone)
    called = roll(visit.session, first.meeting)
    told = 0
    for person in members_of(visit.session, first.meeting.group, day):
        if person.id != first.person_id:
            message = notice(visit, person, changes, answers=called.may_answer(person))
            told += tell(visit.session, person, message, f"meeting_change:{first.id}", visit.at)
    return told


def notice(
    visit: Visit, person: Person, changes: Sequence[MeetingChange], *, answers: bool
) -> Message:
    """What a member reads: when it is, when it was, by whom, and a file for the calendar.

    `answers` tells that the reader is called to it, or sent: a deputy who is not cannot answer.
    """
    language = speech(person)
    first = changes[0]
    group = first.meeting.group.name
    heading = language._(HEADINGS[first.event], group=group)
    lines = lines_of(language, changes)
    by = first.person.shown_as() if first.person else ""
    parts: list[Part] = [Heading(text=heading[:150]), Text(text="\n".join(lines)[:3000])]
    agenda = agenda_lines(language, first.meeting.agenda)
    if agenda and first.event is not MeetingEvent.CANCELLED:
        title = language._("Agenda")
        parts.append(Text(text="\n".join([f"**{title}**", *agenda])[:3000]))
    parts.append(_file(visit, language, [change.meeting for change in changes]))
    parts.append(
        Note(text=language._("By {name} {moment}", name=by, moment=language.moment(first.at)))
    )
    show = Button(
        label=language._("Show the meeting"), action="meeting.show", value=str(first.meeting_id)
    )
    asked = answer_buttons(language, first.meeting) if answers and _is_asked(changes) else ()
    parts.append(Actions(buttons=(*asked, show)))
    return Message(summary=f"{heading}. {lines[0]}"[:1000], parts=tuple(parts))


def _is_asked(changes: Sequence[MeetingChange]) -> bool:
    """Whether an answer is wanted: of one meeting that is held, not of a series at once."""
    return len(changes) == 1 and not changes[0].meeting.cancelled


def lines_of(language: Language, changes: Sequence[MeetingChange]) -> list[str]:
    """A line for each meeting: when and where it is, and when it was before."""
    lines = [_line(language, change) for change in changes[:MOST_LINES]]
    more = len(changes) - len(lines)
    if more:
        lines.append(
            language.n("… and {number} more meeting", "… and {number} more meetings", more)
        )
    return lines


def _line(language: Language, change: MeetingChange) -> str:
    meeting = change.meeting
    said = f"**{span(language, meeting)}**" + (f", {meeting.place}" if meeting.place else "")
    before = change.before.get("starts_at")
    if change.event is MeetingEvent.CHANGED and before not in (None, change.after["starts_at"]):
        was = language.moment(datetime.fromisoformat(str(before)))
        return language._("{now} (was {before})", now=said, before=was)
    return said


def _file(visit: Visit, language: Language, meetings: Sequence[Meeting]) -> File:
    first = meetings[0]
    about = CalendarOf(first.group.name, language, visit.at)
    content = as_ics(about, meetings, visit.base_url)
    day = local_day(first.starts_at, first.group.zone)
    name = f"{first.group.code}-{day}.ics"
    return File.holding(content, label=language._("For your calendar"), name=name)

"""Telling a group's members of meetings that are planned, moved or cancelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.calendars import CalendarOf
from handlers.meetings.events import as_ics
from handlers.meetings.roll import answer_buttons, span
from handlers.seats.telling import speech, tell_until
from handlers.visit import Visit
from models.language import Language
from models.meetings.attendance import roll
from models.meetings.inputs import round_of
from models.meetings.meeting import Meeting, MeetingChange, MeetingEvent
from models.meetings.plans import clashes
from models.meetings.usefulness import notice_key
from models.meetings.words import agenda_lines
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
MOST_ELSEWHERE = 5


def tell_members(visit: Visit, changes: Sequence[MeetingChange]) -> int:
    """Queues one message to each member of the group but the asker; returns to how many."""
    first = changes[0]
    day = local_day(first.meeting.starts_at, first.meeting.group.zone)
    called = roll(visit.session, first.meeting)
    busy = _busy(visit, changes)
    told = 0
    members = members_of(visit.session, first.meeting.group, day)
    for person in members:
        if person.id != first.person_id:
            met = Called(called.may_answer(person), busy[person.id])
            message = notice(visit, person, changes, met)
            when = (notice_key(first), visit.at, _useful_until(changes))
            told += tell_until(visit.session, person, message, when)
    _tell_asked(visit, changes, {first.person_id, *(each.id for each in members)})
    return told


def _useful_until(changes: Sequence[MeetingChange]) -> datetime | None:
    """Until the last of the meetings begins; that one is cancelled is told however late."""
    begin = [each.meeting.starts_at for each in changes if not each.meeting.cancelled]
    return max(begin) if len(begin) == len(changes) else None


@dataclass(frozen=True)
class Called:
    """Whether a member is called to it or sent, and to which other meetings at the same time."""

    is_called: bool
    elsewhere: Sequence[Meeting] = ()


def _busy(visit: Visit, changes: Sequence[MeetingChange]) -> Mapping[int, list[Meeting]]:
    """The other meetings to which members are called at the same time, by the member's id."""
    found: defaultdict[int, list[Meeting]] = defaultdict(list)
    for meeting in (change.meeting for change in changes if not change.meeting.cancelled):
        for clash in clashes(visit.session, meeting.group, meeting.starts_at, meeting.ends_at):
            found[clash.person.id].append(clash.meeting)
    return found


def _tell_asked(
    visit: Visit, changes: Sequence[MeetingChange], told: Container[int | None]
) -> None:
    """Tells those outside the group who are asked for input that the meeting moves or is off."""
    for change in changes:
        around = round_of(visit.session, change.meeting)
        people = {each.person_id: each.person for each in around.requests} if around else {}
        for number, person in people.items():
            if person is not None and number not in told:
                message = notice(visit, person, [change], Called(False))
                when = (notice_key(change), visit.at, _useful_until([change]))
                tell_until(visit.session, person, message, when)


def notice(
    visit: Visit, person: Person, changes: Sequence[MeetingChange], called: Called
) -> Message:
    """What a member reads: when it is, when it was, by whom, and a file for the calendar."""
    language = speech(person)
    first = changes[0]
    group = first.meeting.group.name
    heading = language._(HEADINGS[first.event], group=group)
    lines = lines_of(language, changes, visit.on)
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
    parts += _notes(visit, language, called)
    is_asked = called.is_called and _is_asked(changes)
    asked = answer_buttons(language, first.meeting) if is_asked else ()
    parts.append(Actions(buttons=(*asked, _show(language, changes))))
    summary = f"{heading}. {lines[0]}".replace("**", "")
    return Message(summary=summary[:1000], parts=tuple(parts))


def _show(language: Language, changes: Sequence[MeetingChange]) -> Button:
    """To the meeting's card; to the list of a series, where each leads to its own."""
    first = changes[0].meeting
    if len(changes) == 1:
        label = language._("Show the meeting")
        return Button(label=label, action="meeting.show", value=str(first.id))
    verb = "meetings" if language.code == "en" else "möten"
    return Button(
        label=language._("Show the meetings"), action="say", value=f"{verb} {first.group.code}"
    )


def _notes(visit: Visit, language: Language, called: Called) -> Iterator[Note]:
    """Where else a member is called to at the same time."""
    for other in called.elsewhere[:MOST_ELSEWHERE]:
        yield Note(
            text=language._(
                "You are called to another meeting at the same time: {group}, {when}.",
                group=other.group.name,
                when=span(language, other, visit.on),
            )
        )


def _is_asked(changes: Sequence[MeetingChange]) -> bool:
    """Whether an answer is wanted: of one meeting that is held, not of a series at once."""
    return len(changes) == 1 and not changes[0].meeting.cancelled


def lines_of(language: Language, changes: Sequence[MeetingChange], on: date) -> list[str]:
    """A line for each meeting: when and where it is, and when it was before; a far year too."""
    lines = [_line(language, change, on) for change in changes[:MOST_LINES]]
    more = len(changes) - len(lines)
    if more:
        lines.append(
            language.n("… and {number} more meeting", "… and {number} more meetings", more)
        )
    return lines


def _line(language: Language, change: MeetingChange, on: date) -> str:
    meeting = change.meeting
    said = f"**{span(language, meeting, on)}**" + (f", {meeting.place}" if meeting.place else "")
    before = change.before.get("starts_at")
    if change.event is MeetingEvent.CHANGED and before not in (None, change.after["starts_at"]):
        was = language.moment(datetime.fromisoformat(str(before)), on)
        return language._("{now} (was {before})", now=said, before=was)
    return said


def _file(visit: Visit, language: Language, meetings: Sequence[Meeting]) -> File:
    first = meetings[0]
    about = CalendarOf(first.group.name, language, visit.at)
    content = as_ics(about, meetings, visit.base_url)
    day = local_day(first.starts_at, first.group.zone)
    name = f"{first.group.code}-{day}.ics"
    return File.holding(content, label=language._("For your calendar"), name=name)

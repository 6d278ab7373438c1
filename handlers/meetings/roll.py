"""Who comes to a meeting, in words: counts for all, names for its group and those who lead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from handlers.visit import Visit
from models.language import Language
from models.meetings.attendance import Attending, Roll, call_of
from models.meetings.counts import attendance_words
from models.meetings.meeting import Meeting
from models.message import Button, Part, Text
from models.people.organisations import Person
from models.rights import Role
from models.wording import via_words

INSIDE = {Role.COLLEAGUE, Role.SECRETARY, Role.CHAIR, Role.COORDINATOR, Role.REGISTRAR}
"""Who sees names: whoever sits in the group, leads it, or keeps the record."""

LABELS = {
    Attending.COMING: "Comes",
    Attending.DEPUTY: "Deputy comes",
    Attending.ABSENT: "Cannot come",
    None: "Has not answered",
}
"""How answers are named; the words are in the catalogue."""


def heading_of(language: Language, meeting: Meeting) -> str:
    """The group, and that the meeting is cancelled where it is."""
    name = meeting.group.name
    return language._("Cancelled: {group}", group=name) if meeting.cancelled else name


def span(language: Language, meeting: Meeting, on: date | None = None) -> str:
    """From when to when: tis 18 juni 13.00–15.00; a year other than `on`'s too."""
    return f"{language.moment(meeting.starts_at, on)}–{language.time(meeting.ends_at)}"


def answer_buttons(language: Language, meeting: Meeting) -> tuple[Button, ...]:
    """The two ways to answer a call, for the time that it has now."""
    number = call_of(meeting.id, meeting.starts_at)
    return (
        Button(label=language._("I am coming"), action="meeting.coming", value=number),
        Button(label=language._("I cannot come"), action="meeting.absent", value=number),
    )


def attendance(visit: Visit, meeting: Meeting, found: Roll) -> list[Part]:
    """How the called have answered; nothing where nobody is called."""
    if not found.called:
        return []
    roles = visit.roles(group_id=meeting.group_id)
    lines = [f"**{counted(visit.language, found)}**"]
    if roles & INSIDE:
        lines += _names(visit.language, found)
    return [Text(text="\n".join(lines)[:3000])]


def counted(language: Language, found: Roll) -> str:
    """How many come, send a deputy, cannot come and have not answered, of those called."""
    return attendance_words(language, Counter({each: len(found.those(each)) for each in LABELS}))


def _names(language: Language, found: Roll) -> list[str]:
    return [
        f"{language._(LABELS[answer])}: {_listed(language, found, people)}"
        for answer in LABELS
        if (people := found.those(answer))
    ]


def _listed(language: Language, found: Roll, people: Sequence[Person]) -> str:
    return ", ".join(_with_deputy(language, found, person) for person in people)


def _with_deputy(language: Language, found: Roll, person: Person) -> str:
    """Who it is, who comes instead, and that it was answered by a link where it was."""
    deputy, row = found.stand_in(person), found.answers.get(person.id)
    name = f"{person.shown_as()} → {deputy.shown_as()}" if deputy else person.shown_as()
    via = via_words(language, row.source) if row else ""
    return f"{name} ({via})" if via else name

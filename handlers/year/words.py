"""What falls on a day of the year, in words: whole where members read, sparing in calendars."""

from __future__ import annotations

from datetime import date

from models.agreements import Agreement
from models.groups import Seat
from models.language import Language
from models.measures.measure import MeasureStatus
from models.meetings.meeting import Meeting
from models.wording import role_word
from models.year import Due, Wave, YearEntry, YearKind

TERTIALS = {
    1: "Tertial report 1: last day of its period",
    2: "Tertial report 2: last day of its period",
    3: "Annual report: last day of its period",
}
"""What the city's reports are called; the words are in the catalogue."""

NAMED_SURVEY = {
    YearKind.SURVEY_OPENS: "Survey opens: {title}",
    YearKind.SURVEY_CLOSES: "Survey closes: {title}",
}
PLAIN_SURVEY = {
    YearKind.SURVEY_OPENS: "{group}: survey {code} opens",
    YearKind.SURVEY_CLOSES: "{group}: survey {code} closes",
}
"""A survey by its title, and by its code alone; the words are in the catalogue."""


def told(language: Language, entry: YearEntry, on: date, *, alone: bool) -> str:
    """What members read who have signed in: with titles, and with names as they may be shown.

    `alone` is a year of one group, which need not be named in each line.
    """
    match entry.about:
        case Meeting() as meeting:
            words = language._("Meeting cancelled") if meeting.cancelled else language._("Meeting")
            return words if alone else _meeting(language, meeting)
        case Wave() as wave:
            words = language._(NAMED_SURVEY[entry.kind], title=wave.survey.title(language.code))
            return words if alone else f"{words} ({wave.survey.group.name})"
        case Seat() as seat:
            holder = seat.person.shown_as() if seat.person else ""
            if alone:
                return language._("Mandate's last day: {seat}", seat=_seat(language, seat, holder))
            return _mandate(language, seat, holder)
        case Due() as due:
            return measure(language, due, on)
    return plain(language, entry)


def plain(language: Language, entry: YearEntry) -> str:
    """What a calendar outside holds: which group and what, but no titles and no names."""
    match entry.about:
        case Meeting() as meeting:
            return _meeting(language, meeting)
        case Agreement() as agreement:
            return language._("Last day to revise the agreement {name}", name=agreement.name)
        case Wave() as wave:
            survey = wave.survey
            return language._(
                PLAIN_SURVEY[entry.kind], group=survey.group.name, code=survey.series or survey.code
            )
        case Seat() as seat:
            return _mandate(language, seat, "")
        case Due() as due:
            return language._("{code} is to be done", code=due.measure.code)
        case int() as number:
            return language._(TERTIALS[number])


def _meeting(language: Language, meeting: Meeting) -> str:
    name = meeting.group.name
    if meeting.cancelled:
        return language._("Cancelled: {group}", group=name)
    return language._("Meeting: {group}", group=name)


def _mandate(language: Language, seat: Seat, holder: str) -> str:
    words = _seat(language, seat, holder)
    return language._("{group}: mandate's last day – {seat}", group=seat.group.name, seat=words)


def _seat(language: Language, seat: Seat, holder: str) -> str:
    words = f"{role_word(language, seat.role)}, {seat.organisation.name}"
    return f"{words} ({holder})" if holder else words


def measure(language: Language, due: Due, on: date) -> str:
    """A measure by its code and title; that it is done, or should have been, where it is so."""
    words = f"{due.measure.code} {due.measure.title}"
    if due.status is MeasureStatus.DONE:
        return language._("{measure} (done)", measure=words)
    is_late = due.measure.due_on is not None and due.measure.due_on < on
    return language._("{measure} (late)", measure=words) if is_late else words

"""Away: days on which a member is asked nothing, and silence is no silence.

Members say it themselves; the group's chair or secretary and the coordinator may say it for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handlers.errors import NotAllowed, NotFound
from handlers.people import fitting
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.draft import find_person
from handlers.seats.telling import speech, tell
from handlers.understanding import Understanding
from handlers.visit import NOT_ALLOWED, Visit
from models.audit import record
from models.intervals import last_day
from models.language import Language
from models.message import (
    Actions,
    Button,
    Choice,
    DateField,
    FieldErrors,
    Form,
    FormField,
    Heading,
    Message,
    PersonField,
    Reply,
    Text,
)
from models.people.absences import absences_ever, coming, set_absence, withdraw
from models.people.organisations import Absence, Person
from models.rights import Action, may
from models.seats.holders import seats_of_person

LONGEST = timedelta(days=366)
ACROSS_NEW_YEAR = timedelta(days=120)
"""A last day before the first is in the next year, where the time is then no longer than this."""


@dataclass(frozen=True)
class Days:
    """The first and the last day of an absence, as far as they are known."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, wish: Understanding, on: date) -> Days:
        """What a line says; only a last day begins today, only a first is one day."""
        first, last = wish.on, wish.last_day or wish.on
        if first is None or last is None:
            return cls()
        if wish.last_day == first:
            first = min(on, first)
        if last < first and _a_year_later(last) - first <= ACROSS_NEW_YEAR:
            last = _a_year_later(last)
        return cls(first, last)


def _a_year_later(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return date(day.year + 1, day.month, 28 if leap else day.day)


def absence(visit: Visit, wish: Understanding) -> Reply:
    """Answers `frånvaro 1–14 juli`, `borta till 20 juni`, `frånvaro av`, and with a name."""
    person = _whose(visit, wish)
    if wish.stop:
        return _taken_back(visit, person)
    days = Days.of(wish, visit.on)
    if days.first is None or _faults(visit, days):
        faults = _faults(visit, days) if days.first else {}
        return _form(visit, person, days, " ".join(faults.values()))
    return _saved(visit, person, days)


def _whose(visit: Visit, wish: Understanding) -> Person:
    """The member whom the line names, if the asker may speak for them; else the asker."""
    visit.demand(Action.CHANGE_OWN_SETTINGS)
    if not wish.person:
        return visit.person
    person = find_person(visit, wish.person)
    if person is None:
        raise NotFound(visit.language._("I find no member called {name}.", name=wish.person))
    demand_for(visit, person)
    return person


def demand_for(visit: Visit, person: Person) -> None:
    """Stops here unless it is the asker's own absence, or the asker leads a group of theirs."""
    if person.id == visit.person.id or may(visit.roles(), Action.SET_ABSENCE):
        return
    groups = {seat.group_id for seat in seats_of_person(visit.session, person, visit.on)}
    if not any(may(visit.roles(group_id=group), Action.SET_ABSENCE) for group in groups):
        raise NotAllowed(visit.language._(NOT_ALLOWED[Action.SET_ABSENCE]))


def _may_set_for_others(visit: Visit) -> bool:
    groups = {seat.group_id for seat in seats_of_person(visit.session, visit.person, visit.on)}
    return may(visit.roles(), Action.SET_ABSENCE) or any(
        may(visit.roles(group_id=group), Action.SET_ABSENCE) for group in groups
    )


def open_form(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form with the days of the member's next absence, or empty."""
    visit.demand(Action.CHANGE_OWN_SETTINGS)
    mine = next(iter(coming(visit.session, visit.person, visit.on)), None)
    days = Days(mine.valid_from, last_day(mine.valid_until)) if mine else Days()
    return _form(visit, visit.person, days)


def _form(visit: Visit, person: Person, days: Days, note: str = "") -> Form:
    _ = visit.language._
    fields: list[FormField] = [
        DateField(name="first", label=_("First day"), initial=days.first or visit.on),
        DateField(name="last", label=_("Last day"), initial=days.last),
    ]
    if _may_set_for_others(visit):
        names = dict.fromkeys((person.shown_as(), person.organisation.name))
        initial = Choice(label=fitting(", ".join(names)), value=str(person.id))
        fields.insert(0, PersonField(name="person", label=_("Who is away?"), initial=initial))
    return Form(
        name="absence.set",
        title=_("Absence"),
        submit=_("Save"),
        cancel=_("Cancel"),
        intro=note,
        note=_("Nothing is asked then, and silence is not counted. Others see only the last day."),
        fields=tuple(fields),
    )


def submitted(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves an absence that was written in the form."""
    visit.demand(Action.CHANGE_OWN_SETTINGS)
    typed = str(form.values.get("person") or "").strip()
    person = find_person(visit, typed) if typed else visit.person
    days = Days(_day(form, "first"), _day(form, "last"))
    errors = _faults(visit, days)
    if person is None:
        errors["person"] = visit.language._("Choose somebody from the list.")
    if errors or person is None:
        return FieldErrors(errors=errors)
    demand_for(visit, person)
    return _saved(visit, person, days)


def _day(form: FormSubmitted, name: str) -> date | None:
    try:
        return date.fromisoformat(str(form.values.get(name) or ""))
    except ValueError:
        return None


def _faults(visit: Visit, days: Days) -> dict[str, str]:
    _ = visit.language._
    missing = {"first": days.first, "last": days.last}
    errors = {name: _("Choose a day.") for name, day in missing.items() if day is None}
    if days.first is None or days.last is None:
        return errors
    if days.last < days.first:
        return {"last": _("The last day comes before the first.")}
    if days.last < visit.on:
        return {"last": _("That time is already over.")}
    if days.last - days.first > LONGEST:
        return {"last": _("Choose at most a year.")}
    return {}


def _saved(visit: Visit, person: Person, days: Days) -> Message:
    first, last = days.first or visit.on, days.last or visit.on
    # Counted first: what somebody else adds meanwhile is seen by the look that follows.
    number = absences_ever(visit.session, person)
    known = [each for each in coming(visit.session, person, visit.on) if _spans(each, first, last)]
    if known:
        visit.remember(f"absence:{known[0].id}")
        return _told(visit, known[0])
    visit.once("absence", person.id, first, last, number)
    row = set_absence(visit.session, person, (first, last), visit.person, visit.at)
    record(visit.session, visit.person, "set_absence", f"person:{person.id}", visit.at)
    if person.id != visit.person.id:
        _tell(visit, person, row)
    visit.remember(f"absence:{row.id}")
    return _told(visit, row)


def _spans(row: Absence, first: date, last: date) -> bool:
    """Whether an absence is of just these days, and was said so."""
    return (row.valid_from, last_day(row.valid_until)) == (first, last)


def _tell(visit: Visit, person: Person, row: Absence) -> None:
    """Tells the member what was said for them, with a way to take it back."""
    language = speech(person)
    _ = language._
    heading = _("You are noted as away {days}", days=period(language, row, visit.on))
    by = _("Noted by {name}. Nothing is asked of you then.", name=visit.person.shown_as())
    off = Button(label=_("Take back"), action="absence.off", value=str(person.id))
    message = Message(
        summary=f"{heading}. {by}",
        parts=(Heading(text=heading), Text(text=by), Actions(buttons=(off,))),
    )
    tell(visit.session, person, message, f"absence:{row.id}", visit.at)


def period(language: Language, row: Absence, on: date) -> str:
    """The days of an absence: `3 juli`, or `1 juli t.o.m. 14 juli`."""
    first, last = language.day(row.valid_from, on), last_day(row.valid_until)
    if last is None or last == row.valid_from:
        return first
    return language._("{first} to {last}", first=first, last=language.day(last, on))


def off(visit: Visit, press: ButtonPressed) -> Reply:
    """Takes back the absence of the member that the button names."""
    visit.demand(Action.CHANGE_OWN_SETTINGS)
    person = find_person(visit, press.value) if press.value else visit.person
    if person is None:
        raise NotFound(visit.language._("Choose somebody from the list."))
    demand_for(visit, person)
    return _taken_back(visit, person)


def _taken_back(visit: Visit, person: Person) -> Message:
    if withdraw(visit.session, person, visit.on, visit.at):
        record(visit.session, visit.person, "end_absence", f"person:{person.id}", visit.at)
        if person.id != visit.person.id:
            _tell_of_end(visit, person)
    visit.remember(f"absence_off:{person.id}")
    return _is_here(visit, person)


def _tell_of_end(visit: Visit, person: Person) -> None:
    sentence = speech(person)._(
        "{name} has noted that you are not away any more.", name=visit.person.shown_as()
    )
    message = Message(summary=sentence, parts=(Text(text=sentence),))
    tell(visit.session, person, message, f"absence_off:{visit.at.isoformat()}", visit.at)


def _told(visit: Visit, row: Absence) -> Message:
    """What was noted, with a way to change it or take it back."""
    _ = visit.language._
    days = period(visit.language, row, visit.on)
    mine = row.person_id == visit.person.id
    name = row.person.shown_as()
    sentence = (
        _("You are away {days}. I ask you nothing then.", days=days)
        if mine
        else _("{name} is away {days}. {name} is told of it.", name=name, days=days)
    )
    take_back = Button(label=_("Take back"), action="absence.off", value=str(row.person_id))
    change = Button(label=_("Change"), action="absence.open")
    buttons = (change, take_back) if mine else (take_back,)
    return Message(summary=sentence, parts=(Text(text=sentence), Actions(buttons=buttons)))


def _is_here(visit: Visit, person: Person) -> Message:
    _ = visit.language._
    sentence = (
        _("You are not away any more. I ask you as usual.")
        if person.id == visit.person.id
        else _("{name} is not away any more.", name=person.shown_as())
    )
    return Message(summary=sentence, parts=(Text(text=sentence),))


def recall(visit: Visit, key: str) -> Reply:
    """What was noted, for the same event a second time."""
    return _told(visit, visit.session.get_one(Absence, int(key)))


def recall_off(visit: Visit, key: str) -> Reply:
    """That somebody is not away any more, for the same event a second time."""
    return _is_here(visit, visit.session.get_one(Person, int(key)))

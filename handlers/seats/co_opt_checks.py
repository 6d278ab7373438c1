"""What is wrong with a wish for a seat on demand, field by field; nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from handlers.requests import FormSubmitted
from handlers.seats.co_opt_form import (
    NOT_YOURS,
    REASON_LENGTH,
    may_ask,
    nearest_organisations,
)
from handlers.seats.co_opt_words import party_names
from handlers.seats.draft import find_person
from handlers.visit import Visit
from models.groups import Group, Seat, SeatBasis
from models.intervals import last_day, until_from_inclusive
from models.people.organisations import Organisation, Person
from models.seats.holders import holder_on
from models.seats.requests import (
    MOST_YEARS,
    Wanted,
    hold_group,
    same_request,
    seat_meanwhile,
    silent_parties,
)
from models.wording import role_word


@dataclass
class Checked:
    """What was filled in, as far as it could be read, and the fault of each field."""

    group: Group | None = None
    organisation: Organisation | None = None
    person: Person | None = None
    reason: str = ""
    first: date | None = None
    last: date | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def wanted(self) -> Wanted | None:
        """The wish, when everything that it needs is there."""
        if not (self.group and self.organisation and self.reason and self.first and self.last):
            return None
        until = until_from_inclusive(self.last) or self.last
        return Wanted(self.group, self.organisation, self.person, self.reason, self.first, until)


def checked(visit: Visit, form: FormSubmitted) -> Checked:
    """Reads a form and checks it, also against what the group has and is asked for already."""
    found = Checked()
    _read_where(visit, form, found)
    _read_who(visit, form, found)
    _read_why(visit, form, found)
    _read_when(visit, form, found)
    wanted = found.wanted
    if wanted is not None and not found.errors:
        hold_group(visit.session, wanted.group)
        found.errors |= _meets(visit, wanted)
    return found


def _text(form: FormSubmitted, name: str) -> str:
    return str(form.values.get(name) or "").strip()


def _read_where(visit: Visit, form: FormSubmitted, found: Checked) -> None:
    code = form.state or _text(form, "group")
    group = visit.session.scalars(select(Group).where(Group.code == code)).first()
    if group is not None and group.holds_on(visit.on):
        found.group = group
        return
    _ = visit.language._
    name = "organisation" if form.state else "group"
    if group is not None and group.valid_until is not None and group.valid_until <= visit.on:
        day = visit.language.day(last_day(group.valid_until))
        found.errors[name] = _("{group} ended on {day}.", group=group.name, day=day)
    else:
        found.errors[name] = _("Choose a group.")


def _read_who(visit: Visit, form: FormSubmitted, found: Checked) -> None:
    _ = visit.language._
    text = _text(form, "organisation")
    organisation = _organisation(visit, text)
    if organisation is None:
        found.errors.setdefault("organisation", _unknown(visit, text))
        return
    if found.group is not None and not may_ask(visit, found.group, organisation):
        found.errors["organisation"] = _(NOT_YOURS)
        return
    found.organisation = organisation
    typed = _text(form, "person")
    if typed:
        found.person = find_person(visit, typed)
        fault = _person_fault(visit, found.person, organisation)
        if fault:
            found.errors["person"] = fault


def _organisation(visit: Visit, text: str) -> Organisation | None:
    """The organisation of today by its code or its name."""
    rows = visit.session.scalars(
        select(Organisation).where((Organisation.code == text) | (Organisation.name == text))
    )
    return next((row for row in rows if row.holds_on(visit.on)), None)


def _unknown(visit: Visit, text: str) -> str:
    _ = visit.language._
    if not text:
        return _("Choose an organisation.")
    near = nearest_organisations(visit, text)
    hint = _("Nearest: {names}.", names=", ".join(near)) if near else ""
    return f"{_('I know no organisation {name}.', name=text)} {hint}".strip()


def _person_fault(visit: Visit, person: Person | None, organisation: Organisation) -> str:
    _ = visit.language._
    if person is None or not person.is_active(visit.on):
        return _("Choose somebody from the list, or leave it empty.")
    if person.organisation_id != organisation.id:
        return _(
            "{name} works in {organisation}. Choose somebody from {chosen}, or leave it empty.",
            name=person.shown_as(),
            organisation=person.organisation.name,
            chosen=organisation.name,
        )
    return ""


def _read_why(visit: Visit, form: FormSubmitted, found: Checked) -> None:
    _ = visit.language._
    found.reason = _text(form, "reason")
    if not found.reason:
        found.errors["reason"] = _("Write why the seat is needed.")
    if len(found.reason) > REASON_LENGTH:
        found.errors["reason"] = _("Write at most {limit} characters.", limit=REASON_LENGTH)


def _read_when(visit: Visit, form: FormSubmitted, found: Checked) -> None:
    _ = visit.language._
    found.first, found.last = _day(form, "first"), _day(form, "last")
    if found.first is None:
        found.errors["first"] = _no_day(visit, form, "first", _("Choose a first day."))
    elif fault := _first_fault(visit, found.first, found.group):
        found.errors["first"] = fault
    if found.last is None:
        found.errors["last"] = _no_day(visit, form, "last", _("Choose a last day."))
    elif fault := _last_fault(visit, found.first, found.last, found.group):
        found.errors["last"] = fault


def _no_day(visit: Visit, form: FormSubmitted, name: str, nothing: str) -> str:
    """That no day was given, or one that no calendar has."""
    typed = _text(form, name)
    if not typed:
        return nothing
    return visit.language._(
        "There is no day {text}. Write a date such as 2024-03-01.", text=typed[:40]
    )


def _day(form: FormSubmitted, name: str) -> date | None:
    try:
        return date.fromisoformat(_text(form, name))
    except ValueError:
        return None


def _first_fault(visit: Visit, first: date, group: Group | None) -> str:
    if first < visit.on:
        return visit.language._("Choose today or a later day: a seat is not given afterwards.")
    if group is not None and first < group.valid_from:
        day = visit.language.day(group.valid_from)
        return visit.language._("{group} begins on {day}.", group=group.name, day=day)
    return ""


def _last_fault(visit: Visit, first: date | None, last: date, group: Group | None) -> str:
    _ = visit.language._
    if last < visit.on:
        return _("The last day has passed already.")
    if first is not None and last < first:
        return _("The last day comes before the first.")
    if first is not None and last >= years_later(first, MOST_YEARS):
        return _("A seat on demand lasts at most two years. Ask again when it has ended.")
    if group is not None and group.valid_until is not None and last >= group.valid_until:
        day = visit.language.day(last_day(group.valid_until))
        return _("{group} ends on {day}.", group=group.name, day=day)
    return ""


def years_later(day: date, years: int) -> date:
    """The same day some years later; after 29 February comes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _meets(visit: Visit, wanted: Wanted) -> dict[str, str]:
    """What stands against the wish: a seat that there is, or the same request that waits."""
    seat = seat_meanwhile(visit.session, wanted)
    if seat is not None:
        return _has_seat(visit, wanted, seat)
    waiting = same_request(visit.session, wanted, visit.on)
    if waiting is None:
        return {}
    sentence = visit.language._(
        "{organisation} has been asked for already, on {day}; it waits for {parties}.",
        organisation=wanted.organisation.name,
        day=visit.language.day(visit.language.local(waiting.asked_at).date(), visit.on),
        parties=party_names(visit.language, silent_parties(waiting)),
    )
    return {"organisation": sentence}


def _has_seat(visit: Visit, wanted: Wanted, seat: Seat) -> dict[str, str]:
    _ = visit.language._
    who, group = wanted.organisation.name, wanted.group.name
    if seat.valid_until is not None and seat.valid_until < wanted.until:
        day = visit.language.day(last_day(seat.valid_until))
        sentence = _("{organisation} has a seat in {group} until {day}.", organisation=who,
                     group=group, day=day)  # fmt: skip
        return {"first": f"{sentence} {_('Choose a later first day.')}"}
    if seat.valid_from > wanted.first:
        day = visit.language.day(seat.valid_from)
        sentence = _("{organisation} has a seat in {group} from {day}.", organisation=who,
                     group=group, day=day)  # fmt: skip
        return {"last": f"{sentence} {_('Choose an earlier last day.')}"}
    sentence = _("{organisation} has a seat in {group} already: {seat}.", organisation=who,
                 group=group, seat=seat_words(visit, seat, wanted.first))  # fmt: skip
    return {"organisation": f"{sentence} {_('No other is needed.')}"}


def seat_words(visit: Visit, seat: Seat, on: date) -> str:
    """A seat in a few words: ledamot, Karim Haddad; or adjungerad vid behov t.o.m. 31 december."""
    _ = visit.language._
    words = [role_word(visit.language, seat.role).lower()]
    holder = holder_on(seat, on)
    if holder is not None:
        words.append(holder.shown_as())
    elif seat.basis is SeatBasis.ORDINARY:
        words.append(_("vacant"))
    if seat.valid_until is not None:
        words.append(_("until {day}", day=visit.language.day(last_day(seat.valid_until))))
    return ", ".join(words)

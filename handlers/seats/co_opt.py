"""Co-opting on demand (rule R6): asked with a reason and a last day, of both parties' chairs."""

from __future__ import annotations

from sqlalchemy import select

from handlers.errors import NotAllowed, NotFound
from handlers.representation.who import find_group
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.co_opt_checks import checked
from handlers.seats.co_opt_form import (
    NOT_YOURS,
    Draft,
    co_opt_form,
    may_ask,
    nearest_organisations,
)
from handlers.seats.co_opt_list import list_for
from handlers.seats.co_opt_told import ask_chairs, unreached
from handlers.seats.co_opt_words import Shown, names, party_names, request_message, row_id
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.chain.party_voices import voices_of
from models.groups import Group, GroupKind, Seat, SeatBasis
from models.message import FieldErrors, Message, Reply
from models.people.organisations import DisplayPolicy, Organisation, Party, Person
from models.places.place import PoliceArea
from models.rights import Action
from models.seats.requests import SeatRequest, ask, silent_parties
from models.wording import KINDS


def co_opt(visit: Visit, wish: Understanding) -> Reply:
    """Answers `adjungera …`: the form when somebody is named, else what waits and what runs."""
    visit.demand(Action.LOOK_UP)
    group = _group(visit, wish)
    if not (wish.organisation or wish.person or wish.police_area or wish.rest):
        return list_for(visit, group)
    person = _person(visit, wish)
    organisation = person.organisation if person else _organisation(visit, wish)
    if group is not None:
        _demand(visit, group, organisation)
    note = "" if organisation else _unknown(visit, wish)
    first = wish.on if wish.on != wish.last_day else None
    draft = Draft(group, organisation, person, first=first, last=wish.last_day, note=note)
    return co_opt_form(visit, draft)


def _group(visit: Visit, wish: Understanding) -> Group | None:
    """The group that the line names; one that is not there on the day is told so."""
    _ = visit.language._
    group = find_group(visit, wish)
    if group is not None and group.holds_on(visit.on):
        return group
    day = visit.language.day(visit.on)
    if group is not None:
        raise NotFound(_("{group} is not there on {day}.", group=group.name, day=day))
    if wish.district:
        kind = _(KINDS[wish.group or GroupKind.STEERING])
        raise NotFound(
            _("{district} has no {kind} on {day}.", district=wish.district, kind=kind, day=day)
        )
    return None


def _person(visit: Visit, wish: Understanding) -> Person | None:
    """The member whom the line names, if one alone has the name; a protected one is not told."""
    if not wish.person:
        return None
    people = visit.session.scalars(select(Person).where(Person.name == wish.person))
    hidden = DisplayPolicy.PROTECTED
    found = [p for p in people if p.is_active(visit.on) and p.display_policy is not hidden]
    return found[0] if len(found) == 1 else None


def _organisation(visit: Visit, wish: Understanding) -> Organisation | None:
    """The organisation that the line names, a police area's own where that is named."""
    query = select(Organisation).where(Organisation.name == wish.organisation)
    if wish.organisation is None and wish.police_area:
        names_of_it = (wish.police_area, f"LPO {wish.police_area}")
        query = select(Organisation).join(PoliceArea).where(PoliceArea.name.in_(names_of_it))
    return next((row for row in visit.session.scalars(query) if row.holds_on(visit.on)), None)


def _unknown(visit: Visit, wish: Understanding) -> str:
    """That nothing goes by the name that was written, and what is near to it."""
    _ = visit.language._
    text = wish.rest or wish.organisation or wish.person or ""
    near = nearest_organisations(visit, text)
    hint = _("Nearest: {names}.", names=", ".join(near)) if near else ""
    return f"{_('I know no organisation {name}.', name=text)} {hint}".strip()


def _demand(visit: Visit, group: Group, organisation: Organisation | None) -> None:
    """Stops here whoever is neither of the group nor of the organisation."""
    if organisation is not None and not may_ask(visit, group, organisation):
        raise NotAllowed(visit.language._(NOT_YOURS))


def asked(visit: Visit, form: FormSubmitted) -> Reply:
    """Saves the request and sends it to those who may answer."""
    found = checked(visit, form)
    if found.errors or found.wanted is None:
        return FieldErrors(errors=found.errors)
    request = ask(visit.session, found.wanted, visit.person, visit.at)
    ask_chairs(visit.session, request, visit.on, visit.at)
    visit.remember(f"seat_request:{request.id}")
    return receipt(visit, request)


def receipt(visit: Visit, request: SeatRequest) -> Message:
    """That the request is sent, to whom, and whom it could not reach."""
    _ = visit.language._
    voices = voices_of(visit.session, request.group, visit.on)
    shown = Shown(request, voices, visit.on, visit.person, visit.language)
    lines = [_sent(shown, party) for party in silent_parties(request)]
    lines += [
        _("Your own yes counts for {party}.", party=party_names(visit.language, [verdict.party]))
        for verdict in request.verdicts
        if verdict.person_id == visit.person.id
    ]
    if request.organisation_id == visit.person.organisation_id:
        lines.append(_("You ask for your own organisation."))
    missed = unreached(visit.session, request, voices, visit.at)
    if missed:
        told = _("I cannot reach {names} here: tell them that it waits.", names=names(missed))
        lines.append(told)
    return request_message(shown, *lines)


def _sent(shown: Shown, party: Party) -> str:
    """To whom the request went for a party; a missing chair is said in a note of the card."""
    voice = shown.voices[party]
    if voice.chair_is_missing:
        return ""
    of = party_names(shown.language, [party])
    return shown.language._("Sent to {names} for {party}.", names=names(voice.people), party=of)


def prolong(visit: Visit, press: ButtonPressed) -> Reply:
    """Opens the form for a seat on demand once more, from the day after its last."""
    seat = visit.session.get(Seat, row_id(press.value))
    if seat is None or seat.basis is not SeatBasis.ON_DEMAND or seat.superseded_at is not None:
        raise NotFound(visit.language._("The seat is not there any more."))
    if not may_ask(visit, seat.group, seat.organisation):
        raise NotAllowed(visit.language._(NOT_YOURS))
    first = max(seat.valid_until or visit.on, visit.on)
    draft = Draft(seat.group, seat.organisation, seat.person, seat.reason, first)
    return co_opt_form(visit, draft)


def recall_request(visit: Visit, key: str) -> Reply:
    """The receipt of a request, for the same event a second time."""
    return receipt(visit, visit.session.get_one(SeatRequest, int(key)))

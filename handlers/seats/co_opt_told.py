"""Whom a request for a seat on demand is sent to, and who is told what became of it.

Nothing here counts as "one prompt a week": an approval concerns its receiver and is asked for once,
and once more after five working days.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.seats.co_opt_words import Shown, request_message, subject
from handlers.seats.telling import is_reached, speech, tell
from models.chain.party_voices import Voices, voices_in, voices_of
from models.delivery.outbox import Delivery
from models.groups import Seat, SeatRole
from models.message import Message, Text
from models.people.organisations import Organisation, Person
from models.seats.holders import holder_on, seats_of_group, seats_on
from models.seats.requests import (
    RequestState,
    SeatRequest,
    SeatVerdict,
    lapse_due,
    silent_parties,
    unanswered,
)

REMIND_AFTER = 5
"""How many working days a chair has before being asked once more."""


def ask_chairs(session: Session, request: SeatRequest, on: date, at: datetime) -> None:
    """Sends a new request to those who may answer it."""
    voices = voices_of(session, request.group, on)
    for person in _answerers(request, voices):
        shown = Shown(request, voices, on, person, speech(person))
        lead = shown.language._(
            "**{name}** asks that {organisation} joins the group when needed.",
            name=request.asked_by.shown_as(),
            organisation=request.organisation.name,
        )
        tell(session, person, request_message(shown, lead), _key(request, "asked"), at)


def unreached(session: Session, request: SeatRequest, voices: Voices, at: datetime) -> list[Person]:
    """Those who may answer a request and whom no direct message reaches."""
    people = _answerers(request, voices)
    return [person for person in people if not is_reached(session, person, at)]


def tell_answer(session: Session, verdict: SeatVerdict, request: SeatRequest, on: date) -> None:
    """Tells those concerned what a party has answered, except whoever answered."""
    voices = voices_of(session, request.group, on)
    key = _key(request, f"{verdict.party.value}")
    for person in _concerned(session, request, voices, on):
        if person.id == verdict.person_id:
            continue
        shown = Shown(request, voices, on, person, speech(person))
        tell(session, person, request_message(shown), key, verdict.at)


def tell_withdrawal(session: Session, request: SeatRequest, on: date, at: datetime) -> None:
    """Tells those who have answered, or were asked to, that it is not asked for any more."""
    voices = voices_of(session, request.group, on)
    answered = [verdict.person for verdict in request.verdicts]
    for person in answered:
        if person.id != request.asked_by_id:
            message = request_message(Shown(request, voices, on, person, speech(person)))
            tell(session, person, message, _key(request, "withdrawn"), at)
    for person in _asked(session, request):
        if person not in answered:
            tell(session, person, _no_answer(request, person), _key(request, "withdrawn"), at)


def _asked(session: Session, request: SeatRequest) -> Iterable[Person]:
    """Those whom the request itself was sent to."""
    keys = f"{_key(request, 'asked')}:"
    sent = Delivery.key.startswith(keys, autoescape=True)
    return session.scalars(
        select(Person).join(Delivery, Delivery.person_id == Person.id).where(sent)
    ).unique()


def _no_answer(request: SeatRequest, person: Person) -> Message:
    """One line to somebody who need not answer any more."""
    language = speech(person)
    line = language._(
        "{name} has withdrawn the request for {subject}. No answer is needed.",
        name=request.asked_by.shown_as(),
        subject=subject(language, request),
    )
    return Message(summary=line[:1000], parts=(Text(text=line),))


def remind_chairs(session: Session, on: date, at: datetime) -> int:
    """Asks once more those who have let a request wait for five working days; returns how many."""
    requests = unanswered(session, on, REMIND_AFTER)
    voices = voices_in(session, [request.group_id for request in requests], on)
    told = 0
    for request in requests:
        for person in _answerers(request, voices[request.group_id]):
            shown = Shown(request, voices[request.group_id], on, person, speech(person))
            since = shown.language.day(shown.language.local(request.asked_at).date(), on)
            lead = shown.language._("This has waited for an answer since {day}.", day=since)
            message = request_message(shown, lead)
            told += tell(session, person, message, _key(request, "reminder"), at)
    return told


def lapse_requests(session: Session, on: date, at: datetime) -> int:
    """Lets the requests lapse whose last day has passed, and tells who asked; returns how many."""
    lapsed = lapse_due(session, on, at)
    for request in lapsed:
        asker = request.asked_by
        shown = Shown(request, voices_of(session, request.group, on), on, asker, speech(asker))
        lead = shown.language._("The last day came before both parties had answered.")
        tell(session, asker, request_message(shown, lead), _key(request, "lapsed"), at)
    return len(lapsed)


def _key(request: SeatRequest, what: str) -> str:
    return f"seat_request:{request.id}:{what}"


def _answerers(request: SeatRequest, voices: Voices) -> list[Person]:
    """Those who may answer for a party that has not, each once."""
    return _each_once(p for party in silent_parties(request) for p in voices[party].people)


def _concerned(session: Session, request: SeatRequest, voices: Voices, on: date) -> list[Person]:
    """Who asked, who has answered, and then: who is to answer yet, or whose seat it has become."""
    people = [request.asked_by]
    if request.state is RequestState.WAITING:
        return _each_once([*people, *_answerers(request, voices)])
    people += [verdict.person for verdict in request.verdicts]
    if request.state is RequestState.APPROVED:
        people += _whose_seat(session, request, on)
        people += _secretaries(session, request, on)
    return _each_once(people)


def _whose_seat(session: Session, request: SeatRequest, on: date) -> list[Person]:
    """The one who was co-opted; else those of the organisation who sit in any group."""
    if request.person is not None:
        return [request.person]
    return _seated(session, request.organisation, on)


def _seated(session: Session, organisation: Organisation, on: date) -> list[Person]:
    seats = session.scalars(
        seats_on(on).join(Seat.person).where(Person.organisation_id == organisation.id)
    )
    return [person for seat in seats.unique() if (person := holder_on(seat, on))]


def _secretaries(session: Session, request: SeatRequest, on: date) -> list[Person]:
    seats = seats_of_group(session, request.group, on)
    return [
        person
        for seat in seats
        if seat.role is SeatRole.SECRETARY and (person := holder_on(seat, on))
    ]


def _each_once(people: Iterable[Person]) -> list[Person]:
    return list({person.id: person for person in people}.values())

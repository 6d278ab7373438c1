"""The way of one request: guard, who is it, may they, the handler, one commit.

Reading is answered from a read-only session. What may change something runs in one transaction
that carries the change, the audit row, the event's key and any queued message.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar
from uuid import uuid4

import structlog
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from handlers import acquaintance, free_text, share, unclear
from handlers.acquaintance import Arrival
from handlers.answers import Answer, Task, handed_back, run
from handlers.desk import Desk
from handlers.errors import Refusal
from handlers.home import home
from handlers.people import person_options
from handlers.requests import AnyRequest, ButtonPressed, Command, FormSubmitted, OptionsAsked
from handlers.services import BUTTONS, COMMANDS, FORMS, Service
from handlers.understanding import understand
from handlers.visit import Visit
from handlers.writing import Writing, write
from models.message import Audience, Choice, Message, Reply
from models.people.organisations import Person

__all__ = ["DATABASE_AWAY", "UNEXPECTED", "Answer", "answer", "options"]

Asked = TypeVar("Asked", FormSubmitted, ButtonPressed)

log = structlog.get_logger(__name__)


def answer(request: AnyRequest, desk: Desk) -> Answer:
    """Answers a request; whatever happens, the member gets a sentence."""
    try:
        return _answer(request, desk)
    except OperationalError:
        log.exception("database_unreachable", kind=request.kind)
        sorry = _sorry(desk, DATABASE_AWAY)
        return Answer(handed_back(request, sorry, _typed(request, desk)), failed=True)
    except Exception:
        number = uuid4().hex[:8]
        log.exception("request_failed", kind=request.kind, number=number)
        sorry = _sorry(desk, UNEXPECTED, number=number)
        return Answer(handed_back(request, sorry, _typed(request, desk)), failed=True)


DATABASE_AWAY = "The database cannot be reached just now. Nothing was saved. Try again in a minute."
UNEXPECTED = (
    "Something went wrong on our side and nothing was saved. "
    "Try again; if it goes on, tell the coordinator the error number {number}."
)


def options(request: OptionsAsked, desk: Desk) -> tuple[Choice, ...]:
    """The members whose names fit what is being typed in a person field."""
    with desk.database.read() as session:
        person = _person(session, request)
        return person_options(session, person, request) if person else ()


def _answer(request: AnyRequest, desk: Desk) -> Answer:
    with desk.database.read() as session:
        arrival = _arrival(session, request)
        person = arrival.person
        language = desk.speech(person)
        refusal = free_text.refusal(request, language)
        if refusal is not None:
            return Answer(refusal, refused=True)
        if person is None and not request.who.operator:
            return _first_contact(request, desk)
        names = desk.registry(session, arrival.version)
        visit = desk.visit(session, request, person, names)
        task = _task(request, visit)
        result = None if task.writes else run(task, visit, request)
    if result is None:
        result = write(Writing(request, desk, task, person, names), arrival.came_before)
    return _greeted(request, desk, person, result)


def _arrival(session: Session, request: AnyRequest) -> Arrival:
    """What is known of a request when it arrives."""
    arrival = acquaintance.arrival(session, request)
    return replace(arrival, person=_active(session, request, arrival.person))


def _person(session: Session, request: OptionsAsked) -> Person | None:
    return _active(session, request, acquaintance.known_person(session, request.who))


def _active(
    session: Session, request: AnyRequest | OptionsAsked, person: Person | None
) -> Person | None:
    """The member who asks, unless they have left or come from elsewhere."""
    if person is None and request.who.passing:
        person = acquaintance.person_by_email(session, request.who.email)
    return person if person is not None and person.is_active(request.at.date()) else None


def _first_contact(request: AnyRequest, desk: Desk) -> Answer:
    """Links the account of a member whom the platform vouches for, and answers."""
    try:
        is_member = _linked(request, desk)
    except IntegrityError:
        log.info("linked_twice_at_once", kind=request.kind)
        is_member = True
    if is_member:
        return _answer(request, desk)
    return Answer(acquaintance.stranger(desk.speech(None), request.who), declined=True)


def _linked(request: AnyRequest, desk: Desk) -> bool:
    if request.who.guest or request.who.passing:
        return False
    with desk.database.write() as session:
        person = acquaintance.person_by_email(session, request.who.email)
        if person is None or not person.is_active(request.at.date()):
            return False
        acquaintance.link(session, request.who, person, request.at)
        return True


def _greeted(request: AnyRequest, desk: Desk, person: Person | None, result: Answer) -> Answer:
    """The answer with the notice that everyone reads once; a form has no room, so it waits."""
    if person is None or person.noticed_at is not None or request.who.passing:
        return result
    if not isinstance(result.reply, Message) or result.reply.audience is Audience.EVERYONE:
        return result
    with desk.database.write() as session:
        session.get_one(Person, person.id).noticed_at = request.at
    parts = (*acquaintance.first_notice(desk.speech(person)).parts, *result.reply.parts)
    return replace(result, reply=result.reply.model_copy(update={"parts": parts}))


def _task(request: AnyRequest, visit: Visit) -> Task:
    """Finds the handler for a request and binds it."""
    if isinstance(request, Command):
        return _command(visit, request.line, request.quoted)
    if isinstance(request, FormSubmitted):
        return _bound(FORMS.get(request.form), request)
    if isinstance(request, ButtonPressed):
        return _button(visit, request)
    return Task(home, writes=False)


def _command(visit: Visit, line: str, quoted: str | None = None) -> Task:
    wish = understand(line, visit.registry, visit.on)
    if quoted is not None and not wish.comment:
        wish = wish.model_copy(update={"comment": quoted})
    service = COMMANDS[wish.intent]

    def asked(visit: Visit) -> Reply:
        unknown = unclear.answer(visit, wish)
        return unknown or share.offered(visit, wish.intent, line, service.handler(visit, wish))

    return Task(asked, service.writes, words=wish.comment or "")


def _button(visit: Visit, request: ButtonPressed) -> Task:
    """A button's handler; "say" asks its line again, "share" shows the answer to everyone."""
    if request.action == "say":
        return _command(visit, request.value)
    if request.action == "share":
        return _sharing(visit, request.value)
    return _bound(BUTTONS.get(request.action), request)


def _sharing(visit: Visit, line: str) -> Task:
    """The answer to a line, for everyone in the channel; only what is offered can be shared."""
    wish = understand(line, visit.registry, visit.on)
    if not share.may_be_shared(visit, wish.intent):
        return Task(_too_old, writes=False)
    handler = COMMANDS[wish.intent].handler
    return Task(lambda visit: share.shared(visit, handler(visit, wish)), writes=False)


def _bound(service: Service[Asked] | None, request: Asked) -> Task:
    if service is None:
        return Task(_too_old, writes=False)
    return Task(lambda visit: service.handler(visit, request), service.writes, service.private)


def _too_old(visit: Visit) -> Reply:
    raise Refusal(visit.language._("This button is too old. Write `hjälp` to start again."))


def _typed(request: AnyRequest, desk: Desk) -> str:
    """The line of a request that failed, if it is one that may be kept."""
    if not isinstance(request, Command) or free_text.refusal(request, desk.speech(None)):
        return ""
    return request.line


def _sorry(desk: Desk, sentence: str, **values: object) -> str:
    return desk.speech(None)._(sentence, **values)

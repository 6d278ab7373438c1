"""The way of one request: guard, who is it, may they, the handler, one commit.

Reading is answered from a read-only session. What may change something runs in one transaction
that carries the change, the audit row, the event's key and any queued message.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import uuid4

import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from handlers import acquaintance, free_text, share, unclear
from handlers.acquaintance import Arrival
from handlers.desk import Desk
from handlers.errors import DoneBefore, Refusal
from handlers.home import home
from handlers.people import person_options
from handlers.requests import AnyRequest, ButtonPressed, Command, FormSubmitted, OptionsAsked
from handlers.services import BUTTONS, COMMANDS, FORMS, RECALL, Service
from handlers.understanding import Registry, understand
from handlers.visit import Visit
from models.message import Audience, Choice, FieldErrors, Message, Reply, Text
from models.organisations import Person
from models.outbox import Inbox
from models.outgoing import QUEUED

PROFILE = {"email", "name", "guest"}

Asked = TypeVar("Asked", FormSubmitted, ButtonPressed)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Answer:
    """A reply and what the edge must know of it.

    `queued`: messages were committed, so wake the senders. `refused`: the text was not to be
    kept; store neither it nor this reply, and send the reply at once, at most once. `declined`:
    the reply says why not. `failed`: nothing was done and the platform may try again.
    """

    reply: Reply
    queued: bool = False
    refused: bool = False
    declined: bool = False
    failed: bool = False


@dataclass(frozen=True)
class Task:
    """A handler bound to its request, whether it may write, and whether it leaves no hash."""

    run: Callable[[Visit], Reply]
    writes: bool
    private: bool = False


def answer(request: AnyRequest, desk: Desk) -> Answer:
    """Answers a request; whatever happens, the member gets a sentence."""
    try:
        return _answer(request, desk)
    except OperationalError:
        log.exception("database_unreachable", kind=request.kind)
        return Answer(_handed_back(request, _sorry(desk, DATABASE_AWAY)), failed=True)
    except Exception:
        number = uuid4().hex[:8]
        log.exception("request_failed", kind=request.kind, number=number)
        sorry = _sorry(desk, UNEXPECTED, number=number)
        return Answer(_handed_back(request, sorry), failed=True)


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
        result = None if task.writes else _run(task, visit, request)
    if result is None:
        result = _write(Writing(request, desk, task, person, names), arrival.came_before)
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

    def run(visit: Visit) -> Reply:
        unknown = unclear.answer(visit, wish)
        return unknown or share.offered(visit, wish.intent, line, service.handler(visit, wish))

    return Task(run, service.writes)


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


def _run(task: Task, visit: Visit, request: AnyRequest) -> Answer:
    try:
        return Answer(task.run(visit))
    except Refusal as refusal:
        return Answer(_handed_back(request, refusal.sentence), declined=True)


def _handed_back(request: AnyRequest, sentence: str) -> Reply:
    """A sentence; in a form it becomes a fault of a field, so that nothing typed is lost."""
    if isinstance(request, FormSubmitted) and request.values:
        return FieldErrors(errors={next(iter(request.values)): sentence})
    return _sentence(sentence)


@dataclass(frozen=True)
class Writing:
    """A request that may change something, with what was found out of it by only reading."""

    request: AnyRequest
    desk: Desk
    task: Task
    person: Person | None
    names: Registry

    def visit(self, session: Session) -> Visit:
        """The request in a session that writes; the member goes along without being asked for."""
        person = session.merge(self.person, load=False) if self.person else None
        return self.desk.visit(session, self.request, person, self.names)

    @property
    def digest(self) -> str:
        """The keyed hash of what was asked."""
        # A member's profile may be known at one try and not at the next: it is not what was asked.
        left_out: dict[str, bool | set[str]] = {"at": True, "event": True, "who": PROFILE}
        if self.task.private:
            left_out["values"] = True
        return self.desk.keyed_hash("inbox", self.request.model_dump_json(exclude=left_out))


def _write(writing: Writing, came_before: bool | None) -> Answer:
    """Runs a changing handler; two copies of one event at once become one and its echo.

    An event that had not come when its member was looked up is taken for new: whether a copy came
    in between the inbox's unique key tells at the end.
    """
    try:
        return _write_once(writing, is_new=came_before is False)
    except IntegrityError:
        log.info("event_came_twice", kind=writing.request.kind)
        return _write_once(writing, is_new=False)


def _write_once(writing: Writing, *, is_new: bool) -> Answer:
    request = writing.request
    with writing.desk.database.write() as session:
        visit = writing.visit(session)
        seen = None if is_new else _seen(session, request)
        if seen is not None:
            return Answer(_again(visit, seen, writing.digest))
        try:
            with session.begin_nested() as change:
                result = _run(writing.task, visit, request)
                if not visit.trace:
                    change.rollback()
        except DoneBefore as before:
            result = Answer(_recalled(visit, before.result))
            visit.trace[:], visit.deeds[:] = [before.result], []
        if visit.trace:
            session.add(_inbox_row(request, writing.digest, visit))
            session.flush()
        elif is_new and (seen := _seen(session, request)) is not None:
            return Answer(_again(visit, seen, writing.digest))
        return replace(result, queued=bool(session.info.get(QUEUED)))


def _seen(session: Session, request: AnyRequest) -> Inbox | None:
    return session.scalars(
        select(Inbox).where(
            Inbox.platform == request.who.platform,
            Inbox.workspace == request.who.workspace,
            Inbox.event == request.event,
        )
    ).first()


def _inbox_row(request: AnyRequest, digest: str, visit: Visit) -> Inbox:
    who = request.who
    return Inbox(
        platform=who.platform,
        workspace=who.workspace,
        event=request.event,
        digest=digest,
        result=visit.trace[-1],
        at=request.at,
        deed=next(iter(visit.deeds), None),
    )


def _again(visit: Visit, seen: Inbox, digest: str) -> Reply:
    """The same answer to the same event; another body under the same key is refused."""
    if seen.digest != digest:
        log.warning("event_key_reused", platform=seen.platform, inbox=seen.id)
        return _sentence(visit.language._("This was already received with other contents."))
    return _recalled(visit, seen.result)


def _recalled(visit: Visit, result: str) -> Reply:
    """The reply to what was done before, made again."""
    kind, _, key = result.partition(":")
    return RECALL[kind](visit, key)


def _sorry(desk: Desk, sentence: str, **values: object) -> str:
    return desk.speech(None)._(sentence, **values)


def _sentence(sentence: str) -> Message:
    return Message(summary=sentence, parts=(Text(text=sentence),))

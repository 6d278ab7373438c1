"""Writing once: the change, its audit row and its event's key in one commit; an echo repeats it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from handlers.answers import Answer, Task, one_sentence, run
from handlers.desk import Desk
from handlers.errors import DoneBefore
from handlers.requests import AnyRequest
from handlers.services import RECALL
from handlers.understanding import Registry
from handlers.visit import Visit
from models.delivery.outbox import Inbox
from models.delivery.outgoing import QUEUED
from models.message import Reply
from models.people.organisations import Person

PROFILE = {"email", "name", "guest"}

log = structlog.get_logger(__name__)


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


def write(writing: Writing, came_before: bool | None) -> Answer:
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
                result = run(writing.task, visit, request)
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
        return one_sentence(visit.language._("This was already received with other contents."))
    return _recalled(visit, seen.result)


def _recalled(visit: Visit, result: str) -> Reply:
    """The reply to what was done before, made again."""
    kind, _, key = result.partition(":")
    return RECALL[kind](visit, key)

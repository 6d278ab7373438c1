"""What a link in an e-mail may do: one answer about one thing, for those whom no chat reaches."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.answers import one_sentence
from handlers.desk import Desk
from handlers.errors import Refusal
from handlers.inputs import giving
from handlers.meetings import attending
from handlers.requests import AnyRequest, ButtonPressed, Identity
from handlers.services import BUTTONS, RECALL
from handlers.visit import Visit
from models.delivery.outbox import Inbox
from models.message import Form, PersonField, Reply
from models.people.addresses import MAIL, MAIL_ROOM
from models.people.organisations import Person

ACTIONS = frozenset(
    {
        "checkin.on_plan",
        "checkin.delayed",
        "checkin.done",
        "checkin.help",
        "checkin.later",
        "checkin.week",
        "decision.answer",
        "decision.ask",
        "follow.stop",
        "input.give",
        "input.nothing",
        "letters.change",
        "meeting.absent",
        "meeting.coming",
        "meeting.deputy",
        "point.answer",
        "point.ask",
        "point.done",
        "point.later",
        "point.reopen",
        "question.answer",
        "report.correct",
        "report.open",
        "report.undo",
        "settings.change",
        "survey.answer",
    }
)
"""The buttons that become links: each answers for its reader about one thing, and needs no chat.

What shows more than the e-mail does, or decides for others, is done where one has signed in.
"""


CHECKS: Mapping[str, Callable[[Visit, ButtonPressed], Reply | None]] = {
    "input.nothing": giving.beforehand,
    "meeting.absent": attending.beforehand,
    "meeting.coming": attending.beforehand,
    "meeting.deputy": attending.beforehand,
}
"""What can have become of a thing since its letter, so that its link has nothing left to do."""


def beforehand(desk: Desk, press: ButtonPressed, person: Person) -> Reply | None:
    """What a press would be told instead of being done; nothing where it would be done."""
    check = CHECKS.get(press.action)
    if check is None:
        return None
    with desk.database.read() as session:
        try:
            return check(desk.visit(session, press, person), press)
        except Refusal as refusal:
            return one_sentence(refusal.sentence)


def only_opens(action: str) -> bool:
    """Whether a button changes nothing and may be pressed by whoever only looks at its link."""
    return not BUTTONS[action].writes


def identity(person: Person) -> Identity:
    """The member for whom a link was made, as the handlers know members."""
    return Identity(
        platform=MAIL,
        workspace=MAIL_ROOM,
        user=person.email,
        email=person.email,
        name=person.name,
        passing=True,
    )


def without_search(form: Form) -> Form:
    """The form without fields in which members are looked up: a link opens no register."""
    kept = tuple(each for each in form.fields if not isinstance(each, PersonField))
    return form.model_copy(update={"fields": kept}) if kept else form


def is_done(session: Session, event: str) -> bool:
    """Whether the one act of a link was done."""
    return _done(session, event) is not None


def said_before(desk: Desk, request: AnyRequest, person: Person) -> Reply | None:
    """What was answered when a link was used, made again; nothing where it is not kept."""
    with desk.database.read() as session:
        result = _done(session, request.event)
        if result is None:
            return None
        kind, _, key = result.partition(":")
        return RECALL[kind](desk.visit(session, request, person), key)


def _done(session: Session, event: str) -> str | None:
    query = select(Inbox.result).where(
        Inbox.platform == MAIL, Inbox.workspace == MAIL_ROOM, Inbox.event == event
    )
    return session.scalars(query).first()

"""Whose e-mail is switched off: seen in `leverans`, and switched on again for whoever asks for it.

The way back in a letter's foot holds for a year; after that only the coordinator has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from handlers.people import fitting
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.telling import speech, tell
from handlers.visit import Visit
from models.audit import record
from models.message import (
    Actions,
    Button,
    Choice,
    ChoiceField,
    FieldErrors,
    Form,
    Heading,
    Message,
    Part,
    Reply,
    Text,
)
from models.people.accounts import Account
from models.people.addresses import mail_is_on
from models.people.organisations import Person
from models.rights import Action, may

NAMED, MOST = 5, 100


def letters_off(visit: Visit) -> Iterator[Part]:
    """Who reads by e-mail alone and has switched it off, and the way to switch it on again."""
    found = _found(visit)
    if not found:
        return
    language = visit.language
    yield Heading(text=language._("Have switched off their e-mail"))
    names = language.join([each.shown_as() for each in found[:NAMED]])
    told = language.n(
        "{number} person gets no e-mail: {names}.",
        "{number} people get no e-mail: {names}.",
        len(found),
        names=names if len(found) <= NAMED else f"{names} …",
    )
    yield Text(text=told)
    if may(visit.roles(), Action.DECIDE_DELIVERY):
        button = Button(label=language._("Switch e-mail on again"), action="mail.resume")
        yield Actions(buttons=(button,))


def _found(visit: Visit) -> Sequence[Person]:
    if not mail_is_on(visit.session):
        return []
    query = (
        select(Person)
        .where(Person.paused_until > visit.on)
        .where(Person.id.not_in(select(Account.person_id)))
        .order_by(Person.name, Person.id)
    )
    return [each for each in visit.session.scalars(query) if each.is_active(visit.on)]


def open_form(visit: Visit, _press: ButtonPressed) -> Form | Message:
    """Asks whose e-mail is to come again."""
    visit.demand(Action.DECIDE_DELIVERY)
    _ = visit.language._
    found = _found(visit)[:MOST]
    if not found:
        return _said(_("Nobody has switched off their e-mail."))
    choices = tuple(Choice(label=fitting(each.shown_as()), value=str(each.id)) for each in found)
    return Form(
        name="mail.resume",
        title=_("E-mail again"),
        submit=_("Switch on"),
        cancel=_("Cancel"),
        intro=_("Only when they have asked you for it. They get an e-mail that says you did it."),
        fields=(ChoiceField(name="person", label=_("Whose e-mail?"), choices=choices),),
    )


def resumed(visit: Visit, form: FormSubmitted) -> Reply:
    """Switches somebody's e-mail on, and tells them who did and how to stop it."""
    visit.demand(Action.DECIDE_DELIVERY)
    chosen = str(form.values.get("person") or "")
    person = next((each for each in _found(visit) if str(each.id) == chosen), None)
    if person is None:
        wrong = visit.language._("Choose somebody from the list.")
        return FieldErrors(errors={"person": wrong})
    person.paused_until = None
    row = record(visit.session, visit.person, "resume_for", f"person:{person.id}", visit.at)
    visit.session.flush()
    tell(visit.session, person, _notice(visit, person), f"letters_on:{row.id}", visit.at)
    visit.remember(f"letters_on:{person.id}")
    return recall(visit, str(person.id))


def _notice(visit: Visit, person: Person) -> Message:
    """What the person reads; the foot of the letter has the link that stops it."""
    name = visit.person.shown_as()
    sentence = speech(person)._(
        "{name} has switched your e-mail from here on again, since you asked for it. "
        "If that is wrong, use the link at the foot.",
        name=name,
    )
    return _said(sentence)


def recall(visit: Visit, key: str) -> Reply:
    """The same, for the same event a second time."""
    name = visit.session.get_one(Person, int(key)).shown_as()
    return _said(visit.language._("{name} gets e-mail again, and has been told.", name=name))


def _said(sentence: str) -> Message:
    return Message(summary=sentence, parts=(Text(text=sentence),))

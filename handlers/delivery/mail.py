"""What `leverans` tells of e-mail: what is tried again, and the links that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.delivery import words
from handlers.requests import ButtonPressed, FormSubmitted
from handlers.seats.draft import find_person
from handlers.visit import Visit
from models.audit import record
from models.delivery.mail_links import open_links, withdraw
from models.delivery.overview import Failure
from models.language import Language
from models.message import (
    Actions,
    Button,
    FieldErrors,
    Form,
    Heading,
    Message,
    Part,
    PersonField,
    Reply,
    Text,
)
from models.people.organisations import Person
from models.rights import Action, may

LINES = 5


def put_off(language: Language, found: Sequence[Failure]) -> Iterator[Part]:
    """What did not arrive and is tried again: why, how many, and what to do."""
    if not found:
        return
    yield Heading(text=language._("Is tried again"))
    lines = [_line(language, each) for each in found[:LINES]]
    yield Text(text="\n".join(f"- {line}" for line in lines))


def _line(language: Language, failure: Failure) -> str:
    what, advice = words.TROUBLES[failure.trouble]
    reason = f" ({failure.reason})" if failure.reason else ""
    number = language.number(failure.number)
    return f"{language._(what)}{reason}: {number}. {language._(advice)}"


def links_waiting(visit: Visit) -> Iterator[Part]:
    """How many links in e-mails may still be used, and a way to withdraw somebody's."""
    found = open_links(visit.session, visit.at)
    if not found:
        return
    language = visit.language
    yield Heading(text=language._("By e-mail"))
    number = language.n("{number} link waits", "{number} links wait", sum(found.values()))
    people = language.n("{number} person", "{number} people", len(found))
    told = language._("{links} for an answer from {people}.", links=number, people=people)
    yield Text(text=told)
    if may(visit.roles(), Action.DECIDE_DELIVERY):
        button = Button(label=language._("Withdraw somebody's links"), action="mail.withdraw")
        yield Actions(buttons=(button,))


def open_withdrawal(visit: Visit, _press: ButtonPressed) -> Form:
    """Asks whose links are to be withdrawn."""
    visit.demand(Action.DECIDE_DELIVERY)
    _ = visit.language._
    return Form(
        name="mail.withdraw",
        title=_("Withdraw links"),
        submit=_("Withdraw links"),
        cancel=_("Cancel"),
        intro=_("For example when an e-mail went to the wrong address or was passed on."),
        fields=(PersonField(name="person", label=_("Whose links?")),),
    )


def withdrawn(visit: Visit, form: FormSubmitted) -> Reply:
    """Withdraws a person's links."""
    visit.demand(Action.DECIDE_DELIVERY)
    person = find_person(visit, str(form.values.get("person") or ""))
    if person is None:
        wrong = visit.language._("Choose somebody from the list.")
        return FieldErrors(errors={"person": wrong})
    number = withdraw(visit.session, person, visit.at)
    record(
        visit.session,
        visit.person,
        "withdraw_links",
        f"person:{person.id}",
        visit.at,
        number=number,
    )
    visit.remember(f"links_withdrawn:{person.id}")
    return _told(visit, person)


def recall(visit: Visit, key: str) -> Reply:
    """The same, for the same event a second time."""
    return _told(visit, visit.session.get_one(Person, int(key)))


def _told(visit: Visit, person: Person) -> Message:
    sentence = visit.language._(
        "The links to {name} are withdrawn. The next e-mail has new ones.", name=person.shown_as()
    )
    return Message(summary=sentence, parts=(Text(text=sentence),))

"""Telling those whom a change of seats concerns, once each, in their own language."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from handlers.seats.account import Account, account, sentences
from handlers.seats.shown import group_rows
from handlers.seats.telling import speech, tell
from handlers.visit import Visit
from models.delivery.outbox import Delivery
from models.groups import Seat, SeatRole
from models.language import Language
from models.message import Actions, Button, Heading, Message, Note, Part, Quote, Text
from models.people.organisations import Person
from models.seats.changes import SeatChange
from models.seats.holders import holder_on, seats_of_group

KEY = "seats"


def tell_those_concerned(visit: Visit, change: SeatChange, reason: str = "") -> None:
    """Queues a direct message to each whom a change concerns, except whoever made it."""
    told = account(visit.session, change)
    people = {person.id: person for person in _concerned(visit, told)}
    by = [change.person_id, *([told.change.person_id] if change.undoes_id is None else [])]
    for person in people.values():
        if person.id not in by:
            message = notice(visit, person, change, reason)
            tell(visit.session, person, message, f"{KEY}:{change.id}", visit.at)


def _concerned(visit: Visit, told: Account) -> Iterator[Person]:
    """Who gains or loses, whose deputy it is, the group's chairs and secretary, and who made it."""
    if told.mandate.person is not None:
        yield told.mandate.person
    yield from (lost.before.person for lost in told.lost if lost.before.person is not None)
    if told.mandate.role is SeatRole.DEPUTY:
        yield from deputised_people(visit, told.mandate)
    leading = (SeatRole.CHAIR, SeatRole.SECRETARY)
    for seat in seats_of_group(visit.session, told.change.group, visit.on):
        holder = holder_on(seat, visit.on)
        if holder is not None and seat.role in leading:
            yield holder
    if told.change.person is not None:
        yield told.change.person


def deputised_people(visit: Visit, deputy: Seat) -> Iterator[Person]:
    """Who has the seat that a deputy is for, while the deputy is."""
    if deputy.deputy_for is None:
        return
    for row in group_rows(visit.session, deputy.group):
        if row.position == deputy.deputy_for.position and row.holds_on(
            max(deputy.valid_from, visit.on)
        ):
            holder = holder_on(row, visit.on)
            if holder is not None:
                yield holder


def notice(visit: Visit, person: Person, change: SeatChange, reason: str = "") -> Message:
    """What one of those concerned is told."""
    language = speech(person)
    told = account(visit.session, change)
    undone = change.undoes_id is not None
    heading = _undone(language, told) if undone else _heading(language, person, told)
    lines = sentences(language, told)
    quote: list[Part] = [Quote(text=reason)] if reason else []
    return Message(
        summary=f"{heading}. {lines[0]}"[:1000],
        parts=(
            Heading(text=heading),
            Text(
                text=(language._("This no longer holds:") + "\n" if undone else "")
                + "\n".join(lines)
            ),
            *quote,
            Note(text=_by(language, change)),
            Actions(buttons=(group_button(language, told, visit),)),
        ),
    )


def _by(language: Language, change: SeatChange) -> str:
    name = change.person.shown_as() if change.person else ""
    moment = language.moment(change.at)
    if change.undoes_id is not None:
        return language._("Undone by {name} {moment}", name=name, moment=moment)
    return language._("Changed by {name} {moment}", name=name, moment=moment)


def _undone(language: Language, told: Account) -> str:
    return language._("A change of seats in {group} is undone", group=told.change.group.name)


def _heading(language: Language, person: Person, told: Account) -> str:
    """The heading by what the change is to its reader."""
    group = told.change.group.name
    lost = any(each.before.person_id == person.id for each in told.lost)
    if lost and told.mandate.person_id == person.id:
        return language._("Your mandate in {group} ends", group=group)
    if lost:
        return language._("Your mandate in {group} is changed", group=group)
    if told.mandate.person_id != person.id:
        return language._("The seats in {group} have changed", group=group)
    if told.mandate.role is SeatRole.DEPUTY:
        return language._("You are deputy in {group}", group=group)
    return language._("You have a seat in {group}", group=group)


def group_button(language: Language, told: Account, visit: Visit) -> Button:
    """A button to the group's card, on the first day on which the change holds."""
    day = max(told.mandate.valid_from, visit.on)
    value = f"{told.change.group.code}|{day}|0"
    return Button(label=language._("Show the group"), action="who.group", value=value)


def reached(visit: Visit, change: SeatChange) -> list[str]:
    """Those to whom a message about a change was queued, by what may be shown of them."""
    query = (
        select(Person)
        .join(Delivery, Delivery.person_id == Person.id)
        .where(Delivery.key.startswith(f"{KEY}:{change.id}:", autoescape=True))
        .order_by(Person.name)
    )
    return [person.shown_as() for person in visit.session.scalars(query).unique()]

"""Telling those whom a change of a measure concerns, and confirming it to whoever made it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from handlers.chain.approval_told import ask_chairs
from handlers.chain.things import subject_of, wording
from handlers.measures.change_words import change_lines
from handlers.seats.telling import speech, tell
from handlers.visit import Visit
from models.chain.approvals import history as versions_of
from models.chain.approvals import newest, wording_changed
from models.delivery.outbox import Delivery
from models.groups import Group, SeatRole
from models.language import Language
from models.measures.changes import value_of
from models.measures.following import followers
from models.measures.measure import Measure, MeasureChange, MeasureEvent
from models.message import Actions, Button, Heading, Message, Note, Part, Text
from models.people.organisations import Person
from models.seats.holders import holder_on, seats_of_group

KEY = "measure"
LEADING = (SeatRole.CHAIR, SeatRole.SECRETARY)


def after_change(visit: Visit, change: MeasureChange) -> None:
    """Tells those concerned, and asks for a new approval where an approved wording changed."""
    measure = change.measure
    for person in _concerned(visit, change):
        message = notice(visit, person, change)
        tell(visit.session, person, message, f"{KEY}:{change.id}", visit.at)
    version = wording_changed(
        visit.session, subject_of(measure), wording(measure), visit.person, visit.at
    )
    if version is not None:
        ask_chairs(visit.session, measure, version, visit.on, visit.at)


def _concerned(visit: Visit, change: MeasureChange) -> list[Person]:
    """Each once, without whoever made the change."""
    found = {person.id: person for person in _people(visit, change)}
    return [person for key, person in found.items() if key != change.person_id]


def _people(visit: Visit, change: MeasureChange) -> Iterator[Person]:
    """The new and the former owner, followers, and the other group's chairs and secretary."""
    measure = change.measure
    if measure.owner is not None:
        yield measure.owner
    if "owner" in change.fields:
        former = value_of(visit.session, "owner", change.fields["owner"][0])
        if isinstance(former, Person):
            yield former
    yield from followers(visit.session, measure)
    if change.event is MeasureEvent.MOVED:
        yield from _leading(visit, measure.group)


def _leading(visit: Visit, group: Group) -> Iterator[Person]:
    for seat in seats_of_group(visit.session, group, visit.on):
        holder = holder_on(seat, visit.on)
        if holder is not None and seat.role in LEADING:
            yield holder


def notice(visit: Visit, person: Person, change: MeasureChange) -> Message:
    """What one of those concerned is told."""
    language = speech(person)
    measure = change.measure
    heading = _heading(visit, language, person, change)
    name = change.person.shown_as() if change.person else ""
    said = language._("By {name} {moment}", name=name, moment=language.moment(change.at))
    lines = said_of(visit, language, change)
    return Message(
        summary=f"{heading}. {lines}"[:1000],
        parts=(
            Heading(text=heading[:150]),
            Text(text=lines),
            Note(text=said),
            Actions(buttons=(_show(language, measure),)),
        ),
    )


def said_of(visit: Visit, language: Language, change: MeasureChange) -> str:
    """What a change did, a line for each fact; of a new measure its title."""
    if change.event is MeasureEvent.CREATED:
        return change.measure.title
    return "\n".join(change_lines(visit.session, language, change))


def _heading(visit: Visit, language: Language, person: Person, change: MeasureChange) -> str:
    """The heading by what the change is to its reader."""
    measure = change.measure
    said = {"code": measure.code, "title": measure.title}
    is_new = change.event is MeasureEvent.CREATED or "owner" in change.fields
    if is_new and measure.owner_id == person.id:
        return language._("You are responsible for {code} {title}", **said)
    if "owner" in change.fields and measure.owner_id != person.id:
        former = value_of(visit.session, "owner", change.fields["owner"][0])
        if former is person:
            return language._("You are no longer responsible for {code} {title}", **said)
    if change.event is MeasureEvent.MOVED:
        return language._("{code} {title} has moved to {group}", group=measure.group.name, **said)
    return language._("{code} {title} has been changed", **said)


def _show(language: Language, measure: Measure) -> Button:
    return Button(label=language._("Show the measure"), action="measure.show", value=measure.code)


def told_names(visit: Visit, change: MeasureChange) -> list[str]:
    """Those to whom a message about a change was queued, by what may be shown of them."""
    query = (
        select(Person)
        .join(Delivery, Delivery.person_id == Person.id)
        .where(Delivery.key.startswith(f"{KEY}:{change.id}:", autoescape=True))
        .order_by(Person.name)
    )
    return [person.shown_as() for person in visit.session.scalars(query).unique()]


def told_of(visit: Visit, change: MeasureChange) -> list[str]:
    """Who was told of a change, and that both parties are asked where they had approved."""
    _ = visit.language._
    names = told_names(visit, change)
    lines = [_("Told: {names}.", names=visit.language.join(names))] if names else []
    last = newest(versions_of(visit.session, subject_of(change.measure)))
    if last is not None and last.at == change.at:
        lines.append(
            _(
                "The wording is new, so both parties are asked to approve it. "
                "The old one holds until then."
            )
        )
    return lines


def confirmation(visit: Visit, change: MeasureChange) -> Message:
    """What holds now, who is told, and ways to undo it and to say more."""
    _ = visit.language._
    measure = change.measure
    is_new = change.event is MeasureEvent.CREATED
    said = (
        _("Created: {code}", code=measure.code) if is_new else _("Saved: {code}", code=measure.code)
    )
    if change.undoes_id is not None:
        said = _("Undone: {code}", code=measure.code)
    lines = said_of(visit, visit.language, change)
    told = told_of(visit, change)
    notes: list[Part] = [Note(text=line) for line in told]
    if is_new and not told and measure.owner is None:
        notes.append(Note(text=_("Nobody is responsible yet.")))
    undo = Button(label=_("Undo"), action="measure.undo", value=str(change.id))
    buttons = (
        *([undo] if change.undoes_id is None else []),
        Button(label=_("More"), action="measure.more", value=measure.code),
        Button(label=_("Change"), action="measure.change", value=measure.code),
        _show(visit.language, measure),
    )
    return Message(
        summary=f"{said}. {lines}"[:1000],
        parts=(
            Heading(text=said),
            Text(text=lines),
            *notes,
            Actions(buttons=buttons),
        ),
        replaces=True,
    )


def unchanged(visit: Visit, measure: Measure) -> Message:
    """That a form was sent in which nothing differs."""
    sentence = visit.language._("Nothing in {code} is changed.", code=measure.code)
    return Message(
        summary=sentence,
        parts=(Text(text=sentence), Actions(buttons=(_show(visit.language, measure),))),
    )

"""What a change of involvement did: told to whoever made it, and to those whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from handlers.representation.role_place import DEGREES
from handlers.seats.telling import speech, tell
from handlers.visit import Visit
from models.agreements import Level, PriorityArea, kin_of_area
from models.groups import Group, GroupKind, Seat, SeatRole
from models.language import Language
from models.message import Actions, Button, Heading, Message, Note, Text
from models.people.organisations import Person
from models.places.place import District
from models.records import AuditEntry
from models.representation.involvement import Degree, present
from models.seats.holders import holder_on, seats_on

SET, UNDONE = "set_involvement", "undo_involvement"


def recall(visit: Visit, key: str) -> Message:
    """What holds from now on, now or for the same event a second time."""
    _ = visit.language._
    entry = visit.session.get_one(AuditEntry, int(key))
    heading = _("Saved: involvement")
    lines = _sentences(visit, entry, visit.language)
    district = district_of(visit, entry)
    buttons = [
        Button(label=_("Undo"), action="involvement.undo", value=key),
        Button(
            label=_("Show involvement"), action="say", value=f"{_('involvement')} {district.name}"
        ),
    ]
    return Message(
        summary=f"{heading}. {lines[0]}",
        parts=(
            Heading(text=heading),
            Text(text="\n".join(lines)),
            *_told(visit, entry),
            Actions(buttons=tuple(buttons)),
        ),
    )


def _told(visit: Visit, entry: AuditEntry) -> tuple[Note, ...]:
    names = [person.shown_as() for person in concerned_by(visit, entry)]
    if not names:
        return ()
    told = visit.language._("Told: {names}.", names=visit.language.join(names))
    return (Note(text=told[:2000]),)


def _sentences(visit: Visit, entry: AuditEntry, language: Language) -> list[str]:
    """What was set, and what it was before, in somebody's language."""
    _ = language._
    area = area_name(visit, entry, language)
    degree = _degree_word(language, entry.detail["degree"])
    day = language.day(date.fromisoformat(entry.detail["first"]))
    return [
        _(
            "{district} · {area}: {degree} from {day}.",
            district=district_of(visit, entry).name,
            area=area,
            degree=degree,
            day=day,
        ),
        _("Before: {degree}.", degree=_degree_word(language, entry.detail["before"])),
    ]


def _degree_word(language: Language, degree: str | None) -> str:
    return language._(DEGREES[Degree(degree)]).lower() if degree else language._("not placed")


def district_of(visit: Visit, entry: AuditEntry) -> District:
    """The district that a change was about."""
    code = entry.subject.removeprefix("district:")
    return visit.session.scalars(select(District).where(District.code == code)).one()


def area_name(visit: Visit, entry: AuditEntry, language: Language) -> str:
    """The name of the area that a change was about."""
    query = select(PriorityArea).where(PriorityArea.code == entry.detail["area"])
    latest = visit.session.scalars(query.order_by(PriorityArea.valid_from.desc())).first()
    return latest.name(language.code) if latest else str(entry.detail["area"])


def concerned_by(visit: Visit, entry: AuditEntry) -> list[Person]:
    """Who sits for the district in the area's groups, and the central secretaries."""
    district = district_of(visit, entry)
    kin = kin_of_area(visit.session, entry.detail["area"])
    groups = select(Group.id).where(Group.area.in_(kin) | (Group.level == Level.CENTRAL))
    query = seats_on(visit.on).where(Seat.group_id.in_(groups))
    seats = visit.session.scalars(query.order_by(Seat.code)).unique()
    people = {
        person.id: person
        for seat in seats
        if _is_concerned(seat, district, kin, visit.on)
        and (person := holder_on(seat, visit.on)) is not None
        and person.id != entry.person_id
    }
    return list(people.values())


def _is_concerned(seat: Seat, district: District, kin: Iterable[str], on: date) -> bool:
    group: Group = seat.group
    if group.level is Level.CENTRAL and seat.role is SeatRole.SECRETARY:
        return group.kind in (GroupKind.STEERING, GroupKind.PREPARATORY)
    own = [seat.organisation.district] if seat.organisation.district else []
    spoken = {present(each, on).id for each in (*own, *seat.represents)}
    return group.area in kin and district.id in spoken


def tell_all(visit: Visit, entry: AuditEntry) -> None:
    """Queues one direct message to each whom the change concerns, in their language."""
    for person in concerned_by(visit, entry):
        language = speech(person)
        key = f"involvement:{entry.id}"
        tell(visit.session, person, _news(visit, entry, language), key, visit.at)


def _news(visit: Visit, entry: AuditEntry, language: Language) -> Message:
    _ = language._
    undone = entry.action == UNDONE
    heading = _("A change of involvement was undone") if undone else _("Involvement has changed")
    lines = _sentences(visit, entry, language)
    by = _("Changed by {name}.", name=visit.person.shown_as())
    value = f"{_('involvement')} {district_of(visit, entry).name}"
    show = Button(label=_("Show involvement"), action="say", value=value)
    return Message(
        summary=f"{heading}: {lines[0]}"[:1000],
        parts=(
            Heading(text=heading),
            Text(text="\n".join((*lines, by))),
            Actions(buttons=(show,)),
        ),
    )

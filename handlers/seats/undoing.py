"""What a change of seats did, told to whoever made it, and undoing it within a day."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from handlers.errors import NotAllowed, NotFound, Refusal
from handlers.requests import ButtonPressed
from handlers.seats.account import account, sentences
from handlers.seats.told import group_button, reached, tell_those_concerned
from handlers.visit import Visit
from handlers.whole import whole
from models.groups import Group, Seat
from models.message import Actions, Button, Heading, Message, Note, Reply, Text
from models.people.organisations import Person
from models.rights import Action
from models.seats.changes import ChangedSince, SeatChange, SeatChangeStep, undo
from models.seats.handover import given_back, take_back

UNDO_FOR = timedelta(days=1)


def confirmation(visit: Visit, change: SeatChange) -> Message:
    """What holds now, who is told, and a way to undo it."""
    _ = visit.language._
    told = account(visit.session, change)
    lines = sentences(visit.language, told)
    heading = _("Saved: the seats in {group}", group=change.group.name)
    names = reached(visit, change)
    notes = [Note(text=_("Told: {names}.", names=visit.language.join(names)))] if names else []
    return Message(
        summary=" ".join([heading + ".", *lines])[:1000],
        parts=(
            Heading(text=heading),
            Text(text="\n".join(lines)),
            *notes,
            Actions(
                buttons=(
                    Button(label=_("Undo"), action="seats.undo", value=str(change.id)),
                    group_button(visit.language, told, visit),
                    Button(label=_("Change more"), action="seats.menu", value=change.group.code),
                )
            ),
        ),
        replaces=True,
    )


def undo_change(visit: Visit, press: ButtonPressed) -> Reply:
    """Undoes a change of seats within a day, by a change of its own."""
    _ = visit.language._
    by = visit.person
    change = visit.session.get(SeatChange, whole(press.value) or 0)
    if change is None:
        raise NotFound(_("The change is not there any more."))
    # Of two who undo at once the second finds that it is undone.
    visit.session.execute(select(Group.id).where(Group.id == change.group_id).with_for_update())
    visit.demand(Action.CHANGE_SEATS, group_id=change.group_id)
    already = undone_by(visit, change)
    if already is not None:
        return undone_message(visit, already)
    if change.undoes_id is not None:
        raise NotAllowed(_("An undo cannot be undone: make the change again instead."))
    if visit.at - change.at > UNDO_FOR:
        raise Refusal(_("A change of seats can be undone within a day. Make a new change instead."))
    try:
        undone = _undone(visit, change, by)
    except ChangedSince as error:
        raise Refusal(_overtaken(visit, change)) from error
    return _taken_back(visit, change, undone)


def _undone(visit: Visit, change: SeatChange, by: Person) -> SeatChange:
    """Undoes a change; one whose seats have changed since, in whatever time, stays as it is."""
    if overtaker(visit, change) is not None:
        raise ChangedSince
    return undo(visit.session, change, by, visit.at)


def _taken_back(visit: Visit, change: SeatChange, undone: SeatChange) -> Message:
    take_back(visit.session, change, visit.at)
    visit.session.flush()
    visit.session.expire_all()
    tell_those_concerned(visit, undone)
    visit.remember(f"seats_undone:{undone.id}")
    return undone_message(visit, undone)


def undone_by(visit: Visit, change: SeatChange) -> SeatChange | None:
    """The change that undid this one, if any did."""
    query = select(SeatChange).where(SeatChange.undoes_id == change.id)
    return visit.session.scalars(query).first()


def overtaker(visit: Visit, change: SeatChange) -> SeatChange | None:
    """The latest change after this one of any of the same seats."""
    positions = {step.seat.position for step in change.steps}
    return visit.session.scalars(
        select(SeatChange)
        .join(SeatChangeStep)
        .join(Seat, Seat.id == SeatChangeStep.seat_id)
        .where(SeatChange.id > change.id, Seat.position.in_(positions))
        .order_by(SeatChange.id.desc())
        .limit(1)
    ).first()


def can_be_undone(visit: Visit, change: SeatChange) -> bool:
    """Whether the button is offered: within a day, not undone, and nothing built on it since."""
    if change.undoes_id is not None or visit.at - change.at > UNDO_FOR:
        return False
    return overtaker(visit, change) is None


def _overtaken(visit: Visit, change: SeatChange) -> str:
    _ = visit.language._
    later = overtaker(visit, change)
    advice = _("So this cannot be undone. Make a new change instead.")
    if later is None:
        return " ".join([_("The seat has been changed since."), advice])
    name = later.person.shown_as() if later.person else _("Somebody")
    moment = visit.language.moment(later.at)
    said = _("{name} has changed the seat since, {moment}.", name=name, moment=moment)
    return f"{said} {advice}"


def undone_message(visit: Visit, undone: SeatChange) -> Message:
    """That a change is undone, and what no longer holds."""
    _ = visit.language._
    told = account(visit.session, undone)
    heading = _("The change in {group} is undone", group=undone.group.name)
    names = reached(visit, undone)
    notes = [Note(text=_("Told: {names}.", names=visit.language.join(names)))] if names else []
    lines = [_("This no longer holds:"), *sentences(visit.language, told)]
    lines += [
        _(
            "Back with {name}: {measures}.",
            name=person.shown_as(),
            measures=visit.language.join(codes),
        )
        for person, codes in given_back(visit.session, told.change).items()
    ]
    return Message(
        summary=heading,
        parts=(
            Heading(text=heading),
            Text(text="\n".join(lines)),
            *notes,
            Actions(
                buttons=(
                    group_button(visit.language, told, visit),
                    Button(label=_("Change more"), action="seats.menu", value=undone.group.code),
                )
            ),
        ),
        replaces=True,
    )


def recall_change(visit: Visit, key: str) -> Reply:
    """The confirmation of a change, for the same event a second time."""
    return confirmation(visit, visit.session.get_one(SeatChange, int(key)))


def recall_undone(visit: Visit, key: str) -> Reply:
    """The message of an undone change, for the same event a second time."""
    return undone_message(visit, visit.session.get_one(SeatChange, int(key)))

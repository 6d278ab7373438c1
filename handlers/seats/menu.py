"""The menu of a group's seats: how each is filled and what can be done with it."""

from __future__ import annotations

from sqlalchemy import select

from handlers.errors import NotFound
from handlers.people import fitting
from handlers.representation.fillings import filling_status
from handlers.requests import ButtonPressed
from handlers.seats.draft import NEW
from handlers.seats.shown import ShownSeat, group_rows, seat_name, seats_shown
from handlers.visit import Visit
from handlers.whole import whole
from models.groups import Group, SeatBasis, SeatRole
from models.intervals import last_day
from models.message import Actions, Button, Heading, Message, Note, Part, Text, Tone, Weight
from models.rights import Action
from models.seats.plans import is_had

PAGE = 6
"""Seats on a page: each is a line and a row of buttons, so that a thumb finds them."""


def seats_menu(visit: Visit, press: ButtonPressed) -> Message:
    """The seats of the group that a button names, the vacant first."""
    code, _, page = press.value.partition("|")
    group = visit.session.scalars(select(Group).where(Group.code == code)).first()
    if group is None:
        raise NotFound(visit.language._("This button is too old. Write `hjälp` to start again."))
    visit.demand(Action.CHANGE_SEATS, group_id=group.id)
    return menu(visit, group, whole(page) or 0)


def menu(visit: Visit, group: Group, page: int = 0) -> Message:
    """One page of a group's seats, with what can be done with each."""
    _ = visit.language._
    seats = seats_shown(group_rows(visit.session, group), visit.on)
    pages = max(1, -(-len(seats) // PAGE))
    page = min(page, pages - 1)
    shown = seats[page * PAGE : (page + 1) * PAGE]
    heading = _("Change seats: {group}", group=group.name)
    vacant = sum(seat.is_vacant for seat in seats)
    count = visit.language.n("{number} seat", "{number} seats", len(seats))
    words = visit.language.n("{number} vacant", "{number} vacant", vacant)
    where = [_("page {page}", page=page + 1)] if pages > 1 else []
    return Message(
        summary=f"{heading}. {count}, {words}"[:1000],
        parts=(
            Heading(text=heading),
            Note(text=" · ".join([count, words, *where])),
            *(part for seat in shown for part in _seat_parts(visit, group, seat)),
            Actions(buttons=tuple(_buttons(visit, group, page, more=page + 1 < pages))),
        ),
        replaces=page > 0,
    )


def _seat_parts(visit: Visit, group: Group, seat: ShownSeat) -> list[Part]:
    name = seat_name(visit.language, seat.row)
    lines = [f"**{_state(visit, seat)}** – {name}", *_coming(visit, seat)]
    buttons = tuple(
        Button(
            label=label,
            action="seats.open",
            value=f"{verb}|{group.code}|{seat.position}",
            weight=Weight.PRIMARY if verb == "appoint" else Weight.PLAIN,
            spoken=fitting(f"{label}: {name}"),
        )
        for verb, label in _choices(visit, seat)
    )
    return [Text(text="\n".join(lines)), Actions(buttons=buttons)]


def _state(visit: Visit, seat: ShownSeat) -> str:
    """How the seat is filled, and by whom."""
    occupancy = seat.occupancy
    if occupancy is None:
        begins = visit.language.day(seat.row.valid_from, visit.on)
        return visit.language._("Begins {day}", day=begins)
    found = filling_status(visit.language, occupancy)
    # Beside a name the word for a held seat says nothing new.
    status = found.sign if found.tone is Tone.GOOD else f"{found}:"
    if occupancy.acting is not None:
        return f"{status} {occupancy.acting.shown_as()}"
    people = [row.person.shown_as() for row in occupancy.mandates if row.person]
    return (
        f"{status} {visit.language.join(people)}" if people and seat.is_in_conflict else str(found)
    )


def _coming(visit: Visit, seat: ShownSeat) -> list[str]:
    """Who the holder is while another acts, until when, and who comes next."""
    _ = visit.language._
    lines = []
    acting = seat.occupancy.acting if seat.occupancy else None
    if seat.holder is not None and seat.holder is not acting:
        lines.append(_("Holder: {name}", name=seat.holder.shown_as()))
    if seat.occupancy and seat.holder and seat.row.valid_until is not None:
        last = visit.language.day(last_day(seat.row.valid_until), visit.on)
        lines.append(_("Until {day}", day=last))
    if seat.occupancy and seat.coming and seat.coming.person:
        first = visit.language.day(seat.coming.valid_from, visit.on)
        lines.append(_("{name} from {day}", name=seat.coming.person.shown_as(), day=first))
    return [" · ".join(lines)] if lines else []


def _choices(visit: Visit, seat: ShownSeat) -> list[tuple[str, str]]:
    """What can be done with a seat."""
    _ = visit.language._
    deputy = [("deputise", _("Name a deputy"))] if seat.row.role is not SeatRole.DEPUTY else []
    if seat.names_nobody:
        end = [("end", _("End"))] if is_had(seat.row) else []
        return [("appoint", _("Appoint")), *end, *deputy]
    row = seat.row
    ends = row.valid_until is not None and not (seat.coming and seat.coming.person)
    goes_on = ends and not row.stands_in and row.basis is SeatBasis.ORDINARY
    renew = [("renew", _("Prolong"))] if goes_on else []
    return [*renew, ("replace", _("Replace")), ("end", _("End")), *deputy]


def _buttons(visit: Visit, group: Group, page: int, *, more: bool) -> list[Button]:
    _ = visit.language._
    found = [
        Button(label=_("New seat"), action="seats.open", value=f"appoint|{group.code}|{NEW}"),
        Button(label=_("Latest changes"), action="seats.changes", value=group.code),
    ]
    if more:
        following = f"{group.code}|{page + 1}"
        found.append(Button(label=_("Next page"), action="seats.menu", value=following))
    shown = f"{group.code}|{visit.on}|0"
    return [*found, Button(label=_("Show the group"), action="who.group", value=shown)]

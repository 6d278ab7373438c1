"""What is asked for and what runs: requests that wait, and seats on demand by their last days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from handlers.requests import ButtonPressed
from handlers.seats.co_opt_words import (
    Shown,
    buttons_for,
    period,
    row_id,
    standing,
    subject,
)
from handlers.visit import Visit
from models.chain.party_voices import Voices, voices_in
from models.groups import Group, Seat, SeatBasis
from models.message import Actions, Button, Heading, Message, Note, Part, Text
from models.people.organisations import Person
from models.rights import Action, Role, may
from models.seats.holders import seats_ever, seats_of_person
from models.seats.requests import SeatRequest, waiting, waiting_for

PAGE = 6


@dataclass(frozen=True)
class Scope:
    """Whose requests and seats are listed: a group's, mine, or everybody's."""

    group: Group | None
    own_groups: frozenset[int]
    own_organisation: int | None
    everything: bool

    def covers(self, group_id: int, organisation_id: int) -> bool:
        """Whether a seat of the organisation in the group belongs to the list."""
        if self.group is not None:
            return group_id == self.group.id
        mine = group_id in self.own_groups or organisation_id == self.own_organisation
        return self.everything or mine


def list_for(visit: Visit, group: Group | None, page: int = 0) -> Message:
    """What waits and what runs, in a group or for whoever asks; a page at a time."""
    scope = _scope(visit, group)
    entries: list[SeatRequest | Seat] = [*_requests(visit, scope), *_seats(visit, scope)]
    shown = entries[page * PAGE : (page + 1) * PAGE]
    requests = [entry for entry in shown if isinstance(entry, SeatRequest)]
    voices = voices_in(visit.session, [each.group_id for each in requests], visit.on)
    heading = _heading(visit, group)
    parts: list[Part] = [Heading(text=heading[:150])]
    for entry in shown:
        if isinstance(entry, SeatRequest):
            parts += _request_parts(visit, entry, voices[entry.group_id])
        else:
            parts += _seat_parts(visit, entry)
    parts += _foot(visit, group, len(entries), page)
    counted = visit.language.n("{number} in all", "{number} in all", len(entries))
    return Message(summary=f"{heading}: {counted}", parts=tuple(parts), replaces=page > 0)


def show_page(visit: Visit, press: ButtonPressed) -> Message:
    """A page of the list that a button names, by the group's code and the page's number."""
    visit.demand(Action.LOOK_UP)
    code, _, page = press.value.partition("|")
    group = visit.session.scalars(select(Group).where(Group.code == code)).first()
    return list_for(visit, group, row_id(page))


def _scope(visit: Visit, group: Group | None) -> Scope:
    asker = visit.asker
    seats = seats_of_person(visit.session, asker, visit.on) if asker else []
    return Scope(
        group=group,
        own_groups=frozenset(seat.group_id for seat in seats),
        own_organisation=asker.organisation_id if asker else None,
        everything=bool(visit.roles() & {Role.COORDINATOR, Role.OPERATOR}),
    )


def _requests(visit: Visit, scope: Scope) -> list[SeatRequest]:
    """The requests of the scope; one's own and those that wait for oneself always are."""
    found = waiting(visit.session, visit.on)
    asker = visit.asker
    to_answer = waiting_for(visit.session, asker, visit.on) if asker and not scope.group else []
    mine = {request.id for request, _ in to_answer}
    if asker is not None and scope.group is None:
        mine |= {request.id for request in found if request.asked_by_id == asker.id}
    return [
        request
        for request in found
        if request.id in mine or scope.covers(request.group_id, request.organisation_id)
    ]


def _seats(visit: Visit, scope: Scope) -> list[Seat]:
    """The seats on demand of today and later, those that end first before the others."""
    query = seats_ever().where(Seat.basis == SeatBasis.ON_DEMAND, Seat.valid_until > visit.on)
    seats = visit.session.scalars(query.order_by(Seat.valid_until, Seat.code)).unique()
    return [
        seat
        for seat in seats
        if scope.covers(seat.group_id, seat.organisation_id)
        or (visit.asker is not None and scope.group is None and seat.person_id == visit.asker.id)
    ]


def _heading(visit: Visit, group: Group | None) -> str:
    _ = visit.language._
    if group is None:
        return _("Seats on demand")
    return _("Seats on demand in {group}", group=group.name)


def _request_parts(visit: Visit, request: SeatRequest, voices: Voices) -> list[Part]:
    language = visit.language
    lines = [
        f"**{subject(language, request)}**",
        str(standing(language, request, visit.on)),
        period(language, request.valid_from, request.valid_until),
    ]
    parts: list[Part] = [Text(text="\n".join(lines))]
    show = Button(label=language._("Show"), action="co_opt.show", value=str(request.id))
    buttons: tuple[Button, ...] = (show,)
    if visit.asker is not None:
        shown = Shown(request, voices, visit.on, visit.asker, language)
        buttons = (*buttons_for(shown)[:4], show)
    return [*parts, Actions(buttons=buttons)]


def _seat_parts(visit: Visit, seat: Seat) -> list[Part]:
    language = visit.language
    until = seat.valid_until or visit.on
    about = language._(
        "{organisation} in {group}", organisation=seat.organisation.name, group=seat.group.name
    )
    time = period(language, seat.valid_from, until)
    who = f"{seat.person.shown_as()} · {time}" if seat.person else time
    parts: list[Part] = [Text(text=f"**{about}**\n{who}\n{seat.reason}"[:3000])]
    if visit.asker is None:
        return parts
    buttons = tuple(_seat_buttons(visit, seat, visit.asker, about))
    return [*parts, Actions(buttons=buttons)] if buttons else parts


def _seat_buttons(visit: Visit, seat: Seat, asker: Person, about: str) -> Iterable[Button]:
    _ = visit.language._
    roles = visit.roles(group_id=seat.group_id)
    if may(roles, Action.REQUEST_SEAT) or asker.organisation_id == seat.organisation_id:
        label = _("Prolong")
        yield Button(
            label=label,
            action="co_opt.prolong",
            value=str(seat.id),
            spoken=f"{label}: {about}"[:75],
        )
    if may(roles, Action.CHANGE_SEATS):
        label = _("End")
        yield Button(
            label=label,
            action="seats.open",
            value=f"end|{seat.group.code}|{seat.position}",
            spoken=f"{label}: {about}"[:75],
        )


def _foot(visit: Visit, group: Group | None, number: int, page: int) -> list[Part]:
    _ = visit.language._
    code = group.code if group else ""
    if not number:
        example = _("Write for example `co-opt socialförvaltningen to Skärholmen steering group`.")
        return [Text(text=_("No request waits and no seat on demand runs.")), Note(text=example)]
    parts: list[Part] = []
    if number > (page + 1) * PAGE:
        button = Button(label=_("Next page"), action="co_opt.list", value=f"{code}|{page + 1}")
        parts.append(Actions(buttons=(button,)))
    counted = visit.language.n("{number} in all", "{number} in all", number)
    return [*parts, Note(text=f"{counted} · {_('As of {day}', day=visit.language.day(visit.on))}")]


def waiting_parts(visit: Visit) -> list[Part]:
    """For the home and `min roll`: the requests that wait for my answer; nothing when none do."""
    if visit.asker is None:
        return []
    found = waiting_for(visit.session, visit.asker, visit.on)
    if not found:
        return []
    requests = list({request.id: request for request, _ in found}.values())
    heading = visit.language.n(
        "{number} seat on demand waits for your answer",
        "{number} seats on demand wait for your answer",
        len(requests),
    )
    lines = [f"- {subject(visit.language, request)}" for request in requests[:4]]
    buttons = [
        Button(
            label=visit.language._("Answer: {title}", title=request.organisation.name)[:40],
            action="co_opt.show",
            value=str(request.id),
            spoken=subject(visit.language, request)[:75],
        )
        for request in requests[:4]
    ]
    if len(requests) > 4:
        buttons.append(Button(label=visit.language._("Show all"), action="say", value="adjungera"))
    text = "\n".join([f"**{heading}**", *lines])
    return [Text(text=text), Actions(buttons=tuple(buttons))]

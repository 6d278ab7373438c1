"""The day that is asked about and the day whose knowledge counts; what has changed between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group, Seat
from models.intervals import end_of_day
from models.language import Language
from models.message import Actions, Message, Note, Part, Text
from models.representation.coverage import SeatOnDay
from models.rights import Action
from models.seats.occupancy import Filling
from models.wording import role_word

MOST_DIFFERENCES = 5


@dataclass(frozen=True)
class AsOf:
    """The day asked about; where `known_at` is given, what was believed at that moment counts."""

    on: date
    known_on: date | None = None
    known_at: datetime | None = None


def as_of(visit: Visit, wish: Understanding, group: Group | None = None) -> AsOf:
    """What a question is about; an earlier day's knowledge is for those who may see history.

    What is known today, or on a day to come, is simply what is known now.
    """
    on = wish.on or visit.on
    if wish.known_on is None:
        return AsOf(on)
    zone = group.zone if group else visit.language.zone
    known_at = end_of_day(wish.known_on, zone)
    if known_at >= visit.at:
        return AsOf(on)
    visit.demand(Action.SEE_HISTORY, group_id=group.id if group else None)
    return AsOf(on, wish.known_on, known_at)


def with_day_to_come(visit: Visit, wish: Understanding, reply: Message) -> Message:
    """The answer, with a word of it where what is known on a day to come was asked for."""
    if wish.known_on is None or wish.known_on <= visit.on:
        return reply
    told = visit.language._(
        "{day} has not come yet. The answer shows what is known today.",
        day=visit.language.day(wish.known_on),
    )
    above = [part for part in reply.parts if not isinstance(part, Actions)]
    below = [part for part in reply.parts if isinstance(part, Actions)]
    return reply.model_copy(update={"parts": (*above, Note(text=told), *below)})


def days_said(language: Language, at: AsOf) -> str:
    """The day that an answer is about, and as known when."""
    day = language.day(at.on)
    if at.known_on is None:
        return language._("As of {day}", day=day)
    known = language.day(at.known_on)
    return language._("As of {day}, as it was known on {known}", day=day, known=known)


def known_parts(language: Language, at: AsOf, differences: Sequence[str]) -> list[Part]:
    """Both days in plain words, and in one line what has become known since."""
    if at.known_on is None:
        return []
    lines = [f"**{days_said(language, at)}.**", _compared(language, differences)]
    return [Text(text="\n".join(lines))]


def _compared(language: Language, differences: Sequence[str]) -> str:
    if not differences:
        return language._("It agrees with what is known today.")
    told = list(differences[:MOST_DIFFERENCES])
    more = len(differences) - len(told)
    if more:
        told.append(language.n("and {number} more", "and {number} more", more))
    return language._("⚠ Differs from what is known today: {what}.", what="; ".join(told))


def differences(
    language: Language, then: Sequence[SeatOnDay], now: Sequence[SeatOnDay]
) -> list[str]:
    """The seats of a day that are known otherwise now: what was believed, and what is."""
    before = {seat.occupancy.position: seat for seat in then}
    after = {seat.occupancy.position: seat for seat in now}
    found = []
    for position in dict.fromkeys((*before, *after)):
        was, known = before.get(position), after.get(position)
        if _facts(was) != _facts(known):
            found.append(_difference(language, was, known))
    return found


def mandate_differences(language: Language, then: Sequence[Seat], now: Sequence[Seat]) -> list[str]:
    """The mandates of a day that were believed and are not, and those that have been added."""
    before = {_mandate(seat): seat for seat in then}
    after = {_mandate(seat): seat for seat in now}
    gone = [seat for key, seat in before.items() if key not in after]
    new = [seat for key, seat in after.items() if key not in before]
    return [
        *(language._("only then {what}", what=_mandate_said(language, seat)) for seat in gone),
        *(language._("only now {what}", what=_mandate_said(language, seat)) for seat in new),
    ]


def _mandate(seat: Seat) -> tuple[object, ...]:
    return (
        seat.position,
        seat.group_id,
        seat.role,
        seat.organisation_id,
        seat.person_id,
        seat.valid_from,
    )


def _mandate_said(language: Language, seat: Seat) -> str:
    name = seat.person.shown_as() if seat.person else language._("Vacant").lower()
    return language._(
        "{name}, {role} in {group} since {day}",
        name=name,
        role=role_word(language, seat.role).lower(),
        group=seat.group.name,
        day=language.day(seat.valid_from),
    )


def _facts(seat: SeatOnDay | None) -> tuple[object, ...]:
    """All that is said of a seat on the day itself; when it will end is of another day."""
    if seat is None:
        return ()
    people = tuple(person.id for person in seat.people)
    since = seat.row.valid_from if people else None
    organisations = {each.id for each in seat.organisations}
    return (seat.occupancy.filling, seat.row.role, frozenset(organisations), people, since)


def _difference(language: Language, was: SeatOnDay | None, known: SeatOnDay | None) -> str:
    seat = known or was
    assert seat is not None
    role = role_word(language, seat.row.role).lower()
    of = language.join([each.name for each in seat.organisations])
    then, now = _said(language, was), _said(language, known)
    if then == now:
        then, now = (f"{_said(language, each)} {_since(language, each)}" for each in (was, known))
    return language._(
        "{role} for {name}: then {then}, now {now}", role=role, name=of, then=then, now=now
    )


def _said(language: Language, seat: SeatOnDay | None) -> str:
    """Who was said to act in a seat; protected people as they may be shown."""
    if seat is None:
        return language._("no seat")
    if not seat.people:
        return language._("Vacant").lower()
    names = language.join([person.shown_as() for person in seat.people])
    if seat.occupancy.filling is Filling.DEPUTISED:
        return language._("{name} as deputy", name=names)
    return names


def _since(language: Language, seat: SeatOnDay | None) -> str:
    if seat is None:
        return ""
    role = role_word(language, seat.row.role).lower()
    day = language.day(seat.row.valid_from)
    return language._("({role} since {day})", role=role, day=day)

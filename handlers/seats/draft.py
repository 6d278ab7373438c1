"""What a form of a seat's change holds: which seat, what is written in its fields, and the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select

from handlers.errors import NotFound
from handlers.form_state import FormState
from handlers.people import changes_seats
from handlers.seats.shown import seats_shown
from handlers.understanding.dates import days_named
from handlers.understanding.line import read
from handlers.visit import Visit
from handlers.whole import whole
from models.groups import Group, Seat, SeatRole
from models.intervals import A_DAY, until_from_inclusive
from models.people.merge import is_whole, kept_of, person_of_email
from models.people.organisations import DisplayPolicy, Organisation, OrganisationKind, Person
from models.places.place import District
from models.seats.changes import ChangeKind, next_position
from models.seats.faults import EARLIEST, LATEST
from models.seats.plans import REASON_LENGTH, Plan, pattern, seat_rows

NEW = "new"
"""Stands for a seat that the group has not had."""

FORMS: dict[ChangeKind, str] = {
    ChangeKind.APPOINTED: "seats.appoint",
    ChangeKind.REPLACED: "seats.replace",
    ChangeKind.ENDED: "seats.end",
    ChangeKind.DEPUTY_NAMED: "seats.deputise",
}

Values = Mapping[str, str | tuple[str, ...] | bool]


class State(FormState):
    """What a form carries: its group, its seat if that is settled, and what it was made from.

    `seen` stands for the rows as they were, `last` is the group's latest change then, `warned`
    stands for the warnings that were shown with the form.
    """

    group: str
    seat: str = ""
    seen: str = ""
    last: int = 0
    warned: str = ""


@dataclass(frozen=True)
class Draft:
    """A change on its way: `seat` is settled unless it is empty, else the form asks for it.

    It then asks among those that the line fits, where it fits any.
    """

    kind: ChangeKind
    group: Group
    seat: str = ""
    values: Values = field(default_factory=dict)
    among: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """What is written in a field."""
        value = self.values.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    @property
    def position(self) -> str:
        """The seat that is meant: the settled one, else the one chosen in the form."""
        return self.seat or self.text("seat")


@dataclass(frozen=True)
class Read:
    """A form as it was read: the plan, or what is wrong field by field."""

    plan: Plan | None
    errors: Mapping[str, str]


def read_draft(visit: Visit, draft: Draft, rows: Sequence[Seat]) -> Read:
    """The plan that a form says; faults of the fields themselves are told at once, all together."""
    errors: dict[str, str] = {}
    plan = _plan(visit, draft, errors)
    if errors or plan is None:
        return Read(None, errors)
    return _placed(visit, draft, plan, rows)


def _plan(visit: Visit, draft: Draft, errors: dict[str, str]) -> Plan | None:
    """What the fields say; what is wrong with them is noted."""
    if not draft.position:
        errors["seat"] = visit.language._("Choose a seat.")
    if len(draft.text("reason")) > REASON_LENGTH:
        errors["reason"] = visit.language._(
            "Write at most {limit} characters.", limit=REASON_LENGTH
        )
    ends = draft.kind is ChangeKind.ENDED
    days = _days(visit, draft, errors)
    person = None if ends else _person(visit, draft, errors)
    organisation = _organisation(visit, draft, errors)
    represents = _districts(visit, draft, errors)
    if errors:
        return None
    return Plan(
        kind=draft.kind,
        group=draft.group,
        position=draft.position,
        first=_first(days, draft.kind),
        until=None if ends else until_from_inclusive(days["last"]),
        person=person,
        organisation=organisation,
        represents=represents,
        withdrawn=bool(draft.values.get("withdrawn")),
        reason=draft.text("reason"),
    )


def _days(visit: Visit, draft: Draft, errors: dict[str, str]) -> dict[str, date | None]:
    days = {name: read_day(visit, draft.text(name), name, errors) for name in ("first", "last")}
    needed = "last" if draft.kind is ChangeKind.ENDED else "first"
    if days[needed] is None and needed not in errors:
        errors[needed] = visit.language._("Choose a day.")
    return days


def _first(days: Mapping[str, date | None], kind: ChangeKind) -> date:
    """A plan's first day; an ending's is the day after the last."""
    day = days["last"] if kind is ChangeKind.ENDED else days["first"]
    assert day is not None, "the day was asked for"
    return day + A_DAY if kind is ChangeKind.ENDED else day


def _placed(visit: Visit, draft: Draft, plan: Plan, rows: Sequence[Seat]) -> Read:
    """The plan on the seat that it writes to: a new seat for a new mandate or a deputy."""
    if draft.kind is ChangeKind.DEPUTY_NAMED:
        return Read(_deputy(visit, plan, rows), {})
    if draft.position != NEW or draft.kind is not ChangeKind.APPOINTED:
        shape = pattern(seat_rows(rows, draft.position), plan.first)
        if shape is None:
            raise NotFound(visit.language._("The seat is not there any more."))
        # Where the form did not know the seat, what was left empty stays as the seat is.
        kept = () if draft.seat or plan.represents else tuple(shape.represents)
        return Read(replace(plan, represents=plan.represents or kept), {})
    role = draft.text("role")
    if role not in set(SeatRole) - {SeatRole.DEPUTY}:
        return Read(None, {"role": visit.language._("Choose a role for the new seat.")})
    organisation = plan.organisation or (plan.person.organisation if plan.person else None)
    return Read(
        replace(
            plan,
            position=next_position(visit.session, draft.group),
            role=SeatRole(role),
            organisation=organisation,
            represents=plan.represents or _own(draft.group, organisation),
        ),
        {},
    )


def _own(group: Group, organisation: Organisation | None) -> tuple[District, ...]:
    """A seat of a district's own administration speaks for that district."""
    kinds = (OrganisationKind.DISTRICT_BOARD, OrganisationKind.DISTRICT_ADMINISTRATION)
    own = organisation is not None and organisation.kind in kinds
    return (organisation.district,) if own and organisation and organisation.district else ()


def _deputy(visit: Visit, plan: Plan, rows: Sequence[Seat]) -> Plan:
    """A standing deputy takes the deputy's seat that is vacant, if there is one; else a new one."""
    vacant = [
        seat
        for seat in seats_shown(rows, plan.first)
        if seat.names_nobody
        and seat.row.deputy_for
        and seat.row.deputy_for.position == plan.position
    ]
    if vacant and plan.until is None and plan.person is not None:
        return replace(plan, position=vacant[0].position, deputised=plan.position)
    position = next_position(visit.session, plan.group)
    return replace(plan, position=position, deputised=plan.position)


def read_day(visit: Visit, text: str, name: str, errors: dict[str, str]) -> date | None:
    """The day that was picked or written; what is no day is told at its field."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        found = days_named(read(text).key, visit.on)
        if len(found) == 1 and found[0].day is None:
            errors[name] = visit.language._("There is no day {text}.", text=text[:40])
            return None
        if len(found) != 1 or found[0].day is None:
            errors[name] = visit.language._("Write a day as 2024-06-18.")
            return None
        day = found[0].day
    if not EARLIEST <= day < LATEST:
        errors[name] = visit.language._("Write a day between 1990 and 2099.")
        return None
    return day


def _person(visit: Visit, draft: Draft, errors: dict[str, str]) -> Person | None:
    text = draft.text("person")
    person = find_person(visit, text)
    if person is None:
        errors["person"] = (
            visit.language._("I find nobody called {name}. Choose a name from the list.", name=text)
            if text
            else visit.language._("Choose a person.")
        )
    return person


def find_person(visit: Visit, text: str) -> Person | None:
    """A person by what the field sends, by e-mail, or by a name that only one has.

    An address finds a protected one only for those to whom the field offers them.
    """
    if (number := whole(text)) is not None:
        person = visit.session.get(Person, number)
        return kept_of(visit.session, person) if person else None
    if "@" in text:
        return _by_address(visit, person_of_email(visit.session, text))
    if not text:
        return None
    shown = select(Person).where(Person.display_policy == DisplayPolicy.SHOWN, is_whole())
    people = visit.session.scalars(shown)
    found = [person for person in people if person.name.casefold() == text.casefold()]
    return found[0] if len(found) == 1 else None


def _by_address(visit: Visit, person: Person | None) -> Person | None:
    if person is None or person.display_policy is not DisplayPolicy.PROTECTED:
        return person
    return person if changes_seats(visit.session, visit.person, visit.on) else None


def _organisation(visit: Visit, draft: Draft, errors: dict[str, str]) -> Organisation | None:
    code = draft.text("organisation")
    if not code:
        return None
    query = select(Organisation).where(Organisation.code == code)
    found = visit.session.scalars(query).first()
    if found is None:
        errors["organisation"] = visit.language._("Choose one of the choices.")
    return found


def _districts(visit: Visit, draft: Draft, errors: dict[str, str]) -> tuple[District, ...]:
    value = draft.values.get("represents", ())
    codes = set(value) if isinstance(value, tuple) else {value}
    query = select(District).where(District.code.in_([str(code) for code in codes if code]))
    found = tuple(visit.session.scalars(query.order_by(District.code)))
    if len(found) < len([code for code in codes if code]):
        errors["represents"] = visit.language._("Choose among the districts.")
    return found

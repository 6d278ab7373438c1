"""The forms in which a seat is appointed to, replaced, ended, or given a deputy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from sqlalchemy import or_, select

from handlers.form_intro import Told
from handlers.people import fitting
from handlers.seats.account import period
from handlers.seats.draft import FORMS, NEW, Draft, State, find_person
from handlers.seats.shown import ShownSeat, seat_label, seat_name, seats_shown
from handlers.visit import Visit
from models.groups import Seat, SeatBasis, SeatRole
from models.intervals import last_day
from models.message import (
    Choice,
    ChoiceField,
    DateField,
    Form,
    FormField,
    PersonField,
    TextField,
    YesNoField,
)
from models.people.organisations import Organisation
from models.places.place import District
from models.seats.changes import ChangeKind, changes_of
from models.seats.plans import REASON_LENGTH, is_had, pattern, seat_rows
from models.wording import role_word

MOST_CHOICES = 100


def seat_form(visit: Visit, draft: Draft, rows: Sequence[Seat], told: Told | None = None) -> Form:
    """The form of a change, with all that is known or was typed in it."""
    told = told or Told()
    _ = visit.language._
    submit = _("Save anyway") if told.warned else _("Save")
    return Form(
        name=FORMS[draft.kind],
        title=_("Prolong the mandate" if renews(draft, rows) else TITLES[draft.kind]),
        submit=submit,
        cancel=_("Cancel"),
        intro="\n".join(line for line in (_about(visit, draft, rows), told.intro) if line),
        note=_("Those concerned are told. You can undo the change within a day."),
        fields=_fields(visit, draft, rows),
        state=_state(visit, draft, rows, told.warned).model_dump_json(),
    )


TITLES: dict[ChangeKind, str] = {
    ChangeKind.APPOINTED: "Appoint to a seat",
    ChangeKind.REPLACED: "Replace the holder",
    ChangeKind.ENDED: "End a mandate",
    ChangeKind.DEPUTY_NAMED: "Name a deputy",
}


def renews(draft: Draft, rows: Sequence[Seat]) -> bool:
    """Whether whoever has the seat goes on, from the day after the last."""
    person, first = draft.text("person"), picked(draft.text("first"))
    return draft.kind is ChangeKind.REPLACED and any(
        str(row.person_id) == person and row.valid_until == first
        for row in seat_rows(rows, draft.position)
    )


def fingerprint(rows: Sequence[Seat], position: str) -> str:
    """What stands for a seat's rows as they are, or for all rows where no seat is settled."""
    seen = [row for row in rows if position in ("", NEW, row.position)]
    told = ",".join(f"{row.id}:{row.recorded_at.isoformat()}" for row in seen)
    return sha256(told.encode()).hexdigest()[:16]


def _state(visit: Visit, draft: Draft, rows: Sequence[Seat], warned: str) -> State:
    latest = changes_of(visit.session, draft.group, most=1)
    return State(
        group=draft.group.code,
        seat=draft.seat,
        seen=fingerprint(rows, draft.seat),
        last=latest[0].id if latest else 0,
        warned=warned,
    )


def _about(visit: Visit, draft: Draft, rows: Sequence[Seat]) -> str:
    """Which group it is about, and which seat where that is settled."""
    _ = visit.language._
    if draft.seat == NEW:
        return _("**{group}**, a new seat", group=draft.group.name)
    shown = next((s for s in seats_shown(rows, visit.on) if s.position == draft.seat), None)
    if shown is None:
        return f"**{draft.group.name}**"
    return f"**{draft.group.name}**\n{_seat_line(visit, shown)}"


def _seat_line(visit: Visit, shown: ShownSeat) -> str:
    """The seat, who has it, and until when."""
    _ = visit.language._
    name = seat_name(visit.language, shown.row)
    row = shown.row
    if shown.is_vacant:
        return _("{seat}: vacant", seat=name)
    if shown.holder is None:
        return _("{seat}: when needed, {period}", seat=name, period=period(visit.language, row))
    if row.valid_until is None:
        since = visit.language.day(row.valid_from)
        return _("{seat}: {name} from {day}", seat=name, name=shown.holder.shown_as(), day=since)
    last = visit.language.day(last_day(row.valid_until))
    return _("{seat}: {name} until {day}", seat=name, name=shown.holder.shown_as(), day=last)


def _fields(visit: Visit, draft: Draft, rows: Sequence[Seat]) -> tuple[FormField, ...]:
    seat = [] if draft.seat else [_seat(visit, draft, rows)]
    if draft.kind is ChangeKind.ENDED:
        return (*seat, *_ending(visit, draft, rows))
    fields: list[FormField] = [*seat, _person(visit, draft), *_days(visit, draft)]
    if draft.kind is ChangeKind.DEPUTY_NAMED:
        return tuple(fields)
    may_be_new = draft.kind is ChangeKind.APPOINTED and draft.seat in ("", NEW)
    if may_be_new:
        fields.append(_role(visit, draft))
    fields += [_organisation(visit, draft, rows), _represents(visit, draft, rows)]
    if may_be_new:
        label = visit.language._("Withdraw the seat after the last day")
        fields.append(
            YesNoField(
                name="withdrawn",
                label=label,
                required=False,
                initial=bool(draft.values.get("withdrawn")),
            )
        )
    return tuple(fields)


def choosable(rows: Sequence[Seat], kind: ChangeKind, on: date) -> list[ShownSeat]:
    """The seats that a change of a kind can be about."""
    shown = seats_shown(rows, on)
    if kind is ChangeKind.APPOINTED:
        return [seat for seat in shown if seat.names_nobody]
    if kind is ChangeKind.DEPUTY_NAMED:
        return [seat for seat in shown if seat.row.role is not SeatRole.DEPUTY]
    if kind is ChangeKind.ENDED:
        # A vacant seat can be withdrawn.
        return shown
    return [seat for seat in shown if not seat.names_nobody]


def _seat(visit: Visit, draft: Draft, rows: Sequence[Seat]) -> FormField:
    _ = visit.language._
    found = choosable(rows, draft.kind, visit.on)
    choices = [
        Choice(label=seat_label(visit.language, seat), value=seat.position) for seat in found
    ]
    if draft.kind is ChangeKind.APPOINTED:
        choices.append(Choice(label=_("A new seat"), value=NEW))
    choices = [each for each in choices if not draft.among or each.value in draft.among]
    label = _("Deputy for") if draft.kind is ChangeKind.DEPUTY_NAMED else _("Which seat")
    chosen = draft.text("seat") or (choices[0].value if len(choices) == 1 else "")
    return _choice(
        ChoiceField(name="seat", label=label, choices=tuple(choices[:MOST_CHOICES])), chosen
    )


def _choice(field: ChoiceField, *chosen: str) -> ChoiceField:
    """A field with those chosen that it offers."""
    offered = {choice.value for choice in field.choices}
    known = tuple(value for value in chosen if value in offered)
    return field.model_copy(update={"initial": known})


def _person(visit: Visit, draft: Draft) -> PersonField:
    person = find_person(visit, draft.text("person"))
    initial = None
    if person is not None:
        # As the field itself offers people: a protected one is the organisation, said once.
        names = dict.fromkeys((person.shown_as(), person.organisation.name))
        initial = Choice(label=fitting(", ".join(names)), value=str(person.id))
    return PersonField(
        name="person",
        label=visit.language._("Person"),
        hint=visit.language._("Write a part of the name."),
        initial=initial,
    )


def _days(visit: Visit, draft: Draft) -> tuple[FormField, ...]:
    _ = visit.language._
    hint = None
    if draft.kind is ChangeKind.DEPUTY_NAMED:
        hint = _("With a last day, the deputy acts until then. Without one, when nobody else can.")
    first = picked(draft.text("first")) or (None if draft.values else visit.on)
    return (
        DateField(name="first", label=_("First day"), initial=first),
        DateField(
            name="last",
            label=_("Last day"),
            hint=hint,
            required=False,
            initial=picked(draft.text("last")),
        ),
    )


def picked(text: str) -> date | None:
    """A day as a date field sends it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _role(visit: Visit, draft: Draft) -> FormField:
    _ = visit.language._
    roles = [role for role in SeatRole if role is not SeatRole.DEPUTY]
    choices = tuple(Choice(label=role_word(visit.language, r), value=r.value) for r in roles)
    field = ChoiceField(
        name="role",
        label=_("Role"),
        hint=None if draft.seat == NEW else _("Only for a new seat."),
        required=draft.seat == NEW,
        choices=choices,
    )
    return _choice(field, draft.text("role"))


def _organisation(visit: Visit, draft: Draft, rows: Sequence[Seat]) -> FormField:
    _ = visit.language._
    shape = pattern(seat_rows(rows, draft.seat), visit.on)
    chosen = draft.text("organisation") or (shape.organisation.code if shape else "")
    found = organisations(visit, rows)
    sitting = {row.organisation_id for row in rows}
    field = ChoiceField(
        name="organisation",
        label=_("Organisation"),
        hint=None if shape else _("If left empty: the seat's own, or for a new seat the person's."),
        required=False,
        choices=tuple(
            Choice(label=_offered(visit, each, sits=each.id in sitting), value=each.code)
            for each in found[:MOST_CHOICES]
        ),
    )
    return _choice(field, chosen)


def organisations(visit: Visit, rows: Sequence[Seat]) -> list[Organisation]:
    """The organisations to choose among: those that sit in the group first, those gone last."""
    sitting = {row.organisation_id for row in rows}
    query = select(Organisation).where(
        or_(
            Organisation.valid_until.is_(None),
            Organisation.valid_until > visit.on,
            Organisation.id.in_(sitting),
        )
    )
    every = visit.session.scalars(query.order_by(Organisation.name)).all()
    return sorted(every, key=lambda each: (_is_gone(visit, each), each.id not in sitting))


def _is_gone(visit: Visit, organisation: Organisation) -> bool:
    return organisation.valid_until is not None and organisation.valid_until <= visit.on


def _offered(visit: Visit, organisation: Organisation, *, sits: bool) -> str:
    """An organisation's name, with its last day where it is gone, or that it sits in the group."""
    _ = visit.language._
    said = {"name": organisation.name}
    if organisation.valid_until is not None and _is_gone(visit, organisation):
        last = visit.language.day(last_day(organisation.valid_until))
        return fitting(_("{name} (until {day})", day=last, **said))
    return fitting(_("{name} (in the group)", **said) if sits else organisation.name)


def _represents(visit: Visit, draft: Draft, rows: Sequence[Seat]) -> FormField:
    _ = visit.language._
    shape = pattern(seat_rows(rows, draft.seat), visit.on)
    value = draft.values.get("represents")
    kept = tuple(each.code for each in shape.represents) if shape and value is None else ()
    chosen = value if isinstance(value, tuple) else kept
    query = select(District).order_by(District.valid_until.is_not(None), District.name)
    districts = visit.session.scalars(query).all()[:MOST_CHOICES]
    field = ChoiceField(
        name="represents",
        label=_("Speaks for these districts"),
        required=False,
        several=True,
        choices=tuple(Choice(label=_district(visit, each), value=each.code) for each in districts),
    )
    return _choice(field, *chosen)


def _district(visit: Visit, district: District) -> str:
    """A district, with its last day where it is not there any more."""
    if district.valid_until is None:
        return district.name
    last = visit.language.day(last_day(district.valid_until))
    return visit.language._("{district} (until {day})", district=district.name, day=last)


def _ending(visit: Visit, draft: Draft, rows: Sequence[Seat]) -> tuple[FormField, ...]:
    _ = visit.language._
    shape = pattern(seat_rows(rows, draft.seat), visit.on)
    goes_anyway = shape is not None and (shape.stands_in or shape.basis is SeatBasis.ON_DEMAND)
    is_vacant = shape is not None and not is_had(shape)
    withdrawn = YesNoField(
        name="withdrawn",
        label=_("Withdraw the seat, so that it is not vacant"),
        required=False,
        initial=bool(draft.values.get("withdrawn", is_vacant)),
    )
    last = picked(draft.text("last")) or (None if draft.values else visit.on)
    return (
        DateField(name="last", label=_("Last day"), initial=last),
        *(() if goes_anyway else (withdrawn,)),
        TextField(
            name="reason",
            label=_("Reason"),
            hint=_("Is shown to those who are told. Write nothing about the person."),
            required=False,
            several_lines=True,
            initial=draft.text("reason")[:REASON_LENGTH],
            max_length=REASON_LENGTH,
        ),
    )

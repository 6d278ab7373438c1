"""Opening the form of a change: from a line that names what it can, or from a button."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from sqlalchemy import select

from handlers.errors import NotAllowed, NotFound
from handlers.form_intro import Told
from handlers.representation.who import group_of_place
from handlers.requests import ButtonPressed
from handlers.seats.draft import FORMS, NEW, Draft
from handlers.seats.seat_form import choosable, seat_form
from handlers.seats.shown import ShownSeat, group_rows
from handlers.understanding import Intent, Understanding
from handlers.understanding.line import key_of
from handlers.understanding.verbs import verb_of
from handlers.visit import NOT_ALLOWED, Visit
from models.agreements import Level
from models.base import held_on
from models.groups import Group, Seat
from models.message import Actions, Button, Heading, Message, Note, Reply
from models.people.merge import is_whole
from models.people.organisations import DisplayPolicy, Organisation, Party, Person
from models.places.place import District
from models.rights import Action, may
from models.seats.changes import ChangeKind
from models.seats.holders import seats_of_person
from models.seats.plans import seat_rows

KINDS = {name.partition(".")[2]: kind for kind, name in FORMS.items()}
"""What a button calls each kind of change."""

RENEW = "renew"
MOST_GROUPS = 20


def opening(kind: ChangeKind) -> Callable[[Visit, Understanding], Reply]:
    """The handler of a verb that changes seats: the form, with all that the line says."""

    def opened(visit: Visit, wish: Understanding) -> Reply:
        # Who is appointed need not sit in the group yet.
        known = wish.model_copy(update={"person": None, "people": ()})
        asked = known if kind is ChangeKind.APPOINTED else wish
        groups = meant_groups(visit, asked, Action.CHANGE_SEATS)
        if len(groups) > 1:
            people = people_named(visit, wish)
            seats = [_seat_of(visit, people, each) for each in groups]
            if kind is ChangeKind.APPOINTED:
                seats = [f"|{people[0].id}" if people else ""] * len(groups)
            values = [
                f"{_verb(kind)}|{each.code}|{seat}"
                for each, seat in zip(groups, seats, strict=True)
            ]
            return which_group(visit, groups, "seats.open", values, wish.intent)
        return _from_line(visit, wish, kind, groups[0])

    return opened


def open_change(visit: Visit, press: ButtonPressed) -> Reply:
    """The form of a change that a button names: kind, group, perhaps the seat and the person."""
    verb, _, rest = press.value.partition("|")
    code, _, seat = rest.partition("|")
    seat, _, person = seat.partition("|")
    if verb == RENEW:
        return _renewal(visit, code, seat)
    group = visit.session.scalars(select(Group).where(Group.code == code)).first()
    if verb not in KINDS or group is None:
        raise NotFound(visit.language._("This button is too old. Write `hjälp` to start again."))
    visit.demand(Action.CHANGE_SEATS, group_id=group.id)
    rows = group_rows(visit.session, group)
    settled = {row.position for row in rows} | ({NEW} if verb == "appoint" else set())
    if seat and seat not in settled:
        raise NotFound(visit.language._("The seat is not there any more."))
    values = {"person": person, "first": visit.on.isoformat()} if person else {}
    return _form(visit, Draft(KINDS[verb], group, seat, values), rows)


def _renewal(visit: Visit, code: str, position: str) -> Reply:
    """The form in which whoever has the seat goes on, from the day after the mandate's last."""
    group = visit.session.scalars(select(Group).where(Group.code == code)).first()
    if group is None:
        raise NotFound(visit.language._("The group is not there any more."))
    visit.demand(Action.CHANGE_SEATS, group_id=group.id)
    rows = group_rows(visit.session, group)
    last = next((row for row in reversed(seat_rows(rows, position)) if row.person), None)
    if last is None or last.person is None:
        raise NotFound(visit.language._("The seat is not there any more."))
    if last.valid_until is None:
        raise NotFound(visit.language._("The mandate has no last day, so it goes on by itself."))
    values = {"person": str(last.person_id), "first": last.valid_until.isoformat()}
    return _form(visit, Draft(ChangeKind.REPLACED, group, position, values), rows)


def _form(visit: Visit, draft: Draft, rows: Sequence[Seat], intro: str = "") -> Reply:
    """The form, unless there is no seat that it could be about."""
    asks = not draft.seat and draft.kind is not ChangeKind.APPOINTED
    if asks and not choosable(rows, draft.kind, visit.on):
        sentence = visit.language._("{group} has no such seat today.", group=draft.group.name)
        raise NotFound(sentence)
    return seat_form(visit, draft, rows, Told(intro))


def meant_groups(visit: Visit, wish: Understanding, action: Action) -> list[Group]:
    """The groups that a line can mean: the named one, the person's, or those one leads.

    Raises `NotFound` or `NotAllowed` with a sentence where there is none.
    """
    led = _allowed_there(visit, wish, action)
    if led:
        return led
    named = group_of_place(visit.session, wish, visit.on)
    if named is not None:
        visit.demand(action, group_id=named.id)
        return [named]
    if wish.district or wish.level is Level.CENTRAL:
        raise NotFound(visit.language._("There is no such group today."))
    _ = visit.person
    theirs = [group for person in people_named(visit, wish) for group in _groups_of(visit, person)]
    allowed = [each for each in _once(theirs) if _may(visit, each, action)]
    allowed = allowed or [
        each for each in _groups_of(visit, visit.person) if _may(visit, each, action)
    ]
    if wish.group is not None:
        allowed = [each for each in allowed if each.kind is wish.group] or allowed
    if not allowed and may(visit.roles(), action):
        example = visit.language._("Say which group, for example `appoint Farsta steering group`.")
        raise NotFound(example)
    if not allowed:
        raise NotAllowed(visit.language._(NOT_ALLOWED[action]))
    return allowed[:MOST_GROUPS]


def _allowed_there(visit: Visit, wish: Understanding, action: Action) -> list[Group]:
    """All the district's groups in which the member may do it, where a line names no kind.

    To take the steering group then would write what the preparatory group decided into it.
    """
    if not wish.district or wish.group is not None or wish.group_code:
        return []
    there = (
        select(Group)
        .join(District, District.id == Group.district_id)
        .where(held_on(Group, visit.on), District.name == wish.district)
        .order_by(Group.name)
    )
    found = [each for each in visit.session.scalars(there) if _may(visit, each, action)]
    return found[:MOST_GROUPS]


def _may(visit: Visit, group: Group, action: Action) -> bool:
    return may(visit.roles(group_id=group.id), action)


def _groups_of(visit: Visit, person: Person) -> list[Group]:
    return _once([seat.group for seat in seats_of_person(visit.session, person, visit.on)])


def _once(groups: Sequence[Group]) -> list[Group]:
    return list({group.id: group for group in groups}.values())


def _seat_of(visit: Visit, people: Sequence[Person], group: Group) -> str:
    """The one seat that somebody named has in a group; nothing where it is none or several."""
    seats = [seat for each in people[:1] for seat in seats_of_person(visit.session, each, visit.on)]
    mine = [seat.position for seat in seats if seat.group_id == group.id]
    return mine[0] if len(mine) == 1 else ""


def which_group(
    visit: Visit, groups: Sequence[Group], action: str, values: Sequence[str], intent: Intent
) -> Message:
    """The question which of one's groups is meant; each has the value of its button."""
    heading = visit.language._("Which group?")
    buttons = [
        Button(label=_short(group.name), action=action, value=value)
        for group, value in zip(groups, values, strict=True)
    ]
    rows = [Actions(buttons=tuple(buttons[at : at + 5])) for at in range(0, len(buttons), 5)]
    verb = verb_of(intent)
    example = verb.example(visit.language.code) if verb else ""
    hint = visit.language._("You can also name it: `{line}`.", line=example)
    note = [Note(text=hint)] if example else []
    return Message(summary=heading, parts=(Heading(text=heading), *rows, *note))


def _short(label: str) -> str:
    return label if len(label) <= 40 else f"{label[:39]}…"


def people_named(visit: Visit, wish: Understanding) -> list[Person]:
    """The people that a line names, in order; none of two with one name, nor a protected one."""
    names = dict.fromkeys(name for name in (*wish.people, wish.person) if name)
    found = []
    for name in names:
        query = select(Person).where(
            Person.name == name, Person.display_policy != DisplayPolicy.PROTECTED, is_whole()
        )
        people = [each for each in visit.session.scalars(query) if each.is_active(visit.on)]
        found += people if len(people) == 1 else []
    return found


def _from_line(visit: Visit, wish: Understanding, kind: ChangeKind, group: Group) -> Reply:
    rows = group_rows(visit.session, group)
    people = people_named(visit, wish)
    offered = choosable(rows, kind, visit.on)
    fitting = _fitting(visit, wish, offered, people, kind)
    seat = fitting[0] if len(fitting) == 1 else None
    holders = {found.holder.id for found in offered if found.holder}
    others = [person for person in people if seat is None or person is not seat.holder]
    new = next(iter(sorted(others, key=lambda person: person.id in holders)), None)
    on = None if wish.bad_date else wish.on or visit.on
    day = "last" if kind is ChangeKind.ENDED else "first"
    values = {
        "person": str(new.id) if new else "",
        "seat": "",
        "role": wish.role.value if wish.role else "",
        "organisation": _organisation(visit, wish),
        day: on.isoformat() if on else "",
    }
    if kind is ChangeKind.ENDED or seat is not None:
        values["organisation"] = ""
    among = tuple(each.position for each in fitting)
    if kind is ChangeKind.APPOINTED and (fitting or wish.role or values["organisation"]):
        among = (*among, NEW)
    draft = Draft(kind, group, seat.position if seat else "", values, among)
    lines = _not_understood(visit, wish)
    if wish.title and kind is not ChangeKind.APPOINTED and not _titled(visit, wish, offered):
        title = next(iter(visit.registry.spellings(wish.title)), wish.title)
        lines.append(visit.language._("Nobody in the group has the title {title}.", title=title))
    return _form(visit, draft, rows, "\n".join(lines))


def _fitting(
    visit: Visit,
    wish: Understanding,
    offered: Sequence[ShownSeat],
    people: Sequence[Person],
    kind: ChangeKind,
) -> list[ShownSeat]:
    """The seats that fit all that the line says of them; none where it says nothing."""
    ids = {person.id for person in people}
    held = [seat for seat in offered if seat.holder and seat.holder.id in ids]
    titled = held or _titled(visit, wish, offered)
    found = titled or list(offered)
    named = wish.organisation or wish.police_area
    if not titled and not (wish.role or named):
        return []
    if wish.role is not None:
        found = [seat for seat in found if seat.row.role is wish.role] or held
    if named:
        found = [seat for seat in found if _is_of(seat.row.organisation, wish)] or held
    elif people and kind is ChangeKind.APPOINTED:
        # Somebody is appointed to a seat of their own organisation unless another is named.
        own = people[0].organisation_id
        found = [seat for seat in found if seat.row.organisation_id == own]
    return found


def _titled(visit: Visit, wish: Understanding, offered: Sequence[ShownSeat]) -> list[ShownSeat]:
    """The seats whose holders have the title that a line says: as it is said, else as a part."""
    if not wish.title:
        return []
    alike = set(visit.registry.spellings(wish.title))
    holders = [(seat, seat.holder) for seat in offered]
    found = [(seat, each.title) for seat, each in holders if each and _is_titled(each, alike)]
    exact = [seat for seat, title in found if key_of(title) == wish.title]
    return exact or [seat for seat, _ in found]


def _is_titled(person: Person, titles: Container[str]) -> bool:
    """Whether somebody whose title may be known has one of some titles."""
    return person.display_policy is not DisplayPolicy.PROTECTED and person.title in titles


def _is_of(organisation: Organisation, wish: Understanding) -> bool:
    """Whether it is the organisation that a line names, or that of the police area."""
    if wish.organisation or not wish.police_area:
        return organisation.name == wish.organisation
    return organisation.party is Party.POLICE and organisation.name.endswith(wish.police_area)


def _organisation(visit: Visit, wish: Understanding) -> str:
    if not (wish.organisation or wish.police_area):
        return ""
    every = visit.session.scalars(
        select(Organisation).where(held_on(Organisation, visit.on)).order_by(Organisation.name)
    )
    return next((each.code for each in every if _is_of(each, wish)), "")


def _not_understood(visit: Visit, wish: Understanding) -> list[str]:
    """What the line said that is not in the form."""
    _ = visit.language._
    lines = []
    if wish.bad_date:
        lines.append(_("There is no day {text}. Choose another below.", text=wish.bad_date))
    unknown = wish.unknown_place or wish.rest
    if unknown:
        lines.append(
            _("I did not understand “{text}”. Fill in what is missing.", text=unknown[:60])
        )
    return lines


def _verb(kind: ChangeKind) -> str:
    return FORMS[kind].partition(".")[2]

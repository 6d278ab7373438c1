"""Who represents whom: a group's seats on a day, and what a place belongs to."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from handlers.errors import NotFound
from handlers.representation.group_card import Shown, card
from handlers.representation.knowledge import as_of, with_day_to_come
from handlers.representation.others import with_others
from handlers.representation.place_lines import born_lines, first_lines
from handlers.representation.scope import too_old
from handlers.representation.titles import title_card
from handlers.representation.who_else import (
    organisation_seats,
    person_card,
    person_seats,
    police_area_card,
)
from handlers.requests import ButtonPressed
from handlers.understanding import Intent, Understanding
from handlers.visit import Visit
from handlers.whole import whole
from models.agreements import Level
from models.base import held_on
from models.groups import Group, GroupKind
from models.message import Actions, Button, Heading, Message
from models.people.organisations import DisplayPolicy, Organisation, Party, Person
from models.places.place import District
from models.rights import Action
from models.wording import KINDS

MOST_GROUPS = 40


def who(visit: Visit, wish: Understanding) -> Message:
    """Answers `vem …` as of the day asked for."""
    visit.demand(Action.LOOK_UP)
    return with_day_to_come(visit, wish, _answer(visit, wish))


def _answer(visit: Visit, wish: Understanding) -> Message:
    found = _otherwise(visit, wish)
    if found is not None:
        return with_others(visit, wish, found)
    group = _central(visit, wish) or find_group(visit, wish)
    if group is None and (wish.organisation or wish.party):
        return organisation_seats(visit, wish)
    if group is None and wish.level is Level.LOCAL and not wish.district:
        return _which(visit, wish)
    if group is None:
        raise NotFound(_no_group(visit, wish))
    return with_others(visit, wish, group_card(visit, wish, group))


def _central(visit: Visit, wish: Understanding) -> Group | None:
    """The central group in which it is asked who speaks for a district."""
    if wish.level is not Level.CENTRAL or not wish.district or wish.group_code:
        return None
    everywhere = wish.model_copy(update={"district": None})
    return group_of_place(visit.session, everywhere, wish.on or visit.on)


def _otherwise(visit: Visit, wish: Understanding) -> Message | None:
    """The answer to a question about a person, a title or a police area; nothing for a group."""
    if wish.person or wish.namesakes:
        return person_seats(visit, wish)
    if wish.title and not (wish.group or wish.role):
        return title_card(visit, wish)
    if wish.police_area and not wish.district:
        return police_area_card(visit, wish)
    return None


def who_person(visit: Visit, press: ButtonPressed) -> Message:
    """The seats of the one that was chosen among several with the same name."""
    visit.demand(Action.LOOK_UP)
    email, day, known = _told(visit, press.value, parts=3)
    person = visit.session.scalars(select(Person).where(Person.email == email)).first()
    if person is None or person.display_policy is DisplayPolicy.PROTECTED:
        raise too_old(visit)
    wish = _days(visit, day, known)
    return person_card(visit, person, as_of(visit, wish))


def who_seats(visit: Visit, press: ButtonPressed) -> Message:
    """The page of an organisation's or a party's seats that a button asks for."""
    visit.demand(Action.LOOK_UP)
    code, day, number, known = _told(visit, press.value, parts=4)
    page = whole(number)
    query = select(Organisation).where(Organisation.code == code)
    organisation = visit.session.scalars(query).first()
    if page is None or (organisation is None and code not in set(Party)):
        raise too_old(visit)
    of = {"organisation": organisation.name} if organisation else {"party": Party(code)}
    wish = _days(visit, day, known).model_copy(update=of)
    return organisation_seats(visit, wish, page)


def find_group(visit: Visit, wish: Understanding) -> Group | None:
    """The group that is meant: of the place, else central, else of the asker's own district."""
    on = wish.on or visit.on
    named = group_of_place(visit.session, wish, on)
    if named is not None or wish.district or not (wish.group or wish.role):
        return named
    kind = wish.group or GroupKind.STEERING
    mine = _own_or_central(visit, wish)
    if mine is None:
        return None
    query = select(Group).where(held_on(Group, on), Group.kind == kind, mine)
    return visit.session.scalars(query.order_by(Group.code)).first()


def group_of_place(session: Session, wish: Understanding, on: date) -> Group | None:
    """The group of the district or the level that was named, a steering group unless said."""
    kind = wish.group or GroupKind.STEERING
    query = select(Group).where(held_on(Group, on), Group.kind == kind).order_by(Group.code)
    if wish.group_code:
        query = select(Group).where(Group.code == wish.group_code)
    elif wish.district:
        query = query.join(District).where(District.name == wish.district)
    elif wish.level is Level.CENTRAL:
        query = query.where(Group.level == Level.CENTRAL)
    else:
        return None
    return session.scalars(query).first()


def _own_or_central(visit: Visit, wish: Understanding) -> ColumnElement[bool] | None:
    """The groups of the asker's own district, else the central ones unless local were asked for."""
    home = visit.asker.organisation.district_id if visit.asker else None
    if home is not None and wish.level is not Level.CENTRAL:
        return Group.district_id == home
    return None if wish.level is Level.LOCAL else Group.level == Level.CENTRAL


def _which(visit: Visit, wish: Understanding) -> Message:
    """The local groups of a kind, for who has no district of their own and named none."""
    on, kind = wish.on or visit.on, wish.group or GroupKind.STEERING
    query = select(Group).where(held_on(Group, on), Group.kind == kind, Group.level == Level.LOCAL)
    groups = visit.session.scalars(query.order_by(Group.name).limit(MOST_GROUPS)).all()
    if not groups:
        raise NotFound(_no_group(visit, wish))
    heading = visit.language._("Which group?")
    known = wish.known_on.isoformat() if wish.known_on else ""
    buttons = [
        Button(label=each.name[:40], action="who.group", value=f"{each.code}|{on}|0|{known}")
        for each in groups
    ]
    rows = (Actions(buttons=tuple(buttons[at : at + 5])) for at in range(0, len(buttons), 5))
    return Message(summary=heading, parts=(Heading(text=heading), *rows))


def _no_group(visit: Visit, wish: Understanding) -> str:
    _ = visit.language._
    on = wish.on or visit.on
    kind = _(KINDS[wish.group or GroupKind.STEERING])
    day = visit.language.day(on)
    if wish.level is Level.CENTRAL and not wish.district:
        none = _("There was no central {kind} on {day}.", kind=kind, day=day)
        return "\n".join([none, *first_lines(visit, wish, on)])
    if not wish.district:
        near = ", ".join(visit.registry.nearest_places(wish.rest or "")) if wish.rest else ""
        hint = _("Nearest: {names}.", names=near) if near else ""
        example = _("Write a place and a group, for example `who Farsta steering group`.")
        return " ".join(part for part in (hint, example) if part)
    none = _("{district} has no {kind} on {day}.", district=wish.district, kind=kind, day=day)
    born = born_lines(visit, wish.district, on)
    return "\n".join([none, *(born or first_lines(visit, wish, on))])


def group_card(visit: Visit, wish: Understanding, group: Group, page: int = 0) -> Message:
    """A group's seats on a day, as known now or then."""
    return card(visit, Shown.of(visit, wish, group, page))


def who_group(visit: Visit, press: ButtonPressed) -> Message:
    """The seats of the group that a button names, on the day and page it was shown for."""
    visit.demand(Action.LOOK_UP)
    code, day, number, known = _told(visit, press.value, parts=4)
    page = whole(number)
    group = visit.session.scalars(select(Group).where(Group.code == code)).first()
    if group is None or page is None:
        raise too_old(visit)
    return group_card(visit, _days(visit, day, known), group, page)


def _told(visit: Visit, value: str, *, parts: int) -> list[str]:
    """The parts of a button's value; those that an older button does not say are empty."""
    told = value.split("|")
    if len(told) > parts:
        raise too_old(visit)
    return told + [""] * (parts - len(told))


def _days(visit: Visit, day: str, known: str) -> Understanding:
    """A question about a day, as known on another where that is said."""
    try:
        on = date.fromisoformat(day)
        known_on = date.fromisoformat(known) if known else None
    except ValueError as error:
        raise too_old(visit) from error
    return Understanding(intent=Intent.REPRESENTATION, on=on, known_on=known_on)

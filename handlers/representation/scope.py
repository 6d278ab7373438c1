"""What a question of coverage is about: which groups, on which day, as known when."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from sqlalchemy import Select, select

from handlers.errors import NotFound
from handlers.representation.knowledge import AsOf, days_said
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.agreements import Level, kin_of_area
from models.base import held_on
from models.groups import Group, GroupKind, SeatRole
from models.intervals import end_of_day, last_day
from models.language import Language
from models.people.organisations import Party
from models.places.place import District
from models.representation.coverage import Representation, load, with_agreements
from models.representation.forums import Forum, forums, working_forums
from models.rights import Action


@dataclass(frozen=True)
class Scope:
    """Which groups and seats, storable in a button; a field that says nothing is empty.

    `on` and `known` are ISO days; without `known` it is what is known now that counts.
    """

    on: str
    known: str = ""
    district: str = ""
    kind: str = ""
    level: str = ""
    area: str = ""
    code: str = ""
    role: str = ""
    organisation: str = ""
    party: str = ""

    @classmethod
    def of(cls, visit: Visit, wish: Understanding) -> Scope:
        """What a typed line asks about."""
        return cls(
            on=(wish.on or visit.on).isoformat(),
            known=wish.known_on.isoformat() if wish.known_on else "",
            district=wish.district or "",
            kind=wish.group or "",
            level=wish.level or "",
            area=wish.area or "",
            code=wish.group_code or "",
            role=wish.role or "",
            organisation=wish.organisation or "",
            party=wish.party or "",
        )

    @classmethod
    def read(cls, visit: Visit, value: str) -> Scope:
        """What a button's value says; one that was made by another release is refused."""
        try:
            told = json.loads(value)
            scope = cls(**{name: str(told[name]) for name in _NAMES if name in told})
            scope.checked()
        except (ValueError, TypeError) as error:
            raise too_old(visit) from error
        return scope

    def checked(self) -> None:
        """Raises ValueError for a value that no scope has."""
        date.fromisoformat(self.on)
        for text, kind in (
            (self.kind, GroupKind),
            (self.level, Level),
            (self.role, SeatRole),
            (self.party, Party),
        ):
            if text:
                kind(text)
        if self.known:
            date.fromisoformat(self.known)

    def value(self, **more: object) -> str:
        """The scope as a button's value, with what else the button has to say."""
        told = {name: found for name in _NAMES if (found := getattr(self, name))}
        return json.dumps({**told, **more}, ensure_ascii=False)

    @property
    def day(self) -> date:
        """The day that is asked about."""
        return date.fromisoformat(self.on)

    @property
    def is_a_district(self) -> bool:
        """Whether a district is asked about as such, and not one of its groups."""
        return bool(self.district) and not (self.kind or self.level or self.code or self.area)

    def without_seats(self) -> Scope:
        """The same groups, whatever their seats are."""
        return replace(self, role="", organisation="", party="")


_NAMES = tuple(each.name for each in fields(Scope))


def too_old(visit: Visit) -> NotFound:
    """The refusal of a button whose value cannot be read."""
    return NotFound(visit.language._("This button is too old. Write `hjälp` to start again."))


def groups_of(visit: Visit, scope: Scope) -> list[Group]:
    """The groups of a scope that there are on its day."""
    query = groups_asked(visit, scope).where(held_on(Group, scope.day))
    return sorted(visit.session.scalars(query.options(*with_agreements())), key=_place)


def _place(group: Group) -> tuple[bool, str, int, str]:
    """Central groups first, then district by district: steering, preparing, working."""
    home = group.district.name if group.district else ""
    kinds = list(GroupKind)
    return (group.level is not Level.CENTRAL, home, kinds.index(group.kind), group.code)


def groups_asked(visit: Visit, scope: Scope) -> Select[Group]:
    """The question for the groups of a scope, of all days."""
    query = select(Group)
    if scope.code:
        query = query.where(Group.code == scope.code)
    elif scope.district and scope.level != Level.CENTRAL:
        query = query.join(District).where(District.name == scope.district)
    if scope.kind:
        query = query.where(Group.kind == GroupKind(scope.kind))
    if scope.level:
        query = query.where(Group.level == Level(scope.level))
    if scope.area:
        query = query.where(Group.area.in_(kin_of_area(visit.session, scope.area)))
    return query


def is_a_local_group(scope: Scope, facts: Representation) -> bool:
    """Whether it is about one local group, whose seats are then what matters."""
    one = len(facts.groups) == 1 and facts.groups[0].level is Level.LOCAL
    return one and bool(scope.code or scope.district)


def facts_of(visit: Visit, scope: Scope, *, central_too: bool = False) -> Representation:
    """The facts of a scope; what was known on an earlier day only for those who may see it.

    A district is also spoken for in the central groups: `central_too` brings them along.
    """
    groups = groups_of(visit, scope)
    known_at = moment_known(visit, scope, groups)
    if central_too:
        central = groups_of(visit, Scope(on=scope.on, level=Level.CENTRAL))
        groups = [*central, *groups]
    facts = load(visit.session, groups, scope.day, known_at)
    if not facts.districts:
        day = visit.language.day(scope.day)
        raise NotFound(visit.language._("I know no districts on {day}.", day=day))
    return facts


def moment_known(visit: Visit, scope: Scope, groups: Sequence[Group]) -> datetime | None:
    """The end of the day whose knowledge is asked for; none for today's or a day to come."""
    if not scope.known:
        return None
    only = groups[0] if len(groups) == 1 else None
    moment = end_of_day(date.fromisoformat(scope.known), only.zone if only else visit.language.zone)
    if moment >= visit.at:
        return None
    visit.demand(Action.SEE_HISTORY, group_id=only.id if only else None)
    return moment


def days_told(language: Language, scope: Scope, facts: Representation) -> str:
    """The day that an answer is about, and as known when."""
    known = date.fromisoformat(scope.known) if facts.known_at else None
    return days_said(language, AsOf(facts.on, known, facts.known_at))


def forums_of(scope: Scope, facts: Representation) -> list[Forum]:
    """The forums that a scope is about, also those that have no group on the day."""
    if scope.area:
        return working_forums(facts) or [_forum_to_be(scope, facts)]
    found = [each for each in forums(facts) if _is_in(scope, each)]
    if scope.code or scope.district:
        return [each for each in found if each.groups]
    return found or [_forum_to_be(scope, facts)]


def columns(facts: Representation, scope: Scope) -> list[District]:
    """The districts of a matrix: all, or those that the groups of one district are for."""
    if scope.is_a_district:
        return [each for each in facts.districts if each.name == scope.district]
    if not (scope.district or scope.code):
        return list(facts.districts)
    return [
        each
        for each in facts.districts
        if each.name == scope.district or any(facts.concerns(group, each) for group in facts.groups)
    ]


def _is_in(scope: Scope, forum: Forum) -> bool:
    return scope.kind in ("", forum.kind.value) and scope.level in ("", forum.level.value)


def _forum_to_be(scope: Scope, facts: Representation) -> Forum:
    """What was asked about and has no group on the day."""
    area = facts.area_in_force(scope.area) if scope.area else ""
    kind = GroupKind(scope.kind) if scope.kind and not area else GroupKind.WORKING
    return Forum(Level(scope.level or Level.LOCAL), kind, area=area)


def scope_name(visit: Visit, scope: Scope, facts: Representation) -> str:
    """What a scope is called in a heading; all groups together have no name."""
    if scope.area:
        area = facts.area_in_force(scope.area)
        return facts.area_name(area, visit.language.code)
    if len(facts.groups) == 1:
        return facts.groups[0].name
    if scope.district:
        return scope.district
    return visit.language._(NAMES[scope.level, scope.kind])


def area_lines(visit: Visit, scope: Scope, facts: Representation) -> list[str]:
    """That a priority area asked for is not one any more, since when, and what it went up in."""
    _ = visit.language._
    rows = [row for row in facts.areas if row.code == scope.area]
    ends = [row.valid_until for row in rows if row.valid_until and row.valid_until <= facts.on]
    if not ends or any(row.holds_on(facts.on) for row in rows):
        return []
    language, now = visit.language, facts.area_in_force(scope.area)
    former = facts.area_name(scope.area, language.code)
    if now == scope.area:
        last = language.day(last_day(max(ends)))
        return [_("{area} was a priority area until {day}.", area=former, day=last)]
    name, since = facts.area_name(now, language.code), language.day(max(ends))
    return [
        _(
            "{former} is part of **{district}** since {day}.",
            former=former,
            district=name,
            day=since,
        )
    ]


NAMES = {
    ("", ""): "all groups",
    ("", GroupKind.STEERING): "steering groups",
    ("", GroupKind.PREPARATORY): "preparatory groups",
    ("", GroupKind.WORKING): "working groups",
    (Level.CENTRAL, ""): "central groups",
    (Level.CENTRAL, GroupKind.STEERING): "central steering group",
    (Level.CENTRAL, GroupKind.PREPARATORY): "central preparatory group",
    (Level.CENTRAL, GroupKind.WORKING): "central working groups",
    (Level.LOCAL, ""): "local groups",
    (Level.LOCAL, GroupKind.STEERING): "local steering groups",
    (Level.LOCAL, GroupKind.PREPARATORY): "local preparatory groups",
    (Level.LOCAL, GroupKind.WORKING): "local working groups",
}
"""What groups of a level and a kind are called; StrEnums are found by their text."""

"""Which part of the chain a list is about: a line or a button's value, and the problems it has."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, select

from handlers.representation.scope import too_old
from handlers.representation.who import find_group
from handlers.understanding import Understanding
from handlers.understanding.meaning import VIEWS
from handlers.visit import Visit
from models.agreements import Level, kin_of_area
from models.base import held_on
from models.chain.links import Problem, problems
from models.groups import Group, GroupKind
from models.places.place import District


@dataclass(frozen=True)
class Scope:
    """Which links, whose, and which page of them; storable as JSON in a button.

    `view` is empty for the whole chain. `level` is central, or empty for any.
    """

    view: str = ""
    district: str = ""
    level: str = ""
    area: str = ""
    page: int = 0

    @classmethod
    def of(cls, visit: Visit, wish: Understanding) -> Scope:
        """What a line asks about; without a place, the asker's own district where there is one."""
        view, area = wish.view or "", wish.area or ""
        named = wish.group or wish.group_code
        group = find_group(visit, wish) if named else None
        if wish.level is Level.CENTRAL or (group and group.level is Level.CENTRAL):
            return cls(view, level=Level.CENTRAL.value, area=area)
        district = group.district.name if group and group.district else wish.district
        if district is None and not area and visit.asker is not None:
            own = visit.asker.organisation.district
            district = own.name if own else None
        return cls(view, district or "", area=area)

    @classmethod
    def read(cls, visit: Visit, value: str) -> Scope:
        """What a button's value says; refuses what it cannot read."""
        try:
            scope = cls(**json.loads(value))
            scope = replace(scope, page=int(scope.page))
        except (ValueError, TypeError) as error:
            raise too_old(visit) from error
        if scope.view not in ("", *VIEWS) or scope.page < 0:
            raise too_old(visit)
        return scope

    def at_page(self, page: int) -> str:
        """Another page of the same, as a button's value."""
        told = {name: said for name, said in vars(replace(self, page=page)).items() if said}
        return json.dumps(told, ensure_ascii=False)

    def problems(self, visit: Visit) -> list[Problem]:
        """The problems of the scope with all that hangs on them."""
        return problems(visit.session, *self._conditions(visit))

    def _conditions(self, visit: Visit) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.level:
            within = select(Group.id).where(Group.level == Level(self.level))
            found.append(Problem.group_id.in_(within))
        if self.district:
            within = select(Group.id).join(District).where(District.name == self.district)
            found.append(Problem.group_id.in_(within))
        if self.area:
            found.append(Problem.area.in_(kin_of_area(visit.session, self.area)))
        return found


def steering_group(visit: Visit, scope: Scope) -> Group | None:
    """The group that ranks the problems of a scope; none where it is of several districts."""
    query = select(Group).where(Group.kind == GroupKind.STEERING, held_on(Group, visit.on))
    if scope.level:
        query = query.where(Group.level == Level(scope.level))
    elif scope.district:
        query = query.join(District).where(District.name == scope.district)
    else:
        return None
    return visit.session.scalars(query.order_by(Group.code)).first()

"""Which groups are read together, at which moments, and whose measures each of them follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, or_

from digests.period import Period
from models.agreements import Level
from models.groups import Group, GroupKind

Rows = Select[*tuple[Any, ...]]
"""A question for columns of many kinds."""

Home = tuple[Level, int | None]
"""The level and the district that a group belongs to."""


@dataclass(frozen=True)
class Scope:
    """Groups with the period and the day that are told of: they are read with the same questions.

    A working group follows its own measures; a steering or preparatory group all of its district,
    or all the central ones.
    """

    groups: tuple[Group, ...]
    period: Period
    on: date

    @cached_property
    def ids(self) -> tuple[int, ...]:
        """The groups' own ids."""
        return tuple(group.id for group in self.groups)

    @cached_property
    def homes(self) -> frozenset[Home]:
        """The districts and levels of which everything is followed."""
        return frozenset(home_of(group) for group in self.groups if not is_working(group))

    def follows(self) -> ColumnElement[bool]:
        """The groups, joined as `Group`, whose measures any of these follows."""
        working = [group.id for group in self.groups if is_working(group)]
        return or_(Group.id.in_(working), *self._homes()) if working else or_(*self._homes())

    def _homes(self) -> Iterable[ColumnElement[bool]]:
        for level in {level for level, _ in self.homes}:
            places = [place for each, place in self.homes if each is level and place is not None]
            if places:
                yield (Group.level == level) & Group.district_id.in_(places)
            if (level, None) in self.homes:
                yield (Group.level == level) & Group.district_id.is_(None)


def is_working(group: Group) -> bool:
    """Whether it is a working group."""
    return group.kind is GroupKind.WORKING


def home_of(group: Group) -> Home:
    """The level and district of a group."""
    return group.level, group.district_id

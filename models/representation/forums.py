"""Groups looked at as one: each central one, the local ones of a kind, the working ones of an area.

A city has dozens of groups; in rows of this kind a reader sees all of them at a glance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.agreements import Level
from models.groups import Group, GroupKind
from models.places.place import District
from models.representation.coverage import (
    OUTSIDE,
    Beside,
    Coverage,
    Representation,
    Voice,
    beside,
    coverage,
    voice,
)
from models.representation.involvement import Degree


@dataclass(frozen=True)
class Forum:
    """A row of groups: `area` is a code for working groups, empty for those without an area.

    A forum without groups stands for what the agreement says there should be and is not.
    """

    level: Level
    kind: GroupKind
    groups: tuple[Group, ...] = ()
    area: str = ""

    @property
    def is_one_group(self) -> bool:
        """Whether the forum is a single central group, which is then called by its name."""
        return self.level is Level.CENTRAL and len(self.groups) == 1

    @property
    def is_local_focus(self) -> bool:
        """Whether it is of working groups whose theme is a district's own and no other's."""
        return self.kind is GroupKind.WORKING and not self.area


STANDING = (
    (Level.CENTRAL, GroupKind.STEERING),
    (Level.CENTRAL, GroupKind.PREPARATORY),
    (Level.LOCAL, GroupKind.STEERING),
    (Level.LOCAL, GroupKind.PREPARATORY),
)
"""The groups that each level has by the agreement; working groups come as they are needed."""


def forums(facts: Representation) -> list[Forum]:
    """All groups of the facts in forums, each group in one: the standing ones, then by area."""
    found = []
    for level, kind in STANDING:
        groups = [each for each in facts.groups if (each.level, each.kind) == (level, kind)]
        if level is Level.CENTRAL and groups:
            found += [Forum(level, kind, (group,)) for group in groups]
        else:
            found.append(Forum(level, kind, tuple(groups)))
    return found + working_forums(facts)


def working_forums(facts: Representation) -> list[Forum]:
    """The working groups by the area of the day, in the annex's order, own themes last."""
    by_area: dict[str, list[Group]] = {}
    for group in facts.groups:
        if group.kind is GroupKind.WORKING:
            area = facts.area_in_force(group.area) if group.area else ""
            by_area.setdefault(area, []).append(group)
    order = [row.code for row in facts.areas if row.holds_on(facts.on)]
    return [
        Forum(_level(groups), GroupKind.WORKING, tuple(groups), area)
        for area, groups in sorted(
            by_area.items(), key=lambda pair: (pair[0] == "", _place(order, pair[0]), pair[0])
        )
    ]


def _level(groups: Sequence[Group]) -> Level:
    return groups[0].level if len({each.level for each in groups}) == 1 else Level.LOCAL


def _place(order: Sequence[str], area: str) -> int:
    return order.index(area) if area in order else len(order)


def voice_in(facts: Representation, forum: Forum, district: District) -> Voice:
    """How a district is represented in a forum: the best that any of its groups gives it."""
    concerned = [group for group in forum.groups if facts.concerns(group, district)]
    if not concerned and _is_outside(facts, forum, district):
        return OUTSIDE
    pairs = [facts.speakers(group, district) for group in concerned]
    own = [seat for mine, _ in pairs for seat in mine]
    return voice(own, [seat for _, others in pairs for seat in others])


def beside_in(facts: Representation, forum: Forum, district: District) -> Beside:
    """What the district's own groups of a forum have beside their members, whosever it is.

    A vacant seat of a central group is no district's: it is told where the group itself is.
    """
    own = [group for group in forum.groups if group.level is Level.LOCAL]
    concerned = [group for group in own if facts.concerns(group, district)]
    return sum((beside(facts.seats[group.id]) for group in concerned), start=Beside())


def _is_outside(facts: Representation, forum: Forum, district: District) -> bool:
    """Whether it is nothing to the district that no group of the forum is for it."""
    if forum.is_local_focus:
        return True
    return facts.degree(forum.area, district) is Degree.NOT_CONCERNED


def voices_in(facts: Representation, forum: Forum) -> list[tuple[District, Voice]]:
    """How each district of the day is represented in a forum."""
    return [(district, voice_in(facts, forum, district)) for district in facts.districts]


def coverage_of(facts: Representation, forum: Forum) -> Coverage:
    """The districts by whose voice they have in a forum."""
    return coverage(voices_in(facts, forum))


def areas_without_groups(facts: Representation) -> list[str]:
    """The codes of the day's priority areas for which there is no working group."""
    worked = {forum.area for forum in working_forums(facts)}
    return [row.code for row in facts.areas if row.holds_on(facts.on) and row.code not in worked]

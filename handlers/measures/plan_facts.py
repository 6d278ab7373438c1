"""A group's plan as facts: per priority area why something is done, and what is done about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from sqlalchemy import select

from handlers.chain.things import Approved, subject_of
from handlers.measures.selection import Filter, Row, Selection, group_scope
from handlers.visit import Visit
from models.agreements import Agreement, PriorityArea
from models.base import held_on
from models.chain.approvals import Subject, Version, histories, newest
from models.chain.approvals_past import made_since, versions_before
from models.chain.links import Cause, Direction, Goal, Problem, has_cause, problems, with_chain
from models.groups import Group, GroupKind
from models.measures.measure import Measure
from models.places.place import District

Link = TypeVar("Link", Problem, Cause, Direction, Goal)


@dataclass(frozen=True)
class AreaPlan:
    """A priority area: its name, its problems with all that hangs on them, and its measures."""

    name: str
    problems: tuple[Problem, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class PlanFacts:
    """A group's plan on the visit's day; an earlier one as it was known at its end, `known_at`."""

    visit: Visit
    group: Group
    known_at: datetime | None = None

    @cached_property
    def selection(self) -> Selection:
        """The group's measures, the most urgent first."""
        return Selection(self.visit, Filter(group=self.group.code), self.known_at)

    @cached_property
    def rows(self) -> list[Row]:
        """The measures in the order of their codes, as a plan is read."""
        return sorted(self.selection.rows, key=lambda row: row.measure.code)

    @cached_property
    def linked(self) -> dict[int, Measure]:
        """The measures with all that they are for, by id."""
        ids = [row.measure.id for row in self.rows]
        found = self.visit.session.scalars(with_chain().where(Measure.id.in_(ids)))
        return {measure.id: measure for measure in found.unique()}

    @cached_property
    def agreement(self) -> Agreement | None:
        """The agreement behind the plan; on an earlier day the one that held then."""
        now, group = self.group.agreement, self.group
        if now is None or now.valid_from <= self.visit.on:
            return now
        query = select(Agreement).where(
            Agreement.level == now.level, held_on(Agreement, self.visit.on)
        )
        if group.district_id is not None:
            query = query.where(Agreement.districts.any(District.id == group.district_id))
        return self.visit.session.scalars(query.order_by(Agreement.code)).first()

    @cached_property
    def _later(self) -> set[str]:
        """The codes of the links that were not there yet on an earlier day."""
        return made_since(self.visit.session, self.known_at) if self.known_at else set()

    def there(self, links: Sequence[Link]) -> list[Link]:
        """Those of some links that were there on the day."""
        return [each for each in links if each.code not in self._later]

    @cached_property
    def problems(self) -> list[Problem]:
        """The problems of the group's district; a working group's are those it works against."""
        found = self.there(problems(self.visit.session, Problem.group_id.in_(self._scope)))
        if self.group.kind is not GroupKind.WORKING:
            return found
        return [each for each in found if self.measures_of(each)]

    @cached_property
    def _scope(self) -> list[int]:
        if self.group.kind is not GroupKind.WORKING:
            return group_scope(self.visit.session, self.group.code)
        return list(
            self.visit.session.scalars(
                select(Group.id).where(
                    Group.level == self.group.level,
                    Group.district_id.is_not_distinct_from(self.group.district_id),
                )
            )
        )

    def measures_of(self, problem: Problem) -> list[Measure]:
        """The plan's measures that hang on a problem."""
        links: list[Cause | Goal] = [*self.there(problem.causes), *self._goals([problem])]
        return self.planned(links)

    def _goals(self, problems: Iterable[Problem]) -> list[Goal]:
        return [
            goal
            for problem in problems
            for cause in self.there(problem.causes)
            for direction in self.there(cause.directions)
            for goal in self.there(direction.goals)
        ]

    def planned(self, links: Iterable[Cause | Goal]) -> list[Measure]:
        """Those measures of some causes and goals that stand in this plan, each once."""
        codes = {link.code for link in links}
        return [
            measure
            for measure in sorted(self.linked.values(), key=lambda each: each.code)
            if codes
            & {*(goal.code for goal in measure.goals), *(cause.code for cause in measure.causes)}
        ]

    @cached_property
    def areas(self) -> list[AreaPlan]:
        """The priority areas by name; what has none comes last."""
        codes = {row.measure.area for row in self.rows} | {each.area for each in self.problems}
        names = {code: self._names.get(code, code) for code in codes}
        found = [
            AreaPlan(
                names[code],
                tuple(each for each in self.problems if each.area == code),
                tuple(row for row in self.rows if row.measure.area == code),
            )
            for code in sorted(codes, key=lambda code: (not code, names[code]))
        ]
        return [area for area in found if area.rows or area.problems]

    @cached_property
    def _names(self) -> dict[str, str]:
        query = select(PriorityArea).order_by(PriorityArea.valid_from)
        language = self.visit.language.code
        return {area.code: area.name(language) for area in self.visit.session.scalars(query)}

    @cached_property
    def versions(self) -> dict[Subject, list[Version]]:
        """What was submitted of the plan's directions, goals and measures, and who approved it."""
        found = histories(self.visit.session, [subject_of(each) for each in self.things])
        return versions_before(found, self.known_at) if self.known_at else found

    @cached_property
    def things(self) -> list[Approved]:
        """The plan's directions, goals and measures, which both parties approve."""
        directions = [
            direction
            for problem in self.problems
            for cause in self.there(problem.causes)
            for direction in self.there(cause.directions)
        ]
        return [*directions, *self._goals(self.problems), *self.linked.values()]

    def version_then(self, thing: Approved) -> Version | None:
        """On an earlier day the wording that had been submitted, which may read otherwise now."""
        return newest(self.versions.get(subject_of(thing), [])) if self.known_at else None

    def without_cause(self, rows: Sequence[Row]) -> list[Row]:
        """The measures that say nothing of why they are done (rule R11)."""
        return [row for row in rows if not has_cause(self.linked[row.measure.id])]

    @property
    def incomplete_goals(self) -> int:
        """How many goals lack something that rule R11 asks for."""
        return sum(not goal.is_complete for goal in self._goals(self.problems))


def _codes(measure: Measure) -> list[str]:
    """The codes of the goals and causes that a measure is linked to."""
    return [*(goal.code for goal in measure.goals), *(cause.code for cause in measure.causes)]

"""One sort of the chain's links as a table: problems, causes, directions or goals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers.chain.scope import Scope
from handlers.chain.steps import Steps
from handlers.chain.things import from_to, subject_of, wording
from handlers.chain.words import LEGS, approval_status, lacking, rank
from models.chain.links import Cause, Direction, Goal, Problem, measures_under
from models.measures.measure import Measure
from models.message import Cell, Part, Status, Table, Tone
from models.wording import standing_words

Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Listed:
    """A table's columns, and the rows that the problems have for it."""

    columns: tuple[str, ...]
    rows: Callable[[Steps, list[Problem]], list[Row]]


def table_of(
    scope: Scope, problems: list[Problem], steps: Steps, size: int
) -> tuple[list[Part], int]:
    """A page of the table that a scope asks for, and how many rows there are in all."""
    listed = LISTS[scope.view]
    rows = listed.rows(steps, problems)
    shown = rows[scope.page * size : (scope.page + 1) * size]
    columns = tuple(steps.language._(column) for column in listed.columns)
    return ([Table(columns=columns, rows=tuple(shown))] if shown else []), len(rows)


def _problems(steps: Steps, problems: list[Problem]) -> list[Row]:
    return [
        (
            _titled(each),
            Cell(text=rank(steps.language, each)),
            Cell(text=each.source),
            Cell(text=_measures(steps, measures_under([each]))),
        )
        for each in problems
    ]


def _causes(steps: Steps, problems: list[Problem]) -> list[Row]:
    return [
        (
            _titled(each),
            Cell(text=steps.language._(LEGS[each.leg])),
            Cell(text=problem.code),
            Cell(text=_measures(steps, each.measures)),
        )
        for problem in problems
        for each in problem.causes
    ]


def _directions(steps: Steps, problems: list[Problem]) -> list[Row]:
    return [
        (
            _titled(each),
            Cell(text=each.cause.code),
            Cell(text=", ".join(goal.code for goal in each.goals) or "–"),
            Cell(status=_approval(steps, each)),
        )
        for each in _all_directions(problems)
    ]


def _goals(steps: Steps, problems: list[Problem]) -> list[Row]:
    return [_goal(steps, goal) for each in _all_directions(problems) for goal in each.goals]


def _incomplete(steps: Steps, problems: list[Problem]) -> list[Row]:
    goals = [goal for each in _all_directions(problems) for goal in each.goals]
    return [_goal(steps, goal) for goal in goals if not goal.is_complete]


def _goal(steps: Steps, goal: Goal) -> Row:
    language = steps.language
    numbers = from_to(language, goal)
    lack = lacking(language, goal)
    short = Status(sign="⚠", word=language._("incomplete"), tone=Tone.WARNING)
    is_submitted = bool(steps.versions.get(subject_of(goal)))
    due = language.day(goal.due_on) if goal.due_on else "–"
    return (
        Cell(text=f"{goal.code} {goal.title}"[:500]),
        Cell(text=lack if lack and not numbers else " · ".join(filter(None, (numbers, lack)))),
        Cell(text=due),
        Cell(status=short if lack and not is_submitted else _approval(steps, goal)),
        Cell(text=_measures(steps, goal.measures)),
    )


def _all_directions(problems: list[Problem]) -> list[Direction]:
    return [each for problem in problems for cause in problem.causes for each in cause.directions]


def _titled(link: Problem | Cause | Direction) -> Cell:
    return Cell(text=f"{link.code} {link.title}"[:500])


def _approval(steps: Steps, thing: Direction | Goal) -> Status:
    versions = steps.versions.get(subject_of(thing), [])
    return approval_status(steps.language, versions, wording(thing))


def _measures(steps: Steps, measures: Sequence[Measure]) -> str:
    """The measures with the signs of their lights: ● FAR-009, ▲ FAR-011."""
    signs = (standing_words(steps.lights[each.id], steps.language) for each in measures)
    said = [f"{light.sign} {each.code}" for light, each in zip(signs, measures, strict=True)]
    if len(said) > MOST_MEASURES:
        more = len(said) - MOST_MEASURES
        said[MOST_MEASURES:] = [steps.language.n("{number} more", "{number} more", more)]
    return ", ".join(said) or "–"


MOST_MEASURES = 30

LISTS = {
    "problems": Listed(("Problem", "Rank", "Source", "Measures"), _problems),
    "causes": Listed(("Cause", "Kind", "Problem", "Measures"), _causes),
    "directions": Listed(("Direction", "Cause", "Goals", "Approval"), _directions),
    "goals": Listed(("Goal", "From and to", "Due", "Status", "Measures"), _goals),
    "incomplete": Listed(("Goal", "From and to", "Due", "Status", "Measures"), _incomplete),
}
"""What each view shows."""

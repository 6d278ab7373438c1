"""The chain downward in lines: what hangs on a link, one arrow deeper each step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handlers.chain.steps import Steps
from handlers.chain.things import Approved, Link
from models.chain.links import Cause, Direction, Goal, Problem
from models.chain.removal import hanging


def downward(problem: Problem, steps: Steps) -> Iterator[str]:
    """A problem with its causes, directions, goals and measures."""
    yield steps.problem(problem)
    yield from below(problem, steps)


def below(link: Link, steps: Steps) -> Iterator[str]:
    """What hangs on a link, without itself; a measure stands under the lowest link it has."""
    for each in hanging(link):
        yield f"→ {steps.link(each)}"
        yield from _deeper(below(each, steps))
    if isinstance(link, Goal):
        yield from (f"→ {steps.measure(each)}" for each in link.measures)
    if isinstance(link, Cause):
        goals = [goal for direction in link.directions for goal in direction.goals]
        by_goal = {measure.id for goal in goals for measure in goal.measures}
        alone = [each for each in link.measures if each.id not in by_goal]
        yield from (f"→ {steps.measure(each)}" for each in alone)


def _deeper(lines: Iterable[str]) -> Iterator[str]:
    return (f"→ {line}" for line in lines)


def things_below(link: Link) -> Iterator[Approved]:
    """The directions, goals and measures that hang on a link; a measure may come twice."""
    if isinstance(link, Cause | Goal):
        yield from link.measures
    for each in hanging(link):
        if isinstance(each, Direction | Goal):
            yield each
        yield from things_below(each)

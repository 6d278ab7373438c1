"""The chain downward: problems with causes, directions, goals and measures, page by page."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, select

from handlers.chain.downward import downward
from handlers.chain.making import new_problem_button
from handlers.chain.scope import Scope, steering_group
from handlers.chain.steps import Steps
from handlers.chain.tables import table_of
from handlers.chain.things import Approved
from handlers.visit import Visit
from models.agreements import Level
from models.chain.links import Problem, measures_under, without_cause
from models.groups import Group
from models.measures.measure import Measure
from models.measures.workload import open_measures
from models.message import Actions, Button, Heading, Message, Note, Part, Text, paragraphs
from models.places.place import District

PROBLEMS_ON_A_PAGE = 2
ROWS_ON_A_PAGE = 10

TITLES = {
    "": "From problem to measure",
    "problems": "Problems",
    "causes": "Causes",
    "directions": "Directions",
    "goals": "Goals",
    "incomplete": "Incomplete goals",
}


def listing(visit: Visit, scope: Scope) -> Message:
    """A page of the chain, whole or one sort of its links."""
    problems = scope.problems(visit)
    steps = _steps(visit, problems)
    heading = _heading(visit, scope)
    if not scope.view:
        body, number = _whole(visit, scope, problems, steps)
        size = PROBLEMS_ON_A_PAGE
    else:
        body, number = table_of(scope, problems, steps, ROWS_ON_A_PAGE)
        size = ROWS_ON_A_PAGE
    if not body:
        body = [Text(text=visit.language._("Nothing of this is written down here yet."))]
    pages = (number + size - 1) // size
    parts: list[Part] = [Heading(text=heading[:150]), *body, *_foot(visit, scope, pages)]
    counted = visit.language.n("{number} in all", "{number} in all", number)
    return Message(summary=f"{heading}: {counted}", parts=tuple(parts), replaces=scope.page > 0)


def _steps(visit: Visit, problems: list[Problem]) -> Steps:
    causes = [cause for problem in problems for cause in problem.causes]
    directions = [direction for cause in causes for direction in cause.directions]
    goals = [goal for direction in directions for goal in direction.goals]
    things: list[Approved] = [*directions, *goals, *measures_under(problems)]
    return Steps.of(visit.session, visit.language, things, visit.on)


def _heading(visit: Visit, scope: Scope) -> str:
    _ = visit.language._
    where = _("central groups") if scope.level == Level.CENTRAL else scope.district
    words = [_(TITLES[scope.view]), where]
    return " · ".join(word for word in words if word)


def _whole(
    visit: Visit, scope: Scope, problems: list[Problem], steps: Steps
) -> tuple[list[Part], int]:
    """A page of problems, each with all that hangs on it."""
    first = scope.page * PROBLEMS_ON_A_PAGE
    parts: list[Part] = []
    for problem in problems[first : first + PROBLEMS_ON_A_PAGE]:
        parts += paragraphs(downward(problem, steps))
    return parts, len(problems)


def _foot(visit: Visit, scope: Scope, pages: int) -> list[Part]:
    """Turning pages, how to look at one, and how many measures hang on nothing."""
    _ = visit.language._
    parts: list[Part] = []
    buttons = list(_turns(visit, scope, pages))
    number = len(open_measures(visit.session, without_cause(), *_measures_of(scope)))
    if number and scope.view in ("", "causes"):
        line = " ".join(word for word in (_("measures without cause"), scope.district) if word)
        label = _("Measures without a cause")
        buttons.append(Button(label=label, action="say", value=line))
        said = "{number} open measure has no cause."
        parts.append(
            Note(text=visit.language.n(said, "{number} open measures have no cause.", number))
        )
    if scope.view in ("", "problems"):
        buttons += new_problem_button(visit, steering_group(visit, scope))
    if buttons:
        parts.append(Actions(buttons=tuple(buttons)))
    if pages > 1:
        parts.append(Note(text=_("Page {page} of {pages}", page=scope.page + 1, pages=pages)))
    if scope.view:
        parts.append(Note(text=_("Write its code to see one of them, for example `goals FAR-M1`.")))
    return parts


def _turns(visit: Visit, scope: Scope, pages: int) -> Iterator[Button]:
    _ = visit.language._
    for page, label in ((scope.page - 1, _("Previous page")), (scope.page + 1, _("Next page"))):
        if 0 <= page < pages:
            yield Button(label=label, action="chain.page", value=scope.at_page(page))


def _measures_of(scope: Scope) -> Iterator[ColumnElement[bool]]:
    if scope.level:
        within = select(Group.id).where(Group.level == Level(scope.level))
        yield Measure.group_id.in_(within)
    if scope.district:
        within = select(Group.id).join(District).where(District.name == scope.district)
        yield Measure.group_id.in_(within)

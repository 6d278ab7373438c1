"""Why a measure is done: the chain upward to goal, direction, cause, problem and its source."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from handlers.chain.linking import link_button
from handlers.chain.steps import Steps
from handlers.chain.things import Approved, subject_of
from handlers.chain.words import name
from handlers.measures.card_more import area_name
from handlers.measures.report import find_measure
from handlers.requests import ButtonPressed
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.chain.links import Cause, has_cause, with_chain
from models.measures.measure import Measure
from models.message import (
    Actions,
    Button,
    Heading,
    Message,
    Note,
    Part,
    Status,
    Text,
    Tone,
    paragraphs,
)
from models.rights import Action


def why(visit: Visit, wish: Understanding) -> Message:
    """Answers `why FAR-014`."""
    visit.demand(Action.SEE_MEASURES)
    if not wish.measure:
        sentence = visit.language._("Say which measure, for example `why FAR-014`.")
        return Message(summary=sentence, parts=(Text(text=sentence),))
    return chain_upward(visit, find_measure(visit, wish.measure))


def why_button(visit: Visit, press: ButtonPressed) -> Message:
    """The same from a measure's card."""
    visit.demand(Action.SEE_MEASURES)
    return chain_upward(visit, find_measure(visit, press.value))


def chain_upward(visit: Visit, measure: Measure, *lead: str, undo: Button | None = None) -> Message:
    """A measure with what it is there for; a missing cause is flagged, not hidden (rule R11)."""
    query = with_chain().where(Measure.id == measure.id)
    measure = visit.session.scalars(query).one()
    directions = [goal.direction for goal in measure.goals]
    things: list[Approved] = [measure, *measure.goals, *directions]
    steps = Steps.of(visit.session, visit.language, things, visit.on)
    heading = visit.language._("Why {code}?", code=measure.code)
    parts: list[Part] = [
        Heading(text=heading),
        *paragraphs(lead),
        Text(text=steps.measure(measure)),
    ]
    for path in _paths(visit, measure, steps):
        parts += paragraphs(f"→ {line}" for line in path)
    if not has_cause(measure):
        word = visit.language._("No cause is linked")
        parts.append(Status(sign="⚠", word=word, tone=Tone.WARNING))
    if area := area_name(visit, measure):
        parts.append(Note(text=f"{visit.language._('Priority area')}: {area}"))
    undoing = (undo,) if undo is not None else ()
    parts.append(Actions(buttons=(*undoing, *_buttons(visit, measure))[:5]))
    return Message(summary=_spoken(visit, heading, measure), parts=tuple(parts))


def _buttons(visit: Visit, measure: Measure) -> tuple[Button, ...]:
    """The goals' own cards, and what both parties have said of the measure."""
    _ = visit.language._
    goals = [
        Button(
            label=_("Read: {title}", title=name(visit.language, goal))[:40],
            action="chain.show",
            value=goal.code,
        )
        for goal in measure.goals[:3]
    ]
    value = subject_of(measure).key
    approval = Button(label=_("Approval"), action="approval.show", value=value)
    return (*goals, approval, *link_button(visit, measure))


def _paths(visit: Visit, measure: Measure, steps: Steps) -> Iterator[list[str]]:
    """Each way up: by the goals of one direction, by a cause linked alone, or in own words."""
    by_direction = sorted(measure.goals, key=lambda goal: (goal.direction.code, goal.code))
    for _, goals in groupby(by_direction, key=lambda goal: goal.direction_id):
        found = list(goals)
        direction = found[0].direction
        lines = [steps.goal(goal) for goal in found]
        yield [*lines, steps.direction(direction), *steps.upward(direction.cause)]
    for cause in _alone(measure):
        yield steps.upward(cause)
    if own := _own_words(visit, measure):
        yield own


def _alone(measure: Measure) -> list[Cause]:
    """The causes to which no goal of the measure leads."""
    reached = {goal.direction.cause_id for goal in measure.goals}
    return [cause for cause in measure.causes if cause.id not in reached]


def _own_words(visit: Visit, measure: Measure) -> list[str]:
    """What stands in words about the links that have no code."""
    _ = visit.language._
    goal = "" if measure.goals else measure.goal
    cause = "" if measure.goals or measure.causes else measure.cause
    problem = "" if measure.goals or measure.causes else measure.problem
    pairs = ((_("Goal"), goal), (_("Cause"), cause), (_("Problem"), problem))
    return [f"**{label}:** {words}" for label, words in pairs if words]


def _spoken(visit: Visit, heading: str, measure: Measure) -> str:
    """The chain in one sentence: Varför FAR-014? Belysning … → Färre rån → …"""
    titles = [measure.title, *(goal.title for goal in measure.goals)]
    causes = [goal.direction.cause for goal in measure.goals] + _alone(measure)
    titles += [words.partition(":** ")[2] for words in _own_words(visit, measure)]
    titles += [cause.title for cause in causes]
    titles += [cause.problem.title for cause in causes]
    return f"{heading} {' → '.join(dict.fromkeys(titles))}"[:1000]

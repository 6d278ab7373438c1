"""What stands in the chain, by its code, and what is approved of it, word for word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from handlers import texts
from models.chain.approvals import Approvable, Subject
from models.chain.links import Cause, Direction, Goal, Problem
from models.groups import Group
from models.language import Language
from models.measures.measure import Measure

Link = Problem | Cause | Direction | Goal
"""A link of the chain above the measures."""

Approved = Direction | Goal | Measure
"""What both parties approve before it holds (rule R3)."""

One = TypeVar("One", Problem, Cause, Direction, Goal, Measure)


def subject_of(thing: Approved) -> Subject:
    """How a thing is named where it is approved."""
    if isinstance(thing, Measure):
        return Subject(Approvable.MEASURE, thing.code)
    kind = Approvable.GOAL if isinstance(thing, Goal) else Approvable.DIRECTION
    return Subject(kind, thing.code)


def group_of(thing: Link | Measure) -> Group:
    """The group to which a thing belongs, by way of its problem."""
    if isinstance(thing, Goal):
        return group_of(thing.direction)
    if isinstance(thing, Direction):
        return group_of(thing.cause)
    return thing.problem.group if isinstance(thing, Cause) else thing.group


def find_link(session: Session, code: str) -> Link | None:
    """The link of the chain that has a code, however its capitals are written."""
    known = code.strip().upper()
    return (
        _coded(session, Problem, known)
        or _coded(session, Cause, known)
        or _coded(session, Direction, known)
        or _coded(session, Goal, known)
    )


def find_approved(session: Session, subject: Subject) -> Approved | None:
    """The thing that is approved under a name."""
    if subject.kind is Approvable.MEASURE:
        return _coded(session, Measure, subject.code)
    if subject.kind is Approvable.GOAL:
        return _coded(session, Goal, subject.code)
    return _coded(session, Direction, subject.code)


def find_all(session: Session, subjects: Iterable[Subject]) -> dict[Subject, Approved]:
    """All the things that are approved under these names, with their groups, in three queries."""
    codes = {subject.code for subject in subjects}
    if not codes:
        return {}
    upward = joinedload(Direction.cause).joinedload(Cause.problem).joinedload(Problem.group)
    found: list[Approved] = []
    found += session.scalars(select(Direction).where(Direction.code.in_(codes)).options(upward))
    goals = select(Goal).where(Goal.code.in_(codes))
    found += session.scalars(goals.options(joinedload(Goal.direction).options(upward)))
    measures = select(Measure).where(Measure.code.in_(codes))
    found += session.scalars(measures.options(joinedload(Measure.group)))
    return {subject_of(thing): thing for thing in found}


def _coded(session: Session, kind: type[One], code: str) -> One | None:
    return session.scalars(select(kind).where(kind.code == code)).first()


def wording(thing: Approved) -> str:
    """What is approved of a thing, in its group's language; the same facts read the same."""
    group = group_of(thing)
    language = texts.language(group.language, group.zone)
    said = {Goal: _goal, Measure: _measure}.get(type(thing))
    lines = said(language, thing) if said else ()
    return "\n".join([thing.title, *lines])


def from_to(language: Language, goal: Goal) -> str:
    """From where a goal starts to where it leads: 24 → 16 anmälda rån per år."""
    numbers = [
        language.number(value) if value is not None else "?"
        for value in (goal.baseline, goal.target)
    ]
    if goal.baseline is None and goal.target is None:
        return ""
    return f"{' → '.join(numbers)} {goal.unit}".strip()


def _goal(language: Language, thing: Approved) -> Iterable[str]:
    assert isinstance(thing, Goal)
    if numbers := from_to(language, thing):
        yield numbers
    if thing.due_on:
        yield language._("Due: {day}", day=language.day(thing.due_on))
    if thing.indicator:
        yield language._("Indicator: {indicator}", indicator=thing.indicator)


def _measure(language: Language, thing: Approved) -> Iterable[str]:
    assert isinstance(thing, Measure)
    # A goal has a wording of its own, so that a change of it is not one of the measure.
    goal = ", ".join(each.code for each in thing.goals) or thing.goal
    if goal:
        yield language._("Goal: {goal}", goal=goal)
    if thing.due_on:
        yield language._("Due: {day}", day=language.day(thing.due_on))

"""Members who know their own answer and try to work out a colleague's from all that was told."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from bot.estimates.program import Program
from bot.estimates.space import Goal
from models.statistics.disclosure import Atom, Cell, Order, Statement, statements, tale_of
from models.statistics.telling import YES_NO
from tests.acceptance.figure import Figure, Size
from tests.acceptance.worlds import Closed, Member, closing, world

ME = "me"
YES = frozenset({1})


def told(closed: list[Closed]) -> list[Statement]:
    """Everything that all waves have told, of yes and no alone."""
    return [
        statement
        for each in closed
        for figures, release in zip(each.order.figures, each.releases, strict=True)
        for statement in statements(
            YES_NO, figures, tale_of(each.order, figures, release.coarseness)
        )
        if len(statement.weights) == YES_NO.answers
    ]


def pins(member: Member, order: Order, known: list[Statement]) -> bool:
    """Whether a member, taken out of the own atom with the answer known, learns another's."""
    marks = frozenset({member.district, member.organisation})
    sizes = Counter({atom: atom.size for atom in order.atoms})
    own = next(a for a in order.atoms if (a.marks, a.waves) == (marks, member.waves))
    sizes[own] -= 1
    others = [replace(atom, size=size) for atom, size in sizes.items() if size]
    me = Atom(marks | {ME}, member.waves, 1)
    mine = Statement(Cell(min(member.waves), ME), (0, 1), member.answer, member.answer)
    goals = [Goal(atom, YES, not_all) for atom in others for not_all in (False, True)]
    program = Program.of([*others, me], [*known, mine], YES_NO.answers)
    return bool(program.never(goals))


def measure(size: Size) -> list[Figure]:
    """How many of some members, of cities told in two waves, could pin a colleague."""
    tried = pinned = 0
    for seed in range(size.of(1, 4)):
        members = world(seed, share=0.5, districts=size.of(3, 6))
        closed = list(closing(members))
        known, chance = told(closed), random.Random(seed)
        took_part = [each for each in members if each.waves]
        for member in chance.sample(took_part, size.of(8, 30)):
            tried += 1
            pinned += pins(member, closed[-1].order, known)
    return [Figure(f"insiders of {tried} who pin a colleague", pinned, most=0)]

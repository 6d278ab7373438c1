"""What an attacker may assume, in turn: static answers in all waves, else what still fits together.

Answers do change in truth, and then no static answers fit all waves. What is left to assume is
the closing wave alone, and each mark's own cells through the waves where these still fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.estimates.effort import Effort
from bot.estimates.program import Goal, Impossible, Insider, Numbers, Program
from models.statistics.disclosure import Atom, Cell, Statement

STEPS = 20_000
"""How often one person's answer is tried to be exchanged for another's."""


@dataclass(frozen=True)
class View:
    """The cells that are held together, the persons in them, and what is not yet known possible.

    `seen` are answers of everybody that fit; they still fit when things are told more coarsely.
    From the whole, where it fits, all else follows.
    """

    concerns: Callable[[Cell], bool]
    atoms: tuple[Atom, ...]
    goals: frozenset[Goal]
    is_whole: bool = False
    seen: list[Numbers] = field(default_factory=list, compare=False)
    effort: Effort | None = field(default=None, compare=False)

    def about(self, goals: Iterable[Goal]) -> View:
        """The same with other goals, those of its own atoms."""
        among = set(self.atoms)
        return replace(self, goals=frozenset(goal for goal in goals if goal.atom in among))

    def narrowed(self, told: Iterable[Statement], who: Attacker) -> View:
        """The same, with the goals left that nothing reaches; raises `Impossible`."""
        program = self._program(told, who.answers)
        if who.insider is not None:
            program.know(who.insider)
        left = program.unreached(self.goals, self.seen, proven=who.has_to_prove)
        return replace(self, goals=frozenset(left))

    def wander(self, told: Iterable[Statement], answers: int) -> None:
        """Sees more of what fits, where anything does."""
        if self.seen:
            self._program(told, answers).wander(self.seen, STEPS)

    def _program(self, told: Iterable[Statement], answers: int) -> Program:
        concerned = (each for each in told if self.concerns(each.cell))
        return Program(self.atoms, concerned, answers, self.effort)


@dataclass
class Attacker:
    """Works out what cannot be; from one call to the next things are told more coarsely only.

    So a goal once reached stays reached, and only the others are looked at again. An insider
    knows the own answer too. `fits` says whether static answers fitted all waves when last told.
    Who has to prove takes what cannot be decided for possible, not for impossible.
    """

    answers: int
    views: list[View]
    insider: Insider | None = None
    fits: bool = False
    has_to_prove: bool = False

    @classmethod
    def of(
        cls,
        atoms: tuple[Atom, ...],
        cells: Sequence[Cell],
        goals: Iterable[Goal],
        answers: int,
        effort: Effort | None = None,
    ) -> Attacker:
        """Somebody outside, given atoms, the closing wave's cells, and what must be possible."""
        whole = View(lambda _: True, atoms, frozenset(goals), is_whole=True, effort=effort)
        marks = sorted({cell.mark for cell in cells})
        parts = [_alone({cell.wave for cell in cells}, whole), *(_of_mark(m, whole) for m in marks)]
        return cls(answers, [whole, *parts])

    def unreached(self, told: Sequence[Statement]) -> frozenset[Goal]:
        """The goals that cannot be true, given everything told."""
        found: frozenset[Goal] = frozenset()
        for number, view in enumerate(self.views):
            try:
                self.views[number] = view.narrowed(told, self)
            except Impossible:
                continue
            found |= self.views[number].goals
            self.fits = view.is_whole
            if view.is_whole:
                break
        return found

    def copy(self) -> Attacker:
        """One that may be told more without this one knowing."""
        apart = [replace(view, seen=list(view.seen)) for view in self.views]
        return replace(self, views=apart)

    def wander(self, told: Sequence[Statement]) -> None:
        """Sees more of what is possible, before many insiders ask for it one by one."""
        for view in self.views:
            view.wander(told, self.answers)

    def inside(self, insider: Insider, goals: Iterable[Goal]) -> Attacker:
        """A member who knows the own answer, and has seen what this one has seen to be possible.

        Where static answers fit all waves, a member whose answer does not fit is none.
        """
        others = [goal for goal in goals if goal.atom != insider.atom or goal.atom.size > 1]
        views = [
            view.about(others)
            for view in self.views
            if view.is_whole == self.fits and insider.atom in view.atoms
        ]
        return Attacker(self.answers, views, insider)


def _alone(waves: set[int], whole: View) -> View:
    """The closing wave without any other."""
    atoms = tuple(atom for atom in whole.atoms if atom.waves & waves)
    mine = View(lambda cell: cell.wave in waves, atoms, frozenset(), effort=whole.effort)
    return mine.about(whole.goals)


def _of_mark(mark: str, whole: View) -> View:
    """One mark's cells through all waves."""
    atoms = tuple(atom for atom in whole.atoms if atom.has(mark))
    mine = View(lambda cell: cell.mark == mark, atoms, frozenset(), effort=whole.effort)
    return mine.about(whole.goals)

"""What an attacker may assume, in turn: static answers in all waves, else what still fits together.

Answers do change in truth, and then no static answers fit all waves. What is left to assume is
the closing wave alone, and each mark's own cells through the waves where these still fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress

from bot.estimates.effort import Effort
from bot.estimates.program import Impossible, Program
from bot.estimates.seen import Seen
from bot.estimates.space import Goal, Insider, Space
from models.statistics.disclosure import Atom, Cell, Statement

Told = tuple[Statement, ...]


@dataclass
class Ground:
    """The cells that are held together, the persons in them, and which answers of theirs fit.

    From the whole, where it fits, all else follows.
    """

    concerns: Callable[[Cell], bool]
    seen: Seen
    is_whole: bool = False
    _last: tuple[Told, Program] | None = field(default=None, repr=False)

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """The persons."""
        return self.seen.space.atoms

    def program(self, told: Told) -> Program:
        """The program of what is told; that of the last time is kept."""
        if self._last is None or self._last[0] != told:
            concerned = [each for each in told if self.concerns(each.cell)]
            effort = self.seen.effort
            self._last = told, Program(self.seen.space, concerned, effort)
        return self._last[1]

    def copy(self) -> Ground:
        """The same, where more may be seen without this knowing."""
        return replace(self, seen=self.seen.copy())

    def afresh(self) -> Ground:
        """The same, with nothing seen yet."""
        return replace(self, seen=Seen(self.seen.space, self.seen.effort), _last=None)


@dataclass(frozen=True)
class View:
    """A ground, and what is not yet known to be possible there."""

    ground: Ground
    goals: frozenset[Goal]

    def about(self, goals: Iterable[Goal]) -> View:
        """The same with other goals, those of its own atoms."""
        place = self.ground.seen.space.place
        return replace(self, goals=frozenset(goal for goal in goals if goal.atom in place))

    def is_of(self, insider: Insider | None) -> bool:
        """Whether somebody is one of those who are held together here, as everybody outside is."""
        return insider is None or insider.atom in self.ground.seen.space.place

    def is_possible(self, told: Told) -> bool:
        """Whether anything fits what is told."""
        try:
            self.ground.program(told).unreached((), self.ground.seen)
        except Impossible:
            return False
        return True

    def narrowed(self, told: Told, who: Attacker) -> View:
        """The same, with the goals left that nothing reaches; raises `Impossible`."""
        program, seen = self.ground.program(told), self.ground.seen
        left = program.unreached(self.goals, seen, who.insider, proven=who.has_to_prove)
        return replace(self, goals=frozenset(left))


@dataclass
class Attacker:
    """Works out what cannot be; from one call to the next things are told more coarsely only.

    So a goal once reached stays reached, and only the others are looked at again. An insider
    knows the own answer too. `fits` says whether static answers fitted all waves when last told.
    Who has to prove takes what cannot be decided for possible, not for impossible.
    """

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
        effort: Effort,
    ) -> Attacker:
        """Somebody outside, given atoms, the closing wave's cells, and what must be possible."""
        waves, marks = {cell.wave for cell in cells}, sorted({cell.mark for cell in cells})

        def view(
            concerns: Callable[[Cell], bool], those: Iterable[Atom], *, is_whole: bool = False
        ) -> View:
            seen = Seen(Space(tuple(those), answers), effort)
            return View(Ground(concerns, seen, is_whole), frozenset()).about(wanted)

        wanted = frozenset(goals)
        whole = view(lambda _: True, atoms, is_whole=True)
        alone = view(lambda cell: cell.wave in waves, (a for a in atoms if a.waves & waves))
        return cls([whole, alone, *(view(_of(m), (a for a in atoms if a.has(m))) for m in marks)])

    def unreached(self, told: Told) -> frozenset[Goal]:
        """The goals that cannot be true, given everything told."""
        found: frozenset[Goal] = frozenset()
        for number, view in enumerate(self.views):
            try:
                self.views[number] = view.narrowed(told, self)
            except Impossible:
                continue
            found |= self.views[number].goals
            self.fits = view.ground.is_whole
            if view.ground.is_whole:
                break
        return found

    def copy(self) -> Attacker:
        """One that may be told more without this one knowing."""
        return replace(
            self, views=[replace(view, ground=view.ground.copy()) for view in self.views]
        )

    def before(self, earlier: Told) -> Attacker:
        """One that has seen nothing yet, and has to prove; for what was out earlier.

        What cannot be assumed by then cannot be assumed later either, and both drop it for good.
        """
        views = [replace(view, ground=view.ground.afresh()) for view in self.views]
        kept = [view.is_possible(earlier) for view in views]
        self.views = list(compress(self.views, kept))
        return Attacker(list(compress(views, kept)), has_to_prove=True)

    def about(self, goals: Iterable[Goal], insider: Insider | None) -> Attacker:
        """One who looks for something else, and has seen what this one has seen."""
        wanted = frozenset(goals)
        views = [view.about(wanted) for view in self.views if view.is_of(insider)]
        return replace(self, views=views, insider=insider)

    def forget(self, goals: frozenset[Goal]) -> None:
        """Looks for some goals no more."""
        self.views = [replace(view, goals=view.goals - goals) for view in self.views]

    def wander(self, told: Told) -> None:
        """Sees more of what is possible, before many insiders ask for it one by one."""
        for view in self.views:
            if view.ground.seen:
                view.ground.program(told).wander(view.ground.seen)

    def inside(self, insider: Insider, goals: Iterable[Goal]) -> Attacker:
        """A member who knows the own answer, and has seen what this one has seen to be possible.

        Where static answers fit all waves, a member whose answer does not fit is none.
        """
        others = frozenset(
            goal for goal in goals if goal.atom != insider.atom or goal.atom.size > 1
        )
        views = [
            view.about(others)
            for view in self.views
            if view.ground.is_whole == self.fits and view.is_of(insider)
        ]
        return Attacker(views, insider)


def _of(mark: str) -> Callable[[Cell], bool]:
    """Whether a cell is a mark's, in whatever wave."""
    return lambda cell: cell.mark == mark

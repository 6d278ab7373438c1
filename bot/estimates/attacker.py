"""What an attacker may assume, in turn: static answers in all waves, else what still fits together.

Answers do change in truth, and then no static answers fit all waves. What is left to assume is
the closing wave alone, and each mark's own cells through the waves where these still fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress

import numpy as np

from bot.estimates.effort import Effort
from bot.estimates.goals import Goals
from bot.estimates.program import Impossible, Program
from bot.estimates.seen import Seen
from bot.estimates.space import Goal, Insider, Numbers, Space
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
    _last: Program | None = field(default=None, repr=False)
    _told: Told = field(default=(), repr=False)

    def is_of(self, insider: Insider | None) -> bool:
        """Whether somebody is one of those who are held together here, as everybody outside is."""
        return insider is None or insider.atom in self.seen.goals.space.place

    def concerned(self, told: Told) -> Told:
        """What is told of these cells."""
        return tuple(each for each in told if self.concerns(each.cell))

    def program(self, concerned: Told) -> Program:
        """The program of what is told of these cells; that of the last time is kept."""
        if self._last is None or self._told != concerned:
            self._last = Program(self.seen.goals.space, concerned, self.seen.effort)
            self._told = concerned
        return self._last

    def copy(self) -> Ground:
        """The same, where more may be seen without this knowing."""
        return replace(self, seen=self.seen.copy())

    def afresh(self) -> Ground:
        """The same, with nothing seen yet."""
        return replace(self, seen=Seen(self.seen.goals, self.seen.effort), _last=None)

    def is_possible(self, told: Told) -> bool:
        """Whether anything fits what is told."""
        nothing = self.seen.goals.every[:0]
        try:
            self.program(self.concerned(told)).unreached(nothing, self.seen)
        except Impossible:
            return False
        return True


@dataclass(frozen=True)
class View:
    """A ground, and the numbers of the goals that are not yet known to be possible there.

    `known` is what was told when that was found out, `fits` whether anything fitted it.
    """

    ground: Ground
    wanted: Numbers
    known: Told | None = None
    fits: bool = True

    @property
    def goals(self) -> frozenset[Goal]:
        """The goals that cannot be true; nothing is known where nothing fits."""
        return self.ground.seen.goals.named(self.wanted) if self.fits else frozenset()

    def narrowed(self, told: Told, who: Attacker) -> View:
        """The same, with the goals left that nothing reaches."""
        concerned = self.ground.concerned(told)
        if concerned == self.known:
            return self
        program, seen = self.ground.program(concerned), self.ground.seen
        try:
            left = program.unreached(self.wanted, seen, who.insider, proven=who.has_to_prove)
        except Impossible:
            return replace(self, known=concerned, fits=False)
        return replace(self, wanted=left, known=concerned, fits=True)

    def without(self, goals: frozenset[Goal]) -> View:
        """The same, without some goals."""
        gone = self.ground.seen.goals.numbers(goals)
        return replace(self, wanted=np.setdiff1d(self.wanted, gone)) if len(gone) else self


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
        wanted = tuple(goals)

        def view(
            concerns: Callable[[Cell], bool], those: Iterable[Atom], *, is_whole: bool = False
        ) -> View:
            numbered = Goals(Space(tuple(those), answers), wanted)
            return View(Ground(concerns, Seen(numbered, effort), is_whole), numbered.every)

        whole = view(lambda _: True, atoms, is_whole=True)
        alone = view(lambda cell: cell.wave in waves, (a for a in atoms if a.waves & waves))
        return cls([whole, alone, *(view(_of(m), (a for a in atoms if a.has(m))) for m in marks)])

    def unreached(self, told: Told) -> frozenset[Goal]:
        """The goals that cannot be true, given everything told."""
        found: frozenset[Goal] = frozenset()
        for number, view in enumerate(self.views):
            self.views[number] = narrowed = view.narrowed(told, self)
            if not narrowed.fits:
                continue
            found |= narrowed.goals
            self.fits = view.ground.is_whole
            if view.ground.is_whole:
                break
        return found

    def forget(self, goals: frozenset[Goal]) -> None:
        """Looks for some goals no more."""
        self.views = [view.without(goals) for view in self.views]

    def copy(self) -> Attacker:
        """One that may be told more without this one knowing."""
        return replace(
            self, views=[replace(view, ground=view.ground.copy()) for view in self.views]
        )

    def become(self, other: Attacker) -> None:
        """Takes over what a copy has found out from what will be told."""
        self.views, self.fits = other.views, other.fits

    def before(self, earlier: Told) -> Attacker:
        """One that has seen nothing yet, and has to prove; for what was out earlier.

        What cannot be assumed by then cannot be assumed later either, and both drop it for good.
        """
        views = [replace(view, ground=view.ground.afresh()) for view in self.views]
        kept = [view.ground.is_possible(earlier) for view in views]
        self.views = list(compress(self.views, kept))
        return Attacker(list(compress(views, kept)), has_to_prove=True)

    def about(self, goals: Iterable[Goal], insider: Insider | None) -> Attacker:
        """One who looks for something else, and has seen what this one has seen."""
        wanted = frozenset(goals)
        views = [
            View(view.ground, view.ground.seen.goals.numbers(wanted))
            for view in self.views
            if view.ground.is_of(insider)
        ]
        return replace(self, views=views, insider=insider)

    def wander(self, told: Told) -> None:
        """Sees more of what is possible, before many insiders ask for it one by one."""
        for view in self.views:
            ground = view.ground
            if view.fits and len(ground.seen):
                ground.program(ground.concerned(told)).wander(ground.seen)

    def inside(self, insider: Insider, known: frozenset[Goal]) -> Attacker:
        """A member who knows the own answer, and has seen what this one has seen to be possible.

        What is known without it is not looked for. Where static answers fit all waves, a member
        whose answer does not fit is none.
        """
        views = [
            View(view.ground, view.ground.seen.goals.of_others(insider)).without(known)
            for view in self.views
            if view.ground.is_whole == self.fits and view.ground.is_of(insider)
        ]
        return Attacker(views, insider)


def _of(mark: str) -> Callable[[Cell], bool]:
    """Whether a cell is a mark's, in whatever wave."""
    return lambda cell: cell.mark == mark

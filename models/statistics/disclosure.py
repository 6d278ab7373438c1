"""What the audit before publication works on: who stands where, what is out, what shall come out.

The attacker is assumed to know who answered in which wave, that answers did not change, and
everything ever published. Persons whom nothing published tells apart are an atom; unknown is how
many of each atom gave each answer. Someone's answer is given away when an atom's answers can only
be all alike in what is told of them. The program that finds out needs scipy (`bot/estimates`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from models.statistics.bands import Coarseness
from models.statistics.telling import Frame, Tale, tell
from models.statistics.thresholds import DEFAULT, Thresholds
from models.surveys.survey import Sensitivity

EVERYBODY = ""


@dataclass(frozen=True, order=True)
class Cell:
    """Who is counted together: those of a wave with a mark, or everybody."""

    wave: int
    mark: str = EVERYBODY

    def holds(self, atom: Atom) -> bool:
        """Whether an atom's persons are counted in the cell."""
        return self.wave in atom.waves and atom.has(self.mark)


@dataclass(frozen=True)
class Atom:
    """Persons with the same marks (say `district:farsta`) who took part in the same waves."""

    marks: frozenset[str]
    waves: frozenset[int]
    size: int

    def has(self, mark: str) -> bool:
        """Whether the persons have a mark; that of everybody is had by all."""
        return mark == EVERYBODY or mark in self.marks


@dataclass(frozen=True)
class Statement:
    """What is told of a cell: `least` ≤ the sum of weight × how many gave each answer ≤ `most`.

    One weight for each answer, and perhaps one more for no answer to this question.
    """

    cell: Cell
    weights: tuple[int, ...]
    least: int
    most: int


@dataclass(frozen=True)
class Figures:
    """A cell of the wave that closes: how many gave each answer, and how many gave none.

    `rank` is 0 for the smallest cells; totals have more, and are coarsened last.
    """

    cell: Cell
    counts: tuple[int, ...]
    unanswered: int = 0
    rank: int = 0

    @property
    def n(self) -> int:
        """How many answered this question."""
        return sum(self.counts)


@dataclass(frozen=True)
class Order:
    """One question of a wave that closes, to be audited against all that is out already."""

    frame: Frame
    sensitivity: Sensitivity
    atoms: tuple[Atom, ...]
    figures: tuple[Figures, ...]
    earlier: tuple[Statement, ...] = ()
    thresholds: Thresholds = field(default=DEFAULT)


@dataclass(frozen=True)
class Release:
    """How coarsely a cell must be told; `HIDDEN` where another result could be worked out."""

    cell: Cell
    coarseness: Coarseness


def tale_of(order: Order, figures: Figures, coarseness: Coarseness) -> Tale:
    """What a cell tells at a step."""
    return tell(order.frame, figures.counts, order.sensitivity, coarseness, order.thresholds)


def statements(frame: Frame, figures: Figures, tale: Tale) -> tuple[Statement, ...]:
    """Everything that a cell's tale lets an attacker know, to be kept for later audits too.

    A mean with its interval counts as telling the sum and the sum of squares exactly. How many
    answered is told of hidden cells too.
    """
    found = [
        Statement(figures.cell, _chosen(frame, part.answers), part.told.least, part.told.most)
        for part in (*tale.parts, *tale.spread)
    ]
    if tale.tells_mean:
        for power in (1, 2):
            weights = tuple(value**power for value in frame.values)
            total = sum(w * count for w, count in zip(weights, figures.counts, strict=True))
            found.append(Statement(figures.cell, weights, total, total))
    none = (*(0,) * frame.answers, 1)
    found.append(Statement(figures.cell, none, figures.unanswered, figures.unanswered))
    return tuple(found)


def _chosen(frame: Frame, answers: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(int(answer in answers) for answer in range(frame.answers))

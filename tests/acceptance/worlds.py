"""Made-up cities whose answers do not change: who belongs where, takes part when, says what."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import perf_counter

from bot.estimates.audit import audit
from models.statistics.bands import Coarseness
from models.statistics.disclosure import (
    Atom,
    Cell,
    Figures,
    Order,
    Release,
    Statement,
    statements,
    tale_of,
)
from models.statistics.telling import YES_NO, Frame
from models.surveys.survey import Sensitivity
from tests.acceptance.figure import Figure, Size

DISTRICTS, ORGANISATIONS, WAVES = 14, 3, 2
RESPONSE, CHURN = 0.75, 0.15
MIXED = (0.02, 0.2, 0.5, 0.8, 0.98)


@dataclass(frozen=True)
class Member:
    """Somebody with an answer, and the waves in which it was given."""

    district: str
    organisation: str
    waves: frozenset[int]
    answer: int


@dataclass(frozen=True)
class Closed:
    """A wave that has closed: what was asked of the audit, its answer, and the seconds."""

    order: Order
    releases: tuple[Release, ...]
    seconds: float

    def steps(self, rank: int) -> Counter[Coarseness]:
        """How many cells of a rank are told at each step; too few answers count as hidden."""
        return Counter(
            Coarseness.HIDDEN
            if tale_of(self.order, each, step.coarseness).is_silent
            else step.coarseness
            for each, step in zip(self.order.figures, self.releases, strict=True)
            if each.rank == rank
        )


def world(
    seed: int, share: float | None = None, frame: Frame = YES_NO, districts: int = DISTRICTS
) -> list[Member]:
    """A city's districts of 8 to 14 members each; without a share each district has its own."""
    chance, found = random.Random(seed), []
    for district in range(districts):
        own = chance.choice(MIXED) if share is None else share
        for _ in range(chance.randint(8, 14)):
            organisation = f"o:{chance.randrange(ORGANISATIONS)}"
            answer = sum(chance.random() < own for _ in range(frame.answers - 1))
            waves = set(range(1, WAVES + 1)) if chance.random() < RESPONSE else set()
            if chance.random() < CHURN:
                waves = {chance.randint(1, WAVES)}
            found.append(Member(f"d:{district:02}", organisation, frozenset(waves), answer))
    return found


def closing(members: list[Member], frame: Frame = YES_NO) -> Iterator[Closed]:
    """Closes one wave after the other, each audited against all that is out by then."""
    earlier: list[Statement] = []
    for wave in range(1, WAVES + 1):
        figures = tuple(_figures(members, wave, frame))
        order = Order(frame, Sensitivity.INTERNAL, _atoms(members, wave), figures, tuple(earlier))
        begun = perf_counter()
        releases = audit(order).releases
        yield Closed(order, releases, perf_counter() - begun)
        for each, release in zip(figures, releases, strict=True):
            earlier += statements(frame, each, tale_of(order, each, release.coarseness))


def _atoms(members: list[Member], wave: int) -> tuple[Atom, ...]:
    so_far = range(1, wave + 1)
    sizes = Counter(
        (each.district, each.organisation, tuple(w for w in so_far if w in each.waves))
        for each in members
    )
    return tuple(
        Atom(frozenset({district, organisation}), frozenset(waves), size)
        for (district, organisation, waves), size in sorted(sizes.items())
        if waves
    )


def _figures(members: list[Member], wave: int, frame: Frame) -> Iterator[Figures]:
    took_part = [each for each in members if wave in each.waves]

    def counted(mark: str, rank: int, among: Iterable[Member]) -> Figures:
        answers = Counter(each.answer for each in among)
        counts = tuple(answers[answer] for answer in range(frame.answers))
        return Figures(Cell(wave, mark), counts, rank=rank)

    for district in sorted({each.district for each in members}):
        yield counted(district, 0, (each for each in took_part if each.district == district))
    for organisation in sorted({each.organisation for each in members}):
        belong = (each for each in took_part if each.organisation == organisation)
        yield counted(organisation, 1, belong)
    yield counted("", 2, took_part)


def measure(size: Size) -> list[Figure]:
    """How much of the districts is still told after the audit, and how long a wave takes."""
    figures = []
    shares = (("50 %", 0.5), ("mixed", None), ("2 %", 0.02), ("95 %", 0.95))
    for name, share in shares[: size.of(1, 4)]:
        steps: Counter[Coarseness] = Counter()
        slowest = 0.0
        for seed in range(size.of(1, 20)):
            for closed in closing(world(seed, share, districts=size.of(6, DISTRICTS))):
                steps += closed.steps(rank=0)
                slowest = max(slowest, closed.seconds)
        told = {step: count / steps.total() for step, count in steps.items()}
        figures += [
            Figure(
                f"audit, {name}: districts told in full", told.get(Coarseness.EXACT, 0.0), least=0.4
            ),
            Figure(f"audit, {name}: districts in thirds", told.get(Coarseness.THIRDS, 0.0)),
            Figure(f"audit, {name}: slowest wave, seconds", slowest, most=60),
        ]
    return figures

"""What statistics cost: an interval on demand in the web process, and a wave's audit beside it."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from time import perf_counter

from models.statistics.share_fact import Asked, share_fact
from models.statistics.share_finite import exact_interval
from models.statistics.telling import LIKERT, YES_NO, Frame
from models.surveys.survey import Sensitivity
from tests.acceptance.worlds import closing, world
from tests.benchmarks.waves import closed_waves

GROUPS = ((8, 11), (180, 300), (2_500, 5_000))
WAVES = 5
ROUNDS = 9


@dataclass(frozen=True)
class Cost:
    """What was measured, how many seconds it took, and how many it may take."""

    name: str
    seconds: float
    most: float

    @property
    def is_reached(self) -> bool:
        """Whether it is fast enough."""
        return self.seconds < self.most


def estimating() -> list[Cost]:
    """An interval that nobody has asked for yet, the slower of two waves, and each of five."""
    costs = [
        Cost(f"interval, {answered} of {eligible}", _interval(answered, eligible), 0.2)
        for answered, eligible in GROUPS
    ]
    for name, frame in (("yes or no", YES_NO), ("Likert", LIKERT)):
        costs.append(Cost(f"audit of 14 districts × 3 × 2 waves, {name}", _audit(frame), 60.0))
    for wave, closed in enumerate(closed_waves(WAVES), 1):
        name = f"close of 14 districts × 3, wave {wave}, five agreement questions"
        costs.append(Cost(name, closed.seconds, 60.0))
    return costs


def _interval(answered: int, eligible: int) -> float:
    seconds = []
    for _ in range(ROUNDS):
        exact_interval.cache_clear()
        begun = perf_counter()
        share_fact(answered // 2, answered, Asked(eligible, Sensitivity.OPEN))
        seconds.append(perf_counter() - begun)
    return median(seconds)


def _audit(frame: Frame) -> float:
    """The slower wave of one question."""
    return max(closed.seconds for closed in closing(world(0, frame=frame), frame))

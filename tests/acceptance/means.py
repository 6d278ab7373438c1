"""The mean of a scale from 1 to 5: six shapes of opinion, nine groups, drawn without return."""

from __future__ import annotations

import random

from models.statistics.likert import likert_interval
from tests.acceptance.figure import Figure, Size

SHAPES = {
    "even": (1, 1, 1, 1, 1),
    "middle": (1, 2, 4, 2, 1),
    "high": (0, 1, 2, 4, 3),
    "divided": (4, 1, 0, 1, 4),
    "higher": (0, 1, 1, 3, 5),
    "nearly all 4": (0, 0, 1, 8, 1),
}
ONE_DISSENTER = (1, 0, 0, 0, 19)
GROUPS = ((8, 5), (12, 6), (12, 9), (20, 10), (20, 16), (40, 20), (40, 30), (300, 60), (300, 180))


def opinions(shape: tuple[int, ...], number: int) -> list[int]:
    """So many answers in a shape, as near as whole persons allow."""
    total, found = sum(shape), []
    for place in range(number):
        share, sum_so_far = (place + 0.5) / number * total, 0.0
        for answer, weight in enumerate(shape, start=1):
            sum_so_far += weight
            if share < sum_so_far:
                found.append(answer)
                break
    return found


def coverage(shape: tuple[int, ...], eligible: int, answered: int, draws: int) -> float:
    """How often the interval holds the mean of all."""
    chance = random.Random(f"{shape} {eligible} {answered}")
    everybody = opinions(shape, eligible)
    truth = sum(everybody) / eligible
    held = 0
    for _ in range(draws):
        interval = likert_interval(chance.sample(everybody, answered), eligible)
        held += interval.low - 1e-9 <= truth <= interval.high + 1e-9
    return held / draws


def measure(size: Size) -> list[Figure]:
    """Coverage over shapes and groups, and whether a group of one mind ever looks certain."""
    draws = size.of(250, 5_000)
    found = [
        coverage(shape, eligible, answered, draws)
        for shape in SHAPES.values()
        for eligible, answered in GROUPS
    ]
    unanimous = min(
        likert_interval([answer] * answered, eligible).width
        for eligible, answered in GROUPS
        for answer in range(1, 6)
    )
    alone = min(coverage(ONE_DISSENTER, *group, draws) for group in GROUPS)
    # With few draws the least of 54 coverages lies lower by chance alone.
    least = 0.92 if size is Size.FULL else 0.86
    return [
        Figure("mean: mean coverage", sum(found) / len(found), least=0.94),
        Figure("mean: least coverage", min(found), least=least),
        Figure("mean: least width of one mind", unanimous, least=0.001),
        # Who misses the one dissenter cannot know: no method that looks at answers alone does.
        Figure("mean: least coverage where one of twenty says 1, the rest 5", alone),
    ]

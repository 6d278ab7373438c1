"""Somebody who never saw the publisher attacks what it publishes, and what a naive one would."""

from __future__ import annotations

from models.surveys.survey import Scale
from tests.acceptance.figure import Figure, Size
from tests.attack.cities import attack, city, naive, ours


def measure(size: Size) -> list[Figure]:
    """How many persons' answers are certain in cities asked twice; nobody's may be."""
    districts, number = size.of(3, 14), size.of(1, 20)
    figures = []
    for name, share in (("mixed", None), ("2 %", 0.02), ("50 %", 0.5), ("95 %", 0.95)):
        ours_found = naive_found = 0
        for seed in range(number):
            asked = city(seed, share, districts)
            ours_found += attack(asked, ours).persons()
            naive_found += attack(asked, naive).persons()
        figures += [
            Figure(f"attack, {name}: persons identified", ours_found, most=0),
            Figure(f"attack, {name}: persons in a naive publisher's tables", naive_found, least=1),
        ]
    agreeing = 0
    for seed in range(size.of(1, 5)):
        asked = city(seed, None, districts, Scale.LIKERT)
        agreeing += attack(asked, ours).persons()
    return [*figures, Figure("attack, agree 1-5: persons identified", agreeing, most=0)]

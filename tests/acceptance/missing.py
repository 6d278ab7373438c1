"""Those who are missing think otherwise: what the card still says is true, and it says so."""

from __future__ import annotations

import random

from models.statistics.grade import Grade
from models.statistics.share_fact import Asked, share_fact
from models.surveys.survey import Sensitivity
from tests.acceptance.figure import Figure, Size

ANSWER = {True: 0.75, False: 0.45}


def measure(size: Size) -> list[Figure]:
    """Half say yes; of these 75 % answer, of the others 45 %."""
    draws = size.of(300, 5_000)
    figures = []
    for eligible in (40, 300):
        chance = random.Random(eligible)
        bounded = covered = too_good = silent = 0
        for _ in range(draws):
            given = [yes for yes in _half(eligible) if chance.random() < ANSWER[yes]]
            fact = share_fact(sum(given), len(given), Asked(eligible, Sensitivity.OPEN))
            silent += fact.bounds is None or fact.persons is None
            bounded += fact.bounds is not None and fact.bounds.holds(eligible // 2)
            covered += fact.persons is not None and fact.persons.holds(eligible // 2)
            too_good += fact.grading.grade is Grade.A and fact.response.rate < 0.8
        name = f"missing differ, N={eligible}"
        figures += [
            Figure(f"{name}: hard bounds hold", bounded / draws, least=1),
            Figure(f"{name}: interval holds", covered / draws),
            Figure(f"{name}: grade A below 80 % response", too_good, most=0),
            Figure(f"{name}: cards without hard bounds", silent, most=0),
        ]
    return figures


def _half(eligible: int) -> list[bool]:
    return [place % 2 == 0 for place in range(eligible)]

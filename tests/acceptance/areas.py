"""Fourteen districts of about twelve answers, one truly different: what the model may hide."""

from __future__ import annotations

import random
from math import sqrt

from models.statistics.small_area_fact import DistrictShare, ModelFigure, Panel, Refusal, model_fact
from models.surveys.survey import Sensitivity
from tests.acceptance.figure import Figure, Size

PANEL = Panel(14, Sensitivity.INTERNAL, of_residents=True)
CITY, OUTLIER = 0.5, 0.75


def panel(chance: random.Random, outlier: float) -> list[DistrictShare]:
    """A wave's districts, of which the last truly has the given share."""
    found = []
    for place in range(PANEL.districts):
        share = outlier if place == PANEL.districts - 1 else CITY
        answered = chance.randint(10, 14)
        yes = sum(chance.random() < share for _ in range(answered))
        found.append(DistrictShare(f"{place}", yes, answered, 2_000))
    return found


def moved(figure: ModelFigure) -> float:
    """How many direct standard errors the model's figure lies from the direct one."""
    # The interval may be cut at 0 or 1, so the side that reaches farther is measured.
    own = figure.direct_interval
    error = max(own.high - figure.direct, figure.direct - own.low) / 1.959964
    return abs(figure.estimate - figure.direct) / error


def measure(size: Size) -> list[Figure]:
    """How far figures move, and whether the outlier still reads as different."""
    chance, runs = random.Random(14), size.of(60, 2_000)
    furthest, direct, told, refused, by_model = 0.0, 0, 0, 0, 0
    for _ in range(runs):
        districts = panel(chance, OUTLIER)
        fact = model_fact(districts, PANEL)
        if fact.refusal is Refusal.NO_SPREAD:
            refused += 1
            continue
        furthest = max([furthest, *map(moved, fact.figures)])
        last, of_last = fact.figures[-1], districts[-1]
        share, n = of_last.yes / of_last.answered, of_last.answered
        own = abs(share - fact.city) > 1.96 * sqrt(fact.city * (1 - fact.city) / n)
        direct += own
        told += own and last.differs
        by_model += own and not last.interval.holds(fact.city)
    return [
        Figure("model: furthest from direct, in standard errors", furthest, most=1.0001),
        Figure("model: outlier read as different where direct does", told / direct, least=0.9),
        Figure("model: the same by the model's interval alone", by_model / direct),
        Figure("model: runs that showed no spread and no model", refused / runs),
    ]

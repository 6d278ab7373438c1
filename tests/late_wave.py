"""A survey of five agreement questions that closes late, when the waves before are all out."""

from __future__ import annotations

import random

from models.surveys.facts import Cell, MemberFact, QuestionFact, ToldFact, WaveFacts
from models.surveys.limits import DEFAULTS
from models.surveys.published import CellKind
from models.surveys.survey import Scale, Sensitivity

POSITIONS = range(1, 6)
CITY = 0
MEMBERS = 10
AGREE, SILENT = (0, 0, 0, 1, 1), (0, 0, 0, 0, 0, 1)


def late_wave(districts: int, wave: int = 5) -> WaveFacts:
    """Members of districts who came and went, each with the same answers in every wave."""
    chance, members = random.Random(5), []
    for number in range(districts * MEMBERS):
        cells = (CITY, 1 + number % districts)
        earlier = {each: cells for each in range(1, wave) if chance.random() < 0.8}
        values = {at: chance.choice("12345") for at in POSITIONS}
        members.append(MemberFact(cells=cells, answered=True, values=values, earlier=earlier))
    places = (Cell(kind=CellKind.DISTRICT, code=f"{at:02}") for at in range(districts))
    return WaveFacts(
        questions=tuple(map(_question, POSITIONS)),
        cells=(Cell(kind=CellKind.CITY), *places),
        members=tuple(members),
        told=tuple(
            each for at in POSITIONS for then in range(1, wave) for each in _told(members, at, then)
        ),
        asked=len(members),
        answered=len(members),
        limits=DEFAULTS,
    )


def _question(at: int) -> QuestionFact:
    return QuestionFact(
        id=at, position=at, key=f"q{at}", version=1, scale=Scale.LIKERT,
        sensitivity=Sensitivity.INTERNAL,
    )  # fmt: skip


def _told(members: list[MemberFact], at: int, wave: int) -> tuple[ToldFact, ...]:
    """What an earlier wave told: the city's share, and that nobody was silent."""
    yes = sum(each.values[at] in "45" for each in members if wave in each.earlier)
    return tuple(
        ToldFact(
            survey=wave, cell=CITY, key=f"q{at}", version=1, weights=weights, least=n, most=n
        )
        for weights, n in ((AGREE, yes), (SILENT, 0))
    )  # fmt: skip

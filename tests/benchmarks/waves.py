"""A city that is asked the same five agreement questions again and again, as the worker gets it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from time import process_time

from bot.publishing.counting import count
from models.surveys.facts import Cell, MemberFact, QuestionFact, Tables, ToldFact, WaveFacts
from models.surveys.limits import DEFAULTS
from models.surveys.published import CellKind
from models.surveys.survey import Scale, Sensitivity

DISTRICTS, QUESTIONS = 14, 5
PARTIES = ("city", "external", "police")
CELLS = (
    Cell(kind=CellKind.CITY),
    *(Cell(kind=CellKind.DISTRICT, code=f"{at:02}") for at in range(DISTRICTS)),
    *(Cell(kind=CellKind.ORGANISATION, code=party) for party in PARTIES),
)
AGREEING = (0.1, 0.35, 0.6, 0.8, 0.95)
"""How much a district's members agree with a question, from not at all to fully."""

REGULAR, OFTEN, SELDOM = 0.8, 0.9, 0.15
CHANGING = 0.1
"""What part of the answers is another one at the next wave."""


@dataclass(frozen=True)
class Member:
    """Somebody's cells, waves taken part in, and answers in each wave."""

    cells: tuple[int, ...]
    waves: frozenset[int]
    answers: tuple[dict[int, str], ...]


@dataclass(frozen=True)
class Closed:
    """A wave as it was counted, and the processor's seconds that it took."""

    facts: WaveFacts
    tables: Tables
    seconds: float


def closed_waves(number: int, seed: int = 1) -> Iterator[Closed]:
    """Closes one wave after the other, each held against all that is out by then."""
    members = list(_members(number, random.Random(seed)))
    told: tuple[ToldFact, ...] = ()
    for wave in range(1, number + 1):
        facts = _facts(members, wave).model_copy(update={"told": told})
        begun = process_time()
        tables = count(facts)
        yield Closed(facts, tables, process_time() - begun)
        told += tuple(each.model_copy(update={"survey": wave}) for each in tables.told)


def _members(waves: int, chance: random.Random) -> Iterator[Member]:
    for district in range(DISTRICTS):
        own = [chance.choice(AGREEING) for _ in range(QUESTIONS)]
        for _ in range(chance.randint(8, 14)):
            cells = (0, 1 + district, 1 + DISTRICTS + chance.randrange(len(PARTIES)))
            share = OFTEN if chance.random() < REGULAR else SELDOM
            came = frozenset(w for w in range(1, waves + 1) if chance.random() < share)
            yield Member(cells, came, tuple(_answers(own, waves, chance)))


def _answers(own: list[float], waves: int, chance: random.Random) -> Iterator[dict[int, str]]:
    given = {at: _answer(share, chance) for at, share in enumerate(own, 1)}
    for _ in range(waves):
        yield dict(given)
        for at, share in enumerate(own, 1):
            if chance.random() < CHANGING:
                given[at] = _answer(share, chance)


def _answer(share: float, chance: random.Random) -> str:
    return str(1 + sum(chance.random() < share for _ in range(4)))


def _facts(members: list[Member], wave: int) -> WaveFacts:
    people = tuple(
        MemberFact(
            cells=each.cells,
            answered=wave in each.waves,
            values=each.answers[wave - 1] if wave in each.waves else {},
            earlier={before: each.cells for before in each.waves if before < wave},
        )
        for each in members
    )
    return WaveFacts(
        questions=tuple(map(_question, range(1, QUESTIONS + 1))),
        cells=CELLS,
        members=people,
        asked=len(people),
        answered=sum(each.answered for each in people),
        limits=DEFAULTS,
    )


def _question(at: int) -> QuestionFact:
    return QuestionFact(
        id=at, position=at, key=f"q{at}", version=1, scale=Scale.LIKERT,
        sensitivity=Sensitivity.INTERNAL,
    )  # fmt: skip

"""Made-up cities whose surveys are published, as an attacker gets to see them.

A city is asked twice. What is printed comes from the bot's own publisher, or from a naive one
that shows every count of at least five answers.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bot.publishing.counting import count
from models.surveys.facts import Cell, FigureFact, MemberFact, QuestionFact, ToldFact, WaveFacts
from models.surveys.limits import DEFAULTS, Limits
from models.surveys.published import CellKind
from models.surveys.survey import Scale, Sensitivity
from tests.attack.attacker import Attack, Known, Printed

WAVES = (1, 2)
LEAST = 5


@dataclass(frozen=True)
class Inhabitant:
    """Somebody with one answer for ever; `waves` are those taken part in."""

    district: str
    party: str
    waves: frozenset[int]
    answer: str


@dataclass(frozen=True)
class City:
    """Who lives there, the question they are asked, and under which limits."""

    people: tuple[Inhabitant, ...]
    scale: Scale = Scale.YES_NO
    limits: Limits = DEFAULTS

    @property
    def question(self) -> QuestionFact:
        """The question of all waves."""
        return QuestionFact(
            id=1,
            position=1,
            key="q",
            version=1,
            scale=self.scale,
            sensitivity=Sensitivity.INTERNAL,
        )

    @property
    def values(self) -> list[str]:
        """The answers in the order in which the attacker numbers them."""
        return ["no", "yes"] if self.scale is Scale.YES_NO else ["1", "2", "3", "4", "5"]

    @property
    def agree(self) -> set[int]:
        """The numbers of the answers that count as yes."""
        return {1} if self.scale is Scale.YES_NO else {3, 4}


def city(seed: int, share: float | None, districts: int = 14, scale: Scale = Scale.YES_NO) -> City:
    """A city of districts of 8 to 14 members, of whom three in four answer and some come or go."""
    chance = random.Random(seed)
    found = []
    for number in range(districts):
        own = chance.choice((0.02, 0.2, 0.5, 0.8, 0.98)) if share is None else share
        for _ in range(chance.randint(8, 14)):
            waves = set(WAVES) if chance.random() < 0.75 else set()
            if chance.random() < 0.15:
                waves = {chance.choice(WAVES)}
            agrees = chance.random() < own
            pair = (
                ("no", "yes")
                if scale is Scale.YES_NO
                else (chance.choice("123"), chance.choice("45"))
            )
            party = chance.choice(("city", "police", "external"))
            found.append(Inhabitant(f"{number:02}", party, frozenset(waves), pair[agrees]))
    return City(tuple(found), scale)


def cells_of(who: Inhabitant) -> tuple[tuple[CellKind, str], ...]:
    """The declared cells in which somebody is counted."""
    return (
        (CellKind.DISTRICT, who.district),
        (CellKind.ORGANISATION, who.party),
        (CellKind.CITY, ""),
    )


Publisher = Callable[[City], list[Printed]]


def ours(asked: City) -> list[Printed]:
    """What the bot publishes of both waves, as it is printed."""
    cells = sorted({cell for who in asked.people for cell in cells_of(who)})
    told: list[ToldFact] = []
    printed = []
    for wave in WAVES:
        members = tuple(_member(asked, who, wave, cells) for who in asked.people)
        facts = WaveFacts(
            questions=(asked.question,),
            cells=tuple(Cell(kind=kind, code=code) for kind, code in cells),
            members=members,
            told=tuple(told),
            asked=len(members),
            answered=sum(member.answered for member in members),
            limits=asked.limits,
        )
        tables = count(facts)
        printed += [_printed(asked, wave, cells, figure) for figure in tables.figures]
        told += [each.model_copy(update={"survey": wave}) for each in tables.told]
    return printed


def _member(
    asked: City, who: Inhabitant, wave: int, cells: list[tuple[CellKind, str]]
) -> MemberFact:
    own = tuple(cells.index(cell) for cell in cells_of(who))
    is_in = wave in who.waves
    return MemberFact(
        cells=own,
        answered=is_in,
        values={1: who.answer} if is_in else {},
        earlier={each: own for each in WAVES if each < wave and each in who.waves},
    )


def _printed(
    asked: City, wave: int, cells: list[tuple[CellKind, str]], figure: FigureFact
) -> Printed:
    kind, code = cells[figure.cell]
    row = Printed(wave, f"{kind}:{code}", figure.answered, figure.n)
    if figure.figure == "mean":
        return replace(row, mean=figure.value)
    if figure.figure == "share":
        answers = frozenset(asked.agree)
    else:
        answers = frozenset(int(at) - 1 for at in figure.figure.partition(":")[2].split("-"))
    low, high = figure.count_low, figure.count_high
    if low is not None and high is not None and figure.bounds_low is not None:
        # What is printed beside a band must not say more than the band.
        missing = figure.asked - figure.n
        low = max(low, int(figure.bounds_low))
        high = min(high, int(figure.bounds_high or 0) - missing)
    return replace(row, answers=answers, low=low, high=high)


def naive(asked: City) -> list[Printed]:
    """Every count of at least five answers, as many a survey tool shows it."""
    printed = []
    for wave in WAVES:
        for cell in sorted({cell for who in asked.people for cell in cells_of(who)}):
            inside = [who for who in asked.people if cell in cells_of(who) and wave in who.waves]
            n = len(inside)
            row = Printed(wave, f"{cell[0]}:{cell[1]}", n, n, frozenset(asked.agree))
            yes = sum(asked.values.index(who.answer) in asked.agree for who in inside)
            printed.append(replace(row, low=yes, high=yes) if n >= LEAST else row)
    return printed


def attack(asked: City, publisher: Publisher) -> Attack:
    """What an attacker makes of a city's printed tables."""
    known = (_known(who) for who in asked.people if who.waves)
    return Attack(known, publisher(asked), len(asked.values), asked.agree)


def _known(who: Inhabitant) -> Known:
    marks = frozenset(f"{kind}:{code}" for kind, code in cells_of(who))
    return Known(tuple((wave, marks) for wave in sorted(who.waves)))


def small_cities(number: int) -> Iterator[City]:
    """Cities so small that every possibility can be tried."""
    for seed in range(number):
        chance = random.Random(seed)
        yield City(
            tuple(
                Inhabitant(
                    chance.choice("ab"), "city",
                    frozenset(chance.sample(WAVES, chance.randint(1, 2))),
                    chance.choice(("no", "yes")),
                )
                for _ in range(chance.randint(6, 11))
            )
        )  # fmt: skip

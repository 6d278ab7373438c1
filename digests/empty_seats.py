"""The notice that seats have become vacant or mandates have ended, and what is left behind."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from digests.words import say
from models.groups import SeatRole
from models.language import Language
from models.message import (
    TABLE_ROWS,
    Actions,
    Button,
    Cell,
    Heading,
    Message,
    Note,
    Part,
    Status,
    Table,
    Text,
    Tone,
    Weight,
)
from models.representation.coverage import Breach
from models.seats.empty import EmptySeat
from models.wording import role_word

TEMPLATE = "empty_seats"
LACKS = {Breach.NO_ADMINISTRATION: "lacks_administration", Breach.NO_POLICE: "lacks_police"}
"""What a local steering group without one of its parties is told (rule R2)."""


class Words(Protocol):
    """Says a block of the notice's template."""

    def __call__(self, block: str, **values: object) -> str: ...


@dataclass(frozen=True)
class EmptySeatFact:
    """A seat without anybody, since when, and who held it before."""

    role: SeatRole
    organisation: str
    since: date
    former: str
    is_gone: bool


@dataclass(frozen=True)
class EmptyFacts:
    """What a group has lost this morning: seats, a party, and owners of what is still open."""

    code: str
    name: str
    on: date
    seats: tuple[EmptySeatFact, ...]
    lacks: tuple[Breach, ...] = ()
    measures_left: int = 0
    points_left: int = 0

    @property
    def vacant(self) -> tuple[EmptySeatFact, ...]:
        """The seats that are to be filled."""
        return tuple(seat for seat in self.seats if not seat.is_gone)


def seat_fact(empty: EmptySeat, former: str) -> EmptySeatFact:
    """An empty seat as facts; `former` is how its last holder may be shown, or empty."""
    seat = empty.seat
    return EmptySeatFact(seat.role, seat.organisation.name, empty.since, former, empty.is_gone)


def message(facts: EmptyFacts, language: Language) -> Message:
    """The seats that became empty, what follows from it, and what can be done."""
    words: Words = partial(say, TEMPLATE, language=language, facts=facts)
    rows = tuple(_row(fact, facts.on, language, words) for fact in facts.seats[:TABLE_ROWS])
    columns = ("column_seat", "column_state", "column_since", "column_former")
    left = len(facts.seats) - len(rows)
    parts: list[Part] = [
        Heading(text=words("heading")),
        Table(columns=tuple(words(name) for name in columns), rows=rows),
        *([Note(text=words("more_seats", more=left))] if left else []),
        *(Text(text=f"⚠ {words(LACKS[breach])}") for breach in facts.lacks),
        *([Text(text=words("left"))] if facts.measures_left else []),
        *([Text(text=words("points_left"))] if facts.points_left else []),
        _buttons(facts, words),
    ]
    return Message(summary=words("summary"), parts=tuple(parts))


def _row(fact: EmptySeatFact, on: date, language: Language, words: Words) -> tuple[Cell, ...]:
    if fact.is_gone:
        state = Status(sign="○", word=words("gone_word"), tone=Tone.PLAIN)
    else:
        state = Status(sign="⚠", word=words("vacant_word"), tone=Tone.WARNING)
    return (
        Cell(text=f"{role_word(language, fact.role)}, {fact.organisation}"),
        Cell(status=state),
        Cell(text=language.day(fact.since, on)),
        Cell(text=fact.former or "–"),
    )


def _buttons(facts: EmptyFacts, words: Words) -> Actions:
    fill = Button(label=words("fill"), action="seats.menu", value=facts.code, weight=Weight.PRIMARY)
    wanted = json.dumps({"group": facts.code, "without": "owner", "page": 0})
    show = Button(label=words("show_left"), action="measures.page", value=wanted)
    points = Button(label=words("show_points"), action="point.list", value=facts.code)
    return Actions(
        buttons=(
            fill,
            *([show] if facts.measures_left else []),
            *([points] if facts.points_left else []),
        )
    )

"""The notice that mandates end soon with nobody to follow, to whoever can renew or replace."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from digests.words import say
from models.groups import Group, SeatBasis, SeatRole
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
    Table,
    Text,
    Weight,
)
from models.seats.endings import Ending
from models.wording import role_word

TEMPLATE = "mandates"
MOST_BUTTONS = 4
LABEL = 40


@dataclass(frozen=True)
class MandateFact:
    """A mandate that ends: whose seat it is, who holds it, and the last day.

    `row` and `position` say which it is; one on demand is prolonged by being asked for again.
    """

    role: SeatRole
    organisation: str
    holder: str
    last_day: date
    row: int
    position: str
    is_on_demand: bool = False


def mandate_fact(ending: Ending) -> MandateFact:
    """An ending as facts: who holds it as may be shown, or the organisation that names nobody."""
    seat = ending.seat
    return MandateFact(
        role=seat.role,
        organisation=seat.organisation.name,
        holder=seat.person.shown_as() if seat.person else seat.organisation.name,
        last_day=ending.last_day,
        row=seat.id,
        position=seat.position,
        is_on_demand=seat.basis is SeatBasis.ON_DEMAND,
    )


def message(group: Group, facts: Sequence[MandateFact], language: Language, on: date) -> Message:
    """The mandates of a group that end soon, and the way to renew or replace."""
    words = partial(say, TEMPLATE, language=language, facts=facts, group=group.name, on=on)
    columns = tuple(words(name) for name in ("column_seat", "column_holder", "column_last_day"))
    rows = tuple(
        (
            Cell(text=f"{role_word(language, fact.role)}, {fact.organisation}"),
            Cell(text=fact.holder),
            Cell(text=language.day(fact.last_day, on)),
        )
        for fact in facts[:TABLE_ROWS]
    )
    left = len(facts) - len(rows)
    parts: list[Part] = [
        Heading(text=words("heading")),
        Text(text=words("lead")),
        Table(columns=columns, rows=rows),
        *([Note(text=words("more_seats", more=left))] if left else []),
        *_ways_on(group, facts, words),
    ]
    return Message(summary=words("summary"), parts=tuple(parts))


def _ways_on(
    group: Group, facts: Sequence[MandateFact], words: Callable[[str], str]
) -> Iterator[Actions]:
    """A button to prolong each of a few mandates, and the menu of all seats."""
    few = facts[:MOST_BUTTONS]
    buttons = [_prolong(group, fact, words("prolong"), is_alone=len(facts) == 1) for fact in few]
    menu = Button(label=words("menu"), action="seats.menu", value=group.code)
    yield Actions(buttons=(*buttons, menu))


def _prolong(group: Group, fact: MandateFact, word: str, *, is_alone: bool) -> Button:
    label = word if is_alone else f"{word}: {fact.holder}"
    action, value = "seats.open", f"renew|{group.code}|{fact.position}"
    if fact.is_on_demand:
        action, value = "co_opt.prolong", str(fact.row)
    return Button(
        label=label if len(label) <= LABEL else f"{label[: LABEL - 1]}…",
        action=action,
        value=value,
        weight=Weight.PRIMARY if is_alone else Weight.PLAIN,
        spoken=f"{word}: {fact.holder}, {fact.organisation}"[:75],
    )

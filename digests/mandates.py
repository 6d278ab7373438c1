"""The notice that mandates end soon with nobody to follow, to whoever can renew or replace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from digests.words import say
from models.endings import Ending
from models.groups import Group, SeatRole
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
from models.wording import role_word

TEMPLATE = "mandates"


@dataclass(frozen=True)
class MandateFact:
    """A mandate that ends: whose seat it is, who holds it, and the last day."""

    role: SeatRole
    organisation: str
    holder: str | None
    last_day: date


def mandate_fact(ending: Ending) -> MandateFact:
    """An ending as facts; a protected holder is shown as the protection allows."""
    seat = ending.seat
    holder = seat.person.shown_as() if seat.person else None
    return MandateFact(seat.role, seat.organisation.name, holder, ending.last_day)


def message(group: Group, facts: Sequence[MandateFact], language: Language, on: date) -> Message:
    """The mandates of a group that end soon, and the way to renew or replace."""
    words = partial(say, TEMPLATE, language=language, facts=facts, group=group.name, on=on)
    columns = tuple(words(name) for name in ("column_seat", "column_holder", "column_last_day"))
    rows = tuple(
        (
            Cell(text=f"{role_word(language, fact.role)}, {fact.organisation}"),
            Cell(text=fact.holder or words("nobody")),
            Cell(text=language.day(fact.last_day, on)),
        )
        for fact in facts[:TABLE_ROWS]
    )
    left = len(facts) - len(rows)
    menu = Button(
        label=words("renew"), action="seats.menu", value=group.code, weight=Weight.PRIMARY
    )
    parts: list[Part] = [
        Heading(text=words("heading")),
        Text(text=words("lead")),
        Table(columns=columns, rows=rows),
        *([Note(text=words("more_seats", more=left))] if left else []),
        Actions(buttons=(menu,)),
    ]
    return Message(summary=words("summary"), parts=tuple(parts))

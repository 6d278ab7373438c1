"""The same conversations on SQLite and on PostgreSQL: the same answers, and the same rows.

A sequence is one member's: a line, and up to four turns that press, fill in or write on. All
chance comes from a seed, and only ever from what the bot has answered, so both hear the same.
"""

from __future__ import annotations

import json
import random
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Integer, select, text

from handlers.desk import Desk
from handlers.requests import (
    AnyRequest,
    ButtonPressed,
    Command,
    FormSubmitted,
    Identity,
    Place,
    PlaceKind,
)
from handlers.router import Answer, answer
from models.message import ChoiceField, DateField, Form, Message, TextField
from models.tables import METADATA
from tests.conversations.talk import filled
from tests.digests.village import NOW
from tests.faults.scene import CAST, HOME, fill
from tests.faults.stories import SECRET
from tests.stores import Store

IN_A_WORLD = 20
"""So many sequences follow each other before the rows are compared and both begin anew."""

TURNS = 4
LINES = (
    "rapportera {measure} {percent} % {words}",
    "rapportera {measure} pågår {words}",
    "rapportera {measure} klar",
    "rapportera {measure} försenad {words}",
    "rapportera {measure} 250 %",
    "rapportera {measure} för {name} pågår",
    "rapportera",
    "{measure} 40 %",
    "fråga {measure} Hur går det med {words}?",
    "följ {measure}",
    "sluta följa {measure}",
    "historik {measure}",
    "varför {measure}",
    "ändra {measure}",
    "ny åtgärd Farsta",
    "mina",
    "försenade",
    "åtgärder Farsta",
    "frånvaro {day}–{later}",
    "frånvaro av",
    "frånvaro",
    "pausa",
    "inställningar",
    "min roll",
    "vem Farsta beredningsgrupp",
    "vem {name}",
    "utse ledamot i Farsta beredningsgrupp",
    "byt {name} Farsta beredningsgrupp",
    "avsluta {name} Farsta beredningsgrupp",
    "nytt möte Farsta",
    "nästa möte Farsta",
    "flytta möte Farsta",
    "beslut Farsta",
    "veckan Farsta",
    "kedjan Farsta",
    "handlingsplan Farsta",
    "finansiering 2024 Farsta",
    "indikator otrygghet Farsta",
    "datakälla föreslå {words}",
    "vakanser Farsta",
    "inspel",
    "att godkänna",
    "leverans",
    "hjälp",
    "hem",
    "{words}",
)
"""Lines that change something, lines that ask, and some that are not understood."""

WORDS = (
    "Belysningen är beställd",
    "ljuset vid gångtunneln",
    "väntar på svar",
    "å ä ö é – “x”",
    "x",
)
SEQUENCES = text(
    " UNION ALL ".join(
        f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "
        f"coalesce(max({column.name}), 1), max({column.name}) IS NOT NULL) FROM {table.name}"
        for table in METADATA.sorted_tables
        for column in [table.autoincrement_column]
        if column is not None and isinstance(column.type, Integer)
    )
)
"""PostgreSQL gives no number twice, not even of what was rolled back; SQLite does."""


FROM_ONE = text("UPDATE account SET id = id - (SELECT min(id) - 1 FROM account)")
"""The scene throws accounts away before it makes its own, after which numbers differ."""


@dataclass(frozen=True)
class Compared:
    """How much was compared; each figure should be the same, or `differences` tells."""

    sequences: int
    requests: int
    changes: int
    rows: int
    differences: int


class Twin:
    """One of the two databases."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.begin()

    def begin(self) -> None:
        """Begins anew, from the scene with the same numbers on both."""
        self.database = self.store.fresh("faults", fill)
        with self.database.write() as session:
            session.execute(FROM_ONE)
        self.desk = Desk(self.database, SECRET)

    def hears(self, request: AnyRequest) -> Answer:
        """Answers a request, from the same numbers as the other."""
        if not self.database.is_sqlite:
            with self.database.engine.begin() as connection:
                connection.execute(SEQUENCES)
        return answer(request, self.desk)

    def rows(self) -> dict[str, list[str]]:
        """All rows of all tables, as text, in an order that no database decides."""
        with self.database.engine.connect() as connection:
            return {
                table.name: sorted(map(_as_text, connection.execute(select(table)).all()))
                for table in METADATA.sorted_tables
            }


@dataclass
class Speaker:
    """Draws what a member does next from a seed and from what was answered last."""

    drawn: random.Random
    at: datetime = NOW
    number: int = 0
    said: list[str] = field(default_factory=list)

    def sequence(self) -> Generator[AnyRequest, Answer, None]:
        """A member's turns; the answer to each is sent in."""
        member = self.drawn.choice(CAST)
        who = Identity(platform="slack", workspace=HOME.id, user=member.user)
        where = Place(kind=PlaceKind.DIRECT, channel=member.direct)
        self.at += timedelta(minutes=self.drawn.randint(1, 2_000))
        known: dict[str, Any] = {"who": who, "where": where}
        last: Answer | None = None
        for _ in range(self.drawn.randint(1, TURNS + 1)):
            last = yield self._turn(known, last)

    def _turn(self, known: dict[str, Any], last: Answer | None) -> AnyRequest:
        self.number += 1
        self.at += timedelta(seconds=self.drawn.randint(5, 200))
        known = {**known, "at": self.at, "event": f"event-{self.number}"}
        reply = last.reply if last is not None else None
        if isinstance(reply, Form):
            values = filled(reply, dict(self._values(reply)))
            self.said.append(f"{reply.name} {values}")
            return FormSubmitted(**known, form=reply.name, values=values, state=reply.state)
        buttons = list(reply.buttons()) if isinstance(reply, Message) else []
        if buttons and self.drawn.random() < 0.8:
            button = self.drawn.choice(buttons)
            self.said.append(f"[{button.label}]")
            return ButtonPressed(**known, action=button.action, value=button.value)
        line = self._line()
        self.said.append(line)
        return Command(**known, line=line)

    def _line(self) -> str:
        day = (self.at + timedelta(days=self.drawn.randint(0, 20))).date()
        return self.drawn.choice(LINES).format(
            measure=self.drawn.choice(CAST).measure,
            name=self.drawn.choice(CAST).name,
            percent=self.drawn.randint(0, 100),
            words=self.drawn.choice(WORDS),
            day=day,
            later=day + timedelta(days=self.drawn.randint(0, 9)),
        )

    def _values(self, form: Form) -> Iterator[tuple[str, str | tuple[str, ...]]]:
        """Values for some of the fields; the others stay as they are."""
        for each in form.fields:
            if self.drawn.random() < 0.4:
                continue
            if isinstance(each, ChoiceField):
                chosen = self.drawn.choice(each.choices).value
                yield each.name, (chosen,) if each.several else chosen
            elif isinstance(each, DateField):
                yield each.name, str((self.at + timedelta(days=self.drawn.randint(0, 90))).date())
            elif isinstance(each, TextField):
                yield each.name, self.drawn.choice(WORDS)[: each.max_length]


def compare(stores: Sequence[Store], sequences: int, seed: int = 1) -> Compared:
    """Lets both hear the same sequences; raises `AssertionError` with the first difference."""
    twins = [Twin(store) for store in stores]
    requests = changes = rows = 0
    for first in range(0, sequences, IN_A_WORLD):
        speaker = Speaker(random.Random(f"{seed}:{first}"))
        if first:
            for twin in twins:
                twin.begin()
        before = len(twins[0].rows()["audit_entry"])
        for _ in range(first, min(first + IN_A_WORLD, sequences)):
            requests += _both_hear(twins, speaker)
        left, right = (twin.rows() for twin in twins)
        assert left == right, _difference(left, right, speaker)
        changes += len(left["audit_entry"]) - before
        rows += sum(map(len, left.values()))
    return Compared(sequences, requests, changes, rows, differences=0)


def _both_hear(twins: Sequence[Twin], speaker: Speaker) -> int:
    """One sequence; the number of its turns."""
    turns, number = speaker.sequence(), 1
    try:
        request = next(turns)
        while True:
            left, right = (twin.hears(request) for twin in twins)
            # By what they say, since a workbook holds the moment of its making.
            assert repr(left) == repr(right), f"{speaker.said[-8:]}: {left} {right}"
            request, number = turns.send(left), number + 1
    except StopIteration:
        return number


def _as_text(row: Any) -> str:
    return json.dumps(list(row), default=_plain, ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> str:
    if isinstance(value, bytes):
        # What is encrypted reads differently each time.
        return "bytes"
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _difference(left: dict[str, list[str]], right: dict[str, list[str]], speaker: Speaker) -> str:
    """The first rows that differ, and what was said."""
    for name, rows in left.items():
        ours, theirs = set(rows), set(right[name])
        if ours != theirs:
            return f"{name}: {sorted(ours ^ theirs)[:4]} after {speaker.said}"
    return "a row stands twice"

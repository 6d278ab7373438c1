"""The lines that the grammar is held to, each with its day and what is expected of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("utterances.jsonl")


@dataclass(frozen=True)
class Utterance:
    """A line on a day, the keys that must be understood, and those that must not."""

    line: str
    on: date
    expect: dict[str, object]
    absent: tuple[str, ...]

    def faults(self, understood: dict[str, object]) -> list[str]:
        """What differs from the expectation, as sentences."""
        missed = [
            f"{self.line!r}: {key} should be {value!r}, is {understood.get(key)!r}"
            for key, value in self.expect.items()
            if understood.get(key) != value
        ]
        extra = [
            f"{self.line!r}: {key} should be absent" for key in self.absent if key in understood
        ]
        return missed + extra


@lru_cache
def utterances() -> tuple[Utterance, ...]:
    """All lines of the file."""
    rows = [json.loads(row) for row in FILE.read_text(encoding="utf-8").splitlines()]
    return tuple(
        Utterance(
            row["line"],
            date.fromisoformat(row["on"]),
            row["expect"],
            tuple(row.get("absent", ())),
        )
        for row in rows
    )

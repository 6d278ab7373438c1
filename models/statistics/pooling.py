"""Several waves as one figure: each person's latest answer, or panels whose respondents differ.

The same eleven people asked three times are still eleven people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

Person = TypeVar("Person")
Given = TypeVar("Given")


@dataclass(frozen=True)
class Window:
    """A named period of pooled waves, half-open: from the first day to the day after the last."""

    first_wave: int
    last_wave: int
    starts: date
    until: date

    def overlaps(self, other: Window) -> bool:
        """Whether the two share time, so that they may not be compared."""
        return self.starts < other.until and other.starts < self.until


@dataclass(frozen=True)
class Pooled:
    """How many said yes of all answers in a window; a level, not the latest state."""

    window: Window
    yes: int
    answered: int


def latest_answers(answers: Iterable[tuple[Person, int, Given]]) -> dict[Person, Given]:
    """The answer of each person's last wave, from triples of person, wave and answer."""
    found: dict[Person, tuple[int, Given]] = {}
    for person, wave, answer in answers:
        if person not in found or wave >= found[person][0]:
            found[person] = (wave, answer)
    return {person: answer for person, (_, answer) in found.items()}


def pooled(window: Window, waves: Sequence[tuple[int, int]], *, respondents: int) -> Pooled:
    """The waves' (yes, answered) weighted by n, for panels whose respondents differ.

    `respondents` is how many different persons answered in the window. Raises `ValueError` when
    anybody is counted twice: then each person's latest answer is what counts.
    """
    answered = sum(n for _, n in waves)
    if respondents != answered:
        raise ValueError(f"{respondents} persons gave {answered} answers; use each one's latest")
    return Pooled(window, sum(yes for yes, _ in waves), answered)


def comparable(one: Window, other: Window) -> bool:
    """Whether two windows may be compared: they share no time."""
    return not one.overlaps(other)

"""A single choice: each option as a share, and whether one may be called the most common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.statistics.bands import Coarseness
from models.statistics.grade import HIDDEN, HIDDEN_FOR_ANOTHER, Grading
from models.statistics.response_rate import Response
from models.statistics.share_fact import Asked, ShareFact, fact_of_band
from models.statistics.telling import options, tell
from models.statistics.thresholds import DEFAULT, Thresholds


@dataclass(frozen=True)
class ChoiceFact:
    """The options' shares in their order; `most_common` is one's place, where one is."""

    response: Response
    options: tuple[ShareFact, ...] = ()
    most_common: int | None = None
    hidden: Grading | None = None


def choice_fact(
    counts: Sequence[int],
    asked: Asked,
    coarseness: Coarseness = Coarseness.EXACT,
    thresholds: Thresholds = DEFAULT,
) -> ChoiceFact:
    """What may be told of a choice; the most common option has an interval above all others."""
    n = sum(counts)
    response = Response(n, asked.eligible)
    if not thresholds.enough(n, asked.sensitivity):
        return ChoiceFact(response, hidden=HIDDEN)
    tale = tell(options(len(counts)), counts, asked.sensitivity, coarseness, thresholds)
    if tale.is_silent:
        return ChoiceFact(response, hidden=HIDDEN_FOR_ANOTHER)
    facts = tuple(fact_of_band(part.told, asked, thresholds) for part in tale.parts)
    return ChoiceFact(response, facts, _most_common(facts))


def _most_common(facts: Sequence[ShareFact]) -> int | None:
    """Separate intervals are needed: two options of one sample take from each other."""
    for place, fact in enumerate(facts):
        rest = [other.interval for other in facts if other is not fact]
        if fact.interval and all(other and other.high < fact.interval.low for other in rest):
            return place
    return None

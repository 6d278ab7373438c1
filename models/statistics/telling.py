"""What a cell's counts tell of one question at each step from everything to nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.statistics.bands import Coarseness, band, third
from models.statistics.ranges import Persons
from models.statistics.thresholds import DEFAULT, Thresholds
from models.surveys.survey import Sensitivity


@dataclass(frozen=True)
class Frame:
    """What is counted of a question: how many answers there are, in order, from 0.

    `agreeing` are those whose share is told; without any, each answer is an option of its own.
    `values` are what the answers are worth in a mean, `merged` the joined answers of a small
    distribution.
    """

    answers: int
    agreeing: tuple[int, ...] = ()
    values: tuple[int, ...] = ()
    merged: tuple[tuple[int, ...], ...] = ()


YES_NO = Frame(2, agreeing=(1,))
LIKERT = Frame(5, agreeing=(3, 4), values=(1, 2, 3, 4, 5), merged=((0, 1), (2,), (3, 4)))


def options(number: int) -> Frame:
    """The frame of a single choice among so many options."""
    return Frame(number)


@dataclass(frozen=True)
class Part:
    """How many gave one of some answers, as it may be told."""

    answers: tuple[int, ...]
    told: Persons


@dataclass(frozen=True)
class Tale:
    """All that a cell tells: the share or the options, perhaps the spread, and perhaps the mean."""

    parts: tuple[Part, ...] = ()
    spread: tuple[Part, ...] = ()
    tells_mean: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether nothing is told but how many answered."""
        return not self.parts


def tell(
    frame: Frame,
    counts: Sequence[int],
    sensitivity: Sensitivity,
    coarseness: Coarseness = Coarseness.EXACT,
    thresholds: Thresholds = DEFAULT,
) -> Tale:
    """What may be told of one cell's counts, one for each answer, in the frame's order."""
    n = sum(counts)
    if coarseness is Coarseness.HIDDEN or not thresholds.enough(n, sensitivity):
        return Tale()
    if coarseness is Coarseness.THIRDS:
        sets = (frame.agreeing,) if frame.agreeing else _each(frame)
        return Tale(tuple(Part(each, third(_sum(counts, each), n, thresholds)) for each in sets))
    parts = _parts(frame, counts, sensitivity, thresholds)
    if coarseness is Coarseness.SHARE:
        return Tale(parts)
    tells_mean = bool(frame.values) and n >= thresholds.least_for_mean
    return Tale(parts, _spread(frame, counts, sensitivity, thresholds), tells_mean)


def _parts(
    frame: Frame, counts: Sequence[int], sensitivity: Sensitivity, thresholds: Thresholds
) -> tuple[Part, ...]:
    n = sum(counts)
    if frame.agreeing:
        agreeing = _sum(counts, frame.agreeing)
        return (Part(frame.agreeing, band(agreeing, n, sensitivity, thresholds)),)
    told = [band(count, n, sensitivity, thresholds) for count in counts]
    ends = [option for option, each in enumerate(told) if each.least < each.most]
    exact = sorted(set(range(len(counts))) - set(ends), key=lambda option: counts[option])
    for option in exact:
        if not _gives_away(told, ends):
            break
        # An end band could be worked out from the rest: the smallest exact count is told coarser.
        told[option] = third(counts[option], n, thresholds)
    return tuple(Part((option,), each) for option, each in enumerate(told))


def _gives_away(told: Sequence[Persons], ends: Sequence[int]) -> bool:
    """Whether the other options and their sum narrow down one that is told as an end band."""
    least, most = sum(each.least for each in told), sum(each.most for each in told)
    return any(
        each.of - (most - each.most) > each.least or each.of - (least - each.least) < each.most
        for each in (told[option] for option in ends)
    )


def _spread(
    frame: Frame, counts: Sequence[int], sensitivity: Sensitivity, thresholds: Thresholds
) -> tuple[Part, ...]:
    """The distribution, joined where a category has few; not at all where that does not help."""
    n = sum(counts)
    if not frame.merged or n < thresholds.least_for_distribution:
        return ()
    few = range(1, max(thresholds.least_in_category, thresholds.extreme + 1))
    sets = frame.merged if any(count in few for count in counts) else _each(frame)
    told = [Part(each, band(_sum(counts, each), n, sensitivity, thresholds)) for each in sets]
    return tuple(told) if all(part.told.least == part.told.most for part in told) else ()


def _each(frame: Frame) -> tuple[tuple[int, ...], ...]:
    return tuple((answer,) for answer in range(frame.answers))


def _sum(counts: Sequence[int], answers: tuple[int, ...]) -> int:
    return sum(counts[answer] for answer in answers)

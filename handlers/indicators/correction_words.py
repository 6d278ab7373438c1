"""What is said beside a figure that corrects another: when, what stood before, and why."""

from __future__ import annotations

from models.figures.figure import figure_of
from models.figures.words import figure_words
from models.indicators.indicator import Indicator, Observation
from models.language import Language


def told_as_corrected(language: Language, figure: str, row: Observation | None) -> str:
    """A figure as a table tells it: `25 % (23–28 %), rättad`."""
    if row is None or row.corrects_id is None:
        return figure
    return language._("{figure}, corrected", figure=figure)


def correction_words(language: Language, indicator: Indicator, row: Observation) -> str:
    """`Rättad 12 juni 2024: tidigare 56 %. Fel kolumn.`; empty for a figure that corrects none."""
    if row.corrects is None or row.corrected_at is None:
        return ""
    return language._(
        "Corrected {day}: {figure} before. Reason: {reason}.",
        day=language.day(language.local(row.corrected_at).date()),
        figure=figure_words(language, indicator, figure_of(indicator, row.corrects)),
        reason=row.correction.rstrip("."),
    )

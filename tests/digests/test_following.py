"""The message to those who follow measures: nothing is left out in silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from digests.following import following_message
from handlers import texts
from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.message import Actions, Text

SWEDISH = texts.language("sv", "Europe/Stockholm")


def said(code: str, number: int) -> list[ProgressReport]:
    """So many reports on one measure, an hour apart."""
    measure = Measure(id=int(code[-3:]), code=code, title="Belysning")
    return [
        ProgressReport(
            measure_id=measure.id,
            measure=measure,
            at=datetime(2024, 6, 10, 6, tzinfo=UTC) + timedelta(hours=hour),
            status=MeasureStatus.ONGOING,
            comment=f"Rad {hour}",
        )
        for hour in range(number)
    ]


def test_earlier_reports_and_further_measures_are_counted_and_named() -> None:
    rows = [row for number in range(1, 11) for row in said(f"FAR-{number:03d}", 7)]
    message = following_message(rows, SWEDISH)
    text = "\n".join(part.text for part in message.parts if isinstance(part, Text))
    assert text.count("- 2 tidigare rapporter, i historiken") == 8
    assert "Även FAR-009 och FAR-010." in text
    labels = [
        button.label
        for part in message.parts
        if isinstance(part, Actions)
        for button in part.buttons
    ]
    assert labels.count("Sluta följa") == 8
    assert "Allt jag följer" in labels

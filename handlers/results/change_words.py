"""What may be said of the change since the last wave; nothing that chance could have made."""

from __future__ import annotations

from models.language import Language
from models.surveys.published import PublishedResult
from models.surveys.survey import Survey

LEAST_MOVED = 5
"""So many of the same persons must have moved the same way before anything is called a change."""

SMALL = 40
"""In a group of so many or fewer the same persons are asked again."""


def change_line(
    language: Language, row: PublishedResult, before: PublishedResult | None, survey: Survey
) -> str:
    """The change since last time: clear, not to be told from chance, or not shown."""
    _ = language._
    if not row.grade.shows_range:
        return ""
    change = row.change
    if change is None or before is None:
        if survey.wave < 2:
            return ""
        if row.asked > SMALL:
            return _("**Change:** not shown.")
        return _(
            "**Change:** not shown (at least {least} must have moved the same way).",
            least=LEAST_MOVED,
        )
    if not (row.grade.shows_percent and before.grade.shows_percent):
        return _coarse(language, change)
    return f"{_last_time(language, row, before)} {_verdict(language, change)}"


def _coarse(language: Language, change: dict[str, object]) -> str:
    """The way alone, where a figure is too uncertain to be printed."""
    _ = language._
    if not change.get("clear"):
        return _("**Change:** cannot be told from chance.")
    if _number(change, "low") > 0:
        return _("**Change:** more than last time, beyond chance.")
    return _("**Change:** fewer than last time, beyond chance.")


def _last_time(language: Language, row: PublishedResult, before: PublishedResult) -> str:
    """`Förra gången 49 % (84 av 172): +6`."""
    _ = language._
    if before.value is None or row.value is None:
        return _("**Change:**")
    share, counted = round(100 * before.value), round(before.value * before.n)
    said = _("**Last time** {share} % ({count} of {n}):", share=share, count=counted, n=before.n)
    return f"{said} {_signed(row.value - before.value)},"


def _verdict(language: Language, change: dict[str, object]) -> str:
    _ = language._
    low, high = _signed(_number(change, "low")), _signed(_number(change, "high"))
    if change.get("clear"):
        return _("a clear change: {low} to {high} percentage points.", low=low, high=high)
    least = round(100 * _number(change, "least") + 0.4999)
    return _(
        "interval {low} to {high}: cannot be told from chance (needs about {least}).",
        low=low,
        high=high,
        least=least,
    )


def _number(change: dict[str, object], name: str) -> float:
    found = change.get(name)
    return float(found) if isinstance(found, int | float) else 0.0


def _signed(share: float) -> str:
    points = round(100 * share)
    return f"−{-points}" if points < 0 else f"+{points}"
